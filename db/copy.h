/*
 * A whole database in one file: made while others work on it, given its name when it is whole and
 * checked, put in the place of a database. What fails is told by the connection (sql.h).
 */
#ifndef BOXOFFICE_DB_COPY_H
#define BOXOFFICE_DB_COPY_H

#include <limits.h>

#include "db/sql.h"

/*
 * Copies the state of this moment into a new file beside `path`, checks it with the engine's own
 * checks and writes its name into `made`. Writers go on meanwhile. `go_on` (NULL: always) is asked
 * now and then. SQL_ENVIRONMENT on a server, SQL_ROLLED_BACK when go_on said no, SQL_CORRUPT when
 * the copy is damaged, as the database is then. After a failure no file is left.
 */
enum sql_rc copy_make(struct sql *db, const char *path, char made[PATH_MAX],
                      bool (*go_on)(void *context), void *context);

/* Gives a copy its name, at once and durably; `over` an older file or SQL_EXISTS. The copy is gone
 * after a failure. */
enum sql_rc copy_publish(struct sql *db, const char *made, const char *path, bool over);

/* Puts a copy in the place of the database at `path` while all others are shut out (place_swap):
 * SQL_BUSY when anybody has it open. What was there is kept as `aside`, "" when there was nothing.
 * After a failure the copy is gone, and `aside` is "" unless the old one was moved already. */
enum sql_rc copy_put(struct sql *db, const char *made, const char *path, char aside[PATH_MAX]);

/* Throws a copy away, with what its connections left beside it. */
void copy_drop(const char *made);

/* Whether `path` leads to the file that the connection has open, or to one that lies beside it for
 * it (its log, its turn). */
bool copy_is_own(const struct sql_options *options, const char *path);

/* Whether a box office works or has worked at `path`: its writers' turn lies beside it. */
bool copy_is_live(const char *path);

#endif
