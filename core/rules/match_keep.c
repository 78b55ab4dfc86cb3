/* Which open seats to keep for a party that was passed over too often. */
#include "core/rules/match_work.h"

/* A block that would hold the party if the seats in it that are taken came back. */
struct block {
    size_t from;
    int open;    /* seats in it that are open now */
    int already; /* of them, kept for the party before now */
    int64_t distance;
};

static bool better(const struct block *a, const struct block *b)
{
    if (a->open != b->open)
        return a->open > b->open;
    if (a->already != b->already)
        return a->already > b->already;
    return a->distance < b->distance;
}

/* Could the seat be the party's if nobody had it? */
static bool suits(const struct match_work *work, size_t entry, size_t seat)
{
    const struct match_entry *who = &work->entries[entry];
    const struct plan_seat *at = &work->plan->seats[seat];

    return (who->zone < 0 || at->zone == who->zone) &&
           (who->barred == NULL || !who->barred[seat]) &&
           (who->wheelchairs > 0 || at->kind == SEAT_STANDARD);
}

/* Weighs the block of `size` seats from `from` on; false when there is no such block. */
static bool weigh(const struct match_work *work, size_t entry, size_t from, int size,
                  struct block *block)
{
    const struct plan *plan = work->plan;
    int wheelchairs = 0;

    *block = (struct block){.from = from};
    if (from + (size_t)size > plan->n ||
        plan->seats[from].run != plan->seats[from + (size_t)size - 1].run)
        return false;
    for (size_t seat = from; seat < from + (size_t)size; seat++) {
        bool open = match_work_free(work, entry, seat);

        if (!suits(work, entry, seat))
            return false;
        wheelchairs += plan->seats[seat].kind == SEAT_WHEELCHAIR;
        block->open += open;
        block->already += open && work->open[seat] > 1;
        block->distance += plan_distance(plan, seat);
    }
    return block->open > 0 && wheelchairs == work->entries[entry].wheelchairs;
}

static void keep_seat(struct match_work *work, size_t entry, size_t seat)
{
    struct match_result *result = &work->results[entry];

    if (result->kept.n == work->entries[entry].party || !match_work_free(work, entry, seat))
        return;
    result->keep = true;
    result->kept.seats[result->kept.n++] = seat;
    work->taken[seat] = -((int32_t)entry + 1);
}

static void keep_block(struct match_work *work, size_t entry)
{
    int party = work->entries[entry].party;
    struct block best = {0};
    struct block block;

    for (size_t from = 0; from < work->plan->n; from++) {
        if (weigh(work, entry, from, party, &block) && (best.open == 0 || better(&block, &best)))
            best = block;
    }
    for (int i = 0; best.open > 0 && i < party; i++)
        keep_seat(work, entry, best.from + (size_t)i);
}

static bool wheels(const struct match_work *work, size_t seat)
{
    return work->plan->seats[seat].kind == SEAT_WHEELCHAIR;
}

/* How many more of them the party could use: wheelchair places, or seats of other kinds. */
static int wanted(const struct match_work *work, size_t entry, bool wheelchairs)
{
    const struct match_entry *who = &work->entries[entry];
    const struct picked *kept = &work->results[entry].kept;
    int n = wheelchairs ? who->wheelchairs : who->party - who->wheelchairs;

    for (int i = 0; i < kept->n; i++)
        n -= wheels(work, kept->seats[i]) == wheelchairs;
    return n;
}

/* May the seat be kept as well? `again`: only if it was the party's before now. */
static bool fits_in(const struct match_work *work, size_t entry, size_t seat, bool again)
{
    return match_work_free(work, entry, seat) && (!again || work->open[seat] > 1) &&
           wanted(work, entry, wheels(work, seat)) > 0;
}

static bool joined(const struct plan *plan, size_t seat)
{
    return seat + 1 < plan->n && plan->seats[seat].run == plan->seats[seat + 1].run;
}

/* Two seats side by side, both of use to the party. */
static bool pair_fits_in(const struct match_work *work, size_t entry, size_t seat, bool again)
{
    return joined(work->plan, seat) && fits_in(work, entry, seat, again) &&
           fits_in(work, entry, seat + 1, again) &&
           (wheels(work, seat) != wheels(work, seat + 1) ||
            wanted(work, entry, wheels(work, seat)) > 1);
}

static void keep_pairs(struct match_work *work, size_t entry, bool again)
{
    for (size_t seat = 0; seat < work->plan->n; seat++) {
        if (pair_fits_in(work, entry, seat, again)) {
            keep_seat(work, entry, seat);
            keep_seat(work, entry, seat + 1);
        }
    }
}

/* Keeps single seats; `beside`: only beside one that is kept for the party. */
static void keep_singles(struct match_work *work, size_t entry, bool beside, bool again)
{
    const struct plan *plan = work->plan;
    int32_t own = -((int32_t)entry + 1);

    for (size_t seat = 0; seat < plan->n; seat++) {
        if (fits_in(work, entry, seat, again) &&
            (!beside || (seat > 0 && joined(plan, seat - 1) && work->taken[seat - 1] == own) ||
             (joined(plan, seat) && work->taken[seat + 1] == own)))
            keep_seat(work, entry, seat);
    }
}

/*
 * What was kept for the party stays so: were it to change over to seats that it meets first, the
 * seats that it leaves would make another party change over as well, and so on without an end.
 */
static void keep_scattered(struct match_work *work, size_t entry)
{
    const struct match_entry *who = &work->entries[entry];
    bool pairs = who->fit == FIT_PAIRS && who->party > 1;

    for (int again = 1; again >= 0; again--) {
        if (pairs)
            keep_pairs(work, entry, again);
        keep_singles(work, entry, pairs, again);
    }
}

void match_keep(struct match_work *work, size_t entry)
{
    struct match_result *result = &work->results[entry];

    if (entry >= MATCH_KEEPERS_MOST)
        return;
    if (work->entries[entry].fit == FIT_TOGETHER)
        keep_block(work, entry);
    else
        keep_scattered(work, entry);
    if (result->kept.n > 0)
        result->kept.pieces = pick_pieces(work->plan, result->kept.seats, (size_t)result->kept.n);
}
