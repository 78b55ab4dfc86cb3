/* Reading a show's journal backwards, the newest row first. */
#ifndef BOXOFFICE_CORE_DESK_LOOK_BACK_H
#define BOXOFFICE_CORE_DESK_LOOK_BACK_H

#include <jansson.h>

#include "core/desk/verb.h"

/* A row of the journal; everything in it is borrowed. */
struct look_back_row {
    when_ms at;
    const char *terminal, *what;
    const json_t *before, *after; /* NULL: not JSON, or no memory for it */
};

/* Looks at one row; true: that was enough. It may not ask the database. */
typedef bool look_back_at(void *context, const struct look_back_row *row);

/* Shows the newest rows of the show's book one by one, at most 500: what lies further back is no
 * longer "just now". */
void look_back(struct sql *db, show_id show, look_back_at *at, void *context);

#endif
