/*
 * COMMIT and its answer on a server: lost on the way, kept waiting by a standby, or committed
 * without it. The outcome is unknown then, and the same sale with its key tells it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/counter.h"
#include "tests/kit/proxy.h"
#include "tests/kit/server.h"

enum { SHORT_MS = 400, LONG_MS = 8000, REAP_MS = 20000 };

static struct sql *connect_to(const char *conninfo, int wait_ms)
{
    const struct sql_options options = {.name = conninfo, .wait_ms = wait_ms};
    struct sql *db = NULL;

    if (sql_open(&db, &options) != SQL_OK)
        fail_msg("%s", sql_error(db));
    return db;
}

static int64_t sold(struct counter *c)
{
    return counter_number(c, "SELECT count(*) FROM reservations WHERE state = 'sold'");
}

/* A sale whose COMMIT is cut; the sale again, on the same connection, tells what became of it. */
static void sell_and_cut(struct counter *c, enum proxy_cut cut, int replayed)
{
    struct book_request sale = counter_book(c, "sale", "counter-1", "B3 B4");
    struct booking_reply reply;
    struct proxy proxy;
    struct sql *db;

    if (!server_there())
        skip();
    proxy_init(&proxy, c->box.path);
    db = connect_to(proxy.conninfo, LONG_MS);
    proxy_cut(&proxy, cut);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_UNKNOWN);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_OK);
    assert_int_equal(reply.told.replayed, replayed);
    assert_int_equal(sold(c), 1);
    sql_close(&db);
    proxy_fini(&proxy);
}

static void fault_118__answer_of_commit_lost__key_tells_that_it_is_sold(void **state)
{
    sell_and_cut(*state, PROXY_AFTER, 1);
}

static void fault_118__commit_lost__key_sells_it_once(void **state)
{
    sell_and_cut(*state, PROXY_BEFORE, 0);
}

/* From now on a COMMIT in this database waits for a standby that is not there. */
static void want_standby(struct counter *c, bool wanted)
{
    const char *database = strstr(c->box.path, "dbname=") + 7;
    char statement[KIT_PATH];

    (void)snprintf(statement, sizeof statement, "ALTER DATABASE %s SET synchronous_commit = %s",
                   database, wanted ? "on" : "local");
    assert_true(server_tell(c->box.dir, "postgres", statement));
}

/* Cancels a COMMIT of this database that waits for the standby, as soon as there is one. */
static const char cancel_waiting[] =
    "DO $$ DECLARE found_one boolean := false; BEGIN WHILE NOT found_one LOOP"
    " PERFORM pg_stat_clear_snapshot();"
    " SELECT bool_or(pg_cancel_backend(pid)) IS TRUE INTO found_one FROM pg_stat_activity"
    " WHERE wait_event = 'SyncRep' AND datname = current_database(); END LOOP; END $$";

static void cancel_commit(struct counter *c)
{
    assert_true(server_tell(c->box.dir, strstr(c->box.path, "dbname=") + 7, cancel_waiting));
}

static void fault_118__commit_waits_for_the_standby__unknown_and_never_no(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "sale", "counter-1", "B3 B4");
    struct booking_reply reply;
    struct sql *db;

    if (!server_there())
        skip();
    want_standby(c, true);
    db = connect_to(c->box.path, SHORT_MS);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_UNKNOWN);
    /* A look says no, which is not so; the sale itself waits behind the lost COMMIT. */
    assert_int_equal(sold(c), 0);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_BUSY);
    want_standby(c, false);
    cancel_commit(c);
    sql_close(&db);
    db = connect_to(c->box.path, LONG_MS);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_OK);
    assert_int_equal(reply.told.replayed, 1);
    assert_int_equal(sold(c), 1);
    sql_close(&db);
}

static void fault_118__committed_without_the_standby__counts_as_unknown(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "sale", "counter-1", "B3 B4");
    struct booking_reply reply;
    struct sql *db;
    pid_t other;

    if (!server_there())
        skip();
    want_standby(c, true);
    db = connect_to(c->box.path, LONG_MS);
    want_standby(c, false);
    other = fork();
    assert_true(other >= 0);
    if (other == 0) {
        cancel_commit(c);
        _exit(0);
    }
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_UNKNOWN);
    assert_non_null(strstr(c->why.text, "standby"));
    assert_int_equal(kit_reap(other, REAP_MS), 0);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_OK);
    assert_int_equal(reply.told.replayed, 1);
    sql_close(&db);
}

/* Ends the server's end of every connection but the kit's own. */
static void end_sessions(struct counter *c)
{
    assert_true(server_tell(c->box.dir, strstr(c->box.path, "dbname=") + 7,
                            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
}

static bool sell_and_lose(struct sql *db, void *context)
{
    struct counter *c = context;
    int64_t runs = ++c->box.asks;

    sql_run0(db, "UPDATE shows SET rev = rev + 1");
    if (runs == 1)
        end_sessions(c);
    return sql_run0(db, "UPDATE shows SET rev = rev + 1") == 1;
}

static void connection__lost_before_commit__is_run_again(void **state)
{
    struct counter *c = *state;
    int64_t rev = counter_number(c, "SELECT rev FROM shows");

    if (!server_there())
        skip();
    c->box.asks = 0;
    assert_int_equal(sql_tx(c->box.db, sell_and_lose, c), SQL_OK);
    assert_int_equal(c->box.asks, 2);
    assert_int_equal(counter_number(c, "SELECT rev FROM shows"), rev + 2);
}

static void connection__lost_while_idle__nobody_notices(void **state)
{
    struct counter *c = *state;

    if (!server_there())
        skip();
    end_sessions(c);
    assert_int_equal(sold(c), 0);
    end_sessions(c);
    counter_sell(c, "B3");
    assert_int_equal(sold(c), 1);
}

int main(void)
{
#define LOST_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        LOST_TEST(fault_118__answer_of_commit_lost__key_tells_that_it_is_sold),
        LOST_TEST(fault_118__commit_lost__key_sells_it_once),
        LOST_TEST(fault_118__commit_waits_for_the_standby__unknown_and_never_no),
        LOST_TEST(fault_118__committed_without_the_standby__counts_as_unknown),
        LOST_TEST(connection__lost_before_commit__is_run_again),
        LOST_TEST(connection__lost_while_idle__nobody_notices),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
