/* Staff on the screens: added, renamed, another role or PIN, let go. On the demo's three people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/staff.h"
#include "tests/kit/stage.h"

#define HOUSE(what) \
    "SELECT count(*) FROM journal WHERE book = 'house' AND operator = 3 AND what = '" what "'"

static struct stage stage;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    stage.locked = true;
    return 0;
}

static int setup_empty(void **state)
{
    (void)state;
    stage_init_empty(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    stage_fini(&stage);
    return 0;
}

/* Types another number and PIN than those that stand on the form. */
static void sign_in(const char *number, const char *pin)
{
    pty_type(&one, "\033[Z\025"); /* Shift-Tab, Ctrl-U */
    pty_type(&one, number);
    pty_type(&one, "\t\025");
    pty_type(&one, pin);
    pty_type(&one, "\r");
}

static void open_staff(void)
{
    stage_choose(&one, "Staff");
    pty_wait_text(&one, "somebody new");
}

/* Ada manages, and looks at the staff. */
static void open_as_manager(int rows, int columns, const char *term, const char *const *extra)
{
    const struct pty_options options = {.rows = rows, .columns = columns, .term = term};

    stage_open(&stage, &one, "till-1", &options, extra);
    pty_wait_text(&one, "******");
    sign_in("3", "333333");
    pty_wait_text(&one, "BASKET");
    open_staff();
}

static void open_80x24(void)
{
    open_as_manager(24, 80, NULL, NULL);
}

/* The form for a new one, with a name and a PIN typed twice, the second time as `again`. */
static void type_new(const char *name, const char *pin, const char *again)
{
    pty_type(&one, "\033[F\r"); /* End, Enter */
    pty_wait_text(&one, "Number  4");
    pty_type(&one, name);
    pty_type(&one, "\t");
    pty_type(&one, "s");
    pty_wait_text(&one, "Role    supervisor");
    pty_type(&one, "\t");
    pty_type(&one, pin);
    pty_type(&one, "\t");
    pty_type(&one, again);
}

static struct staff_row person(int32_t number)
{
    struct staff_row row = {0};
    struct fault why = {0};

    if (staff_one(stage.db, number, &row, &why) != RC_OK)
        fail_msg("%s", why.text);
    return row;
}

static void staff__new_one__is_added_and_signs_in(void **state)
{
    (void)state;
    open_80x24();
    pty_wait_text(&one, "3 sign in, 0 left");
    type_new("Ødegård, Kari", "940271", "940271");
    assert_int_equal(pty_find(&one, "9402"), -1);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Ødegård, Kari is number 4, supervisor, and signs in with the new PIN");
    pty_wait_text(&one, "4 sign in, 0 left");
    assert_string_equal(person(4).name, "Ødegård, Kari");
    assert_int_equal(person(4).role, ROLE_SUPERVISOR);
    assert_int_equal(stage_number(&stage, HOUSE("staff_add")), 1);
    pty_type(&one, "q");
    pty_wait_text(&one, "LOCKED");
    sign_in("4", "940271");
    pty_wait_text(&one, "Starts");
    assert_non_null(strstr(pty_row(&one, 0), "Ødegård, Kari"));
}

static void staff__two_pins_that_differ__are_both_asked_for_again(void **state)
{
    (void)state;
    open_80x24();
    type_new("Kari", "940271", "940272");
    pty_type(&one, "\r");
    pty_wait_text(&one, "these were two PINs: both once more");
    assert_int_equal(pty_find(&one, "****"), -1);
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM staff"), 3);
    pty_type(&one, "94027");
    pty_type(&one, "\t");
    pty_type(&one, "94027");
    pty_type(&one, "\r");
    pty_wait_text(&one, "a PIN is six digits, twice");
    pty_type(&one, "x");
    pty_wait_text(&one, "digits alone stand here");
    pty_type(&one, "123456");
    pty_type(&one, "\t");
    pty_type(&one, "123456");
    pty_type(&one, "\r");
    pty_wait_text(&one, "that PIN is the first that anybody would try");
    assert_int_equal(pty_find(&one, "****"), -1);
    pty_type(&one, "940271");
    pty_type(&one, "\t");
    pty_type(&one, "940271");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Kari is number 4");
}

static void staff__number_that_is_taken__is_refused_and_the_draft_kept(void **state)
{
    (void)state;
    open_80x24();
    type_new("Kari", "940271", "940271");
    pty_type(&one, "\t\025");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "the number 2 is taken");
    assert_true(pty_find(&one, "Name    Kari") >= 0);
    pty_type(&one, "\033");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "\033");
    pty_wait_text(&one, "somebody new");
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM staff"), 3);
}

static void staff__name_and_role__change_and_the_pin_stays(void **state)
{
    (void)state;
    open_80x24();
    pty_type(&one, "\r"); /* the first, Mira */
    pty_wait_text(&one, "Name     Mira");
    pty_type(&one, "\025");
    pty_type(&one, "Mia");
    pty_type(&one, "\t");
    pty_type(&one, "z");
    pty_wait_text(&one, "a letter: c clerk, s supervisor, m manager");
    pty_type(&one, "supervis"); /* the word itself does no harm */
    pty_wait_text(&one, "Role     supervisor");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Mia is number 1, supervisor");
    assert_int_equal(person(1).role, ROLE_SUPERVISOR);
    assert_string_equal(person(1).demo_pin, "111111");
    assert_int_equal(stage_number(&stage, HOUSE("staff_change")), 1);
    assert_int_equal(stage_number(&stage, HOUSE("staff_pin")), 0);
}

static void staff__new_pin__replaces_the_demos(void **state)
{
    (void)state;
    open_80x24();
    pty_type(&one, "\r");
    pty_wait_text(&one, "Name     Mira");
    pty_type(&one, "\t\t");
    pty_type(&one, "940271");
    pty_type(&one, "\t");
    pty_type(&one, "940271");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Mira is number 1, clerk, and signs in with the new PIN");
    assert_string_equal(person(1).demo_pin, "");
    pty_type(&one, "q");
    pty_wait_text(&one, "222222");
    assert_int_equal(pty_find(&one, "111111"), -1);
    sign_in("1", "111111");
    pty_wait_text(&one, "wrong number or PIN");
    sign_in("1", "940271");
    pty_wait_text(&one, "Starts");
}

static void staff__let_go__is_asked_and_may_come_back(void **state)
{
    (void)state;
    open_80x24();
    pty_type(&one, "x");
    pty_wait_text(&one, "Mira signs in no more?  y yes");
    pty_type(&one, "n");
    pty_wait_text(&one, "nothing was changed");
    assert_true(person(1).active);
    pty_type(&one, "x");
    pty_wait_text(&one, "y yes");
    pty_type(&one, "y");
    pty_wait_text(&one, "Mira has left: a new PIN takes back");
    pty_wait_text(&one, "2 sign in, 1 left");
    assert_false(person(1).active);
    pty_type(&one, "x");
    pty_wait_text(&one, "Mira has left already");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Has left. A new PIN takes back.");
    pty_type(&one, "\t\t");
    pty_type(&one, "940271");
    pty_type(&one, "\t");
    pty_type(&one, "940271");
    pty_type(&one, "\r");
    pty_wait_text(&one, "3 sign in, 0 left");
    assert_true(person(1).active);
}

static void staff__last_manager__stays(void **state)
{
    (void)state;
    open_80x24();
    pty_type(&one, "jj");
    pty_type(&one, "x");
    pty_wait_text(&one, "Ada signs in no more?  y yes");
    pty_type(&one, "y");
    pty_wait_text(&one, "Ada is the last manager: make another one first");
    assert_true(person(3).active);
}

static void staff__first_of_the_house__is_a_manager_and_all_sign_in(void **state)
{
    (void)state;
    stage_open(&stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "BASKET");
    open_staff();
    pty_wait_text(&one, "Begin with a manager");
    pty_type(&one, "\r");
    pty_wait_text(&one, "The first, a manager");
    pty_wait_text(&one, "Number  1");
    pty_type(&one, "Ada\t\t");
    pty_type(&one, "940271");
    pty_type(&one, "\t");
    pty_type(&one, "940271");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Enter sign in");
    assert_int_equal(person(1).role, ROLE_MANAGER);
    pty_type(&one, "1\r940271\r");
    pty_wait_gone(&one, "Enter sign in");
    assert_non_null(strstr(pty_row(&one, 0), "Ada"));
}

static void staff__small_mono_ascii__is_whole(void **state)
{
    const char *const extra[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

    (void)state;
    open_as_manager(12, 40, "vt100", extra);
    assert_true(pty_find(&one, ">    1  Mira         clerk") >= 0);
    assert_true(pty_find(&one, "supervisor") >= 0);
    type_new("Kari", "940271", "940271");
    pty_resize(&one, 43, 132);
    pty_wait_text(&one, "to sign in with");
    assert_true(pty_find(&one, "Name    Kari") >= 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Kari is number 4");
    pty_resize(&one, 12, 40);
    pty_wait_text(&one, "   4  Kari");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(staff__new_one__is_added_and_signs_in),
        TEST(staff__two_pins_that_differ__are_both_asked_for_again),
        TEST(staff__number_that_is_taken__is_refused_and_the_draft_kept),
        TEST(staff__name_and_role__change_and_the_pin_stays),
        TEST(staff__new_pin__replaces_the_demos),
        TEST(staff__let_go__is_asked_and_may_come_back),
        TEST(staff__last_manager__stays),
        cmocka_unit_test_setup_teardown(staff__first_of_the_house__is_a_manager_and_all_sign_in,
                                        setup_empty, teardown),
        TEST(staff__small_mono_ascii__is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
