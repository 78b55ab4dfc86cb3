#include "core/desk/party.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"

struct show_ref party_show(const void *request)
{
    return (struct show_ref){SHOW_OF_ENTRY, ((const struct entry_request *)request)->entry.n};
}

/* Asks for the party with its open offer. */
static struct sql_statement *party_ask(struct sql *db, entry_id entry)
{
    return sql_ask(db,
                   "SELECT w.state, w.party, w.seq, w.priority, r.id, r.code, r.deadline, r.total"
                   " FROM waiting_list w LEFT JOIN reservations r"
                   " ON r.entry_id = w.id AND r.state = 'offered' WHERE w.id = $1",
                   SQL_VALUES(sql_n(entry.n)));
}

static bool party_read(struct sql_statement *row, entry_id entry, struct party *party)
{
    *party = (struct party){.id = entry};
    if (!sql_row(row) || !entry_parse(sql_text(row, 0), &party->state)) {
        sql_done(row);
        return false;
    }
    party->size = (int32_t)sql_number(row, 1);
    party->seq = sql_number(row, 2);
    party->priority = sql_number(row, 3);
    party->reservation.n = sql_number(row, 4);
    (void)snprintf(party->code, sizeof party->code, "%s", sql_text(row, 5));
    party->deadline = sql_number(row, 6);
    party->total = sql_number(row, 7);
    sql_done(row);
    return true;
}

enum rc party_lock(struct sql *db, entry_id entry, struct show_lock *lock, struct party *party,
                   struct fault *why)
{
    struct sql_statement *show = show_lock_ask(db, (struct show_ref){SHOW_OF_ENTRY, entry.n});
    struct sql_statement *row = party_ask(db, entry);

    if (show_lock_hear(show, lock) && party_read(row, entry, party))
        return RC_OK;
    return fault_set(why, RC_NOT_FOUND, _("there is no waiting party %" PRId64), entry.n);
}

static enum rc want_offer(const struct party *party, struct fault *why)
{
    if (party->state == ENTRY_OFFERED && party->reservation.n != 0)
        return RC_OK;
    if (party->state == ENTRY_WAITING)
        return fault_set(why, RC_WRONG_STATE, _("party %" PRId64 " has no open offer, it waits"),
                         party->id.n);
    return fault_set(why, RC_WRONG_STATE, _("party %" PRId64 " has no open offer: %s"), party->id.n,
                     _(entry_word(party->state)));
}

enum rc party_lock_offered(struct sql *db, entry_id entry, struct show_lock *lock,
                           struct party *party, struct fault *why)
{
    enum rc rc = party_lock(db, entry, lock, party, why);

    return rc == RC_OK ? want_offer(party, why) : rc;
}

struct reservation party_reservation(const struct party *party, show_id show)
{
    struct reservation reservation = {.id = party->reservation,
                                      .show = show,
                                      .state = BOOKING_OFFERED,
                                      .total = party->total,
                                      .deadline = party->deadline,
                                      .entry = party->id};

    memcpy(reservation.code, party->code, sizeof reservation.code);
    return reservation;
}

void party_reply(struct sql *db, const struct party *party, const struct show_lock *lock,
                 enum entry_state state, struct entry_reply *reply)
{
    reply->entry = party->id;
    reply->show = lock->show;
    reply->state = (int32_t)state;
    reply->rev = lock->rev;
    if (state == ENTRY_WAITING || state == ENTRY_OFFERED)
        reply->position = (int32_t)sql_one_number(
            db, 0,
            "SELECT count(*) + 1 FROM waiting_list WHERE show_id = $1"
            " AND state IN ('waiting', 'offered') AND (priority > $2"
            " OR (priority = $2 AND seq < $3))",
            SQL_VALUES(sql_n(lock->show.n), sql_n(party->priority), sql_n(party->seq)));
    told_add(&reply->told, HINT_LIST, lock->show, lock->rev);
}

void party_let_go(struct sql *db, const struct show_lock *lock, entry_id entry)
{
    sql_run(db,
            "UPDATE claims SET entry_id = NULL WHERE show_id = $1 AND state = 'returned'"
            " AND entry_id = $2",
            SQL_VALUES(sql_n(lock->show.n), sql_n(entry.n)));
}

void party_told(struct told *told, const struct show_lock *lock,
                const struct offer_returned *returned)
{
    told_add(told, returned->for_the_list > 0 ? HINT_RETURNED : HINT_SEATS, lock->show, lock->rev);
    told_add(told, HINT_LIST, lock->show, lock->rev);
}
