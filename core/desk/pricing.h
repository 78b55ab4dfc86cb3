/* Price lists: what each ticket type costs in each zone of a show. */
#ifndef BOXOFFICE_CORE_DESK_PRICING_H
#define BOXOFFICE_CORE_DESK_PRICING_H

#include "core/desk/verb.h"
#include "core/rules/plan.h"

struct price_request {
    struct ask ask;
    show_id show;
    type_id type;
    money amount;
    char zone[ZONE_SIZE]; /* "": of a hall without zones */
};
struct price_reply {
    struct told told;
    money was; /* -1: there was none */
    int64_t rev;
};

/*
 * Sets one price, from now on: what is sold and reserved stays as it is, and what a basket holds
 * costs what the customer was shown. Needs RIGHT_MANAGE; journaled in the show's book.
 * RC_NOT_FOUND: no such zone or type. RC_WRONG_STATE: the show is cancelled. RC_TOO_LATE: it no
 * longer sells.
 */
extern const struct verb verb_price;

#endif
