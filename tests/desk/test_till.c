/* Tills: from the float to the Z report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/check.h"
#include "core/desk/report.h"
#include "tests/kit/counter.h"

static struct till_reply open_till(struct counter *c, int32_t drawer, money opening)
{
    struct till_open_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .drawer = drawer, .opening = opening};
    struct till_reply reply;

    if (counter_do(c, &verb_till_open, &request, &reply) != RC_OK)
        fail_msg("%s", c->why.text);
    return reply;
}

static enum rc move(struct counter *c, till_id till, int32_t out, money amount, const char *reason)
{
    struct till_move_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .till = till, .out = out, .amount = amount};
    struct till_reply reply;

    (void)snprintf(request.reason, sizeof request.reason, "%s", reason);
    return counter_do(c, &verb_till_move, &request, &reply);
}

static enum rc count(struct counter *c, till_id till, money all, struct till_reply *reply)
{
    struct till_count_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .till = till, .n = 2};

    request.pieces[0] = (struct cash_pieces){100, all / 100};
    request.pieces[1] = (struct cash_pieces){1, all % 100};
    return counter_do(c, &verb_till_count, &request, reply);
}

static enum rc close_it(struct counter *c, till_id till, int32_t signed_by, int32_t two,
                        struct till_reply *reply)
{
    struct till_close_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .till = till, .two = two};

    request.ask.approver = signed_by;
    return counter_do(c, &verb_till_close, &request, reply);
}

/* Sells seats into a till, with 7 % tax in them, by one tender (kind) or cash. */
static struct booking_reply sell(struct counter *c, till_id till, const char *seats, int kind)
{
    struct book_request sale = counter_book(c, NULL, "counter-1", seats);
    struct booking_reply reply;

    sale.ask.till = till;
    sale.ask.tax = 700;
    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = kind, .amount = -1};
    if (counter_do(c, &verb_sell, &sale, &reply) != RC_OK)
        fail_msg("%s", c->why.text);
    return reply;
}

static struct report *report_of(struct counter *c, till_id till)
{
    struct report *report = NULL;

    if (report_till(c->box.db, till, c->box.now, &report, &c->why) != RC_OK)
        fail_msg("%s", c->why.text);
    return report;
}

/* The line of a part and a label; fails when there is none. */
static const struct report_line *line_of(const struct report *report, const char *part,
                                         const char *label)
{
    for (size_t i = 0; i < report->n; i++)
        if (strcmp(report->lines[i].part, part) == 0 && strcmp(report->lines[i].label, label) == 0)
            return &report->lines[i];
    fail_msg("no %s, %s", part, label);
    return NULL; /* not reached */
}

static bool has_line(const struct report *report, const char *part, const char *label)
{
    for (size_t i = 0; i < report->n; i++)
        if (strcmp(report->lines[i].part, part) == 0 && strcmp(report->lines[i].label, label) == 0)
            return true;
    return false;
}

static money sum_of(const struct report *report, const char *part)
{
    money sum = 0;

    for (size_t i = 0; i < report->n; i++)
        if (strcmp(report->lines[i].part, part) == 0)
            sum += report->lines[i].amount;
    return sum;
}

static void open__drawer_in_use__names_who_has_it(void **state)
{
    struct counter *c = *state;
    struct till_open_request again = {
        .ask = counter_ask(c, NULL, "counter-2"), .drawer = 1, .opening = 0};
    struct till_reply reply = open_till(c, 1, 15000);

    assert_int_equal(reply.state, TILL_OPEN);
    assert_int_equal(reply.told.hints[0].kind, HINT_TILL);
    assert_int_equal(counter_do(c, &verb_till_open, &again, &reply), RC_EXISTS);
    assert_non_null(strstr(c->why.text, "drawer 1 is open already (counter-1, since 13:00)"));
    (void)open_till(c, 2, 0);
}

static void fault_090__float_and_drawer_out_of_range__are_refused(void **state)
{
    struct counter *c = *state;
    struct till_open_request request = {.ask = counter_ask(c, NULL, "counter-1"), .drawer = 1};
    struct till_reply reply;

    request.opening = -1;
    assert_int_equal(counter_do(c, &verb_till_open, &request, &reply), RC_BAD_INPUT);
    request.opening = MONEY_MAX + 1;
    assert_int_equal(counter_do(c, &verb_till_open, &request, &reply), RC_BAD_INPUT);
    request.opening = 0;
    request.drawer = 0;
    assert_int_equal(counter_do(c, &verb_till_open, &request, &reply), RC_BAD_INPUT);
    request.drawer = DRAWERS_MAX + 1;
    assert_int_equal(counter_do(c, &verb_till_open, &request, &reply), RC_BAD_INPUT);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM till_sessions"), 0);
}

static void sell__into_a_till__is_in_its_book_with_the_shows_head(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 15000).till;

    (void)sell(c, till, "B3 B4", TENDER_CASH);
    assert_int_equal(counter_number(c, "SELECT till_id FROM payments"), till.n);
    assert_int_equal(counter_number(c, "SELECT till_id FROM takings"), till.n);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal t JOIN books s"
                                       " ON s.name = 'show:1' WHERE t.book = 'till:1'"
                                       " AND t.what = 'sell'"
                                       " AND t.after LIKE '%\"head\":\"' || s.head || '\"%'"
                                       " AND t.after LIKE '%\"paid_cash\":2000%'"),
                     1);
}

static void sell__till_closed_meanwhile__is_refused_and_nothing_taken(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 0).till;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3");
    struct booking_reply sold;
    struct till_reply reply;

    sale.ask.till = till;
    assert_int_equal(count(c, till, 0, &reply), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "the till of drawer 1 was counted meanwhile"));
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "the till of drawer 1 was closed meanwhile"));
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM takings"), 0);
    sale.ask.till.n = 99;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_NOT_FOUND);
}

static void sell__without_a_till__stands_in_none(void **state)
{
    struct counter *c = *state;

    (void)counter_sell(c, "B3");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments WHERE till_id IS NULL"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM takings WHERE till_id IS NULL"), 1);
}

static void move__in_and_out__with_a_reason_alone(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 10000).till;

    assert_int_equal(move(c, till, 0, 2000, "change from the bank"), RC_OK);
    assert_int_equal(move(c, till, 1, 500, "milk"), RC_OK);
    assert_int_equal(till_cash(c->box.db, till), 11500);
    assert_int_equal(move(c, till, 1, 500, "  "), RC_BAD_INPUT);
    assert_int_equal(move(c, till, 1, 0, "milk"), RC_BAD_INPUT);
    assert_int_equal(move(c, till, 1, -5, "milk"), RC_BAD_INPUT);
    assert_int_equal(move(c, till, 1, MONEY_MAX + 1, "milk"), RC_BAD_INPUT);
    assert_int_equal(move(c, till, 1, 11501, "milk"), RC_REFUSED);
    assert_int_equal(till_cash(c->box.db, till), 11500);
}

static void fault_093__card_number_as_reason_or_reference__is_refused(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 10000).till;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3");
    struct booking_reply reply;

    assert_int_equal(move(c, till, 0, 100, "card 4111 1111 1111 1111"), RC_BAD_INPUT);
    assert_null(strstr(c->why.text, "4111"));
    sale.n_tenders = 1;
    sale.tenders[0] =
        (struct tender){.kind = TENDER_CARD, .amount = -1, .reference = "5500-0000-0000-0004"};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    assert_null(strstr(c->why.text, "5500"));
    (void)snprintf(sale.tenders[0].reference, REFERENCE_SIZE, "slip 4471");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    assert_int_equal(
        counter_number(c, "SELECT count(*) FROM payments WHERE reference = 'slip 4471'"), 1);
}

static void count__twice__and_no_third_time(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 10000).till;
    struct till_reply reply;

    (void)sell(c, till, "B3", TENDER_CASH);
    assert_int_equal(count(c, till, 10900, &reply), RC_OK);
    assert_int_equal(reply.expected, 11000);
    assert_int_equal(reply.counted, 10900);
    assert_int_equal(reply.state, TILL_COUNTED);
    assert_int_equal(move(c, till, 0, 100, "found"), RC_WRONG_STATE);
    assert_int_equal(count(c, till, 11000, &reply), RC_OK);
    assert_int_equal(reply.counts, 2);
    assert_int_equal(reply.counted, 11000);
    assert_int_equal(count(c, till, 11000, &reply), RC_REFUSED);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM till_counts WHERE nth = 1"), 1);
}

static void count__key_again__counts_once(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 500).till;
    struct till_count_request request = {
        .ask = counter_ask(c, "once", "counter-1"), .till = till, .n = 1};
    struct till_reply reply;

    request.pieces[0] = (struct cash_pieces){100, 5};
    assert_int_equal(counter_do(c, &verb_till_count, &request, &reply), RC_OK);
    assert_int_equal(counter_do(c, &verb_till_count, &request, &reply), RC_OK);
    assert_int_equal(reply.told.replayed, 1);
    assert_int_equal(counter_number(c, "SELECT counts FROM till_sessions"), 1);
}

static void z__of_each_till__is_numbered_without_gaps(void **state)
{
    struct counter *c = *state;
    struct till_reply reply;

    for (int i = 1; i <= 3; i++) {
        till_id till = open_till(c, 1 + i % 2, 0).till;

        assert_int_equal(count(c, till, 0, &reply), RC_OK);
        assert_int_equal(close_it(c, till, 1, 1, &reply), RC_REFUSED);
        assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
        assert_int_equal(reply.z_number, i);
    }
}

/* A shift: sales by every tender, one seat back, money in and out. Returns the till. */
static till_id work_a_shift(struct counter *c)
{
    till_id till = open_till(c, 1, 10000).till;
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"), .n = 1};
    struct booking_reply sold, reply;

    counter_script(c, "UPDATE ticket_types SET tax = 1900 WHERE digit = 2");
    (void)sell(c, till, "A5 A6", TENDER_CARD);
    sold = sell(c, till, "B3 B4", TENDER_CASH);
    (void)sell(c, till, "C1", TENDER_VOUCHER);
    (void)counter_sell(c, "C8"); /* in no till */
    cancel.ask.till = till;
    cancel.reservation = sold.reservation;
    cancel.seats[0] = sold.seats[1];
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &reply), RC_OK);
    assert_int_equal(move(c, till, 1, 250, "stamps"), RC_OK);
    return till;
}

static void z__after_a_shift__adds_up_every_way(void **state)
{
    struct counter *c = *state;
    till_id till = work_a_shift(c);
    struct book_request child = counter_book(c, NULL, "counter-1", "B7");
    struct booking_reply sold;
    struct till_reply reply;
    struct report *z;

    child.types[0].n = 2;
    child.ask.till = till;
    child.ask.tax = 700;
    child.ask.operator_number = 4;
    assert_int_equal(counter_do(c, &verb_sell, &child, &sold), RC_OK);
    assert_int_equal(count(c, till, 11400, &reply), RC_OK);
    assert_int_equal(reply.expected, 10000 + 2000 - 1000 - 250 + 650);
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
    z = report_of(c, till);
    /* 20.00 card, 20.00 - 10.00 cash, 13.00 voucher, 6.50 cash for a child */
    assert_int_equal(line_of(z, "total", "taken")->amount, 4950);
    assert_int_equal(sum_of(z, "types"), 4950);
    assert_int_equal(sum_of(z, "tenders"), 4950);
    assert_int_equal(sum_of(z, "tax"), 4950);
    assert_int_equal(sum_of(z, "staff"), 4950);
    assert_int_equal(line_of(z, "types", "adult")->n, 4);
    assert_int_equal(line_of(z, "types", "child")->amount, 650);
    assert_int_equal(line_of(z, "tenders", "card")->amount, 2000);
    assert_int_equal(line_of(z, "tenders", "cash")->amount, 1650);
    assert_int_equal(line_of(z, "tax", "7 %")->amount, 4300);
    assert_int_equal(line_of(z, "tax", "7 %")->tax, 65 + 65 + 65 + 85);
    assert_int_equal(line_of(z, "tax", "19 %")->tax, 104);
    assert_int_equal(line_of(z, "staff", "4")->amount, 650);
    assert_int_equal(line_of(z, "back", "refund")->amount, 1000);
    assert_int_equal(line_of(z, "cash", "variance")->amount, 0);
    assert_int_equal(line_of(z, "moves", "paid out")->amount, -250);
    assert_int_equal(line_of(z, "count", "1.00")->n, 114);
    assert_int_equal(strlen(line_of(z, "journal", "house")->text), 64);
    free(z);
}

static void z__shown_again__is_the_same(void **state)
{
    struct counter *c = *state;
    till_id till = work_a_shift(c);
    struct till_reply reply;
    struct report *first, *again;

    assert_int_equal(count(c, till, 10750, &reply), RC_OK);
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
    first = report_of(c, till);
    counter_script(c, "UPDATE ticket_types SET name = 'Grown-up' WHERE digit = 1");
    again = report_of(c, till);
    assert_int_equal(first->n, again->n);
    assert_memory_equal(first->lines, again->lines, first->n * sizeof first->lines[0]);
    free(first);
    free(again);
}

static void z__heads__are_known_to_the_check(void **state)
{
    struct counter *c = *state;
    till_id till = work_a_shift(c);
    struct till_reply reply;
    struct report *z;
    char book[BOOK_SIZE];

    assert_int_equal(count(c, till, 10750, &reply), RC_OK);
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
    z = report_of(c, till);
    assert_true(check_head(c->box.db, line_of(z, "journal", "till")->text, book, sizeof book));
    assert_string_equal(book, "till:1");
    assert_true(check_head(c->box.db, line_of(z, "journal", "house")->text, book, sizeof book));
    assert_string_equal(book, "house");
    free(z);
}

static void x__before_the_count__does_not_tell_what_should_be_there(void **state)
{
    struct counter *c = *state;
    till_id till = work_a_shift(c);
    struct till_reply reply;
    struct report *x = report_of(c, till);

    assert_string_equal(line_of(x, "till", "report")->text, "X");
    assert_false(has_line(x, "cash", "expected"));
    free(x);
    assert_int_equal(count(c, till, 10750, &reply), RC_OK);
    x = report_of(c, till);
    assert_int_equal(line_of(x, "cash", "expected")->amount, 10750);
    free(x);
}

/* For programs with seconds and offset, for people without. */
static void x__its_times__are_short_for_people(void **state)
{
    struct counter *c = *state;
    struct report *x = report_of(c, open_till(c, 1, 0).till);
    const struct report_line *opened = line_of(x, "till", "opened");
    char words[REPORT_WORDS];

    assert_string_equal(opened->text, "2026-11-23T13:00:00+00:00");
    assert_string_equal(report_text(opened, words, sizeof words), "2026-11-23 13:00");
    free(x);
}

static void rounding__of_cash__is_a_line_of_its_own(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 0).till;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3");
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1")};
    struct booking_reply sold, back;
    struct till_reply reply;
    struct report *z;

    counter_script(c, "UPDATE prices SET amount = 1003 WHERE type_id = 1");
    sale.ask.till = till;
    sale.ask.cash_round = 5;
    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = -1, .given = 1004};
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_REFUSED); /* 0.01 is missing */
    sale.tenders[0].given = 2000;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.total, 1003);
    assert_int_equal(sold.rounding, 2);
    assert_int_equal(sold.change, 995);
    assert_int_equal(till_cash(c->box.db, till), 1005);
    sale = counter_book(c, NULL, "counter-1", "B4");
    sale.ask.till = till;
    sale.ask.cash_round = 5;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    cancel.ask.till = till;
    cancel.ask.cash_round = 5;
    cancel.reservation = sold.reservation;
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &back), RC_OK);
    assert_int_equal(back.refunded + back.rounding, 1005);
    assert_int_equal(till_cash(c->box.db, till), 1005);
    assert_int_equal(count(c, till, 1005, &reply), RC_OK);
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
    z = report_of(c, till);
    assert_int_equal(line_of(z, "rounding", "cash")->amount, 2);
    assert_int_equal(line_of(z, "tenders", "cash")->amount, 1003);
    assert_int_equal(line_of(z, "cash", "variance")->amount, 0);
    free(z);
}

/* What SQL makes of the tax is what the rule says. */
/* What is sold is worked out in C, what is taken back in SQL. */
static void tax__stored_and_taken_back__is_the_rules(void **state)
{
    struct counter *c = *state;
    static const int rates[] = {1, 700, 1050, 1900, 2500, TAX_MAX};

    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        static const char *const seats[] = {"B1", "B2", "B3", "B4", "B5", "B6"};
        struct book_request sale = counter_book(c, NULL, "counter-1", seats[i]);
        struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1")};
        struct booking_reply sold, back;

        sale.ask.tax = rates[i];
        assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
        assert_int_equal(
            counter_number(c, "SELECT tax FROM takings ORDER BY reservation_id DESC LIMIT 1"),
            cash_tax(1000, rates[i]));
        cancel.reservation = sold.reservation;
        assert_int_equal(counter_do(c, &verb_cancel, &cancel, &back), RC_OK);
        assert_int_equal(counter_number(c, "SELECT tax FROM takings WHERE kind = 'refund'"
                                           " ORDER BY reservation_id DESC LIMIT 1"),
                         cash_tax(1000, rates[i]));
    }
}

/* Grown-ups in two zones at 19 % and a child at 7 %. */
static void two_types_are_taken(struct counter *c, reservation_id reservation)
{
    const int64_t expected[][4] = {{2, 2300, 1900, cash_tax(1000, 1900) + cash_tax(1300, 1900)},
                                   {1, 650, 700, cash_tax(650, 700)}};
    struct sql_statement *rows =
        sql_ask(c->box.db,
                "SELECT seats, amount, tax_rate, tax FROM takings WHERE reservation_id = $1"
                " AND kind = 'sale' ORDER BY type_id",
                SQL_VALUES(sql_n(reservation.n)));

    for (int i = 0; i < 2; i++) {
        assert_true(sql_row(rows));
        for (int k = 0; k < 4; k++)
            assert_int_equal(sql_number(rows, k), expected[i][k]);
    }
    assert_false(sql_row(rows));
}

static void takings__of_two_types__are_a_row_each_at_its_rate(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3 B4 C5");
    struct book_request wish = counter_book(c, NULL, "counter-1", "B5 B6 C6");
    struct pay_request pay = {.ask = counter_ask(c, NULL, "counter-1"), .expected = -1};
    struct booking_reply reply;

    counter_script(c, "UPDATE ticket_types SET tax = 700 WHERE digit = 2");
    sale.types[1].n = wish.types[1].n = 2; /* between two of the first */
    sale.ask.tax = wish.ask.tax = pay.ask.tax = 1900;
    (void)snprintf(wish.name, sizeof wish.name, "Mira");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    two_types_are_taken(c, reply.reservation);
    assert_int_equal(counter_do(c, &verb_reserve, &wish, &reply), RC_OK);
    pay.reservation = reply.reservation;
    assert_int_equal(counter_do(c, &verb_pay, &pay, &reply), RC_OK);
    two_types_are_taken(c, pay.reservation);
}

static void refund__rate_changed_meanwhile__takes_back_the_old_tax(void **state)
{
    struct counter *c = *state;
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1")};
    struct booking_reply sold = sell(c, (till_id){0}, "B3 B4", TENDER_CASH), back;

    counter_script(c, "UPDATE ticket_types SET tax = 1900");
    cancel.reservation = sold.reservation;
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &back), RC_OK);
    assert_int_equal(counter_number(c, "SELECT CAST(sum(CASE kind WHEN 'sale' THEN tax ELSE -tax"
                                       " END) AS BIGINT) FROM takings"),
                     0);
}

static void report_day__till_open__says_that_the_day_is_not_closed(void **state)
{
    struct counter *c = *state;
    till_id till = work_a_shift(c);
    struct till_reply reply;
    struct report *day;

    assert_int_equal(report_day(c->box.db, when_day(c->box.now), &day, &c->why), RC_OK);
    assert_string_equal(line_of(day, "day", "state")->text, "not closed: 1 till open");
    assert_string_equal(line_of(day, "tills", "drawer 1, till 1")->text, "open");
    assert_int_equal(line_of(day, "tills", "no till")->amount, 1300);
    assert_int_equal(sum_of(day, "tills"), line_of(day, "total", "taken")->amount);
    free(day);
    assert_int_equal(count(c, till, 10750, &reply), RC_OK);
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_OK);
    assert_int_equal(report_day(c->box.db, when_day(c->box.now), &day, &c->why), RC_OK);
    assert_string_equal(line_of(day, "day", "state")->text, "closed");
    assert_string_equal(line_of(day, "tills", "drawer 1, till 1")->text, "Z 1, variance 0.00");
    free(day);
}

static void report_show__has_its_own_alone(void **state)
{
    struct counter *c = *state;
    struct report *show;

    (void)work_a_shift(c);
    assert_int_equal(report_show(c->box.db, c->show, &show, &c->why), RC_OK);
    assert_int_equal(line_of(show, "total", "taken")->amount, 5600);
    free(show);
    assert_int_equal(report_show(c->box.db, (show_id){99}, &show, &c->why), RC_NOT_FOUND);
}

static void report_week__begins_on_thursday(void **state)
{
    struct counter *c = *state;
    struct report *week;
    int32_t day = 0;

    assert_int_equal(when_day_parse("2026-11-26", &day, NULL), RC_OK); /* a Thursday */
    assert_int_equal(report_week_begins(day), day);
    assert_int_equal(report_week_begins(day + 6), day);
    assert_int_equal(report_week_begins(day + 7), day + 7);
    assert_int_equal(report_week_begins(-1), -7); /* 1969-12-31, a Wednesday */
    (void)work_a_shift(c);
    assert_int_equal(report_week(c->box.db, when_day(c->box.now), &week, &c->why), RC_OK);
    assert_string_equal(line_of(week, "week", "from")->text, "2026-11-19");
    assert_int_equal(line_of(week, "total", "taken")->amount, 5600);
    free(week);
    assert_int_equal(report_week(c->box.db, when_day(c->box.now) + 7, &week, &c->why), RC_OK);
    assert_int_equal(line_of(week, "total", "taken")->amount, 0);
    free(week);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(open__drawer_in_use__names_who_has_it),
        TEST(fault_090__float_and_drawer_out_of_range__are_refused),
        TEST(sell__into_a_till__is_in_its_book_with_the_shows_head),
        TEST(sell__till_closed_meanwhile__is_refused_and_nothing_taken),
        TEST(sell__without_a_till__stands_in_none),
        TEST(move__in_and_out__with_a_reason_alone),
        TEST(fault_093__card_number_as_reason_or_reference__is_refused),
        TEST(count__twice__and_no_third_time),
        TEST(count__key_again__counts_once),
        TEST(z__of_each_till__is_numbered_without_gaps),
        TEST(z__after_a_shift__adds_up_every_way),
        TEST(z__shown_again__is_the_same),
        TEST(z__heads__are_known_to_the_check),
        TEST(x__before_the_count__does_not_tell_what_should_be_there),
        TEST(x__its_times__are_short_for_people),
        TEST(rounding__of_cash__is_a_line_of_its_own),
        TEST(tax__stored_and_taken_back__is_the_rules),
        TEST(takings__of_two_types__are_a_row_each_at_its_rate),
        TEST(refund__rate_changed_meanwhile__takes_back_the_old_tax),
        TEST(report_day__till_open__says_that_the_day_is_not_closed),
        TEST(report_show__has_its_own_alone),
        TEST(report_week__begins_on_thursday),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
