/* What a terminal does unasked: it holds the lease, assigns, and hands over when it ends. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/booking.h"
#include "tests/kit/live.h"

static void open_at(struct pty *pty, const char *terminal)
{
    stage_open(&live.stage, pty, terminal, NULL, NULL);
    pty_wait_text(pty, "Ran ");
}

static bool holds_lease(struct pty *pty, void *terminal)
{
    pty_read(pty, 5);
    return sql_one_number(live.stage.db, 0, "SELECT 1 FROM leases WHERE holder = $1",
                          SQL_VALUES(sql_t(terminal))) == 1;
}

/* Cancels the largest sold reservation of the show that people wait for, telling nobody. */
static void cancel_unheard(void)
{
    struct cancel_request request = {0};
    struct booking_reply reply = {0};
    struct fault why;

    request.reservation.n = stage_number(
        &live.stage,
        "SELECT r.id FROM reservations r WHERE r.state = 'sold' AND r.show_id IN"
        " (SELECT show_id FROM waiting_list WHERE state = 'waiting')"
        " ORDER BY (SELECT count(*) FROM claims c WHERE c.reservation_id = r.id) DESC, r.id"
        " LIMIT 1");
    assert_true(request.reservation.n > 0);
    verb_ask(&request.ask, live.stage.db, NULL, "elsewhere", 9);
    request.ask.trusted = true;
    if (verb_do(live.stage.db, &verb_cancel, &request, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
    assert_true(reply.for_the_list > 0);
}

static void duty__holder__assigns_what_it_never_heard_of(void **state)
{
    (void)state;
    open_at(&live.one, "first");
    pty_wait(&live.one, holds_lease, "first", "the lease");
    cancel_unheard();
    pty_wait_text(&live.one, "CALL ");
    assert_true(
        stage_number(&live.stage, "SELECT count(*) FROM reservations WHERE state = 'offered'") > 0);
    pty_wait_text(&live.one, "nobody calls yet");
    kill(live.one.pid, SIGTERM); /* a kind end, so that the lease is free for the next */
    assert_int_equal(pty_reap(&live.one, 2000), 0);
}

static bool make_overdue(struct sql *db, void *reservation)
{
    sql_run(db, "UPDATE reservations SET deadline = 1000 WHERE id = $1",
            SQL_VALUES(sql_n(*(int64_t *)reservation)));
    return true;
}

static bool is_lapsed(struct pty *pty, void *reservation)
{
    pty_read(pty, 5);
    return sql_one_number(live.stage.db, 0,
                          "SELECT 1 FROM reservations WHERE id = $1 AND state = 'lapsed'",
                          SQL_VALUES(sql_n(*(int64_t *)reservation))) == 1;
}

/* A show of another day, which no screen shows and no verb is about. */
static void
duty__holder__releases_an_overdue_reservation_of_a_show_that_nobody_touches(void **state)
{
    int64_t show = stage_number(&live.stage, "SELECT max(id) FROM shows WHERE state = 'on'");
    struct book_request request = {.show = {show}, .best = 2, .expected = -1, .name = "Mensah"};
    struct booking_reply made = {0};
    struct fault why;
    int64_t id;

    (void)state;
    verb_ask(&request.ask, live.stage.db, NULL, "elsewhere", 9);
    request.ask.trusted = true;
    if (verb_do(live.stage.db, &verb_reserve, &request, &made, &why) != RC_OK)
        fail_msg("%s", why.text);
    id = made.reservation.n;
    assert_int_equal(sql_tx(live.stage.db, make_overdue, &id), SQL_OK);
    open_at(&live.one, "fifth");
    pty_wait(&live.one, holds_lease, "fifth", "the lease");
    pty_wait(&live.one, is_lapsed, &id, "the reservation released");
    assert_int_equal(sql_one_number(live.stage.db, 0,
                                    "SELECT count(*) FROM claims WHERE reservation_id = $1",
                                    SQL_VALUES(sql_n(id))),
                     0);
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
}

static void duty__holder_ends__the_other_takes_over_at_once(void **state)
{
    (void)state;
    open_at(&live.one, "third");
    pty_wait(&live.one, holds_lease, "third", "the lease");
    open_at(&live.two, "fourth");
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    pty_wait(&live.two, holds_lease, "fourth", "the lease handed over");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(duty__holder__assigns_what_it_never_heard_of),
        LIVE_TEST(duty__holder__releases_an_overdue_reservation_of_a_show_that_nobody_touches),
        LIVE_TEST(duty__holder_ends__the_other_takes_over_at_once),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
