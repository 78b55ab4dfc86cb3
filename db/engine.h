/*
 * What an engine supplies. db/sql.c keeps the rules that hold for every engine (statement cache,
 * sticky errors, reruns); an engine only speaks to its database. Only db/ includes this.
 */
#ifndef BOXOFFICE_DB_ENGINE_H
#define BOXOFFICE_DB_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/sql.h"

/* The text of a failure, one line; "" when there is none. */
struct engine_error {
    char text[256];
};

/* Writes a formatted text, cut at the end of its storage; returns `rc` so that it can end a path.
 */
enum sql_rc engine_fail(struct engine_error *why, enum sql_rc rc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Connections and statements are the engine's own structs behind void pointers. Every function that
 * can fail writes `*why` when it does.
 */
struct engine {
    const char *name;

    /* Opens and checks a database; the defaults of `options` are filled in. `*connection` is the
     * caller's, to be closed; it is NULL after a failure. */
    enum sql_rc (*open)(void **connection, const struct sql_options *options,
                        struct engine_error *why);
    /* Closes; its statements must be finished before. */
    void (*close)(void *connection);

    /* Starts a transaction. A writing one waits for the writers' turn first and keeps it until
     * commit or rollback; after a failure it is given up. */
    enum sql_rc (*begin)(void *connection, bool write, struct engine_error *why);
    /* Commits. After a failure nothing was committed and the transaction is over, save when it is
     * SQL_UNKNOWN: then the caller finishes all statements and calls `recover`. SQL_BUSY: a rerun
     * may do. */
    enum sql_rc (*commit)(void *connection, struct engine_error *why);
    /* Ends the transaction without a trace. Without one it does nothing. */
    void (*rollback)(void *connection);
    /* Brings the connection back to a known state after SQL_UNKNOWN and gives up the turn. When it
     * can't, every writer on this database is stopped. */
    enum sql_rc (*recover)(void *connection, struct engine_error *why);

    /* Prepares one statement with parameters $1 to $`*parameters`. Finish it with `finish`. */
    enum sql_rc (*prepare)(void *connection, const char *text, void **statement, size_t *parameters,
                           struct engine_error *why);
    void (*finish)(void *statement);
    /* Binds all parameters; the values are copied, unless they are `lent` until the statement has
     * been stepped to its end. */
    enum sql_rc (*bind)(void *statement, const struct sql_value *values, bool lent,
                        struct engine_error *why);
    /* One step: `*row` tells whether a row came. At the end `*changed` is how many rows the
     * statement changed. A write outside a writing transaction is refused as SQL_MISUSE. */
    enum sql_rc (*step)(void *statement, bool *row, int64_t *changed, struct engine_error *why);
    /* Lets a bound statement run without its count: a failure shows in the transaction's next step
     * or its commit. NULL: the engine has nothing to gain by it. */
    void (*post)(void *statement);
    /* Runs the statement for each of `rows` lists of values, together. `*changed` adds up the runs
     * before the first that changed nothing; whether later ones ran is not known. NULL: as post. */
    enum sql_rc (*each)(void *statement, const struct sql_value *values, size_t rows,
                        int64_t *changed, struct engine_error *why);
    /* Ends a run of the statement and forgets its values. */
    void (*reset)(void *statement);
    /* A column of the present row as the kind wanted (SQL_NUMBER, SQL_TEXT, SQL_BYTES); its kind
     * is SQL_NULL when the column is NULL. Borrowed until the next step or reset. */
    struct sql_value (*column)(void *statement, int column, int kind);
    /* Runs statements parted by semicolons, inside a writing transaction. */
    enum sql_rc (*script)(void *connection, const char *text, struct engine_error *why);

    /* Shuts other processes out (`alone`), SQL_BUSY when any is in, or lets them in again. NULL:
     * the engine can't. */
    enum sql_rc (*alone)(void *connection, bool alone, struct engine_error *why);
    /* Copies the state of this moment into the empty file `to`, in slices between which `go_on` is
     * asked, and checks the copy. SQL_ROLLED_BACK when that said no. NULL: the engine can't. */
    enum sql_rc (*copy)(void *connection, const char *to, bool (*go_on)(void *context),
                        void *context, struct engine_error *why);

    /* UTC epoch milliseconds. */
    int64_t (*now)(void *connection);
    /* How often the connection has waited for its server. NULL: never, there is none. */
    int64_t (*round_trips)(const void *connection);
    enum sql_rc (*integrity)(void *connection, void (*say)(void *context, const char *line),
                             void *context, struct engine_error *why);
};

/* The embedded engine (sqlite.c). */
extern const struct engine sqlite_engine;

/* The engine for a venue of several machines (postgres.c); one that refuses to open where libpq was
 * not there at build time (postgres_none.c). */
extern const struct engine postgres_engine;

/* sql_open with the engine given. */
enum sql_rc sql_open_with(struct sql **db, const struct engine *engine,
                          const struct sql_options *options);

/* Makes a failure of its own that sql_failed and sql_error tell; returns `rc`. */
enum sql_rc sql_refuse(struct sql *db, enum sql_rc rc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
