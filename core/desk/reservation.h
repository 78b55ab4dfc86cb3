/* Rows of `reservations`, as the verbs that make and change them share it. */
#ifndef BOXOFFICE_CORE_DESK_RESERVATION_H
#define BOXOFFICE_CORE_DESK_RESERVATION_H

#include "core/desk/booking.h"
#include "core/desk/change.h"
#include "core/desk/person.h"
#include "core/desk/tidy.h"

/* What a new one is made of. */
struct reservation_new {
    show_id show;
    enum booking_state state;
    const struct person *person; /* borrowed */
    money total;
    when_ms deadline;    /* 0: none */
    entry_id entry;      /* of an offer; id 0: none */
    reservation_id from; /* whose seats it was exchanged for; id 0: none */
};

/*
 * Stores a reservation inside the open transaction and returns its id. Its code, derived from
 * ask->random, goes to `code`; where that is used already, the next derived one. `*nth` counts the
 * codes derived so far: from 0, kept by who makes several in one request. Failures spoil the
 * transaction (sql.h); the id is 0 then.
 */
reservation_id reservation_add(struct sql *db, const struct ask *ask,
                               const struct reservation_new *new, int *nth,
                               char code[static CODE_SIZE]);

/* Its parts, so that they travel with others: is the nth code used, then the first one from there
 * that is not; the reservation itself; its id. Of two that take the same code at once the second
 * one fails with SQL_CONFLICT. */
struct reservation_code {
    int nth;
    char text[CODE_SIZE];
    struct sql_statement *used;
};
void reservation_code_ask(struct sql *db, const struct ask *ask, int nth,
                          struct reservation_code *code);
void reservation_code_hear(struct sql *db, const struct ask *ask, struct reservation_code *code);
void reservation_store(struct sql *db, const struct ask *ask, const struct reservation_new *new,
                       const char *code);
struct sql_statement *reservation_id_ask(struct sql *db, const char *code);
reservation_id reservation_id_hear(struct sql_statement *row);

/* The nth code that the random bits give: six characters that nobody mistakes for one another and
 * that make no words. */
void reservation_code(const uint8_t random[static ASK_RANDOM], int nth,
                      char code[static CODE_SIZE]);

/* A seat of a reservation. */
struct reservation_seat {
    seat_id seat;
    type_id type; /* id 0: none */
    money amount;
    int32_t tax; /* its type's rate, or TYPE_TAX_SETTING (ticket_types.h) */
    char label[LABEL_SIZE];
};

struct reservation {
    reservation_id id;
    show_id show;
    char code[CODE_SIZE];
    enum booking_state state;
    money total;
    when_ms deadline; /* 0: none */
    entry_id entry;   /* id 0: none */
    int n;
    struct reservation_seat seats[SEATS_MAX]; /* in seat order */
};

/*
 * Locks the show of a reservation and asks for the reservation and its seats, so that nobody
 * changes them meanwhile; more may be asked before they are heard, in the same round trip.
 * RC_NOT_FOUND. A reservation past its deadline that nobody tidied reads as lapsed.
 */
struct reservation_asked {
    reservation_id id;
    struct sql_statement *show, *row, *seats;
};
struct reservation_asked reservation_ask(struct sql *db, reservation_id id);
enum rc reservation_hear(const struct reservation_asked *asked, when_ms now,
                         struct reservation *reservation, struct show_lock *lock,
                         struct fault *why);

/* Asks for the seats of one, and reads them into it. */
struct sql_statement *reservation_seats_ask(struct sql *db, reservation_id id);
void reservation_seats_hear(struct sql_statement *rows, struct reservation *reservation);

/* RC_WRONG_STATE with a line that says what it is instead: "K4M7TX is sold already", "... was
 * cancelled", "... has lapsed", "... is offered and not yet accepted". */
enum rc reservation_wrong_state(const struct reservation *reservation, struct fault *why);

/* May seats of it be given back at `now`? RC_WRONG_STATE as reservation_wrong_state, RC_TOO_LATE
 * when its show is over. */
enum rc reservation_may_give(const struct reservation *reservation, const struct show_lock *lock,
                             when_ms now, struct fault *why);

/* Takes `amount` (below 0: adds it) and the seats `were`, which it gave back, off a reservation;
 * without any left (`n` 0) it is cancelled. Notes it. RC_WRONG_STATE: it was changed meanwhile. */
enum rc reservation_shrink(struct sql *db, struct reservation *reservation, money amount,
                           const char *were, when_ms now, struct change *change, struct fault *why);

/* Fills a verb's reply from the reservation: id, show, code, state, seats, total, deadline, rev. */
void reservation_reply(const struct reservation *reservation, const struct show_lock *lock,
                       struct booking_reply *reply);

#endif
