/*
 * The SQLite engine's own: a connection and what its files share. sqlite.c transacts, sqlite_file.c
 * opens, sqlite_row.c runs statements, sqlite_copy.c copies. No other file includes this or
 * sqlite3.h.
 */
#ifndef BOXOFFICE_DB_SQLITE_H
#define BOXOFFICE_DB_SQLITE_H

#include <limits.h>
#include <stdbool.h>

#include "db/engine.h"

struct sqlite3;
struct sqlite3_stmt;
struct turn;

/* What begins and ends transactions, prepared once. */
enum sqlite_step { SQLITE_BEGIN_READ, SQLITE_BEGIN_WRITE, SQLITE_END, SQLITE_STEPS };

struct sqlite_connection {
    struct sqlite3 *db; /* NULL when it could not be opened again after a failure */
    struct sqlite3_stmt *steps[SQLITE_STEPS]; /* NULL: not prepared yet */
    struct turn *turn;                        /* NULL when read-only */
    char path[PATH_MAX];
    int wait_ms;
    bool read_only;
    bool truncate;     /* a rollback journal instead of the log */
    bool own;          /* the engine's own statements may do what others' may not */
    bool log_grew;     /* the last commit wrote to the log and has not synced it */
    int log_pages;     /* length of the log after the last commit */
    int checkpoint_at; /* length at which to work it off */
};

/* What an extended result of SQLite means to callers. */
enum sql_rc sqlite_rc(int code);

/* Notes what failed last and returns its code; `db` may be NULL. To be called right after it, while
 * errno stands. */
enum sql_rc sqlite_fail(struct sqlite3 *db, int code, struct engine_error *why);

/* Runs a statement of the engine's own, past the rules for others. Returns SQLite's result. */
int sqlite_own(struct sqlite_connection *c, const char *text);

/* Closes c->db. */
void sqlite_shut(struct sqlite_connection *c);

/* SQL_OK while the open file is the one that its name leads to; SQL_MOVED, SQL_IO. */
enum sql_rc sqlite_in_place(struct sqlite_connection *c, struct engine_error *why);

/* Gives what the library's own checks find in a database to `say`, a line each. Returns SQLite's
 * result. */
int sqlite_findings(struct sqlite3 *db, void (*say)(void *context, const char *line),
                    void *context);

/* The engine's copy (engine.h). */
enum sql_rc sqlite_copy(void *connection, const char *to, bool (*go_on)(void *context),
                        void *context, struct engine_error *why);

/* The engine's open and close (engine.h). */
enum sql_rc sqlite_file_open(void **connection, const struct sql_options *options,
                             struct engine_error *why);
void sqlite_file_close(void *connection);

/* Opens the file at c->path into c->db and makes the settings of a connection. After a failure
 * c->db may be open still. */
enum sql_rc sqlite_file_connect(struct sqlite_connection *c, struct engine_error *why);

/* Brings the file to the journal `wanted` ("wal", "truncate"; NULL: as it is), in the turn, which
 * it takes unless it is held. SQL_BUSY when others have it open with another. */
enum sql_rc sqlite_file_journal(struct sqlite_connection *c, const char *wanted,
                                struct engine_error *why);

/* The engine's statements (engine.h). */
enum sql_rc sqlite_row_prepare(void *connection, const char *text, void **statement,
                               size_t *parameters, struct engine_error *why);
void sqlite_row_finish(void *statement);
enum sql_rc sqlite_row_bind(void *statement, const struct sql_value *values, bool lent,
                            struct engine_error *why);
enum sql_rc sqlite_row_step(void *statement, bool *row, int64_t *changed, struct engine_error *why);
void sqlite_row_reset(void *statement);
struct sql_value sqlite_row_column(void *statement, int column, int kind);

#endif
