/* The till of this terminal's drawer, as the database has it: what a duty of the terminal keeps
 * fresh, so that it remembers nothing itself. */
#ifndef BOXOFFICE_TUI_DRAWER_H
#define BOXOFFICE_TUI_DRAWER_H

#include "core/desk/till.h"

struct app;

/* Posts a look at it, unasked now and then, and at once when it has changed. */
void drawer_time(struct app *app, int64_t now_ms);
/* When that is due, monotonic ms. */
int64_t drawer_deadline(const struct app *app);
/* Takes what was read. */
void drawer_seen(struct app *app, const struct till *till);

#endif
