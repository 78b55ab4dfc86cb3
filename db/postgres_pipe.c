/* Sending, waiting and taking answers (postgres.h). */
#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/words.h"
#include "db/postgres.h"

enum { PIPE_FIRST_ROOM = 64 };

int64_t postgres_pipe_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_BOOTTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool pipe_is(const char *state, const char *begin)
{
    return strncmp(state, begin, strlen(begin)) == 0;
}

enum sql_rc postgres_pipe_rc(const struct postgres_connection *c, const char *state)
{
    static const struct {
        const char *begin;
        enum sql_rc rc;
    } meanings[] = {
        {"40", SQL_BUSY},
        {"55P03", SQL_BUSY},
        {"57014", SQL_BUSY},
        {"0A000", SQL_BUSY}, /* a plan from before a migration: made anew by the rerun */
        {"26000", SQL_BUSY},
        {"23", SQL_CONFLICT},
        {"53100", SQL_FULL},
        {"53200", SQL_NO_MEMORY},
        {"53", SQL_ENVIRONMENT},
        {"XX001", SQL_CORRUPT},
        {"XX002", SQL_CORRUPT},
        {"58", SQL_IO},
        {"08", SQL_AWAY},
        {"57P", SQL_AWAY},
        {"25P", SQL_IO},
        {"28", SQL_ENVIRONMENT},
        {"3D000", SQL_MISSING},
        {"42501", SQL_ENVIRONMENT},
    };

    if (pipe_is(state, "25006"))
        return c->in_tx && c->writes ? SQL_READ_ONLY : SQL_MISUSE;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (pipe_is(state, meanings[i].begin))
            return meanings[i].rc;
    return SQL_MISUSE;
}

/* Tells a statement, and the transaction that it is in. */
static void pipe_fail(struct postgres_connection *c, struct postgres_row *row, enum sql_rc rc,
                      const char *text)
{
    if (c->failed == SQL_OK)
        c->failed = engine_fail(&c->why, rc, "%s", text);
    if (row && row->failed == SQL_OK)
        row->failed = engine_fail(&row->why, rc, "%s", text);
}

void postgres_pipe_drop(struct postgres_connection *c, const char *text)
{
    const enum sql_rc rc = SQL_AWAY;
    PGconn *link = c->link;

    c->link = NULL;
    if (!link)
        return;
    pipe_fail(c, NULL, rc, text);
    for (size_t i = c->first_due; i < c->n_due; i++) {
        if (!c->due[i].row)
            continue;
        pipe_fail(c, c->due[i].row, rc, text);
        c->due[i].row->owed = false;
    }
    c->first_due = c->n_due = 0;
    c->unsynced = c->unwaited = false;
    PQfinish(link);
}

/* The link is lost: what libpq says about it. */
static void pipe_lost(struct postgres_connection *c)
{
    struct engine_error said;

    engine_fail(&said, SQL_AWAY, _("the connection to the server was lost: %s"),
                PQerrorMessage(c->link));
    postgres_pipe_drop(c, said.text);
}

bool postgres_pipe_owe(struct postgres_connection *c, int sent, enum postgres_kind kind,
                       struct postgres_row *row)
{
    if (!sent) {
        pipe_lost(c);
        return false;
    }
    if (c->n_due == c->room) {
        const size_t room = c->room == 0 ? PIPE_FIRST_ROOM : c->room * 2;
        struct postgres_due *grown = realloc(c->due, room * sizeof *grown);

        if (!grown) {
            postgres_pipe_drop(c, _("out of memory"));
            return false;
        }
        c->due = grown;
        c->room = room;
    }
    c->due[c->n_due++] = (struct postgres_due){kind, row};
    c->unsynced = kind != POSTGRES_SYNC;
    return true;
}

enum sql_rc postgres_pipe_word(struct postgres_connection *c, const char *text, int n,
                               const char *const *values, struct engine_error *why)
{
    if (c->link &&
        postgres_pipe_owe(c, PQsendQueryParams(c->link, text, n, NULL, values, NULL, NULL, 0),
                          POSTGRES_WORD, NULL))
        return SQL_OK;
    return engine_fail(why, SQL_AWAY, "%s", c->why.text);
}

void postgres_pipe_sync(struct postgres_connection *c)
{
    if (c->link && c->unsynced &&
        postgres_pipe_owe(c, PQpipelineSync(c->link), POSTGRES_SYNC, NULL))
        c->unwaited = true;
}

/* Waits until libpq has an answer; false: the link is lost or the time is over. */
static bool pipe_arrived(struct postgres_connection *c, int64_t deadline)
{
    int unsent = 1;

    while (unsent != 0 || PQisBusy(c->link)) {
        struct pollfd fd = {.fd = PQsocket(c->link), .events = POLLIN};
        const int64_t left = deadline - postgres_pipe_clock();

        if (unsent != 0)
            unsent = PQflush(c->link);
        if (unsent < 0) {
            pipe_lost(c);
            return false;
        }
        if (unsent == 0 && !PQisBusy(c->link))
            return true;
        if (left <= 0) {
            postgres_pipe_drop(c, _("the server does not answer"));
            return false;
        }
        if (unsent > 0)
            fd.events |= POLLOUT;
        if (poll(&fd, 1, (int)left) < 0 && errno != EINTR) {
            pipe_lost(c);
            return false;
        }
        if (!PQconsumeInput(c->link)) {
            pipe_lost(c);
            return false;
        }
    }
    return true;
}

int64_t postgres_pipe_changed(const struct pg_result *result)
{
    const char *tag = PQcmdStatus((PGresult *)result);

    if (!pipe_is(tag, "INSERT") && !pipe_is(tag, "UPDATE") && !pipe_is(tag, "DELETE"))
        return 0;
    return strtoll(PQcmdTuples((PGresult *)result), NULL, 10);
}

static void pipe_tally(struct postgres_row *row, const PGresult *result)
{
    const int64_t changed = postgres_pipe_changed(result);

    if (changed == 0)
        row->tally_ended = true;
    if (!row->tally_ended)
        row->tally += changed;
}

/* Gives an answer to whom it is owed and takes it over. */
static void pipe_give(struct postgres_connection *c, struct postgres_due due, PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);
    struct postgres_row *row = due.row;

    if (status == PGRES_PIPELINE_ABORTED) {
        pipe_fail(c, row, c->failed == SQL_OK ? SQL_BUSY : c->failed,
                  c->failed == SQL_OK ? "a statement before it failed" : c->why.text);
    } else if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

        pipe_fail(c, row, state ? postgres_pipe_rc(c, state) : SQL_IO,
                  text ? text : PQresultErrorMessage(result));
    }
    if (row && row->failed != SQL_OK)
        row->generation = 0; /* whatever it was, prepare it anew */
    if (due.kind == POSTGRES_WORD) {
        PQclear(c->answer);
        c->answer = result;
        return;
    }
    if (row && due.kind == POSTGRES_TALLY && row->failed == SQL_OK)
        pipe_tally(row, result);
    if (row && due.kind == POSTGRES_RUN) {
        row->owed = false;
        row->result = result;
        return;
    }
    PQclear(result);
}

/* The server ended the session: what it says about it, or NULL. */
static const char *pipe_goodbye(const PGconn *link, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (state && (pipe_is(state, "57P") || pipe_is(state, "25P03") || pipe_is(state, "08")))
        return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return PQstatus(link) == CONNECTION_BAD ? PQresultErrorMessage(result) : NULL;
}

/* Takes the next answer that is owed; false when the link is lost or the time is over. */
static bool pipe_take(struct postgres_connection *c, int64_t deadline)
{
    const struct postgres_due due = c->due[c->first_due];
    const char *goodbye;
    PGresult *result;

    if (!pipe_arrived(c, deadline))
        return false;
    result = PQgetResult(c->link);
    if (!result) /* the end of the answer before */
        return true;
    goodbye = pipe_goodbye(c->link, result);
    if (goodbye) {
        postgres_pipe_drop(c, goodbye);
        PQclear(result);
        return false;
    }
    c->first_due++;
    if (due.kind == POSTGRES_SYNC)
        PQclear(result);
    else
        pipe_give(c, due, result);
    if (c->first_due == c->n_due)
        c->first_due = c->n_due = 0;
    return true;
}

enum sql_rc postgres_pipe_wait(struct postgres_connection *c, const struct postgres_row *row,
                               int limit_ms)
{
    const int64_t deadline = postgres_pipe_clock() + limit_ms;

    if (!c->in_tx)
        c->failed = SQL_OK;
    postgres_pipe_sync(c);
    if (c->unwaited)
        c->round_trips++;
    c->unwaited = false;
    while (c->link && c->first_due < c->n_due && (!row || row->owed))
        if (!pipe_take(c, deadline))
            break;
    return c->failed;
}

void postgres_pipe_orphan(struct postgres_connection *c, const struct postgres_row *row, bool gone)
{
    for (size_t i = c->first_due; i < c->n_due; i++)
        if (c->due[i].row == row && (gone || c->due[i].kind != POSTGRES_PREPARE))
            c->due[i].row = NULL;
}

enum sql_rc postgres_pipe_script(struct postgres_connection *c, const char *text, int limit_ms)
{
    const int64_t deadline = postgres_pipe_clock() + limit_ms;
    PGresult *result;

    if (!PQsendQuery(c->link, text)) {
        pipe_lost(c);
        return c->failed;
    }
    c->round_trips++;
    while (pipe_arrived(c, deadline) && (result = PQgetResult(c->link))) {
        const char *goodbye = pipe_goodbye(c->link, result);

        if (goodbye)
            postgres_pipe_drop(c, goodbye);
        else
            pipe_give(c, (struct postgres_due){POSTGRES_RUN, NULL}, result);
        if (goodbye) {
            PQclear(result);
            break;
        }
    }
    return c->failed;
}
