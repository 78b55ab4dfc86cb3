/*
 * Selling a whole basket: seats of several shows paid at once. One transaction under one key makes
 * one reservation a show, each with its own total and its own part of what was paid, so that each
 * is looked up, refunded and checked by itself.
 */
#ifndef BOXOFFICE_CORE_DESK_BASKET_SALE_H
#define BOXOFFICE_CORE_DESK_BASKET_SALE_H

#include "core/desk/tender.h"

struct basket_request {
    struct ask ask; /* key: the basket's */
    int32_t n;
    show_id shows[SEATS_MAX]; /* of each seat; at most BASKET_SHOWS different ones */
    seat_id seats[SEATS_MAX];
    type_id types[SEATS_MAX]; /* id 0: the type it is held with, else the first */
    money expected;           /* the total that the clerk was shown, -1: whatever it is */
    int32_t n_tenders;        /* 0: cash, exact */
    struct tender tenders[TENDERS_MAX];
};

struct basket_sold {
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    int32_t n; /* seats */
    money total;
    money change; /* cash to give back, of the reply's */
    money rounding;
};
struct basket_reply {
    struct told told;
    int32_t n;
    struct basket_sold parts[BASKET_SHOWS]; /* in the order of their shows' ids */
    money total;
    money change;   /* cash to give back */
    money rounding; /* of cash */
};

/* Refusals as verb_sell; one seat that is taken or one show that is over refuses all. */
extern const struct verb verb_sell_basket;

/*
 * Parts a bill, rounded to `step`, among `n` sums that add up to what it pays: each tender in turn
 * fills the sums in turn, and the change of a tender is given with the last sum that it pays. Cash
 * is rounded as it adds up, so that of each sum whole coins are taken and of all what the bill
 * says. So the parts' tenders, change and rounding add up to the bill's, each part's amounts to its
 * sum. Pure.
 */
void tender_share(const struct tender_bill *bill, int64_t step, const money *sums, int32_t n,
                  struct tender_bill *parts);

#endif
