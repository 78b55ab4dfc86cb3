/* Finding, reserving by name, a reservation: collected, cancelled whole and by seat. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/waiting.h"
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

static void want(const char *query)
{
    front_wait_number(&front, &one, query, 1);
}

/* As a scanner does it: the code and CR in one burst. */
static void scan(const char *code)
{
    char keys[32];

    (void)snprintf(keys, sizeof keys, "/%s\r", code);
    pty_type(&one, keys);
}

static void open_reservation(const char *code, int rows, int columns)
{
    front_open(&front, &one, "till-1", rows, columns, NULL);
    scan(code);
    pty_wait_text(&one, "RESERVATION ");
    pty_wait_text(&one, code);
}

/* --- find ------------------------------------------------------------------------------------ */

static void find__scanned_code__opens_at_once_and_keys_behind_it_are_kept(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "B3 B4");
    char keys[32];

    front_open(&front, &one, "till-1", 0, 0, NULL);
    (void)snprintf(keys, sizeof keys, "/%s\rp\r", made.code);
    pty_type(&one, keys);
    pty_wait_text(&one, "SOLD ");
    want("SELECT count(*) FROM reservations WHERE state = 'sold' AND name = 'Ødegård, Kari'");
}

static void find__typing__shows_hits_and_enter_opens_the_chosen(void **state)
{
    (void)state;
    front_reserve(&front, "B3 B4");
    front_sell(&front, "C1");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/øde");
    pty_wait_text(&one, "2 found");
    pty_wait_text(&one, "reserved");
    pty_wait_text(&one, "sold");
    pty_type(&one, "\033[B");
    pty_quiet(&one, 50);
    pty_type(&one, "\r");
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_type(&one, "\033");
    pty_wait_text(&one, "2 found");
    pty_type(&one, "\025ra");
    pty_wait_text(&one, "show   Small");
    pty_type(&one, "\r");
    pty_wait_text(&one, "S C R E E N");
}

static void find__seat__opens_who_sits_there(void **state)
{
    (void)state;
    front_reserve(&front, "B3 B4");
    front_sell(&front, "C1");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/");
    pty_wait_text(&one, "seat F12, sales of drawer 1 14:30");
    pty_type(&one, "b4");
    pty_wait_text(&one, "1 found");
    pty_type(&one, "\r");
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_wait_text(&one, "B3");
}

static void find__terminal__lists_its_sales(void **state)
{
    (void)state;
    front_sell(&front, "C1");
    front_sell(&front, "C2");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "/far-till");
    pty_wait_text(&one, "2 found");
    pty_wait_text(&one, " far-till  ");
}

static void find__early_enter_with_many__opens_none(void **state)
{
    (void)state;
    front_reserve(&front, "B3 B4");
    front_sell(&front, "C1");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/øde\r");
    pty_wait_text(&one, "2 found: choose with Up and Down");
    pty_type(&one, "zz\r");
    pty_wait_text(&one, "nothing is found by ødezz");
}

static void find__party__opens_its_list_on_it(void **state)
{
    struct entry_reply reply;
    struct wait_request first = {.show = front.show, .party = 2, .name = "Berg"};
    struct wait_request second = {.show = front.show, .party = 3, .name = "Σταύρου, Ελένη"};

    (void)state;
    front_configure(&front, "assigner = \"never\";"); /* it would be found by its offer as well */
    front_do(&front, &verb_wait, &first, &reply);
    front_do(&front, &verb_wait, &second, &reply);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/ΣΤΑΎ\r");
    pty_wait_text(&one, "WAITING  Ran");
    pty_wait_text(&one, "> 2    3  Σταύρου, Ελένη");
}

/* --- reserve --------------------------------------------------------------------------------- */

static void reserve__name__tells_code_and_deadline_then_today(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\rr");
    pty_wait_text(&one, "RESERVE  Ran");
    pty_wait_text(&one, "To be collected by ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "a name is wanted");
    pty_type(&one, "Hämäläinen, Väinö\t+358 9 1234 567\tfront row\r");
    pty_wait_text(&one, "Reserved for Hämäläinen, Väinö");
    pty_wait_text(&one, "Collect by ");
    want("SELECT count(*) FROM reservations WHERE state = 'reserved' AND note = 'front row'"
         " AND name = 'Hämäläinen, Väinö' AND phone = '+358 9 1234 567' AND total = 2000");
    want("SELECT count(DISTINCT reservation_id) FROM claims WHERE state = 'reserved'");
    pty_type(&one, "\r");
    pty_wait_text(&one, "BASKET empty");
}

static void reserve__card_number__is_refused_and_the_basket_kept(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\rr");
    pty_wait_text(&one, "RESERVE  Ran");
    pty_type(&one, "Berg\t\t4111 1111 1111 1111\r");
    pty_wait_text(&one, "card number");
    want("SELECT count(*) / 2 FROM claims WHERE state = 'held'");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM reservations"), 0);
}

/* --- a reservation --------------------------------------------------------------------------- */

static void reservation__opens__shows_everything(void **state)
{
    (void)state;
    struct booking_reply made = front_sell(&front, "B3 B4 C1");

    open_reservation(made.code, 0, 0);
    pty_wait_text(&one, "  sold");
    pty_wait_text(&one, "Name   Ødegård, Kari");
    pty_wait_text(&one, "Total  36.00, paid cash 36.00");
    pty_wait_text(&one, "on far-till, operator 7");
    pty_wait_text(&one, ">  B3             stalls        adult  13.00");
    pty_wait_text(&one, "   C1             back          adult  10.00");
}

static void reservation__collect__is_paid_in_cash(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "B3 B4");

    open_reservation(made.code, 0, 0);
    pty_wait_text(&one, "reserved, collect by ");
    pty_type(&one, "p");
    pty_wait_text(&one, "CASH  26.00 exact");
    pty_type(&one, "\r");
    want("SELECT count(*) FROM reservations WHERE state = 'sold'");
    pty_wait_text(&one, "RESERVATION  Ran");
    pty_wait_text(&one, "paid cash 26.00");
    pty_type(&one, "p");
    pty_wait_text(&one, "is paid: nothing to pay");
}

static void reservation__space_f_digit__refunds_one_seat_and_tells_it(void **state)
{
    (void)state;
    struct booking_reply made = front_sell(&front, "B3 B4 C1");

    open_reservation(made.code, 0, 0);
    pty_type(&one, "jj \033[H");
    pty_wait_text(&one, " x C1");
    pty_type(&one, "f");
    pty_wait_text(&one, "Refund C1: 10.00 cash.  Why?  the seat is free");
    pty_wait_text(&one, "1 mistake  2 customer cannot come  3 show changed  4 other: text");
    pty_type(&one, "\r");
    pty_wait_text(&one, "nothing was changed");
    assert_string_equal(front_state(&front, "C1"), "sold");
    pty_type(&one, "x");
    pty_wait_text(&one, "Refund C1");
    pty_type(&one, "2");
    pty_wait_text(&one, "1 seat given back, free again.  Refund 10.00 cash");
    assert_string_equal(front_state(&front, "C1"), "free");
    assert_string_equal(front_state(&front, "B3"), "sold");
    pty_wait_text(&one, "Total  26.00, paid 36.00 (cash 36.00), refunded 10.00");
    pty_wait_text(&one, "Were   C1");
    want("SELECT count(*) FROM payments WHERE reference = 'the customer cannot come'");
}

static void reservation__refund_for_another_reason__takes_a_text(void **state)
{
    (void)state;
    struct booking_reply made = front_sell(&front, "B3 B4");

    open_reservation(made.code, 0, 0);
    pty_type(&one, "f");
    pty_wait_text(&one, "4 other: text");
    pty_type(&one, "4");
    pty_wait_text(&one, " Why? ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "a reason is wanted");
    pty_type(&one, "fire alarm, 1 xy\r");
    pty_wait_text(&one, "2 seats given back");
    want("SELECT count(*) FROM payments WHERE reference = 'fire alarm, 1 xy' AND amount = 2600");
}

/* Cash that was called card and is cash after all: what goes back is what is left. */
static void reservation__paid_otherwise_twice__refunds_what_is_left(void **state)
{
    (void)state;
    struct booking_reply made = front_sell(&front, "B3 B4"), reply;
    struct swap_request request = {.reservation = made.reservation, .kind = TENDER_CARD};

    front_do(&front, &verb_swap, &request, &reply);
    request.kind = TENDER_CASH;
    front_do(&front, &verb_swap, &request, &reply);
    open_reservation(made.code, 0, 0);
    pty_type(&one, "f");
    pty_wait_text(&one, "Refund B3-4: 26.00 cash.  Why?");
    pty_type(&one, "1");
    pty_wait_text(&one, "2 seats given back, free again.  Refund 26.00 cash");
    want("SELECT CASE WHEN sum(CASE kind WHEN 'pay' THEN amount ELSE -amount END) = 0 THEN 1"
         " ELSE 0 END FROM payments WHERE tender = 'cash'");
}

static void reservation__refund_of_what_is_not_paid__is_told(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "B3 B4");

    open_reservation(made.code, 0, 0);
    pty_type(&one, "f");
    pty_wait_text(&one, "is reserved: nothing to refund");
    assert_string_equal(front_state(&front, "B3"), "reserved");
}

static void reservation__cancel_while_a_party_waits__keeps_the_seats(void **state)
{
    struct entry_reply reply;
    struct wait_request request = {.show = front.show, .party = 9, .name = "Berg"};

    (void)state;
    struct booking_reply made = front_reserve(&front, "B3 B4");
    front_do(&front, &verb_wait, &request, &reply);
    open_reservation(made.code, 0, 0);
    pty_type(&one, "x");
    pty_wait_text(&one, "Cancel B3-4: nothing to refund.");
    pty_wait_text(&one, "the seats are kept for the waiting list");
    pty_type(&one, "y");
    pty_wait_text(&one, "2 seats given back, kept for the waiting list.  Nothing to refund");
    want("SELECT count(*) FROM reservations WHERE state = 'cancelled'");
    pty_wait_text(&one, "Seats were: B3 B4");
    pty_type(&one, "x");
    pty_wait_text(&one, "is cancelled already");
}

static void reservation__burst_x_enter__cancels_nothing(void **state)
{
    (void)state;
    struct booking_reply made = front_sell(&front, "B3 B4");

    open_reservation(made.code, 0, 0);
    pty_type(&one, "x\r\r\r");
    pty_quiet(&one, 200);
    assert_string_equal(front_state(&front, "B3"), "sold");
    assert_int_equal(
        stage_number(&front.stage, "SELECT count(*) FROM payments WHERE kind = 'refund'"), 0);
}

static void reservation__changed_elsewhere__shows_it_without_a_key(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "B3 B4"), reply;
    struct cancel_request request = {.reservation = made.reservation};

    open_reservation(made.code, 0, 0);
    pty_wait_text(&one, "reserved, collect by ");
    front_do(&front, &verb_cancel, &request, &reply);
    pty_wait_text(&one, "Seats were: B3 B4");
}

static void reservation__40x12__long_labels_keep_row_and_number(void **state)
{
    (void)state;
    struct booking_reply made = front_reserve(&front, "C4 C5");

    front_script(&front,
                 "UPDATE seats SET label = 'Balcony/' || label WHERE label IN ('C4', 'C5')");
    open_reservation(made.code, 12, 40);
    pty_wait_text(&one, "Balc…/C4");
    pty_wait_text(&one, "Balc…/C5");
}

static void reservation__40x12__is_cancelled_there_as_well(void **state)
{
    (void)state;
    struct booking_reply made = front_sell(&front, "B3 B4");

    open_reservation(made.code, 12, 40);
    pty_wait_text(&one, ">  B3");
    pty_type(&one, "x");
    pty_wait_text(&one, "Refund B3-4: 26.00 cash");
    pty_wait_text(&one, "1 mistake 2 customer 3 show 4 other");
    pty_type(&one, "1");
    pty_wait_text(&one, "2 seats given back");
    assert_string_equal(front_state(&front, "B4"), "free");
}

#define BOOKED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOOKED(find__scanned_code__opens_at_once_and_keys_behind_it_are_kept),
        BOOKED(find__typing__shows_hits_and_enter_opens_the_chosen),
        BOOKED(find__seat__opens_who_sits_there),
        BOOKED(find__terminal__lists_its_sales),
        BOOKED(find__early_enter_with_many__opens_none),
        BOOKED(find__party__opens_its_list_on_it),
        BOOKED(reserve__name__tells_code_and_deadline_then_today),
        BOOKED(reserve__card_number__is_refused_and_the_basket_kept),
        BOOKED(reservation__opens__shows_everything),
        BOOKED(reservation__collect__is_paid_in_cash),
        BOOKED(reservation__space_f_digit__refunds_one_seat_and_tells_it),
        BOOKED(reservation__refund_for_another_reason__takes_a_text),
        BOOKED(reservation__paid_otherwise_twice__refunds_what_is_left),
        BOOKED(reservation__refund_of_what_is_not_paid__is_told),
        BOOKED(reservation__cancel_while_a_party_waits__keeps_the_seats),
        BOOKED(reservation__burst_x_enter__cancels_nothing),
        BOOKED(reservation__changed_elsewhere__shows_it_without_a_key),
        BOOKED(reservation__40x12__is_cancelled_there_as_well),
        BOOKED(reservation__40x12__long_labels_keep_row_and_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
