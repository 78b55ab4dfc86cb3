/*
 * Two servers, eight terminals that sell, and the primary killed: no acknowledged sale is lost,
 * none is done twice, and every terminal sells again. FAILOVERS=10 does it ten times in a row.
 */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/booking.h"
#include "core/desk/health.h"
#include "core/desk/map.h"
#include "db/migrate.h"
#include "tests/kit/box.h"
#include "tests/kit/pair.h"
#include "tui/office.h"

enum {
    SELLERS = 8,
    SHOWS = 6,
    ROWS = 20,
    SEATS = ROWS * 40,
    SALES_MOST = 4000, /* of one seller */
    WAIT_MS = 5000,
    PAUSE_MS = 5,
    SELL_MS = 1000, /* before the primary is killed, and after all sell again */
    BEAT_MS = 20000,
    AGAIN_MS = 5000 /* within so long of the promotion every terminal sells */
};

struct sale {
    int64_t show, seat, reservation;
};

struct seller {
    _Atomic int n;            /* acknowledged */
    _Atomic int64_t since_ms; /* when the last one acknowledged was begun */
    int unknown, reruns, taken;
    bool failed;
    char said[FAULT_TEXT]; /* of the last run that failed */
    struct sale sales[SALES_MOST];
};

/* What the processes share. */
struct storm {
    _Atomic int stop;
    int round;
    struct seller sellers[SELLERS];
};

struct scene {
    struct pair pair;
    struct box box;
    show_id shows[SHOWS];
    seat_id seats[SEATS];
    char memory[KIT_PATH];
    struct storm *storm;
    int64_t sold; /* acknowledged in all rounds */
    int64_t beat; /* of the lease, when it was looked at */
};

static int64_t clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct sql *connect_to(const char *conninfo, const char *memory, enum sql_rc *rc)
{
    const struct sql_options options = {
        .name = conninfo, .wait_ms = WAIT_MS, .memory = memory, .application = OFFICE_APPLICATION};
    struct sql *db = NULL;

    *rc = sql_open(&db, &options);
    return db;
}

/* Makes the box office: a hall of 800 seats and six shows in it. */
static void make_house(struct scene *scene)
{
    char plan[ROWS * 64] = "@hall Big\n@zone all\n";
    const struct sql_options options = {
        .name = scene->pair.conninfo, .create = true, .application = OFFICE_APPLICATION};
    size_t n = 0;
    const struct migration *steps = migrations_builtin("postgres", &n);
    struct fault why;
    hall_id hall;

    for (int row = 0; row < ROWS; row++)
        (void)snprintf(plan + strlen(plan), sizeof plan - strlen(plan), "%c\t%s\n", 'A' + row,
                       "oooooooooooooooooooooooooooooooooooooooo");
    scene->box.now = BOX_NOW;
    assert_int_equal(when_zone_set("UTC", &why), RC_OK);
    if (sql_open(&scene->box.db, &options) != SQL_OK ||
        migrate_up(scene->box.db, steps, n, NULL) != SQL_OK)
        fail_msg("%s", sql_error(scene->box.db));
    const struct ask ask = box_ask(&scene->box);
    if (house_init(scene->box.db, &ask, "EUR", false, &why) != RC_OK)
        fail_msg("%s", why.text);
    hall = box_hall(&scene->box, plan);
    for (int i = 0; i < SHOWS; i++)
        scene->shows[i] = box_show(&scene->box, hall, "Ran", BOX_NOW + (i + 1) * 3 * WHEN_HOUR);
    const struct plan *read = map_plan_kept(scene->box.db, hall);
    assert_non_null(read);
    assert_int_equal(read->n, SEATS);
    for (int i = 0; i < SEATS; i++)
        scene->seats[i] = read->seats[i].id;
}

static int setup(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    *state = scene;
    if (!pair_possible())
        return 0;
    pair_init(&scene->pair);
    (void)snprintf(scene->box.path, sizeof scene->box.path, "%s", scene->pair.conninfo);
    (void)snprintf(scene->memory, sizeof scene->memory, "%s/memory", scene->pair.dir);
    scene->storm =
        mmap(NULL, sizeof *scene->storm, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(scene->storm, MAP_FAILED);
    make_house(scene);
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;

    sql_close(&scene->box.db);
    if (pair_possible()) {
        pair_fini(&scene->pair);
        (void)munmap(scene->storm, sizeof *scene->storm);
    }
    free(scene);
    return 0;
}

/* One sale, asked for with its key until it is known what became of it. */
static enum rc sell_until_known(struct sql *db, const struct book_request *request,
                                struct booking_reply *reply, struct seller *seller)
{
    struct fault why;
    bool unknown = false;

    for (;;) {
        const enum rc rc = verb_do(db, &verb_sell, request, reply, &why);

        if (rc == RC_UNKNOWN && !unknown)
            seller->unknown++;
        unknown |= rc == RC_UNKNOWN;
        if (rc_exit_status(rc) != 3)
            return rc;
        seller->reruns++;
        memcpy(seller->said, why.text, sizeof seller->said);
        (void)poll(NULL, 0, PAUSE_MS * 4);
    }
}

/* Sells seats taken at random until it is told to stop. */
static void sell_on(struct scene *scene, int nth, struct sql *db)
{
    struct seller *seller = &scene->storm->sellers[nth];
    uint64_t random = (uint64_t)scene->storm->round * 1000 + (uint64_t)nth + 1;

    for (int i = 0; scene->storm->stop == 0 && seller->n < SALES_MOST; i++) {
        const int64_t began = clock_ms();
        struct book_request request = {.ask = {.now = BOX_NOW, .operator_number = 1},
                                       .show = scene->shows[kit_below(&random, SHOWS)],
                                       .expected = -1,
                                       .collect_min = 30,
                                       .n = 1};
        struct booking_reply reply;
        enum rc rc;

        request.seats[0] = scene->seats[kit_below(&random, SEATS)];
        (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "till-%d", nth);
        (void)snprintf(request.ask.key, sizeof request.ask.key, "r%d-t%d-%d", scene->storm->round,
                       nth, i);
        for (size_t k = 0; k < sizeof request.ask.random; k++)
            request.ask.random[k] = (uint8_t)kit_below(&random, 256);
        rc = sell_until_known(db, &request, &reply, seller);
        if (rc == RC_OK) {
            seller->sales[seller->n] =
                (struct sale){request.show.n, request.seats[0].n, reply.reservation.n};
            seller->since_ms = began;
            seller->n++;
        }
        seller->taken += rc == RC_TAKEN;
        seller->failed |= rc != RC_OK && rc != RC_TAKEN;
        (void)poll(NULL, 0, PAUSE_MS);
    }
}

static pid_t start_seller(struct scene *scene, int nth)
{
    const pid_t pid = fork();
    enum sql_rc rc;
    struct sql *db;

    assert_true(pid >= 0);
    if (pid != 0)
        return pid;
    db = connect_to(scene->pair.conninfo, scene->memory, &rc);
    if (rc == SQL_OK)
        sell_on(scene, nth, db);
    else
        (void)snprintf(scene->storm->sellers[nth].said, FAULT_TEXT, "%s", sql_error(db));
    sql_close(&db);
    _exit(rc == SQL_OK && !scene->storm->sellers[nth].failed ? 0 : 1);
}

struct selling {
    struct storm *storm;
    int64_t since_ms; /* sales begun later count */
};

static bool all_sell(void *context)
{
    const struct selling *selling = context;

    for (int i = 0; i < SELLERS; i++)
        if (selling->storm->sellers[i].since_ms <= selling->since_ms)
            return false;
    return true;
}

static void until_all_sell(struct scene *scene, int64_t since_ms, int limit_ms)
{
    struct selling selling = {scene->storm, since_ms};

    if (kit_wait_until(all_sell, &selling, limit_ms))
        return;
    for (int i = 0; i < SELLERS; i++)
        print_message("till-%d: %d sold, %s\n", i, scene->storm->sellers[i].n,
                      scene->storm->sellers[i].said);
    fail_msg("not every terminal sells after %d ms", limit_ms);
}

/* Every sale that was acknowledged is there, as it was acknowledged. */
static int count_lost(struct scene *scene)
{
    int lost = 0;

    for (int i = 0; i < SELLERS; i++) {
        const struct seller *seller = &scene->storm->sellers[i];

        for (int k = 0; k < seller->n; k++)
            lost += sql_one_number(scene->box.db, 0,
                                   "SELECT count(*) FROM claims WHERE show_id = $1 AND"
                                   " seat_id = $2 AND state = 'sold' AND reservation_id = $3",
                                   SQL_VALUES(sql_n(seller->sales[k].show),
                                              sql_n(seller->sales[k].seat),
                                              sql_n(seller->sales[k].reservation))) != 1;
        scene->sold += seller->n;
    }
    return lost;
}

/* What was acknowledged is all that was sold, each seat once. */
static void verify(struct scene *scene)
{
    enum sql_rc rc;

    scene->box.db = connect_to(scene->pair.conninfo, scene->memory, &rc);
    if (rc != SQL_OK)
        fail_msg("%s", sql_error(scene->box.db));
    assert_int_equal(count_lost(scene), 0);
    assert_int_equal(sql_one_number(scene->box.db, -1,
                                    "SELECT count(*) FROM reservations WHERE state = 'sold'", NULL,
                                    0),
                     scene->sold);
    assert_int_equal(sql_one_number(scene->box.db, -1,
                                    "SELECT count(*) FROM claims WHERE state = 'sold'", NULL, 0),
                     scene->sold);
    box_check(&scene->box);
}

static void tell_round(const struct scene *scene, int64_t killed, int64_t promoted, int64_t all)
{
    int n = 0, unknown = 0, reruns = 0, taken = 0;

    for (int i = 0; i < SELLERS; i++) {
        n += scene->storm->sellers[i].n;
        unknown += scene->storm->sellers[i].unknown;
        reruns += scene->storm->sellers[i].reruns;
        taken += scene->storm->sellers[i].taken;
    }
    printf("round %d: %d sold, %d taken, %d unknown and resolved, %d reruns; promoted %d ms after"
           " the kill, all sell %d ms after that\n",
           scene->storm->round, n, taken, unknown, reruns, (int)(promoted - killed),
           (int)(all - promoted));
    (void)fflush(stdout);
}

static void fail_over(struct scene *scene, int round)
{
    pid_t pids[SELLERS];
    int64_t killed, promoted, all;

    memset(scene->storm, 0, sizeof *scene->storm);
    scene->storm->round = round;
    sql_close(&scene->box.db); /* it may not cross a fork */
    for (int i = 0; i < SELLERS; i++)
        pids[i] = start_seller(scene, i);
    until_all_sell(scene, 0, WAIT_MS);
    (void)poll(NULL, 0, SELL_MS);
    killed = clock_ms();
    pair_kill(&scene->pair);
    pair_promote(&scene->pair);
    promoted = clock_ms();
    until_all_sell(scene, promoted, AGAIN_MS);
    all = clock_ms();
    (void)poll(NULL, 0, SELL_MS);
    scene->storm->stop = 1;
    for (int i = 0; i < SELLERS; i++)
        assert_int_equal(kit_reap(pids[i], WAIT_MS * 4), 0);
    tell_round(scene, killed, promoted, all);
    verify(scene);
}

/* What the doctor finds about the standby. */
static void expect_standby(struct scene *scene, enum health health, const char *part)
{
    struct findings findings = {0};
    const struct finding *found = NULL;

    health_look(scene->box.db, &findings);
    for (int i = 0; i < findings.n; i++)
        if (strcmp(findings.rows[i].about, "standby") == 0)
            found = &findings.rows[i];
    assert_non_null(found);
    if (found->health != health || strstr(found->text, part) == NULL)
        fail_msg("%d %s", (int)found->health, found->text);
}

static void connect_anew(struct scene *scene)
{
    enum sql_rc rc;

    sql_close(&scene->box.db);
    scene->box.db = connect_to(scene->pair.conninfo, scene->memory, &rc);
    if (rc != SQL_OK)
        fail_msg("%s", sql_error(scene->box.db));
}

static void doctor__standby__is_told_as_it_is(void **state)
{
    struct scene *scene = *state;

    if (!pair_possible())
        skip();
    expect_standby(scene, HEALTH_OK, "streaming and synchronous: standby");
    assert_true(pair_tell(&scene->pair, 0, "ALTER ROLE boxoffice SET synchronous_commit = local"));
    connect_anew(scene);
    expect_standby(scene, HEALTH_WARN, "not synchronous");
    assert_true(pair_tell(&scene->pair, 0, "ALTER ROLE boxoffice RESET synchronous_commit"));
    connect_anew(scene);
}

/* The one that assigns without a screen goes on as well. */
static pid_t start_assigner(const struct scene *scene)
{
    const char *argv[] = {
        TOP_BUILDDIR "/boxoffice", "-d", scene->pair.conninfo, "-t", "office", "assign", NULL};
    char log[KIT_PATH];

    return kit_spawn(argv, kit_path(log, scene->pair.dir, "assign.log"), log);
}

static bool beats(void *context)
{
    struct scene *scene = context;

    return sql_one_number(scene->box.db, 0, "SELECT beat FROM leases WHERE holder = 'office'", NULL,
                          0) > scene->beat;
}

static void want_beat(struct scene *scene)
{
    scene->beat = sql_one_number(scene->box.db, 0,
                                 "SELECT beat FROM leases WHERE holder = 'office'", NULL, 0);
    assert_true(kit_wait_until(beats, scene, BEAT_MS));
}

static void
primary__killed_while_eight_sell__nothing_acknowledged_is_lost_and_all_sell_again(void **state)
{
    struct scene *scene = *state;
    const char *rounds = getenv("FAILOVERS");
    const long n = rounds ? strtol(rounds, NULL, 10) : 1;
    pid_t assigner;

    if (!pair_possible())
        skip();
    assigner = start_assigner(scene);
    want_beat(scene);
    for (int round = 1; round <= n; round++) {
        fail_over(scene, round);
        if (round < n)
            pair_rejoin(&scene->pair);
    }
    expect_standby(scene, HEALTH_WARN, "none");
    want_beat(scene);
    assert_int_equal(kill(assigner, SIGTERM), 0);
    assert_int_equal(kit_reap(assigner, WAIT_MS), 0);
}

/* After that failover the old primary comes back by itself, as if nothing had been. */
static void primary__old_one_comes_back__nobody_who_saw_the_new_works_on_it(void **state)
{
    struct scene *scene = *state;
    const int old = 1 - scene->pair.primary;
    char alone[KIT_PATH];
    enum sql_rc rc;
    struct sql *db;

    if (!pair_possible())
        skip();
    pair_start(&scene->pair, old);
    pair_only(&scene->pair, old, alone);
    db = connect_to(alone, NULL, &rc); /* who remembers nothing is taken in */
    assert_int_equal(rc, SQL_OK);
    sql_close(&db);
    db = connect_to(alone, scene->memory, &rc);
    assert_int_equal(rc, SQL_AWAY);
    assert_non_null(strstr(sql_error(db), "old one come back"));
    sql_close(&db);
    db = connect_to(scene->pair.conninfo, scene->memory, &rc); /* the other is found */
    assert_int_equal(rc, SQL_OK);
    assert_int_equal(
        sql_one_number(db, -1, "SELECT count(*) FROM claims WHERE state = 'sold'", NULL, 0),
        scene->sold);
    sql_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doctor__standby__is_told_as_it_is),
        cmocka_unit_test(
            primary__killed_while_eight_sell__nothing_acknowledged_is_lost_and_all_sell_again),
        cmocka_unit_test(primary__old_one_comes_back__nobody_who_saw_the_new_works_on_it),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
