#include "core/desk/hold.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/desk/seating.h"
#include "core/rules/deadline.h"

enum { BASKET_MOST = 60 };

static show_id hold_show(struct sql *db, const void *request)
{
    (void)db;
    return ((const struct hold_request *)request)->show;
}

/* Chooses the seats; with `together` pieces are answered and refused. */
static enum rc choose(struct sql *db, const struct hold_request *hold, struct seating *seating,
                      struct hold_reply *reply, struct fault *why)
{
    type_id types[SEATS_MAX];
    struct picked picked;
    struct seating_wish wish = {.party = hold->best,
                                .rank = hold->rank,
                                .type = hold->type,
                                .basket = hold->ask.key,
                                .again = hold->replace != 0};
    enum rc rc;

    for (int i = 0; i < SEATS_MAX; i++)
        types[i] = hold->type;
    if (hold->best == 0)
        return seating_list(seating, hold->seats, types, hold->n, why);
    rc = seating_best(db, seating, &wish, &picked, why);
    if (rc != RC_OK)
        return rc;
    reply->pieces = picked.pieces;
    reply->gaps = picked.gaps;
    if (hold->together == 0 || picked.pieces <= 1)
        return RC_OK;
    return fault_set(why, RC_APART, "no %" PRId32 " together are free: %d places apart", hold->best,
                     picked.pieces);
}

static void answer(const struct seating *seating, struct hold_reply *reply)
{
    reply->n = seating->n;
    for (int i = 0; i < seating->n; i++)
        reply->seats[i] = seating->seats[i].id;
    reply->rev = seating->lock.rev;
}

/* Seats of this basket at this show that the new choice leaves out. */
static void give_back_others(struct sql *db, const struct hold_request *hold,
                             const struct seating *seating, struct change *change, bool *returned)
{
    seat_id left[BASKET_MOST];
    int n = 0;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT seat_id FROM claims WHERE owner = $1 AND state = 'held' AND show_id = $2"
                " ORDER BY seat_id",
                SQL_VALUES(sql_t(hold->ask.key), sql_n(hold->show.n)));

    while (n < BASKET_MOST && sql_row(rows)) {
        int i = 0;

        left[n].n = sql_number(rows, 0);
        while (i < seating->n && seating->seats[i].id.n != left[n].n)
            i++;
        n += i == seating->n;
    }
    sql_done(rows);
    for (int i = 0; i < n; i++) {
        enum claim_state to = tidy_give_back(db, &seating->lock, hold->ask.now, left[i]);

        change_seat(change, plan_label(seating->plan, left[i]), CLAIM_HELD, to);
        *returned = *returned || to == CLAIM_RETURNED;
    }
}

/* A seat that this basket holds already runs its idle time again; one whose hold has ended and that
 * nobody took meanwhile begins anew. */
static enum rc claim(struct sql *db, const struct hold_request *hold, const struct seating *seating,
                     const struct seating_seat *seat, struct change *change, struct fault *why)
{
    const struct ask *ask = &hold->ask;
    int64_t held = sql_run(
        db,
        "INSERT INTO claims (show_id, seat_id, state, owner, since, until, type_id, amount,"
        " terminal, operator) VALUES ($1, $2, 'held', $3, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (show_id, seat_id) DO UPDATE SET type_id = excluded.type_id,"
        " amount = excluded.amount,"
        " since = CASE WHEN claims.until <= excluded.since THEN excluded.since ELSE claims.since"
        " END, until = CASE WHEN claims.until <= excluded.since"
        " OR claims.since + $10 >= excluded.until THEN excluded.until ELSE claims.since + $10 END"
        " WHERE claims.state = 'held' AND claims.owner = excluded.owner",
        SQL_VALUES(sql_n(seating->lock.show.n), sql_n(seat->id.n), sql_t(ask->key), sql_n(ask->now),
                   sql_n(deadline_hold(ask->now, ask->now)), sql_n(seat->type.n),
                   sql_n(seat->amount), sql_t(ask->terminal), sql_n(ask->operator_number),
                   sql_n(HOLD_MOST)));

    if (held != 1)
        return seating_taken(db, seating, seat->place, why);
    if (!seat->own)
        change_seat(change, seating->plan->seats[seat->place].label, CLAIM_FREE, CLAIM_HELD);
    return RC_OK;
}

static enum rc within_most(struct sql *db, const struct hold_request *hold, struct fault *why)
{
    if (sql_one_number(db, 0, "SELECT COUNT(*) FROM claims WHERE owner = $1 AND state = 'held'",
                       SQL_VALUES(sql_t(hold->ask.key))) <= BASKET_MOST)
        return RC_OK;
    return fault_set(why, RC_REFUSED, "a basket holds at most %d seats", BASKET_MOST);
}

static enum rc claim_all(struct sql *db, const struct hold_request *hold, struct seating *seating,
                         struct hold_reply *reply, struct fault *why)
{
    struct change change = {0};
    bool returned = false;
    enum rc rc = RC_OK;

    if (hold->replace != 0)
        give_back_others(db, hold, seating, &change, &returned);
    for (int i = 0; i < seating->n && rc == RC_OK; i++)
        rc = claim(db, hold, seating, &seating->seats[i], &change, why);
    if (rc == RC_OK)
        rc = within_most(db, hold, why);
    if (rc == RC_OK) {
        change_journal(&change, db, seating->lock.show, &hold->ask, "hold");
        reply->until = sql_one_number(db, 0,
                                      "SELECT MIN(until) FROM claims WHERE owner = $1"
                                      " AND state = 'held' AND show_id = $2",
                                      SQL_VALUES(sql_t(hold->ask.key), sql_n(hold->show.n)));
        told_add(&reply->told, returned ? HINT_RETURNED : HINT_SEATS, hold->show,
                 seating->lock.rev);
    }
    change_fini(&change);
    return rc;
}

static enum rc hold_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct hold_request *hold = request;
    struct hold_reply *told = reply;
    struct seating seating;
    enum rc rc = RC_OK;

    if (hold->ask.key[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, "seats are held for a basket, which has a key");
    rc = seating_open(db, hold->show, &seating, why);
    if (rc == RC_OK)
        rc = seating_in_time(&seating, hold->ask.now, why);
    if (rc == RC_OK)
        rc = choose(db, hold, &seating, told, why);
    if (rc == RC_APART)
        answer(&seating, told);
    if (rc != RC_OK)
        return rc;
    if (hold->best == 0)
        seating_shape(db, &seating, &told->pieces, &told->gaps);
    seating_own(db, &seating, hold->ask.key);
    rc = seating_price(db, &seating, why);
    if (rc == RC_OK)
        rc = claim_all(db, hold, &seating, told, why);
    if (rc == RC_OK)
        answer(&seating, told);
    return rc;
}

const struct verb verb_hold = {.name = "hold",
                               .request_size = sizeof(struct hold_request),
                               .reply_size = sizeof(struct hold_reply),
                               .show = hold_show,
                               .run = hold_run};
