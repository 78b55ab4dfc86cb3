/*
 * Can these parties all be seated at once? The search behind match.c; of no use elsewhere.
 *
 * Cells are the seats that anybody in the queue may use, in seat order. Parties that sit in blocks
 * are tried in every way that differs; parties of scattered seats are then spread over the rest.
 */
#ifndef BOXOFFICE_CORE_RULES_MATCH_SEARCH_H
#define BOXOFFICE_CORE_RULES_MATCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rules/match.h"

enum { MATCH_SHUT = -1, MATCH_FAILED = 4096 };

struct match_cells {
    size_t n;
    size_t *seat;   /* index into the plan */
    bool *joined;   /* the next cell is the seat beside it */
    bool *wheel;    /* a wheelchair place */
    uint64_t *mark; /* equal where the same entries may sit, and the kind is equal */
    uint8_t *may;   /* [entry][cell] */
};

/* A party to seat. */
struct match_item {
    size_t entry;
    int party;
    int wheelchairs;
    enum fit fit;
    int after; /* seats that it and those behind it want; match_search fills it in */
};

struct match_search {
    const struct match_cells *cells;
    int32_t *owner; /* [cell]: MATCH_SHUT, 0 or entry + 1 */
    bool *visited;  /* scratch, two a cell */
    struct match_item *items;
    size_t n_items;
    size_t n_blocks;               /* of them, how many sit in blocks: those come first */
    long effort;                   /* cells looked at that are still allowed */
    long effort_left;              /* in all searches of one matching */
    uint64_t failed[MATCH_FAILED]; /* positions known to be hopeless */
};

/*
 * Seats the `n` items (sorted here) on the cells whose owner is 0, writing the owners. False, with
 * the owners as they were, when there is no way or it was not found with the effort left.
 */
bool match_search(struct match_search *search, struct match_item *items, size_t n);

#endif
