/* Holds: the seats in a basket, live on every terminal while they last (design, 6). */
#ifndef BOXOFFICE_CORE_DESK_HOLD_H
#define BOXOFFICE_CORE_DESK_HOLD_H

#include "core/desk/verb.h"

struct hold_request {
    struct ask ask; /* key: the basket's */
    show_id show;
    int32_t best;     /* hold the best so many; 0: the seats listed */
    int32_t rank;     /* 0: the best, 1: the next best, ... */
    int32_t replace;  /* 1: what this basket holds in this show is given back first */
    int32_t together; /* 1: RC_APART rather than pieces; the reply then has the pieces, unheld */
    type_id type;     /* ticket type of every seat; id 0: the first type */
    int32_t n;
    seat_id seats[SEATS_MAX];
};

struct hold_reply {
    struct told told;
    int32_t n; /* the seats held by this request, or, with RC_APART, found in pieces */
    int32_t pieces;
    int32_t gaps; /* single seats newly left empty */
    seat_id seats[SEATS_MAX];
    when_ms until;
    int64_t rev;
};

/* Gives back seats of a basket. n 0: all of the show; show 0: all of the basket. */
struct release_request {
    struct ask ask; /* key: the basket's */
    show_id show;
    int32_t n;
    seat_id seats[SEATS_MAX];
};
struct release_reply {
    struct told told;
    int32_t n; /* seats given back */
};

/* Activity: the basket's holds run their idle time again, at most HOLD_MOST after their start. A
 * show's rev rises, and others hear of it, when the minute changes in which its holds end. */
struct touch_request {
    struct ask ask; /* key: the basket's */
    int32_t pay;    /* 1: pay is open: the most counts from `since`, which the caller keeps */
    when_ms since;  /* when pay was opened */
};
struct touch_reply {
    struct told told;
    int32_t n;     /* seats still held */
    when_ms until; /* the earliest end */
};

/* Sets the ticket type, and so the price, of a held seat. */
struct retype_request {
    struct ask ask; /* key: the basket's */
    show_id show;
    seat_id seat;
    type_id type;
};
struct retype_reply {
    struct told told;
    money amount;
};

/* hold: RC_TAKEN names the seat and who has it; RC_SOLD_OUT; RC_APART; RC_TOO_LATE past the sale
 * stop; RC_WRONG_STATE for a cancelled show. Returned seats are refused to walk-ups with RC_TAKEN.
 * A basket holds at most SEATS_MAX seats, of at most BASKET_SHOWS shows: RC_REFUSED. */
extern const struct verb verb_hold, verb_release, verb_touch, verb_retype;

/* The shows at which a basket holds seats that have not run out, by their ids; returns how many. */
int hold_shows(struct sql *db, const char *basket, when_ms now, show_id shows[static BASKET_SHOWS]);

#endif
