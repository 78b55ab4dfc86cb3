/* Statements: sent when they are bound, so that what is begun together travels together. */
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "db/postgres.h"

enum { ROW_LAST_PARAMETER = 99, ROW_NUMBER = 24, ROW_INT8 = 20, ROW_TEXT = 25, ROW_BYTEA = 17 };

enum { ROW_BOOL = 16 };

/* A decoded column, in a list. */
struct row_bytes {
    struct row_bytes *next;
    unsigned char *bytes;
    size_t size;
    int column;
};

/* Behind a quoted text or name that begins at `at`. */
static const char *row_past_quotes(const char *at)
{
    const char *end = strchr(at + 1, *at);

    return end ? end + 1 : at + strlen(at);
}

/* The highest k of the parameters $k; -1 when one is no number. */
static int row_count_parameters(const char *text)
{
    int most = 0;

    while (*text != '\0') {
        if (*text == '\'' || *text == '"') {
            text = row_past_quotes(text);
        } else if (*text == '$') {
            char *end;
            const long k = strtol(text + 1, &end, 10);

            if (k < 1 || k > ROW_LAST_PARAMETER)
                return -1;
            if (k > most)
                most = (int)k;
            text = end;
        } else {
            text++;
        }
    }
    return most;
}

/* Transactions and settings are the engine's alone. */
static bool row_forbidden(const char *text)
{
    static const char *const words[] = {"begin",   "start", "commit",    "rollback", "end",
                                        "abort",   "set",   "savepoint", "release",  "reset",
                                        "prepare", "copy",  "discard",   "listen",   "deallocate"};
    size_t length;

    text += strspn(text, " \t\r\n");
    length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (length == strlen(words[i]) && strncasecmp(text, words[i], length) == 0)
            return true;
    return false;
}

enum sql_rc postgres_row_prepare(void *connection, const char *text, void **statement,
                                 size_t *parameters, struct engine_error *why)
{
    const int n = row_count_parameters(text);
    struct postgres_row *row;

    *statement = NULL;
    if (n < 0)
        return engine_fail(why, SQL_MISUSE, "a parameter is not a number after $: %s", text);
    if (row_forbidden(text))
        return engine_fail(why, SQL_MISUSE, "not authorized: %s", text);
    row = calloc(1, sizeof *row + (size_t)n * sizeof row->types[0]);
    if (row)
        row->text = strdup(text);
    if (!row || !row->text) {
        free(row);
        return engine_fail(why, SQL_NO_MEMORY, _("out of memory"));
    }
    row->connection = connection;
    row->n = (size_t)n;
    row->at = -1;
    *statement = row;
    *parameters = row->n;
    return SQL_OK;
}

static void row_forget_bytes(struct postgres_row *row)
{
    while (row->bytes) {
        struct row_bytes *first = row->bytes;

        row->bytes = first->next;
        PQfreemem(first->bytes);
        free(first);
    }
}

void postgres_row_reset(void *statement)
{
    struct postgres_row *row = statement;

    if (row->owed)
        postgres_pipe_orphan(row->connection, row, false);
    row_forget_bytes(row);
    PQclear(row->result);
    row->result = NULL;
    row->owed = false;
    row->failed = SQL_OK;
    row->at = -1;
}

void postgres_row_finish(void *statement)
{
    struct postgres_row *row = statement;

    postgres_pipe_orphan(row->connection, row, true);
    postgres_row_reset(row);
    free(row->text);
    free(row);
}

/* Notes the types that the values show; a new one asks for the statement to be prepared anew. */
static void row_declare(struct postgres_row *row, const struct sql_value *values)
{
    static const unsigned types[] = {
        [SQL_NUMBER] = ROW_INT8, [SQL_TEXT] = ROW_TEXT, [SQL_BYTES] = ROW_BYTEA};

    for (size_t k = 0; k < row->n; k++) {
        const unsigned type = types[values[k].kind];

        if (values[k].kind == SQL_NULL || row->types[k] == type)
            continue;
        row->types[k] = type;
        row->generation = 0;
    }
}

/* Has the server prepare the text, unless it did. It travels with the run. */
static bool row_teach(struct postgres_row *row, char name[static ROW_NUMBER])
{
    struct postgres_connection *c = row->connection;

    if (row->generation == c->generation) {
        (void)snprintf(name, ROW_NUMBER, "s%u", row->serial);
        return true;
    }
    row->serial = ++c->serial;
    (void)snprintf(name, ROW_NUMBER, "s%u", row->serial);
    if (!postgres_pipe_owe(c, PQsendPrepare(c->link, name, row->text, (int)row->n, row->types),
                           POSTGRES_PREPARE, row))
        return false;
    row->generation = c->generation;
    return true;
}

/* Sends a run. */
static bool row_send(struct postgres_row *row, const struct sql_value *values,
                     enum postgres_kind kind)
{
    struct postgres_connection *c = row->connection;
    char name[ROW_NUMBER], numbers[ROW_LAST_PARAMETER][ROW_NUMBER];
    const char *given[ROW_LAST_PARAMETER];
    int sizes[ROW_LAST_PARAMETER], binary[ROW_LAST_PARAMETER];

    row_declare(row, values);
    if (!row_teach(row, name))
        return false;
    for (size_t k = 0; k < row->n; k++) {
        given[k] = values[k].bytes;
        sizes[k] = (int)values[k].size;
        binary[k] = values[k].kind == SQL_BYTES;
        if (binary[k] && !given[k])
            given[k] = "";
        if (values[k].kind == SQL_NULL)
            given[k] = NULL;
        if (values[k].kind != SQL_NUMBER)
            continue;
        (void)snprintf(numbers[k], ROW_NUMBER, "%" PRId64, values[k].number);
        given[k] = numbers[k];
    }
    return postgres_pipe_owe(
        c, PQsendQueryPrepared(c->link, name, (int)row->n, given, sizes, binary, 0), kind, row);
}

/* SQL_OK when statements can be sent now. */
static enum sql_rc row_may_send(struct postgres_connection *c, struct engine_error *why)
{
    if (!c->in_tx)
        return postgres_link_ready(c, why);
    return c->failed == SQL_OK ? SQL_OK : engine_fail(why, c->failed, "%s", c->why.text);
}

enum sql_rc postgres_row_bind(void *statement, const struct sql_value *values, bool lent,
                              struct engine_error *why)
{
    struct postgres_row *row = statement;
    struct postgres_connection *c = row->connection;
    const enum sql_rc rc = row_may_send(c, why);

    (void)lent; /* they are sent at once */
    if (rc != SQL_OK)
        return rc;
    row->failed = SQL_OK;
    row->owed = true;
    if (!row_send(row, values, POSTGRES_RUN)) {
        row->owed = false;
        return engine_fail(why, c->failed, "%s", c->why.text);
    }
    if (!c->in_tx)
        postgres_pipe_sync(c);
    return SQL_OK;
}

enum sql_rc postgres_row_step(void *statement, bool *row, int64_t *changed,
                              struct engine_error *why)
{
    struct postgres_row *s = statement;
    struct postgres_connection *c = s->connection;

    *row = false;
    *changed = 0;
    if (s->owed)
        postgres_pipe_wait(c, s,
                           c->in_tx && c->writes ? c->wait_ms + POSTGRES_MORE_MS : c->read_ms);
    if (s->failed == SQL_OK && c->in_tx && c->failed != SQL_OK)
        return engine_fail(why, c->failed, "%s", c->why.text);
    if (s->failed != SQL_OK)
        return engine_fail(why, s->failed, "%s", s->why.text);
    row_forget_bytes(s);
    if (s->result && s->at + 1 < PQntuples(s->result)) {
        s->at++;
        *row = true;
    } else if (s->result) {
        *changed = postgres_pipe_changed(s->result);
    }
    return SQL_OK;
}

void postgres_row_post(void *statement)
{
    struct postgres_row *row = statement;
    struct postgres_connection *c = row->connection;

    /* The last that is owed is its run; what prepares it keeps its name. */
    if (row->owed && c->n_due > c->first_due && c->due[c->n_due - 1].row == row)
        c->due[c->n_due - 1].row = NULL;
    row->owed = false;
}

enum sql_rc postgres_row_each(void *statement, const struct sql_value *values, size_t rows,
                              int64_t *changed, struct engine_error *why)
{
    struct postgres_row *row = statement;
    struct postgres_connection *c = row->connection;
    const enum sql_rc rc = row_may_send(c, why);

    *changed = row->tally = 0;
    row->tally_ended = false;
    row->failed = SQL_OK;
    for (size_t i = 0; rc == SQL_OK && i < rows && c->link; i++)
        row_send(row, values + i * row->n, POSTGRES_TALLY);
    if (rc == SQL_OK)
        postgres_pipe_wait(c, NULL, c->wait_ms + POSTGRES_MORE_MS);
    *changed = row->tally;
    if (rc == SQL_OK && c->failed != SQL_OK)
        return engine_fail(why, c->failed, "%s", c->why.text);
    return rc;
}

/* The bytes of a column, decoded once a row. */
static const struct row_bytes *row_decode(struct postgres_row *row, int column)
{
    struct row_bytes *found = row->bytes;

    while (found && found->column != column)
        found = found->next;
    if (found)
        return found;
    found = calloc(1, sizeof *found);
    if (!found)
        return NULL;
    found->bytes = PQunescapeBytea((const unsigned char *)PQgetvalue(row->result, row->at, column),
                                   &found->size);
    found->column = column;
    found->next = row->bytes;
    row->bytes = found;
    return found;
}

struct sql_value postgres_row_column(void *statement, int column, int kind)
{
    struct postgres_row *row = statement;
    struct sql_value value = {.kind = SQL_NULL};
    const struct row_bytes *decoded;
    const char *text;

    if (!row->result || row->at < 0 || column >= PQnfields(row->result) ||
        PQgetisnull(row->result, row->at, column))
        return value;
    text = PQgetvalue(row->result, row->at, column);
    if (kind == SQL_NUMBER)
        return sql_n(PQftype(row->result, column) == ROW_BOOL ? *text == 't'
                                                              : strtoll(text, NULL, 10));
    value.kind = kind == SQL_TEXT ? SQL_TEXT : SQL_BYTES;
    value.bytes = text;
    value.size = (size_t)PQgetlength(row->result, row->at, column);
    if (kind == SQL_BYTES && PQftype(row->result, column) == ROW_BYTEA) {
        decoded = row_decode(row, column);
        value.bytes = decoded ? decoded->bytes : NULL;
        value.size = decoded ? decoded->size : 0;
    }
    return value;
}
