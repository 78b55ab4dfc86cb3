/* The quick sale: four keys, at any speed, sell two seats side by side and never more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/live.h"

static int64_t sold_by(const char *terminal)
{
    return sql_one_number(live.stage.db, -1,
                          "SELECT count(*) FROM claims c JOIN reservations r ON r.id ="
                          " c.reservation_id WHERE c.state = 'sold' AND r.terminal = $1",
                          SQL_VALUES(sql_t(terminal)));
}

static void open_as(const char *terminal)
{
    stage_open(&live.stage, &live.one, terminal, NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
}

static void quick__one_burst__sells_two_once(void **state)
{
    (void)state;
    open_as("burst");
    pty_type(&live.one, "2\r\r\r");
    pty_wait_text(&live.one, "SOLD");
    pty_wait_text(&live.one, "Starts");
    assert_int_equal(sold_by("burst"), 2);
}

static void quick__key_by_key__sells_two_once(void **state)
{
    (void)state;
    open_as("slow");
    pty_type(&live.one, "2");
    pty_wait_text(&live.one, "2_");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "keeps ");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "TOTAL");
    pty_wait_text(&live.one, "paid");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "SOLD");
    assert_int_equal(sold_by("slow"), 2);
}

/* Burst before the first drawing: the keys wait for the day. */
static void quick__typed_before_the_screen__sells_two_once(void **state)
{
    (void)state;
    stage_open(&live.stage, &live.one, "eager", NULL, NULL);
    pty_type(&live.one, "2\r\r\r");
    pty_wait_text(&live.one, "SOLD");
    assert_int_equal(sold_by("eager"), 2);
}

static void sell_two_in_sight(const char *terminal)
{
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "Best 2 together");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "exact: Enter means paid");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "SOLD");
    assert_int_equal(sold_by(terminal), 2);
}

static void quick__40x12__sells_from_free_runs(void **state)
{
    struct pty_options options = {.rows = 12, .columns = 40};

    (void)state;
    stage_open(&live.stage, &live.one, "large-font", &options, NULL);
    sell_two_in_sight("large-font");
}

static void quick__hall_view_runs__sells_from_free_runs(void **state)
{
    (void)state;
    live_configure("hall_view = \"runs\";\ncalm = true;\n");
    stage_open(&live.stage, &live.one, "speech", NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    live_configure("");
    sell_two_in_sight("speech");
}

static void fault_094__enter_held_down__one_sale(void **state)
{
    (void)state;
    open_as("heavy");
    pty_type(&live.one, "2\r");
    for (int i = 0; i < 40; i++) {
        pty_type(&live.one, "\r");
        pty_read(&live.one, 5);
    }
    pty_quiet(&live.one, 300);
    assert_int_equal(sold_by("heavy"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(quick__one_burst__sells_two_once),
        LIVE_TEST(quick__key_by_key__sells_two_once),
        LIVE_TEST(quick__typed_before_the_screen__sells_two_once),
        LIVE_TEST(quick__40x12__sells_from_free_runs),
        LIVE_TEST(quick__hall_view_runs__sells_from_free_runs),
        LIVE_TEST(fault_094__enter_held_down__one_sale),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
