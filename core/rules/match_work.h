/* What the parts of the queue's matching share while they work; of no use elsewhere. */
#ifndef BOXOFFICE_CORE_RULES_MATCH_WORK_H
#define BOXOFFICE_CORE_RULES_MATCH_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rules/match.h"
#include "core/rules/match_search.h"

enum { MATCH_EFFORT = 1500000 }; /* cells looked at: some 20 ms */

struct match_work {
    const struct plan *plan;
    const uint8_t *open; /* as match_queue was given it */
    const struct match_entry *entries;
    size_t n;
    struct match_result *results;
    int32_t *taken; /* [seat of the plan]: 0, entry + 1, or -(entry + 1) when kept for it */
    bool *together; /* [entry]: to be seated in one piece although it would take several */
    bool *fixed;    /* [entry]: its seats are final */
    bool moved;     /* somebody was seated by the search, not by picking in order */
    uint8_t *near;  /* [seat of the plan]: scratch, what is open now */
    uint8_t *may;   /* [seat of the plan]: scratch, what an entry may take of that */
    struct match_item *items; /* scratch, one an entry */
    struct match_cells cells;
    struct match_search *search;
};

/* Makes room and the cells. False: out of memory; match_work_fini is to be called all the same. */
bool match_work_init(struct match_work *work, const struct plan *plan, const uint8_t *open,
                     const struct match_entry *entries, size_t n, struct match_result *results);

/* Frees what match_work_init made. */
void match_work_fini(struct match_work *work);

/* May the entry ever take that seat? Wheelchair and companion places only if it asks for them. */
bool match_work_may(const struct match_work *work, size_t entry, size_t seat);

/* May it, and is the seat neither taken nor kept for another? */
bool match_work_free(const struct match_work *work, size_t entry, size_t seat);

/* Writes why the entry was not seated, by what is open to it now. */
void match_reason(struct match_work *work, size_t entry);

/* Chooses the seats to be kept for an entry that was not seated, out of what is open now. */
void match_keep(struct match_work *work, size_t entry);

#endif
