/* Second thoughts about a waiting party: undoing what was done to it, and changing its entry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/change.h"
#include "core/desk/check_books.h"
#include "core/desk/origin.h"
#include "core/rules/deadline.h"
#include "tests/kit/queue.h"

static enum rc undo(struct queue *queue, entry_id entry, struct entry_reply *reply)
{
    struct undo_request request = {
        .ask = box_ask(&queue->box), .entry = entry, .show = queue->show};

    return queue_do(queue, &verb_undo, &request, reply);
}

/* The request that changes nothing of an entry. */
static struct amend_request as_it_is(struct queue *queue, entry_id entry, enum entry_state state,
                                     const char *seats)
{
    struct waiting_row row = queue_row(queue, entry, state, seats);
    struct amend_request request = {.ask = box_ask(&queue->box),
                                    .entry = entry,
                                    .party = row.party,
                                    .fit = (int32_t)row.fit,
                                    .wheelchairs = row.wheelchairs,
                                    .present = row.present};

    (void)snprintf(request.name, sizeof request.name, "%s", row.name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", row.phone);
    (void)snprintf(request.zone, sizeof request.zone, "%s", row.zone);
    (void)snprintf(request.note, sizeof request.note, "%s", row.note);
    return request;
}

static enum rc amend(struct queue *queue, const struct amend_request *request)
{
    struct entry_reply reply;

    return queue_do(queue, &verb_amend, request, &reply);
}

/* --- undo ------------------------------------------------------------------------------------- */

static void undo__decline__offers_the_same_seats_with_a_fresh_deadline(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    entry_id big = queue_join(queue, "Too many for two seats", 5, FIT_TOGETHER);
    struct entry_reply reply;
    struct waiting_row row;

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    queue_expect(queue, "B1 B2", "returned");
    queue->box.now += 5 * WHEN_MINUTE;
    assert_int_equal(undo(queue, entry, &reply), RC_OK);
    assert_int_equal(reply.state, ENTRY_OFFERED);
    assert_int_equal(reply.position, 1);
    row = queue_row(queue, entry, ENTRY_OFFERED, "B1 B2");
    assert_int_equal(row.deadline, deadline_offer(queue->box.now, queue->starts_at));
    assert_int_equal(row.total, 2000);
    assert_string_equal(row.caller, "");
    assert_int_equal(queue_row(queue, big, ENTRY_WAITING, "").position, 2);
    box_check(&queue->box);
}

static void undo__only_party_declined__takes_the_free_seats_again(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct entry_reply reply;

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    queue_expect(queue, "B1 B2", "free");
    assert_int_equal(undo(queue, (entry_id){0}, &reply), RC_OK);
    assert_int_equal(reply.entry.n, entry.n);
    queue_row(queue, entry, ENTRY_OFFERED, "B1 B2");
    queue_expect(queue, "B1 B2", "reserved");
}

static void undo__seats_sold_meanwhile__waits_again(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct entry_reply reply;

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    (void)queue_sell(queue, "B1");
    assert_int_equal(undo(queue, entry, &reply), RC_OK);
    assert_int_equal(reply.state, ENTRY_WAITING);
    queue_row(queue, entry, ENTRY_WAITING, "");
    queue_expect(queue, "B1", "sold");
}

static void undo__no_answer__is_offered_again_and_not_counted(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct entry_reply reply;

    assert_int_equal(queue_entry(queue, &verb_noanswer, entry), RC_OK);
    assert_int_equal(queue_row(queue, entry, ENTRY_WAITING, "").tried, 1);
    assert_int_equal(undo(queue, entry, &reply), RC_OK);
    assert_int_equal(queue_row(queue, entry, ENTRY_OFFERED, "B1 B2").tried, 0);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM refused_seats"), 0);
}

static void undo__left_the_list__stands_at_its_own_place(void **state)
{
    struct queue *queue = *state;
    entry_id first, second;
    struct entry_reply reply;

    queue_sell_out(queue);
    first = queue_join(queue, "First", 2, FIT_TOGETHER);
    second = queue_join(queue, "Second", 2, FIT_TOGETHER);
    assert_int_equal(queue_entry(queue, &verb_leave, first), RC_OK);
    assert_int_equal(undo(queue, first, &reply), RC_OK);
    assert_int_equal(reply.state, ENTRY_WAITING);
    assert_int_equal(queue_row(queue, first, ENTRY_WAITING, "").position, 1);
    assert_int_equal(queue_row(queue, second, ENTRY_WAITING, "").position, 2);
    /* Undone is undone: there is no more of it. */
    assert_int_equal(undo(queue, first, &reply), RC_WRONG_STATE);
    assert_int_equal(undo(queue, (entry_id){0}, &reply), RC_NOT_FOUND);
}

static void undo__later_party_served_since__is_refused(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    entry_id next = queue_join(queue, "Next", 2, FIT_TOGETHER);
    struct entry_reply reply;

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    assert_int_equal(undo(queue, entry, &reply), RC_TOO_LATE);
    assert_non_null(strstr(queue->why.text, "was offered seats since"));
    queue_row(queue, entry, ENTRY_DECLINED, "");
    queue_row(queue, next, ENTRY_OFFERED, "B1 B2");
}

static void undo__of_another_terminal__is_refused_and_names_it(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct undo_request request = {.entry = entry};
    struct entry_reply reply;

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    request.ask = box_ask(&queue->box);
    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "counter-9");
    assert_int_equal(queue_do(queue, &verb_undo, &request, &reply), RC_WRONG_STATE);
    assert_non_null(strstr(queue->why.text, "counter-1"));
    request.entry.n = 0;
    request.show = queue->show;
    assert_int_equal(queue_do(queue, &verb_undo, &request, &reply), RC_NOT_FOUND);
    queue_row(queue, entry, ENTRY_DECLINED, "");
}

static void undo__phone_has_joined_again__is_refused(void **state)
{
    struct queue *queue = *state;
    entry_id entry;
    struct entry_reply reply;

    queue_sell_out(queue);
    entry = queue_join(queue, "Anna", 2, FIT_ANY);
    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_OK);
    (void)queue_join(queue, "Anna", 3, FIT_ANY);
    assert_int_equal(undo(queue, entry, &reply), RC_EXISTS);
    queue_row(queue, entry, ENTRY_LEFT, "");
}

static void undo__accepted_or_nothing_done__is_refused(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct accept_request accept = {.ask = box_ask(&queue->box), .entry = entry, .expected = -1};
    struct booking_reply accepted;
    struct entry_reply reply;

    assert_int_equal(undo(queue, entry, &reply), RC_WRONG_STATE);
    assert_int_equal(queue_do(queue, &verb_accept, &accept, &accepted), RC_OK);
    assert_int_equal(undo(queue, entry, &reply), RC_WRONG_STATE);
    queue_row(queue, entry, ENTRY_ACCEPTED, "");
    entry.n += 7;
    assert_int_equal(undo(queue, entry, &reply), RC_NOT_FOUND);
}

static void undo__key_again__gives_the_first_result(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct undo_request request;
    struct entry_reply first, second;

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    request = (struct undo_request){.ask = box_ask(&queue->box), .entry = entry};
    assert_int_equal(queue_do(queue, &verb_undo, &request, &first), RC_OK);
    assert_int_equal(queue_do(queue, &verb_undo, &request, &second), RC_OK);
    assert_int_equal(second.told.replayed, 1);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM journal WHERE what = 'undo'"), 1);
}

/* Brings a declined entry back in a row of another word, as no verb does. */
static bool bring_back(struct sql *db, void *context)
{
    struct queue *queue = context;
    const struct ask ask = box_ask(&queue->box);
    struct change change = {0};
    struct show_lock lock;

    change_entry(&change, (entry_id){1}, ENTRY_DECLINED, ENTRY_WAITING);
    if (show_lock(db, queue->show, &lock, NULL) != RC_OK)
        return false;
    change_journal(&change, db, &lock, &ask, "leave");
    sql_run0(db, "UPDATE waiting_list SET state = 'waiting' WHERE id = 1");
    return true;
}

static void check__declined_entry_moves_without_an_undo__is_found(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    char first[160] = "";

    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    assert_true(check_books_moves(queue->box.db, first, sizeof first));
    assert_int_equal(sql_tx(queue->box.db, bring_back, queue), SQL_OK);
    assert_false(check_books_moves(queue->box.db, first, sizeof first));
    assert_non_null(strstr(first, "entries 1 was declined, the row has it waiting"));
    queue->box.unchecked = true;
}

/* --- amend ------------------------------------------------------------------------------------ */

static void amend__everything__keeps_the_place_and_journals_no_name(void **state)
{
    struct queue *queue = *state;
    entry_id entry;
    struct amend_request request;
    struct waiting_row row;

    queue_sell_out(queue);
    entry = queue_join(queue, "Ødegård, Kari", 2, FIT_TOGETHER);
    (void)queue_join(queue, "Second", 2, FIT_TOGETHER);
    request = as_it_is(queue, entry, ENTRY_WAITING, "");
    request.party = 4;
    request.fit = FIT_PAIRS;
    request.wheelchairs = 1;
    request.present = 1;
    (void)snprintf(request.name, sizeof request.name, "  Nguyen  Thi Lan");
    (void)snprintf(request.phone, sizeof request.phone, "+47 99 88 77 66");
    (void)snprintf(request.zone, sizeof request.zone, "raised");
    (void)snprintf(request.note, sizeof request.note, "by the door");
    assert_int_equal(amend(queue, &request), RC_OK);
    row = queue_row(queue, entry, ENTRY_WAITING, "");
    assert_int_equal(row.position, 1);
    assert_int_equal(row.party, 4);
    assert_int_equal(row.fit, FIT_PAIRS);
    assert_int_equal(row.wheelchairs, 1);
    assert_true(row.present);
    assert_string_equal(row.name, "Nguyen Thi Lan");
    assert_string_equal(row.phone, "+47 99 88 77 66");
    assert_string_equal(row.zone, "raised");
    assert_string_equal(row.note, "by the door");
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM journal WHERE what = 'amend'"
                                         " AND before LIKE '%\"party\":2%'"
                                         " AND after LIKE '%\"party\":4%'"),
                     1);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM journal WHERE after LIKE '%Nguyen%'"
                                         " OR before LIKE '%Kari%' OR after LIKE '%door%'"),
                     0);
}

static void amend__with_an_open_offer__keeps_its_size_but_takes_a_new_name(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    struct amend_request request = as_it_is(queue, entry, ENTRY_OFFERED, "B1 B2");

    request.party = 3;
    assert_int_equal(amend(queue, &request), RC_WRONG_STATE);
    assert_non_null(strstr(queue->why.text, "2 seats are offered"));
    request.party = 2;
    (void)snprintf(request.name, sizeof request.name, "Lan");
    assert_int_equal(amend(queue, &request), RC_OK);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM reservations WHERE state = 'offered'"
                                         " AND name = 'Lan' AND name_key = 'lan'"),
                     1);
}

static void amend__bad_wish_or_taken_phone__changes_nothing(void **state)
{
    struct queue *queue = *state;
    entry_id entry, other;
    struct amend_request good, bad;

    queue_sell_out(queue);
    entry = queue_join(queue, "Anna", 2, FIT_ANY);
    other = queue_join(queue, "Berit", 2, FIT_ANY);
    good = as_it_is(queue, entry, ENTRY_WAITING, "");
    bad = good, bad.party = 21;
    assert_int_equal(amend(queue, &bad), RC_BAD_INPUT);
    bad = good, bad.name[0] = '\0';
    assert_int_equal(amend(queue, &bad), RC_BAD_INPUT);
    bad = good, (void)snprintf(bad.zone, sizeof bad.zone, "balcony");
    assert_int_equal(amend(queue, &bad), RC_NOT_FOUND);
    bad = good, (void)snprintf(bad.phone, sizeof bad.phone, "%s",
                               queue_row(queue, other, ENTRY_WAITING, "").phone);
    assert_int_equal(amend(queue, &bad), RC_EXISTS);
    assert_int_equal(amend(queue, &good), RC_OK); /* its own phone is no other's */
    assert_int_equal(queue_entry(queue, &verb_leave, entry), RC_OK);
    good.ask = box_ask(&queue->box);
    assert_int_equal(amend(queue, &good), RC_WRONG_STATE);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM journal WHERE what = 'amend'"), 0);
}

static void amend__smaller_party__is_served_with_what_is_there(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id entry;
    struct amend_request request;

    queue_sell_out(queue);
    entry = queue_join(queue, "Anna", 4, FIT_TOGETHER);
    queue_cancel(queue, pair);
    assert_int_equal(queue_assign(queue, 0).offered, 0);
    request = as_it_is(queue, entry, ENTRY_WAITING, "");
    assert_true(queue_row(queue, entry, ENTRY_WAITING, "").reason[0] != '\0');
    request.party = 2;
    assert_int_equal(amend(queue, &request), RC_OK);
    assert_string_equal(queue_row(queue, entry, ENTRY_WAITING, "").reason, "");
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, entry, ENTRY_OFFERED, "B1 B2");
}

/* --- where seats came from -------------------------------------------------------------------- */

static struct origin source_of(struct queue *queue, const char *label)
{
    struct origin source;

    origin_read(queue->box.db, queue->show, label, queue->box.now, &source);
    return source;
}

static void source__refund_then_decline__names_each(void **state)
{
    struct queue *queue = *state;
    entry_id entry = queue_offer(queue);
    entry_id next = queue_join(queue, "Next", 2, FIT_TOGETHER);
    struct origin source = source_of(queue, "B1");

    assert_int_equal(source.kind, ORIGIN_REFUND);
    assert_string_equal(source.terminal, "counter-1");
    assert_int_equal(source.at, queue->box.now);
    assert_int_equal(source_of(queue, "C1").kind, ORIGIN_UNKNOWN);
    assert_int_equal(queue_entry(queue, &verb_decline, entry), RC_OK);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    assert_int_equal(source_of(queue, "B2").kind, ORIGIN_DECLINED);
    queue->box.now = queue_row(queue, next, ENTRY_OFFERED, "B1 B2").deadline;
    (void)queue_assign(queue, 0);
    source = source_of(queue, "B2");
    assert_int_equal(source.kind, ORIGIN_LAPSED);
    assert_string_equal(source.terminal, "");
}

#define UNDO(name) cmocka_unit_test_setup_teardown(name, queue_setup, queue_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNDO(undo__decline__offers_the_same_seats_with_a_fresh_deadline),
        UNDO(undo__only_party_declined__takes_the_free_seats_again),
        UNDO(undo__seats_sold_meanwhile__waits_again),
        UNDO(undo__no_answer__is_offered_again_and_not_counted),
        UNDO(undo__left_the_list__stands_at_its_own_place),
        UNDO(undo__later_party_served_since__is_refused),
        UNDO(undo__of_another_terminal__is_refused_and_names_it),
        UNDO(undo__phone_has_joined_again__is_refused),
        UNDO(undo__accepted_or_nothing_done__is_refused),
        UNDO(undo__key_again__gives_the_first_result),
        UNDO(check__declined_entry_moves_without_an_undo__is_found),
        UNDO(amend__everything__keeps_the_place_and_journals_no_name),
        UNDO(amend__with_an_open_offer__keeps_its_size_but_takes_a_new_name),
        UNDO(amend__bad_wish_or_taken_phone__changes_nothing),
        UNDO(amend__smaller_party__is_served_with_what_is_there),
        UNDO(source__refund_then_decline__names_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
