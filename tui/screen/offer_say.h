/* What is said about a waiting party and its offer: in a column, and across the counter. */
#ifndef BOXOFFICE_TUI_SCREEN_OFFER_SAY_H
#define BOXOFFICE_TUI_SCREEN_OFFER_SAY_H

#include "tui/app.h"

enum { OFFER_SAY_TEXT = 1024, OFFER_SAY_WISH = 192 };

/* Is the party offered seats now, so that it is to be called? */
bool offer_say_open(const struct app *app, const struct waiting_row *row);

/* Does somebody else call it now? False also when nobody does, or this terminal itself. */
bool offer_say_elsewhere(const struct app *app, const struct waiting_row *row);

/* Does this terminal call it now? */
bool offer_say_mine(const struct app *app, const struct waiting_row *row);

/* Who calls it, by name where staff signs in, else by the terminal. Borrowed until the next answer.
 */
const char *offer_say_who(const struct app *app, const struct waiting_row *row);

/* "F5-6", the seats offered. Cut when `size` is short. Returns buffer. */
char *offer_say_seats(const struct waiting_row *row, char *buffer, size_t size);

/* "4 together", "3 pairs", "5 seats": what it needs. Returns buffer. */
char *offer_say_wish(const struct waiting_row *row, char *buffer, size_t size);

/* The same with the zone and the wheelchair places: "4 together in stalls, 1 wheelchair place".
 * Returns buffer. */
char *offer_say_whole_wish(const struct waiting_row *row, char *buffer, size_t size);

/* How it stands, in a few words for a column: "CALL F5-6 29 min", "3 kept, needs 4". Returns
 * buffer. */
char *offer_say_now(const struct app *app, const struct waiting_row *row, char *buffer,
                    size_t size);

/* The sentences to say: about the offer, or about the place on the list. Returns buffer. */
char *offer_say_words(const struct app *app, const struct waiting_row *row, char *buffer,
                      size_t size);

/* Who calls, or that nobody does. Returns buffer. */
char *offer_say_caller(const struct app *app, const struct waiting_row *row, char *buffer,
                       size_t size);

/* "TODAY" and other days as they are spoken: "19:45 today", "19:45 on Tue 24 Nov". Returns
 * buffer. */
char *offer_say_when(const struct app *app, when_ms at, char *buffer, size_t size);

#endif
