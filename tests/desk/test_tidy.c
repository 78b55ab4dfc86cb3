#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/tidy.h"
#include "core/rules/deadline.h"
#include "tests/kit/counter.h"
#include "tests/kit/server.h"

static enum rc tidy(struct counter *c, struct told *told)
{
    struct ask ask = counter_ask(c, "", "counter-1");

    *told = (struct told){0};
    return tidy_show(c->box.db, c->show, &ask, told, &c->why);
}

static void hold(struct counter *c, const char *key, const char *seats)
{
    struct hold_request request = counter_hold(c, key, "counter-1", seats);
    struct hold_reply reply;

    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
}

static bool listed(struct counter *c)
{
    show_id shows[4];
    size_t n = tidy_list(c->box.db, c->box.now, shows, 4);

    assert_true(n <= 1);
    assert_true(n == 0 || shows[0].n == c->show.n);
    return n == 1;
}

static bool due(struct counter *c)
{
    bool is = tidy_due(c->box.db, c->show, c->box.now, "");

    assert_int_equal(is, listed(c));
    return is;
}

static void tidy__nothing_ended__writes_nothing(void **state)
{
    struct counter *c = *state;
    struct told told;
    int64_t rev = counter_number(c, "SELECT rev FROM shows");

    hold(c, "basket", "B3");
    rev++;
    assert_false(due(c));
    assert_int_equal(tidy(c, &told), RC_OK);
    assert_int_equal(told.n, 0);
    assert_int_equal(counter_number(c, "SELECT rev FROM shows"), rev);
}

static void tidy__ended_holds_and_reservations__free(void **state)
{
    struct counter *c = *state;
    struct told told;

    counter_reserve(c, "B1 B2");
    c->box.now = COUNTER_STARTS - 31 * WHEN_MINUTE;
    hold(c, "basket", "B3 B4");
    assert_false(due(c));
    c->box.now = COUNTER_STARTS - 28 * WHEN_MINUTE;
    assert_true(due(c));
    assert_int_equal(tidy(c, &told), RC_OK);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims"), 0);
    assert_int_equal(told.hints[0].kind, HINT_SEATS);
    assert_false(due(c));
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM reservations WHERE state = 'lapsed'"
                                       " AND total = 0 AND seats_were = 'B1 B2'"
                                       " AND deadline IS NULL"),
                     1);
}

static void tidy__while_people_wait__keeps_for_the_list_until_ten_minutes_before(void **state)
{
    struct counter *c = *state;
    struct told told;

    hold(c, "basket", "B3 B4");
    counter_wait(c, "Kari", 2);
    c->box.now += 3 * WHEN_MINUTE;
    assert_int_equal(tidy(c, &told), RC_OK);
    assert_int_equal(told.hints[0].kind, HINT_RETURNED);
    assert_string_equal(counter_state(c, "B3"), "returned");
    c->box.now = COUNTER_STARTS - RETURNED_ENDS - 1;
    assert_false(due(c));
    c->box.now++;
    assert_true(due(c));
    counter_sell(c, "B3");
    assert_string_equal(counter_state(c, "B4"), "free");
}

static void tidy__nobody_waits_any_more__frees_returned_seats(void **state)
{
    struct counter *c = *state;
    struct told told;

    hold(c, "basket", "B3");
    counter_wait(c, "Kari", 2);
    c->box.now += 3 * WHEN_MINUTE;
    assert_int_equal(tidy(c, &told), RC_OK);
    counter_script(c, "UPDATE waiting_list SET state = 'left'");
    assert_true(due(c));
    assert_int_equal(tidy(c, &told), RC_OK);
    assert_string_equal(counter_state(c, "B3"), "free");
    c->box.unchecked = true; /* a party that left without a verb */
}

static void tidy__many__all_in_one_go(void **state)
{
    struct counter *c = *state;
    struct hold_request request = counter_hold(c, "many", "counter-1", "");
    struct hold_reply held;
    struct told told;

    request.best = 20;
    assert_int_equal(counter_do(c, &verb_hold, &request, &held), RC_OK);
    request = counter_hold(c, "more", "counter-1", "");
    request.best = 8;
    assert_int_equal(counter_do(c, &verb_hold, &request, &held), RC_OK);
    c->box.now += HOLD_IDLE;
    assert_int_equal(tidy(c, &told), RC_OK);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims"), 0);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM journal WHERE what = 'tidy'"), 1);
}

static void tidy__no_such_show__is_refused(void **state)
{
    struct counter *c = *state;
    struct ask ask = counter_ask(c, "", "counter-1");
    struct told told = {0};

    assert_int_equal(tidy_show(c->box.db, (show_id){99}, &ask, &told, &c->why), RC_NOT_FOUND);
}

static void seen__each_state__as_if_tidied(void **state)
{
    const when_ms starts = 1000 * WHEN_HOUR;
    const when_ms now = starts - WHEN_HOUR;

    (void)state;
    assert_int_equal(tidy_seen(CLAIM_HELD, now + 1, now, starts, true), CLAIM_HELD);
    assert_int_equal(tidy_seen(CLAIM_HELD, now, now, starts, true), CLAIM_RETURNED);
    assert_int_equal(tidy_seen(CLAIM_HELD, now, now, starts, false), CLAIM_FREE);
    assert_int_equal(tidy_seen(CLAIM_RESERVED, now, now, starts, true), CLAIM_RETURNED);
    assert_int_equal(tidy_seen(CLAIM_RESERVED, 0, now, starts, true), CLAIM_RESERVED);
    assert_int_equal(tidy_seen(CLAIM_RETURNED, 0, now, starts, true), CLAIM_RETURNED);
    assert_int_equal(tidy_seen(CLAIM_RETURNED, 0, now, starts, false), CLAIM_FREE);
    assert_int_equal(tidy_seen(CLAIM_RETURNED, 0, starts - RETURNED_ENDS, starts, true),
                     CLAIM_FREE);
    assert_int_equal(tidy_seen(CLAIM_HELD, now, starts - RETURNED_ENDS, starts, true), CLAIM_FREE);
    assert_int_equal(tidy_seen(CLAIM_SOLD, 0, now, starts, true), CLAIM_SOLD);
    assert_int_equal(tidy_seen(CLAIM_BLOCKED, 0, now, starts, true), CLAIM_BLOCKED);
    assert_int_equal(tidy_seen(CLAIM_FREE, 0, now, starts, true), CLAIM_FREE);
}

/* Every move is journaled by the seat's label: tidying has it from the plan, and without it nothing
 * moves; releasing and cancelling read it with the seat. */
static void tidy__plan_unreadable__gives_nothing_back(void **state)
{
    struct counter *c = *state;
    struct release_request release = {.ask = counter_ask(c, "other", "counter-1")};
    struct release_reply released;
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .reservation = counter_sell(c, "B5").reservation};
    struct booking_reply cancelled;
    struct told told;

    hold(c, "basket", "B3");
    hold(c, "other", "B4");
    counter_script(c, "UPDATE seats SET number = -number WHERE label = 'A3'");
    sql_close(&c->box.db);
    c->box.db = box_connect(&c->box);
    assert_int_equal(counter_do(c, &verb_release, &release, &released), RC_OK);
    assert_int_equal(released.n, 1);
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &cancelled), RC_OK);
    c->box.now += 4 * WHEN_MINUTE;
    assert_int_equal(tidy(c, &told), RC_STORAGE);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims WHERE state = 'held'"), 1);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims WHERE state = 'sold'"), 0);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM journal WHERE after LIKE '%?%'"), 0);
    counter_script(c, "UPDATE seats SET number = -number WHERE label = 'A3'");
}

static void due__question__reads_indexes_only(void **state)
{
    struct counter *c = *state;
    struct sql_statement *plan;

    if (server_there())
        skip(); /* SQLite's planner is asked */
    plan = sql_ask(c->box.db,
                   "EXPLAIN QUERY PLAN SELECT 1 FROM claims WHERE state = 'held' AND until <= $1"
                   " AND +show_id = $2 AND owner <> $3",
                   SQL_VALUES(sql_n(0), sql_n(1), sql_t("")));

    assert_true(sql_row(plan));
    assert_non_null(strstr(sql_text(plan, 3), "claims_by_until"));
    sql_done(plan);
}

int main(void)
{
#define TIDY_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        TIDY_TEST(tidy__nothing_ended__writes_nothing),
        TIDY_TEST(tidy__ended_holds_and_reservations__free),
        TIDY_TEST(tidy__while_people_wait__keeps_for_the_list_until_ten_minutes_before),
        TIDY_TEST(tidy__nobody_waits_any_more__frees_returned_seats),
        TIDY_TEST(tidy__many__all_in_one_go),
        TIDY_TEST(tidy__no_such_show__is_refused),
        TIDY_TEST(tidy__plan_unreadable__gives_nothing_back),
        cmocka_unit_test(seen__each_state__as_if_tidied),
        TIDY_TEST(due__question__reads_indexes_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
