/*
 * Parked baskets: set aside for the next customer, kept for ten minutes, seen on every terminal,
 * taken up by any of them, once (screens.md, rules of the hand).
 */
#ifndef BOXOFFICE_CORE_DESK_PARK_H
#define BOXOFFICE_CORE_DESK_PARK_H

#include "core/desk/hold.h"

enum { PARKED_MOST = 64 };

/* Parks the basket whose key is the ask's: its holds run from now as long as is asked for, ten
 * minutes at most. Parked again, it does so anew. RC_NOT_FOUND: it holds nothing any more. */
struct park_request {
    struct ask ask;  /* key: the basket's */
    when_ms keep_ms; /* 0: as long as can be */
};
struct park_reply {
    struct told told;
    int32_t n; /* seats */
    when_ms until;
};

/* Takes up a parked basket: its holds belong to another basket from now on, whose idle time begins.
 * RC_TAKEN names the terminal that was quicker; RC_NOT_FOUND: its holds have ended. */
struct get_request {
    struct ask ask;        /* key: the request's own */
    char parked[KEY_SIZE]; /* the key that it was parked under */
    char basket[KEY_SIZE]; /* the key that it is held under from now on */
};
struct get_reply {
    struct told told;
    int32_t n;    /* seats */
    show_id show; /* the first at which they are */
    when_ms until;
};

extern const struct verb verb_park, verb_get;

/* A parked basket as it is read. */
struct parked_row {
    char key[KEY_SIZE];
    char terminal[TERMINAL_SIZE]; /* who parked it */
    int32_t operator_number;
    when_ms parked_at, until;
    show_id show; /* the first of them, with its title and start */
    hall_id hall;
    char title[TITLE_SIZE];
    when_ms starts_at;
    int32_t n_shows;
    int32_t n;
    seat_id seats[SEATS_MAX];
    show_id shows[SEATS_MAX]; /* of each seat */
};
struct parked_list {
    size_t n;
    struct parked_row rows[];
};

/* The baskets that are parked at `now`, the oldest first, at most PARKED_MOST. Heap snapshot, freed
 * with free(). */
enum rc parked_read(struct sql *db, when_ms now, struct parked_list **list, struct fault *why);

#endif
