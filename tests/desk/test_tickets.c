/* Tickets: serials without gaps, printed anew, torn, dead, and the door. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/digest.h"
#include "core/desk/tickets.h"
#include "core/rules/scan.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

#define LIVE    "SELECT count(*) FROM tickets WHERE state = 'live'"
#define SERIALS "SELECT last FROM ticket_serials"

static struct ticket_request about(struct counter *c, reservation_id sale, const char *seats)
{
    struct ticket_request request = {.ask = counter_ask(c, NULL, "counter-1"), .reservation = sale};

    request.n = counter_seats(c, seats, request.seats);
    return request;
}

static struct ticket_reply issue(struct counter *c, reservation_id sale)
{
    struct ticket_request request = about(c, sale, "");
    struct ticket_reply reply;

    if (counter_do(c, &verb_issue, &request, &reply) != RC_OK)
        fail_msg("%s", c->why.text);
    return reply;
}

static void print(struct counter *c, const struct ticket_reply *tickets, enum ticket_print outcome)
{
    struct printed_request request = {
        .ask = counter_ask(c, NULL, "counter-1"), .n = tickets->n, .print = (int32_t)outcome};
    struct printed_reply reply;

    memcpy(request.serials, tickets->serials, sizeof request.serials);
    assert_int_equal(counter_do(c, &verb_printed, &request, &reply), RC_OK);
    assert_int_equal(reply.n, tickets->n);
}

static enum rc reprint(struct counter *c, reservation_id sale, const char *seats,
                       const char *reason, struct ticket_reply *reply)
{
    struct ticket_request request = about(c, sale, seats);

    (void)snprintf(request.reason, sizeof request.reason, "%s", reason);
    return counter_do(c, &verb_reprint, &request, reply);
}

static enum rc come(struct counter *c, int64_t serial, const char *code,
                    struct check_in_reply *reply)
{
    struct check_in_request request = {.ask = counter_ask(c, NULL, "door-1"), .serial = serial};

    (void)snprintf(request.code, sizeof request.code, "%s", code);
    return counter_do(c, &verb_check_in, &request, reply);
}

static void issue__twice__gives_serials_once(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4 C1");
    struct ticket_reply first = issue(c, sold.reservation);
    struct ticket_reply again = issue(c, sold.reservation);

    assert_int_equal(first.made, 3);
    assert_int_equal(first.n, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(first.serials[i], i + 1);
    assert_string_equal(first.code, sold.code);
    assert_int_equal(again.made, 0);
    assert_int_equal(again.n, 0);
    assert_int_equal(counter_number(c, SERIALS), 3);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'issue'"), 1);
}

static void issue__same_key__gives_the_first_result(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct ticket_request request = about(c, sold.reservation, "");
    struct ticket_reply one, two;

    assert_int_equal(counter_do(c, &verb_issue, &request, &one), RC_OK);
    assert_int_equal(counter_do(c, &verb_issue, &request, &two), RC_OK);
    assert_int_equal(two.n, 2);
    assert_memory_equal(one.serials, two.serials, sizeof one.serials);
    assert_int_equal(counter_number(c, SERIALS), 2);
}

static void issue__not_paid__is_refused_and_takes_no_serial(void **state)
{
    struct counter *c = *state;
    struct booking_reply kept = counter_reserve(c, "B3");
    struct ticket_request request = about(c, kept.reservation, "");
    struct ticket_reply reply;

    assert_int_equal(counter_do(c, &verb_issue, &request, &reply), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "not yet paid"));
    assert_int_equal(counter_number(c, SERIALS), 0);
}

static void fault_087__print_failed__comes_again_under_its_serial(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct ticket_reply first = issue(c, sold.reservation);
    struct ticket_reply again;

    print(c, &first, PRINT_FAILED);
    again = issue(c, sold.reservation);
    assert_int_equal(again.made, 0);
    assert_int_equal(again.n, 2);
    assert_int_equal(again.serials[1], first.serials[1]);
    print(c, &again, PRINT_PRINTED);
    assert_int_equal(issue(c, sold.reservation).n, 0);
}

/* Nobody knows whether they came out: they are printed anew, marked. */
static void fault_003__printing_never_reported__needs_a_reprint(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    struct ticket_reply reply;

    issue(c, sold.reservation);
    assert_int_equal(issue(c, sold.reservation).n, 0);
    assert_int_equal(reprint(c, sold.reservation, "", "the terminal died", &reply), RC_OK);
    assert_int_equal(reply.serials[0], 2);
    assert_int_equal(counter_number(c, "SELECT copies FROM tickets WHERE serial = 2"), 1);
}

static void reprint__needs_a_reason__kills_the_old_one(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct ticket_reply first = issue(c, sold.reservation);
    struct ticket_reply anew;
    struct check_in_reply door;

    print(c, &first, PRINT_PRINTED);
    assert_int_equal(reprint(c, sold.reservation, "B4", "", &anew), RC_REFUSED);
    assert_int_equal(reprint(c, sold.reservation, "B4", "4111 1111 1111 1111", &anew),
                     RC_BAD_INPUT);
    assert_int_equal(reprint(c, sold.reservation, "C1", "lost", &anew), RC_NOT_FOUND);
    assert_int_equal(counter_number(c, SERIALS), 2);
    assert_int_equal(reprint(c, sold.reservation, "B4", "lost", &anew), RC_OK);
    assert_int_equal(anew.n, 1);
    assert_int_equal(anew.serials[0], 3);
    assert_int_equal(come(c, first.serials[1], sold.code, &door), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "ticket 2 is dead: it was printed anew as 3 at 13:00"));
    assert_int_equal(come(c, 3, sold.code, &door), RC_OK);
    assert_string_equal(door.labels[0], "B4");
    assert_int_equal(reprint(c, sold.reservation, "B4", "lost again", &anew), RC_OK);
    assert_int_equal(counter_number(c, "SELECT copies FROM tickets WHERE serial = 4"), 2);
    /* what was let in is not let in by its copy */
    assert_int_equal(come(c, 4, sold.code, &door), RC_WRONG_STATE);
}

static void torn__here_and_at_once__prints_again_unmarked(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct ticket_reply first = issue(c, sold.reservation);
    struct ticket_request torn = about(c, sold.reservation, "B4");
    struct ticket_reply again;

    assert_int_equal(counter_do(c, &verb_torn, &torn, &again), RC_REFUSED);
    print(c, &first, PRINT_PRINTED);
    torn.ask = counter_ask(c, NULL, "counter-2");
    assert_int_equal(counter_do(c, &verb_torn, &torn, &again), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "printed on counter-1"));
    torn.ask = counter_ask(c, NULL, "counter-1");
    assert_int_equal(counter_do(c, &verb_torn, &torn, &again), RC_OK);
    assert_int_equal(again.n, 1);
    assert_int_equal(again.serials[0], 2);
    assert_int_equal(again.made, 0);
    print(c, &again, PRINT_PRINTED);
    c->box.now += TICKET_TORN_MS + 1;
    torn.ask = counter_ask(c, NULL, "counter-1");
    assert_int_equal(counter_do(c, &verb_torn, &torn, &again), RC_TOO_LATE);
    assert_int_equal(counter_number(c, "SELECT torn FROM tickets WHERE serial = 2"), 1);
    assert_int_equal(counter_number(c, "SELECT copies FROM tickets WHERE serial = 2"), 0);
}

static void cancel__seat_given_back__its_ticket_is_dead(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .reservation = sold.reservation};
    struct booking_reply back;
    struct check_in_reply door;

    issue(c, sold.reservation);
    cancel.n = counter_seats(c, "B4", cancel.seats);
    assert_int_equal(counter_do(c, &verb_cancel, &cancel, &back), RC_OK);
    assert_int_equal(counter_number(c, LIVE), 1);
    assert_int_equal(come(c, 2, sold.code, &door), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "ticket 2 is dead: its seat was given back at 13:00"));
    assert_string_equal(door.title, "Ran");
    sold = counter_sell(c, "B4"); /* the seat may have a new one */
    assert_int_equal(issue(c, sold.reservation).serials[0], 3);
}

static void show_cancel__all_its_tickets__are_dead(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct show_cancel_request cancel = {.ask = counter_ask(c, NULL, "counter-1"), .show = c->show};
    struct show_reply reply;
    struct check_in_reply door;

    issue(c, sold.reservation);
    assert_int_equal(counter_do(c, &verb_show_cancel, &cancel, &reply), RC_OK);
    assert_int_equal(counter_number(c, LIVE), 0);
    assert_int_equal(come(c, 1, sold.code, &door), RC_REFUSED);
}

static void check_in__second_time__says_when_and_where(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4");
    struct check_in_reply door;

    issue(c, sold.reservation);
    assert_int_equal(come(c, 1, sold.code, &door), RC_OK);
    assert_int_equal(door.n, 1);
    assert_string_equal(door.labels[0], "B3");
    assert_string_equal(door.hall, "Small");
    c->box.now += 3 * WHEN_MINUTE;
    assert_int_equal(come(c, 1, sold.code, &door), RC_WRONG_STATE);
    assert_non_null(
        strstr(c->why.text, "ticket 1, B3, was used already: Mon 23 Nov 13:00, door-1"));
    assert_int_equal(door.used_at, BOX_NOW);
    assert_string_equal(door.used_on, "door-1");
    assert_int_equal(come(c, 7, sold.code, &door), RC_NOT_FOUND);
    assert_int_equal(come(c, 2, "NOCODE", &door), RC_NOT_FOUND);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'check_in'"), 1);
}

/* A venue without a printer lets in by the code. */
static void check_in__by_code__lets_the_whole_party_in_once(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 B4 C1");
    struct booking_reply kept = counter_reserve(c, "C2");
    struct check_in_reply door;

    assert_int_equal(come(c, 0, sold.code, &door), RC_OK);
    assert_int_equal(door.n, 3);
    assert_string_equal(door.labels[2], "C1");
    assert_int_equal(come(c, 0, sold.code, &door), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "was used already"));
    assert_int_equal(come(c, 0, kept.code, &door), RC_WRONG_STATE);
    assert_non_null(strstr(c->why.text, "not yet paid"));
}

static void check_in__another_day_or_over__is_refused(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    struct check_in_reply door;

    issue(c, sold.reservation);
    c->box.now = COUNTER_STARTS - 24 * WHEN_HOUR;
    assert_int_equal(come(c, 1, sold.code, &door), RC_REFUSED);
    assert_non_null(strstr(c->why.text, "not today: it is for Mon 23 Nov 17:00"));
    c->box.now = COUNTER_STARTS + 2 * WHEN_HOUR;
    assert_int_equal(come(c, 1, sold.code, &door), RC_TOO_LATE);
    assert_int_equal(counter_number(c, LIVE), 1);
}

static void door__text_or_code__is_read(void **state)
{
    struct check_in_request request;
    struct fault why;
    char text[SCAN_SIZE];

    (void)state;
    assert_true(scan_make(12, "K4M7TX", text));
    assert_int_equal(check_in_text(text, &request, &why), RC_OK);
    assert_int_equal(request.serial, 12);
    assert_string_equal(request.code, "K4M7TX");
    assert_int_equal(check_in_text(" k4m 7tx ", &request, &why), RC_OK);
    assert_int_equal(request.serial, 0);
    assert_string_equal(request.code, "K4M7TX");
    text[5] = '9';
    assert_int_equal(check_in_text(text, &request, &why), RC_BAD_INPUT);
    assert_int_equal(check_in_text("", &request, &why), RC_BAD_INPUT);
}

static void sheet__sale__has_what_is_printed(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3 C1");
    struct ticket_sheet *sheet = NULL;

    assert_int_equal(tickets_read(c->box.db, sold.reservation, &sheet, &c->why), RC_OK);
    assert_int_equal(sheet->tickets[1].serial, 0);
    assert_int_equal(sheet->tickets[1].print, PRINT_DUE);
    free(sheet);
    issue(c, sold.reservation);
    assert_int_equal(tickets_read(c->box.db, sold.reservation, &sheet, &c->why), RC_OK);
    assert_int_equal(sheet->n, 2);
    assert_string_equal(sheet->code, sold.code);
    assert_string_equal(sheet->title, "Ran");
    assert_string_equal(sheet->hall, "Small");
    assert_string_equal(sheet->tickets[0].label, "B3");
    assert_string_equal(sheet->tickets[0].row, "B");
    assert_int_equal(sheet->tickets[0].number, 3);
    assert_string_equal(sheet->tickets[1].zone, "back");
    assert_int_equal(sheet->tickets[1].amount, 1300);
    assert_int_equal(sheet->tickets[1].serial, 2);
    assert_int_equal(sheet->tickets[1].print, PRINT_DUE);
    assert_int_equal(sheet->n_tenders, 1);
    assert_int_equal(sheet->tenders[0].amount, 2300);
    assert_int_equal(sheet->sold_at, BOX_NOW);
    assert_string_equal(sheet->stamp, "");
    assert_string_equal(tickets_stamp(true, false), "NOT VALID, a demo");
    assert_string_equal(tickets_stamp(true, true), "VOID, training");
    free(sheet);
}

/* --- races ----------------------------------------------------------------------------------- */

enum { RACERS = 8, SALES = 24 };

struct race_context {
    when_ms now;
    reservation_id sales[SALES];
};

static struct ticket_request racer_request(const struct race_context *context, int sale)
{
    struct ticket_request request = {.reservation = context->sales[sale]};

    request.ask.now = context->now;
    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "racer");
    digest_key(request.ask.key, sizeof request.ask.key);
    return request;
}

/* Each wants the tickets of every sale; returns how many it was given. */
static int play_issue(struct sql *db, int nth, void *context)
{
    int made = 0;

    for (int i = 0; i < SALES; i++) {
        struct ticket_request request = racer_request(context, (i + nth * 3) % SALES);
        struct ticket_reply reply;
        struct fault why;

        if (verb_do(db, &verb_issue, &request, &reply, &why) != RC_OK)
            return 125;
        made += reply.made;
    }
    return made;
}

static struct race_context race_scene(struct counter *c)
{
    struct race_context context = {.now = c->box.now};
    char label[LABEL_SIZE];

    for (int i = 0; i < SALES; i++) {
        (void)snprintf(label, sizeof label, "%c%d", 'A' + i / 8, i % 8 + 1);
        context.sales[i] = counter_sell(c, label).reservation;
    }
    return context;
}

static void issue__many_at_once__serials_are_gapless_and_each_seat_has_one(void **state)
{
    struct counter *c = *state;
    struct race_context context = race_scene(c);
    int results[RACERS], made = 0;

    race_run(&c->box, RACERS, play_issue, &context, results);
    for (int i = 0; i < RACERS; i++) {
        assert_int_not_equal(results[i], 125);
        made += results[i];
    }
    assert_int_equal(made, SALES);
    assert_int_equal(counter_number(c, SERIALS), SALES);
    assert_int_equal(counter_number(c, "SELECT count(DISTINCT seat_id) FROM tickets"), SALES);
    assert_int_equal(counter_number(c, "SELECT max(serial) FROM tickets"), SALES);
}

/* Two doors and one ticket. */
static int play_door(struct sql *db, int nth, void *context)
{
    struct check_in_request request = {.serial = 1};
    struct check_in_reply reply;
    struct fault why;

    request.ask.now = BOX_NOW;
    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "door-%d", nth);
    digest_key(request.ask.key, sizeof request.ask.key);
    memcpy(request.code, context, CODE_SIZE);
    enum rc rc = verb_do(db, &verb_check_in, &request, &reply, &why);
    return rc == RC_OK ? 1 : rc == RC_WRONG_STATE ? 2 : 3;
}

static void check_in__many_doors_at_once__one_lets_in(void **state)
{
    struct counter *c = *state;
    struct booking_reply sold = counter_sell(c, "B3");
    int results[RACERS];

    issue(c, sold.reservation);
    race_run(&c->box, RACERS, play_door, sold.code, results);
    assert_int_equal(race_count(results, RACERS, 1), 1);
    assert_int_equal(race_count(results, RACERS, 2), RACERS - 1);
}

/* Works until it is killed. */
static void issue_for_ever(const struct counter *c, const struct race_context *context)
{
    struct sql *db = box_connect(&c->box);
    uint64_t random = (uint64_t)getpid();

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* also when the test fails */
    for (;;) {
        struct ticket_request request = racer_request(context, (int)kit_below(&random, SALES));
        struct ticket_reply reply;
        struct fault why;

        (void)snprintf(request.reason, sizeof request.reason, "again");
        (void)verb_do(db, &verb_issue, &request, &reply, &why);
        digest_key(request.ask.key, sizeof request.ask.key);
        (void)verb_do(db, &verb_reprint, &request, &reply, &why);
    }
}

struct moved {
    struct counter *c;
    int64_t to;
};

static bool has_moved(void *context)
{
    const struct moved *moved = context;

    return counter_number(moved->c, SERIALS) >= moved->to;
}

static void issue__killed_in_the_middle__leaves_no_gap(void **state)
{
    struct counter *c = *state;
    struct race_context context = race_scene(c);
    struct moved moved = {.c = c};

    for (int kill_nr = 0; kill_nr < 12; kill_nr++) {
        sql_close(&c->box.db);
        pid_t pid = fork();

        if (pid == 0)
            issue_for_ever(c, &context);
        c->box.db = box_connect(&c->box);
        moved.to = counter_number(c, SERIALS) + 5 + kill_nr;
        assert_true(kit_wait_until(has_moved, &moved, 10000));
        assert_int_equal(kill(pid, SIGKILL), 0);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        box_check(&c->box);
    }
    assert_int_equal(counter_number(c, "SELECT last - (SELECT count(*) FROM tickets)"
                                       " FROM ticket_serials"),
                     0);
}

#define COUNTER_TEST(test) cmocka_unit_test_setup_teardown(test, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER_TEST(issue__twice__gives_serials_once),
        COUNTER_TEST(issue__same_key__gives_the_first_result),
        COUNTER_TEST(issue__not_paid__is_refused_and_takes_no_serial),
        COUNTER_TEST(fault_087__print_failed__comes_again_under_its_serial),
        COUNTER_TEST(fault_003__printing_never_reported__needs_a_reprint),
        COUNTER_TEST(reprint__needs_a_reason__kills_the_old_one),
        COUNTER_TEST(torn__here_and_at_once__prints_again_unmarked),
        COUNTER_TEST(cancel__seat_given_back__its_ticket_is_dead),
        COUNTER_TEST(show_cancel__all_its_tickets__are_dead),
        COUNTER_TEST(check_in__second_time__says_when_and_where),
        COUNTER_TEST(check_in__by_code__lets_the_whole_party_in_once),
        COUNTER_TEST(check_in__another_day_or_over__is_refused),
        cmocka_unit_test(door__text_or_code__is_read),
        COUNTER_TEST(sheet__sale__has_what_is_printed),
        COUNTER_TEST(issue__many_at_once__serials_are_gapless_and_each_seat_has_one),
        COUNTER_TEST(check_in__many_doors_at_once__one_lets_in),
        COUNTER_TEST(issue__killed_in_the_middle__leaves_no_gap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
