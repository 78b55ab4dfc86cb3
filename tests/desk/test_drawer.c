/* Who may do what with a till, tills that several processes want, and sales from before there were
 * any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/report.h"
#include "db/migrate.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

static struct till_reply open_till(struct counter *c, int32_t drawer, money opening)
{
    struct till_open_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .drawer = drawer, .opening = opening};
    struct till_reply reply;

    if (counter_do(c, &verb_till_open, &request, &reply) != RC_OK)
        fail_msg("%s", c->why.text);
    return reply;
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

/* Number 1 is a clerk, 2 a supervisor. */
static void add_staff(struct counter *c)
{
    counter_script(
        c, "INSERT INTO staff (number, name, name_key, role, pin_hash, created_at, changed_at)"
           " VALUES"
           " (1, 'Mira', 'mira', 'clerk', 'x', 0, 0),"
           " (2, 'Tom', 'tom', 'supervisor', 'x', 0, 0)");
}

static void recount__clerk__needs_a_supervisor(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 0).till;
    struct till_reply reply;
    struct till_count_request again = {.till = till};

    add_staff(c);
    assert_int_equal(count(c, till, 100, &reply), RC_OK);
    assert_int_equal(count(c, till, 0, &reply), RC_NEEDS_APPROVAL);
    assert_int_equal(counter_number(c, "SELECT counted FROM till_sessions"), 100);
    again.ask = counter_ask(c, NULL, "counter-1");
    again.ask.approver = 2;
    assert_int_equal(counter_do(c, &verb_till_count, &again, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT counts FROM till_sessions"), 2);
    assert_int_equal(counter_number(c, "SELECT counted FROM till_sessions"), 0);
}

static void close__two_signatures__are_two_peoples(void **state)
{
    struct counter *c = *state;
    till_id till = open_till(c, 1, 0).till;
    struct till_reply reply;

    add_staff(c);
    assert_int_equal(close_it(c, till, 0, 0, &reply), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "is to be counted"));
    assert_int_equal(count(c, till, 0, &reply), RC_OK);
    assert_int_equal(close_it(c, till, 0, 1, &reply), RC_NEEDS_APPROVAL);
    assert_int_equal(close_it(c, till, 1, 1, &reply), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "somebody else's"));
    assert_int_equal(close_it(c, till, 2, 1, &reply), RC_OK);
    assert_int_equal(reply.z_number, 1);
    assert_int_equal(counter_number(c, "SELECT signed_by FROM till_sessions"), 2);
    assert_int_equal(close_it(c, till, 2, 1, &reply), RC_WRONG_STATE);
}

/* A sale of a seat by one tender, in no till. */
static enum rc sell_tillless(struct counter *c, const char *seat, int kind, bool trusted)
{
    struct book_request sale = counter_book(c, NULL, "counter-1", seat);
    struct booking_reply reply;

    sale.ask.trusted = trusted;
    sale.n_tenders = 1;
    sale.tenders[0] = (struct tender){.kind = kind, .amount = -1};
    return counter_do(c, &verb_sell, &sale, &reply);
}

static void cash__staff_and_no_till__is_refused_and_changes_nothing(void **state)
{
    struct counter *c = *state;
    struct booking_reply reserved;
    struct pay_request pay = {.expected = -1};
    struct cancel_request cancel;
    struct booking_reply reply;

    add_staff(c);
    assert_int_equal(sell_tillless(c, "B1", TENDER_CASH, false), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "cash needs an open till"));
    assert_string_equal(counter_state(c, "B1"), "free");
    reserved = counter_reserve(c, "B3");
    pay.ask = counter_ask(c, NULL, "counter-1");
    pay.reservation = reserved.reservation;
    assert_int_equal(counter_do(c, &verb_pay, &pay, &reply), RC_REFUSED);
    assert_string_equal(counter_state(c, "B3"), "reserved");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM payments"), 0);
    pay.ask = counter_ask(c, NULL, "counter-1");
    pay.ask.trusted = true;
    assert_int_equal(counter_do(c, &verb_pay, &pay, &reply), RC_OK);
    cancel = (struct cancel_request){.ask = counter_ask(c, NULL, "counter-1"),
                                     .reservation = reserved.reservation,
                                     .limit = 10000,
                                     .reason = "mistake"};
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &reply), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "cash needs an open till"));
    assert_string_equal(counter_state(c, "B3"), "sold");
    assert_int_equal(sell_tillless(c, "B1", TENDER_CARD, false), RC_OK);
}

static void cash__no_staff_or_trusted__needs_no_till(void **state)
{
    struct counter *c = *state;

    assert_int_equal(sell_tillless(c, "B1", TENDER_CASH, false), RC_OK);
    add_staff(c);
    assert_int_equal(sell_tillless(c, "B2", TENDER_CASH, true), RC_OK);
}

/* --- several processes ------------------------------------------------------------------------ */

enum { CLOSERS = 6, SELLERS = 7 };

struct contest {
    till_id till;
    struct ask ask; /* of everybody, but for the key */
    struct book_request sales[SELLERS];
};

static void own_key(struct ask *ask, const char *what, int nth)
{
    (void)snprintf(ask->key, sizeof ask->key, "%s-%d", what, nth);
}

static int play_close(struct sql *db, int nth, void *context)
{
    const struct contest *contest = context;
    struct till_close_request request = {.ask = contest->ask, .till = contest->till};
    struct till_reply reply;
    struct fault why = {0};

    own_key(&request.ask, "close", nth);
    return (int)verb_do(db, &verb_till_close, &request, &reply, &why);
}

static void close__many_terminals_at_once__one_wins(void **state)
{
    struct counter *c = *state;
    struct contest contest = {.till = open_till(c, 1, 500).till};
    struct till_reply reply;
    int results[CLOSERS];

    assert_int_equal(count(c, contest.till, 500, &reply), RC_OK);
    contest.ask = counter_ask(c, NULL, "counter-1");
    race_run(&c->box, CLOSERS, play_close, &contest, results);
    assert_int_equal(race_count(results, CLOSERS, RC_OK), 1);
    assert_int_equal(race_count(results, CLOSERS, RC_WRONG_STATE), CLOSERS - 1);
    assert_int_equal(counter_number(c, "SELECT z_last FROM venue"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'till_close'"),
                     1);
}

/* The first counts and closes; the others sell into the same till meanwhile. */
static int play_shift_end(struct sql *db, int nth, void *context)
{
    struct contest *contest = context;
    struct till_count_request counted = {.ask = contest->ask, .till = contest->till};
    struct till_reply reply;
    struct booking_reply sold;
    struct fault why = {0};
    enum rc rc;

    if (nth > 0) {
        own_key(&contest->sales[nth - 1].ask, "sale", nth);
        return (int)verb_do(db, &verb_sell, &contest->sales[nth - 1], &sold, &why);
    }
    own_key(&counted.ask, "count", 0);
    rc = verb_do(db, &verb_till_count, &counted, &reply, &why);
    return rc == RC_OK ? play_close(db, 0, context) : (int)rc;
}

static void sale__against_a_closing_till__is_in_the_z_or_refused(void **state)
{
    static const char *const seats[SELLERS] = {"B1", "B2", "B3", "B4", "B5", "B6", "B7"};
    struct counter *c = *state;
    struct contest contest = {.till = open_till(c, 1, 500).till};
    struct report *z = NULL;
    int results[SELLERS + 1], sold;
    money taken = -1, each;

    contest.ask = counter_ask(c, NULL, "counter-1");
    for (int i = 0; i < SELLERS; i++) {
        contest.sales[i] = counter_book(c, NULL, "counter-2", seats[i]);
        contest.sales[i].ask.till = contest.till;
    }
    race_run(&c->box, SELLERS + 1, play_shift_end, &contest, results);
    assert_int_equal(results[0], RC_OK);
    sold = race_count(results + 1, SELLERS, RC_OK);
    assert_int_equal(sold + race_count(results + 1, SELLERS, RC_WRONG_STATE), SELLERS);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE state = 'sold'"), sold);
    each = sold > 0 ? counter_number(c, "SELECT max(amount) FROM payments") : 0;
    assert_int_equal(counter_number(c, "SELECT expected FROM till_sessions"), 500 + sold * each);
    assert_int_equal(report_till(c->box.db, contest.till, c->box.now, &z, &c->why), RC_OK);
    for (size_t i = 0; i < z->n; i++)
        if (strcmp(z->lines[i].part, "total") == 0 && strcmp(z->lines[i].label, "taken") == 0)
            taken = z->lines[i].amount;
    free(z);
    assert_int_equal(taken, sold * each);
}

/* --- before there were tills ------------------------------------------------------------------ */

static const char old_sales[] =
    "INSERT INTO venue (id, demo, currency, created_at) VALUES (1, 0, 'EUR', 0);"
    "INSERT INTO halls (id, name, name_key, grid_rows, grid_cols, created_at)"
    " VALUES (1, 'Small', 'small', 1, 9, 0);"
    "INSERT INTO seats (id, hall_id, label, block, zone, kind, row_name, number, grid_row, "
    "grid_col)"
    " VALUES (1, 1, 'A1', '', '', 'standard', 'A', 1, 0, 0),"
    " (2, 1, 'A2', '', '', 'standard', 'A', 2, 0, 1), (3, 1, 'A3', '', '', 'standard', 'A', 3, 0, "
    "2),"
    " (4, 1, 'A4', '', '', 'standard', 'A', 4, 0, 3);"
    "INSERT INTO shows (id, hall_id, title, title_key, starts_at, ends_at, sale_stop, created_at)"
    " VALUES (1, 1, 'Ran', 'ran', 9000, 9900, 9100, 0);"
    "INSERT INTO ticket_types (id, digit, name, name_key, percent)"
    " VALUES (1, 1, 'adult', 'adult', 100), (2, 2, 'child', 'child', 65);"
    "INSERT INTO reservations (id, code, show_id, state, total, key, terminal, operator, made_at,"
    " changed_at) VALUES (1, 'AAAA', 1, 'sold', 2650, 'k1', 'counter-1', 3, 100, 100),"
    " (2, 'BBBB', 1, 'reserved', 1000, 'k2', 'counter-1', 3, 100, 100);"
    "INSERT INTO claims (show_id, seat_id, state, since, reservation_id, type_id, amount, terminal,"
    " operator) VALUES (1, 1, 'sold', 100, 1, 1, 1000, 'counter-1', 3),"
    " (1, 2, 'sold', 100, 1, 1, 1000, 'counter-1', 3), (1, 3, 'sold', 100, 1, 2, 650, 'counter-1', "
    "3),"
    " (1, 4, 'reserved', 100, 2, 1, 1000, 'counter-1', 3);"
    "INSERT INTO payments (reservation_id, n, kind, tender, amount, terminal, operator, paid_at)"
    " VALUES (1, 1, 'pay', 'card', 2650, 'counter-1', 3, 100);";

static bool sell_of_old(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, old_sales) == SQL_OK;
}

/* A database as the program before tills left it; the number of steps that it had. */
static struct sql *open_old(char *path, size_t *n, const struct migration **steps)
{
    const struct sql_options options = {.name = path, .create = true, .journal = "wal"};
    struct sql *db = NULL;
    size_t before = 0;

    *steps = migrations_builtin("sqlite", n);
    while (strcmp((*steps)[before].name, "tills") != 0)
        before++;
    assert_int_equal(sql_open(&db, &options), SQL_OK);
    assert_int_equal(migrate_up(db, *steps, before, NULL), SQL_OK);
    if (sql_tx(db, sell_of_old, NULL) != SQL_OK)
        fail_msg("%s", sql_error(db));
    return db;
}

static void upgrade__sales_from_before_tills__are_among_the_takings(void **state)
{
    char dir[KIT_PATH], path[KIT_PATH];
    const struct migration *steps;
    size_t n = 0;
    int applied = 0;
    struct sql *db;

    (void)state;
    kit_tempdir(dir);
    db = open_old(kit_path(path, dir, "old.db"), &n, &steps);
    assert_int_equal(migrate_up(db, steps, n, &applied), SQL_OK);
    assert_true(applied >= 1);
    assert_int_equal(sql_one_number(db, -1, "SELECT count(*) FROM takings", NULL, 0), 2);
    assert_int_equal(sql_one_number(db, -1,
                                    "SELECT amount FROM takings WHERE n = 1"
                                    " AND type_id = 1 AND seats = 2 AND operator = 3"
                                    " AND till_id IS NULL AND kind = 'sale'",
                                    NULL, 0),
                     2000);
    assert_int_equal(
        sql_one_number(db, -1, "SELECT amount FROM takings WHERE n = 2 AND seats = 1", NULL, 0),
        650);
    assert_int_equal(sql_one_number(db, -1,
                                    "SELECT amount + rounding FROM payments"
                                    " WHERE till_id IS NULL AND reference = ''",
                                    NULL, 0),
                     2650);
    sql_close(&db);
    kit_remove_tree(dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(recount__clerk__needs_a_supervisor),
        TEST(close__two_signatures__are_two_peoples),
        TEST(cash__staff_and_no_till__is_refused_and_changes_nothing),
        TEST(cash__no_staff_or_trusted__needs_no_till),
        TEST(close__many_terminals_at_once__one_wins),
        TEST(sale__against_a_closing_till__is_in_the_z_or_refused),
        cmocka_unit_test(upgrade__sales_from_before_tills__are_among_the_takings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
