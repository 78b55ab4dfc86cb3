/*
 * Terminals: who lives and where it listens. Screens, assign and listen claim a name (a locked file
 * on this host, session and heartbeat else); commands claim none.
 */
#ifndef BOXOFFICE_CORE_DESK_TERMINALS_H
#define BOXOFFICE_CORE_DESK_TERMINALS_H

#include "core/channel/channel.h"
#include "core/desk/lease.h"

#define TERMINAL_BEAT (10 * WHEN_SECOND)
#define TERMINAL_DEAD (30 * WHEN_SECOND)

struct terminal_request {
    struct ask ask; /* terminal: the name claimed */
    char session[SESSION_SIZE];
    char host[64];
    int64_t pid;
    char endpoint[ENDPOINT_SIZE]; /* "": does not listen */
    char assigns[16];             /* the setting */
};
struct terminal_reply {
    struct told told;
};
/* join: RC_EXISTS names who has the name and still beats. beat; leave: removes the row. */
extern const struct verb verb_terminal_join, verb_terminal_beat, verb_terminal_leave;

struct terminal_row {
    char name[TERMINAL_SIZE], session[SESSION_SIZE], host[64], endpoint[ENDPOINT_SIZE];
    int64_t pid;
    when_ms beat_at;
    bool alive;
};
struct terminal_list {
    size_t n;
    struct terminal_row rows[];
};
/* All terminals in order of name. Heap, free(). */
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
