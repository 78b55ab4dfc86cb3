/* Exchanging seats for those of another show: a new reservation there, for the same customer. */
#include <inttypes.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/book.h"
#include "core/desk/exchanging.h"
#include "core/desk/tickets.h"

/* The reservation that is made, and what changes at its show. */
struct moving {
    struct exchanging x;
    struct person person;
    struct reservation_code code;
    struct reservation made;
    struct change change;
};

/* Locks both shows, the lower id first, and asks for the rest. */
static enum rc open_both(struct sql *db, struct moving *m, show_id own, struct fault *why)
{
    struct exchanging *x = &m->x;
    const struct exchange_request *request = x->request;
    const bool own_first = own.n < request->show.n;
    struct reservation_asked asked;
    enum rc rc;

    if (own_first)
        asked = reservation_ask(db, request->reservation);
    rc = seating_open(db, request->show, request->ask.key, request->n_to == 0, &x->seating, why);
    if (rc != RC_OK)
        return rc;
    if (!own_first)
        asked = reservation_ask(db, request->reservation);
    exchanging_ask(db, x);
    reservation_code_ask(db, &request->ask, 0, &m->code);
    return reservation_hear(&asked, request->ask.now, &x->reservation, &x->lock, why);
}

/* Who it is for; only what is not paid has to be collected in time. */
static enum rc prepare(struct sql *db, struct moving *m, struct fault *why)
{
    const struct exchanging *x = &m->x;
    struct sql_statement *row =
        sql_ask(db, "SELECT name, phone, note FROM reservations WHERE id = $1",
                SQL_VALUES(sql_n(x->reservation.id.n)));
    enum rc rc = RC_OK;

    if (sql_row(row))
        rc = person_read(&m->person, sql_text(row, 0), sql_text(row, 1), sql_text(row, 2), why);
    sql_done(row);
    m->made = (struct reservation){
        .show = x->seating.lock.show, .state = x->reservation.state, .total = x->seating.total};
    if (rc == RC_OK && m->made.state == BOOKING_RESERVED)
        rc = book_deadline(x->request->ask.now, x->request->collect_min, &x->seating.lock,
                           &m->made.deadline, why);
    return rc;
}

/* --- doing it -------------------------------------------------------------------------------- */

/* The new reservation takes its seats. */
static enum rc take(struct sql *db, struct moving *m, struct fault *why)
{
    struct exchanging *x = &m->x;
    const struct ask *ask = &x->request->ask;
    const enum claim_state state = m->made.state == BOOKING_SOLD ? CLAIM_SOLD : CLAIM_RESERVED;
    const struct reservation_new new = {.show = m->made.show,
                                        .state = m->made.state,
                                        .person = &m->person,
                                        .total = m->made.total,
                                        .deadline = m->made.deadline,
                                        .from = x->reservation.id};
    struct sql_statement *id;
    enum rc rc;

    reservation_code_hear(db, ask, &m->code);
    memcpy(m->made.code, m->code.text, sizeof m->made.code);
    reservation_store(db, ask, &new, m->made.code);
    id = reservation_id_ask(db, m->made.code);
    rc = seating_take(db, &x->seating, ask, state, m->made.code, &m->change, why);
    if (rc != RC_OK)
        return rc;
    m->made.id = reservation_id_hear(id);
    m->made.n = x->seating.n;
    for (int i = 0; i < x->seating.n; i++)
        m->made.seats[i].seat = x->seating.seats[i].id;
    change_booking(&m->change, m->made.code, CHANGE_NONE, m->made.state);
    change_number(&m->change, "total", m->made.total);
    change_text(&m->change, "from", x->reservation.code);
    change_text(&x->change, "to", m->made.code);
    return RC_OK;
}

/* What was paid goes along, as far as the new seats cost so much; what is more goes back. */
static enum rc carry(struct sql *db, struct moving *m, struct booking_reply *reply,
                     struct fault *why)
{
    struct exchanging *x = &m->x;
    const money was = x->amount, is = x->seating.total;
    const struct tender_carry carry = {.back = &x->back,
                                       .code = x->reservation.code,
                                       .to_reservation = m->made.id,
                                       .refund = is < was ? was - is : 0,
                                       .amount = is < was ? is : was,
                                       .from = &x->change,
                                       .to = &m->change};
    struct tender_refunded refunded;
    enum rc rc = tender_carry(db, &x->request->ask, &carry, &refunded, why);

    reply->refunded = refunded.amount;
    reply->rounding = refunded.rounding;
    return rc;
}

/* The old reservation is what is left of it. */
static enum rc leave(struct sql *db, struct moving *m, struct fault *why)
{
    struct exchanging *x = &m->x;
    struct reservation *r = &x->reservation;
    enum rc rc;

    r->n -= x->n;
    rc = reservation_shrink(db, r, x->amount, x->were, x->request->ask.now, &x->change, why);
    if (rc == RC_OK)
        change_journal(&x->change, db, &x->lock, &x->request->ask, "exchange");
    return rc;
}

/* What is still to be paid; the till is asked anew, since the row before moved its book on. */
static enum rc pay_more(struct sql *db, struct moving *m, struct booking_reply *reply,
                        struct fault *why)
{
    const struct exchanging *x = &m->x;
    const struct ask *ask = &x->request->ask;
    const money more = x->seating.total > x->amount ? x->seating.total - x->amount : 0;
    struct tender_bill bill = {.n = 0};
    enum rc rc = more > 0 ? exchanging_bill(db, x, more, &bill, why) : RC_OK;

    if (rc == RC_OK)
        rc = tender_store(db, ask, m->made.id, 0, &bill, tender_till_ask(db, ask), &m->change, why);
    if (rc == RC_OK)
        seating_sold(db, ask, &x->seating, m->made.id, true);
    reply->change = bill.change;
    reply->rounding += bill.rounding;
    return rc;
}

static enum rc move(struct sql *db, struct moving *m, struct booking_reply *reply,
                    struct fault *why)
{
    struct exchanging *x = &m->x;
    const struct ask *ask = &x->request->ask;
    const bool sold = m->made.state == BOOKING_SOLD;
    enum rc rc = take(db, m, why);

    if (rc != RC_OK)
        return rc;
    exchanging_give(db, x, reply);
    tickets_die(db, x->reservation.id, ask->now);
    if (sold)
        rc = carry(db, m, reply, why);
    if (rc == RC_OK)
        rc = leave(db, m, why);
    if (rc == RC_OK && sold)
        rc = pay_more(db, m, reply, why);
    if (rc != RC_OK)
        return rc;
    change_journal(&m->change, db, &x->seating.lock, ask, "exchange");
    reservation_reply(&m->made, &x->seating.lock, reply);
    told_add(&reply->told, reply->for_the_list > 0 ? HINT_RETURNED : HINT_SEATS, x->lock.show,
             x->lock.rev);
    told_add(&reply->told, HINT_SEATS, m->made.show, x->seating.lock.rev);
    return RC_OK;
}

enum rc exchanging_for_show(struct sql *db, const struct exchange_request *request, show_id own,
                            struct booking_reply *reply, struct fault *why)
{
    struct moving m = {.x = {.request = request}};
    enum rc rc;

    if (own.n == 0)
        return fault_set(why, RC_NOT_FOUND, _("there is no reservation %" PRId64),
                         request->reservation.n);
    rc = open_both(db, &m, own, why);
    if (rc == RC_OK)
        rc = reservation_may_give(&m.x.reservation, &m.x.lock, request->ask.now, why);
    if (rc == RC_OK)
        rc = exchanging_choose(&m.x, false, why);
    if (rc == RC_OK)
        rc = exchanging_seat(db, &m.x, why);
    if (rc == RC_OK)
        rc = exchanging_allowed(db, &m.x, why);
    if (rc == RC_OK)
        rc = prepare(db, &m, why);
    if (rc == RC_OK)
        rc = move(db, &m, reply, why);
    change_fini(&m.x.change);
    change_fini(&m.change);
    return rc;
}
