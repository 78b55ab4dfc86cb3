/* House seats on the hall: z blocks the seat under the cursor for a reason, or gives it back. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_BLOCK_H
#define BOXOFFICE_TUI_SCREEN_HALL_BLOCK_H

#include "tui/screen/hall.h"

/* Gives a blocked seat back; of any other it asks for the reason. */
void hall_block_begin(struct app *app, struct hall *hall);
/* A key while the reason is being typed. */
void hall_block_key(struct app *app, struct hall *hall, const struct key *key);
/* Draws that question. */
void hall_block_draw(const struct hall *hall, const struct surface *surface, int row);
/* Takes the answer of a verb that one of these posted. False: it was not one of them. */
bool hall_block_answer(struct app *app, struct hall *hall, const struct answer *answer);

#endif
