/* Rows of `tickets` and their serials, as the verbs on tickets share them (tickets.h). */
#ifndef BOXOFFICE_CORE_DESK_SERIALS_H
#define BOXOFFICE_CORE_DESK_SERIALS_H

#include <jansson.h>

#include "core/desk/reservation.h"
#include "core/desk/tickets.h"

/* A ticket that is not dead. */
struct ticket_had {
    int64_t serial;
    seat_id seat;
    enum ticket_state state;
    when_ms printed_at; /* 0: not printed */
    char terminal[TERMINAL_SIZE];
};

/* Reads those of a reservation in seat order, at most SEATS_MAX; returns how many. */
int serials_live(struct sql *db, reservation_id reservation, struct ticket_had *had);

/* Takes `n` serials in a row inside the open transaction and returns the first. The one row they
 * are counted in is locked until its end: there are no gaps. */
int64_t serials_take(struct sql *db, int n);

/* Serials given to seats that had none, from `first` on in the order of the seats. */
struct serials_given {
    int n;
    int64_t first;
    seat_id seats[SEATS_MAX];
};

/* Gives the sold seats of a locked reservation that have no ticket theirs. */
void serials_give(struct sql *db, reservation_id reservation, show_id show, const struct ask *ask,
                  struct serials_given *given);

/* What was given, for the journal: {"code":"K4M7TX","tickets":{"F12":17}}. A new reference. */
json_t *serials_journal(const struct serials_given *given, const struct plan *plan,
                        const char *code);

#endif
