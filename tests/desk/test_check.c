/* check: every invariant, broken once, is found and its first row named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/check.h"
#include "core/desk/journal.h"
#include "tests/kit/queue.h"

/* A house with something of everything: sold, refunded, reserved, offered, waiting, left. */
static void furnish(struct queue *queue)
{
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id gone;

    (void)queue_sell(queue, "C1");
    queue_sell_out(queue);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    (void)queue_join(queue, "Four", 4, FIT_TOGETHER);
    gone = queue_join(queue, "Gone", 1, FIT_ANY);
    assert_int_equal(queue_entry(queue, &verb_leave, gone), RC_OK);
    queue_cancel(queue, pair);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
}

static const struct check_row *row_of(const struct check_result *result, int number)
{
    for (int i = 0; i < result->n; i++)
        if (result->rows[i].number == number)
            return &result->rows[i];
    fail_msg("invariant %d is not checked", number);
    return &result->rows[0]; /* not reached */
}

enum { NONE = 0, ANY = -1 };

/* Breaks the furnished house with one statement; exactly the invariant `number` (and `also`: one
 * more, none, ANY) must tell, naming `what`. */
static void expect_broken(struct queue *queue, const char *statement, int number, int also,
                          const char *what)
{
    struct check_result result;
    struct fault why;

    furnish(queue);
    box_check(&queue->box);
    queue_write(queue, statement);
    queue->box.unchecked = true;
    assert_int_equal(check_run(queue->box.db, &result, &why), RC_OK);
    for (int i = 0; i < result.n; i++)
        if (!result.rows[i].holds && result.rows[i].number != number && also != ANY &&
            result.rows[i].number != also)
            fail_msg("invariant %d as well: %s", result.rows[i].number, result.rows[i].first);
    assert_false(row_of(&result, number)->holds);
    if (strstr(row_of(&result, number)->first, what) == NULL)
        fail_msg("\"%s\" does not tell of %s", row_of(&result, number)->first, what);
}

static void check__whole_house__holds(void **state)
{
    struct queue *queue = *state;
    struct check_result result;
    static const int numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};

    furnish(queue);
    assert_int_equal(check_run(queue->box.db, &result, NULL), RC_OK);
    assert_int_equal(result.broken, 0);
    assert_int_equal(result.n, sizeof numbers / sizeof numbers[0]);
    for (int i = 0; i < result.n; i++) {
        assert_int_equal(result.rows[i].number, numbers[i]);
        assert_true(result.rows[i].holds);
        assert_string_equal(result.rows[i].first, "");
    }
}

static void invariant_2__seat_of_another_hall(void **state)
{
    struct queue *queue = *state;

    (void)box_small_hall(&queue->box);
    expect_broken(queue,
                  "INSERT INTO claims (show_id, seat_id, state, since, reason) SELECT 1, id,"
                  " 'blocked', 0, 'broken' FROM seats WHERE hall_id = 2 AND label = 'A3'",
                  2, 7, "A3");
}

static void invariant_3__two_reservations_of_one_key(void **state)
{
    expect_broken(*state,
                  "UPDATE reservations SET key = (SELECT key FROM reservations WHERE id = 2)"
                  " WHERE id IN (2, 3)",
                  3, NONE, "have one key");
}

static void invariant_4__total_is_not_its_seats(void **state)
{
    expect_broken(*state, "UPDATE reservations SET total = total + 1 WHERE id = 2", 4, NONE,
                  "total 1001");
}

static void invariant_4__sold_and_not_paid(void **state)
{
    expect_broken(*state, "DELETE FROM payments WHERE reservation_id = 2", 4, NONE, "paid 0");
}

static void invariant_4__claim_and_reservation_disagree(void **state)
{
    expect_broken(*state, "UPDATE claims SET state = 'reserved' WHERE reservation_id = 2", 4, 7,
                  "is sold");
}

static void invariant_5__carried_away_and_nowhere_to(void **state)
{
    expect_broken(*state, "UPDATE payments SET carried = 1 WHERE kind = 'refund'", 5, 0,
                  "carried in cash: 2000 out of reservations, 0 into others");
}

static void invariant_5__refunded_twice(void **state)
{
    expect_broken(*state,
                  "INSERT INTO payments (reservation_id, n, kind, tender, amount, terminal,"
                  " operator, paid_at) SELECT reservation_id, n + 1, kind, tender, amount,"
                  " terminal, operator, paid_at FROM payments WHERE kind = 'refund'",
                  5, 4, "refunded 4000 in cash, paid 2000");
}

static void invariant_6__journal_row_changed(void **state)
{
    struct queue *queue = *state;

    box_open_journal(&queue->box);
    expect_broken(queue, "UPDATE journal SET terminal = 'forged' WHERE book = 'show:1' AND n = 3",
                  6, NONE, "show:1, row 3");
}

static void invariant_6__journal_tail_cut(void **state)
{
    struct queue *queue = *state;

    box_open_journal(&queue->box);
    expect_broken(queue,
                  "DELETE FROM journal WHERE book = 'show:1'"
                  " AND n = (SELECT max(n) FROM journal WHERE book = 'show:1')",
                  6, 7, "show:1");
}

static void invariant_7__seat_changed_without_a_row(void **state)
{
    expect_broken(*state,
                  "DELETE FROM claims WHERE seat_id = (SELECT id FROM seats"
                  " WHERE label = 'C1' AND hall_id = 1)",
                  7, 4, "C1");
}

static void invariant_7__claim_without_a_row(void **state)
{
    struct queue *queue = *state;

    (void)box_show(&queue->box, queue->hall, "Ran", queue->starts_at + 24 * WHEN_HOUR);
    expect_broken(queue,
                  "INSERT INTO claims (show_id, seat_id, state, since, reason)"
                  " VALUES (2, 5, 'blocked', 0, 'broken')",
                  7, NONE, "show 2");
}

static void invariant_7__entry_revived_without_a_row(void **state)
{
    expect_broken(*state, "UPDATE waiting_list SET state = 'waiting' WHERE name = 'Gone'", 7, NONE,
                  "entries 3");
}

/* What a forger would write who knows how rows are chained. */
struct forgery {
    struct queue *queue;
    const char *part, *name, *before, *after;
};

static bool forge(struct sql *db, void *context)
{
    const struct forgery *forgery = context;
    struct ask ask = box_ask(&forgery->queue->box);

    journal_add(db, "show:1", &ask, "forged",
                json_pack("{s:{s:s}}", forgery->part, forgery->name, forgery->before),
                json_pack("{s:{s:s}}", forgery->part, forgery->name, forgery->after));
    return true;
}

static void expect_forgery_found(struct queue *queue, struct forgery forgery, const char *what)
{
    struct check_result result;

    furnish(queue);
    forgery.queue = queue;
    assert_int_equal(sql_tx(queue->box.db, forge, &forgery), SQL_OK);
    queue->box.unchecked = true;
    assert_int_equal(check_run(queue->box.db, &result, NULL), RC_OK);
    assert_int_equal(result.broken, 1);
    assert_non_null(strstr(row_of(&result, 7)->first, what));
}

static void invariant_7__row_begins_elsewhere(void **state)
{
    expect_forgery_found(*state, (struct forgery){NULL, "seats", "C1", "held", "sold"},
                         "seats C1 was sold, the row has it held");
}

static void invariant_7__final_state_goes_on(void **state)
{
    expect_forgery_found(*state, (struct forgery){NULL, "entries", "3", "left", "waiting"},
                         "entries 3 was left, the row has it waiting");
}

static void invariant_8__offered_without_an_offer(void **state)
{
    expect_broken(*state, "UPDATE waiting_list SET state = 'offered' WHERE name = 'Four'", 8, 7,
                  "entry 2");
}

static void invariant_8__two_open_offers(void **state)
{
    expect_broken(*state,
                  "UPDATE reservations SET entry_id = 1, state = 'offered', deadline = 1"
                  " WHERE id = 2",
                  8, ANY, "with 2 open offers");
}

static void invariant_9__term_went_back(void **state)
{
    expect_broken(*state, "UPDATE leases SET term = 0", 9, NONE, "the lease is in 0");
}

static void invariant_13__serials_with_a_gap(void **state)
{
    expect_broken(*state, "UPDATE ticket_serials SET last = 7", 13, 0,
                  "the last serial is 7 and there are 0 tickets");
}

static void invariant_11__card_number_in_a_note(void **state)
{
    struct queue *queue = *state;
    struct check_result result;

    expect_broken(queue, "UPDATE waiting_list SET note = '4111-1111-1111-1111' WHERE id = 2", 11,
                  NONE, "entry 2");
    assert_int_equal(check_run(queue->box.db, &result, NULL), RC_OK);
    assert_null(strstr(row_of(&result, 11)->first, "4111"));
}

static void head__of_any_row_is_known(void **state)
{
    struct queue *queue = *state;
    char head[65];
    char book[BOOK_SIZE];
    struct sql_statement *row;

    furnish(queue);
    row =
        sql_ask(queue->box.db, "SELECT hash FROM journal WHERE book = 'show:1' AND n = 2", NULL, 0);
    assert_true(sql_row(row));
    (void)snprintf(head, sizeof head, "%s", sql_text(row, 0));
    sql_done(row);
    assert_true(check_head(queue->box.db, head, book, sizeof book));
    assert_string_equal(book, "show:1");
    head[0] = head[0] == 'a' ? 'b' : 'a';
    assert_false(check_head(queue->box.db, head, book, sizeof book));
    assert_string_equal(book, "");
}

/* Whoever owns the file can cut the journal's end off and mend its books: what is left holds in
 * itself, and does not know what was printed. */
static void fault_109__owner_cuts_the_journal__the_printed_head_tells(void **state)
{
    struct queue *queue = *state;
    struct check_result result;
    char printed[65], book[BOOK_SIZE];
    struct sql_statement *row;

    furnish(queue);
    row = sql_ask(queue->box.db, "SELECT head FROM books WHERE name = 'show:1'", NULL, 0);
    assert_true(sql_row(row));
    (void)snprintf(printed, sizeof printed, "%s", sql_text(row, 0));
    sql_done(row);
    assert_true(check_head(queue->box.db, printed, book, sizeof book));
    queue->box.unchecked = true; /* the state that the cut row told of stands still */
    box_open_journal(&queue->box);
    queue_write(queue, "DELETE FROM journal WHERE book = 'show:1'"
                       " AND n = (SELECT length FROM books WHERE name = 'show:1')");
    queue_write(queue, "UPDATE books SET length = length - 1, head = (SELECT j.hash FROM journal j"
                       " WHERE j.book = 'show:1' AND j.n = books.length - 1)"
                       " WHERE name = 'show:1'");
    assert_int_equal(check_run(queue->box.db, &result, NULL), RC_OK);
    assert_true(row_of(&result, 6)->holds);
    assert_false(check_head(queue->box.db, printed, book, sizeof book));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, queue_setup, queue_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(check__whole_house__holds),
        TEST(invariant_2__seat_of_another_hall),
        TEST(invariant_3__two_reservations_of_one_key),
        TEST(invariant_4__total_is_not_its_seats),
        TEST(invariant_4__sold_and_not_paid),
        TEST(invariant_4__claim_and_reservation_disagree),
        TEST(invariant_5__carried_away_and_nowhere_to),
        TEST(invariant_5__refunded_twice),
        TEST(invariant_6__journal_row_changed),
        TEST(invariant_6__journal_tail_cut),
        TEST(invariant_7__seat_changed_without_a_row),
        TEST(invariant_7__claim_without_a_row),
        TEST(invariant_7__entry_revived_without_a_row),
        TEST(invariant_7__row_begins_elsewhere),
        TEST(invariant_7__final_state_goes_on),
        TEST(invariant_8__offered_without_an_offer),
        TEST(invariant_8__two_open_offers),
        TEST(invariant_9__term_went_back),
        TEST(invariant_11__card_number_in_a_note),
        TEST(invariant_13__serials_with_a_gap),
        TEST(head__of_any_row_is_known),
        TEST(fault_109__owner_cuts_the_journal__the_printed_head_tells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
