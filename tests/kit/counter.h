/*
 * A counter to sell at: a box with one hall and one show, and short ways to ask for seats by label.
 * Each text of seats parts the labels by blanks ("A3 A4"). What fails here fails the test.
 *
 * The hall "Small", nearest the screen first. Stalls 10.00, 7.00 for children (digit 2); the zone
 * "back" 13.00. 28 seats:
 *     A  w c 3 4 5 6 _ 7 8 9 10
 *     B  1 2 3 4 5 6 _ 7 8 9 10
 *     C    1 2 3 4 5 6 7 8        (back)
 */
#ifndef BOXOFFICE_TESTS_KIT_COUNTER_H
#define BOXOFFICE_TESTS_KIT_COUNTER_H

#include "core/desk/booking.h"
#include "core/desk/hold.h"
#include "tests/kit/box.h"

enum { COUNTER_SEATS = 28 };

/* The show starts four hours after BOX_NOW and lasts two. */
#define COUNTER_STARTS (BOX_NOW + 4 * WHEN_HOUR)

struct counter {
    struct box box;
    hall_id hall;
    show_id show;
    struct fault why; /* of the last counter_do */
};

/* Makes the box office with that hall and show, and takes it down again. */
void counter_init(struct counter *counter);
void counter_fini(struct counter *counter);

/* cmocka's fixtures: a counter in `*state`; the end verifies the invariants. */
int counter_setup(void **state);
int counter_teardown(void **state);

/* An ask of a terminal at the box's time; `key` NULL: a new one. */
struct ask counter_ask(struct counter *counter, const char *key, const char *terminal);

/* Reads the labels into ids; returns how many. */
int32_t counter_seats(struct counter *counter, const char *seats, seat_id *ids);

/* Requests for the counter's show: first type, whatever the total, paid exactly in cash. */
struct book_request counter_book(struct counter *counter, const char *key, const char *terminal,
                                 const char *seats);
struct hold_request counter_hold(struct counter *counter, const char *key, const char *terminal,
                                 const char *seats);

/* Does a verb on the box's connection; what was said is in counter->why. */
enum rc counter_do(struct counter *counter, const struct verb *verb, const void *request,
                   void *reply);

/* Sells or reserves (for "Mira") the seats, and fails the test when that is refused. */
struct booking_reply counter_sell(struct counter *counter, const char *seats);
struct booking_reply counter_reserve(struct counter *counter, const char *seats);

/* The stored state of a seat ("free": no row), in a static buffer. */
const char *counter_state(struct counter *counter, const char *label);

/* One number from the database, -1 when there is none; the text is a literal. */
int64_t counter_number(struct counter *counter, const char *text);

/* Runs statements as they stand, to make a scene that no verb makes. */
void counter_script(struct counter *counter, const char *text);

/* A party of so many joins the list of the counter's show, wanting to sit together. */
entry_id counter_wait(struct counter *counter, const char *name, int party);

#endif
