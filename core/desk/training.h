/*
 * A copy of a box office to train on: a file of its own with a mark for good, so that it is never
 * taken for the box office and nothing that is done on it is true.
 */
#ifndef BOXOFFICE_CORE_DESK_TRAINING_H
#define BOXOFFICE_CORE_DESK_TRAINING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rc.h"
#include "db/sql.h"

/* Is this a copy to train on? False for a schema that knew none, and for an empty database. */
bool training_is(struct sql *db);

/* RC_REFUSED when it is one, for who would copy, move or put back a box office; `name` says which.
 */
enum rc training_refuse(struct sql *db, const char *name, struct fault *why);

/* Is there a copy of this business day at `path`? RC_REFUSED when something else is there. */
enum rc training_today(const char *path, int32_t application, bool *today, struct fault *why);

/* Who wants a copy, of what, and where. All borrowed. */
struct training_wish {
    const struct sql_options *from; /* a box office that is a file, with the program's schema */
    const char *path;               /* where the copy is, or will be */
    bool anew;                      /* make it anew although there is one of today */
    const char *terminal;
    int32_t operator_number;
};

/*
 * Sees that there is a copy of this business day at `path`: one of before is made anew, unless
 * somebody trains on it at this moment; with `anew` that is refused. What `from` leads to is read
 * and never changed. The copy has its mark before it has its name. RC_REFUSED for a file at `path`
 * that is no copy to train on, for `from` being one, and for one with an older schema.
 * `*made` (may be NULL): whether it was made now.
 */
enum rc training_copy(const struct training_wish *wish, bool *made, struct fault *why);

#endif
