/* Taking and leaving seats on the hall: what each key asks of the desk, and what its answer does.
 */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_PICK_H
#define BOXOFFICE_TUI_SCREEN_HALL_PICK_H

#include "tui/screen/hall.h"

/* Holds the best `n` in the place of what the basket has of this show; as many as it has already:
 * nothing. */
void hall_pick_best(struct app *app, struct hall *hall, int n);
/* Holds the pieces that were told apart; else the next best seats, as many as the basket has. */
void hall_pick_next(struct app *app, struct hall *hall);
/* Takes the seat under the cursor or leaves it. */
void hall_pick_toggle(struct app *app, struct hall *hall);
/* Takes a wheelchair place, the nearest to the cursor, and a companion's beside it. */
void hall_pick_access(struct app *app, struct hall *hall);
/* Drops the seat under the cursor or else the one added last. */
void hall_pick_drop(struct app *app, struct hall *hall);
/* Empties the basket. */
void hall_pick_empty(struct app *app, struct hall *hall);
/* Goes back by one change of the basket. */
void hall_pick_undo(struct app *app, struct hall *hall);
/* Gives a seat the type with this digit; the cursor goes on to the seat before it. */
void hall_pick_type(struct app *app, struct hall *hall, int digit);
/* The seat whose type is set next, NULL when the basket has none of this show. */
const struct basket_seat *hall_pick_typed(const struct app *app, const struct hall *hall);

/* Seats that today held for an exchange take the types of those given. */
void hall_pick_exchanged(struct app *app, struct hall *hall);

/* Takes the answer of a verb that one of these posted. */
void hall_pick_answer(struct app *app, struct hall *hall, const struct answer *answer);

#endif
