/* How the hall screen is laid out and drawn, from 40x12 to the largest terminal. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_VIEW_H
#define BOXOFFICE_TUI_SCREEN_HALL_VIEW_H

#include "tui/screen/hall.h"

/* Draws everything but the key bar. */
void hall_view_draw(struct app *app, struct hall *hall, const struct surface *surface);

#endif
