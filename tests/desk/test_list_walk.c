/*
 * A random walk through everything that touches the waiting list, with every invariant verified on
 * the way. SEED=N repeats one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/queue.h"

enum { STEPS = 160, CHECK_EACH = 20 };

struct walk {
    struct queue *queue;
    uint64_t seed;
    int joined;
};

static int64_t below(struct walk *walk, int64_t n)
{
    return (int64_t)kit_below(&walk->seed, (uint64_t)n);
}

/* Any refusal is an answer; what must not come is a failure of the storage or of the program. */
static void expect_answer(struct queue *queue, enum rc rc)
{
    if (rc == RC_STORAGE || rc == RC_UNKNOWN || rc == RC_BUSY || rc == RC_KEY_REUSED ||
        rc == RC_NO_MEMORY)
        fail_msg("%s: %s", rc_name(rc), queue->why.text);
}

static void sell(struct walk *walk)
{
    struct queue *queue = walk->queue;
    struct book_request request = {.ask = box_ask(&queue->box),
                                   .show = queue->show,
                                   .best = 1 + (int32_t)below(walk, 4),
                                   .expected = -1};
    struct booking_reply reply;

    expect_answer(queue, queue_do(queue, &verb_sell, &request, &reply));
}

static void cancel(struct walk *walk)
{
    struct queue *queue = walk->queue;
    int64_t last = queue_number(queue, "SELECT coalesce(max(id), 0) FROM reservations");
    struct cancel_request request = {.ask = box_ask(&queue->box),
                                     .reservation = {1 + below(walk, last + 1)}};
    struct booking_reply reply;

    expect_answer(queue, queue_do(queue, &verb_cancel, &request, &reply));
}

static void join(struct walk *walk)
{
    static const enum fit fits[] = {FIT_TOGETHER, FIT_PAIRS, FIT_ANY};
    struct queue *queue = walk->queue;
    struct wait_request request;
    struct entry_reply reply;
    char name[24];

    (void)snprintf(name, sizeof name, "Party %d", ++walk->joined);
    request = queue_wish(queue, name, 1 + (int32_t)below(walk, 5), fits[below(walk, 3)]);
    request.wheelchairs = below(walk, 8) == 0;
    if (below(walk, 4) == 0)
        (void)snprintf(request.zone, sizeof request.zone, below(walk, 2) ? "raised" : "stalls");
    expect_answer(queue, queue_do(queue, &verb_wait, &request, &reply));
}

static void answer(struct walk *walk)
{
    static const struct verb *const answers[] = {&verb_decline, &verb_noanswer, &verb_call,
                                                 &verb_leave, &verb_present};
    struct queue *queue = walk->queue;
    entry_id entry = {1 + below(walk, walk->joined + 1)};
    struct accept_request accept = {.ask = box_ask(&queue->box),
                                    .entry = entry,
                                    .collect_min = 30,
                                    .expected = -1,
                                    .n_tenders = (int32_t)below(walk, 2),
                                    .tenders[0] = {.kind = TENDER_CASH, .amount = -1}};
    struct booking_reply reply;

    if (below(walk, 2) == 0)
        expect_answer(queue, queue_do(queue, &verb_accept, &accept, &reply));
    else
        expect_answer(queue, queue_entry(queue, answers[below(walk, 5)], entry));
}

/* Takes something back, of any entry or of whatever was done last, or changes an entry. */
static void reconsider(struct walk *walk)
{
    struct queue *queue = walk->queue;
    struct undo_request undo = {
        .ask = box_ask(&queue->box), .entry = {below(walk, walk->joined + 1)}, .show = queue->show};
    struct amend_request amend = {.ask = undo.ask,
                                  .entry = {1 + below(walk, walk->joined + 1)},
                                  .party = 1 + (int32_t)below(walk, 5),
                                  .fit = (int32_t)(FIT_TOGETHER + below(walk, 3)),
                                  .present = (int32_t)below(walk, 2)};
    struct entry_reply reply;

    (void)snprintf(amend.name, sizeof amend.name, "Party again");
    if (below(walk, 3) == 0)
        expect_answer(queue, queue_do(queue, &verb_amend, &amend, &reply));
    else
        expect_answer(queue, queue_do(queue, &verb_undo, &undo, &reply));
}

/* Fails with what assigning did twice over. */
static void fail_unsettled(struct queue *queue)
{
    struct sql_statement *row = sql_ask(
        queue->box.db,
        "SELECT before, after FROM journal WHERE book = 'show:1' ORDER BY n DESC LIMIT 2", NULL, 0);

    while (sql_row(row))
        print_message("%s -> %s\n", sql_text(row, 0), sql_text(row, 1));
    fail_msg("assigning again did something again");
}

/* After assigning nothing is left that is returned for nobody, and a second time does nothing. */
static void assign(struct walk *walk)
{
    struct queue *queue = walk->queue;
    int64_t rev;

    (void)queue_assign(queue, 0);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM claims WHERE state = 'returned'"
                                         " AND entry_id IS NULL"),
                     0);
    rev = queue_number(queue, "SELECT rev FROM shows WHERE id = 1");
    (void)queue_assign(queue, 0);
    if (queue_number(queue, "SELECT rev FROM shows WHERE id = 1") != rev)
        fail_unsettled(queue);
}

/* Reads agree with one another: who is offered has a call to make, and positions have no gaps. */
static void look(struct walk *walk)
{
    struct queue *queue = walk->queue;
    struct waiting_list *list = NULL, *calls = NULL;
    size_t offered = 0;

    assert_int_equal(waiting_read(queue->box.db, queue->show, queue->box.now, &list, NULL), RC_OK);
    assert_int_equal(waiting_calls(queue->box.db, queue->box.now, &calls, NULL), RC_OK);
    for (size_t i = 0; i < list->n; i++) {
        offered += list->rows[i].state == ENTRY_OFFERED;
        assert_int_equal(list->rows[i].position, i + 1);
        assert_int_equal(list->rows[i].n,
                         list->rows[i].state == ENTRY_OFFERED ? list->rows[i].party : 0);
    }
    assert_int_equal(calls->n, offered);
    free(list);
    free(calls);
}

static void step(struct walk *walk)
{
    switch (below(walk, 14)) {
    case 0:
    case 1:
        sell(walk);
        break;
    case 2:
    case 3:
    case 4:
        cancel(walk);
        break;
    case 5:
    case 6:
        join(walk);
        break;
    case 7:
    case 8:
        answer(walk);
        break;
    case 9:
        walk->queue->box.now += below(walk, 12) * WHEN_MINUTE;
        break;
    case 10:
        look(walk);
        break;
    case 11:
    case 12:
        reconsider(walk);
        break;
    default:
        assign(walk);
    }
}

static void walk__any_order_of_verbs__keeps_every_invariant(void **state)
{
    struct walk walk = {.queue = *state, .seed = kit_seed()};

    queue_sell_out(walk.queue);
    for (int i = 1; i <= STEPS; i++) {
        step(&walk);
        if (i % CHECK_EACH == 0)
            box_check(&walk.queue->box);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, queue_setup, queue_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(walk__any_order_of_verbs__keeps_every_invariant),
        TEST(walk__any_order_of_verbs__keeps_every_invariant),
        TEST(walk__any_order_of_verbs__keeps_every_invariant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
