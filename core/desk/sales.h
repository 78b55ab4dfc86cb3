/* The last sales of a till, read from the database: the terminal itself remembers none. */
#ifndef BOXOFFICE_CORE_DESK_SALES_H
#define BOXOFFICE_CORE_DESK_SALES_H

#include "core/desk/booking.h"

enum { SALES_MOST = 40 };

struct sale_row {
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    char title[TITLE_SIZE];
    enum booking_state state; /* sold; cancelled: all of it went back */
    when_ms starts_at, sold_at;
    money total, change; /* as it is now; cash that was given back when it was paid */
    char tenders[160];   /* "cash 22.00, card 5.00", what is left of each */
    char seats_were[WERE_SIZE];
    int32_t n;
    char labels[SEATS_MAX][LABEL_SIZE]; /* of the seats it has */
};
struct sale_list {
    size_t n;
    struct sale_row rows[];
};

/*
 * The sales of a till session, newest first, at most SALES_MOST; with the id 0 those that the
 * terminal made in no till within the last day. Heap snapshot, freed with free().
 */
enum rc sales_read(struct sql *db, till_id till, const char *terminal, when_ms now,
                   struct sale_list **list, struct fault *why);

#endif
