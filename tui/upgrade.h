/* Opening a box office whose schema may be older than the program's. */
#ifndef BOXOFFICE_TUI_UPGRADE_H
#define BOXOFFICE_TUI_UPGRADE_H

#include <limits.h>

#include "core/base/rc.h"
#include "db/migrate.h"

/* What was done to it. */
struct upgrade {
    int applied;           /* steps */
    char before[PATH_MAX]; /* the backup of it as it was, "" when none was made */
};

/*
 * Opens a database and brings its schema up to the last of `steps`. A file that has a box office in
 * it and is behind is changed only while nobody else has it open, and after a verified backup
 * beside it, FILE.schema-NNNN, with the schema that it had: that is the way back to an older
 * program. Those who come at once to do it make way for one another; who keeps it open for longer
 * than the options' wait (5 s) makes it RC_BUSY. On success `*db` is the caller's; on failure it
 * may be non-NULL to carry sql_error, and `*opened` tells what opening gave.
 */
enum rc upgrade_open(struct sql **db, const struct sql_options *options,
                     const struct migration *steps, size_t n, enum sql_rc *opened,
                     struct upgrade *done, struct fault *why);

#endif
