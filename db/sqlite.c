#include "db/sqlite.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>

#include "core/base/words.h"
#include "db/turn.h"

/*
 * How commits become durable. With a rollback journal SQLite syncs in the turn. With the log a
 * commit only writes there (PRAGMA synchronous = NORMAL), the turn ends, and then the log is
 * synced, while others are writing already; whoever's sync ends first has synced for all who wrote
 * before it began. Nobody is told of a commit before. What another has read by then and loses with
 * the power it could not build on either: its own commit lies behind in the same log.
 */

enum { SQLITE_CHECKPOINT_PAGES = 1000 }; /* the log is worked off at about this length */

enum sql_rc sqlite_rc(int code)
{
    if (code == SQLITE_READONLY_DBMOVED)
        return SQL_MOVED;
    if (code == SQLITE_IOERR_NOMEM)
        return SQL_NO_MEMORY;
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return SQL_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_SCHEMA:
        return SQL_BUSY;
    case SQLITE_CONSTRAINT:
        return SQL_CONFLICT;
    case SQLITE_FULL:
        return SQL_FULL;
    case SQLITE_READONLY:
        return SQL_READ_ONLY;
    case SQLITE_IOERR:
        return SQL_IO;
    case SQLITE_CORRUPT:
        return SQL_CORRUPT;
    case SQLITE_NOTADB:
        return SQL_NOT_DATABASE;
    case SQLITE_NOMEM:
        return SQL_NO_MEMORY;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return SQL_ENVIRONMENT;
    default:
        return SQL_MISUSE;
    }
}

/* The code of what failed last; `code` is its extended result. A quota or a limit of the process
 * that is used up is a full disk, which SQLite knows by ENOSPC alone. */
static enum sql_rc sqlite_why(int code)
{
    const int error = code == SQLITE_IOERR_WRITE ? errno : 0;

    return error == EFBIG || error == EDQUOT || error == ENOSPC ? SQL_FULL : sqlite_rc(code);
}

/* Notes what failed last; `db` may be NULL. To be called right after it, while errno stands. */
enum sql_rc sqlite_fail(sqlite3 *db, int code, struct engine_error *why)
{
    return engine_fail(why, sqlite_why(code), "%s", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

/* Runs a statement of this file's own, past the rules for others. */
int sqlite_own(struct sqlite_connection *c, const char *text)
{
    int code;

    c->own = true;
    code = sqlite3_exec(c->db, text, NULL, NULL, NULL);
    c->own = false;
    return code;
}

/* Begins or ends a transaction. Returns SQLite's result. */
static int sqlite_take_step(struct sqlite_connection *c, enum sqlite_step step)
{
    static const char *const texts[SQLITE_STEPS] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT"};
    int code = SQLITE_OK;

    c->own = true; /* SQLite may prepare it anew, too */
    if (c->steps[step] == NULL)
        code = sqlite3_prepare_v3(c->db, texts[step], -1, SQLITE_PREPARE_PERSISTENT,
                                  &c->steps[step], NULL);
    if (code == SQLITE_OK) {
        sqlite3_step(c->steps[step]);
        code = sqlite3_reset(c->steps[step]);
    }
    c->own = false;
    return code;
}

void sqlite_shut(struct sqlite_connection *c)
{
    for (size_t i = 0; i < SQLITE_STEPS; i++) {
        sqlite3_finalize(c->steps[i]);
        c->steps[i] = NULL;
    }
    sqlite3_close(c->db);
    c->db = NULL;
}

/* Whether the file is still the one that its name leads to. */
enum sql_rc sqlite_in_place(struct sqlite_connection *c, struct engine_error *why)
{
    int moved = 0;

    if (!c->db)
        return engine_fail(why, SQL_IO, _("%s: storage failed"), c->path);
    sqlite3_file_control(c->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved ? engine_fail(why, SQL_MOVED, _("%s was renamed or replaced"), c->path) : SQL_OK;
}

/* Brings all that is in the log into the file and syncs that, in the turn. When it fails, every
 * writer on this database is stopped. */
static enum sql_rc sqlite_settle(struct sqlite_connection *c, struct engine_error *why)
{
    int code = SQLITE_OK;

    if (!c->truncate)
        code = sqlite3_wal_checkpoint_v2(c->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (code != SQLITE_OK) {
        turn_stop(c->turn);
        return sqlite_fail(c->db, code, why);
    }
    turn_settled(c->turn);
    return SQL_OK;
}

static enum sql_rc sqlite_begin(void *connection, bool write, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    enum sql_rc rc;
    int code;

    if (write && !c->turn)
        return engine_fail(why, SQL_READ_ONLY, _("%s was opened for reading only"), c->path);
    rc = write ? turn_take(c->turn, c->wait_ms, why) : SQL_OK;
    if (rc != SQL_OK)
        return rc;
    rc = sqlite_in_place(c, why);
    if (rc == SQL_OK && write && turn_doubted(c->turn))
        rc = sqlite_settle(c, why); /* who should have done it was killed */
    if (rc == SQL_OK) {
        code = sqlite_take_step(c, write ? SQLITE_BEGIN_WRITE : SQLITE_BEGIN_READ);
        if (code != SQLITE_OK)
            rc = sqlite_fail(c->db, code, why);
        if (rc == SQL_BUSY && write) /* whoever it is, it did not wait for its turn */
            engine_fail(why, rc, _("a program that is no terminal writes the database"));
    }
    if (rc != SQL_OK && write)
        turn_release(c->turn);
    return rc;
}

static void sqlite_rollback(void *connection)
{
    struct sqlite_connection *c = connection;

    if (c->db && !sqlite3_get_autocommit(c->db))
        sqlite_own(c, "ROLLBACK");
    if (turn_held(c->turn))
        turn_release(c->turn);
}

/* Brings the log to disk, for all who have written to it by now. */
static enum sql_rc sqlite_sync(struct sqlite_connection *c, struct engine_error *why)
{
    const uint64_t written = turn_written(c->turn);
    sqlite3_file *log = NULL;
    int code = sqlite3_file_control(c->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);

    if (code == SQLITE_OK && log != NULL && log->pMethods != NULL)
        code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    else
        code = SQLITE_IOERR;
    if (code != SQLITE_OK) {
        turn_doubt(c->turn); /* before anything else: those who write now must not trust theirs */
        return engine_fail(why, SQL_UNKNOWN, _("the log could not be synced: %s"),
                           sqlite3_errstr(code));
    }
    turn_synced(c->turn, written);
    return SQL_OK;
}

/* Works the log off when it is long. Here and nowhere else, in the turn: a checkpoint that meets a
 * write can damage the file with the libraries before 3.51.3. The log is synced first, so that a
 * failure of the checkpoint is no harm: the next round tries again. */
static enum sql_rc sqlite_checkpoint(struct sqlite_connection *c, struct engine_error *why)
{
    int length = 0, done = 0;
    enum sql_rc rc;

    if (c->log_pages < SQLITE_CHECKPOINT_PAGES || c->checkpoint_at < SQLITE_CHECKPOINT_PAGES)
        c->checkpoint_at = SQLITE_CHECKPOINT_PAGES;
    if (c->log_pages < c->checkpoint_at)
        return SQL_OK;
    rc = sqlite_sync(c, why);
    if (rc == SQL_OK) {
        sqlite3_wal_checkpoint_v2(c->db, "main", SQLITE_CHECKPOINT_PASSIVE, &length, &done);
        c->checkpoint_at = c->log_pages + SQLITE_CHECKPOINT_PAGES;
    }
    return rc;
}

/* Ends the turn after a commit, and waits until all is on disk that was seen in it: also what
 * another wrote, for the answer may rest on that. */
static enum sql_rc sqlite_leave(struct sqlite_connection *c, struct engine_error *why)
{
    enum sql_rc rc = SQL_OK;

    if (c->truncate) {
        turn_release(c->turn);
        return SQL_OK;
    }
    if (c->log_grew) {
        turn_wrote(c->turn);
        c->log_grew = false;
        rc = sqlite_checkpoint(c, why);
        if (rc != SQL_OK)
            return rc;
    }
    turn_release(c->turn);
    if (!turn_durable(c->turn))
        rc = sqlite_sync(c, why);
    if (rc == SQL_OK && turn_doubted(c->turn))
        return engine_fail(why, SQL_UNKNOWN, _("another terminal could not sync the log"));
    return rc;
}

static enum sql_rc sqlite_commit(void *connection, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    const bool write = turn_held(c->turn);
    const int code = sqlite_take_step(c, SQLITE_END);
    enum sql_rc rc;

    if (code == SQLITE_OK)
        return write ? sqlite_leave(c, why) : SQL_OK;
    rc = sqlite_fail(c->db, code, why);
    /* After these the row is surely not there; after a failed sync it may be, at the next start. */
    if (!write || rc == SQL_BUSY || rc == SQL_CONFLICT || rc == SQL_FULL || rc == SQL_NO_MEMORY ||
        rc == SQL_READ_ONLY) {
        sqlite_rollback(c);
        return rc;
    }
    return SQL_UNKNOWN;
}

static enum sql_rc sqlite_recover(void *connection, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    enum sql_rc rc = SQL_OK;

    sqlite_shut(c);
    if (!turn_held(c->turn))
        rc = turn_take(c->turn, c->wait_ms, why);
    if (rc == SQL_OK)
        rc = sqlite_file_connect(c, why);
    if (rc == SQL_OK)
        rc = sqlite_settle(c, why);
    if (rc == SQL_OK)
        rc = sqlite_file_journal(c, c->truncate ? "truncate" : "wal", why);
    if (rc != SQL_OK)
        turn_stop(c->turn);
    if (turn_held(c->turn))
        turn_release(c->turn);
    return rc;
}

static enum sql_rc sqlite_script(void *connection, const char *text, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    int code;

    if (!turn_held(c->turn))
        return engine_fail(why, SQL_MISUSE, "a write outside the writers' turn");
    code = sqlite3_exec(c->db, text, NULL, NULL, NULL);
    return code == SQLITE_OK ? SQL_OK : sqlite_fail(c->db, code, why);
}

static int64_t sqlite_now(void *connection)
{
    struct timespec t;

    (void)connection;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Gives each row of a check to `say`, columns parted by blanks; "ok" is no finding. */
static int sqlite_say_rows(sqlite3 *db, const char *text, const char *about,
                           void (*say)(void *context, const char *line), void *context)
{
    sqlite3_stmt *stmt = NULL;
    char line[256];
    int code = sqlite3_prepare_v2(db, text, -1, &stmt, NULL);

    while (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *first = (const char *)sqlite3_column_text(stmt, 0);

        code = SQLITE_OK;
        if (!first || strcmp(first, "ok") == 0)
            continue;
        if (sqlite3_column_count(stmt) > 1)
            sqlite3_snprintf(sizeof line, line, "%s: %s row %lld", about, first,
                             sqlite3_column_int64(stmt, 1));
        else
            sqlite3_snprintf(sizeof line, line, "%s: %s", about, first);
        say(context, line);
    }
    sqlite3_finalize(stmt);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int sqlite_findings(sqlite3 *db, void (*say)(void *context, const char *line), void *context)
{
    int code = sqlite_say_rows(db, "PRAGMA integrity_check", "integrity", say, context);

    if (code == SQLITE_OK)
        code = sqlite_say_rows(db, "PRAGMA foreign_key_check", "foreign key", say, context);
    return code;
}

static enum sql_rc sqlite_integrity(void *connection, void (*say)(void *context, const char *line),
                                    void *context, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    enum sql_rc rc = sqlite_in_place(c, why);
    int code;

    if (rc != SQL_OK)
        return rc;
    code = sqlite_findings(c->db, say, context);
    rc = sqlite_rc(code);
    if (rc == SQL_CORRUPT) { /* damage so deep that it ends the check is a finding */
        say(context, sqlite3_errmsg(c->db));
        return SQL_OK;
    }
    return code == SQLITE_OK ? SQL_OK : sqlite_fail(c->db, code, why);
}

static enum sql_rc sqlite_alone(void *connection, bool alone, struct engine_error *why)
{
    struct sqlite_connection *c = connection;

    if (!c->turn)
        return engine_fail(why, SQL_READ_ONLY, _("%s was opened for reading only"), c->path);
    if (alone)
        return turn_shut(c->turn, why);
    turn_open(c->turn);
    return SQL_OK;
}

const struct engine sqlite_engine = {
    .name = "sqlite",
    .open = sqlite_file_open,
    .close = sqlite_file_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .recover = sqlite_recover,
    .prepare = sqlite_row_prepare,
    .finish = sqlite_row_finish,
    .bind = sqlite_row_bind,
    .step = sqlite_row_step,
    .reset = sqlite_row_reset,
    .column = sqlite_row_column,
    .script = sqlite_script,
    .alone = sqlite_alone,
    .copy = sqlite_copy,
    .now = sqlite_now,
    .integrity = sqlite_integrity,
};
