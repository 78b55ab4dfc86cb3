#include "core/desk/terminals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/grow.h"
#include "core/base/words.h"

#define FORGET (24 * WHEN_HOUR) /* a dead terminal's row is kept so long, for who wonders */

/* Refuses a name that another process has and beats for. On one host the locked file has decided
 * already (terminal_name_claim), so that a crashed terminal's name is free at once. */
static enum rc name_free(struct sql *db, const struct terminal_request *ask, struct fault *why)
{
    struct sql_statement *rows =
        sql_ask(db, "SELECT session, host, pid, beat_at FROM terminals WHERE name = $1",
                SQL_VALUES(sql_t(ask->ask.terminal)));
    enum rc rc = RC_OK;

    if (!sql_row(rows))
        return rc;
    if (ask->ask.now < sql_number(rows, 3) + TERMINAL_DEAD &&
        strcmp(sql_text(rows, 0), ask->session) != 0 && strcmp(sql_text(rows, 1), ask->host) != 0)
        rc = fault_set(why, RC_EXISTS, _("terminal %s is in use on %s (process %lld)"),
                       ask->ask.terminal, sql_text(rows, 1), (long long)sql_number(rows, 2));
    sql_done(rows);
    return rc;
}

/* Writes the row, whoever's it was. */
static void row_write(struct sql *db, const struct terminal_request *ask)
{
    sql_run(db,
            "INSERT INTO terminals (name, session, host, pid, endpoint, assigns, started_at,"
            " beat_at, public_key, turned_away) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)"
            " ON CONFLICT (name) DO UPDATE SET"
            " session = excluded.session, host = excluded.host, pid = excluded.pid,"
            " endpoint = excluded.endpoint, assigns = excluded.assigns,"
            " started_at = excluded.started_at, beat_at = excluded.beat_at,"
            " public_key = excluded.public_key, turned_away = excluded.turned_away",
            SQL_VALUES(sql_t(ask->ask.terminal), sql_t(ask->session), sql_t(ask->host),
                       sql_n(ask->pid), sql_t(ask->endpoint), sql_t(ask->assigns),
                       sql_n(ask->ask.now), sql_t(ask->public_key), sql_n(ask->turned_away)));
}

static enum rc join_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct terminal_request *ask = request;
    struct terminal_reply *answer = reply;
    enum rc rc = name_free(db, ask, why);

    if (rc != RC_OK)
        return rc;
    if (ask->ask.terminal[0] == '\0' || ask->session[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, _("a terminal needs a name"));
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
                "UPDATE terminals SET beat_at = $3, endpoint = $4, public_key = $5,"
                " turned_away = $6 WHERE name = $1 AND session = $2",
                SQL_VALUES(sql_t(ask->ask.terminal), sql_t(ask->session), sql_n(ask->ask.now),
                           sql_t(ask->endpoint), sql_t(ask->public_key),
                           sql_n(ask->turned_away))) == 1)
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

static void copy(char *out, size_t size, const struct sql_statement *rows, int column)
{
    (void)snprintf(out, size, "%s", sql_text(rows, column)); /* checked at the door */
}

static void fill_row(const struct sql_statement *rows, when_ms now, struct terminal_row *row)
{
    copy(row->name, sizeof row->name, rows, 1);
    copy(row->public_key, sizeof row->public_key, rows, 2);
    row->beat_at = sql_number(rows, 3);
    row->alive = now < row->beat_at + TERMINAL_DEAD;
    copy(row->session, sizeof row->session, rows, 4);
    copy(row->host, sizeof row->host, rows, 5);
    copy(row->endpoint, sizeof row->endpoint, rows, 6);
    row->pid = sql_number(rows, 7);
    row->turned_away = sql_number(rows, 8);
    copy(row->admitted_as, sizeof row->admitted_as, rows, 9);
}

static void fill_admitted(const struct sql_statement *rows, struct terminal_list *list)
{
    struct admitted_row *row = &list->admitted[list->n_admitted];

    if (list->n_admitted == ADMITTED_MAX)
        return;
    copy(row->name, sizeof row->name, rows, 1);
    copy(row->public_key, sizeof row->public_key, rows, 2);
    row->at = sql_number(rows, 3);
    list->n_admitted++;
}

/* In one round trip: commands ask it, too, each time that they have something to tell. */
static bool read_work(struct sql *db, void *context)
{
    struct reading *reading = context;
    struct terminal_list *list = reading->list, *more;
    size_t room = 0;
    struct sql_statement *rows;

    free(list);
    list = reading->list = NULL;
    rows = sql_ask(db,
                   "SELECT 0 AS kind, t.name AS name, t.public_key, t.beat_at, t.session, t.host,"
                   " t.endpoint, t.pid, t.turned_away, COALESCE(a.name, '')"
                   " FROM terminals t LEFT JOIN admitted a ON a.public_key = t.public_key"
                   " UNION ALL SELECT 1, name, public_key, admitted_at, '', '', '', 0, 0, ''"
                   " FROM admitted ORDER BY kind, name",
                   NULL, 0);
    while ((more = grow_list(list, sizeof *list, sizeof list->rows[0], list ? list->n : 0,
                             &room)) != NULL) {
        reading->list = list = more;
        if (!sql_row(rows))
            break;
        if (sql_number(rows, 0) == 0)
            fill_row(rows, reading->now, &list->rows[list->n++]);
        else
            fill_admitted(rows, list);
    }
    sql_done(rows);
    return more != NULL;
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
        return fault_set(why, RC_NO_MEMORY, _("no memory for the list of terminals"));
    return verb_storage_fault(db, rc, why);
}
