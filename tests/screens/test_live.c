/* Several terminals at once, and keys while the database is busy. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "tests/kit/stage.h"

static struct stage stage;
static struct pty one, two;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    stage_fini(&stage);
    return 0;
}

static int release(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    if (two.vterm)
        pty_fini(&two);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void open_at(struct pty *pty, const char *terminal)
{
    stage_open(&stage, pty, terminal, NULL, NULL);
    pty_wait_text(pty, "Ran ");
    pty_wait_text(pty, "BASKET");
}

static int64_t held_by(const char *terminal)
{
    return sql_one_number(stage.db, -1,
                          "SELECT count(*) FROM claims WHERE state = 'held' AND terminal = $1",
                          SQL_VALUES(sql_t(terminal)));
}

struct held {
    const char *terminal;
    int64_t n;
};

static bool holds(struct pty *pty, void *context)
{
    const struct held *held = context;

    pty_read(pty, 5);
    return held_by(held->terminal) == held->n;
}

static void want_held(struct pty *pty, const char *terminal, int64_t n)
{
    struct held held = {terminal, n};

    pty_wait(pty, holds, &held, "seats held, so many as were asked for");
}

static bool help_below(struct pty *pty, void *context)
{
    (void)context;
    return pty_find(pty, "? help") == 29;
}

static bool type_on(struct sql *db, void *context)
{
    int64_t began = now_ms();

    (void)db;
    (void)context;
    pty_type(&one, "2\r");
    pty_wait_text(&one, "working");
    pty_type(&one, "jj");
    pty_wait_text(&one, "working, 2 keys kept");
    pty_resize(&one, 30, 100);
    pty_wait(&one, help_below, NULL, "the key bar on the last of 30 rows");
    pty_wait_text(&one, "working, 2 keys kept");
    pty_type(&one, "\f");
    while (now_ms() - began < 3000)
        pty_read(&one, 100);
    assert_int_equal(held_by("till-3"), 0);
    return true;
}

static void live__turn_held_for_3_s__keys_are_answered_and_kept(void **state)
{
    (void)state;
    open_at(&one, "till-3");
    assert_int_equal(sql_tx(stage.db, type_on, NULL), SQL_OK);
    want_held(&one, "till-3", 2);
    pty_wait_gone(&one, "working");
}

static bool move_on(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&one, "u");
    pty_wait_text(&one, "working");
    pty_quiet(&one, 50);
    int row = pty_cursor(&one).row;
    pty_type(&one, "\033[B");
    for (int i = 0; i < 50 && pty_cursor(&one).row != row + 1; i++)
        pty_read(&one, 100);
    assert_int_equal(pty_cursor(&one).row, row + 1);
    return true;
}

static void live__verb_in_place_waits__cursor_moves_on(void **state)
{
    (void)state;
    open_at(&one, "till-4");
    pty_type(&one, "2\r");
    want_held(&one, "till-4", 2);
    pty_type(&one, "\033"); /* back to today, if another screen came */
    pty_wait_text(&one, "Starts");
    pty_wait_text(&one, "keeps");
    assert_int_equal(sql_tx(stage.db, move_on, NULL), SQL_OK);
    want_held(&one, "till-4", 0);
}

static bool stopped(void *context)
{
    int status = 0;

    (void)context;
    pty_read(&one, 0);
    return waitpid(one.pid, &status, WNOHANG | WUNTRACED) == one.pid && WIFSTOPPED(status);
}

static bool ask_to_stop(struct sql *db, void *context)
{
    int64_t began = now_ms();

    (void)db;
    (void)context;
    pty_type(&one, "2\r");
    pty_wait_text(&one, "working");
    pty_type(&one, "\032");
    while (now_ms() - began < 700)
        assert_false(stopped(NULL));
    return true;
}

static void fault_077__ctrl_z_while_a_verb_works__waits_for_it(void **state)
{
    (void)state;
    open_at(&one, "till-11");
    assert_int_equal(sql_tx(stage.db, ask_to_stop, NULL), SQL_OK);
    assert_true(kit_wait_until(stopped, NULL, 3000));
    assert_int_equal(held_by("till-11"), 2); /* the verb was done before */
    open_at(&two, "till-12");
    pty_type(&two, "1\r");
    want_held(&two, "till-12", 1); /* and nobody waits for it */
    kill(one.pid, SIGCONT);
    pty_wait_text(&one, "keeps ");
}

static bool stop_waiter(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&one, "2\r");
    pty_wait_text(&one, "working");
    kill(one.pid, SIGSTOP);
    assert_true(kit_wait_until(stopped, NULL, 3000));
    return true;
}

static void live__waiting_process_stopped__delays_nobody(void **state)
{
    (void)state;
    open_at(&one, "till-5");
    open_at(&two, "till-6");
    assert_int_equal(sql_tx(stage.db, stop_waiter, NULL), SQL_OK);
    int64_t began = now_ms();
    pty_type(&two, "3\r");
    want_held(&two, "till-6", 3);
    assert_true(now_ms() - began < 1000);
    kill(one.pid, SIGCONT);
    want_held(&one, "till-5", 2);
}

static bool commit_slowly(struct sql *db, void *context)
{
    int64_t began = now_ms();

    (void)db;
    (void)context;
    pty_type(&one, "\r");
    pty_wait_text(&one, "working");
    pty_type(&one, "\r\r\r");
    while (now_ms() - began < 1000)
        pty_read(&one, 100);
    assert_true(pty_find(&one, "working, 3 keys kept") >= 0);
    return true;
}

static void fault_024__commit_takes_a_second__working_and_one_sale(void **state)
{
    (void)state;
    open_at(&one, "till-8");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "keeps ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "next tender");
    assert_int_equal(sql_tx(stage.db, commit_slowly, NULL), SQL_OK);
    pty_wait_text(&one, "3 keys dropped");
    pty_wait_text(&one, "SOLD");
    pty_quiet(&one, 100);
    assert_int_equal(
        stage_number(&stage, "SELECT count(*) FROM reservations WHERE terminal = 'till-8'"), 1);
    assert_int_equal(held_by("till-8"), 0);
}

static bool keep_busy(struct sql *db, void *context)
{
    int64_t began = now_ms();

    (void)db;
    (void)context;
    pty_type(&one, "2\r");
    pty_wait_text(&one, "working");
    pty_type(&one, "\r\r");
    while (pty_find(&one, "working") >= 0 && now_ms() - began < 8000)
        pty_read(&one, 100);
    assert_true(now_ms() - began < 6500);
    return true;
}

static void fault_044__writer_busy__said_after_5_s_and_keys_dropped(void **state)
{
    (void)state;
    open_at(&one, "till-7");
    assert_int_equal(sql_tx(stage.db, keep_busy, NULL), SQL_OK);
    pty_wait_text(&one, "2 keys dropped");
    pty_wait_text(&one, "Starts"); /* the Enters opened nothing */
    assert_int_equal(held_by("till-7"), 0);
}

static bool end_it(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    pty_type(&one, "2\r");
    pty_wait_text(&one, "working");
    kill(one.pid, SIGTERM);
    pty_quiet(&one, 100);
    return true;
}

static void fault_011__sigterm_while_a_verb_works__nothing_stays_held(void **state)
{
    (void)state;
    open_at(&one, "till-9");
    assert_int_equal(sql_tx(stage.db, end_it, NULL), SQL_OK);
    assert_int_equal(pty_reap(&one, 7000), 0);
    assert_int_equal(held_by("till-9"), 0);
}

static void fault_068__end__takes_at_most_200_ms(void **state)
{
    (void)state;
    open_at(&one, "till-10");
    pty_type(&one, "1\r");
    want_held(&one, "till-10", 1);
    pty_quiet(&one, 100);
    int64_t began = now_ms();
    kill(one.pid, SIGTERM);
    assert_int_equal(pty_reap(&one, 2000), 0);
    assert_true(now_ms() - began < 400); /* twice that, for a machine with other work */
    assert_int_equal(held_by("till-10"), 0);
}

static void live__end__gives_parked_seats_back_as_well(void **state)
{
    (void)state;
    open_at(&one, "till-13");
    pty_type(&one, "2\r");
    want_held(&one, "till-13", 2);
    pty_wait_text(&one, "keeps ");
    pty_type(&one, "n");
    pty_wait_text(&one, "parked here for 10 min");
    pty_type(&one, "3\r");
    want_held(&one, "till-13", 5);
    pty_quiet(&one, 100);
    kill(one.pid, SIGTERM);
    assert_int_equal(pty_reap(&one, 2000), 0);
    assert_int_equal(held_by("till-13"), 0);
}

static void live__end_while_pay_is_open__gives_the_seats_back(void **state)
{
    (void)state;
    open_at(&one, "till-14");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "keeps ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "next tender");
    kill(one.pid, SIGTERM);
    assert_int_equal(pty_reap(&one, 2000), 0);
    assert_int_equal(held_by("till-14"), 0);
}

#define LIVE(test) cmocka_unit_test_teardown(test, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE(live__turn_held_for_3_s__keys_are_answered_and_kept),
        LIVE(live__verb_in_place_waits__cursor_moves_on),
        LIVE(live__waiting_process_stopped__delays_nobody),
        LIVE(fault_024__commit_takes_a_second__working_and_one_sale),
        LIVE(fault_077__ctrl_z_while_a_verb_works__waits_for_it),
        LIVE(fault_044__writer_busy__said_after_5_s_and_keys_dropped),
        LIVE(fault_011__sigterm_while_a_verb_works__nothing_stays_held),
        LIVE(live__end__gives_parked_seats_back_as_well),
        LIVE(live__end_while_pay_is_open__gives_the_seats_back),
        LIVE(fault_068__end__takes_at_most_200_ms),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
