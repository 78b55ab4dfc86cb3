#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/rules/deadline.h"

static const when_ms now = 1764000000000;

static void hold__idle_and_longest_life(void **state)
{
    (void)state;
    assert_int_equal(deadline_hold(now, now), now + 3 * WHEN_MINUTE);
    assert_int_equal(deadline_hold(now, now + 6 * WHEN_MINUTE), now + 9 * WHEN_MINUTE);
    assert_int_equal(deadline_hold(now, now + 8 * WHEN_MINUTE), now + 10 * WHEN_MINUTE);
}

static void reservation__late__has_a_quarter_of_an_hour_but_not_past_the_start(void **state)
{
    (void)state;
    assert_int_equal(deadline_reservation(now, now + 5 * WHEN_HOUR, 30),
                     now + 5 * WHEN_HOUR - 30 * WHEN_MINUTE);
    assert_int_equal(deadline_reservation(now, now + 40 * WHEN_MINUTE, 30), now + 15 * WHEN_MINUTE);
    assert_int_equal(deadline_reservation(now, now + 10 * WHEN_MINUTE, 30), now + 10 * WHEN_MINUTE);
}

static void offer__shrinks_towards_the_start(void **state)
{
    (void)state;
    assert_int_equal(deadline_offer(now, now + 25 * WHEN_HOUR), now + 4 * WHEN_HOUR);
    assert_int_equal(deadline_offer(now, now + 24 * WHEN_HOUR), now + 30 * WHEN_MINUTE);
    assert_int_equal(deadline_offer(now, now + 2 * WHEN_HOUR), now + 30 * WHEN_MINUTE);
    assert_int_equal(deadline_offer(now, now + 2 * WHEN_HOUR - 1), now + 10 * WHEN_MINUTE);
    assert_int_equal(deadline_offer(now, now + 30 * WHEN_MINUTE), now + 10 * WHEN_MINUTE);
    assert_int_equal(deadline_offer(now, now + 29 * WHEN_MINUTE), now + 3 * WHEN_MINUTE);
}

static void offer__none_with_less_than_three_minutes(void **state)
{
    (void)state;
    assert_int_equal(deadline_offer(now, now + 13 * WHEN_MINUTE), now + 3 * WHEN_MINUTE);
    assert_int_equal(deadline_offer(now, now + 13 * WHEN_MINUTE - 1), 0);
    assert_int_equal(deadline_offer(now, now), 0);
    assert_int_equal(deadline_offer(now, now - WHEN_HOUR), 0);
}

static void accepted__latest_of_three_never_past_the_start(void **state)
{
    when_ms soon = now + 20 * WHEN_MINUTE;
    when_ms evening = now + 6 * WHEN_HOUR;

    (void)state;
    assert_int_equal(deadline_accepted(now, evening, now + WHEN_HOUR, 30),
                     evening - 30 * WHEN_MINUTE);
    assert_int_equal(deadline_accepted(now, soon, now + 3 * WHEN_MINUTE, 30),
                     now + 15 * WHEN_MINUTE);
    assert_int_equal(deadline_accepted(now, soon, now + 18 * WHEN_MINUTE, 30),
                     now + 18 * WHEN_MINUTE);
    assert_int_equal(deadline_accepted(now, soon, now + WHEN_HOUR, 30), soon);
}

static void fault_096__past_its_sale_stop__only_held_seats_are_paid(void **state)
{
    (void)state;
    assert_true(deadline_sells(now - 1, now, false));
    assert_false(deadline_sells(now, now, false));
    assert_true(deadline_sells(now + 5 * WHEN_MINUTE - 1, now, true));
    assert_false(deadline_sells(now + 5 * WHEN_MINUTE, now, true));
}

static void returned__free_ten_minutes_before_the_start(void **state)
{
    (void)state;
    assert_true(deadline_returned_kept(now, now + 10 * WHEN_MINUTE + 1));
    assert_false(deadline_returned_kept(now, now + 10 * WHEN_MINUTE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hold__idle_and_longest_life),
        cmocka_unit_test(reservation__late__has_a_quarter_of_an_hour_but_not_past_the_start),
        cmocka_unit_test(offer__shrinks_towards_the_start),
        cmocka_unit_test(offer__none_with_less_than_three_minutes),
        cmocka_unit_test(accepted__latest_of_three_never_past_the_start),
        cmocka_unit_test(fault_096__past_its_sale_stop__only_held_seats_are_paid),
        cmocka_unit_test(returned__free_ten_minutes_before_the_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
