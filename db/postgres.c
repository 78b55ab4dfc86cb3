#include "db/postgres.h"

#include <libpq-fe.h>
#include <string.h>

#include "core/base/words.h"

enum { POSTGRES_SCRIPT_MS = 600000 };

static enum sql_rc postgres_begin(void *connection, bool write, struct engine_error *why)
{
    struct postgres_connection *c = connection;
    enum sql_rc rc;

    if (write && c->read_only)
        return engine_fail(why, SQL_READ_ONLY, _("the database was opened for reading only"));
    rc = postgres_link_ready(c, why);
    /* The show's row is locked first, so a writer needs no more than READ COMMITTED. */
    if (rc == SQL_OK)
        rc = postgres_pipe_word(
            c, write ? "BEGIN READ WRITE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0,
            NULL, why);
    if (rc != SQL_OK)
        return rc;
    c->in_tx = true;
    c->writes = write;
    c->failed = SQL_OK;
    return SQL_OK;
}

static void postgres_rollback(void *connection)
{
    struct postgres_connection *c = connection;
    struct engine_error ignored;

    if (!c->in_tx)
        return;
    postgres_pipe_sync(c); /* else what failed before would swallow the word */
    if (c->link && postgres_pipe_word(c, "ROLLBACK", 0, NULL, &ignored) == SQL_OK)
        postgres_pipe_wait(c, NULL, c->wait_ms);
    c->in_tx = c->writes = false;
}

/* Sends COMMIT and waits for its answer. A wait that takes too long is never cancelled, which could
 * commit without the standby: its socket is closed, and the key will tell. */
static enum sql_rc postgres_commit(void *connection, struct engine_error *why)
{
    struct postgres_connection *c = connection;
    struct engine_error ignored;
    enum sql_rc rc = c->failed;
    bool sent = false;

    if (rc == SQL_OK && c->link) {
        c->committing = sent = true;
        c->warned = false;
        postgres_pipe_word(c, "COMMIT", 0, NULL, &ignored);
        rc = postgres_pipe_wait(c, NULL, c->wait_ms);
        c->committing = false;
    }
    if (!c->link) {
        rc = engine_fail(why, sent && c->writes ? SQL_UNKNOWN : SQL_AWAY, "%s", c->why.text);
        c->in_tx = c->writes = false;
        return rc;
    }
    if (rc == SQL_OK && strcmp(PQcmdStatus(c->answer), "COMMIT") != 0) {
        c->failed = engine_fail(&c->why, SQL_MISUSE, "the transaction was over before its commit");
        rc = c->failed;
    }
    if (rc != SQL_OK) {
        engine_fail(why, rc, "%s", c->why.text);
        postgres_rollback(c);
        return rc;
    }
    rc = c->writes && c->warned
             ? engine_fail(why, SQL_UNKNOWN, _("committed, but the standby has not confirmed it"))
             : SQL_OK;
    c->in_tx = c->writes = false;
    return rc;
}

/* The next transaction makes a new link. */
static enum sql_rc postgres_recover(void *connection, struct engine_error *why)
{
    (void)why;
    postgres_pipe_drop(connection, _("the outcome of a commit is unknown"));
    return SQL_OK;
}

/* Runs statements by the simple protocol, which the pipeline does not know. */
static enum sql_rc postgres_simple(struct postgres_connection *c, const char *text,
                                   struct engine_error *why)
{
    enum sql_rc rc = postgres_pipe_wait(c, NULL, c->wait_ms);

    if (rc == SQL_OK && !PQexitPipelineMode(c->link))
        rc = engine_fail(&c->why, SQL_AWAY, "%s", PQerrorMessage(c->link));
    if (rc == SQL_OK)
        rc = postgres_pipe_script(c, text, POSTGRES_SCRIPT_MS);
    if (c->link && !PQenterPipelineMode(c->link))
        postgres_pipe_drop(c, PQerrorMessage(c->link));
    return rc == SQL_OK ? rc : engine_fail(why, rc, "%s", c->why.text);
}

static enum sql_rc postgres_script(void *connection, const char *text, struct engine_error *why)
{
    struct postgres_connection *c = connection;
    enum sql_rc rc;

    if (!c->in_tx || !c->writes)
        return engine_fail(why, SQL_MISUSE, "a write outside a writing transaction");
    if (!c->link)
        return engine_fail(why, SQL_AWAY, "%s", c->why.text);
    rc = postgres_simple(c, text, why);
    if (rc == SQL_OK && PQtransactionStatus(c->link) != PQTRANS_INTRANS)
        rc = c->failed = engine_fail(why, SQL_MISUSE, "the script ended the transaction");
    return rc;
}

static int64_t postgres_now(void *connection)
{
    struct postgres_connection *c = connection;

    postgres_link_measure(c);
    return postgres_pipe_clock() + c->ahead_ms;
}

static int64_t postgres_round_trips(const void *connection)
{
    return ((const struct postgres_connection *)connection)->round_trips;
}

/* What must not be: rules that someone turned off, and rows that broke them meanwhile. */
static const char postgres_findings[] =
    "SELECT 'constraint ' || conname || ' is not valid' FROM pg_constraint"
    " WHERE connamespace = current_schema()::regnamespace AND NOT convalidated"
    " UNION ALL SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index i"
    " JOIN pg_class r ON r.oid = i.indexrelid"
    " WHERE r.relnamespace = current_schema()::regnamespace AND NOT i.indisvalid"
    " UNION ALL SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass || ' is off'"
    " FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid"
    " WHERE r.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'O'";

static enum sql_rc postgres_integrity(void *connection,
                                      void (*say)(void *context, const char *line), void *context,
                                      struct engine_error *why)
{
    struct postgres_connection *c = connection;
    enum sql_rc rc = c->in_tx ? SQL_OK : postgres_link_ready(c, why);

    if (rc == SQL_OK)
        rc = postgres_pipe_word(c, postgres_findings, 0, NULL, why);
    if (rc != SQL_OK)
        return rc;
    rc = postgres_pipe_wait(c, NULL, POSTGRES_READ_MS);
    for (int i = 0; rc == SQL_OK && i < PQntuples(c->answer); i++)
        say(context, PQgetvalue(c->answer, i, 0));
    if (rc == SQL_OK &&
        (rc = postgres_pipe_word(c, "SELECT house_reads()", 0, NULL, why)) == SQL_OK)
        rc = postgres_pipe_wait(c, NULL, POSTGRES_SCRIPT_MS);
    if (rc == SQL_CORRUPT) { /* damage is a finding */
        say(context, c->why.text);
        return SQL_OK;
    }
    return rc == SQL_OK ? rc : engine_fail(why, rc, "%s", c->why.text);
}

const struct engine postgres_engine = {
    .name = "postgres",
    .open = postgres_link_open,
    .close = postgres_link_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .recover = postgres_recover,
    .prepare = postgres_row_prepare,
    .finish = postgres_row_finish,
    .bind = postgres_row_bind,
    .step = postgres_row_step,
    .post = postgres_row_post,
    .each = postgres_row_each,
    .reset = postgres_row_reset,
    .column = postgres_row_column,
    .script = postgres_script,
    .now = postgres_now,
    .round_trips = postgres_round_trips,
    .integrity = postgres_integrity,
};
