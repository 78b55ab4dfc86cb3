/* Exchanging for seats of another show: a reservation there, the money goes along, and nothing of a
 * half exchange is ever seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/exchange.h"
#include "core/desk/report.h"
#include "core/desk/staff.h"
#include "core/desk/tickets.h"
#include "core/desk/till.h"
#include "core/rules/second_thoughts.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

#define LATER (COUNTER_STARTS + 4 * WHEN_HOUR)

/* One more show in the counter's hall: 12.00, and 15.00 in the back. */
static show_id late_show(struct counter *c)
{
    struct show_reply reply;
    struct show_add_request request = {.ask = counter_ask(c, NULL, "office"),
                                       .hall = c->hall,
                                       .title = "Stalker",
                                       .starts_at = LATER,
                                       .minutes = 120,
                                       .sale_stop_min = 20,
                                       .n_prices = 2,
                                       .prices = {{"", 1200}, {"back", 1500}}};

    assert_int_equal(counter_do(c, &verb_show_add, &request, &reply), RC_OK);
    return reply.show;
}

static struct exchange_request wish(struct counter *c, const struct booking_reply *of,
                                    const char *from, show_id show, const char *to)
{
    struct exchange_request request = {.ask = counter_ask(c, NULL, "counter-3"),
                                       .reservation = of->reservation,
                                       .show = show,
                                       .limit = 10000,
                                       .collect_min = 30};

    request.n = counter_seats(c, from, request.seats);
    request.n_to = counter_seats(c, to, request.to);
    return request;
}

static enum rc exchange(struct counter *c, const struct booking_reply *of, const char *from,
                        show_id show, const char *to, struct booking_reply *reply)
{
    struct exchange_request request = wish(c, of, from, show, to);

    return counter_do(c, &verb_exchange, &request, reply);
}

static struct booking_reply sell(struct counter *c, const char *seats, enum tender_kind kind,
                                 till_id till)
{
    struct book_request sale = counter_book(c, NULL, "counter-1", seats);
    struct booking_reply sold;

    sale.ask.till = till;
    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = (int32_t)kind, .amount = -1};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    return sold;
}

/* How many of all rows that an exchange could touch; half of one would change it. */
static int64_t rows(struct counter *c)
{
    return counter_number(c, "SELECT (SELECT count(*) FROM claims) + (SELECT count(*) FROM"
                             " reservations) + (SELECT count(*) FROM payments) + (SELECT count(*)"
                             " FROM takings) + (SELECT count(*) FROM journal) + (SELECT count(*)"
                             " FROM tickets WHERE state = 'dead')");
}

static void exchange__dearer_show__money_goes_along_and_the_rest_is_paid(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = sell(c, "B3 B4", TENDER_CARD, (till_id){0}), reply;
    struct booking *old = NULL, *now = NULL;

    assert_int_equal(exchange(c, &sold, "", late, "C4 C5", &reply), RC_OK);
    assert_int_not_equal(reply.reservation.n, sold.reservation.n);
    assert_int_equal(reply.show.n, late.n);
    assert_int_equal(reply.state, BOOKING_SOLD);
    assert_int_equal(reply.total, 3000);
    assert_int_equal(reply.refunded, 0);
    assert_int_equal(reply.given_back, 2);
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_int_equal(booking_read(c->box.db, sold.reservation, c->box.now, &old, &c->why), RC_OK);
    assert_int_equal(booking_read(c->box.db, reply.reservation, c->box.now, &now, &c->why), RC_OK);
    assert_int_equal(old->state, BOOKING_CANCELLED);
    assert_string_equal(old->seats_were, "B3 B4");
    assert_string_equal(old->to, now->code);
    assert_string_equal(now->from, sold.code);
    assert_string_equal(now->tenders, "card 20.00, cash 10.00");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments WHERE carried = 1"), 2);
    free(old);
    free(now);
}

static void exchange__cheaper_show__difference_goes_back_as_it_was_paid(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply first = sell(c, "C4", TENDER_CARD, (till_id){0}), sold, reply;

    assert_int_equal(exchange(c, &first, "", late, "C4", &sold), RC_OK); /* 2.00 more, in cash */
    assert_int_equal(exchange(c, &sold, "", c->show, "B3", &reply), RC_OK);
    assert_int_equal(reply.total, 1000);
    assert_int_equal(reply.refunded, 500);
    assert_int_equal(counter_number(c, "SELECT SUM(amount) FROM payments WHERE kind = 'refund' AND"
                                       " tender = 'card' AND carried = 0"),
                     500);
    assert_int_equal(counter_number(c, "SELECT SUM(CASE kind WHEN 'pay' THEN amount ELSE -amount"
                                       " END) FROM payments"),
                     1000);
}

static void exchange__some_seats__the_others_stay(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3 B4 B5");
    struct booking_reply sold, reply;

    sale.types[1].n = 2;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(exchange(c, &sold, "B4", late, "A3", &reply), RC_OK);
    assert_int_equal(reply.n, 1);
    assert_int_equal(counter_number(c, "SELECT type_id FROM claims ORDER BY show_id DESC LIMIT 1"),
                     2); /* a child it stays */
    assert_int_equal(
        counter_number(c,
                       "SELECT total FROM reservations WHERE state = 'sold' ORDER BY id LIMIT 1"),
        2000);
    assert_string_equal(counter_state(c, "B3"), "sold");
    assert_string_equal(counter_state(c, "B4"), "free");
}

static void exchange__same_seat_of_another_show__is_another_seat(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "B3"), reply;

    assert_int_equal(exchange(c, &sold, "B3", late, "B3", &reply), RC_OK);
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_int_equal(exchange(c, &reply, "", late, "B3", &sold), RC_REFUSED);
}

static void exchange__no_seats_named__takes_the_best_there(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "A3 B9"), reply;

    assert_int_equal(exchange(c, &sold, "", late, "", &reply), RC_OK);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.seats[1].n - reply.seats[0].n, 1);
}

static void exchange__tickets__old_ones_are_dead_new_ones_follow_on(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;
    struct ticket_request issue = {.ask = counter_ask(c, NULL, "counter-1"),
                                   .reservation = sold.reservation};
    struct check_in_request come = {.ask = counter_ask(c, NULL, "door")};
    struct ticket_reply tickets;
    struct check_in_reply came;
    char line[64];

    assert_int_equal(counter_do(c, &verb_issue, &issue, &tickets), RC_OK);
    assert_int_equal(exchange(c, &sold, "B4", late, "B4", &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM tickets WHERE state = 'dead'"), 1);
    memcpy(come.code, sold.code, sizeof come.code);
    come.serial = tickets.serials[1];
    assert_int_equal(counter_do(c, &verb_check_in, &come, &came), RC_REFUSED);
    (void)snprintf(line, sizeof line, "its seat was exchanged at 13:00 for %s", reply.code);
    assert_non_null(strstr(c->why.text, line));
    issue.ask = counter_ask(c, NULL, "counter-1");
    issue.reservation = reply.reservation;
    assert_int_equal(counter_do(c, &verb_issue, &issue, &tickets), RC_OK);
    assert_int_equal(tickets.made, 1);
    assert_int_equal(tickets.serials[0], 3);
}

/* Of a report's line of exchanges: so many, that much. */
static void expect_exchanged(const struct report *report, const char *label, int64_t n,
                             money amount)
{
    int64_t found = 0;

    for (size_t i = 0; i < report->n; i++)
        if (strcmp(report->lines[i].part, "exchanged") == 0 &&
            strcmp(report->lines[i].label, label) == 0) {
            found = report->lines[i].n;
            assert_int_equal(report->lines[i].amount, amount);
        }
    assert_int_equal(found, n);
}

/* One exchange for the house; for each show the half of it that it has. */
static void report__of_either_show__has_its_half(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;
    struct report *report;

    c->box.now++;
    assert_int_equal(exchange(c, &sold, "B4", late, "B4", &reply), RC_OK);
    assert_int_equal(report_day(c->box.db, when_day(c->box.now), &report, &c->why), RC_OK);
    expect_exchanged(report, "given", 1, 1000);
    expect_exchanged(report, "taken", 1, 1200);
    expect_exchanged(report, "difference", 1, 200);
    free(report);
    assert_int_equal(report_show(c->box.db, c->show, &report, &c->why), RC_OK);
    expect_exchanged(report, "given", 1, 1000);
    expect_exchanged(report, "taken", 0, 0);
    expect_exchanged(report, "difference", 1, -1000);
    free(report);
    assert_int_equal(report_show(c->box.db, late, &report, &c->why), RC_OK);
    expect_exchanged(report, "given", 0, 0);
    expect_exchanged(report, "taken", 1, 1200);
    expect_exchanged(report, "difference", 1, 1200);
    free(report);
}

static void exchange__while_people_wait__old_seats_are_kept_for_them(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "B3 B4"), reply;

    counter_wait(c, "Kari", 2);
    assert_int_equal(exchange(c, &sold, "", late, "B5 B6", &reply), RC_OK);
    assert_int_equal(reply.for_the_list, 2);
    assert_int_equal(reply.told.n, 2);
    assert_int_equal(reply.told.hints[0].kind, HINT_RETURNED);
    assert_int_equal(reply.told.hints[0].show, c->show.n);
    assert_int_equal(reply.told.hints[1].show, late.n);
    assert_string_equal(counter_state(c, "B3"), "returned");
}

static void exchange__unpaid__is_collected_by_the_deadline_of_that_show(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply made = counter_reserve(c, "B3 B4"), reply;
    struct booking *now = NULL;

    assert_int_equal(exchange(c, &made, "", late, "B5 B6", &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_RESERVED);
    assert_int_equal(reply.deadline, LATER - 30 * WHEN_MINUTE);
    assert_int_equal(booking_read(c->box.db, reply.reservation, c->box.now, &now, &c->why), RC_OK);
    assert_string_equal(now->name, "Mira");
    free(now);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 0);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM takings"), 0);
    c->box.now = made.deadline;
    assert_int_equal(exchange(c, &made, "", late, "A5", &reply), RC_WRONG_STATE);
}

static void exchange__what_cannot_be__is_refused_and_changes_nothing(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    hall_id studio = box_hall(&c->box, "@hall Studio\n@zone all\nX\tooo\n");
    const show_id there = box_show(&c->box, studio, "Ran", LATER);
    struct booking_reply sold = counter_sell(c, "B3 B4"), taker, reply;
    int64_t before;

    assert_int_equal(exchange(c, &sold, "B4", late, "C1", &taker), RC_OK);
    before = rows(c);
    assert_int_equal(exchange(c, &sold, "B3", late, "C1", &reply), RC_TAKEN);
    assert_non_null(strstr(c->why.text, "C1 is sold (counter-3"));
    assert_int_equal(exchange(c, &sold, "B3", there, "C2", &reply), RC_NOT_FOUND);
    assert_non_null(strstr(c->why.text, "Studio has no seat"));
    assert_int_equal(exchange(c, &sold, "B3", late, "C2 C3", &reply), RC_BAD_INPUT);
    assert_int_equal(exchange(c, &sold, "B4", late, "C2", &reply), RC_NOT_FOUND);
    assert_int_equal(exchange(c, &sold, "B3", (show_id){4711}, "C2", &reply), RC_NOT_FOUND);
    assert_int_equal(
        exchange(c, &(struct booking_reply){.reservation = {4711}}, "", late, "C2", &reply),
        RC_NOT_FOUND);
    c->box.now = COUNTER_STARTS + 2 * WHEN_HOUR;
    assert_int_equal(exchange(c, &sold, "B3", late, "C2", &reply), RC_TOO_LATE);
    assert_non_null(strstr(c->why.text, "nothing is given back after that"));
    assert_int_equal(exchange(c, &taker, "", c->show, "C2", &reply), RC_TOO_LATE);
    assert_non_null(strstr(c->why.text, "the sale of Ran ended"));
    c->box.now = BOX_NOW;
    assert_int_equal(rows(c), before);
}

static void exchange__cancelled_show__is_refused(void **state)
{
    struct counter *c = *state;
    struct show_cancel_request cancel = {.ask = counter_ask(c, NULL, "office"),
                                         .show = late_show(c)};
    struct show_reply cancelled;
    struct booking_reply sold = counter_sell(c, "B3"), reply;

    assert_int_equal(counter_do(c, &verb_show_cancel, &cancel, &cancelled), RC_OK);
    assert_int_equal(exchange(c, &sold, "", cancel.show, "C1", &reply), RC_WRONG_STATE);
    assert_string_equal(counter_state(c, "B3"), "sold");
}

static void exchange__key_again__is_done_once(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3"), reply;
    struct exchange_request request = wish(c, &sold, "B3", late_show(c), "C5");
    char code[CODE_SIZE] = "";

    for (int i = 0; i < 2; i++) {
        assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
        assert_int_equal(reply.told.replayed, i);
        if (i == 1)
            assert_string_equal(reply.code, code);
        memcpy(code, reply.code, sizeof code);
    }
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations"), 2);
}

static void exchange__held_by_the_basket__takes_its_seats_and_types(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "B3"), reply;
    struct exchange_request request = wish(c, &sold, "", late, "C5");
    struct hold_request hold = counter_hold(c, "basket", "counter-3", "C5");
    struct hold_reply held;

    hold.show = late;
    hold.type.n = 2;
    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_TAKEN);
    (void)snprintf(request.ask.key, sizeof request.ask.key, "basket");
    request.types[0].n = 2;
    request.told = 1;
    request.difference = 0; /* a child in the back of the late show; an adult would pay 5.00 */
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_int_equal(reply.total, 1000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE state = 'held'"), 0);
}

static void exchange__both_books__have_their_row(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply sold = counter_sell(c, "B3"), reply;

    assert_int_equal(exchange(c, &sold, "", late, "B3", &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'exchange' AND"
                                       " book LIKE 'show:%'"),
                     2);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal j WHERE what = 'exchange' AND"
                                       " after LIKE '%\"from\":\"' || (SELECT code FROM"
                                       " reservations ORDER BY id LIMIT 1) || '\"%'"),
                     1);
}

/* --- the till -------------------------------------------------------------------------------- */

static const struct report_line *line_of(const struct report *report, const char *part,
                                         const char *label)
{
    for (size_t i = 0; i < report->n; i++)
        if (strcmp(report->lines[i].part, part) == 0 && strcmp(report->lines[i].label, label) == 0)
            return &report->lines[i];
    fail_msg("no %s, %s", part, label);
    return NULL;
}

static void exchange__in_a_till__what_goes_along_never_touches_the_drawer(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct till_open_request open = {.ask = counter_ask(c, NULL, "counter-1"), .drawer = 1};
    struct till_reply till;
    struct booking_reply sold, reply;
    struct exchange_request request;
    struct report *report = NULL;

    assert_int_equal(counter_do(c, &verb_till_open, &open, &till), RC_OK);
    sold = sell(c, "B3 B4", TENDER_CASH, till.till);
    request = wish(c, &sold, "", late, "B3 C4");
    request.ask.till = till.till;
    request.n_tenders = 1;
    request.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = 700, .given = 1000};
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_int_equal(reply.change, 300);
    assert_int_equal(till_cash(c->box.db, till.till), 2700);
    assert_int_equal(report_till(c->box.db, till.till, c->box.now, &report, &c->why), RC_OK);
    assert_int_equal(line_of(report, "cash", "taken")->n, 2);
    assert_int_equal(line_of(report, "cash", "taken")->amount, 2700);
    assert_int_equal(line_of(report, "tenders", "cash")->n, 2);
    assert_int_equal(line_of(report, "tenders", "cash")->amount, 2700);
    assert_int_equal(line_of(report, "total", "taken")->amount, 2700);
    free(report);
    assert_int_equal(report_show(c->box.db, late, &report, &c->why), RC_OK);
    assert_int_equal(line_of(report, "tenders", "cash")->n, 2);
    assert_int_equal(line_of(report, "tenders", "cash")->amount, 2700);
    free(report);
    assert_int_equal(report_show(c->box.db, c->show, &report, &c->why), RC_OK);
    assert_int_equal(line_of(report, "tenders", "cash")->amount, 0);
    free(report);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'exchange' AND"
                                       " book LIKE 'till:%'"),
                     2);
}

/* --- who may --------------------------------------------------------------------------------- */

static void hire_one(struct counter *c, int32_t by, int32_t number, enum role role)
{
    struct staff_request request = {.ask = counter_ask(c, NULL, "office"),
                                    .number = number,
                                    .role = (int32_t)role,
                                    .name = "Ada",
                                    .hash = "hash"};
    struct staff_reply reply;

    request.ask.operator_number = by;
    assert_int_equal(counter_do(c, &verb_staff_add, &request, &reply), RC_OK);
}

/* A sale made yesterday does not become fresh by an exchange, so that its money walks out. */
static void exchange__then_void__is_as_old_as_the_first_sale(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct till_open_request open = {.ask = counter_ask(c, NULL, "counter-1"), .drawer = 1};
    struct void_request undo;
    struct exchange_request request;
    struct till_reply till;
    struct booking_reply sold, reply;

    assert_int_equal(counter_do(c, &verb_till_open, &open, &till), RC_OK);
    hire_one(c, 1, 3, ROLE_MANAGER);
    hire_one(c, 3, 1, ROLE_CLERK);
    sold = sell(c, "C4 C5", TENDER_CARD, till.till);
    c->box.now += SECOND_WINDOW + 1;
    request = wish(c, &sold, "", late, "B3 B4");
    request.ask.till = till.till;
    request.limit = 199;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_NEEDS_APPROVAL);
    request.limit = 200;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    undo = (struct void_request){.ask = counter_ask(c, NULL, "counter-1")};
    undo.ask.till = till.till;
    undo.reservation = reply.reservation;
    assert_int_equal(counter_do(c, &verb_void, &undo, &reply), RC_NEEDS_APPROVAL);
}

static void exchange__fresh__clerk_alone_whatever_goes_back(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct till_open_request open = {.ask = counter_ask(c, NULL, "counter-1"), .drawer = 1};
    struct exchange_request request;
    struct till_reply till;
    struct booking_reply sold, reply;

    assert_int_equal(counter_do(c, &verb_till_open, &open, &till), RC_OK);
    hire_one(c, 1, 3, ROLE_MANAGER);
    hire_one(c, 3, 1, ROLE_CLERK);
    sold = sell(c, "C4", TENDER_CARD, till.till);
    c->box.now += SECOND_WINDOW;
    request = wish(c, &sold, "", late, "B3");
    request.ask.till = till.till;
    request.limit = 0;
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_int_equal(reply.refunded, 100);
}

/* --- many at once ---------------------------------------------------------------------------- */

struct crossing {
    struct exchange_request there, back;
};

/* Even ones go to the late show, odd ones come from it: each locks the other's show as well. */
static int cross(struct sql *db, int nth, void *context)
{
    struct crossing crossing = *(struct crossing *)context;
    struct exchange_request *request = nth % 2 == 0 ? &crossing.there : &crossing.back;
    struct booking_reply reply = {0};
    struct fault why;

    verb_ask(&request->ask, db, NULL, "rival", 1);
    request->ask.now = BOX_NOW;
    return (int)verb_do(db, &verb_exchange, request, &reply, &why);
}

static void exchange__crosswise_by_eight_at_once__each_sale_goes_once(void **state)
{
    struct counter *c = *state;
    const show_id late = late_show(c);
    struct booking_reply here = counter_sell(c, "B3"), gone = counter_sell(c, "B4"), there;
    struct crossing crossing;
    int results[8];

    assert_int_equal(exchange(c, &gone, "", late, "B4", &there), RC_OK);
    crossing.there = wish(c, &here, "", late, "C5");
    crossing.back = wish(c, &there, "", c->show, "C5");
    race_run(&c->box, 8, cross, &crossing, results);
    assert_int_equal(race_count(results, 8, RC_OK), 2);
    assert_int_equal(race_count(results, 8, RC_WRONG_STATE), 6);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE state = 'sold'"), 2);
}

static void exchange__in_no_till__counts_what_changed_hands_alone(void **state)
{
    struct counter *c = *state;
    const struct booking_reply sold = sell(c, "B3", TENDER_CARD, (till_id){0});
    struct exchange_request request = wish(c, &sold, "", late_show(c), "C4");
    struct booking_reply reply;
    struct report *report = NULL;

    request.n_tenders = 1;
    request.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    assert_int_equal(counter_do(c, &verb_exchange, &request, &reply), RC_OK);
    assert_true(reply.total > sold.total);
    assert_int_equal(report_day(c->box.db, when_day(c->box.now), &report, &c->why), RC_OK);
    assert_int_equal(line_of(report, "tills", "no till")->n, 2); /* the sale, and the difference */
    assert_int_equal(line_of(report, "tills", "no till")->amount, reply.total);
    free(report);
}

int main(void)
{
#define EXCHANGE_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(exchange__dearer_show__money_goes_along_and_the_rest_is_paid),
        EXCHANGE_TEST(exchange__cheaper_show__difference_goes_back_as_it_was_paid),
        EXCHANGE_TEST(exchange__some_seats__the_others_stay),
        EXCHANGE_TEST(exchange__same_seat_of_another_show__is_another_seat),
        EXCHANGE_TEST(exchange__no_seats_named__takes_the_best_there),
        EXCHANGE_TEST(exchange__tickets__old_ones_are_dead_new_ones_follow_on),
        EXCHANGE_TEST(report__of_either_show__has_its_half),
        EXCHANGE_TEST(exchange__while_people_wait__old_seats_are_kept_for_them),
        EXCHANGE_TEST(exchange__unpaid__is_collected_by_the_deadline_of_that_show),
        EXCHANGE_TEST(exchange__what_cannot_be__is_refused_and_changes_nothing),
        EXCHANGE_TEST(exchange__cancelled_show__is_refused),
        EXCHANGE_TEST(exchange__key_again__is_done_once),
        EXCHANGE_TEST(exchange__held_by_the_basket__takes_its_seats_and_types),
        EXCHANGE_TEST(exchange__both_books__have_their_row),
        EXCHANGE_TEST(exchange__in_a_till__what_goes_along_never_touches_the_drawer),
        EXCHANGE_TEST(exchange__in_no_till__counts_what_changed_hands_alone),
        EXCHANGE_TEST(exchange__then_void__is_as_old_as_the_first_sale),
        EXCHANGE_TEST(exchange__fresh__clerk_alone_whatever_goes_back),
        EXCHANGE_TEST(exchange__crosswise_by_eight_at_once__each_sale_goes_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
