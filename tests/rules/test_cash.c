/* Cash and tax. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/cash.h"

static void denominations__any_currency__fall_and_are_whole(void **state)
{
    static const char *const names[] = {"EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "XYZ"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const money *list;
        size_t n = cash_denominations(names[i], &list);

        assert_in_range(n, 8, DENOMINATIONS_MAX);
        for (size_t k = 0; k < n; k++) {
            assert_true(list[k] > 0);
            assert_true(k == 0 || list[k] < list[k - 1]);
        }
    }
}

static void denominations__of_a_currency__are_its_own(void **state)
{
    const money *list;

    (void)state;
    assert_int_equal(cash_denominations("EUR", &list), 15);
    assert_int_equal(list[0], 50000);
    assert_int_equal(list[14], 1);
    assert_int_equal(cash_denominations("NOK", &list), 9);
    assert_int_equal(list[8], 100); /* no oere is struck any more */
}

static void change__as_much_as_the_largest_note__is_a_slip(void **state)
{
    (void)state;
    assert_false(cash_change_odd("EUR", 48100)); /* of 500 for 19 */
    assert_true(cash_change_odd("EUR", 50000));
    assert_false(cash_change_odd("CZK", 50000));
    assert_false(cash_change_odd("JPY", 900000)); /* its notes are not known here */
}

static void counted__pieces__add_up(void **state)
{
    const struct cash_pieces pieces[] = {{5000, 2}, {200, 7}, {1, 3}, {1000, 0}};
    money sum = -1;

    (void)state;
    assert_int_equal(cash_counted(pieces, 4, &sum, NULL), RC_OK);
    assert_int_equal(sum, 11403);
    assert_int_equal(cash_counted(NULL, 0, &sum, NULL), RC_OK);
    assert_int_equal(sum, 0);
}

static void fault_090__pieces_out_of_range__are_refused(void **state)
{
    static const struct cash_pieces bad[][2] = {
        {{5000, -1}, {100, 1}},
        {{5000, PIECES_MAX + 1}, {100, 1}},
        {{0, 1}, {100, 1}},
        {{-100, 1}, {100, 1}},
        {{100, 1}, {100, 2}},
        {{MONEY_MAX, 2}, {100, 1}},
        {{INT64_MAX, 99999}, {100, 1}},
    };
    money sum = 7;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(cash_counted(bad[i], 2, &sum, NULL), RC_BAD_INPUT);
    assert_int_equal(sum, 7);
}

static void expected__float_in_and_out__is_their_sum(void **state)
{
    const struct cash_flow flow = {
        .opening = 15000, .sales = 4400, .refunds = 1100, .put_in = 2000, .taken_out = 500};

    (void)state;
    assert_int_equal(cash_expected(&flow), 19800);
}

static void rounding__small_coins_missing__goes_to_the_nearest(void **state)
{
    (void)state;
    assert_int_equal(cash_rounding(1102, 5), -2);
    assert_int_equal(cash_rounding(1103, 5), 2);
    assert_int_equal(cash_rounding(1105, 5), 0);
    assert_int_equal(cash_rounding(1050, 100), 50); /* half of it up */
    assert_int_equal(cash_rounding(1049, 100), -49);
    assert_int_equal(cash_rounding(2, 5), -2);
    assert_int_equal(cash_rounding(1102, 1), 0);
    assert_int_equal(cash_rounding(1102, 0), 0);
    assert_int_equal(cash_rounding(0, 5), 0);
}

static void rounding__any_amount__makes_a_multiple_within_half(void **state)
{
    (void)state;
    for (money amount = 1; amount < 2500; amount++)
        for (int64_t step = 2; step <= 100; step++) {
            money by = cash_rounding(amount, step);

            assert_int_equal((amount + by) % step, 0);
            assert_true(2 * by <= step && 2 * by > -step);
        }
}

static void tax__in_a_price__is_rounded_half_up(void **state)
{
    (void)state;
    assert_int_equal(cash_tax(1070, 700), 70);
    assert_int_equal(cash_tax(1100, 700), 72); /* 71.96 */
    assert_int_equal(cash_tax(1190, 1900), 190);
    assert_int_equal(cash_tax(3, 10000 / 2), 1); /* 1.0 */
    assert_int_equal(cash_tax(1, 700), 0);       /* 0.07 */
    assert_int_equal(cash_tax(1100, 0), 0);
    assert_int_equal(cash_tax(0, 700), 0);
    assert_int_equal(cash_tax(MONEY_MAX, TAX_MAX), 49997499874); /* no overflow */
}

/* The rule that lines make the total: net and tax of a ticket are its price, whatever the rate. */
static void tax__any_tickets__lines_make_the_total(void **state)
{
    (void)state;
    for (int32_t rate = 0; rate <= TAX_MAX; rate += 137) {
        money total = 0, net = 0, tax = 0;

        for (money price = 0; price < 3000; price += 7) {
            money part = cash_tax(price, rate);

            assert_true(part >= 0 && part <= price);
            /* within half a unit of the quotient */
            assert_true(llabs(part * (10000 + rate) - price * rate) * 2 <= 10000 + rate);
            total += price;
            tax += part;
            net += price - part;
        }
        assert_int_equal(net + tax, total);
    }
}

static void rate__written__as_said(void **state)
{
    char text[16];

    (void)state;
    assert_string_equal(cash_rate(700, text, sizeof text), "7 %");
    assert_string_equal(cash_rate(550, text, sizeof text), "5.5 %");
    assert_string_equal(cash_rate(1905, text, sizeof text), "19.05 %");
    assert_string_equal(cash_rate(0, text, sizeof text), "0 %");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(denominations__any_currency__fall_and_are_whole),
        cmocka_unit_test(denominations__of_a_currency__are_its_own),
        cmocka_unit_test(change__as_much_as_the_largest_note__is_a_slip),
        cmocka_unit_test(counted__pieces__add_up),
        cmocka_unit_test(fault_090__pieces_out_of_range__are_refused),
        cmocka_unit_test(expected__float_in_and_out__is_their_sum),
        cmocka_unit_test(rounding__small_coins_missing__goes_to_the_nearest),
        cmocka_unit_test(rounding__any_amount__makes_a_multiple_within_half),
        cmocka_unit_test(tax__in_a_price__is_rounded_half_up),
        cmocka_unit_test(tax__any_tickets__lines_make_the_total),
        cmocka_unit_test(rate__written__as_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
