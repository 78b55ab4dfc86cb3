/* A big house to sell at: 1,000 seats, many shows, and the next seats that nobody has had yet. */
#ifndef BOXOFFICE_TESTS_BENCH_GRAND_H
#define BOXOFFICE_TESTS_BENCH_GRAND_H

#include "core/desk/booking.h"
#include "tests/kit/box.h"

enum { GRAND_SEATS = 1000, GRAND_PAIRS = GRAND_SEATS / 2, GRAND_SHOWS_MAX = 512 };

struct grand {
    struct box box;
    hall_id hall;
    int64_t first_seat; /* ids of the seats rise by one */
    int n_shows;
    show_id shows[GRAND_SHOWS_MAX];
};

/* Makes the house with so many shows. End it with grand_fini, which verifies the invariants. */
void grand_init(struct grand *grand, int n_shows);
void grand_fini(struct grand *grand);

/* The text of the plan, 1,000 seats in 25 rows with two aisles; static. */
const char *grand_plan(void);

/* The sale of the nth pair of seats, counted over all shows, as a terminal asks for it. */
struct book_request grand_sale(const struct grand *grand, struct sql *db, int64_t nth);

#endif
