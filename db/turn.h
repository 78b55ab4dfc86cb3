/*
 * The writers' turn: one process at a time writes the database. A robust mutex in a small mapped
 * file `<database>-turn` beside it, so that a killed holder frees it, a stopped waiter delays
 * nobody, and a stopped holder is named and never robbed. Only db/ includes this.
 */
#ifndef BOXOFFICE_DB_TURN_H
#define BOXOFFICE_DB_TURN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "db/engine.h"

struct turn;

enum {
    TURN_WAIT_MS = 5000, /* how long a waiter waits unless told */
    TURN_NAME_MS = 5000, /* a holder that has it for so long is named */
};

/*
 * Opens the turn of the database at `path` (resolved, without symlinks), making its file with
 * `mode` if need be. Whoever opens it while no other process has it open makes it anew, so nothing
 * survives a power loss or a copy. Success: `*turn` is the caller's, to be ended with turn_free.
 * Errors: SQL_READ_ONLY, SQL_ENVIRONMENT (also: another version has it open), SQL_NO_MEMORY,
 * SQL_BUSY when somebody shuts it (turn_shut).
 */
enum sql_rc turn_new(struct turn **turn, const char *path, mode_t mode, struct engine_error *why);

/*
 * Shuts everybody else out until turn_open or turn_free: who comes meanwhile waits a second and is
 * told SQL_BUSY. SQL_BUSY also here, when anybody else has it open. It must not be held.
 */
enum sql_rc turn_shut(struct turn *turn, struct engine_error *why);

/* Lets the others in again. */
void turn_open(struct turn *turn);

/* Ends it and clears `*turn`; NULL inside is allowed. It must not be held. */
void turn_free(struct turn **turn);

/*
 * Waits for the turn, at most `wait_ms`. SQL_BUSY when that runs out, SQL_STOPPED_HOLDER when one
 * process held it for TURN_NAME_MS (`why` names it), SQL_MOVED when its file was replaced, SQL_IO
 * when turn_stop was called, SQL_MISUSE when this thread holds it already.
 */
enum sql_rc turn_take(struct turn *turn, int wait_ms, struct engine_error *why);

/* Gives it up. By the thread that took it. */
void turn_release(struct turn *turn);

/* Whether this connection holds it. NULL: false. */
bool turn_held(const struct turn *turn);

/*
 * What was written in turns and what of it is on disk. A writer ends its turn before its sync, so
 * that others write meanwhile; it tells nobody of its commit before turn_durable is true. Numbers
 * count commits.
 */

/* Notes a commit whose sync is still to come. By the holder. */
void turn_wrote(struct turn *turn);

/* Whether all is on disk that had been written when this connection's last turn ended. */
bool turn_durable(const struct turn *turn);

/* How many commits were written by now: what a sync that begins later brings to disk. */
uint64_t turn_written(const struct turn *turn);

/* Notes that so many are on disk. By anybody whose sync has ended well. */
void turn_synced(struct turn *turn, uint64_t written);

/*
 * A sync failed: from now on nobody trusts what was written since the last good one (turn_doubted)
 * until the holder has brought all of it to disk in another way (turn_settled). turn_doubt by
 * anybody, turn_settled by the holder.
 */
void turn_doubt(struct turn *turn);
bool turn_doubted(const struct turn *turn);
void turn_settled(struct turn *turn);

/* Closes the turn to everybody until all processes have ended: storage can't be trusted. */
void turn_stop(struct turn *turn);

#endif
