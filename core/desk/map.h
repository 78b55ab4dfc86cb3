/* Reads of shows and seats: the programme of a day and the map of a show. */
#ifndef BOXOFFICE_CORE_DESK_MAP_H
#define BOXOFFICE_CORE_DESK_MAP_H

#include "core/desk/verb.h"
#include "core/rules/life.h"
#include "core/rules/plan.h"

struct show_row {
    show_id id;
    hall_id hall;
    char title[TITLE_SIZE], hall_name[NAME_SIZE];
    when_ms starts_at, ends_at, sale_stop;
    bool cancelled;
    int32_t seats, free, held, reserved, sold, returned, blocked; /* counts, as seen at `now` */
    int32_t waiting;                                              /* parties */
    int32_t together;                                             /* longest free block */
    money from; /* cheapest price of the first type, what the hall's main zone costs */
    int64_t rev;
};
struct show_list {
    size_t n;
    struct show_row rows[];
};

/*
 * Shows that start in [from, to) in order of start, then hall; also, once `from` has come, those
 * before it that still sell at `now`. Heap snapshot, freed with free(). `cancelled` includes
 * cancelled shows.
 */
enum rc shows_read(struct sql *db, when_ms from, when_ms to, when_ms now, bool cancelled,
                   struct show_list **list, struct fault *why);

/* Other showings of a title after `now`, up to `most`, without `except`. */
enum rc shows_same_title(struct sql *db, show_id except, when_ms now, size_t most,
                         struct show_list **list, struct fault *why);

/* First start after `after`; 0 when there is none. */
when_ms shows_next_start(struct sql *db, when_ms after);

struct map_seat {
    uint8_t state;   /* enum claim_state as seen at `now` */
    uint8_t mine;    /* held by the basket asked for */
    uint8_t offered; /* reserved for an offer to the waiting list */
    uint8_t kept;    /* returned and kept for one party alone */
    reservation_id reservation;
    entry_id entry; /* of kept */
    type_id type;   /* of mine */
    money amount;   /* of mine and of what is sold or reserved */
    when_ms since, until;
    char code[CODE_SIZE];
    char terminal[TERMINAL_SIZE];
    char reason[64]; /* of blocked */
};
struct zone_price {
    type_id type;
    money amount;
};
enum { TYPES_MAX = 9, TYPE_NAME_SIZE = 31 + 1 };
struct type_row {
    type_id id;
    int32_t digit;
    char name[TYPE_NAME_SIZE];
    int32_t tax;  /* rate, hundredths of a per cent; -1: the setting's */
    bool retired; /* it is offered no more */
};
struct map {
    struct show_row show;
    size_t n; /* seats, in the plan's order */
    int32_t n_types;
    struct type_row types[TYPES_MAX];
    money prices[PLAN_ZONES_MAX]
                [TYPES_MAX]; /* by the plan's zone and the type's place in `types` */
    struct map_seat seats[];
};

/* The map of a show: one range read, no join over seats. `basket` may be "". Heap, free(). */
enum rc map_read(struct sql *db, show_id show, const char *basket, when_ms now, struct map **map,
                 struct fault *why);

/* A show's revision: the cheap question of the timer. 0 when there is no such show. */
int64_t map_rev(struct sql *db, show_id show);

/* A copy of a hall's plan with the seats' ids, the caller's, to be freed with plan_free. */
enum rc map_plan(struct sql *db, hall_id hall, struct plan **plan, struct fault *why);

/*
 * The plan as the connection keeps it (a layout never changes under a show): borrowed, lives as
 * long as the connection. NULL when there is no such hall or memory.
 */
const struct plan *map_plan_kept(struct sql *db, hall_id hall);

#endif
