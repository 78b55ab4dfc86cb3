#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/rules/life.h"

static void claim__returned__is_never_sold_straight(void **state)
{
    (void)state;
    assert_true(claim_may(CLAIM_FREE, CLAIM_HELD));
    assert_true(claim_may(CLAIM_HELD, CLAIM_SOLD));
    assert_true(claim_may(CLAIM_SOLD, CLAIM_RETURNED));
    assert_true(claim_may(CLAIM_RETURNED, CLAIM_RESERVED));
    assert_false(claim_may(CLAIM_RETURNED, CLAIM_SOLD));
    assert_false(claim_may(CLAIM_SOLD, CLAIM_HELD));
    assert_false(claim_may(CLAIM_BLOCKED, CLAIM_SOLD));
    assert_false(claim_may(CLAIM_SOLD, CLAIM_SOLD));
}

static void booking__over__stays_over(void **state)
{
    (void)state;
    assert_true(booking_may(BOOKING_OFFERED, BOOKING_SOLD));
    assert_true(booking_may(BOOKING_SOLD, BOOKING_CANCELLED));
    assert_false(booking_may(BOOKING_SOLD, BOOKING_LAPSED));
    for (int to = BOOKING_OFFERED; to <= BOOKING_LAPSED; to++) {
        assert_false(booking_may(BOOKING_CANCELLED, (enum booking_state)to));
        assert_false(booking_may(BOOKING_LAPSED, (enum booking_state)to));
    }
}

static void entry__final_states_are_final_but_for_an_undo(void **state)
{
    (void)state;
    assert_true(entry_may(ENTRY_WAITING, ENTRY_OFFERED));
    assert_true(entry_may(ENTRY_OFFERED, ENTRY_WAITING));
    assert_false(entry_may(ENTRY_WAITING, ENTRY_ACCEPTED));
    for (int from = ENTRY_ACCEPTED; from <= ENTRY_CLOSED; from++) {
        bool undone = from == ENTRY_DECLINED || from == ENTRY_LEFT;

        for (int to = ENTRY_WAITING; to <= ENTRY_CLOSED; to++)
            assert_int_equal(entry_may((enum entry_state)from, (enum entry_state)to),
                             undone && to == ENTRY_WAITING);
    }
}

static void states_out_of_range__allow_nothing(void **state)
{
    (void)state;
    assert_false(claim_may((enum claim_state)99, CLAIM_FREE));
    assert_false(claim_may(CLAIM_FREE, (enum claim_state)99));
    assert_string_equal(claim_word((enum claim_state)99), "?");
}

static void words__there_and_back(void **state)
{
    enum claim_state claim;
    enum booking_state booking;
    enum entry_state entry;

    (void)state;
    for (int i = CLAIM_FREE; i <= CLAIM_BLOCKED; i++) {
        assert_true(claim_parse(claim_word((enum claim_state)i), &claim));
        assert_int_equal(claim, i);
    }
    for (int i = BOOKING_OFFERED; i <= BOOKING_LAPSED; i++) {
        assert_true(booking_parse(booking_word((enum booking_state)i), &booking));
        assert_int_equal(booking, i);
    }
    for (int i = ENTRY_WAITING; i <= ENTRY_CLOSED; i++) {
        assert_true(entry_parse(entry_word((enum entry_state)i), &entry));
        assert_int_equal(entry, i);
    }
    assert_false(claim_parse("Sold", &claim));
    assert_false(booking_parse("", &booking));
    assert_false(entry_parse("sold", &entry));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claim__returned__is_never_sold_straight),
        cmocka_unit_test(booking__over__stays_over),
        cmocka_unit_test(entry__final_states_are_final_but_for_an_undo),
        cmocka_unit_test(states_out_of_range__allow_nothing),
        cmocka_unit_test(words__there_and_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
