/* What stands beside the map: the seat under the cursor first, then the basket, then the rest. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_PANEL_H
#define BOXOFFICE_TUI_SCREEN_HALL_PANEL_H

#include "tui/screen/hall.h"

/* Draws the panel on the whole surface: a column beside the map. */
void hall_panel_draw(struct app *app, const struct hall *hall, const struct surface *surface);

/* The same in few rows below it: the seat, then the basket. */
void hall_panel_draw_low(struct app *app, const struct hall *hall, const struct surface *surface);

#endif
