/* Seats as people name them on a command line: F12; 3-12; Balcony/A1. */
#ifndef BOXOFFICE_TUI_COMMAND_LABELS_H
#define BOXOFFICE_TUI_COMMAND_LABELS_H

#include "core/rules/plan.h"
#include "tui/command/session.h"

/* Checks how many there are and how each is written, before anything is opened: RC_BAD_INPUT. */
enum rc labels_check(char *const *labels, int n, struct fault *why);

/* The plan of a show's hall, borrowed from the connection. RC_NOT_FOUND: no such show. */
enum rc labels_plan(struct session *session, show_id show, const struct plan **plan,
                    struct fault *why);

/*
 * Finds the seats in the show's hall, at most SEATS_MAX of them (labels_check was asked before).
 * RC_NOT_FOUND: no such show or seat. RC_BAD_INPUT: one seat twice.
 */
enum rc labels_seats(struct session *session, show_id show, char *const *labels, int n,
                     seat_id *seats, struct fault *why);

/* The label of a seat, "?" when the plan has no such seat. */
const char *labels_of(const struct plan *plan, seat_id seat);

#endif
