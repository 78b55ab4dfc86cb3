/*
 * Choosing seats for a party (design, 6): least pieces, then least new single gaps, then accessible
 * places spared, then distance to the focal point, then lowest seat.
 */
#ifndef BOXOFFICE_CORE_RULES_PICK_H
#define BOXOFFICE_CORE_RULES_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/words.h"
#include "core/rules/plan.h"

/* X(name, text) how a party wants to sit */
#define FITS(X)                 \
    X(TOGETHER, N_("together")) \
    X(PAIRS, N_("pairs"))       \
    X(ANY, N_("any"))

enum fit {
#define FIT_ENUM(name, text) FIT_##name,
    FITS(FIT_ENUM)
#undef FIT_ENUM
};

struct pick_wish {
    int party;       /* 1 to SEATS_MAX */
    enum fit fit;    /* PAIRS: no piece of one, a party of one excepted */
    int zone;        /* index of the plan's zone, -1: any */
    int rank;        /* 0: the best; 1: the next best block, ... (different seats each) */
    int wheelchairs; /* of the party, how many need a wheelchair place */
};

struct picked {
    int n;
    int pieces;
    int gaps;                /* single seats newly left empty beside them */
    size_t seats[SEATS_MAX]; /* indexes into the plan, rising */
};

/*
 * Picks among the seats whose `open` byte is non-zero (plan->n bytes). Wheelchair and companion
 * places are taken only when nothing else is left, unless the wish asks for them. With
 * FIT_TOGETHER only one piece will do. Returns false when there is no way; a rank past the last way
 * starts over at the best one, so that stepping goes round. (Out of memory is no way, too.)
 *
 * "Nothing else left": fewer other seats are open than the party needs. A wish with wheelchairs
 * gets just as many wheelchair places, companions' places beside them before others.
 */
bool pick_seats(const struct plan *plan, const uint8_t *open, const struct pick_wish *wish,
                struct picked *picked);

/*
 * Likewise, but only seats whose `may` byte (plan->n bytes) is non-zero are picked, while `open`
 * tells which count as open neighbours when gaps are looked for.
 */
bool pick_among(const struct plan *plan, const uint8_t *open, const uint8_t *may,
                const struct pick_wish *wish, struct picked *picked);

/* The longest block of open standard seats side by side. */
int pick_longest(const struct plan *plan, const uint8_t *open);

/*
 * How many single seats would be left newly empty if the `n` seats (indexes) were taken; the first
 * of them (PLAN_NONE without one) goes to `*gap` unless NULL. Wheelchair and companion places are
 * no gaps.
 */
int pick_gaps(const struct plan *plan, const uint8_t *open, const size_t *seats, size_t n,
              size_t *gap);

/* How many pieces (blocks side by side) the `n` seats (indexes) make. */
int pick_pieces(const struct plan *plan, const size_t *seats, size_t n);

/* The word of a fit, a static string. */
const char *fit_text(enum fit fit);
/* Reads a word; false when it is none. */
bool fit_parse(const char *text, enum fit *fit);

#endif
