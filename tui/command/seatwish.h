/* What sell and reserve are asked for: a show, its seats by label or the best of them, for whom. */
#ifndef BOXOFFICE_TUI_COMMAND_SEATWISH_H
#define BOXOFFICE_TUI_COMMAND_SEATWISH_H

#include "core/desk/booking.h"
#include "tui/command/cmdline.h"
#include "tui/command/session.h"

/* The texts of the options, as given; NULL: not given. */
struct seatwish {
    const char *best, *name, *phone, *type;
};

/* The options, for a cmdline_form. */
#define SEATWISH_OPTIONS(wish)                                                                  \
    {"best", &(wish).best, NULL}, {"name", &(wish).name, NULL}, {"phone", &(wish).phone, NULL}, \
    {                                                                                           \
        "type", &(wish).type, NULL                                                              \
    }

/*
 * Reads what can be read without the box office: RC_BAD_INPUT, RC_USAGE. `request` is filled but
 * for seats by label and types.
 */
enum rc seatwish_read(const struct seatwish *wish, const struct cmdline *line,
                      const struct command *command, struct book_request *request,
                      struct fault *why);

/* Finds the seats and the ticket type in the open box office. RC_NOT_FOUND: show, seat.
 * RC_BAD_INPUT: a seat twice, an unknown type (with those that there are). */
enum rc seatwish_find(const struct seatwish *wish, struct session *session,
                      const struct cmdline *line, struct book_request *request, struct fault *why);

/* Reads a tender's word; NULL is cash. RC_BAD_INPUT. */
enum rc seatwish_tender(const char *word, int32_t *n, struct tender *tender, struct fault *why);

#endif
