/* House seats on the hall: z asks for a reason, and gives a blocked seat back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"

static struct front front;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
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

static void hall__z__blocks_for_a_reason_and_frees_again(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B6");
    pty_type(&one, "z");
    pty_wait_text(&one, " Block B6 for what reason:");
    pty_type(&one, "zebra, broken\r"); /* letters are text there */
    pty_wait_text(&one, "B6 is blocked: z gives it back");
    pty_wait_text(&one, "│ zebra, broken");
    assert_string_equal(front_state(&front, "B6"), "blocked");
    pty_type(&one, " ");
    pty_wait_text(&one, "B6 is blocked: zebra, broken");
    pty_type(&one, "z");
    pty_wait_text(&one, "B6 is free again");
    pty_wait_text(&one, "│ B6 free");
    assert_string_equal(front_state(&front, "B6"), "free");
}

static void hall__z_enter__takes_the_reason_of_the_last(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B5");
    pty_type(&one, "zthe owner's\r");
    pty_wait_text(&one, "B5 is blocked: z gives it back");
    front_go(&one, "B6");
    pty_type(&one, "z\r");
    pty_wait_text(&one, "B6 is blocked: z gives it back");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims WHERE state ="
                                                " 'blocked' AND reason = 'the owner''s'"),
                     2);
}

static void hall__z_without_a_reason_or_esc__changes_nothing(void **state)
{
    (void)state;
    front_sell(&front, "B1");
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B6");
    pty_type(&one, "z\r");
    pty_wait_text(&one, "a seat is blocked for a reason: say which, or Esc");
    pty_type(&one, "x\033");
    pty_wait_gone(&one, "for what reason");
    assert_string_equal(front_state(&front, "B6"), "free");
    front_go(&one, "B1");
    pty_type(&one, "zbroken\r");
    pty_wait_text(&one, "B1 is sold (far-till, ");
    pty_type(&one, "/B6\r");
    pty_wait_text(&one, "│ B6 free");
    pty_type(&one, " ");
    pty_wait_text(&one, "1 seat   TOTAL");
    pty_type(&one, "z");
    pty_wait_text(&one, "B6 is in the basket: x drops it first");
    assert_string_equal(front_state(&front, "B6"), "held");
}

static void hall__z_frees_while_people_wait__the_list_gets_it(void **state)
{
    (void)state;
    front_configure(&front, "assigner = \"never\";\n");
    front_give_back(&front); /* B1 and B2, for a party of two */
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B1");
    pty_type(&one, "zbroken\r");
    pty_wait_text(&one, "B1 is blocked: z gives it back");
    pty_type(&one, "z");
    pty_wait_text(&one, "B1 is given back, kept for the waiting list");
    pty_wait_text(&one, "│ B1 kept for the list");
    assert_string_equal(front_state(&front, "B1"), "returned");
}

#define HALL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL(hall__z__blocks_for_a_reason_and_frees_again),
        HALL(hall__z_enter__takes_the_reason_of_the_last),
        HALL(hall__z_without_a_reason_or_esc__changes_nothing),
        HALL(hall__z_frees_while_people_wait__the_list_gets_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
