/*
 * A seat grid: cells on rows and columns, each with a glyph, a style and a number. It knows no box
 * office: what a glyph means is the caller's. Shrinks from three columns a cell to two and one,
 * then scrolls with the cursor; on a wide surface a cell takes up to five.
 */
#ifndef BOXOFFICE_TUI_WIDGET_GRID_H
#define BOXOFFICE_TUI_WIDGET_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/key.h"
#include "tui/surface.h"

struct grid_cell {
    int16_t row, column; /* on the grid */
    int16_t number;      /* shown instead of `glyph` when `numbered` */
    bool numbered;       /* four show three digits, three its last two, two and one the last */
    char glyph;          /* one ASCII character */
    char mark;     /* stands before it where there is a column for it, else in its place; 0: none */
    uint8_t style; /* enum style */
};

enum { GRID_COLUMNS_MAX = 1000 };

struct grid {
    const struct grid_cell *cells; /* in row, then column order; borrowed while it is drawn */
    size_t n;
    int rows, columns;                               /* of the grid */
    const char *(*row_name)(void *context, int row); /* at both ends of a row; "" for aisles */
    const char *(*row_caption)(void *context,
                               int row); /* centred on a row without cells; may be NULL */
    void *context;
    size_t at;                   /* the cell under the cursor; the caller sets it at first */
    int top, left;               /* scrolled so far */
    int wide;                    /* columns a cell, worked out by drawing */
    int drawn_row, drawn_column; /* corner of the cells on the canvas, for hits */
    int seen_rows, seen_columns;
    int16_t starts[GRID_COLUMNS_MAX + 1]; /* where each column begins; empty ones are narrower */
};

/* Moves the cursor to the next cell in that direction (up and down: the nearest column). True when
 * `press` was an arrow, Home, End or paging. */
bool grid_press(struct grid *grid, enum press press);

/* Draws it on the whole surface, with row names left and right; `>` stands before the cell under
 * the cursor where there is a column for it, and the hardware cursor on it. */
void grid_draw(struct grid *grid, const struct surface *surface);

/* The cell at a place of the canvas, SIZE_MAX: none. For the mouse. */
size_t grid_hit(const struct grid *grid, int row, int column);

#endif
