/* Many terminals at once, each a process of its own, all on the same shows. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/bench/till.h"

enum { CROWD_MAX = 64, LINE = 32, SALES_MAX = 16384, ROUNDS = 4, SHOWS = 480, REAP_MS = 30000 };
#define ROUND_NS ((int64_t)1500 * 1000000)

/* What one terminal did in one round; in memory that all share. */
struct seller {
    int n, failures;
    int64_t ns[SALES_MAX];
};

/* What is known of so many terminals, over all rounds. */
struct crowd {
    int n;
    int failures;
    struct series times, rates, shares; /* shares: thousandths, the least of the most */
};

struct fair {
    struct till *till;
    struct seller *sellers;
    _Atomic int64_t *next; /* the pair of seats to be sold next, over all */
};

/* Sells until the time is up. The child's own process. */
static void sell_on(const struct fair *fair, struct sql *db, struct seller *seller, int64_t until)
{
    while (seller->n < SALES_MAX) {
        struct book_request request = till_sale(fair->till, db, atomic_fetch_add(fair->next, 1));
        struct booking_reply reply;
        struct fault why = {0};
        int64_t began = figure_now();

        if (began >= until)
            return;
        if (verb_do(db, &verb_sell, &request, &reply, &why) != RC_OK) {
            fprintf(stderr, "bench: %s\n", why.text);
            seller->failures++;
        } else {
            seller->ns[seller->n++] = figure_now() - began;
        }
    }
}

static pid_t start(const struct fair *fair, int i, const int gate[2])
{
    pid_t pid = fork();
    char byte;

    figure_need(pid >= 0, "no process more");
    if (pid > 0)
        return pid;
    (void)close(gate[1]);
    struct sql *db = NULL;
    const struct sql_options options = {.name = fair->till->box.path, .journal = "wal"};
    if (sql_open(&db, &options) != SQL_OK || read(gate[0], &byte, 1) != 0)
        _exit(1);
    sell_on(fair, db, &fair->sellers[i], figure_now() + ROUND_NS);
    sql_close(&db);
    _exit(0);
}

/* Adds a round to what is known. */
static void count(struct crowd *crowd, const struct fair *fair)
{
    int least = SALES_MAX, most = 0, all = 0;

    for (int i = 0; i < crowd->n; i++) {
        const struct seller *seller = &fair->sellers[i];

        for (int k = 0; k < seller->n; k++)
            series_add(&crowd->times, seller->ns[k]);
        least = seller->n < least ? seller->n : least;
        most = seller->n > most ? seller->n : most;
        all += seller->n;
        crowd->failures += seller->failures;
    }
    series_add(&crowd->rates, (int64_t)all * 1000000000 / (ROUND_NS / 1000000));
    series_add(&crowd->shares, most > 0 ? (int64_t)least * 1000 / most : 0);
}

static void play(struct crowd *crowd, const struct fair *fair)
{
    pid_t pids[CROWD_MAX];
    int gate[2];

    memset(fair->sellers, 0, CROWD_MAX * sizeof *fair->sellers);
    figure_need(pipe(gate) == 0, "no pipe");
    for (int i = 0; i < crowd->n; i++)
        pids[i] = start(fair, i, gate);
    (void)close(gate[0]);
    (void)close(gate[1]); /* all go */
    for (int i = 0; i < crowd->n; i++)
        figure_need(kit_reap(pids[i], REAP_MS) == 0, "a terminal failed");
    count(crowd, fair);
}

/*
 * The floor of the longest wait: LINE bare sales one after the other, as long as the last in a line
 * of so many terminals waits on this disk in any case.
 */
static void play_bare(const struct till *till, int round, struct series *lines)
{
    int64_t ring[LINE] = {0}, sum = 0, until = figure_now() + ROUND_NS;
    struct bare bare;
    char name[16], path[KIT_PATH];

    (void)snprintf(name, sizeof name, "bare-%d.db", round);
    bare_init(&bare, kit_path(path, till->box.dir, name), true);
    for (int i = 0; figure_now() < until; i++) {
        int64_t began = figure_now();

        bare_sale(&bare);
        began = figure_now() - began;
        sum += began - ring[i % LINE];
        ring[i % LINE] = began;
        if (i >= LINE - 1)
            series_add(lines, sum);
    }
    bare_fini(&bare);
}

static double rate(struct crowd *crowd)
{
    return series_at(&crowd->rates, 0.5) / 1e6;
}

static void say_line(struct crowd *crowd, struct series *lines)
{
    double floor = series_at(lines, 0.999), p999 = series_at(&crowd->times, 0.999);

    figure_say("bare_line_p999_32", floor / 1e6, "ms");
    figure_of("sell_p999_32", p999 / 1e6, "ms", p999 / floor,
              "bare_line_p999_32 (32 bare sales in a row)");
}

static void say(struct crowd *crowd, struct crowd *one)
{
    static const struct {
        const char *name;
        double share;
    } marks[] = {{"p50", 0.5}, {"p99", 0.99}, {"p999", 0.999}, {"max", 1}};
    char name[48];

    (void)snprintf(name, sizeof name, "sell_rate_%d", crowd->n);
    if (crowd == one)
        figure_say(name, rate(crowd), "/s");
    else
        figure_of(name, rate(crowd), "/s", rate(crowd) / rate(one), "sell_rate_1");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (crowd->n == LINE && marks[i].share == 0.999)
            continue; /* say_line says it */
        (void)snprintf(name, sizeof name, "sell_%s_%d", marks[i].name, crowd->n);
        figure_say(name, series_at(&crowd->times, marks[i].share) / 1e6, "ms");
    }
    (void)snprintf(name, sizeof name, "sell_share_%d", crowd->n);
    figure_say(name, series_at(&crowd->shares, 0.5) / 1000, "min/max");
    (void)snprintf(name, sizeof name, "sell_failures_%d", crowd->n);
    figure_say(name, crowd->failures, "sales");
}

static void *share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    figure_need(memory != MAP_FAILED, "out of memory");
    return memory;
}

void bench_crowd(void)
{
    struct crowd crowds[] = {{.n = 1}, {.n = 8}, {.n = 32}, {.n = 64}};
    enum { CROWDS = sizeof crowds / sizeof *crowds, AT_LINE = 2 };
    struct series lines = {0};
    struct till till;
    struct fair fair = {.till = &till};

    till_init(&till, SHOWS);
    sql_close(&till.box.db); /* none may cross a fork */
    fair.sellers = share(CROWD_MAX * sizeof *fair.sellers);
    fair.next = share(sizeof *fair.next);
    for (int i = 0; i < ROUNDS; i++) {
        play_bare(&till, i, &lines);
        for (int k = 0; k < CROWDS; k++)
            play(&crowds[k], &fair);
    }
    for (int k = 0; k < CROWDS; k++)
        say(&crowds[k], &crowds[0]);
    say_line(&crowds[AT_LINE], &lines);
    series_fini(&lines);
    (void)munmap(fair.sellers, CROWD_MAX * sizeof *fair.sellers);
    (void)munmap((void *)fair.next, sizeof *fair.next);
    till.box.db = box_connect(&till.box);
    till_fini(&till);
    for (int k = 0; k < CROWDS; k++) {
        series_fini(&crowds[k].times);
        series_fini(&crowds[k].rates);
        series_fini(&crowds[k].shares);
    }
}
