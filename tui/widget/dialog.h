/* The frame of a dialog: a box in the middle, its title, and wrapped text in it. */
#ifndef BOXOFFICE_TUI_WIDGET_DIALOG_H
#define BOXOFFICE_TUI_WIDGET_DIALOG_H

#include "tui/surface.h"

/* Draws a box of at most rows x columns in the middle, blanks it and returns what is inside. */
struct surface dialog_box(const struct surface *surface, int rows, int columns, const char *title);

#endif
