/*
 * A terminal and its server: stopped, killed, out of reach, replaced by its standby, not there at
 * the start. Keys are answered, what is known stays, and it comes back by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"
#include "tests/kit/pair.h"
#include "tests/kit/proxy.h"
#include "tui/mono.h"

enum { KEYS = 22, ANSWER_MS = 50, MOST_MS = 1000, AWAY_MS = 15000, BACK_MS = 5000 };

static struct pair pair;
static struct front front;
static struct pty pty;
static struct proxy proxy;

static int setup(void **state)
{
    (void)state;
    if (!pair_possible())
        return 0;
    pair_init(&pair);
    front_init_server(&front, pair.conninfo);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (!pair_possible())
        return 0;
    front_fini(&front);
    pair_fini(&pair);
    return 0;
}

static int release(void **state)
{
    (void)state;
    if (pty.vterm)
        pty_fini(&pty);
    if (pair.pids[pair.primary])
        pair_freeze(&pair, false);
    if (proxy.pid)
        proxy_fini(&proxy);
    proxy.pid = 0;
    if (front.stage.db)
        memcpy(front.stage.path, pair.conninfo, sizeof pair.conninfo);
    return 0;
}

/* Waits for a text on the screen longer than the kit does, or for it to go. */
static void wait_for(const char *text, bool shown, int limit_ms)
{
    const int64_t until = mono_ms() + limit_ms;

    while ((pty_find(&pty, text) >= 0) != shown && mono_ms() < until)
        (void)pty_read(&pty, 20);
    if ((pty_find(&pty, text) >= 0) != shown)
        fail_msg("%s%s after %d ms\n%s", text, shown ? " is not there" : " is still there",
                 limit_ms, pty_text(&pty));
}

static int by_size(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Moves the cursor to and fro; half of the keys at least are answered as they all should be, on a
 * machine that has other work as well. */
static void keys_are_answered(void)
{
    const int here = pty_cursor(&pty).col, left = here - 3; /* a seat takes three columns */
    int64_t took[KEYS];

    for (int i = 0; i < KEYS; i++) {
        const int64_t began = mono_ms();

        pty_type(&pty, i % 2 == 0 ? "\033[D" : "\033[C");
        while (pty_cursor(&pty).col != (i % 2 == 0 ? left : here) && mono_ms() - began < AWAY_MS)
            (void)pty_read(&pty, 5);
        took[i] = mono_ms() - began;
    }
    qsort(took, KEYS, sizeof took[0], by_size);
    printf("keys answered in %d ms, at most %d\n", (int)took[KEYS / 2], (int)took[KEYS - 1]);
    assert_true(took[KEYS / 2] <= ANSWER_MS);
    assert_true(took[KEYS - 1] < MOST_MS);
}

/* Opens the map and takes a seat; the cursor goes on to another. */
static void take_seat(const char *terminal, const char *seat, const char *next)
{
    char text[32];

    front_open_hall(&front, &pty, terminal);
    front_go(&pty, seat);
    pty_type(&pty, " ");
    (void)snprintf(text, sizeof text, "│ %s ", seat);
    wait_for("keeps ", true, BACK_MS);
    front_go(&pty, next);
}

/* With the server away: a seat can't be had, which is said; all else stays. */
static void stays_while_away(const char *seat)
{
    char text[32];

    pty_type(&pty, " ");
    pty_wait_text(&pty, "working");
    keys_are_answered();
    wait_for("the server is away, nothing was changed", true, AWAY_MS);
    keys_are_answered();
    wait_for("server away for ", true, AWAY_MS);
    wait_for(" s old", true, AWAY_MS);
    assert_int_equal(pty_find(&pty, " s old"), 0);
    (void)snprintf(text, sizeof text, "│ %s ", seat);
    wait_for(text, true, 0);          /* the basket */
    wait_for("S C R E E N", true, 0); /* the map */
}

#define HELD(terminal) \
    "SELECT count(*) FROM claims WHERE state = 'held' AND terminal = '" terminal "'"
#define SOLD(terminal) "SELECT count(*) FROM reservations WHERE terminal = '" terminal "'"

/* Without a key it is back, and the seat is to be had. `held` counts what the basket holds. */
static void comes_back(const char *held)
{
    wait_for("the server is back", true, AWAY_MS);
    wait_for(" s old", false, BACK_MS);
    pty_type(&pty, " ");
    front_wait_number(&front, &pty, held, 2);
}

static void server__stopped__keys_answered_basket_kept_and_back_by_itself(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    take_seat("stop-1", "A7", "A9");
    pair_freeze(&pair, true);
    stays_while_away("A7");
    pair_freeze(&pair, false);
    comes_back(HELD("stop-1"));
}

static void server__out_of_reach__keys_answered_basket_kept_and_back_by_itself(void **state)
{
    char alone[KIT_PATH];

    (void)state;
    if (!pair_possible())
        skip();
    pair_only(&pair, pair.primary, alone);
    proxy_init(&proxy, alone);
    memcpy(front.stage.path, proxy.conninfo, sizeof proxy.conninfo);
    take_seat("far-1", "B1", "B3");
    proxy_swallow(&proxy, true);
    stays_while_away("B1");
    proxy_swallow(&proxy, false);
    comes_back(HELD("far-1"));
}

/* From now on the terminals that are opened reach the server through the proxy. */
static void go_through_proxy(void)
{
    char alone[KIT_PATH];

    pair_only(&pair, pair.primary, alone);
    proxy_init(&proxy, alone);
    memcpy(front.stage.path, proxy.conninfo, sizeof proxy.conninfo);
}

/* The answer to what Enter does is lost, and the server with it: it is asked until it is known, and
 * `query`, which the terminal can't put, tells that it was done once. Then `said` comes. */
static void enter_into_the_unknown(const char *word, const char *query, int64_t n, const char *said)
{
    proxy_cut_behind(&proxy, word);
    pty_type(&pty, "\r");
    wait_for("whether it was done is asked until that is known", true, AWAY_MS);
    assert_int_equal(stage_number(&front.stage, query), n);
    proxy_swallow(&proxy, false);
    wait_for(said, true, AWAY_MS);
    assert_int_equal(stage_number(&front.stage, query), n);
}

static void server__gone_behind_a_sale__is_asked_until_the_outcome_is_known(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    go_through_proxy();
    take_seat("limbo-1", "B7", "B9");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "next tender");
    enter_into_the_unknown("sell", SOLD("limbo-1"), 1, "SOLD ");
}

static void server__gone_behind_a_sale_of_two_shows__sells_both_once(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    go_through_proxy();
    take_seat("limbo-2", "A5", "A3");
    pty_type(&pty, "\033");
    pty_wait_text(&pty, "Starts");
    pty_type(&pty, "l");
    pty_wait_gone(&pty, "TODAY");
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "1\r");
    wait_for("also of other shows:", true, BACK_MS);
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "p chooses how it is paid");
    pty_type(&pty, "p");
    pty_wait_text(&pty, "exact: Enter means paid");
    enter_into_the_unknown("sell", SOLD("limbo-2"), 2, "2 seats of 2 shows");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM payments p JOIN reservations"
                                                " r ON r.id = p.reservation_id"
                                                " WHERE r.terminal = 'limbo-2'"),
                     2);
}

static void server__gone_behind_a_reservation__tells_its_code_once(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    go_through_proxy();
    take_seat("limbo-3", "A10", "A9");
    pty_type(&pty, "r");
    pty_wait_text(&pty, "RESERVE  Ran");
    pty_type(&pty, "Limbo, Kari");
    pty_wait_text(&pty, "Limbo, Kari");
    enter_into_the_unknown("Limbo", "SELECT count(*) FROM reservations WHERE name = 'Limbo, Kari'",
                           1, "Reserved for Limbo, Kari");
    assert_string_equal(front_state(&front, "A10"), "reserved");
}

static void server__killed_and_restarted__basket_kept_and_back_by_itself(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    take_seat("kill-1", "C1", "C3");
    pair_kill(&pair);
    pty_type(&pty, " ");
    wait_for("the server is away, nothing was changed", true, AWAY_MS);
    keys_are_answered();
    pair_start(&pair, pair.primary);
    comes_back(HELD("kill-1"));
}

static void server__lost_while_paying__sells_on_its_standby_within_five_seconds(void **state)
{
    int64_t promoted;

    (void)state;
    if (!pair_possible())
        skip();
    take_seat("fail-1", "C5", "C7");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "next tender");
    pair_kill(&pair);
    pty_type(&pty, "\r");
    wait_for("the server is away, nothing was changed", true, AWAY_MS);
    pair_promote(&pair);
    promoted = mono_ms();
    wait_for("the server is back", true, BACK_MS);
    pty_type(&pty, "\r");
    wait_for("SOLD ", true, (int)(promoted + BACK_MS - mono_ms()));
    printf("sold %d ms after the promotion\n", (int)(mono_ms() - promoted));
}

static void server__away_at_the_start__opens_says_so_and_goes_on_by_itself(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    pair_kill(&pair);
    stage_open(&front.stage, &pty, "start-1", NULL, NULL);
    wait_for("the server is away", true, AWAY_MS);
    pty_type(&pty, "j");
    wait_for("server away for ", true, AWAY_MS);
    wait_for("digits alone stand here", true, BACK_MS); /* who works here is not known yet */
    pty_type(&pty, "7");
    pty_wait_text(&pty, "Number  7");
    pair_start(&pair, pair.primary);
    wait_for("the server is back", true, AWAY_MS);
    wait_for("Ran ", true, BACK_MS);
}

/* The test's own sales tell nobody. */
static void fault_119__notification_lost__the_timer_shows_it(void **state)
{
    (void)state;
    if (!pair_possible())
        skip();
    front_open_hall(&front, &pty, "timer-1");
    front_go(&pty, "A4");
    wait_for("A4 free", true, BACK_MS);
    front_sell(&front, "A4");
    wait_for("A4 sold", true, BACK_MS);
}

int main(void)
{
#define AWAY_TEST(test) cmocka_unit_test_teardown(test, release)
    const struct CMUnitTest tests[] = {
        AWAY_TEST(fault_119__notification_lost__the_timer_shows_it),
        AWAY_TEST(server__stopped__keys_answered_basket_kept_and_back_by_itself),
        AWAY_TEST(server__out_of_reach__keys_answered_basket_kept_and_back_by_itself),
        AWAY_TEST(server__gone_behind_a_sale__is_asked_until_the_outcome_is_known),
        AWAY_TEST(server__gone_behind_a_sale_of_two_shows__sells_both_once),
        AWAY_TEST(server__gone_behind_a_reservation__tells_its_code_once),
        AWAY_TEST(server__killed_and_restarted__basket_kept_and_back_by_itself),
        AWAY_TEST(server__lost_while_paying__sells_on_its_standby_within_five_seconds),
        AWAY_TEST(server__away_at_the_start__opens_says_so_and_goes_on_by_itself),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
