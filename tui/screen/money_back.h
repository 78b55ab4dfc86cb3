/* What goes back of a sale, told by tender. */
#ifndef BOXOFFICE_TUI_SCREEN_MONEY_BACK_H
#define BOXOFFICE_TUI_SCREEN_MONEY_BACK_H

#include "core/desk/booking.h"

/* "22.00 cash, 5.00 card" of what is left of a sale's tenders, which are refunded in the order in
 * which they paid; "" nothing. Returns buffer. */
char *money_back_text(const struct booking *booking, money amount, char *buffer, size_t size);

#endif
