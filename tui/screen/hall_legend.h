/* What the letters on the map mean, and how many of each there are. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_LEGEND_H
#define BOXOFFICE_TUI_SCREEN_HALL_LEGEND_H

#include "tui/screen/hall.h"

/* Draws the legend over all rows of the surface, two at the most; what finds no room is left out.
 */
void hall_legend_draw(const struct hall *hall, const struct surface *surface);

#endif
