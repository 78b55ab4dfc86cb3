/* The line that a terminal hangs on: lost, and one that takes lines alone. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/live.h"

static void open_with(const struct pty_options *options)
{
    stage_open(&live.stage, &live.one, "counter-1", options, NULL);
    pty_wait_text(&live.one, "Ran ");
}

/* Ends the program kindly and wants a clean exit. */
static void end_kindly(void)
{
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    pty_fini(&live.one);
}

/* Its seats are taken up where the customer is sent to. */
static void fault_078__line_drops__basket_is_parked_and_sold_elsewhere(void **state)
{
    (void)state;
    open_with(NULL);
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "keeps ");
    pty_hang_up(&live.one);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    assert_int_equal(live_held("counter-1"), 2);
    live_open(&live.two, "counter-2");
    pty_wait_text(&live.two, "PARKED 1: 2 x ");
    pty_wait_text(&live.two, "Mira, 9:"); /* of ten minutes, from then on */
    pty_type(&live.two, "g");
    pty_wait_text(&live.two, "Enter PAY ");
    live_want_held(&live.two, "counter-2", 2);
    pty_type(&live.two, "\r\r");
    pty_wait_text(&live.two, "SOLD ");
    pty_fini(&live.one);
}

/* Lost while a hold works, with no answer to it yet: it is parked behind the hold. */
static bool hang_up(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&live.one, "3\r");
    pty_wait_text(&live.one, "working");
    pty_hang_up(&live.one);
    return true;
}

static void fault_078__line_drops_while_a_verb_works__what_it_held_is_parked(void **state)
{
    (void)state;
    open_with(NULL);
    assert_int_equal(sql_tx(live.stage.db, hang_up, NULL), SQL_OK);
    assert_int_equal(pty_reap(&live.one, 7000), 0);
    assert_int_equal(live_held("counter-1"), 3);
    live_open(&live.two, "counter-2");
    pty_wait_text(&live.two, "PARKED 1: 3 x ");
    pty_fini(&live.one);
}

/* As under nohup: the end of the line comes as an end of file alone. */
static void fault_079__end_of_file__exits(void **state)
{
    char command[3 * KIT_PATH];
    const char *program = getenv("BOXOFFICE");
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    const char *env[] = {live.stage.zone, live.stage.home, live.stage.data, NULL};
    struct pty_options options = {.argv = argv, .env = env};

    (void)state;
    (void)snprintf(command, sizeof command, "trap '' HUP; exec '%s' -d '%s' -t counter-1",
                   program ? program : TOP_BUILDDIR "/boxoffice", live.stage.path);
    pty_init(&live.one, &options);
    stage_sign_in(&live.one);
    pty_wait_text(&live.one, "Ran ");
    pty_hang_up(&live.one);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    assert_int_equal(
        stage_number(&live.stage, "SELECT count(*) FROM terminals WHERE name = 'counter-1'"), 0);
    pty_fini(&live.one);
}

/* Does the program write anything for two seconds and a half? */
static bool writes(void)
{
    live.one.bytes = 0;
    for (int i = 0; i < 25; i++)
        pty_read(&live.one, 100);
    return live.one.bytes > 0;
}

/* It can't place its cursor, so it is told in lines what changed; the map would be many of them. */
static void fault_081__dumb_terminal__sells_in_lines(void **state)
{
    struct pty_options options = {.term = "dumb"};

    (void)state;
    open_with(&options);
    pty_wait_text(&live.one, "? help");
    pty_type(&live.one, "2");
    pty_wait_text(&live.one, " 2_  Enter holds the best 2 together: ");
    pty_quiet(&live.one, 100);
    live.one.bytes = 0;
    pty_type(&live.one, "j"); /* two rows, the facts and the question, not the screen */
    pty_quiet(&live.one, 200);
    assert_true(live.one.bytes > 80 && live.one.bytes < 8 * 80);
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "2 seats  TOTAL");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "exact: Enter means paid");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "SOLD ");
    assert_null(strstr(pty_text(&live.one), "[")); /* no sequence that it would print as it is */
    end_kindly();
}

static void dumb__left_alone__nothing_is_said_by_itself(void **state)
{
    struct pty_options options = {.term = "dumb"};

    (void)state;
    open_with(&options);
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "keeps 3 min");
    pty_quiet(&live.one, 300);
    assert_false(writes() && writes()); /* a minute may have turned in the first */
    live.one.bytes = 0;
    pty_type(&live.one, "\f");
    pty_quiet(&live.one, 200);
    assert_true(live.one.bytes > 500); /* all of it again, when it is asked for */
    end_kindly();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(fault_078__line_drops__basket_is_parked_and_sold_elsewhere),
        LIVE_TEST(fault_078__line_drops_while_a_verb_works__what_it_held_is_parked),
        LIVE_TEST(fault_079__end_of_file__exits),
        LIVE_TEST(fault_081__dumb_terminal__sells_in_lines),
        LIVE_TEST(dumb__left_alone__nothing_is_said_by_itself),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
