/* The day on a screen: what it shows, and what keys do there. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/stage.h"

static struct stage stage;
static struct pty pty;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    stage_fini(&stage);
    return 0;
}

static void open_today(const char *terminal)
{
    stage_open(&stage, &pty, terminal, NULL, NULL);
    pty_wait_text(&pty, "Ran");
}

static void today__opens__shows_head_shows_and_keys(void **state)
{
    (void)state;
    open_today("counter-1");
    assert_int_equal(pty_find(&pty, " TODAY "), 0);
    assert_non_null(strstr(pty_row(&pty, 0), "DEMO"));
    assert_non_null(strstr(pty_row(&pty, 0), "counter-1"));
    assert_non_null(strstr(pty_row(&pty, 2), "Starts     in  Title                Hall    Full"));
    assert_int_equal(pty_find(&pty, "BASKET empty"), 20);
    assert_int_equal(pty_find(&pty, "Enter map  2 Enter best 2  / find"), 23);
    pty_fini(&pty);
}

static void today__esc_on_another_day__comes_back(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&pty, "llllllll"); /* as many as are kept at most */
    pty_wait_text(&pty, "and none after it.  Esc goes back to today.");
    pty_type(&pty, "\033");
    pty_wait_text(&pty, " TODAY ");
    pty_wait_text(&pty, "Ran");
    pty_fini(&pty);
}

static void demo__sale__says_that_the_ticket_is_not_valid(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&pty, "1\r\r\r");
    pty_wait_text(&pty, "SOLD ");
    pty_wait_text(&pty, "NOT VALID");
    pty_fini(&pty);
}

static void today__arrow__moves_cursor_and_facts(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_quiet(&pty, 100);
    int row = pty_cursor(&pty).row;
    pty_type(&pty, "\033[B");
    pty_quiet(&pty, 100);
    assert_int_equal(pty_cursor(&pty).row, row + 1);
    pty_type(&pty, "k");
    pty_quiet(&pty, 100);
    assert_int_equal(pty_cursor(&pty).row, row);
    pty_fini(&pty);
}

static void today__digit__names_show_day_and_hall(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&pty, "2");
    pty_wait_text(&pty, " 2_  Enter holds the best 2 together: ");
    assert_non_null(strstr(pty_row(&pty, 21), "TODAY "));
    pty_type(&pty, "\033");
    pty_wait_gone(&pty, "Enter holds");
    pty_fini(&pty);
}

static void today__days__change_with_left_and_right(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&pty, "l");
    pty_wait_gone(&pty, "TODAY");
    pty_wait_text(&pty, "Starts");
    pty_type(&pty, "\033[D");
    pty_wait_text(&pty, " TODAY ");
    pty_wait_text(&pty, "Ran");
    pty_fini(&pty);
}

static void today__two_enter__holds_two_side_by_side(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&pty, "2\r");
    bool held = false;
    for (int i = 0; i < 500 && !held; i++) {
        pty_read(&pty, 10);
        held = stage_number(&stage, "SELECT count(*) FROM claims WHERE state = 'held'"
                                    " AND terminal = 'counter-1'") == 2;
    }
    assert_true(held);
    pty_fini(&pty);
}

static void today__quit__gives_the_basket_back(void **state)
{
    (void)state;
    today__two_enter__holds_two_side_by_side(state);
    open_today("counter-2");
    pty_type(&pty, "3\r");
    bool held = false;
    for (int i = 0; i < 500 && !held; i++) {
        pty_read(&pty, 10);
        held = stage_number(&stage, "SELECT count(*) FROM claims WHERE state = 'held'"
                                    " AND terminal = 'counter-2'") == 3;
    }
    assert_true(held);
    kill(pty.pid, SIGTERM);
    assert_int_equal(pty_reap(&pty, 2000), 0);
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM claims WHERE state = 'held'"
                                          " AND terminal = 'counter-2'"),
                     0);
    assert_int_equal(
        stage_number(&stage, "SELECT count(*) FROM terminals WHERE name = 'counter-2'"), 0);
    pty_fini(&pty);
}

static void today__menu__leaves_in_three_keys(void **state)
{
    (void)state;
    open_today("counter-1");
    pty_type(&pty, "m");
    pty_wait_text(&pty, "Leave the box office");
    pty_type(&pty, "\033[F\r");
    assert_int_equal(pty_reap(&pty, 2000), 0);
    pty_fini(&pty);
}

static int release(void **state)
{
    (void)state;
    if (pty.vterm)
        pty_fini(&pty);
    return 0;
}

#define TODAY(test) cmocka_unit_test_teardown(test, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TODAY(today__opens__shows_head_shows_and_keys),
        TODAY(today__esc_on_another_day__comes_back),
        TODAY(demo__sale__says_that_the_ticket_is_not_valid),
        TODAY(today__arrow__moves_cursor_and_facts),
        TODAY(today__digit__names_show_day_and_hall),
        TODAY(today__days__change_with_left_and_right),
        TODAY(today__two_enter__holds_two_side_by_side),
        TODAY(today__quit__gives_the_basket_back),
        TODAY(today__menu__leaves_in_three_keys),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
