/*
 * The life of an offer to a waiting party, as far as several verbs share it: an offer is a
 * reservation in state `offered`, its claims, a row of `calls`, and its entry in state `offered`.
 */
#ifndef BOXOFFICE_CORE_DESK_OFFERS_H
#define BOXOFFICE_CORE_DESK_OFFERS_H

#include "core/desk/change.h"
#include "core/desk/tidy.h"
#include "core/desk/verb.h"

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

/* The word of an outcome in `calls`, a static string. */
const char *offer_end_word(enum offer_end end);

#endif
