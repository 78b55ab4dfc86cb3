#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/rules/price.h"

static void percent__half_a_step__rounds_up(void **state)
{
    (void)state;
    assert_int_equal(price_of_percent(950, 50, 50), 500);
    assert_int_equal(price_of_percent(950, 50, 10), 480);
    assert_int_equal(price_of_percent(949, 50, 10), 470);
    assert_int_equal(price_of_percent(1100, 100, 1), 1100);
    assert_int_equal(price_of_percent(1, 50, 1), 1);
    assert_int_equal(price_of_percent(1100, 0, 50), 0);
    assert_int_equal(price_of_percent(MONEY_MAX, 200, 1), 2 * MONEY_MAX);
}

static void total__over_the_limit__is_refused(void **state)
{
    const money fine[] = {1100, 700, 0};
    const money over[] = {MONEY_MAX, 1};
    const money negative[] = {1100, -1};
    money total = 7;
    struct fault why;

    (void)state;
    assert_int_equal(price_total(fine, 3, &total, &why), RC_OK);
    assert_int_equal(total, 1800);
    assert_int_equal(price_total(fine, 0, &total, &why), RC_OK);
    assert_int_equal(total, 0);
    assert_int_equal(price_total(over, 2, &total, &why), RC_BAD_INPUT);
    assert_int_equal(price_total(negative, 2, &total, &why), RC_BAD_INPUT);
    assert_int_equal(total, 0);
}

static void change__too_little__names_what_is_missing(void **state)
{
    money change = 0;
    struct fault why;

    (void)state;
    assert_int_equal(price_change(1800, 2000, &change, &why), RC_OK);
    assert_int_equal(change, 200);
    assert_int_equal(price_change(1800, 1800, &change, &why), RC_OK);
    assert_int_equal(change, 0);
    assert_int_equal(price_change(1800, 1450, &change, &why), RC_REFUSED);
    assert_string_equal(why.text, "3.50 is missing");
}

static void next_notes__rise_without_doubles(void **state)
{
    const money wanted[] = {5000, 6000, 10000, 20000};
    money given[8];

    (void)state;
    assert_int_equal(price_next_notes(4500, given, 8), 4);
    assert_memory_equal(given, wanted, sizeof wanted);
    assert_int_equal(price_next_notes(4500, given, 2), 2);
    assert_int_equal(price_next_notes(2000, given, 8), 6);
    assert_int_equal(given[0], 2500);
    assert_int_equal(given[5], 20000);
    assert_int_equal(price_next_notes(0, given, 8), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percent__half_a_step__rounds_up),
        cmocka_unit_test(total__over_the_limit__is_refused),
        cmocka_unit_test(change__too_little__names_what_is_missing),
        cmocka_unit_test(next_notes__rise_without_doubles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
