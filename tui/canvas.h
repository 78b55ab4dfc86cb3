/* The cells of the whole screen, each with a grapheme and a style. */
#ifndef BOXOFFICE_TUI_CANVAS_H
#define BOXOFFICE_TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/style.h"

enum { CELL_TEXT = 22 };

struct cell {
    char text[CELL_TEXT]; /* one grapheme; "" is the right half of a wide one */
    uint8_t style;        /* enum style */
    uint8_t width;        /* 1 or 2; 0: right half */
};

struct canvas {
    int rows, columns;
    struct cell *cells; /* rows * columns */
    bool cursor;        /* show the hardware cursor */
    int cursor_row, cursor_column;
};

/* Makes room for rows x columns blank cells, keeping nothing. Returns false without memory (the
 * canvas is as it was). */
bool canvas_resize(struct canvas *canvas, int rows, int columns);
/* Blanks every cell and hides the cursor. */
void canvas_clear(struct canvas *canvas);
/* Gives plain blanks the style of what stands before them, so that fewer changes of style are
 * written. To be called when a drawing is whole. */
void canvas_settle(struct canvas *canvas);
/* Frees the cells. */
void canvas_fini(struct canvas *canvas);

/* The cell's text as ASCII of the same width, into `out` (3 bytes): lines and blocks by their
 * look, letters without their accents, "?" for the rest. */
void canvas_ascii(const struct cell *cell, char out[static 3]);

#endif
