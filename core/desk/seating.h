/*
 * Taking seats: what hold, sell and reserve share. Opened on a locked show, seats chosen by list or
 * the best of them, priced, then claimed in seat order, all or none.
 */
#ifndef BOXOFFICE_CORE_DESK_SEATING_H
#define BOXOFFICE_CORE_DESK_SEATING_H

#include "core/desk/booking.h"
#include "core/desk/change.h"
#include "core/desk/tidy.h"
#include "core/rules/pick.h"
#include "core/rules/plan.h"

enum { BASKET_MOST = 60 }; /* seats that a basket may hold, at all shows */

/* What the request's own basket holds already, at this show or another. */
struct seating_own {
    show_id show;
    seat_id seat;
    type_id type;
    money amount; /* that the customer was shown */
    when_ms since, until;
};

struct seating_seat {
    seat_id id;
    size_t place; /* in the plan */
    type_id type; /* id 0: the first type, until seating_price */
    money amount;
    int32_t tax;                   /* its type's rate, or TYPE_TAX_SETTING (ticket_types.h) */
    bool retired;                  /* its type is sold no more */
    const struct seating_own *own; /* the basket's hold on it; NULL: it has none */
};

struct seating {
    struct show_lock lock;
    const struct plan *plan; /* borrowed from the connection */
    int n;
    struct seating_seat seats[SEATS_MAX]; /* in seat order */
    int owned;                            /* how many of them the own basket holds */
    int n_own;
    struct seating_own own[BASKET_MOST];
    money total;
    struct sql_statement *map, *prices; /* asked for; NULL: not */
};

/*
 * Locks the show and gets its plan and what `basket` ("": none) holds, and asks for all that the
 * rest will need, in one round trip: with `map` (seating_best, seating_shape) every claim of the
 * show. RC_NOT_FOUND: no such show. RC_WRONG_STATE: it is cancelled.
 */
enum rc seating_open(struct sql *db, show_id show, const char *basket, bool map,
                     struct seating *seating, struct fault *why);

/* Its part that is about the basket, for who opens a show in another way. */
struct sql_statement *seating_own_ask(struct sql *db, const char *basket);
void seating_own_hear(struct sql_statement *rows, struct seating *seating);

/*
 * Chooses the seats listed, with a type each. RC_NOT_FOUND: a seat that is not in the hall.
 * RC_BAD_INPUT: none, over SEATS_MAX, or one twice.
 */
enum rc seating_list(struct seating *seating, const seat_id *seats, const type_id *types, int32_t n,
                     struct fault *why);

/* What may be picked when the best are asked for. */
struct seating_wish {
    int32_t party;
    int32_t rank;
    type_id type;
    bool again; /* seats of the own basket may be picked again */
};

/*
 * Chooses the best free seats of the show; what is kept for the waiting list is not free.
 * RC_SOLD_OUT says how many are free. `picked` has pieces and gaps.
 */
enum rc seating_best(struct seating *seating, const struct seating_wish *wish,
                     struct picked *picked, struct fault *why);

/* How the chosen seats lie: in how many pieces, and how many single seats they leave empty. */
void seating_shape(struct seating *seating, int32_t *pieces, int32_t *gaps);

/* Finds which of the chosen seats the basket holds already; a seat without a type keeps the one it
 * is held with. */
void seating_own(struct seating *seating);

/* Prices the chosen seats of the locked show by zone and type, what the basket holds already as it
 * was shown, and sums them up. RC_BAD_INPUT: no
 * such type. */
enum rc seating_price(struct sql *db, struct seating *seating, struct fault *why);

/* Are the types still sold? What the basket holds already with its type is sold as it was shown.
 * Asked after seating_price. RC_REFUSED: one is not. */
enum rc seating_types_sold(const struct seating *seating, struct fault *why);

/* Is the show still sold? Seats that the basket held before the stop may be paid a while longer.
 * RC_TOO_LATE says when it ended. */
enum rc seating_in_time(const struct seating *seating, when_ms now, struct fault *why);

/*
 * Claims the chosen seats for the reservation with that code as `state` (reserved or sold), in seat
 * order, and notes the moves. RC_TAKEN names the first seat that somebody else has, and who.
 */
enum rc seating_take(struct sql *db, struct seating *seating, const struct ask *ask,
                     enum claim_state state, const char *code, struct change *change,
                     struct fault *why);

/* Notes that `reservation`, which is new, was sold the chosen and priced seats (taking_sale); or
 * has them for others that were given back. */
void seating_sold(struct sql *db, const struct ask *ask, const struct seating *seating,
                  reservation_id reservation, bool exchanged);

/* RC_TAKEN with the line that says who has the `nth` of the chosen seats and how. */
enum rc seating_taken(struct sql *db, const struct seating *seating, int64_t nth,
                      struct fault *why);

/* All of the above for a sale or a reservation: open, choose, own, price, in time, and the total
 * that the clerk was shown. */
enum rc seating_for_booking(struct sql *db, const struct book_request *request,
                            struct seating *seating, struct fault *why);

#endif
