#include "core/rules/pick.h"

#include <stdlib.h>
#include <string.h>

#include "core/rules/pick_search.h"

/* Marks what may be taken and counts it; how many are no wheelchair places goes to `*others`. */
static int allow(struct pick_search *search, const uint8_t *may, int zone, bool accessible,
                 int *others)
{
    const struct plan *plan = search->plan;
    int n = 0;

    *others = 0;
    for (size_t i = 0; i < plan->n; i++) {
        const struct plan_seat *seat = &plan->seats[i];

        search->allowed[i] = search->open[i] && may[i] && (zone < 0 || seat->zone == zone) &&
                             (accessible || seat->kind == SEAT_STANDARD);
        n += search->allowed[i];
        *others += search->allowed[i] && seat->kind != SEAT_WHEELCHAIR;
    }
    return n;
}

static bool search_all(const struct pick_search *search, const struct pick_wish *wish,
                       size_t *seats)
{
    if (pick_block_search(search, wish->rank, seats))
        return true;
    return wish->fit != FIT_TOGETHER && search->party > 1 &&
           pick_split_search(search, wish->rank, seats);
}

/* Tries with the places that the party has a claim to, then with all when too few others are left.
 */
static bool search_kinds(struct pick_search *search, const uint8_t *may,
                         const struct pick_wish *wish, size_t *seats)
{
    int others;
    int all = allow(search, may, wish->zone, search->wheelchairs > 0, &others);

    search->exact = true;
    if (others >= search->party - search->wheelchairs)
        return all >= search->party && search_all(search, wish, seats);
    search->exact = false;
    all = allow(search, may, wish->zone, true, &others);
    return all >= search->party && search_all(search, wish, seats);
}

bool pick_among(const struct plan *plan, const uint8_t *open, const uint8_t *may,
                const struct pick_wish *wish, struct picked *picked)
{
    struct pick_search search = {
        .plan = plan,
        .open = open,
        .party = wish->party,
        .wheelchairs = wish->wheelchairs < wish->party ? wish->wheelchairs : wish->party,
        .pairs = wish->fit == FIT_PAIRS && wish->party > 1,
    };
    bool found;

    memset(picked, 0, sizeof *picked);
    if (wish->party < 1 || wish->party > SEATS_MAX || wish->rank < 0 || wish->wheelchairs < 0)
        return false;
    search.allowed = malloc(plan->n + 1);
    if (search.allowed == NULL)
        return false;
    found = search_kinds(&search, may, wish, picked->seats);
    free(search.allowed);
    if (found) {
        picked->n = wish->party;
        picked->pieces = pick_pieces(plan, picked->seats, (size_t)picked->n);
        picked->gaps = pick_gaps(plan, open, picked->seats, (size_t)picked->n, NULL);
    }
    return found;
}

bool pick_seats(const struct plan *plan, const uint8_t *open, const struct pick_wish *wish,
                struct picked *picked)
{
    return pick_among(plan, open, open, wish, picked);
}

int pick_longest(const struct plan *plan, const uint8_t *open)
{
    int longest = 0;
    int length = 0;

    for (size_t i = 0; i < plan->n; i++) {
        if (i > 0 && !pick_joined(plan, i - 1))
            length = 0;
        length = open[i] && plan->seats[i].kind == SEAT_STANDARD ? length + 1 : 0;
        if (length > longest)
            longest = length;
    }
    return longest;
}

static bool among(const size_t *seats, size_t n, size_t seat)
{
    for (size_t i = 0; i < n; i++) {
        if (seats[i] == seat)
            return true;
    }
    return false;
}

/* Is `seat` open and not one of the `n`? */
static bool stays_open(const uint8_t *open, const size_t *seats, size_t n, size_t seat)
{
    return open[seat] && !among(seats, n, seat);
}

/* Is `seat`, beside a seat that is taken, left alone? */
static bool left_alone(const struct plan *plan, const uint8_t *open, const size_t *seats, size_t n,
                       size_t seat)
{
    if (plan->seats[seat].kind != SEAT_STANDARD || !stays_open(open, seats, n, seat))
        return false;
    if (seat > 0 && pick_joined(plan, seat - 1) && stays_open(open, seats, n, seat - 1))
        return false;
    return !pick_joined(plan, seat) || !stays_open(open, seats, n, seat + 1);
}

int pick_gaps(const struct plan *plan, const uint8_t *open, const size_t *seats, size_t n,
              size_t *gap)
{
    size_t first = PLAN_NONE;
    int gaps = 0;

    for (size_t i = 0; i < n; i++) {
        size_t at = seats[i];

        /* A seat between two that are taken is counted once, from its left. */
        if (at > 0 && pick_joined(plan, at - 1) && left_alone(plan, open, seats, n, at - 1) &&
            !(at > 1 && pick_joined(plan, at - 2) && among(seats, n, at - 2))) {
            gaps++;
            first = at - 1 < first ? at - 1 : first;
        }
        if (pick_joined(plan, at) && left_alone(plan, open, seats, n, at + 1)) {
            gaps++;
            first = at + 1 < first ? at + 1 : first;
        }
    }
    if (gap != NULL)
        *gap = first;
    return gaps;
}

int pick_pieces(const struct plan *plan, const size_t *seats, size_t n)
{
    int pieces = 0;

    for (size_t i = 0; i < n; i++) {
        if (seats[i] == 0 || !pick_joined(plan, seats[i] - 1) || !among(seats, n, seats[i] - 1))
            pieces++;
    }
    return pieces;
}

#define TEXT(name, text) text,
static const char *const texts[] = {FITS(TEXT)};
#undef TEXT

const char *fit_text(enum fit fit)
{
    return (size_t)fit < sizeof texts / sizeof texts[0] ? texts[fit] : "?";
}

bool fit_parse(const char *text, enum fit *fit)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(texts[i], text) == 0) {
            *fit = (enum fit)i;
            return true;
        }
    }
    return false;
}
