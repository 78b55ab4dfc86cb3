/* Letters five rows high, to be read across a counter. */
#ifndef BOXOFFICE_TUI_WIDGET_BIG_H
#define BOXOFFICE_TUI_WIDGET_BIG_H

#include "tui/surface.h"

enum { BIG_ROWS = 5, BIG_CELLS = 6 };

/*
 * Draws a text of capital letters, digits and - / ? ! , at a row and column; others are blank.
 * Returns the column behind it. What does not fit is cut.
 */
int big_put(const struct surface *surface, int row, int column, enum style style, const char *text);

/* Cells that it takes. */
int big_cells(const char *text);

#endif
