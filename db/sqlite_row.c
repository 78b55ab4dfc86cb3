#include "core/base/words.h"
#include "db/sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "db/turn.h"

enum { SQLITE_ROW_LAST_PARAMETER = 99 };

struct sqlite_row {
    sqlite3_stmt *stmt;
    struct sqlite_connection *connection;
    size_t n;
    int index[]; /* SQLite numbers parameters by appearance: $k is index[k - 1], 0 when unused */
};

/* Finds which of SQLite's parameters each $k is. */
static enum sql_rc sqlite_row_parameters(struct sqlite_row **statement, struct engine_error *why)
{
    struct sqlite_row *s = *statement, *grown;
    const int count = sqlite3_bind_parameter_count(s->stmt);
    char *end;

    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(s->stmt, i);
        const long k = name && name[0] == '$' ? strtol(name + 1, &end, 10) : 0;

        if (k < 1 || k > SQLITE_ROW_LAST_PARAMETER || *end != '\0')
            return engine_fail(why, SQL_MISUSE, "parameter %s is not a number after $",
                               name ? name : "?");
        if ((size_t)k > s->n) {
            grown = realloc(s, sizeof *s + (size_t)k * sizeof s->index[0]);
            if (!grown)
                return engine_fail(why, SQL_NO_MEMORY, _("out of memory"));
            *statement = s = grown;
            memset(s->index + s->n, 0, ((size_t)k - s->n) * sizeof s->index[0]);
            s->n = (size_t)k;
        }
        s->index[k - 1] = i;
    }
    return SQL_OK;
}

void sqlite_row_finish(void *statement)
{
    struct sqlite_row *s = statement;

    if (s)
        sqlite3_finalize(s->stmt);
    free(s);
}

enum sql_rc sqlite_row_prepare(void *connection, const char *text, void **statement,
                               size_t *parameters, struct engine_error *why)
{
    struct sqlite_connection *c = connection;
    struct sqlite_row *s = NULL;
    const char *tail = "";
    enum sql_rc rc = sqlite_in_place(c, why);
    int code;

    *statement = NULL;
    if (rc != SQL_OK)
        return rc;
    s = calloc(1, sizeof *s);
    if (!s)
        return engine_fail(why, SQL_NO_MEMORY, _("out of memory"));
    s->connection = c;
    code = sqlite3_prepare_v3(c->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, &tail);
    if (code != SQLITE_OK)
        rc = sqlite_fail(c->db, code, why);
    else if (!s->stmt || tail[strspn(tail, " \t\r\n;")] != '\0')
        rc = engine_fail(why, SQL_MISUSE, "not one statement: %s", text);
    else
        rc = sqlite_row_parameters(&s, why);
    if (rc == SQL_OK) {
        *statement = s;
        *parameters = s->n;
    } else {
        sqlite_row_finish(s);
    }
    return rc;
}

static int sqlite_row_bind_one(sqlite3_stmt *stmt, int i, const struct sql_value *value,
                               sqlite3_destructor_type copied)
{
    switch (value->kind) {
    case SQL_NUMBER:
        return sqlite3_bind_int64(stmt, i, value->number);
    case SQL_TEXT:
        return sqlite3_bind_text(stmt, i, value->bytes, -1, copied);
    case SQL_BYTES:
        if (value->size == 0)
            return sqlite3_bind_zeroblob(stmt, i, 0);
        return sqlite3_bind_blob64(stmt, i, value->bytes, value->size, copied);
    case SQL_NULL:
        break;
    }
    return sqlite3_bind_null(stmt, i);
}

enum sql_rc sqlite_row_bind(void *statement, const struct sql_value *values, bool lent,
                            struct engine_error *why)
{
    struct sqlite_row *s = statement;
    int code;

    if (sqlite3_get_autocommit(s->connection->db)) {
        const enum sql_rc rc = sqlite_in_place(s->connection, why);

        if (rc != SQL_OK)
            return rc;
    }
    for (size_t k = 0; k < s->n; k++) {
        if (s->index[k] == 0)
            continue;
        code = sqlite_row_bind_one(s->stmt, s->index[k], &values[k],
                                   lent ? SQLITE_STATIC : SQLITE_TRANSIENT);
        if (code != SQLITE_OK)
            return sqlite_fail(s->connection->db, code, why);
    }
    return SQL_OK;
}

enum sql_rc sqlite_row_step(void *statement, bool *row, int64_t *changed, struct engine_error *why)
{
    struct sqlite_row *s = statement;
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

void sqlite_row_reset(void *statement)
{
    struct sqlite_row *s = statement;

    sqlite3_reset(s->stmt);
    sqlite3_clear_bindings(s->stmt);
}

struct sql_value sqlite_row_column(void *statement, int column, int kind)
{
    sqlite3_stmt *stmt = ((struct sqlite_row *)statement)->stmt;
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
