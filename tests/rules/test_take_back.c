/* What a clerk may take back alone: how long, how often, in which till, how much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/rules/second_thoughts.h"

#define NOW ((when_ms)1795438800000)

static struct second_sale sale_of(int64_t sold_in, int64_t till, int64_t voids)
{
    return (struct second_sale){
        .sold_in = {sold_in}, .sold_at = NOW, .till = {till}, .voids = voids};
}

static void fresh__window__its_last_moment_is_inside(void **state)
{
    struct second_sale sale = sale_of(3, 3, 0);

    (void)state;
    assert_true(second_fresh(&sale, NOW));
    assert_true(second_fresh(&sale, NOW + 15 * WHEN_MINUTE));
    assert_false(second_fresh(&sale, NOW + 15 * WHEN_MINUTE + 1));
    assert_false(second_fresh(&sale, NOW - 1)); /* a clock that went back proves nothing */
}

static void fresh__another_session_or_none__is_not(void **state)
{
    const struct second_sale other = sale_of(3, 4, 0), none = sale_of(0, 0, 0),
                             closed = sale_of(3, 0, 0);

    (void)state;
    assert_false(second_fresh(&other, NOW));
    assert_false(second_fresh(&none, NOW));
    assert_false(second_fresh(&closed, NOW));
}

static void void__third_of_a_session__is_the_last_alone(void **state)
{
    (void)state;
    for (int64_t voids = 0; voids < 5; voids++) {
        struct second_sale sale = sale_of(3, 3, voids);

        assert_int_equal(second_void(&sale, NOW), voids < 3 ? RIGHT_SELL : RIGHT_VOID);
        assert_int_equal(second_swap(&sale, NOW), RIGHT_SELL);
    }
}

static void void_and_swap__too_late__need_a_right_that_clerks_lack(void **state)
{
    struct second_sale sale = sale_of(3, 3, 0);

    (void)state;
    sale.sold_at -= SECOND_WINDOW + 1;
    assert_int_equal(second_void(&sale, NOW), RIGHT_VOID);
    assert_int_equal(second_swap(&sale, NOW), RIGHT_SWAP);
    assert_false(right_held(ROLE_CLERK, RIGHT_SWAP));
    assert_true(right_held(ROLE_SUPERVISOR, RIGHT_SWAP));
    assert_true(right_held(ROLE_CLERK, RIGHT_SELL));
}

static void refund__limit_itself__is_within(void **state)
{
    (void)state;
    assert_int_equal(second_refund(5000, 5000), RIGHT_REFUND);
    assert_int_equal(second_refund(5001, 5000), RIGHT_REFUND_MORE);
    assert_int_equal(second_refund(0, 0), RIGHT_REFUND);
}

static void exchange__fresh__is_the_clerks_whatever_goes_back(void **state)
{
    struct second_sale sale = sale_of(3, 3, 9);

    (void)state;
    assert_int_equal(second_exchange(&sale, NOW + SECOND_WINDOW, 5001, 5000), RIGHT_SELL);
    assert_int_equal(second_exchange(&sale, NOW + SECOND_WINDOW + 1, 5001, 5000),
                     RIGHT_REFUND_MORE);
    assert_int_equal(second_exchange(&sale, NOW + SECOND_WINDOW + 1, 5000, 5000), RIGHT_REFUND);
    sale.till.n = 4;
    assert_int_equal(second_exchange(&sale, NOW, 5001, 5000), RIGHT_REFUND_MORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fresh__window__its_last_moment_is_inside),
        cmocka_unit_test(fresh__another_session_or_none__is_not),
        cmocka_unit_test(void__third_of_a_session__is_the_last_alone),
        cmocka_unit_test(void_and_swap__too_late__need_a_right_that_clerks_lack),
        cmocka_unit_test(exchange__fresh__is_the_clerks_whatever_goes_back),
        cmocka_unit_test(refund__limit_itself__is_within),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
