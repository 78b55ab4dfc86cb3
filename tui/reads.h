/*
 * What screens ask the database: a table of reads that the worker's second thread runs. Arguments
 * and results are plain memory; screens know no connection.
 */
#ifndef BOXOFFICE_TUI_READS_H
#define BOXOFFICE_TUI_READS_H

#include "core/desk/assign.h"
#include "core/desk/basket_sale.h"
#include "core/desk/booking.h"
#include "core/desk/exchange.h"
#include "core/desk/find.h"
#include "core/desk/house.h"
#include "core/desk/lease.h"
#include "core/desk/map.h"
#include "core/desk/owed.h"
#include "core/desk/park.h"
#include "core/desk/report.h"
#include "core/desk/sales.h"
#include "core/desk/staff_pin.h"
#include "core/desk/terminals.h"
#include "core/desk/ticket_types.h"
#include "core/desk/tickets.h"
#include "core/desk/tidy.h"
#include "core/desk/twin.h"
#include "core/desk/waiting.h"
#include "tui/founding.h"

/* X(id, arguments, result) Results are heap snapshots; a plan is freed by plan_free. */
#define READS(X)                                                                        \
    X(DAY, struct read_day, struct day_view)          /* a business day's shows */      \
    X(SAME_TITLE, struct read_show, struct show_list) /* other showings, up to 8 */     \
    X(MAP, struct read_show, struct map)              /* with the own basket */         \
    X(PLAN, struct read_hall, struct plan)                                              \
    X(BOOKING, struct read_booking, struct booking)                                     \
    X(TWIN, struct read_twin, struct booking) /* who has one already; id 0: nobody */   \
    X(FIND, struct read_find, struct found_list)                                        \
    X(WAITING, struct read_show, struct waiting_list) /* show 0: all */                 \
    X(ENTRY, struct read_entry, struct waiting_list)                                    \
    X(CALLS, struct read_none, struct waiting_list)                                     \
    X(REVS, struct read_revs, struct read_revs) /* the timer's cheap question */        \
    X(TERMINALS, struct read_none, struct terminal_list)                                \
    X(LEASE, struct read_none, struct lease_row)                                        \
    X(DUE, struct read_none, struct due_shows)           /* shows to assign or tidy */  \
    X(STAFF, struct read_none, struct staff_list)        /* also who left */            \
    X(PIN, struct read_pin, struct pin_verdict)          /* tries a PIN: app_try_pin */ \
    X(NEW_PIN, struct read_pin, struct staff_request)    /* its hash: app_make_pin */   \
    X(TYPES, struct read_none, struct ticket_types)      /* by digit */                 \
    X(TICKETS, struct read_booking, struct ticket_sheet) /* as they are printed */      \
    X(VENUE, struct read_none, struct venue)                                            \
    X(BASKET, struct read_show, struct basket) /* what the basket holds now */          \
    X(PARKED, struct read_none, struct parked_list)                                     \
    X(TILL, struct read_till, struct till)        /* the drawer's, id 0: none open */   \
    X(SALES, struct read_sales, struct sale_list) /* the last ones */                   \
    X(OWED, struct read_owed, struct owed_list)   /* tickets that are not printed */    \
    X(FOUND, struct read_found, struct founded)   /* makes a box office of one's own */ \
    X(REPORT, struct read_report, struct report)

enum read_id {
#define READ_ENUM(id, args, result) READ_##id,
    READS(READ_ENUM)
#undef READ_ENUM
        READ_COUNT
};

struct read_none {
    int32_t nothing;
};
struct read_day {
    int32_t day;
};
struct read_show {
    show_id show;
    char basket[KEY_SIZE]; /* the framework fills in the own basket's key */
};
struct read_hall {
    hall_id hall;
};
struct read_booking {
    reservation_id id; /* or 0 and the code: */
    char code[CODE_SIZE];
};
struct read_find {
    char text[NAME_SIZE];
    int32_t most;
};
struct read_twin {
    show_id show;
    char name[NAME_SIZE], phone[PHONE_SIZE];
};
struct read_entry {
    entry_id entry;
};
struct read_till {
    int32_t drawer; /* of which, or the session of that id: */
    till_id till;
    bool closed;    /* of the drawer the last one that was closed, or the one before: */
    till_id before; /* id 0: the last */
};
struct read_report {
    till_id till;
    int32_t day; /* of the business day, with the till's id 0 */
};
struct read_sales {
    till_id till; /* id 0: of the terminal, in none */
    char terminal[TERMINAL_SIZE];
};
struct read_owed {
    char terminal[TERMINAL_SIZE];
};
enum { REVS_MAX = 64 };
struct read_revs {
    int32_t n;
    show_id shows[REVS_MAX];
    int64_t revs[REVS_MAX];
};
struct day_view {
    when_ms next; /* first start after this day, 0: none */
    int32_t day;
    struct show_list *shows;
};
enum { DUE_MAX = 64 };
struct due_shows {
    int32_t assign, tidy;
    show_id assign_shows[DUE_MAX], tidy_shows[DUE_MAX];
};

struct read_pin {
    int32_t number;
    char pin[PIN_SIZE];
    const char *pepper_file; /* lives as long as the program */
};

/* The arguments of any read. */
union read_args {
    struct read_none none;
    struct read_day day;
    struct read_show show;
    struct read_hall hall;
    struct read_booking booking;
    struct read_find find;
    struct read_twin twin;
    struct read_entry entry;
    struct read_revs revs;
    struct read_pin pin;
    struct read_found found;
    struct read_till till;
    struct read_report report;
    struct read_sales sales;
    struct read_owed owed;
};

/* Runs a read on a connection. On success `*result` is the caller's, to be freed by read_free. */
enum rc read_run(struct sql *db, enum read_id id, const union read_args *args, void **result,
                 struct fault *why);

/* Frees a result and clears `*result`; NULL inside is allowed. */
void read_free(enum read_id id, void **result);

#endif
