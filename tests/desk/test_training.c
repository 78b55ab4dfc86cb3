/* A copy to train on: marked, apart, of this day, and never taken for the box office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/backup.h"
#include "core/desk/check.h"
#include "core/desk/move.h"
#include "core/desk/training.h"
#include "tests/kit/counter.h"
#include "tests/kit/server.h"

struct school {
    struct counter counter;
    struct sql_options options;
    char copy[KIT_PATH];
    struct training_wish wish;
    bool made;
    struct fault why;
};

static int setup(void **state)
{
    struct school *school = calloc(1, sizeof *school);

    assert_non_null(school);
    counter_init(&school->counter);
    school->options = (struct sql_options){.name = school->counter.box.path, .journal = "wal"};
    kit_path(school->copy, school->counter.box.dir, "copy.db");
    school->wish = (struct training_wish){
        .from = &school->options, .path = school->copy, .terminal = "till-1", .operator_number = 1};
    *state = school;
    return 0;
}

static int teardown(void **state)
{
    struct school *school = *state;

    counter_fini(&school->counter);
    free(school);
    return 0;
}

static void want(struct school *school, enum rc expected, enum rc rc, const char *part)
{
    if (rc != expected || (part != NULL && strstr(school->why.text, part) == NULL))
        fail_msg("%s: %s", rc_name(rc), school->why.text);
}

static void copy(struct school *school)
{
    want(school, RC_OK, training_copy(&school->wish, &school->made, &school->why), NULL);
}

static struct sql *open_copy(const struct school *school)
{
    const struct sql_options options = {.name = school->copy, .journal = "wal"};
    struct sql *db = NULL;

    assert_int_equal(sql_open(&db, &options), SQL_OK);
    return db;
}

static bool run_script(struct sql *db, void *context)
{
    return sql_script(db, context) == SQL_OK;
}

static void in_copy(const struct school *school, char *text)
{
    struct sql *db = open_copy(school);

    assert_int_equal(sql_tx(db, run_script, text), SQL_OK);
    sql_close(&db);
}

static int64_t number_in_copy(const struct school *school, const char *query)
{
    struct sql *db = open_copy(school);
    int64_t n = sql_one_number(db, -1, query, NULL, 0);

    sql_close(&db);
    return n;
}

static void copy__made__is_marked_and_knows_no_terminal(void **state)
{
    struct school *school = *state;
    char *before, *after;
    size_t size, more;

    counter_sell(&school->counter, "A3 A4");
    counter_script(&school->counter,
                   "UPDATE reservations SET paper = 'till-9';"
                   "INSERT INTO terminals (name, session, host, pid, endpoint, beat_at, started_at)"
                   " VALUES ('till-9', 's', 'here', 1, 'ipc:///x', 1, 1)");
    before = kit_read_file(school->counter.box.path, &size);
    copy(school);
    assert_true(school->made);
    after = kit_read_file(school->counter.box.path, &more);
    assert_int_equal(size, more);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    assert_int_equal(counter_number(&school->counter, "SELECT training_at FROM venue"), 0);
    assert_int_equal(counter_number(&school->counter, "SELECT count(*) FROM terminals"), 1);
    assert_int_equal(number_in_copy(school, "SELECT training_at > 0 FROM venue"), 1);
    assert_int_equal(number_in_copy(school, "SELECT count(*) FROM terminals"), 0);
    assert_int_equal(number_in_copy(school, "SELECT count(*) FROM reservations WHERE paper <> ''"),
                     0);
    assert_int_equal(number_in_copy(school, "SELECT count(*) FROM claims WHERE state = 'sold'"), 2);
    in_copy(school, "DELETE FROM claims");
    assert_int_equal(counter_number(&school->counter, "SELECT count(*) FROM claims"), 2);
}

static void copy__of_this_day__is_kept_until_it_is_asked_for_anew(void **state)
{
    struct school *school = *state;

    copy(school);
    in_copy(school, "UPDATE venue SET name = 'tried'");
    copy(school);
    assert_false(school->made);
    assert_int_equal(number_in_copy(school, "SELECT name = 'tried' FROM venue"), 1);
    school->wish.anew = true;
    copy(school);
    assert_true(school->made);
    assert_int_equal(number_in_copy(school, "SELECT name = 'tried' FROM venue"), 0);
}

static void copy__of_another_day__is_made_anew_unless_somebody_trains(void **state)
{
    struct school *school = *state;
    struct sql *busy;

    copy(school);
    in_copy(school, "UPDATE venue SET training_at = training_at - 172800000, name = 'old'");
    busy = open_copy(school);
    copy(school);
    assert_false(school->made);
    school->wish.anew = true;
    want(school, RC_BUSY, training_copy(&school->wish, NULL, &school->why), "somebody trains");
    school->wish.anew = false;
    sql_close(&busy);
    copy(school);
    assert_true(school->made);
    assert_int_equal(number_in_copy(school, "SELECT name = 'old' FROM venue"), 0);
}

static void copy__something_else_in_its_place__is_left_alone(void **state)
{
    struct school *school = *state;
    struct backup backup;

    want(school, RC_OK,
         backup_write(school->counter.box.db, &school->options, school->copy, NULL, NULL, &backup,
                      &school->why),
         NULL);
    school->wish.anew = true;
    want(school, RC_REFUSED, training_copy(&school->wish, NULL, &school->why), "and is none");
    assert_int_equal(number_in_copy(school, "SELECT training_at FROM venue"), 0);
}

static void copy__taken_for_the_box_office__is_refused(void **state)
{
    struct school *school = *state;
    const struct sql_options options = {.name = school->copy, .journal = "wal"},
                             to = {.name = "postgresql://127.0.0.1:1/none"};
    struct backup backup;
    struct moved moved;
    char path[KIT_PATH];
    struct sql *db;

    copy(school);
    db = open_copy(school);
    kit_path(path, school->counter.box.dir, "kept.db");
    want(school, RC_REFUSED, backup_write(db, &options, path, NULL, NULL, &backup, &school->why),
         "to train on");
    sql_close(&db);
    want(school, RC_REFUSED, move_up(&options, &to, NULL, NULL, &moved, &school->why),
         "to train on");
    sql_close(&school->counter.box.db);
    want(school, RC_REFUSED,
         backup_restore(&school->options, school->copy, NULL, NULL, &backup, &school->why),
         "to train on");
    want(school, RC_REFUSED,
         backup_restore(&options, school->counter.box.path, NULL, NULL, &backup, &school->why),
         "to train on");
    school->options.name = school->copy;
    school->wish.path = path;
    want(school, RC_REFUSED, training_copy(&school->wish, NULL, &school->why), "to train on");
    school->counter.box.db = box_connect(&school->counter.box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copy__made__is_marked_and_knows_no_terminal, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(copy__of_this_day__is_kept_until_it_is_asked_for_anew,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(copy__of_another_day__is_made_anew_unless_somebody_trains,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(copy__something_else_in_its_place__is_left_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(copy__taken_for_the_box_office__is_refused, setup,
                                        teardown),
    };

    if (server_there()) /* which is not copied: a demo in a file is, and that is tested here */
        return 0;
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
