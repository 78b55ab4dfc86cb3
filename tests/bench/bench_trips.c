/* How often a verb waits for its server: each wait is a round trip of the network. */
#include <stdio.h>

#include "core/desk/hold.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/bench/grand.h"

/* Does a verb and says how often it waited. */
static void say(struct grand *grand, const struct verb *verb, const void *request, void *reply)
{
    const int64_t before = sql_round_trips(grand->box.db);
    struct fault why = {0};
    char name[48];

    figure_need(verb_do(grand->box.db, verb, request, reply, &why) == RC_OK, why.text);
    (void)snprintf(name, sizeof name, "postgres_trips_%s", verb->name);
    figure_say(name, (double)(sql_round_trips(grand->box.db) - before), "round trips");
}

void bench_trips(void)
{
    struct grand grand;
    struct booking_reply reply;
    struct hold_reply held;
    struct release_reply released;

    if (!bench_on_server(true)) {
        puts("# no PostgreSQL server could be started here: its figures are left out");
        return;
    }
    grand_init(&grand, 1);
    struct book_request sale = grand_sale(&grand, grand.box.db, 1);
    struct book_request wish = grand_sale(&grand, grand.box.db, 2);
    struct hold_request hold = {.ask = wish.ask, .show = wish.show, .best = 2};
    struct release_request release = {.ask = hold.ask, .show = hold.show};
    struct pay_request pay = {.ask = box_ask(&grand.box), .expected = -1};
    struct cancel_request cancel = {.ask = box_ask(&grand.box)};

    (void)snprintf(wish.name, sizeof wish.name, "Mira");
    say(&grand, &verb_hold, &hold, &held);
    say(&grand, &verb_release, &release, &released);
    say(&grand, &verb_sell, &sale, &reply);
    say(&grand, &verb_reserve, &wish, &reply);
    pay.reservation = cancel.reservation = reply.reservation;
    say(&grand, &verb_pay, &pay, &reply);
    say(&grand, &verb_cancel, &cancel, &reply);
    grand_fini(&grand);
    bench_on_server(false);
}
