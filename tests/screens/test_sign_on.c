/* Signing in, the lock and whose basket it is, on the demo with its three people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "core/desk/staff.h"
#include "tests/kit/front.h"

#define HELD "SELECT count(*) FROM claims WHERE state = 'held'"
#define HOUSE(what)                                                                               \
    "SELECT count(*) FROM journal WHERE book = 'house' AND terminal = 'till-1' AND what = '" what \
    "'"

static struct stage stage;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    stage.locked = true;
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

static void open_at(int rows, int columns, const char *term, const char *const *extra)
{
    const struct pty_options options = {.rows = rows, .columns = columns, .term = term};

    stage_open(&stage, &one, "till-1", &options, extra);
    pty_wait_text(&one, "Enter sign in");
    pty_wait_text(&one, "******");
}

static void open_80x24(void)
{
    open_at(24, 80, NULL, NULL);
}

/* Empties what the demo filled in, and types another number and PIN. */
static void as(const char *number, const char *pin)
{
    pty_type(&one, "\033[Z\025"); /* Shift-Tab, Ctrl-U */
    pty_type(&one, number);
    pty_type(&one, "\t\025");
    pty_type(&one, pin);
    pty_type(&one, "\r");
}

static void in(void)
{
    open_80x24();
    pty_type(&one, "\r");
    pty_wait_text(&one, "Starts");
}

/* Gives somebody another PIN, as the command does. */
static void change_pin(int32_t number)
{
    struct staff_request request = {.number = number, .hash = "another"};
    struct staff_reply reply;

    verb_ask(&request.ask, stage.db, NULL, "office", 3);
    assert_int_equal(verb_do(stage.db, &verb_staff_pin, &request, &reply, NULL), RC_OK);
}

/* Have so many wrong PINs been counted for Mira, and been told? */
static bool counted(struct pty *pty, void *context)
{
    return stage_number(&stage, "SELECT failures FROM staff WHERE number = 1") ==
               *(const int *)context &&
           pty_find(pty, "looking") < 0 && pty_find(pty, "******") < 0;
}

/* Mira holds two seats, and locks. */
static void lock_over_a_basket(void)
{
    in();
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY");
    assert_int_equal(stage_number(&stage, HELD), 2);
    pty_type(&one, "q");
    pty_wait_text(&one, "LOCKED");
}

static void demo__enter_alone__signs_in_and_says_who(void **state)
{
    (void)state;
    open_80x24();
    pty_wait_text(&one, "PINs of the demo, until changed");
    assert_true(pty_find(&one, "222222") >= 0);
    assert_int_equal(pty_find(&one, "Ponyo"), -1);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Starts");
    assert_non_null(strstr(pty_row(&one, 0), "till-1  Mira"));
    assert_int_equal(stage_number(&stage, HOUSE("sign_in")), 1);
}

static void demo__burst_from_the_first_moment__sells_once(void **state)
{
    static const char sold[] = "SELECT count(*) FROM claims WHERE state = 'sold'"
                               " AND terminal = 'till-1' AND operator = 1";

    (void)state;
    stage_open(&stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "SIGN IN");
    pty_type(&one, "\r2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&stage, sold), 2);
}

static void demo__another_number__takes_the_place_of_what_stands_there(void **state)
{
    (void)state;
    open_80x24();
    pty_type(&one, "\033[Z2"); /* Shift-Tab */
    pty_wait_text(&one, "Number  2");
    pty_wait_gone(&one, "******"); /* which was Mira's */
    pty_type(&one, "\t222222\r");
    pty_wait_text(&one, "Starts");
    assert_non_null(strstr(pty_row(&one, 0), "Tom"));
}

static void demo__changed_pin__is_shown_no_more_and_not_filled_in(void **state)
{
    (void)state;
    change_pin(1);
    stage_open(&stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "222222");
    assert_int_equal(pty_find(&one, "111111"), -1);
    assert_int_equal(pty_find(&one, "Mira"), -1);
    assert_int_equal(pty_find(&one, "****"), -1);
    pty_type(&one, "\r");
    pty_wait_text(&one, "your number is wanted");
}

static void sign_in__before_it__no_key_does_anything_else(void **state)
{
    (void)state;
    open_80x24();
    pty_type(&one, "\033OP\033[21~\032"); /* F1, F10, Ctrl-Z */
    pty_type(&one, "mqcs/");
    pty_wait_text(&one, "digits alone stand here");
    pty_type(&one, "\033");
    pty_type(&one, "\r");
    pty_wait_text(&one, "Starts");
}

static void sign_in__ctrl_c__leaves(void **state)
{
    (void)state;
    open_80x24();
    pty_wait_text(&one, "Ctrl-C leaves");
    pty_type(&one, "\003");
    assert_int_equal(pty_reap(&one, PTY_LIMIT_MS), 0);
}

static void fault_097__wrong_pin__is_told_and_the_fifth_locks(void **state)
{
    (void)state;
    open_80x24();
    for (int i = 1; i <= 5; i++) {
        as("1", "940271");
        pty_wait(&one, counted, &i, "counted");
        if (i == 4)
            pty_wait_text(&one, "1 more and it is locked for 30 min");
        else if (i < 3)
            pty_wait_text(&one, "wrong number or PIN");
    }
    pty_wait_text(&one, "number 1 is locked until ");
    pty_type(&one, "\025"); /* what was told goes, so that it is told anew */
    pty_wait_gone(&one, "is locked until ");
    as("1", "111111"); /* also with the right one */
    pty_wait_text(&one, "number 1 is locked until ");
    assert_int_equal(stage_number(&stage, HOUSE("pin_locked")), 1);
    as("2", "222222"); /* others are not locked */
    pty_wait_text(&one, "Starts");
    assert_non_null(strstr(pty_row(&one, 0), "Tom"));
}

static void lock__own_pin__finds_everything_as_it_was(void **state)
{
    (void)state;
    lock_over_a_basket();
    assert_true(pty_find(&one, "Mira is signed in.") >= 0);
    assert_true(pty_find(&one, "takes over; the basket is parked for its owner.") >= 0);
    assert_int_equal(pty_find(&one, "BASKET"), -1);
    assert_int_equal(pty_find(&one, "TOTAL"), -1);
    pty_type(&one, "111111\r");
    pty_wait_text(&one, "Enter PAY");
    pty_wait_text(&one, "2 seats  TOTAL");
    assert_int_equal(stage_number(&stage, HELD), 2);
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "SOLD ");
}

static void lock__ctrl_c_and_esc__do_not_open_it(void **state)
{
    (void)state;
    lock_over_a_basket();
    pty_type(&one, "\003\032");
    pty_type(&one, "\033");
    pty_type(&one, "x");
    pty_wait_text(&one, "digits alone stand here");
    assert_true(pty_find(&one, "LOCKED") >= 0);
}

static void lock__another_clerk__begins_on_today_and_the_basket_is_parked(void **state)
{
    (void)state;
    lock_over_a_basket();
    as("2", "222222");
    pty_wait_text(&one, "Starts");
    pty_wait_text(&one, "Mira's basket is parked for 10 min, g gets it: 2 x ");
    pty_wait_text(&one, "PARKED 1: 2 x ");
    pty_wait_text(&one, ", Mira, 9:5");
    assert_non_null(strstr(pty_row(&one, 0), "till-1  Tom"));
    assert_int_equal(stage_number(&stage, HELD), 2);
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ PARKED 1 ");
    pty_wait_text(&one, "│ Mira, 2 x "); /* who, not which terminal */
    pty_type(&one, "g");
    pty_wait_text(&one, "2 seats  TOTAL");
}

static void sign_in__small_mono_ascii__is_whole(void **state)
{
    const char *const extra[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

    (void)state;
    open_at(12, 40, "vt100", extra);
    assert_true(pty_find(&one, "SIGN IN") >= 0);
    assert_true(pty_find(&one, "Number  1") >= 0);
    assert_true(pty_find(&one, "111111") >= 0);
    as("1", "940271");
    pty_wait_text(&one, "wrong number or PIN");
    pty_resize(&one, 24, 80);
    pty_wait_text(&one, "Ctrl-C leaves");
    as("1", "111111");
    pty_wait_text(&one, "Starts");
}

static void sign_in__large__is_whole(void **state)
{
    (void)state;
    open_at(43, 132, NULL, NULL);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Starts");
}

/* till-1 has not printed the first sale of a show that is to come. */
static bool owe(struct sql *db, void *context)
{
    (void)context;
    return sql_run(db,
                   "UPDATE reservations SET paper = 'till-1' WHERE id = (SELECT MIN(r.id)"
                   " FROM reservations r JOIN shows s ON s.id = r.show_id"
                   " WHERE r.state = 'sold' AND s.starts_at > $1)",
                   SQL_VALUES(sql_n(sql_now(db)))) == 1;
}

/* Behind the sign-in nobody sees the seats; who has signed in does. */
static void sign_in__paper_owed_from_before__stands_large_behind_it(void **state)
{
    static const char conf[] = "printer = \"file:/dev/null\";";
    char dir[KIT_PATH], path[KIT_PATH];

    (void)state;
    kit_path(dir, stage.dir, "boxoffice");
    assert_int_equal(mkdir(dir, 0700), 0);
    kit_write_file(kit_path(path, dir, "boxoffice.conf"), conf, sizeof conf - 1);
    assert_int_equal(sql_tx(stage.db, owe, NULL), SQL_OK);
    open_80x24();
    pty_wait_text(&one, "NOT PRINTED ");
    assert_int_equal(pty_find(&one, "The sale stands"), -1);
    pty_type(&one, "\r");
    pty_wait_text(&one, "NOT PRINTED. The sale stands");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(demo__enter_alone__signs_in_and_says_who),
        TEST(demo__burst_from_the_first_moment__sells_once),
        TEST(demo__another_number__takes_the_place_of_what_stands_there),
        TEST(demo__changed_pin__is_shown_no_more_and_not_filled_in),
        TEST(sign_in__before_it__no_key_does_anything_else),
        TEST(sign_in__ctrl_c__leaves),
        TEST(fault_097__wrong_pin__is_told_and_the_fifth_locks),
        TEST(lock__own_pin__finds_everything_as_it_was),
        TEST(lock__ctrl_c_and_esc__do_not_open_it),
        TEST(lock__another_clerk__begins_on_today_and_the_basket_is_parked),
        TEST(sign_in__small_mono_ascii__is_whole),
        TEST(sign_in__large__is_whole),
        TEST(sign_in__paper_owed_from_before__stands_large_behind_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
