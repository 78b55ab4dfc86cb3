/* House seats: taken out of the sale for a reason, and given back to the waiting list first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/block.h"
#include "core/desk/booking.h"
#include "core/desk/hold.h"
#include "core/desk/origin.h"
#include "core/desk/staff.h"
#include "tests/kit/queue.h"

static struct block_request seats(struct queue *q, const char *reason, const char *one,
                                  const char *two)
{
    struct block_request request = {.ask = box_ask(&q->box), .show = q->show, .n = two ? 2 : 1};

    request.seats[0] = box_seat(&q->box, q->hall, one);
    if (two)
        request.seats[1] = box_seat(&q->box, q->hall, two);
    (void)snprintf(request.reason, sizeof request.reason, "%s", reason);
    return request;
}

static enum rc block(struct queue *q, const char *reason, const char *one, const char *two)
{
    struct block_request request = seats(q, reason, one, two);
    struct block_reply reply;

    return queue_do(q, &verb_block, &request, &reply);
}

static struct block_reply unblock(struct queue *q, const char *one, const char *two)
{
    struct block_request request = seats(q, "", one, two);
    struct block_reply reply;

    assert_int_equal(queue_do(q, &verb_unblock, &request, &reply), RC_OK);
    return reply;
}

static enum rc hold(struct queue *q, const char *label)
{
    struct hold_request request = {.ask = box_ask(&q->box), .show = q->show, .n = 1};
    struct hold_reply reply;

    request.seats[0] = box_seat(&q->box, q->hall, label);
    return queue_do(q, &verb_hold, &request, &reply);
}

static void block__free_seats__are_not_for_sale_and_journaled(void **state)
{
    struct queue *q = *state;
    struct block_request request = seats(q, "  the  owner's ", "B4", "B3");
    struct block_reply reply;

    assert_int_equal(queue_do(q, &verb_block, &request, &reply), RC_OK);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.seats[0].n, box_seat(&q->box, q->hall, "B3").n);
    assert_int_equal(q->told.hints[0].kind, HINT_SEATS);
    queue_expect(q, "B3 B4", "blocked");
    assert_int_equal(queue_number(q, "SELECT count(*) FROM claims WHERE reason = 'the owner''s'"),
                     2);
    assert_int_equal(
        queue_number(q, "SELECT count(*) FROM journal WHERE what = 'block' AND before LIKE"
                        " '%\"B3\":\"free\"%' AND after LIKE '%\"B3\":\"blocked\"%' AND"
                        " after LIKE '%\"reason\":\"the owner''s\"%'"),
        1);
    assert_int_equal(hold(q, "B3"), RC_TAKEN);
    assert_string_equal(q->why.text, "B3 is blocked: the owner's");
    /* The same key gives the first result, and blocks nothing twice. */
    assert_int_equal(queue_do(q, &verb_block, &request, &reply), RC_OK);
    assert_int_equal(reply.told.replayed, 1);
    assert_int_equal(queue_number(q, "SELECT count(*) FROM journal WHERE what = 'block'"), 1);
}

static void block__one_of_them_taken__names_it_and_blocks_none(void **state)
{
    struct queue *q = *state;

    queue_sell(q, "B4");
    assert_int_equal(block(q, "broken", "B3", "B4"), RC_TAKEN);
    assert_non_null(strstr(q->why.text, "B4 is sold (counter-1, "));
    queue_expect(q, "B3", "free");
    assert_int_equal(hold(q, "B3"), RC_OK);
    assert_int_equal(block(q, "broken", "B3", NULL), RC_TAKEN);
    assert_non_null(strstr(q->why.text, "B3 is held by counter-1"));
    assert_int_equal(block(q, "broken", "B2", NULL), RC_OK);
    assert_int_equal(block(q, "again", "B2", NULL), RC_TAKEN);
    assert_string_equal(q->why.text, "B2 is blocked: broken");
}

static void block__hold_that_ended__is_no_hindrance(void **state)
{
    struct queue *q = *state;

    assert_int_equal(hold(q, "B3"), RC_OK);
    q->box.now += 4 * WHEN_MINUTE;
    assert_int_equal(block(q, "broken", "B3", NULL), RC_OK);
    queue_expect(q, "B3", "blocked");
}

static void block__without_a_reason_or_with_a_card_number__is_refused(void **state)
{
    struct queue *q = *state;

    assert_int_equal(block(q, "  ", "B3", NULL), RC_BAD_INPUT);
    assert_string_equal(q->why.text, "a seat is blocked for a reason: say which");
    assert_int_equal(block(q, "4111 1111 1111 1111", "B3", NULL), RC_BAD_INPUT);
    assert_null(strstr(q->why.text, "4111"));
    assert_int_equal(block(q, "twice", "B3", "B3"), RC_BAD_INPUT);
    queue_expect(q, "B3", "free");
}

static void block__kept_for_the_list__may_be_blocked(void **state)
{
    struct queue *q = *state;

    queue_return(q);
    queue_expect(q, "B1 B2", "returned");
    assert_int_equal(block(q, "broken", "B1", NULL), RC_OK);
    queue_expect(q, "B1", "blocked");
    assert_int_equal(queue_number(q, "SELECT count(*) FROM journal WHERE what = 'block' AND"
                                     " before LIKE '%\"B1\":\"returned\"%'"),
                     1);
    assert_int_equal(queue_assign(q, 0).offered, 0); /* one seat is no place for two */
}

static void unblock__nobody_waits__is_free_again(void **state)
{
    struct queue *q = *state;
    struct block_reply reply;

    assert_int_equal(block(q, "broken", "B3", "B4"), RC_OK);
    reply = unblock(q, "B3", NULL);
    assert_int_equal(reply.for_the_list, 0);
    queue_expect(q, "B3", "free");
    queue_expect(q, "B4", "blocked");
    assert_int_equal(hold(q, "B3"), RC_OK);
}

static void unblock__people_wait__the_list_is_served_first(void **state)
{
    struct queue *q = *state;
    struct block_reply reply;
    struct origin origin;
    entry_id entry;

    assert_int_equal(block(q, "camera", "C1", "C2"), RC_OK);
    queue_sell_out(q);
    entry = queue_join(q, "Mensah", 2, FIT_TOGETHER);
    reply = unblock(q, "C1", "C2");
    assert_int_equal(reply.for_the_list, 2);
    assert_int_equal(q->told.hints[0].kind, HINT_RETURNED);
    queue_expect(q, "C1 C2", "returned");
    assert_int_equal(hold(q, "C1"), RC_TAKEN);
    origin_read(q->box.db, q->show, "C1", q->box.now + 1, &origin);
    assert_int_equal(origin.kind, ORIGIN_RELEASED);
    assert_int_equal(queue_assign(q, 0).offered, 1);
    queue_row(q, entry, ENTRY_OFFERED, "C1 C2");
}

static void unblock__what_is_not_blocked__changes_nothing(void **state)
{
    struct queue *q = *state;
    struct block_request request;
    struct block_reply reply;

    assert_int_equal(block(q, "broken", "B3", NULL), RC_OK);
    queue_sell(q, "B4");
    request = seats(q, "", "B3", "B4");
    assert_int_equal(queue_do(q, &verb_unblock, &request, &reply), RC_WRONG_STATE);
    assert_string_equal(q->why.text, "B4 is not blocked");
    queue_expect(q, "B3", "blocked");
    queue_expect(q, "B4", "sold");
}

static void hire(struct queue *q, int32_t number, enum role role)
{
    struct staff_request request = {
        .ask = box_ask(&q->box), .number = number, .role = (int32_t)role};
    struct staff_reply reply;

    request.ask.operator_number = 3;
    (void)snprintf(request.name, sizeof request.name, "Person %d", (int)number);
    (void)snprintf(request.hash, sizeof request.hash, "hash of %d", (int)number);
    assert_int_equal(queue_do(q, &verb_staff_add, &request, &reply), RC_OK);
}

static void fault_108__clerk__needs_a_supervisor_for_house_seats(void **state)
{
    struct queue *q = *state;
    struct block_request request;
    struct block_reply reply;

    hire(q, 3, ROLE_MANAGER);
    hire(q, 2, ROLE_SUPERVISOR);
    hire(q, 1, ROLE_CLERK);
    request = seats(q, "broken", "B3", NULL);
    assert_int_equal(queue_do(q, &verb_block, &request, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(q->why.text, "blocking seats needs a supervisor: Person 1 is a clerk");
    queue_expect(q, "B3", "free");
    request.ask.approver = 2;
    assert_int_equal(queue_do(q, &verb_block, &request, &reply), RC_OK);
    request = seats(q, "", "B3", NULL);
    assert_int_equal(queue_do(q, &verb_unblock, &request, &reply), RC_NEEDS_APPROVAL);
    queue_expect(q, "B3", "blocked");
}

#define QUEUE(test) cmocka_unit_test_setup_teardown(test, queue_setup, queue_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUEUE(block__free_seats__are_not_for_sale_and_journaled),
        QUEUE(block__one_of_them_taken__names_it_and_blocks_none),
        QUEUE(block__hold_that_ended__is_no_hindrance),
        QUEUE(block__without_a_reason_or_with_a_card_number__is_refused),
        QUEUE(block__kept_for_the_list__may_be_blocked),
        QUEUE(unblock__nobody_waits__is_free_again),
        QUEUE(unblock__people_wait__the_list_is_served_first),
        QUEUE(unblock__what_is_not_blocked__changes_nothing),
        QUEUE(fault_108__clerk__needs_a_supervisor_for_house_seats),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
