/* The pay screen as it stands, and how it is drawn. */
#ifndef BOXOFFICE_TUI_SCREEN_PAY_VIEW_H
#define BOXOFFICE_TUI_SCREEN_PAY_VIEW_H

#include "core/desk/basket_sale.h"
#include "tui/screen/pay_tender.h"

struct pay {
    show_id show;               /* the hall that lies beneath; id 0: none does */
    reservation_id reservation; /* paid instead of the basket; id 0: the basket */
    entry_id entry;             /* whose offer is accepted and paid at once; id 0: none */
    struct booking *booking;    /* the reservation, or the one that seats are given of, once read */
    struct pay_tender tender;
    struct pay_bill bill;
    bool unknown; /* the outcome of `sent` is: the same is asked again */
    struct book_request sent;
    struct basket_request sent_shows; /* instead, of several shows */
    struct exchange_request sent_exchange;
};

/* Why no tender is chosen by itself: "another day", "free", "11 seats"; NULL when cash is. */
const char *pay_view_why(const struct app *app, const struct pay_bill *bill);

/* Draws everything but the key bar. */
void pay_view_draw(struct app *app, struct pay *pay, const struct surface *surface);

#endif
