/* The writers' turn between processes: waiting, naming, death, shares. */
#include "tests/db/dbkit.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SELLERS = 8, SALES = 150 };

static int64_t clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct sql *connect_patient(struct dbkit *kit, int wait_ms)
{
    kit->options.wait_ms = wait_ms;
    return dbkit_connect(kit);
}

static void fault_044__writer_busy__waits_no_longer_than_told(void **state)
{
    struct dbkit *kit = *state;
    struct sql *db = connect_patient(kit, 300);
    struct dbkit_child holder = dbkit_fork(kit, dbkit_hold_turn);
    int64_t start, took;

    assert_true(dbkit_hear(&holder));
    start = clock_ms();
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_BUSY);
    took = clock_ms() - start;
    assert_true(took >= 300 && took < 2000);
    assert_int_equal(dbkit_rows(db), 0); /* a read waits for nobody */
    dbkit_kill(&holder);
    sql_close(&db);
}

static void turn__holder_killed__next_goes_on_at_once(void **state)
{
    struct dbkit *kit = *state;
    struct sql *db = kit->db;

    for (int i = 0; i < 5; i++) {
        struct dbkit_child holder = dbkit_fork(kit, dbkit_hold_turn);
        int64_t start;

        assert_true(dbkit_hear(&holder));
        assert_int_equal(dbkit_kill(&holder), 128 + SIGKILL);
        start = clock_ms();
        assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_OK);
        assert_true(clock_ms() - start < 1000);
    }
    assert_int_equal(dbkit_rows(db), 5);
}

static void stop(pid_t pid)
{
    int status;

    assert_int_equal(kill(pid, SIGSTOP), 0);
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status));
}

static void fault_050__holder_stopped__named_after_5_s_and_not_robbed(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child holder = dbkit_fork(kit, dbkit_hold_turn);
    struct sql *db;
    char pid[32];
    int64_t start;

    assert_true(dbkit_hear(&holder));
    stop(holder.pid);
    snprintf(pid, sizeof pid, "process %d ", (int)holder.pid);
    start = clock_ms();
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_STOPPED_HOLDER);
    assert_true(clock_ms() - start < 8000);
    assert_true(strstr(sql_error(kit->db), pid) != NULL);

    db = connect_patient(kit, 100); /* now it is known: the next is told when its own wait ends */
    start = clock_ms();
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_STOPPED_HOLDER);
    assert_true(clock_ms() - start < 2000);
    assert_int_equal(dbkit_kill(&holder), 128 + SIGKILL);
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_OK);
    sql_close(&db);
}

static int wait_for_turn(struct sql *db, int tell)
{
    return write(tell, "w", 1) == 1 ? (int)sql_tx(db, dbkit_insert, NULL) : 1;
}

static bool sleeps(void *context)
{
    const pid_t *pid = context;
    char path[64], state = '?';
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)*pid);
    file = fopen(path, "re");
    if (!file)
        return false;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = '?';
    fclose(file);
    return state == 'S';
}

static void fault_050__waiter_stopped__delays_nobody(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child holder = dbkit_fork(kit, dbkit_hold_turn), waiters[4];
    int64_t start;

    assert_true(dbkit_hear(&holder));
    for (int i = 0; i < 4; i++) {
        waiters[i] = dbkit_fork(kit, wait_for_turn);
        assert_true(dbkit_hear(&waiters[i]));
        assert_true(kit_wait_until(sleeps, &waiters[i].pid, 5000));
        stop(waiters[i].pid);
    }
    dbkit_kill(&holder);
    start = clock_ms();
    for (int i = 0; i < 20; i++)
        assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    assert_true(clock_ms() - start < 2000);
    for (int i = 0; i < 4; i++) { /* and gets its turn when it goes on */
        assert_int_equal(kill(waiters[i].pid, SIGCONT), 0);
        assert_int_equal(dbkit_wait(&waiters[i]), SQL_OK);
    }
    assert_int_equal(dbkit_rows(kit->db), 24);
}

static bool count_up(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "UPDATE t SET text = CAST(text AS INTEGER) + 1 WHERE id = 1") == 1;
}

static int sell_many(struct sql *db, int tell)
{
    (void)tell;
    for (int i = 0; i < SALES; i++)
        if (sql_tx(db, count_up, NULL) != SQL_OK)
            return 1;
    return 0;
}

static bool first_row(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "INSERT INTO t (id, text) VALUES (1, '0')") == 1;
}

static void turn__many_writers__no_failure_and_no_lost_update(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child sellers[SELLERS];

    assert_int_equal(sql_tx(kit->db, first_row, NULL), SQL_OK);
    for (int i = 0; i < SELLERS; i++)
        sellers[i] = dbkit_fork(kit, sell_many);
    for (int i = 0; i < SELLERS; i++)
        assert_int_equal(dbkit_wait(&sellers[i]), 0);
    assert_int_equal(sql_one_number(kit->db, 0, "SELECT CAST(text AS INTEGER) FROM t", NULL, 0),
                     SELLERS * SALES);
}

static bool write_elsewhere(struct sql *db, void *context)
{
    (void)db;
    assert_int_equal(sql_tx(context, dbkit_insert, NULL), SQL_MISUSE);
    return true;
}

static void turn__taken_twice_by_a_thread__refused_at_once(void **state)
{
    struct dbkit *kit = *state;
    struct sql *other = dbkit_connect(kit);

    assert_int_equal(sql_tx(kit->db, write_elsewhere, other), SQL_OK);
    assert_int_equal(sql_tx(other, dbkit_insert, NULL), SQL_OK);
    sql_close(&other);
}

/* One thread of several: a connection of its own, and what came of its writes. */
struct writer {
    const struct dbkit *kit;
    int failed;
};

static void *write_many(void *context)
{
    struct writer *writer = context;
    struct sql *db;

    writer->failed = sql_open(&db, &writer->kit->options) != SQL_OK;
    for (int i = 0; i < 50 && !writer->failed; i++)
        writer->failed = sql_tx(db, count_up, NULL) != SQL_OK || dbkit_rows(db) != 1;
    sql_close(&db);
    return NULL;
}

static void turn__threads_with_a_connection_each__no_failure(void **state)
{
    struct dbkit *kit = *state;
    struct writer writers[3];
    pthread_t threads[3];

    assert_int_equal(sql_tx(kit->db, first_row, NULL), SQL_OK);
    for (int i = 0; i < 3; i++) {
        writers[i] = (struct writer){.kit = kit};
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, &writers[i]), 0);
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(writers[i].failed, 0);
    }
    assert_int_equal(sql_one_number(kit->db, 0, "SELECT CAST(text AS INTEGER) FROM t", NULL, 0),
                     150);
}

static bool make_pages(struct sql *db, void *context)
{
    (void)context;
    sql_script(db, "CREATE TABLE pages (id INTEGER PRIMARY KEY, bytes BLOB) STRICT");
    return true;
}

static bool insert_pages(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                        "WHERE i < 400) INSERT INTO pages (bytes) "
                        "SELECT randomblob(4000) FROM n") == 400;
}

static void fault_039__log_grows__is_worked_off_in_the_turn(void **state)
{
    struct dbkit *kit = *state;
    char path[KIT_PATH];
    size_t log_size, size;

    assert_int_equal(sql_tx(kit->db, make_pages, NULL), SQL_OK);
    for (int i = 0; i < 20; i++)
        assert_int_equal(sql_tx(kit->db, insert_pages, NULL), SQL_OK);
    free(kit_read_file(kit_path(path, kit->dir, "box.db-wal"), &log_size));
    free(kit_read_file(kit->path, &size));
    assert_true(log_size < 2000 * 4120); /* 8,000 pages and more were written */
    assert_true(size > 6000 * 4096);
}

#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, dbkit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(fault_044__writer_busy__waits_no_longer_than_told),
        WITH_DB(turn__holder_killed__next_goes_on_at_once),
        WITH_DB(fault_050__holder_stopped__named_after_5_s_and_not_robbed),
        WITH_DB(fault_050__waiter_stopped__delays_nobody),
        WITH_DB(turn__many_writers__no_failure_and_no_lost_update),
        WITH_DB(turn__taken_twice_by_a_thread__refused_at_once),
        WITH_DB(turn__threads_with_a_connection_each__no_failure),
        WITH_DB(fault_039__log_grows__is_worked_off_in_the_turn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
