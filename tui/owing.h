/* What this terminal has sold and not printed: the database's list, read when it opens, whenever
 * the printer comes to rest and now and then; what fails is on it at once. */
#ifndef BOXOFFICE_TUI_OWING_H
#define BOXOFFICE_TUI_OWING_H

#include "core/desk/owed.h"
#include "tui/job.h"

struct app;

struct owing {
    bool asked, stale;
    bool told;             /* what was left from before it opened, since somebody could see it */
    int changes;           /* of what is printed, up to the last look */
    int64_t read_ms, keys; /* framework->keys at that time */
};

/* A sale's tickets did not come out, or did. */
void owing_add(struct app *app, reservation_id reservation, const char *code);
void owing_drop(struct app *app, reservation_id reservation);

/* Reads the list at the next chance: somebody signed in, or the server is back. */
void owing_stale(struct app *app);
/* Takes an answer to READ_OWED. */
void owing_answer(struct app *app, const struct job *job);
/* Reads it when that is due; never while something is being printed, for it would be on the list.
 */
void owing_time(struct app *app);
/* When it wants to be called next, monotonic ms; INT64_MAX: never. */
int64_t owing_deadline(const struct app *app);

#endif
