/* Processes killed before, in and after COMMIT, and in recovery. */
#include "tests/db/dbkit.h"

#include <signal.h>
#include <unistd.h>

enum { ROUNDS = 25 };

static bool insert_tell_stay(struct sql *db, void *context)
{
    const int *tell = context;

    if (!dbkit_insert(db, NULL) || write(*tell, "i", 1) != 1)
        return false;
    for (;;)
        pause();
}

static int die_before_commit(struct sql *db, int tell)
{
    return (int)sql_tx(db, insert_tell_stay, &tell);
}

static void fault_001__killed_before_commit__nothing_is_there(void **state)
{
    struct dbkit *kit = *state;

    for (int i = 0; i < 5; i++) {
        struct dbkit_child child = dbkit_fork(kit, die_before_commit);

        assert_true(dbkit_hear(&child));
        assert_int_equal(dbkit_kill(&child), 128 + SIGKILL);
        assert_int_equal(dbkit_rows(kit->db), i);
        assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    }
}

static int commit_and_stay(struct sql *db, int tell)
{
    if (sql_tx(db, dbkit_insert, NULL) != SQL_OK || write(tell, "c", 1) != 1)
        return 1;
    for (;;)
        pause();
}

static void fault_002__killed_after_commit__the_row_is_there(void **state)
{
    struct dbkit *kit = *state;

    sql_close(&kit->db); /* the killed one is the last: its log must be recovered */
    for (int i = 1; i <= 5; i++) {
        struct dbkit_child child = dbkit_fork(kit, commit_and_stay);
        struct sql *db;

        assert_true(dbkit_hear(&child));
        assert_int_equal(dbkit_kill(&child), 128 + SIGKILL);
        db = dbkit_connect(kit);
        assert_int_equal(dbkit_rows(db), i);
        sql_close(&db);
    }
}

/* Commits without end and tells after each commit. */
static int commit_for_ever(struct sql *db, int tell)
{
    while (sql_tx(db, dbkit_insert, NULL) == SQL_OK)
        if (write(tell, "c", 1) != 1)
            return 1;
    return 2;
}

static void find_fault(void *context, const char *line)
{
    (void)context;
    fail_msg("%s", line);
}

static void
fault_001_002__killed_at_any_moment__all_that_was_told_and_at_most_one_more(void **state)
{
    struct dbkit *kit = *state;
    uint64_t seed = kit_seed();
    int64_t before = 0;

    for (int i = 0; i < ROUNDS; i++) {
        struct dbkit_child child = dbkit_fork(kit, commit_for_ever);
        int64_t told = 0, found;
        char byte;

        for (uint64_t n = 1 + kit_below(&seed, 60); n > 0; n--)
            told += dbkit_hear(&child);
        kill(child.pid, SIGKILL);
        while (read(child.told, &byte, 1) == 1)
            told++;
        assert_int_equal(dbkit_wait(&child), 128 + SIGKILL);
        found = dbkit_rows(kit->db) - before;
        assert_true(found == told || found == told + 1);
        before += found;
    }
    assert_int_equal(sql_integrity(kit->db, find_fault, NULL), SQL_OK);
}

static int open_and_count(struct sql *db, int tell)
{
    (void)tell;
    return dbkit_rows(db) == 300 ? 0 : 1;
}

static bool insert_300(struct sql *db, void *context)
{
    for (int i = 0; i < 300; i++)
        dbkit_insert(db, context);
    return true;
}

static void fault_006__killed_in_recovery__next_opener_recovers(void **state)
{
    struct dbkit *kit = *state;
    uint64_t seed = kit_seed();
    struct dbkit_child child;

    assert_int_equal(sql_tx(kit->db, insert_300, NULL), SQL_OK);
    sql_close(&kit->db); /* nobody is left: who comes next reads the log anew */
    for (int i = 0; i < ROUNDS; i++) {
        volatile uint64_t spin = kit_below(&seed, 1000000);
        int status;

        child = dbkit_fork(kit, open_and_count);
        while (spin > 0)
            spin--;
        status = dbkit_kill(&child);
        assert_true(status == 128 + SIGKILL || status == 0);
    }
    child = dbkit_fork(kit, open_and_count);
    assert_int_equal(dbkit_wait(&child), 0);
}

#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, dbkit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(fault_001__killed_before_commit__nothing_is_there),
        WITH_DB(fault_002__killed_after_commit__the_row_is_there),
        WITH_DB(fault_001_002__killed_at_any_moment__all_that_was_told_and_at_most_one_more),
        WITH_DB(fault_006__killed_in_recovery__next_opener_recovers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
