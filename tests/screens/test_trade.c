/* Exchanging seats on the screens: chosen on the reservation, taken in a hall, paid or given back;
 * Esc loses nothing, e leaves it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/tickets.h"
#include "tests/kit/front.h"
#include "tests/kit/later.h"

#define HELD "SELECT count(*) FROM claims WHERE state = 'held'"
#define SOLD "SELECT count(*) FROM claims WHERE state = 'sold'"

static struct front front;
static struct stage demo; /* with staff */
static struct later later;
static struct pty one, two;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    later_init(&later, front.stage.dir);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    if (two.vterm)
        pty_fini(&two);
    later_fini(&later);
    front_fini(&front);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Opens the reservation and presses e; the hall of its show comes. */
static void begin(const char *code, int rows, int columns)
{
    char keys[32];

    front_open(&front, &one, "till-1", rows, columns, NULL);
    (void)snprintf(keys, sizeof keys, "/%s\r", code);
    pty_type(&one, keys);
    pty_wait_text(&one, "RESERVATION ");
    pty_wait_text(&one, code);
    pty_type(&one, "e");
    pty_wait_text(&one, "EXCHANGE ");
}

static void exchange__dearer_seat__difference_is_paid_as_usual(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1 C2");

    begin(sold.code, 0, 0);
    pty_wait_text(&one, "EXCHANGE C1-2 of");
    pty_wait_text(&one, "Take the new seats here");
    front_go(&one, "B3");
    pty_type(&one, " ");
    pty_wait_text(&one, "1 of 2 taken");
    pty_type(&one, "\r");
    pty_wait_text(&one, "2 seats are given, so as many are taken: 1 so far");
    front_go(&one, "B4");
    pty_type(&one, " ");
    pty_wait_text(&one, "Enter: 6.00 to pay");
    pty_type(&one, "\r");
    pty_wait_text(&one, "in exchange  C1-2 of");
    pty_wait_text(&one, "TO PAY");
    pty_wait_text(&one, "CASH  6.00 exact");
    pty_type(&one, "10\r");
    pty_wait_text(&one, "EXCHANGED C1-2 of ");
    pty_wait_text(&one, " for B3-4  cash 6.00  CHANGE 4.00  Ran ");
    pty_wait_text(&one, "BASKET empty");
    assert_string_equal(front_state(&front, "C1"), "free");
    assert_string_equal(front_state(&front, "B4"), "sold");
    assert_int_equal(number(HELD), 0);
    assert_int_equal(number("SELECT count(*) FROM reservations"), 1);
}

static void exchange__one_seat_chosen__the_other_stays_and_money_goes_back(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "B3 B4");
    char keys[32];

    front_open(&front, &one, "till-1", 0, 0, NULL);
    (void)snprintf(keys, sizeof keys, "/%s\r", sold.code);
    pty_type(&one, keys);
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_type(&one, " ");
    pty_wait_text(&one, ">x B3");
    pty_type(&one, "e");
    pty_wait_text(&one, "EXCHANGE B3 of");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter: 3.00 back");
    pty_type(&one, "\r");
    pty_wait_text(&one, "GOES BACK");
    pty_wait_text(&one, "give back 3.00 cash");
    pty_type(&one, "\r");
    pty_wait_text(&one, "GIVE BACK 3.00 cash");
    assert_string_equal(front_state(&front, "B3"), "free");
    assert_string_equal(front_state(&front, "B4"), "sold");
    assert_int_equal(number("SELECT amount FROM payments WHERE kind = 'refund'"), 300);
}

static void exchange__for_another_show__pending_on_the_way_there(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1 C2");

    begin(sold.code, 0, 0);
    pty_wait_text(&one, "or Esc to another show");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_wait_text(&one, "EXCHANGE C1-2 of ");
    pty_wait_text(&one, "choose the new seats; e leaves it");
    pty_type(&one, "\033[C"); /* tomorrow */
    pty_wait_gone(&one, "TODAY ");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "EXCHANGE C1-2 of");
    pty_wait_text(&one, "Enter exchanges");
    pty_type(&one, "\r");
    pty_wait_text(&one, "NOTHING TO PAY");
    pty_type(&one, "\r");
    pty_wait_text(&one, "EXCHANGED C1-2 of ");
    assert_string_equal(front_state(&front, "C1"), "free");
    assert_int_equal(number(SOLD), 2);
    assert_int_equal(number("SELECT count(*) FROM reservations WHERE from_id IS NOT NULL AND"
                            " state = 'sold' AND total = 2000"),
                     1);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE carried = 0"), 1);
}

static void exchange__ticket_types__are_those_of_the_seats_given(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "TOTAL   20.00");
    pty_type(&one, "t2");
    pty_wait_text(&one, "TOTAL   16.50");
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
    pty_type(&one, "\r");
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_type(&one, "e");
    pty_wait_text(&one, "Take the new seats here");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "1 adult     13.00");
    pty_wait_text(&one, "2 child      8.50");
    pty_wait_text(&one, "Enter: 5.00 to pay");
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "EXCHANGED ");
    assert_int_equal(number("SELECT count(*) FROM claims WHERE amount = 850"), 1);
}

static void exchange__from_the_last_sales__opens_the_hall(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "paid cash");
    pty_type(&one, "e");
    pty_wait_text(&one, "EXCHANGE C4-5 of");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
    pty_type(&one, "e"); /* it is under way: left */
    pty_wait_text(&one, "the exchange is left: ");
}

static void exchange__esc_from_the_payment__loses_nothing(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 0, 0);
    front_go(&one, "B3");
    pty_type(&one, " \r");
    pty_wait_text(&one, "TO PAY");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Enter: 3.00 to pay");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    assert_int_equal(number(HELD), 1);
    pty_type(&one, "e"); /* again: it is left, and what was taken is given back */
    pty_wait_text(&one, "the exchange is left: ");
    front_wait_number(&front, &one, HELD, 0);
    assert_string_equal(front_state(&front, "C1"), "sold");
    pty_wait_text(&one, "BASKET empty");
}

static void exchange__next_customer_before_any_seat__leaves_it(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 0, 0);
    pty_type(&one, "n");
    pty_wait_text(&one, "the exchange is left: ");
    pty_wait_text(&one, "Starts");
    pty_wait_text(&one, "BASKET empty");
    assert_string_equal(front_state(&front, "C1"), "sold");
}

static void exchange__not_paid_yet__nothing_is_paid(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "C1");

    begin(made.code, 0, 0);
    front_go(&one, "B3");
    pty_type(&one, " ");
    pty_wait_text(&one, "Enter exchanges");
    pty_type(&one, "\r");
    pty_wait_text(&one, "It is not paid yet.");
    pty_type(&one, "\r");
    pty_wait_text(&one, "EXCHANGED C1 of ");
    assert_string_equal(front_state(&front, "B3"), "reserved");
    assert_int_equal(number("SELECT count(*) FROM payments"), 0);
}

static void exchange__next_customer__parks_and_ends_it(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 0, 0);
    pty_type(&one, "g");
    pty_wait_text(&one, "nothing is parked");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter exchanges");
    pty_type(&one, "r");
    pty_wait_text(&one, "an exchange is under way");
    pty_type(&one, "n");
    pty_wait_text(&one, "parked for 10 min");
    pty_wait_gone(&one, "EXCHANGE");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter pays it");
}

static void exchange__basket_not_empty__is_parked_first(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");
    char keys[32];

    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter pays it");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    (void)snprintf(keys, sizeof keys, "/%s\r", sold.code);
    pty_type(&one, keys);
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_type(&one, "e");
    pty_wait_text(&one, "the basket is not empty: n parks it first");
    pty_type(&one, "x");
    pty_wait_text(&one, "Why?");
}

static void exchange__nobody_goes_on__is_not_the_next_customers(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 0, 0);
    pty_type(&one, "\033");
    pty_wait_text(&one, "EXCHANGE C1 of ");
    pty_type(&one, "/");
    pty_wait_text(&one, "Find:");
    later_pass(&later, 176000);
    pty_type(&one, "\033");
    pty_wait_text(&one, "EXCHANGE C1 of ");
    later_pass(&later, 5000);
    pty_wait_text(&one, "nobody went on with the exchange");
    pty_wait_text(&one, "BASKET empty");
}

static void exchange__new_seats_run_out__says_so_and_goes_on(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 0, 0);
    front_go(&one, "B3");
    pty_type(&one, " ");
    pty_wait_text(&one, "Enter EXCHANGE");
    later_pass(&later, 200000);
    front_script(&front, "DELETE FROM claims WHERE state = 'held'"); /* as another tidies it */
    pty_type(&one, "l");
    pty_wait_text(&one, "the basket has run out, its seats were given back");
    later_pass(&later, 5000);
    pty_quiet(&one, 300);
    assert_true(pty_find(&one, "the basket has run out, its seats were given back") >= 0);
    assert_true(pty_find(&one, "EXCHANGE C1 of") >= 0);
}

static void exchange__seat_taken_elsewhere__names_the_taker(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 0, 0);
    front_hold(&front, "B3");
    front_go(&one, "B3");
    pty_type(&one, " ");
    pty_wait_text(&one, "B3 is held by far-till");
    assert_string_equal(front_state(&front, "C1"), "sold");
}

static void exchange__small_glass__says_what_is_exchanged(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    begin(sold.code, 12, 40);
    pty_wait_text(&one, "EXCHANGE C1 of ");
    pty_type(&one, "b"); /* as many as are given */
    pty_wait_text(&one, "Enter EXCHANGE");
    pty_type(&one, "\r");
    pty_wait_text(&one, "NOTHING TO PAY");
    pty_type(&one, "\r");
    pty_wait_text(&one, "EXCHANGED C1 of ");
}

static void exchange__seen_by_another_terminal__both_maps_agree(void **state)
{
    (void)state;
    struct booking_reply sold = front_sell(&front, "C1");

    front_open_hall(&front, &two, "till-2");
    front_go(&two, "C1");
    pty_wait_text(&two, "C1 sold");
    begin(sold.code, 43, 132);
    front_go(&one, "B3");
    pty_type(&one, " ");
    pty_wait_text(&one, "Enter: 3.00 to pay");
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "EXCHANGED C1 of ");
    pty_wait_text(&two, "C1 free");
}

/* --- who may --------------------------------------------------------------------------------- */

static int demo_setup(void **state)
{
    (void)state;
    stage_init(&demo);
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

/* The sale made last is let in at the door. */
static void let_in(void)
{
    struct check_in_request come = {.serial = 0};
    struct check_in_reply reply;
    struct fault why = {0};
    struct sql_statement *row =
        sql_ask(demo.db, "SELECT code FROM reservations ORDER BY id DESC LIMIT 1", NULL, 0);

    assert_true(sql_row(row));
    (void)snprintf(come.code, sizeof come.code, "%s", sql_text(row, 0));
    sql_done(row);
    verb_ask(&come.ask, demo.db, NULL, "door", 1);
    if (verb_do(demo.db, &verb_check_in, &come, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
}

static void exchange__used_at_the_door__a_supervisor_is_asked_for_on_the_spot(void **state)
{
    (void)state;
    stage_open(&demo, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    let_in();
    pty_type(&one, "s");
    pty_wait_text(&one, "paid cash");
    pty_type(&one, "\r");
    pty_wait_text(&one, "RESERVATION ");
    pty_type(&one, "e");
    pty_wait_text(&one, "EXCHANGE ");
    pty_type(&one, "b\r");
    pty_wait_text(&one, "NOTHING TO PAY");
    pty_type(&one, "\r");
    pty_wait_text(&one, "APPROVAL");
    pty_wait_text(&one, "taking back what was used at the door");
    assert_int_equal(stage_number(&demo, "SELECT count(*) FROM tickets WHERE state = 'used'"), 2);
    pty_type(&one, "2\t222222\r");
    pty_wait_text(&one, "EXCHANGED ");
    assert_int_equal(stage_number(&demo, "SELECT count(*) FROM tickets WHERE state = 'used'"), 0);
    assert_int_equal(stage_number(&demo, "SELECT count(*) FROM journal WHERE what = 'exchange'"
                                         " AND after LIKE '%\"approved_by\":2%'"),
                     2); /* the show's book and the till's */
}

/* Who signs in over a lock begins with a basket, and nothing to exchange, of their own. */
static void exchange__another_one_signs_in__ends_it(void **state)
{
    (void)state;
    stage_open(&demo, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "se");
    pty_wait_text(&one, "EXCHANGE ");
    pty_type(&one, "q");
    pty_wait_text(&one, "LOCKED");
    pty_type(&one, "\033[Z\0252\t\025222222\r"); /* Shift-Tab, Ctrl-U: another number */
    pty_wait_text(&one, "Tom");
    pty_wait_text(&one, "BASKET empty");
    assert_int_equal(pty_find(&one, "EXCHANGE"), -1);
}

int main(void)
{
#define TRADE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TRADE(exchange__dearer_seat__difference_is_paid_as_usual),
        TRADE(exchange__one_seat_chosen__the_other_stays_and_money_goes_back),
        TRADE(exchange__for_another_show__pending_on_the_way_there),
        TRADE(exchange__ticket_types__are_those_of_the_seats_given),
        TRADE(exchange__from_the_last_sales__opens_the_hall),
        TRADE(exchange__esc_from_the_payment__loses_nothing),
        TRADE(exchange__next_customer_before_any_seat__leaves_it),
        TRADE(exchange__not_paid_yet__nothing_is_paid),
        TRADE(exchange__next_customer__parks_and_ends_it),
        TRADE(exchange__basket_not_empty__is_parked_first),
        TRADE(exchange__nobody_goes_on__is_not_the_next_customers),
        TRADE(exchange__new_seats_run_out__says_so_and_goes_on),
        TRADE(exchange__seat_taken_elsewhere__names_the_taker),
        TRADE(exchange__small_glass__says_what_is_exchanged),
        TRADE(exchange__seen_by_another_terminal__both_maps_agree),
        cmocka_unit_test_setup_teardown(exchange__another_one_signs_in__ends_it, demo_setup,
                                        demo_teardown),
        cmocka_unit_test_setup_teardown(
            exchange__used_at_the_door__a_supervisor_is_asked_for_on_the_spot, demo_setup,
            demo_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
