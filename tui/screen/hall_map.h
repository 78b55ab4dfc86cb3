/* The hall as cells of a seat grid: which glyph and style each seat has, names and captions. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_MAP_H
#define BOXOFFICE_TUI_SCREEN_HALL_MAP_H

#include "tui/screen/hall.h"

/* Gets the grid ready for hall->plan, which has just been read. False: out of memory. */
bool hall_map_init(struct hall *hall);
void hall_map_fini(struct hall *hall);

/* Brings the cells up to date with the map and the cursor. */
void hall_map_fill(struct hall *hall);

/* Puts the cursor on the seat with this id, if the hall has it. */
void hall_map_go(struct hall *hall, seat_id seat);

/* Puts it on the best free seat, or on the best place of all when none is free. */
void hall_map_go_best(struct hall *hall);

/* The seat with this label, case folded; one without its block is looked for in the cursor's block
 * first. PLAN_NONE. */
size_t hall_map_find(const struct hall *hall, const char *label);

/* Moves the cursor to the first seat of the next part of the hall (`by` 1) or the one before (-1).
 */
void hall_map_next_part(struct hall *hall, int by);

/* A part of the hall: seats of one block and one zone. Numbered from 0 as they first come. */
enum { HALL_PARTS_MAX = 8 };
struct hall_part {
    uint8_t block, zone;
    size_t first;     /* its first seat */
    int32_t free;     /* seats */
    const char *name; /* borrowed from the plan; "" when it has none */
};
/* Lists the parts; returns how many, at most HALL_PARTS_MAX. */
int hall_map_parts(const struct hall *hall, struct hall_part parts[static HALL_PARTS_MAX]);

/* "stalls 11.00, 8 free": a part's name, the price of the first ticket type there, its free seats.
 * Returns buffer. */
char *hall_map_caption(const struct hall *hall, const struct hall_part *part, char *buffer,
                       size_t size);

#endif
