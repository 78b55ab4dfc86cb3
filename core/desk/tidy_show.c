/* Tidying a show (tidy.h): what has run out is given back and journaled. */
#include "core/desk/tidy.h"

#include <string.h>

#include "core/desk/change.h"
#include "core/desk/offers.h"
#include "core/desk/were.h"
#include "core/rules/deadline.h"

/* So many rows are read at a time: what was read is changed before the next are asked for. */
enum { TIDY_BATCH = 32 };

/* One show being tidied. */
struct tidying {
    show_id show;
    const struct ask *ask;
    struct fault *why;
    enum rc rc;
    struct show_lock lock;
    const struct plan *plan;
    struct change change;
    bool returned, list; /* any seat came back for the list; the list itself changed */
};

static void give_back(struct sql *db, struct tidying *t, seat_id seat, enum claim_state from)
{
    enum claim_state to = tidy_give_back(db, &t->lock, t->ask->now, seat);

    change_seat(&t->change, plan_label(t->plan, seat), from, to);
    t->returned = t->returned || to == CLAIM_RETURNED;
}

/* Reads the ids in the first column, at most TIDY_BATCH of them. */
static int read_ids(struct sql_statement *rows, int64_t *ids)
{
    int n = 0;

    while (n < TIDY_BATCH && sql_row(rows))
        ids[n++] = sql_number(rows, 0);
    sql_done(rows);
    return n;
}

static void end_holds(struct sql *db, struct tidying *t)
{
    int64_t seats[TIDY_BATCH];
    int n;

    do {
        n = read_ids(sql_ask(db,
                             "SELECT seat_id FROM claims WHERE show_id = $1 AND state = 'held'"
                             " AND until <= $2 AND owner <> $3 ORDER BY seat_id LIMIT $4",
                             SQL_VALUES(sql_n(t->show.n), sql_n(t->ask->now), sql_t(t->ask->key),
                                        sql_n(TIDY_BATCH))),
                     seats);
        for (int i = 0; i < n; i++)
            give_back(db, t, (seat_id){seats[i]}, CLAIM_HELD);
    } while (n == TIDY_BATCH);
}

/* Gives back the seats of one reservation and writes their labels, parted by blanks. */
static void give_back_all(struct sql *db, struct tidying *t, int64_t reservation,
                          char were[static WERE_SIZE])
{
    int64_t seats[TIDY_BATCH];
    int n = read_ids(
        sql_ask(db, "SELECT seat_id FROM claims WHERE reservation_id = $1 ORDER BY seat_id",
                SQL_VALUES(sql_n(reservation))),
        seats);

    were[0] = '\0';
    for (int i = 0; i < n; i++) {
        were_add(were, plan_label(t->plan, (seat_id){seats[i]}));
        give_back(db, t, (seat_id){seats[i]}, CLAIM_RESERVED);
    }
}

/* One reservation past its deadline. `offered`: it was a waiting party's, which waits again. */
static void lapse(struct sql *db, struct tidying *t, int64_t reservation, bool offered)
{
    char were[WERE_SIZE];

    if (offered) {
        offer_lapse(db, (reservation_id){reservation}, t->ask->now, &t->change);
        t->list = true;
    }
    give_back_all(db, t, reservation, were);
    sql_run(db,
            "UPDATE reservations SET state = 'lapsed', total = 0, deadline = NULL, changed_at = $2,"
            " seats_were = CASE WHEN seats_were = '' THEN $3 ELSE seats_were || ' ' || $3 END"
            " WHERE id = $1 AND state IN ('offered', 'reserved')",
            SQL_VALUES(sql_n(reservation), sql_n(t->ask->now), sql_t(were)));
}

static void lapse_overdue(struct sql *db, struct tidying *t)
{
    struct overdue {
        int64_t id;
        bool offered;
    } overdue[TIDY_BATCH];
    int n;

    do {
        struct sql_statement *rows =
            sql_ask(db,
                    "SELECT id, state, code FROM reservations WHERE show_id = $1"
                    " AND state IN ('offered', 'reserved') AND deadline <= $2 ORDER BY id",
                    SQL_VALUES(sql_n(t->show.n), sql_n(t->ask->now)));

        for (n = 0; n < TIDY_BATCH && sql_row(rows); n++) {
            bool offered = strcmp(sql_text(rows, 1), "offered") == 0;

            overdue[n] = (struct overdue){sql_number(rows, 0), offered};
            change_booking(&t->change, sql_text(rows, 2),
                           offered ? BOOKING_OFFERED : BOOKING_RESERVED, BOOKING_LAPSED);
        }
        sql_done(rows);
        for (int i = 0; i < n; i++)
            lapse(db, t, overdue[i].id, overdue[i].offered);
    } while (n == TIDY_BATCH);
}

/* Returned seats that are kept for nobody any more. */
static void free_returned(struct sql *db, struct tidying *t)
{
    int64_t seats[TIDY_BATCH];
    int n;

    if (tidy_give_to(&t->lock, t->ask->now) == CLAIM_RETURNED)
        return;
    do {
        n = read_ids(sql_ask(db,
                             "SELECT seat_id FROM claims WHERE show_id = $1"
                             " AND state = 'returned' ORDER BY seat_id",
                             SQL_VALUES(sql_n(t->show.n))),
                     seats);
        for (int i = 0; i < n; i++)
            give_back(db, t, (seat_id){seats[i]}, CLAIM_RETURNED);
    } while (n == TIDY_BATCH);
}

/* Rolls back when somebody else has tidied meanwhile, so that nothing is written for nothing. */
static bool tidy_work(struct sql *db, void *context)
{
    struct tidying *t = context;

    change_fini(&t->change);
    t->returned = t->list = false;
    t->rc = show_lock(db, t->show, &t->lock, t->why);
    if (t->rc == RC_OK)
        t->rc = show_plan(db, &t->lock, &t->plan, t->why);
    if (t->rc != RC_OK)
        return false;
    end_holds(db, t);
    lapse_overdue(db, t);
    free_returned(db, t);
    if (!change_any(&t->change))
        return false;
    change_journal(&t->change, db, &t->lock, t->ask, "tidy");
    return true;
}

enum rc tidy_show(struct sql *db, show_id show, const struct ask *ask, struct told *told,
                  struct fault *why)
{
    struct tidying t = {.show = show, .ask = ask, .why = why};
    enum sql_rc done = sql_tx(db, tidy_work, &t);

    change_fini(&t.change);
    if (done == SQL_ROLLED_BACK)
        return t.rc;
    if (done != SQL_OK)
        return verb_storage_fault(db, done, why);
    told_add(told, t.returned ? HINT_RETURNED : HINT_SEATS, show, t.lock.rev);
    if (t.list)
        told_add(told, HINT_LIST, show, t.lock.rev);
    return RC_OK;
}
