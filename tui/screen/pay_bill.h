/* What is to be paid: a basket or a reservation, as lines a clerk can read out. */
#ifndef BOXOFFICE_TUI_SCREEN_PAY_BILL_H
#define BOXOFFICE_TUI_SCREEN_PAY_BILL_H

#include "tui/app.h"

enum { PAY_NAME = 64 };

/* Seats of one type in one zone. */
struct pay_line {
    int n;
    char labels[160], type[32];
    char zone[PAY_NAME]; /* of a basket of several shows: the show, "20:15 Stalker" */
    money amount;
};

/* The tax in all seats of one rate. */
enum { PAY_TAXES = 4 };
struct pay_tax {
    int32_t rate;
    money tax;
};

struct pay_bill {
    char title[TITLE_SIZE], hall[NAME_SIZE], name[NAME_SIZE], code[CODE_SIZE];
    when_ms starts_at;
    money total;
    int seats;
    int shows; /* 0 and 1: one */
    int n;
    struct pay_line lines[SEATS_MAX];
    int n_taxes;
    struct pay_tax taxes[PAY_TAXES]; /* as they come; none of 0 % */
    bool exchange;                   /* the seats come for others: */
    char given[160];                 /* "B3-4 of K4M7TX", what is given for them */
    money credit, back;              /* what that costs; what goes back, when it is more */
};

/* Fills the bill from the basket of this terminal, all its shows; those of another day than `now`
 * are named first. `tax` is the rate of types without their own. */
void pay_bill_basket(struct pay_bill *bill, const struct basket *basket, int64_t tax, when_ms now);

/* Makes it that of an exchange: the difference to what is given is the total, or goes back; of what
 * is not paid yet nothing is to be paid now. */
void pay_bill_exchange(struct pay_bill *bill, const struct app_exchange *exchange);

/* Fills it from a reservation. */
void pay_bill_booking(struct pay_bill *bill, const struct booking *booking, int64_t tax);

#endif
