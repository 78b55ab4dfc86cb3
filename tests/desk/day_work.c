/* What happens at the counter on the simulated day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/assign.h"
#include "core/desk/hold.h"
#include "core/desk/park.h"
#include "core/desk/tickets.h"
#include "core/desk/waiting.h"
#include "tests/desk/day.h"

enum { COLLECT_MIN = 30, SALE_STOP_MIN = 20, PREMIERE = 12 };

enum rc day_do(struct day *day, const struct verb *verb, const void *request, void *reply)
{
    day->why = (struct fault){RC_OK, ""};
    return verb_do(day->box.db, verb, request, reply, &day->why);
}

void day_must(struct day *day, const struct verb *verb, const void *request, void *reply)
{
    if (day_do(day, verb, request, reply) != RC_OK)
        fail_msg("%s at %lld: %s", verb->name, (long long)day->box.now, day->why.text);
}

struct ask day_ask(struct day *day, int till, int clerk)
{
    struct ask ask = box_ask(&day->box);

    (void)snprintf(ask.terminal, sizeof ask.terminal, "counter-%d", till);
    ask.operator_number = clerk;
    ask.till = day->tills[till];
    ask.tax = DAY_TAX;
    ask.cash_round = DAY_ROUND;
    return ask;
}

int day_any_till(struct day *day)
{
    return 1 + day_below(day, DAY_TILLS);
}

int day_any_clerk(struct day *day)
{
    return 1 + day_below(day, DAY_CLERKS);
}

/* A show that is still sold, sooner ones rather, and the one that all want; -1: none is. */
static int any_show(struct day *day)
{
    int first = 0, one, other;

    while (first < DAY_SHOWS &&
           day->starts[first] + SALE_STOP_MIN * WHEN_MINUTE - WHEN_MINUTE <= day->box.now)
        first++;
    if (first == DAY_SHOWS)
        return -1;
    if (first <= PREMIERE && day_below(day, 3) == 0)
        return PREMIERE;
    one = day_below(day, DAY_SHOWS - first);
    other = day_below(day, DAY_SHOWS - first);
    return first + (one < other ? one : other);
}

static int party(struct day *day)
{
    static const int sizes[] = {1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 6};

    return sizes[day_below(day, sizeof sizes / sizeof sizes[0])];
}

/* Prints what was sold; the printer fails now and then. */
void day_give_tickets(struct day *day, int till, struct day_sale *sale, int missing)
{
    struct ticket_request issue = {.ask = day_ask(day, till, 1), .reservation = sale->id};
    struct printed_request printed = {.ask = day_ask(day, till, 1), .print = PRINT_PRINTED};
    struct ticket_reply tickets;
    struct printed_reply noted;

    day_must(day, &verb_issue, &issue, &tickets);
    assert_int_equal(tickets.made, missing);
    for (int i = 0; i < tickets.made; i++)
        assert_true(tickets.serials[i] <= day->serials + tickets.made);
    day->serials += tickets.made;
    sale->ticketed = true;
    printed.n = tickets.n;
    memcpy(printed.serials, tickets.serials, sizeof printed.serials);
    if (day_below(day, 20) == 0)
        printed.print = PRINT_FAILED;
    day_must(day, &verb_printed, &printed, &noted);
}

/* The reply to a sale against the book; then its tickets. */
static void take_sale(struct day *day, int till, int clerk, struct day_sale *sale,
                      const struct booking_reply *reply, const struct day_bill *bill)
{
    sale->id = reply->reservation;
    (void)snprintf(sale->code, sizeof sale->code, "%s", reply->code);
    assert_int_equal(reply->state, BOOKING_SOLD);
    assert_int_equal(reply->n, sale->n);
    assert_int_equal(reply->total, day_due(day, sale));
    assert_int_equal(reply->change, bill->change);
    assert_int_equal(reply->rounding, bill->rounding);
    day_enter_sale(day, till, clerk, sale, bill);
    if (day_below(day, 10) != 0)
        day_give_tickets(day, till, &day->sales[day->n_sales - 1], sale->n);
}

static void join_list(struct day *day, int show, int n)
{
    struct wait_request wait = {.ask = day_ask(day, day_any_till(day), day_any_clerk(day)),
                                .show = day->shows[show],
                                .party = n,
                                .fit = day_below(day, 2) == 0 ? FIT_TOGETHER : FIT_ANY};
    struct entry_reply reply;

    (void)snprintf(wait.name, sizeof wait.name, "Party %d", day->waited++);
    day->wanted[show] = true;
    day_must(day, &verb_wait, &wait, &reply);
}

/* Picks the best seats into a basket; who finds none joins the list. */
static bool fill_basket(struct day *day, int till, int clerk, struct day_basket *basket)
{
    struct hold_request hold = {.ask = day_ask(day, till, clerk)};
    struct hold_reply held;
    int show = any_show(day);
    enum rc rc;

    if (show < 0)
        return false;
    hold.show = day->shows[show];
    hold.best = party(day);
    hold.rank = day_below(day, 2);
    rc = day_do(day, &verb_hold, &hold, &held);
    if (rc == RC_SOLD_OUT) {
        join_list(day, show, hold.best);
        return false;
    }
    if (rc != RC_OK)
        fail_msg("hold: %s", day->why.text);
    *basket = (struct day_basket){.show = show, .n = held.n, .until = held.until};
    memcpy(basket->key, hold.ask.key, sizeof basket->key);
    memcpy(basket->seats, held.seats, sizeof basket->seats);
    return true;
}

/* Sells what a basket holds, with types and tenders as they come. */
static void sell_basket(struct day *day, int till, int clerk, const struct day_basket *basket)
{
    struct book_request request = {.ask = day_ask(day, till, clerk), .expected = -1};
    struct day_sale sale = {.show = basket->show, .n = basket->n};
    struct booking_reply reply;
    struct day_bill bill;

    request.show = day->shows[basket->show];
    request.n = basket->n;
    memcpy(request.ask.key, basket->key, sizeof request.ask.key);
    memcpy(request.seats, basket->seats, sizeof request.seats);
    memcpy(sale.seats, basket->seats, sizeof sale.seats);
    for (int i = 0; i < sale.n; i++) {
        sale.types[i] = day_below(day, 2) == 0 ? 0 : day_below(day, DAY_TYPES);
        request.types[i] = day->types[sale.types[i]];
    }
    bill = day_bill(day, day_due(day, &sale));
    request.n_tenders = bill.n;
    memcpy(request.tenders, bill.tenders, sizeof request.tenders);
    if (bill.approver != 0)
        assert_int_equal(day_do(day, &verb_sell, &request, &reply), RC_NEEDS_APPROVAL);
    request.ask.approver = bill.approver;
    request.expected = day_due(day, &sale);
    day_must(day, &verb_sell, &request, &reply);
    take_sale(day, till, clerk, &sale, &reply, &bill);
}

static void do_sell(struct day *day)
{
    struct day_basket basket;
    int till = day_any_till(day), clerk = day_any_clerk(day);

    if (fill_basket(day, till, clerk, &basket))
        sell_basket(day, till, clerk, &basket);
}

/* A customer walks off: the hold runs out by itself. */
static void do_drop(struct day *day)
{
    struct day_basket basket;

    (void)fill_basket(day, day_any_till(day), day_any_clerk(day), &basket);
}

static void do_reserve(struct day *day)
{
    struct book_request request = {.ask = day_ask(day, day_any_till(day), day_any_clerk(day)),
                                   .name = "Ngozi",
                                   .expected = -1,
                                   .collect_min = COLLECT_MIN};
    struct booking_reply reply;
    struct day_sale sale = {.show = any_show(day)};
    enum rc rc;

    if (sale.show < 0 || day->starts[sale.show] <= day->box.now || day->n_kept == DAY_KEPT)
        return;
    request.show = day->shows[sale.show];
    request.best = party(day);
    rc = day_do(day, &verb_reserve, &request, &reply);
    if (rc == RC_SOLD_OUT)
        return;
    if (rc != RC_OK)
        fail_msg("reserve: %s", day->why.text);
    sale.id = reply.reservation;
    sale.n = reply.n;
    sale.deadline = reply.deadline;
    memcpy(sale.seats, reply.seats, sizeof sale.seats);
    assert_int_equal(reply.total, day_due(day, &sale));
    day->kept[day->n_kept++] = sale;
}

/* Somebody comes for a reservation, in time or too late. */
static void do_collect(struct day *day)
{
    int till = day_any_till(day), clerk = day_any_clerk(day);
    struct pay_request pay = {.ask = day_ask(day, till, clerk)};
    struct booking_reply reply;
    struct day_sale sale;
    struct day_bill bill;
    int i;

    if (day->n_kept == 0)
        return;
    i = day_below(day, day->n_kept);
    sale = day->kept[i];
    day->kept[i] = day->kept[--day->n_kept];
    bill = day_bill(day, day_due(day, &sale));
    pay.reservation = sale.id;
    pay.expected = day_due(day, &sale);
    pay.ask.approver = bill.approver;
    pay.n_tenders = bill.n;
    memcpy(pay.tenders, bill.tenders, sizeof pay.tenders);
    if (day->box.now >= sale.deadline) {
        assert_int_equal(day_do(day, &verb_pay, &pay, &reply), RC_WRONG_STATE);
        day->lapsed++;
        return;
    }
    day_must(day, &verb_pay, &pay, &reply);
    take_sale(day, till, clerk, &sale, &reply, &bill);
    day->collected++;
}

/* A sale of a show that has not begun; NULL: the draw was none. */
struct day_sale *day_any_sale(struct day *day)
{
    struct day_sale *sale;

    if (day->n_sales == 0)
        return NULL;
    sale = &day->sales[day_below(day, day->n_sales)];
    return sale->n > 0 && day->starts[sale->show] > day->box.now ? sale : NULL;
}

static void do_refund(struct day *day)
{
    struct day_sale *sale = day_any_sale(day);

    if (sale != NULL)
        day_refund(day, sale);
}

/* The one that assigns comes by. */
static void do_assign(struct day *day)
{
    show_id shows[DAY_SHOWS];
    size_t n = assign_list(day->box.db, day->box.now, shows, DAY_SHOWS);

    for (size_t i = 0; i < n; i++) {
        struct assign_request assign = {
            .ask = day_ask(day, 1, 1), .show = shows[i], .term = day->term};
        struct assign_reply reply;

        day_must(day, &verb_assign, &assign, &reply);
    }
}

/* The same where a party waits for it, which is offered the seats. */
static void do_refund_wanted(struct day *day)
{
    for (int i = 0; i < 50; i++) {
        struct day_sale *sale = day_any_sale(day);

        if (sale != NULL && day->wanted[sale->show]) {
            day_refund(day, sale);
            do_assign(day);
            return;
        }
    }
}

static void do_reprint(struct day *day)
{
    int till = day_any_till(day);
    struct ticket_request reprint = {.ask = day_ask(day, till, day_any_clerk(day)),
                                     .reason = "lost"};
    struct ticket_reply tickets;
    struct day_sale *sale = day_any_sale(day);

    if (sale == NULL || !sale->ticketed)
        return;
    reprint.reservation = sale->id;
    reprint.n = 1;
    reprint.seats[0] = sale->seats[day_below(day, sale->n)];
    day_must(day, &verb_reprint, &reprint, &tickets);
    assert_int_equal(tickets.made, 1);
    assert_int_equal(tickets.serials[0], ++day->serials);
    day->tallies[till].reprints++;
    day->reprints++;
}

/* Somebody is let in, and not a second time. */
static void do_check_in(struct day *day)
{
    struct check_in_request come = {.ask = day_ask(day, day_any_till(day), day_any_clerk(day))};
    struct check_in_reply reply;
    struct day_sale *sale = day_any_sale(day);

    if (sale == NULL || !sale->ticketed || sale->used)
        return;
    (void)snprintf(come.code, sizeof come.code, "%s", sale->code);
    day_must(day, &verb_check_in, &come, &reply);
    assert_int_equal(reply.n, sale->n);
    sale->used = true;
    come.ask = day_ask(day, day_any_till(day), day_any_clerk(day));
    assert_int_equal(day_do(day, &verb_check_in, &come, &reply), RC_WRONG_STATE);
    day->refused_twice++;
}

static void do_park(struct day *day)
{
    int till = day_any_till(day), clerk = day_any_clerk(day);
    struct park_request park = {.ask = day_ask(day, till, clerk)};
    struct park_reply reply;
    struct day_basket basket;

    if (!fill_basket(day, till, clerk, &basket))
        return;
    memcpy(park.ask.key, basket.key, sizeof park.ask.key);
    day_must(day, &verb_park, &park, &reply);
    assert_int_equal(reply.n, basket.n);
    basket.until = reply.until;
    day->parked = basket;
}

/* Another terminal takes up what was parked last, and sells it. */
static void do_get(struct day *day)
{
    int till = day_any_till(day), clerk = day_any_clerk(day);
    struct get_request get = {.ask = day_ask(day, till, clerk)};
    struct get_reply reply;
    struct day_basket basket = day->parked;

    if (basket.n == 0 || day->starts[basket.show] <= day->box.now)
        return;
    memcpy(get.parked, basket.key, sizeof get.parked);
    (void)snprintf(get.basket, sizeof get.basket, "got-%d", day->box.asks);
    day->parked.n = 0;
    if (day->box.now >= basket.until) {
        assert_int_equal(day_do(day, &verb_get, &get, &reply), RC_NOT_FOUND);
        return;
    }
    day_must(day, &verb_get, &get, &reply);
    assert_int_equal(reply.n, basket.n);
    memcpy(basket.key, get.basket, sizeof basket.key);
    sell_basket(day, till, clerk, &basket);
    day->got++;
}

static void do_move(struct day *day)
{
    int till = day_any_till(day);
    struct tally *tally = &day->tallies[till];
    struct till_move_request move = {.ask = day_ask(day, till, day_any_clerk(day)),
                                     .till = day->tills[till],
                                     .out = day_below(day, 2),
                                     .amount = 5 * (1 + day_below(day, 400)),
                                     .reason = "change"};
    struct till_reply reply;

    if (move.out == 1 && move.amount > tally->drawer) {
        assert_int_equal(day_do(day, &verb_till_move, &move, &reply), RC_REFUSED);
        return;
    }
    day_must(day, &verb_till_move, &move, &reply);
    tally->drawer += move.out == 1 ? -move.amount : move.amount;
    *(move.out == 1 ? &tally->out : &tally->in) += move.amount;
    day->moved++;
}

static int show_index(const struct day *day, show_id show)
{
    int i = 0;

    while (i < DAY_SHOWS && day->shows[i].n != show.n)
        i++;
    assert_true(i < DAY_SHOWS);
    return i;
}

/* A party takes what it was offered, and pays at once or when it comes. */
static void accept_offer(struct day *day, const struct waiting_row *row)
{
    int till = day_any_till(day), clerk = day_any_clerk(day);
    struct accept_request accept = {.ask = day_ask(day, till, clerk),
                                    .entry = row->id,
                                    .collect_min = COLLECT_MIN,
                                    .expected = row->total};
    struct day_sale sale = {.show = show_index(day, row->show)};
    bool pays = day_below(day, 3) != 0 || day->n_kept == DAY_KEPT;
    struct booking_reply reply;
    struct day_bill bill = {.n = 0};

    if (pays) {
        bill.n = 1;
        bill.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    }
    accept.n_tenders = bill.n;
    memcpy(accept.tenders, bill.tenders, sizeof accept.tenders);
    day_must(day, &verb_accept, &accept, &reply);
    sale.id = reply.reservation;
    sale.n = reply.n;
    sale.deadline = reply.deadline;
    memcpy(sale.seats, reply.seats, sizeof sale.seats);
    if (pays)
        take_sale(day, till, clerk, &sale, &reply, &bill);
    else
        day->kept[day->n_kept++] = sale;
    day->offers_taken++;
}

/* The first calls to make are made: taken, refused, nobody answers, or left to run out. */
static void do_call(struct day *day)
{
    struct waiting_list *calls = NULL;

    assert_int_equal(waiting_calls(day->box.db, day->box.now, &calls, &day->why), RC_OK);
    for (size_t i = 0; i < calls->n && i < 3; i++) {
        struct entry_request entry = {.ask = day_ask(day, day_any_till(day), day_any_clerk(day)),
                                      .entry = calls->rows[i].id};
        struct entry_reply answer;
        struct booking_reply reply;

        switch (day_below(day, 7)) {
        case 0:
        case 3:
            day_must(day, &verb_decline, &entry, &reply);
            day->offers_refused++;
            break;
        case 1:
            day_must(day, &verb_noanswer, &entry, &answer);
            break;
        case 2:
            break;
        default:
            accept_offer(day, &calls->rows[i]);
        }
    }
    free(calls);
}

void day_step(struct day *day)
{
    static void (*const steps[])(struct day *) = {
        do_sell,          do_sell,    do_sell,  do_sell,      do_sell,      do_sell,
        do_sell,          do_sell,    do_sell,  do_sell,      do_sell,      do_sell,
        do_sell,          do_sell,    do_sell,  do_drop,      do_refund,    do_refund_wanted,
        do_refund_wanted, day_void,   day_swap, day_exchange, day_exchange, day_change_show,
        do_reserve,       do_reserve, do_park,  do_park,      do_get,       do_get,
        do_move,          do_collect, do_call,  do_call,      do_call,      do_assign,
        do_reprint,       do_check_in};

    steps[day_below(day, sizeof steps / sizeof steps[0])](day);
    day->box.now += 1 + day_below(day, 2 * day->step);
}

bool day_over(const struct day *day)
{
    return day->n_sales >= day->target;
}
