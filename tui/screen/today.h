/* What today knows, and how it is drawn. */
#ifndef BOXOFFICE_TUI_SCREEN_TODAY_H
#define BOXOFFICE_TUI_SCREEN_TODAY_H

#include "tui/app.h"
#include "tui/widget/list.h"

struct today {
    int32_t day;  /* shown */
    bool follows; /* it is today, and stays so at 06:00 */
    struct day_view *view;
    struct show_list *also; /* other showings of the film under the cursor */
    show_id chosen;
    struct list list;
    int list_row; /* of the surface where the list begins; drawing sets it */
    int wanted;   /* typed; 0: nothing */
    bool asks;    /* whose the basket is: y adds, n parks */
    bool entered; /* Enter came before the answer, which then holds at once */
    int32_t kept; /* seats that the basket is to keep beside those that are being held */
    bool holds;   /* once the basket is parked, the digits hold */
    int age;      /* seconds since the day was read */
};

/* The show under the cursor, NULL when there is none. */
static inline const struct show_row *today_chosen(const struct today *today)
{
    return today->view && today->list.n > 0 ? &today->view->shows->rows[today->list.at] : NULL;
}

/* Where the cursor belongs after a new read: on its show when rows have moved; at first on the next
 * to start. */
size_t today_place(const struct today *today, when_ms now);

/* Draws the whole screen but its key bar. */
void today_draw(struct app *app, struct today *today, const struct surface *surface);

#endif
