/*
 * A front of house: a stage with one hall, a show in three hours and one at the same time tomorrow,
 * to see a hall on the screen with seats that are known. Texts of seats part the labels by blanks.
 *
 * The hall "Small", nearest the screen first. Stalls 13.00; the zone "back" 10.00, children
 * 7.00, where the best seats are:
 *     A  w c 3 4 5 6 _ 7 8 9 10
 *     B  1 2 3 4 5 6 _ 7 8 9 10
 *        (an aisle)
 *     C    1 2 3 4 5 6 7 8          (back)
 */
#ifndef BOXOFFICE_TESTS_KIT_FRONT_H
#define BOXOFFICE_TESTS_KIT_FRONT_H

#include "core/desk/booking.h"
#include "core/desk/hold.h"
#include "tests/kit/stage.h"

enum { FRONT_SEATS = 28 };

struct front {
    struct stage stage;
    hall_id hall;
    show_id show, tomorrow;
};

/* Makes it, and takes it down again. */
void front_init(struct front *front);
void front_fini(struct front *front);
/* Makes it in an empty database of a server. */
void front_init_server(struct front *front, const char *conninfo);

/* Writes the configuration that the program is opened with. */
void front_configure(struct front *front, const char *text);

/* Opens the program in so many rows and columns (0: 24 x 80) and waits for today; `extra` adds to
 * its environment and may be NULL. */
void front_open(struct front *front, struct pty *pty, const char *terminal, int rows, int columns,
                const char *const *extra);

/* The same at 24 x 80, and opens the map of today's show. */
void front_open_hall(struct front *front, struct pty *pty, const char *terminal);
/* Moves the cursor of a map to a seat by its label. */
void front_go(struct pty *pty, const char *label);

/* Does a verb as "far-till"; what is no RC_OK fails the test. */
void front_do(struct front *front, const struct verb *verb, void *request, void *reply);

/* Sells, reserves (for "Ødegård, Kari") or holds seats of today's show elsewhere. */
struct booking_reply front_sell(struct front *front, const char *seats);
struct booking_reply front_reserve(struct front *front, const char *seats);
void front_hold(struct front *front, const char *seats);

/* B1 and B2 are sold and given back while a party of two, "Ødegård, Kari", waits for today's show.
 */
void front_give_back(struct front *front);

/* The stored state of a seat of today's show, "free" without a row; in a static buffer. */
const char *front_state(struct front *front, const char *label);

/* Runs a statement as it stands, to make a scene that no verb makes. */
void front_script(struct front *front, const char *text);

/* Reads the terminal until a query gives `n`. */
void front_wait_number(struct front *front, struct pty *pty, const char *query, int64_t n);

#endif
