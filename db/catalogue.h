/*
 * The tables of a database as its engine knows them, so that what must touch every table needs no
 * list that somebody may forget to lengthen. The engine's own (schema_migrations, a server's mark)
 * are left out.
 */
#ifndef BOXOFFICE_DB_CATALOGUE_H
#define BOXOFFICE_DB_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "db/sql.h"

enum { CATALOGUE_NAME = 64, CATALOGUE_COLUMNS = 48, CATALOGUE_TABLES = 64 };

struct catalogue_column {
    char name[CATALOGUE_NAME];
    int kind;    /* SQL_NUMBER, SQL_TEXT or SQL_BYTES */
    bool counts; /* its values are given out by a counter of the server's */
};

struct catalogue_table {
    char name[CATALOGUE_NAME];
    size_t n;
    struct catalogue_column columns[CATALOGUE_COLUMNS]; /* by name */
};

/* In an order in which every table comes behind those that it refers to. */
struct catalogue {
    size_t n;
    struct catalogue_table tables[CATALOGUE_TABLES];
};

/*
 * Reads it. `*catalogue` is the caller's, to be freed. SQL_MISUSE (sql_error says which table) for
 * a type that no other engine has, tables that refer to one another in a circle, or too many of
 * them.
 */
enum sql_rc catalogue_read(struct sql *db, struct catalogue **catalogue);

/* The table of that name, borrowed; NULL when there is none. */
const struct catalogue_table *catalogue_find(const struct catalogue *catalogue, const char *name);

/* Have both the same tables with the same columns of the same kinds? What differs first is written
 * into `what`, "" when nothing does. */
bool catalogue_same(const struct catalogue *a, const struct catalogue *b, char *what, size_t size);

#endif
