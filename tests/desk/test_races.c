/* Real processes on one database: each with a connection of its own, let go at once. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/digest.h"
#include "core/desk/tidy.h"
#include "tests/kit/counter.h"

enum { RACERS_MAX = 32, REAP_MS = 20000, ATTEMPTS = 40 };

/* What a racer is told to do and what became of it; in memory that all share. */
struct racer {
    struct book_request request;
    struct booking_reply reply;
    struct fault why;
    enum rc rc;
    int done; /* requests that were granted */
    pid_t pid;
};

struct race {
    struct counter *counter;
    int n;
    int gate[2]; /* closing its writing end lets them go */
    struct racer *racers;
};

/* The racer's own process: nothing of the parent's connection may be used in it. */
typedef void racer_work(struct sql *db, struct racer *racer);

static struct race race_new(struct counter *counter, int n)
{
    struct race race = {.counter = counter, .n = n};
    size_t size = (size_t)n * sizeof *race.racers;

    race.racers = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(race.racers, MAP_FAILED);
    assert_int_equal(pipe(race.gate), 0);
    for (int i = 0; i < n; i++) {
        char terminal[TERMINAL_SIZE];

        (void)snprintf(terminal, sizeof terminal, "counter-%d", i + 1);
        race.racers[i].request = counter_book(counter, NULL, terminal, "");
    }
    return race;
}

static void race_start(struct race *race, int i, racer_work *work)
{
    struct racer *racer = &race->racers[i];
    char byte;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid != 0) {
        racer->pid = pid; /* the child would write its own 0 here */
        return;
    }
    (void)close(race->gate[1]);
    struct sql *db = NULL;
    const struct sql_options options = {.name = race->counter->box.path, .journal = "wal"};
    if (sql_open(&db, &options) != SQL_OK)
        _exit(99);
    if (read(race->gate[0], &byte, 1) != 0)
        _exit(98);
    work(db, racer);
    sql_close(&db);
    _exit(0);
}

static void race_run(struct race *race, racer_work *work)
{
    for (int i = 0; i < race->n; i++)
        race_start(race, i, work);
    (void)close(race->gate[0]);
    (void)close(race->gate[1]);
    for (int i = 0; i < race->n; i++)
        assert_int_equal(kit_reap(race->racers[i].pid, REAP_MS), 0);
}

static void race_free(struct race *race)
{
    (void)munmap(race->racers, (size_t)race->n * sizeof *race->racers);
}

static void sell_once(struct sql *db, struct racer *racer)
{
    racer->rc = verb_do(db, &verb_sell, &racer->request, &racer->reply, &racer->why);
}

static int count(const struct race *race, enum rc rc)
{
    int n = 0;

    for (int i = 0; i < race->n; i++)
        n += race->racers[i].rc == rc;
    return n;
}

static void fault_047__two_tills_one_seat__one_wins(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 2);
    const struct racer *loser;
    char expected[FAULT_TEXT];

    for (int i = 0; i < 2; i++)
        race.racers[i].request.n = counter_seats(c, "B3", race.racers[i].request.seats);
    race_run(&race, sell_once);
    assert_int_equal(count(&race, RC_OK), 1);
    assert_int_equal(count(&race, RC_TAKEN), 1);
    loser = &race.racers[race.racers[0].rc == RC_OK];
    (void)snprintf(expected, sizeof expected, "B3 is sold (counter-%d, 13:00)",
                   race.racers[0].rc == RC_OK ? 1 : 2);
    assert_string_equal(loser->why.text, expected);
    race_free(&race);
}

static void fault_048__thirty_two_clients_last_seat__one_sold(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, RACERS_MAX);

    for (int i = 0; i < race.n; i++)
        race.racers[i].request.n = counter_seats(c, "C8", race.racers[i].request.seats);
    race_run(&race, sell_once);
    assert_int_equal(count(&race, RC_OK), 1);
    assert_int_equal(count(&race, RC_TAKEN), RACERS_MAX - 1);
    for (int i = 0; i < race.n; i++)
        if (race.racers[i].rc == RC_TAKEN)
            assert_int_equal(strncmp(race.racers[i].why.text, "C8 is sold (counter-", 20), 0);
    race_free(&race);
}

/* Sells the best two with a new key each until the show is sold out. */
static void sell_until_sold_out(struct sql *db, struct racer *racer)
{
    racer->request.best = 2;
    do {
        digest_key(racer->request.ask.key, sizeof racer->request.ask.key);
        digest_random(racer->request.ask.random, sizeof racer->request.ask.random);
        sell_once(db, racer);
        racer->done += racer->rc == RC_OK;
    } while (racer->rc == RC_OK);
}

static void sell__eight_processes_until_sold_out__each_seat_once(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 8);
    int sold = 0;

    race_run(&race, sell_until_sold_out);
    assert_int_equal(count(&race, RC_SOLD_OUT), race.n);
    for (int i = 0; i < race.n; i++)
        sold += race.racers[i].done;
    assert_int_equal(sold, COUNTER_SEATS / 2);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims WHERE state = 'sold'"),
                     COUNTER_SEATS);
    race_free(&race);
}

static void key__eight_processes_at_once__one_sale_for_all(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 8);
    int replayed = 0;

    for (int i = 0; i < race.n; i++) {
        race.racers[i].request.best = 2;
        (void)snprintf(race.racers[i].request.ask.key, KEY_SIZE, "the-same");
    }
    race_run(&race, sell_once);
    assert_int_equal(count(&race, RC_OK), race.n);
    for (int i = 0; i < race.n; i++) {
        assert_string_equal(race.racers[i].reply.code, race.racers[0].reply.code);
        replayed += race.racers[i].reply.told.replayed;
    }
    assert_int_equal(replayed, race.n - 1);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims"), 2);
    race_free(&race);
}

static enum rc die_before_commit(struct sql *db, const void *request, void *reply,
                                 struct fault *why)
{
    enum rc rc = verb_sell.run(db, request, reply, why);

    (void)raise(SIGKILL);
    return rc;
}

static void sell_and_die_before(struct sql *db, struct racer *racer)
{
    struct verb dying = verb_sell;

    dying.run = die_before_commit;
    racer->rc = verb_do(db, &dying, &racer->request, &racer->reply, &racer->why);
}

static void sell_and_die_after(struct sql *db, struct racer *racer)
{
    sell_once(db, racer);
    (void)raise(SIGKILL);
}

/* One racer that is killed in the midst of it. */
static void killed(struct race *race, racer_work *work)
{
    race_start(race, 0, work);
    (void)close(race->gate[0]);
    (void)close(race->gate[1]);
    assert_int_equal(kit_reap(race->racers[0].pid, REAP_MS), 128 + SIGKILL);
}

static void fault_001__killed_before_commit__nothing_sold(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 1);
    struct booking_reply reply;

    race.racers[0].request.n = counter_seats(c, "B3 B4", race.racers[0].request.seats);
    killed(&race, sell_and_die_before);
    assert_string_equal(counter_state(c, "B3"), "free");
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM reservations"), 0);
    /* The turn is free at once, and the key was not used. */
    assert_int_equal(counter_do(c, &verb_sell, &race.racers[0].request, &reply), RC_OK);
    assert_int_equal(reply.told.replayed, 0);
    race_free(&race);
}

static void fault_002__killed_after_commit__found_by_key(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 1);
    struct booking_reply reply;

    race.racers[0].request.n = counter_seats(c, "B3 B4", race.racers[0].request.seats);
    killed(&race, sell_and_die_after);
    assert_string_equal(counter_state(c, "B3"), "sold");
    assert_int_equal(counter_do(c, &verb_sell, &race.racers[0].request, &reply), RC_OK);
    assert_int_equal(reply.told.replayed, 1);
    assert_int_equal(reply.n, 2);
    assert_int_equal(counter_number(c, "SELECT SUM(amount) FROM payments"), 2000);
    race_free(&race);
}

/* The clerk saw nothing and no ticket came out. The customer has the name, the till has the key:
 * both lead to the one sale, which is not charged again. */
static void fault_003__killed_before_printing__found_and_not_charged_again(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 1);
    struct book_request *sale = &race.racers[0].request;
    struct booking_reply first, again;
    struct booking *booking = NULL;
    reservation_id found;

    sale->n = counter_seats(c, "B3 B4", sale->seats);
    snprintf(sale->name, sizeof sale->name, "Mensah, Kofi");
    sale->n_tenders = 1;
    sale->tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    killed(&race, sell_and_die_after);
    assert_int_equal(counter_do(c, &verb_sell, sale, &first), RC_OK);
    assert_int_equal(counter_do(c, &verb_sell, sale, &again), RC_OK);
    assert_string_equal(first.code, again.code);
    assert_int_equal(booking_by_code(c->box.db, first.code, &found, &c->why), RC_OK);
    assert_int_equal(booking_read(c->box.db, found, c->box.now, &booking, &c->why), RC_OK);
    assert_int_equal(booking->state, BOOKING_SOLD);
    assert_int_equal(booking->n, 2);
    assert_int_equal(booking->paid, 2000);
    assert_string_equal(booking->tenders, "card 20.00");
    free(booking);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM payments"), 1);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM reservations"), 1);
    race_free(&race);
}

static void fault_004__dies_before_publishing__hints_come_with_the_replay(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 1);
    struct booking_reply reply;

    race.racers[0].request.n = counter_seats(c, "B3", race.racers[0].request.seats);
    killed(&race, sell_and_die_after);
    assert_int_equal(counter_do(c, &verb_sell, &race.racers[0].request, &reply), RC_OK);
    assert_int_equal(reply.told.n, 1);
    assert_int_equal(reply.told.hints[0].show, c->show.n);
    race_free(&race);
}

/* Holds the writers' turn, and its show where each has a lock of its own, until the gate is closed.
 */
static bool wait_inside(struct sql *db, void *context)
{
    const int *pipes = context;
    char byte;

    if (sql_run0(db, "UPDATE shows SET rev = rev") < 1 || write(pipes[1], "t", 1) != 1)
        _exit(97);
    return read(pipes[0], &byte, 1) != 0;
}

static void fault_044__writer_busy__gives_up_and_keeps_the_basket(void **state)
{
    struct counter *c = *state;
    struct hold_request hold = counter_hold(c, "basket", "counter-1", "B3");
    struct book_request sale = counter_book(c, "basket", "counter-1", "B3");
    struct sql_options options = {.name = c->box.path, .journal = "wal", .wait_ms = 150};
    struct hold_reply held;
    struct booking_reply reply;
    struct sql *db = NULL;
    int down[2];
    int up[2];
    char byte;
    pid_t pid;

    assert_int_equal(counter_do(c, &verb_hold, &hold, &held), RC_OK);
    assert_int_equal(pipe(down), 0);
    assert_int_equal(pipe(up), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct sql *own = NULL;
        int pipes[2] = {down[0], up[1]};

        (void)close(down[1]);
        if (sql_open(&own, &options) == SQL_OK)
            (void)sql_tx(own, wait_inside, pipes);
        _exit(0);
    }
    assert_int_equal(read(up[0], &byte, 1), 1);
    assert_int_equal(sql_open(&db, &options), SQL_OK);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_BUSY);
    assert_non_null(strstr(c->why.text, "try again"));
    assert_string_equal(counter_state(c, "B3"), "held");
    (void)close(down[1]);
    assert_int_equal(kit_reap(pid, REAP_MS), 0);
    assert_int_equal(verb_do(db, &verb_sell, &sale, &reply, &c->why), RC_OK);
    sql_close(&db);
    (void)close(down[0]);
    (void)close(up[0]);
    (void)close(up[1]);
}

/* A walk-up that wants one seat, again and again. */
static void snatch(struct sql *db, struct racer *racer)
{
    for (int i = 0; i < ATTEMPTS; i++) {
        digest_key(racer->request.ask.key, sizeof racer->request.ask.key);
        sell_once(db, racer);
        racer->done += racer->rc == RC_OK;
    }
}

static void cancel_it(struct sql *db, struct racer *racer)
{
    struct cancel_request cancel = {.ask = racer->request.ask, .reservation = {1}};

    racer->rc = verb_do(db, &verb_cancel, &cancel, &racer->reply, &racer->why);
}

static void fault_052__walk_up_races_a_cancellation__the_list_keeps_it(void **state)
{
    struct counter *c = *state;
    struct race race = race_new(c, 4);

    counter_sell(c, "B3");
    counter_wait(c, "Kari", 1);
    for (int i = 0; i < race.n; i++)
        race.racers[i].request.n = counter_seats(c, "B3", race.racers[i].request.seats);
    for (int i = 0; i < race.n - 1; i++)
        race_start(&race, i, snatch);
    race_start(&race, race.n - 1, cancel_it);
    (void)close(race.gate[0]);
    (void)close(race.gate[1]);
    for (int i = 0; i < race.n; i++)
        assert_int_equal(kit_reap(race.racers[i].pid, REAP_MS), 0);
    assert_int_equal(race.racers[race.n - 1].rc, RC_OK);
    for (int i = 0; i < race.n - 1; i++)
        assert_int_equal(race.racers[i].done, 0);
    assert_string_equal(counter_state(c, "B3"), "returned");
    race_free(&race);
}

int main(void)
{
#define RACE_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        RACE_TEST(fault_047__two_tills_one_seat__one_wins),
        RACE_TEST(fault_048__thirty_two_clients_last_seat__one_sold),
        RACE_TEST(sell__eight_processes_until_sold_out__each_seat_once),
        RACE_TEST(key__eight_processes_at_once__one_sale_for_all),
        RACE_TEST(fault_001__killed_before_commit__nothing_sold),
        RACE_TEST(fault_002__killed_after_commit__found_by_key),
        RACE_TEST(fault_003__killed_before_printing__found_and_not_charged_again),
        RACE_TEST(fault_004__dies_before_publishing__hints_come_with_the_replay),
        RACE_TEST(fault_044__writer_busy__gives_up_and_keeps_the_basket),
        RACE_TEST(fault_052__walk_up_races_a_cancellation__the_list_keeps_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
