/* An exchange at work: what exchanging within a show (exchange.c) and for seats of another one
 * (exchange_show.c) have in common. */
#ifndef BOXOFFICE_CORE_DESK_EXCHANGING_H
#define BOXOFFICE_CORE_DESK_EXCHANGING_H

#include "core/desk/exchange.h"
#include "core/desk/reservation.h"
#include "core/desk/seating.h"
#include "core/desk/staff.h"
#include "core/desk/tender.h"

/* What was asked, what was heard, what is given and taken. */
struct exchanging {
    const struct exchange_request *request;
    struct tender_back back;
    struct sql_statement *staff, *sale, *used;
    struct reservation reservation;
    struct show_lock lock; /* of its show */
    struct staff_known known;
    int n; /* seats given, in seat order */
    struct reservation_seat seats[SEATS_MAX];
    money amount; /* of them */
    int n_to;
    seat_id to[SEATS_MAX];
    type_id types_to[SEATS_MAX];
    struct seating seating; /* the seats taken */
    struct change change;   /* of its show */
    char were[WERE_SIZE];
};

/* Asks for what is to be known beside the reservation, once all shows are locked. */
void exchanging_ask(struct sql *db, struct exchanging *x);

/* Finds what is given and what is taken; at another show nothing stands on both sides. */
enum rc exchanging_choose(struct exchanging *x, bool within, struct fault *why);

/* Finds the seats to take in the open seating, priced. */
enum rc exchanging_seat(struct sql *db, struct exchanging *x, struct fault *why);

/* Is it what the clerk was shown, and may it be done? */
enum rc exchanging_allowed(struct sql *db, struct exchanging *x, struct fault *why);

/* The old seats go, with what they were sold for. */
void exchanging_give(struct sql *db, struct exchanging *x, struct booking_reply *reply);

/* How what is to be paid is paid, and may it be? */
enum rc exchanging_bill(struct sql *db, const struct exchanging *x, money due,
                        struct tender_bill *bill, struct fault *why);

/* Exchanges for seats of another show than `own`, that of the reservation. */
enum rc exchanging_for_show(struct sql *db, const struct exchange_request *request, show_id own,
                            struct booking_reply *reply, struct fault *why);

#endif
