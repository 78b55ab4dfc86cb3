/*
 * The invariants that rows alone can show, each as questions to which no row may answer. Shared by
 * check.c only; all inside one read transaction.
 */
#ifndef BOXOFFICE_CORE_DESK_CHECK_ROWS_H
#define BOXOFFICE_CORE_DESK_CHECK_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "db/sql.h"

/* True when the invariant holds; else the first row that breaks it is told in `first`. A failed
 * read leaves the connection's transaction spoiled (sql.h), whatever is returned. */
typedef bool check_test(struct sql *db, char *first, size_t size);

/* Asks; the first row's first column, if there is one, is what breaks an invariant. True: no row.
 */
bool check_rows_silent(struct sql *db, const char *question, char *first, size_t size);

check_test check_rows_claims;  /* 1: at most one live claim a seat and show */
check_test check_rows_halls;   /* 2: claims' seats belong to the show's hall */
check_test check_rows_keys;    /* 3: a key is used once */
check_test check_rows_totals;  /* 4: total = lines = payments when sold */
check_test check_rows_refunds; /* 5: refunds never exceed payments */
check_test check_rows_entries; /* 8: at most one open offer an entry, and states agree */
check_test check_rows_terms;   /* 9: lease terms never go back */
check_test check_rows_cards;   /* 11: no card number in any text */
check_test check_rows_tickets; /* 13: serials are gapless, tickets belong to sold seats */

#endif
