/* What a search gathers: shared by the ways of finding in find.c and find_place.c. */
#ifndef BOXOFFICE_CORE_DESK_FIND_HITS_H
#define BOXOFFICE_CORE_DESK_FIND_HITS_H

#include "core/desk/find.h"

enum {
    FIND_KEY_ROOM = 3 * NAME_SIZE, /* case folding makes some letters longer */
    FIND_WIDEST = 20000, /* so many rows of an index are looked at: a single letter matches more */
};

struct hit {
    enum found_kind kind;
    int64_t id;
};

/* One search. */
struct search {
    struct sql *db;
    when_ms now;
    const char *text; /* without blanks at its ends */
    char key[FIND_KEY_ROOM], end[FIND_KEY_ROOM];
    size_t most, n;
    struct hit *hits; /* room for most + 1 */
    struct found_list *list;
};

/* Is there one more than wanted? Then nothing is added. */
bool hits_full(const struct search *search);

/* How many are asked for: one more than wanted tells that there are more. */
struct sql_value hits_wanted(const struct search *search);

/* Notes a hit once; the first way it was found decides its place. */
void hits_add(struct search *search, enum found_kind kind, int64_t id);

/* Notes all rows of (id). */
void hits_collect(struct search *search, enum found_kind kind, struct sql_statement *rows);

/* Finds who has a seat at a show of this business day: "F12", "Balcony/A1", "F12 19:45", "F12
 * stalker". */
void find_by_seat(struct search *search);

/* Finds the shows of this business day that start then: "19:45", "9:45". */
void find_by_clock(struct search *search);

/* Finds sales of a drawer or a terminal on this business day: "drawer 1 14:30", "counter-1 14:30",
 * those around the time, nearest first; without a time all, latest first, of a terminal only where
 * nothing else was found. */
void find_by_till(struct search *search);

#endif
