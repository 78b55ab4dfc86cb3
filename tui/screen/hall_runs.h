/* The hall as text: a line a row with the free seats in runs, "F 3-7, 10-12". For narrow terminals,
 * large fonts, speech and braille. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_RUNS_H
#define BOXOFFICE_TUI_SCREEN_HALL_RUNS_H

#include "tui/screen/hall.h"

/* Draws the rows around the cursor; the hardware cursor stands on the seat under it. */
void hall_runs_draw(struct hall *hall, const struct surface *surface);

/* Moves the cursor as the lines are read: left and right through the seats that can be had (free
 * and own), up and down through rows. True: used. */
bool hall_runs_press(struct hall *hall, enum press press);

#endif
