#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/tidy.h"
#include "tests/kit/counter.h"

static enum rc cancel(struct counter *c, reservation_id reservation, const char *seats,
                      struct booking_reply *reply)
{
    struct cancel_request request = {.ask = counter_ask(c, NULL, "counter-3"),
                                     .reservation = reservation};

    request.n = counter_seats(c, seats, request.seats);
    return counter_do(c, &verb_cancel, &request, reply);
}

static enum rc pay(struct counter *c, reservation_id reservation, struct booking_reply *reply)
{
    struct pay_request request = {
        .ask = counter_ask(c, NULL, "counter-3"), .reservation = reservation, .expected = -1};

    return counter_do(c, &verb_pay, &request, reply);
}

static struct booking *read(struct counter *c, reservation_id reservation)
{
    struct booking *booking = NULL;

    assert_int_equal(booking_read(c->box.db, reservation, c->box.now, &booking, &c->why), RC_OK);
    return booking;
}

static void cancel__whole__refunds_and_frees(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct booking_reply reply;
    struct booking *booking;

    assert_int_equal(cancel(c, sold.reservation, "", &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_CANCELLED);
    assert_int_equal(reply.refunded, 2000);
    assert_int_equal(reply.given_back, 2);
    assert_int_equal(reply.for_the_list, 0);
    assert_int_equal(reply.total, 0);
    assert_int_equal(reply.told.hints[0].kind, HINT_SEATS);
    assert_string_equal(counter_state(c, "B3"), "free");
    booking = read(c, sold.reservation);
    assert_string_equal(booking->seats_were, "B3 B4");
    assert_int_equal(booking->paid, 2000);
    assert_int_equal(booking->refunded, 2000);
    free(booking);
}

static void cancel__by_seat__keeps_the_rest(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4 C1");
    struct booking_reply reply;

    assert_int_equal(cancel(c, sold.reservation, "C1", &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_SOLD);
    assert_int_equal(reply.refunded, 1300);
    assert_int_equal(reply.total, 2000);
    assert_int_equal(reply.n, 2);
    assert_int_equal(cancel(c, sold.reservation, "C1", &reply), RC_NOT_FOUND);
    assert_non_null(strstr(c->why.text, "has no seat C1"));
    assert_int_equal(cancel(c, sold.reservation, "B3 B4", &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_CANCELLED);
}

static void cancel__while_people_wait__keeps_the_seats_for_them(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct booking_reply reply;

    counter_wait(c, "Kari", 2);
    assert_int_equal(cancel(c, sold.reservation, "", &reply), RC_OK);
    assert_int_equal(reply.for_the_list, 2);
    assert_int_equal(reply.told.hints[0].kind, HINT_RETURNED);
    assert_string_equal(counter_state(c, "B3"), "returned");
}

static void fault_095__second_refund__is_refused(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    struct booking_reply reply;

    assert_int_equal(cancel(c, sold.reservation, "", &reply), RC_OK);
    assert_int_equal(cancel(c, sold.reservation, "", &reply), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "was cancelled"));
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM payments WHERE kind = 'refund'"), 1);
}

static void cancel__key_again__refunds_once(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct cancel_request request = {
        .ask = counter_ask(c, "once", "counter-3"), .reservation = sold.reservation, .n = 1};
    struct booking_reply first;
    struct booking_reply again;

    request.seats[0] = sold.seats[0];
    assert_int_equal(counter_do(c, &verb_cancel, &request, &first), RC_OK);
    assert_int_equal(counter_do(c, &verb_cancel, &request, &again), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_int_equal(again.refunded, 1000);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM payments WHERE kind = 'refund'"), 1);
    request.n = 0;
    assert_int_equal(counter_do(c, &verb_cancel, &request, &again), RC_KEY_REUSED);
}

static void pay__key_again__is_paid_once(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3");
    struct pay_request request = {.ask = counter_ask(c, "once", "counter-3"),
                                  .reservation = made.reservation,
                                  .expected = -1};
    struct booking_reply reply;

    for (int i = 0; i < 2; i++) {
        assert_int_equal(counter_do(c, &verb_pay, &request, &reply), RC_OK);
        assert_int_equal(reply.told.replayed, i);
    }
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM payments"), 1);
}

static void cancel__mixed_tenders__each_gets_its_own_back(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3 B4");
    struct booking_reply sold;
    struct booking_reply reply;
    struct booking *booking;

    sale.n_tenders = 2;
    sale.tenders[0] = (struct tender){.kind = TENDER_VOUCHER, .amount = 500, .given = 0};
    sale.tenders[1] = (struct tender){.kind = TENDER_CARD, .amount = 1500, .given = 0};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    booking = read(c, sold.reservation);
    assert_string_equal(booking->tenders, "voucher 5.00, card 15.00");
    free(booking);
    assert_int_equal(cancel(c, sold.reservation, "B3", &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT SUM(amount) FROM payments WHERE kind = 'refund'"
                                       " AND tender = 'voucher'"),
                     500);
    booking = read(c, sold.reservation);
    assert_int_equal(booking->n_left, 1);
    assert_int_equal(booking->left[0].kind, TENDER_CARD);
    assert_int_equal(booking->left[0].sum, 1000);
    free(booking);
    assert_int_equal(cancel(c, sold.reservation, "B4", &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT SUM(amount) FROM payments WHERE kind = 'refund'"
                                       " AND tender = 'card'"),
                     1500);
}

static void cancel__after_the_end__is_too_late(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    struct booking_reply reply;

    c->box.now = COUNTER_STARTS + 2 * WHEN_HOUR;
    assert_int_equal(cancel(c, sold.reservation, "", &reply), RC_TOO_LATE);
    assert_non_null(strstr(c->why.text, "Ran ended at 19:00"));
    c->box.now--;
    assert_int_equal(cancel(c, sold.reservation, "", &reply), RC_OK);
}

static void cancel__unknown_or_offered__is_refused(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3");
    struct booking_reply reply;

    assert_int_equal(cancel(c, (reservation_id){99}, "", &reply), RC_NOT_FOUND);
    counter_script(c, "UPDATE reservations SET state = 'offered'");
    assert_int_equal(cancel(c, made.reservation, "", &reply), RC_WRONG_STATE);
    assert_int_equal(pay(c, made.reservation, &reply), RC_WRONG_STATE);
    c->box.unchecked = true; /* an offer that no verb made */
}

static void pay__reserved__is_sold(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3 C1");
    struct booking_reply paid;

    assert_int_equal(pay(c, made.reservation, &paid), RC_OK);
    assert_int_equal(paid.state, BOOKING_SOLD);
    assert_int_equal(paid.total, 2300);
    assert_int_equal(paid.deadline, 0);
    assert_int_equal(paid.n, 2);
    assert_string_equal(counter_state(c, "C1"), "sold");
    assert_int_equal(pay(c, made.reservation, &paid), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "is paid already"));
}

static void pay__past_its_deadline__has_lapsed(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3");
    struct booking_reply reply;
    struct booking *booking;

    c->box.now = made.deadline;
    booking = read(c, made.reservation);
    assert_int_equal(booking->state, BOOKING_LAPSED);
    assert_int_equal(booking->n, 0);
    assert_string_equal(booking->seats_were, "B3");
    free(booking);
    assert_int_equal(pay(c, made.reservation, &reply), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "has lapsed"));
    assert_string_equal(counter_state(c, "B3"), "free");
    booking = read(c, made.reservation);
    assert_int_equal(booking->state, BOOKING_LAPSED);
    assert_string_equal(booking->seats_were, "B3");
    free(booking);
}

/* Twenty of the longest labels: who asks later is told of each seat. */
static void cancel__long_labels__all_are_remembered(void **state)
{
    struct counter *c = *state;
    hall_id hall = box_hall(&c->box, "@hall Palace\n@block Duchess of Marlborough Left\n"
                                     "A\toooooooooooooooooooo\n"
                                     "@block Duchess of Marlborough West\nA\to\n");
    show_id show = box_show(&c->box, hall, "Ran", COUNTER_STARTS);
    struct book_request wish = {.ask = counter_ask(c, NULL, "counter-1"),
                                .show = show,
                                .best = 20,
                                .expected = -1,
                                .name = "Mira"};
    struct booking_reply made;
    struct booking *seen, *tidied;
    struct told told;

    assert_int_equal(counter_do(c, &verb_reserve, &wish, &made), RC_OK);
    c->box.now = made.deadline;
    seen = read(c, made.reservation);
    assert_int_equal(strlen(seen->seats_were), 20 * 30 + 11 + 19);
    wish.ask.now = c->box.now;
    told = (struct told){0};
    assert_int_equal(tidy_show(c->box.db, show, &wish.ask, &told, &c->why), RC_OK);
    tidied = read(c, made.reservation);
    assert_string_equal(tidied->seats_were, seen->seats_were);
    free(tidied);
    free(seen);
}

static void pay__too_little_or_another_total__leaves_it_reserved(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3");
    struct pay_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .reservation = made.reservation, .expected = 900};
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_pay, &request, &reply), RC_REFUSED);
    request.expected = -1;
    request.n_tenders = 1;
    request.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = 1000, .given = 500};
    assert_int_equal(counter_do(c, &verb_pay, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "5.00 is missing");
    assert_string_equal(counter_state(c, "B3"), "reserved");
    request.tenders[0].given = 5000;
    assert_int_equal(counter_do(c, &verb_pay, &request, &reply), RC_OK);
    assert_int_equal(reply.change, 4000);
}

static void booking__by_code__case_and_blanks_ignored(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    char typed[16] = " ";
    reservation_id id;

    for (int i = 0; i < 6; i++) {
        char letter = sold.code[i];

        typed[i + (i < 3 ? 1 : 2)] =
            letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
    }
    typed[4] = ' ';
    assert_int_equal(booking_by_code(c->box.db, typed, &id, &c->why), RC_OK);
    assert_int_equal(id.n, sold.reservation.n);
    assert_int_equal(booking_by_code(c->box.db, "NOSUCH", &id, &c->why), RC_NOT_FOUND);
    assert_string_equal(c->why.text, "there is no reservation NOSUCH");
    assert_int_equal(booking_by_code(c->box.db, "much too long to be one", &id, &c->why),
                     RC_NOT_FOUND);
    assert_int_equal(booking_by_code(c->box.db, "", &id, &c->why), RC_NOT_FOUND);
}

static void booking__read__says_everything(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-2", "B3");
    struct booking_reply sold;
    struct booking *b;

    (void)snprintf(sale.name, sizeof sale.name, "  Ødegård,   Kari ");
    (void)snprintf(sale.phone, sizeof sale.phone, "+47 55 01 12 12");
    (void)snprintf(sale.note, sizeof sale.note, "brings a dog");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    b = read(c, sold.reservation);
    assert_string_equal(b->name, "Ødegård, Kari");
    assert_string_equal(b->phone, "+47 55 01 12 12");
    assert_string_equal(b->note, "brings a dog");
    assert_string_equal(b->title, "Ran");
    assert_string_equal(b->hall, "Small");
    assert_string_equal(b->terminal, "counter-2");
    assert_string_equal(b->tenders, "cash 10.00");
    assert_string_equal(b->seats[0].label, "B3");
    assert_string_equal(b->seats[0].zone, "stalls");
    assert_int_equal(b->made_at, BOX_NOW);
    free(b);
    assert_int_equal(counter_number(c, "SELECT phone_tail FROM reservations"), 1212);
    assert_int_equal(booking_read(c->box.db, (reservation_id){99}, BOX_NOW, &b, &c->why),
                     RC_NOT_FOUND);
    assert_null(b);
}

int main(void)
{
#define CANCEL_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        CANCEL_TEST(cancel__whole__refunds_and_frees),
        CANCEL_TEST(cancel__by_seat__keeps_the_rest),
        CANCEL_TEST(cancel__while_people_wait__keeps_the_seats_for_them),
        CANCEL_TEST(fault_095__second_refund__is_refused),
        CANCEL_TEST(cancel__key_again__refunds_once),
        CANCEL_TEST(pay__key_again__is_paid_once),
        CANCEL_TEST(cancel__mixed_tenders__each_gets_its_own_back),
        CANCEL_TEST(cancel__after_the_end__is_too_late),
        CANCEL_TEST(cancel__unknown_or_offered__is_refused),
        CANCEL_TEST(pay__reserved__is_sold),
        CANCEL_TEST(pay__past_its_deadline__has_lapsed),
        CANCEL_TEST(cancel__long_labels__all_are_remembered),
        CANCEL_TEST(pay__too_little_or_another_total__leaves_it_reserved),
        CANCEL_TEST(booking__by_code__case_and_blanks_ignored),
        CANCEL_TEST(booking__read__says_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
