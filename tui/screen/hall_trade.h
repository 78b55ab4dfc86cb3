/* The hall while seats of a reservation are exchanged: which seats, and what it comes to. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_TRADE_H
#define BOXOFFICE_TUI_SCREEN_HALL_TRADE_H

#include "tui/screen/hall.h"

/* The ticket type that the new seats are held with: that of all seats given; id 0: they differ, or
 * none are given. */
type_id hall_trade_type(const struct app *app);

/* Has the seats of the basket take the types of those given, in order (hall->goal). */
void hall_trade_types(const struct app *app, struct hall *hall);

/* Draws what is exchanged, at the top of the basket; returns the row behind. */
int hall_trade_draw(const struct app *app, const struct surface *surface, int row);

/* "Enter: 3.00 to pay", "Enter: 3.00 back", or how many seats are to be taken still. */
char *hall_trade_means(const struct app *app, char *buffer, size_t size);

#endif
