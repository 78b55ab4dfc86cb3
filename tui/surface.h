/*
 * What screens and widgets draw on: cells with a grapheme and a style. A canvas has the cells of
 * the whole screen; a surface is a clipped window into one. Drawing outside is cut, never an error.
 *
 * Screens draw UTF-8 straight. Where the terminal shows ASCII alone, the tty turns each cell into
 * ASCII of the same width (canvas_ascii).
 */
#ifndef BOXOFFICE_TUI_SURFACE_H
#define BOXOFFICE_TUI_SURFACE_H

#include "core/base/words.h"
#include "tui/canvas.h"

/* A window into a canvas. Passed by pointer; made with surface_all and surface_part. */
struct surface {
    struct canvas *canvas;
    int row, column;   /* of its corner, on the canvas */
    int rows, columns; /* may be 0 */
};

/* The whole canvas, and a part of a surface (cut to it). */
struct surface surface_all(struct canvas *canvas);
struct surface surface_part(const struct surface *surface, int row, int column, int rows,
                            int columns);

/*
 * Writes text from a column, cut with an ellipsis at the surface's edge; control characters and
 * what spoofs a layout are escaped. Returns the column behind it.
 */
int surface_put(const struct surface *surface, int row, int column, enum style style,
                const char *text);
/* The same in at most `cells` cells; returns the column behind the text. */
int surface_put_cells(const struct surface *surface, int row, int column, int cells,
                      enum style style, const char *text);
/* The same, and a text that is cut ends with an ellipsis. */
int surface_put_short(const struct surface *surface, int row, int column, int cells,
                      enum style style, const char *text);
/* Cells of the widest of `n` texts that are marked with N_(), as the reader sees them. */
int surface_widest(const char *const *texts, int n);
/* As surface_put, formatted. */
int surface_printf(const struct surface *surface, int row, int column, enum style style,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Text that ends before column `end`, cut to `cells` with an ellipsis. */
void surface_right(const struct surface *surface, int row, int end, int cells, enum style style,
                   const char *text);
/* Text wrapped at blanks into rows of the surface from `row` on; returns the row behind it. */
int surface_wrap(const struct surface *surface, int row, enum style style, const char *text);
/* Rows of so many columns that the text takes so. */
int surface_wrap_rows(int columns, const char *text);

/* One grapheme repeated over `cells` cells; also a whole row. */
void surface_fill(const struct surface *surface, int row, int column, int cells, enum style style,
                  const char *glyph);
/* A horizontal rule over the row. */
void surface_rule(const struct surface *surface, int row);
/* Changes the style of cells, not their text. */
void surface_restyle(const struct surface *surface, int row, int column, int cells,
                     enum style style);
/* Puts the hardware cursor there. */
void surface_cursor(const struct surface *surface, int row, int column);

#endif
