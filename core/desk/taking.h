/*
 * What was sold and what was taken back, by ticket type: rows of `takings`. Beside the payments
 * they say what the money was for, after the claims have gone. Everything is posted (sql.h): it
 * travels with the next question.
 */
#ifndef BOXOFFICE_CORE_DESK_TAKING_H
#define BOXOFFICE_CORE_DESK_TAKING_H

#include "core/desk/verb.h"

/* A ticket that is sold. */
struct taking_ticket {
    type_id type;
    money amount;
    int32_t tax; /* its type's rate, or TYPE_TAX_SETTING (ticket_types.h): ask->tax */
};

/* What a reservation is sold, all at once. */
struct taking_sold {
    reservation_id reservation;
    show_id show;
    bool exchanged; /* for seats that were given back */
    int n;
    struct taking_ticket tickets[SEATS_MAX];
};

/* Notes what a reservation of which nothing was sold before has just been sold. */
void taking_sale(struct sql *db, const struct ask *ask, const struct taking_sold *sold);

/* The same for one seat that has just been added to a sale, in an exchange. */
void taking_seat(struct sql *db, const struct ask *ask, reservation_id reservation, show_id show,
                 seat_id seat);

/* How a seat comes back. */
enum taking { TAKING_REFUND, TAKING_VOID, TAKING_EXCHANGE };

/* Notes that a sold seat of a reservation is taken back, with the tax it was sold with; before its
 * claim goes. */
void taking_back(struct sql *db, const struct ask *ask, reservation_id reservation, show_id show,
                 seat_id seat, enum taking how);

/* The same for everything that is sold of a show, in no till: nobody hands out the money yet. */
void taking_back_show(struct sql *db, const struct ask *ask, show_id show);

#endif
