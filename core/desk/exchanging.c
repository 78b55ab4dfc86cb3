/* What every exchange does (exchanging.h): which seats, at what price, and whether it may be. */
#include "core/desk/exchanging.h"

#include <string.h>

#include "core/base/words.h"
#include "core/desk/after_sale.h"
#include "core/desk/taking.h"

void exchanging_ask(struct sql *db, struct exchanging *x)
{
    const struct ask *ask = &x->request->ask;
    const reservation_id reservation = x->request->reservation;

    x->back = tender_back_ask(db, ask, reservation);
    x->back.reason = "exchange";
    x->staff = staff_rights_ask(db, ask);
    x->sale = after_sale_ask(db, ask, reservation);
    x->used = after_sale_used_ask(db, reservation);
}

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
static int choose_given(struct exchanging *x, bool within)
{
    const struct exchange_request *request = x->request;
    const struct reservation *from = &x->reservation;
    int asked = 0;

    for (int i = 0; i < from->n; i++) {
        seat_id seat = from->seats[i].seat;

        if (request->n > 0 && find_seat(request->seats, request->n, seat) < 0)
            continue;
        asked++;
        if (within && find_seat(request->to, request->n_to, seat) >= 0)
            continue;
        x->amount += from->seats[i].amount;
        x->seats[x->n++] = from->seats[i];
    }
    return asked;
}

/* Is it one of those that the reservation gives? */
static bool stays(const struct exchanging *x, seat_id seat)
{
    const struct exchange_request *request = x->request;

    for (int i = 0; i < x->reservation.n; i++)
        if (x->reservation.seats[i].seat.n == seat.n)
            return request->n == 0 || find_seat(request->seats, request->n, seat) >= 0;
    return false;
}

enum rc exchanging_choose(struct exchanging *x, bool within, struct fault *why)
{
    const struct exchange_request *request = x->request;
    enum rc rc = check_given(x, why);
    int asked;

    if (rc != RC_OK)
        return rc;
    asked = choose_given(x, within);
    if (request->n_to != 0 && request->n_to != asked)
        return fault_set(why, RC_BAD_INPUT,
                         ngettext("%d seat is given, so as many are taken, not %d",
                                  "%d seats are given, so as many are taken, not %d",
                                  (unsigned long)asked),
                         asked, (int)request->n_to);
    for (int32_t i = 0; i < request->n_to; i++) {
        if (within && stays(x, request->to[i]))
            continue;
        x->types_to[x->n_to] = request->types[i];
        x->to[x->n_to++] = request->to[i];
    }
    if (x->n == 0 || (request->n_to != 0 && x->n != x->n_to))
        return fault_set(why, RC_REFUSED, _("those are the seats that %s has"),
                         x->reservation.code);
    return RC_OK;
}

enum rc exchanging_seat(struct sql *db, struct exchanging *x, struct fault *why)
{
    struct seating *seating = &x->seating;
    struct seating_wish wish = {.party = x->n, .again = true};
    struct picked picked;
    enum rc rc;

    if (x->n_to > 0)
        rc = seating_list(seating, x->to, x->types_to, x->n_to, why);
    else
        rc = seating_best(seating, &wish, &picked, why);
    for (int i = 0; rc == RC_OK && i < seating->n; i++)
        if (seating->seats[i].type.n == 0)
            seating->seats[i].type = x->seats[i].type;
    if (rc != RC_OK)
        return rc;
    seating_own(seating);
    rc = seating_in_time(seating, x->request->ask.now, why);
    return rc == RC_OK ? seating_price(db, seating, why) : rc;
}

enum rc exchanging_allowed(struct sql *db, struct exchanging *x, struct fault *why)
{
    const struct exchange_request *request = x->request;
    const struct ask *ask = &request->ask;
    const money difference = x->seating.total - x->amount;
    const money back = difference < 0 && x->reservation.state == BOOKING_SOLD ? -difference : 0;
    const struct second_sale sale = after_sale_hear(x->sale, ask);
    char is[MONEY_TEXT], was[MONEY_TEXT];
    enum rc rc;

    if (request->told && request->difference != difference)
        return fault_set(why, RC_REFUSED, _("the difference is %s, not %s"),
                         money_format(difference, is, sizeof is),
                         money_format(request->difference, was, sizeof was));
    staff_rights_hear(x->staff, &x->known);
    rc = after_sale_used(db, x->used, &(struct after_sale_by){ask, &x->known}, x->seats, x->n,
                         &x->change, why);
    if (rc == RC_OK)
        rc = staff_rights_allow(db, ask, &x->known,
                                second_exchange(&sale, ask->now, back, request->limit), why);
    return rc;
}

void exchanging_give(struct sql *db, struct exchanging *x, struct booking_reply *reply)
{
    const struct ask *ask = &x->request->ask;
    const enum claim_state from =
        x->reservation.state == BOOKING_SOLD ? CLAIM_SOLD : CLAIM_RESERVED;

    for (int i = 0; i < x->n; i++) {
        const struct reservation_seat *seat = &x->seats[i];
        enum claim_state to;

        if (from == CLAIM_SOLD)
            taking_back(db, ask, x->reservation.id, x->lock.show, seat->seat, TAKING_EXCHANGE);
        to = tidy_give_back(db, &x->lock, ask->now, seat->seat);
        were_add(x->were, seat->label);
        change_seat(&x->change, seat->label, from, to);
        reply->given_back++;
        reply->for_the_list += to == CLAIM_RETURNED;
    }
}

enum rc exchanging_bill(struct sql *db, const struct exchanging *x, money due,
                        struct tender_bill *bill, struct fault *why)
{
    const struct exchange_request *request = x->request;
    enum rc rc = tender_settle(request->tenders, request->n_tenders, due, request->ask.cash_round,
                               bill, why);

    return rc == RC_OK ? tender_allowed(db, &request->ask, bill, why) : rc;
}
