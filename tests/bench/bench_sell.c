/* One terminal alone: what a sale costs over the bare writing of its rows. */
#include "tests/bench/bare.h"
#include "tests/bench/bench.h"
#include "tests/bench/figure.h"
#include "tests/bench/grand.h"

enum { ROUNDS = 24, A_ROUND = 50 };

/* Where the sales of one kind go on. */
struct lane {
    int64_t next;
    struct series times, rounds;
};

static void sell(struct grand *grand, struct lane *lane, int32_t best)
{
    int64_t began = figure_now();

    for (int i = 0; i < A_ROUND; i++) {
        struct book_request request = grand_sale(grand, grand->box.db, lane->next++);
        struct booking_reply reply;
        struct fault why = {0};
        int64_t at = figure_now();

        if (best > 0) {
            request.best = best;
            request.n = 0;
        }
        figure_need(verb_do(grand->box.db, &verb_sell, &request, &reply, &why) == RC_OK, why.text);
        series_add(&lane->times, figure_now() - at);
    }
    series_add(&lane->rounds, figure_now() - began);
}

static void write_bare(struct bare *bare, struct lane *lane, void (*work)(struct bare *))
{
    int64_t began = figure_now();

    for (int i = 0; i < A_ROUND; i++) {
        int64_t at = figure_now();

        work(bare);
        series_add(&lane->times, figure_now() - at);
    }
    series_add(&lane->rounds, figure_now() - began);
}

/* Sales a second of the round in the middle. */
static double rate(struct lane *lane)
{
    return A_ROUND * 1e9 / series_at(&lane->rounds, 0.5);
}

static void lane_fini(struct lane *lane)
{
    series_fini(&lane->times);
    series_fini(&lane->rounds);
}

void bench_sell(void)
{
    struct grand grand;
    struct bare bare, plain;
    char path[KIT_PATH];
    struct lane ours = {0}, best = {.next = (int64_t)10 * GRAND_PAIRS}, floor = {0}, least = {0},
                tables = {0};

    grand_init(&grand, 20);
    bare_init(&bare, kit_path(path, grand.box.dir, "bare.db"), true);
    bare_init(&plain, kit_path(path, grand.box.dir, "plain.db"), false);
    for (int i = 0; i < ROUNDS; i++) {
        write_bare(&bare, &least, bare_commit);
        write_bare(&bare, &floor, bare_sale);
        write_bare(&plain, &tables, bare_sale);
        sell(&grand, &ours, 0);
        sell(&grand, &best, 2);
    }
    figure_say("bare_commit_rate", rate(&least), "/s");
    figure_say("bare_sale_rate", rate(&floor), "/s");
    figure_of("sell_alone_rate", rate(&ours), "/s", rate(&ours) / rate(&floor), "bare_sale_rate");
    figure_of("sell_over_tables", rate(&ours), "/s", rate(&ours) / rate(&tables),
              "bare_sale without its indexes");
    figure_of("sell_best_rate", rate(&best), "/s", rate(&best) / rate(&floor), "bare_sale_rate");
    figure_say("sell_alone_p50", series_at(&ours.times, 0.5) / 1e6, "ms");
    figure_say("sell_alone_p99", series_at(&ours.times, 0.99) / 1e6, "ms");
    bare_fini(&bare);
    bare_fini(&plain);
    grand_fini(&grand);
    lane_fini(&ours);
    lane_fini(&best);
    lane_fini(&floor);
    lane_fini(&tables);
    lane_fini(&least);
}
