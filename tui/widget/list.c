#include "tui/widget/list.h"

void list_resize(struct list *list, size_t n)
{
    list->n = n;
    if (list->at >= n)
        list->at = n > 0 ? n - 1 : 0;
}

static void step(struct list *list, long by)
{
    long at = (long)list->at + by, last = (long)list->n - 1;

    if (list->n == 0)
        return;
    list->at = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

bool list_press(struct list *list, enum press press)
{
    long page = list->rows > 1 ? list->rows - 1 : 1;

    switch (press) {
    case PRESS_UP:
    case PRESS_WHEEL_UP:
        step(list, -1);
        return true;
    case PRESS_DOWN:
    case PRESS_WHEEL_DOWN:
        step(list, 1);
        return true;
    case PRESS_PAGE_UP:
        step(list, -page);
        return true;
    case PRESS_PAGE_DOWN:
        step(list, page);
        return true;
    case PRESS_HOME:
        list->at = 0;
        return true;
    case PRESS_END:
        list->at = list->n > 0 ? list->n - 1 : 0;
        return true;
    default:
        return false;
    }
}

/* Scrolls as little as shows the cursor, and never past the end. */
static void scroll(struct list *list, size_t rows)
{
    if (list->at < list->top)
        list->top = list->at;
    else if (list->at >= list->top + rows)
        list->top = list->at + 1 - rows;
    if (list->n <= rows)
        list->top = 0;
    else if (list->top > list->n - rows)
        list->top = list->n - rows;
}

void list_draw(struct list *list, const struct surface *surface, int row, int rows,
               void (*draw)(void *context, size_t item, bool chosen, const struct surface *line),
               void *context)
{
    if (row + rows > surface->rows)
        rows = surface->rows - row;
    list->rows = rows;
    if (rows <= 0)
        return;
    scroll(list, (size_t)rows);
    for (size_t i = 0; i < (size_t)rows && list->top + i < list->n; i++) {
        struct surface line = surface_part(surface, row + (int)i, 0, 1, surface->columns);
        bool chosen = list->top + i == list->at;
        draw(context, list->top + i, chosen, &line);
        if (chosen)
            surface_cursor(&line, 0, 0);
    }
}

size_t list_hit(const struct list *list, int row, int first_row)
{
    size_t item = list->top + (size_t)(row - first_row);

    return row < first_row || row >= first_row + list->rows || item >= list->n ? SIZE_MAX : item;
}
