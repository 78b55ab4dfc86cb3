/*
 * A command that stays: it claims a terminal's name, lives in `terminals`, hears the channel and
 * ends cleanly on SIGINT, SIGTERM and SIGHUP. What assign and listen share.
 */
#ifndef BOXOFFICE_TUI_COMMAND_PRESENCE_H
#define BOXOFFICE_TUI_COMMAND_PRESENCE_H

#include "core/desk/terminals.h"
#include "tui/command/session.h"

struct presence {
    struct session *session; /* borrowed */
    struct channel *channel; /* NULL: it is switched off */
    int name_fd, signals_fd;
    bool must_hear; /* set before presence_init: without hearing it is of no use */
    bool joined, ended;
    int64_t beat_ms; /* monotonic, of the last beat */
    struct terminal_request self;
};

/*
 * Joins. The session must have been opened with `writes`, so that signals are held back. RC_EXISTS
 * names who has the terminal's name. End it with presence_fini in either case.
 */
enum rc presence_init(struct presence *presence, struct session *session, const char *assigns,
                      struct fault *why);

/* Leaves: the row in `terminals` and the name are free at once. */
void presence_fini(struct presence *presence);

/*
 * Beats when that is due, then waits until a message or a signal comes, at most until the
 * monotonic time `until_ms`. False: a signal came and it is time to go.
 */
bool presence_wait(struct presence *presence, int64_t until_ms);

/* Takes the next message. A greeting is answered here and given out as well. */
bool presence_hear(struct presence *presence, struct heard *heard);

/* Publishes the hints of a verb. */
void presence_say(struct presence *presence, const struct told *told);

#endif
