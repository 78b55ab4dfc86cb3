#include "core/desk/exchange.h"

#include <stdio.h>

#include "core/base/words.h"
#include "core/desk/exchanging.h"
#include "core/desk/owed.h"
#include "core/desk/taking.h"
#include "core/desk/tickets.h"

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
        rc = tender_refund(db, &request->ask, &x->back, -due, &x->change, &refunded, why);
        reply->refunded = refunded.amount;
        reply->rounding = refunded.rounding;
        return rc == RC_OK && refunded.amount != -due
                   ? fault_set(why, RC_REFUSED, _("less was paid for %s than is to be refunded"),
                               x->reservation.code)
                   : rc;
    }
    rc = exchanging_bill(db, x, due, &bill, why);
    if (rc == RC_OK)
        rc = tender_store(db, &request->ask, x->reservation.id, 0, &bill, x->back.till, &x->change,
                          why);
    reply->change = bill.change;
    reply->rounding = bill.rounding;
    return rc;
}

/* The reservation has other seats now, and costs what they do. */
static enum rc store(struct sql *db, struct exchanging *x, struct fault *why)
{
    struct reservation *r = &x->reservation;
    enum rc rc = reservation_shrink(db, r, x->amount - x->seating.total, x->were,
                                    x->request->ask.now, &x->change, why);

    if (rc == RC_OK)
        reservation_seats_hear(reservation_seats_ask(db, r->id), r);
    return rc;
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
    exchanging_give(db, x, reply); /* with the tax they were sold with */
    for (int i = 0; sold && i < x->seating.n; i++)
        taking_seat(db, ask, x->reservation.id, x->lock.show, x->seating.seats[i].id);
    tickets_die(db, x->reservation.id, ask->now);
    if (sold)
        rc = settle(db, x, reply, why);
    if (sold && rc == RC_OK)
        owed_add(db, ask, x->reservation.id);
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

static enum rc within_show(struct sql *db, const struct exchange_request *request,
                           struct booking_reply *reply, struct fault *why)
{
    struct exchanging x = {.request = request};
    const struct reservation_asked asked = reservation_ask(db, request->reservation);
    struct sql_statement *own = seating_own_ask(db, request->ask.key);
    enum rc rc;

    exchanging_ask(db, &x);
    x.seating.map = sql_ask(db,
                            "SELECT seat_id FROM claims WHERE show_id = (SELECT show_id FROM"
                            " reservations WHERE id = $1) ORDER BY seat_id",
                            SQL_VALUES(sql_n(request->reservation.n)));
    rc = reservation_hear(&asked, request->ask.now, &x.reservation, &x.lock, why);
    seating_own_hear(own, &x.seating);
    x.seating.lock = x.lock;
    if (rc == RC_OK && x.reservation.state != BOOKING_RESERVED &&
        x.reservation.state != BOOKING_SOLD)
        rc = reservation_wrong_state(&x.reservation, why);
    if (rc == RC_OK)
        rc = exchanging_choose(&x, true, why);
    if (rc == RC_OK)
        rc = show_plan(db, &x.lock, &x.seating.plan, why);
    if (rc == RC_OK)
        rc = exchanging_seat(db, &x, why);
    if (rc == RC_OK)
        rc = exchanging_allowed(db, &x, why);
    if (rc == RC_OK)
        rc = exchange(db, &x, reply, why);
    change_fini(&x.change);
    return rc;
}

/* A reservation's show never changes: it is known before anything is locked. */
static enum rc exchange_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct exchange_request *wish = request;
    show_id own = {0};

    if (wish->show.n != 0)
        own.n = sql_one_number(db, 0, "SELECT show_id FROM reservations WHERE id = $1",
                               SQL_VALUES(sql_n(wish->reservation.n)));
    if (wish->show.n == own.n)
        return within_show(db, wish, reply, why);
    return exchanging_for_show(db, wish, own, reply, why);
}

/* The show whose seats are taken: those of the other one are given. */
static struct show_ref exchange_show(const void *request)
{
    const struct exchange_request *wish = request;

    return wish->show.n != 0 ? (struct show_ref){SHOW_ITSELF, wish->show.n}
                             : (struct show_ref){SHOW_OF_RESERVATION, wish->reservation.n};
}

const struct verb verb_exchange = {.name = "exchange",
                                   .request_size = sizeof(struct exchange_request),
                                   .reply_size = sizeof(struct booking_reply),
                                   .keyed = true,
                                   .show = exchange_show,
                                   .run = exchange_run};
