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
    money rounding;                     /* of all cash among them */
    money roundings[TENDERS_MAX];       /* and of each tender */
};

/*
 * Works out how `due` is paid with the tenders of a request; without any it is cash, exact. Cash is
 * rounded to `step` (cash.h): its change is counted from there. Pure. RC_REFUSED says what is
 * missing or too much; RC_BAD_INPUT: an unknown tender, a negative amount, too many, more given
 * than the amount of what is no cash, a reference that is no text or holds a card number.
 */
enum rc tender_settle(const struct tender *tenders, int32_t n, money due, int64_t step,
                      struct tender_bill *bill, struct fault *why);

/* May who asks take these? Seats are given away (comp) by who has the right, staff_may. */
enum rc tender_allowed(struct sql *db, const struct ask *ask, const struct tender_bill *bill,
                       struct fault *why);

/* The total that the clerk told the customer is the one that is charged: RC_REFUSED says both when
 * they differ. `expected` -1: whatever it is. Pure. */
enum rc tender_expected(money expected, money total, struct fault *why);

/* Asks for the till that the money of `ask` goes through (till_ask), or, without one, whether there
 * is staff, so that cash needs one. */
struct sql_statement *tender_till_ask(struct sql *db, const struct ask *ask);

/*
 * Stores the payments of a bill inside the open transaction and in which till, and notes them in
 * `change`. They are numbered from `nth`, 1 when the reservation has none yet; 0: after those that
 * it has. What they are for is the caller's (taking.h). `till`: what tender_till_ask asked.
 * RC_WRONG_STATE: the till was counted or closed meanwhile. RC_REFUSED: there is cash among it and
 * no till, where staff works.
 */
enum rc tender_store(struct sql *db, const struct ask *ask, reservation_id reservation, int32_t nth,
                     const struct tender_bill *bill, struct sql_statement *till,
                     struct change *change, struct fault *why);

/* What a refund came to. */
struct tender_refunded {
    money amount;   /* less than was asked for only when less was paid */
    money rounding; /* of the cash in it */
};

/* What was asked about a reservation whose money may go back; heard by tender_refund. */
struct tender_back {
    reservation_id reservation;
    const char *reason;         /* of the refund, stored with it; borrowed */
    struct sql_statement *paid; /* and not refunded */
    struct sql_statement *till;
};
struct tender_back tender_back_ask(struct sql *db, const struct ask *ask,
                                   reservation_id reservation);

/*
 * Refunds `amount` of what was paid for a reservation, to its tenders in the order they were paid
 * with, out of the till of `ask`, and notes it in `change`. RC_WRONG_STATE: the till was counted or
 * closed meanwhile; RC_REFUSED: cash without a till, where staff works. The seats it is for are the
 * caller's (taking_back).
 */
enum rc tender_refund(struct sql *db, const struct ask *ask, const struct tender_back *back,
                      money amount, struct change *change, struct tender_refunded *refunded,
                      struct fault *why);

/* What was paid for a reservation and goes along to another one. */
struct tender_carry {
    const struct tender_back *back; /* asked for; its reason stands on what leaves */
    const char *code;               /* of that reservation; stands on what comes, borrowed */
    reservation_id to_reservation;
    money refund, amount;     /* what goes back to the customer first; what is carried */
    struct change *from, *to; /* of either show, in which it is noted */
};

/*
 * Refunds as above, then enters so much of what is left as given back by the one reservation and
 * paid for the other, tender by tender: it changes no hands and no drawer. What it was for is the
 * caller's. RC_REFUSED: less was paid.
 */
enum rc tender_carry(struct sql *db, const struct ask *ask, const struct tender_carry *carry,
                     struct tender_refunded *refunded, struct fault *why);

/*
 * Gives back what is left of all other tenders and takes it in with this one: its reference is
 * stored, its amount is worked out. RC_REFUSED when there is nothing to swap; RC_WRONG_STATE as
 * above.
 */
enum rc tender_swap(struct sql *db, const struct ask *ask, const struct tender_back *back,
                    const struct tender *to, struct change *change,
                    struct tender_refunded *refunded, struct fault *why);

#endif
