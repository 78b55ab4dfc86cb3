/*
 * Leases: who is the designated terminal. A row with holder, term and beat; the clock that matters
 * is the watcher's own CLOCK_BOOTTIME, never the wall clock (design, 5).
 */
#ifndef BOXOFFICE_CORE_DESK_LEASE_H
#define BOXOFFICE_CORE_DESK_LEASE_H

#include "core/desk/verb.h"

#define LEASE_ASSIGNER "assigner"
#define LEASE_BEAT     (3 * WHEN_SECOND) /* the holder raises its beat so often */
#define LEASE_DEAD     (9 * WHEN_SECOND) /* the same term and beat for so long: take it */
enum { SESSION_SIZE = 32 + 1 };

struct lease_row {
    char holder[TERMINAL_SIZE]; /* "" when nobody holds it */
    char session[SESSION_SIZE];
    int64_t term, beat;
};

struct lease_request {
    struct ask ask;
    char session[SESSION_SIZE];   /* the caller's, random, one a process */
    int64_t seen_term, seen_beat; /* take: succeeds only while these still stand */
};
struct lease_reply {
    struct told told;
    struct lease_row row; /* as it is now */
};

/* take: term + 1 for the caller, when the lease is given up or stands as seen; RC_LEASED names the
 * holder. beat: raises the beat of the caller's own term (seen_term); RC_LEASED when lost.
 * yield: gives it up; nothing happens when it is not the caller's. */
extern const struct verb verb_lease_take, verb_lease_beat, verb_lease_yield;

/* Reads who holds the lease, its term and beat; term 0: nobody ever held it. */
enum rc lease_read(struct sql *db, struct lease_row *row, struct fault *why);

/*
 * The watcher: pure. Told the row and the own CLOCK_BOOTTIME again and again (at least every
 * second), it says what to do: WAIT: another holds it; TAKE: do verb_lease_take with the row's term
 * and beat; BEAT_NOW: do verb_lease_beat (and assign); ASSIGN: it is held, assign in this term.
 * A lease given up is taken at once; one whose term and beat stand still for LEASE_DEAD as well.
 * PREFER besides takes it over from whoever holds it when the process starts.
 */
enum lease_step { LEASE_WAIT, LEASE_TAKE, LEASE_BEAT_NOW, LEASE_ASSIGN };
enum lease_wish { LEASE_PREFER, LEASE_STANDBY, LEASE_NEVER };
struct lease_watch { /* zero but for wish and session */
    enum lease_wish wish;
    char session[SESSION_SIZE];
    struct lease_row last;
    int64_t first_term;                   /* that it found */
    int64_t last_change_ms, last_beat_ms; /* own CLOCK_BOOTTIME */
    bool seen;
};
enum lease_step lease_watch_step(struct lease_watch *watch, const struct lease_row *row,
                                 int64_t boottime_ms);
/* Own CLOCK_BOOTTIME in ms. */
int64_t lease_boottime(void);

#endif
