/* The panel for one waiting party: its seats and deadline, what to say, what each key leads to. */
#ifndef BOXOFFICE_TUI_SCREEN_OFFER_PANEL_H
#define BOXOFFICE_TUI_SCREEN_OFFER_PANEL_H

#include "tui/app.h"

enum { OFFER_PHONE_CELLS = 16 }; /* of a phone in the rows of a list */

struct offer_panel {
    const struct waiting_row *row; /* borrowed */
    const struct booking *offer;   /* of its open offer, for types and prices; NULL: not read */
    const char *kept;              /* seats kept for it, "" none */
    bool with_show;                /* names the show, since rows are of many shows */
    int phone_cells;               /* that the list's rows have for a phone; 0: they have none */
};

/* Draws it over the whole surface; what has no room is left out from the least important on. */
void offer_panel_draw(struct app *app, const struct offer_panel *panel,
                      const struct surface *surface);

/* The line of calls to make elsewhere ("CALLS 1 more: ..."), without the one of `except`. */
void offer_panel_calls(struct app *app, entry_id except, const struct surface *surface, int row);

#endif
