/* The heads of the journal's books, by which two databases are told to be of one box office. */
#ifndef BOXOFFICE_CORE_DESK_HEADS_H
#define BOXOFFICE_CORE_DESK_HEADS_H

#include <stdbool.h>
#include <stddef.h>

#include "db/sql.h"

/* Each says false with what differs first in `what`; a database that can't be read is that, too. */

/* Does every book of `old` go on in `now`: is its head a row's hash there, in the same place? So
 * `old` is an earlier state of `now`, or the same. */
bool heads_go_on(struct sql *old, struct sql *now, char *what, size_t size);

/* Have both the same books, of the same lengths, with the same heads? */
bool heads_same(struct sql *a, struct sql *b, char *what, size_t size);

/* Copies the head of the house's book, 64 hex digits; "" when there is none. */
void heads_house(struct sql *db, char *head, size_t size);

#endif
