/* Taking a sale back soon after it was made: what the rules (second_thoughts.h) want to know. */
#ifndef BOXOFFICE_CORE_DESK_AFTER_SALE_H
#define BOXOFFICE_CORE_DESK_AFTER_SALE_H

#include "core/desk/booking.h"
#include "core/rules/second_thoughts.h"

/*
 * Asks when and in which till session a reservation was sold, and how many sales were voided in
 * that of `ask`; behind till_ask, which locks that session, so that no two voids count the same.
 * after_sale_hear: zero for what was never sold.
 */
struct sql_statement *after_sale_ask(struct sql *db, const struct ask *ask,
                                     reservation_id reservation);
struct second_sale after_sale_hear(struct sql_statement *row, const struct ask *ask);

#endif
