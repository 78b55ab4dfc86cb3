/*
 * What a terminal does besides serving its user: it lives in `terminals`, knows its peers, keeps
 * the list of calls fresh, and gives freed seats to the waiting list while it holds the lease.
 */
#ifndef BOXOFFICE_TUI_DUTY_H
#define BOXOFFICE_TUI_DUTY_H

#include "core/channel/hint.h"
#include "core/desk/lease.h"
#include "tui/job.h"

struct app;

struct duty {
    struct terminal_request self;
    struct lease_watch watch;
    bool joined, holds, asked_lease, asked_due, asked_calls, asked_parked, asked_peers, asked_staff;
    bool asked_till, till_stale;
    bool calls_stale, parked_stale, staff_stale, peers_stale, assign_now;
    int assigning; /* verbs of assign under way */
    int64_t beat_ms, lease_ms, due_ms, calls_ms, parked_ms, till_ms;
};

/* Prepares it: name, session, endpoint; joins. */
void duty_start(struct app *app);
/* Takes an answer of its own (owner 0). */
void duty_answer(struct app *app, struct job *job);
void duty_hear(struct app *app, const struct hint *hint);
/* Posts what is due. */
void duty_time(struct app *app);
/* When it wants to be called next, monotonic ms. */
int64_t duty_deadline(const struct app *app);
/* Posts the farewell: basket (given back; parked for any other terminal when the line was lost),
 * lease, terminal. */
void duty_leave(struct app *app, bool line_lost);

#endif
