/* Backups: whole, verified, never over anything else; and put back. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/backup.h"
#include "core/desk/check.h"
#include "tests/kit/counter.h"
#include "tests/kit/server.h"

/* A counter with a backup of it. */
struct safe {
    struct counter counter;
    struct sql_options options;
    char file[KIT_PATH];
    struct backup backup;
    struct fault why;
};

static int setup(void **state)
{
    struct safe *safe = calloc(1, sizeof *safe);

    assert_non_null(safe);
    counter_init(&safe->counter);
    safe->options = (struct sql_options){.name = safe->counter.box.path, .journal = "wal"};
    kit_path(safe->file, safe->counter.box.dir, "kept.db");
    *state = safe;
    return 0;
}

static int teardown(void **state)
{
    struct safe *safe = *state;

    counter_fini(&safe->counter);
    free(safe);
    return 0;
}

static enum rc write_backup(struct safe *safe)
{
    return backup_write(safe->counter.box.db, &safe->options, safe->file, NULL, NULL, &safe->backup,
                        &safe->why);
}

/* Closes the counter's own connection, so that nobody has the box office open. */
static void close_shop(struct safe *safe)
{
    sql_close(&safe->counter.box.db);
}

static enum rc restore(struct safe *safe)
{
    return backup_restore(&safe->options, safe->file, NULL, NULL, &safe->backup, &safe->why);
}

static void open_shop(struct safe *safe)
{
    safe->counter.box.db = box_connect(&safe->counter.box);
}

static void want(struct safe *safe, enum rc expected, enum rc rc, const char *part)
{
    if (rc != expected || (part != NULL && strstr(safe->why.text, part) == NULL))
        fail_msg("%s: %s", rc_name(rc), safe->why.text);
}

/* How many seats a file's box office has sold. */
static int64_t sold_in(const char *path)
{
    const struct sql_options options = {.name = path, .read_only = true};
    struct sql *db = NULL;
    int64_t n = -1;

    if (sql_open(&db, &options) == SQL_OK)
        n = sql_one_number(db, -1, "SELECT count(*) FROM claims WHERE state = 'sold'", NULL, 0);
    sql_close(&db);
    return n;
}

/* How many files of the directory have `part` in their names. */
static int files_with(const struct safe *safe, const char *part)
{
    char pattern[KIT_PATH + 32];
    const char *argv[] = {"sh", "-c", pattern, NULL};
    struct kit_run run;
    int n;

    (void)snprintf(pattern, sizeof pattern, "ls %s | grep -c -e '%s'", safe->counter.box.dir, part);
    run = kit_run(safe->counter.box.dir, argv, 5000);
    n = (int)strtol(run.out, NULL, 10);
    kit_run_fini(&run);
    return n;
}

static bool sell_once(void *context)
{
    struct safe *safe = context;
    struct sql *mine = safe->counter.box.db;

    if (safe->backup.books == 0) { /* the first question: the copy's moment has begun */
        safe->backup.books = 1;
        safe->counter.box.db = box_connect(&safe->counter.box);
        counter_sell(&safe->counter, "B5");
        sql_close(&safe->counter.box.db);
        safe->counter.box.db = mine;
    }
    return true;
}

static void backup__while_another_sells__is_of_one_moment(void **state)
{
    struct safe *safe = *state;

    counter_sell(&safe->counter, "A3 A4");
    want(safe, RC_OK,
         backup_write(safe->counter.box.db, &safe->options, safe->file, sell_once, safe,
                      &safe->backup, &safe->why),
         NULL);
    assert_int_equal(sold_in(safe->file), 2);
    assert_int_equal(sold_in(safe->counter.box.path), 3);
    assert_int_equal(strlen(safe->backup.head), 64);
    assert_int_equal(safe->backup.books,
                     counter_number(&safe->counter, "SELECT count(*) FROM books"));
    assert_int_equal(files_with(safe, "kept.db"), 1); /* one file, nothing beside it */
}

static void backup__again__takes_the_place_of_the_older(void **state)
{
    struct safe *safe = *state;

    want(safe, RC_OK, write_backup(safe), NULL);
    counter_sell(&safe->counter, "A3 A4");
    want(safe, RC_OK, write_backup(safe), NULL);
    assert_int_equal(sold_in(safe->file), 2);
    assert_int_equal(files_with(safe, "kept.db"), 1);
}

static void backup__nobody_else_may_read_it__who_cannot_read_the_box_office(void **state)
{
    struct safe *safe = *state;
    struct stat st;

    assert_int_equal(chmod(safe->counter.box.path, 0600), 0);
    want(safe, RC_OK, write_backup(safe), NULL);
    assert_int_equal(stat(safe->file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static bool die(void *context)
{
    (void)context;
    raise(SIGKILL);
    return true;
}

static void fault_007__killed_in_backup__the_old_backup_is_intact(void **state)
{
    struct safe *safe = *state;
    size_t size, after_size;
    char *before, *after;
    pid_t pid;

    want(safe, RC_OK, write_backup(safe), NULL);
    before = kit_read_file(safe->file, &size);
    counter_sell(&safe->counter, "A3 A4");
    close_shop(safe);
    pid = fork();
    if (pid == 0) {
        open_shop(safe);
        (void)backup_write(safe->counter.box.db, &safe->options, safe->file, die, NULL,
                           &safe->backup, &safe->why);
        _exit(0);
    }
    assert_int_equal(kit_reap(pid, 10000), 128 + SIGKILL);
    after = kit_read_file(safe->file, &after_size);
    assert_int_equal(size, after_size);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    open_shop(safe);
    want(safe, RC_OK, write_backup(safe), NULL); /* what the killed one left is not in the way */
    assert_int_equal(sold_in(safe->file), 2);
}

static bool no(void *context)
{
    (void)context;
    return false;
}

static void backup__interrupted__leaves_nothing(void **state)
{
    struct safe *safe = *state;

    want(safe, RC_INTERRUPTED,
         backup_write(safe->counter.box.db, &safe->options, safe->file, no, NULL, &safe->backup,
                      &safe->why),
         "nothing was changed");
    assert_int_equal(files_with(safe, "kept.db"), 0);
}

static void backup__over_anything_else__is_refused_untouched(void **state)
{
    struct safe *safe = *state;
    struct counter other;
    struct sql_options options;
    char *text;

    kit_write_file(safe->file, "a letter", 8);
    want(safe, RC_EXISTS, write_backup(safe), "no backup of this box office");
    text = kit_read_file(safe->file, NULL);
    assert_string_equal(text, "a letter");
    free(text);
    assert_int_equal(unlink(safe->file), 0);

    counter_init(&other); /* of another house */
    options = (struct sql_options){.name = other.box.path};
    box_show(&other.box, other.hall, "Stalker", BOX_NOW + 9 * WHEN_HOUR);
    box_show(&safe->counter.box, safe->counter.hall, "Solaris", BOX_NOW + 9 * WHEN_HOUR);
    counter_sell(&other, "C1");
    counter_sell(&safe->counter, "C1"); /* the books are as long, and differ by a title */
    want(safe, RC_OK,
         backup_write(other.box.db, &options, safe->file, NULL, NULL, &safe->backup, &safe->why),
         NULL);
    want(safe, RC_EXISTS, write_backup(safe), "another box office, or newer");
    assert_int_equal(sold_in(safe->file), 1);
    want(safe, RC_EXISTS,
         backup_write(safe->counter.box.db, &safe->options, other.box.path, NULL, NULL,
                      &safe->backup, &safe->why),
         "terminals open");
    counter_fini(&other);
}

static void backup__over_the_box_office_itself__is_refused(void **state)
{
    struct safe *safe = *state;
    static const char *const names[] = {"box.db", "box.db-wal", "box.db-turn"};

    for (size_t i = 0; i < 3; i++) {
        kit_path(safe->file, safe->counter.box.dir, names[i]);
        want(safe, RC_EXISTS, write_backup(safe), "the box office itself");
    }
    counter_sell(&safe->counter, "A3");
}

static void restore__newer_file_than_the_backup__is_kept_aside_with_its_log(void **state)
{
    struct safe *safe = *state;

    counter_sell(&safe->counter, "A3");
    want(safe, RC_OK, write_backup(safe), NULL);
    counter_sell(&safe->counter, "A4 A5");
    close_shop(safe);
    want(safe, RC_OK, restore(safe), NULL);
    assert_int_equal(sold_in(safe->backup.aside), 3);
    open_shop(safe);
    assert_int_equal(
        counter_number(&safe->counter, "SELECT count(*) FROM claims WHERE state = 'sold'"), 1);
    counter_sell(&safe->counter, "B1"); /* it sells */
    /* And what was kept aside can be put back in the same way. */
    close_shop(safe);
    assert_true(strlen(safe->backup.aside) < sizeof safe->file);
    memcpy(safe->file, safe->backup.aside, strlen(safe->backup.aside) + 1);
    want(safe, RC_OK, restore(safe), NULL);
    open_shop(safe);
    assert_int_equal(
        counter_number(&safe->counter, "SELECT count(*) FROM claims WHERE state = 'sold'"), 3);
}

static void fault_017__old_copy_put_back__a_later_head_says_so(void **state)
{
    struct safe *safe = *state;
    char head[DIGEST_HEX], book[64];
    struct sql_statement *row;

    want(safe, RC_OK, write_backup(safe), NULL);
    counter_sell(&safe->counter, "A4 A5");
    row = sql_ask(safe->counter.box.db, "SELECT head FROM books WHERE name <> 'house'", NULL, 0);
    assert_true(sql_row(row));
    (void)snprintf(head, sizeof head, "%s", sql_text(row, 0)); /* as a report would print it */
    sql_done(row);
    assert_true(check_head(safe->counter.box.db, head, book, sizeof book));
    close_shop(safe);
    want(safe, RC_OK, restore(safe), NULL);
    open_shop(safe);
    box_check(&safe->counter.box); /* sound in itself */
    assert_false(check_head(safe->counter.box.db, head, book, sizeof book));
    assert_true(check_head(safe->counter.box.db, safe->backup.head, book, sizeof book));
}

static void fault_034__log_deleted__the_last_head_is_not_known(void **state)
{
    struct safe *safe = *state;
    char head[DIGEST_HEX], book[64], log[KIT_PATH];
    struct sql_statement *row;

    want(safe, RC_OK, write_backup(safe), NULL); /* the file that a checkpoint would have left */
    close_shop(safe);
    want(safe, RC_OK, restore(safe), NULL);
    open_shop(safe);
    counter_sell(&safe->counter, "A4 A5");
    row = sql_ask(safe->counter.box.db, "SELECT head FROM books WHERE name <> 'house'", NULL, 0);
    assert_true(sql_row(row));
    (void)snprintf(head, sizeof head, "%s", sql_text(row, 0));
    sql_done(row);
    close_shop(safe);
    assert_int_equal(unlink(kit_path(log, safe->counter.box.dir, "box.db-wal")), 0);
    open_shop(safe);
    assert_false(check_head(safe->counter.box.db, head, book, sizeof book));
}

static void fault_043__restore_over_a_live_box_office__is_refused(void **state)
{
    struct safe *safe = *state;

    want(safe, RC_OK, write_backup(safe), NULL);
    counter_sell(&safe->counter, "A3 A4");
    want(safe, RC_REFUSED, restore(safe), "open at another terminal");
    assert_string_equal(safe->backup.aside, "");
    assert_int_equal(files_with(safe, "replaced"), 0);
    assert_int_equal(files_with(safe, ".new-"), 0);
    counter_sell(&safe->counter, "B1"); /* nobody noticed */
    assert_int_equal(sold_in(safe->counter.box.path), 3);
}

/* Changes bytes far in a file, as a failing disk does. */
static void spoil(const char *path)
{
    size_t size;
    char *bytes = kit_read_file(path, &size);

    for (size_t at = size / 4; at < size / 2; at++)
        bytes[at] ^= 0x55;
    kit_write_file(path, bytes, size);
    free(bytes);
}

static void restore__damaged_backup__is_refused_before_anything_moves(void **state)
{
    struct safe *safe = *state;

    want(safe, RC_OK, write_backup(safe), NULL);
    spoil(safe->file);
    close_shop(safe);
    want(safe, RC_REFUSED, restore(safe), "kept.db");
    assert_int_equal(files_with(safe, "replaced"), 0);
    kit_write_file(safe->file, "a letter", 8);
    want(safe, RC_REFUSED, restore(safe), "kept.db");
    assert_int_equal(unlink(safe->file), 0);
    want(safe, RC_NOT_FOUND, restore(safe), "kept.db");
    assert_int_equal(files_with(safe, "replaced"), 0);
    open_shop(safe);
}

static void restore__journal_rewritten__is_refused(void **state)
{
    struct safe *safe = *state;

    counter_sell(&safe->counter, "A3");
    box_open_journal(&safe->counter.box);
    counter_script(&safe->counter, "UPDATE journal SET at = at + 1 WHERE n = 1 AND book = 'house'");
    safe->counter.box.unchecked = true;
    want(safe, RC_OK, write_backup(safe), NULL); /* a backup is no judge: it keeps what is there */
    close_shop(safe);
    want(safe, RC_REFUSED, restore(safe), "does not verify: book house, row 1");
    open_shop(safe);
}

static void restore__over_a_damaged_box_office__keeps_that_aside(void **state)
{
    struct safe *safe = *state;

    counter_sell(&safe->counter, "A3");
    want(safe, RC_OK, write_backup(safe), NULL);
    close_shop(safe);
    kit_write_file(safe->counter.box.path, "nothing that was ever a database", 32);
    want(safe, RC_OK, restore(safe), NULL);
    assert_int_equal(files_with(safe, "replaced-.*Z$"), 1);
    open_shop(safe);
    assert_int_equal(counter_number(&safe->counter, "SELECT count(*) FROM claims"), 1);
}

static void restore__where_nothing_is__makes_it(void **state)
{
    struct safe *safe = *state;
    char path[KIT_PATH];

    counter_sell(&safe->counter, "A3");
    want(safe, RC_OK, write_backup(safe), NULL);
    kit_path(path, safe->counter.box.dir, "second.db");
    safe->options.name = path;
    want(safe, RC_OK, restore(safe), NULL);
    assert_string_equal(safe->backup.aside, "");
    assert_int_equal(sold_in(path), 1);
}

static void restore__over_another_programs_file__is_refused(void **state)
{
    struct safe *safe = *state;
    struct sql *db = NULL;
    char path[KIT_PATH];
    struct sql_options theirs = {.name = path, .create = true, .application = 0x11223344};

    want(safe, RC_OK, write_backup(safe), NULL);
    kit_path(path, safe->counter.box.dir, "theirs.db");
    assert_int_equal(sql_open(&db, &theirs), SQL_OK);
    sql_close(&db);
    safe->options.name = path;
    want(safe, RC_REFUSED, restore(safe), "another program");
    assert_int_equal(files_with(safe, "theirs.db.replaced"), 0);
}

/* Killed between its steps there is no box office, which everybody says; never a mixture. */
static void restore__cut_short__is_no_box_office_until_done_again(void **state)
{
    struct safe *safe = *state;
    struct sql *db = NULL;
    struct sql_options make = {.name = safe->counter.box.path, .create = true};
    char there[KIT_PATH];

    want(safe, RC_OK, write_backup(safe), NULL);
    counter_sell(&safe->counter, "A3 A4"); /* they lie in the log alone */
    close_shop(safe);
    kit_path(there, safe->counter.box.dir, "box.db.replaced-before");
    assert_int_equal(rename(safe->counter.box.path, there), 0);
    assert_int_not_equal(sql_open(&db, &make), SQL_OK); /* a new one would read that log */
    assert_non_null(strstr(sql_error(db), "restore it first"));
    sql_close(&db);
    want(safe, RC_OK, restore(safe), NULL);
    open_shop(safe);
    assert_int_equal(counter_number(&safe->counter, "SELECT count(*) FROM claims"), 0);
}

static void others__while_it_is_shut__are_told(void **state)
{
    struct safe *safe = *state;
    struct sql *db = NULL;

    assert_int_equal(sql_alone(safe->counter.box.db, true), SQL_OK);
    assert_int_equal(sql_open(&db, &safe->options), SQL_BUSY);
    assert_non_null(strstr(sql_error(db), "is closed"));
    sql_close(&db);
    counter_sell(&safe->counter, "A3"); /* who shut it may write */
    assert_int_equal(sql_alone(safe->counter.box.db, false), SQL_OK);
    db = box_connect(&safe->counter.box);
    assert_int_equal(sql_alone(safe->counter.box.db, true), SQL_BUSY);
    sql_close(&db);
    assert_int_equal(sql_alone(safe->counter.box.db, true), SQL_OK);
    assert_int_equal(sql_alone(safe->counter.box.db, false), SQL_OK);
}

static void server__is_copied_by_its_own_tools(void **state)
{
    struct safe *safe = *state;

    want(safe, RC_REFUSED, write_backup(safe), "pg_dump");
    want(safe, RC_REFUSED, restore(safe), "pg_restore");
    assert_int_equal(sql_alone(safe->counter.box.db, true), SQL_ENVIRONMENT);
}

#define SAFE_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SAFE_TEST(backup__while_another_sells__is_of_one_moment),
        SAFE_TEST(backup__again__takes_the_place_of_the_older),
        SAFE_TEST(backup__nobody_else_may_read_it__who_cannot_read_the_box_office),
        SAFE_TEST(fault_007__killed_in_backup__the_old_backup_is_intact),
        SAFE_TEST(backup__interrupted__leaves_nothing),
        SAFE_TEST(backup__over_anything_else__is_refused_untouched),
        SAFE_TEST(backup__over_the_box_office_itself__is_refused),
        SAFE_TEST(restore__newer_file_than_the_backup__is_kept_aside_with_its_log),
        SAFE_TEST(fault_017__old_copy_put_back__a_later_head_says_so),
        SAFE_TEST(fault_034__log_deleted__the_last_head_is_not_known),
        SAFE_TEST(fault_043__restore_over_a_live_box_office__is_refused),
        SAFE_TEST(restore__damaged_backup__is_refused_before_anything_moves),
        SAFE_TEST(restore__journal_rewritten__is_refused),
        SAFE_TEST(restore__over_a_damaged_box_office__keeps_that_aside),
        SAFE_TEST(restore__where_nothing_is__makes_it),
        SAFE_TEST(restore__over_another_programs_file__is_refused),
        SAFE_TEST(restore__cut_short__is_no_box_office_until_done_again),
        SAFE_TEST(others__while_it_is_shut__are_told),
    };
    const struct CMUnitTest on_a_server[] = {SAFE_TEST(server__is_copied_by_its_own_tools)};

    if (server_there())
        return cmocka_run_group_tests(on_a_server, NULL, NULL) != 0;
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
