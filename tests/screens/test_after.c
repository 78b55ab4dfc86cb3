/* After the sale, on the screen: few keys to give money back, voids and swaps with who may. Keys
 * are counted as a hand presses them, one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"

static struct front front;
static struct stage demo; /* with staff */
static struct pty one;
static int keys;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    keys = 0;
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

static int demo_setup(void **state)
{
    (void)state;
    stage_init(&demo);
    keys = 0;
    return 0;
}

static int demo_teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    stage_fini(&demo);
    return 0;
}

/* Presses one key, counts it, and waits for what it shows. */
static void press(const char *key, const char *shows)
{
    keys++;
    pty_type(&one, key);
    if (shows)
        pty_wait_text(&one, shows);
}

/* --- counted --------------------------------------------------------------------------------- */

static void counted__two_adults_cash_exact__four_keys(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    press("2", "2_");
    press("\r", "TOTAL   20.00");
    press("\r", "CASH  20.00 exact");
    press("\r", "SOLD ");
    assert_int_equal(keys, 4);
    assert_int_equal(stage_number(&front.stage, "SELECT sum(amount) FROM payments"), 2000);
}

static void counted__adult_and_child_by_card__seven_keys(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    press("2", "2_");
    press("\r", "TOTAL   20.00");
    press("t", NULL);
    press("2", "TOTAL   16.50");
    press("\r", "CASH  16.50 exact");
    press("p", "take 16.50 by card");
    press("\r", "SOLD ");
    assert_int_equal(keys, 7);
    assert_int_equal(
        stage_number(&front.stage, "SELECT amount FROM payments WHERE tender = 'card'"), 1650);
}

static void counted__reservation_by_name__collected_in_eight_keys(void **state)
{
    (void)state;
    front_reserve(&front, "B3 B4");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    press("/", "FIND");
    press("ø", NULL);
    press("d", NULL);
    press("e", "1 found");
    press("\r", "collect by");
    press("p", "CASH  26.00 exact");
    press("\r", "SOLD ");
    assert_true(keys <= 8);
    assert_string_equal(front_state(&front, "B3"), "sold");
}

static void counted__one_seat_of_four__refunded_in_ten_keys(void **state)
{
    (void)state;
    front_sell(&front, "B3 B4 B5 B6");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    press("/", "FIND");
    press("ø", NULL);
    press("d", NULL);
    press("e", "1 found");
    press("\r", ">  B3");
    press("j", ">  B4");
    press(" ", ">x B4");
    press("f", "Refund B4: 13.00 cash");
    press("2", "1 seat given back, free again.  Refund 13.00 cash");
    assert_true(keys <= 10);
    assert_string_equal(front_state(&front, "B3"), "sold");
    assert_string_equal(front_state(&front, "B4"), "free");
    assert_int_equal(
        stage_number(&front.stage, "SELECT amount FROM payments WHERE kind = 'refund'"), 1300);
}

static void counted__one_seat_of_the_last_sale__five_keys(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "4\r\r\r");
    pty_wait_text(&one, "SOLD ");
    press("s", "LAST SALES of this till");
    press("\r", "RESERVATION  Ran");
    pty_wait_text(&one, "refunds all or what Space chose");
    press(" ", ">x C");
    press("f", "Refund C");
    press("1", "1 seat given back");
    assert_int_equal(keys, 5);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims WHERE state = 'sold'"),
                     3);
}

/* --- lapsed ---------------------------------------------------------------------------------- */

static void lapsed__found_by_name__b_takes_the_best_again(void **state)
{
    (void)state;
    front_reserve(&front, "B3 B4 B5");
    front_script(&front, "UPDATE reservations SET deadline = made_at");
    front_sell(&front, "B4");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/øde");
    pty_wait_text(&one, "2 found");
    pty_wait_text(&one, "lapsed");
    pty_type(&one, "\r");
    pty_wait_text(&one, "RESERVATION  Ran");
    if (pty_find(&one, "lapsed") < 0) { /* the sale stands first */
        pty_type(&one, "\033");
        pty_wait_text(&one, "2 found");
        pty_type(&one, "\033[B\r");
    }
    pty_wait_text(&one, "b reserves the best again for this name");
    pty_wait_text(&one, "Seats were: B3 B4 B5");
    pty_type(&one, "b");
    pty_wait_text(&one, "3 seats reserved again: ");
    pty_wait_text(&one, "reserved, collect by ");
    pty_wait_text(&one, "Ødegård, Kari");
    front_wait_number(&front, &one,
                      "SELECT count(*) FROM claims c JOIN reservations r ON r.id ="
                      " c.reservation_id WHERE c.state = 'reserved' AND r.name = 'Ødegård, Kari'",
                      3);
    assert_string_equal(front_state(&front, "B4"), "sold");
    pty_type(&one, "b");
    pty_wait_text(&one, "has not lapsed: its seats are not taken again");
}

static void lapsed__basket_not_empty__is_parked_first(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "B3 B4");
    char scanned[32];

    front_script(&front, "UPDATE reservations SET deadline = made_at");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "TOTAL   20.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    (void)snprintf(scanned, sizeof scanned, "/%s\r", made.code);
    pty_type(&one, scanned);
    pty_wait_text(&one, "b reserves the best again");
    pty_type(&one, "b");
    pty_wait_text(&one, "the basket is not empty: n parks it first");
}

/* --- last sales ------------------------------------------------------------------------------ */

static void sales__terminal_started_anew__still_knows_them(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_fini(&one);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "s");
    pty_wait_text(&one, "C4-5");
    pty_wait_text(&one, "paid cash 20.00");
}

static void tickets__terminal_started_anew__are_of_the_last_sale(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "i");
    pty_wait_text(&one, "nothing has been sold in this till yet");
    pty_wait_text(&one, "Starts");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_fini(&one);
    front_sell(&front, "B3"); /* elsewhere, and later */
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "i");
    pty_wait_text(&one, "C4");
    pty_wait_text(&one, "C5");
    assert_int_equal(pty_find(&one, "B3"), -1);
}

static void sales__x_y__voids_and_nothing_else_does(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "C4-5");
    pty_type(&one, "x");
    pty_wait_text(&one, "as a mistake: cash 20.00 back.");
    pty_type(&one, "\r");
    pty_wait_text(&one, "nothing was changed");
    assert_string_equal(front_state(&front, "C4"), "sold");
    pty_type(&one, "x");
    pty_wait_text(&one, "y yes, any other key no.");
    pty_type(&one, "y");
    pty_wait_text(&one, "is void: cash 20.00 back, 2 seats free again");
    pty_wait_text(&one, "all given back");
    assert_string_equal(front_state(&front, "C4"), "free");
    pty_type(&one, "x");
    pty_wait_text(&one, "is cancelled already");
    assert_int_equal(
        stage_number(&front.stage,
                     "SELECT count(DISTINCT reservation_id) FROM takings WHERE kind = 'void'"),
        1);
}

static void sales__p_digit__swaps_the_tender(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "C4-5");
    pty_type(&one, "p");
    pty_wait_text(&one, "was paid cash 20.00. Rather:");
    pty_type(&one, "2");
    pty_wait_text(&one, "20.00 is card now");
    pty_wait_text(&one, "paid card 20.00");
    pty_type(&one, "p");
    pty_wait_text(&one, "was paid card 20.00. Rather:");
    pty_type(&one, "2");
    pty_wait_text(&one, "nothing of it is paid with anything but card");
    assert_string_equal(front_state(&front, "C4"), "sold");
}

static void sales__burst_x_y__changes_nothing(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "sx");
    pty_wait_text(&one, "any other key no.");
    pty_type(&one, "\r\ryy");
    pty_quiet(&one, 200);
    assert_string_equal(front_state(&front, "C4"), "sold");
}

static void sales__40x12__list_and_question_fit(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 12, 40, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "C4-5");
    pty_type(&one, "p");
    pty_wait_text(&one, "1 cash  2 card  3 voucher");
    pty_resize(&one, 24, 80);
    pty_wait_text(&one, "any other key: no");
}

/* --- who may --------------------------------------------------------------------------------- */

/* Three sales of the open till were voided before: rows that no verb made. */
#define FILL_VOIDS                                                                            \
    "INSERT INTO takings (reservation_id, n, kind, till_id, show_id, type_id, seats, amount," \
    " tax_rate, tax, operator, taken_at) SELECT t.reservation_id, 1000, 'void', s.id,"        \
    " t.show_id, t.type_id, 1, 0, 0, 0, 1, s.opened_at FROM takings t, till_sessions s"       \
    " WHERE t.n = 1 AND s.state = 'open' AND s.drawer = 1 ORDER BY t.reservation_id LIMIT 3"

static bool fill_voids(struct sql *db, void *context)
{
    (void)context;
    return sql_run(db, FILL_VOIDS, NULL, 0) == 3;
}

static void sell_in_demo(void)
{
    stage_open(&demo, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
    pty_wait_text(&one, "paid cash");
    pty_type(&one, "x");
    pty_wait_text(&one, "y yes, any other key no.");
    pty_type(&one, "y");
}

static void fault_108__clerk_voids_for_the_fourth_time__a_supervisor_is_asked_for(void **state)
{
    (void)state;
    assert_int_equal(sql_tx(demo.db, fill_voids, NULL), SQL_OK);
    sell_in_demo();
    pty_wait_text(&one, "APPROVAL");
    pty_wait_text(&one, "voiding a sale needs a supervisor");
    assert_int_equal(stage_number(&demo, "SELECT count(*) FROM takings WHERE kind = 'void'"), 3);
    pty_type(&one, "2\t222222\r");
    pty_wait_text(&one, "all given back");
    assert_int_equal(stage_number(&demo, "SELECT count(*) FROM journal WHERE what = 'void'"
                                         " AND after LIKE '%\"approved_by\":2%'"),
                     2); /* the show's book and the till's */
}

static void reservation__made_by_staff__names_who(void **state)
{
    (void)state;
    stage_open(&demo, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s\r");
    pty_wait_text(&one, "RESERVATION ");
    pty_wait_text(&one, " on till-1, by 1 Mira");
}

static void void__fresh_in_the_open_till__clerk_alone(void **state)
{
    (void)state;
    sell_in_demo();
    pty_wait_text(&one, "is void: ");
    assert_int_equal(
        stage_number(&demo, "SELECT count(DISTINCT reservation_id) FROM takings WHERE kind = 'void'"
                            " AND till_id IS NOT NULL"),
        1);
}

#define AFTER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define DEMO(test)  cmocka_unit_test_setup_teardown(test, demo_setup, demo_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AFTER(counted__two_adults_cash_exact__four_keys),
        AFTER(counted__adult_and_child_by_card__seven_keys),
        AFTER(counted__reservation_by_name__collected_in_eight_keys),
        AFTER(counted__one_seat_of_four__refunded_in_ten_keys),
        AFTER(counted__one_seat_of_the_last_sale__five_keys),
        AFTER(lapsed__found_by_name__b_takes_the_best_again),
        AFTER(lapsed__basket_not_empty__is_parked_first),
        AFTER(sales__terminal_started_anew__still_knows_them),
        AFTER(tickets__terminal_started_anew__are_of_the_last_sale),
        AFTER(sales__x_y__voids_and_nothing_else_does),
        AFTER(sales__p_digit__swaps_the_tender),
        AFTER(sales__burst_x_y__changes_nothing),
        AFTER(sales__40x12__list_and_question_fit),
        DEMO(fault_108__clerk_voids_for_the_fourth_time__a_supervisor_is_asked_for),
        DEMO(reservation__made_by_staff__names_who),
        DEMO(void__fresh_in_the_open_till__clerk_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
