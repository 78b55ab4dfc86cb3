/* What is told and noted once a sale is paid. */
#ifndef BOXOFFICE_TUI_SCREEN_PAY_TELL_H
#define BOXOFFICE_TUI_SCREEN_PAY_TELL_H

#include "tui/screen/pay_view.h"

/* Says what was sold and how it was paid; it stands on the screen that the next customer begins
 * with. */
void pay_tell_sale(struct app *app, const struct pay *pay, const struct booking_reply *reply);

/* What was exchanged for what, and what was paid or goes back for it. */
void pay_tell_exchange(struct app *app, const struct pay *pay, const struct booking_reply *reply);

/* The same of several shows: "SOLD 7KQ3MX 9XPA3T  5 seats of 2 shows  cash 52.00  CHANGE 8.00". */
void pay_tell_shows(struct app *app, const struct pay *pay, const struct basket_reply *reply);

#endif
