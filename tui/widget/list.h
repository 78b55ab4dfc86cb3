/* A list: a cursor over n rows, and the window of them that is seen. Drawing rows is the caller's.
 */
#ifndef BOXOFFICE_TUI_WIDGET_LIST_H
#define BOXOFFICE_TUI_WIDGET_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/key.h"
#include "tui/surface.h"

struct list {
    size_t n, at, top;
    int rows; /* seen last */
};

/* Tells how many rows there are; the cursor is kept inside. */
void list_resize(struct list *list, size_t n);

/* Up, Down, PgUp, PgDn, Home, End and the wheel. True: used. Letters are the caller's (its action
 * table maps j and k: pass PRESS_UP, PRESS_DOWN). */
bool list_press(struct list *list, enum press press);

/*
 * Draws rows `row` to `row + rows - 1` of the surface: calls `draw` for each item seen with a
 * surface of that one row, and whether it is under the cursor. The hardware cursor stands on it.
 */
void list_draw(struct list *list, const struct surface *surface, int row, int rows,
               void (*draw)(void *context, size_t item, bool chosen, const struct surface *line),
               void *context);

/* The item drawn at a row of the surface last drawn on, SIZE_MAX: none. For the mouse. */
size_t list_hit(const struct list *list, int row, int first_row);

#endif
