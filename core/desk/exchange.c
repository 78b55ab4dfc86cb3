#include "core/desk/exchange.h"

#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/reservation.h"
#include "core/desk/seating.h"
#include "core/desk/staff.h"
#include "core/desk/taking.h"
#include "core/desk/tender.h"
#include "core/desk/tickets.h"
#include "core/rules/second_thoughts.h"

/* One exchange at work: what was asked, what was heard, what is given and taken. */
struct exchanging {
    const struct exchange_request *request;
    struct tender_back back;
    struct sql_statement *staff, *types, *map;
    struct reservation reservation;
    struct show_lock lock;
    struct staff_known known;
    int n; /* seats given, in seat order */
    struct reservation_seat seats[SEATS_MAX];
    type_id types_of[SEATS_MAX];
    money amount; /* of them */
    int n_to;
    seat_id to[SEATS_MAX];
    struct seating seating; /* the seats taken */
    struct change change;
    char were[WERE_SIZE];
};

static int find_seat(const seat_id *seats, int n, seat_id seat)
{
    for (int i = 0; i < n; i++)
        if (seats[i].n == seat.n)
            return i;
    return -1;
}

/* Every seat that is to be given is the reservation's. */
static enum rc check_given(const struct exchanging *x, struct fault *why)
{
    const struct exchange_request *request = x->request;

    if (request->n < 0 || request->n > SEATS_MAX || request->n_to < 0 || request->n_to > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("at most %d seats are exchanged at once"), SEATS_MAX);
    for (int32_t i = 0; i < request->n; i++) {
        int at = 0;

        while (at < x->reservation.n && x->reservation.seats[at].seat.n != request->seats[i].n)
            at++;
        if (at == x->reservation.n)
            return fault_set(why, RC_NOT_FOUND, _("%s has not all of those seats"),
                             x->reservation.code);
        if (find_seat(request->seats, i, request->seats[i]) >= 0)
            return fault_set(why, RC_BAD_INPUT, _("%s is given twice"),
                             x->reservation.seats[at].label);
    }
    return RC_OK;
}

/* What is given, without what is taken again; and how many that would be with it. */
static int choose_given(struct exchanging *x)
{
    const struct exchange_request *request = x->request;
    const struct reservation *from = &x->reservation;
    int asked = 0;

    for (int i = 0; i < from->n; i++) {
        seat_id seat = from->seats[i].seat;
        type_id type = {sql_row(x->types) ? sql_number(x->types, 0) : 0};

        if (request->n > 0 && find_seat(request->seats, request->n, seat) < 0)
            continue;
        asked++;
        if (find_seat(request->to, request->n_to, seat) >= 0)
            continue;
        x->types_of[x->n] = type;
        x->amount += from->seats[i].amount;
        x->seats[x->n++] = from->seats[i];
    }
    sql_done(x->types);
    return asked;
}

static enum rc choose(struct exchanging *x, struct fault *why)
{
    const struct exchange_request *request = x->request;
    enum rc rc = check_given(x, why);
    int asked;

    if (rc != RC_OK)
        return rc;
    asked = choose_given(x);
    if (request->n_to != 0 && request->n_to != asked)
        return fault_set(why, RC_BAD_INPUT,
                         ngettext("%d seat is given, so as many are taken, not %d",
                                  "%d seats are given, so as many are taken, not %d",
                                  (unsigned long)asked),
                         asked, (int)request->n_to);
    for (int32_t i = 0; i < request->n_to; i++) {
        bool own = false;

        for (int k = 0; k < x->reservation.n; k++)
            own = own ||
                  (x->reservation.seats[k].seat.n == request->to[i].n &&
                   (request->n == 0 || find_seat(request->seats, request->n, request->to[i]) >= 0));
        if (!own)
            x->to[x->n_to++] = request->to[i];
    }
    if (x->n == 0 || (request->n_to != 0 && x->n != x->n_to))
        return fault_set(why, RC_REFUSED, _("those are the seats that %s has"),
                         x->reservation.code);
    return RC_OK;
}

/* The seats to take, priced with the types of those given. */
static enum rc seat_them(struct sql *db, struct exchanging *x, struct fault *why)
{
    struct seating *seating = &x->seating;
    struct seating_wish wish = {.party = x->n};
    struct picked picked;
    enum rc rc;

    seating->lock = x->lock;
    seating->map = x->map;
    rc = show_plan(db, &x->lock, &seating->plan, why);
    if (rc == RC_OK && x->n_to > 0)
        rc = seating_list(seating, x->to, x->types_of, x->n_to, why);
    else if (rc == RC_OK)
        rc = seating_best(seating, &wish, &picked, why);
    for (int i = 0; rc == RC_OK && i < seating->n; i++)
        seating->seats[i].type = x->types_of[i];
    if (rc == RC_OK)
        rc = seating_in_time(seating, x->request->ask.now, why);
    if (rc == RC_OK)
        rc = seating_price(db, seating, why);
    return rc;
}

static enum rc may_exchange(struct sql *db, struct exchanging *x, struct fault *why)
{
    const struct exchange_request *request = x->request;
    const money difference = x->seating.total - x->amount;
    char is[MONEY_TEXT], was[MONEY_TEXT];
    money back = difference < 0 && x->reservation.state == BOOKING_SOLD ? -difference : 0;

    if (request->told && request->difference != difference)
        return fault_set(why, RC_REFUSED, _("the difference is %s, not %s"),
                         money_format(difference, is, sizeof is),
                         money_format(request->difference, was, sizeof was));
    return staff_rights_allow(db, &request->ask, &x->known, second_refund(back, request->limit),
                              why);
}

/* --- doing it -------------------------------------------------------------------------------- */

/* The old seats go, with what they were sold for. */
static void give(struct sql *db, struct exchanging *x, enum claim_state from,
                 struct booking_reply *reply)
{
    const struct ask *ask = &x->request->ask;

    for (int i = 0; i < x->n; i++) {
        const struct reservation_seat *seat = &x->seats[i];
        enum claim_state to;

        if (from == CLAIM_SOLD)
            taking_back(db, ask, x->reservation.id, x->lock.show, seat->seat, TAKING_REFUND);
        to = tidy_give_back(db, &x->lock, ask->now, seat->seat);
        were_add(x->were, seat->label);
        change_seat(&x->change, seat->label, from, to);
        reply->given_back++;
        reply->for_the_list += to == CLAIM_RETURNED;
    }
}

/* The price difference is paid, or goes back; both enter the till. */
static enum rc settle(struct sql *db, struct exchanging *x, struct booking_reply *reply,
                      struct fault *why)
{
    const struct exchange_request *request = x->request;
    const money due = x->seating.total - x->amount;
    struct tender_bill bill;
    struct tender_refunded refunded;
    enum rc rc;

    if (due <= 0) {
        x->back.reason = "exchange";
        rc = tender_refund(db, &request->ask, &x->back, -due, &x->change, &refunded, why);
        reply->refunded = refunded.amount;
        reply->rounding = refunded.rounding;
        return rc == RC_OK && refunded.amount != -due
                   ? fault_set(why, RC_REFUSED, _("less was paid for %s than is to be refunded"),
                               x->reservation.code)
                   : rc;
    }
    rc = tender_settle(request->tenders, request->n_tenders, due, request->ask.cash_round, &bill,
                       why);
    if (rc == RC_OK)
        rc = tender_allowed(db, &request->ask, &bill, why);
    if (rc == RC_OK)
        rc =
            tender_more(db, &request->ask, x->reservation.id, &bill, x->back.till, &x->change, why);
    reply->change = bill.change;
    reply->rounding = bill.rounding;
    return rc;
}

static enum rc store(struct sql *db, struct exchanging *x, struct fault *why)
{
    struct reservation *r = &x->reservation;
    const money total = r->total - x->amount + x->seating.total;

    if (sql_run(db,
                "UPDATE reservations SET total = $3, changed_at = $4,"
                " seats_were = CASE WHEN seats_were = '' THEN $5 ELSE seats_were || ' ' || $5 END"
                " WHERE id = $1 AND state = $2",
                SQL_VALUES(sql_n(r->id.n), sql_t(booking_word(r->state)), sql_n(total),
                           sql_n(x->request->ask.now), sql_t(x->were))) != 1)
        return fault_set(why, RC_WRONG_STATE, _("%s was changed meanwhile"), r->code);
    r->total = total;
    reservation_seats_hear(reservation_seats_ask(db, r->id), r);
    change_booking(&x->change, r->code, (int)r->state, r->state);
    change_number(&x->change, "total", total);
    return RC_OK;
}

static enum rc exchange(struct sql *db, struct exchanging *x, struct booking_reply *reply,
                        struct fault *why)
{
    const struct ask *ask = &x->request->ask;
    const bool sold = x->reservation.state == BOOKING_SOLD;
    enum rc rc = seating_take(db, &x->seating, ask, sold ? CLAIM_SOLD : CLAIM_RESERVED,
                              x->reservation.code, &x->change, why);

    if (rc != RC_OK)
        return rc;
    give(db, x, sold ? CLAIM_SOLD : CLAIM_RESERVED, reply); /* with the tax they were sold with */
    for (int i = 0; sold && i < x->seating.n; i++)
        taking_seat(db, ask, x->reservation.id, x->lock.show, x->seating.seats[i].id);
    tickets_die(db, x->reservation.id, ask->now);
    if (sold)
        rc = settle(db, x, reply, why);
    if (rc == RC_OK)
        rc = store(db, x, why);
    if (rc != RC_OK)
        return rc;
    change_journal(&x->change, db, &x->lock, ask, "exchange");
    reservation_reply(&x->reservation, &x->lock, reply);
    told_add(&reply->told, reply->for_the_list > 0 ? HINT_RETURNED : HINT_SEATS, x->lock.show,
             x->lock.rev);
    return RC_OK;
}

static enum rc exchange_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct exchanging x = {.request = request};
    const struct ask *ask = &x.request->ask;
    const struct reservation_asked asked = reservation_ask(db, x.request->reservation);
    enum rc rc;

    x.back = tender_back_ask(db, ask, x.request->reservation);
    x.staff = staff_rights_ask(db, ask);
    x.types = sql_ask(db, "SELECT type_id FROM claims WHERE reservation_id = $1 ORDER BY seat_id",
                      SQL_VALUES(sql_n(x.request->reservation.n)));
    x.map = sql_ask(db,
                    "SELECT seat_id FROM claims WHERE show_id = (SELECT show_id FROM reservations"
                    " WHERE id = $1) ORDER BY seat_id",
                    SQL_VALUES(sql_n(x.request->reservation.n)));
    rc = reservation_hear(&asked, ask->now, &x.reservation, &x.lock, why);
    staff_rights_hear(x.staff, &x.known);
    if (rc == RC_OK && x.reservation.state != BOOKING_RESERVED &&
        x.reservation.state != BOOKING_SOLD)
        rc = reservation_wrong_state(&x.reservation, why);
    if (rc == RC_OK)
        rc = choose(&x, why);
    if (rc == RC_OK)
        rc = seat_them(db, &x, why);
    if (rc == RC_OK)
        rc = may_exchange(db, &x, why);
    if (rc == RC_OK)
        rc = exchange(db, &x, reply, why);
    change_fini(&x.change);
    return rc;
}

static struct show_ref exchange_show(const void *request)
{
    return (struct show_ref){SHOW_OF_RESERVATION,
                             ((const struct exchange_request *)request)->reservation.n};
}

const struct verb verb_exchange = {.name = "exchange",
                                   .request_size = sizeof(struct exchange_request),
                                   .reply_size = sizeof(struct booking_reply),
                                   .keyed = true,
                                   .show = exchange_show,
                                   .run = exchange_run};
