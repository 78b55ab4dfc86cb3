#include "core/base/words.h"
#include "db/sqlite.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/library.h"
#include "db/place.h"
#include "db/turn.h"

enum { SQLITE_FILE_HEADER = 100 };

/* Keeps transactions, attached files and settings out of others' statements. */
static int sqlite_file_authorize(void *context, int action, const char *a, const char *b,
                                 const char *database, const char *trigger)
{
    const struct sqlite_connection *c = context;

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
        /* To read a setting is no harm, nor what a table is like; ALTER TABLE looks through it. */
        return !b || strcmp(a, "table_info") == 0 || strcmp(a, "foreign_key_list") == 0 ||
                       strcmp(a, "quick_check") == 0
                   ? SQLITE_OK
                   : SQLITE_DENY;
    default:
        return SQLITE_OK;
    }
}

/* The last line of defence: SQLite turns a commit outside the turn into a rollback. */
static int sqlite_file_may_commit(void *context)
{
    const struct sqlite_connection *c = context;

    return turn_held(c->turn) ? 0 : 1;
}

static int sqlite_file_log_grew(void *context, sqlite3 *db, const char *name, int pages)
{
    struct sqlite_connection *c = context;

    (void)db;
    (void)name;
    c->log_grew = true;
    c->log_pages = pages;
    return SQLITE_OK;
}

/* Reads the header past SQLite's own opening, which would leave files beside a foreign database.
 * Through SQLite's file all the same: a close() of our own would drop this process's locks on it.
 */
static enum sql_rc sqlite_file_peek(const char *path, int32_t application, struct engine_error *why)
{
    unsigned char header[SQLITE_FILE_HEADER];
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
        rc = engine_fail(why, SQL_NOT_DATABASE, _("%s is not a database"), path);
    } else if (code != SQLITE_OK) {
        rc = engine_fail(why, sqlite_rc(code), "%s: %s", path, sqlite3_errstr(code));
    } else {
        const uint32_t found = (uint32_t)header[68] << 24 | (uint32_t)header[69] << 16 |
                               (uint32_t)header[70] << 8 | header[71];

        if (found != (uint32_t)application)
            rc = engine_fail(why, SQL_FOREIGN, _("%s belongs to another program"), path);
    }
    sqlite3_close(db);
    return rc;
}

/* Makes a database under a name of its own and gives it its true name when it is whole, so that two
 * makers give one winner and a killed one leaves no half. */
static enum sql_rc sqlite_file_create(const char *path, const struct sql_options *options,
                                      struct engine_error *why)
{
    char temporary[PATH_MAX], text[96];
    sqlite3 *db = NULL;
    enum sql_rc rc;
    int code;

    if (place_has_log(path, temporary)) /* a restoring was cut short: a new file would read it */
        return engine_fail(why, SQL_ENVIRONMENT,
                           _("%s is the log of a database that is gone: restore it first"),
                           temporary);
    rc = place_temporary(path, temporary, why);
    if (rc != SQL_OK)
        return rc;
    sqlite3_snprintf(sizeof text, text, "PRAGMA journal_mode = %s; PRAGMA application_id = %d",
                     options->journal && strcmp(options->journal, "truncate") == 0 ? "TRUNCATE"
                                                                                   : "WAL",
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
static bool sqlite_file_journal_is(struct sqlite_connection *c, const char *mode)
{
    sqlite3_stmt *stmt = NULL;
    bool same = false;

    if (sqlite3_prepare_v2(c->db, "PRAGMA journal_mode", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        same = sqlite3_stricmp((const char *)sqlite3_column_text(stmt, 0), mode) == 0;
    sqlite3_finalize(stmt);
    return same;
}

/* Changes the journal when another is asked for. Between log and journal the file itself
 * changes, in the turn, and only while no other process has it open. */
static enum sql_rc sqlite_file_change(struct sqlite_connection *c, const char *wanted,
                                      struct engine_error *why)
{
    const bool is_log = sqlite_file_journal_is(c, "wal"), held = turn_held(c->turn);
    enum sql_rc rc;

    c->truncate = wanted ? strcmp(wanted, "truncate") == 0 : !is_log;
    if (c->read_only || is_log == !c->truncate) {
        if (c->truncate && !c->read_only)
            sqlite_own(c, "PRAGMA journal_mode = TRUNCATE");
        return SQL_OK;
    }
    if (!held && (rc = turn_take(c->turn, c->wait_ms, why)) != SQL_OK)
        return rc;
    sqlite_own(c, c->truncate ? "PRAGMA journal_mode = TRUNCATE" : "PRAGMA journal_mode = WAL");
    if (!held)
        turn_release(c->turn);
    if (sqlite_file_journal_is(c, "wal") == !c->truncate)
        return SQL_OK;
    return engine_fail(why, SQL_BUSY, _("other terminals have it open with another journal"));
}

enum sql_rc sqlite_file_journal(struct sqlite_connection *c, const char *wanted,
                                struct engine_error *why)
{
    const enum sql_rc rc = sqlite_file_change(c, wanted, why);

    /* Commits to the log are synced after the turn (sqlite.c). */
    if (rc == SQL_OK && !c->truncate)
        sqlite_own(c, "PRAGMA synchronous = NORMAL");
    return rc;
}

/* Opens the file and makes the settings of a connection. */
enum sql_rc sqlite_file_connect(struct sqlite_connection *c, struct engine_error *why)
{
    const int flags = c->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    sqlite3 *db = NULL;
    int code =
        sqlite3_open_v2(c->path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

    c->db = db;
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, c->wait_ms);
        sqlite3_wal_autocheckpoint(db, 0);
        sqlite3_wal_hook(db, sqlite_file_log_grew, c);
        sqlite3_commit_hook(db, sqlite_file_may_commit, c);
        sqlite3_set_authorizer(db, sqlite_file_authorize, c);
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
        return engine_fail(why, SQL_READ_ONLY, _("%s is read-only"), c->path);
    return code == SQLITE_OK ? SQL_OK : sqlite_fail(db, code, why);
}

void sqlite_file_close(void *connection)
{
    struct sqlite_connection *c = connection;

    if (!c)
        return;
    sqlite_shut(c);
    turn_free(&c->turn);
    free(c);
}

/* Finds the file, makes it when that was asked for, and refuses what is not ours. */
static enum sql_rc sqlite_file_find(struct place *place, const struct sql_options *options,
                                    struct engine_error *why)
{
    enum sql_rc rc;

    if (library_count("libsqlite3") > 1)
        return engine_fail(why, SQL_ENVIRONMENT, _("two SQLite libraries are in this process"));
    rc = place_find(place, options->name, why);
    if (rc != SQL_OK)
        return rc;
    if (place->exists && options->create)
        return engine_fail(why, SQL_EXISTS, _("%s exists already"), options->name);
    if (!place->exists && !options->create)
        return engine_fail(why, SQL_MISSING, _("%s does not exist"), options->name);
    if (options->create) {
        rc = sqlite_file_create(place->path, options, why);
        if (rc == SQL_OK)
            rc = place_find(place, options->name, why);
    }
    return rc == SQL_OK ? sqlite_file_peek(place->path, options->application, why) : rc;
}

/* Nobody reads SQLite's count of its memory, for which each of its mallocs takes a lock. */
static void sqlite_file_count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

enum sql_rc sqlite_file_open(void **connection, const struct sql_options *options,
                             struct engine_error *why)
{
    /* The library's settings are the process's, and two threads may open their first at once. */
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct sqlite_connection *c = NULL;
    struct place place;
    enum sql_rc rc;

    *connection = NULL;
    pthread_once(&once, sqlite_file_count_no_memory);
    rc = sqlite_file_find(&place, options, why);
    if (rc != SQL_OK)
        return rc;
    c = calloc(1, sizeof *c);
    if (!c)
        return engine_fail(why, SQL_NO_MEMORY, _("out of memory"));
    memcpy(c->path, place.path, sizeof c->path);
    c->wait_ms = options->wait_ms;
    c->read_only = options->read_only;
    /* First the turn: who shuts it may be putting another file here. */
    rc = c->read_only ? SQL_OK : turn_new(&c->turn, c->path, place.mode, why);
    if (rc == SQL_OK)
        rc = sqlite_file_connect(c, why);
    if (rc == SQL_OK)
        rc = sqlite_file_journal(c, options->journal, why);
    if (rc == SQL_OK)
        *connection = c;
    else
        sqlite_file_close(c);
    return rc;
}
