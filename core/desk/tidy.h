/*
 * Tidy first (design, 3): ended holds, overdue reservations and lapsed offers are given back, and
 * returned seats become free ten minutes before the start. Also what every verb that touches a
 * show's seats shares: the show's lock, giving seats back, and how a claim reads at `now`.
 */
#ifndef BOXOFFICE_CORE_DESK_TIDY_H
#define BOXOFFICE_CORE_DESK_TIDY_H

#include "core/desk/journal.h"
#include "core/rules/life.h"
#include "core/rules/plan.h"

/* A show as the verbs see it once it is locked. */
struct show_lock {
    show_id show;
    hall_id hall;
    int64_t rev; /* after this transaction */
    when_ms starts_at, ends_at, sale_stop;
    bool cancelled;
    bool waits; /* anybody waited for it when it was locked (tidy_anyone_waits) */
    char title[TITLE_SIZE];
    struct journal_end end; /* of its book; moves on with each row */
};

/*
 * The first statement of each transaction on a show: adds one to its rev, which locks it and orders
 * revs, journal and queue. RC_NOT_FOUND names the show.
 */
enum rc show_lock(struct sql *db, show_id show, struct show_lock *lock, struct fault *why);

/* Its two halves, so that more may be asked about the locked show in the same round trip: whatever
 * is asked behind the first is answered under the lock. False: there is no such show. */
struct sql_statement *show_lock_ask(struct sql *db, struct show_ref show);
bool show_lock_hear(struct sql_statement *row, struct show_lock *lock);

/* The plan of a locked show's hall, borrowed from the connection. RC_STORAGE: it cannot be read, so
 * that nothing could be journaled by its label. */
enum rc show_plan(struct sql *db, const struct show_lock *lock, const struct plan **plan,
                  struct fault *why);

/* Does anybody wait for the show (states waiting and offered)? */
bool tidy_anyone_waits(struct sql *db, show_id show);

/*
 * Gives one seat back inside the open transaction: `returned` when anyone waits (lock->waits) and
 * that is still kept at `now`, else free (its row goes). Returns the state it came to. The caller
 * journals.
 */
enum claim_state tidy_give_back(struct sql *db, const struct show_lock *lock, when_ms now,
                                seat_id seat);

/* What a seat that is given back now comes to. Pure. */
enum claim_state tidy_give_to(const struct show_lock *lock, when_ms now);

/* True when tidying the show at `now` would change something: one quick read. `basket` (may be "")
 * is excepted. */
bool tidy_due(struct sql *db, show_id show, when_ms now, const char *basket);

/* Its two halves; `show` then is which one it is. Nobody has to hear before he writes. */
struct sql_statement *tidy_ask(struct sql *db, struct show_ref show, when_ms now,
                               const char *basket);
bool tidy_hear(struct sql_statement *row, show_id *show);

/* Tidies one show in a transaction of its own; adds its hints to `told`. `ask->key` is the basket
 * whose ended hold is left alone (a sale in progress decides it in its own transaction). */
enum rc tidy_show(struct sql *db, show_id show, const struct ask *ask, struct told *told,
                  struct fault *why);

/* Shows that nobody touches: up to `most` ids of shows with something to tidy. For the lease
 * holder. */
size_t tidy_list(struct sql *db, when_ms now, show_id *shows, size_t most);

/* How a stored claim reads at `now` before anyone has tidied: an ended hold is free (or returned
 * when people wait), a lapsed reservation likewise, a returned seat is free ten minutes before the
 * start or when nobody waits any more. `until_or_deadline` 0: none. Pure. */
enum claim_state tidy_seen(enum claim_state stored, when_ms until_or_deadline, when_ms now,
                           when_ms starts_at, bool anyone_waits);

#endif
