/* What the reservation screen knows of a reservation, and how it is drawn. */
#ifndef BOXOFFICE_TUI_SCREEN_BOOKING_VIEW_H
#define BOXOFFICE_TUI_SCREEN_BOOKING_VIEW_H

#include "tui/app.h"
#include "tui/screen/reason_ask.h"
#include "tui/widget/list.h"

struct booking_view {
    reservation_id id;
    struct booking *booking;   /* NULL until it is read */
    struct waiting_list *list; /* who waits for its show, and so gets the seats; NULL: not read */
    struct list cursor;        /* over its seats */
    int list_row;
    int n_chosen; /* seats chosen with Space */
    seat_id chosen[SEATS_MAX];
    bool asking;           /* x was pressed: y does it */
    struct reason_ask why; /* f was pressed: a reason does it */
    bool pay;              /* opened to be paid */
    bool exchange;         /* opened to be exchanged */
    char refund[128];      /* of the cancellation that is at work */
};

/* Is the seat chosen? */
bool booking_view_has(const struct booking_view *view, seat_id seat);

/* Labels of the seats that a cancellation takes: those chosen, or all. Returns buffer. */
char *booking_view_seats(const struct booking_view *view, char *buffer, size_t size);

/* What is paid back for them, by tender: "22.00 cash, 5.00 card"; "" nothing. Returns buffer. */
char *booking_view_refund(const struct booking_view *view, char *buffer, size_t size);

/* Draws the whole screen but its key bar. */
void booking_view_draw(struct app *app, struct booking_view *view, const struct surface *surface);

#endif
