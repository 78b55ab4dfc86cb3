/* A reservation on the way out: what sell, reserve, pay, cancel, exchange, accept, decline and
 * reservation print. */
#ifndef BOXOFFICE_TUI_COMMAND_BOOKED_H
#define BOXOFFICE_TUI_COMMAND_BOOKED_H

#include "core/desk/booking.h"
#include "tui/command/session.h"

/* Prints what a verb made of a reservation: the reply's facts, and title and name as stored. */
enum rc booked_print(struct session *session, const struct booking_reply *reply, struct fault *why);

/* Prints a reservation as it was read. */
enum rc booked_read(struct session *session, const struct booking *booking, struct fault *why);

#endif
