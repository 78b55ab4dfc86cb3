/* Assigning: who gets which seats, when, and that nothing happens twice. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/lease.h"
#include "core/desk/tidy.h"
#include "tests/kit/queue.h"

static bool told(const struct assign_reply *reply, enum hint_kind kind)
{
    for (int32_t i = 0; i < reply->told.n; i++)
        if (reply->told.hints[i].kind == (int32_t)kind)
            return true;
    return false;
}

/* What would show that anything was written. */
static int64_t writes(struct queue *queue)
{
    return queue_number(queue, "SELECT (SELECT rev FROM shows WHERE id = 1) * 1000000"
                               " + (SELECT count(*) FROM journal) * 1000"
                               " + (SELECT beat FROM leases)");
}

static void assign__returned_seats__go_to_the_first_that_fits(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id four, two, later;
    struct assign_reply reply;

    queue_sell_out(queue);
    four = queue_join(queue, "Four", 4, FIT_TOGETHER);
    two = queue_join(queue, "Two", 2, FIT_TOGETHER);
    later = queue_join(queue, "Later", 2, FIT_TOGETHER);
    queue_cancel(queue, pair);
    queue_expect(queue, "B1 B2", "returned");
    reply = queue_assign(queue, 0);
    assert_int_equal(reply.offered, 1);
    assert_int_equal(reply.freed, 0);
    assert_true(told(&reply, HINT_SEATS) && told(&reply, HINT_LIST));
    queue_expect(queue, "B1 B2", "reserved");
    assert_int_equal(queue_row(queue, two, ENTRY_OFFERED, "B1 B2").total, 2000);
    queue_row(queue, later, ENTRY_WAITING, "");
    assert_true(queue_row(queue, four, ENTRY_WAITING, "").reason[0] != '\0');
    assert_int_equal(queue_row(queue, four, ENTRY_WAITING, "").passes, 1);
}

static void assign__free_seats__are_used_alike(void **state)
{
    struct queue *queue = *state;
    entry_id two = queue_join(queue, "Two", 2, FIT_TOGETHER);

    assert_int_equal(queue_assign(queue, 0).offered, 1);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM claims WHERE state = 'reserved'"),
                     2);
    assert_int_equal(queue_number(queue, "SELECT state = 'offered' FROM waiting_list"), 1);
    (void)two;
}

static void assign__whole_parties_only(void **state)
{
    struct queue *queue = *state;
    reservation_id apart = queue_sell(queue, "B1 C1 D1");
    entry_id together, any;

    queue_sell_out(queue);
    together = queue_join(queue, "Together", 3, FIT_TOGETHER);
    queue_cancel(queue, apart);
    assert_int_equal(queue_assign(queue, 0).freed, 3); /* nobody fits: free for walk-ups */
    queue_expect(queue, "B1 C1 D1", "free");
    any = queue_join(queue, "Any", 3, FIT_ANY);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, any, ENTRY_OFFERED, "B1 C1 D1");
    queue_row(queue, together, ENTRY_WAITING, "");
}

static void assign__nothing_to_do__writes_nothing(void **state)
{
    struct queue *queue = *state;
    int64_t before;
    struct assign_reply reply;

    queue_sell_out(queue);
    before = writes(queue);
    reply = queue_assign(queue, 0); /* nobody waits */
    assert_int_equal(reply.told.n, 0);
    assert_int_equal(writes(queue), before);
    (void)queue_join(queue, "Four", 4, FIT_TOGETHER);
    (void)queue_assign(queue, 0); /* tells why not */
    before = writes(queue);
    reply = queue_assign(queue, 0);
    assert_int_equal(reply.told.n, 0);
    assert_int_equal(reply.offered + reply.freed, 0);
    assert_int_equal(writes(queue), before);
}

static void assign__zone_and_wheelchair__are_kept_to(void **state)
{
    struct queue *queue = *state;
    struct wait_request raised = queue_wish(queue, "Raised", 2, FIT_TOGETHER);
    struct wait_request wheels = queue_wish(queue, "Wheels", 2, FIT_TOGETHER);
    struct entry_reply reply;
    entry_id upper, chair;

    (void)snprintf(raised.zone, sizeof raised.zone, "raised");
    wheels.wheelchairs = 1;
    assert_int_equal(queue_do(queue, &verb_wait, &raised, &reply), RC_OK);
    upper = reply.entry;
    assert_int_equal(queue_do(queue, &verb_wait, &wheels, &reply), RC_OK);
    chair = reply.entry;
    assert_int_equal(queue_assign(queue, 0).offered, 2);
    queue_row(queue, chair, ENTRY_OFFERED, "A1 A2");
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM claims c JOIN seats s"
                                         " ON s.id = c.seat_id WHERE s.zone = 'raised'"),
                     2);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM waiting_list"
                                         " WHERE state = 'offered'"),
                     2);
    (void)upper;
}

/* Gives two seats back and lets a party of two have them for good. */
static void serve_pair(struct queue *queue, reservation_id pair, const char *name)
{
    struct accept_request accept = {
        .entry = queue_join(queue, name, 2, FIT_TOGETHER), .expected = -1, .n_tenders = 1};
    struct booking_reply reply;

    queue_cancel(queue, pair);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    accept.ask = box_ask(&queue->box);
    accept.tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    assert_int_equal(queue_do(queue, &verb_accept, &accept, &reply), RC_OK);
}

static void assign__passed_over_twice__seats_are_kept(void **state)
{
    struct queue *queue = *state;
    reservation_id first = queue_sell(queue, "C1 C2");
    reservation_id second = queue_sell(queue, "C3 C4");
    reservation_id third = queue_sell(queue, "D1 D2 D3");
    reservation_id fourth = queue_sell(queue, "D4");
    entry_id four, single;

    queue_sell_out(queue);
    four = queue_join(queue, "Four", 4, FIT_TOGETHER);
    serve_pair(queue, first, "One");
    serve_pair(queue, second, "Other");
    assert_int_equal(queue_row(queue, four, ENTRY_WAITING, "").passes, 2);
    /* Three come back beside a fourth: they are kept for the four, from others and walk-ups. */
    single = queue_join(queue, "Single", 1, FIT_ANY);
    queue_cancel(queue, third);
    assert_int_equal(queue_assign(queue, 0).offered, 0);
    queue_expect(queue, "D1 D2 D3", "returned");
    assert_int_equal(queue_row(queue, four, ENTRY_WAITING, "").kept, 3);
    queue_row(queue, single, ENTRY_WAITING, "");
    /* The fourth completes the block. */
    queue_cancel(queue, fourth);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, four, ENTRY_OFFERED, "D1 D2 D3 D4");
}

static void assign__kept_seats__are_open_again_an_hour_before(void **state)
{
    struct queue *queue = *state;
    reservation_id first = queue_sell(queue, "C1 C2");
    reservation_id second = queue_sell(queue, "C3 C4");
    reservation_id third = queue_sell(queue, "D1 D2 D3");
    entry_id single, four;

    queue_sell_out(queue);
    four = queue_join(queue, "Four", 4, FIT_TOGETHER);
    serve_pair(queue, first, "One");
    serve_pair(queue, second, "Other");
    single = queue_join(queue, "Single", 1, FIT_ANY);
    queue_cancel(queue, third);
    (void)queue_assign(queue, 0);
    assert_int_equal(queue_row(queue, four, ENTRY_WAITING, "").kept, 3);
    queue->box.now = queue->starts_at - 61 * WHEN_MINUTE;
    (void)queue_assign(queue, 0);
    queue_row(queue, single, ENTRY_WAITING, "");
    queue->box.now = queue->starts_at - 60 * WHEN_MINUTE;
    (void)queue_assign(queue, 0);
    assert_int_equal(queue_row(queue, four, ENTRY_WAITING, "").kept, 0);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM waiting_list WHERE name = 'Single'"
                                         " AND state = 'offered'"),
                     1);
}

static void assign__kept_for_a_party_that_left__are_everyones(void **state)
{
    struct queue *queue = *state;
    reservation_id first = queue_sell(queue, "C1 C2");
    reservation_id second = queue_sell(queue, "C3 C4");
    reservation_id third = queue_sell(queue, "D1 D2 D3");
    entry_id four;

    queue_sell_out(queue);
    four = queue_join(queue, "Four", 4, FIT_TOGETHER);
    serve_pair(queue, first, "One");
    serve_pair(queue, second, "Other");
    (void)queue_join(queue, "Single", 1, FIT_ANY);
    queue_cancel(queue, third);
    (void)queue_assign(queue, 0);
    assert_int_equal(queue_entry(queue, &verb_leave, four), RC_OK);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM claims WHERE entry_id IS NOT NULL"),
                     0);
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM claims WHERE state = 'returned'"),
                     0);
}

static void assign__strict__the_head_blocks(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id four, two;

    queue_sell_out(queue);
    four = queue_join(queue, "Four", 4, FIT_TOGETHER);
    two = queue_join(queue, "Two", 2, FIT_TOGETHER);
    queue_cancel(queue, pair);
    assert_int_equal(queue_assign(queue, 1).offered, 0);
    queue_row(queue, two, ENTRY_WAITING, "");
    queue_expect(queue, "B1 B2", "returned"); /* no walk-up goes before the list */
    assert_int_equal(queue_entry(queue, &verb_leave, four), RC_OK);
    assert_int_equal(queue_assign(queue, 1).offered, 1);
    queue_row(queue, two, ENTRY_OFFERED, "B1 B2");
}

static void assign__priority__goes_first(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id first, second;

    queue_sell_out(queue);
    first = queue_join(queue, "First", 2, FIT_TOGETHER);
    second = queue_join(queue, "Second", 2, FIT_TOGETHER);
    queue_cancel(queue, pair);
    /* A manager's verb comes later; the column is there. */
    queue_write(queue, "UPDATE waiting_list SET priority = 1 WHERE name = 'Second'");
    assert_int_equal(queue_assign(queue, 0).offered, 1);
    queue_row(queue, first, ENTRY_WAITING, "");
    queue_row(queue, second, ENTRY_OFFERED, "B1 B2");
}

static void assign__under_30_minutes__who_is_present_goes_first(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    reservation_id other = queue_sell(queue, "C1 C2");
    entry_id first, second, third;
    struct entry_request present = {.present = 1};
    struct entry_reply reply;

    queue_sell_out(queue);
    first = queue_join(queue, "First", 2, FIT_TOGETHER);
    second = queue_join(queue, "Second", 2, FIT_TOGETHER);
    third = queue_join(queue, "Third", 2, FIT_TOGETHER);
    present.ask = box_ask(&queue->box);
    present.entry = third;
    assert_int_equal(queue_do(queue, &verb_present, &present, &reply), RC_OK);
    queue->box.now = queue->starts_at - 30 * WHEN_MINUTE - 1;
    queue_cancel(queue, pair);
    (void)queue_assign(queue, 0);
    queue_row(queue, first, ENTRY_OFFERED, "B1 B2");
    queue->box.now = queue->starts_at - 30 * WHEN_MINUTE;
    queue_cancel(queue, other);
    (void)queue_assign(queue, 0);
    queue_row(queue, third, ENTRY_OFFERED, "C1 C2");
    queue_row(queue, second, ENTRY_WAITING, "");
}

static void assign__no_time_for_an_offer__frees_the_seats(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    entry_id two;

    queue_sell_out(queue);
    two = queue_join(queue, "Two", 2, FIT_TOGETHER);
    queue->box.now = queue->starts_at - 13 * WHEN_MINUTE + 1;
    queue_cancel(queue, pair);
    queue_expect(queue, "B1 B2", "returned");
    assert_int_equal(queue_assign(queue, 0).freed, 2);
    queue_expect(queue, "B1 B2", "free");
    queue_row(queue, two, ENTRY_WAITING, "");
}

static void liveness__without_an_assigner__returned_seats_sell_10_minutes_before(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");

    queue_sell_out(queue);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    queue_cancel(queue, pair);
    queue_expect(queue, "B1 B2", "returned");
    queue->box.now = queue->starts_at - 10 * WHEN_MINUTE;
    (void)queue_sell(queue, "B1 B2");
    queue_expect(queue, "B1 B2", "sold");
}

static void assign__past_the_sale_stop__closes_the_list(void **state)
{
    struct queue *queue = *state;
    entry_id entry;
    show_id shows[4];

    queue_sell_out(queue);
    entry = queue_join(queue, "Two", 2, FIT_TOGETHER);
    queue->box.now = queue->starts_at + 20 * WHEN_MINUTE;
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 1);
    (void)queue_assign(queue, 0);
    queue_row(queue, entry, ENTRY_CLOSED, "");
    assert_int_equal(queue_number(queue, "SELECT state = 'closed' FROM waiting_list"), 1);
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 0);
}

static void assign_list__names_shows_with_waiting_and_open_seats(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    show_id shows[4];

    queue_sell_out(queue);
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 0);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 0);
    queue_cancel(queue, pair);
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 1);
    assert_int_equal(shows[0].n, queue->show.n);
    (void)queue_assign(queue, 0);
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 0);
    /* That the offer has run out is for tidying to find; assigning comes after it. */
    queue->box.now += 30 * WHEN_MINUTE;
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 0);
    assert_int_equal(tidy_list(queue->box.db, queue->box.now, shows, 4), 1);
}

/* Asks to assign in a term and returns the code of the answer. */
static enum rc assign_in(struct queue *queue, int64_t term)
{
    struct assign_request request = {
        .ask = box_ask(&queue->box), .show = queue->show, .term = term};
    struct assign_reply reply;

    return queue_do(queue, &verb_assign, &request, &reply);
}

static void take_lease(struct queue *queue, const char *terminal, const char *session)
{
    struct lease_request request = {.ask = box_ask(&queue->box)};
    struct lease_reply reply;
    struct lease_row row;

    assert_int_equal(lease_read(queue->box.db, &row, NULL), RC_OK);
    request.seen_term = row.term;
    request.seen_beat = row.beat;
    (void)snprintf(request.session, sizeof request.session, "%s", session);
    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "%s", terminal);
    assert_int_equal(queue_do(queue, &verb_lease_take, &request, &reply), RC_OK);
}

static void fault_010__paused_holder_revived__assigns_nothing(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    int64_t before;

    queue_sell_out(queue);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    queue_cancel(queue, pair);
    take_lease(queue, "counter-9", "other"); /* while this one was stopped */
    before = writes(queue);
    assert_int_equal(assign_in(queue, queue->term), RC_LEASED);
    assert_non_null(strstr(queue->why.text, "counter-9"));
    assert_int_equal(writes(queue), before);
    queue_expect(queue, "B1 B2", "returned");
    assert_int_equal(assign_in(queue, queue->term + 1), RC_OK);
    queue_expect(queue, "B1 B2", "reserved");
}

static void fault_065__nobody_holds_the_lease__any_terminal_may_take_it(void **state)
{
    struct queue *queue = *state;
    struct lease_request yield = {.ask = box_ask(&queue->box), .session = "test"};
    struct lease_reply given;
    reservation_id pair = queue_sell(queue, "B1 B2");

    queue_sell_out(queue);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    assert_int_equal(queue_do(queue, &verb_lease_yield, &yield, &given), RC_OK);
    queue_cancel(queue, pair);
    queue_expect(queue, "B1 B2", "returned"); /* pending, and nobody snatches them */
    take_lease(queue, "counter-3", "by hand");
    assert_int_equal(assign_in(queue, queue->term + 1), RC_OK);
    queue_expect(queue, "B1 B2", "reserved");
}

/* A process of its own with a connection of its own. */
static pid_t in_child(struct queue *queue, void (*work)(struct queue *))
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    queue->box.db = box_connect(&queue->box);
    queue->box.asks += 1000 * (int32_t)getpid(); /* keys and random bits of its own */
    work(queue);
    _exit(0);
}

static void assign_often(struct queue *queue)
{
    for (int i = 0; i < 20; i++)
        (void)assign_in(queue, queue->term);
}

/* Every entry has at most one offer ever, every seat one claim: box_fini checks the rest. */
static void expect_one_offer_each(struct queue *queue, int64_t offers)
{
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM calls"), offers);
    assert_int_equal(queue_number(queue, "SELECT count(*) FROM (SELECT entry_id FROM calls"
                                         " GROUP BY entry_id HAVING count(*) > 1) AS doubles"),
                     0);
}

static void fault_066__two_processes_assign_at_once__no_double(void **state)
{
    struct queue *queue = *state;
    pid_t children[4];

    for (int i = 0; i < 10; i++) {
        char name[24];

        (void)snprintf(name, sizeof name, "Party %d", i);
        (void)queue_join(queue, name, 2, FIT_TOGETHER);
    }
    for (int i = 0; i < 4; i++)
        children[i] = in_child(queue, assign_often);
    for (int i = 0; i < 4; i++)
        assert_int_equal(kit_reap(children[i], 20000), 0);
    expect_one_offer_each(queue, 10);
}

/* Ten seats free, ten entries of one: the child is killed somewhere in the middle of it. */
static void fault_005__holder_killed_while_assigning__successor_finishes_once(void **state)
{
    struct queue *queue = *state;
    uint64_t seed = kit_seed();

    for (int round = 0; round < 12; round++) {
        char name[24];
        pid_t child;

        (void)snprintf(name, sizeof name, "Party %d", round);
        (void)queue_join(queue, name, 2, FIT_TOGETHER);
        child = in_child(queue, assign_often);
        /* Anywhere in its work: no state to wait for, the moment is random. */
        (void)poll(NULL, 0, (int)kit_below(&seed, 4));
        (void)kill(child, SIGKILL);
        (void)kit_reap(child, 5000);
        take_lease(queue, "successor", "successor");
        queue->term++;
        assert_int_equal(assign_in(queue, queue->term), RC_OK);
        expect_one_offer_each(queue, round + 1);
        box_check(&queue->box);
    }
}

static void fault_004__committed_but_not_published__the_timer_assigns(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    show_id shows[4];

    queue_sell_out(queue);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    queue_cancel(queue, pair); /* and dies: no hint goes out */
    assert_int_equal(assign_list(queue->box.db, queue->box.now, shows, 4), 1);
    assert_int_equal(assign_in(queue, queue->term), RC_OK);
    queue_expect(queue, "B1 B2", "reserved");
}

/* Tries to snatch B1 as fast as it can; ends with 1 when it ever succeeds. */
static void walk_up(struct queue *queue)
{
    for (int i = 0; i < 300; i++) {
        struct book_request request = {
            .ask = box_ask(&queue->box), .show = queue->show, .n = 1, .expected = -1};
        struct booking_reply reply;

        request.seats[0] = box_seat(&queue->box, queue->hall, "B1");
        if (queue_do(queue, &verb_sell, &request, &reply) != RC_TAKEN)
            _exit(1);
    }
}

static void fault_052__walk_up_against_the_list__the_list_wins(void **state)
{
    struct queue *queue = *state;
    reservation_id pair = queue_sell(queue, "B1 B2");
    pid_t child;

    queue_sell_out(queue);
    (void)queue_join(queue, "Two", 2, FIT_TOGETHER);
    child = in_child(queue, walk_up);
    queue_cancel(queue, pair);
    assert_int_equal(assign_in(queue, queue->term), RC_OK);
    assert_int_equal(kit_reap(child, 20000), 0);
    queue_expect(queue, "B1 B2", "reserved");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, queue_setup, queue_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(assign__returned_seats__go_to_the_first_that_fits),
        TEST(assign__free_seats__are_used_alike),
        TEST(assign__whole_parties_only),
        TEST(assign__nothing_to_do__writes_nothing),
        TEST(assign__zone_and_wheelchair__are_kept_to),
        TEST(assign__passed_over_twice__seats_are_kept),
        TEST(assign__kept_seats__are_open_again_an_hour_before),
        TEST(assign__kept_for_a_party_that_left__are_everyones),
        TEST(assign__strict__the_head_blocks),
        TEST(assign__priority__goes_first),
        TEST(assign__under_30_minutes__who_is_present_goes_first),
        TEST(assign__no_time_for_an_offer__frees_the_seats),
        TEST(liveness__without_an_assigner__returned_seats_sell_10_minutes_before),
        TEST(assign__past_the_sale_stop__closes_the_list),
        TEST(assign_list__names_shows_with_waiting_and_open_seats),
        TEST(fault_010__paused_holder_revived__assigns_nothing),
        TEST(fault_065__nobody_holds_the_lease__any_terminal_may_take_it),
        TEST(fault_066__two_processes_assign_at_once__no_double),
        TEST(fault_005__holder_killed_while_assigning__successor_finishes_once),
        TEST(fault_004__committed_but_not_published__the_timer_assigns),
        TEST(fault_052__walk_up_against_the_list__the_list_wins),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
