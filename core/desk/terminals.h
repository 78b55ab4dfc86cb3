/*
 * Terminals: who lives and where it listens. Screens, assign and listen claim a name (a locked file
 * on this host, session and heartbeat else); commands claim none.
 */
#ifndef BOXOFFICE_CORE_DESK_TERMINALS_H
#define BOXOFFICE_CORE_DESK_TERMINALS_H

#include "core/channel/channel.h"
#include "core/channel/doorman.h"
#include "core/desk/lease.h"

#define TERMINAL_BEAT (10 * WHEN_SECOND)
#define TERMINAL_DEAD (30 * WHEN_SECOND)

struct terminal_request {
    struct ask ask; /* terminal: the name claimed */
    char session[SESSION_SIZE];
    char host[64];
    int64_t pid;
    char endpoint[ENDPOINT_SIZE];    /* "": does not listen */
    char public_key[CURVE_KEY_SIZE]; /* of an endpoint over tcp, "" else */
    char assigns[16];                /* the setting */
    int64_t turned_away;             /* connections, since it joined */
};
struct terminal_reply {
    struct told told;
};
/* join: RC_EXISTS names who has the name and still beats. beat; leave: removes the row. */
extern const struct verb verb_terminal_join, verb_terminal_beat, verb_terminal_leave;

/* Whose terminals take part in the channel between machines: for good, unlike a terminal's row. */
struct admit_request {
    struct ask ask;
    char name[TERMINAL_SIZE];
    char public_key[CURVE_KEY_SIZE]; /* of expel: not looked at */
};
struct admit_reply {
    struct told told;
    when_ms admitted_at;
    char public_key[CURVE_KEY_SIZE];
};
/* A manager's: RC_NEEDS_APPROVAL else. admit: RC_BAD_INPUT for what is no key or no name, RC_EXISTS
 * names who has the name or the key, RC_REFUSED when there are ADMITTED_MAX. expel: RC_NOT_FOUND.
 */
extern const struct verb verb_admit, verb_expel;

struct terminal_row {
    char name[TERMINAL_SIZE], session[SESSION_SIZE], host[64], endpoint[ENDPOINT_SIZE];
    char public_key[CURVE_KEY_SIZE];
    char admitted_as[TERMINAL_SIZE]; /* the name that its key is admitted by, "" when it is not */
    int64_t pid, turned_away;
    when_ms beat_at;
    bool alive;
};
struct admitted_row {
    char name[TERMINAL_SIZE], public_key[CURVE_KEY_SIZE];
    when_ms at;
};
struct terminal_list {
    size_t n_admitted, n;
    struct admitted_row admitted[ADMITTED_MAX];
    struct terminal_row rows[];
};
/* All terminals and all that is admitted, each in order of name. Heap, free(). */
enum rc terminals_read(struct sql *db, when_ms now, struct terminal_list **list, struct fault *why);

/*
 * Claims a terminal's name on this host: a locked file beside the database (its path and the name
 * make the file's). RC_EXISTS names the pid that has it. `*fd` stays open as long as the name is
 * wanted; closing it, or dying, frees the name at once.
 */
enum rc terminal_name_claim(const char *database, const char *name, int *fd, struct fault *why);

/* The default name of a command or an unnamed terminal: HOST-PID. Returns buffer. */
char *terminal_default_name(char *buffer, size_t size);

#endif
