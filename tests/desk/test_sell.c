#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/tidy.h"
#include "tests/kit/counter.h"

static void sell__ordinary__seats_money_and_journal(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-2", "B4 B3");
    struct booking_reply sold;

    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.n, 2);
    assert_int_equal(sold.seats[0].n, box_seat(&c->box, c->hall, "B3").n);
    assert_int_equal(sold.total, 2000);
    assert_int_equal(sold.state, BOOKING_SOLD);
    assert_int_equal(strlen(sold.code), 6);
    assert_int_equal(sold.told.n, 1);
    assert_int_equal(sold.told.hints[0].kind, HINT_SEATS);
    assert_int_equal(sold.told.hints[0].rev, sold.rev);
    assert_string_equal(counter_state(c, "B3"), "sold");
    assert_int_equal(counter_number(c, "SELECT amount FROM payments WHERE tender = 'cash'"), 2000);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM journal WHERE what = 'sell'"), 1);
}

static void sell__types_and_zones__priced_each(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "A10 C8");
    struct booking_reply sold;

    sale.types[1].n = counter_number(c, "SELECT id FROM ticket_types WHERE digit = 2");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(counter_number(c,
                                    "SELECT amount FROM claims c JOIN seats s ON s.id = c.seat_id"
                                    " WHERE s.label = 'A10'"),
                     1000);
    assert_int_equal(sold.total - 1000,
                     counter_number(c, "SELECT amount FROM prices p JOIN ticket_types t"
                                       " ON t.id = p.type_id WHERE t.digit = 2"
                                       " AND p.zone = 'back'"));
}

static void sell__best__takes_a_block_and_pieces_when_it_must(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "");
    struct booking_reply sold;

    sale.best = 20;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.n, 20);
    sale = counter_book(c, NULL, "counter-1", "");
    sale.best = 9;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_SOLD_OUT);
    assert_string_equal(c->why.text, "8 seats are free, 9 were asked for");
    sale.best = 8;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    sale = counter_book(c, NULL, "counter-1", "");
    sale.best = 1;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_SOLD_OUT);
    assert_string_equal(c->why.text, "Ran is sold out");
}

static void expect_taken(struct counter *c, const char *seat, const char *text)
{
    struct book_request sale = counter_book(c, NULL, "counter-9", seat);
    struct booking_reply reply;
    int64_t rev = counter_number(c, "SELECT rev FROM shows");

    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_TAKEN);
    assert_string_equal(c->why.text, text);
    assert_int_equal(reply.told.n, 0);
    assert_int_equal(reply.reservation.n, 0);
    assert_string_equal(reply.code, "");
    assert_int_equal(counter_number(c, "SELECT rev FROM shows"), rev);
}

static void sell__loses_race__names_the_taker(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-2", "A4");
    struct hold_reply held;

    counter_sell(c, "A3");
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    counter_reserve(c, "A5");
    counter_script(c, "INSERT INTO claims (show_id, seat_id, state, since, reason)"
                      " SELECT sh.id, s.id, 'blocked', 0, 'broken' FROM shows sh, seats s"
                      " WHERE s.label = 'A6'");
    expect_taken(c, "A3", "A3 is sold (counter-1, 13:00)");
    expect_taken(c, "A4", "A4 is held by counter-2 until 13:03");
    expect_taken(c, "A5", "A5 is reserved (counter-1, 13:00)");
    expect_taken(c, "A6", "A6 is blocked: broken");
    /* The first in seat order is named, whatever the order of asking. */
    expect_taken(c, "B3 A6 A3", "A3 is sold (counter-1, 13:00)");
    c->box.unchecked = true; /* a blocked seat that no verb made */
}

static void sell__returned_and_offered__are_the_lists(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "A3 A4");
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .reservation = sold.reservation};
    struct booking_reply reply;

    counter_wait(c, "Kari", 2);
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &reply), RC_OK);
    expect_taken(c, "A3", "A3 is kept for the waiting list");
    counter_script(c, "UPDATE claims SET state = 'reserved', reservation_id = 1;"
                      "UPDATE reservations SET state = 'offered', deadline = 9000000000000;");
    expect_taken(c, "A4", "A4 is offered to the waiting list");
    c->box.unchecked = true; /* an offer that no verb made */
}

static void sell__some_taken__takes_none(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B5");
    expect_taken(c, "B3 B4 B5", "B5 is sold (counter-1, 13:00)");
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM reservations"), 1);
}

static void sell__own_basket__is_taken_over_with_its_types(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-2", "A3 A4");
    struct book_request sale = counter_book(c, "basket", "counter-2", "A3 A4 A5");
    struct hold_reply held;
    struct booking_reply sold;

    hold.type.n = counter_number(c, "SELECT id FROM ticket_types WHERE digit = 2");
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.total,
                     1000 + 2 * counter_number(c, "SELECT amount FROM prices p JOIN ticket_types t"
                                                  " ON t.id = p.type_id WHERE t.digit = 2"
                                                  " AND p.zone = 'stalls'"));
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims WHERE state = 'held'"), 0);
}

static void fault_051__hold_ends_while_paying__free_seats_are_sold(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-2", "A3 A4");
    struct book_request sale;
    struct hold_reply held;
    struct booking_reply sold;

    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    c->box.now += 20 * WHEN_MINUTE;
    sale = counter_book(c, "basket", "counter-2", "A3 A4");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
}

static void fault_051__hold_ends_while_paying__taken_seats_are_not(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-2", "A3 A4");
    struct book_request sale;
    struct hold_reply held;
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    c->box.now += 3 * WHEN_MINUTE;
    counter_sell(c, "A4");
    sale = counter_book(c, "basket", "counter-2", "A3 A4");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_TAKEN);
    assert_string_equal(c->why.text, "A4 is sold (counter-1, 13:03)");
}

static void fault_051__others_holds_ended_too__own_is_left_to_the_sale(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-2", "A3 A4");
    struct book_request sale;
    struct hold_reply held;
    struct booking_reply sold;

    counter_wait(c, "Kari", 2);
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    hold = counter_hold(c, "other", "counter-1", "A5");
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    c->box.now += 3 * WHEN_MINUTE;
    /* Tidying gives A5 to the list; A3 and A4 would be the list's too if they were not ours. */
    sale = counter_book(c, "basket", "counter-2", "A3 A4");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_string_equal(counter_state(c, "A5"), "returned");
    assert_int_equal(sold.told.n, 1);
    assert_int_equal(sold.told.hints[0].kind, HINT_RETURNED);
}

static void sell__other_total_than_shown__is_refused(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "A3");
    struct booking_reply reply;

    sale.expected = 900;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "the total is 10.00, not 9.00");
}

static void sell__mixed_tenders__change_from_cash(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "A3 A4");
    struct booking_reply sold;

    sale.n_tenders = 2;
    sale.tenders[0] = (struct tender){.kind = TENDER_VOUCHER, .amount = 500, .given = 0};
    sale.tenders[1] = (struct tender){.kind = TENDER_CASH, .amount = 1400, .given = 2000};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_REFUSED);
    assert_string_equal(c->why.text, "1.00 is missing");
    sale.tenders[1].amount = 1600;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_REFUSED);
    assert_string_equal(c->why.text, "1.00 is too much");
    sale.tenders[1].amount = 1500;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.change, 500);
}

static void fault_074__show_starts_in_mid_sale__rechecked(void **state)
{
    struct counter *c = *state;
    struct book_request sale;
    struct hold_request hold;
    struct hold_reply held;
    struct booking_reply reply;
    when_ms stop = COUNTER_STARTS + 20 * WHEN_MINUTE;

    c->box.now = stop - 1;
    counter_sell(c, "A3");
    hold = counter_hold(c, "basket", "counter-1", "A4 A5");
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    c->box.now = stop;
    sale = counter_book(c, NULL, "counter-1", "A6");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_TOO_LATE);
    assert_string_equal(c->why.text, "the sale of Ran ended at 17:20");
    hold = counter_hold(c, "basket", "counter-1", "A6");
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_TOO_LATE);
    /* What was held before the stop may be paid for five minutes more, and nothing with it. */
    sale = counter_book(c, "basket", "counter-1", "A4 A5 A6");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_TOO_LATE);
    c->box.now = stop + 5 * WHEN_MINUTE - 1;
    sale = counter_book(c, "basket", "counter-1", "A4");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    c->box.now++;
    sale = counter_book(c, "basket", "counter-1", "A5");
    (void)snprintf(sale.ask.key, sizeof sale.ask.key, "other");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_TOO_LATE);
}

static void fault_096__cancelled_show__is_not_sold(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "A3");
    struct hold_request hold = counter_hold(c, "basket", "counter-1", "A3");
    struct booking_reply reply;
    struct hold_reply held;

    counter_script(c, "UPDATE shows SET state = 'cancelled'");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_WRONG_STATE);
    assert_string_equal(c->why.text, "Ran, 17:00, is cancelled");
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_WRONG_STATE);
}

static void fault_090__no_such_number__is_refused(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "A3 A3");
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    assert_string_equal(c->why.text, "A3 is asked for twice");
    sale.n = 0;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale.n = -1;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale.n = SEATS_MAX + 1;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale.n = 1;
    sale.seats[0].n = 999999;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NOT_FOUND);
    sale.best = -3;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale.best = SEATS_MAX + 1;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale = counter_book(c, NULL, "counter-1", "A3");
    sale.show.n = 4711;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_NOT_FOUND);
    assert_string_equal(c->why.text, "there is no show 4711");
    sale = counter_book(c, NULL, "counter-1", "A3");
    sale.types[0].n = 77;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale = counter_book(c, NULL, "counter-1", "A3");
    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = 9, .amount = -1};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = -5, .given = 0};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    sale.n_tenders = TENDERS_MAX + 1;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM requests WHERE verb = 'sell'"), 0);
}

static void fault_088__metacharacters__are_only_a_name(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "A3");
    struct booking_reply sold;
    struct booking *read = NULL;

    (void)snprintf(sale.name, sizeof sale.name, "Robert'); DROP TABLE claims; --");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(booking_read(c->box.db, sold.reservation, c->box.now, &read, &c->why), RC_OK);
    assert_string_equal(read->name, "Robert'); DROP TABLE claims; --");
    free(read);
}

static void expect_bad(struct counter *c, const char *name, const char *phone, const char *note)
{
    struct book_request sale = counter_book(c, NULL, "counter-1", "A3");
    struct booking_reply reply;

    (void)snprintf(sale.name, sizeof sale.name, "%s", name);
    (void)snprintf(sale.phone, sizeof sale.phone, "%s", phone);
    (void)snprintf(sale.note, sizeof sale.note, "%s", note);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    assert_null(strstr(c->why.text, "4111"));
}

static void fault_093__card_number__is_refused_and_not_said(void **state)
{
    struct counter *c = *state;

    expect_bad(c, "Mira 4111 1111 1111 1111", "", "");
    expect_bad(c, "", "4111111111111111", "");
    expect_bad(c, "", "", "pays with 4111-1111-1111-1111");
    expect_bad(c, "a\x1b[31m", "", "");
    expect_bad(c, "\xff", "", "");
    expect_bad(c, "", "1a", "");
}

static void reserve__ordinary__has_a_deadline_and_no_payment(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3 B4");

    assert_int_equal(made.state, BOOKING_RESERVED);
    assert_int_equal(made.deadline, COUNTER_STARTS - 30 * WHEN_MINUTE);
    assert_string_equal(counter_state(c, "B4"), "reserved");
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM payments"), 0);
}

/* Fault 90: a number that no setting has would overflow on its way to a deadline. */
static void fault_090__collected_at_an_absurd_time__is_refused(void **state)
{
    static const int64_t absurd[] = {-1, 24 * 60 + 1, INT64_MAX, INT64_MIN};
    struct counter *c = *state;
    struct book_request wish = counter_book(c, NULL, "counter-1", "B3");
    struct booking_reply reply;

    snprintf(wish.name, sizeof wish.name, "Mira");
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; i++) {
        wish.collect_min = absurd[i];
        assert_int_equal(counter_do(c, &verb_reserve, &wish, &reply), RC_BAD_INPUT);
    }
    wish.collect_min = 24 * 60;
    assert_int_equal(counter_do(c, &verb_reserve, &wish, &reply), RC_OK);
}

static void reserve__without_a_name_or_after_the_start__is_refused(void **state)
{
    struct counter *c = *state;
    struct book_request wish = counter_book(c, NULL, "counter-1", "B3");
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_reserve, &wish, &reply), RC_BAD_INPUT);
    assert_string_equal(c->why.text, "a reservation needs a name");
    c->box.now = COUNTER_STARTS;
    wish = counter_book(c, NULL, "counter-1", "B3");
    (void)snprintf(wish.name, sizeof wish.name, "Mira");
    assert_int_equal(counter_do(c, &verb_reserve, &wish, &reply), RC_TOO_LATE);
}

static void codes__collide__the_next_derived_one(void **state)
{
    struct counter *c = *state;
    struct book_request first = counter_book(c, NULL, "counter-1", "B3");
    struct book_request second = counter_book(c, NULL, "counter-1", "B4");
    struct booking_reply a;
    struct booking_reply b;

    memcpy(second.ask.random, first.ask.random, sizeof second.ask.random);
    assert_int_equal(counter_do(c, &verb_sell, &first, &a), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, &second, &b), RC_OK);
    assert_string_not_equal(a.code, b.code);
    assert_int_equal(strspn(b.code, "34679CDFHJKMNPQRTVWXY"), 6);
}

int main(void)
{
#define SELL_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        SELL_TEST(sell__ordinary__seats_money_and_journal),
        SELL_TEST(sell__types_and_zones__priced_each),
        SELL_TEST(sell__best__takes_a_block_and_pieces_when_it_must),
        SELL_TEST(sell__loses_race__names_the_taker),
        SELL_TEST(sell__returned_and_offered__are_the_lists),
        SELL_TEST(sell__some_taken__takes_none),
        SELL_TEST(sell__own_basket__is_taken_over_with_its_types),
        SELL_TEST(fault_051__hold_ends_while_paying__free_seats_are_sold),
        SELL_TEST(fault_051__hold_ends_while_paying__taken_seats_are_not),
        SELL_TEST(fault_051__others_holds_ended_too__own_is_left_to_the_sale),
        SELL_TEST(sell__other_total_than_shown__is_refused),
        SELL_TEST(sell__mixed_tenders__change_from_cash),
        SELL_TEST(fault_074__show_starts_in_mid_sale__rechecked),
        SELL_TEST(fault_096__cancelled_show__is_not_sold),
        SELL_TEST(fault_090__no_such_number__is_refused),
        SELL_TEST(fault_088__metacharacters__are_only_a_name),
        SELL_TEST(fault_093__card_number__is_refused_and_not_said),
        SELL_TEST(reserve__ordinary__has_a_deadline_and_no_payment),
        SELL_TEST(fault_090__collected_at_an_absurd_time__is_refused),
        SELL_TEST(reserve__without_a_name_or_after_the_start__is_refused),
        SELL_TEST(codes__collide__the_next_derived_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
