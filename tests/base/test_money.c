#include "core/base/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rc.h"
#include "tests/kit/kit.h"

static void expect_amount(const char *text, money want)
{
    struct fault why = {0};
    money got = -1;

    if (money_parse(text, &got, &why) != RC_OK)
        fail_msg("\"%s\" refused: %s", text, why.text);
    assert_int_equal(got, want);
}

static void expect_refusal(const char *text, const char *says)
{
    struct fault why = {0};
    money got = -77;

    if (money_parse(text, &got, &why) != RC_BAD_INPUT)
        fail_msg("\"%s\" taken as %lld", text, (long long)got);
    assert_int_equal(why.rc, RC_BAD_INPUT);
    assert_non_null(strstr(why.text, says));
    assert_int_equal(got, -77);
}

static void parse__reads_what_people_type(void **state)
{
    (void)state;
    expect_amount("12", 1200);
    expect_amount("12.5", 1250);
    expect_amount("12.50", 1250);
    expect_amount("12,50", 1250);
    expect_amount("0", 0);
    expect_amount("0.05", 5);
    expect_amount("007", 700);
    expect_amount("999999999.99", MONEY_MAX);
}

static void fault_090__overflow_and_negative_amounts__refused(void **state)
{
    (void)state;
    expect_refusal("-1", "no sign");
    expect_refusal("+1", "no sign");
    expect_refusal("1000000000", "at most 999999999.99");
    expect_refusal("999999999.999", "12.50");
    expect_refusal("18446744073709551616", "at most");
    expect_refusal("184467440737095516160000000000000000000000", "at most");
    expect_refusal("99999999999999999999x", "12.50");
}

static void fault_091__amount_of_another_form__says_what_it_wants(void **state)
{
    static const char *const forms[] = {
        "1e3", "1.234,50", "1,234.50", "",  ".",   ",5",   ".5",  "12.", "12.505",
        "1 2", " 12",      "12 ",      "x", "12€", "0x10", "nan", "١٢",  "12.5.0",
    };

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        expect_refusal(forms[i], "12.50");
    expect_amount("1,50", 150);
}

static void fault_093__card_number_as_amount__not_repeated(void **state)
{
    struct fault why = {0};
    money got;

    (void)state;
    assert_int_equal(money_parse("4111111111111111", &got, &why), RC_BAD_INPUT);
    assert_null(strstr(why.text, "4111"));
}

static void format__writes_minor_units(void **state)
{
    char buffer[MONEY_TEXT];

    (void)state;
    assert_string_equal(money_format(0, buffer, sizeof buffer), "0.00");
    assert_string_equal(money_format(5, buffer, sizeof buffer), "0.05");
    assert_string_equal(money_format(-5, buffer, sizeof buffer), "-0.05");
    assert_string_equal(money_format(-1250, buffer, sizeof buffer), "-12.50");
    assert_string_equal(money_format(MONEY_MAX, buffer, sizeof buffer), "999999999.99");
    assert_string_equal(money_format(INT64_MIN, buffer, sizeof buffer), "-92233720368547758.08");
}

static void format__is_what_parse_reads(void **state)
{
    uint64_t seed = kit_seed();
    char buffer[MONEY_TEXT];

    (void)state;
    for (int i = 0; i < 20000; i++) {
        money amount = (money)kit_below(&seed, (uint64_t)MONEY_MAX + 1);
        expect_amount(money_format(amount, buffer, sizeof buffer), amount);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__reads_what_people_type),
        cmocka_unit_test(fault_090__overflow_and_negative_amounts__refused),
        cmocka_unit_test(fault_091__amount_of_another_form__says_what_it_wants),
        cmocka_unit_test(fault_093__card_number_as_amount__not_repeated),
        cmocka_unit_test(format__writes_minor_units),
        cmocka_unit_test(format__is_what_parse_reads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
