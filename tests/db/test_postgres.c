/* The PostgreSQL engine by itself; all but the names are skipped where the tests have no server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/migrate.h"
#include "tests/kit/server.h"

enum { APPLICATION = 77 };

struct place {
    char dir[KIT_PATH], conninfo[KIT_PATH];
    struct sql *db;
};

static enum sql_rc open_it(struct place *place, bool create, int32_t application)
{
    const struct sql_options options = {
        .name = place->conninfo, .create = create, .application = application, .wait_ms = 3000};

    return sql_open(&place->db, &options);
}

static bool make_table(struct sql *db, void *context)
{
    (void)context;
    return sql_script(db, "CREATE TABLE t (id BIGINT PRIMARY KEY, word TEXT UNIQUE, bytes BYTEA);"
                          "INSERT INTO t (id, word) VALUES (1, 'one'), (2, 'two')") == SQL_OK;
}

static int setup_bare(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    *state = place;
    if (!server_there())
        return 0;
    kit_tempdir(place->dir);
    server_database_empty(place->conninfo, place->dir);
    return 0;
}

static int setup(void **state)
{
    struct place *place;

    (void)setup_bare(state);
    place = *state;
    if (!server_there())
        return 0;
    if (open_it(place, true, APPLICATION) != SQL_OK ||
        sql_tx(place->db, make_table, NULL) != SQL_OK)
        fail_msg("%s", sql_error(place->db));
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    sql_close(&place->db);
    if (server_there()) {
        server_drop(place->conninfo, place->dir);
        kit_remove_tree(place->dir);
    }
    free(place);
    return 0;
}

/* The test's place; the test ends here, as skipped, where there is no server. */
static struct place *place_of(void **state)
{
    if (!server_there())
        skip();
    return *state;
}

static void name__of_a_server__is_told_from_a_file(void **state)
{
    (void)state;
    assert_true(sql_is_server("postgresql://mira@box/house"));
    assert_true(sql_is_server("postgres://box"));
    assert_true(sql_is_server("host=box dbname=house"));
    assert_true(sql_is_server("dbname = house"));
    assert_false(sql_is_server("box.db"));
    assert_false(sql_is_server("/srv/a=b.db"));
    assert_false(sql_is_server("./a=b.db"));
    assert_false(sql_is_server("=x"));
    assert_false(sql_is_server(""));
}

static void fault_105__name_not_understood__is_not_repeated(void **state)
{
    const struct sql_options options = {.name = "password=secret 'x"};
    struct sql *db = NULL;

    (void)state;
    assert_int_equal(sql_open(&db, &options), SQL_ENVIRONMENT);
    assert_null(strstr(sql_error(db), "secret"));
    assert_string_not_equal(sql_error(db), "");
    sql_close(&db);
}

static void open__nobody_there__says_so(void **state)
{
    const struct sql_options options = {.name = "host=/nowhere dbname=x"};
    struct sql *db = NULL;

    (void)place_of(state);
    assert_int_equal(sql_open(&db, &options), SQL_AWAY);
    assert_non_null(strstr(sql_error(db), "failed"));
    sql_close(&db);
}

static void open__missing_made_twice_and_foreign__each_is_told(void **state)
{
    struct place *place = place_of(state);

    assert_int_equal(open_it(place, false, APPLICATION), SQL_MISSING);
    sql_close(&place->db);
    assert_int_equal(open_it(place, true, APPLICATION), SQL_OK);
    sql_close(&place->db);
    assert_int_equal(open_it(place, true, APPLICATION), SQL_EXISTS);
    sql_close(&place->db);
    assert_int_equal(open_it(place, false, APPLICATION + 1), SQL_FOREIGN);
    sql_close(&place->db);
    assert_int_equal(open_it(place, false, APPLICATION), SQL_OK);
}

static void fault_030__another_programs_database__is_refused(void **state)
{
    struct place *place = place_of(state);

    assert_true(server_tell(place->dir, strstr(place->conninfo, "dbname=") + 7,
                            "CREATE TABLE ledger (n int)"));
    assert_int_equal(open_it(place, false, APPLICATION), SQL_FOREIGN);
    sql_close(&place->db);
    assert_int_equal(open_it(place, true, APPLICATION), SQL_FOREIGN);
}

static bool store_values(struct sql *db, void *context)
{
    static const char insert[] = "INSERT INTO t (id, word, bytes) VALUES ($1, $2, $3)";
    static const unsigned char bytes[] = {0, 1, 0xff, 0, '\\', '\''};

    (void)context;
    /* NULL first, so that the types show only later. */
    return sql_run(db, insert, SQL_VALUES(sql_n(INT64_MAX), sql_null(), sql_null())) == 1 &&
           sql_run(db, insert,
                   SQL_VALUES(sql_n(INT64_MIN), sql_t("'; DROP TABLE t; --"),
                              sql_b(bytes, sizeof bytes))) == 1 &&
           sql_run(db, insert, SQL_VALUES(sql_n(0), sql_t(""), sql_b("", 0))) == 1;
}

static void values__of_every_kind__come_back(void **state)
{
    struct place *place = place_of(state);
    struct sql_statement *row;
    size_t size = 1;

    assert_int_equal(sql_tx(place->db, store_values, NULL), SQL_OK);
    row = sql_ask(place->db, "SELECT id, word, bytes FROM t WHERE id NOT IN (1, 2) ORDER BY id",
                  NULL, 0);
    assert_true(sql_row(row));
    assert_true(sql_number(row, 0) == INT64_MIN);
    assert_string_equal(sql_text(row, 1), "'; DROP TABLE t; --");
    assert_memory_equal(sql_bytes(row, 2, &size), "\0\1\377\0\\'", 6);
    assert_int_equal(size, 6);
    assert_true(sql_row(row));
    assert_string_equal(sql_text(row, 1), "");
    assert_false(sql_is_null(row, 1));
    (void)sql_bytes(row, 2, &size);
    assert_int_equal(size, 0);
    assert_false(sql_is_null(row, 2));
    assert_true(sql_row(row));
    assert_true(sql_number(row, 0) == INT64_MAX);
    assert_true(sql_is_null(row, 1));
    assert_null(sql_bytes(row, 2, &size));
    assert_false(sql_row(row));
}

static void write__outside_a_transaction__is_refused(void **state)
{
    struct place *place = place_of(state);

    assert_int_equal(sql_run0(place->db, "DELETE FROM t"), -1);
    assert_int_equal(sql_failed(place->db), SQL_MISUSE);
    assert_int_equal(sql_run0(place->db, "BEGIN"), -1);
    assert_int_equal(sql_failed(place->db), SQL_MISUSE);
    assert_int_equal(sql_one_number(place->db, 0, "SELECT count(*) FROM t", NULL, 0), 2);
}

static bool end_by_script(struct sql *db, void *context)
{
    (void)context;
    sql_script(db, "UPDATE t SET word = 'x' WHERE id = 1; ROLLBACK");
    return true;
}

static void script__that_ends_the_transaction__is_refused(void **state)
{
    struct place *place = place_of(state);

    assert_int_equal(sql_tx(place->db, end_by_script, NULL), SQL_MISUSE);
    assert_int_equal(
        sql_one_number(place->db, 0, "SELECT count(*) FROM t WHERE word = 'x'", NULL, 0), 0);
}

/* A statement fails; what follows does nothing, and the transaction tells it. */
static bool fail_early(struct sql *db, void *context)
{
    (void)context;
    assert_int_equal(sql_run0(db, "INSERT INTO t (id, word) VALUES (3, 'one')"), -1);
    assert_int_equal(sql_run0(db, "INSERT INTO t (id, word) VALUES (4, 'four')"), -1);
    assert_null(sql_ask(db, "SELECT id FROM t", NULL, 0));
    return true;
}

static bool fail_unheard(struct sql *db, void *context)
{
    (void)context;
    sql_post(db, "INSERT INTO t (id, word) VALUES (3, 'three')", NULL, 0);
    sql_post(db, "INSERT INTO t (id, word) VALUES (4, 'one')", NULL, 0);
    sql_post(db, "INSERT INTO t (id, word) VALUES (5, 'five')", NULL, 0);
    return true;
}

static void failure__heard_or_unheard__spoils_the_transaction(void **state)
{
    struct place *place = place_of(state);

    assert_int_equal(sql_tx(place->db, fail_early, NULL), SQL_CONFLICT);
    assert_int_equal(sql_tx(place->db, fail_unheard, NULL), SQL_CONFLICT);
    assert_non_null(strstr(sql_error(place->db), "unique"));
    assert_int_equal(sql_one_number(place->db, 0, "SELECT count(*) FROM t", NULL, 0), 2);
}

static bool send_all(struct sql *db, void *context)
{
    int64_t *trips = context;
    const int64_t before = sql_round_trips(db);
    struct sql_statement *was = sql_ask_now(db, "SELECT count(*) FROM t", NULL, 0);
    struct sql_statement *first =
        sql_send(db, "UPDATE t SET bytes = NULL WHERE id <= $1", SQL_VALUES(sql_n(2)));
    struct sql_statement *second =
        sql_send(db, "DELETE FROM t WHERE id = $1", SQL_VALUES(sql_n(1)));

    assert_int_equal(sql_changed(second), 1);
    assert_int_equal(sql_changed(first), 2);
    assert_true(sql_row(was));
    assert_int_equal(sql_number(was, 0), 2);
    *trips = sql_round_trips(db) - before;
    return false;
}

static void sent__together__are_one_round_trip(void **state)
{
    int64_t trips = 0;

    assert_int_equal(sql_tx(place_of(state)->db, send_all, &trips), SQL_ROLLED_BACK);
    assert_int_equal(trips, 1);
}

static bool run_each(struct sql *db, void *context)
{
    int64_t *trips = context;
    const int64_t before = sql_round_trips(db);
    const struct sql_value ids[] = {sql_n(1), sql_n(2), sql_n(9), sql_n(1)};

    sql_post(db, "INSERT INTO t (id, word) VALUES (7, 'seven')", NULL, 0);
    assert_int_equal(sql_each(db, "UPDATE t SET word = word || '!' WHERE id = $1", ids, 1, 2), 2);
    assert_int_equal(sql_each(db, "UPDATE t SET bytes = NULL WHERE id = $1", ids, 1, 4), 2);
    *trips = sql_round_trips(db) - before;
    return true;
}

static void each__rows_together__are_one_round_trip(void **state)
{
    struct place *place = place_of(state);
    int64_t inside = 0, before = sql_round_trips(place->db);

    assert_int_equal(sql_tx(place->db, run_each, &inside), SQL_OK);
    assert_int_equal(inside, 2); /* one a list; what was posted travels along */
    assert_int_equal(sql_round_trips(place->db) - before, 3); /* and the commit */
    assert_int_equal(
        sql_one_number(place->db, 0, "SELECT count(*) FROM t WHERE word LIKE '%!'", NULL, 0), 2);
}

static bool lock_second(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "UPDATE t SET word = word WHERE id = 2") == 1;
}

static bool hold_and_ask(struct sql *db, void *context)
{
    const struct sql_options options = {
        .name = ((struct place *)context)->conninfo, .application = APPLICATION, .wait_ms = 100};
    struct sql *second = NULL;

    assert_int_equal(sql_run0(db, "UPDATE t SET word = word WHERE id = 2"), 1);
    assert_int_equal(sql_open(&second, &options), SQL_OK);
    assert_int_equal(sql_tx(second, lock_second, NULL), SQL_BUSY);
    sql_close(&second);
    return true;
}

static void fault_044__row_locked_by_another__gives_up_in_time(void **state)
{
    struct place *place = place_of(state);

    assert_int_equal(sql_tx(place->db, hold_and_ask, place), SQL_OK);
}

static void clock__is_the_servers(void **state)
{
    struct place *place = place_of(state);
    const int64_t server = sql_one_number(
        place->db, 0, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", NULL,
        0);
    const int64_t ours = sql_now(place->db);

    assert_true(ours >= server - 1000 && ours <= server + 1000);
}

static void hear_finding(void *context, const char *line)
{
    (void)line;
    ++*(int *)context;
}

static void integrity__trigger_off__is_a_finding(void **state)
{
    struct place *place = place_of(state);
    size_t n = 0;
    const struct migration *steps = migrations_builtin("postgres", &n);
    int findings = 0;

    assert_int_equal(migrate_up(place->db, steps, n, NULL), SQL_OK);
    assert_int_equal(sql_integrity(place->db, hear_finding, &findings), SQL_OK);
    assert_int_equal(findings, 0);
    assert_true(server_tell(place->dir, strstr(place->conninfo, "dbname=") + 7,
                            "ALTER TABLE journal DISABLE TRIGGER journal_keeps_rows"));
    assert_int_equal(sql_integrity(place->db, hear_finding, &findings), SQL_OK);
    assert_int_equal(findings, 1);
}

static void migrations__of_both_engines__have_the_same_names(void **state)
{
    size_t n = 0, m = 0;
    const struct migration *here = migrations_builtin("sqlite", &n);
    const struct migration *there = migrations_builtin("postgres", &m);

    (void)state;
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(here[i].number, there[i].number);
        assert_string_equal(here[i].name, there[i].name);
    }
}

/* The next line that names a table, an index or a column, cut behind the name; "" at the end. */
static void next_name(const char **text, char *name, size_t size)
{
    static const char *const makers[] = {"CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX "};

    name[0] = '\0';
    while (**text != '\0' && strncmp(*text, "CREATE TRIGGER", 14) != 0 &&
           strncmp(*text, "CREATE FUNCTION", 15) != 0) {
        const char *line = *text;
        size_t from = 0;

        *text += strcspn(*text, "\n");
        *text += **text == '\n';
        for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
            if (strncmp(line, makers[i], strlen(makers[i])) == 0)
                from = strlen(makers[i]);
        if (strncmp(line, "    ", 4) == 0 && line[4] >= 'a' && line[4] <= 'z')
            from = 4;
        if (from == 0)
            continue;
        (void)snprintf(name, size, "%.*s", (int)(from + strcspn(line + from, " \n")), line);
        return;
    }
}

static void migrations__of_both_engines__make_the_same_columns(void **state)
{
    size_t n = 0, m = 0;
    const struct migration *here = migrations_builtin("sqlite", &n);
    const struct migration *there = migrations_builtin("postgres", &m);

    (void)state;
    for (size_t i = 0; i < n && i < m; i++) {
        const char *ours = here[i].text, *theirs = there[i].text;
        char one[80], other[80];

        do {
            next_name(&ours, one, sizeof one);
            next_name(&theirs, other, sizeof other);
            assert_string_equal(one, other);
        } while (one[0] != '\0');
    }
}

int main(void)
{
#define BARE_TEST(name)  cmocka_unit_test_setup_teardown(name, setup_bare, teardown)
#define TABLE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name__of_a_server__is_told_from_a_file),
        cmocka_unit_test(fault_105__name_not_understood__is_not_repeated),
        cmocka_unit_test(migrations__of_both_engines__have_the_same_names),
        cmocka_unit_test(migrations__of_both_engines__make_the_same_columns),
        BARE_TEST(open__nobody_there__says_so),
        BARE_TEST(open__missing_made_twice_and_foreign__each_is_told),
        BARE_TEST(fault_030__another_programs_database__is_refused),
        TABLE_TEST(values__of_every_kind__come_back),
        TABLE_TEST(write__outside_a_transaction__is_refused),
        TABLE_TEST(script__that_ends_the_transaction__is_refused),
        TABLE_TEST(failure__heard_or_unheard__spoils_the_transaction),
        TABLE_TEST(sent__together__are_one_round_trip),
        TABLE_TEST(each__rows_together__are_one_round_trip),
        TABLE_TEST(fault_044__row_locked_by_another__gives_up_in_time),
        TABLE_TEST(clock__is_the_servers),
        TABLE_TEST(integrity__trigger_off__is_a_finding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
