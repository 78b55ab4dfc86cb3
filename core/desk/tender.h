/* What a sale is paid with, and given back to: rows of `payments`. Words are in booking.h. */
#ifndef BOXOFFICE_CORE_DESK_TENDER_H
#define BOXOFFICE_CORE_DESK_TENDER_H

#include "core/desk/booking.h"
#include "core/desk/change.h"

/* How a sum is paid, worked out. */
struct tender_bill {
    int32_t n;
    struct tender tenders[TENDERS_MAX]; /* amounts add up to what is due */
    money change;                       /* cash to give back */
};

/*
 * Works out how `due` is paid with the tenders of a request; without any it is cash, exact. Pure.
 * RC_REFUSED says what is missing or too much; RC_BAD_INPUT: an unknown tender, a negative amount,
 * too many, more given than the amount of what is no cash.
 */
enum rc tender_settle(const struct tender *tenders, int32_t n, money due, struct tender_bill *bill,
                      struct fault *why);

/* May who asks take these? Seats are given away (comp) by who has the right, staff_may. */
enum rc tender_allowed(struct sql *db, const struct ask *ask, const struct tender_bill *bill,
                       struct fault *why);

/* The total that the clerk told the customer is the one that is charged: RC_REFUSED says both when
 * they differ. `expected` -1: whatever it is. Pure. */
enum rc tender_expected(money expected, money total, struct fault *why);

/* Stores the payments of a bill inside the open transaction and notes them in `change`. */
void tender_store(struct sql *db, const struct ask *ask, reservation_id reservation,
                  const struct tender_bill *bill, struct change *change);

/* Asks what was paid for a reservation and not refunded, for tender_refund. */
struct sql_statement *tender_paid_ask(struct sql *db, reservation_id reservation);

/*
 * Refunds `amount` of what was `paid` for a reservation, to its tenders in the order they were paid
 * with, and notes it in `change`. `due`: not handed out yet. Returns what was refunded, which is
 * less than `amount` only when less was paid.
 */
money tender_refund(struct sql *db, const struct ask *ask, reservation_id reservation,
                    struct sql_statement *paid, money amount, bool due, struct change *change);

#endif
