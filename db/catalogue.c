#include "db/catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "db/engine.h"

enum { CATALOGUE_LINKS = 256 };

/* What refers to what, while the order is made. */
struct catalogue_links {
    size_t n;
    struct {
        char from[CATALOGUE_NAME], to[CATALOGUE_NAME];
    } list[CATALOGUE_LINKS];
};

/* Table, column, type, whether a counter gives its values: by table and column. */
static const char catalogue_sqlite[] =
    "SELECT t.name, c.name, lower(c.type), 0 FROM sqlite_schema t, pragma_table_info(t.name) c"
    " WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_'"
    " AND t.name <> 'schema_migrations' ORDER BY t.name, c.name";
static const char catalogue_postgres[] =
    "SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, NULL),"
    " CASE WHEN a.attidentity <> '' THEN 1 ELSE 0 END"
    " FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid"
    " WHERE r.relnamespace = current_schema()::regnamespace AND r.relkind = 'r'"
    " AND a.attnum > 0 AND NOT a.attisdropped"
    " AND r.relname NOT IN ('schema_migrations', 'application')"
    " ORDER BY CAST(r.relname AS TEXT) COLLATE \"C\", CAST(a.attname AS TEXT) COLLATE \"C\"";

/* Which table refers to which. */
static const char catalogue_links_sqlite[] =
    "SELECT t.name, f.\"table\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f"
    " WHERE t.type = 'table' ORDER BY t.name, f.\"table\"";
static const char catalogue_links_postgres[] =
    "SELECT CAST(a.relname AS TEXT), CAST(b.relname AS TEXT)"
    " FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid"
    " JOIN pg_class b ON b.oid = c.confrelid"
    " WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace"
    " ORDER BY 1, 2";

static bool catalogue_is_sqlite(const struct sql *db)
{
    return strcmp(sql_engine(db), "sqlite") == 0;
}

static bool catalogue_name(char name[CATALOGUE_NAME], const char *text)
{
    return snprintf(name, CATALOGUE_NAME, "%s", text) < CATALOGUE_NAME;
}

/* SQL_NULL: none of those that every engine has. */
static int catalogue_kind(const char *type)
{
    static const struct {
        const char *type;
        int kind;
    } kinds[] = {{"integer", SQL_NUMBER},
                 {"bigint", SQL_NUMBER},
                 {"text", SQL_TEXT},
                 {"blob", SQL_BYTES},
                 {"bytea", SQL_BYTES}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].type, type) == 0)
            return kinds[i].kind;
    return SQL_NULL;
}

/* The last table, or a new one; NULL when there are too many. */
static struct catalogue_table *catalogue_table(struct catalogue *made, const char *name)
{
    struct catalogue_table *table = made->n > 0 ? &made->tables[made->n - 1] : NULL;

    if (table && strcmp(table->name, name) == 0)
        return table;
    if (made->n == CATALOGUE_TABLES)
        return NULL;
    table = &made->tables[made->n++];
    return catalogue_name(table->name, name) ? table : NULL;
}

static bool catalogue_add(struct catalogue *made, const struct sql_statement *row)
{
    struct catalogue_table *table = catalogue_table(made, sql_text(row, 0));
    struct catalogue_column *column;

    if (!table || table->n == CATALOGUE_COLUMNS)
        return false;
    column = &table->columns[table->n++];
    column->kind = catalogue_kind(sql_text(row, 2));
    column->counts = sql_number(row, 3) != 0;
    return column->kind != SQL_NULL && catalogue_name(column->name, sql_text(row, 1));
}

static enum sql_rc catalogue_columns(struct sql *db, struct catalogue *made)
{
    struct sql_statement *row =
        sql_ask(db, catalogue_is_sqlite(db) ? catalogue_sqlite : catalogue_postgres, NULL, 0);
    char name[CATALOGUE_NAME];

    while (sql_row(row)) {
        if (catalogue_add(made, row))
            continue;
        (void)catalogue_name(name, sql_text(row, 0));
        sql_done(row);
        return sql_refuse(db, SQL_MISUSE, "table %s is not one that every engine can have", name);
    }
    return sql_failed(db);
}

static enum sql_rc catalogue_read_links(struct sql *db, struct catalogue_links *links)
{
    struct sql_statement *row = sql_ask(
        db, catalogue_is_sqlite(db) ? catalogue_links_sqlite : catalogue_links_postgres, NULL, 0);

    while (sql_row(row)) {
        if (links->n < CATALOGUE_LINKS &&
            catalogue_name(links->list[links->n].from, sql_text(row, 0)) &&
            catalogue_name(links->list[links->n].to, sql_text(row, 1))) {
            links->n++;
            continue;
        }
        sql_done(row);
        return sql_refuse(db, SQL_MISUSE, "too many references between tables");
    }
    return sql_failed(db);
}

/* Whether all that the table refers to, itself aside, is among the first `n`. */
static bool catalogue_may_come(const struct catalogue *made, size_t n,
                               const struct catalogue_links *links, const char *table)
{
    for (size_t i = 0; i < links->n; i++) {
        bool came =
            strcmp(links->list[i].from, table) != 0 || strcmp(links->list[i].to, table) == 0;

        for (size_t k = 0; !came && k < n; k++)
            came = strcmp(made->tables[k].name, links->list[i].to) == 0;
        if (!came)
            return false;
    }
    return true;
}

/* Puts the tables in their order: each time the first by name that may come. */
static enum sql_rc catalogue_order(struct sql *db, struct catalogue *made,
                                   const struct catalogue_links *links)
{
    struct catalogue_table *moved = malloc(sizeof *moved);
    enum sql_rc rc = moved ? SQL_OK : sql_refuse(db, SQL_NO_MEMORY, _("out of memory"));

    for (size_t n = 0; rc == SQL_OK && n < made->n; n++) {
        size_t next = n;

        while (next < made->n && !catalogue_may_come(made, n, links, made->tables[next].name))
            next++;
        if (next == made->n) {
            rc = sql_refuse(db, SQL_MISUSE, "table %s and others refer to one another",
                            made->tables[n].name);
            break;
        }
        *moved = made->tables[next];
        memmove(&made->tables[n + 1], &made->tables[n], (next - n) * sizeof *moved);
        made->tables[n] = *moved;
    }
    free(moved);
    return rc;
}

enum sql_rc catalogue_read(struct sql *db, struct catalogue **catalogue)
{
    struct catalogue *made = calloc(1, sizeof *made);
    struct catalogue_links *links = calloc(1, sizeof *links);
    enum sql_rc rc = SQL_OK;

    *catalogue = NULL;
    if (!made || !links)
        rc = sql_refuse(db, SQL_NO_MEMORY, _("out of memory"));
    if (rc == SQL_OK)
        rc = catalogue_columns(db, made);
    if (rc == SQL_OK)
        rc = catalogue_read_links(db, links);
    if (rc == SQL_OK)
        rc = catalogue_order(db, made, links);
    free(links);
    if (rc == SQL_OK)
        *catalogue = made;
    else
        free(made);
    return rc;
}

const struct catalogue_table *catalogue_find(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->n; i++)
        if (strcmp(catalogue->tables[i].name, name) == 0)
            return &catalogue->tables[i];
    return NULL;
}

/* Whether every column of `a` stands in the same place of `b`. */
static bool catalogue_columns_same(const struct catalogue_table *a, const struct catalogue_table *b,
                                   char *what, size_t size)
{
    for (size_t i = 0; i < a->n || i < b->n; i++) {
        const char *one = i < a->n ? a->columns[i].name : NULL;
        const char *other = i < b->n ? b->columns[i].name : NULL;

        if (one && other && strcmp(one, other) == 0 && a->columns[i].kind == b->columns[i].kind)
            continue;
        /* Both are in order, so the lower of two is what the other lacks. */
        if (!one || (other && strcmp(other, one) < 0))
            one = other;
        (void)snprintf(what, size, _("column %s of table %s"), one, a->name);
        return false;
    }
    return true;
}

bool catalogue_same(const struct catalogue *a, const struct catalogue *b, char *what, size_t size)
{
    const struct catalogue *both[] = {a, b};

    what[0] = '\0';
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < both[k]->n; i++) {
            const struct catalogue_table *one = &both[k]->tables[i];
            const struct catalogue_table *other = catalogue_find(both[1 - k], one->name);

            if (!other)
                (void)snprintf(what, size, _("table %s"), one->name);
            if (!other || !catalogue_columns_same(one, other, what, size))
                return false;
        }
    }
    return true;
}
