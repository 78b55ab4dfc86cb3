/* How the seats of the basket lie in the hall, and which others would be as good. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_SHAPE_H
#define BOXOFFICE_TUI_SCREEN_HALL_SHAPE_H

#include "tui/screen/hall.h"

/* Works hall->shape out from the map as it is. */
void hall_shape_judge(const struct app *app, struct hall *hall);

/* The first rank from `rank` on, among the best seats for as many as the basket holds, that is not
 * what it holds. */
int hall_shape_other_rank(const struct app *app, const struct hall *hall, int rank);

#endif
