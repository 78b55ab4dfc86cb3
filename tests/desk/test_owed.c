/* Paper that a terminal owes: written down with the sale, and crossed out when it is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/exchange.h"
#include "core/desk/owed.h"
#include "core/desk/tickets.h"
#include "tests/kit/counter.h"

static struct ask printing(struct counter *c, const char *terminal)
{
    struct ask ask = counter_ask(c, NULL, terminal);

    ask.prints = true;
    return ask;
}

static struct booking_reply sell(struct counter *c, const char *terminal, const char *seats)
{
    struct book_request request = counter_book(c, NULL, terminal, seats);
    struct booking_reply reply;

    request.ask.prints = true;
    assert_int_equal(counter_do(c, &verb_sell, &request, &reply), RC_OK);
    return reply;
}

static struct ticket_reply issue(struct counter *c, const char *terminal, reservation_id sale)
{
    struct ticket_request request = {.ask = printing(c, terminal), .reservation = sale};
    struct ticket_reply reply;

    assert_int_equal(counter_do(c, &verb_issue, &request, &reply), RC_OK);
    return reply;
}

static void came(struct counter *c, const char *terminal, const struct ticket_reply *tickets,
                 enum ticket_print print)
{
    struct printed_request request = {.ask = printing(c, terminal), .n = tickets->n};
    struct printed_reply reply;

    request.print = (int32_t)print;
    memcpy(request.serials, tickets->serials, sizeof request.serials);
    assert_int_equal(counter_do(c, &verb_printed, &request, &reply), RC_OK);
}

/* The codes that a terminal owes, newest first, as a terminal reads them that has just begun. */
static const char *owed(struct counter *c, const char *terminal)
{
    static char codes[OWED_MOST * CODE_SIZE];
    struct sql *db = box_connect(&c->box);
    struct owed_list *list;

    codes[0] = '\0';
    assert_int_equal(owed_read(db, terminal, c->box.now, &list, &c->why), RC_OK);
    for (int32_t i = 0; i < list->n; i++) {
        size_t used = strlen(codes);

        (void)snprintf(codes + used, sizeof codes - used, "%s%s", i > 0 ? " " : "",
                       list->sales[i].code);
    }
    free(list);
    sql_close(&db);
    return codes;
}

/* Does its newest sale have tickets that may have come out? */
static bool unknown(struct counter *c, const char *terminal)
{
    struct sql *db = box_connect(&c->box);
    struct owed_list *list;

    assert_int_equal(owed_read(db, terminal, c->box.now, &list, &c->why), RC_OK);
    assert_true(list->n > 0);
    bool is = list->sales[0].unknown != 0;
    free(list);
    sql_close(&db);
    return is;
}

static void sell__where_a_printer_is__owes_its_tickets_until_they_are_printed(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3 B4");
    struct ticket_reply tickets;

    assert_string_equal(owed(c, "counter-1"), sold.code);
    assert_string_equal(owed(c, "counter-2"), "");
    tickets = issue(c, "counter-1", sold.reservation);
    assert_string_equal(owed(c, "counter-1"), sold.code);
    came(c, "counter-1", &tickets, PRINT_PRINTED);
    assert_string_equal(owed(c, "counter-1"), "");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM reservations WHERE paper <> ''"), 0);
}

static void sell__without_a_printer__owes_nothing(void **state)
{
    struct counter *c = *state;

    (void)counter_sell(c, "B3");
    assert_string_equal(owed(c, "counter-1"), "");
}

static void sell__several__newest_is_named_first(void **state)
{
    struct counter *c = *state;
    struct booking_reply first = sell(c, "counter-1", "B3"), second;
    char both[2 * CODE_SIZE];

    c->box.now += WHEN_MINUTE;
    second = sell(c, "counter-1", "B4");
    (void)snprintf(both, sizeof both, "%s %s", second.code, first.code);
    assert_string_equal(owed(c, "counter-1"), both);
}

/* Nobody noted what came of it: no terminal prints the same again, but one marked as a duplicate.
 */
static void fault_003__ended_while_it_printed__is_owed_until_printed_anew(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3 B4");
    struct ticket_request anew = {.reservation = sold.reservation, .reason = "it was killed"};
    struct ticket_reply again;

    assert_false(unknown(c, "counter-1"));
    (void)issue(c, "counter-1", sold.reservation);
    assert_int_equal(issue(c, "counter-1", sold.reservation).n, 0);
    assert_int_equal(issue(c, "counter-2", sold.reservation).n, 0);
    assert_string_equal(owed(c, "counter-1"), sold.code);
    assert_true(unknown(c, "counter-1"));
    anew.ask = printing(c, "counter-1");
    assert_int_equal(counter_do(c, &verb_reprint, &anew, &again), RC_OK);
    assert_int_equal(again.n, 2);
    assert_string_equal(owed(c, "counter-1"), sold.code);
    came(c, "counter-1", &again, PRINT_PRINTED);
    assert_string_equal(owed(c, "counter-1"), "");
    assert_int_equal(counter_number(c, "SELECT sum(copies) FROM tickets WHERE state = 'live'"), 2);
}

static void printed__failed_or_torn__is_owed_where_it_failed(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3");
    struct ticket_reply tickets = issue(c, "counter-1", sold.reservation);
    struct ticket_request torn = {.reservation = sold.reservation};

    came(c, "counter-2", &tickets, PRINT_FAILED);
    assert_string_equal(owed(c, "counter-1"), "");
    assert_string_equal(owed(c, "counter-2"), sold.code);
    came(c, "counter-2", &tickets, PRINT_PRINTED);
    assert_string_equal(owed(c, "counter-2"), "");
    torn.ask = printing(c, "counter-2");
    assert_int_equal(counter_do(c, &verb_torn, &torn, &tickets), RC_OK);
    assert_string_equal(owed(c, "counter-2"), sold.code);
    came(c, "counter-2", &tickets, PRINT_PRINTED);
    assert_string_equal(owed(c, "counter-2"), "");
}

static void reprint__until_it_is_out__is_owed(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3");
    struct ticket_reply tickets = issue(c, "counter-1", sold.reservation);
    struct ticket_request anew = {.reservation = sold.reservation, .reason = "lost"};

    came(c, "counter-1", &tickets, PRINT_PRINTED);
    anew.ask = printing(c, "counter-1");
    assert_int_equal(counter_do(c, &verb_reprint, &anew, &tickets), RC_OK);
    assert_string_equal(owed(c, "counter-1"), sold.code);
    came(c, "counter-1", &tickets, PRINT_PRINTED);
    assert_string_equal(owed(c, "counter-1"), "");
}

/* A command has no screen that would tell of it; what it prints is printed all the same. */
static void printed__by_a_command__is_owed_no_more(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3");
    struct ticket_request request = {.ask = counter_ask(c, NULL, "host-17"),
                                     .reservation = sold.reservation};
    struct printed_request printed = {.print = PRINT_FAILED, .n = 1};
    struct ticket_reply tickets;
    struct printed_reply reply;

    assert_int_equal(counter_do(c, &verb_issue, &request, &tickets), RC_OK);
    printed.serials[0] = tickets.serials[0];
    printed.ask = counter_ask(c, NULL, "host-17");
    assert_int_equal(counter_do(c, &verb_printed, &printed, &reply), RC_OK);
    assert_string_equal(owed(c, "host-17"), "");
    assert_string_equal(owed(c, "counter-1"), sold.code);
    printed.ask = counter_ask(c, NULL, "host-17");
    printed.print = PRINT_PRINTED;
    assert_int_equal(counter_do(c, &verb_printed, &printed, &reply), RC_OK);
    assert_string_equal(owed(c, "counter-1"), "");
}

static void pay__of_a_reservation__is_owed_where_it_was_paid(void **state)
{
    struct counter *c = *state;
    struct booking_reply made = counter_reserve(c, "B3"), paid;
    struct pay_request pay = {.ask = printing(c, "counter-2"),
                              .reservation = made.reservation,
                              .expected = 1000,
                              .n_tenders = 1,
                              .tenders = {{.kind = TENDER_CASH, .amount = 1000, .given = 1000}}};

    assert_string_equal(owed(c, "counter-1"), "");
    assert_int_equal(counter_do(c, &verb_pay, &pay, &paid), RC_OK);
    assert_string_equal(owed(c, "counter-2"), made.code);
}

static void exchange__of_printed_seats__owes_the_new_ones(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3 B4"), reply;
    struct ticket_reply tickets = issue(c, "counter-1", sold.reservation);
    struct exchange_request wish = {.reservation = sold.reservation, .limit = 10000};

    came(c, "counter-1", &tickets, PRINT_PRINTED);
    wish.n = counter_seats(c, "B4", wish.seats);
    wish.n_to = counter_seats(c, "B5", wish.to);
    wish.ask = printing(c, "counter-3");
    assert_int_equal(counter_do(c, &verb_exchange, &wish, &reply), RC_OK);
    assert_string_equal(owed(c, "counter-3"), sold.code);
    tickets = issue(c, "counter-3", sold.reservation);
    assert_int_equal(tickets.n, 1);
    came(c, "counter-3", &tickets, PRINT_PRINTED);
    assert_string_equal(owed(c, "counter-3"), "");
}

static void owed__given_back_or_over__is_told_no_more(void **state)
{
    struct counter *c = *state;
    struct booking_reply gone = sell(c, "counter-1", "B3"), reply;
    struct cancel_request cancel = {.reservation = gone.reservation, .limit = 10000};

    cancel.ask = counter_ask(c, NULL, "counter-1");
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &reply), RC_OK);
    assert_string_equal(owed(c, "counter-1"), "");
    gone = sell(c, "counter-1", "B3");
    assert_string_equal(owed(c, "counter-1"), gone.code);
    c->box.now = COUNTER_STARTS + 2 * WHEN_HOUR - 1;
    assert_string_equal(owed(c, "counter-1"), gone.code);
    c->box.now++;
    assert_string_equal(owed(c, "counter-1"), "");
}

/* Who was let in by the large letters needs no paper any more. */
static void owed__let_in_without_it__is_told_no_more(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = sell(c, "counter-1", "B3");
    struct check_in_request come = {.ask = counter_ask(c, NULL, "door")};
    struct check_in_reply came_in;

    memcpy(come.code, sold.code, sizeof come.code);
    assert_int_equal(counter_do(c, &verb_check_in, &come, &came_in), RC_OK);
    assert_string_equal(owed(c, "counter-1"), "");
}

int main(void)
{
#define OWED_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        OWED_TEST(sell__where_a_printer_is__owes_its_tickets_until_they_are_printed),
        OWED_TEST(sell__without_a_printer__owes_nothing),
        OWED_TEST(sell__several__newest_is_named_first),
        OWED_TEST(fault_003__ended_while_it_printed__is_owed_until_printed_anew),
        OWED_TEST(printed__failed_or_torn__is_owed_where_it_failed),
        OWED_TEST(reprint__until_it_is_out__is_owed),
        OWED_TEST(printed__by_a_command__is_owed_no_more),
        OWED_TEST(pay__of_a_reservation__is_owed_where_it_was_paid),
        OWED_TEST(exchange__of_printed_seats__owes_the_new_ones),
        OWED_TEST(owed__given_back_or_over__is_told_no_more),
        OWED_TEST(owed__let_in_without_it__is_told_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
