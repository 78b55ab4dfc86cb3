#include "core/desk/waiting.h"

#include <inttypes.h>

#include "core/base/words.h"
#include "core/desk/party.h"
#include "core/desk/person.h"
#include "core/desk/wish.h"

static struct show_ref wait_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct wait_request *)request)->show.n};
}

/* Writes the entry at the end of the show's list. */
static void insert(struct sql *db, const struct wait_request *ask, const struct person *person,
                   struct party *party)
{
    struct sql_statement *row;

    party->seq = sql_one_number(db, 0,
                                "UPDATE shows SET next_entry = next_entry + 1 WHERE id = $1"
                                " RETURNING next_entry - 1",
                                SQL_VALUES(sql_n(ask->show.n)));
    row = sql_ask(
        db,
        "INSERT INTO waiting_list (show_id, seq, name, name_key, phone, phone_key, party,"
        " fit, zone, wheelchairs, note, state, present, joined_at, changed_at, terminal,"
        " operator) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12,"
        " $13, $13, $14, $15) RETURNING id",
        SQL_VALUES(sql_n(ask->show.n), sql_n(party->seq), sql_t(person->name),
                   sql_t(person->name_key), sql_t(person->phone), sql_t(person->phone_key),
                   sql_n(ask->party), sql_t(fit_text((enum fit)ask->fit)), sql_t(ask->zone),
                   sql_n(ask->wheelchairs), sql_t(person->note), sql_n(ask->present),
                   sql_n(ask->ask.now), sql_t(ask->ask.terminal), sql_n(ask->ask.operator_number)));
    if (sql_row(row))
        party->id.n = sql_number(row, 0);
    sql_done(row);
}

static enum rc wait_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct wait_request *ask = request;
    struct person person;
    struct show_lock lock;
    struct party party = {.size = ask->party, .state = ENTRY_WAITING};
    struct change change = {0};
    enum rc rc = wish_check(ask, why);

    if (rc == RC_OK)
        rc = person_read(&person, ask->name, ask->phone, ask->note, why);
    if (rc == RC_OK && person.name[0] == '\0')
        rc = fault_set(why, RC_BAD_INPUT, _("a waiting party needs a name"));
    if (rc == RC_OK)
        rc = show_lock(db, ask->show, &lock, why);
    if (rc == RC_OK)
        rc = wish_in_time(&lock, ask->ask.now, why);
    if (rc == RC_OK)
        rc = wish_zone(db, &lock, ask->zone, why);
    if (rc == RC_OK)
        rc = wish_single(db, &lock, person.phone_key, (entry_id){0}, why);
    if (rc != RC_OK)
        return rc;
    insert(db, ask, &person, &party);
    change_entry(&change, party.id, CHANGE_NONE, ENTRY_WAITING);
    change_number(&change, "party", ask->party);
    change_text(&change, "fit", fit_text((enum fit)ask->fit));
    change_journal(&change, db, &lock, &ask->ask, "wait");
    party_reply(db, &party, &lock, ENTRY_WAITING, reply);
    return RC_OK;
}

static enum rc leave_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct entry_request *ask = request;
    struct entry_reply *answer = reply;
    struct show_lock lock;
    struct party party;
    struct change change = {0};
    struct offer_returned returned = {0};
    enum rc rc = party_lock(db, ask->entry, &lock, &party, why);

    if (rc != RC_OK)
        return rc;
    if (!entry_may(party.state, ENTRY_LEFT))
        return fault_set(why, RC_WRONG_STATE, _("party %" PRId64 " is not on the list: %s"),
                         party.id.n, _(entry_word(party.state)));
    if (party.state == ENTRY_OFFERED) {
        offer_withdraw(db, &lock, party.reservation, ask->ask.now, OFFER_LEFT, BOOKING_CANCELLED,
                       &change, &returned);
    } else {
        sql_run(db,
                "UPDATE waiting_list SET state = 'left', changed_at = $2"
                " WHERE id = $1 AND state = 'waiting'",
                SQL_VALUES(sql_n(party.id.n), sql_n(ask->ask.now)));
        change_entry(&change, party.id, ENTRY_WAITING, ENTRY_LEFT);
    }
    party_let_go(db, &lock, party.id);
    change_journal(&change, db, &lock, &ask->ask, "leave");
    party_reply(db, &party, &lock, ENTRY_LEFT, answer);
    party_told(&answer->told, &lock, &returned);
    return RC_OK;
}

static enum rc present_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct entry_request *ask = request;
    struct show_lock lock;
    struct party party;
    struct change change = {0};
    enum rc rc = party_lock(db, ask->entry, &lock, &party, why);

    if (rc != RC_OK)
        return rc;
    if (ask->present != 0 && ask->present != 1)
        return fault_set(why, RC_BAD_INPUT, _("a party is at the counter or not"));
    if (party.state != ENTRY_WAITING && party.state != ENTRY_OFFERED)
        return fault_set(why, RC_WRONG_STATE, _("party %" PRId64 " is not on the list: %s"),
                         party.id.n, _(entry_word(party.state)));
    sql_run(db, "UPDATE waiting_list SET present = $2, changed_at = $3 WHERE id = $1",
            SQL_VALUES(sql_n(party.id.n), sql_n(ask->present), sql_n(ask->ask.now)));
    change_number(&change, "entry", party.id.n);
    change_number(&change, "present", ask->present);
    change_journal(&change, db, &lock, &ask->ask, "present");
    party_reply(db, &party, &lock, party.state, reply);
    return RC_OK;
}

const struct verb verb_wait = {
    .name = "wait",
    .request_size = sizeof(struct wait_request),
    .reply_size = sizeof(struct entry_reply),
    .keyed = true,
    .show = wait_show,
    .run = wait_run,
};
const struct verb verb_leave = PARTY_VERB("leave", struct entry_reply, leave_run);
const struct verb verb_present = PARTY_VERB("present", struct entry_reply, present_run);
