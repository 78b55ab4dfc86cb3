/*
 * The floor of a sale: SQLite itself, without our statements, turn or rules, writing as
 * many rows of about the same bytes in one transaction with the same pragmas.
 */
#ifndef BOXOFFICE_TESTS_BENCH_BARE_H
#define BOXOFFICE_TESTS_BENCH_BARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

/* Rows that a sale of two seats writes: inserts of requests, reservations, two claims, payments,
 * takings and journal; updates of shows and books. */
enum { BARE_TABLES = 7 };

struct bare {
    struct sqlite3 *db;
    struct sqlite3_stmt *insert[BARE_TABLES], *update[BARE_TABLES], *begin, *commit;
    int64_t last; /* id given out last */
};

/* Makes the file, `indexed` with as many indexes as a sale's rows go into; bare_fini closes it.
 * What fails ends the program. */
void bare_init(struct bare *bare, const char *path, bool indexed);
void bare_fini(struct bare *bare);

/* One transaction as a sale's. */
void bare_sale(struct bare *bare);

/* One transaction that inserts a single row: the least that any change costs. */
void bare_commit(struct bare *bare);

#endif
