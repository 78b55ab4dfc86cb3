/*
 * Exchanging seats of a reservation for others. Within its show the reservation keeps its code; for
 * seats of another show there is a new reservation there, for the same customer, that says where it
 * came from, and what was paid goes along. Tickets for the old seats are dead, the price difference
 * is paid or goes back, all in one transaction. What is given back is kept for the list when people
 * wait.
 */
#ifndef BOXOFFICE_CORE_DESK_EXCHANGE_H
#define BOXOFFICE_CORE_DESK_EXCHANGE_H

#include "core/desk/booking.h"

/* Each new seat takes the ticket type of the old one in the same place of the order of seats, where
 * no other is named. One that stands on both sides stays as it is. */
struct exchange_request {
    struct ask ask; /* key: may be a basket's, which then gives up its holds on what is taken */
    reservation_id reservation;
    int32_t n; /* seats to give, 0: all that it has */
    seat_id seats[SEATS_MAX];
    show_id show; /* to take seats at; id 0: its own */
    int32_t n_to; /* as many to take; 0: the best free ones, as a party is moved */
    seat_id to[SEATS_MAX];
    type_id types[SEATS_MAX]; /* of those; id 0: that of the old one */
    int32_t told;             /* 1: `difference` is what the clerk was shown */
    money difference;
    money limit;         /* setting: what a clerk may refund alone */
    int64_t collect_min; /* setting: of what is not paid yet, at another show */
    int32_t n_tenders;
    struct tender tenders[TENDERS_MAX]; /* of what is to be paid; 0: cash, exact */
};

/*
 * Of what is not paid yet only the total changes. The reply is the reservation that has the new
 * seats; `refunded` went back to what was paid with, `change` is cash to give back. RC_NOT_FOUND:
 * not its seat. RC_BAD_INPUT: another number of seats, or one twice. RC_TAKEN, RC_SOLD_OUT,
 * RC_TOO_LATE as in a sale; RC_TOO_LATE also when the old show is over. RC_REFUSED: another
 * difference, or the tenders do not make it. RC_NEEDS_APPROVAL: more would go back than a clerk may
 * refund, once the sale is no longer fresh (second_thoughts.h); or a seat was used at the door.
 */
extern const struct verb verb_exchange;

#endif
