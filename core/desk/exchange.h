/*
 * Exchanging seats of a reservation for others of its show: the reservation keeps its code, its
 * tickets for the old seats are dead, the price difference is paid or goes back, all in one
 * transaction. What is given back is kept for the list when people wait.
 */
#ifndef BOXOFFICE_CORE_DESK_EXCHANGE_H
#define BOXOFFICE_CORE_DESK_EXCHANGE_H

#include "core/desk/booking.h"

/* Each new seat takes the ticket type of the old one in the same place of the order of seats. One
 * that stands on both sides stays as it is. */
struct exchange_request {
    struct ask ask;
    reservation_id reservation;
    int32_t n; /* seats to give, 0: all that it has */
    seat_id seats[SEATS_MAX];
    int32_t n_to; /* as many to take; 0: the best free ones, as a party is moved */
    seat_id to[SEATS_MAX];
    int32_t told; /* 1: `difference` is what the clerk was shown */
    money difference;
    money limit; /* setting: what a clerk may refund alone */
    int32_t n_tenders;
    struct tender tenders[TENDERS_MAX]; /* of what is to be paid; 0: cash, exact */
};

/*
 * Of what is not paid yet only the total changes. The reply is the reservation as it is then;
 * `refunded` went back to what was paid with, `change` is cash to give back. RC_NOT_FOUND: not its
 * seat. RC_BAD_INPUT: another number of seats, or one twice. RC_TAKEN, RC_SOLD_OUT, RC_TOO_LATE as
 * in a sale. RC_REFUSED: another difference, or the tenders do not make it. RC_NEEDS_APPROVAL: more
 * would go back than a clerk may refund.
 */
extern const struct verb verb_exchange;

#endif
