/*
 * The order of those who wait for the writers' turn: first come, first served. Only advice: the
 * mutex behind it decides who has the turn, so that a place in the line that is lost (its process
 * was killed or stopped) costs the others one slice of waiting and never the order of writes. Lies
 * in memory that processes share; zeroed, it is empty. Only db/turn.c includes this.
 */
#ifndef BOXOFFICE_DB_WAITERS_H
#define BOXOFFICE_DB_WAITERS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    WAITERS_PLACES = 256, /* more who wait at once lose their order, nothing else */
    WAITERS_PASS_MS = 40, /* who has waited so long is passed no more */
    WAITERS_PASS = 4,     /* so many may pass the one who is next */
};

struct waiters {
    _Atomic uint64_t last;    /* the number given out last; numbers begin at 1 */
    _Atomic uint64_t serving; /* who has a lower or this number may go */
    _Atomic uint32_t passed;  /* how many passed it */
    struct {
        _Atomic uint64_t number; /* who waits here; 0: nobody */
        _Atomic int64_t since_ms;
        _Atomic uint32_t bell; /* a futex */
    } place[WAITERS_PLACES];
};

/* Draws a number and joins the line at `now_ms`, by the clock of all callers. */
uint64_t waiters_join(struct waiters *line, int64_t now_ms);

/*
 * Whether a newcomer may try to be quicker than the line at `now_ms`: a few may, while nobody has
 * waited long. To hand the turn on in strict order costs a change of processes for each, which is
 * as dear as a quick write. waiters_passed notes that one did.
 *
 * With the log hardly anybody does, since who ends a turn is at its sync then: a fifth of all
 * turns. 32 terminals on two cores, five runs of each by turns beside other work: passing 4 in
 * 40 ms 1,670 sales/s, p99.9 of terminals at work 50 ms, min/max 0.76; none 1,670, 46 ms, 0.78;
 * 16 1,860, 58 ms, 0.79; 4 in 20 ms 1,580, 67 ms, 0.76. All within the noise of 15 %. Of 13,670
 * slices in the line 6 were vain and none at the mutex. The longest waits were behind others' first
 * sales, 150 ms and more, which sql_rehearse has taken out of the turn.
 */
bool waiters_may_pass(const struct waiters *line, int64_t now_ms);
void waiters_passed(struct waiters *line);

/* Whether that number may go now. */
bool waiters_may_go(const struct waiters *line, uint64_t number);

/* Whether the one whose turn it is stands in the line no more: it is at work, gave up, or died. */
bool waiters_served_is_gone(const struct waiters *line);

/* Sleeps until the number may go, at most `ms`; may end earlier. */
void waiters_sleep(struct waiters *line, uint64_t number, int64_t ms);

/* Leaves the line, with the turn or without it. */
void waiters_leave(struct waiters *line, uint64_t number);

/* Lets the next one go, when `number`, whose turn ends or who gave up, has not been passed over. */
void waiters_call_next(struct waiters *line, uint64_t number);

#endif
