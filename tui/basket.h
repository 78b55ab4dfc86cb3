/*
 * The basket of this terminal: seats that it holds, under a key that becomes the sale's. What it
 * says is what the database said last; the holds themselves live there.
 *
 * It may hold seats of several shows. One of them is at hand, the one that is being looked at: its
 * seats come first, and `n`, `total` and what else is not said to be of all are its own.
 */
#ifndef BOXOFFICE_TUI_BASKET_H
#define BOXOFFICE_TUI_BASKET_H

#include <stdbool.h>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/when.h"

enum { BASKET_MAX = SEATS_MAX };

struct basket_seat {
    seat_id seat;
    type_id type;
    int32_t digit; /* of the type */
    char label[LABEL_SIZE];
    char type_name[32];
    char zone[LABEL_SIZE];
    money amount;
    int32_t tax; /* rate of the type; -1: the setting's */
};

/* The seats of one show in a basket. */
struct basket_part {
    show_id show;
    hall_id hall;
    char title[TITLE_SIZE], hall_name[NAME_SIZE];
    when_ms starts_at;
    money total;
    int32_t from, n; /* its seats */
};

struct basket {
    char key[KEY_SIZE];
    show_id show; /* id 0: empty */
    hall_id hall;
    char title[TITLE_SIZE], hall_name[NAME_SIZE];
    when_ms starts_at;
    when_ms until;     /* when the first hold ends */
    when_ms pay_since; /* when its pay screen was opened; 0: it is not */
    when_ms touched;   /* last key that concerned it */
    money total;
    int32_t n;
    money total_all;
    int32_t n_all;
    struct basket_seat seats[BASKET_MAX]; /* in the hall's order, show by show */
    int32_t n_parts;
    struct basket_part parts[BASKET_SHOWS]; /* the one at hand is the first */
};

/* An empty basket under a fresh key. */
void basket_init(struct basket *basket);

/* Brings the seats of a show to hand, if it holds any. */
void basket_turn(struct basket *basket, show_id show);

/* Fills what is said of the show at hand from parts[0]; with no part it is empty. */
void basket_settle(struct basket *basket);

/* Holds anything? */
static inline bool basket_empty(const struct basket *basket)
{
    return basket->n == 0;
}

/* Is the seat in it? */
bool basket_has(const struct basket *basket, seat_id seat);

/* Of the show at hand: its labels, runs joined ("G9-10, H3"). Cut when `size` is short. Returns
 * buffer. */
char *basket_labels(const struct basket *basket, char *buffer, size_t size);

/* "2 adult, 1 child". Cut when `size` is short. Returns buffer. */
char *basket_types(const struct basket *basket, char *buffer, size_t size);

#endif
