/* Paying a reservation, as paying at the counter and accepting an offer share it. */
#ifndef BOXOFFICE_CORE_DESK_PAY_H
#define BOXOFFICE_CORE_DESK_PAY_H

#include "core/desk/change.h"
#include "core/desk/reservation.h"

/* What it is paid with. */
struct pay_with {
    money expected; /* the total that the clerk was shown, -1: whatever it is */
    int32_t n;
    const struct tender *tenders; /* borrowed */
};

/*
 * Pays a locked reservation that is offered or reserved: payments, seats sold, reservation sold,
 * all noted in `change`, whose journaling is the caller's. `reservation` is as it is then; `reply`
 * gets the cash to give back and its rounding. RC_REFUSED: another total, or the tenders do not
 * make it. RC_WRONG_STATE: its seats are not as they should be, or the till is no longer open.
 */
enum rc pay_reservation(struct sql *db, const struct ask *ask, struct reservation *reservation,
                        const struct pay_with *with, struct change *change,
                        struct booking_reply *reply, struct fault *why);

#endif
