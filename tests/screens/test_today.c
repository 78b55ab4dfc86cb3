/* The day on a screen: what it shows, and what keys do there. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/live.h"

static void open_today(const char *terminal)
{
    stage_open(&live.stage, &live.one, terminal, NULL, NULL);
    pty_wait_text(&live.one, "Ran");
}

static void today__opens__shows_head_shows_and_keys(void **state)
{
    (void)state;
    open_today("counter-1");
    assert_int_equal(pty_find(&live.one, " TODAY "), 0);
    assert_non_null(strstr(pty_row(&live.one, 0), "DEMO"));
    assert_non_null(strstr(pty_row(&live.one, 0), "counter-1"));
    assert_non_null(
        strstr(pty_row(&live.one, 2), "Starts     in  Title                Hall    Full"));
    assert_int_equal(pty_find(&live.one, "BASKET empty"), 20);
    assert_int_equal(pty_find(&live.one, "Enter map  2 Enter best 2  / find"), 23);
    pty_fini(&live.one);
}

static void today__esc_on_another_day__comes_back(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&live.one, "llllllll"); /* as many as are kept at most */
    pty_wait_text(&live.one, "and none after it.  Esc goes back to today.");
    pty_wait_text(&live.one, "How shows are added: boxoffice help show");
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "there is no show here");
    pty_type(&live.one, "w");
    pty_wait_text(&live.one, "there is no show here");
    pty_type(&live.one, "\033");
    pty_wait_text(&live.one, " TODAY ");
    pty_wait_text(&live.one, "Ran");
    pty_fini(&live.one);
}

static void demo__sale__says_that_the_ticket_is_not_valid(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&live.one, "1\r\r\r");
    pty_wait_text(&live.one, "SOLD ");
    pty_wait_text(&live.one, "NOT VALID");
    pty_fini(&live.one);
}

static void today__arrow__moves_cursor_and_facts(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_quiet(&live.one, 100);
    int row = pty_cursor(&live.one).row;
    pty_type(&live.one, "\033[B");
    pty_quiet(&live.one, 100);
    assert_int_equal(pty_cursor(&live.one).row, row + 1);
    pty_type(&live.one, "k");
    pty_quiet(&live.one, 100);
    assert_int_equal(pty_cursor(&live.one).row, row);
    pty_fini(&live.one);
}

static void today__digit__names_show_day_and_hall(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&live.one, "2");
    pty_wait_text(&live.one, " 2_  Enter holds the best 2 together: ");
    assert_non_null(strstr(pty_row(&live.one, 21), "TODAY "));
    pty_type(&live.one, "\033");
    pty_wait_gone(&live.one, "Enter holds");
    pty_fini(&live.one);
}

static void today__days__change_with_left_and_right(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&live.one, "l");
    pty_wait_gone(&live.one, "TODAY");
    pty_wait_text(&live.one, "Starts");
    pty_type(&live.one, "\033[D");
    pty_wait_text(&live.one, " TODAY ");
    pty_wait_text(&live.one, "Ran");
    pty_fini(&live.one);
}

static void today__two_enter__holds_two_side_by_side(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&live.one, "2\r");
    live_want_held(&live.one, "counter-1", 2);
    pty_fini(&live.one);
}

/* Whoever quits gives back what is theirs: what another terminal left behind keeps its hold. */
static void today__quit__gives_the_basket_back(void **state)
{
    (void)state;
    open_today("counter-3");
    pty_type(&live.one, "2\r");
    live_want_held(&live.one, "counter-3", 2);
    pty_fini(&live.one);
    open_today("counter-2");
    pty_type(&live.one, "3\r");
    live_want_held(&live.one, "counter-2", 3);
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    assert_int_equal(live_held("counter-2"), 0);
    assert_int_equal(live_held("counter-3"), 2);
    assert_int_equal(
        stage_number(&live.stage, "SELECT count(*) FROM terminals WHERE name = 'counter-2'"), 0);
    pty_fini(&live.one);
}

static void today__menu__leaves_in_three_keys(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&live.one, "m");
    pty_wait_text(&live.one, "Leave the box office");
    pty_type(&live.one, "\033[F\r");
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    pty_fini(&live.one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(today__opens__shows_head_shows_and_keys),
        LIVE_TEST(today__esc_on_another_day__comes_back),
        LIVE_TEST(demo__sale__says_that_the_ticket_is_not_valid),
        LIVE_TEST(today__arrow__moves_cursor_and_facts),
        LIVE_TEST(today__digit__names_show_day_and_hall),
        LIVE_TEST(today__days__change_with_left_and_right),
        LIVE_TEST(today__two_enter__holds_two_side_by_side),
        LIVE_TEST(today__quit__gives_the_basket_back),
        LIVE_TEST(today__menu__leaves_in_three_keys),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
