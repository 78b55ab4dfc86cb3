/* Exchanging seats: the code stays, the difference is paid or goes back, nobody else's seat is
 * taken, and the old tickets are dead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/exchange.h"
#include "core/desk/house.h"
#include "core/desk/report.h"
#include "core/desk/staff.h"
#include "core/desk/tickets.h"
#include "core/desk/till.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

static struct exchange_request wish(struct counter *c, const struct booking_reply *of,
                                    const char *from, const char *to)
{
    struct exchange_request request = {
        .ask = counter_ask(c, NULL, "counter-3"), .reservation = of->reservation, .limit = 10000};

    request.n = counter_seats(c, from, request.seats);
    request.n_to = counter_seats(c, to, request.to);
    return request;
}

static enum rc exchange(struct counter *c, const struct booking_reply *of, const char *from,
                        const char *to, struct booking_reply *reply)
{
    struct exchange_request request = wish(c, of, from, to);

    return counter_do(c, &verb_exchange, &request, reply);
}

static void exchange__dearer_seat__difference_is_paid(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;

    assert_int_equal(exchange(c, &sold, "B4", "C5", &reply), RC_OK);
    assert_string_equal(reply.code, sold.code);
    assert_int_equal(reply.state, BOOKING_SOLD);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.total, 2300);
    assert_int_equal(reply.refunded, 0);
    assert_int_equal(reply.given_back, 1);
    assert_string_equal(counter_state(c, "B3"), "sold");
    assert_string_equal(counter_state(c, "B4"), "free");
    assert_string_equal(counter_state(c, "C5"), "sold");
    assert_int_equal(counter_number(c, "SELECT amount FROM payments ORDER BY n DESC LIMIT 1"), 300);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations WHERE seats_were = 'B4'"),
                     1);
}

static void exchange__cheaper_seat__difference_goes_back_as_it_was_paid(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "C4 C5");
    struct booking_reply sold, reply;

    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(exchange(c, &sold, "", "B3 B4", &reply), RC_OK);
    assert_int_equal(reply.total, 2000);
    assert_int_equal(reply.refunded, 600);
    assert_int_equal(counter_number(c, "SELECT amount FROM payments WHERE kind = 'refund' AND"
                                       " tender = 'card' AND reference = 'exchange'"),
                     600);
}

static void exchange__tender_and_given__gives_change(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3"), reply;
    struct exchange_request request = wish(c, &sold, "B3", "C5");

    request.n_tenders = 1;
    request.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = 200, .given = 200};
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "1.00 is missing");
    assert_string_equal(counter_state(c, "C5"), "free");
    request.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = 300, .given = 500};
    request.told = 1;
    request.difference = 299;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "the difference is 3.00, not 2.99");
    request.difference = 300;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_int_equal(reply.change, 200);
}

static void exchange__ticket_types__move_along(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3 B4");
    struct booking_reply sold, reply;

    sale.types[1].n = 2;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(exchange(c, &sold, "B4", "A3", &reply), RC_OK);
    assert_int_equal(reply.total, sold.total);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE type_id = 2"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM takings WHERE kind = 'refund'"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 1);
}

static void exchange__one_seat_on__overlapping_seats_stay(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;

    assert_int_equal(exchange(c, &sold, "", "B4 B5", &reply), RC_OK);
    assert_int_equal(reply.given_back, 1);
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_string_equal(counter_state(c, "B4"), "sold");
    assert_string_equal(counter_state(c, "B5"), "sold");
    assert_int_equal(exchange(c, &sold, "", "B4 B5", &reply), RC_REFUSED);
}

static void exchange__no_seats_named__moves_the_party_together(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "A3 B9 C1"), reply;

    assert_int_equal(exchange(c, &made, "", "", &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_RESERVED);
    assert_int_equal(reply.n, 3);
    assert_int_equal(reply.seats[2].n - reply.seats[0].n, 2); /* side by side */
    assert_int_equal(reply.deadline, made.deadline);
    assert_string_equal(counter_state(c, "A3"), "free");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 0);
}

static void exchange__while_people_wait__old_seats_are_kept_for_them(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;

    counter_wait(c, "Kari", 2);
    assert_int_equal(exchange(c, &sold, "", "B5 B6", &reply), RC_OK);
    assert_int_equal(reply.for_the_list, 2);
    assert_int_equal(reply.told.hints[0].kind, HINT_RETURNED);
    assert_string_equal(counter_state(c, "B3"), "returned");
    assert_int_equal(exchange(c, &sold, "", "B3 B4", &reply), RC_TAKEN);
    assert_non_null(strstr(c->why.text, "B3 is kept for the waiting list"));
}

static void exchange__old_ticket__is_dead(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;
    struct ticket_request issue = {.ask = counter_ask(c, NULL, "counter-1"),
                                   .reservation = sold.reservation};
    struct ticket_reply tickets;

    assert_int_equal(counter_do(c, &verb_issue, &issue, &tickets), RC_OK);
    assert_int_equal(exchange(c, &sold, "B4", "B5", &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM tickets WHERE state = 'dead'"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM tickets WHERE state = 'live'"), 1);
}

static void exchange__what_cannot_be__is_refused_and_changes_nothing(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4"), other = counter_sell(c, "C1"), reply;
    const int64_t rows = counter_number(c, "SELECT count(*) FROM journal");

    assert_int_equal(exchange(c, &sold, "B3", "C1", &reply), RC_TAKEN);
    assert_non_null(strstr(c->why.text, "C1 is sold"));
    assert_int_equal(exchange(c, &sold, "C1", "C2", &reply), RC_NOT_FOUND);
    assert_int_equal(exchange(c, &sold, "B3", "C2 C3", &reply), RC_BAD_INPUT);
    assert_string_equal(c->why.text, "1 seat is given, so as many are taken, not 2");
    assert_int_equal(exchange(c, &sold, "B3 B3", "C2 C3", &reply), RC_BAD_INPUT);
    assert_int_equal(exchange(c, &sold, "", "C2 C2", &reply), RC_BAD_INPUT);
    assert_int_equal(exchange(c, &sold, "B3", "B4", &reply), RC_TAKEN); /* the own other seat */
    c->box.now = COUNTER_STARTS + WHEN_HOUR;
    assert_int_equal(exchange(c, &sold, "B3", "C2", &reply), RC_TOO_LATE);
    c->box.now = BOX_NOW;
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal"), rows);
    assert_int_equal(other.n, 1);
}

static void exchange__key_again__is_done_once(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3"), reply;
    struct exchange_request request = wish(c, &sold, "B3", "C5");

    for (int i = 0; i < 2; i++) {
        assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
        assert_int_equal(reply.told.replayed, i);
    }
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 2);
}

static void exchange__in_a_till__cash_and_report_agree(void **state)
{
    struct counter *c = *state;
    struct till_open_request open = {.ask = counter_ask(c, NULL, "counter-1"), .drawer = 1};
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3 B4");
    struct till_reply till;
    struct booking_reply sold, reply;
    struct exchange_request request;

    assert_int_equal(counter_do(c, &verb_till_open, &open, &till), RC_OK);
    sale.ask.till = till.till;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    request = wish(c, &sold, "", "C4 C5");
    request.ask.till = till.till;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_int_equal(till_cash(c->box.db, till.till), 2600);
    request = wish(c, &sold, "C5", "A5");
    request.ask.till = till.till;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_int_equal(till_cash(c->box.db, till.till), 2300);
    assert_int_equal(counter_number(c, "SELECT SUM(CASE kind WHEN 'sale' THEN amount ELSE -amount"
                                       " END) FROM takings WHERE till_id IS NOT NULL"),
                     2300);
}

static const struct report_line *exchanged(const struct report *report, const char *label)
{
    for (size_t i = 0; i < report->n; i++) {
        assert_string_not_equal(report->lines[i].part, "back");
        if (strcmp(report->lines[i].part, "exchanged") == 0 &&
            strcmp(report->lines[i].label, label) == 0)
            return &report->lines[i];
    }
    fail_msg("no exchanged, %s", label);
    return NULL; /* not reached */
}

/* One that cost 6.00 and one that gave 3.00 back: no refund, and the difference by itself. */
static void report__exchanged__is_told_apart_from_refunds(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;
    struct report *report;

    assert_int_equal(exchange(c, &sold, "", "C4 C5", &reply), RC_OK);
    c->box.now++;
    assert_int_equal(exchange(c, &sold, "C5", "A5", &reply), RC_OK);
    assert_int_equal(report_day(c->box.db, when_day(c->box.now), &report, &c->why), RC_OK);
    assert_int_equal(exchanged(report, "given")->n, 3);
    assert_int_equal(exchanged(report, "given")->amount, 2000 + 1300);
    assert_int_equal(exchanged(report, "taken")->n, 3);
    assert_int_equal(exchanged(report, "taken")->amount, 2600 + 1000);
    assert_int_equal(exchanged(report, "difference")->n, 2);
    assert_int_equal(exchanged(report, "difference")->amount, 600 - 300);
    free(report);
}

static void exchange__more_back_than_a_clerk_may__needs_an_approval(void **state)
{
    struct counter *c = *state;
    struct staff_request hire = {.ask = counter_ask(c, NULL, "office"),
                                 .number = 3,
                                 .role = ROLE_MANAGER,
                                 .name = "Ada",
                                 .hash = "hash"};
    struct staff_reply hired;
    struct book_request sale = counter_book(c, NULL, "counter-1", "C5");
    struct booking_reply sold, reply;
    struct exchange_request request;

    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(counter_do(c, &verb_staff_add, &hire, &hired), RC_OK);
    hire.ask = counter_ask(c, NULL, "office");
    hire.ask.operator_number = 3;
    hire.number = 1;
    hire.role = ROLE_CLERK;
    assert_int_equal(counter_do(c, &verb_staff_add, &hire, &hired), RC_OK);
    request = wish(c, &sold, "C5", "B3");
    request.ask.operator_number = 1;
    request.limit = 299;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(counter_state(c, "B3"), "free");
    request.limit = 300;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
}

struct rivals {
    struct exchange_request exchange;
    struct book_request sale;
};

/* Even ones exchange for C5, odd ones buy it. */
static int want_c5(struct sql *db, int nth, void *context)
{
    struct rivals rivals = *(struct rivals *)context;
    struct booking_reply reply = {0};
    struct fault why;
    struct ask *ask = nth % 2 == 0 ? &rivals.exchange.ask : &rivals.sale.ask;

    verb_ask(ask, db, NULL, "rival", 1);
    ask->now = BOX_NOW;
    return nth % 2 == 0 ? (int)verb_do(db, &verb_exchange, &rivals.exchange, &reply, &why)
                        : (int)verb_do(db, &verb_sell, &rivals.sale, &reply, &why);
}

static void exchange__races_sales_of_its_target__one_has_it(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    struct rivals rivals = {.exchange = wish(c, &sold, "B3", "C5"),
                            .sale = counter_book(c, NULL, "rival", "C5")};
    int results[8];
    bool exchanged;

    race_run(&c->box, 8, want_c5, &rivals, results);
    /* Who comes second is refused; an exchange that comes after the own one has no B3 any more. */
    assert_int_equal(race_count(results, 8, RC_OK), 1);
    exchanged = counter_number(c, "SELECT reservation_id FROM claims c JOIN seats s ON"
                                  " s.id = c.seat_id WHERE s.label = 'C5'") == sold.reservation.n;
    assert_string_equal(counter_state(c, "B3"), exchanged ? "free" : "sold");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 2);
}

int main(void)
{
#define EXCHANGE_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(exchange__dearer_seat__difference_is_paid),
        EXCHANGE_TEST(exchange__cheaper_seat__difference_goes_back_as_it_was_paid),
        EXCHANGE_TEST(exchange__tender_and_given__gives_change),
        EXCHANGE_TEST(exchange__ticket_types__move_along),
        EXCHANGE_TEST(exchange__one_seat_on__overlapping_seats_stay),
        EXCHANGE_TEST(exchange__no_seats_named__moves_the_party_together),
        EXCHANGE_TEST(exchange__while_people_wait__old_seats_are_kept_for_them),
        EXCHANGE_TEST(exchange__old_ticket__is_dead),
        EXCHANGE_TEST(exchange__what_cannot_be__is_refused_and_changes_nothing),
        EXCHANGE_TEST(exchange__key_again__is_done_once),
        EXCHANGE_TEST(exchange__in_a_till__cash_and_report_agree),
        EXCHANGE_TEST(report__exchanged__is_told_apart_from_refunds),
        EXCHANGE_TEST(exchange__more_back_than_a_clerk_may__needs_an_approval),
        EXCHANGE_TEST(exchange__races_sales_of_its_target__one_has_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
