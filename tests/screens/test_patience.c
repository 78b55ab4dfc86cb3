/* Rules of the hand that are about time, on the program itself: whose basket it is after a minute,
 * how long seats are kept, what a show that has begun still sells. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/deadline.h"
#include "tests/kit/front.h"
#include "tests/kit/later.h"

#define HELD   "SELECT count(*) FROM claims WHERE state = 'held'"
#define OWNERS "SELECT count(DISTINCT owner) FROM claims WHERE state = 'held'"
#define SOLD   "SELECT count(*) FROM claims WHERE state = 'sold'"

static struct front front;
static struct later later;
static struct pty one, two;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    later_init(&later, front.stage.dir);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    if (two.vterm)
        pty_fini(&two);
    later_fini(&later);
    front_fini(&front);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Two seats of today's show in the basket, and back on today. */
static void hold_two(void)
{
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_wait_text(&one, "BASKET C4-5");
}

/* Two seats of today's show, on the pay screen. */
static void open_pay(void)
{
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "CASH  20.00 exact");
    pty_wait_text(&one, "The seats are kept 9:5");
}

/* How long the seats are kept by the pay screen, in seconds; 0: no longer. */
static int kept_s(void)
{
    const char *said = strstr(pty_row(&one, 20), "kept ");
    char *rest;

    if (!said)
        return 0;
    long minutes = strtol(said + 5, &rest, 10);
    return (int)(minutes * 60 + strtol(rest + 1, NULL, 10));
}

static bool kept_at_most(struct pty *pty, void *context)
{
    (void)pty;
    return kept_s() <= *(int *)context;
}

/* Lets so many seconds pass on a pay screen that goes on all the while: in steps that are shorter
 * than what it does each minute. */
static void wait_at_pay(int seconds)
{
    enum { STEP_S = 50 };

    for (int step; seconds > 0; seconds -= step) {
        step = seconds < STEP_S ? seconds : STEP_S;
        int left = kept_s() - step;
        later_pass(&later, step * WHEN_SECOND);
        pty_wait(&one, kept_at_most, &left, "so much less time");
    }
}

/* Are both seats kept for so many seconds more, by the database? */
static bool kept_for(struct pty *pty, void *context)
{
    int64_t now = sql_now(front.stage.db) + later.page->ms;

    (void)pty;
    return number(HELD) == 2 &&
           number("SELECT min(until) FROM claims WHERE state = 'held'") - now >=
               *(int *)context * WHEN_SECOND;
}

static void patience__a_minute_untouched__digits_ask(void **state)
{
    (void)state;
    hold_two();
    later_pass(&later, 61 * WHEN_SECOND);
    pty_type(&one, "3");
    pty_wait_text(&one, "3: another customer?  n parks the basket, y adds to it");
    pty_type(&one, "\r\r");
    pty_quiet(&one, 100);
    pty_wait_text(&one, "another customer?"); /* Enter is no answer */
    assert_int_equal(number(HELD), 2);
    pty_type(&one, "n");
    pty_wait_text(&one, "Enter PAY 39.00");
    pty_wait_text(&one, "PARKED 1");
    assert_int_equal(number(HELD), 5);
    assert_int_equal(number(OWNERS), 2);
}

static void patience__a_minute_untouched__y_adds(void **state)
{
    (void)state;
    hold_two();
    later_pass(&later, 61 * WHEN_SECOND);
    pty_type(&one, "1");
    pty_wait_text(&one, "another customer?");
    pty_type(&one, "y");
    pty_wait_text(&one, "Enter PAY 30.00");
    assert_int_equal(number(HELD), 3);
    assert_int_equal(number(OWNERS), 1);
}

static void patience__less_than_a_minute__asks_nothing(void **state)
{
    (void)state;
    hold_two();
    later_pass(&later, 45 * WHEN_SECOND);
    pty_type(&one, "4\r");
    pty_wait_text(&one, "Enter PAY 40.00");
    assert_int_equal(number(OWNERS), 1);
}

static void patience__three_minutes_idle__gives_the_seats_back(void **state)
{
    (void)state;
    hold_two();
    later_pass(&later, HOLD_IDLE - 20 * WHEN_SECOND);
    pty_wait_text(&one, "keeps 0:1");
    later_pass(&later, 30 * WHEN_SECOND);
    pty_wait_text(&one, "hold ended");
    front_open(&front, &two, "till-2", 0, 0, NULL);
    pty_type(&two, "2\r");
    pty_wait_text(&two, "Enter PAY 20.00"); /* the same seats */
    assert_string_equal(front_state(&front, "C4"), "held");
    assert_int_equal(number(HELD), 2);
}

/* The seats that they were to be added to are no more, which is said, and Enter pays nothing. */
static void patience__three_minutes_idle__y_adds_and_tells_what_is_lost(void **state)
{
    (void)state;
    hold_two();
    later_pass(&later, HOLD_IDLE + WHEN_SECOND);
    pty_wait_text(&one, "hold ended");
    pty_type(&one, "3");
    pty_wait_text(&one, "another customer?");
    pty_type(&one, "y\r");
    pty_wait_text(&one, "2 seats of the basket had been given back already");
    pty_wait_text(&one, "3 seats  TOTAL");
    pty_quiet(&one, 100);
    assert_int_equal(pty_find(&one, "PAY  Ran"), -1);
    assert_int_equal(number(HELD), 3);
}

static bool rang(struct pty *pty, void *context)
{
    (void)context;
    return pty->bells > 0;
}

static void patience__pay_open__rings_at_8_and_ends_at_10(void **state)
{
    (void)state;
    open_pay();
    wait_at_pay(8 * 60 - 15);
    pty_wait_text(&one, "The seats are kept 2:");
    assert_int_equal(one.bells, 0);
    later_pass(&later, 20 * WHEN_SECOND);
    pty_wait_text(&one, "The seats are kept 1:");
    pty_wait(&one, rang, NULL, "the bell");
    assert_int_equal(one.bells, 1);
    wait_at_pay(100);
    assert_int_equal(one.bells, 1); /* once */
    assert_int_equal(number(HELD), 2);
    later_pass(&later, 30 * WHEN_SECOND);
    pty_wait_text(&one, "The hold has ended: Enter sells, unless others have the seats.");
    front_open(&front, &two, "till-2", 0, 0, NULL);
    pty_type(&two, "2\r");
    pty_wait_text(&two, "Enter PAY 20.00");
    assert_string_equal(front_state(&front, "C4"), "held");
    assert_int_equal(number(HELD), 2); /* now theirs */
    pty_type(&one, "\r");
    pty_wait_text(&one, "is held by till-2");
    assert_int_equal(number(SOLD), 0);
}

/* Its life is told each minute: dead for three, it is no more. */
static void patience__pay_open_on_a_terminal_that_died__seats_come_back(void **state)
{
    (void)state;
    open_pay();
    front_open(&front, &two, "till-2", 0, 0, NULL);
    wait_at_pay(4 * 60); /* longer than any hold without activity */
    pty_wait(&one, kept_for, &(int){100}, "a hold that was kept up");
    kill(one.pid, SIGKILL);
    pty_fini(&one);
    later_pass(&later, 90 * WHEN_SECOND);
    pty_type(&two, "\r");
    pty_wait_text(&two, "S C R E E N");
    pty_type(&two, "/C4\r");
    pty_wait_text(&two, "│ C4 held elsewhere");
    pty_wait_text(&two, "by till-1, ");
    later_pass(&later, HOLD_IDLE - 90 * WHEN_SECOND);
    pty_wait_text(&two, "│ C4 free");
    pty_type(&two, " ");
    pty_wait_text(&two, "│ C4 in this basket");
}

static void patience__parked__kept_for_ten_minutes(void **state)
{
    (void)state;
    hold_two();
    pty_type(&one, "n");
    pty_wait_text(&one, "parked for 10 min, g gets it back");
    later_pass(&later, HOLD_MOST - 30 * WHEN_SECOND);
    pty_wait_text(&one, "PARKED 1: 2 x Ran");
    pty_wait_text(&one, "0:2");
    front_open(&front, &two, "till-2", 0, 0, NULL);
    pty_wait_text(&two, "PARKED 1: 2 x Ran");
    later_pass(&later, 31 * WHEN_SECOND);
    pty_wait_text(&one, "a parked basket has run out: 2 x Ran");
    pty_wait_gone(&one, "PARKED");
    pty_wait_gone(&two, "PARKED");
}

static void patience__parked_with_two_shows__names_neither_when_it_runs_out(void **state)
{
    (void)state;
    hold_two();
    pty_type(&one, "l");
    pty_wait_gone(&one, "TODAY");
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter PAY 30.00");
    pty_type(&one, "n");
    pty_wait_text(&one, "PARKED 1: 3 seats of 2 shows");
    later_pass(&later, HOLD_MOST + WHEN_SECOND);
    pty_wait_text(&one, "a parked basket has run out: 3 seats of 2 shows");
}

static void patience__show_begun__sells_until_its_sale_stop(void **state)
{
    (void)state;
    later_pass(&later, 3 * WHEN_HOUR + 10 * WHEN_MINUTE);
    pty_wait_text(&one, " ago  Ran");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    later_pass(&later, 11 * WHEN_MINUTE);
    pty_wait_text(&one, "No more shows on ");
    pty_wait_text(&one, "; Enter goes there.");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Ran ");
    pty_wait_gone(&one, "TODAY");
}

static void patience__held_before_the_sale_stop__is_paid_5_min_more(void **state)
{
    (void)state;
    later_pass(&later, 3 * WHEN_HOUR + 19 * WHEN_MINUTE);
    pty_wait_text(&one, " ago  Ran");
    open_pay();
    wait_at_pay(5 * 60);
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number(SOLD), 2);
}

static void patience__held_before_the_sale_stop__not_6_min_after(void **state)
{
    (void)state;
    later_pass(&later, 3 * WHEN_HOUR + 19 * WHEN_MINUTE);
    pty_wait_text(&one, " ago  Ran");
    open_pay();
    wait_at_pay(7 * 60);
    pty_type(&one, "\r");
    pty_wait_text(&one, "the sale of Ran ended at ");
    assert_int_equal(number(SOLD), 0);
}

#define PATIENCE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PATIENCE(patience__a_minute_untouched__digits_ask),
        PATIENCE(patience__a_minute_untouched__y_adds),
        PATIENCE(patience__less_than_a_minute__asks_nothing),
        PATIENCE(patience__three_minutes_idle__gives_the_seats_back),
        PATIENCE(patience__three_minutes_idle__y_adds_and_tells_what_is_lost),
        PATIENCE(patience__pay_open__rings_at_8_and_ends_at_10),
        PATIENCE(patience__pay_open_on_a_terminal_that_died__seats_come_back),
        PATIENCE(patience__parked__kept_for_ten_minutes),
        PATIENCE(patience__parked_with_two_shows__names_neither_when_it_runs_out),
        PATIENCE(patience__show_begun__sells_until_its_sale_stop),
        PATIENCE(patience__held_before_the_sale_stop__is_paid_5_min_more),
        PATIENCE(patience__held_before_the_sale_stop__not_6_min_after),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
