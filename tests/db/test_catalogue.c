/* The tables of a database as its engine knows them; what rows add up to. */
#include "tests/db/dbkit.h"

#include <stdlib.h>
#include <string.h>

#include "db/catalogue.h"
#include "db/migrate.h"
#include "db/transfer.h"
#include "tests/kit/server.h"

static bool run_script(struct sql *db, void *context)
{
    return sql_script(db, context) == SQL_OK;
}

/* A catalogue's place of a table. */
static size_t place_of(const struct catalogue *catalogue, const char *name)
{
    const struct catalogue_table *table = catalogue_find(catalogue, name);

    if (!table)
        fail_msg("no table %s", name);
    return (size_t)(table - catalogue->tables);
}

static void catalogue__of_the_house__has_every_table_behind_what_it_refers_to(void **state)
{
    struct dbkit *kit = *state;
    struct catalogue *catalogue = NULL;
    size_t n = 0;
    const struct migration *steps = migrations_builtin("sqlite", &n);
    struct sql_statement *row;

    assert_int_equal(migrate_up(kit->db, steps, n, NULL), SQL_OK);
    assert_int_equal(catalogue_read(kit->db, &catalogue), SQL_OK);
    assert_int_equal(catalogue->n,
                     sql_one_number(kit->db, 0,
                                    "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                    " AND name <> 'schema_migrations'",
                                    NULL, 0));
    row = sql_ask(kit->db,
                  "SELECT t.name, f.\"table\" FROM sqlite_schema t, pragma_foreign_key_list(t.name)"
                  " f WHERE t.type = 'table'",
                  NULL, 0);
    n = 0;
    for (; sql_row(row);
         n++) /* rows that refer to their own table lie behind theirs by their ids */
        assert_true(strcmp(sql_text(row, 0), sql_text(row, 1)) == 0 ||
                    place_of(catalogue, sql_text(row, 1)) < place_of(catalogue, sql_text(row, 0)));
    assert_true(n > 10);
    free(catalogue);
}

static void catalogue__both_engines__are_the_same(void **state)
{
    struct dbkit *kit = *state;
    struct catalogue *here = NULL, *there = NULL;
    char conninfo[KIT_PATH], what[160] = "";
    const struct sql_options options = {.name = conninfo};
    size_t n = 0, counters = 0;
    const struct migration *steps = migrations_builtin("sqlite", &n);
    struct sql *server = NULL;

    if (!server_there())
        skip();
    assert_int_equal(sql_tx(kit->db, run_script, (void *)"DROP TABLE t"), SQL_OK);
    assert_int_equal(migrate_up(kit->db, steps, n, NULL), SQL_OK);
    server_database(conninfo, kit->dir);
    assert_int_equal(sql_open(&server, &options), SQL_OK);
    assert_int_equal(catalogue_read(kit->db, &here), SQL_OK);
    if (catalogue_read(server, &there) != SQL_OK)
        fail_msg("%s", sql_error(server));
    if (!catalogue_same(here, there, what, sizeof what))
        fail_msg("%s", what);
    for (size_t i = 0; i < there->n; i++)
        for (size_t k = 0; k < there->tables[i].n; k++)
            counters += there->tables[i].columns[k].counts;
    assert_true(counters >= 6); /* halls, seats, shows, types, the list, reservations */
    sql_close(&server);
    server_drop(conninfo, kit->dir);
    free(here);
    free(there);
}

static void expect_refused(struct dbkit *kit, const char *script, const char *part)
{
    struct catalogue *catalogue = NULL;

    assert_int_equal(sql_tx(kit->db, run_script, (void *)script), SQL_OK);
    assert_int_equal(catalogue_read(kit->db, &catalogue), SQL_MISUSE);
    assert_null(catalogue);
    assert_non_null(strstr(sql_error(kit->db), part));
}

static void catalogue__type_that_another_engine_lacks__is_refused(void **state)
{
    expect_refused(*state, "CREATE TABLE odd (id INTEGER PRIMARY KEY, much REAL) STRICT", "odd");
}

static void catalogue__circle_of_references__is_refused(void **state)
{
    expect_refused(*state,
                   "CREATE TABLE hen (id INTEGER PRIMARY KEY, egg INTEGER REFERENCES egg (id))"
                   " STRICT;"
                   "CREATE TABLE egg (id INTEGER PRIMARY KEY, hen INTEGER REFERENCES hen (id),"
                   " own INTEGER REFERENCES egg (id)) STRICT",
                   "refer to one another");
}

static void catalogue__column_missing__is_named(void **state)
{
    struct dbkit *kit = *state;
    struct catalogue *before = NULL, *after = NULL;
    char what[160];

    assert_int_equal(catalogue_read(kit->db, &before), SQL_OK);
    assert_int_equal(sql_tx(kit->db, run_script, (void *)"ALTER TABLE t ADD COLUMN more INTEGER"),
                     SQL_OK);
    assert_int_equal(catalogue_read(kit->db, &after), SQL_OK);
    assert_true(catalogue_same(before, before, what, sizeof what));
    assert_string_equal(what, "");
    assert_false(catalogue_same(before, after, what, sizeof what));
    assert_string_equal(what, "column more of table t");
    assert_false(catalogue_same(after, before, what, sizeof what));
    free(before);
    free(after);
}

/* Adds table t up. */
static struct tally tally_of(struct dbkit *kit)
{
    struct catalogue *catalogue = NULL;
    struct transfer *transfer = NULL;
    struct sql *db = dbkit_connect(kit);
    struct tally tally;

    assert_int_equal(catalogue_read(db, &catalogue), SQL_OK);
    assert_true(transfer_new(&transfer, catalogue));
    if (transfer_tally(transfer, 0, db, &tally) != SQL_OK)
        fail_msg("%s", sql_error(db));
    sql_close(&db);
    transfer_free(&transfer);
    free(catalogue);
    return tally;
}

static void tally__numbers_whose_sum_is_none__are_told_apart(void **state)
{
    struct dbkit *kit = *state;
    struct tally a, b;

    assert_int_equal(sql_tx(kit->db, run_script,
                            (void *)"INSERT INTO t (id) VALUES (9223372036854775807),"
                                    " (9223372036854775806), (-5), (3)"),
                     SQL_OK);
    a = tally_of(kit);
    assert_int_equal(a.n, 1 + 3 * 2);
    assert_int_equal(a.figures[0], 4);
    assert_int_equal(sql_tx(kit->db, run_script, (void *)"UPDATE t SET id = 4 WHERE id = 3"),
                     SQL_OK);
    b = tally_of(kit);
    assert_memory_not_equal(a.figures, b.figures, a.n * sizeof a.figures[0]);
    assert_int_equal(sql_tx(kit->db, run_script,
                            (void *)"UPDATE t SET id = 3 WHERE id = 4;"
                                    "UPDATE t SET text = 'Zoë' WHERE id = 3"),
                     SQL_OK);
    b = tally_of(kit);
    assert_memory_not_equal(a.figures, b.figures, a.n * sizeof a.figures[0]);
}

/* A row on its way, in several batches. */
struct passage {
    struct transfer *transfer;
    struct sql *from;
    int64_t rows;
};

static bool carry(struct sql *to, void *context)
{
    struct passage *passage = context;

    passage->rows = transfer_table(passage->transfer, 0, passage->from, to, NULL, NULL);
    return passage->rows >= 0;
}

static void transfer__rows_of_all_kinds__arrive_as_they_were(void **state)
{
    struct dbkit *kit = *state;
    static const char make[] =
        "DROP TABLE IF EXISTS t;"
        "CREATE TABLE b (id INTEGER PRIMARY KEY, x BLOB, y BLOB, z TEXT) STRICT";
    static const char fill[] =
        "INSERT INTO b WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 1000) SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE x'610062' END, x'',"
        " CASE WHEN i % 2 = 0 THEN '' ELSE 'Zoë' || i END FROM n";
    struct catalogue *catalogue = NULL;
    struct passage passage = {.from = kit->db};
    struct sql *to = NULL;
    char path[KIT_PATH];
    const struct sql_options options = {.name = kit_path(path, kit->dir, "to.db"), .create = true};

    assert_int_equal(sql_open(&to, &options), SQL_OK);
    assert_int_equal(sql_tx(kit->db, run_script, (void *)make), SQL_OK);
    assert_int_equal(sql_tx(to, run_script, (void *)make), SQL_OK);
    assert_int_equal(sql_tx(kit->db, run_script, (void *)fill), SQL_OK);
    assert_int_equal(catalogue_read(kit->db, &catalogue), SQL_OK);
    assert_true(transfer_new(&passage.transfer, catalogue));
    assert_int_equal(sql_tx(to, carry, &passage), SQL_OK);
    assert_int_equal(passage.rows, 1000);
    assert_int_equal(sql_one_number(to, 0,
                                    "SELECT count(*) FROM b WHERE (x IS NULL) = (id % 3 = 0)"
                                    " AND COALESCE(x, x'610062') = x'610062' AND y = x''"
                                    " AND z = CASE WHEN id % 2 = 0 THEN '' ELSE 'Zoë' || id END",
                                    NULL, 0),
                     1000);
    sql_close(&to);
    sql_close(&kit->db); /* before the statements that it has run */
    transfer_free(&passage.transfer);
    free(catalogue);
}

#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, dbkit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(catalogue__of_the_house__has_every_table_behind_what_it_refers_to),
        WITH_DB(catalogue__both_engines__are_the_same),
        WITH_DB(catalogue__type_that_another_engine_lacks__is_refused),
        WITH_DB(catalogue__circle_of_references__is_refused),
        WITH_DB(catalogue__column_missing__is_named),
        WITH_DB(tally__numbers_whose_sum_is_none__are_told_apart),
        WITH_DB(transfer__rows_of_all_kinds__arrive_as_they_were),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
