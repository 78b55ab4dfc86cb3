/*
 * Every statement of every verb, made to fail one after the other: what could not be read is never
 * judged, what was begun is rolled back, and no transaction stays open.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/exchange.h"
#include "core/desk/hold.h"
#include "core/desk/lease.h"
#include "core/desk/terminals.h"
#include "tests/kit/flaky.h"
#include "tests/kit/queue.h"
#include "tests/kit/server.h"

enum { STEPS_MOST = 2000 };

/* A verb and its request, in a scene that lets it be done. */
struct deed {
    const struct verb *verb;
    union request {
        struct ask ask;
        struct hold_request hold;
        struct release_request release;
        struct touch_request touch;
        struct retype_request retype;
        struct book_request book;
        struct pay_request pay;
        struct cancel_request cancel;
        struct exchange_request exchange;
        struct wait_request wait;
        struct entry_request entry;
        struct undo_request undo;
        struct amend_request amend;
        struct accept_request accept;
        struct assign_request assign;
        struct show_add_request show_add;
        struct show_cancel_request show_cancel;
        struct lease_request lease;
        struct terminal_request terminal;
    } request;
};

typedef void scene(struct queue *queue, struct deed *deed);

static void basket(struct queue *queue, union request *request)
{
    struct hold_reply reply;

    request->hold = (struct hold_request){.ask = box_ask(&queue->box), .show = queue->show};
    request->hold.n = 2;
    request->hold.seats[0] = box_seat(&queue->box, queue->hall, "C3");
    request->hold.seats[1] = box_seat(&queue->box, queue->hall, "C4");
    assert_int_equal(queue_do(queue, &verb_hold, request, &reply), RC_OK);
}

static void scene_hold(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_hold;
    deed->request.hold = (struct hold_request){
        .ask = box_ask(&queue->box), .show = queue->show, .best = 2, .together = 1};
}

static void scene_release(struct queue *queue, struct deed *deed)
{
    struct ask ask;

    basket(queue, &deed->request);
    ask = deed->request.ask;
    deed->verb = &verb_release;
    deed->request.release = (struct release_request){.ask = ask, .show = queue->show};
}

static void scene_touch(struct queue *queue, struct deed *deed)
{
    struct ask ask;

    basket(queue, &deed->request);
    ask = deed->request.ask;
    ask.now += WHEN_MINUTE;
    deed->verb = &verb_touch;
    deed->request.touch = (struct touch_request){.ask = ask};
}

static void scene_retype(struct queue *queue, struct deed *deed)
{
    struct ask ask;
    seat_id seat;

    basket(queue, &deed->request);
    ask = deed->request.ask;
    seat = deed->request.hold.seats[0];
    deed->verb = &verb_retype;
    deed->request.retype =
        (struct retype_request){.ask = ask, .show = queue->show, .seat = seat, .type = {2}};
}

static void scene_sell(struct queue *queue, struct deed *deed)
{
    struct ask ask;

    basket(queue, &deed->request);
    ask = deed->request.ask;
    deed->verb = &verb_sell;
    deed->request.book =
        (struct book_request){.ask = ask, .show = queue->show, .best = 3, .expected = -1};
}

static void scene_reserve(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_reserve;
    deed->request.book = (struct book_request){.ask = box_ask(&queue->box),
                                               .show = queue->show,
                                               .best = 3,
                                               .expected = -1,
                                               .name = "Mira"};
}

static void scene_pay(struct queue *queue, struct deed *deed)
{
    struct booking_reply reply;

    scene_reserve(queue, deed);
    assert_int_equal(queue_do(queue, deed->verb, &deed->request, &reply), RC_OK);
    deed->verb = &verb_pay;
    deed->request.pay = (struct pay_request){
        .ask = box_ask(&queue->box), .reservation = reply.reservation, .expected = -1};
}

static void scene_cancel(struct queue *queue, struct deed *deed)
{
    reservation_id sold = queue_sell(queue, "C1 C2");

    queue_join(queue, "Okafor, Ngozi", 6, FIT_PAIRS);
    deed->verb = &verb_cancel;
    deed->request.cancel =
        (struct cancel_request){.ask = box_ask(&queue->box), .reservation = sold};
}

static void scene_exchange(struct queue *queue, struct deed *deed)
{
    reservation_id sold = queue_sell(queue, "C1 C2");

    queue_join(queue, "Okafor, Ngozi", 6, FIT_PAIRS);
    deed->verb = &verb_exchange;
    deed->request.exchange =
        (struct exchange_request){.ask = box_ask(&queue->box), .reservation = sold};
}

static void scene_exchange_show(struct queue *queue, struct deed *deed)
{
    scene_exchange(queue, deed);
    deed->request.exchange.n = 1;
    deed->request.exchange.seats[0] = box_seat(&queue->box, queue->hall, "C1");
    deed->request.exchange.show =
        box_show(&queue->box, queue->hall, "Ran", queue->starts_at + 24 * WHEN_HOUR);
}

static void scene_wait(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_wait;
    deed->request.wait = queue_wish(queue, "Lan", 4, FIT_TOGETHER);
}

static void on_entry(struct queue *queue, struct deed *deed, const struct verb *verb)
{
    entry_id entry = queue_offer(queue);

    deed->verb = verb;
    deed->request.entry = (struct entry_request){.ask = box_ask(&queue->box), .entry = entry};
}

static void scene_leave(struct queue *queue, struct deed *deed)
{
    on_entry(queue, deed, &verb_leave);
}

static void scene_present(struct queue *queue, struct deed *deed)
{
    on_entry(queue, deed, &verb_present);
}

static void scene_call(struct queue *queue, struct deed *deed)
{
    on_entry(queue, deed, &verb_call);
}

static void scene_noanswer(struct queue *queue, struct deed *deed)
{
    on_entry(queue, deed, &verb_noanswer);
}

static void scene_decline(struct queue *queue, struct deed *deed)
{
    on_entry(queue, deed, &verb_decline);
}

static void scene_undo(struct queue *queue, struct deed *deed)
{
    entry_id entry = queue_offer(queue);

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    deed->verb = &verb_undo;
    deed->request.undo = (struct undo_request){.ask = box_ask(&queue->box), .entry = entry};
}

static void scene_amend(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_amend;
    deed->request.amend = (struct amend_request){
        .ask = box_ask(&queue->box), .entry = queue_offer(queue), .party = 2, .fit = FIT_ANY};
    (void)snprintf(deed->request.amend.name, NAME_SIZE, "Lan");
}

static void scene_accept(struct queue *queue, struct deed *deed)
{
    entry_id entry = queue_offer(queue);

    deed->verb = &verb_accept;
    deed->request.accept = (struct accept_request){.ask = box_ask(&queue->box),
                                                   .entry = entry,
                                                   .expected = -1,
                                                   .n_tenders = 1,
                                                   .tenders[0] = {.amount = -1}};
}

static void scene_assign(struct queue *queue, struct deed *deed)
{
    queue_return(queue);
    deed->verb = &verb_assign;
    deed->request.assign = (struct assign_request){
        .ask = box_ask(&queue->box), .show = queue->show, .term = queue->term};
}

static void scene_show_add(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_show_add;
    deed->request.show_add =
        (struct show_add_request){.ask = box_ask(&queue->box),
                                  .hall = queue->hall,
                                  .title = "Ran",
                                  .starts_at = queue->starts_at + 24 * WHEN_HOUR,
                                  .minutes = 162,
                                  .n_prices = 1,
                                  .prices[0].amount = 950};
}

static void scene_show_cancel(struct queue *queue, struct deed *deed)
{
    queue_offer(queue);
    queue_join(queue, "Okafor, Ngozi", 6, FIT_PAIRS);
    deed->verb = &verb_show_cancel;
    deed->request.show_cancel =
        (struct show_cancel_request){.ask = box_ask(&queue->box), .show = queue->show};
}

static void scene_lease_take(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_lease_take;
    deed->request.lease = (struct lease_request){
        .ask = box_ask(&queue->box), .session = "other", .seen_term = queue->term};
}

static void scene_lease_yield(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_lease_yield;
    deed->request.lease = (struct lease_request){.ask = box_ask(&queue->box), .session = "test"};
}

static void scene_terminal_join(struct queue *queue, struct deed *deed)
{
    deed->verb = &verb_terminal_join;
    deed->request.terminal = (struct terminal_request){
        .ask = box_ask(&queue->box), .session = "test", .host = "here", .pid = 1};
}

/* All that changes when something is done, whatever it is. */
static int64_t trace(struct queue *queue)
{
    return queue_number(queue, "SELECT (SELECT coalesce(sum(length), 0) FROM books)"
                               " + (SELECT coalesce(sum(rev), 0) FROM shows)"
                               " + (SELECT count(*) FROM requests)"
                               " + (SELECT count(*) FROM terminals)"
                               " + (SELECT coalesce(sum(term), 0) FROM leases)"
                               " + (SELECT count(*) FROM claims)");
}

static bool do_nothing(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    return false;
}

/* Lets the verb begin with its transaction: a step that fails in its rehearsal fails nothing. */
static void rehearsed(struct queue *queue, const struct deed *deed)
{
    sql_rehearse(queue->box.db, deed->verb, do_nothing, NULL);
}

/* Does it with one failing step after the other until none is left to fail. */
static void fail_each_step(struct queue *queue, const struct deed *deed)
{
    char reply[4096];
    int64_t before = trace(queue);
    enum rc rc = RC_STORAGE;
    int nth;

    assert_true(deed->verb->reply_size <= sizeof reply);
    rehearsed(queue, deed);
    for (nth = 1; rc != RC_OK && nth < STEPS_MOST; nth++) {
        bool reached;

        flaky_fail(nth, SQL_IO);
        rc = queue_do(queue, deed->verb, &deed->request, reply);
        reached = flaky_steps() >= nth;
        flaky_fail(0, SQL_OK);
        assert_int_equal(flaky_open(), 0);
        if (reached && rc != RC_STORAGE)
            fail_msg("%s, step %d of it fails: %s, %s", deed->verb->name, nth, rc_name(rc),
                     queue->why.text);
        if (rc != RC_OK && trace(queue) != before)
            fail_msg("%s, step %d of it fails: something has changed", deed->verb->name, nth);
    }
    assert_int_equal(rc, RC_OK);
    assert_true(nth > 3);
    box_check(&queue->box);
}

static scene *const scenes[] = {
    scene_hold,       scene_release,     scene_touch,         scene_retype,   scene_sell,
    scene_reserve,    scene_pay,         scene_cancel,        scene_wait,     scene_leave,
    scene_present,    scene_call,        scene_noanswer,      scene_decline,  scene_undo,
    scene_amend,      scene_accept,      scene_assign,        scene_show_add, scene_show_cancel,
    scene_lease_take, scene_lease_yield, scene_terminal_join, scene_exchange, scene_exchange_show};
enum { SCENES = sizeof scenes / sizeof scenes[0], BUSY_TRIES = 3 };

static void fault_049__any_statement_fails__nothing_is_done_or_left_open(void **state)
{

    (void)state;
    for (size_t i = 0; i < SCENES; i++) {
        static struct deed deed;
        void *each;
        struct queue *queue;

        queue_setup(&each);
        queue = each;
        sql_close(&queue->box.db);
        queue->box.db = flaky_connect(&queue->box);
        memset(&deed, 0, sizeof deed);
        scenes[i](queue, &deed);
        fail_each_step(queue, &deed);
        queue_teardown(&each);
    }
}

/* What came of a verb in a scene of its own. */
struct outcome {
    enum rc rc;
    int steps;
    int64_t trace;
    char reply[4096];
};

/* Plays a scene while its nth step is busy once; below 0: of its rehearsal. */
static void play_busy(scene *play, int nth, struct outcome *outcome)
{
    static struct deed deed;
    struct queue *queue;
    void *each;

    queue_setup(&each);
    queue = each;
    sql_close(&queue->box.db);
    queue->box.db = flaky_connect(&queue->box);
    memset(&deed, 0, sizeof deed);
    memset(outcome, 0, sizeof *outcome);
    play(queue, &deed);
    if (nth >= 0)
        rehearsed(queue, &deed);
    flaky_fail(nth >= 0 ? nth : -nth, SQL_BUSY);
    outcome->rc = queue_do(queue, deed.verb, &deed.request, outcome->reply);
    outcome->steps = flaky_steps();
    flaky_fail(0, SQL_OK);
    outcome->trace = trace(queue);
    queue_teardown(&each);
}

/* A verb may run twice: the second time it does the same, and no more. */
static void fault_046__busy_in_its_midst__is_rerun_to_the_same_end(void **state)
{
    static struct outcome plain, busy;
    uint64_t seed = kit_seed();

    (void)state;
    for (size_t i = 0; i < SCENES; i++) {
        play_busy(scenes[i], 0, &plain);
        assert_int_equal(plain.rc, RC_OK);
        for (int n = 0; n < BUSY_TRIES; n++) {
            int nth = 1 + (int)kit_below(&seed, (uint64_t)plain.steps);

            play_busy(scenes[i], nth, &busy);
            if (busy.rc == RC_BUSY) /* outside the transaction, which never began */
                continue;
            /* A server does not give out again the number that the first run took. */
            if (busy.rc != RC_OK ||
                (!server_there() && (busy.trace != plain.trace ||
                                     memcmp(busy.reply, plain.reply, sizeof plain.reply) != 0)))
                fail_msg("scene %zu, step %d is busy: %s", i, nth, rc_name(busy.rc));
            assert_true(busy.steps > plain.steps);
        }
    }
}

static void rehearsal__fails__is_done_all_the_same(void **state)
{
    static struct outcome plain, poor;

    (void)state;
    play_busy(scene_sell, 0, &plain);
    for (int nth = 1; nth <= 5; nth++) {
        play_busy(scene_sell, -nth, &poor);
        assert_int_equal(poor.rc, RC_OK);
        assert_int_equal(poor.steps, plain.steps + nth); /* nothing was tried behind it */
        if (!server_there())
            assert_memory_equal(poor.reply, plain.reply, sizeof plain.reply);
    }
}

/* Every verb of the table, asked for what it cannot do: it answers, and nothing stays open. */
static void fault_049__any_verb_refused__no_transaction_is_open(void **state)
{
    struct queue *queue = *state;
    static union {
        struct ask ask;
        char bytes[1 << 14];
    } request;
    char reply[4096];
    int begun = 0;

    sql_close(&queue->box.db);
    queue->box.db = flaky_connect(&queue->box);
    for (const struct verb *const *verb = verbs; *verb != NULL; verb++) {
        assert_true((*verb)->request_size <= sizeof request);
        assert_true((*verb)->reply_size <= sizeof reply);
        memset(&request, 0, sizeof request);
        request.ask = box_ask(&queue->box);
        begun = flaky_begun();
        (void)queue_do(queue, *verb, &request, reply);
        assert_true(flaky_begun() > begun);
        assert_int_equal(flaky_open(), 0);
    }
}

/* An offer that ran out: whatever cannot be read, it is not accepted any more. */
static void accept__overdue_and_unreadable__is_never_done(void **state)
{
    struct queue *queue = *state;
    struct deed deed;
    struct booking_reply reply;
    int steps = 1;

    sql_close(&queue->box.db);
    queue->box.db = flaky_connect(&queue->box);
    scene_accept(queue, &deed);
    deed.request.ask.now = queue->box.now += WHEN_HOUR;
    for (int nth = 1; nth <= steps; nth++) {
        flaky_fail(nth, SQL_IO);
        assert_int_not_equal(queue_do(queue, &verb_accept, &deed.request, &reply), RC_OK);
        steps = flaky_steps() > steps ? flaky_steps() + 1 : steps;
        if (flaky_steps() < nth)
            break;
    }
    flaky_fail(0, SQL_OK);
}

int main(void)
{
#define FAILURE_TEST(name) cmocka_unit_test_setup_teardown(name, queue_setup, queue_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fault_049__any_statement_fails__nothing_is_done_or_left_open),
        cmocka_unit_test(fault_046__busy_in_its_midst__is_rerun_to_the_same_end),
        cmocka_unit_test(rehearsal__fails__is_done_all_the_same),
        FAILURE_TEST(fault_049__any_verb_refused__no_transaction_is_open),
        FAILURE_TEST(accept__overdue_and_unreadable__is_never_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
