/* Opening: what is made, what is refused and left untouched, what happens to files under us. */
#include "tests/db/dbkit.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/place.h"

/* Opens with the options given, expects a result and a word in its text, closes. */
static void expect_open(const struct sql_options *options, enum sql_rc rc, const char *word)
{
    struct sql *db;
    const enum sql_rc got = sql_open(&db, options);

    if (got != rc)
        fail_msg("%s (%s) instead of %s", sql_rc_text(got), sql_error(db), sql_rc_text(rc));
    assert_int_equal(sql_failed(db), rc);
    if (!strstr(sql_error(db), word))
        fail_msg("\"%s\" says nothing of %s", sql_error(db), word);
    if (rc != SQL_OK) { /* a connection that did not open answers, and does nothing */
        assert_int_equal(sql_one_number(db, -1, "SELECT 1", NULL, 0), -1);
        assert_int_equal(sql_tx(db, dbkit_insert, NULL), rc);
        assert_int_equal(sql_read(db, dbkit_insert, NULL), rc);
    }
    sql_close(&db);
    assert_null(db);
}

static void expect_there(const struct dbkit *kit, const char *name, bool there)
{
    char path[KIT_PATH];

    assert_int_equal(access(kit_path(path, kit->dir, name), F_OK), there ? 0 : -1);
}

static int count_files(const struct dbkit *kit)
{
    const char *const argv[] = {"ls", "-A", kit->dir, NULL};
    struct kit_run run = kit_run("/tmp", argv, 10000);
    int n = 0;

    for (const char *p = run.out; *p; p++)
        n += *p == '\n';
    kit_run_fini(&run);
    return n;
}

/* The file of the SQLite library that is loaded. */
static int find_library(struct dl_phdr_info *info, size_t size, void *context)
{
    char *path = context;

    (void)size;
    if (strstr(info->dlpi_name, "libsqlite3"))
        kit_path(path, info->dlpi_name, "");
    return 0;
}

/* In a child: loads a copy of the library and opens; what it got is its status. */
static int open_with_two_libraries(const struct dbkit *kit)
{
    char from[KIT_PATH] = "", to[KIT_PATH];
    struct sql *db;
    size_t size;
    char *bytes;

    dl_iterate_phdr(find_library, from);
    from[strlen(from) - 1] = '\0'; /* kit_path's slash */
    bytes = kit_read_file(from, &size);
    kit_write_file(kit_path(to, kit->dir, "libsqlite3-second.so"), bytes, size);
    free(bytes);
    if (!dlopen(to, RTLD_NOW | RTLD_LOCAL))
        return 99;
    return (int)sql_open(&db, &kit->options);
}

static void fault_040__two_sqlite_libraries__refused(void **state)
{
    const pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0)
        _exit(open_with_two_libraries(*state));
    assert_int_equal(kit_reap(pid, 10000), SQL_ENVIRONMENT);
}

/* Removes what lies beside the database. */
static void keep_only_database(const struct dbkit *kit)
{
    static const char *const names[] = {"box.db-wal", "box.db-shm", "box.db-turn"};
    char path[KIT_PATH];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(kit_path(path, kit->dir, names[i]));
}

static void fault_029__missing__refused_and_not_made(void **state)
{
    struct dbkit *kit = *state;

    expect_open(&kit->options, SQL_MISSING, "box.db");
    kit->options.read_only = true;
    expect_open(&kit->options, SQL_MISSING, "box.db");
    assert_int_equal(count_files(kit), 0);
    kit->options.name = "/nowhere/at/all.db";
    expect_open(&kit->options, SQL_ENVIRONMENT, "/nowhere/at");
}

static void fault_030__database_of_another_program__refused_untouched(void **state)
{
    struct dbkit *kit = *state;
    struct sql_options theirs = kit->options;
    size_t size, size_after;
    char *before, *after;
    struct sql *db;

    theirs.create = true;
    theirs.application = 0x11223344;
    assert_int_equal(sql_open(&db, &theirs), SQL_OK);
    sql_close(&db);
    keep_only_database(kit);
    before = kit_read_file(kit->path, &size);
    expect_open(&kit->options, SQL_FOREIGN, "another program");
    kit->options.read_only = true;
    expect_open(&kit->options, SQL_FOREIGN, "another program");
    after = kit_read_file(kit->path, &size_after);
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    assert_int_equal(count_files(kit), 1);
}

static void fault_031__not_a_database__refused_untouched(void **state)
{
    static const char text[] = "This is a letter, and it has more than a hundred bytes, so that "
                               "its length alone does not tell that it is no database of any kind.";
    struct dbkit *kit = *state;

    kit_write_file(kit->path, text, sizeof text);
    expect_open(&kit->options, SQL_NOT_DATABASE, "box.db");
    kit_write_file(kit->path, "", 0);
    expect_open(&kit->options, SQL_NOT_DATABASE, "box.db");
    kit_write_file(kit->path, "SQLite format 3", 16);
    expect_open(&kit->options, SQL_NOT_DATABASE, "box.db");
    assert_int_equal(count_files(kit), 1);
    kit->options.name = kit->dir;
    expect_open(&kit->options, SQL_NOT_DATABASE, "regular");
}

static void create__over_a_file__refused(void **state)
{
    struct dbkit *kit = *state;

    kit_write_file(kit->path, "precious", 8);
    kit->options.create = true;
    expect_open(&kit->options, SQL_EXISTS, "box.db");
    assert_int_equal(count_files(kit), 1);
}

static int create_and_say(struct sql *db, int tell)
{
    (void)db;
    (void)tell;
    return 0;
}

static void create__eight_at_once__one_wins(void **state)
{
    struct dbkit *kit = *state;
    struct dbkit_child children[8];
    struct sql *db;
    int won = 0;

    kit->options.create = true;
    for (size_t i = 0; i < 8; i++)
        children[i] = dbkit_fork(kit, create_and_say);
    for (size_t i = 0; i < 8; i++)
        won += dbkit_wait(&children[i]) == 0;
    assert_int_equal(won, 1);
    kit->options.create = false;
    db = dbkit_connect(kit);
    assert_int_equal(sql_one_number(db, 0, "PRAGMA application_id", NULL, 0), DBKIT_APPLICATION);
    sql_close(&db);
    assert_int_equal(count_files(kit), 4); /* database, log, its index, turn */
}

static void create__mode__follows_the_umask(void **state)
{
    struct dbkit *kit = *state;
    const mode_t mask = umask(0027);
    char path[KIT_PATH];
    struct stat st;

    kit->options.create = true;
    expect_open(&kit->options, SQL_OK, "");
    umask(mask);
    assert_int_equal(stat(kit->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(stat(kit_path(path, kit->dir, "box.db-turn"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void fault_036__link_out_of_its_directory__refused(void **state)
{
    struct dbkit *kit = *state;
    char sub[KIT_PATH], link_path[KIT_PATH], near[KIT_PATH];

    kit->options.create = true;
    expect_open(&kit->options, SQL_OK, "");
    kit->options.create = false;
    assert_int_equal(mkdir(kit_path(sub, kit->dir, "sub"), 0700), 0);
    assert_int_equal(symlink(kit->path, kit_path(link_path, sub, "far.db")), 0);
    kit->options.name = link_path;
    expect_open(&kit->options, SQL_ENVIRONMENT, "another directory");

    assert_int_equal(symlink("box.db", kit_path(near, kit->dir, "near.db")), 0);
    kit->options.name = near; /* beside it, it is but a second way to the same files */
    expect_open(&kit->options, SQL_OK, "");
    expect_there(kit, "near.db-turn", false);

    assert_int_equal(unlink(link_path), 0);
    assert_int_equal(link(kit->path, link_path), 0);
    kit->options.name = link_path;
    expect_open(&kit->options, SQL_ENVIRONMENT, "second name");
    kit->options.name = kit->path;
    expect_open(&kit->options, SQL_ENVIRONMENT, "second name");
}

static void fault_036__dangling_link__not_written_through(void **state)
{
    struct dbkit *kit = *state;

    assert_int_equal(symlink("/tmp/boxoffice-nothing-there", kit->path), 0);
    expect_open(&kit->options, SQL_ENVIRONMENT, "link to nothing");
    kit->options.create = true;
    expect_open(&kit->options, SQL_ENVIRONMENT, "link to nothing");
}

static void fault_037__network_file_systems__refused(void **state)
{
    static const uint32_t refused[] = {0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546};
    static const uint32_t taken[] = {0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x2fc12fc1};

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_true(place_is_network(refused[i]));
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        assert_false(place_is_network(taken[i]));
}

static void fault_035__renamed_while_open__stops(void **state)
{
    struct dbkit *kit = *state;
    char away[KIT_PATH];

    assert_int_equal(dbkit_rows(kit->db), 0);
    assert_int_equal(rename(kit->path, kit_path(away, kit->dir, "away.db")), 0);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_MOVED);
    assert_true(strstr(sql_error(kit->db), "renamed") != NULL);
    assert_int_equal(dbkit_rows(kit->db), -1);
    assert_int_equal(sql_failed(kit->db), SQL_MOVED);
    assert_int_equal(rename(away, kit->path), 0);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
}

static void fault_035__replaced_while_open__stops(void **state)
{
    struct dbkit *kit = *state;
    char other[KIT_PATH];
    size_t size;
    char *bytes = kit_read_file(kit->path, &size);

    kit_write_file(kit_path(other, kit->dir, "other.db"), bytes, size);
    free(bytes);
    assert_int_equal(rename(other, kit->path), 0);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_MOVED);
    assert_int_equal(sql_read(kit->db, dbkit_insert, NULL), SQL_MOVED);
}

static void fault_035__turn_file_removed__stops(void **state)
{
    struct dbkit *kit = *state;
    char turn[KIT_PATH];

    assert_int_equal(unlink(kit_path(turn, kit->dir, "box.db-turn")), 0);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_MOVED);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_MOVED);
}

static void fault_038__second_connection_closed__locks_stay(void **state)
{
    struct dbkit *kit = *state;
    char lock[KIT_PATH + 16];
    struct stat st;
    FILE *locks;
    bool found = false;

    assert_int_equal(dbkit_rows(kit->db), 0); /* a log's reader locks the file while it is open */
    for (int i = 0; i < 3; i++)
        expect_open(&kit->options, SQL_OK, "");
    assert_int_equal(stat(kit->path, &st), 0);
    locks = fopen("/proc/locks", "re");
    assert_non_null(locks);
    while (fgets(lock, sizeof lock, locks)) {
        char inode[32], pid[32];

        snprintf(inode, sizeof inode, ":%lu ", (unsigned long)st.st_ino);
        snprintf(pid, sizeof pid, " %d ", (int)getpid());
        found = found || (strstr(lock, inode) && strstr(lock, pid));
    }
    fclose(locks);
    assert_true(found);
}

static void read_only__reads_and_refuses_to_write(void **state)
{
    struct dbkit *kit = *state;
    struct sql *db;

    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
    kit->options.read_only = true;
    db = dbkit_connect(kit);
    assert_int_equal(dbkit_rows(db), 1);
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_READ_ONLY);
    assert_int_equal(sql_run0(db, "DELETE FROM t"), -1);
    assert_int_equal(dbkit_rows(db), 1);
    sql_close(&db);
}

static void journal__none_named__log_when_made_and_as_it_is(void **state)
{
    struct dbkit *kit = *state;

    kit->options.journal = NULL;
    kit->options.create = true;
    expect_open(&kit->options, SQL_OK, "");
    kit->options.create = false;
    expect_open(&kit->options, SQL_OK, "");
    expect_there(kit, "box.db-wal", true);
}

static void journal__truncate__asked_for_and_kept(void **state)
{
    struct dbkit *kit = *state;
    struct sql *db;

    kit->options.journal = "truncate"; /* while another has it open with a log */
    expect_open(&kit->options, SQL_BUSY, "another journal");
    sql_close(&kit->db);
    db = dbkit_connect(kit);
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_OK);
    expect_there(kit, "box.db-wal", false);
    expect_there(kit, "box.db-journal", true);
    sql_close(&db);
    kit->options.journal = "wal";
    db = dbkit_connect(kit);
    assert_int_equal(dbkit_rows(db), 1);
    assert_int_equal(sql_tx(db, dbkit_insert, NULL), SQL_OK);
    expect_there(kit, "box.db-wal", true);
    sql_close(&db);
}

static void turn_file__left_from_a_power_loss__made_anew(void **state)
{
    struct dbkit *kit = *state;
    char turn[KIT_PATH], junk[500];

    sql_close(&kit->db);
    memset(junk, 0xff, sizeof junk);
    kit_write_file(kit_path(turn, kit->dir, "box.db-turn"), junk, sizeof junk);
    kit->db = dbkit_connect(kit);
    assert_int_equal(sql_tx(kit->db, dbkit_insert, NULL), SQL_OK);
}

static void turn_file__of_another_layout_in_use__refused(void **state)
{
    struct dbkit *kit = *state;
    char turn[KIT_PATH];
    uint32_t layout = 99;
    int fd = open(kit_path(turn, kit->dir, "box.db-turn"), O_RDWR | O_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &layout, sizeof layout, 8), sizeof layout);
    close(fd);
    expect_open(&kit->options, SQL_ENVIRONMENT, "another version");
}

#define WITH_DB(f) cmocka_unit_test_setup_teardown(f, dbkit_setup, dbkit_teardown)
#define BARE(f)    cmocka_unit_test_setup_teardown(f, dbkit_setup_bare, dbkit_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BARE(fault_029__missing__refused_and_not_made),
        BARE(fault_030__database_of_another_program__refused_untouched),
        BARE(fault_031__not_a_database__refused_untouched),
        BARE(create__over_a_file__refused),
        BARE(create__eight_at_once__one_wins),
        BARE(create__mode__follows_the_umask),
        BARE(fault_036__link_out_of_its_directory__refused),
        BARE(fault_036__dangling_link__not_written_through),
        cmocka_unit_test(fault_037__network_file_systems__refused),
        WITH_DB(fault_035__renamed_while_open__stops),
        WITH_DB(fault_035__replaced_while_open__stops),
        WITH_DB(fault_035__turn_file_removed__stops),
        WITH_DB(fault_038__second_connection_closed__locks_stay),
        WITH_DB(fault_040__two_sqlite_libraries__refused),
        WITH_DB(read_only__reads_and_refuses_to_write),
        BARE(journal__none_named__log_when_made_and_as_it_is),
        WITH_DB(journal__truncate__asked_for_and_kept),
        WITH_DB(turn_file__left_from_a_power_loss__made_anew),
        WITH_DB(turn_file__of_another_layout_in_use__refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
