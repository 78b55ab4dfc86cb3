/* Paying on a screen: cash and change, card, what must be looked at twice, what goes wrong. */
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

/* Two adults of today's show stand on the pay screen: 20.00. */
static void open_pay(int rows, int columns)
{
    front_open(&front, &one, "till-1", rows, columns, NULL);
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "PAY  Ran");
    pty_wait_text(&one, "CASH  20.00 exact");
}

static void pay__cash_given__change_is_shown_told_and_kept(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_wait_text(&one, "change of  25.00 5.00  30.00 10.00  40.00 20.00  50.00 30.00");
    pty_type(&one, "50");
    pty_wait_text(&one, "CHANGE 30.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    pty_wait_text(&one, "CHANGE 30.00");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
    pty_wait_text(&one, "30.00");
}

static void pay__too_little_cash__is_told_and_sells_nothing(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "12,50");
    pty_wait_text(&one, "7.50 missing");
    pty_type(&one, "\r");
    pty_quiet(&one, 200);
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
    pty_type(&one, "\033");
    pty_wait_text(&one, "20.00 exact");
    pty_type(&one, "2\b30\r");
    pty_wait_text(&one, "SOLD ");
}

/* A slip of the hand is neither taken nor added to. */
static void pay__amount_refused__the_next_digit_begins_another(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "7\r");
    pty_wait_text(&one, "13.00 missing: p pays it otherwise");
    pty_type(&one, "5050");
    pty_wait_text(&one, "given 5050 ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "5030.00 change is more than any note");
    pty_quiet(&one, 200);
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
    pty_type(&one, "50\r");
    pty_wait_text(&one, "SOLD ");
    pty_wait_text(&one, "CHANGE 30.00");
}

static void pay__keys__are_those_of_the_tender(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_wait_text(&one, "Enter paid  20 cash given  p next tender  Esc back  ? help");
    pty_type(&one, "p");
    pty_wait_text(&one, "Enter approved  p next tender  d card declined  Esc back  ? help");
    pty_type(&one, "\t");
    pty_wait_text(&one, "Enter paid  Esc back");
    assert_int_equal(pty_find(&one, "? help"), -1);
    pty_type(&one, "\033p");
    pty_wait_text(&one, "Enter paid  p next tender  Esc back  ? help");
}

static void pay__card__enter_means_approved(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "p");
    pty_wait_text(&one, "take 20.00 by card");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(
        stage_number(&front.stage, "SELECT count(*) FROM payments WHERE tender = 'card'"), 1);
}

static void pay__one_adult_one_child_by_card__seven_keys(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\rt2\rp\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
    assert_int_equal(
        stage_number(&front.stage, "SELECT amount FROM payments WHERE tender = 'card'"), 1650);
}

static void pay__card_declined__sells_nothing_and_keeps_the_basket(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "pd\r\r");
    pty_wait_text(&one, "The card was declined; nothing is paid.");
    pty_quiet(&one, 200);
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 2);
    pty_type(&one, "pp");
    pty_wait_text(&one, "take 20.00 by card");
    pty_type(&one, "\033");
    pty_wait_text(&one, "2 seats  TOTAL   20.00");
}

static void pay__another_day__has_no_default_tender(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "l");
    pty_wait_gone(&one, "TODAY");
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "2\r\r\r\r");
    pty_wait_text(&one, "it is for another day");
    pty_quiet(&one, 200);
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
    int column = (int)(strchr(pty_row(&one, 0) + 9, ' ') - pty_row(&one, 0)) + 2;
    assert_true(pty_cell(&one, 0, column).attrs.reverse);
    pty_type(&one, "p\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
}

static void pay__eleven_seats__have_no_default_tender(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "\r");
    pty_wait_text(&one, "S C R E E N");
    pty_type(&one, "11\r");
    pty_wait_text(&one, "b holds them");
    pty_type(&one, "b");
    pty_wait_text(&one, "11 seats TOTAL");
    pty_type(&one, "\r");
    pty_wait_text(&one, "it is more than 10 seats");
    pty_type(&one, "\r");
    pty_wait_text(&one, "p chooses how it is paid first");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
}

static void fault_051__hold_lost_while_paying__names_the_taker_on_the_map(void **state)
{
    (void)state;
    open_pay(0, 0);
    front_script(&front, "DELETE FROM claims WHERE state = 'held'");
    struct hold_request hold = {.show = front.show, .best = 1};
    struct hold_reply held;
    front_do(&front, &verb_hold, &hold, &held);
    front_script(&front, "UPDATE claims SET until = until + 600000 WHERE state = 'held'");
    pty_type(&one, "\r");
    pty_wait_text(&one, " is held by far-till until ");
    pty_wait_text(&one, "S C R E E N");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 0);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM payments"), 0);
}

static void fault_051__hold_ended_and_still_free__is_sold(void **state)
{
    (void)state;
    open_pay(0, 0);
    front_script(&front, "DELETE FROM claims WHERE state = 'held'");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
}

static void pay__open__keeps_the_hold_for_ten_minutes(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_wait_text(&one, "The seats are kept 9:5");
    front_wait_number(&front, &one,
                      "SELECT count(*) FROM claims c JOIN shows s ON s.id = c.show_id"
                      " WHERE c.state = 'held' AND s.rev >= 2",
                      2);
}

static void pay__hold_given_back_before__promises_no_seats(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    front_script(&front, "DELETE FROM claims WHERE state = 'held'");
    pty_type(&one, "\r");
    pty_wait_text(&one, "The hold has ended: Enter sells, unless others have the seats.");
    pty_type(&one, "p");
    pty_wait_text(&one, "The hold has ended: take no card. Esc, and take the seats again.");
    assert_int_equal(pty_find(&one, "The seats are kept"), -1);
    pty_type(&one, "\033");
    pty_wait_text(&one, "BASKET empty");
}

static void pay__40x12__shows_total_and_change(void **state)
{
    (void)state;
    open_pay(12, 40);
    assert_true(pty_find(&one, "EUR 20.00") >= 0);
    pty_type(&one, "25");
    pty_wait_text(&one, "CHANGE 5.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
}

static void pay__reservation__is_collected_and_among_the_last_sales(void **state)
{
    (void)state;
    struct booking_reply reserved = front_reserve(&front, "B3 B4");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "\r");
    pty_wait_text(&one, "S C R E E N");
    pty_type(&one, "/B3\r");
    pty_wait_text(&one, "│ B3 reserved");
    pty_type(&one, "o");
    pty_wait_text(&one, reserved.code);
    pty_wait_text(&one, "Ødegård, Kari");
    pty_type(&one, "p");
    pty_wait_text(&one, "CASH  26.00 exact");
    assert_true(pty_find(&one, reserved.code) >= 0);
    pty_type(&one, "30\r");
    pty_wait_text(&one, "SOLD ");
    pty_wait_text(&one, "CHANGE 4.00");
    assert_string_equal(front_state(&front, "B3"), "sold");
    assert_int_equal(
        stage_number(&front.stage, "SELECT amount FROM payments WHERE tender = 'cash'"), 2600);
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
    pty_wait_text(&one, "B3-4");
}

static void pay__offer__is_accepted_and_paid_in_one(void **state)
{
    (void)state;
    front_give_back(&front);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    front_wait_number(&front, &one, "SELECT count(*) FROM reservations WHERE state = 'offered'", 1);
    pty_type(&one, "\r");
    pty_wait_text(&one, "S C R E E N");
    pty_type(&one, "/C4\r");
    pty_wait_text(&one, "│ C4 offered to the list");
    pty_type(&one, "op");
    pty_wait_text(&one, "CASH  20.00 exact");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_string_equal(front_state(&front, "C4"), "sold");
    assert_int_equal(
        stage_number(&front.stage, "SELECT count(*) FROM waiting_list WHERE state = 'accepted'"),
        1);
}

static void sales__enter__opens_the_reservation(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES of this till");
    pty_wait_text(&one, "C4-5");
    pty_type(&one, "\r");
    pty_wait_gone(&one, "LAST SALES");
    pty_wait_text(&one, "20.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "LAST SALES");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
}

#define PAY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PAY(pay__cash_given__change_is_shown_told_and_kept),
        PAY(pay__too_little_cash__is_told_and_sells_nothing),
        PAY(pay__amount_refused__the_next_digit_begins_another),
        PAY(pay__keys__are_those_of_the_tender),
        PAY(pay__card__enter_means_approved),
        PAY(pay__one_adult_one_child_by_card__seven_keys),
        PAY(pay__card_declined__sells_nothing_and_keeps_the_basket),
        PAY(pay__another_day__has_no_default_tender),
        PAY(pay__eleven_seats__have_no_default_tender),
        PAY(fault_051__hold_lost_while_paying__names_the_taker_on_the_map),
        PAY(fault_051__hold_ended_and_still_free__is_sold),
        PAY(pay__open__keeps_the_hold_for_ten_minutes),
        PAY(pay__hold_given_back_before__promises_no_seats),
        PAY(pay__40x12__shows_total_and_change),
        PAY(pay__reservation__is_collected_and_among_the_last_sales),
        PAY(pay__offer__is_accepted_and_paid_in_one),
        PAY(sales__enter__opens_the_reservation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
