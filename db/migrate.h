/*
 * Migrations: numbered steps, each applied once, in order, in one transaction, with its checksum
 * kept in schema_migrations. A database with a step that this program does not know is refused.
 */
#ifndef BOXOFFICE_DB_MIGRATE_H
#define BOXOFFICE_DB_MIGRATE_H

#include <stddef.h>

#include "db/sql.h"

struct migration {
    int number;       /* from 1, without gaps */
    const char *name; /* NNNN_name.sql without number and ending */
    const char *text; /* statements parted by semicolons, without their own BEGIN and COMMIT */
};

/* The steps built into the program from migrations/, for the engine named. Static storage. */
const struct migration *migrations_builtin(const char *engine, size_t *n);

/*
 * Brings the schema up to the last of `steps`. Safe when many processes start at once: one applies,
 * the others wait and find it done. SQL_NEWER when the database has a step above the last;
 * SQL_MISUSE when a step that was applied had another checksum (sql_error names it). `*applied`,
 * unless NULL, gets how many steps were applied now. From then on the connection knows these steps
 * (sql_know).
 */
enum sql_rc migrate_up(struct sql *db, const struct migration *steps, size_t n, int *applied);

/* Tells the connection (sql_know) which steps are built into the program. */
void migrate_know(struct sql *db);

/* The number of the last step applied; 0 when there is none. */
int migrate_version(struct sql *db);

#endif
