/* Several terminals at once, and keys while the database is busy. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "tests/kit/live.h"
#include "tui/mono.h"

static bool help_below(struct pty *pty, void *context)
{
    (void)context;
    return pty_find(pty, "? help") == 29;
}

static bool type_on(struct sql *db, void *context)
{
    int64_t began = mono_ms();

    (void)db;
    (void)context;
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "working");
    pty_type(&live.one, "jj");
    pty_wait_text(&live.one, "working, 2 keys kept");
    pty_resize(&live.one, 30, 100);
    pty_wait(&live.one, help_below, NULL, "the key bar on the last of 30 rows");
    pty_wait_text(&live.one, "working, 2 keys kept");
    pty_type(&live.one, "\f");
    while (mono_ms() - began < 3000)
        pty_read(&live.one, 100);
    assert_int_equal(live_held("till-3"), 0);
    return true;
}

static void live__turn_held_for_3_s__keys_are_answered_and_kept(void **state)
{
    (void)state;
    live_open(&live.one, "till-3");
    assert_int_equal(sql_tx(live.stage.db, type_on, NULL), SQL_OK);
    live_want_held(&live.one, "till-3", 2);
    pty_wait_gone(&live.one, "working");
}

static bool move_on(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&live.one, "u");
    pty_wait_text(&live.one, "working");
    pty_quiet(&live.one, 50);
    int row = pty_cursor(&live.one).row;
    pty_type(&live.one, "\033[B");
    for (int i = 0; i < 50 && pty_cursor(&live.one).row != row + 1; i++)
        pty_read(&live.one, 100);
    assert_int_equal(pty_cursor(&live.one).row, row + 1);
    return true;
}

static void live__verb_in_place_waits__cursor_moves_on(void **state)
{
    (void)state;
    live_open(&live.one, "till-4");
    pty_type(&live.one, "2\r");
    live_want_held(&live.one, "till-4", 2);
    pty_type(&live.one, "\033"); /* back to today, if another screen came */
    pty_wait_text(&live.one, "Starts");
    pty_wait_text(&live.one, "keeps");
    assert_int_equal(sql_tx(live.stage.db, move_on, NULL), SQL_OK);
    live_want_held(&live.one, "till-4", 0);
}

static bool stopped(void *context)
{
    int status = 0;

    (void)context;
    pty_read(&live.one, 0);
    return waitpid(live.one.pid, &status, WNOHANG | WUNTRACED) == live.one.pid &&
           WIFSTOPPED(status);
}

static bool ask_to_stop(struct sql *db, void *context)
{
    int64_t began = mono_ms();

    (void)db;
    (void)context;
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "working");
    pty_type(&live.one, "\032");
    while (mono_ms() - began < 700)
        assert_false(stopped(NULL));
    return true;
}

static void fault_077__ctrl_z_while_a_verb_works__waits_for_it(void **state)
{
    (void)state;
    live_open(&live.one, "till-11");
    assert_int_equal(sql_tx(live.stage.db, ask_to_stop, NULL), SQL_OK);
    assert_true(kit_wait_until(stopped, NULL, 3000));
    assert_int_equal(live_held("till-11"), 2); /* the verb was done before */
    live_open(&live.two, "till-12");
    pty_type(&live.two, "1\r");
    live_want_held(&live.two, "till-12", 1); /* and nobody waits for it */
    kill(live.one.pid, SIGCONT);
    pty_wait_text(&live.one, "keeps ");
}

static bool stop_waiter(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "working");
    kill(live.one.pid, SIGSTOP);
    assert_true(kit_wait_until(stopped, NULL, 3000));
    return true;
}

static void live__waiting_process_stopped__delays_nobody(void **state)
{
    (void)state;
    live_open(&live.one, "till-5");
    live_open(&live.two, "till-6");
    assert_int_equal(sql_tx(live.stage.db, stop_waiter, NULL), SQL_OK);
    int64_t began = mono_ms();
    pty_type(&live.two, "3\r");
    live_want_held(&live.two, "till-6", 3);
    assert_true(mono_ms() - began < 1000);
    kill(live.one.pid, SIGCONT);
    live_want_held(&live.one, "till-5", 2);
}

static bool commit_slowly(struct sql *db, void *context)
{
    int64_t began = mono_ms();

    (void)db;
    (void)context;
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "working");
    pty_type(&live.one, "\r\r\r");
    while (mono_ms() - began < 1000)
        pty_read(&live.one, 100);
    assert_true(pty_find(&live.one, "working, 3 keys kept") >= 0);
    return true;
}

static void fault_024__commit_takes_a_second__working_and_one_sale(void **state)
{
    (void)state;
    live_open(&live.one, "till-8");
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "keeps ");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "next tender");
    assert_int_equal(sql_tx(live.stage.db, commit_slowly, NULL), SQL_OK);
    pty_wait_text(&live.one, "3 keys dropped");
    pty_wait_text(&live.one, "SOLD");
    pty_quiet(&live.one, 100);
    assert_int_equal(
        stage_number(&live.stage, "SELECT count(*) FROM reservations WHERE terminal = 'till-8'"),
        1);
    assert_int_equal(live_held("till-8"), 0);
}

static bool keep_busy(struct sql *db, void *context)
{
    int64_t began = mono_ms();

    (void)db;
    (void)context;
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "working");
    pty_type(&live.one, "\r\r");
    while (pty_find(&live.one, "working") >= 0 && mono_ms() - began < 8000)
        pty_read(&live.one, 100);
    assert_true(mono_ms() - began < 6500);
    return true;
}

static void fault_044__writer_busy__said_after_5_s_and_keys_dropped(void **state)
{
    (void)state;
    live_open(&live.one, "till-7");
    assert_int_equal(sql_tx(live.stage.db, keep_busy, NULL), SQL_OK);
    pty_wait_text(&live.one, "2 keys dropped");
    pty_wait_text(&live.one, "Starts"); /* the Enters opened nothing */
    assert_int_equal(live_held("till-7"), 0);
}

static bool end_it(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "working");
    kill(live.one.pid, SIGTERM);
    pty_quiet(&live.one, 100);
    return true;
}

static void fault_011__sigterm_while_a_verb_works__nothing_stays_held(void **state)
{
    (void)state;
    live_open(&live.one, "till-9");
    assert_int_equal(sql_tx(live.stage.db, end_it, NULL), SQL_OK);
    assert_int_equal(pty_reap(&live.one, 7000), 0);
    assert_int_equal(live_held("till-9"), 0);
}

static void fault_068__end__takes_at_most_200_ms(void **state)
{
    (void)state;
    live_open(&live.one, "till-10");
    pty_type(&live.one, "1\r");
    live_want_held(&live.one, "till-10", 1);
    pty_quiet(&live.one, 100);
    int64_t began = mono_ms();
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    assert_true(mono_ms() - began < 400); /* twice that, for a machine with other work */
    assert_int_equal(live_held("till-10"), 0);
}

/* The seats of the basket in use are given back; what was parked stays, for the others. */
static void live__end__leaves_parked_seats_to_the_others(void **state)
{
    (void)state;
    live_open(&live.one, "till-13");
    live_open(&live.two, "till-23");
    pty_type(&live.one, "2\r");
    live_want_held(&live.one, "till-13", 2);
    pty_wait_text(&live.one, "keeps ");
    pty_type(&live.one, "n");
    pty_wait_text(&live.one, "parked for 10 min");
    pty_type(&live.one, "3\r");
    live_want_held(&live.one, "till-13", 5);
    pty_quiet(&live.one, 100);
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    assert_int_equal(live_held("till-13"), 2);
    pty_wait_text(&live.two, "PARKED 1: 2 x ");
    pty_wait_text(&live.two, "Mira, 9:");
    pty_type(&live.two, "g");
    live_want_held(&live.two, "till-23", 2);
    assert_int_equal(live_held("till-13"), 0);
    pty_wait_text(&live.two, "Enter PAY ");
    pty_type(&live.two, "\r\r");
    pty_wait_text(&live.two, "SOLD ");
}

/* Both press g in the same moment: one has it, the other is told who. */
static void live__parked_basket__goes_to_one_of_two_that_press_g(void **state)
{
    (void)state;
    live_open(&live.one, "till-15");
    live_open(&live.two, "till-16");
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "keeps ");
    pty_type(&live.one, "n");
    pty_wait_text(&live.one, "PARKED 1: 2 x ");
    pty_wait_text(&live.two, "PARKED 1: 2 x ");
    pty_wait_text(&live.two, "Mira, 9:");
    pty_type(&live.one, "g");
    pty_type(&live.two, "g");
    pty_wait_gone(&live.one, "PARKED");
    pty_wait_gone(&live.two, "PARKED");
    assert_int_equal(live_held("till-15") + live_held("till-16"), 2);
    bool first = live_held("till-15") == 2;
    pty_wait_text(first ? &live.one : &live.two, "Enter PAY ");
    pty_wait_text(first ? &live.two : &live.one, "BASKET empty");
}

static void live__end_while_pay_is_open__gives_the_seats_back(void **state)
{
    (void)state;
    live_open(&live.one, "till-14");
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "keeps ");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "next tender");
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    assert_int_equal(live_held("till-14"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(live__turn_held_for_3_s__keys_are_answered_and_kept),
        LIVE_TEST(live__verb_in_place_waits__cursor_moves_on),
        LIVE_TEST(live__waiting_process_stopped__delays_nobody),
        LIVE_TEST(fault_024__commit_takes_a_second__working_and_one_sale),
        LIVE_TEST(fault_077__ctrl_z_while_a_verb_works__waits_for_it),
        LIVE_TEST(fault_044__writer_busy__said_after_5_s_and_keys_dropped),
        LIVE_TEST(fault_011__sigterm_while_a_verb_works__nothing_stays_held),
        LIVE_TEST(live__end__leaves_parked_seats_to_the_others),
        LIVE_TEST(live__parked_basket__goes_to_one_of_two_that_press_g),
        LIVE_TEST(live__end_while_pay_is_open__gives_the_seats_back),
        LIVE_TEST(fault_068__end__takes_at_most_200_ms),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
