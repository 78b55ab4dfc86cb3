/*
 * Assigning: one designated terminal gives freed seats to the waiting list (design, 5). Idempotent;
 * one transaction a show; the lease's term is checked first inside it, so that a paused, revived
 * holder does nothing.
 */
#ifndef BOXOFFICE_CORE_DESK_ASSIGN_H
#define BOXOFFICE_CORE_DESK_ASSIGN_H

#include "core/desk/verb.h"

struct assign_request {
    struct ask ask;
    show_id show;
    int64_t term;   /* of the lease that the caller holds */
    int32_t strict; /* 1: the head of the list blocks */
};
struct assign_reply {
    struct told told;
    int32_t offered; /* parties that got an offer */
    int32_t freed;   /* returned seats that became free, since nobody fits */
    int64_t rev;
};
/* RC_LEASED when the lease has another term by now. Changes nothing when nothing is to be done. */
extern const struct verb verb_assign;

/* Shows where assigning may change something (anyone waits and seats are open), up to `most`. */
size_t assign_list(struct sql *db, when_ms now, show_id *shows, size_t most);

#endif
