/*
 * Phone reservations at the counter: found by what a customer can tell, and paid, in so many keys;
 * and who has one already is told while another is being typed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/text.h"
#include "core/rules/scan.h"
#include "tests/kit/front.h"

enum { KEYS_MOST = 8 };

static struct front front;
static struct pty one;
static struct booking_reply mensah;

static struct booking_reply reserve(const char *name, const char *phone)
{
    struct booking_reply reply;
    struct book_request request = {
        .show = front.show, .best = 2, .expected = -1, .collect_min = 30};

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    front_do(&front, &verb_reserve, &request, &reply);
    return reply;
}

/* Two parties have reserved by phone. */
static int setup(void **state)
{
    (void)state;
    front_init(&front);
    (void)reserve("Ødegård, Kari", "+47 55 01 12 12");
    mensah = reserve("Mensah, Ama", "+47 99 88 77 66");
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

static void want(const char *query, int64_t n)
{
    front_wait_number(&front, &one, query, n);
}

/* --- collected ------------------------------------------------------------------------------- */

/* From today: `keys` find it, and p Enter take the cash. */
static void collect(const char *keys)
{
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, keys);
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_wait_text(&one, mensah.code);
    pty_wait_text(&one, "reserved, collect by ");
    pty_type(&one, "p");
    pty_wait_text(&one, "CASH  26.00 exact");
    pty_type(&one, "\r");
    want("SELECT count(*) FROM reservations WHERE state = 'sold' AND name = 'Mensah, Ama'", 1);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims WHERE state = 'sold'"),
                     2);
}

static void collect__by_name__takes_at_most_eight_keys_in_one_burst(void **state)
{
    static const char keys[] = "/men\rp\r";

    (void)state;
    assert_in_range(strlen(keys), 1, KEYS_MOST);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, keys);
    want("SELECT count(*) FROM reservations WHERE state = 'sold' AND name = 'Mensah, Ama'", 1);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims WHERE state = 'sold'"),
                     2);
    pty_wait_text(&one, "paid cash 26.00");
}

static void collect__by_name_slowly__shows_each_step(void **state)
{
    (void)state;
    collect("/men\r");
}

static void collect__by_code__small_letters_will_do(void **state)
{
    char keys[32];

    (void)state;
    (void)snprintf(keys, sizeof keys, "/%s\r", mensah.code);
    for (char *c = keys; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    collect(keys);
}

static void collect__by_phone__however_it_is_written(void **state)
{
    (void)state;
    collect("/+47-998877\r");
}

static void collect__by_the_last_four_digits(void **state)
{
    (void)state;
    collect("/7766\r");
}

static void collect__by_scan__needs_no_key_before_it(void **state)
{
    char keys[SCAN_SIZE + 2];

    (void)state;
    assert_true(scan_make(0, mensah.code, keys));
    memcpy(keys + strlen(keys), "\r", 2);
    collect(keys);
}

/* --- twice ----------------------------------------------------------------------------------- */

static void open_form(int rows, int columns)
{
    front_open(&front, &one, "till-1", rows, columns, NULL);
    pty_type(&one, "1\rr");
    pty_wait_text(&one, "RESERVE");
}

static void reserve__same_name_again__is_told_and_never_asked(void **state)
{
    char hint[96];

    (void)state;
    (void)snprintf(hint, sizeof hint, "Mensah, Ama has %s already: ", mensah.code);
    open_form(0, 0);
    pty_type(&one, "mensah, am");
    pty_quiet(&one, 100);
    assert_int_equal(pty_find(&one, "already"), -1);
    pty_type(&one, "A");
    pty_wait_text(&one, hint);
    assert_non_null(strstr(pty_row(&one, pty_find(&one, hint)), ", reserved"));
    pty_type(&one, "b");
    pty_wait_gone(&one, "already");
    pty_type(&one, "\177");
    pty_wait_text(&one, hint);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Reserved for mensah, amA");
    want("SELECT count(*) FROM reservations WHERE state = 'reserved'", 3);
}

static void reserve__same_phone_again__is_told_at_40x12_as_well(void **state)
{
    char hint[96];

    (void)state;
    (void)snprintf(hint, sizeof hint, "Mensah, Ama has %s already: ", mensah.code);
    open_form(12, 40);
    pty_type(&one, "Somebody\t00479988776");
    pty_quiet(&one, 100);
    assert_int_equal(pty_find(&one, "already"), -1);
    pty_type(&one, "6"); /* 00 stands for + */
    pty_wait_text(&one, hint);
    pty_type(&one, "\025+4799887765");
    pty_wait_gone(&one, "already");
    pty_type(&one, "\1776");
    pty_wait_text(&one, hint);
}

#define COLLECT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COLLECT(collect__by_name__takes_at_most_eight_keys_in_one_burst),
        COLLECT(collect__by_name_slowly__shows_each_step),
        COLLECT(collect__by_code__small_letters_will_do),
        COLLECT(collect__by_phone__however_it_is_written),
        COLLECT(collect__by_the_last_four_digits),
        COLLECT(collect__by_scan__needs_no_key_before_it),
        COLLECT(reserve__same_name_again__is_told_and_never_asked),
        COLLECT(reserve__same_phone_again__is_told_at_40x12_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
