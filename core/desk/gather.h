/* The rows that a question gives, gathered into one list on the heap. */
#ifndef BOXOFFICE_CORE_DESK_GATHER_H
#define BOXOFFICE_CORE_DESK_GATHER_H

#include <stddef.h>

#include "core/base/rc.h"
#include "db/sql.h"

/* Fills one row of the list, which is zero, from the row that the question stands at. */
typedef void gather_fill(const struct sql_statement *rows, void *row);

/*
 * Reads `rows` to its end and ends it. The list begins with `size_t n`, how many there are; they
 * stand from `head` on (offsetof), each of `size` bytes. Returns it, the caller's, to be freed with
 * free(), with `*rc` RC_OK; NULL with RC_NO_MEMORY or what verb_storage_fault makes of a failed
 * read.
 */
void *gather_rows(struct sql *db, struct sql_statement *rows, size_t head, size_t size,
                  gather_fill *fill, enum rc *rc, struct fault *why);

#endif
