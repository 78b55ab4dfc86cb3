/* The statement interface over SQLite: values, rows, sticky errors, what is refused. */
#include "tests/db/dbkit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char insert[] = "INSERT INTO t (text, id) VALUES ($2, $1)";

static struct sql *db_of(void **state)
{
    return ((struct dbkit *)*state)->db;
}

/* Runs one statement as a transaction. */
struct one {
    const char *text;
    const struct sql_value *values;
    size_t n;
    int64_t changed;
};

static bool run_one(struct sql *db, void *context)
{
    struct one *one = context;

    one->changed = sql_run(db, one->text, one->values, one->n);
    return true;
}

static enum sql_rc tx_run(struct sql *db, const char *text, const struct sql_value *values,
                          size_t n)
{
    struct one one = {text, values, n, 0};

    return sql_tx(db, run_one, &one);
}

static void bind__numbers_out_of_order__each_lands_in_its_place(void **state)
{
    struct sql *db = db_of(state);
    struct sql_statement *s;

    assert_int_equal(tx_run(db, insert, SQL_VALUES(sql_n(7), sql_t("seven"))), SQL_OK);
    s = sql_ask(db, "SELECT id, text, $3, $1, $2, $3 FROM t",
                SQL_VALUES(sql_n(1), sql_t("two"), sql_n(INT64_MIN)));
    assert_true(sql_row(s));
    assert_int_equal(sql_number(s, 0), 7);
    assert_string_equal(sql_text(s, 1), "seven");
    assert_true(sql_number(s, 2) == INT64_MIN);
    assert_int_equal(sql_number(s, 3), 1);
    assert_string_equal(sql_text(s, 4), "two");
    assert_true(sql_number(s, 5) == INT64_MIN);
    assert_false(sql_row(s));
    assert_false(sql_row(s));
    assert_int_equal(sql_failed(db), SQL_OK);
}

static void bind__null_bytes_and_empty__come_back_as_they_went(void **state)
{
    struct sql *db = db_of(state);
    struct sql_statement *s =
        sql_ask(db, "SELECT $1, $2, $3, $4, $5",
                SQL_VALUES(sql_null(), sql_b("a\0b", 3), sql_b(NULL, 0), sql_t(""), sql_n0(0)));
    size_t size;

    assert_true(sql_row(s));
    assert_true(sql_is_null(s, 0));
    assert_string_equal(sql_text(s, 0), "");
    assert_int_equal(sql_number(s, 0), 0);
    assert_null(sql_bytes(s, 0, &size));
    assert_memory_equal(sql_bytes(s, 1, &size), "a\0b", 3);
    assert_int_equal(size, 3);
    assert_false(sql_is_null(s, 2));
    assert_false(sql_is_null(s, 3));
    assert_true(sql_is_null(s, 4));
    sql_done(s);
}

static void ask__value_changed_before_its_row__is_as_it_was(void **state)
{
    char text[] = "as it was";
    struct sql_statement *row =
        sql_ask(db_of(state), "SELECT CAST($1 AS TEXT)", SQL_VALUES(sql_t(text)));

    text[0] = 'i';
    assert_true(sql_row(row));
    assert_string_equal(sql_text(row, 0), "as it was");
    sql_done(row);
}

static void fault_088__sql_in_a_value__stays_a_value(void **state)
{
    static const char hostile[] = "x'); DROP TABLE t; --\" $1 ?1 %s";
    struct sql *db = db_of(state);
    struct sql_statement *s;

    assert_int_equal(tx_run(db, insert, SQL_VALUES(sql_n(1), sql_t(hostile))), SQL_OK);
    s = sql_ask(db, "SELECT text FROM t", NULL, 0);
    assert_true(sql_row(s));
    assert_string_equal(sql_text(s, 0), hostile);
    sql_done(s);
}

static void bind__another_count_of_values__refused(void **state)
{
    struct sql *db = db_of(state);

    assert_null(sql_ask(db, "SELECT $1, $2", SQL_VALUES(sql_n(1))));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_null(sql_ask(db, "SELECT ?1", SQL_VALUES(sql_n(1))));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_null(sql_ask(db, "SELECT $name", SQL_VALUES(sql_n(1))));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
}

static void prepare__two_statements_or_none__refused(void **state)
{
    struct sql *db = db_of(state);

    assert_null(sql_ask(db, "SELECT 1; SELECT 2", NULL, 0));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_null(sql_ask(db, "-- nothing", NULL, 0));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_null(sql_ask(db, "SELECT nonsense FROM nowhere", NULL, 0));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_true(strstr(sql_error(db), "nowhere") != NULL);
    assert_int_equal(dbkit_rows(db), 0); /* outside a transaction each call stands alone */
    assert_string_equal(sql_error(db), "");
}

static void ask__text_begun_twice__refused(void **state)
{
    static const char text[] = "SELECT 1 UNION SELECT 2";
    struct sql *db = db_of(state);
    struct sql_statement *s = sql_ask(db, text, NULL, 0);

    assert_true(sql_row(s));
    assert_null(sql_ask(db, text, NULL, 0));
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_true(sql_row(s)); /* the first goes on */
    sql_done(s);
    assert_non_null(s = sql_ask(db, text, NULL, 0));
    sql_done(s);
}

static void ask__text_that_is_no_literal__refused(void **state)
{
    struct sql *db = db_of(state);
    char text[] = "SELECT 1";

    assert_int_equal(sql_one_number(db, 0, text, NULL, 0), 1);
    text[7] = '2';
    assert_int_equal(sql_one_number(db, 0, text, NULL, 0), 0);
    assert_int_equal(sql_failed(db), SQL_MISUSE);
}

static bool change_and_count(struct sql *db, void *context)
{
    (void)context;
    for (int i = 1; i <= 5; i++)
        assert_int_equal(sql_run(db, insert, SQL_VALUES(sql_n(i), sql_null())), 1);
    assert_int_equal(sql_run0(db, "UPDATE t SET text = NULL WHERE id > 2"), 3);
    assert_int_equal(sql_run0(db, "UPDATE t SET text = NULL WHERE id > 9"), 0);
    assert_int_equal(sql_run0(db, "CREATE TABLE other (id INTEGER)"), 0);
    assert_int_equal(
        sql_one_number(db, 0, "UPDATE t SET text = 'x' WHERE id = 2 RETURNING id", NULL, 0), 2);
    assert_int_equal(sql_one_number(db, -4, "SELECT NULL", NULL, 0), -4);
    return true;
}

static void run__changes__are_counted(void **state)
{
    assert_int_equal(sql_tx(db_of(state), change_and_count, NULL), SQL_OK);
    assert_int_equal(dbkit_rows(db_of(state)), 5);
}

static bool send_and_count(struct sql *db, void *context)
{
    struct sql_statement *first, *second;

    (void)context;
    for (int64_t i = 1; i <= 3; i++)
        sql_post(db, "INSERT INTO t (id) VALUES ($1)", SQL_VALUES(sql_n(i)));
    first = sql_send(db, "UPDATE t SET text = 'x' WHERE id <= $1", SQL_VALUES(sql_n(1)));
    assert_int_equal(sql_one_number(db, 0, "SELECT count(*) FROM t WHERE text = 'x'", NULL, 0), 1);
    second = sql_send(db, "DELETE FROM t WHERE id >= $1", SQL_VALUES(sql_n(2)));
    assert_int_equal(sql_changed(first), 1);
    assert_int_equal(sql_changed(second), 2);
    assert_int_equal(sql_changed(second), -1); /* it was asked */
    return true;
}

static void send__several__each_has_its_count(void **state)
{
    assert_int_equal(sql_tx(db_of(state), send_and_count, NULL), SQL_OK);
    assert_int_equal(dbkit_rows(db_of(state)), 1);
}

static bool ask_and_write(struct sql *db, void *context)
{
    struct sql_statement *was, *none;

    (void)context;
    sql_post(db, "INSERT INTO t (id) VALUES ($1)", SQL_VALUES(sql_n(1)));
    was = sql_ask_now(db, "SELECT count(*) FROM t", NULL, 0);
    none = sql_ask_now(db, "SELECT id FROM t WHERE id = 2", NULL, 0);
    sql_post(db, "INSERT INTO t (id) VALUES ($1)", SQL_VALUES(sql_n(2)));
    assert_true(sql_row(was));
    assert_int_equal(sql_number(was, 0), 1);
    assert_false(sql_row(was));
    assert_false(sql_row(none));
    return true;
}

static void ask_now__read_behind_a_write__is_as_it_was(void **state)
{
    assert_int_equal(sql_tx(db_of(state), ask_and_write, NULL), SQL_OK);
    assert_int_equal(dbkit_rows(db_of(state)), 2);
}

static bool each_stops(struct sql *db, void *context)
{
    const struct sql_value ids[] = {sql_n(1), sql_n(2), sql_n(2), sql_n(3)};

    (void)context;
    assert_int_equal(
        sql_each(db, "INSERT INTO t (id) VALUES ($1) ON CONFLICT DO NOTHING", ids, 1, 4), 2);
    return true;
}

static void each__row_that_changes_nothing__ends_it(void **state)
{
    assert_int_equal(sql_tx(db_of(state), each_stops, NULL), SQL_OK);
    assert_int_equal(dbkit_rows(db_of(state)), 2);
}

static bool spoil_and_go_on(struct sql *db, void *context)
{
    (void)context;
    assert_int_equal(sql_run(db, insert, SQL_VALUES(sql_n(1), sql_t("a"))), 1);
    assert_int_equal(sql_run(db, insert, SQL_VALUES(sql_n(2), sql_t("a"))), -1);
    assert_int_equal(sql_failed(db), SQL_CONFLICT);
    assert_int_equal(sql_run(db, insert, SQL_VALUES(sql_n(3), sql_t("b"))), -1);
    assert_null(sql_ask(db, "SELECT 1", NULL, 0));
    assert_int_equal(sql_one_number(db, 42, "SELECT 1", NULL, 0), 42);
    assert_int_equal(sql_script(db, "DELETE FROM t"), SQL_CONFLICT);
    return true; /* asks for a commit all the same */
}

static void tx__statement_fails__nothing_after_it_and_no_commit(void **state)
{
    struct sql *db = db_of(state);

    assert_int_equal(sql_tx(db, spoil_and_go_on, NULL), SQL_CONFLICT);
    assert_int_equal(sql_failed(db), SQL_CONFLICT);
    assert_true(strstr(sql_error(db), "UNIQUE") != NULL);
    assert_int_equal(dbkit_rows(db), 0);
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_OK);
    assert_int_equal(sql_failed(db), SQL_OK);
}

static bool insert_and_refuse(struct sql *db, void *context)
{
    dbkit_insert(db, context);
    return false;
}

static void tx__work_refuses__rolled_back(void **state)
{
    struct sql *db = db_of(state);

    assert_int_equal(sql_tx(db, insert_and_refuse, NULL), SQL_ROLLED_BACK);
    assert_int_equal(sql_failed(db), SQL_OK);
    assert_int_equal(dbkit_rows(db), 0);
}

static bool nest(struct sql *db, void *context)
{
    assert_int_equal(sql_tx(db, dbkit_insert, context), SQL_MISUSE);
    return true;
}

static void tx__inside_another__refused_and_spoiled(void **state)
{
    assert_int_equal(sql_tx(db_of(state), nest, NULL), SQL_MISUSE);
    assert_int_equal(dbkit_rows(db_of(state)), 0);
}

static bool leave_open(struct sql *db, void *context)
{
    struct sql_statement **s = context;

    *s = sql_ask(db, "SELECT 1 UNION SELECT 2", NULL, 0);
    return sql_row(*s);
}

static void tx__statement_left_open__ends_with_it(void **state)
{
    struct sql_statement *s = NULL;

    assert_int_equal(sql_tx(db_of(state), leave_open, &s), SQL_OK);
    assert_false(sql_row(s));
    assert_int_equal(sql_number(s, 0), 0);
}

/* Work that runs while another connection writes. */
struct beside {
    struct sql *other;
    int runs;
};

static bool write_beside(struct sql *db, void *context)
{
    struct beside *beside = context;

    beside->runs++;
    assert_int_equal(sql_run0(db, "INSERT INTO t (id) VALUES (7)"), 1);
    assert_int_equal(sql_tx(beside->other, dbkit_insert, NULL), SQL_OK); /* the turn is free */
    assert_int_equal(sql_run0(db, "UPDATE nowhere SET id = 1"), -1);
    return true;
}

static void rehearse__work_that_writes__writes_nothing_outside_the_turn_and_once(void **state)
{
    struct dbkit *kit = *state;
    struct beside beside = {.other = dbkit_connect(kit)};

    for (int i = 0; i < 2; i++)
        sql_rehearse(kit->db, "this", write_beside, &beside);
    assert_int_equal(beside.runs, 1);
    assert_int_equal(sql_failed(kit->db), SQL_OK);
    assert_string_equal(sql_error(kit->db), "");
    assert_int_equal(dbkit_rows(kit->db), 1);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK); /* it writes for real again */
    assert_int_equal(dbkit_rows(kit->db), 2);
    sql_close(&beside.other);
}

static bool read_while_other_writes(struct sql *db, void *context)
{
    const int64_t before = dbkit_rows(db);

    assert_int_equal(sql_tx(context, dbkit_insert, NULL), SQL_OK);
    assert_int_equal(dbkit_rows(db), before);
    return true;
}

static void read__another_writes_meanwhile__sees_one_state(void **state)
{
    struct sql *other = dbkit_connect(*state);

    assert_int_equal(sql_read(db_of(state), read_while_other_writes, other), SQL_OK);
    assert_int_equal(dbkit_rows(db_of(state)), 1);
    sql_close(&other);
}

static bool read_then_write(struct sql *db, void *context)
{
    assert_int_equal(dbkit_rows(db), 0);
    return dbkit_insert(db, context);
}

static void fault_045__write_in_a_read__is_impossible(void **state)
{
    assert_int_equal(sql_read(db_of(state), read_then_write, NULL), SQL_MISUSE);
    assert_int_equal(dbkit_rows(db_of(state)), 0);
}

static void fault_039__write_outside_the_turn__refused(void **state)
{
    struct sql *db = db_of(state);

    assert_int_equal(sql_run0(db, "INSERT INTO t (id) VALUES (1)"), -1);
    assert_int_equal(sql_failed(db), SQL_MISUSE);
    assert_true(strstr(sql_error(db), "turn") != NULL);
    assert_int_equal(sql_script(db, "INSERT INTO t (id) VALUES (1)"), SQL_MISUSE);
    assert_int_equal(dbkit_rows(db), 0);
}

static void fault_039__checkpoint_by_statement__refused(void **state)
{
    static const char *const texts[] = {"PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA wal_checkpoint",
                                        "PRAGMA wal_autocheckpoint = 1",
                                        "PRAGMA journal_mode = DELETE"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(sql_run0(db_of(state), texts[i]), -1);
        assert_int_equal(sql_failed(db_of(state)), SQL_MISUSE);
    }
}

static void transaction_by_statement__refused(void **state)
{
    static const char *const texts[] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT a",
                                        "ATTACH 'x.db' AS x"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(sql_run0(db_of(state), texts[i]), -1);
        assert_int_equal(sql_failed(db_of(state)), SQL_MISUSE);
    }
}

static void fault_042__used_after_fork__the_process_ends(void **state)
{
    struct sql *db = db_of(state);
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        dbkit_rows(db);
        _exit(0);
    }
    assert_int_equal(kit_reap(pid, 10000), 128 + SIGABRT);
    assert_int_equal(dbkit_rows(db), 0);
}

static void count_lines(void *context, const char *line)
{
    (void)line;
    ++*(int *)context;
}

static void integrity__whole_database__says_nothing(void **state)
{
    int lines = 0;

    assert_int_equal(sql_integrity(db_of(state), count_lines, &lines), SQL_OK);
    assert_int_equal(lines, 0);
}

static void cache__hundreds_of_texts__each_found_again(void **state)
{
    struct sql *db = db_of(state);
    static char texts[300][40];

    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 300; i++) {
            snprintf(texts[i], sizeof texts[i], "SELECT %d", i);
            assert_int_equal(sql_one_number(db, -1, texts[i], NULL, 0), i);
        }
}

#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, dbkit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(bind__numbers_out_of_order__each_lands_in_its_place),
        WITH_DB(bind__null_bytes_and_empty__come_back_as_they_went),
        WITH_DB(ask__value_changed_before_its_row__is_as_it_was),
        WITH_DB(fault_088__sql_in_a_value__stays_a_value),
        WITH_DB(bind__another_count_of_values__refused),
        WITH_DB(prepare__two_statements_or_none__refused),
        WITH_DB(ask__text_begun_twice__refused),
        WITH_DB(ask__text_that_is_no_literal__refused),
        WITH_DB(run__changes__are_counted),
        WITH_DB(send__several__each_has_its_count),
        WITH_DB(ask_now__read_behind_a_write__is_as_it_was),
        WITH_DB(each__row_that_changes_nothing__ends_it),
        WITH_DB(tx__statement_fails__nothing_after_it_and_no_commit),
        WITH_DB(tx__work_refuses__rolled_back),
        WITH_DB(tx__inside_another__refused_and_spoiled),
        WITH_DB(tx__statement_left_open__ends_with_it),
        WITH_DB(rehearse__work_that_writes__writes_nothing_outside_the_turn_and_once),
        WITH_DB(read__another_writes_meanwhile__sees_one_state),
        WITH_DB(fault_045__write_in_a_read__is_impossible),
        WITH_DB(fault_039__write_outside_the_turn__refused),
        WITH_DB(fault_039__checkpoint_by_statement__refused),
        WITH_DB(transaction_by_statement__refused),
        WITH_DB(fault_042__used_after_fork__the_process_ends),
        WITH_DB(integrity__whole_database__says_nothing),
        WITH_DB(cache__hundreds_of_texts__each_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
