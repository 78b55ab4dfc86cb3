/* Walk-ups, cancellations and assigners, each a process of its own, at the same seats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/digest.h"
#include "tests/kit/queue.h"
#include "tests/kit/race.h"

enum { PAIRS = 8, ASSIGNERS = 2, WALK_UPS = 4, TURNS_MOST = 5000, GAVE_UP = 100 };

struct siege {
    show_id show;
    int64_t term;
    reservation_id pairs[PAIRS]; /* sold, to be cancelled */
};

/* An ask of a process of its own. */
static struct ask siege_ask(const char *terminal)
{
    struct ask ask = {.now = BOX_NOW, .operator_number = 1};

    digest_key(ask.key, sizeof ask.key);
    digest_random(ask.random, sizeof ask.random);
    snprintf(ask.terminal, sizeof ask.terminal, "%s", terminal);
    return ask;
}

/* Has every party got its offer? */
static bool all_served(struct sql *db)
{
    return sql_one_number(db, 0, "SELECT count(*) FROM waiting_list WHERE state = 'offered'", NULL,
                          0) == PAIRS;
}

static int cancel_pairs(struct sql *db, const struct siege *siege)
{
    int refused = 0;

    for (int i = 0; i < PAIRS; i++) {
        struct cancel_request cancel = {.ask = siege_ask("counter-1"),
                                        .reservation = siege->pairs[i]};
        struct booking_reply reply;
        struct fault why;

        refused += verb_do(db, &verb_cancel, &cancel, &reply, &why) != RC_OK;
    }
    return refused;
}

static int assign(struct sql *db, const struct siege *siege)
{
    for (int i = 0; i < TURNS_MOST; i++) {
        struct assign_request request = {
            .ask = siege_ask("assigner"), .show = siege->show, .term = siege->term};
        struct assign_reply reply;
        struct fault why;

        if (all_served(db))
            return 0;
        if (verb_do(db, &verb_assign, &request, &reply, &why) != RC_OK)
            return GAVE_UP;
    }
    return GAVE_UP;
}

/* Wants any two seats, then any one, as long as there is hope; returns how often that was done. */
static int walk_up(struct sql *db, const struct siege *siege)
{
    int snatched = 0;

    for (int i = 0; i < TURNS_MOST && !all_served(db); i++) {
        struct book_request wish = {
            .ask = siege_ask("counter-2"), .show = siege->show, .best = 1 + i % 2, .expected = -1};
        struct booking_reply reply;
        struct fault why;

        snatched += verb_do(db, &verb_sell, &wish, &reply, &why) == RC_OK;
    }
    return snatched < GAVE_UP ? snatched : GAVE_UP;
}

static int play(struct sql *db, int nth, void *context)
{
    if (nth == 0)
        return cancel_pairs(db, context);
    return nth <= ASSIGNERS ? assign(db, context) : walk_up(db, context);
}

static void fault_052__walk_ups_against_running_assigners__every_seat_goes_to_the_list(void **state)
{
    static const char *const pairs[PAIRS] = {"B1 B2", "B3 B4", "B5 B6", "B7 B8",
                                             "C1 C2", "C3 C4", "C5 C6", "C7 C8"};
    struct queue *queue = *state;
    struct siege siege = {.show = queue->show, .term = queue->term};
    int results[1 + ASSIGNERS + WALK_UPS];
    char name[16];

    for (int i = 0; i < PAIRS; i++)
        siege.pairs[i] = queue_sell(queue, pairs[i]);
    queue_sell_out(queue);
    for (int i = 0; i < PAIRS; i++) {
        snprintf(name, sizeof name, "Party %d", i);
        queue_join(queue, name, 2, FIT_TOGETHER);
    }
    race_run(&queue->box, 1 + ASSIGNERS + WALK_UPS, play, &siege, results);
    for (int i = 0; i < 1 + ASSIGNERS + WALK_UPS; i++)
        if (results[i] != 0)
            fail_msg("process %d: %d", i, results[i]);
    assert_true(all_served(queue->box.db));
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM claims c JOIN reservations r"
                                         " ON r.id = c.reservation_id WHERE r.state = 'offered'"),
                     2 * PAIRS);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM calls"), PAIRS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        fault_052__walk_ups_against_running_assigners__every_seat_goes_to_the_list, queue_setup,
        queue_teardown)};

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
