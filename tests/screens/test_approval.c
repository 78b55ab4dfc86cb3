/* Approval on the spot: what a clerk may not do asks for somebody's PIN, and both are recorded. On
 * the staff of the demo, which Mira, a clerk, changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/staff.h"
#include "tests/kit/inside.h"

#define CHANGES "SELECT count(*) FROM journal WHERE what = 'staff_change'"

static struct stage stage;
static struct pty one;
static struct inside inside;
static char pepper[KIT_PATH];

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

/* The same in this process, with Mira signed in. */
static int setup_inside(void **state)
{
    (void)setup(state);
    inside_open(&inside, &stage, "till-1");
    inside.app.demo = inside.app.staffed = true;
    inside.app.person = (struct app_person){.number = 1, .role = ROLE_CLERK, .name = "Mira"};
    inside.app.operator_number = 1;
    inside.app.pepper_file = kit_path(pepper, stage.dir, "pepper");
    inside_wait_text(&inside, "Starts");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    inside_fini(&inside);
    stage_fini(&stage);
    return 0;
}

static void open_staff(void)
{
    stage_choose(&one, "Staff");
    pty_wait_text(&one, "somebody new");
}

/* Mira makes herself a supervisor, which needs a manager. */
static void ask_as_a_clerk(int rows, int columns, const char *term, const char *const *extra)
{
    const struct pty_options options = {.rows = rows, .columns = columns, .term = term};

    stage_open(&stage, &one, "till-1", &options, extra);
    pty_wait_text(&one, "BASKET");
    open_staff();
    pty_type(&one, "\r");
    pty_wait_text(&one, "Name     Mira");
    pty_type(&one, "\t");
    pty_type(&one, "s");
    pty_wait_text(&one, "Role     supervisor");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Who approves it?");
}

static void as(const char *number, const char *pin)
{
    pty_type(&one, number);
    pty_type(&one, "\r");
    pty_type(&one, pin);
    pty_type(&one, "\r");
}

static enum role role_of_mira(void)
{
    struct staff_row row = {.role = ROLE_MANAGER};

    assert_int_equal(staff_one(stage.db, 1, &row, NULL), RC_OK);
    return row.role;
}

static void fault_108__clerk_asks__a_managers_pin_does_it_and_both_are_recorded(void **state)
{
    (void)state;
    ask_as_a_clerk(24, 80, NULL, NULL);
    pty_wait_text(&one, "changing staff needs a manager: Mira is a clerk");
    pty_wait_text(&one, "333333"); /* of a demo all may know it */
    assert_int_equal(role_of_mira(), ROLE_CLERK);
    as("3", "333333");
    pty_wait_text(&one, "Mira is number 1, supervisor");
    assert_int_equal(role_of_mira(), ROLE_SUPERVISOR);
    assert_int_equal(stage_number(&stage, CHANGES " AND operator = 1 AND terminal = 'till-1'"
                                                  " AND after LIKE '%\"approved_by\":3%'"),
                     1);
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM journal WHERE what = 'approver'"
                                          " AND operator = 1 AND after LIKE '%\"staff\":3%'"),
                     1);
    assert_non_null(strstr(pty_row(&one, 0), "Mira")); /* who stays signed in */
}

static void approval__esc__changes_nothing_and_keeps_the_draft(void **state)
{
    (void)state;
    ask_as_a_clerk(24, 80, NULL, NULL);
    pty_type(&one, "\033");
    pty_wait_gone(&one, "Who approves it?");
    pty_wait_text(&one, "changing staff needs a manager");
    assert_true(pty_find(&one, "Role     supervisor") >= 0);
    assert_int_equal(role_of_mira(), ROLE_CLERK);
    assert_int_equal(stage_number(&stage, CHANGES), 0);
    pty_type(&one, "\r"); /* asked for again, it asks again */
    pty_wait_text(&one, "Who approves it?");
    as("3", "333333");
    pty_wait_text(&one, "Mira is number 1, supervisor");
    assert_int_equal(stage_number(&stage, CHANGES), 1);
}

static void fault_097__wrong_pin_of_an_approver__is_counted_and_locks_as_well(void **state)
{
    static const char failures[] = "SELECT failures FROM staff WHERE number = 3";

    (void)state;
    ask_as_a_clerk(24, 80, NULL, NULL);
    as("3", "940271");
    pty_wait_text(&one, "wrong number or PIN");
    assert_int_equal(stage_number(&stage, failures), 1);
    assert_int_equal(role_of_mira(), ROLE_CLERK);
    for (int left = 3; left >= 1; left--) { /* the cursor stands on the PIN again */
        pty_type(&one, "940271");
        pty_wait_gone(&one, "wrong number or PIN");
        pty_type(&one, "\r");
        pty_wait_text(&one, "wrong number or PIN");
    }
    pty_type(&one, "940271");
    pty_type(&one, "\r");
    pty_wait_text(&one, "number 3 is locked until");
    pty_type(&one, "333333");
    pty_wait_gone(&one, "is locked until");
    pty_type(&one, "\r");
    pty_wait_text(&one, "number 3 is locked until");
    assert_int_equal(role_of_mira(), ROLE_CLERK);
    assert_int_equal(stage_number(&stage, CHANGES), 0);
}

static void approval__right_pin_without_the_role__asks_for_another(void **state)
{
    (void)state;
    ask_as_a_clerk(24, 80, NULL, NULL);
    as("2", "222222");
    pty_wait_text(&one, "changing staff needs a manager: Tom is a supervisor");
    assert_true(pty_find(&one, "Who approves it?") >= 0);
    assert_int_equal(role_of_mira(), ROLE_CLERK);
    as("3", "333333");
    pty_wait_text(&one, "Mira is number 1, supervisor");
    assert_int_equal(stage_number(&stage, CHANGES " AND after LIKE '%\"approved_by\":3%'"), 1);
}

static void approval__small_mono_ascii__is_whole(void **state)
{
    const char *const extra[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

    (void)state;
    ask_as_a_clerk(12, 40, "vt100", extra);
    assert_true(pty_find(&one, "changing staff needs a manager: Mira") >= 0);
    pty_wait_text(&one, "3  Ada     333333  manager");
    assert_true(pty_find(&one, "PIN") >= 0);
    pty_resize(&one, 43, 132);
    pty_wait_text(&one, "Who approves it?");
    as("3", "333333");
    pty_wait_text(&one, "Mira is number 1, supervisor");
}

/* The lock answers the question with no: nothing waits behind it for whoever comes. */
static void approval__lock_over_it__gives_it_up(void **state)
{
    (void)state;
    ask_as_a_clerk(24, 80, NULL, NULL);
    pty_type(&one, "\033[24~"); /* F12: letters are text there */
    pty_wait_text(&one, "LOCKED");
    pty_type(&one, "111111\r");
    pty_wait_text(&one, "Role     supervisor");
    assert_int_equal(pty_find(&one, "Who approves it?"), -1);
    assert_int_equal(stage_number(&stage, CHANGES), 0);
}

static void approval__given__does_it_with_the_key_that_was_refused(void **state)
{
    struct framework *fw = inside.app.framework;
    char key[KEY_SIZE];

    (void)state;
    app_open(&inside.app, SCREEN_MEMBER, &(struct screen_args){.number = 1});
    inside_wait_text(&inside, "Name     Mira");
    inside_type(&inside, "a\r"); /* Miraa */
    inside_wait_text(&inside, "Who approves it?");
    assert_non_null(fw->pending);
    memcpy(key, ((const struct ask *)fw->pending->request)->key, sizeof key);
    assert_int_equal(sql_one_number(stage.db, -1, "SELECT count(*) FROM requests WHERE key = $1",
                                    SQL_VALUES(sql_t(key))),
                     0);
    inside_type(&inside, "3\r333333\r");
    inside_wait_text(&inside, "Miraa is number 1");
    assert_int_equal(sql_one_number(stage.db, -1,
                                    "SELECT count(*) FROM requests WHERE key = $1"
                                    " AND verb = 'staff_change'",
                                    SQL_VALUES(sql_t(key))),
                     1);
    assert_string_equal(fw->verb_key, key); /* which is told if its outcome is not known */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fault_108__clerk_asks__a_managers_pin_does_it_and_both_are_recorded),
        TEST(approval__esc__changes_nothing_and_keeps_the_draft),
        TEST(fault_097__wrong_pin_of_an_approver__is_counted_and_locks_as_well),
        TEST(approval__right_pin_without_the_role__asks_for_another),
        TEST(approval__small_mono_ascii__is_whole),
        TEST(approval__lock_over_it__gives_it_up),
        cmocka_unit_test_setup_teardown(approval__given__does_it_with_the_key_that_was_refused,
                                        setup_inside, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
