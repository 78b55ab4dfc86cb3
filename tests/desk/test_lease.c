/* The lease: who is designated, and when another takes over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/lease.h"
#include "tests/kit/box.h"

static struct lease_request request_of(struct box *box, const char *session, int64_t term,
                                       int64_t beat)
{
    struct lease_request request = {.ask = box_ask(box), .seen_term = term, .seen_beat = beat};

    (void)snprintf(request.session, sizeof request.session, "%s", session);
    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "terminal-%s", session);
    return request;
}

static enum rc lease(struct box *box, const struct verb *verb, const char *session, int64_t term,
                     int64_t beat, struct lease_row *row)
{
    struct lease_request request = request_of(box, session, term, beat);
    struct lease_reply reply;
    struct fault why = {0};
    enum rc rc = verb_do(box->db, verb, &request, &reply, &why);

    if (rc == RC_LEASED)
        assert_true(why.text[0] != '\0');
    *row = reply.row;
    return rc;
}

static void take__never_held__begins_term_1(void **state)
{
    struct box *box = *state;
    struct lease_row row;

    assert_int_equal(lease_read(box->db, &row, NULL), RC_OK);
    assert_string_equal(row.holder, "");
    assert_int_equal(row.term, 0);
    assert_int_equal(lease(box, &verb_lease_take, "a", 0, 0, &row), RC_OK);
    assert_string_equal(row.holder, "terminal-a");
    assert_int_equal(row.term, 1);
}

static void take__stands_as_seen__is_taken_else_not(void **state)
{
    struct box *box = *state;
    struct lease_row row, seen;

    assert_int_equal(lease(box, &verb_lease_take, "a", 0, 0, &seen), RC_OK);
    assert_int_equal(lease(box, &verb_lease_beat, "a", seen.term, 0, &row), RC_OK);
    assert_int_equal(row.beat, seen.beat + 1);
    /* It beat meanwhile: alive. */
    assert_int_equal(lease(box, &verb_lease_take, "b", seen.term, seen.beat, &row), RC_LEASED);
    assert_string_equal(row.holder, "terminal-a");
    assert_int_equal(lease(box, &verb_lease_take, "b", row.term, row.beat, &row), RC_OK);
    assert_int_equal(row.term, 2);
    /* The deposed holder beats no more, and its term never comes back. */
    assert_int_equal(lease(box, &verb_lease_beat, "a", 1, 0, &row), RC_LEASED);
    assert_int_equal(lease(box, &verb_lease_take, "a", 1, 1, &row), RC_LEASED);
}

static void yield__frees_it_at_once_and_only_the_own(void **state)
{
    struct box *box = *state;
    struct lease_row row;

    assert_int_equal(lease(box, &verb_lease_take, "a", 0, 0, &row), RC_OK);
    assert_int_equal(lease(box, &verb_lease_yield, "b", 0, 0, &row), RC_OK);
    assert_string_equal(row.holder, "terminal-a");
    assert_int_equal(lease(box, &verb_lease_yield, "a", 0, 0, &row), RC_OK);
    assert_string_equal(row.holder, "");
    assert_int_equal(row.term, 1);
    assert_int_equal(lease(box, &verb_lease_beat, "a", 1, 0, &row), RC_LEASED);
    assert_int_equal(lease(box, &verb_lease_take, "b", 0, 0, &row), RC_OK);
    assert_int_equal(row.term, 2);
}

static void take__two_at_once__one_gets_it(void **state)
{
    struct box *box = *state;
    struct lease_row row;
    pid_t children[6];
    int won = 0;

    for (int i = 0; i < 6; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            char session[8];

            box->db = box_connect(box);
            (void)snprintf(session, sizeof session, "s%d", i);
            _exit(lease(box, &verb_lease_take, session, 0, 0, &row) == RC_OK ? 10 : 20);
        }
    }
    for (int i = 0; i < 6; i++) {
        int status = kit_reap(children[i], 10000);

        assert_true(status == 10 || status == 20);
        won += status == 10;
    }
    assert_int_equal(won, 1);
}

static struct lease_row held_by(const char *session, int64_t term, int64_t beat)
{
    struct lease_row row = {.term = term, .beat = beat};

    (void)snprintf(row.holder, sizeof row.holder, "somebody");
    (void)snprintf(row.session, sizeof row.session, "%s", session);
    return row;
}

static void watch__standby__takes_after_nine_still_seconds(void **state)
{
    struct lease_watch watch = {.wish = LEASE_STANDBY, .session = "me"};
    struct lease_row row = held_by("other", 4, 10);

    (void)state;
    assert_int_equal(lease_watch_step(&watch, &row, 1000), LEASE_WAIT);
    assert_int_equal(lease_watch_step(&watch, &row, 9000), LEASE_WAIT);
    row.beat++;
    assert_int_equal(lease_watch_step(&watch, &row, 9500), LEASE_WAIT);
    assert_int_equal(lease_watch_step(&watch, &row, 18499), LEASE_WAIT);
    assert_int_equal(lease_watch_step(&watch, &row, 18500), LEASE_TAKE);
}

static void watch__given_up__is_taken_at_once(void **state)
{
    struct lease_watch standby = {.wish = LEASE_STANDBY, .session = "me"};
    struct lease_watch never = {.wish = LEASE_NEVER, .session = "me"};
    struct lease_row row = {.term = 3};

    (void)state;
    assert_int_equal(lease_watch_step(&standby, &row, 0), LEASE_TAKE);
    assert_int_equal(lease_watch_step(&never, &row, 0), LEASE_WAIT);
    row = held_by("other", 3, 0);
    assert_int_equal(lease_watch_step(&never, &row, 0), LEASE_WAIT);
    assert_int_equal(lease_watch_step(&never, &row, 1000000), LEASE_WAIT);
}

static void watch__holder__beats_every_three_seconds(void **state)
{
    struct lease_watch watch = {.wish = LEASE_STANDBY, .session = "me"};
    struct lease_row row = held_by("me", 4, 0);

    (void)state;
    assert_int_equal(lease_watch_step(&watch, &row, 50000), LEASE_ASSIGN);
    assert_int_equal(lease_watch_step(&watch, &row, 52999), LEASE_ASSIGN);
    assert_int_equal(lease_watch_step(&watch, &row, 53000), LEASE_BEAT_NOW);
    assert_int_equal(lease_watch_step(&watch, &row, 53001), LEASE_ASSIGN);
    row.beat = 1; /* assigning has raised it */
    assert_int_equal(lease_watch_step(&watch, &row, 55000), LEASE_ASSIGN);
    assert_int_equal(lease_watch_step(&watch, &row, 57999), LEASE_ASSIGN);
    assert_int_equal(lease_watch_step(&watch, &row, 58000), LEASE_BEAT_NOW);
}

static void watch__preferred__takes_over_once(void **state)
{
    struct lease_watch watch = {.wish = LEASE_PREFER, .session = "me"};
    struct lease_row row = held_by("other", 4, 10);

    (void)state;
    assert_int_equal(lease_watch_step(&watch, &row, 1000), LEASE_TAKE);
    row.beat++; /* it beat in between, so taking failed: tried again */
    assert_int_equal(lease_watch_step(&watch, &row, 1100), LEASE_TAKE);
    row = held_by("me", 5, 0);
    assert_int_equal(lease_watch_step(&watch, &row, 1200), LEASE_ASSIGN);
    row = held_by("third", 6, 0); /* deposed by another that is preferred: no fight */
    assert_int_equal(lease_watch_step(&watch, &row, 1300), LEASE_WAIT);
}

static void fault_072__suspended__finds_its_lease_lost(void **state)
{
    struct lease_watch watch = {.wish = LEASE_STANDBY, .session = "me"};
    struct lease_row row = held_by("me", 4, 7);

    (void)state;
    assert_int_equal(lease_watch_step(&watch, &row, 1000), LEASE_ASSIGN);
    row = held_by("other", 5, 2); /* an hour later; CLOCK_BOOTTIME counts the sleep */
    assert_int_equal(lease_watch_step(&watch, &row, 3601000), LEASE_WAIT);
    assert_int_equal(lease_watch_step(&watch, &row, 3609999), LEASE_WAIT);
    assert_true(lease_boottime() > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(take__never_held__begins_term_1),
        TEST(take__stands_as_seen__is_taken_else_not),
        TEST(yield__frees_it_at_once_and_only_the_own),
        TEST(take__two_at_once__one_gets_it),
        cmocka_unit_test(watch__standby__takes_after_nine_still_seconds),
        cmocka_unit_test(watch__given_up__is_taken_at_once),
        cmocka_unit_test(watch__holder__beats_every_three_seconds),
        cmocka_unit_test(watch__preferred__takes_over_once),
        cmocka_unit_test(fault_072__suspended__finds_its_lease_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
