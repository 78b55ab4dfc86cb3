/* Accepting an offer (waiting.h): from now on it is a reservation like any other, or paid at once.
 */
#include "core/base/words.h"
#include "core/desk/offers.h"
#include "core/desk/party.h"
#include "core/desk/pay.h"
#include "core/desk/reservation.h"
#include "core/desk/tender.h"
#include "core/desk/waiting.h"
#include "core/rules/deadline.h"

/* Keeps the seats until they are collected. */
static enum rc keep(struct sql *db, const struct accept_request *ask, const struct show_lock *lock,
                    struct reservation *offer, struct change *change, struct fault *why)
{
    enum rc rc = tender_expected(ask->expected, offer->total, why);

    if (rc != RC_OK)
        return rc;
    if (!deadline_collect(ask->collect_min))
        return fault_set(why, RC_BAD_INPUT,
                         _("seats are collected 0 to %d minutes before the start"), COLLECT_MOST);
    offer->deadline =
        deadline_accepted(ask->ask.now, lock->starts_at, offer->deadline, ask->collect_min);
    if (sql_run(db,
                "UPDATE reservations SET state = 'reserved', deadline = $2, changed_at = $3"
                " WHERE id = $1 AND state = 'offered'",
                SQL_VALUES(sql_n(offer->id.n), sql_n(offer->deadline), sql_n(ask->ask.now))) != 1)
        return reservation_wrong_state(offer, why);
    offer->state = BOOKING_RESERVED;
    change_booking(change, offer->code, BOOKING_OFFERED, BOOKING_RESERVED);
    return RC_OK;
}

static enum rc accept_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct accept_request *ask = request;
    const struct pay_with with = {ask->expected, ask->n_tenders, ask->tenders};
    struct booking_reply *answer = reply;
    struct show_lock lock;
    struct party party;
    struct reservation offer;
    struct change change = {0};
    enum rc rc = party_lock_offered(db, ask->entry, &lock, &party, why);

    if (rc != RC_OK)
        return rc;
    offer = party_reservation(&party, lock.show);
    reservation_seats_hear(reservation_seats_ask(db, offer.id), &offer);
    if (ask->n_tenders != 0)
        rc = pay_reservation(db, &ask->ask, &offer, &with, &change, answer, why);
    else
        rc = keep(db, ask, &lock, &offer, &change, why);
    if (rc == RC_OK) {
        offer_finish(db, offer.id, ask->ask.now, OFFER_ACCEPTED, &change);
        change_journal(&change, db, &lock, &ask->ask, "accept");
        reservation_reply(&offer, &lock, answer);
        told_add(&answer->told, HINT_SEATS, lock.show, lock.rev);
        told_add(&answer->told, HINT_LIST, lock.show, lock.rev);
    }
    change_fini(&change);
    return rc;
}

const struct verb verb_accept = {
    .name = "accept",
    .request_size = sizeof(struct accept_request),
    .reply_size = sizeof(struct booking_reply),
    .keyed = true,
    .show = party_show,
    .run = accept_run,
};
