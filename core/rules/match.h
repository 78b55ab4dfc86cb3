/*
 * Matching the waiting list with open seats (design, 5): the set of parties served is the best in
 * order (a party ahead is never left out for one behind, unless it cannot be seated at all); each
 * party is whole; no party sits in two places while a way for the same set seats it in one.
 */
#ifndef BOXOFFICE_CORE_RULES_MATCH_H
#define BOXOFFICE_CORE_RULES_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/words.h"
#include "core/rules/pick.h"

enum { MATCH_PASSES_TO_KEEP = 2, MATCH_REASON = 96 };

/* The reason of one that the head of the list holds back. */
#define MATCH_REASON_ORDER N_("waits for those before it")

/* Seats are kept for so many of a queue at most, the first of it: what a byte can name. */
enum { MATCH_KEEPERS_MOST = 254 };

struct match_entry {
    entry_id id;
    int party;
    enum fit fit;
    int zone; /* -1: any */
    int wheelchairs;
    int passes;            /* times that a later entry was seated before it, so far */
    const uint8_t *barred; /* plan->n bytes, non-zero: not this seat again; NULL: none; borrowed */
};

struct match_result {
    bool seated;
    struct picked seats;
    int passes;                /* new count */
    bool keep;                 /* passed over often enough: `kept` is to be kept for it */
    struct picked kept;        /* the seats open now that its best future block would use */
    char reason[MATCH_REASON]; /* why not, in English, as it is stored: "needs 4 together, 3 were
                                  free in F"; "" when seated */
};

/*
 * Decides for `n` entries in their order (priority, then sequence). `open` has plan->n bytes: 0 not
 * available, 1 open to anyone, 1 + k (k from 1) kept for the k-th entry of `entries` alone (the
 * first MATCH_KEEPERS_MOST only, for whom alone seats are kept).
 * `strict`: the first that does not fit ends the matching. `keep`: seats may be kept for entries
 * passed over MATCH_PASSES_TO_KEEP times, and deciding on what was kept comes to rest; each later
 * entry that is seated counts as one pass. One that comes with so many passes has its seats kept
 * before later ones are looked at. Accessible places go to those who ask for them, and to others at
 * the end when nothing else is left. Exact within a bounded effort (tens of ms at most), beyond it
 * by picking in order; always the same answer to the same question. Results are in the order of the
 * entries. False: out of memory.
 */
bool match_queue(const struct plan *plan, const uint8_t *open, const struct match_entry *entries,
                 size_t n, bool strict, bool keep, struct match_result *results);

/*
 * A reason as it is stored, in the reader's language, into `buffer`, which it returns; one that is
 * none of ours stays as it is. What does not fit is cut.
 */
char *match_say(const char *reason, char *buffer, size_t size);

#endif
