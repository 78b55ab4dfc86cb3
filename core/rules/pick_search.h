/*
 * One search for seats: what pick.c hands to its two ways of searching. Of no use elsewhere.
 *
 * A cost is one number, so that comparing two ways is one comparison: pieces, gaps, accessible
 * places and distance, each in bits of its own, the weightiest highest.
 */
#ifndef BOXOFFICE_CORE_RULES_PICK_SEARCH_H
#define BOXOFFICE_CORE_RULES_PICK_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/rules/pick.h"

typedef uint64_t pick_cost;

#define PICK_PIECE      ((pick_cost)1 << 48)
#define PICK_GAP        ((pick_cost)1 << 40)
#define PICK_ACCESSIBLE ((pick_cost)1 << 32)
#define PICK_NO_WAY     ((pick_cost)1 << 62)

struct pick_search {
    const struct plan *plan;
    const uint8_t *open; /* what counts as an open neighbour; borrowed */
    uint8_t *allowed;    /* what may be taken; borrowed, pick_split_search writes to it */
    int party;
    int wheelchairs; /* wheelchair places wanted */
    bool exact;      /* and not one more */
    bool pairs;      /* no piece of one */
};

/* What taking this seat costs, gaps and pieces apart. */
static inline pick_cost pick_seat_cost(const struct pick_search *search, size_t seat)
{
    const struct plan_seat *at = &search->plan->seats[seat];
    pick_cost cost = (pick_cost)(uint32_t)at->distance;

    /* A party with a wheelchair prefers the companions' places; others spare them all. */
    if ((at->kind == SEAT_STANDARD) == (search->wheelchairs > 0) && at->kind != SEAT_WHEELCHAIR)
        cost += PICK_ACCESSIBLE;
    else if (at->kind == SEAT_WHEELCHAIR && !search->exact)
        cost += PICK_ACCESSIBLE;
    return cost;
}

/* Is there a seat beside `seat`, one to the right? To the left is the same of seat - 1. */
static inline bool pick_joined(const struct plan *plan, size_t seat)
{
    return seat + 1 < plan->n && plan->seats[seat].run == plan->seats[seat + 1].run;
}

/* The best way number `rank` (going round) to sit in one piece; false when there is none. */
bool pick_block_search(const struct pick_search *search, int rank, size_t *seats);

/* Likewise in as few pieces as it takes. Also false when out of memory. */
bool pick_split_search(const struct pick_search *search, int rank, size_t *seats);

#endif
