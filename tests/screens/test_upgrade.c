/* A box office with an older schema: alone, and backed up, before it is changed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/backup.h"
#include "tests/kit/counter.h"
#include "tui/upgrade.h"

enum { STEPS_MOST = 64, AT_ONCE = 8, KILLS = 12 };

/* A counter whose program has one step more than the one that made it. */
struct older {
    struct counter counter;
    struct migration steps[STEPS_MOST];
    size_t n; /* of the newer program */
    struct sql_options options;
    struct upgrade done;
    struct fault why;
    enum sql_rc opened;
};

static int setup(void **state)
{
    struct older *older = calloc(1, sizeof *older);
    const struct migration *built;

    assert_non_null(older);
    unsetenv("BOXOFFICE_TEST_SERVER"); /* a file's matter */
    counter_init(&older->counter);
    counter_sell(&older->counter, "A3 A4");
    sql_close(&older->counter.box.db);
    built = migrations_builtin("sqlite", &older->n);
    assert_true(older->n + 1 < STEPS_MOST);
    memcpy(older->steps, built, older->n * sizeof *built);
    older->steps[older->n] = (struct migration){
        (int)older->n + 1, "later", "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;"};
    older->n++;
    older->options = (struct sql_options){.name = older->counter.box.path, .journal = "wal"};
    *state = older;
    return 0;
}

static int teardown(void **state)
{
    struct older *older = *state;

    older->counter.box.db = box_connect(&older->counter.box);
    counter_fini(&older->counter); /* checks the invariants */
    free(older);
    return 0;
}

static enum rc open_newer(struct older *older, struct sql **db)
{
    return upgrade_open(db, &older->options, older->steps, older->n, &older->opened, &older->done,
                        &older->why);
}

/* The schema of a file. A backup is only read; the box office may have to be recovered, too. */
static int version_of(const struct older *older, const char *path)
{
    const struct sql_options options = {.name = path,
                                        .read_only = strcmp(path, older->counter.box.path) != 0};
    struct sql *db = NULL;
    int version = -1;

    if (sql_open(&db, &options) == SQL_OK)
        version = migrate_version(db);
    sql_close(&db);
    return version;
}

static void fault_112__older_schema__is_backed_up_and_then_changed(void **state)
{
    struct older *older = *state;
    struct sql *db = NULL;
    char name[KIT_PATH + 32];

    if (open_newer(older, &db) != RC_OK)
        fail_msg("%s", older->why.text);
    assert_int_equal(older->done.applied, 1);
    assert_int_equal(migrate_version(db), (int)older->n);
    (void)snprintf(name, sizeof name, "%s.schema-%04zu", older->counter.box.path, older->n - 1);
    assert_string_equal(older->done.before, name);
    assert_int_equal(version_of(older, name), (int)older->n - 1);
    sql_close(&db);
    assert_int_equal(open_newer(older, &db), RC_OK); /* nothing is left to be done */
    assert_int_equal(older->done.applied, 0);
    assert_string_equal(older->done.before, "");
    sql_close(&db);
}

static void fault_112__another_keeps_it_open__is_refused_unchanged(void **state)
{
    struct older *older = *state;
    struct sql *db = NULL;

    older->counter.box.db = box_connect(&older->counter.box);
    older->options.wait_ms = 200;
    assert_int_equal(open_newer(older, &db), RC_BUSY);
    assert_non_null(strstr(older->why.text, "end them first"));
    sql_close(&db);
    counter_sell(&older->counter, "B1"); /* the old program goes on */
    sql_close(&older->counter.box.db);
    assert_int_equal(version_of(older, older->counter.box.path), (int)older->n - 1);
}

static void fault_112__backup_impossible__nothing_is_changed(void **state)
{
    struct older *older = *state;
    struct sql *db = NULL;
    char name[KIT_PATH + 32];
    size_t most = older->n - 1;

    for (int i = 1; i <= 9; i++) { /* all its names are somebody else's */
        if (i == 1)
            (void)snprintf(name, sizeof name, "%s.schema-%04zu", older->counter.box.path, most);
        else
            (void)snprintf(name, sizeof name, "%s.schema-%04zu-%d", older->counter.box.path, most,
                           i);
        kit_write_file(name, "a letter", 8);
    }
    assert_int_equal(open_newer(older, &db), RC_EXISTS);
    sql_close(&db);
    assert_int_equal(version_of(older, older->counter.box.path), (int)most);
}

static void fault_112__many_come_at_once__one_changes_it_and_all_open(void **state)
{
    struct older *older = *state;
    pid_t pids[AT_ONCE];
    int applied = 0;

    for (int i = 0; i < AT_ONCE; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            struct sql *db = NULL;

            older->options.wait_ms = 20000;
            _exit(open_newer(older, &db) == RC_OK ? older->done.applied : 99);
        }
    }
    for (int i = 0; i < AT_ONCE; i++) {
        const int status = kit_reap(pids[i], 30000);

        assert_in_range(status, 0, 1);
        applied += status;
    }
    assert_int_equal(applied, 1);
    assert_int_equal(version_of(older, older->counter.box.path), (int)older->n);
}

/* Put back by restore: the only way down. */
static void put_back(struct older *older, const char *backup)
{
    struct backup told;

    if (backup_restore(&older->options, backup, NULL, NULL, &told, &older->why) != RC_OK)
        fail_msg("%s", older->why.text);
    assert_int_equal(unlink(told.aside), 0);
}

static void fault_114__downgrade__by_restoring_what_was_before(void **state)
{
    struct older *older = *state;
    struct sql *db = NULL;
    struct upgrade done;
    char before[PATH_MAX];

    assert_int_equal(open_newer(older, &db), RC_OK);
    memcpy(before, older->done.before, sizeof before);
    sql_close(&db);
    assert_int_equal(upgrade_open(&db, &older->options, older->steps, older->n - 1, &older->opened,
                                  &done, &older->why),
                     RC_ENVIRONMENT); /* the older program */
    assert_int_equal(sql_failed(db), SQL_NEWER);
    sql_close(&db);
    put_back(older, before);
    assert_int_equal(upgrade_open(&db, &older->options, older->steps, older->n - 1, &older->opened,
                                  &done, &older->why),
                     RC_OK);
    sql_close(&db);
    assert_int_equal(version_of(older, older->counter.box.path), (int)older->n - 1);
}

static void fault_016__killed_while_it_is_changed__old_or_new(void **state)
{
    struct older *older = *state;
    uint64_t seed = kit_seed();
    struct sql *db = NULL;

    for (int i = 0; i < KILLS; i++) {
        pid_t pid = fork();
        int version;

        if (pid == 0) {
            (void)open_newer(older, &db);
            _exit(0);
        }
        for (volatile uint64_t spin = kit_below(&seed, 12000000); spin > 0; spin--)
            ;
        kill(pid, SIGKILL);
        (void)kit_reap(pid, 10000);
        version = version_of(older, older->counter.box.path);
        assert_in_range(version, older->n - 1, older->n);
        assert_int_equal(open_newer(older, &db), RC_OK); /* the next one finishes it */
        assert_int_equal(migrate_version(db), (int)older->n);
        sql_close(&db);
        (void)snprintf(older->done.before, sizeof older->done.before, "%s.schema-%04zu",
                       older->counter.box.path, older->n - 1);
        put_back(older, older->done.before);
    }
}

#define OLDER_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OLDER_TEST(fault_112__older_schema__is_backed_up_and_then_changed),
        OLDER_TEST(fault_112__another_keeps_it_open__is_refused_unchanged),
        OLDER_TEST(fault_112__backup_impossible__nothing_is_changed),
        OLDER_TEST(fault_112__many_come_at_once__one_changes_it_and_all_open),
        OLDER_TEST(fault_114__downgrade__by_restoring_what_was_before),
        OLDER_TEST(fault_016__killed_while_it_is_changed__old_or_new),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
