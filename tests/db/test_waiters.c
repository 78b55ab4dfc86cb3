/* The line before the writers' turn, seen by one process: who may go, who is passed over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "db/waiters.h"

static struct waiters *line_new(void **state)
{
    struct waiters *line = calloc(1, sizeof *line);

    assert_non_null(line);
    *state = line;
    return line;
}

static int teardown(void **state)
{
    free(*state);
    return 0;
}

static void join__first__may_go_at_once(void **state)
{
    struct waiters *line = line_new(state);

    assert_true(waiters_may_go(line, waiters_join(line, 0)));
}

static void call_next__three_wait__go_in_the_order_they_came(void **state)
{
    struct waiters *line = line_new(state);
    uint64_t a = waiters_join(line, 0), b = waiters_join(line, 1), c = waiters_join(line, 2);

    assert_false(waiters_may_go(line, b));
    waiters_leave(line, a); /* has the turn */
    assert_true(waiters_served_is_gone(line));
    assert_false(waiters_may_go(line, b));
    waiters_call_next(line, a);
    assert_true(waiters_may_go(line, b));
    assert_false(waiters_may_go(line, c));
    waiters_leave(line, b);
    waiters_call_next(line, b);
    assert_true(waiters_may_go(line, c));
    waiters_leave(line, c);
    waiters_call_next(line, c); /* nobody left: who comes next goes at once */
    assert_true(waiters_may_go(line, waiters_join(line, 3)));
}

static void call_next__one_gave_up__is_passed_over(void **state)
{
    struct waiters *line = line_new(state);
    uint64_t a = waiters_join(line, 0), b = waiters_join(line, 0), c = waiters_join(line, 0);

    waiters_leave(line, a);
    waiters_leave(line, b);
    assert_false(waiters_may_go(line, c));
    waiters_call_next(line, a);
    assert_true(waiters_may_go(line, c));
}

static void call_next__by_one_who_was_passed_over__moves_nobody(void **state)
{
    struct waiters *line = line_new(state);
    uint64_t a = waiters_join(line, 0), b = waiters_join(line, 0), c = waiters_join(line, 0);

    waiters_leave(line, a);
    waiters_call_next(line, a);
    waiters_call_next(line, a);
    assert_true(waiters_may_go(line, b));
    assert_false(waiters_may_go(line, c));
}

static void may_pass__somebody_waits__a_few_and_not_for_long(void **state)
{
    struct waiters *line = line_new(state);
    uint64_t a;

    assert_true(waiters_may_pass(line, 0)); /* nobody waits */
    a = waiters_join(line, 1000);
    for (int i = 0; i < WAITERS_PASS; i++) {
        assert_true(waiters_may_pass(line, 1001));
        waiters_passed(line);
    }
    assert_false(waiters_may_pass(line, 1001));
    waiters_join(line, 1001);
    waiters_leave(line, a);
    waiters_call_next(line, a); /* the next one is passed by its own few */
    assert_true(waiters_may_pass(line, 1002));
    assert_false(waiters_may_pass(line, 1001 + WAITERS_PASS_MS));
}

static void line__more_than_places__nobody_is_lost(void **state)
{
    struct waiters *line = line_new(state);
    uint64_t numbers[WAITERS_PLACES + 10];
    size_t went = 0, n = sizeof numbers / sizeof *numbers;

    for (size_t i = 0; i < n; i++)
        numbers[i] = waiters_join(line, 0);
    for (size_t round = 0; round < n && went < n; round++)
        for (size_t i = 0; i < n; i++)
            if (numbers[i] != 0 && waiters_may_go(line, numbers[i])) {
                waiters_leave(line, numbers[i]);
                waiters_call_next(line, numbers[i]);
                numbers[i] = 0;
                went++;
            }
    assert_int_equal(went, n);
}

static void sleep__called_before__does_not_sleep(void **state)
{
    struct waiters *line = line_new(state);
    uint64_t a = waiters_join(line, 0), b = waiters_join(line, 0);

    waiters_leave(line, a);
    waiters_call_next(line, a);
    waiters_sleep(line, b, 3600000); /* an hour, if it were missed */
    assert_true(waiters_may_go(line, b));
}

#define WITH_LINE(f) cmocka_unit_test_teardown(f, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LINE(join__first__may_go_at_once),
        WITH_LINE(call_next__three_wait__go_in_the_order_they_came),
        WITH_LINE(call_next__one_gave_up__is_passed_over),
        WITH_LINE(call_next__by_one_who_was_passed_over__moves_nobody),
        WITH_LINE(may_pass__somebody_waits__a_few_and_not_for_long),
        WITH_LINE(line__more_than_places__nobody_is_lost),
        WITH_LINE(sleep__called_before__does_not_sleep),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
