/* A basket of several shows, sold at once: one reservation a show, one key, one bill. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/basket_sale.h"
#include "core/desk/check.h"
#include "core/desk/till.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

enum { SELLERS = 6 };

static show_id other; /* Stalker, eight hours after BOX_NOW, 10.00 everywhere */

static int setup(void **state)
{
    struct counter *c;

    if (counter_setup(state) != 0)
        return -1;
    c = *state;
    other = box_show(&c->box, c->hall, "Stalker", BOX_NOW + 8 * WHEN_HOUR);
    return 0;
}

static void add(struct counter *c, struct basket_request *request, show_id show, const char *seats)
{
    seat_id ids[SEATS_MAX];
    int32_t n = counter_seats(c, seats, ids);

    for (int32_t i = 0; i < n; i++) {
        request->shows[request->n] = show;
        request->seats[request->n++] = ids[i];
    }
}

static void hold(struct counter *c, const char *key, show_id show, const char *seats)
{
    struct hold_request request = counter_hold(c, key, "counter-1", seats);
    struct hold_reply reply;

    request.show = show;
    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
}

/* B3 and B4 of the counter's show, C1 of the other: 20.00 and 10.00. */
static struct basket_request basket(struct counter *c, const char *key)
{
    struct basket_request request = {.ask = counter_ask(c, key, "counter-1"), .expected = -1};

    add(c, &request, other, "C1");
    add(c, &request, c->show, "B3 B4");
    return request;
}

static void sell_basket__two_shows__a_reservation_each_under_one_key(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    hold(c, "one", c->show, "B3 B4");
    hold(c, "one", other, "C1");
    request.expected = 3000;
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_OK);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.total, 3000);
    assert_int_equal(reply.parts[0].show.n, c->show.n);
    assert_int_equal(reply.parts[0].n, 2);
    assert_int_equal(reply.parts[0].total, 2000);
    assert_int_equal(reply.parts[1].show.n, other.n);
    assert_int_equal(reply.parts[1].total, 1000);
    assert_string_not_equal(reply.parts[0].code, reply.parts[1].code);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations WHERE key = 'one'"
                                       " AND state = 'sold'"),
                     2);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE state = 'sold'"), 3);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'sell'"), 2);
    assert_int_equal(reply.told.n, 2);
}

static void sell_basket__same_key_again__is_the_first_answer(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply first, again;

    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &first), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &again), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_string_equal(again.parts[1].code, first.parts[1].code);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations"), 2);
}

static void sell_basket__one_seat_taken__sells_none(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    hold(c, "two", other, "C1");
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_TAKEN);
    assert_non_null(strstr(c->why.text, "C1 is held by counter-1"));
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations"), 0);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 0);
    assert_string_equal(counter_state(c, "B3"), "free");
}

static void sell_basket__another_total__is_refused_with_both(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    request.expected = 2900;
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "the total is 30.00, not 29.00");
}

static void sell_basket__one_show_over__sells_none(void **state)
{
    struct counter *c = *state;
    struct basket_request request;
    struct basket_reply reply;

    c->box.now = COUNTER_STARTS + WHEN_HOUR;
    request = basket(c, "one");
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_TOO_LATE);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations"), 0);
}

static void sell_basket__tenders__are_shared_out_to_the_cent(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    request.n_tenders = 2;
    request.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = 1234};
    request.tenders[1] = (struct tender){.kind = TENDER_CASH, .amount = 1766, .given = 2000};
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_OK);
    assert_int_equal(reply.change, 234);
    assert_int_equal(reply.parts[0].change, 0);
    assert_int_equal(reply.parts[1].change, 234);
    assert_int_equal(counter_number(c, "SELECT sum(amount) FROM payments WHERE tender = 'card'"),
                     1234);
    assert_int_equal(counter_number(c, "SELECT sum(amount) FROM payments WHERE tender = 'cash'"),
                     1766);
    assert_int_equal(counter_number(c, "SELECT sum(given) FROM payments"), 2000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 3);
}

static void sell_basket__missing_money__is_said(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    request.n_tenders = 1;
    request.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = 2000};
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "10.00 is missing");
}

static void sell_basket__nothing_or_too_much__is_refused(void **state)
{
    struct counter *c = *state;
    struct basket_request request = {.ask = counter_ask(c, "one", "counter-1"), .expected = -1};
    struct basket_reply reply;

    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_BAD_INPUT);
    request.n = SEATS_MAX + 1;
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_BAD_INPUT);
    request.n = BASKET_SHOWS + 1;
    for (int32_t i = 0; i < request.n; i++)
        request.shows[i].n = i + 1;
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_BAD_INPUT);
}

static void sell_basket__a_part_cancelled__refunds_that_part_alone(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;
    struct booking_reply cancelled;

    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_OK);
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .reservation = reply.parts[0].reservation};
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &cancelled), RC_OK);
    assert_int_equal(cancelled.refunded, 2000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE state = 'sold'"), 1);
}

/* `check` allows it to this verb alone, and to one reservation a show. */
static void sell_basket__one_key_otherwise__is_found_by_check(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;
    struct check_result result;
    struct fault why;

    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_OK);
    box_check(&c->box);
    counter_script(c, "UPDATE requests SET verb = 'sell'");
    c->box.unchecked = true;
    assert_int_equal(check_run(c->box.db, &result, &why), RC_OK);
    assert_int_equal(result.broken, 1);
    assert_int_equal(result.rows[2].number, 3);
    assert_false(result.rows[2].holds);
}

/* A ninth show does not go into a basket, since it could not be sold with the others. */
static void hold__nine_shows__are_too_many_for_a_basket(void **state)
{
    struct counter *c = *state;
    struct hold_request request = counter_hold(c, "one", "counter-1", "B3");
    struct hold_reply reply;

    for (int i = 0; i <= BASKET_SHOWS; i++) {
        char title[24];
        (void)snprintf(title, sizeof title, "Show %d", i);
        request.show = box_show(&c->box, c->hall, title, BOX_NOW + (12 + 4 * i) * WHEN_HOUR);
        assert_int_equal(counter_do(c, &verb_hold, &request, &reply),
                         i < BASKET_SHOWS ? RC_OK : RC_REFUSED);
    }
    assert_string_equal(c->why.text, "a basket holds seats of at most 8 shows");
}

static till_id open_till(struct counter *c)
{
    struct till_open_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .drawer = 1, .opening = 1000};
    struct till_reply reply;

    assert_int_equal(counter_do(c, &verb_till_open, &request, &reply), RC_OK);
    return reply.till;
}

static void close_till(struct counter *c, till_id till, money counted)
{
    struct till_count_request count = {
        .ask = counter_ask(c, NULL, "counter-1"), .till = till, .n = 1};
    struct till_close_request close = {.ask = counter_ask(c, NULL, "counter-1"), .till = till};
    struct till_reply reply;

    count.pieces[0] = (struct cash_pieces){1, counted};
    assert_int_equal(counter_do(c, &verb_till_count, &count, &reply), RC_OK);
    assert_int_equal(reply.expected, counted);
    assert_int_equal(counter_do(c, &verb_till_close, &close, &reply), RC_OK);
}

/* 20.06 and 10.03 make 30.09, in cash 30.10: 20.05 and 10.05. The box's end checks the Z. */
static void sell_basket__rounded_cash__is_whole_coins_of_each_show(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c);
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    counter_script(c, "UPDATE prices SET amount = 1003 WHERE type_id = 1 AND amount = 1000");
    request.ask.till = till;
    request.ask.cash_round = 5;
    request.ask.tax = 700;
    request.expected = 3009;
    request.n_tenders = 1;
    request.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = -1, .given = 5000};
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_OK);
    assert_int_equal(reply.rounding, 1);
    assert_int_equal(reply.change, 1990);
    assert_int_equal(reply.parts[0].rounding, -1);
    assert_int_equal(reply.parts[1].rounding, 2);
    assert_int_equal(till_cash(c->box.db, till), 1000 + 3010);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM takings WHERE till_id = 1"), 2);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE book = 'till:1'"
                                       " AND what = 'sell'"),
                     2);
    close_till(c, till, 4010);
}

static void sell_basket__till_counted_meanwhile__sells_none(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c);
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    request.ask.till = till;
    close_till(c, till, 1000);
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_WRONG_STATE);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations"), 0);
    assert_string_equal(counter_state(c, "B3"), "free");
}

/* Who asks for the slip of one of the shows finds it. */
static void sell_basket__reference__is_with_each_part(void **state)
{
    struct counter *c = *state;
    struct basket_request request = basket(c, "one");
    struct basket_reply reply;

    request.n_tenders = 1;
    request.tenders[0] =
        (struct tender){.kind = TENDER_CARD, .amount = 3000, .reference = "slip 4711"};
    assert_int_equal(counter_do(c, &verb_sell_basket, &request, &reply), RC_OK);
    assert_int_equal(
        counter_number(c, "SELECT count(*) FROM payments WHERE reference = 'slip 4711'"), 2);
}

/* Shares a bill among three sums and compares what comes out with what goes in. */
static void share(const struct tender_bill *bill, int64_t step, const money sums[3],
                  struct tender_bill parts[3])
{
    money change = 0, rounding = 0, kinds[8] = {0};

    tender_share(bill, step, sums, 3, parts);
    for (int i = 0; i < 3; i++) {
        money paid = 0, rounded = 0;

        for (int t = 0; t < parts[i].n; t++) {
            const struct tender *tender = &parts[i].tenders[t];
            money taken = tender->amount + parts[i].roundings[t];

            paid += tender->amount;
            rounded += parts[i].roundings[t];
            kinds[tender->kind] += tender->amount;
            assert_true(taken >= 0);
            if (tender->kind == TENDER_CASH)
                assert_int_equal(taken % step, 0);
            else
                assert_int_equal(parts[i].roundings[t], 0);
        }
        assert_int_equal(paid, sums[i]);
        assert_int_equal(rounded, parts[i].rounding);
        change += parts[i].change;
        rounding += rounded;
    }
    for (int t = 0; t < bill->n; t++)
        assert_int_equal(kinds[bill->tenders[t].kind], bill->tenders[t].amount);
    assert_int_equal(change, bill->change);
    assert_int_equal(rounding, bill->rounding);
}

static void settle(const struct tender *tenders, int32_t n, money due, int64_t step,
                   struct tender_bill *bill)
{
    struct fault why;

    if (tender_settle(tenders, n, due, step, bill, &why) != RC_OK)
        fail_msg("%s", why.text);
}

static void share__free_parts__are_paid_with_nothing(void **state)
{
    const struct tender cash = {.kind = TENDER_CASH, .amount = 500, .given = 1000};
    const money sums[3] = {0, 500, 0};
    struct tender_bill bill, parts[3];

    (void)state;
    settle(&cash, 1, 500, 1, &bill);
    share(&bill, 1, sums, parts);
    assert_int_equal(parts[0].n + parts[2].n, 0);
    assert_int_equal(parts[1].change, 500);
}

/* All that is less than half a coin: nothing changes hands, of none of the parts. */
static void share__less_than_a_coin__is_taken_of_none(void **state)
{
    const money sums[3] = {1, 0, 1};
    struct tender_bill bill, parts[3];

    (void)state;
    settle(NULL, 0, 2, 5, &bill);
    share(&bill, 5, sums, parts);
    assert_int_equal(parts[0].rounding, -1);
    assert_int_equal(parts[2].rounding, -1);
}

static void share__many_tenders__every_split_adds_up(void **state)
{
    static const int64_t steps[] = {1, 5, 10, 100};
    struct tender_bill bill, parts[3];

    (void)state;
    for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++)
        for (money a = 0; a <= 703; a += 37)
            for (money b = 0; b <= 703 - a; b += 37)
                for (money x = 0; x <= 703; x += 51)
                    for (money y = 0; y <= 703 - x; y += 51) {
                        const struct tender tenders[] = {
                            {.kind = TENDER_VOUCHER, .amount = x},
                            {.kind = TENDER_CASH, .amount = y, .given = 1000},
                            {.kind = TENDER_CARD, .amount = 703 - x - y}};
                        const money sums[3] = {a, b, 703 - a - b};

                        settle(tenders, 3, 703, steps[s], &bill);
                        share(&bill, steps[s], sums, parts);
                    }
}

/* A party of 45 in a free hall of rows of 14: rows that follow one another, sold as one. */
static void hold__forty_five__sit_in_neighbouring_rows(void **state)
{
    struct counter *c = *state;
    char text[2048] = "@hall Grand\n";

    for (int row = 0; row < 12; row++) {
        char line[96];
        (void)snprintf(line, sizeof line, "%c\toooooooooooooo\n", 'A' + row);
        (void)strncat(text, line, sizeof text - strlen(text) - 1);
    }
    hall_id hall = box_hall(&c->box, text);
    show_id show = box_show(&c->box, hall, "Stalker", BOX_NOW + 8 * WHEN_HOUR);
    struct hold_request request = counter_hold(c, "one", "counter-1", "");
    struct hold_reply held;
    struct booking_reply sold;
    request.show = show;
    request.best = 45;
    assert_int_equal(counter_do(c, &verb_hold, &request, &held), RC_OK);
    assert_int_equal(held.n, 45);
    assert_int_equal(held.pieces, 4);
    assert_int_equal(counter_number(c, "SELECT max(s.grid_row) - min(s.grid_row) FROM claims c"
                                       " JOIN seats s ON s.id = c.seat_id"),
                     3);
    struct book_request sale = {
        .ask = counter_ask(c, "one", "counter-1"), .show = show, .n = held.n, .expected = 45000};
    memcpy(sale.seats, held.seats, sizeof sale.seats);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.n, 45);
    struct booking *booking = NULL;
    assert_int_equal(booking_read(c->box.db, sold.reservation, c->box.now, &booking, &c->why),
                     RC_OK);
    assert_int_equal(booking->n, 45);
    free(booking);
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .reservation = sold.reservation};
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &sold), RC_OK);
    assert_int_equal(sold.refunded, 45000);
}

struct rush {
    when_ms now;
    show_id one, two;
    seat_id seat;
};

static int sell_one(struct sql *db, int nth, void *context)
{
    const struct rush *rush = context;
    struct basket_request request;
    struct basket_reply reply;
    struct fault why;
    char key[KEY_SIZE];

    memset(&request, 0, sizeof request);
    (void)snprintf(key, sizeof key, "basket-%d", nth);
    verb_ask(&request.ask, db, key, "till", 1);
    request.ask.now = rush->now;
    request.expected = -1;
    request.n = 2; /* the shows named in either order: they are locked in one */
    request.shows[0] = nth % 2 == 0 ? rush->one : rush->two;
    request.shows[1] = nth % 2 == 0 ? rush->two : rush->one;
    request.seats[0] = request.seats[1] = rush->seat;
    return (int)verb_do(db, &verb_sell_basket, &request, &reply, &why);
}

static void sell_basket__many_at_once__one_has_all_of_it(void **state)
{
    struct counter *c = *state;
    struct rush rush = {c->box.now, c->show, other, box_seat(&c->box, c->hall, "B3")};
    int results[SELLERS];

    race_run(&c->box, SELLERS, sell_one, &rush, results);
    assert_int_equal(race_count(results, SELLERS, RC_OK), 1);
    assert_int_equal(race_count(results, SELLERS, RC_TAKEN), SELLERS - 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE state = 'sold'"), 2);
    assert_int_equal(counter_number(c, "SELECT count(DISTINCT key) FROM reservations"), 1);
}

#define BASKET(test) cmocka_unit_test_setup_teardown(test, setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BASKET(sell_basket__two_shows__a_reservation_each_under_one_key),
        BASKET(sell_basket__same_key_again__is_the_first_answer),
        BASKET(sell_basket__one_seat_taken__sells_none),
        BASKET(sell_basket__another_total__is_refused_with_both),
        BASKET(sell_basket__one_show_over__sells_none),
        BASKET(sell_basket__tenders__are_shared_out_to_the_cent),
        BASKET(sell_basket__rounded_cash__is_whole_coins_of_each_show),
        BASKET(sell_basket__till_counted_meanwhile__sells_none),
        BASKET(sell_basket__reference__is_with_each_part),
        BASKET(sell_basket__missing_money__is_said),
        BASKET(sell_basket__nothing_or_too_much__is_refused),
        BASKET(sell_basket__a_part_cancelled__refunds_that_part_alone),
        BASKET(sell_basket__many_at_once__one_has_all_of_it),
        BASKET(sell_basket__one_key_otherwise__is_found_by_check),
        BASKET(hold__nine_shows__are_too_many_for_a_basket),
        BASKET(hold__forty_five__sit_in_neighbouring_rows),
        cmocka_unit_test(share__free_parts__are_paid_with_nothing),
        cmocka_unit_test(share__less_than_a_coin__is_taken_of_none),
        cmocka_unit_test(share__many_tenders__every_split_adds_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
