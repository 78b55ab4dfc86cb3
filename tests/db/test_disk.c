/* A disk that is full or fails, by standing between SQLite and the system's calls. */
#include "tests/db/dbkit.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "db/turn.h"

/* The faults that are on: an errno, and after how many good calls. One test at a time. */
static struct {
    int write_error;
    int read_error;
    int sync_error, syncs_left; /* that many fail, then the disk is well; -1: for ever */
    int syncs;                  /* how many there were */
    void (*at_sync)(void);      /* what happens before one; NULL: nothing */
} disk;

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at);
ssize_t pread64(int fd, void *bytes, size_t size, off64_t at);

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    if (disk.write_error != 0) {
        errno = disk.write_error;
        return -1;
    }
    return syscall(SYS_pwrite64, fd, bytes, size, at);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t at)
{
    if (disk.read_error != 0) {
        errno = disk.read_error;
        return -1;
    }
    return syscall(SYS_pread64, fd, bytes, size, at);
}

static int sync_or_fail(long call, int fd)
{
    disk.syncs++;
    if (disk.at_sync)
        disk.at_sync();
    if (disk.sync_error != 0 && disk.syncs_left != 0) {
        if (disk.syncs_left > 0)
            disk.syncs_left--;
        errno = disk.sync_error;
        return -1;
    }
    return (int)syscall(call, fd);
}

int fsync(int fd)
{
    return sync_or_fail(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return sync_or_fail(SYS_fdatasync, fd);
}

static int disk_well(void **state)
{
    disk.write_error = disk.read_error = disk.sync_error = disk.syncs_left = 0;
    disk.at_sync = NULL;
    return dbkit_teardown(state);
}

static void find_fault(void *context, const char *line)
{
    (void)context;
    fail_msg("%s", line);
}

static void expect_whole(struct sql *db, int64_t rows)
{
    assert_int_equal(dbkit_rows(db), rows);
    assert_int_equal(sql_integrity(db, find_fault, NULL), SQL_OK);
}

static void full_disk(struct dbkit *kit, int error)
{
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    disk.write_error = error;
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_FULL);
    assert_int_equal(dbkit_rows(kit->db), 1);
    disk.write_error = 0;
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    expect_whole(kit->db, 2);
}

static void fault_019__disk_full__refused_and_reading_works(void **state)
{
    full_disk(*state, ENOSPC);
}

static void fault_019__quota_used_up__refused_and_reading_works(void **state)
{
    full_disk(*state, EDQUOT);
}

static int write_past_limit(struct sql *db, int tell)
{
    const struct rlimit limit = {40000, 40000};
    enum sql_rc rc = SQL_OK;

    (void)tell;
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 99;
    for (int i = 0; i < 100 && rc == SQL_OK; i++)
        rc = sql_tx(db, dbkit_insert, NULL);
    return dbkit_rows(db) > 0 ? (int)rc : 98;
}

static void fault_021__file_size_limit__refused_and_reading_works(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child child = dbkit_fork(kit, write_past_limit);

    assert_int_equal(dbkit_wait(&child), SQL_FULL);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    expect_whole(kit->db, dbkit_rows(kit->db));
}

static bool insert_then_fail_sync(struct sql *db, void *context)
{
    const int *times = context;

    disk.sync_error = EIO;
    disk.syncs_left = *times;
    return dbkit_insert(db, NULL);
}

/* One COMMIT's sync fails: what it did is settled before anybody goes on. */
static void sync_fails_once(struct dbkit *kit)
{
    struct sql *other = dbkit_connect(kit);
    int once = 1;
    int64_t rows;

    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    assert_int_equal(sql_tx(kit->db, insert_then_fail_sync, &once), SQL_UNKNOWN);
    assert_int_equal(sql_failed(kit->db), SQL_UNKNOWN);
    rows = dbkit_rows(kit->db);
    assert_true(rows == 1 || rows == 2);
    assert_int_equal(dbkit_rows(other), rows);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    assert_int_equal(sql_tx(other, dbkit_insert, NULL), SQL_OK);
    sql_close(&other);
    sql_close(&kit->db);
    kit->db = dbkit_connect(kit);
    expect_whole(kit->db, rows + 2);
}

static void fault_022__sync_of_commit_fails__unknown_and_settled(void **state)
{
    sync_fails_once(*state);
}

static void fault_022__sync_of_commit_fails_with_a_journal__unknown_and_settled(void **state)
{
    struct dbkit *kit = *state;

    sql_close(&kit->db);
    kit->options.journal = "truncate";
    kit->db = dbkit_connect(kit);
    sync_fails_once(kit);
}

static int try_to_sell(struct sql *db, int tell)
{
    (void)tell;
    return (int)sql_tx(db, dbkit_insert, NULL);
}

static void fault_022__sync_fails_for_good__every_terminal_stops(void **state)
{
    struct dbkit *kit = *state;
    struct sql *other = dbkit_connect(kit);
    struct dbkit_child child;
    int for_ever = -1;

    assert_int_equal(sql_tx(kit->db, insert_then_fail_sync, &for_ever), SQL_UNKNOWN);
    disk.sync_error = 0;
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_IO);
    assert_int_equal(sql_tx(other, dbkit_insert, NULL), SQL_IO);
    assert_true(dbkit_rows(other) >= 0); /* looking is allowed */
    child = dbkit_fork(kit, try_to_sell);
    assert_int_equal(dbkit_wait(&child), SQL_IO);
    sql_close(&other);
    sql_close(&kit->db); /* all have ended: storage was looked after */
    kit->db = dbkit_connect(kit);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    expect_whole(kit->db, dbkit_rows(kit->db));
}

static int child_tells;
static const char *dying_path;
static struct turn *doubting;

/* Tells that it is about to sync, and is not done with it before it is killed. */
static void sync_for_ever(void)
{
    if (write(child_tells, "s", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static int sell_on_a_slow_disk(struct sql *db, int tell)
{
    child_tells = tell;
    disk.at_sync = sync_for_ever;
    return (int)sql_tx(db, dbkit_insert, NULL);
}

static void commit__while_another_syncs__does_not_wait_for_it(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child slow = dbkit_fork(kit, sell_on_a_slow_disk);

    assert_true(dbkit_hear(&slow));
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    assert_int_equal(dbkit_rows(kit->db), 2);
    assert_int_equal(dbkit_kill(&slow), 128 + SIGKILL);
    expect_whole(kit->db, 2);
}

static bool look_only(struct sql *db, void *context)
{
    (void)context;
    return dbkit_rows(db) == 1;
}

/* What is answered from another's commit is as good as one's own: on disk, or not said. */
static void fault_013__told_of_a_dead_ones_commit__only_when_it_is_on_disk(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child dead = dbkit_fork(kit, sell_on_a_slow_disk);

    assert_true(dbkit_hear(&dead));
    assert_int_equal(dbkit_kill(&dead), 128 + SIGKILL);
    disk.syncs = 0;
    assert_int_equal(sql_tx(kit->db, look_only, NULL), SQL_OK);
    assert_int_equal(disk.syncs, 1);
    assert_int_equal(sql_tx(kit->db, look_only, NULL), SQL_OK);
    assert_int_equal(disk.syncs, 1);
}

static void fault_013__told_after_the_last_was_killed__only_when_it_is_on_disk(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child dead;

    sql_close(
        &kit->db); /* the turn's file is made anew by the next: what was synced is forgotten */
    dead = dbkit_fork(kit, sell_on_a_slow_disk);
    assert_true(dbkit_hear(&dead));
    assert_int_equal(dbkit_kill(&dead), 128 + SIGKILL);
    kit->db = dbkit_connect(kit);
    disk.syncs = 0;
    assert_int_equal(sql_tx(kit->db, look_only, NULL), SQL_OK);
    assert_true(disk.syncs > 0); /* of the log, and of the directory it is in */
}

static int fail_and_die(struct sql *db, int tell)
{
    struct turn *turn = NULL;
    struct engine_error why;

    (void)db;
    if (turn_new(&turn, dying_path, 0600, &why) != SQL_OK)
        return 1;
    turn_doubt(turn);
    return write(tell, "d", 1) == 1 ? 0 : 1;
}

/* Killed between the failure of its sync and the cure: the next writer does that. */
static void fault_022__sync_fails_and_it_is_killed__the_next_one_settles_it(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child dead;

    dying_path = kit->path;
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    dead = dbkit_fork(kit, fail_and_die);
    assert_true(dbkit_hear(&dead));
    assert_int_equal(dbkit_wait(&dead), 0);
    disk.syncs = 0;
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    assert_true(disk.syncs > 2); /* log, file, and the commit's own */
    expect_whole(kit->db, 2);
}

/* Another's commit lies behind one whose sync failed: it is not told of as done either. */
static void doubt_now(void)
{
    disk.at_sync = NULL;
    turn_doubt(doubting);
}

static void fault_022__another_ones_sync_fails_meanwhile__ones_own_is_unknown(void **state)
{
    struct dbkit *kit = *state;
    struct engine_error why;

    assert_int_equal(turn_new(&doubting, kit->path, 0600, &why), SQL_OK);
    disk.at_sync = doubt_now;
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_UNKNOWN);
    assert_false(turn_doubted(doubting));
    turn_free(&doubting);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    expect_whole(kit->db, 2);
}

static void fault_023__read_error__said(void **state)
{
    struct dbkit *kit = *state;
    struct sql *db = dbkit_connect(kit);

    disk.read_error = EIO;
    assert_int_equal(dbkit_rows(db), -1);
    assert_true(sql_failed(db) == SQL_IO || sql_failed(db) == SQL_CORRUPT);
    disk.read_error = 0;
    assert_int_equal(dbkit_rows(db), 0);
    sql_close(&db);
}

#define WITH_DISK(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, disk_well)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DISK(fault_019__disk_full__refused_and_reading_works),
        WITH_DISK(fault_019__quota_used_up__refused_and_reading_works),
        WITH_DISK(fault_021__file_size_limit__refused_and_reading_works),
        WITH_DISK(fault_022__sync_of_commit_fails__unknown_and_settled),
        WITH_DISK(fault_022__sync_of_commit_fails_with_a_journal__unknown_and_settled),
        WITH_DISK(fault_022__sync_fails_for_good__every_terminal_stops),
        WITH_DISK(commit__while_another_syncs__does_not_wait_for_it),
        WITH_DISK(fault_013__told_of_a_dead_ones_commit__only_when_it_is_on_disk),
        WITH_DISK(fault_013__told_after_the_last_was_killed__only_when_it_is_on_disk),
        WITH_DISK(fault_022__sync_fails_and_it_is_killed__the_next_one_settles_it),
        WITH_DISK(fault_022__another_ones_sync_fails_meanwhile__ones_own_is_unknown),
        WITH_DISK(fault_023__read_error__said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
