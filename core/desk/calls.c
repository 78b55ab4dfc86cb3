/* Calling a party about its offer, and what it says (waiting.h): claim the call, no answer,
 * decline. */
#include <inttypes.h>
#include <stdio.h>

#include "core/desk/party.h"
#include "core/desk/waiting.h"
#include "core/rules/deadline.h"

/* Refuses, naming who is calling. */
static enum rc call_taken(struct sql *db, reservation_id reservation, struct fault *why)
{
    char clock[WHEN_TEXT];
    enum rc rc = fault_set(why, RC_TAKEN, "somebody is calling already");
    struct sql_statement *row =
        sql_ask(db, "SELECT caller, operator, claimed_until FROM calls WHERE reservation_id = $1",
                SQL_VALUES(sql_n(reservation.n)));

    if (sql_row(row))
        rc = fault_set(why, RC_TAKEN, "%s (operator %" PRId64 ") is calling until %s",
                       sql_text(row, 0), sql_number(row, 1),
                       when_clock(sql_number(row, 2), clock, sizeof clock));
    sql_done(row);
    return rc;
}

static enum rc call_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct entry_request *ask = request;
    struct show_lock lock;
    struct party party;
    struct change change = {0};
    enum rc rc = party_lock_offered(db, ask->entry, &lock, &party, why);

    if (rc != RC_OK)
        return rc;
    if (sql_run(db,
                "UPDATE calls SET caller = $2, operator = $3, claimed_until = $4"
                " WHERE reservation_id = $1 AND outcome = ''"
                " AND (claimed_until <= $5 OR (caller = $2 AND operator = $3))",
                SQL_VALUES(sql_n(party.reservation.n), sql_t(ask->ask.terminal),
                           sql_n(ask->ask.operator_number), sql_n(ask->ask.now + CALL_CLAIM),
                           sql_n(ask->ask.now))) != 1)
        return call_taken(db, party.reservation, why);
    change_number(&change, "entry", party.id.n);
    change_text(&change, "offer", party.code);
    change_journal(&change, db, lock.show, &ask->ask, "call");
    party_reply(db, &party, &lock, ENTRY_OFFERED, reply);
    return RC_OK;
}

static enum rc noanswer_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct entry_request *ask = request;
    struct entry_reply *answer = reply;
    struct show_lock lock;
    struct party party;
    struct change change = {0};
    struct offer_returned returned;
    enum rc rc = party_lock_offered(db, ask->entry, &lock, &party, why);

    if (rc != RC_OK)
        return rc;
    offer_withdraw(db, &lock, party.reservation, ask->ask.now, OFFER_NO_ANSWER, BOOKING_LAPSED,
                   &change, &returned);
    change_journal(&change, db, lock.show, &ask->ask, "no_answer");
    party_reply(db, &party, &lock, ENTRY_WAITING, answer);
    party_told(&answer->told, &lock, &returned);
    return RC_OK;
}

static enum rc decline_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct entry_request *ask = request;
    struct booking_reply *answer = reply;
    struct show_lock lock;
    struct party party;
    struct change change = {0};
    struct offer_returned returned;
    enum rc rc = party_lock_offered(db, ask->entry, &lock, &party, why);

    if (rc != RC_OK)
        return rc;
    offer_withdraw(db, &lock, party.reservation, ask->ask.now, OFFER_DECLINED, BOOKING_CANCELLED,
                   &change, &returned);
    change_journal(&change, db, lock.show, &ask->ask, "decline");
    answer->reservation = party.reservation;
    answer->show = lock.show;
    (void)snprintf(answer->code, sizeof answer->code, "%s", party.code);
    answer->state = BOOKING_CANCELLED;
    answer->rev = lock.rev;
    answer->given_back = returned.n;
    answer->for_the_list = returned.for_the_list;
    party_told(&answer->told, &lock, &returned);
    return RC_OK;
}

const struct verb verb_call = PARTY_VERB("call", struct entry_reply, call_run);
const struct verb verb_noanswer = PARTY_VERB("no_answer", struct entry_reply, noanswer_run);
const struct verb verb_decline = PARTY_VERB("decline", struct booking_reply, decline_run);
