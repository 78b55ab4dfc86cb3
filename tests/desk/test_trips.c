/* How often a verb waits for its server: each wait is a round trip of the network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/counter.h"
#include "tests/kit/server.h"

/* Lock and read, write, commit. */
enum { TRIPS_MOST = 3 };

/* Does a verb and fails when it waited too often. */
static void within_most(struct counter *c, const struct verb *verb, const void *request,
                        void *reply)
{
    const int64_t before = sql_round_trips(c->box.db);
    int64_t trips;

    if (counter_do(c, verb, request, reply) != RC_OK)
        fail_msg("%s: %s", verb->name, c->why.text);
    trips = sql_round_trips(c->box.db) - before;
    if (trips < 1 || trips > TRIPS_MOST)
        fail_msg("%s waited %d times for the server", verb->name, (int)trips);
}

/* A counter on a server whose connection knows the hall; else the test is skipped. */
static struct counter *counter_on_server(void **state)
{
    struct counter *c = *state;

    if (!server_there())
        skip();
    counter_sell(c, "A5 A6");
    return c;
}

static void basket__on_a_server__held_changed_sold_and_released(void **state)
{
    struct counter *c = counter_on_server(state);
    struct hold_request hold = counter_hold(c, "basket", "counter-1", "B3 B4");
    struct hold_request best = {
        .ask = hold.ask, .show = c->show, .best = 3, .replace = 1, .together = 1};
    struct hold_request other = counter_hold(c, "other", "counter-1", "C1 C2 C3");
    struct book_request sale = counter_book(c, "basket", "counter-1", "B4 B5 B8");
    struct release_request release = {.ask = other.ask, .show = c->show};
    struct hold_reply held;
    struct booking_reply sold;
    struct release_reply released;

    within_most(c, &verb_hold, &hold, &held);
    within_most(c, &verb_hold, &best, &held);
    within_most(c, &verb_sell, &sale, &sold);
    within_most(c, &verb_hold, &other, &held);
    within_most(c, &verb_release, &release, &released);
    assert_int_equal(released.n, 3);
    sale = counter_book(c, "one more", "counter-1", "");
    (void)snprintf(sale.ask.key, sizeof sale.ask.key, "one-more");
    sale.best = 4;
    within_most(c, &verb_sell, &sale, &sold);
}

static void reservation__on_a_server__made_paid_and_cancelled(void **state)
{
    struct counter *c = counter_on_server(state);
    struct book_request wish = counter_book(c, NULL, "counter-1", "B3 B4 B5");
    struct pay_request pay = {.ask = counter_ask(c, NULL, "counter-1"), .expected = -1};
    struct cancel_request part = {.ask = counter_ask(c, NULL, "counter-1"), .n = 1};
    struct cancel_request rest = {.ask = counter_ask(c, NULL, "counter-1")};
    struct booking_reply made, reply;

    (void)snprintf(wish.name, sizeof wish.name, "Mira");
    counter_wait(c, "Okafor", 2); /* what is given back is kept for the list */
    within_most(c, &verb_reserve, &wish, &made);
    pay.reservation = part.reservation = rest.reservation = made.reservation;
    within_most(c, &verb_pay, &pay, &reply);
    part.seats[0] = made.seats[1];
    within_most(c, &verb_cancel, &part, &reply);
    assert_int_equal(reply.n, 2);
    within_most(c, &verb_cancel, &rest, &reply);
    assert_int_equal(reply.for_the_list, 2);
}

int main(void)
{
#define TRIPS_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        TRIPS_TEST(basket__on_a_server__held_changed_sold_and_released),
        TRIPS_TEST(reservation__on_a_server__made_paid_and_cancelled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
