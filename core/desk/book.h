/* What selling and reserving have in common once the seats are chosen and priced. */
#ifndef BOXOFFICE_CORE_DESK_BOOK_H
#define BOXOFFICE_CORE_DESK_BOOK_H

#include "core/desk/reservation.h"
#include "core/desk/seating.h"
#include "core/desk/tender.h"

struct book_order {
    const char *what; /* the journal's word for it */
    enum booking_state state;
    enum claim_state seats;
    const struct person *person;    /* borrowed */
    struct reservation_code code;   /* asked for before the show was locked */
    when_ms deadline;               /* 0: none */
    const struct tender_bill *bill; /* of a sale, borrowed; NULL: nothing is paid */
};

/* Until when a reservation of the locked show is kept that is made now. RC_TOO_LATE: it would lapse
 * as it is made. RC_BAD_INPUT: `collect_min` is out of range. */
enum rc book_deadline(when_ms now, int64_t collect_min, const struct show_lock *lock,
                      when_ms *deadline, struct fault *why);

/*
 * Stores the reservation, claims its seats, stores what was paid, journals, and fills the reply.
 * RC_TAKEN names the seat and who has it.
 */
enum rc book_make(struct sql *db, const struct ask *ask, struct seating *seating,
                  struct book_order *order, struct booking_reply *reply, struct fault *why);

#endif
