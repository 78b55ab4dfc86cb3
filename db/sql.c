#include "db/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/words.h"
#include "db/sql_tx.h"
#include "db/turn.h"

const char *sql_rc_text(enum sql_rc rc)
{
    static const char *const texts[] = {
#define SQL_RC_TEXT(name, text) [SQL_##name] = text,
        SQL_RC_LIST(SQL_RC_TEXT)
#undef SQL_RC_TEXT
    };

    return (size_t)rc < sizeof texts / sizeof *texts ? _(texts[rc]) : "an unknown result";
}

void sql_assert_owner(const struct sql *db)
{
    if (db->owner == getpid())
        return;
    fputs("boxoffice: a database connection was used after fork\n", stderr);
    abort();
}

enum sql_rc sql_note(struct sql *db, enum sql_rc rc)
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

bool sql_enter(struct sql *db)
{
    if (db->in_tx) /* asserted when it began: a system call a statement is dear */
        return db->spoiled == SQL_OK;
    sql_assert_owner(db);
    if (!db->connection) /* the failed opening's code and text stay */
        return false;
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
    d->wait_ms = filled.wait_ms;
    d->owner = getpid();
    d->failed = engine->open(&d->connection, &filled, &d->why);
    return d->failed;
}

enum sql_rc sql_open(struct sql **db, const struct sql_options *options)
{
    return sql_open_with(db, sql_is_server(options->name) ? &postgres_engine : &sqlite_engine,
                         options);
}

static void sql_forget(struct sql *db, struct sql_statement *s)
{
    if (s->handle)
        db->engine->finish(s->handle);
    free(s->text);
    free(s);
}

void sql_forget_all(struct sql *db)
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
    cache_fini(&d->rehearsed);
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

int64_t sql_round_trips(const struct sql *db)
{
    return db->connection && db->engine->round_trips ? db->engine->round_trips(db->connection) : 0;
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
    enum sql_rc rc = engine_fail(&db->why, SQL_NO_MEMORY, _("out of memory"));

    if (s)
        s->text = strdup(text);
    if (s && s->text) {
        s->db = db;
        db->why.text[0] = '\0';
        rc = db->engine->prepare(db->connection, text, &s->handle, &s->parameters, &db->why);
        if (rc == SQL_OK && !cache_put(&db->cache, text, s))
            rc = engine_fail(&db->why, SQL_NO_MEMORY, _("out of memory"));
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

/* Finds or prepares the statement of a text that takes `n` values and is not open. */
static struct sql_statement *sql_ready(struct sql *db, const char *text, size_t n)
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
    if (rc == SQL_OK)
        return s;
    sql_note(db, rc);
    return NULL;
}

/* Finds or prepares a statement and binds it; `runs`: to its end before the caller hears of it. */
static struct sql_statement *sql_start(struct sql *db, const char *text,
                                       const struct sql_value *values, size_t n, bool runs)
{
    struct sql_statement *s = sql_ready(db, text, n);
    enum sql_rc rc;

    if (!s)
        return NULL;
    rc = db->engine->bind(s->handle, values, runs, &db->why);
    if (rc != SQL_OK) {
        db->engine->reset(s->handle);
        sql_note(db, rc);
        return NULL;
    }
    s->open = true;
    s->ran = s->ahead = false;
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

/* Runs a statement to its end and counts what it changes; false when it fails, and it is done. */
static bool sql_finish(struct sql_statement *s)
{
    struct sql *db = s->db;
    int64_t changed = 0;
    enum sql_rc rc;
    bool row;

    s->ran = true;
    s->changed = db->rehearses ? 1 : 0;
    if (db->rehearses)
        return true;
    do {
        rc = db->engine->step(s->handle, &row, &changed, &db->why);
        s->changed += changed;
    } while (rc == SQL_OK && row);
    if (rc == SQL_OK)
        return true;
    sql_done(s);
    sql_note(db, rc);
    return false;
}

struct sql_statement *sql_send(struct sql *db, const char *text, const struct sql_value *values,
                               size_t n)
{
    struct sql_statement *s = sql_start(db, text, values, n, !db->engine->post);

    if (!s || db->engine->post) /* it is on its way */
        return s;
    return sql_finish(s) ? s : NULL;
}

int64_t sql_changed(struct sql_statement *statement)
{
    if (!statement || !statement->open || !sql_enter(statement->db) ||
        (!statement->ran && !sql_finish(statement)))
        return -1;
    sql_done(statement);
    return statement->changed;
}

int64_t sql_run(struct sql *db, const char *text, const struct sql_value *values, size_t n)
{
    return sql_changed(sql_send(db, text, values, n));
}

void sql_post(struct sql *db, const char *text, const struct sql_value *values, size_t n)
{
    struct sql_statement *s;

    if (!db->engine->post || !db->in_tx) {
        sql_run(db, text, values, n);
        return;
    }
    s = sql_start(db, text, values, n, false);
    if (s)
        db->engine->post(s->handle);
    sql_done(s);
}

struct sql_statement *sql_ask(struct sql *db, const char *text, const struct sql_value *values,
                              size_t n)
{
    return sql_start(db, text, values, n, false);
}

struct sql_statement *sql_ask_now(struct sql *db, const char *text, const struct sql_value *values,
                                  size_t n)
{
    struct sql_statement *s = sql_start(db, text, values, n, false);

    if (!s || db->engine->post) /* it is answered in its turn */
        return s;
    s->ahead = sql_row(s);
    return s->ahead ? s : NULL;
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
    if (statement->ahead) {
        statement->ahead = false;
        return true;
    }
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

static int64_t sql_each_together(struct sql *db, const char *text, const struct sql_value *values,
                                 size_t n, size_t rows)
{
    struct sql_statement *s = sql_ready(db, text, n);
    int64_t changed = 0;
    enum sql_rc rc;

    if (!s)
        return -1;
    rc = db->engine->each(s->handle, values, rows, &changed, &db->why);
    if (rc == SQL_OK)
        return changed;
    sql_note(db, rc);
    return -1;
}

int64_t sql_each(struct sql *db, const char *text, const struct sql_value *values, size_t n,
                 size_t rows)
{
    int64_t all = 0;

    if (db->engine->each && rows > 0)
        return sql_each_together(db, text, values, n, rows);
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

enum sql_rc sql_alone(struct sql *db, bool alone)
{
    enum sql_rc rc;

    if (!sql_enter(db))
        return sql_failed(db);
    if (!db->engine->alone)
        return sql_refuse(db, SQL_ENVIRONMENT, _("the others can't be shut out of a server"));
    rc = db->engine->alone(db->connection, alone, &db->why);
    return rc == SQL_OK ? rc : sql_note(db, rc);
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
