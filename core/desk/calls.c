/* Calling a party about its offer, and what it says (waiting.h): claim the call, no answer,
 * decline. */
#include <inttypes.h>
#include <stdio.h>

#include "core/base/words.h"
#include "core/desk/party.h"
#include "core/desk/waiting.h"
#include "core/rules/deadline.h"

/* Refuses, naming who is calling. */
static enum rc call_taken(struct sql *db, reservation_id reservation, struct fault *why)
{
    char clock[WHEN_TEXT];
    enum rc rc = fault_set(why, RC_TAKEN, _("somebody is calling already"));
    struct sql_statement *row =
        sql_ask(db, "SELECT caller, operator, claimed_until FROM calls WHERE reservation_id = $1",
                SQL_VALUES(sql_n(reservation.n)));

    if (sql_row(row))
        rc = fault_set(why, RC_TAKEN, _("%s (operator %" PRId64 ") is calling until %s"),
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
    change_journal(&change, db, &lock, &ask->ask, "call");
    party_reply(db, &party, &lock, ENTRY_OFFERED, reply);
    return RC_OK;
}

/* An offer that came to an end, and what it gave back. */
struct ended {
    struct show_lock lock;
    struct party party;
    struct offer_returned returned;
};

/* Ends the open offer of a party and journals it as `what`. */
static enum rc end_offer(struct sql *db, const struct entry_request *ask, enum offer_end end,
                         enum booking_state to, const char *what, struct ended *ended,
                         struct fault *why)
{
    struct change change = {0};
    enum rc rc = party_lock_offered(db, ask->entry, &ended->lock, &ended->party, why);

    if (rc == RC_OK && !offer_withdraw(db, &ended->lock, ended->party.reservation, ask->ask.now,
                                       end, to, &change, &ended->returned))
        rc = fault_set(why, RC_WRONG_STATE,
                       _("the offer of party %" PRId64 " has changed meanwhile"), ask->entry.n);
    if (rc == RC_OK)
        change_journal(&change, db, &ended->lock, &ask->ask, what);
    change_fini(&change);
    return rc;
}

static enum rc noanswer_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct entry_reply *answer = reply;
    struct ended ended;
    enum rc rc = end_offer(db, request, OFFER_NO_ANSWER, BOOKING_LAPSED, "no_answer", &ended, why);

    if (rc != RC_OK)
        return rc;
    party_reply(db, &ended.party, &ended.lock, ENTRY_WAITING, answer);
    party_told(&answer->told, &ended.lock, &ended.returned);
    return RC_OK;
}

static enum rc decline_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct booking_reply *answer = reply;
    struct ended ended;
    enum rc rc = end_offer(db, request, OFFER_DECLINED, BOOKING_CANCELLED, "decline", &ended, why);

    if (rc != RC_OK)
        return rc;
    answer->reservation = ended.party.reservation;
    answer->show = ended.lock.show;
    (void)snprintf(answer->code, sizeof answer->code, "%s", ended.party.code);
    answer->state = BOOKING_CANCELLED;
    answer->rev = ended.lock.rev;
    answer->given_back = ended.returned.n;
    answer->for_the_list = ended.returned.for_the_list;
    party_told(&answer->told, &ended.lock, &ended.returned);
    return RC_OK;
}

const struct verb verb_call = PARTY_VERB("call", struct entry_reply, call_run);
const struct verb verb_noanswer = PARTY_VERB("no_answer", struct entry_reply, noanswer_run);
const struct verb verb_decline = PARTY_VERB("decline", struct booking_reply, decline_run);
