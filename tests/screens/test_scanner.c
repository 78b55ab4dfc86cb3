/* A scanner that types like a keyboard, at any place and at any speed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/scan.h"
#include "tests/kit/front.h"

static struct front front;
static struct pty one;
static struct booking_reply sold;  /* B3, B4 */
static char ticket[SCAN_SIZE + 2]; /* what the scanner types, its CR as well */

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    sold = front_sell(&front, "B3 B4");
    assert_true(scan_make(7, sold.code, ticket));
    memcpy(ticket + SCAN_LENGTH, "\r", 2);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    front_fini(&front);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Slower than anybody types: a key goes only when the one before was answered. */
static void type_slowly(const char *text)
{
    char key[2] = "";

    for (; *text; text++) {
        key[0] = *text;
        pty_type(&one, key);
        pty_quiet(&one, 30);
    }
}

static void today__ticket__opens_its_sale(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, ticket);
    pty_wait_text(&one, sold.code);
    pty_wait_text(&one, "B4");
    pty_wait_text(&one, "Space seat"); /* the bar of the reservation */
}

static void today__scanned_slowly__is_the_same(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    type_slowly(ticket);
    pty_wait_text(&one, "Space seat");
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'held'"), 0);
}

/* The Enter behind it would open the map, hold seats or pay. */
static void scan__its_enter__does_nothing(void **state)
{
    char text[SCAN_SIZE + 4];

    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    (void)snprintf(text, sizeof text, "%s\n", ticket); /* CR and LF */
    pty_type(&one, text);
    pty_wait_text(&one, "Space seat");
    pty_quiet(&one, 200);
    pty_wait_text(&one, "Space seat");
    pty_type(&one, "\033");
    pty_wait_text(&one, "2 seats  TOTAL");
    pty_type(&one, "\r"); /* and the next one is a key again */
    pty_wait_text(&one, "PAY  Ran");
}

static void pay__scan__only_says_what_it_read(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "CASH  20.00 exact");
    pty_type(&one, ticket);
    pty_wait_text(&one, "scanned: a ticket of");
    pty_wait_text(&one, "CASH  20.00 exact");
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'sold'"), 2);
    pty_type(&one, "\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'sold'", 4);
}

static void field__scan__is_not_typed_into_it(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/");
    pty_type(&one, "Kar");
    pty_wait_text(&one, "Kar");
    pty_type(&one, ticket);
    pty_wait_text(&one, "Space seat");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Kar");
    pty_wait_gone(&one, "%0000");
}

/* What only begins like a ticket is what was typed. */
static void field__percent__is_typed_as_ever(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/");
    pty_type(&one, "50% off %12 x");
    pty_wait_text(&one, "50% off %12 x");
    pty_type(&one, "%%0000000123K4M7TX!");
    pty_wait_text(&one, "%%0000000123K4M7TX!");
}

static void keys__behind_a_percent__act_as_ever(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "%2\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'held'", 2);
}

static void scan__wrong_check_character__opens_nothing(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    ticket[SCAN_LENGTH - 1] = ticket[SCAN_LENGTH - 1] == 'A' ? 'B' : 'A';
    ticket[SCAN_LENGTH] = '\0';
    pty_type(&one, "/");
    pty_type(&one, ticket);
    pty_wait_text(&one, ticket); /* it is text */
}

static void prefix__scanner_sends_one__a_code_is_known(void **state)
{
    char text[32];

    (void)state;
    front_configure(&front, "scan_prefix = \"~\";");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    (void)snprintf(text, sizeof text, "~%s\r", sold.code);
    pty_type(&one, text);
    pty_wait_text(&one, "Space seat");
    pty_type(&one, "~what is this\r");
    pty_wait_text(&one, "is no ticket and no code");
}

static void door__ticket__says_yes_then_no(void **state)
{
    (void)state;
    front_open(&front, &one, "door-1", 0, 0, NULL);
    stage_choose(&one, "The door");
    pty_wait_text(&one, "Scan a ticket, or type the code");
    assert_true(scan_make(0, sold.code, ticket));
    ticket[SCAN_LENGTH] = '\r';
    pty_type(&one, ticket);
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE state = 'used'", 2);
    pty_wait_text(&one, "Ran");
    pty_type(&one, ticket);
    pty_wait_text(&one, "was used already");
}

#define FRONT_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRONT_TEST(today__ticket__opens_its_sale),
        FRONT_TEST(today__scanned_slowly__is_the_same),
        FRONT_TEST(scan__its_enter__does_nothing),
        FRONT_TEST(pay__scan__only_says_what_it_read),
        FRONT_TEST(field__scan__is_not_typed_into_it),
        FRONT_TEST(field__percent__is_typed_as_ever),
        FRONT_TEST(keys__behind_a_percent__act_as_ever),
        FRONT_TEST(scan__wrong_check_character__opens_nothing),
        FRONT_TEST(prefix__scanner_sends_one__a_code_is_known),
        FRONT_TEST(door__ticket__says_yes_then_no),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
