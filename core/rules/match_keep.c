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

/* Has the seat an open neighbour in its run, or one that was just kept for the party? */
static bool paired(const struct match_work *work, size_t entry, size_t seat)
{
    const struct plan *plan = work->plan;
    int32_t own = -((int32_t)entry + 1);

    if (seat > 0 && plan->seats[seat - 1].run == plan->seats[seat].run &&
        (match_work_free(work, entry, seat - 1) || work->taken[seat - 1] == own))
        return true;
    return seat + 1 < plan->n && plan->seats[seat + 1].run == plan->seats[seat].run &&
           match_work_free(work, entry, seat + 1);
}

void match_keep(struct match_work *work, size_t entry)
{
    const struct match_entry *who = &work->entries[entry];
    struct match_result *result = &work->results[entry];
    struct block best = {0};
    struct block block;

    if (who->fit == FIT_TOGETHER) {
        for (size_t from = 0; from < work->plan->n; from++) {
            if (weigh(work, entry, from, who->party, &block) &&
                (best.open == 0 || better(&block, &best)))
                best = block;
        }
        for (int i = 0; best.open > 0 && i < who->party; i++)
            keep_seat(work, entry, best.from + (size_t)i);
    } else {
        for (size_t seat = 0; seat < work->plan->n; seat++) {
            if (who->fit == FIT_ANY || paired(work, entry, seat))
                keep_seat(work, entry, seat);
        }
    }
    if (result->kept.n > 0)
        result->kept.pieces = pick_pieces(work->plan, result->kept.seats, (size_t)result->kept.n);
}
