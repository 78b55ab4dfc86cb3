/* The waiting list as staff work it: joining, leaving, calls, answers, and how it reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/find.h"
#include "core/rules/deadline.h"
#include "tests/kit/queue.h"

/* Asks to join and returns the code of the answer. */
static enum rc join(struct queue *queue, const struct wait_request *request)
{
    struct entry_reply reply;

    return queue_do(queue, &verb_wait, request, &reply);
}

static bool told(const struct queue *queue, enum hint_kind kind)
{
    for (int32_t i = 0; i < queue->told.n; i++)
        if (queue->told.hints[i].kind == (int32_t)kind &&
            queue->told.hints[i].show == queue->show.n)
            return true;
    return false;
}

static enum rc accept(struct queue *queue, entry_id entry, money expected, int32_t n_tenders,
                      struct booking_reply *reply)
{
    struct accept_request request = {.ask = box_ask(&queue->box),
                                     .entry = entry,
                                     .collect_min = 30,
                                     .expected = expected,
                                     .n_tenders = n_tenders,
                                     .tenders[0] = {.kind = TENDER_CARD, .amount = -1}};

    return queue_do(queue, &verb_accept, &request, reply);
}

/* Found after its offer ran out and before anybody tidied: it reads as if somebody had. */
static void find__offer_ran_out__waits_again(void **state)
{
    struct queue *queue = *state;
    struct found_list *found;

    (void)queue_offer(queue);
    assert_int_equal(find_read(queue->box.db, "ødegård", queue->box.now, 9, &found, &queue->why),
                     RC_OK);
    assert_int_equal(found->n, 2);
    assert_string_equal(found->rows[0].state, "offered");
    assert_int_equal(found->rows[0].seats, 2);
    assert_string_equal(found->rows[1].state, "offered");
    free(found);
    queue->box.now += WHEN_HOUR;
    assert_int_equal(find_read(queue->box.db, "ødegård", queue->box.now, 9, &found, &queue->why),
                     RC_OK);
    assert_int_equal(found->n, 2);
    assert_int_equal(found->rows[0].kind, FOUND_RESERVATION);
    assert_string_equal(found->rows[0].state, "lapsed");
    assert_int_equal(found->rows[0].seats, 0);
    assert_int_equal(found->rows[0].total, 0);
    assert_string_equal(found->rows[1].state, "waiting");
    free(found);
}

static void wait__ordinary__stands_at_the_end(void **state)
{
    struct queue *queue = *state;
    struct wait_request request = queue_wish(queue, "  Nguyen   Thi Lan ", 4, FIT_PAIRS);
    struct entry_reply reply;
    struct waiting_row row;

    (void)queue_join(queue, "Ødegård, Kari", 2, FIT_TOGETHER);
    (void)snprintf(request.zone, sizeof request.zone, "raised");
    (void)snprintf(request.note, sizeof request.note, "hard of hearing");
    request.wheelchairs = 1;
    assert_int_equal(queue_do(queue, &verb_wait, &request, &reply), RC_OK);
    assert_true(told(queue, HINT_LIST));
    assert_int_equal(reply.position, 2);
    assert_int_equal(reply.state, ENTRY_WAITING);
    row = queue_row(queue, reply.entry, ENTRY_WAITING, "");
    assert_string_equal(row.name, "Nguyen Thi Lan");
    assert_string_equal(row.zone, "raised");
    assert_string_equal(row.note, "hard of hearing");
    assert_string_equal(row.title, "Close-Up");
    assert_string_equal(row.hall, "Saal");
    assert_int_equal(row.fit, FIT_PAIRS);
    assert_int_equal(row.party, 4);
    assert_int_equal(row.wheelchairs, 1);
    assert_int_equal(row.position, 2);
    assert_int_equal(row.joined_at, queue->box.now);
}

static void wait__same_phone_twice__is_refused_until_it_leaves(void **state)
{
    struct queue *queue = *state;
    entry_id first = queue_join(queue, "Okafor, Ngozi", 2, FIT_ANY);
    struct wait_request again = queue_wish(queue, "Somebody Else", 3, FIT_ANY);

    (void)snprintf(again.phone, sizeof again.phone, "%s",
                   queue_row(queue, first, ENTRY_WAITING, "").phone);
    again.phone[6] = '-'; /* another spelling of the same number */
    memmove(again.phone + 7, queue_row(queue, first, ENTRY_WAITING, "").phone + 6,
            strlen(queue_row(queue, first, ENTRY_WAITING, "").phone + 6) + 1);
    assert_int_equal(join(queue, &again), RC_EXISTS);
    assert_non_null(strstr(queue->why.text, "2 people"));
    assert_int_equal(queue_entry(queue, &verb_leave, first), RC_OK);
    assert_int_equal(join(queue, &again), RC_OK); /* the refusal had stored nothing */
}

static void wait__a_phone_without_its_country__is_the_same(void **state)
{
    struct queue *queue = *state;
    struct wait_request request = queue_wish(queue, "Okafor, Ngozi", 2, FIT_ANY);

    (void)snprintf(request.phone, sizeof request.phone, "+47 55 01 12 12");
    assert_int_equal(join(queue, &request), RC_OK);
    request = queue_wish(queue, "Ngozi Okafor", 3, FIT_ANY);
    (void)snprintf(request.phone, sizeof request.phone, "055 01 12 12");
    assert_int_equal(join(queue, &request), RC_EXISTS);
    (void)snprintf(request.phone, sizeof request.phone, "055 01 12 13");
    assert_int_equal(join(queue, &request), RC_OK);
}

static void wait__without_a_phone__twice_is_fine(void **state)
{
    struct queue *queue = *state;
    struct wait_request request = queue_wish(queue, "Anna", 1, FIT_ANY);

    request.phone[0] = '\0';
    assert_int_equal(join(queue, &request), RC_OK);
    request.ask = box_ask(&queue->box);
    assert_int_equal(join(queue, &request), RC_OK);
}

static void expect_bad(struct queue *queue, struct wait_request request, enum rc rc)
{
    request.ask = box_ask(&queue->box);
    assert_int_equal(join(queue, &request), rc);
    assert_true(queue->why.text[0] != '\0');
}

static void fault_090__party_out_of_range__is_refused(void **state)
{
    struct queue *queue = *state;
    struct wait_request good = queue_wish(queue, "Anna", 2, FIT_ANY);
    struct wait_request bad;

    bad = good, bad.party = 0, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.party = -1, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.party = 21, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.party = INT32_MAX, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.fit = 7, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.wheelchairs = 3, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.wheelchairs = -1, expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, bad.present = 2, expect_bad(queue, bad, RC_BAD_INPUT);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM waiting_list"), 0);
}

static void wait__bad_texts__are_refused(void **state)
{
    struct queue *queue = *state;
    struct wait_request good = queue_wish(queue, "Anna", 2, FIT_ANY);
    struct wait_request bad;

    bad = good, bad.name[0] = '\0', expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, (void)snprintf(bad.name, NAME_SIZE, "   "), expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, (void)snprintf(bad.phone, PHONE_SIZE, "none"), expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, (void)snprintf(bad.name, NAME_SIZE, "a\nb"), expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, (void)snprintf(bad.note, NOTE_SIZE,
                               "\xE2\x80\xAE"
                               "evil");
    expect_bad(queue, bad, RC_BAD_INPUT);
    bad = good, (void)snprintf(bad.zone, LABEL_SIZE, "balcony"),
    expect_bad(queue, bad, RC_NOT_FOUND);
}

static void fault_093__card_number__is_refused_and_not_repeated(void **state)
{
    struct queue *queue = *state;
    struct wait_request bad = queue_wish(queue, "Anna", 2, FIT_ANY);

    (void)snprintf(bad.note, NOTE_SIZE, "pays with 4111 1111 1111 1111");
    expect_bad(queue, bad, RC_BAD_INPUT);
    assert_null(strstr(queue->why.text, "4111"));
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM requests WHERE verb = 'wait'"), 0);
}

static void fault_088__sql_in_a_name__is_a_name(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_join(queue, "'); DROP TABLE waiting_list; --", 2, FIT_ANY);

    assert_string_equal(queue_row(queue, entry, ENTRY_WAITING, "").name,
                        "'); DROP TABLE waiting_list; --");
}

static void fault_096__past_the_sale_stop__nobody_joins(void **state)
{
    struct queue *queue = *state;
    struct wait_request request;

    queue->box.now = queue->starts_at + 20 * WHEN_MINUTE;
    request = queue_wish(queue, "Anna", 2, FIT_ANY);
    assert_int_equal(join(queue, &request), RC_TOO_LATE);
    queue->box.now -= 1;
    request = queue_wish(queue, "Anna", 2, FIT_ANY);
    assert_int_equal(join(queue, &request), RC_OK);
}

static void fault_096__cancelled_show__nobody_joins(void **state)
{
    struct queue *queue = *state;
    struct show_cancel_request cancel = {.ask = box_ask(&queue->box), .show = queue->show};
    struct show_reply cancelled;
    entry_id entry = queue_offer(queue);
    struct wait_request request = queue_wish(queue, "Anna", 2, FIT_ANY);

    assert_int_equal(queue_do(queue, &verb_show_cancel, &cancel, &cancelled), RC_OK);
    assert_int_equal(join(queue, &request), RC_WRONG_STATE);
    queue_row(queue, entry, ENTRY_CLOSED, "");
    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_WRONG_STATE);
    request.show.n += 100;
    request.ask = box_ask(&queue->box);
    assert_int_equal(join(queue, &request), RC_NOT_FOUND);
}

static void wait__key_again__gives_the_first_result(void **state)
{
    struct queue *queue = *state;
    struct wait_request request = queue_wish(queue, "Anna", 2, FIT_ANY);
    struct entry_reply first, second;

    assert_int_equal(queue_do(queue, &verb_wait, &request, &first), RC_OK);
    assert_int_equal(queue_do(queue, &verb_wait, &request, &second), RC_OK);
    assert_int_equal(second.entry.n, first.entry.n);
    assert_int_equal(second.told.replayed, 1);
    request.party = 3;
    assert_int_equal(join(queue, &request), RC_KEY_REUSED);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM waiting_list"), 1);
}

static void leave__twice__is_refused(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_join(queue, "Anna", 2, FIT_ANY);

    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_OK);
    assert_true(told(queue, HINT_LIST));
    queue_row(queue, entry, ENTRY_LEFT, "");
    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_WRONG_STATE);
    assert_int_equal(queue_entry(queue, &verb_present, entry), RC_WRONG_STATE);
    entry.n += 7;
    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_NOT_FOUND);
}

static void leave__with_an_offer__gives_the_seats_to_the_list(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);

    (void)queue_join(queue, "Next", 2, FIT_TOGETHER);
    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_OK);
    assert_true(told(queue, HINT_RETURNED));
    queue_expect(queue, "B1 B2", "returned");
    queue_row(queue, entry, ENTRY_LEFT, "");
}

static void leave__last_of_the_list__frees_the_seats(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);

    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_OK);
    queue_expect(queue, "B1 B2", "free");
}

static void accept__unpaid__is_kept_until_collected(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct booking_reply reply;

    assert_int_equal(accept(queue, entry, 1900, 0, &reply), RC_REFUSED);
    assert_int_equal(accept(queue, entry, 2000, 0, &reply), RC_OK);
    assert_true(told(queue, HINT_LIST) && told(queue, HINT_SEATS));
    assert_int_equal(reply.state, BOOKING_RESERVED);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.total, 2000);
    assert_int_equal(reply.deadline, queue->starts_at - 30 * WHEN_MINUTE);
    queue_row(queue, entry, ENTRY_ACCEPTED, "");
    queue_expect(queue, "B1 B2", "reserved");
    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_WRONG_STATE);
    assert_int_equal(accept(queue, entry, -1, 0, &reply), RC_WRONG_STATE);
}

static void accept__paid__is_sold_in_one_step(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct booking_reply reply;

    assert_int_equal(accept(queue, entry, 2000, 1, &reply), RC_OK);
    assert_int_equal(reply.state, BOOKING_SOLD);
    assert_int_equal(reply.deadline, 0);
    queue_row(queue, entry, ENTRY_ACCEPTED, "");
    queue_expect(queue, "B1 B2", "sold");
    assert_int_equal(queue_number(queue, "SELECT amount FROM payments WHERE tender = 'card'"),
                     2000);
}

static void accept__too_little_money__leaves_the_offer_open(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct accept_request request = {.ask = box_ask(&queue->box),
                                     .entry = entry,
                                     .expected = -1,
                                     .n_tenders = 1,
                                     .tenders[0] = {.kind = TENDER_CASH, .amount = 1500}};
    struct booking_reply reply;

    assert_int_equal(queue_do(queue, &verb_accept, &request, &reply), RC_REFUSED);
    queue_row(queue, entry, ENTRY_OFFERED, "B1 B2");
    /* The refusal stored nothing, so its key may be tried again. */
    request.tenders[0].amount = 2000;
    assert_int_equal(queue_do(queue, &verb_accept, &request, &reply), RC_OK);
}

static void accept__without_an_offer__is_refused(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_join(queue, "Anna", 2, FIT_ANY);
    struct booking_reply reply;

    assert_int_equal(accept(queue, entry, -1, 0, &reply), RC_WRONG_STATE);
    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_WRONG_STATE);
    assert_int_equal(queue_entry(queue, &verb_noanswer, entry), RC_WRONG_STATE);
    assert_int_equal(queue_entry(queue, &verb_call, entry), RC_WRONG_STATE);
    entry.n += 7;
    assert_int_equal(accept(queue, entry, -1, 0, &reply), RC_NOT_FOUND);
}

static void accept__after_the_deadline__pays_for_nothing(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct booking_reply reply;
    when_ms deadline = queue_row(queue, entry, ENTRY_OFFERED, "B1 B2").deadline;

    queue->box.now = deadline; /* one moment too late */
    assert_int_equal(accept(queue, entry, -1, 1, &reply), RC_WRONG_STATE);
    queue_row(queue, entry, ENTRY_WAITING, "");
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM payments WHERE tender = 'card'"), 0);
}

static void decline__is_final_and_gives_the_seats_on(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    entry_id next = queue_join(queue, "Next", 2, FIT_TOGETHER);

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    assert_true(told(queue, HINT_RETURNED) && told(queue, HINT_LIST));
    queue_row(queue, entry, ENTRY_DECLINED, "");
    queue_expect(queue, "B1 B2", "returned");
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, next, ENTRY_OFFERED, "B1 B2");
    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_WRONG_STATE);
}

static void noanswer__keeps_the_place_and_gives_the_seats_on(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    entry_id next = queue_join(queue, "Next", 2, FIT_TOGETHER);
    struct waiting_row row;

    assert_int_equal(queue_entry(queue, &verb_noanswer, entry), RC_OK);
    assert_true(told(queue, HINT_RETURNED));
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    row = queue_row(queue, entry, ENTRY_WAITING, "");
    assert_int_equal(row.position, 1);
    assert_int_equal(row.tried, 1);
    queue_row(queue, next, ENTRY_OFFERED, "B1 B2");
}

static void call__is_claimed_by_one(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct entry_request request = {.ask = box_ask(&queue->box), .entry = entry};
    struct entry_reply reply;
    struct waiting_row row;

    assert_int_equal(queue_do(queue, &verb_call, &request, &reply), RC_OK);
    row = queue_row(queue, entry, ENTRY_OFFERED, "B1 B2");
    assert_string_equal(row.caller, "counter-1");
    assert_int_equal(row.caller_operator, 1);
    assert_int_equal(row.claimed_until, queue->box.now + CALL_CLAIM);

    request.ask = box_ask(&queue->box);
    (void)snprintf(request.ask.terminal, TERMINAL_SIZE, "counter-2");
    assert_int_equal(queue_do(queue, &verb_call, &request, &reply), RC_TAKEN);
    assert_non_null(strstr(queue->why.text, "counter-1"));
    assert_int_equal(queue_entry(queue, &verb_call, entry), RC_OK); /* its own again */

    queue->box.now += CALL_CLAIM;
    assert_string_equal(queue_row(queue, entry, ENTRY_OFFERED, "B1 B2").caller, "");
    request.ask.now = queue->box.now;
    assert_int_equal(queue_do(queue, &verb_call, &request, &reply), RC_OK);
    assert_string_equal(queue_row(queue, entry, ENTRY_OFFERED, "B1 B2").caller, "counter-2");
}

static void lapse__returns_to_its_place_but_not_for_those_seats(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    entry_id next = queue_join(queue, "Next", 2, FIT_TOGETHER);
    when_ms deadline = queue_row(queue, entry, ENTRY_OFFERED, "B1 B2").deadline;
    struct waiting_list *calls = NULL;

    assert_int_equal(deadline, queue->box.now + 30 * WHEN_MINUTE);
    queue->box.now = deadline;
    /* It reads as lapsed before anybody has tidied. */
    assert_int_equal(queue_row(queue, entry, ENTRY_WAITING, "").position, 1);
    assert_int_equal(waiting_calls(queue->box.db, queue->box.now, &calls, NULL), RC_OK);
    assert_int_equal(calls->n, 0);
    free(calls);

    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, next, ENTRY_OFFERED, "B1 B2");
    assert_int_equal(queue_row(queue, entry, ENTRY_WAITING, "").position, 1);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM refused_seats"), 2);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM calls WHERE outcome = 'lapsed'"), 1);
}

static void present__moves_nobody_early(void **state)
{
    struct queue *queue = *state;
    entry_id first = queue_join(queue, "First", 2, FIT_ANY);
    entry_id second = queue_join(queue, "Second", 2, FIT_ANY);
    struct entry_request request = {.ask = box_ask(&queue->box), .entry = second, .present = 1};
    struct entry_reply reply;

    assert_int_equal(queue_do(queue, &verb_present, &request, &reply), RC_OK);
    assert_true(told(queue, HINT_LIST));
    assert_true(queue_row(queue, second, ENTRY_WAITING, "").present);
    assert_false(queue_row(queue, first, ENTRY_WAITING, "").present);
    assert_int_equal(reply.position, 2);
    request.ask = box_ask(&queue->box);
    request.present = 5;
    assert_int_equal(queue_do(queue, &verb_present, &request, &reply), RC_BAD_INPUT);
}

static void read__list__is_in_order_of_priority_and_sequence(void **state)
{
    struct queue *queue = *state;
    entry_id a = queue_join(queue, "Anna", 2, FIT_ANY);
    entry_id b = queue_join(queue, "Bo", 2, FIT_ANY);
    entry_id c = queue_join(queue, "Cho", 2, FIT_ANY);
    show_id other = box_show(&queue->box, queue->hall, "Ran", queue->starts_at + 24 * WHEN_HOUR);
    struct wait_request request = queue_wish(queue, "Dia", 1, FIT_ANY);
    struct waiting_list *list = NULL;

    request.show = other;
    assert_int_equal(join(queue, &request), RC_OK);
    /* A manager's verb comes later; the column is there. */
    queue_write(queue, "UPDATE waiting_list SET priority = 1 WHERE name = 'Cho'");
    assert_int_equal(waiting_read(queue->box.db, queue->show, queue->box.now, &list, NULL), RC_OK);
    assert_int_equal(list->n, 3);
    assert_int_equal(list->rows[0].id.n, c.n);
    assert_int_equal(list->rows[1].id.n, a.n);
    assert_int_equal(list->rows[2].id.n, b.n);
    for (int32_t i = 0; i < 3; i++)
        assert_int_equal(list->rows[i].position, i + 1);
    free(list);
    assert_int_equal(waiting_read(queue->box.db, (show_id){0}, queue->box.now, &list, NULL), RC_OK);
    assert_int_equal(list->n, 4);
    assert_string_equal(list->rows[3].title, "Ran");
    free(list);
}

static void read__past_the_sale_stop__is_closed(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_join(queue, "Anna", 2, FIT_ANY);
    struct waiting_list *list = NULL;

    queue->box.now = queue->starts_at + 20 * WHEN_MINUTE;
    queue_row(queue, entry, ENTRY_CLOSED, "");
    assert_int_equal(waiting_read(queue->box.db, queue->show, queue->box.now, &list, NULL), RC_OK);
    assert_int_equal(list->n, 0);
    free(list);
    assert_int_equal(waiting_entry(queue->box.db, (entry_id){99}, queue->box.now, &list, NULL),
                     RC_NOT_FOUND);
    assert_null(list);
}

static void read__calls__soonest_first(void **state)
{
    struct queue *queue = *state;
    struct waiting_list *list = NULL;
    entry_id entry = queue_offer(queue);
    reservation_id another;
    entry_id next;

    queue->box.now += 10 * WHEN_MINUTE;
    another = (reservation_id){
        queue_number(queue, "SELECT min(id) FROM reservations WHERE state = 'sold'")};
    next = queue_join(queue, "Σταύρου, Ελένη", 1, FIT_ANY);
    queue_cancel(queue, another);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    assert_int_equal(waiting_calls(queue->box.db, queue->box.now, &list, NULL), RC_OK);
    assert_int_equal(list->n, 2);
    assert_int_equal(list->rows[0].id.n, entry.n);
    assert_int_equal(list->rows[0].total, 2000);
    assert_string_equal(list->rows[0].zones, "stalls");
    assert_int_equal(strlen(list->rows[0].code), 6);
    assert_int_equal(list->rows[1].id.n, next.n);
    assert_true(list->rows[0].deadline < list->rows[1].deadline);
    free(list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, queue_setup, queue_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(wait__ordinary__stands_at_the_end),
        TEST(find__offer_ran_out__waits_again),
        TEST(wait__same_phone_twice__is_refused_until_it_leaves),
        TEST(wait__a_phone_without_its_country__is_the_same),
        TEST(wait__without_a_phone__twice_is_fine),
        TEST(fault_090__party_out_of_range__is_refused),
        TEST(wait__bad_texts__are_refused),
        TEST(fault_093__card_number__is_refused_and_not_repeated),
        TEST(fault_088__sql_in_a_name__is_a_name),
        TEST(fault_096__past_the_sale_stop__nobody_joins),
        TEST(fault_096__cancelled_show__nobody_joins),
        TEST(wait__key_again__gives_the_first_result),
        TEST(leave__twice__is_refused),
        TEST(leave__with_an_offer__gives_the_seats_to_the_list),
        TEST(leave__last_of_the_list__frees_the_seats),
        TEST(accept__unpaid__is_kept_until_collected),
        TEST(accept__paid__is_sold_in_one_step),
        TEST(accept__too_little_money__leaves_the_offer_open),
        TEST(accept__without_an_offer__is_refused),
        TEST(accept__after_the_deadline__pays_for_nothing),
        TEST(decline__is_final_and_gives_the_seats_on),
        TEST(noanswer__keeps_the_place_and_gives_the_seats_on),
        TEST(call__is_claimed_by_one),
        TEST(lapse__returns_to_its_place_but_not_for_those_seats),
        TEST(present__moves_nobody_early),
        TEST(read__list__is_in_order_of_priority_and_sequence),
        TEST(read__past_the_sale_stop__is_closed),
        TEST(read__calls__soonest_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
