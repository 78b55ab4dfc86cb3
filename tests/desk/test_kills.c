/*
 * Counters that are killed at any moment while they sell, cancel, exchange and wait: no sale that
 * was acknowledged is lost, none is made twice, the invariants hold and the others go on.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/digest.h"
#include "core/desk/exchange.h"
#include "core/desk/waiting.h"
#include "tests/kit/counter.h"

enum { WORKERS = 8, KILLS = 80, SHOWS = 12, ACKED_MAX = 4096, STEP_MS = 10000, WORK_MOST = 6 };

/* What all processes see. */
struct arena {
    _Atomic int works;  /* verbs that came back, of all workers */
    _Atomic int acked;  /* sales that were acknowledged */
    _Atomic int failed; /* neither granted nor refused by a rule */
    _Atomic bool over;
    struct book_request sales[ACKED_MAX];
    char codes[ACKED_MAX][CODE_SIZE];
    _Atomic bool noted[ACKED_MAX]; /* set when the two above are whole */
    struct fault why;              /* of the last failure */
};

struct storm {
    struct counter *counter;
    struct arena *arena;
    show_id shows[SHOWS];
    pid_t parent, pids[WORKERS];
    uint64_t random;
    int wanted; /* works to be reached */
};

static void count(struct arena *arena, enum rc rc, const struct fault *why)
{
    if (rc_exit_status(rc) > 1) {
        arena->why = *why;
        atomic_fetch_add(&arena->failed, 1);
    }
    atomic_fetch_add(&arena->works, 1);
}

static struct ask worker_ask(const struct storm *storm)
{
    struct ask ask = {.now = storm->counter->box.now, .terminal = "counter-1"};

    digest_key(ask.key, sizeof ask.key);
    digest_random(ask.random, sizeof ask.random);
    return ask;
}

static void work_sell(struct storm *storm, struct sql *db, show_id show)
{
    struct arena *arena = storm->arena;
    struct book_request sale = {.ask = worker_ask(storm), .show = show, .expected = -1};
    struct booking_reply reply;
    struct fault why;
    enum rc rc;

    sale.best = 1 + (int32_t)kit_below(&storm->random, 3);
    rc = verb_do(db, &verb_sell, &sale, &reply, &why);
    if (rc == RC_OK) {
        int i = atomic_load(&arena->acked);

        /* Another may write this place too; the one that moves the count on keeps it. */
        while (i < ACKED_MAX && !atomic_compare_exchange_strong(&arena->acked, &i, i + 1))
            ;
        if (i < ACKED_MAX) {
            memcpy(arena->codes[i], reply.code, sizeof reply.code);
            arena->sales[i] = sale;
            atomic_store(&arena->noted[i], true);
        }
    }
    count(arena, rc, &why);
}

static void work_cancel(struct storm *storm, struct sql *db)
{
    struct cancel_request cancel = {.ask = worker_ask(storm)};
    struct booking_reply reply;
    struct fault why;
    int64_t most = sql_one_number(db, 0, "SELECT MAX(id) FROM reservations", NULL, 0);

    cancel.reservation.n = 1 + (int64_t)kit_below(&storm->random, (uint64_t)most + 1);
    count(storm->arena, verb_do(db, &verb_cancel, &cancel, &reply, &why), &why);
}

/* For the best seats of whatever show: the same one or another. */
static void work_exchange(struct storm *storm, struct sql *db, show_id show)
{
    struct exchange_request exchange = {.ask = worker_ask(storm), .show = show};
    struct booking_reply reply;
    struct fault why;
    int64_t most = sql_one_number(db, 0, "SELECT MAX(id) FROM reservations", NULL, 0);

    exchange.reservation.n = 1 + (int64_t)kit_below(&storm->random, (uint64_t)most + 1);
    count(storm->arena, verb_do(db, &verb_exchange, &exchange, &reply, &why), &why);
}

static void work_wait(struct storm *storm, struct sql *db, show_id show)
{
    struct wait_request wait = {
        .ask = worker_ask(storm), .show = show, .party = 2, .name = "Okafor, Ngozi"};
    struct entry_reply reply;
    struct fault why;

    count(storm->arena, verb_do(db, &verb_wait, &wait, &reply, &why), &why);
}

static void worker(struct storm *storm)
{
    const struct sql_options options = {.name = storm->counter->box.path, .journal = "wal"};
    struct sql *db = NULL;

    if (sql_open(&db, &options) != SQL_OK)
        _exit(99);
    storm->random ^= (uint64_t)getpid() << 20;
    /* Nor does it outlive a parent whose test failed. */
    while (!atomic_load(&storm->arena->over) && getppid() == storm->parent) {
        show_id show = storm->shows[kit_below(&storm->random, SHOWS)];

        switch (kit_below(&storm->random, 9)) {
        case 0:
        case 1:
            work_cancel(storm, db);
            break;
        case 8:
            work_exchange(storm, db, show);
            break;
        case 2:
            work_wait(storm, db, show);
            break;
        default:
            work_sell(storm, db, show);
        }
    }
    sql_close(&db);
    _exit(0);
}

static void start(struct storm *storm, int i)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0)
        worker(storm);
    storm->pids[i] = pid;
}

static bool worked(void *context)
{
    const struct storm *storm = context;

    return atomic_load(&storm->arena->works) >= storm->wanted;
}

/* Kills one worker after another, each a few works later, and starts another for it. */
static void kill_some(struct storm *storm)
{
    for (int n = 0; n < KILLS; n++) {
        int i = (int)kit_below(&storm->random, WORKERS);

        storm->wanted =
            atomic_load(&storm->arena->works) + (int)kit_below(&storm->random, WORK_MOST);
        assert_true(kit_wait_until(worked, storm, STEP_MS));
        assert_int_equal(kill(storm->pids[i], SIGKILL), 0);
        assert_int_equal(kit_reap(storm->pids[i], STEP_MS), 128 + SIGKILL);
        start(storm, i);
    }
    storm->wanted = atomic_load(&storm->arena->works) + WORKERS;
    assert_true(kit_wait_until(worked, storm, STEP_MS));
    atomic_store(&storm->arena->over, true);
    for (int i = 0; i < WORKERS; i++)
        assert_int_equal(kit_reap(storm->pids[i], STEP_MS), 0);
}

/* Each acknowledged sale, given again with its key, is the same sale. */
static void find_acknowledged(struct storm *storm)
{
    int n = atomic_load(&storm->arena->acked);

    assert_true(n > 0);
    for (int i = 0; i < n && i < ACKED_MAX; i++) {
        struct booking_reply reply;

        if (!atomic_load(&storm->arena->noted[i]))
            continue; /* killed while it noted the sale */
        assert_int_equal(counter_do(storm->counter, &verb_sell, &storm->arena->sales[i], &reply),
                         RC_OK);
        assert_int_equal(reply.told.replayed, 1);
        assert_string_equal(reply.code, storm->arena->codes[i]);
    }
}

static void fault_001_002__killed_at_any_moment__nothing_lost_nothing_twice(void **state)
{
    struct counter *c = *state;
    struct storm storm = {.counter = c, .random = kit_seed(), .parent = getpid()};

    storm.arena =
        mmap(NULL, sizeof *storm.arena, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(storm.arena, MAP_FAILED);
    storm.shows[0] = c->show;
    for (int i = 1; i < SHOWS; i++)
        storm.shows[i] = box_show(&c->box, c->hall, "Stalker", COUNTER_STARTS + i * 3 * WHEN_HOUR);
    for (int i = 0; i < WORKERS; i++)
        start(&storm, i);
    kill_some(&storm);
    if (atomic_load(&storm.arena->failed) > 0)
        fail_msg("%s", storm.arena->why.text);
    find_acknowledged(&storm);
    box_check(&c->box);
    (void)munmap(storm.arena, sizeof *storm.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            fault_001_002__killed_at_any_moment__nothing_lost_nothing_twice, counter_setup,
            counter_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
