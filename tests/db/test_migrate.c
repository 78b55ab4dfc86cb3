/* Migrations: once each, in order, whole or not at all, whoever comes at once. */
#include "tests/db/dbkit.h"

#include <string.h>

#include "db/migrate.h"

static const struct migration steps[] = {
    {1, "start", "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; INSERT INTO a VALUES (1);"},
    {2, "trigger",
     "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT; -- a; comment\n"
     "CREATE TRIGGER b_is_fixed BEFORE DELETE ON b BEGIN SELECT RAISE(ABORT, 'fixed'); END;"},
    {3, "more", "INSERT INTO a VALUES (2); ALTER TABLE b ADD COLUMN c TEXT;\n"},
};

static struct sql *db_of(void **state)
{
    return ((struct dbkit *)*state)->db;
}

static void migrate__fresh__all_steps_in_order(void **state)
{
    struct sql *db = db_of(state);
    int applied = -1;

    assert_int_equal(migrate_version(db), 0);
    assert_int_equal(migrate_up(db, steps, 3, &applied), SQL_OK);
    assert_int_equal(applied, 3);
    assert_int_equal(migrate_version(db), 3);
    assert_int_equal(sql_one_number(db, 0, "SELECT count(c) FROM b", NULL, 0), 0);
    assert_int_equal(sql_one_number(db, 0, "SELECT sum(id) FROM a", NULL, 0), 3);
    assert_int_equal(sql_one_number(db, 0,
                                    "SELECT count(*) FROM schema_migrations "
                                    "WHERE length(checksum) = 64 AND applied_at > 0",
                                    NULL, 0),
                     3);
}

static void migrate__twice__nothing_to_do_and_no_turn_taken(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child holder;
    int applied = -1;

    assert_int_equal(migrate_up(kit->db, steps, 3, NULL), SQL_OK);
    holder = dbkit_fork(kit, dbkit_hold_turn);
    assert_true(dbkit_hear(&holder));
    assert_int_equal(migrate_up(kit->db, steps, 3, &applied), SQL_OK);
    assert_int_equal(applied, 0);
    dbkit_kill(&holder);
}

static void migrate__one_step_behind__applies_that_one(void **state)
{
    int applied = -1;

    assert_int_equal(migrate_up(db_of(state), steps, 2, &applied), SQL_OK);
    assert_int_equal(applied, 2);
    assert_int_equal(migrate_up(db_of(state), steps, 3, &applied), SQL_OK);
    assert_int_equal(applied, 1);
}

static int migrate_and_count(struct sql *db, int tell)
{
    int applied = 0;

    (void)tell;
    if (migrate_up(db, steps, 3, &applied) != SQL_OK)
        return 100;
    return applied;
}

static void migrate__twelve_at_once__each_step_once(void **state)
{
    struct dbkit_child children[12];
    int applied = 0;

    for (size_t i = 0; i < 12; i++)
        children[i] = dbkit_fork(*state, migrate_and_count);
    for (size_t i = 0; i < 12; i++)
        applied += dbkit_wait(&children[i]);
    assert_int_equal(applied, 3);
    assert_int_equal(migrate_version(db_of(state)), 3);
}

static void fault_111__newer_schema__refused(void **state)
{
    struct sql *db = db_of(state);
    int applied = -1;

    assert_int_equal(migrate_up(db, steps, 3, NULL), SQL_OK);
    assert_int_equal(migrate_up(db, steps, 2, &applied), SQL_NEWER);
    assert_int_equal(applied, 0);
    assert_int_equal(sql_failed(db), SQL_NEWER);
    assert_true(strstr(sql_error(db), "step 3") != NULL);
}

static void migrate__text_of_an_applied_step_changed__refused_by_name(void **state)
{
    struct sql *db = db_of(state);
    struct migration changed[3];

    assert_int_equal(migrate_up(db, steps, 2, NULL), SQL_OK);
    memcpy(changed, steps, sizeof changed);
    changed[1].text = "CREATE TABLE b (id INTEGER) STRICT;";
    assert_int_equal(migrate_up(db, changed, 3, NULL), SQL_MISUSE);
    assert_true(strstr(sql_error(db), "step 2 (trigger)") != NULL);
    assert_int_equal(migrate_version(db), 2);
}

static void fault_113__step_fails__rolled_back_and_earlier_ones_stay(void **state)
{
    struct sql *db = db_of(state);
    struct migration broken[3];
    int applied = -1;

    memcpy(broken, steps, sizeof broken);
    broken[2].text = "INSERT INTO a VALUES (7); CREATE TABLE half (id INTEGER) STRICT; NONSENSE;";
    assert_int_equal(migrate_up(db, broken, 3, &applied), SQL_MISUSE);
    assert_int_equal(applied, 2);
    assert_true(strstr(sql_error(db), "NONSENSE") != NULL);
    assert_int_equal(migrate_version(db), 2);
    assert_int_equal(sql_one_number(db, 0, "SELECT sum(id) FROM a", NULL, 0), 1);
    assert_int_equal(
        sql_one_number(db, -1, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'", NULL, 0),
        0);
    assert_int_equal(migrate_up(db, steps, 3, &applied),
                     SQL_OK); /* mended: it goes on from there */
    assert_int_equal(applied, 1);
}

static void fault_113__step_ends_its_transaction__refused(void **state)
{
    static const struct migration cheats[] = {
        {1, "cheat", "CREATE TABLE half (id INTEGER) STRICT; COMMIT; BEGIN;"}};
    struct sql *db = db_of(state);

    assert_int_equal(migrate_up(db, cheats, 1, NULL), SQL_MISUSE);
    assert_int_equal(
        sql_one_number(db, -1, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'", NULL, 0),
        0);
}

static void migrate__steps_out_of_order__refused(void **state)
{
    assert_int_equal(migrate_up(db_of(state), steps + 1, 2, NULL), SQL_MISUSE);
    assert_int_equal(migrate_version(db_of(state)), 0);
}

static void builtin__this_engine__numbered_from_one(void **state)
{
    size_t n = 99, none = 99;
    const struct migration *built = migrations_builtin("sqlite", &n);

    for (size_t i = 0; i < n; i++) {
        assert_int_equal(built[i].number, (int)i + 1);
        assert_true(built[i].text[0] != '\0');
    }
    assert_int_equal(migrate_up(db_of(state), built, n, NULL), SQL_OK);
    assert_int_equal(migrate_version(db_of(state)), (int)n);
    assert_null(migrations_builtin("another", &none));
    assert_int_equal(none, 0);
}

#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, dbkit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(migrate__fresh__all_steps_in_order),
        WITH_DB(migrate__twice__nothing_to_do_and_no_turn_taken),
        WITH_DB(migrate__one_step_behind__applies_that_one),
        WITH_DB(migrate__twelve_at_once__each_step_once),
        WITH_DB(fault_111__newer_schema__refused),
        WITH_DB(migrate__text_of_an_applied_step_changed__refused_by_name),
        WITH_DB(fault_113__step_fails__rolled_back_and_earlier_ones_stay),
        WITH_DB(fault_113__step_ends_its_transaction__refused),
        WITH_DB(migrate__steps_out_of_order__refused),
        WITH_DB(builtin__this_engine__numbered_from_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
