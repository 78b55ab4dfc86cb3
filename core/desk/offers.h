/*
 * The life of an offer to a waiting party, as far as several verbs share it: an offer is a
 * reservation in state `offered`, its claims, a row of `calls`, and its entry in state `offered`.
 */
#ifndef BOXOFFICE_CORE_DESK_OFFERS_H
#define BOXOFFICE_CORE_DESK_OFFERS_H

#include "core/desk/change.h"
#include "core/desk/person.h"
#include "core/desk/tidy.h"
#include "core/desk/verb.h"
#include "core/rules/plan.h"

/* X(name, outcome in the database, what the entry becomes) how an offer ends */
#define OFFER_ENDS(X)                  \
    X(ACCEPTED, "accepted", ACCEPTED)  \
    X(DECLINED, "declined", DECLINED)  \
    X(NO_ANSWER, "no answer", WAITING) \
    X(LAPSED, "lapsed", WAITING)       \
    X(LEFT, "closed", LEFT)            \
    X(CLOSED, "closed", CLOSED)

enum offer_end {
#define OFFER_END_ENUM(name, word, entry) OFFER_##name,
    OFFER_ENDS(OFFER_END_ENUM)
#undef OFFER_END_ENUM
};

/* What an offer is made of; all of it borrowed. */
struct offer_new {
    const struct ask *ask;
    const struct show_lock *lock;
    const struct person *person;
    entry_id entry;
    money total;
    when_ms deadline;
    int64_t term; /* of the assigner's lease */
};

/*
 * Makes an offer inside the open transaction on its locked show: its reservation, which has no key
 * since it is nobody's request, and its call. `*nth` as reservation_add has it. Returns its id, 0
 * when that failed (sql.h). The new reservation is noted in `change`; the entry's move and the
 * seats are the caller's.
 */
reservation_id offer_add(struct sql *db, const struct offer_new *offer, int *nth,
                         struct change *change);

/*
 * Claims one seat for it: a free one, or with `returned` one that was given back, never another.
 * Notes the move in `change`. RC_TAKEN names the seat.
 */
enum rc offer_claim(struct sql *db, const struct offer_new *offer, reservation_id reservation,
                    const struct plan_seat *seat, type_id type, money amount, bool returned,
                    struct change *change, struct fault *why);

/*
 * Ends the open offer of a reservation as far as the list is concerned, inside the open
 * transaction: its call gets the outcome and its entry the state above; an entry that waits again
 * keeps its own sequence and is not offered these seats again. Reads the seats from the claims, so
 * call it before they are given back. The entry's move is noted in `change`; the caller changes
 * reservation and claims, and journals. Nothing happens when the reservation has no open offer.
 */
void offer_finish(struct sql *db, reservation_id reservation, when_ms now, enum offer_end end,
                  struct change *change);

/* What tidying does with an offer whose deadline has passed: offer_finish as lapsed. */
void offer_lapse(struct sql *db, reservation_id reservation, when_ms now, struct change *change);

/* Seats that an offer gave back. */
struct offer_returned {
    int32_t n;            /* seats given back */
    int32_t for_the_list; /* of them, kept for the list */
    seat_id seats[SEATS_MAX];
    char labels[SEATS_MAX][LABEL_SIZE];
};

/*
 * Ends an offer whole, inside the open transaction on its locked show: as offer_finish, then the
 * reservation goes to `to` (cancelled or lapsed) and its seats are given back in seat order. False
 * when the reservation was not an open offer; nothing has changed then. All moves are noted in
 * `change`; the caller journals.
 */
bool offer_withdraw(struct sql *db, const struct show_lock *lock, reservation_id reservation,
                    when_ms now, enum offer_end end, enum booking_state to, struct change *change,
                    struct offer_returned *returned);

#endif
