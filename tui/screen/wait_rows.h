/* What the waiting screen knows of a show's list, and how it is drawn. */
#ifndef BOXOFFICE_TUI_SCREEN_WAIT_ROWS_H
#define BOXOFFICE_TUI_SCREEN_WAIT_ROWS_H

#include "tui/app.h"
#include "tui/screen/offer_keys.h"
#include "tui/widget/editor.h"
#include "tui/widget/list.h"

struct wait_rows {
    show_id show; /* id 0: the lists of all shows */
    struct waiting_list *list;
    struct map *map;       /* NULL until read, and for all shows */
    struct plan *plan;     /* of its hall, for labels */
    struct booking *offer; /* of the party under the cursor */
    struct list cursor;
    int list_row; /* of the surface where the list begins; drawing sets it */
    entry_id chosen;
    reservation_id read; /* the offer that was asked for last */
    struct offer_keys keys;
    bool finding;
    struct editor find;
    int age; /* seconds since the list was read */
};

/* The party under the cursor, NULL when there is none. */
static inline const struct waiting_row *wait_rows_chosen(const struct wait_rows *rows)
{
    return rows->list && rows->cursor.at < rows->list->n ? &rows->list->rows[rows->cursor.at]
                                                         : NULL;
}

/* Labels of the seats kept for one party ("N6-8"), "" none. Returns buffer. */
char *wait_rows_kept(const struct wait_rows *rows, entry_id entry, char *buffer, size_t size);

/* The first party from the cursor on whose name or phone begins with the text; SIZE_MAX: none. */
size_t wait_rows_find(const struct wait_rows *rows, const char *text);

/* Draws the whole screen but its key bar. */
void wait_rows_draw(struct app *app, struct wait_rows *rows, const struct surface *surface);

#endif
