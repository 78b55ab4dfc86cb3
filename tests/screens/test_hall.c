/* The hall on a screen: the quick sale, and taking and leaving seats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"

#define HELD_HERE "SELECT count(*) FROM claims WHERE state = 'held' AND terminal = 'till-1'"
#define SOLD_HERE "SELECT count(*) FROM claims WHERE state = 'sold' AND terminal = 'till-1'"

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

/* --- the quick sale -------------------------------------------------------------------------- */

static void quick_sale__in_one_burst__sells_two_adjacent_once(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_wait_text(&one, " TODAY ");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
    assert_int_equal(stage_number(&front.stage, "SELECT max(seat_id) - min(seat_id) FROM claims"
                                                " WHERE state = 'sold'"),
                     1);
}

static void fault_094__enter_held_down__one_sale(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r\r\r\r\r\r\r\r\r\r\r\r\r");
    front_wait_number(&front, &one, SOLD_HERE, 2);
    pty_quiet(&one, 300);
    pty_type(&one, "\r\r\r");
    pty_quiet(&one, 300);
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM reservations"), 1);
}

static void quick_sale__slowly__shows_map_pay_and_code(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2");
    pty_wait_text(&one, "Enter holds the best 2");
    pty_type(&one, "\r");
    pty_wait_text(&one, "2 seats  TOTAL   20.00");
    pty_wait_text(&one, "Enter PAY 20.00  r reserve");
    assert_int_equal(
        pty_find(&one, " Best 2 together: C4-5, no single seat left.  b shows the next best."), 21);
    pty_type(&one, "\r");
    pty_wait_text(&one, "CASH  20.00 exact");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_non_null(strstr(pty_row(&one, 21), "cash 20.00"));
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
}

/* --- choosing -------------------------------------------------------------------------------- */

static void hall__b__holds_other_seats_as_many(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Best 2 together: ");
    int64_t first = stage_number(&front.stage, "SELECT sum(seat_id) FROM claims");
    pty_type(&one, "b");
    pty_wait_text(&one, "Next best 2 together: ");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 2);
    assert_int_not_equal(stage_number(&front.stage, "SELECT sum(seat_id) FROM claims"), first);
    pty_type(&one, "u");
    pty_wait_gone(&one, "Next best");
    front_wait_number(&front, &one, "SELECT sum(seat_id) FROM claims WHERE state = 'held'", first);
}

static void hall__digits__are_a_total_and_a_repeat_does_nothing(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    front_wait_number(&front, &one, HELD_HERE, 2);
    pty_wait_text(&one, "Best 2 together");
    int64_t rev = stage_number(&front.stage, "SELECT sum(rev) FROM shows");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "the basket has 2 already");
    assert_int_equal(stage_number(&front.stage, "SELECT sum(rev) FROM shows"), rev);
    pty_type(&one, "3\r");
    pty_wait_text(&one, "3 seats  TOTAL");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 3);
    pty_type(&one, "0");
    pty_wait_text(&one, "BASKET empty");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 0);
}

static void hall__space__takes_and_leaves_and_u_goes_back(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B4");
    pty_type(&one, " ");
    pty_wait_text(&one, "B4 in this basket");
    assert_string_equal(front_state(&front, "B4"), "held");
    pty_type(&one, "l ");
    pty_wait_text(&one, "2 seats  TOTAL");
    pty_type(&one, " ");
    pty_wait_text(&one, "1 seat   TOTAL");
    assert_string_equal(front_state(&front, "B5"), "free");
    pty_type(&one, "u");
    pty_wait_text(&one, "2 seats  TOTAL");
    assert_string_equal(front_state(&front, "B5"), "held");
    pty_type(&one, "uu");
    pty_wait_text(&one, "BASKET empty");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 0);
}

static void hall__x__drops_the_seat_under_the_cursor_else_the_last(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "3\r");
    pty_wait_text(&one, "3 seats  TOTAL");
    front_go(&one, "C8");
    pty_type(&one, "x");
    pty_wait_text(&one, "2 seats  TOTAL");
    front_go(&one, "C1");
    pty_type(&one, "x");
    pty_wait_text(&one, "1 seat   TOTAL");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 1);
}

static void hall__t_twice__sets_two_types_and_b_keeps_them(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "3\r");
    pty_wait_text(&one, "3 seats  TOTAL   30.00");
    pty_type(&one, "t");
    pty_wait_text(&one, " is:  1 adult 10.00  2 child 6.50");
    pty_type(&one, "2t2");
    pty_wait_text(&one, "TOTAL   23.00");
    pty_type(&one, "b");
    pty_wait_text(&one, "Next best 3");
    front_wait_number(&front, &one,
                      "SELECT CAST(sum(amount) AS BIGINT) FROM claims WHERE state = 'held'", 2300);
}

static void hall__a__takes_wheelchair_and_companion(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "a");
    pty_wait_text(&one, "2 seats  TOTAL");
    assert_string_equal(front_state(&front, "A1"), "held");
    assert_string_equal(front_state(&front, "A2"), "held");
}

static void hall__apart__holds_nothing_until_b(void **state)
{
    (void)state;
    front_sell(&front, "A3 A4 A5 A6 A8 A9 B2 B3 B4 B5 B6 B7 B9 B10");
    front_sell(&front, "C2 C3 C4 C6 C7");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "3\r\r\r");
    pty_wait_text(&one, "NO 3 TOGETHER");
    pty_wait_text(&one, "b holds them, w");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 0);
    pty_type(&one, "b");
    pty_wait_text(&one, "3 seats  TOTAL");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 3);
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
}

static void hall__apart_from_the_map__w_puts_the_party_on_the_list(void **state)
{
    (void)state;
    front_sell(&front, "A3 A4 A5 A6 A8 A9 B2 B3 B4 B5 B6 B7 B9 B10");
    front_sell(&front, "C2 C3 C4 C6 C7");
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "3\r\r\r");
    pty_wait_text(&one, "NO 3 TOGETHER");
    pty_quiet(&one, 100);
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 0);
    pty_type(&one, "w");
    pty_wait_text(&one, "ONTO THE LIST");
    pty_wait_text(&one, " How many     3");
}

static void hall__apart_and_more_than_a_party__is_not_told_of_the_list(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "21\r");
    pty_wait_text(&one, "NO 21 TOGETHER");
    pty_wait_text(&one, "b holds them");
    assert_int_equal(pty_find(&one, "on the list"), -1);
}

static void hall__single_gap__is_told_with_a_better_block(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B2");
    pty_type(&one, " l ");
    pty_wait_text(&one, "2 seats  TOTAL");
    pty_wait_text(&one, "! leaves B1 single");
    pty_wait_text(&one, " B2-3, leaves B1 single.  b shows a better block.");
    pty_type(&one, "b");
    pty_wait_text(&one, "no single seat left");
    pty_type(&one, "\r");
    pty_wait_text(&one, "PAY  Ran");
}

/* What is told of a gap and of parked baskets takes no seat of the basket out of sight. */
static void hall__gap_told_and_a_basket_parked__each_seat_is_seen(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    pty_type(&one, "n");
    pty_wait_text(&one, "PARKED 1");
    pty_type(&one, "\r");
    pty_wait_text(&one, "S C R E E N");
    front_go(&one, "B2");
    pty_type(&one, " l l ");
    pty_wait_text(&one, "3 seats  TOTAL");
    pty_wait_text(&one, "! leaves B1 single");
    pty_wait_text(&one, "PARKED 1");
    pty_wait_text(&one, "B2   1 adult");
    pty_wait_text(&one, "B3   1 adult");
    pty_wait_text(&one, "B4   1 adult");
}

static void hall__esc__keeps_the_basket(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    pty_type(&one, "\033");
    pty_wait_text(&one, "BASKET C4-5");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 2);
    pty_type(&one, "\r");
    pty_wait_text(&one, "2 seats  TOTAL");
}

static void hall__tab__steps_through_parts(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B5");
    pty_type(&one, "\t");
    pty_wait_text(&one, "│ C1 free");
    pty_type(&one, "\t");
    pty_wait_text(&one, "│ A1 free, wheelchair");
}

static void hall__click__takes_the_seat(void **state)
{
    char click[40];

    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_quiet(&one, 200);
    const char *row = pty_row(&one, 3), *at = strstr(row, "5");
    assert_non_null(at);
    int column = (int)(at - row) + 1;
    (void)snprintf(click, sizeof click, "\033[<0;%d;4M\033[<0;%d;4m", column, column);
    pty_type(&one, click);
    pty_wait_text(&one, "│ B5 in this basket");
    assert_string_equal(front_state(&front, "B5"), "held");
}

static void hall__wheel__goes_a_row_down_and_up(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "A3");
    pty_type(&one, "\033[<65;20;6M");
    pty_wait_text(&one, "│ B3 free");
    pty_type(&one, "\033[<64;20;6M");
    pty_wait_text(&one, "│ A3 free");
}

static void hall__empty_map__enter_says_what_to_do(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "\r");
    pty_wait_text(&one, "the basket is empty: Space takes the seat");
}

#define HALL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL(quick_sale__in_one_burst__sells_two_adjacent_once),
        HALL(fault_094__enter_held_down__one_sale),
        HALL(quick_sale__slowly__shows_map_pay_and_code),
        HALL(hall__b__holds_other_seats_as_many),
        HALL(hall__digits__are_a_total_and_a_repeat_does_nothing),
        HALL(hall__space__takes_and_leaves_and_u_goes_back),
        HALL(hall__x__drops_the_seat_under_the_cursor_else_the_last),
        HALL(hall__t_twice__sets_two_types_and_b_keeps_them),
        HALL(hall__a__takes_wheelchair_and_companion),
        HALL(hall__apart__holds_nothing_until_b),
        HALL(hall__apart_from_the_map__w_puts_the_party_on_the_list),
        HALL(hall__apart_and_more_than_a_party__is_not_told_of_the_list),
        HALL(hall__single_gap__is_told_with_a_better_block),
        HALL(hall__gap_told_and_a_basket_parked__each_seat_is_seen),
        HALL(hall__esc__keeps_the_basket),
        HALL(hall__click__takes_the_seat),
        HALL(hall__wheel__goes_a_row_down_and_up),
        HALL(hall__empty_map__enter_says_what_to_do),
        HALL(hall__tab__steps_through_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
