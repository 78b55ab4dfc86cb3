/* Second thoughts on the simulated day: refunds, voids, another tender, another seat. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/exchange.h"
#include "tests/desk/day.h"

enum { REFUND_LIMIT = 2000, VOIDS_ALONE = 3 };

/* Does what may need a supervisor: asked for without one it is refused first. */
static void approved(struct day *day, const struct verb *verb, void *request, bool needed,
                     struct booking_reply *reply)
{
    struct ask *ask = request;

    if (needed) {
        assert_int_equal(day_do(day, verb, request, reply), RC_NEEDS_APPROVAL);
        ask->approver = DAY_SUPERVISOR;
        day->approvals++;
    }
    day_must(day, verb, request, reply);
}

/* One seat back, or all; the money goes to what it came from, out of any drawer. */
void day_refund(struct day *day, struct day_sale *sale)
{
    int till = day_any_till(day), clerk = day_any_clerk(day);
    struct cancel_request cancel = {.ask = day_ask(day, till, clerk),
                                    .reservation = sale->id,
                                    .limit = REFUND_LIMIT,
                                    .reason = "the customer cannot come"};
    struct booking_reply reply;
    money amount = day_due(day, sale);
    int nth = day_below(day, sale->n);

    if (sale->used)
        return;
    if (day_below(day, 3) != 0) {
        cancel.n = 1;
        cancel.seats[0] = sale->seats[nth];
        amount = day_price(day, sale->show, sale->seats[nth], sale->types[nth]);
    }
    approved(day, &verb_cancel, &cancel, amount > REFUND_LIMIT, &reply);
    assert_int_equal(reply.refunded, amount);
    if (cancel.n == 1)
        day_enter_seat_back(day, till, clerk, sale, nth, DAY_REFUND);
    else
        day_enter_all_back(day, till, clerk, sale, DAY_REFUND);
    day_enter_money_back(day, till, sale, amount);
    day->refunds++;
    day->whole += cancel.n == 0;
}

/* Is it as fresh as a clerk may change alone in that till? */
static bool fresh(const struct day *day, const struct day_sale *sale, int till)
{
    return sale->till == till && day->box.now - sale->sold_at <= 15 * WHEN_MINUTE;
}

/* The sale just made, or any, was a mistake. */
void day_void(struct day *day)
{
    struct day_sale *sale = day_below(day, 2) == 0 && day->n_sales > 0
                                ? &day->sales[day->n_sales - 1]
                                : day_any_sale(day);
    int clerk = day_any_clerk(day), till = sale != NULL ? sale->till : 1;
    struct void_request request = {.ask = day_ask(day, till, clerk)};
    struct booking_reply reply;
    money amount;

    if (sale == NULL || sale->n == 0 || sale->used)
        return;
    amount = day_due(day, sale);
    request.reservation = sale->id;
    approved(day, &verb_void, &request,
             !fresh(day, sale, till) || day->tallies[till].voids >= VOIDS_ALONE, &reply);
    assert_int_equal(reply.refunded, amount);
    day_enter_all_back(day, till, clerk, sale, DAY_VOID);
    day_enter_money_back(day, till, sale, amount);
    day->tallies[till].voids++;
    day->voids++;
}

/* It was paid with something else than was noted. */
void day_swap(struct day *day)
{
    struct day_sale *sale = day_any_sale(day);
    int till = day_any_till(day);
    struct swap_request request = {.ask = day_ask(day, till, day_any_clerk(day)),
                                   .kind = day_below(day, 2) == 0 ? TENDER_CARD : TENDER_CASH,
                                   .reference = ""};
    struct booking_reply reply;

    if (sale == NULL || sale->n == 0)
        return;
    request.reservation = sale->id;
    if (day_paid_otherwise(sale, request.kind) == 0) {
        request.ask.approver = DAY_SUPERVISOR;
        assert_int_equal(day_do(day, &verb_swap, &request, &reply), RC_REFUSED);
        return;
    }
    approved(day, &verb_swap, &request, !fresh(day, sale, till), &reply);
    assert_int_equal(reply.refunded, day_enter_swap(day, till, sale, request.kind));
    day->swaps++;
}

static bool has(const struct day_sale *sale, seat_id seat)
{
    for (int i = 0; i < sale->n; i++)
        if (sale->seats[i].n == seat.n)
            return true;
    return false;
}

/* Does an exchange, with a supervisor where more goes back than a clerk may refund alone. False: no
 * seat is free for it. */
static bool exchanged(struct day *day, struct exchange_request *request,
                      const struct day_sale *sale, struct booking_reply *reply)
{
    enum rc rc = day_do(day, &verb_exchange, request, reply);

    if (rc == RC_SOLD_OUT)
        return false;
    if (rc == RC_NEEDS_APPROVAL) {
        assert_false(day->tills[sale->till].n == request->ask.till.n &&
                     fresh(day, sale, sale->till));
        request->ask.approver = DAY_SUPERVISOR;
        day_must(day, &verb_exchange, request, reply);
        assert_true(reply->refunded > REFUND_LIMIT);
        day->approvals++;
        return true;
    }
    if (rc != RC_OK)
        fail_msg("exchange: %s", day->why.text);
    return true;
}

/* One seat for the best that is free; the difference is paid, or goes back. */
void day_exchange(struct day *day)
{
    struct day_sale *sale = day_any_sale(day);
    int till = day_any_till(day), clerk = day_any_clerk(day), nth, kind;
    struct exchange_request request = {
        .ask = day_ask(day, till, clerk), .n = 1, .limit = REFUND_LIMIT};
    struct booking_reply reply;

    if (sale == NULL || sale->used)
        return;
    nth = day_below(day, sale->n);
    kind = day_below(day, 2) == 0 ? TENDER_CARD : TENDER_CASH;
    request.reservation = sale->id;
    request.seats[0] = sale->seats[nth];
    request.n_tenders = kind == TENDER_CARD;
    request.tenders[0] = (struct tender){.kind = kind, .amount = -1};
    if (!exchanged(day, &request, sale, &reply))
        return;
    for (int i = 0; i < reply.n; i++)
        if (!has(sale, reply.seats[i])) {
            day_enter_exchange(day, till, clerk, sale, nth, reply.seats[i], kind);
            break;
        }
    assert_int_equal(reply.total, day_due(day, sale));
    day_give_tickets(day, till, sale, sale->ticketed ? 1 : sale->n);
    day->exchanges++;
}

/* All of it for the best that is free at another show that has not begun. */
void day_change_show(struct day *day)
{
    struct day_sale *sale = day_any_sale(day), made = {.n = 0};
    int till = day_any_till(day), clerk = day_any_clerk(day);
    int kind = day_below(day, 2) == 0 ? TENDER_CARD : TENDER_CASH;
    struct exchange_request request = {.ask = day_ask(day, till, clerk), .limit = REFUND_LIMIT};
    struct booking_reply reply;
    money was, is;

    made.show = day_below(day, DAY_SHOWS);
    if (sale == NULL || sale->used || made.show == sale->show ||
        day->starts[made.show] <= day->box.now)
        return;
    request.reservation = sale->id;
    request.show = day->shows[made.show];
    request.n_tenders = kind == TENDER_CARD;
    request.tenders[0] = (struct tender){.kind = kind, .amount = -1};
    if (!exchanged(day, &request, sale, &reply))
        return;
    made.id = reply.reservation;
    (void)snprintf(made.code, sizeof made.code, "%s", reply.code);
    memcpy(made.seats, reply.seats, sizeof made.seats);
    was = day_due(day, sale);
    day_enter_show_change(day, till, clerk, sale, &made, kind);
    is = day_due(day, &made);
    assert_int_equal(reply.total, is);
    assert_int_equal(reply.refunded, is < was ? was - is : 0);
    day_give_tickets(day, till, &day->sales[day->n_sales - 1], made.n);
    day->shows_changed++;
}
