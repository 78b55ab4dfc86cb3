#include "core/rules/match_work.h"

#include <stdlib.h>

static uint64_t mix(uint64_t z)
{
    z = (z + 0x9e3779b97f4a7c15U) * 0xbf58476d1ce4e5b9U;
    return z ^ (z >> 29);
}

bool match_work_may(const struct match_work *work, size_t entry, size_t seat)
{
    const struct match_entry *who = &work->entries[entry];
    const struct plan_seat *at = &work->plan->seats[seat];

    if (work->open[seat] == 0 || (work->open[seat] > 1 && work->open[seat] - 1U != entry + 1))
        return false;
    return (who->zone < 0 || at->zone == who->zone) &&
           (who->barred == NULL || !who->barred[seat]) &&
           (who->wheelchairs > 0 || at->kind == SEAT_STANDARD);
}

bool match_work_free(const struct match_work *work, size_t entry, size_t seat)
{
    return work->taken[seat] == 0 && match_work_may(work, entry, seat);
}

static void note_cell(struct match_work *work, size_t cell)
{
    struct match_cells *cells = &work->cells;
    const struct plan *plan = work->plan;
    size_t seat = cells->seat[cell];
    uint64_t mark = mix(plan->seats[seat].kind);

    cells->wheel[cell] = plan->seats[seat].kind == SEAT_WHEELCHAIR;
    cells->joined[cell] = cell + 1 < cells->n && cells->seat[cell + 1] == seat + 1 &&
                          plan->seats[seat].run == plan->seats[seat + 1].run;
    for (size_t entry = 0; entry < work->n; entry++) {
        bool may = match_work_may(work, entry, seat);

        cells->may[entry * cells->n + cell] = may;
        mark = mix(mark ^ (may ? entry + 1 : 0));
    }
    cells->mark[cell] = mark;
}

static bool anybody_may(const struct match_work *work, size_t seat)
{
    for (size_t entry = 0; entry < work->n; entry++) {
        if (match_work_may(work, entry, seat))
            return true;
    }
    return false;
}

static bool make_cells(struct match_work *work)
{
    struct match_cells *cells = &work->cells;
    size_t most = work->plan->n + 1;

    cells->seat = calloc(most, sizeof *cells->seat);
    cells->joined = calloc(most, sizeof *cells->joined);
    cells->wheel = calloc(most, sizeof *cells->wheel);
    cells->mark = calloc(most, sizeof *cells->mark);
    if (cells->seat == NULL || cells->joined == NULL || cells->wheel == NULL || cells->mark == NULL)
        return false;
    for (size_t seat = 0; seat < work->plan->n; seat++) {
        if (anybody_may(work, seat))
            cells->seat[cells->n++] = seat;
    }
    cells->may = calloc(work->n * cells->n + 1, 1);
    if (cells->may == NULL)
        return false;
    for (size_t cell = 0; cell < cells->n; cell++)
        note_cell(work, cell);
    return true;
}

bool match_work_init(struct match_work *work, const struct plan *plan, const uint8_t *open,
                     const struct match_entry *entries, size_t n, struct match_result *results)
{
    *work = (struct match_work){
        .plan = plan, .open = open, .entries = entries, .n = n, .results = results};
    work->taken = calloc(plan->n + 1, sizeof *work->taken);
    work->together = calloc(n + 1, sizeof *work->together);
    work->fixed = calloc(n + 1, sizeof *work->fixed);
    work->near = calloc(plan->n + 1, 1);
    work->may = calloc(plan->n + 1, 1);
    work->items = calloc(n + 1, sizeof *work->items);
    work->search = calloc(1, sizeof *work->search);
    if (work->taken == NULL || work->together == NULL || work->fixed == NULL ||
        work->near == NULL || work->may == NULL || work->items == NULL || work->search == NULL)
        return false;
    if (!make_cells(work))
        return false;
    work->search->cells = &work->cells;
    work->search->owner = calloc(work->cells.n + 1, sizeof *work->search->owner);
    work->search->visited = calloc(2 * work->cells.n + 1, sizeof *work->search->visited);
    work->search->effort_left = MATCH_EFFORT;
    return work->search->owner != NULL && work->search->visited != NULL;
}

void match_work_fini(struct match_work *work)
{
    if (work->search != NULL) {
        free(work->search->owner);
        free(work->search->visited);
    }
    free(work->search);
    free(work->cells.seat);
    free(work->cells.joined);
    free(work->cells.wheel);
    free(work->cells.mark);
    free(work->cells.may);
    free(work->items);
    free(work->may);
    free(work->near);
    free(work->fixed);
    free(work->together);
    free(work->taken);
    *work = (struct match_work){0};
}
