/* The verb that a payment is: selling the basket, of one show or several, paying a reservation,
 * accepting an offer. */
#ifndef BOXOFFICE_TUI_SCREEN_PAY_POST_H
#define BOXOFFICE_TUI_SCREEN_PAY_POST_H

#include "tui/screen/pay_view.h"

/* Is it the basket that is paid? */
bool pay_of_basket(const struct pay *pay);

/* Posts it: the parts and, for what is left, the tender at hand; `given` of it in cash. */
void pay_post(struct app *app, struct pay *pay, money given);

/* Posts the sale of the basket once more, under the same key: what became of it is not known. */
void pay_post_again(struct app *app, const struct pay *pay);

#endif
