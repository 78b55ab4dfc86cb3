/*
 * Where a database file may lie: a regular file of this host, under one name, without a detour.
 * Only db/ includes this.
 */
#ifndef BOXOFFICE_DB_PLACE_H
#define BOXOFFICE_DB_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "db/engine.h"

struct place {
    char path[PATH_MAX]; /* resolved, absolute */
    bool exists;
    mode_t mode; /* its permissions when it exists */
};

/* Whether a file system type (statfs's f_type) is one whose locks or memory maps can't be trusted
 * between processes: network, cluster and user-space file systems. */
bool place_is_network(uint32_t type);

/*
 * Resolves `name` and refuses what must not be opened: a symlink out of its directory or a hard
 * link (SQL_ENVIRONMENT; the log and the turn lie beside the name), no regular file
 * (SQL_NOT_DATABASE), a network file system (SQL_NETWORK_FILE). That it does not exist is no error.
 */
enum sql_rc place_find(struct place *place, const char *name, struct engine_error *why);

/* Makes an empty file beside `path` with a name of its own and 0660 less the umask, and writes that
 * name into `temporary`. SQL_READ_ONLY, SQL_FULL, SQL_ENVIRONMENT. */
enum sql_rc place_temporary(const char *path, char temporary[PATH_MAX], struct engine_error *why);

/* Gives a finished file its name, at once and only if nobody has it (SQL_EXISTS), and makes that
 * durable. The temporary name is gone afterwards, whatever the outcome. */
enum sql_rc place_publish(const char *temporary, const char *path, struct engine_error *why);

/* The same over a file that may be there already. */
enum sql_rc place_replace(const char *temporary, const char *path, struct engine_error *why);

/*
 * Puts a finished file in the place of the database at `path`, which nobody may have open. What was
 * there is kept under a new name, which is written to `aside` ("": nothing was there), with the log
 * or journal that belongs to it. Killed midway there is no database at `path`, never a mixture, and
 * another call puts that right. The temporary name is gone after a success only.
 */
enum sql_rc place_swap(const char *temporary, const char *path, char aside[PATH_MAX],
                       struct engine_error *why);

/* Whether a log or journal with something in it lies at `path`; that of a database that is there or
 * of one that is gone. Its name is written into `found`. */
bool place_has_log(const char *path, char found[PATH_MAX]);

#endif
