/*
 * SQL, and no box office: connect, transact, run statements, read rows. Engines stand behind it
 * (engine.h).
 *
 * Statements are written once for every engine: $1, $2, ... are bound by number; each is prepared
 * once a connection and found again by its text's address, so `text` must be a string literal.
 *
 * Errors are sticky inside a transaction: a statement that fails spoils the transaction; everything
 * after it does nothing and gives no rows, and sql_tx reports that failure whatever the function in
 * it returned. So callers check rules, not plumbing. Outside a transaction each call stands alone.
 * A connection belongs to one thread at a time and never crosses a fork (asserted).
 */
#ifndef BOXOFFICE_DB_SQL_H
#define BOXOFFICE_DB_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/words.h"

/* X(name, text) */
#define SQL_RC_LIST(X)                                                 \
    X(OK, N_("done"))                                                  \
    X(ROLLED_BACK, N_("rolled back as asked"))                         \
    X(BUSY, N_("another writer is at work"))                           \
    X(STOPPED_HOLDER, N_("a stopped process holds the writers' turn")) \
    X(CONFLICT, N_("a constraint forbids it"))                         \
    X(FULL, N_("the disk is full"))                                    \
    X(READ_ONLY, N_("the database is read-only"))                      \
    X(IO, N_("reading or writing failed"))                             \
    X(CORRUPT, N_("the database is damaged"))                          \
    X(NOT_DATABASE, N_("the file is not a database"))                  \
    X(FOREIGN, N_("the file belongs to another program"))              \
    X(MISSING, N_("the database does not exist"))                      \
    X(EXISTS, N_("the database exists already"))                       \
    X(NETWORK_FILE, N_("the file lies on a network file system"))      \
    X(MOVED, N_("the file was renamed or replaced"))                   \
    X(NEWER, N_("the schema is newer than this program"))              \
    X(UNKNOWN, N_("the outcome of the commit is unknown"))             \
    X(AWAY, N_("the server can't be reached"))                         \
    X(NO_MEMORY, N_("out of memory"))                                  \
    X(MISUSE, N_("a statement is wrong"))                              \
    X(ENVIRONMENT, N_("the environment does not allow it"))

enum sql_rc {
#define SQL_RC_ENUM(name, text) SQL_##name,
    SQL_RC_LIST(SQL_RC_ENUM)
#undef SQL_RC_ENUM
};

struct sql;
struct sql_statement;

/* How a database is opened. */
struct sql_options {
    const char
        *name;   /* a file's path or a server's name (sql_is_server); borrowed during the call */
    bool create; /* make it; SQL_EXISTS when it is there. Else SQL_MISSING when it is not */
    bool read_only;
    const char *journal; /* "wal" or "truncate"; NULL: as the file is, "wal" when it is made */
    int32_t application; /* PRAGMA application_id: refused as SQL_FOREIGN when another is found */
    int wait_ms; /* longest wait for the writers' turn, or for a server; 0: the default of 5,000 */
    int read_ms; /* longest wait for a server's answer to a read; 0: the default of 60,000 */
    const char *memory; /* a directory to remember servers in (timeline.h), made when it is needed;
                           NULL: none. Borrowed during the call */
};

/*
 * Whether a database's name leads to a PostgreSQL server and not to a file: postgresql://...,
 * postgres://... or words with values as libpq takes them ("host=... dbname=..."). A file whose
 * name looks like that is written with its directory: ./a=b.
 */
bool sql_is_server(const char *name);

/*
 * Opens a connection. On success `*db` is the caller's, to be closed with sql_close. On failure
 * `*db` may still be non-NULL to carry sql_error(); close it all the same.
 */
enum sql_rc sql_open(struct sql **db, const struct sql_options *options);

/* Finalises its statements, closes, clears `*db`; NULL inside is allowed. */
void sql_close(struct sql **db);

/* What failed last, one line, "" if nothing did. Borrowed until the next call. */
const char *sql_error(const struct sql *db);

/* The code that spoiled the open transaction or failed last outside one. */
enum sql_rc sql_failed(const struct sql *db);

/* The general meaning of a code in the reader's language, a static string. */
const char *sql_rc_text(enum sql_rc rc);

/* How often this connection has waited for its server since it was opened; 0 without one. */
int64_t sql_round_trips(const struct sql *db);

/* The engine's name, "sqlite" or "postgres"; a static string. */
const char *sql_engine(const struct sql *db);

/* The engine's clock: UTC epoch milliseconds. */
int64_t sql_now(struct sql *db);

/* One value to bind. */
struct sql_value {
    enum { SQL_NULL, SQL_NUMBER, SQL_TEXT, SQL_BYTES } kind;
    int64_t number;
    const void *bytes; /* text (NUL-ended) or bytes; borrowed during the call */
    size_t size;       /* of bytes */
};

/* A number. */
static inline struct sql_value sql_n(int64_t number)
{
    return (struct sql_value){.kind = SQL_NUMBER, .number = number};
}
/* Text; NULL is NULL. */
static inline struct sql_value sql_t(const char *text)
{
    return (struct sql_value){.kind = text ? SQL_TEXT : SQL_NULL, .bytes = text};
}
static inline struct sql_value sql_b(const void *bytes, size_t size)
{
    return (struct sql_value){.kind = SQL_BYTES, .bytes = bytes, .size = size};
}
static inline struct sql_value sql_null(void)
{
    return (struct sql_value){.kind = SQL_NULL};
}
/* A number, or NULL when it is zero: how absent ids and times are stored. */
static inline struct sql_value sql_n0(int64_t number)
{
    return number != 0 ? sql_n(number) : sql_null();
}

#define SQL_VALUES(...)                      \
    (const struct sql_value[]){__VA_ARGS__}, \
        sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value)

/*
 * Runs a statement that gives no rows and returns how many it changed, -1 when it failed (then
 * sql_failed tells how) or the transaction was spoiled before.
 *   sql_run(db, "UPDATE t SET a = $1 WHERE id = $2", SQL_VALUES(sql_n(a), sql_n(id)));
 * sql_run0 is the same without values.
 */
int64_t sql_run(struct sql *db, const char *text, const struct sql_value *values, size_t n);
static inline int64_t sql_run0(struct sql *db, const char *text)
{
    return sql_run(db, text, NULL, 0);
}

/*
 * The two halves of sql_run, so that several statements travel together inside sql_tx: all are
 * sent, then each is asked how many rows it changed. A statement that was sent is borrowed until
 * then; NULL when it failed. The same text may not be sent again before.
 */
struct sql_statement *sql_send(struct sql *db, const char *text, const struct sql_value *values,
                               size_t n);
int64_t sql_changed(struct sql_statement *statement);

/*
 * The same for a statement of which nobody asks how many rows it changed: inside sql_tx it travels
 * with the next one that does, or with the commit. Should it fail, the transaction is spoiled by
 * then. Sets no limit: a statement that must change a row is sql_run's.
 */
void sql_post(struct sql *db, const char *text, const struct sql_value *values, size_t n);

/*
 * Starts a statement that gives rows (SELECT or ... RETURNING) and binds. Returns the statement,
 * borrowed, NULL when it failed. Read it with sql_row until that returns false, or leave early with
 * sql_done. The same text may not be begun again before it is done.
 * What is asked before the first is read travels together. Nothing that would change an answer may
 * be written before it is read.
 */
struct sql_statement *sql_ask(struct sql *db, const char *text, const struct sql_value *values,
                              size_t n);

/* The same for one row that is read after writes which might change it: it is as it was when it was
 * asked for. NULL also when there is no such row. */
struct sql_statement *sql_ask_now(struct sql *db, const char *text, const struct sql_value *values,
                                  size_t n);

/* Steps to the next row; false at the end and on failure, and the statement is done then. */
bool sql_row(struct sql_statement *statement);

/* Ends a statement before its last row. NULL is allowed. */
void sql_done(struct sql_statement *statement);

/* Columns of the present row, from 0. Text is "" for NULL and borrowed until the next step. */
int64_t sql_number(const struct sql_statement *statement, int column);
const char *sql_text(const struct sql_statement *statement, int column);
bool sql_is_null(const struct sql_statement *statement, int column);
/* Bytes of a blob, borrowed until the next step; NULL and 0 for NULL. */
const void *sql_bytes(const struct sql_statement *statement, int column, size_t *size);

/* Asks for one number: the first column of the first row, or `otherwise`. */
int64_t sql_one_number(struct sql *db, int64_t otherwise, const char *text,
                       const struct sql_value *values, size_t n);

/* Runs one statement for each of `rows` lists of `n` values. Returns how many rows were changed
 * before the first run that changed nothing, -1 on failure. Whether the runs behind that one took
 * place is not known, so whoever gets fewer than were asked for rolls back. */
int64_t sql_each(struct sql *db, const char *text, const struct sql_value *values, size_t n,
                 size_t rows);

/*
 * Runs statements parted by semicolons, a migration's for instance, inside sql_tx. `text` may be
 * any string. No statement in it may begin or end a transaction. Returns SQL_OK or what failed.
 */
enum sql_rc sql_script(struct sql *db, const char *text);

/*
 * Tells which step of the schema (schema_migrations) is the last that the program knows: from now
 * on a transaction that would commit on a database with a later one is refused as SQL_NEWER. 0:
 * none is refused, as at first.
 */
void sql_know(struct sql *db, int64_t step);

/*
 * Runs `work` in one write transaction: takes the writers' turn, BEGIN IMMEDIATE, work, COMMIT.
 * work returns true to commit, false to roll back (SQL_ROLLED_BACK). A conflict that a rerun cures
 * (busy, serialization) reruns it, so work must not keep state between calls. SQL_UNKNOWN when
 * COMMIT's outcome is not known. Not to be nested.
 */
typedef bool sql_work(struct sql *db, void *context);
enum sql_rc sql_tx(struct sql *db, sql_work *work, void *context);

/*
 * Runs `work` as sql_tx will, but outside the writers' turn and for nothing: what only costs once
 * on a connection (preparing statements, reading what it keeps) is done by then, and the others
 * need not wait for it. Once a connection for each address `what`; not at all on a server, which
 * has no turn. It reads one state; what would write is prepared and said to have changed one row;
 * all that `work` says and leaves counts for nothing, failures too. Not inside a transaction.
 */
void sql_rehearse(struct sql *db, const void *what, sql_work *work, void *context);

/* Runs `work` in one read transaction, so that all its reads see one state. As sql_tx else. */
enum sql_rc sql_read(struct sql *db, sql_work *work, void *context);

/*
 * Hangs one thing on the connection (a cache, say); `release` frees it when the connection closes
 * or another is hung there. sql_kept returns it, NULL when there is none.
 */
void sql_keep(struct sql *db, void *thing, void (*release)(void *thing));
void *sql_kept(const struct sql *db);

/*
 * Shuts all others out of the database, or lets them in again. SQL_BUSY when anybody has it open;
 * SQL_ENVIRONMENT on a server, which does not know that. Closing lets them in as well. Not inside a
 * transaction.
 */
enum sql_rc sql_alone(struct sql *db, bool alone);

/* The engine's own integrity check; each finding is given to `say` as one line. Returns SQL_OK
 * when the check ran, whatever it found. */
enum sql_rc sql_integrity(struct sql *db, void (*say)(void *context, const char *line),
                          void *context);

#endif
