/*
 * What was sold and what was taken back, by ticket type: rows of `takings`. Beside the payments
 * they say what the money was for, after the claims have gone. Everything is posted (sql.h): it
 * travels with the next question.
 */
#ifndef BOXOFFICE_CORE_DESK_TAKING_H
#define BOXOFFICE_CORE_DESK_TAKING_H

#include "core/desk/verb.h"

/* Notes what a reservation has just been sold: its claims as they are now. */
void taking_sale(struct sql *db, const struct ask *ask, reservation_id reservation);

/* The same for one seat that has just been added to a sale. */
void taking_seat(struct sql *db, const struct ask *ask, reservation_id reservation, show_id show,
                 seat_id seat);

/* How a seat comes back. */
enum taking { TAKING_REFUND, TAKING_VOID };

/* Notes that a sold seat of a reservation is taken back, with the tax it was sold with; before its
 * claim goes. */
void taking_back(struct sql *db, const struct ask *ask, reservation_id reservation, show_id show,
                 seat_id seat, enum taking how);

/* The same for everything that is sold of a show, in no till: nobody hands out the money yet. */
void taking_back_show(struct sql *db, const struct ask *ask, show_id show);

#endif
