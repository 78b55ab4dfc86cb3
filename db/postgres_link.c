/* Connecting to the server, and what every session is told first (postgres.h). */
#include <errno.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "db/postgres.h"
#include "db/timeline.h"

enum { LINK_NUMBER = 24, LINK_CLOCK_MS = 60000 };

/* Nothing is written outside sql_tx; nobody waits long for a lock; who goes away in a transaction
 * gives its locks back; a client that is gone is noticed in the middle of a query. */
static const char link_settings[] =
    "SELECT set_config('default_transaction_read_only', 'on', false),"
    " set_config('lock_timeout', $1, false),"
    " set_config('idle_in_transaction_session_timeout', '5000', false),"
    " set_config('tcp_user_timeout', '5000', false),"
    " set_config('client_connection_check_interval', '2000', false),"
    " set_config('standard_conforming_strings', 'on', false),"
    " set_config('bytea_output', 'hex', false)";

/* Whether a box office is here, whether anything else is. */
static const char link_look[] =
    "SELECT CASE WHEN to_regclass('application') IS NULL THEN 0 ELSE 1 END,"
    " CASE WHEN EXISTS (SELECT 1 FROM pg_class"
    " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v'))"
    " THEN 1 ELSE 0 END";

/* While COMMIT is on its way the one warning there is says that the standby did not confirm. */
static void link_hear(void *context, const PGresult *notice)
{
    struct postgres_connection *c = context;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (c->committing && severity && strcmp(severity, "WARNING") == 0)
        c->warned = true;
}

/* Waits for the last word's answer. */
static enum sql_rc link_answer(struct postgres_connection *c, struct engine_error *why)
{
    const enum sql_rc rc = postgres_pipe_wait(c, NULL, c->wait_ms);

    return rc == SQL_OK ? rc : engine_fail(why, rc, "%s", c->why.text);
}

static enum sql_rc link_settle(struct postgres_connection *c, struct engine_error *why)
{
    char patience[LINK_NUMBER];
    const char *const values[] = {patience};
    enum sql_rc rc;

    (void)snprintf(patience, sizeof patience, "%d", c->wait_ms);
    rc = postgres_pipe_word(c, link_settings, 1, values, why);
    return rc == SQL_OK ? link_answer(c, why) : rc;
}

/* Which server it is and its timeline; a standby tells none. */
static const char link_timeline_text[] =
    "SELECT system_identifier, CASE WHEN pg_is_in_recovery() THEN ''"
    " ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END FROM pg_control_system()";

/*
 * A server that was promoted has a higher timeline than the one whose place it took. So one with a
 * lower timeline than was seen before is an old one come back, which lacks sales. A server that
 * does not know of timelines is taken as it is.
 */
static enum sql_rc link_timeline(struct postgres_connection *c, struct engine_error *why)
{
    char path[PATH_MAX];
    int64_t timeline, seen;

    if (c->read_only)
        return SQL_OK;
    if (postgres_pipe_word(c, link_timeline_text, 0, NULL, why) != SQL_OK)
        return SQL_AWAY;
    if (link_answer(c, why) != SQL_OK)
        return c->link ? SQL_OK : SQL_AWAY;
    timeline = strtoll(PQgetvalue(c->answer, 0, 1), NULL, 16);
    timeline_path(path, c->memory, PQgetvalue(c->answer, 0, 0));
    seen = timeline_seen(path, timeline);
    if (seen < c->timeline)
        seen = c->timeline;
    c->timeline = seen;
    if (timeline >= seen)
        return SQL_OK;
    if (path[0] == '\0')
        return engine_fail(why, SQL_AWAY,
                           _("the server on %s is an old one come back (timeline %" PRId64
                             ", %" PRId64 " was seen)"),
                           PQhost(c->link), timeline, seen);
    return engine_fail(why, SQL_AWAY,
                       _("the server on %s is an old one come back (timeline %" PRId64 ", %" PRId64
                         " was seen: %s)"),
                       PQhost(c->link), timeline, seen, path);
}

static void link_clock(struct postgres_connection *c)
{
    const int64_t before = postgres_pipe_clock();
    struct engine_error ignored;
    int64_t after;

    if (postgres_pipe_word(c, "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
                           0, NULL, &ignored) != SQL_OK ||
        postgres_pipe_wait(c, NULL, c->wait_ms) != SQL_OK)
        return;
    after = postgres_pipe_clock();
    c->ahead_ms = strtoll(PQgetvalue(c->answer, 0, 0), NULL, 10) - (before + after) / 2;
    c->measured_at = after;
}

/* Takes a fresh link for the connection's (postgres_take). */
static enum sql_rc link_take(struct postgres_connection *c, PGconn *link, struct engine_error *why)
{
    enum sql_rc rc;

    if (PQsetnonblocking(link, 1) != 0 || !PQenterPipelineMode(link)) {
        rc = engine_fail(why, SQL_AWAY, "%s", PQerrorMessage(link));
        PQfinish(link);
        return rc;
    }
    PQsetNoticeReceiver(link, link_hear, c);
    c->link = link;
    c->generation++;
    rc = link_settle(c, why);
    if (rc == SQL_OK)
        rc = link_timeline(c, why);
    if (rc == SQL_OK)
        link_clock(c);
    else
        postgres_pipe_drop(c, why->text);
    return rc;
}

/* Whether the server has closed the link, which is told behind its last words. */
static bool link_closed(struct postgres_connection *c)
{
    struct pollfd fd = {.fd = PQsocket(c->link), .events = POLLIN};

    while (poll(&fd, 1, 0) > 0) {
        if (!PQconsumeInput(c->link))
            return true;
        (void)PQisBusy(c->link); /* takes in what came */
    }
    return PQstatus(c->link) != CONNECTION_OK;
}

enum sql_rc postgres_link_ready(struct postgres_connection *c, struct engine_error *why)
{
    /* What was left unread is here by now; and a server that has said goodbye is noticed. */
    if (c->link && c->first_due < c->n_due)
        postgres_pipe_wait(c, NULL, c->wait_ms);
    if (c->link && link_closed(c))
        postgres_pipe_drop(c, _("the connection to the server was lost"));
    return c->link ? SQL_OK : postgres_hosts_find(c, link_take, why);
}

void postgres_link_measure(struct postgres_connection *c)
{
    if (c->link && !c->in_tx && c->first_due == c->n_due &&
        postgres_pipe_clock() - c->measured_at > LINK_CLOCK_MS)
        link_clock(c);
}

/* One number of the last answer. */
static int64_t link_number(const struct postgres_connection *c, int column)
{
    return PQntuples(c->answer) == 1 ? strtoll(PQgetvalue(c->answer, 0, column), NULL, 10) : 0;
}

/* Marks the database as a box office. Of two makers one is told that it exists. */
static enum sql_rc link_mark(struct postgres_connection *c, struct engine_error *why)
{
    char application[LINK_NUMBER];
    const char *const values[] = {application};
    enum sql_rc rc;

    (void)snprintf(application, sizeof application, "%" PRId32, c->application);
    rc = postgres_pipe_word(c, "BEGIN READ WRITE", 0, NULL, why);
    if (rc == SQL_OK)
        rc = postgres_pipe_word(c, "CREATE TABLE application (id BIGINT NOT NULL PRIMARY KEY)", 0,
                                NULL, why);
    if (rc == SQL_OK && (rc = postgres_pipe_wait(c, NULL, c->wait_ms)) == SQL_OK)
        rc = postgres_pipe_word(c, "INSERT INTO application (id) VALUES (CAST($1 AS BIGINT))", 1,
                                values, why);
    if (rc == SQL_OK)
        rc = postgres_pipe_word(c, "COMMIT", 0, NULL, why);
    if (rc == SQL_OK)
        rc = postgres_pipe_wait(c, NULL, c->wait_ms);
    if (rc == SQL_CONFLICT || rc == SQL_MISUSE) /* made at the same moment */
        return engine_fail(why, SQL_EXISTS, _("the box office exists already"));
    return rc == SQL_OK ? rc : engine_fail(why, rc, "%s", c->why.text);
}

/* Finds the box office, marks a new one, refuses what is not ours. */
static enum sql_rc link_find(struct postgres_connection *c, bool create, struct engine_error *why)
{
    bool here, others;
    enum sql_rc rc = postgres_pipe_word(c, link_look, 0, NULL, why);

    if (rc == SQL_OK && (rc = postgres_pipe_wait(c, NULL, c->wait_ms)) != SQL_OK)
        engine_fail(why, rc, "%s", c->why.text);
    if (rc != SQL_OK)
        return rc;
    here = link_number(c, 0) != 0;
    others = link_number(c, 1) != 0;
    if (here && create)
        return engine_fail(why, SQL_EXISTS, _("the box office exists already"));
    if (!here && others)
        return engine_fail(why, SQL_FOREIGN, _("the database belongs to another program"));
    if (!here)
        return create ? link_mark(c, why)
                      : engine_fail(why, SQL_MISSING, _("there is no box office in the database"));
    rc = postgres_pipe_word(c, "SELECT id FROM application", 0, NULL, why);
    if (rc == SQL_OK && (rc = postgres_pipe_wait(c, NULL, c->wait_ms)) != SQL_OK)
        engine_fail(why, rc, "%s", c->why.text);
    if (rc == SQL_OK && link_number(c, 0) != c->application)
        rc = engine_fail(why, SQL_FOREIGN, _("the database belongs to another program"));
    return rc;
}

void postgres_link_close(void *connection)
{
    struct postgres_connection *c = connection;

    if (!c)
        return;
    PQclear(c->answer);
    PQfinish(c->link);
    free(c->due);
    free(c->conninfo);
    free(c->memory);
    free(c);
}

enum sql_rc postgres_link_open(void **connection, const struct sql_options *options,
                               struct engine_error *why)
{
    struct postgres_connection *c = calloc(1, sizeof *c);
    PQconninfoOption *parsed = PQconninfoParse(options->name, NULL);
    enum sql_rc rc = SQL_OK;

    *connection = NULL;
    if (!parsed) /* what is wrong with it may be next to a password, so it is not repeated */
        rc = engine_fail(why, SQL_ENVIRONMENT, _("the database's name is not as libpq wants it"));
    PQconninfoFree(parsed);
    if (c)
        c->conninfo = strdup(options->name);
    if (c && options->memory)
        c->memory = strdup(options->memory);
    if (!c || !c->conninfo || (options->memory && !c->memory))
        rc = engine_fail(why, SQL_NO_MEMORY, _("out of memory"));
    if (rc == SQL_OK) {
        c->wait_ms = options->wait_ms;
        c->read_ms = options->read_ms > 0 ? options->read_ms : POSTGRES_READ_MS;
        c->read_only = options->read_only;
        c->application = options->application;
        rc = postgres_hosts_find(c, link_take, why);
    }
    if (rc == SQL_OK)
        rc = link_find(c, options->create, why);
    if (rc == SQL_OK)
        *connection = c;
    else
        postgres_link_close(c);
    return rc;
}
