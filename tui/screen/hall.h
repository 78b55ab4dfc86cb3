/* What the hall screen knows of one show, shared by the files that make it up. */
#ifndef BOXOFFICE_TUI_SCREEN_HALL_H
#define BOXOFFICE_TUI_SCREEN_HALL_H

#include "core/rules/pick.h"
#include "tui/app.h"
#include "tui/widget/editor.h"
#include "tui/widget/grid.h"

enum { HALL_PAST = 16 };

/* What the basket held at one time: to go back to it, and to keep ticket types. */
struct hall_seats {
    int32_t n;
    seat_id seats[SEATS_MAX];
    type_id types[SEATS_MAX];
};

/* How the seats of the basket lie. */
struct hall_shape {
    int pieces;
    int gaps;             /* single seats that they leave empty */
    size_t gap;           /* the first of them */
    struct picked better; /* n 0: there is none that leaves fewer */
};

struct hall {
    show_id show;
    struct plan *plan;         /* NULL until it is read */
    struct map *map;           /* likewise */
    struct waiting_list *list; /* who waits for this show; NULL: nobody, or not read */
    struct booking *booking;   /* of the seat under the cursor, once read */
    int32_t *first_of_row;     /* by row of the grid: its first seat, -1: none */

    struct grid_cell *cells;
    struct grid grid; /* its `at` is the cursor: an index into the plan and the map */
    char caption[96]; /* of the row drawn last */
    int runs_top;     /* first row seen when the hall is shown as free runs */
    bool runs;        /* it is shown so; drawing sets it */

    int wanted;       /* digits typed; 0: none */
    bool asking_type; /* t was pressed: a digit names the type */
    bool finding;     /* a seat's label is being typed */
    struct editor editor;
    bool blocking; /* the reason is being typed for which the seat is blocked */
    struct editor reason;

    struct picked_apart apart; /* n 0: no pieces are waiting for b */
    int rank;                  /* of the best seats held; -1: chosen by hand */
    seat_id last;              /* the seat added last */
    struct hall_shape shape;
    int lost; /* seats of the basket that the map read last no longer has in it */

    struct hall_seats before; /* as it was when the verb at work was posted */
    struct hall_seats goal;   /* types that seats are to have; n 0: none */
    int n_past;
    struct hall_seats past[HALL_PAST];
};

/* Are map and plan there, and of one size? Before that there is no cursor. */
static inline bool hall_ready(const struct hall *hall)
{
    return hall->plan && hall->map && hall->plan->n == hall->map->n && hall->cells;
}

/* Does the basket hold seats of this show? They are at hand then (app_at_show). */
static inline bool hall_basket(const struct app *app, const struct hall *hall)
{
    return app->basket.n > 0 && app->basket.show.n == hall->show.n;
}

/* How many. */
static inline int32_t hall_held(const struct app *app, const struct hall *hall)
{
    return hall_basket(app, hall) ? app->basket.n : 0;
}

#endif
