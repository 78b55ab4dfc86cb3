#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/change.h"
#include "core/desk/journal.h"
#include "core/desk/tidy.h"
#include "tests/kit/counter.h"
#include "tests/kit/server.h"

static void key__again__the_first_result(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "once", "counter-1", "B3 B4");
    struct booking_reply first;
    struct booking_reply again;

    assert_int_equal(counter_do(c, &verb_sell, &sale, &first), RC_OK);
    assert_int_equal(first.told.replayed, 0);
    /* Another terminal, a later time and other random bits make no other request. */
    sale.ask = counter_ask(c, "once", "counter-2");
    sale.ask.now += WHEN_HOUR;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &again), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    again.told.replayed = 0;
    assert_memory_equal(&first, &again, sizeof first);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM payments"), 1);
}

static void fault_094__enter_twice__one_sale(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "held down", "counter-1", "");
    struct booking_reply reply;

    (void)snprintf(sale.ask.key, sizeof sale.ask.key, "held-down");
    sale.best = 2;
    for (int i = 0; i < 5; i++)
        assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims"), 2);
}

/* A sale on a connection that has done nothing yet, while another one writes. */
struct beside {
    struct sql *cold;
    struct book_request sale;
    struct fault why;
};

static bool sell_beside(struct sql *db, void *context)
{
    struct beside *beside = context;
    struct booking_reply sold;

    (void)db;
    assert_int_not_equal(verb_do(beside->cold, &verb_sell, &beside->sale, &sold, &beside->why),
                         RC_OK); /* the turn is another connection's */
    return false;
}

/* Others need not wait while a terminal that has just come reads a plan. */
static void first_sale__another_has_the_turn__reads_the_plan_meanwhile(void **state)
{
    struct counter *c = *state;
    struct beside beside = {.sale = counter_book(c, NULL, "counter-1", "B3 B4")};
    const struct sql_options options = {.name = c->box.path};

    if (server_there())
        skip();
    assert_int_equal(sql_open(&beside.cold, &options), SQL_OK);
    assert_int_equal(sql_tx(c->box.db, sell_beside, &beside), SQL_ROLLED_BACK);
    assert_non_null(sql_kept(beside.cold));
    sql_close(&beside.cold);
    assert_string_equal(counter_state(c, "B3"), "free");
}

static void key__for_another_request__is_refused(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "once", "counter-1", "B3");
    struct booking_reply sold;
    struct cancel_request cancel = {.ask = counter_ask(c, "once", "counter-1")};

    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    sale = counter_book(c, "once", "counter-1", "B4");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_KEY_REUSED);
    assert_string_equal(c->why.text, "the key once was used for another sell");
    cancel.reservation.n = 1;
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &sold), RC_KEY_REUSED);
    assert_string_equal(counter_state(c, "B3"), "sold");
    assert_string_equal(counter_state(c, "B4"), "free");
}

static void key__of_a_refusal__may_be_tried_again(void **state)
{
    struct counter *c = *state;
    struct book_request other = counter_book(c, NULL, "counter-1", "B4");
    struct book_request sale = counter_book(c, "retry", "counter-1", "B4");
    struct booking_reply sold;
    struct booking_reply reply;
    struct cancel_request cancel;

    assert_int_equal(counter_do(c, &verb_sell, &other, &sold), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_TAKEN);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM requests WHERE key = 'retry'"), 0);
    cancel = (struct cancel_request){.ask = counter_ask(c, NULL, "counter-1"),
                                     .reservation = sold.reservation};
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &reply), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
}

static void key__malformed__is_refused(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "", "counter-1", "B4");
    struct booking_reply reply;
    char long_key[KEY_SIZE + 1];

    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    (void)snprintf(sale.ask.key, sizeof sale.ask.key, "two words");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    memset(long_key, 'k', sizeof long_key);
    long_key[KEY_SIZE] = '\0';
    verb_ask(&sale.ask, c->box.db, long_key, "counter-1", 1);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_BAD_INPUT);
    long_key[KEY_SIZE - 1] = '\0';
    verb_ask(&sale.ask, c->box.db, long_key, "counter-1", 1);
    sale.ask.now = c->box.now;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
}

static void verb_ask__without_a_key__makes_one(void **state)
{
    struct counter *c = *state;
    struct ask a;
    struct ask b;

    verb_ask(&a, c->box.db, NULL, "counter-1", 3);
    verb_ask(&b, c->box.db, NULL, "counter-1", 3);
    assert_int_equal(strlen(a.key), 44);
    assert_string_not_equal(a.key, b.key);
    assert_memory_not_equal(a.random, b.random, sizeof a.random);
    assert_true(a.now > 0);
    assert_string_equal(a.terminal, "counter-1");
}

static void verbs__table__has_each_name_once(void **state)
{
    (void)state;
    for (size_t i = 0; verbs[i] != NULL; i++) {
        assert_ptr_equal(verb_find(verbs[i]->name), verbs[i]);
        assert_true(verbs[i]->request_size > sizeof(struct ask));
        assert_true(verbs[i]->reply_size >= sizeof(struct told));
        assert_non_null(verbs[i]->run);
    }
    assert_null(verb_find("nothing"));
}

static void told__same_show__one_hint(void **state)
{
    struct told told = {0};

    (void)state;
    told_add(&told, HINT_SEATS, (show_id){1}, 5);
    told_add(&told, HINT_RETURNED, (show_id){1}, 6);
    told_add(&told, HINT_SEATS, (show_id){1}, 7);
    told_add(&told, HINT_LIST, (show_id){1}, 7);
    told_add(&told, HINT_SEATS, (show_id){2}, 3);
    assert_int_equal(told.n, 3);
    assert_int_equal(told.hints[0].kind, HINT_RETURNED);
    assert_int_equal(told.hints[0].rev, 7);
    for (int i = 3; i < 20; i++)
        told_add(&told, HINT_SEATS, (show_id){i}, 1);
    assert_int_equal(told.n, HINTS_MAX);
}

static enum rc bulk_body(struct sql *db, void *context, struct fault *why)
{
    int *runs = context;

    (void)db;
    ++*runs;
    return *runs < 3 ? RC_OK : fault_set(why, RC_REFUSED, "the third is refused");
}

static void bulk__key_again__runs_once(void **state)
{
    struct counter *c = *state;
    struct ask ask = counter_ask(c, "bulk", "counter-1");
    struct told told;
    int runs = 0;

    assert_int_equal(verb_do_bulk(c->box.db, &ask, "bulk", "d1", bulk_body, &runs, &told, &c->why),
                     RC_OK);
    assert_int_equal(verb_do_bulk(c->box.db, &ask, "bulk", "d1", bulk_body, &runs, &told, &c->why),
                     RC_OK);
    assert_int_equal(runs, 1);
    assert_int_equal(told.replayed, 1);
    assert_int_equal(verb_do_bulk(c->box.db, &ask, "bulk", "d2", bulk_body, &runs, &told, &c->why),
                     RC_KEY_REUSED);
    ask.key[0] = '\0';
    assert_int_equal(verb_do_bulk(c->box.db, &ask, "bulk", "d1", bulk_body, &runs, &told, &c->why),
                     RC_OK);
    assert_int_equal(verb_do_bulk(c->box.db, &ask, "bulk", "d1", bulk_body, &runs, &told, &c->why),
                     RC_REFUSED);
}

static void bulk__same_digest_under_another_name__is_refused(void **state)
{
    struct counter *c = *state;
    struct ask ask = counter_ask(c, "bulk", "counter-1");
    struct told told;
    int runs = 0;

    assert_int_equal(verb_do_bulk(c->box.db, &ask, "one", "d1", bulk_body, &runs, &told, &c->why),
                     RC_OK);
    assert_int_equal(verb_do_bulk(c->box.db, &ask, "two", "d1", bulk_body, &runs, &told, &c->why),
                     RC_KEY_REUSED);
}

static enum rc tell_and_refuse(struct sql *db, const void *request, void *reply, struct fault *why)
{
    (void)db;
    (void)request;
    told_add(reply, HINT_SEATS, (show_id){1}, 1);
    return fault_set(why, RC_REFUSED, "after having told");
}

static void refusal__after_telling__publishes_nothing(void **state)
{
    struct counter *c = *state;
    struct verb verb = verb_sell;
    struct book_request sale = counter_book(c, NULL, "counter-1", "B3");
    struct booking_reply reply;

    verb.run = tell_and_refuse;
    assert_int_equal(counter_do(c, &verb, &sale, &reply), RC_REFUSED);
    assert_int_equal(reply.told.n, 0);
}

static void journal__rows__chain_and_verify(void **state)
{
    struct counter *c = *state;
    char book[BOOK_SIZE];
    char what[128] = "";
    int64_t n = 0;

    counter_sell(c, "B3");
    counter_sell(c, "B4");
    journal_show_book(c->show, book, sizeof book);
    assert_true(journal_verify(c->box.db, book, &n, what, sizeof what));
    assert_true(n >= 2);
    assert_true(journal_verify(c->box.db, "no such book", &n, what, sizeof what));
}

static void journal__without_names(void **state)
{
    struct counter *c = *state;

    counter_reserve(c, "B3");
    counter_wait(c, "Kari", 2);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM journal WHERE before || after"
                                       " LIKE '%Mira%' OR before || after LIKE '%Kari%'"),
                     0);
}

static void expect_broken(struct counter *c, const char *script, int64_t row, const char *wrong)
{
    char book[BOOK_SIZE];
    char what[128] = "";
    int64_t n = 0;

    box_open_journal(&c->box);
    counter_script(c, script);
    journal_show_book(c->show, book, sizeof book);
    assert_false(journal_verify(c->box.db, book, &n, what, sizeof what));
    assert_int_equal(n, row);
    assert_non_null(strstr(what, wrong));
    c->box.unchecked = true;
}

static void journal__word_changed__first_row_is_named(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B3");
    counter_sell(c, "B4");
    expect_broken(c,
                  "UPDATE journal SET operator = 99 WHERE what = 'sell' AND n ="
                  " (SELECT MIN(n) FROM journal WHERE what = 'sell')",
                  counter_number(c, "SELECT MIN(n) FROM journal WHERE what = 'sell'"),
                  "does not follow");
}

static void journal__row_taken_out__is_missing(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B3");
    counter_sell(c, "B4");
    expect_broken(c,
                  "DELETE FROM journal WHERE what = 'sell' AND n = (SELECT MIN(n) FROM journal"
                  " WHERE what = 'sell')",
                  counter_number(c, "SELECT MIN(n) FROM journal WHERE what = 'sell'"),
                  "is missing");
}

static void journal__length_changed__does_not_fit(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B3");
    expect_broken(c, "UPDATE books SET length = length + 1",
                  counter_number(c, "SELECT MAX(n) FROM journal WHERE what = 'sell'"),
                  "its length says");
}

static void journal__head_changed__does_not_fit(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B3");
    expect_broken(c, "UPDATE books SET head = 'x' || SUBSTR(head, 2)",
                  counter_number(c, "SELECT MAX(n) FROM journal WHERE what = 'sell'"),
                  "not the book's head");
}

static void journal__tail_cut__head_does_not_fit(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B3");
    counter_sell(c, "B4");
    expect_broken(c,
                  "DELETE FROM journal WHERE what = 'sell' AND n = (SELECT MAX(n) FROM journal"
                  " WHERE what = 'sell')",
                  counter_number(c, "SELECT MAX(n) - 1 FROM journal WHERE what = 'sell'"),
                  "its length says");
}

static bool rewrite_journal(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "UPDATE journal SET what = 'nothing'") >= 0;
}

static bool empty_journal(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "DELETE FROM journal") >= 0;
}

static void journal__triggers__refuse_change(void **state)
{
    struct counter *c = *state;

    counter_sell(c, "B3");
    assert_int_not_equal(sql_tx(c->box.db, rewrite_journal, NULL), SQL_OK);
    assert_int_not_equal(sql_tx(c->box.db, empty_journal, NULL), SQL_OK);
    assert_true(counter_number(c, "SELECT COUNT(*) FROM journal WHERE what = 'sell'") == 1);
}

static void storage__each_failure__has_its_code(void **state)
{
    static const struct {
        enum sql_rc storage;
        enum rc rc;
    } cases[] = {
        {SQL_OK, RC_OK},
        {SQL_BUSY, RC_BUSY},
        {SQL_STOPPED_HOLDER, RC_BUSY},
        {SQL_UNKNOWN, RC_UNKNOWN},
        {SQL_FULL, RC_STORAGE},
        {SQL_NO_MEMORY, RC_NO_MEMORY},
        {SQL_IO, RC_STORAGE},
        {SQL_AWAY, RC_AWAY},
        {SQL_CORRUPT, RC_STORAGE},
        {SQL_READ_ONLY, RC_ENVIRONMENT},
        {SQL_MOVED, RC_ENVIRONMENT},
        {SQL_NEWER, RC_ENVIRONMENT},
    };
    struct counter *c = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fault why = {0};

        assert_int_equal(verb_storage_fault(c->box.db, cases[i].storage, &why), cases[i].rc);
        assert_int_equal(why.rc, cases[i].rc);
        assert_int_equal(why.text[0] != '\0', cases[i].rc != RC_OK);
    }
}

static void fault_026__read_only__reads_and_refuses(void **state)
{
    struct counter *c = *state;
    struct sql_options options = {.name = c->box.path, .read_only = true, .journal = "wal"};
    struct book_request sale = counter_book(c, NULL, "counter-1", "B4");
    struct booking_reply sold = counter_sell(c, "B3");
    struct booking_reply reply;
    struct booking *booking = NULL;
    struct sql *db = NULL;

    assert_int_equal(sql_open(&db, &options), SQL_OK);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_ENVIRONMENT);
    assert_int_equal(booking_read(db, sold.reservation, c->box.now, &booking, &c->why), RC_OK);
    free(booking);
    sql_close(&db);
}

static bool journal_without_memory(struct sql *db, void *context)
{
    struct counter *c = context;
    struct ask ask = counter_ask(c, NULL, "counter-1");
    struct change change = {.broken = true};
    struct show_lock lock;

    if (show_lock(db, c->show, &lock, NULL) != RC_OK)
        return false;
    change_journal(&change, db, &lock, &ask, "sell");
    return true;
}

static void fault_009__no_memory_for_the_journal__rolls_back(void **state)
{
    struct counter *c = *state;
    int64_t rows = counter_number(c, "SELECT COUNT(*) FROM journal");

    assert_int_not_equal(sql_tx(c->box.db, journal_without_memory, c), SQL_OK);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM journal"), rows);
}

int main(void)
{
#define VERB_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        VERB_TEST(key__again__the_first_result),
        VERB_TEST(fault_094__enter_twice__one_sale),
        VERB_TEST(first_sale__another_has_the_turn__reads_the_plan_meanwhile),
        VERB_TEST(key__for_another_request__is_refused),
        VERB_TEST(key__of_a_refusal__may_be_tried_again),
        VERB_TEST(key__malformed__is_refused),
        VERB_TEST(verb_ask__without_a_key__makes_one),
        cmocka_unit_test(verbs__table__has_each_name_once),
        cmocka_unit_test(told__same_show__one_hint),
        VERB_TEST(bulk__key_again__runs_once),
        VERB_TEST(bulk__same_digest_under_another_name__is_refused),
        VERB_TEST(refusal__after_telling__publishes_nothing),
        VERB_TEST(journal__rows__chain_and_verify),
        VERB_TEST(journal__without_names),
        VERB_TEST(journal__word_changed__first_row_is_named),
        VERB_TEST(journal__row_taken_out__is_missing),
        VERB_TEST(journal__length_changed__does_not_fit),
        VERB_TEST(journal__head_changed__does_not_fit),
        VERB_TEST(journal__tail_cut__head_does_not_fit),
        VERB_TEST(journal__triggers__refuse_change),
        VERB_TEST(storage__each_failure__has_its_code),
        VERB_TEST(fault_026__read_only__reads_and_refuses),
        VERB_TEST(fault_009__no_memory_for_the_journal__rolls_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
