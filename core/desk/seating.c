#include "core/desk/seating.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/taking.h"
#include "core/desk/tender.h"
#include "core/rules/deadline.h"

struct sql_statement *seating_own_ask(struct sql *db, const char *basket)
{
    return sql_ask(db,
                   "SELECT show_id, seat_id, type_id, since, until, amount FROM claims"
                   " WHERE owner = $1 AND state = 'held' ORDER BY show_id, seat_id",
                   SQL_VALUES(sql_t(basket)));
}

void seating_own_hear(struct sql_statement *rows, struct seating *seating)
{
    while (seating->n_own < BASKET_MOST && sql_row(rows))
        seating->own[seating->n_own++] = (struct seating_own){.show = {sql_number(rows, 0)},
                                                              .seat = {sql_number(rows, 1)},
                                                              .type = {sql_number(rows, 2)},
                                                              .since = sql_number(rows, 3),
                                                              .until = sql_number(rows, 4),
                                                              .amount = sql_number(rows, 5)};
    sql_done(rows);
}

static void ask_prices(struct sql *db, show_id show, struct seating *seating)
{
    seating->prices = sql_ask(
        db,
        "SELECT p.zone, p.type_id, p.amount,"
        " (SELECT id FROM ticket_types ORDER BY digit LIMIT 1), COALESCE(t.tax, -1),"
        " t.retired FROM prices p JOIN ticket_types t ON t.id = p.type_id WHERE p.show_id = $1",
        SQL_VALUES(sql_n(show.n)));
}

enum rc seating_open(struct sql *db, show_id show, const char *basket, bool map,
                     struct seating *seating, struct fault *why)
{
    struct sql_statement *row = show_lock_ask(db, (struct show_ref){SHOW_ITSELF, show.n});
    struct sql_statement *own = seating_own_ask(db, basket);
    char clock[WHEN_TEXT];

    *seating = (struct seating){0};
    ask_prices(db, show, seating);
    if (map)
        seating->map = sql_ask(db, "SELECT seat_id FROM claims WHERE show_id = $1 ORDER BY seat_id",
                               SQL_VALUES(sql_n(show.n)));
    if (!show_lock_hear(row, &seating->lock))
        return fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
    seating_own_hear(own, seating);
    if (seating->lock.cancelled)
        return fault_set(why, RC_WRONG_STATE, _("%s, %s, is cancelled"), seating->lock.title,
                         when_clock(seating->lock.starts_at, clock, sizeof clock));
    return show_plan(db, &seating->lock, &seating->plan, why);
}

/* Puts one seat at its place in seat order. False: it is there already. */
static bool insert_sorted(struct seating *seating, const struct seating_seat *seat)
{
    int i = seating->n;

    while (i > 0 && seating->seats[i - 1].id.n > seat->id.n)
        i--;
    if (i > 0 && seating->seats[i - 1].id.n == seat->id.n)
        return false;
    memmove(&seating->seats[i + 1], &seating->seats[i],
            (size_t)(seating->n - i) * sizeof *seating->seats);
    seating->seats[i] = *seat;
    seating->n++;
    return true;
}

enum rc seating_list(struct seating *seating, const seat_id *seats, const type_id *types, int32_t n,
                     struct fault *why)
{
    if (n < 1 || n > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("1 to %d seats are taken at once"), SEATS_MAX);
    for (int32_t i = 0; i < n; i++) {
        struct seating_seat seat = {
            .id = seats[i], .place = plan_find_id(seating->plan, seats[i]), .type = types[i]};

        if (seat.place == PLAN_NONE)
            return fault_set(why, RC_NOT_FOUND, _("%s has no seat of the id %" PRId64),
                             seating->plan->name, seats[i].n);
        if (!insert_sorted(seating, &seat))
            return fault_set(why, RC_BAD_INPUT, _("%s is asked for twice"),
                             seating->plan->seats[seat.place].label);
    }
    return RC_OK;
}

/* What may be picked: what nobody has, and what the own basket has when it may be picked `again`.
 * Ids rise in seat order, as the rows do. */
static void read_open(struct seating *seating, bool again, uint8_t *open)
{
    const struct plan *plan = seating->plan;
    size_t place = 0;

    memset(open, 1, plan->n);
    while (sql_row(seating->map)) {
        seat_id seat = {sql_number(seating->map, 0)};

        while (place < plan->n && plan->seats[place].id.n < seat.n)
            place++;
        if (place == plan->n || plan->seats[place].id.n != seat.n)
            place = plan_find_id(plan, seat);
        if (place == PLAN_NONE)
            place = 0;
        else
            open[place] = 0;
    }
    for (int i = 0; again && i < seating->n_own; i++) {
        place = plan_find_id(plan, seating->own[i].seat);
        if (seating->own[i].show.n == seating->lock.show.n && place != PLAN_NONE)
            open[place] = 1;
    }
}

static enum rc sold_out(const struct seating *seating, const uint8_t *open, int32_t party,
                        struct fault *why)
{
    size_t n = 0;

    for (size_t i = 0; i < seating->plan->n; i++)
        n += open[i];
    if (n == 0)
        return fault_set(why, RC_SOLD_OUT, _("%s is sold out"), seating->lock.title);
    return fault_set(why, RC_SOLD_OUT,
                     ngettext("%zu seat is free, %" PRId32 " were asked for",
                              "%zu seats are free, %" PRId32 " were asked for", n),
                     n, party);
}

enum rc seating_best(struct seating *seating, const struct seating_wish *wish,
                     struct picked *picked, struct fault *why)
{
    uint8_t open[PLAN_SEATS_MAX];
    struct pick_wish pick = {.party = wish->party, .fit = FIT_ANY, .zone = -1, .rank = wish->rank};

    if (wish->party < 1 || wish->party > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("1 to %d seats are taken at once"), SEATS_MAX);
    read_open(seating, wish->again, open);
    if (!pick_seats(seating->plan, open, &pick, picked))
        return sold_out(seating, open, wish->party, why);
    seating->n = 0;
    for (int i = 0; i < picked->n; i++) {
        struct seating_seat seat = {.id = seating->plan->seats[picked->seats[i]].id,
                                    .place = picked->seats[i],
                                    .type = wish->type};

        insert_sorted(seating, &seat);
    }
    return RC_OK;
}

void seating_shape(struct seating *seating, int32_t *pieces, int32_t *gaps)
{
    uint8_t open[PLAN_SEATS_MAX];
    size_t places[SEATS_MAX];
    size_t n = (size_t)seating->n;

    for (size_t i = 0; i < n; i++)
        places[i] = seating->seats[i].place;
    read_open(seating, false, open);
    *pieces = pick_pieces(seating->plan, places, n);
    *gaps = pick_gaps(seating->plan, open, places, n, NULL);
}

void seating_own(struct seating *seating)
{
    for (int i = 0; i < seating->n_own; i++) {
        for (int k = 0; k < seating->n; k++) {
            struct seating_seat *seat = &seating->seats[k];

            if (seating->own[i].show.n != seating->lock.show.n ||
                seating->own[i].seat.n != seat->id.n)
                continue;
            seat->own = &seating->own[i];
            seating->owned++;
            if (seat->type.n == 0)
                seat->type = seating->own[i].type;
        }
    }
}

/* A seat of the own basket costs what the customer was shown, whatever the list says since. */
static bool shown(const struct seating_seat *seat)
{
    return seat->own != NULL && seat->own->type.n == seat->type.n;
}

enum rc seating_price(struct sql *db, struct seating *seating, struct fault *why)
{
    const struct plan *plan = seating->plan;
    int priced = 0;

    if (seating->prices == NULL)
        ask_prices(db, seating->lock.show, seating);
    seating->total = 0;
    while (sql_row(seating->prices)) {
        for (int i = 0; i < seating->n; i++) {
            struct seating_seat *seat = &seating->seats[i];

            if (seat->type.n == 0)
                seat->type.n = sql_number(seating->prices, 3);
            if (seat->type.n != sql_number(seating->prices, 1) ||
                strcmp(plan->zones[plan->seats[seat->place].zone], sql_text(seating->prices, 0)) !=
                    0)
                continue;
            seat->amount = shown(seat) ? seat->own->amount : sql_number(seating->prices, 2);
            seat->tax = (int32_t)sql_number(seating->prices, 4);
            seat->retired = sql_number(seating->prices, 5) != 0;
            seating->total += seat->amount;
            priced++;
        }
    }
    seating->prices = NULL;
    if (priced != seating->n)
        return fault_set(why, RC_BAD_INPUT, _("there is no price for that ticket type"));
    if (seating->total > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("the total is more than can be sold at once"));
    return RC_OK;
}

enum rc seating_types_sold(const struct seating *seating, struct fault *why)
{
    for (int i = 0; i < seating->n; i++)
        if (seating->seats[i].retired && !shown(&seating->seats[i]))
            return fault_set(why, RC_REFUSED, _("that ticket type is sold no more"));
    return RC_OK;
}

enum rc seating_in_time(const struct seating *seating, when_ms now, struct fault *why)
{
    const struct show_lock *lock = &seating->lock;
    char clock[WHEN_TEXT];

    if (deadline_sells(now, lock->sale_stop, seating->n > 0 && seating->owned == seating->n))
        return RC_OK;
    return fault_set(why, RC_TOO_LATE, _("the sale of %s ended at %s"), lock->title,
                     when_clock(lock->sale_stop, clock, sizeof clock));
}

/* The reservation, on its way in the same round trip, is named by its code. */
static const char take[] =
    "INSERT INTO claims (show_id, seat_id, state, since, reservation_id, type_id, amount,"
    " terminal, operator) VALUES ($1, $2, $3, $4, (SELECT id FROM reservations WHERE code = $5),"
    " $6, $7, $8, $9) ON CONFLICT (show_id, seat_id) DO UPDATE SET state = excluded.state,"
    " owner = '', since = excluded.since, until = NULL, reservation_id = excluded.reservation_id,"
    " type_id = excluded.type_id, amount = excluded.amount, terminal = excluded.terminal,"
    " operator = excluded.operator WHERE claims.state = 'held' AND claims.owner = $10";

enum { TAKE_VALUES = 10 };

enum rc seating_take(struct sql *db, struct seating *seating, const struct ask *ask,
                     enum claim_state state, const char *code, struct change *change,
                     struct fault *why)
{
    struct sql_value(*values)[TAKE_VALUES] = calloc((size_t)seating->n, sizeof *values);
    int64_t taken;

    if (values == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    for (int i = 0; i < seating->n; i++) {
        const struct seating_seat *seat = &seating->seats[i];

        memcpy(values[i],
               (const struct sql_value[TAKE_VALUES]){
                   sql_n(seating->lock.show.n), sql_n(seat->id.n), sql_t(claim_word(state)),
                   sql_n(ask->now), sql_t(code), sql_n(seat->type.n), sql_n(seat->amount),
                   sql_t(ask->terminal), sql_n(ask->operator_number), sql_t(ask->key)},
               sizeof values[i]);
    }
    taken = sql_each(db, take, values[0], TAKE_VALUES, (size_t)seating->n);
    free(values);
    if (taken != seating->n)
        return seating_taken(db, seating, taken, why);
    for (int i = 0; i < seating->n; i++)
        change_seat(change, seating->plan->seats[seating->seats[i].place].label,
                    seating->seats[i].own ? CLAIM_HELD : CLAIM_FREE, state);
    return RC_OK;
}

void seating_sold(struct sql *db, const struct ask *ask, const struct seating *seating,
                  reservation_id reservation, bool exchanged)
{
    struct taking_sold sold = {.reservation = reservation,
                               .show = seating->lock.show,
                               .exchanged = exchanged,
                               .n = seating->n};

    for (int i = 0; i < seating->n; i++)
        sold.tickets[i] = (struct taking_ticket){.type = seating->seats[i].type,
                                                 .amount = seating->seats[i].amount,
                                                 .tax = seating->seats[i].tax};
    taking_sale(db, ask, &sold);
}

static enum rc taken_text(const struct sql_statement *row, const char *label, struct fault *why)
{
    const char *state = sql_text(row, 0);
    const char *terminal = sql_text(row, 1);
    const char *reason = sql_text(row, 4);
    char clock[WHEN_TEXT];

    if (strcmp(state, "held") == 0)
        return fault_set(why, RC_TAKEN, _("%s is held by %s until %s"), label, terminal,
                         when_clock(sql_number(row, 3), clock, sizeof clock));
    if (strcmp(sql_text(row, 5), "offered") == 0)
        return fault_set(why, RC_TAKEN, _("%s is offered to the waiting list"), label);
    if (strcmp(state, "returned") == 0)
        return fault_set(why, RC_TAKEN, _("%s is kept for the waiting list"), label);
    if (strcmp(state, "blocked") == 0)
        return reason[0] != '\0' ? fault_set(why, RC_TAKEN, _("%s is blocked: %s"), label, reason)
                                 : fault_set(why, RC_TAKEN, _("%s is blocked"), label);
    /* translators: a seat, "sold" or "reserved", a terminal and a time */
    return fault_set(why, RC_TAKEN, _("%s is %s (%s, %s)"), label, _(state), terminal,
                     when_clock(sql_number(row, 2), clock, sizeof clock));
}

enum rc seating_taken(struct sql *db, const struct seating *seating, int64_t nth, struct fault *why)
{
    const struct plan_seat *seat = &seating->plan->seats[seating->seats[nth < 0 ? 0 : nth].place];
    struct sql_statement *row =
        sql_ask(db,
                "SELECT c.state, c.terminal, c.since, c.until, c.reason, r.state FROM claims c"
                " LEFT JOIN reservations r ON r.id = c.reservation_id"
                " WHERE c.show_id = $1 AND c.seat_id = $2",
                SQL_VALUES(sql_n(seating->lock.show.n), sql_n(seat->id.n)));
    enum rc rc = sql_row(row) ? taken_text(row, seat->label, why)
                              : fault_set(why, RC_TAKEN, _("%s is taken"), seat->label);

    sql_done(row);
    return rc;
}

enum rc seating_for_booking(struct sql *db, const struct book_request *request,
                            struct seating *seating, struct fault *why)
{
    struct seating_wish wish = {.party = request->best, .type = request->types[0], .again = true};
    struct picked picked;
    enum rc rc =
        seating_open(db, request->show, request->ask.key, request->best != 0, seating, why);

    if (rc == RC_OK && request->best != 0)
        rc = seating_best(seating, &wish, &picked, why);
    else if (rc == RC_OK)
        rc = seating_list(seating, request->seats, request->types, request->n, why);
    if (rc != RC_OK)
        return rc;
    seating_own(seating);
    rc = seating_in_time(seating, request->ask.now, why);
    if (rc == RC_OK)
        rc = seating_price(db, seating, why);
    if (rc == RC_OK)
        rc = seating_types_sold(seating, why);
    return rc == RC_OK ? tender_expected(request->expected, seating->total, why) : rc;
}
