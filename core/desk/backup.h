/*
 * Copies of a box office that is a file: made while it sells, verified before they get their name;
 * and one put back in its place.
 */
#ifndef BOXOFFICE_CORE_DESK_BACKUP_H
#define BOXOFFICE_CORE_DESK_BACKUP_H

#include <limits.h>
#include <stdbool.h>

#include "core/base/digest.h"
#include "core/base/rc.h"
#include "db/sql.h"

/* What a backup holds. */
struct backup {
    char head[DIGEST_HEX]; /* of the house's book */
    int64_t books, rows;   /* of the journal */
    char aside[PATH_MAX];  /* of a restoring: where the replaced one is, "" when there was none */
};

/*
 * Writes a backup of the open box office, the one that `options` lead to, to `path`. It is verified
 * (the engine's integrity check, the journal's heads) before it gets that name. Over an older
 * backup of this box office and nothing else: RC_EXISTS. RC_REFUSED on a server, whose own tools do
 * this. RC_INTERRUPTED when `go_on` (may be NULL) said no. After a failure what was at `path` is
 * there as it was.
 */
enum rc backup_write(struct sql *db, const struct sql_options *options, const char *path,
                     bool (*go_on)(void *context), void *context, struct backup *backup,
                     struct fault *why);

/*
 * Puts the backup at `path` in the place that `options` lead to. It is verified first: integrity,
 * every chain of the journal, no newer schema than this program's. RC_REFUSED while any terminal
 * has the box office open, for another program's file, and on a server. The one that was there is
 * kept, and named in `backup`; a damaged one, too.
 */
enum rc backup_restore(const struct sql_options *options, const char *path,
                       bool (*go_on)(void *context), void *context, struct backup *backup,
                       struct fault *why);

#endif
