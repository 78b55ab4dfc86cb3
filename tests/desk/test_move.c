/*
 * Moving a box office up: all of it or nothing, proved before anybody can open it. The target is a
 * database on the tests' server where one runs, else another file, by the same statements.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/check.h"
#include "core/desk/exchange.h"
#include "core/desk/move.h"
#include "db/catalogue.h"
#include "db/migrate.h"
#include "tests/kit/counter.h"
#include "tests/kit/server.h"

/* A counter in a file, and where it moves to. */
struct lorry {
    struct counter counter;
    struct sql_options from, to;
    char target[KIT_PATH];
    struct moved moved;
    struct fault why;
    int calls, at; /* of go_on so far; when it acts */
    bool seen;
};

/* The box office to be moved is a file also where the tests have a server. */
static void without_server(struct counter *counter, void (*work)(struct counter *counter))
{
    const char *there = getenv("BOXOFFICE_TEST_SERVER");
    char kept[KIT_PATH] = "";

    if (there)
        (void)snprintf(kept, sizeof kept, "%s", there);
    unsetenv("BOXOFFICE_TEST_SERVER");
    work(counter);
    if (kept[0] != '\0')
        setenv("BOXOFFICE_TEST_SERVER", kept, 1);
}

static void close_shop(struct lorry *lorry)
{
    sql_close(&lorry->counter.box.db);
}

/* A reservation that came from another one, whose row refers to it. */
static void exchange(struct counter *counter)
{
    struct booking_reply sold = counter_sell(counter, "B7"), reply;
    struct exchange_request request = {.ask = counter_ask(counter, NULL, "counter-1"),
                                       .reservation = sold.reservation};

    request.show =
        box_show(&counter->box, counter->hall, "Stalker", COUNTER_STARTS + 4 * WHEN_HOUR);
    assert_int_equal(counter_do(counter, &verb_exchange, &request, &reply), RC_OK);
}

static int setup(void **state)
{
    struct lorry *lorry = calloc(1, sizeof *lorry);

    assert_non_null(lorry);
    without_server(&lorry->counter, counter_init);
    lorry->from = (struct sql_options){.name = lorry->counter.box.path, .journal = "wal"};
    lorry->to = (struct sql_options){.name = lorry->target, .journal = "wal"};
    if (server_there())
        server_database_empty(lorry->target, lorry->counter.box.dir);
    else
        kit_path(lorry->target, lorry->counter.box.dir, "target.db");
    counter_sell(&lorry->counter, "A3 A4");
    counter_reserve(&lorry->counter, "B1 B2 B3");
    exchange(&lorry->counter);
    (void)counter_wait(&lorry->counter, "Ødegård, Kari", 2);
    close_shop(lorry);
    *state = lorry;
    return 0;
}

static int teardown(void **state)
{
    struct lorry *lorry = *state;

    if (server_there())
        server_drop(lorry->target, lorry->counter.box.dir);
    if (!lorry->counter.box.db)
        lorry->counter.box.db = box_connect(&lorry->counter.box);
    without_server(&lorry->counter, counter_fini); /* checks the invariants of what was left */
    free(lorry);
    return 0;
}

static enum rc move(struct lorry *lorry, bool (*go_on)(void *context))
{
    lorry->calls = 0;
    return move_up(&lorry->from, &lorry->to, go_on, lorry, &lorry->moved, &lorry->why);
}

static void want(struct lorry *lorry, enum rc expected, enum rc rc, const char *part)
{
    if (rc != expected || (part != NULL && strstr(lorry->why.text, part) == NULL))
        fail_msg("%s: %s", rc_name(rc), lorry->why.text);
}

/* The target opened, or NULL when there is none that can be. */
static struct sql *open_target(const struct lorry *lorry)
{
    struct sql *db = NULL;

    if (sql_open(&db, &lorry->to) != SQL_OK)
        sql_close(&db);
    return db;
}

/* Nobody sells there: no database, or one without its venue. */
static bool is_unusable(const struct lorry *lorry)
{
    struct sql *db = open_target(lorry);
    struct venue venue;
    bool unusable = db == NULL || house_venue(db, &venue, NULL) == RC_NOT_FOUND;

    sql_close(&db);
    return unusable;
}

static void source_is_as_it_was(struct lorry *lorry)
{
    struct sql *db = box_connect(&lorry->counter.box);

    lorry->counter.box.db = db;
    assert_int_equal(counter_number(&lorry->counter, "SELECT count(*) FROM claims"), 6);
    box_check(&lorry->counter.box);
    close_shop(lorry);
}

static void move__whole__is_checked_and_sells_there(void **state)
{
    struct lorry *lorry = *state;
    struct counter there = lorry->counter;
    struct booking_reply sold;
    struct book_request same;

    lorry->counter.box.db = box_connect(&lorry->counter.box);
    same = counter_book(&lorry->counter, "twice", "counter-1", "C1");
    assert_int_equal(counter_do(&lorry->counter, &verb_sell, &same, &sold), RC_OK);
    close_shop(lorry);
    want(lorry, RC_OK, move(lorry, NULL), NULL);
    assert_true(lorry->moved.rows > 50);
    assert_int_equal(lorry->moved.books, 3);
    there.box.db = open_target(lorry);
    assert_non_null(there.box.db);
    box_check(&there.box);
    assert_int_equal(counter_number(&there, "SELECT count(*) FROM claims"), 7);
    assert_int_equal(counter_number(&there, "SELECT CAST(sum(amount) AS BIGINT) FROM payments"),
                     6300);
    assert_int_equal(counter_number(&there, "SELECT max(from_id) FROM reservations"), 3);
    assert_int_equal(counter_number(&there, "SELECT max(id) FROM reservations"), 5);
    (void)box_hall(&there.box, "@hall Next\n@zone stalls\nA\toooo\n"); /* seats, too */
    counter_sell(&there, "A5 A6"); /* gets a number behind those that came along */
    assert_true(counter_number(&there, "SELECT max(id) FROM reservations") > 5);
    memset(&sold, 0, sizeof sold); /* the key and its result, a piece of bytes, came along */
    assert_int_equal(counter_do(&there, &verb_sell, &same, &sold), RC_OK);
    assert_int_equal(sold.told.replayed, 1);
    box_check(&there.box);
    sql_close(&there.box.db);
}

static void move__into_a_box_office__is_refused(void **state)
{
    struct lorry *lorry = *state;

    want(lorry, RC_OK, move(lorry, NULL), NULL);
    want(lorry, RC_EXISTS, move(lorry, NULL), "already");
}

static void move__while_a_terminal_has_it_open__is_refused(void **state)
{
    struct lorry *lorry = *state;

    lorry->counter.box.db = box_connect(&lorry->counter.box);
    want(lorry, RC_REFUSED, move(lorry, NULL), "open at another terminal");
    assert_null(open_target(lorry));
    close_shop(lorry);
    want(lorry, RC_OK, move(lorry, NULL), NULL);
}

static bool look(void *context)
{
    struct lorry *lorry = context;
    struct sql *db = NULL;

    if (++lorry->calls != lorry->at)
        return true;
    lorry->seen = sql_open(&db, &lorry->from) == SQL_BUSY && is_unusable(lorry);
    sql_close(&db);
    return true;
}

static void move__under_way__nobody_opens_either(void **state)
{
    struct lorry *lorry = *state;

    lorry->at = 3;
    want(lorry, RC_OK, move(lorry, look), NULL);
    assert_true(lorry->seen);
    assert_false(is_unusable(lorry));
}

static bool stop(void *context)
{
    struct lorry *lorry = context;

    return ++lorry->calls < lorry->at;
}

static void
move__interrupted_anywhere__leaves_the_target_unusable_and_can_be_done_again(void **state)
{
    struct lorry *lorry = *state;

    for (lorry->at = 1; lorry->at < 36; lorry->at += 5) {
        want(lorry, RC_INTERRUPTED, move(lorry, stop), NULL);
        assert_true(is_unusable(lorry));
        source_is_as_it_was(lorry);
    }
    want(lorry, RC_OK, move(lorry, NULL), NULL);
    assert_false(is_unusable(lorry));
}

static bool die(void *context)
{
    struct lorry *lorry = context;

    if (++lorry->calls == lorry->at)
        raise(SIGKILL);
    return true;
}

static void move__killed_anywhere__leaves_the_target_unusable_and_can_be_done_again(void **state)
{
    struct lorry *lorry = *state;

    for (lorry->at = 1; lorry->at < 36; lorry->at += 8) {
        pid_t pid = fork();

        if (pid == 0) {
            (void)move(lorry, die);
            _exit(0);
        }
        assert_int_equal(kit_reap(pid, 20000), 128 + SIGKILL);
        assert_true(is_unusable(lorry));
        source_is_as_it_was(lorry);
    }
    want(lorry, RC_OK, move(lorry, NULL), NULL);
    assert_false(is_unusable(lorry));
}

/* A target made beforehand, whose tables do something to what comes in. */
static void make_target_that(struct lorry *lorry, sql_work *spoil)
{
    struct sql_options make = lorry->to;
    struct sql *db = NULL;
    size_t n = 0;
    const struct migration *steps;

    make.create = true;
    assert_int_equal(sql_open(&db, &make), SQL_OK);
    steps = migrations_builtin(sql_engine(db), &n);
    assert_int_equal(migrate_up(db, steps, n, NULL), SQL_OK);
    if (sql_tx(db, spoil, NULL) != SQL_OK)
        fail_msg("%s", sql_error(db));
    sql_close(&db);
}

#define PG_BEGIN "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
#define PG_END   " RETURN NEW; END $$; CREATE TRIGGER spoils BEFORE INSERT ON "

static bool spoil_money(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, server_there()
                              ? PG_BEGIN "NEW.amount := NEW.amount + 1;" PG_END
                                         "payments FOR EACH ROW EXECUTE FUNCTION spoil()"
                              : "CREATE TRIGGER spoils AFTER INSERT ON payments BEGIN"
                                " UPDATE payments SET amount = amount + 1; END") == SQL_OK;
}

static bool spoil_row(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db,
                      server_there()
                          ? PG_BEGIN "IF NEW.n = 2 THEN RETURN NULL; END IF;" PG_END
                                     "journal FOR EACH ROW EXECUTE FUNCTION spoil()"
                          : "DROP TRIGGER journal_keeps_rows; CREATE TRIGGER spoils AFTER INSERT"
                            " ON journal BEGIN DELETE FROM journal WHERE n = 2; END") == SQL_OK;
}

static bool spoil_head(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, server_there()
                              ? PG_BEGIN "NEW.head := reverse(NEW.head);" PG_END
                                         "books FOR EACH ROW EXECUTE FUNCTION spoil()"
                              : "CREATE TRIGGER spoils AFTER INSERT ON books BEGIN UPDATE books"
                                " SET head = substr(head, 2) || substr(head, 1, 1); END") == SQL_OK;
}

static bool spoil_words(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, server_there()
                              ? PG_BEGIN "NEW.terminal := reverse(NEW.terminal);" PG_END
                                         "journal FOR EACH ROW EXECUTE FUNCTION spoil()"
                              : "DROP TRIGGER journal_keeps_words; CREATE TRIGGER spoils AFTER"
                                " INSERT ON journal BEGIN"
                                " UPDATE journal SET terminal = upper(terminal); END") == SQL_OK;
}

static void expect_disproof(struct lorry *lorry, sql_work *spoil, const char *part)
{
    make_target_that(lorry, spoil);
    want(lorry, RC_STORAGE, move(lorry, NULL), part);
    assert_true(is_unusable(lorry));
}

static void fault_120__money_differs__is_found_before_it_is_done(void **state)
{
    expect_disproof(*state, spoil_money, "amount of table payments");
}

static void fault_120__row_missing__is_found_before_it_is_done(void **state)
{
    struct lorry *lorry = *state;

    make_target_that(lorry, spoil_row);
    assert_int_not_equal(move(lorry, NULL), RC_OK);
    assert_true(is_unusable(lorry));
}

static void fault_120__head_differs__is_found_before_it_is_done(void **state)
{
    expect_disproof(*state, spoil_head, "journal differs: book ");
}

static void fault_120__words_of_the_journal_differ__are_found_before_it_is_done(void **state)
{
    expect_disproof(*state, spoil_words, "does not verify");
}

static bool foreign_table(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, "CREATE TABLE another (id BIGINT NOT NULL PRIMARY KEY)") == SQL_OK;
}

static void move__schemas_differ__is_refused_by_name(void **state)
{
    struct lorry *lorry = *state;

    if (server_there()) { /* by the simplest words that both take */
        make_target_that(lorry, foreign_table);
        want(lorry, RC_STORAGE, move(lorry, NULL), "table another");
        assert_true(is_unusable(lorry));
        return;
    }
    skip();
}

/* Ends the server's sessions of the target, once or each time. */
static bool cut(void *context)
{
    struct lorry *lorry = context;
    char statement[2 * KIT_PATH];
    const char *database = strstr(lorry->target, "dbname=");

    if (++lorry->calls % 10 != 0 || (lorry->at == 1 && lorry->seen))
        return true;
    lorry->seen = true;
    (void)snprintf(statement, sizeof statement,
                   "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
                   "'%s'",
                   database + 7);
    return server_tell(lorry->counter.box.dir, "postgres", statement);
}

static void move__server_lost_once__is_done_anew(void **state)
{
    struct lorry *lorry = *state;

    if (!server_there())
        skip();
    lorry->at = 1;
    want(lorry, RC_OK, move(lorry, cut), NULL);
    assert_true(lorry->seen);
    assert_false(is_unusable(lorry));
}

static void move__server_lost_each_time__leaves_the_target_unusable(void **state)
{
    struct lorry *lorry = *state;

    if (!server_there())
        skip();
    want(lorry, RC_AWAY, move(lorry, cut), NULL);
    assert_true(is_unusable(lorry));
    source_is_as_it_was(lorry);
    want(lorry, RC_OK, move(lorry, NULL), NULL);
}

#define LORRY_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LORRY_TEST(move__whole__is_checked_and_sells_there),
        LORRY_TEST(move__into_a_box_office__is_refused),
        LORRY_TEST(move__while_a_terminal_has_it_open__is_refused),
        LORRY_TEST(move__under_way__nobody_opens_either),
        LORRY_TEST(move__interrupted_anywhere__leaves_the_target_unusable_and_can_be_done_again),
        LORRY_TEST(move__killed_anywhere__leaves_the_target_unusable_and_can_be_done_again),
        LORRY_TEST(fault_120__money_differs__is_found_before_it_is_done),
        LORRY_TEST(fault_120__row_missing__is_found_before_it_is_done),
        LORRY_TEST(fault_120__head_differs__is_found_before_it_is_done),
        LORRY_TEST(fault_120__words_of_the_journal_differ__are_found_before_it_is_done),
        LORRY_TEST(move__schemas_differ__is_refused_by_name),
        LORRY_TEST(move__server_lost_once__is_done_anew),
        LORRY_TEST(move__server_lost_each_time__leaves_the_target_unusable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
