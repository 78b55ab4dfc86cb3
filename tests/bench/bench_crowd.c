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
#include "tests/bench/grand.h"

enum { CROWD_MAX = 64, LINE = 32, SALES_MAX = 16384, ROUNDS = 8, SHOWS = 480, REAP_MS = 30000 };
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

enum { CROWDS = 4, AT_LINE = 2 };

/* A house on one engine, and the crowds that sell there. */
struct fair {
    const char *prefix; /* of its figures' names */
    struct grand grand;
    struct seller *sellers;
    _Atomic int64_t *next; /* the pair of seats to be sold next, over all */
    int n;
    struct crowd crowds[CROWDS];
};

/* Sells until the time is up. The child's own process. */
static void sell_on(const struct fair *fair, struct sql *db, struct seller *seller, int64_t until)
{
    while (seller->n < SALES_MAX) {
        struct book_request request = grand_sale(&fair->grand, db, atomic_fetch_add(fair->next, 1));
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
    const struct sql_options options = {.name = fair->grand.box.path, .journal = "wal"};
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
static void play_bare(const struct grand *grand, int round, struct series *lines)
{
    int64_t ring[LINE] = {0}, sum = 0, until = figure_now() + ROUND_NS;
    struct bare bare;
    char name[16], path[KIT_PATH];

    (void)snprintf(name, sizeof name, "bare-%d.db", round);
    bare_init(&bare, kit_path(path, grand->box.dir, name), true);
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

/* The rate of a crowd, as a share of one terminal's, or of the same crowd's on the other engine. */
static void say_rate(struct fair *fair, int k, struct fair *files)
{
    struct crowd *crowd = &fair->crowds[k];
    char name[48], of[48];

    (void)snprintf(name, sizeof name, "%ssell_rate_%d", fair->prefix, crowd->n);
    (void)snprintf(of, sizeof of, "sell_rate_%d", fair == files ? 1 : crowd->n);
    if (fair == files && k == 0)
        figure_say(name, rate(crowd), "/s");
    else
        figure_of(name, rate(crowd), "/s",
                  rate(crowd) / rate(&files->crowds[fair == files ? 0 : k]), of);
}

static void say(struct fair *fair, int k, struct fair *files)
{
    static const struct {
        const char *name;
        double share;
    } marks[] = {{"p50", 0.5}, {"p99", 0.99}, {"p999", 0.999}, {"max", 1}};
    struct crowd *crowd = &fair->crowds[k];
    char name[48];

    say_rate(fair, k, files);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (fair == files && crowd->n == LINE && marks[i].share == 0.999)
            continue; /* say_line says it */
        (void)snprintf(name, sizeof name, "%ssell_%s_%d", fair->prefix, marks[i].name, crowd->n);
        figure_say(name, series_at(&crowd->times, marks[i].share) / 1e6, "ms");
    }
    (void)snprintf(name, sizeof name, "%ssell_share_%d", fair->prefix, crowd->n);
    figure_say(name, series_at(&crowd->shares, 0.5) / 1000, "min/max");
    (void)snprintf(name, sizeof name, "%ssell_failures_%d", fair->prefix, crowd->n);
    figure_say(name, crowd->failures, "sales");
}

static void *share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    figure_need(memory != MAP_FAILED, "out of memory");
    return memory;
}

static void fair_init(struct fair *fair, const char *prefix, int crowds)
{
    static const int terminals[CROWDS] = {1, 8, 32, 64};

    memset(fair, 0, sizeof *fair);
    fair->prefix = prefix;
    fair->n = crowds;
    for (int k = 0; k < crowds; k++)
        fair->crowds[k].n = terminals[k];
    grand_init(&fair->grand, SHOWS);
    sql_close(&fair->grand.box.db); /* none may cross a fork */
    fair->sellers = share(CROWD_MAX * sizeof *fair->sellers);
    fair->next = share(sizeof *fair->next);
}

static void fair_fini(struct fair *fair)
{
    (void)munmap(fair->sellers, CROWD_MAX * sizeof *fair->sellers);
    (void)munmap((void *)fair->next, sizeof *fair->next);
    fair->grand.box.db = box_connect(&fair->grand.box);
    grand_fini(&fair->grand);
    for (int k = 0; k < fair->n; k++) {
        series_fini(&fair->crowds[k].times);
        series_fini(&fair->crowds[k].rates);
        series_fini(&fair->crowds[k].shares);
    }
}

void bench_crowd(void)
{
    static struct fair fairs[2];
    struct series lines = {0};
    int n = 1;

    fair_init(&fairs[0], "", CROWDS);
    if (bench_on_server(true))
        fair_init(&fairs[n++], "postgres_", CROWDS - 1);
    else
        puts("# no PostgreSQL server could be started here: its figures are left out");
    for (int i = 0; i < ROUNDS; i++) {
        play_bare(&fairs[0].grand, i, &lines);
        for (int k = 0; k < CROWDS; k++)
            for (int engine = 0; engine < n; engine++)
                if (k < fairs[engine].n)
                    play(&fairs[engine].crowds[k], &fairs[engine]);
    }
    for (int engine = 0; engine < n; engine++)
        for (int k = 0; k < fairs[engine].n; k++)
            say(&fairs[engine], k, &fairs[0]);
    say_line(&fairs[0].crowds[AT_LINE], &lines);
    series_fini(&lines);
    for (int engine = n - 1; engine >= 0; engine--) {
        bench_on_server(engine > 0);
        fair_fini(&fairs[engine]);
    }
}
