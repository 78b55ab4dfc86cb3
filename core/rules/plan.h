/*
 * A hall's plan: its seats in row and seat order, on a grid. It never changes under a show.
 *
 * Grid: row 0 is nearest the screen; a column is one seat's width; empty columns are aisles, empty
 * rows cross aisles. A run is a stretch of seats side by side in one row without an aisle in it.
 */
#ifndef BOXOFFICE_CORE_RULES_PLAN_H
#define BOXOFFICE_CORE_RULES_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/ids.h"
#include "core/base/rc.h"
#include "core/base/words.h"

/* X(name, letter in a plan file and on the map, text) */
#define SEAT_KINDS(X)                    \
    X(STANDARD, 'o', N_("standard"))     \
    X(WHEELCHAIR, 'w', N_("wheelchair")) \
    X(COMPANION, 'c', N_("companion"))

enum seat_kind {
#define SEAT_KIND_ENUM(name, letter, text) SEAT_##name,
    SEAT_KINDS(SEAT_KIND_ENUM)
#undef SEAT_KIND_ENUM
};

enum {
    PLAN_SEATS_MAX = 20000,
    PLAN_ZONES_MAX = 32,
    PLAN_GRID_MAX = 1000, /* rows, and columns */
    ZONE_SIZE = 32 + 1,
    ROW_SIZE = 16 + 1,
};

struct plan_seat {
    seat_id id;       /* 0 before the hall is stored */
    int16_t row;      /* on the grid, from 0 */
    int16_t column;   /* on the grid, from 0 */
    int16_t number;   /* printed on the seat */
    uint8_t kind;     /* enum seat_kind */
    uint8_t zone;     /* index into plan.zones */
    uint8_t block;    /* index into plan.blocks */
    int32_t run;      /* index of its run, rising in seat order */
    int32_t distance; /* what plan_distance gives; plan_finish works it out */
    char row_name[ROW_SIZE];
    char label[LABEL_SIZE]; /* F12; 3-12; Balcony/A1 where blocks repeat rows */
};

struct plan {
    char name[NAME_SIZE];
    size_t n;
    struct plan_seat *seats; /* in row, then column order */
    int16_t rows, columns;   /* of the grid */
    int32_t runs;
    uint8_t n_zones, n_blocks;
    char zones[PLAN_ZONES_MAX][ZONE_SIZE];
    char blocks[PLAN_ZONES_MAX][ZONE_SIZE]; /* "" when the hall has but one unnamed block */
};

/*
 * Reads a plan file: a line a row of the hall, nearest the screen first, fields parted by a tab:
 *     ROW <tab> GRID <tab> NUMBERS
 * GRID: a letter of SEAT_KINDS a seat, _ or a blank a gap. NUMBERS: "1..15", "15..1", "2..30/2"
 * (step 2) or a list of such, "1,3,5"; absent: 1 upward. "#" begins a comment line; "@hall NAME",
 * "@block NAME", "@zone NAME" hold from their line on; "@aisle" leaves a row of the grid empty.
 * On success `*plan` is the caller's, to be freed with plan_free. All problems (blank or doubled
 * row names in a block, doubled labels, counts that differ, no seats, too many) are RC_BAD_INPUT;
 * the fault has the first with its line, and each is given to `problem` (may be NULL).
 */
enum rc plan_parse(const char *text, size_t size, struct plan **plan,
                   void (*problem)(void *context, int line, const char *what), void *context,
                   struct fault *why);

/* Writes the plan in that format into `*text` (heap, the caller's). RC_NO_MEMORY. */
enum rc plan_print(const struct plan *plan, char **text);

/*
 * Sorts the seats, numbers the runs and makes labels and distances, after seats were filled in by
 * hand; `rows` and `columns` grow to hold them all, and a hall without zones or blocks gets one
 * unnamed one. RC_BAD_INPUT: no seats, too many, out of bounds, two in one place or of one label.
 */
enum rc plan_finish(struct plan *plan, struct fault *why);

/* Frees and clears `*plan`; NULL inside is allowed. */
void plan_free(struct plan **plan);

/* Index of the seat with this label (case folded) or PLAN_NONE. `id` likewise. */
#define PLAN_NONE SIZE_MAX
size_t plan_find_label(const struct plan *plan, const char *label);
size_t plan_find_id(const struct plan *plan, seat_id id);

/* The label of the seat with this id, borrowed; "?" when the plan has none. */
const char *plan_label(const struct plan *plan, seat_id id);

/*
 * True when `label` could be a seat's label at all; a malformed one is bad input, not unknown:
 *     label  = [ name "/" ] name [ "-" ] number     the hyphen after a digit, and only there
 *     name   = word { ( " " | "-" ) word }          word: letters, marks and digits of any script
 *     number = 1 to 9999 without leading zeros
 */
bool plan_label_well_formed(const char *label);

/*
 * What a seat is worth less by its place: 1,000 times the distance to the hall's focal point (two
 * thirds back, on the centre line), rows in front of it counted 1.5 times.
 */
int32_t plan_distance(const struct plan *plan, size_t seat);

/* The word and the letter (SEAT_KINDS) of a kind of seat; static strings. */
const char *seat_kind_text(enum seat_kind kind);
char seat_kind_letter(enum seat_kind kind);

#endif
