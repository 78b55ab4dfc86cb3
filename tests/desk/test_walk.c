/*
 * A random walk through the counter's verbs: whatever comes after whatever, the invariants hold, a
 * sale given again with its key changes nothing, and money and seats add up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/assign.h"
#include "core/desk/exchange.h"
#include "core/desk/lease.h"
#include "core/desk/tidy.h"
#include "core/desk/waiting.h"
#include "tests/kit/counter.h"

enum { WALKS = 4, STEPS = 250, STEPS_A_CHECK = 25, BASKETS = 3 };

struct walk {
    struct counter *c;
    uint64_t random;
    int64_t term;     /* of the assigner's lease */
    show_id other;    /* in the same hall, later */
    int exchanges[2]; /* within a show, for another one */
};

static int32_t below(struct walk *w, uint64_t n)
{
    return (int32_t)kit_below(&w->random, n);
}

/* A few seats next to one another, anywhere in the hall. */
static int32_t some_seats(struct walk *w, seat_id *seats)
{
    static const char *const rows[] = {"A3 A4 A5 A6", "B1 B2 B3", "B7 B8", "C1 C2 C3 C4 C5", "C8"};

    return counter_seats(w->c, rows[below(w, 5)], seats);
}

static struct ask basket_ask(struct walk *w)
{
    char key[KEY_SIZE];

    (void)snprintf(key, sizeof key, "basket-%d", below(w, BASKETS));
    return counter_ask(w->c, key, "counter-1");
}

static void try_hold(struct walk *w)
{
    struct hold_request request = {
        .ask = basket_ask(w), .show = w->c->show, .replace = below(w, 2), .together = below(w, 2)};
    struct hold_reply reply;

    if (below(w, 2) == 0)
        request.best = 1 + below(w, 5);
    else
        request.n = some_seats(w, request.seats);
    request.rank = below(w, 3);
    (void)counter_do(w->c, &verb_hold, &request, &reply);
}

static void try_release(struct walk *w)
{
    struct release_request request = {.ask = basket_ask(w)};
    struct release_reply reply;

    if (below(w, 2) == 0)
        request.n = some_seats(w, request.seats);
    assert_int_equal(counter_do(w->c, &verb_release, &request, &reply), RC_OK);
}

static void try_touch(struct walk *w)
{
    struct touch_request request = {
        .ask = basket_ask(w), .pay = below(w, 2), .since = w->c->box.now};
    struct touch_reply reply;

    assert_int_equal(counter_do(w->c, &verb_touch, &request, &reply), RC_OK);
}

/* Sells or reserves, then sends the very same request again. */
static void try_book(struct walk *w)
{
    struct book_request request = counter_book(w->c, NULL, "counter-2", "");
    const struct verb *verb = below(w, 2) == 0 ? &verb_sell : &verb_reserve;
    struct booking_reply first;
    struct booking_reply again;

    (void)snprintf(request.name, sizeof request.name, "Ngozi");
    if (below(w, 2) == 0)
        request.best = 1 + below(w, 4);
    else
        request.n = some_seats(w, request.seats);
    if (counter_do(w->c, verb, &request, &first) != RC_OK)
        return;
    assert_int_equal(counter_do(w->c, verb, &request, &again), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_string_equal(first.code, again.code);
    assert_int_equal(first.rev, again.rev);
}

static reservation_id any_reservation(struct walk *w)
{
    int64_t n = counter_number(w->c, "SELECT COUNT(*) FROM reservations");

    return (reservation_id){1 + below(w, (uint64_t)n + 1)};
}

/* One seat of it, the first. */
static int32_t some_of(struct walk *w, reservation_id reservation, seat_id *seats)
{
    seats[0].n = sql_one_number(w->c->box.db, 0,
                                "SELECT seat_id FROM claims WHERE reservation_id = $1 LIMIT 1",
                                SQL_VALUES(sql_n(reservation.n)));
    return 1;
}

static void try_pay(struct walk *w)
{
    struct pay_request request = {.ask = counter_ask(w->c, NULL, "counter-3"),
                                  .reservation = any_reservation(w),
                                  .expected = -1,
                                  .n_tenders = 1,
                                  .tenders = {{.kind = below(w, 4), .amount = -1}}};
    struct booking_reply reply;

    (void)counter_do(w->c, &verb_pay, &request, &reply);
}

static void try_cancel(struct walk *w)
{
    struct cancel_request request = {.ask = counter_ask(w->c, NULL, "counter-3"),
                                     .reservation = any_reservation(w)};
    struct booking_reply reply;

    if (below(w, 2) == 0) {
        request.n = some_of(w, request.reservation, request.seats);
    }
    (void)counter_do(w->c, &verb_cancel, &request, &reply);
}

/* Some seats of a reservation, or all, for the best, or for what may be taken: here or there. */
static void try_exchange(struct walk *w)
{
    const show_id shows[] = {{0}, w->c->show, w->other};
    struct exchange_request request = {.ask = counter_ask(w->c, NULL, "counter-3"),
                                       .reservation = any_reservation(w),
                                       .show = shows[below(w, 3)],
                                       .collect_min = 30};
    struct booking_reply reply, again;

    if (below(w, 2) == 0)
        request.n = some_of(w, request.reservation, request.seats);
    if (below(w, 2) == 0)
        request.n_to = some_seats(w, request.to);
    if (counter_do(w->c, &verb_exchange, &request, &reply) != RC_OK)
        return;
    w->exchanges[reply.reservation.n != request.reservation.n]++;
    assert_int_equal(counter_do(w->c, &verb_exchange, &request, &again), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_string_equal(reply.code, again.code);
}

static void try_wait(struct walk *w)
{
    (void)counter_wait(w->c, "Kari", 1 + below(w, 4));
}

static void take_lease(struct walk *w)
{
    struct lease_request request = {.ask = counter_ask(w->c, NULL, "counter-1"), .session = "one"};
    struct lease_reply reply;

    assert_int_equal(counter_do(w->c, &verb_lease_take, &request, &reply), RC_OK);
    w->term = reply.row.term;
}

static void try_assign(struct walk *w)
{
    struct assign_request request = {.ask = counter_ask(w->c, NULL, "counter-1"),
                                     .show = w->c->show,
                                     .term = w->term,
                                     .strict = below(w, 2)};
    struct assign_reply reply;

    assert_int_equal(counter_do(w->c, &verb_assign, &request, &reply), RC_OK);
}

static entry_id any_entry(struct walk *w)
{
    int64_t n = counter_number(w->c, "SELECT COUNT(*) FROM waiting_list");

    return (entry_id){1 + below(w, (uint64_t)n + 1)};
}

static void try_accept(struct walk *w)
{
    struct accept_request request = {.ask = counter_ask(w->c, NULL, "counter-3"),
                                     .entry = any_entry(w),
                                     .collect_min = 30,
                                     .expected = -1,
                                     .n_tenders = below(w, 2),
                                     .tenders = {{.kind = TENDER_CARD, .amount = -1}}};
    struct booking_reply reply;

    (void)counter_do(w->c, &verb_accept, &request, &reply);
}

static void try_answer(struct walk *w)
{
    struct entry_request request = {.ask = counter_ask(w->c, NULL, "counter-3"),
                                    .entry = any_entry(w)};
    struct booking_reply declined;
    struct entry_reply reply;

    if (below(w, 2) == 0)
        (void)counter_do(w->c, &verb_decline, &request, &declined);
    else
        (void)counter_do(w->c, &verb_noanswer, &request, &reply);
}

static void try_leave(struct walk *w)
{
    struct entry_request request = {.ask = counter_ask(w->c, NULL, "counter-3"),
                                    .entry = any_entry(w)};
    struct entry_reply reply;

    (void)counter_do(w->c, &verb_leave, &request, &reply);
}

/* Time goes on, mostly a little, not past the sale's end. */
static void pass_time(struct walk *w)
{
    w->c->box.now += (1 + below(w, 4)) * WHEN_MINUTE;
    if (w->c->box.now > COUNTER_STARTS)
        w->c->box.now = COUNTER_STARTS;
}

static void step(struct walk *w)
{
    static void (*const steps[])(struct walk *) = {
        try_hold,    try_hold,   try_book,   try_book,     try_pay,     try_cancel,
        try_wait,    try_assign, try_assign, try_leave,    try_accept,  try_answer,
        try_release, try_touch,  pass_time,  try_exchange, try_exchange};

    steps[below(w, sizeof steps / sizeof steps[0])](w);
}

/* What was taken less what was given back is what the sold seats cost. */
static void money_adds_up(struct counter *c)
{
    assert_int_equal(
        counter_number(c,
                       "SELECT COALESCE(SUM(CASE WHEN kind = 'pay' THEN amount ELSE -amount END),"
                       " 0) FROM payments"),
        counter_number(c, "SELECT COALESCE(SUM(amount), 0) FROM claims WHERE state = 'sold'"));
}

static void walk__any_order__invariants_hold(void **state)
{
    uint64_t seed = kit_seed();
    int64_t offers = 0;
    int within = 0, across = 0;

    (void)state;
    for (int i = 0; i < WALKS; i++) {
        struct counter c;
        struct walk w = {.c = &c, .random = seed + (uint64_t)i};

        counter_init(&c);
        w.other = box_show(&c.box, c.hall, "Stalker", COUNTER_STARTS + 3 * WHEN_HOUR);
        take_lease(&w);
        for (int n = 1; n <= STEPS; n++) {
            step(&w);
            if (n % STEPS_A_CHECK == 0) {
                box_check(&c.box);
                money_adds_up(&c);
            }
        }
        assert_true(counter_number(&c, "SELECT COUNT(*) FROM reservations") > 5);
        offers += counter_number(&c, "SELECT COUNT(*) FROM calls");
        within += w.exchanges[0];
        across += w.exchanges[1];
        counter_fini(&c);
    }
    assert_true(offers > 0 && within > 0 && across > 0); /* or it walked past half of the desk */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walk__any_order__invariants_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
