/* A box office after years: shows sold out to the last seat, put in by bulk statements. */
#ifndef BOXOFFICE_TESTS_BENCH_LOTS_H
#define BOXOFFICE_TESTS_BENCH_LOTS_H

#include "tests/bench/grand.h"

/* Seats are sold in this many waves over all shows, so that a show's rows lie scattered among the
 * others' as they do in life. */
enum { LOTS_WAVES = 10, LOTS_NAMES = 5000 };

struct lots {
    struct grand grand;
    int64_t n_shows, first_show;
    int64_t n_bookings; /* ids 1 to this, two seats each */
};

/* Makes `n_shows` shows of 1,000 seats, all sold. End it with lots_fini. */
void lots_init(struct lots *lots, int64_t n_shows);
void lots_fini(struct lots *lots);

/* The nth show, from 0. */
show_id lots_show(const struct lots *lots, int64_t nth);

/* What a customer can tell of the booking `id`: code, phone, the beginning of a surname. */
void lots_code(int64_t id, char *text, size_t size);
void lots_phone(int64_t id, char *text, size_t size);
void lots_name(int64_t id, char *text, size_t size);

#endif
