/* A command at work: the open box office, its verbs done and told to the other terminals. */
#ifndef BOXOFFICE_TUI_COMMAND_SESSION_H
#define BOXOFFICE_TUI_COMMAND_SESSION_H

#include "core/desk/house.h"
#include "tui/command/command.h"

struct session {
    struct command_context *context; /* borrowed */
    struct sql *db;
    struct venue venue;
    char key[KEY_SIZE]; /* of the last ask, for who has to run the command again */
    bool done;          /* something was changed with it */
};

/*
 * Opens the box office. With `writes` the signals that end a process are held back, so that a
 * command that changes something says what came of it. RC_ENVIRONMENT for a missing one, storage
 * errors. End it with session_end in either case.
 */
enum rc session_open(struct session *session, struct command_context *context, bool writes,
                     struct fault *why);

/*
 * Closes it and sees that what was printed is out. `rc` is how the command ended so far; returns
 * how it ended. When something was done and could not be told, `why` says so, with the key. A
 * zeroed session is allowed.
 */
enum rc session_end(struct session *session, enum rc rc, struct fault *why);

/* Fills an ask with the key (NULL: a new one). */
enum rc session_ask(struct session *session, const char *key, struct ask *ask, struct fault *why);

/*
 * Does a verb and tells the others. Its ask is filled in with `key` (NULL: a new one). An unknown
 * outcome is asked for a few times more; then RC_UNKNOWN names the key. RC_INTERRUPTED when a
 * signal came before it began: nothing was changed.
 */
enum rc session_do(struct session *session, const char *key, const struct verb *verb, void *request,
                   void *reply, struct fault *why);

/* After a bulk verb done with session_ask's ask: tells the others and, for an unknown outcome, says
 * the key in `why`. Returns rc. */
enum rc session_done(struct session *session, enum rc rc, const struct told *told,
                     struct fault *why);

/* Holds back the signals that end a process, for a command that opens no session. */
void session_hold_signals(void);

/* Have the signals come that end a command? */
bool session_interrupted(void);

#endif
