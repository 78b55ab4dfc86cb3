/* What is to be paid: a basket or a reservation, as lines a clerk can read out. */
#ifndef BOXOFFICE_TUI_SCREEN_PAY_BILL_H
#define BOXOFFICE_TUI_SCREEN_PAY_BILL_H

#include "tui/app.h"

/* Seats of one type in one zone. */
struct pay_line {
    int n;
    char labels[160], type[32], zone[LABEL_SIZE];
    money amount;
};

struct pay_bill {
    char title[TITLE_SIZE], hall[NAME_SIZE], name[NAME_SIZE], code[CODE_SIZE];
    when_ms starts_at;
    money total;
    int seats;
    int n;
    struct pay_line lines[SEATS_MAX];
};

/* Fills the bill from the basket of this terminal. */
void pay_bill_basket(struct pay_bill *bill, const struct basket *basket);

/* Fills it from a reservation. */
void pay_bill_booking(struct pay_bill *bill, const struct booking *booking);

#endif
