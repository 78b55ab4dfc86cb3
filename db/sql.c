#include "db/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/cache.h"
#include "db/engine.h"
#include "db/turn.h"

enum { SQL_RERUNS = 5 };

struct sql_statement {
    char *text; /* a copy: proves that the caller's text is a literal */
    void *handle;
    size_t parameters;
    struct sql *db;
    bool open;
};

struct sql {
    const struct engine *engine;
    void *connection; /* NULL when opening failed */
    pid_t owner;
    bool in_tx;
    enum sql_rc spoiled; /* of the open transaction */
    enum sql_rc failed;
    struct engine_error why;
    struct cache cache; /* statements by the address of their text */
    size_t open_statements;
    void *kept; /* sql_keep */
    void (*release)(void *thing);
};

const char *sql_rc_text(enum sql_rc rc)
{
    static const char *const texts[] = {
#define SQL_RC_TEXT(name, text) [SQL_##name] = text,
        SQL_RC_LIST(SQL_RC_TEXT)
#undef SQL_RC_TEXT
    };

    return (size_t)rc < sizeof texts / sizeof *texts ? texts[rc] : "an unknown result";
}

/* A connection that crossed a fork would share locks and file offsets with its parent: damage. */
static void sql_assert_owner(const struct sql *db)
{
    if (db->owner == getpid())
        return;
    fputs("boxoffice: a database connection was used after fork\n", stderr);
    abort();
}

/* Notes a failure; the first one inside a transaction spoils it. */
static enum sql_rc sql_note(struct sql *db, enum sql_rc rc)
{
    db->failed = rc;
    if (db->in_tx && db->spoiled == SQL_OK)
        db->spoiled = rc;
    return rc;
}

enum sql_rc sql_refuse(struct sql *db, enum sql_rc rc, const char *format, ...)
{
    char text[sizeof db->why.text];
    va_list arguments;

    va_start(arguments, format);
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0';
    va_end(arguments);
    return sql_note(db, engine_fail(&db->why, rc, "%s", text));
}

/* Every call begins here: false when it must do nothing. */
static bool sql_enter(struct sql *db)
{
    sql_assert_owner(db);
    if (!db->connection) /* the failed opening's code and text stay */
        return false;
    if (db->in_tx)
        return db->spoiled == SQL_OK;
    db->failed = SQL_OK;
    db->why.text[0] = '\0';
    return true;
}

enum sql_rc sql_open_with(struct sql **db, const struct engine *engine,
                          const struct sql_options *options)
{
    struct sql_options filled = *options;
    struct sql *d = calloc(1, sizeof *d);

    *db = d;
    if (!d)
        return SQL_NO_MEMORY;
    if (filled.wait_ms <= 0)
        filled.wait_ms = TURN_WAIT_MS;
    d->engine = engine;
    d->owner = getpid();
    d->failed = engine->open(&d->connection, &filled, &d->why);
    return d->failed;
}

enum sql_rc sql_open(struct sql **db, const struct sql_options *options)
{
    return sql_open_with(db, &sqlite_engine, options);
}

static void sql_forget(struct sql *db, struct sql_statement *s)
{
    if (s->handle)
        db->engine->finish(s->handle);
    free(s->text);
    free(s);
}

static void sql_forget_all(struct sql *db)
{
    for (size_t i = 0; i < db->cache.size; i++)
        if (db->cache.entries[i].key)
            sql_forget(db, db->cache.entries[i].value);
    cache_fini(&db->cache);
    db->open_statements = 0;
}

void sql_keep(struct sql *db, void *thing, void (*release)(void *thing))
{
    if (db->kept)
        db->release(db->kept);
    db->kept = thing;
    db->release = release;
}

void *sql_kept(const struct sql *db)
{
    return db->kept;
}

void sql_close(struct sql **db)
{
    struct sql *d = *db;

    if (!d)
        return;
    sql_assert_owner(d);
    sql_keep(d, NULL, NULL);
    if (d->connection) {
        sql_forget_all(d);
        d->engine->close(d->connection);
    }
    free(d);
    *db = NULL;
}

const char *sql_error(const struct sql *db)
{
    return db ? db->why.text : sql_rc_text(SQL_NO_MEMORY);
}

enum sql_rc sql_failed(const struct sql *db)
{
    if (!db)
        return SQL_NO_MEMORY;
    return db->in_tx ? db->spoiled : db->failed;
}

const char *sql_engine(const struct sql *db)
{
    return db->engine->name;
}

int64_t sql_now(struct sql *db)
{
    sql_assert_owner(db);
    return db->connection ? db->engine->now(db->connection) : 0;
}

/* Prepares a text and keeps its statement. */
static struct sql_statement *sql_add(struct sql *db, const char *text)
{
    struct sql_statement *s = calloc(1, sizeof *s);
    enum sql_rc rc = engine_fail(&db->why, SQL_NO_MEMORY, "out of memory");

    if (s)
        s->text = strdup(text);
    if (s && s->text) {
        s->db = db;
        db->why.text[0] = '\0';
        rc = db->engine->prepare(db->connection, text, &s->handle, &s->parameters, &db->why);
        if (rc == SQL_OK && !cache_put(&db->cache, text, s))
            rc = engine_fail(&db->why, SQL_NO_MEMORY, "out of memory");
    }
    if (rc == SQL_OK)
        return s;
    if (s)
        sql_forget(db, s);
    sql_note(db, rc);
    return NULL;
}

static struct sql_statement *sql_find(struct sql *db, const char *text)
{
    struct sql_statement *s = cache_find(&db->cache, text);

    if (!s)
        return sql_add(db, text);
    if (strcmp(s->text, text) == 0)
        return s;
    sql_note(db, engine_fail(&db->why, SQL_MISUSE, "the statement's text is not a literal"));
    return NULL;
}

/* Finds or prepares a statement and binds it. */
static struct sql_statement *sql_start(struct sql *db, const char *text,
                                       const struct sql_value *values, size_t n)
{
    struct sql_statement *s;
    enum sql_rc rc = SQL_OK;

    if (!sql_enter(db))
        return NULL;
    s = sql_find(db, text);
    if (!s)
        return NULL;
    if (s->open)
        rc = engine_fail(&db->why, SQL_MISUSE, "begun again before it is done: %s", text);
    else if (s->parameters != n)
        rc = engine_fail(&db->why, SQL_MISUSE, "%zu values for %zu parameters: %s", n,
                         s->parameters, text);
    if (rc == SQL_OK) {
        rc = db->engine->bind(s->handle, values, &db->why);
        if (rc != SQL_OK)
            db->engine->reset(s->handle);
    }
    if (rc != SQL_OK) {
        sql_note(db, rc);
        return NULL;
    }
    s->open = true;
    db->open_statements++;
    return s;
}

void sql_done(struct sql_statement *statement)
{
    if (!statement || !statement->open)
        return;
    statement->open = false;
    statement->db->open_statements--;
    statement->db->engine->reset(statement->handle);
}

int64_t sql_run(struct sql *db, const char *text, const struct sql_value *values, size_t n)
{
    struct sql_statement *s = sql_start(db, text, values, n);
    int64_t changed = 0, all = 0;
    enum sql_rc rc;
    bool row;

    if (!s)
        return -1;
    do {
        rc = db->engine->step(s->handle, &row, &changed, &db->why);
        all += changed;
    } while (rc == SQL_OK && row);
    sql_done(s);
    if (rc == SQL_OK)
        return all;
    sql_note(db, rc);
    return -1;
}

struct sql_statement *sql_ask(struct sql *db, const char *text, const struct sql_value *values,
                              size_t n)
{
    return sql_start(db, text, values, n);
}

/* The owner was asserted when the statement was begun: a system call a row would cost a map a third
 * of its time. */
bool sql_row(struct sql_statement *statement)
{
    struct sql *db;
    int64_t changed;
    enum sql_rc rc;
    bool row = false;

    if (!statement || !statement->open)
        return false;
    db = statement->db;
    if (db->in_tx && db->spoiled != SQL_OK) {
        sql_done(statement);
        return false;
    }
    rc = db->engine->step(statement->handle, &row, &changed, &db->why);
    if (rc == SQL_OK && row)
        return true;
    sql_done(statement);
    if (rc != SQL_OK)
        sql_note(db, rc);
    return false;
}

static struct sql_value sql_column(const struct sql_statement *statement, int column, int kind)
{
    if (!statement || !statement->open)
        return sql_null();
    return statement->db->engine->column(statement->handle, column, kind);
}

int64_t sql_number(const struct sql_statement *statement, int column)
{
    return sql_column(statement, column, SQL_NUMBER).number;
}

const char *sql_text(const struct sql_statement *statement, int column)
{
    const struct sql_value value = sql_column(statement, column, SQL_TEXT);

    return value.bytes ? value.bytes : "";
}

bool sql_is_null(const struct sql_statement *statement, int column)
{
    return sql_column(statement, column, SQL_NUMBER).kind == SQL_NULL;
}

const void *sql_bytes(const struct sql_statement *statement, int column, size_t *size)
{
    const struct sql_value value = sql_column(statement, column, SQL_BYTES);

    *size = value.bytes ? value.size : 0;
    return value.bytes;
}

int64_t sql_one_number(struct sql *db, int64_t otherwise, const char *text,
                       const struct sql_value *values, size_t n)
{
    struct sql_statement *s = sql_ask(db, text, values, n);
    int64_t number = otherwise;

    if (sql_row(s) && !sql_is_null(s, 0))
        number = sql_number(s, 0);
    sql_done(s);
    return number;
}

int64_t sql_each(struct sql *db, const char *text, const struct sql_value *values, size_t n,
                 size_t rows)
{
    int64_t all = 0;

    for (size_t i = 0; i < rows; i++) {
        const int64_t changed = sql_run(db, text, values + i * n, n);

        if (changed < 0)
            return -1;
        if (changed == 0)
            break;
        all += changed;
    }
    return all;
}

enum sql_rc sql_script(struct sql *db, const char *text)
{
    enum sql_rc rc;

    if (!sql_enter(db))
        return sql_failed(db);
    rc = db->engine->script(db->connection, text, &db->why);
    return rc == SQL_OK ? rc : sql_note(db, rc);
}

/* Ends what work left open, so that nothing reads past the transaction's end. */
static void sql_end_statements(struct sql *db)
{
    for (size_t i = 0; i < db->cache.size && db->open_statements > 0; i++)
        sql_done(db->cache.entries[i].value);
}

/* Commits, or finds out what can still be known. */
static enum sql_rc sql_commit(struct sql *db)
{
    struct engine_error later = {""};
    enum sql_rc rc = db->engine->commit(db->connection, &db->why);

    if (rc != SQL_UNKNOWN)
        return rc;
    sql_forget_all(db);
    db->engine->recover(db->connection, &later);
    return rc;
}

/* One run; `*again` tells that a rerun may cure its failure. */
static enum sql_rc sql_attempt(struct sql *db, bool write, sql_work *work, void *context,
                               bool *again)
{
    enum sql_rc rc = db->engine->begin(db->connection, write, &db->why);
    bool keep;

    *again = false;
    if (rc != SQL_OK)
        return rc;
    db->in_tx = true;
    db->spoiled = SQL_OK;
    keep = work(db, context);
    rc = db->spoiled;
    sql_end_statements(db);
    if (rc == SQL_OK && keep) {
        rc = sql_commit(db);
    } else {
        db->engine->rollback(db->connection);
        *again = rc == SQL_BUSY;
        if (rc == SQL_OK)
            rc = SQL_ROLLED_BACK;
    }
    db->in_tx = false;
    return rc;
}

static enum sql_rc sql_transact(struct sql *db, bool write, sql_work *work, void *context)
{
    enum sql_rc rc = SQL_OK;
    bool again = true;

    sql_assert_owner(db);
    if (db->in_tx)
        return sql_note(db,
                        engine_fail(&db->why, SQL_MISUSE, "a transaction inside a transaction"));
    for (int i = 0; again && i <= SQL_RERUNS; i++) {
        if (!sql_enter(db))
            return db->failed;
        rc = sql_attempt(db, write, work, context, &again);
    }
    db->failed = rc == SQL_ROLLED_BACK ? SQL_OK : rc;
    return rc;
}

enum sql_rc sql_tx(struct sql *db, sql_work *work, void *context)
{
    return sql_transact(db, true, work, context);
}

enum sql_rc sql_read(struct sql *db, sql_work *work, void *context)
{
    return sql_transact(db, false, work, context);
}

enum sql_rc sql_integrity(struct sql *db, void (*say)(void *context, const char *line),
                          void *context)
{
    enum sql_rc rc;

    if (!sql_enter(db))
        return sql_failed(db);
    rc = db->engine->integrity(db->connection, say, context, &db->why);
    return rc == SQL_OK ? rc : sql_note(db, rc);
}
