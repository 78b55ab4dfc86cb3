/* Who may do what alone, and how often a PIN may be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/rules/rights.h"
#include "core/rules/tries.h"

#define NOW ((when_ms)1795438800000)

static void right__more_role__never_less_right(void **state)
{
    (void)state;
    for (int right = 0; right < RIGHT_COUNT; right++) {
        assert_true(right_held(ROLE_MANAGER, (enum right)right));
        for (int role = 1; role < ROLE_COUNT; role++)
            assert_true(right_held((enum role)role, (enum right)right) >=
                        right_held((enum role)(role - 1), (enum right)right));
        assert_true(right_held(right_least((enum right)right), (enum right)right));
        assert_true(right_words((enum right)right)[0] != '\0');
    }
}

static void right__of_each_role__as_the_house_has_it(void **state)
{
    (void)state;
    assert_true(right_held(ROLE_CLERK, RIGHT_SELL));
    assert_true(right_held(ROLE_CLERK, RIGHT_REFUND));
    assert_false(right_held(ROLE_CLERK, RIGHT_COMP));
    assert_false(right_held(ROLE_CLERK, RIGHT_VOID));
    assert_true(right_held(ROLE_SUPERVISOR, RIGHT_COMP));
    assert_false(right_held(ROLE_SUPERVISOR, RIGHT_OVERRIDE));
    assert_false(right_held(ROLE_SUPERVISOR, RIGHT_STAFF));
}

static void right__no_role_and_no_right__nothing_is_held(void **state)
{
    (void)state;
    assert_false(right_held((enum role)ROLE_COUNT, RIGHT_SELL));
    assert_false(right_held(ROLE_MANAGER, RIGHT_COUNT));
    assert_int_equal(right_least(RIGHT_COUNT), ROLE_MANAGER);
    assert_string_equal(role_word((enum role)99), "?");
}

static void role__words__there_and_back(void **state)
{
    enum role role;

    (void)state;
    for (int i = 0; i < ROLE_COUNT; i++) {
        assert_true(role_parse(role_word((enum role)i), &role));
        assert_int_equal(role, i);
    }
    assert_false(role_parse("boss", &role));
}

static void tries__five_wrong_in_a_row__lock_for_half_an_hour(void **state)
{
    struct tries tries = {0};

    (void)state;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(tries_left(&tries, NOW), 5 - i);
        assert_int_equal(tries_count(&tries, false, NOW), TRIED_WRONG);
    }
    assert_int_equal(tries_count(&tries, false, NOW), TRIED_LOCKS);
    assert_int_equal(tries_left(&tries, NOW), 0);
    assert_int_equal(tries_count(&tries, true, NOW), TRIED_LOCKED);
    assert_int_equal(tries_count(&tries, true, NOW + TRIES_LOCK - 1), TRIED_LOCKED);
    assert_int_equal(tries.locked_until, NOW + 30 * WHEN_MINUTE); /* trying does not prolong it */
    assert_int_equal(tries_count(&tries, true, NOW + TRIES_LOCK), TRIED_RIGHT);
    assert_int_equal(tries_left(&tries, NOW + TRIES_LOCK), 5);
}

static void tries__right_one__forgets_the_wrong_ones(void **state)
{
    struct tries tries = {.failures = 4};

    (void)state;
    assert_int_equal(tries_count(&tries, true, NOW), TRIED_RIGHT);
    assert_int_equal(tries.failures, 0);
}

static void tries__lock_over__five_more_and_not_one(void **state)
{
    struct tries tries = {.failures = 5, .locked_until = NOW};

    (void)state;
    assert_int_equal(tries_left(&tries, NOW), 5);
    assert_int_equal(tries_count(&tries, false, NOW), TRIED_WRONG);
    assert_int_equal(tries.failures, 1);
    assert_int_equal(tries.locked_until, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right__more_role__never_less_right),
        cmocka_unit_test(right__of_each_role__as_the_house_has_it),
        cmocka_unit_test(right__no_role_and_no_right__nothing_is_held),
        cmocka_unit_test(role__words__there_and_back),
        cmocka_unit_test(tries__five_wrong_in_a_row__lock_for_half_an_hour),
        cmocka_unit_test(tries__right_one__forgets_the_wrong_ones),
        cmocka_unit_test(tries__lock_over__five_more_and_not_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
