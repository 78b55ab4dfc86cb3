/*
 * Tickets that a terminal with a printer owes: written down in the transaction that sells, so that
 * nothing that ends before the paper is out lets it be forgotten, and crossed out when all of the
 * sale's tickets were printed, wherever that was.
 */
#ifndef BOXOFFICE_CORE_DESK_OWED_H
#define BOXOFFICE_CORE_DESK_OWED_H

#include "core/desk/booking.h"

enum { OWED_MOST = 8 };

/* A sale whose tickets are still to come out. */
struct owed_sale {
    reservation_id reservation;
    char code[CODE_SIZE];
    int32_t unknown; /* 1: of some that were given out nobody noted what came of it */
};
struct owed_list {
    int32_t n;
    struct owed_sale sales[OWED_MOST];
};

/* What a sale by `ask` writes into reservations.paper; borrowed from the ask. */
const char *owed_by(const struct ask *ask);

/* Writes down that the asking terminal owes a sale's tickets, if it prints. Posted (sql.h). */
void owed_add(struct sql *db, const struct ask *ask, reservation_id reservation);

/* Locks the show of a ticket, so that it is crossed out in the order of what is done with its sale;
 * of a serial that nobody has nothing happens. */
void owed_lock(struct sql *db, int64_t serial);
/* Crosses out the sale of a ticket when no seat of it is without a printed one; under the lock. */
void owed_settle(struct sql *db, int64_t serial);
/* The same as owed_add for the sale of a ticket. */
void owed_failed(struct sql *db, const struct ask *ask, int64_t serial);

/* Reads what a terminal owes of shows that are not over, the newest sale first, at most OWED_MOST.
 * A heap snapshot, freed with free(). */
enum rc owed_read(struct sql *db, const char *terminal, when_ms now, struct owed_list **list,
                  struct fault *why);

#endif
