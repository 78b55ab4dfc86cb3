/* Memory that ends, at each place where the program asks for some while it sells: nothing half
 * done, a word said, and the terminal goes on. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"
#include "tests/kit/later.h"

enum { PLACES_MOST = 400 };

#define HELD     "SELECT count(*) FROM claims WHERE state = 'held'"
#define SOLD     "SELECT count(*) FROM claims WHERE state = 'sold'"
#define PAID     "SELECT count(*) FROM payments"
#define RESERVED "SELECT count(*) FROM reservations WHERE state = 'reserved'"

static struct front front;
static struct later later;
static struct pty one;

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
    later_fini(&later);
    front_fini(&front);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Until what was typed has been answered, one way or another. */
static void settle(void)
{
    do
        pty_quiet(&one, 60);
    while (pty_find(&one, "working") >= 0);
    assert_int_equal(pty_reap(&one, 0), -1); /* it goes on */
}

/* Back on today with an empty basket, whatever was open. */
static void start_anew(void)
{
    do {
        pty_type(&one, "\033"); /* on today it clears the digits of what was not done */
        pty_quiet(&one, 60);
    } while (pty_find(&one, "Starts") < 0);
    if (pty_find(&one, "BASKET empty") < 0)
        pty_type(&one, "u");
    front_wait_number(&front, &one, HELD, 0);
    pty_wait_text(&one, "BASKET empty");
}

static void fault_009__memory_ends_while_seats_are_taken__all_or_none(void **state)
{
    int64_t nth = 1;

    (void)state;
    for (; nth < PLACES_MOST; nth++) {
        later_fail(&later, nth);
        pty_type(&one, "2\r");
        settle();
        bool failed = later_failed(&later);
        later_fail(&later, 0);
        int64_t held = number(HELD);
        if (held != 0 && held != 2)
            fail_msg("%d seats held at place %d", (int)held, (int)nth);
        start_anew();
        if (!failed)
            break;
    }
    assert_true(nth > 5 && nth < PLACES_MOST);
}

static void fault_009__memory_ends_while_it_is_paid__one_sale_or_none(void **state)
{
    int64_t nth = 1, sales = 0;

    (void)state;
    for (; nth < PLACES_MOST; nth++) {
        pty_type(&one, "1\r");
        pty_wait_text(&one, "1 seat   TOTAL");
        pty_type(&one, "\r");
        pty_wait_text(&one, "exact: Enter means paid");
        later_fail(&later, nth);
        pty_type(&one, "\r");
        settle();
        bool failed = later_failed(&later);
        later_fail(&later, 0);
        int64_t sold = number(SOLD);
        if (sold != sales && sold != sales + 1)
            fail_msg("%d sold after %d at place %d", (int)sold, (int)sales, (int)nth);
        assert_int_equal(number(PAID), sold); /* never one without the other */
        sales = sold;
        start_anew();
        if (!failed)
            break;
    }
    assert_true(nth > 5 && nth < PLACES_MOST);
}

static void fault_009__memory_ends_while_it_is_reserved__one_reservation_or_none(void **state)
{
    int64_t nth = 1, made = 0;

    (void)state;
    for (; nth < PLACES_MOST; nth++) {
        pty_type(&one, "1\r");
        pty_wait_text(&one, "1 seat   TOTAL");
        pty_type(&one, "rMensah");
        pty_wait_text(&one, "RESERVE  Ran");
        pty_wait_text(&one, "Mensah");
        settle();
        later_fail(&later, nth);
        pty_type(&one, "\r");
        settle();
        bool failed = later_failed(&later);
        later_fail(&later, 0);
        int64_t now = number(RESERVED);
        if (now != made && now != made + 1)
            fail_msg("%d reserved after %d at place %d", (int)now, (int)made, (int)nth);
        assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'reserved'"), now);
        made = now;
        start_anew();
        if (!failed)
            break;
    }
    assert_true(nth > 5 && nth < PLACES_MOST);
}

/* Whatever is opened: it is not, or says what it could not read, and can be left. */
static void fault_009__memory_ends_while_a_screen_opens__it_goes_on(void **state)
{
    static const char *const keys[] = {"\r", "w", "c", "s", "m", "?", "/Ran", "3w", "l"};

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        bool failed = true;

        for (int64_t nth = 1; failed && nth < PLACES_MOST; nth++) {
            later_fail(&later, nth);
            pty_type(&one, keys[i]);
            settle();
            failed = later_failed(&later);
            later_fail(&later, 0);
            start_anew();
        }
        assert_false(failed);
    }
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
}

/* At the end as at any: the terminal is given back. */
static void fault_009__memory_ended__terminal_is_given_back(void **state)
{
    (void)state;
    later_fail(&later, 1);
    pty_type(&one, "2\r");
    settle();
    assert_true(later_failed(&later));
    kill(one.pid, SIGTERM);
    assert_int_equal(pty_reap(&one, 2000), 0);
    pty_wait_gone(&one, "Starts");
    assert_int_equal(number(HELD), 0);
}

int main(void)
{
#define MEMORY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        MEMORY(fault_009__memory_ends_while_seats_are_taken__all_or_none),
        MEMORY(fault_009__memory_ends_while_it_is_paid__one_sale_or_none),
        MEMORY(fault_009__memory_ends_while_it_is_reserved__one_reservation_or_none),
        MEMORY(fault_009__memory_ends_while_a_screen_opens__it_goes_on),
        MEMORY(fault_009__memory_ended__terminal_is_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
