/* House seats: what is not for sale at a show, and why (a broken seat, the owner's, a camera). */
#ifndef BOXOFFICE_CORE_DESK_BLOCK_H
#define BOXOFFICE_CORE_DESK_BLOCK_H

#include "core/desk/verb.h"

enum { BLOCK_REASON_SIZE = 63 + 1 };

struct block_request {
    struct ask ask;
    show_id show;
    int32_t n;
    seat_id seats[SEATS_MAX];
    char reason[BLOCK_REASON_SIZE]; /* of block: wanted; of unblock: none */
};
struct block_reply {
    struct told told;
    show_id show;
    int32_t n;
    seat_id seats[SEATS_MAX]; /* in seat order */
    int32_t for_the_list;     /* of unblock: so many are kept for the waiting list */
    int64_t rev;
};

/*
 * Both need RIGHT_BLOCK, and do all of the seats or none. block: free seats, and what was given
 * back and is kept for the waiting list; RC_TAKEN names the first seat that somebody has, and who.
 * unblock: the seats are given back, so that the waiting list comes first; RC_WRONG_STATE names one
 * that is not blocked. RC_WRONG_STATE for a cancelled show.
 */
extern const struct verb verb_block, verb_unblock;

#endif
