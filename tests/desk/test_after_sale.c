/* After the sale: refunds with reason and right, voids, swapped tenders, the last sales. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/exchange.h"
#include "core/desk/report.h"
#include "core/desk/sales.h"
#include "core/desk/staff.h"
#include "core/desk/tickets.h"
#include "core/desk/till.h"
#include "core/rules/second_thoughts.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

enum { CLERK = 1, SUPERVISOR = 2 };

static void hire_one(struct counter *c, int32_t by, int32_t number, const char *name,
                     enum role role)
{
    struct staff_request request = {
        .ask = counter_ask(c, NULL, "office"), .number = number, .role = (int32_t)role};
    struct staff_reply reply;

    request.ask.operator_number = by;
    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.hash, sizeof request.hash, "hash of %d", (int)number);
    assert_int_equal(counter_do(c, &verb_staff_add, &request, &reply), RC_OK);
}

/* Ada, who manages, Tom, who supervises, and Mira at the counter. */
static void hire(struct counter *c)
{
    hire_one(c, 1, 3, "Ada", ROLE_MANAGER);
    hire_one(c, 3, SUPERVISOR, "Tom", ROLE_SUPERVISOR);
    hire_one(c, 3, CLERK, "Mira", ROLE_CLERK);
}

static till_id open_till(struct counter *c, int32_t drawer)
{
    struct till_open_request request = {.ask = counter_ask(c, NULL, "counter-1"), .drawer = drawer};
    struct till_reply reply;

    assert_int_equal(counter_do(c, &verb_till_open, &request, &reply), RC_OK);
    return reply.till;
}

static struct ask clerk_ask(struct counter *c, till_id till, int32_t approver)
{
    struct ask ask = counter_ask(c, NULL, "counter-1");

    ask.operator_number = CLERK;
    ask.approver = approver;
    ask.till = till;
    return ask;
}

static struct booking_reply sell(struct counter *c, till_id till, const char *seats,
                                 enum tender_kind kind)
{
    struct book_request sale = counter_book(c, NULL, "counter-1", seats);
    struct booking_reply sold;

    sale.ask = clerk_ask(c, till, 0);
    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = (int32_t)kind, .amount = -1};
    if (counter_do(c, &verb_sell, &sale, &sold) != RC_OK)
        fail_msg("%s", c->why.text);
    return sold;
}

static struct cancel_request refund(struct counter *c, const struct booking_reply *sold,
                                    const char *seats, const char *reason)
{
    struct cancel_request request = {
        .ask = clerk_ask(c, (till_id){0}, 0), .reservation = sold->reservation, .limit = 1500};

    request.n = counter_seats(c, seats, request.seats);
    (void)snprintf(request.reason, sizeof request.reason, "%s", reason);
    return request;
}

static enum rc void_sale(struct counter *c, till_id till, const struct booking_reply *sold,
                         int32_t approver, struct booking_reply *reply)
{
    struct void_request request = {.ask = clerk_ask(c, till, approver),
                                   .reservation = sold->reservation};

    return counter_do(c, &verb_void, &request, reply);
}

static enum rc swap_to(struct counter *c, till_id till, const struct booking_reply *sold,
                       enum tender_kind kind, struct booking_reply *reply)
{
    struct swap_request request = {
        .ask = clerk_ask(c, till, 0), .reservation = sold->reservation, .kind = (int32_t)kind};

    return counter_do(c, &verb_swap, &request, reply);
}

/* --- refunds --------------------------------------------------------------------------------- */

static void refund__reason__stands_with_the_money_and_in_the_journal(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    struct cancel_request request;

    hire(c);
    sold = sell(c, (till_id){0}, "B3 B4", TENDER_CARD);
    request = refund(c, &sold, "B3", reason_word(REASON_CUSTOMER));
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
    assert_int_equal(reply.refunded, 1000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments WHERE kind = 'refund'"
                                       " AND reference = 'the customer cannot come'"),
                     1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'cancel' AND"
                                       " after LIKE '%the customer cannot come%'"),
                     1);
}

static void refund__no_reason__is_refused_where_staff_sign_in(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    struct cancel_request request;

    hire(c);
    sold = sell(c, (till_id){0}, "B3", TENDER_CARD);
    request = refund(c, &sold, "", "");
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_REFUSED);
    assert_string_equal(c->why.text, "a refund needs its reason");
    assert_string_equal(counter_state(c, "B3"), "sold");
    request.ask.trusted = true;
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
}

static void fault_093__card_number_as_a_reason__is_refused(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3"), reply;
    struct cancel_request request = refund(c, &sold, "", "paid with 4111 1111 1111 1111");

    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_BAD_INPUT);
    assert_string_equal(counter_state(c, "B3"), "sold");
}

static void refund__more_than_a_clerk_may__needs_an_approval(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    struct cancel_request request;

    hire(c);
    sold = sell(c, (till_id){0}, "B3 B4", TENDER_CARD);
    request = refund(c, &sold, "", "mistake");
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "this refund needs a supervisor: Mira is a clerk");
    assert_string_equal(counter_state(c, "B3"), "sold");
    request.ask.approver = SUPERVISOR;
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
    assert_int_equal(reply.refunded, 2000);
}

static void refund__unpaid_reservation__needs_neither(void **state)
{
    struct counter *c = *state;
    struct booking_reply made, reply;
    struct cancel_request request;

    hire(c);
    made = counter_reserve(c, "B3 B4 B5");
    request = refund(c, &made, "", "");
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
}

/* --- voids ----------------------------------------------------------------------------------- */

static int64_t z_void(struct counter *c, till_id till, money *amount)
{
    struct report *report = NULL;
    int64_t n = -1;

    assert_int_equal(report_till(c->box.db, till, c->box.now, &report, &c->why), RC_OK);
    for (size_t i = 0; i < report->n; i++) {
        if (strcmp(report->lines[i].part, "back") != 0 ||
            strcmp(report->lines[i].label, "void") != 0)
            continue;
        n = report->lines[i].n;
        *amount = report->lines[i].amount;
    }
    free(report);
    return n;
}

static void void__fresh__clerk_alone_and_it_stands_on_the_report(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    money amount = 0;
    till_id till;

    hire(c);
    till = open_till(c, 1);
    sold = sell(c, till, "B3 B4", TENDER_CARD);
    c->box.now += SECOND_WINDOW;
    assert_int_equal(void_sale(c, till, &sold, 0, &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_CANCELLED);
    assert_int_equal(reply.refunded, 2000);
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_int_equal(z_void(c, till, &amount), 2);
    assert_int_equal(amount, 2000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments WHERE kind = 'refund' AND"
                                       " tender = 'card' AND reference = 'mistake'"),
                     1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'void'"), 2);
}

static void void__twice__is_refused(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1);
    struct booking_reply sold = sell(c, till, "B3", TENDER_CASH), reply;

    assert_int_equal(void_sale(c, till, &sold, 0, &reply), RC_OK);
    assert_int_equal(void_sale(c, till, &sold, 0, &reply), RC_WRONG_STATE);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments WHERE kind = 'refund'"), 1);
}

static void void__unpaid__is_cancelled_instead(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3"), reply;

    assert_int_equal(void_sale(c, (till_id){0}, &made, 0, &reply), RC_WRONG_STATE);
    assert_string_equal(counter_state(c, "B3"), "reserved");
}

static void fault_108__fourth_void_of_a_session__needs_an_approval(void **state)
{
    static const char *const seats[] = {"B3", "B4", "B5", "B6"};
    struct counter *c = *state;
    struct booking_reply sold[4], reply;
    till_id till;

    hire(c);
    till = open_till(c, 1);
    for (int i = 0; i < 4; i++)
        sold[i] = sell(c, till, seats[i], TENDER_CASH);
    for (int i = 0; i < 3; i++)
        assert_int_equal(void_sale(c, till, &sold[i], 0, &reply), RC_OK);
    assert_int_equal(void_sale(c, till, &sold[3], 0, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "voiding a sale needs a supervisor: Mira is a clerk");
    assert_string_equal(counter_state(c, "B6"), "sold");
    assert_int_equal(void_sale(c, till, &sold[3], SUPERVISOR, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'void' AND after "
                                       "LIKE '%\"approved_by\":2%'"),
                     2);
}

static void void__late_or_in_another_till__needs_an_approval(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    till_id till, other;

    hire(c);
    till = open_till(c, 1);
    other = open_till(c, 2);
    sold = sell(c, till, "B3", TENDER_CASH);
    assert_int_equal(void_sale(c, other, &sold, 0, &reply), RC_NEEDS_APPROVAL);
    assert_int_equal(void_sale(c, (till_id){0}, &sold, 0, &reply), RC_NEEDS_APPROVAL);
    c->box.now += SECOND_WINDOW + 1;
    assert_int_equal(void_sale(c, till, &sold, 0, &reply), RC_NEEDS_APPROVAL);
}

struct voiders {
    till_id till;
    reservation_id sales[8];
};

static int void_one(struct sql *db, int nth, void *context)
{
    const struct voiders *voiders = context;
    struct void_request request = {.reservation = voiders->sales[nth]};
    struct booking_reply reply = {0};
    struct fault why;

    verb_ask(&request.ask, db, NULL, "counter-1", CLERK);
    request.ask.now = BOX_NOW;
    request.ask.till = voiders->till;
    return (int)verb_do(db, &verb_void, &request, &reply, &why);
}

static void void__eight_at_once__three_and_no_more(void **state)
{
    static const char *const seats[] = {"A3", "A4", "A5", "A6", "B3", "B4", "B5", "B6"};
    struct counter *c = *state;
    struct voiders voiders;
    int results[8];

    hire(c);
    voiders.till = open_till(c, 1);
    for (int i = 0; i < 8; i++)
        voiders.sales[i] = sell(c, voiders.till, seats[i], TENDER_CASH).reservation;
    race_run(&c->box, 8, void_one, &voiders, results);
    assert_int_equal(race_count(results, 8, RC_OK), 3);
    assert_int_equal(race_count(results, 8, RC_NEEDS_APPROVAL), 5);
}

static void fault_095__one_sale_voided_by_four_at_once__once(void **state)
{
    struct counter *c = *state;
    struct voiders voiders = {.till = open_till(c, 1)};
    int results[4];

    voiders.sales[0] = sell(c, voiders.till, "B3", TENDER_CASH).reservation;
    for (int i = 1; i < 4; i++)
        voiders.sales[i] = voiders.sales[0];
    race_run(&c->box, 4, void_one, &voiders, results);
    assert_int_equal(race_count(results, 4, RC_OK), 1);
    assert_int_equal(race_count(results, 4, RC_WRONG_STATE), 3);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments WHERE kind = 'refund'"), 1);
}

/* --- used at the door ------------------------------------------------------------------------ */

static void let_in(struct counter *c, const struct booking_reply *sold)
{
    struct check_in_request come = {.ask = counter_ask(c, NULL, "door")};
    struct check_in_reply reply;

    memcpy(come.code, sold->code, sizeof come.code);
    assert_int_equal(counter_do(c, &verb_check_in, &come, &reply), RC_OK);
}

static void refund__used_at_the_door__needs_an_approval_and_both_are_noted(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    struct cancel_request request;

    hire(c);
    sold = sell(c, (till_id){0}, "B3", TENDER_CARD);
    let_in(c, &sold);
    request = refund(c, &sold, "", "mistake");
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "B3: taking back what was used at the door needs a"
                                     " supervisor: Mira is a clerk");
    assert_string_equal(counter_state(c, "B3"), "sold");
    request.ask.approver = SUPERVISOR;
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'cancel' AND"
                                       " operator = 1 AND after LIKE '%\"approved_by\":2%' AND"
                                       " after LIKE '%\"used\":\"B3\"%'"),
                     1);
}

static void refund__another_seat_was_used__is_the_clerks(void **state)
{
    struct counter *c = *state;
    struct check_in_request come = {.ask = counter_ask(c, NULL, "door")};
    struct ticket_request issue = {.ask = counter_ask(c, NULL, "counter-1")};
    struct check_in_reply came;
    struct ticket_reply tickets;
    struct booking_reply sold, reply;
    struct cancel_request request;

    hire(c);
    sold = sell(c, (till_id){0}, "B3 B4", TENDER_CARD);
    issue.reservation = sold.reservation;
    assert_int_equal(counter_do(c, &verb_issue, &issue, &tickets), RC_OK);
    memcpy(come.code, sold.code, sizeof come.code);
    come.serial = tickets.serials[0];
    assert_int_equal(counter_do(c, &verb_check_in, &come, &came), RC_OK);
    request = refund(c, &sold, "B4", "mistake");
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
    request = refund(c, &sold, "B3", "mistake");
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_NEEDS_APPROVAL);
}

static void void__used_at_the_door__needs_an_approval_however_fresh(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    till_id till;

    hire(c);
    till = open_till(c, 1);
    sold = sell(c, till, "B3", TENDER_CARD);
    let_in(c, &sold);
    assert_int_equal(void_sale(c, till, &sold, 0, &reply), RC_NEEDS_APPROVAL);
    assert_int_equal(void_sale(c, till, &sold, SUPERVISOR, &reply), RC_OK);
}

static void exchange__used_at_the_door__needs_an_approval_and_lets_in_again(void **state)
{
    struct counter *c = *state;
    struct exchange_request request = {.limit = 10000};
    struct booking_reply sold, reply;

    hire(c);
    sold = sell(c, (till_id){0}, "B3", TENDER_CARD);
    let_in(c, &sold);
    request.ask = clerk_ask(c, (till_id){0}, 0);
    request.reservation = sold.reservation;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_NEEDS_APPROVAL);
    request.ask.approver = SUPERVISOR;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    let_in(c, &sold);
}

/* --- swaps ----------------------------------------------------------------------------------- */

static void swap__cash_to_card__moves_the_money_and_nothing_else(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1);
    struct booking_reply sold = sell(c, till, "B3 B4", TENDER_CASH), reply;
    const int64_t takings = counter_number(c, "SELECT count(*) FROM takings");

    assert_int_equal(swap_to(c, till, &sold, TENDER_CARD, &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_SOLD);
    assert_int_equal(reply.total, 2000);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.refunded, 2000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM takings"), takings);
    assert_int_equal(till_cash(c->box.db, till), 0);
    assert_int_equal(counter_number(c, "SELECT amount FROM payments WHERE tender = 'card'"), 2000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'swap'"), 2);
    assert_int_equal(swap_to(c, till, &sold, TENDER_CARD, &reply), RC_REFUSED);
    assert_int_equal(swap_to(c, till, &sold, TENDER_CASH, &reply), RC_OK);
    assert_int_equal(till_cash(c->box.db, till), 2000);
}

static void swap__rounded_cash__drawer_and_rounding_agree(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1);
    struct booking_reply sold, reply;
    struct swap_request request;

    counter_script(c, "UPDATE prices SET amount = 1003");
    sold = sell(c, till, "B3", TENDER_CARD);
    request = (struct swap_request){
        .ask = clerk_ask(c, till, 0), .reservation = sold.reservation, .kind = TENDER_CASH};
    request.ask.cash_round = 5;
    assert_int_equal(counter_do(c, &verb_swap, &request, &reply), RC_OK);
    assert_int_equal(reply.rounding, 2);
    assert_int_equal(till_cash(c->box.db, till), 1005);
    c->box.unchecked = true; /* prices that no verb set */
}

static void swap__after_a_part_went_back__moves_what_is_left(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1);
    struct booking_reply sold = sell(c, till, "B3 B4", TENDER_CASH), reply;
    struct cancel_request request = refund(c, &sold, "B3", "mistake");

    request.ask.till = till;
    assert_int_equal(counter_do(c, &verb_cancel, &request, &reply), RC_OK);
    assert_int_equal(swap_to(c, till, &sold, TENDER_CARD, &reply), RC_OK);
    assert_int_equal(reply.refunded, 1000);
}

static void swap__late__needs_an_approval_and_comp_a_right_of_its_own(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold, reply;
    till_id till;

    hire(c);
    till = open_till(c, 1);
    sold = sell(c, till, "B3", TENDER_CASH);
    assert_int_equal(swap_to(c, till, &sold, TENDER_COMP, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "giving seats away needs a supervisor: Mira is a clerk");
    c->box.now += SECOND_WINDOW + 1;
    assert_int_equal(swap_to(c, till, &sold, TENDER_CARD, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text,
                        "changing how a sale was paid needs a supervisor: Mira is a clerk");
}

/* --- the last sales -------------------------------------------------------------------------- */

static void sales__of_a_till__newest_first_with_what_is_left(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1), other = open_till(c, 2);
    struct booking_reply first = sell(c, till, "B3 B4", TENDER_CASH), last, reply;
    struct sale_list *list;

    (void)sell(c, other, "C1", TENDER_CARD);
    c->box.now += WHEN_MINUTE;
    last = sell(c, till, "A5", TENDER_CARD);
    assert_int_equal(swap_to(c, till, &first, TENDER_VOUCHER, &reply), RC_OK);
    assert_int_equal(void_sale(c, till, &last, 0, &reply), RC_OK);
    assert_int_equal(sales_read(c->box.db, till, "counter-1", c->box.now, &list, &c->why), RC_OK);
    assert_int_equal(list->n, 2);
    assert_string_equal(list->rows[0].code, last.code);
    assert_int_equal(list->rows[0].state, BOOKING_CANCELLED);
    assert_string_equal(list->rows[0].seats_were, "A5");
    assert_string_equal(list->rows[0].tenders, "");
    assert_string_equal(list->rows[1].code, first.code);
    assert_int_equal(list->rows[1].n, 2);
    assert_string_equal(list->rows[1].labels[1], "B4");
    assert_string_equal(list->rows[1].tenders, "voucher 20.00");
    assert_int_equal(list->rows[1].sold_at, BOX_NOW);
    free(list);
}

static void sales__in_no_till__are_the_terminals_of_a_day(void **state)
{
    struct counter *c = *state;
    struct booking_reply mine = counter_sell(c, "B3");
    struct sale_list *list;

    assert_int_equal(sales_read(c->box.db, (till_id){0}, "counter-1", c->box.now, &list, &c->why),
                     RC_OK);
    assert_int_equal(list->n, 1);
    assert_string_equal(list->rows[0].code, mine.code);
    free(list);
    assert_int_equal(sales_read(c->box.db, (till_id){0}, "elsewhere", c->box.now, &list, &c->why),
                     RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
    assert_int_equal(sales_read(c->box.db, (till_id){0}, "counter-1", c->box.now + 25 * WHEN_HOUR,
                                &list, &c->why),
                     RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
}

int main(void)
{
#define AFTER_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        AFTER_TEST(refund__reason__stands_with_the_money_and_in_the_journal),
        AFTER_TEST(refund__no_reason__is_refused_where_staff_sign_in),
        AFTER_TEST(fault_093__card_number_as_a_reason__is_refused),
        AFTER_TEST(refund__more_than_a_clerk_may__needs_an_approval),
        AFTER_TEST(refund__unpaid_reservation__needs_neither),
        AFTER_TEST(void__fresh__clerk_alone_and_it_stands_on_the_report),
        AFTER_TEST(void__twice__is_refused),
        AFTER_TEST(void__unpaid__is_cancelled_instead),
        AFTER_TEST(refund__used_at_the_door__needs_an_approval_and_both_are_noted),
        AFTER_TEST(refund__another_seat_was_used__is_the_clerks),
        AFTER_TEST(void__used_at_the_door__needs_an_approval_however_fresh),
        AFTER_TEST(exchange__used_at_the_door__needs_an_approval_and_lets_in_again),
        AFTER_TEST(fault_108__fourth_void_of_a_session__needs_an_approval),
        AFTER_TEST(void__late_or_in_another_till__needs_an_approval),
        AFTER_TEST(void__eight_at_once__three_and_no_more),
        AFTER_TEST(fault_095__one_sale_voided_by_four_at_once__once),
        AFTER_TEST(swap__cash_to_card__moves_the_money_and_nothing_else),
        AFTER_TEST(swap__rounded_cash__drawer_and_rounding_agree),
        AFTER_TEST(swap__after_a_part_went_back__moves_what_is_left),
        AFTER_TEST(swap__late__needs_an_approval_and_comp_a_right_of_its_own),
        AFTER_TEST(sales__of_a_till__newest_first_with_what_is_left),
        AFTER_TEST(sales__in_no_till__are_the_terminals_of_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
