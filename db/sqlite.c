#include "db/engine.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/place.h"
#include "db/turn.h"

enum {
    SQLITE_CHECKPOINT_PAGES = 1000, /* the log is worked off at about this length */
    SQLITE_HEADER = 100,
    SQLITE_LAST_PARAMETER = 99,
};

struct connection {
    sqlite3 *db;
    struct turn *turn; /* NULL when read-only */
    char path[PATH_MAX];
    int wait_ms;
    bool read_only;
    bool truncate;     /* a rollback journal instead of the log */
    bool own;          /* this file's own statements may do what others' may not */
    int log_pages;     /* length of the log after the last commit */
    int checkpoint_at; /* length at which to work it off */
};

struct statement {
    sqlite3_stmt *stmt;
    struct connection *connection;
    size_t n;
    int index[]; /* SQLite numbers parameters by appearance: $k is index[k - 1], 0 when unused */
};

static enum sql_rc sqlite_rc(int code)
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
static enum sql_rc sqlite_fail(sqlite3 *db, int code, struct engine_error *why)
{
    return engine_fail(why, sqlite_why(code), "%s", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

/* Runs a statement of this file's own, past the rules for others. */
static int sqlite_own(struct connection *c, const char *text)
{
    int code;

    c->own = true;
    code = sqlite3_exec(c->db, text, NULL, NULL, NULL);
    c->own = false;
    return code;
}

/* Keeps transactions, attached files and settings out of others' statements. */
static int sqlite_authorize(void *context, int action, const char *a, const char *b,
                            const char *database, const char *trigger)
{
    const struct connection *c = context;

    (void)a;
    (void)database;
    (void)trigger;
    if (c->own)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
        return SQLITE_DENY;
    case SQLITE_PRAGMA:
        return b ? SQLITE_DENY : SQLITE_OK; /* to read a setting is no harm */
    default:
        return SQLITE_OK;
    }
}

/* The last line of defence: SQLite turns a commit outside the turn into a rollback. */
static int sqlite_may_commit(void *context)
{
    const struct connection *c = context;

    return turn_held(c->turn) ? 0 : 1;
}

static int sqlite_log_grew(void *context, sqlite3 *db, const char *name, int pages)
{
    struct connection *c = context;

    (void)db;
    (void)name;
    c->log_pages = pages;
    return SQLITE_OK;
}

/* Reads the header past SQLite's own opening, which would leave files beside a foreign database.
 * Through SQLite's file all the same: a close() of our own would drop this process's locks on it.
 */
static enum sql_rc sqlite_peek(const char *path, int32_t application, struct engine_error *why)
{
    unsigned char header[SQLITE_HEADER];
    sqlite3_file *file = NULL;
    sqlite3 *db = NULL;
    enum sql_rc rc = SQL_OK;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code == SQLITE_OK)
        code = file->pMethods->xRead(file, header, sizeof header, 0);
    if (code == SQLITE_IOERR_SHORT_READ ||
        (code == SQLITE_OK && memcmp(header, "SQLite format 3", 16) != 0)) {
        rc = engine_fail(why, SQL_NOT_DATABASE, "%s is not a database", path);
    } else if (code != SQLITE_OK) {
        rc = engine_fail(why, sqlite_rc(code), "%s: %s", path, sqlite3_errstr(code));
    } else {
        const uint32_t found = (uint32_t)header[68] << 24 | (uint32_t)header[69] << 16 |
                               (uint32_t)header[70] << 8 | header[71];

        if (found != (uint32_t)application)
            rc = engine_fail(why, SQL_FOREIGN, "%s belongs to another program", path);
    }
    sqlite3_close(db);
    return rc;
}

/* Makes a database under a name of its own and gives it its true name when it is whole, so that two
 * makers give one winner and a killed one leaves no half. */
static enum sql_rc sqlite_create(const char *path, const struct sql_options *options,
                                 struct engine_error *why)
{
    char temporary[PATH_MAX], text[96];
    sqlite3 *db = NULL;
    enum sql_rc rc = place_temporary(path, temporary, why);
    int code;

    if (rc != SQL_OK)
        return rc;
    sqlite3_snprintf(sizeof text, text, "PRAGMA journal_mode = %s; PRAGMA application_id = %d",
                     strcmp(options->journal, "truncate") == 0 ? "TRUNCATE" : "WAL",
                     (int)options->application);
    code = sqlite3_open_v2(temporary, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, text, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        rc = sqlite_fail(db, code, why);
    sqlite3_close(db);
    if (rc == SQL_OK)
        return place_publish(temporary, path, why);
    unlink(temporary);
    return rc;
}

/* The present journal mode is `mode`. */
static bool sqlite_journal_is(struct connection *c, const char *mode)
{
    sqlite3_stmt *stmt = NULL;
    bool same = false;

    if (sqlite3_prepare_v2(c->db, "PRAGMA journal_mode", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        same = sqlite3_stricmp((const char *)sqlite3_column_text(stmt, 0), mode) == 0;
    sqlite3_finalize(stmt);
    return same;
}

/* Brings the file to the journal that was asked for. Between log and journal the file itself
 * changes, in the turn, and only while no other process has it open. */
static enum sql_rc sqlite_journal(struct connection *c, const char *wanted,
                                  struct engine_error *why)
{
    const bool is_log = sqlite_journal_is(c, "wal");
    enum sql_rc rc;

    c->truncate = wanted ? strcmp(wanted, "truncate") == 0 : !is_log;
    if (c->read_only || is_log == !c->truncate) {
        if (c->truncate && !c->read_only)
            sqlite_own(c, "PRAGMA journal_mode = TRUNCATE");
        return SQL_OK;
    }
    rc = turn_take(c->turn, c->wait_ms, why);
    if (rc != SQL_OK)
        return rc;
    sqlite_own(c, c->truncate ? "PRAGMA journal_mode = TRUNCATE" : "PRAGMA journal_mode = WAL");
    turn_release(c->turn);
    if (sqlite_journal_is(c, "wal") == !c->truncate)
        return SQL_OK;
    return engine_fail(why, SQL_BUSY, "other terminals have it open with another journal");
}

/* Opens the file and makes the settings of a connection. */
static enum sql_rc sqlite_connect(struct connection *c, struct engine_error *why)
{
    const int flags = c->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    sqlite3 *db = NULL;
    int code =
        sqlite3_open_v2(c->path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

    c->db = db;
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, c->wait_ms);
        sqlite3_wal_autocheckpoint(db, 0);
        sqlite3_wal_hook(db, sqlite_log_grew, c);
        sqlite3_commit_hook(db, sqlite_may_commit, c);
        sqlite3_set_authorizer(db, sqlite_authorize, c);
        sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
        sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        code = sqlite_own(c, "PRAGMA synchronous = FULL;"
                             "PRAGMA cell_size_check = ON;"
                             "PRAGMA mmap_size = 0;"
                             "PRAGMA temp_store = MEMORY;"
                             "PRAGMA cache_size = -8000;"
                             "PRAGMA journal_size_limit = 16777216;"
                             "SELECT count(*) FROM sqlite_schema");
    }
    if (code == SQLITE_OK && !c->read_only && sqlite3_db_readonly(db, "main") == 1)
        return engine_fail(why, SQL_READ_ONLY, "%s is read-only", c->path);
    return code == SQLITE_OK ? SQL_OK : sqlite_fail(db, code, why);
}

static void sqlite_shut(void *connection)
{
    struct connection *c = connection;

    if (!c)
        return;
    sqlite3_close(c->db);
    turn_free(&c->turn);
    free(c);
}

/* Finds the file, makes it when that was asked for, and refuses what is not ours. */
static enum sql_rc sqlite_enter(struct place *place, const struct sql_options *options,
                                struct engine_error *why)
{
    enum sql_rc rc = place_find(place, options->name, why);

    if (rc != SQL_OK)
        return rc;
    if (place->exists && options->create)
        return engine_fail(why, SQL_EXISTS, "%s exists already", options->name);
    if (!place->exists && !options->create)
        return engine_fail(why, SQL_MISSING, "%s does not exist", options->name);
    if (options->create) {
        rc = sqlite_create(place->path, options, why);
        if (rc == SQL_OK)
            rc = place_find(place, options->name, why);
    }
    return rc == SQL_OK ? sqlite_peek(place->path, options->application, why) : rc;
}

static enum sql_rc sqlite_open(void **connection, const struct sql_options *options,
                               struct engine_error *why)
{
    struct connection *c = NULL;
    struct place place;
    enum sql_rc rc = sqlite_enter(&place, options, why);

    *connection = NULL;
    if (rc != SQL_OK)
        return rc;
    c = calloc(1, sizeof *c);
    if (!c)
        return engine_fail(why, SQL_NO_MEMORY, "out of memory");
    memcpy(c->path, place.path, sizeof c->path);
    c->wait_ms = options->wait_ms;
    c->read_only = options->read_only;
    c->checkpoint_at = SQLITE_CHECKPOINT_PAGES;
    rc = sqlite_connect(c, why);
    if (rc == SQL_OK && !c->read_only)
        rc = turn_new(&c->turn, c->path, place.mode, why);
    if (rc == SQL_OK)
        rc = sqlite_journal(c, options->journal, why);
    if (rc == SQL_OK)
        *connection = c;
    else
        sqlite_shut(c);
    return rc;
}

/* Whether the file is still the one that its name leads to. */
static enum sql_rc sqlite_in_place(struct connection *c, struct engine_error *why)
{
    int moved = 0;

    if (!c->db)
        return engine_fail(why, SQL_IO, "%s: storage failed", c->path);
    sqlite3_file_control(c->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved ? engine_fail(why, SQL_MOVED, "%s was renamed or replaced", c->path) : SQL_OK;
}

static enum sql_rc sqlite_begin(void *connection, bool write, struct engine_error *why)
{
    struct connection *c = connection;
    enum sql_rc rc;
    int code;

    if (write && !c->turn)
        return engine_fail(why, SQL_READ_ONLY, "%s was opened for reading only", c->path);
    rc = write ? turn_take(c->turn, c->wait_ms, why) : SQL_OK;
    if (rc != SQL_OK)
        return rc;
    rc = sqlite_in_place(c, why);
    if (rc == SQL_OK) {
        code = sqlite_own(c, write ? "BEGIN IMMEDIATE" : "BEGIN");
        if (code != SQLITE_OK)
            rc = sqlite_fail(c->db, code, why);
    }
    if (rc != SQL_OK && write)
        turn_release(c->turn);
    return rc;
}

static void sqlite_rollback(void *connection)
{
    struct connection *c = connection;

    if (c->db && !sqlite3_get_autocommit(c->db))
        sqlite_own(c, "ROLLBACK");
    if (turn_held(c->turn))
        turn_release(c->turn);
}

/* Works the log off when it is long. Here and nowhere else, in the turn: a checkpoint that meets a
 * write can damage the file with the libraries before 3.51.3. */
static void sqlite_checkpoint(struct connection *c)
{
    int length = 0, done = 0;

    if (c->log_pages < SQLITE_CHECKPOINT_PAGES)
        c->checkpoint_at = SQLITE_CHECKPOINT_PAGES;
    if (c->truncate || c->log_pages < c->checkpoint_at || !turn_held(c->turn))
        return;
    /* A failure is no harm: the log keeps what was committed, and the next round tries again. */
    sqlite3_wal_checkpoint_v2(c->db, "main", SQLITE_CHECKPOINT_PASSIVE, &length, &done);
    c->checkpoint_at = c->log_pages + SQLITE_CHECKPOINT_PAGES;
}

static enum sql_rc sqlite_commit(void *connection, struct engine_error *why)
{
    struct connection *c = connection;
    const bool write = turn_held(c->turn);
    const int code = sqlite_own(c, "COMMIT");
    enum sql_rc rc;

    if (code == SQLITE_OK) {
        if (write) {
            sqlite_checkpoint(c);
            turn_release(c->turn);
        }
        return SQL_OK;
    }
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
    struct connection *c = connection;
    enum sql_rc rc;

    sqlite3_close(c->db);
    c->db = NULL;
    rc = sqlite_connect(c, why);
    if (rc == SQL_OK && !c->truncate) {
        const int code =
            sqlite3_wal_checkpoint_v2(c->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

        if (code != SQLITE_OK)
            rc = sqlite_fail(c->db, code, why);
    }
    if (rc == SQL_OK && c->truncate)
        rc = sqlite_journal(c, "truncate", why);
    if (rc != SQL_OK)
        turn_stop(c->turn);
    turn_release(c->turn);
    return rc;
}

/* Finds which of SQLite's parameters each $k is. */
static enum sql_rc sqlite_parameters(struct statement **statement, struct engine_error *why)
{
    struct statement *s = *statement, *grown;
    const int count = sqlite3_bind_parameter_count(s->stmt);
    char *end;

    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(s->stmt, i);
        const long k = name && name[0] == '$' ? strtol(name + 1, &end, 10) : 0;

        if (k < 1 || k > SQLITE_LAST_PARAMETER || *end != '\0')
            return engine_fail(why, SQL_MISUSE, "parameter %s is not a number after $",
                               name ? name : "?");
        if ((size_t)k > s->n) {
            grown = realloc(s, sizeof *s + (size_t)k * sizeof s->index[0]);
            if (!grown)
                return engine_fail(why, SQL_NO_MEMORY, "out of memory");
            *statement = s = grown;
            memset(s->index + s->n, 0, ((size_t)k - s->n) * sizeof s->index[0]);
            s->n = (size_t)k;
        }
        s->index[k - 1] = i;
    }
    return SQL_OK;
}

static void sqlite_finish(void *statement)
{
    struct statement *s = statement;

    if (s)
        sqlite3_finalize(s->stmt);
    free(s);
}

static enum sql_rc sqlite_prepare(void *connection, const char *text, void **statement,
                                  size_t *parameters, struct engine_error *why)
{
    struct connection *c = connection;
    struct statement *s = NULL;
    const char *tail = "";
    enum sql_rc rc = sqlite_in_place(c, why);
    int code;

    *statement = NULL;
    if (rc != SQL_OK)
        return rc;
    s = calloc(1, sizeof *s);
    if (!s)
        return engine_fail(why, SQL_NO_MEMORY, "out of memory");
    s->connection = c;
    code = sqlite3_prepare_v3(c->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, &tail);
    if (code != SQLITE_OK)
        rc = sqlite_fail(c->db, code, why);
    else if (!s->stmt || tail[strspn(tail, " \t\r\n;")] != '\0')
        rc = engine_fail(why, SQL_MISUSE, "not one statement: %s", text);
    else
        rc = sqlite_parameters(&s, why);
    if (rc == SQL_OK) {
        *statement = s;
        *parameters = s->n;
    } else {
        sqlite_finish(s);
    }
    return rc;
}

static int sqlite_bind_one(sqlite3_stmt *stmt, int i, const struct sql_value *value)
{
    switch (value->kind) {
    case SQL_NUMBER:
        return sqlite3_bind_int64(stmt, i, value->number);
    case SQL_TEXT:
        return sqlite3_bind_text(stmt, i, value->bytes, -1, SQLITE_TRANSIENT);
    case SQL_BYTES:
        if (value->size == 0)
            return sqlite3_bind_zeroblob(stmt, i, 0);
        return sqlite3_bind_blob64(stmt, i, value->bytes, value->size, SQLITE_TRANSIENT);
    case SQL_NULL:
        break;
    }
    return sqlite3_bind_null(stmt, i);
}

static enum sql_rc sqlite_bind(void *statement, const struct sql_value *values,
                               struct engine_error *why)
{
    struct statement *s = statement;
    int code;

    if (sqlite3_get_autocommit(s->connection->db)) {
        const enum sql_rc rc = sqlite_in_place(s->connection, why);

        if (rc != SQL_OK)
            return rc;
    }
    for (size_t k = 0; k < s->n; k++) {
        if (s->index[k] == 0)
            continue;
        code = sqlite_bind_one(s->stmt, s->index[k], &values[k]);
        if (code != SQLITE_OK)
            return sqlite_fail(s->connection->db, code, why);
    }
    return SQL_OK;
}

static enum sql_rc sqlite_step(void *statement, bool *row, int64_t *changed,
                               struct engine_error *why)
{
    struct statement *s = statement;
    sqlite3 *db = s->connection->db;
    const int64_t before = sqlite3_total_changes64(db);
    int code;

    *row = false;
    *changed = 0;
    if (!sqlite3_stmt_readonly(s->stmt) && !turn_held(s->connection->turn))
        return engine_fail(why, SQL_MISUSE, "a write outside the writers' turn");
    code = sqlite3_step(s->stmt);
    *row = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return sqlite_fail(db, code, why);
    if (sqlite3_total_changes64(db) != before) /* else it tells of an earlier statement */
        *changed = sqlite3_changes64(db);
    return SQL_OK;
}

static void sqlite_reset(void *statement)
{
    struct statement *s = statement;

    sqlite3_reset(s->stmt);
    sqlite3_clear_bindings(s->stmt);
}

static struct sql_value sqlite_column(void *statement, int column, int kind)
{
    sqlite3_stmt *stmt = ((struct statement *)statement)->stmt;
    struct sql_value value = {.kind = SQL_NULL};

    if (sqlite3_column_type(stmt, column) == SQLITE_NULL)
        return value;
    switch (kind) {
    case SQL_TEXT:
        value.kind = SQL_TEXT;
        value.bytes = sqlite3_column_text(stmt, column);
        break;
    case SQL_BYTES:
        value.kind = SQL_BYTES;
        value.bytes = sqlite3_column_blob(stmt, column);
        break;
    default:
        return sql_n(sqlite3_column_int64(stmt, column));
    }
    value.size = (size_t)sqlite3_column_bytes(stmt, column);
    return value;
}

static enum sql_rc sqlite_script(void *connection, const char *text, struct engine_error *why)
{
    struct connection *c = connection;
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
static int sqlite_say_rows(struct connection *c, const char *text, const char *about,
                           void (*say)(void *context, const char *line), void *context)
{
    sqlite3_stmt *stmt = NULL;
    char line[256];
    int code = sqlite3_prepare_v2(c->db, text, -1, &stmt, NULL);

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

static enum sql_rc sqlite_integrity(void *connection, void (*say)(void *context, const char *line),
                                    void *context, struct engine_error *why)
{
    struct connection *c = connection;
    enum sql_rc rc = sqlite_in_place(c, why);
    int code;

    if (rc != SQL_OK)
        return rc;
    code = sqlite_say_rows(c, "PRAGMA integrity_check", "integrity", say, context);
    if (code == SQLITE_OK)
        code = sqlite_say_rows(c, "PRAGMA foreign_key_check", "foreign key", say, context);
    rc = sqlite_rc(code);
    if (rc == SQL_CORRUPT) { /* damage so deep that it ends the check is a finding */
        say(context, sqlite3_errmsg(c->db));
        return SQL_OK;
    }
    return code == SQLITE_OK ? SQL_OK : sqlite_fail(c->db, code, why);
}

const struct engine sqlite_engine = {
    .name = "sqlite",
    .open = sqlite_open,
    .close = sqlite_shut,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .recover = sqlite_recover,
    .prepare = sqlite_prepare,
    .finish = sqlite_finish,
    .bind = sqlite_bind,
    .step = sqlite_step,
    .reset = sqlite_reset,
    .column = sqlite_column,
    .script = sqlite_script,
    .now = sqlite_now,
    .integrity = sqlite_integrity,
};
