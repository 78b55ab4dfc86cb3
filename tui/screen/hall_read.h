/* What the hall screen asks the database, and what it does with the answers. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_READ_H
#define BOXOFFICE_TUI_SCREEN_HALL_READ_H

#include "tui/screen/hall.h"

/* Asks for the map of hall->show, and for the plan of a hall. */
void hall_read_map(struct app *app, const struct hall *hall);
void hall_read_plan(struct app *app, hall_id id);

/* Asks who has the seat under the cursor, unless that is known or nobody has it. */
void hall_read_booking(struct app *app, struct hall *hall);

/* Takes the answer of any of these. With map and plan there for the first time keys are answered,
 * and the cursor stands on the basket, on pieces that were found, or on the best free seat. */
void hall_read_answer(struct app *app, struct hall *hall, struct answer *answer);

#endif
