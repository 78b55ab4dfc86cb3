/* Taking a sale back after it was made: what the rules (second_thoughts.h) want to know. */
#ifndef BOXOFFICE_CORE_DESK_AFTER_SALE_H
#define BOXOFFICE_CORE_DESK_AFTER_SALE_H

#include "core/desk/reservation.h"
#include "core/desk/staff.h"
#include "core/rules/second_thoughts.h"

/*
 * Asks when and in which till session a reservation was sold, and how many sales were voided in
 * that of `ask`; behind till_ask, which locks that session, so that no two voids count the same.
 * What came from another reservation by exchange was sold when that was.
 * after_sale_hear: zero for what was never sold.
 */
struct sql_statement *after_sale_ask(struct sql *db, const struct ask *ask,
                                     reservation_id reservation);
struct second_sale after_sale_hear(struct sql_statement *row, const struct ask *ask);

/* Asks which seats of a reservation were used at the door. */
struct sql_statement *after_sale_used_ask(struct sql *db, reservation_id reservation);

/* Who asks, and what is known of who may. */
struct after_sale_by {
    const struct ask *ask;
    const struct staff_known *known;
};

/*
 * May these seats be taken back? One that was used at the door takes RIGHT_USED, and is noted.
 * RC_NEEDS_APPROVAL names the seats.
 */
enum rc after_sale_used(struct sql *db, struct sql_statement *used, const struct after_sale_by *by,
                        const struct reservation_seat *seats, int n, struct change *change,
                        struct fault *why);

#endif
