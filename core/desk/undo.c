/*
 * Undoing a leave, a decline or a no answer (waiting.h): the entry comes back to its own place,
 * with its offer when that one's seats are still there, as long as nobody behind it was served
 * since.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/deed.h"
#include "core/desk/lease.h"
#include "core/desk/offers.h"
#include "core/desk/party.h"
#include "core/desk/seating.h"
#include "core/desk/wish.h"
#include "core/rules/deadline.h"

/* One deed being undone. */
struct undoing {
    struct sql *db;
    const struct ask *ask;
    struct show_lock lock;
    struct deed deed;
    struct party party;
    struct person person;
    struct seating seating; /* of the offer that ended */
    bool returned[SEATS_MAX];
    when_ms deadline; /* of an offer made now */
    struct change change;
    struct fault *why;
};

static bool read_party(struct undoing *u)
{
    struct sql_statement *row =
        sql_ask(u->db,
                "SELECT state, party, seq, priority, name, phone, note FROM waiting_list"
                " WHERE id = $1 AND show_id = $2",
                SQL_VALUES(sql_n(u->deed.entry.n), sql_n(u->lock.show.n)));
    bool there = sql_row(row) && entry_parse(sql_text(row, 0), &u->party.state);

    if (there) {
        u->party.id = u->deed.entry;
        u->party.size = (int32_t)sql_number(row, 1);
        u->party.seq = sql_number(row, 2);
        u->party.priority = sql_number(row, 3);
        (void)person_read(&u->person, sql_text(row, 4), sql_text(row, 5), sql_text(row, 6), NULL);
    }
    sql_done(row);
    return there;
}

/* Was anyone who stands behind the party offered seats since? That would be unjust to undo. */
static enum rc check_served(struct undoing *u)
{
    const char *entry;
    json_t *yes;

    json_object_foreach(u->deed.offered, entry, yes)
    {
        if (sql_one_number(u->db, 0,
                           "SELECT 1 FROM waiting_list WHERE id = $1 AND (priority < $2"
                           " OR (priority = $2 AND seq > $3))",
                           SQL_VALUES(sql_n(strtoll(entry, NULL, 10)), sql_n(u->party.priority),
                                      sql_n(u->party.seq))) == 1)
            return fault_set(u->why, RC_TOO_LATE,
                             _("party %s, who stands behind, was offered seats since:"
                               " it can't be undone any more"),
                             entry);
    }
    return RC_OK;
}

static enum rc check(struct undoing *u)
{
    enum rc rc = wish_in_time(&u->lock, u->ask->now, u->why);

    if (rc == RC_OK && !read_party(u))
        rc = fault_set(u->why, RC_NOT_FOUND, _("there is no waiting party %" PRId64),
                       u->deed.entry.n);
    if (rc == RC_OK && u->party.state != ENTRY_WAITING && !entry_may(u->party.state, ENTRY_WAITING))
        rc = fault_set(u->why, RC_WRONG_STATE, _("party %" PRId64 " is %s: that stays"),
                       u->party.id.n, _(entry_word(u->party.state)));
    if (rc == RC_OK)
        rc = check_served(u);
    if (rc == RC_OK)
        rc = wish_single(u->db, &u->lock, u->person.phone_key, u->party.id, u->why);
    return rc;
}

/* Can a seat be offered again? Free, or returned and not kept for somebody else. */
static bool still_there(struct undoing *u, int i)
{
    struct sql_statement *row =
        sql_ask(u->db, "SELECT state, entry_id FROM claims WHERE show_id = $1 AND seat_id = $2",
                SQL_VALUES(sql_n(u->lock.show.n), sql_n(u->seating.seats[i].id.n)));
    bool there = true;

    u->returned[i] = sql_row(row);
    if (u->returned[i])
        there = strcmp(sql_text(row, 0), claim_word(CLAIM_RETURNED)) == 0 &&
                (sql_is_null(row, 1) || sql_number(row, 1) == u->party.id.n);
    sql_done(row);
    return there;
}

/* Is everything there that the offer was made of, at a price, with time to call? */
static bool can_offer(struct undoing *u)
{
    seat_id seats[SEATS_MAX];
    const type_id first[SEATS_MAX] = {{0}};

    u->deadline = deadline_offer(u->ask->now, u->lock.starts_at);
    if (u->deed.code[0] == '\0' || u->deed.n != u->party.size || u->deadline == 0)
        return false;
    u->seating.lock = u->lock;
    if (show_plan(u->db, &u->lock, &u->seating.plan, NULL) != RC_OK)
        return false;
    for (int32_t i = 0; i < u->deed.n; i++) {
        size_t place = plan_find_label(u->seating.plan, u->deed.labels[i]);

        if (place == PLAN_NONE)
            return false;
        seats[i] = u->seating.plan->seats[place].id;
    }
    if (seating_list(&u->seating, seats, first, u->deed.n, NULL) != RC_OK)
        return false;
    for (int i = 0; i < u->seating.n; i++)
        if (!still_there(u, i))
            return false;
    return seating_price(u->db, &u->seating, NULL) == RC_OK;
}

/* The same seats once more: a new offer, since the one that ended stays ended. */
static enum rc offer_again(struct undoing *u)
{
    const struct seating *seating = &u->seating;
    const struct offer_new new = {.ask = u->ask,
                                  .lock = &u->lock,
                                  .person = &u->person,
                                  .entry = u->party.id,
                                  .total = seating->total,
                                  .deadline = u->deadline,
                                  .term = sql_one_number(u->db, 0,
                                                         "SELECT term FROM leases WHERE name = $1",
                                                         SQL_VALUES(sql_t(LEASE_ASSIGNER)))};
    int nth = 0;
    reservation_id id = offer_add(u->db, &new, &nth, &u->change);
    enum rc rc = RC_OK;

    for (int i = 0; i < seating->n && rc == RC_OK; i++) {
        const struct seating_seat *seat = &seating->seats[i];

        rc = offer_claim(u->db, &new, id, &seating->plan->seats[seat->place], seat->type,
                         seat->amount, u->returned[i], &u->change, u->why);
    }
    return rc;
}

/* What the deed left behind: seats that would not be offered again, and a call that counts. */
static void forget(struct undoing *u)
{
    sql_run(u->db,
            "UPDATE calls SET outcome = 'closed' WHERE reservation_id IN"
            " (SELECT id FROM reservations WHERE code = $1) AND outcome <> ''",
            SQL_VALUES(sql_t(u->deed.code)));
    for (int32_t i = 0; i < u->deed.n; i++)
        sql_run(u->db,
                "DELETE FROM refused_seats WHERE entry_id = $1 AND seat_id IN"
                " (SELECT id FROM seats WHERE hall_id = $2 AND label = $3)",
                SQL_VALUES(sql_n(u->party.id.n), sql_n(u->lock.hall.n), sql_t(u->deed.labels[i])));
}

static enum rc put_back(struct undoing *u, enum entry_state *to)
{
    enum rc rc = RC_OK;

    forget(u);
    *to = can_offer(u) ? ENTRY_OFFERED : ENTRY_WAITING;
    if (*to == ENTRY_OFFERED)
        rc = offer_again(u);
    if (rc == RC_OK &&
        sql_run(u->db,
                "UPDATE waiting_list SET state = $2, changed_at = $3 WHERE id = $1 AND state = $4",
                SQL_VALUES(sql_n(u->party.id.n), sql_t(entry_word(*to)), sql_n(u->ask->now),
                           sql_t(entry_word(u->party.state)))) != 1)
        rc = fault_set(u->why, RC_WRONG_STATE, _("party %" PRId64 " has changed meanwhile"),
                       u->party.id.n);
    change_entry(&u->change, u->party.id, (int)u->party.state, *to);
    return rc;
}

static struct show_ref undo_show(const void *request)
{
    const struct undo_request *ask = request;

    return ask->show.n != 0 ? (struct show_ref){SHOW_ITSELF, ask->show.n} : party_show(request);
}

static enum rc undo_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct undo_request *ask = request;
    struct entry_reply *answer = reply;
    struct undoing u = {.db = db, .ask = &ask->ask, .why = why};
    enum entry_state to = ENTRY_WAITING;
    enum rc rc = RC_OK;

    if (!show_lock_hear(show_lock_ask(db, undo_show(request)), &u.lock))
        return ask->show.n != 0
                   ? fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), ask->show.n)
                   : fault_set(why, RC_NOT_FOUND, _("there is no waiting party %" PRId64),
                               ask->entry.n);
    rc = deed_find(db, u.lock.show, ask->entry, ask->ask.terminal, &u.deed, why);
    if (rc == RC_OK)
        rc = check(&u);
    if (rc == RC_OK)
        rc = put_back(&u, &to);
    if (rc == RC_OK) {
        change_text(&u.change, "undone", u.deed.what);
        change_journal(&u.change, db, &u.lock, &ask->ask, "undo");
        party_reply(db, &u.party, &u.lock, to, answer);
        told_add(&answer->told, to == ENTRY_OFFERED ? HINT_SEATS : HINT_RETURNED, u.lock.show,
                 u.lock.rev);
    }
    change_fini(&u.change);
    deed_fini(&u.deed);
    return rc;
}

const struct verb verb_undo = {
    .name = "undo",
    .request_size = sizeof(struct undo_request),
    .reply_size = sizeof(struct entry_reply),
    .keyed = true,
    .show = undo_show,
    .run = undo_run,
};
