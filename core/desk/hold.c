#include "core/desk/hold.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/seating.h"
#include "core/rules/deadline.h"

static struct show_ref hold_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct hold_request *)request)->show.n};
}

/* Chooses the seats; with `together` pieces are answered and refused. */
static enum rc choose(const struct hold_request *hold, struct seating *seating,
                      struct hold_reply *reply, struct fault *why)
{
    type_id types[SEATS_MAX];
    struct picked picked;
    struct seating_wish wish = {
        .party = hold->best, .rank = hold->rank, .type = hold->type, .again = hold->replace != 0};
    enum rc rc;

    for (int i = 0; i < SEATS_MAX; i++)
        types[i] = hold->type;
    if (hold->best == 0)
        return seating_list(seating, hold->seats, types, hold->n, why);
    rc = seating_best(seating, &wish, &picked, why);
    if (rc != RC_OK)
        return rc;
    reply->pieces = picked.pieces;
    reply->gaps = picked.gaps;
    if (hold->together == 0 || picked.pieces <= 1)
        return RC_OK;
    return fault_set(why, RC_APART, _("no %" PRId32 " together are free: %d places apart"),
                     hold->best, picked.pieces);
}

static void answer(const struct seating *seating, struct hold_reply *reply)
{
    reply->n = seating->n;
    for (int i = 0; i < seating->n; i++)
        reply->seats[i] = seating->seats[i].id;
    reply->rev = seating->lock.rev;
}

static bool chosen(const struct seating *seating, const struct seating_own *own)
{
    for (int i = 0; i < seating->n; i++)
        if (seating->seats[i].own == own)
            return true;
    return false;
}

/* What the basket holds besides its new choice: at this show it is given back if it is replaced;
 * else the basket must not grow too big. */
static enum rc settle_others(struct sql *db, const struct hold_request *hold,
                             const struct seating *seating, struct change *change,
                             struct hold_reply *reply, bool *returned, struct fault *why)
{
    int n = seating->n, shows = 1;
    int64_t other = hold->show.n; /* they are read show by show */

    for (int i = 0; i < seating->n_own; i++) {
        const struct seating_own *own = &seating->own[i];
        const bool here = own->show.n == hold->show.n;

        if (chosen(seating, own))
            continue;
        if (here && hold->replace != 0) {
            enum claim_state to = tidy_give_back(db, &seating->lock, hold->ask.now, own->seat);

            change_seat(change, plan_label(seating->plan, own->seat), CLAIM_HELD, to);
            *returned = *returned || to == CLAIM_RETURNED;
            continue;
        }
        n++;
        shows += !here && own->show.n != other;
        other = here ? other : own->show.n;
        if (here && (reply->until == 0 || own->until < reply->until))
            reply->until = own->until;
    }
    if (n > SEATS_MAX)
        return fault_set(why, RC_REFUSED, _("a basket holds at most %d seats"), SEATS_MAX);
    if (shows > BASKET_SHOWS)
        return fault_set(why, RC_REFUSED, _("a basket holds seats of at most %d shows"),
                         BASKET_SHOWS);
    return RC_OK;
}

static const char claim[] =
    "INSERT INTO claims (show_id, seat_id, state, owner, since, until, type_id, amount, terminal,"
    " operator) VALUES ($1, $2, 'held', $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (show_id, seat_id) DO UPDATE SET type_id = excluded.type_id,"
    " amount = excluded.amount, since = excluded.since, until = excluded.until"
    " WHERE claims.state = 'held' AND claims.owner = excluded.owner";

enum { CLAIM_VALUES = 9 };

/* A seat that this basket holds already runs its idle time again; one whose hold has ended and that
 * nobody took meanwhile begins anew. */
static enum rc claim_chosen(struct sql *db, const struct hold_request *hold,
                            const struct seating *seating, struct change *change,
                            struct hold_reply *reply, struct fault *why)
{
    struct sql_value values[SEATS_MAX][CLAIM_VALUES];
    const struct ask *ask = &hold->ask;
    int64_t claimed;

    for (int i = 0; i < seating->n; i++) {
        const struct seating_seat *seat = &seating->seats[i];
        const bool runs = seat->own && seat->own->until > ask->now;
        const when_ms since = runs ? seat->own->since : ask->now;
        const when_ms until = deadline_hold(since, ask->now);

        memcpy(values[i],
               (const struct sql_value[CLAIM_VALUES]){
                   sql_n(hold->show.n), sql_n(seat->id.n), sql_t(ask->key), sql_n(since),
                   sql_n(until), sql_n(seat->type.n), sql_n(seat->amount), sql_t(ask->terminal),
                   sql_n(ask->operator_number)},
               sizeof values[i]);
        if (reply->until == 0 || until < reply->until)
            reply->until = until;
        if (!seat->own)
            change_seat(change, seating->plan->seats[seat->place].label, CLAIM_FREE, CLAIM_HELD);
    }
    claimed = sql_each(db, claim, values[0], CLAIM_VALUES, (size_t)seating->n);
    return claimed == seating->n ? RC_OK : seating_taken(db, seating, claimed, why);
}

static enum rc claim_all(struct sql *db, const struct hold_request *hold, struct seating *seating,
                         struct hold_reply *reply, struct fault *why)
{
    struct change change = {0};
    bool returned = false;
    enum rc rc = settle_others(db, hold, seating, &change, reply, &returned, why);

    if (rc == RC_OK)
        rc = claim_chosen(db, hold, seating, &change, reply, why);
    if (rc == RC_OK) {
        change_journal(&change, db, &seating->lock, &hold->ask, "hold");
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
        return fault_set(why, RC_BAD_INPUT, _("seats are held for a basket, which has a key"));
    rc = seating_open(db, hold->show, hold->ask.key, true, &seating, why);
    if (rc == RC_OK)
        rc = seating_in_time(&seating, hold->ask.now, why);
    if (rc == RC_OK)
        rc = choose(hold, &seating, told, why);
    if (rc == RC_APART)
        answer(&seating, told);
    if (rc != RC_OK)
        return rc;
    if (hold->best == 0)
        seating_shape(&seating, &told->pieces, &told->gaps);
    seating_own(&seating);
    rc = seating_price(db, &seating, why);
    if (rc == RC_OK)
        rc = seating_types_sold(&seating, why);
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
