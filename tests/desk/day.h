/*
 * A simulated day at the counter, and a book of it that the test keeps by itself: what every sale,
 * refund and drawer should come to, worked out without asking the program.
 */
#ifndef BOXOFFICE_TESTS_DESK_DAY_H
#define BOXOFFICE_TESTS_DESK_DAY_H

#include "core/desk/booking.h"
#include "core/desk/till.h"
#include "tests/kit/box.h"

enum {
    DAY_TILLS = 8,  /* and as many terminals; tally 0 is of what went through none */
    DAY_HALLS = 5,  /* shows go around them: show i is in hall i % DAY_HALLS */
    DAY_SHOWS = 20, /* by their start */
    DAY_TYPES = 3,
    DAY_RATES = 2,
    DAY_KINDS = 4,  /* of tenders */
    DAY_CLERKS = 9, /* numbers 1 to 9, at any drawer; these two are no clerks: */
    DAY_SUPERVISOR = 10,
    DAY_MANAGER = 11,
    DAY_STAFF = 12,
    DAY_SEATS = 4096, /* ids of seats are below */
    DAY_SALES = 8192,
    DAY_KEPT = 512,
    DAY_ROUND = 5, /* the smallest coin */
    DAY_TAX = 700  /* of types without a rate of their own */
};

/* How a seat comes back. */
enum day_back { DAY_REFUND, DAY_VOID, DAY_EXCHANGE, DAY_BACKS };

/* What some sales come to, less what was given back. */
struct tally {
    int64_t seats[DAY_TYPES], rate_seats[DAY_RATES], staff_seats[DAY_STAFF], back_seats[DAY_BACKS];
    money types[DAY_TYPES], rates[DAY_RATES], taxes[DAY_RATES], staff[DAY_STAFF], back[DAY_BACKS];
    int64_t rows[DAY_KINDS]; /* payments and refunds */
    money tenders[DAY_KINDS], rounding;
    money opening, in, out, drawer; /* drawer: the cash that lies in it */
    int64_t exchanges, got_seats;   /* seats had for those that came back in exchanges */
    money got;
    int voids, reprints;
};

/* How something is going to be paid. */
struct day_bill {
    int32_t n;
    struct tender tenders[TENDERS_MAX]; /* amounts as the request has them */
    money change, rounding;             /* what the reply should say */
    int32_t approver;
};

/* A reservation, paid or not. */
struct day_sale {
    reservation_id id;
    int show;
    char code[CODE_SIZE];
    when_ms deadline; /* of one that is not paid */
    int n;            /* seats that it has now */
    seat_id seats[SEATS_MAX];
    int types[SEATS_MAX];
    bool ticketed, used;
    int till; /* that it was sold in, and when */
    when_ms sold_at;
    int n_kinds; /* in the order it was paid with */
    int kinds[DAY_KINDS];
    money left[DAY_KINDS];
};

/* A basket, set aside or not. */
struct day_basket {
    char key[KEY_SIZE];
    int show;
    int n;
    seat_id seats[SEATS_MAX];
    when_ms until;
};

struct day {
    struct box box;
    uint64_t random;
    int target, step; /* sales to be made; by how much the clock moves, in ms */
    int64_t term;     /* of the assigner's lease */
    struct fault why; /* of the verb done last */
    when_ms starts[DAY_SHOWS];
    show_id shows[DAY_SHOWS];
    type_id types[DAY_TYPES];
    till_id tills[DAY_TILLS + 1];
    money prices[DAY_SHOWS][2][DAY_TYPES]; /* by zone */
    char zones[DAY_SEATS];                 /* of a seat: 0 or 1 */
    bool taken[DAY_SHOWS][DAY_SEATS];      /* sold, by this book */
    bool wanted[DAY_SHOWS];                /* a party has joined its list */
    struct tally tallies[DAY_TILLS + 1];
    int n_sales, n_kept;
    struct day_sale sales[DAY_SALES], kept[DAY_KEPT];
    struct day_basket parked;
    int64_t serials;
    /* how often what happened, so that no part of the day is walked past */
    int refunds, whole, reprints, offers_taken, offers_refused, collected, lapsed, got, moved,
        waited, comps, splits, crashes, refused_twice, voids, swaps, approvals, exchanges,
        shows_changed;
};

/* --- the book (day_book.c) -------------------------------------------------------------------- */

/* A number below `n`. */
int day_below(struct day *day, int n);

/* What a seat costs, and so many of one reservation. */
money day_price(const struct day *day, int show, seat_id seat, int type);
money day_due(const struct day *day, const struct day_sale *sale);

/* Chooses how `due` is paid, of all that a counter takes. */
struct day_bill day_bill(struct day *day, money due);

/* Enters a sale that was paid so at a till by a clerk; fails when one of its seats was sold. */
void day_enter_sale(struct day *day, int till, int clerk, struct day_sale *sale,
                    const struct day_bill *bill);

/* Enters that the nth seat of a sale was given back, or all, without the money; and the money. */
void day_enter_seat_back(struct day *day, int till, int clerk, struct day_sale *sale, int nth,
                         enum day_back how);
void day_enter_all_back(struct day *day, int till, int clerk, struct day_sale *sale,
                        enum day_back how);
void day_enter_money_back(struct day *day, int till, struct day_sale *sale, money amount);

/* Enters that the nth seat of a sale was exchanged for another, what is to pay paid by `kind`. */
void day_enter_exchange(struct day *day, int till, int clerk, struct day_sale *sale, int nth,
                        seat_id to, int kind);

/* Enters that all of a sale was exchanged for these seats of another show, what is to pay paid by
 * `kind`; `made`, whose id, show and seats are known, is that sale then. */
void day_enter_show_change(struct day *day, int till, int clerk, struct day_sale *sale,
                           struct day_sale *made, int kind);

/* Enters that a sale is paid with that tender now; returns what was paid otherwise. */
money day_enter_swap(struct day *day, int till, struct day_sale *sale, int kind);

/* What is paid with other tenders than that. */
money day_paid_otherwise(const struct day_sale *sale, int kind);

/* All tallies in one. */
struct tally day_total(const struct day *day);

/* --- the work (day_work.c) -------------------------------------------------------------------- */

/* Does a verb and keeps its fault; day_must fails the test when it is refused. */
enum rc day_do(struct day *day, const struct verb *verb, const void *request, void *reply);
void day_must(struct day *day, const struct verb *verb, const void *request, void *reply);

/* Who asks: a clerk at a terminal with its drawer. */
struct ask day_ask(struct day *day, int till, int clerk);

/* One of the tills, of the clerks, of the sales of shows that have not begun (NULL: of none). */
int day_any_till(struct day *day);
int day_any_clerk(struct day *day);
struct day_sale *day_any_sale(struct day *day);

/* Prints the tickets of a sale, of which so many are new; the printer fails now and then. */
void day_give_tickets(struct day *day, int till, struct day_sale *sale, int missing);

/* One thing that happens at the counter; the clock moves on. */
void day_step(struct day *day);

/* Were as many sales made as were wanted? */
bool day_over(const struct day *day);

/* --- second thoughts (day_after.c) ------------------------------------------------------------ */

/* One seat of a sale comes back, or all; money goes to what it came from, out of any drawer. */
void day_refund(struct day *day, struct day_sale *sale);

/* A sale was a mistake; was paid otherwise than noted; has one seat changed for the best free; goes
 * to another show. */
void day_void(struct day *day);
void day_swap(struct day *day);
void day_exchange(struct day *day);
void day_change_show(struct day *day);

/* --- what interrupts it (day_crash.c) --------------------------------------------------------- */

/* A terminal is killed in the midst of a sale, before its COMMIT; of a refund, behind it. */
void day_crash_in_sale(struct day *day);
void day_crash_in_refund(struct day *day);

#endif
