/* How often a verb waits for its server: each wait is a round trip of the network. */
#include <stdio.h>

#include "core/desk/hold.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/bench/till.h"

/* Does a verb and says how often it waited. */
static void say(struct till *till, const struct verb *verb, const void *request, void *reply)
{
    const int64_t before = sql_round_trips(till->box.db);
    struct fault why = {0};
    char name[48];

    figure_need(verb_do(till->box.db, verb, request, reply, &why) == RC_OK, why.text);
    (void)snprintf(name, sizeof name, "postgres_trips_%s", verb->name);
    figure_say(name, (double)(sql_round_trips(till->box.db) - before), "round trips");
}

void bench_trips(void)
{
    struct till till;
    struct booking_reply reply;
    struct hold_reply held;
    struct release_reply released;

    if (!bench_on_server(true)) {
        puts("# no PostgreSQL server could be started here: its figures are left out");
        return;
    }
    till_init(&till, 1);
    struct book_request sale = till_sale(&till, till.box.db, 1);
    struct book_request wish = till_sale(&till, till.box.db, 2);
    struct hold_request hold = {.ask = wish.ask, .show = wish.show, .best = 2};
    struct release_request release = {.ask = hold.ask, .show = hold.show};
    struct pay_request pay = {.ask = box_ask(&till.box), .expected = -1};
    struct cancel_request cancel = {.ask = box_ask(&till.box)};

    (void)snprintf(wish.name, sizeof wish.name, "Mira");
    say(&till, &verb_hold, &hold, &held);
    say(&till, &verb_release, &release, &released);
    say(&till, &verb_sell, &sale, &reply);
    say(&till, &verb_reserve, &wish, &reply);
    pay.reservation = cancel.reservation = reply.reservation;
    say(&till, &verb_pay, &pay, &reply);
    say(&till, &verb_cancel, &cancel, &reply);
    till_fini(&till);
    bench_on_server(false);
}
