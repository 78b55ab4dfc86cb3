/* A big house to sell at: 1,000 seats, many shows, and the next seats that nobody has had yet. */
#ifndef BOXOFFICE_TESTS_BENCH_TILL_H
#define BOXOFFICE_TESTS_BENCH_TILL_H

#include "core/desk/booking.h"
#include "tests/kit/box.h"

enum { TILL_SEATS = 1000, TILL_PAIRS = TILL_SEATS / 2, TILL_SHOWS_MAX = 512 };

struct till {
    struct box box;
    hall_id hall;
    int64_t first_seat; /* ids of the seats rise by one */
    int n_shows;
    show_id shows[TILL_SHOWS_MAX];
};

/* Makes the house with so many shows. End it with till_fini, which verifies the invariants. */
void till_init(struct till *till, int n_shows);
void till_fini(struct till *till);

/* The text of the plan, 1,000 seats in 25 rows with two aisles; static. */
const char *till_plan(void);

/* The sale of the nth pair of seats, counted over all shows, as a terminal asks for it. */
struct book_request till_sale(const struct till *till, struct sql *db, int64_t nth);

#endif
