#include "core/rules/match.h"

#include <stdio.h>
#include <string.h>

#include "core/rules/match_work.h"

enum { RANKS_MOST = 64 };

static int32_t owner_of(size_t entry)
{
    return (int32_t)entry + 1;
}

static void take(struct match_work *work, size_t entry, const struct picked *seats)
{
    struct match_result *result = &work->results[entry];

    result->seated = true;
    result->seats = *seats;
    for (int i = 0; i < seats->n; i++)
        work->taken[seats->seats[i]] = owner_of(entry);
}

static void give_back(struct match_work *work, size_t entry)
{
    struct match_result *result = &work->results[entry];

    for (int i = 0; i < result->seats.n; i++)
        work->taken[result->seats.seats[i]] = 0;
    result->seated = false;
}

static int wheelchairs_in(const struct match_work *work, const struct picked *seats)
{
    int n = 0;

    for (int i = 0; i < seats->n; i++)
        n += work->plan->seats[seats->seats[i]].kind == SEAT_WHEELCHAIR;
    return n;
}

/* Which seats pick_for looks at. */
enum view {
    LEFT_OVER, /* free now */
    MOVABLE,   /* free but for what is fixed or kept */
    SPARE,     /* free now, accessible places too, which pick spares while others are left */
};

static bool open_now(const struct match_work *work, size_t seat, enum view view)
{
    int32_t taken = work->taken[seat];

    if (work->open[seat] == 0)
        return false;
    return taken == 0 || (view == MOVABLE && taken > 0 && !work->fixed[taken - 1]);
}

/* May the entry have this accessible place although it asked for none? */
static bool may_at_need(const struct match_work *work, size_t entry, size_t seat)
{
    const uint8_t *barred = work->entries[entry].barred;

    return (work->open[seat] == 1 || work->open[seat] - 1U == entry + 1) &&
           work->plan->seats[seat].kind != SEAT_STANDARD && (barred == NULL || !barred[seat]);
}

static bool pick_for(struct match_work *work, size_t entry, int rank, enum view view,
                     struct picked *seats)
{
    const struct match_entry *who = &work->entries[entry];
    enum fit fit = work->together[entry] ? FIT_TOGETHER : who->fit;
    struct pick_wish wish = {who->party, fit, who->zone, rank, who->wheelchairs};

    for (size_t seat = 0; seat < work->plan->n; seat++) {
        work->near[seat] = open_now(work, seat, view);
        work->may[seat] = work->near[seat] && (match_work_may(work, entry, seat) ||
                                               (view == SPARE && may_at_need(work, entry, seat)));
    }
    return pick_among(work->plan, work->near, work->may, &wish, seats) &&
           (view == SPARE || wheelchairs_in(work, seats) == who->wheelchairs);
}

/* The search's answer becomes the seats of its items. */
static void adopt(struct match_work *work, size_t n)
{
    for (size_t i = 0; i < n; i++)
        give_back(work, work->items[i].entry);
    for (size_t i = 0; i < n; i++) {
        size_t entry = work->items[i].entry;
        struct picked seats = {0};

        for (size_t cell = 0; cell < work->cells.n; cell++) {
            if (work->search->owner[cell] == owner_of(entry))
                seats.seats[seats.n++] = work->cells.seat[cell];
        }
        take(work, entry, &seats);
    }
}

/* Seats all that are seated and not fixed anew, and `more` as well (work->n: nobody), on seats
 * other than `shut` (may be NULL). False leaves all as it was. */
static bool rearrange(struct match_work *work, size_t more, const struct picked *shut)
{
    size_t n = 0;

    for (size_t entry = 0; entry < work->n; entry++) {
        const struct match_entry *who = &work->entries[entry];

        if (entry == more || (work->results[entry].seated && !work->fixed[entry]))
            work->items[n++] =
                (struct match_item){entry, who->party, who->wheelchairs,
                                    work->together[entry] ? FIT_TOGETHER : who->fit, 0};
    }
    for (size_t cell = 0; cell < work->cells.n; cell++) {
        size_t seat = work->cells.seat[cell];
        bool closed = !open_now(work, seat, MOVABLE);

        for (int i = 0; shut != NULL && i < shut->n; i++)
            closed |= shut->seats[i] == seat;
        work->search->owner[cell] = closed ? MATCH_SHUT : 0;
    }
    if (!match_search(work->search, work->items, n))
        return false;
    adopt(work, n);
    work->moved = true;
    return true;
}

static bool valid(const struct match_entry *who)
{
    return who->party >= 1 && who->party <= PARTY_MAX && who->wheelchairs >= 0 &&
           who->wheelchairs <= who->party;
}

/* Seats one more entry beside those before it, who may be moved for it. */
static bool serve(struct match_work *work, size_t entry)
{
    struct picked seats;

    if (!valid(&work->entries[entry]))
        return false;
    if (pick_for(work, entry, 0, LEFT_OVER, &seats)) {
        take(work, entry, &seats);
        return true;
    }
    /* Most of a long queue ends here, at little cost: it would not fit if it were alone. */
    return pick_for(work, entry, 0, MOVABLE, &seats) && rearrange(work, entry, NULL);
}

/* Decides who is served; returns how many entries were looked at. */
static size_t decide(struct match_work *work, bool strict, bool keep)
{
    for (size_t entry = 0; entry < work->n; entry++) {
        if (serve(work, entry))
            continue;
        match_reason(work, entry);
        if (strict)
            return entry + 1;
        if (keep && work->entries[entry].passes >= MATCH_PASSES_TO_KEEP)
            match_keep(work, entry);
    }
    return work->n;
}

static int pieces_of(const struct match_work *work, size_t entry)
{
    const struct picked *seats = &work->results[entry].seats;

    return pick_pieces(work->plan, seats->seats, (size_t)seats->n);
}

/* In order: whoever can sit in one piece without putting another out, shall. */
static void join(struct match_work *work)
{
    for (size_t entry = 0; entry < work->n; entry++) {
        if (!work->results[entry].seated || work->entries[entry].party == 1)
            continue;
        work->together[entry] = true;
        if (pieces_of(work, entry) > 1 && !rearrange(work, work->n, NULL))
            work->together[entry] = false;
    }
}

/* Gives the entry these seats for good if all others that are not fixed can still be seated. */
static bool settle(struct match_work *work, size_t entry, const struct picked *seats)
{
    struct picked before = work->results[entry].seats;
    bool disturbs = false;

    give_back(work, entry);
    for (int i = 0; i < seats->n; i++)
        disturbs |= work->taken[seats->seats[i]] > 0;
    if (disturbs && !rearrange(work, work->n, seats)) {
        take(work, entry, &before);
        return false;
    }
    take(work, entry, seats);
    work->fixed[entry] = true;
    return true;
}

/* Picking a rank goes over the hall as often, and for several pieces over a table. */
static long rank_effort(const struct match_work *work, size_t entry, int rank)
{
    long once = work->together[entry] ? 1 : 6 * (work->entries[entry].party + 1);

    return (rank + 1) * once * (long)work->plan->n;
}

/* The set is known: in order, each gets the best seats that leave the others theirs. */
static void choose(struct match_work *work)
{
    work->search->effort_left = MATCH_EFFORT;
    for (size_t entry = 0; entry < work->n; entry++) {
        struct picked first = {0};
        struct picked seats;

        if (!work->results[entry].seated)
            continue;
        for (int rank = 0; rank < RANKS_MOST && !work->fixed[entry]; rank++) {
            work->search->effort_left -= rank_effort(work, entry, rank);
            if (rank > 0 && work->search->effort_left < 0)
                break;
            if (!pick_for(work, entry, rank, MOVABLE, &seats))
                break;
            if (rank == 0)
                first = seats;
            else if (memcmp(first.seats, seats.seats, sizeof first.seats) == 0)
                break;
            (void)settle(work, entry, &seats);
        }
        work->fixed[entry] = true; /* if need be where the search put it */
    }
}

/* Accessible places that nobody asked for go to whoever is left, when nothing else is left. */
static void serve_spare(struct match_work *work, size_t decided, bool strict)
{
    for (size_t entry = 0; entry < decided; entry++) {
        struct match_result *result = &work->results[entry];
        struct picked seats;

        if (result->seated || result->keep || !valid(&work->entries[entry]))
            continue;
        if (pick_for(work, entry, 0, SPARE, &seats)) {
            take(work, entry, &seats);
            result->reason[0] = '\0';
        } else if (strict) {
            return;
        }
    }
}

static void count_passes(struct match_work *work, bool keep)
{
    int seated_behind = 0;

    for (size_t entry = work->n; entry-- > 0;) {
        struct match_result *result = &work->results[entry];

        result->passes = work->entries[entry].passes;
        if (result->seated)
            seated_behind++;
        else
            result->passes += seated_behind;
    }
    for (size_t entry = 0; keep && entry < work->n; entry++) {
        struct match_result *result = &work->results[entry];

        if (!result->seated && !result->keep && result->passes >= MATCH_PASSES_TO_KEEP)
            match_keep(work, entry);
    }
}

/* What is told about the seats in the end. */
static void describe(struct match_work *work, size_t decided)
{
    for (size_t entry = 0; entry < work->n; entry++) {
        struct match_result *result = &work->results[entry];
        struct picked *seats = &result->seats;

        if (entry >= decided)
            (void)snprintf(result->reason, sizeof result->reason, "%s", MATCH_REASON_ORDER);
        if (!result->seated) {
            *seats = (struct picked){0};
            continue;
        }
        for (size_t seat = 0; seat < work->plan->n; seat++)
            work->near[seat] = work->open[seat] != 0 && work->taken[seat] <= 0;
        seats->pieces = pieces_of(work, entry);
        seats->gaps = pick_gaps(work->plan, work->near, seats->seats, (size_t)seats->n, NULL);
    }
}

bool match_queue(const struct plan *plan, const uint8_t *open, const struct match_entry *entries,
                 size_t n, bool strict, bool keep, struct match_result *results)
{
    struct match_work work;
    size_t decided = 0;
    bool ready;

    if (n > 0)
        memset(results, 0, n * sizeof *results);
    ready = match_work_init(&work, plan, open, entries, n, results);
    if (ready) {
        decided = decide(&work, strict, keep && !strict);
        join(&work);
        if (work.moved)
            choose(&work);
        serve_spare(&work, decided, strict);
        count_passes(&work, keep && !strict);
        describe(&work, decided);
    }
    match_work_fini(&work);
    return ready;
}
