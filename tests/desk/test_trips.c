/* How often a verb waits for its server: each wait is a round trip of the network. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/counter.h"
#include "tests/kit/server.h"

/* Does a verb and says how often it waited. */
static int64_t trips(struct counter *c, const struct verb *verb, const void *request, void *reply)
{
    const int64_t before = sql_round_trips(c->box.db);

    if (counter_do(c, verb, request, reply) != RC_OK)
        fail_msg("%s: %s", verb->name, c->why.text);
    return sql_round_trips(c->box.db) - before;
}

static void verbs__on_a_server__wait_this_often(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-1", "B3 B4");
    struct book_request sale = counter_book(c, "basket", "counter-1", "B3 B4");
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1")};
    struct hold_reply held;
    struct booking_reply sold, gone;

    if (!server_there())
        skip();
    counter_sell(c, "A5 A6"); /* its statements are known to the server, its hall to us */
    int64_t to_hold = trips(c, &verb_hold, &hold, &held);
    int64_t to_sell = trips(c, &verb_sell, &sale, &sold);

    cancel.reservation = sold.reservation;
    int64_t to_cancel = trips(c, &verb_cancel, &cancel, &gone);

    printf("round trips: hold %d, sell %d, cancel %d\n", (int)to_hold, (int)to_sell,
           (int)to_cancel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(verbs__on_a_server__wait_this_often, counter_setup,
                                        counter_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
