/* Rows of `reservations`, as the verbs that make and change them share it. */
#ifndef BOXOFFICE_CORE_DESK_RESERVATION_H
#define BOXOFFICE_CORE_DESK_RESERVATION_H

#include "core/desk/booking.h"
#include "core/desk/person.h"
#include "core/desk/tidy.h"

/* What a new one is made of. */
struct reservation_new {
    show_id show;
    enum booking_state state;
    const struct person *person; /* borrowed */
    money total;
    when_ms deadline; /* 0: none */
    entry_id entry;   /* of an offer; id 0: none */
};

/*
 * Stores a reservation inside the open transaction and returns its id. Its code, derived from
 * ask->random, goes to `code`; where that is used already, the next derived one. `*nth` counts the
 * codes derived so far: from 0, kept by who makes several in one request. Failures spoil the
 * transaction (sql.h); the id is 0 then, and the code may be "".
 */
reservation_id reservation_add(struct sql *db, const struct ask *ask,
                               const struct reservation_new *new, int *nth,
                               char code[static CODE_SIZE]);

/* The nth code that the random bits give: six characters that nobody mistakes for one another and
 * that make no words. */
void reservation_code(const uint8_t random[static ASK_RANDOM], int nth,
                      char code[static CODE_SIZE]);

struct reservation {
    reservation_id id;
    show_id show;
    char code[CODE_SIZE];
    enum booking_state state;
    money total;
    when_ms deadline; /* 0: none */
    entry_id entry;   /* id 0: none */
};

/* The show of a reservation; id 0 when there is no such reservation. */
show_id reservation_show(struct sql *db, reservation_id id);

/*
 * Locks the show of a reservation, then reads the reservation, so that nobody changes it meanwhile.
 * RC_NOT_FOUND. A reservation past its deadline that nobody tidied reads as lapsed.
 */
enum rc reservation_lock(struct sql *db, reservation_id id, when_ms now,
                         struct reservation *reservation, struct show_lock *lock,
                         struct fault *why);

/* A seat of a reservation. */
struct reservation_seat {
    seat_id seat;
    money amount;
};

/* Reads its seats in seat order, at most SEATS_MAX; returns how many. */
int reservation_seats(struct sql *db, reservation_id id, struct reservation_seat *seats);

/* RC_WRONG_STATE with a line that says what it is instead: "K4M7TX is sold already", "... was
 * cancelled", "... has lapsed", "... is offered and not yet accepted". */
enum rc reservation_wrong_state(const struct reservation *reservation, struct fault *why);

/* Fills a verb's reply from the reservation: id, show, code, state, seats, total, deadline, rev. */
void reservation_reply(struct sql *db, const struct reservation *reservation,
                       const struct show_lock *lock, struct booking_reply *reply);

#endif
