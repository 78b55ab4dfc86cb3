#include "core/desk/terminals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORGET (24 * WHEN_HOUR) /* a dead terminal's row is kept so long, for who wonders */

/* The row of a name; false when there is none. */
static bool row_of(struct sql *db, const char *name, when_ms now, struct terminal_row *row)
{
    struct sql_statement *rows = sql_ask(
        db, "SELECT name, session, host, endpoint, pid, beat_at FROM terminals WHERE name = $1",
        SQL_VALUES(sql_t(name)));

    if (!sql_row(rows))
        return false;
    (void)snprintf(row->name, sizeof row->name, "%s", sql_text(rows, 0));
    (void)snprintf(row->session, sizeof row->session, "%s", sql_text(rows, 1));
    (void)snprintf(row->host, sizeof row->host, "%s", sql_text(rows, 2));
    (void)snprintf(row->endpoint, sizeof row->endpoint, "%s", sql_text(rows, 3));
    row->pid = sql_number(rows, 4);
    row->beat_at = sql_number(rows, 5);
    row->alive = now < row->beat_at + TERMINAL_DEAD;
    sql_done(rows);
    return true;
}

/* Refuses a name that another process has and beats for. On one host the locked file has decided
 * already (terminal_name_claim), so that a crashed terminal's name is free at once. */
static enum rc name_free(struct sql *db, const struct terminal_request *ask, struct fault *why)
{
    struct terminal_row row;

    if (!row_of(db, ask->ask.terminal, ask->ask.now, &row) || !row.alive ||
        strcmp(row.session, ask->session) == 0 || strcmp(row.host, ask->host) == 0)
        return RC_OK;
    return fault_set(why, RC_EXISTS, "terminal %s is in use on %s (process %lld)", row.name,
                     row.host, (long long)row.pid);
}

/* Writes the row, whoever's it was. */
static void row_write(struct sql *db, const struct terminal_request *ask)
{
    sql_run(db,
            "INSERT INTO terminals (name, session, host, pid, endpoint, assigns, started_at,"
            " beat_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (name) DO UPDATE SET"
            " session = excluded.session, host = excluded.host, pid = excluded.pid,"
            " endpoint = excluded.endpoint, assigns = excluded.assigns,"
            " started_at = excluded.started_at, beat_at = excluded.beat_at",
            SQL_VALUES(sql_t(ask->ask.terminal), sql_t(ask->session), sql_t(ask->host),
                       sql_n(ask->pid), sql_t(ask->endpoint), sql_t(ask->assigns),
                       sql_n(ask->ask.now)));
}

static enum rc join_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct terminal_request *ask = request;
    struct terminal_reply *answer = reply;
    enum rc rc = name_free(db, ask, why);

    if (rc != RC_OK)
        return rc;
    if (ask->ask.terminal[0] == '\0' || ask->session[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, "a terminal needs a name");
    row_write(db, ask);
    sql_run(db, "DELETE FROM terminals WHERE beat_at < $1",
            SQL_VALUES(sql_n(ask->ask.now - FORGET)));
    told_add(&answer->told, HINT_GREETING, (show_id){0}, 0);
    return RC_OK;
}

static enum rc beat_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct terminal_request *ask = request;
    enum rc rc;

    (void)reply;
    if (sql_run(db,
                "UPDATE terminals SET beat_at = $3, endpoint = $4 WHERE name = $1 AND session = $2",
                SQL_VALUES(sql_t(ask->ask.terminal), sql_t(ask->session), sql_n(ask->ask.now),
                           sql_t(ask->endpoint))) == 1)
        return RC_OK;
    /* Stopped for long, it was forgotten, or another has its name by now. */
    rc = name_free(db, ask, why);
    if (rc == RC_OK)
        row_write(db, ask);
    return rc;
}

static enum rc leave_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct terminal_request *ask = request;

    (void)reply;
    (void)why;
    sql_run(db, "DELETE FROM terminals WHERE name = $1 AND session = $2",
            SQL_VALUES(sql_t(ask->ask.terminal), sql_t(ask->session)));
    return RC_OK;
}

#define TERMINAL_VERB(word, body)                                                 \
    {                                                                             \
        .name = word, .request_size = sizeof(struct terminal_request),            \
        .reply_size = sizeof(struct terminal_reply), .keyed = false, .run = body, \
    }

const struct verb verb_terminal_join = TERMINAL_VERB("terminal_join", join_run);
const struct verb verb_terminal_beat = TERMINAL_VERB("terminal_beat", beat_run);
const struct verb verb_terminal_leave = TERMINAL_VERB("terminal_leave", leave_run);

struct reading {
    when_ms now;
    struct terminal_list *list;
};

static bool read_work(struct sql *db, void *context)
{
    struct reading *reading = context;
    size_t most = (size_t)sql_one_number(db, 0, "SELECT count(*) FROM terminals", NULL, 0);
    struct sql_statement *names;

    free(reading->list);
    reading->list = calloc(1, sizeof *reading->list + most * sizeof reading->list->rows[0]);
    if (!reading->list)
        return false;
    names = sql_ask(db, "SELECT name FROM terminals ORDER BY name", NULL, 0);
    while (reading->list->n < most && sql_row(names))
        if (row_of(db, sql_text(names, 0), reading->now, &reading->list->rows[reading->list->n]))
            reading->list->n++;
    sql_done(names);
    return true;
}

enum rc terminals_read(struct sql *db, when_ms now, struct terminal_list **list, struct fault *why)
{
    struct reading reading = {.now = now};
    enum sql_rc rc = sql_read(db, read_work, &reading);

    *list = NULL;
    if (rc == SQL_OK) {
        *list = reading.list;
        return RC_OK;
    }
    free(reading.list);
    if (rc == SQL_ROLLED_BACK)
        return fault_set(why, RC_NO_MEMORY, "no memory for the list of terminals");
    return verb_storage_fault(db, rc, why);
}
