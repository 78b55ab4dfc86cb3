#include "core/desk/assign.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/change.h"
#include "core/desk/lease.h"
#include "core/desk/offers.h"
#include "core/desk/outlook.h"
#include "core/desk/person.h"

/* So often a show is looked at anew at most; twice is what it takes as a rule, five times in small
 * halls at odd times. The rest would be done the next time. */
enum { ROUNDS_MOST = 20 };

/* One show being assigned. */
struct assigning {
    struct sql *db;
    const struct assign_request *request;
    struct show_lock lock;
    struct outlook outlook;
    struct change change;
    int nth; /* of the codes that the random bits give */
    struct assign_reply *reply;
    struct fault *why;
};

/* A fence: a holder that was paused while another took over has an old term. */
static enum rc check_term(struct assigning *a)
{
    struct sql_statement *row = sql_ask(a->db, "SELECT term, holder FROM leases WHERE name = $1",
                                        SQL_VALUES(sql_t(LEASE_ASSIGNER)));
    bool there = sql_row(row);
    enum rc rc = RC_OK;

    if (!there)
        rc = fault_set(a->why, RC_LEASED, _("nobody is designated to assign"));
    else if (sql_number(row, 0) != a->request->term)
        rc = fault_set(a->why, RC_LEASED, _("%s is designated to assign, in term %" PRId64),
                       sql_text(row, 1), sql_number(row, 0));
    sql_done(row);
    return rc;
}

/* The same as a lock, before anything is written. */
static enum rc take_term(struct assigning *a)
{
    if (sql_run(a->db, "UPDATE leases SET beat = beat + 1 WHERE name = $1 AND term = $2",
                SQL_VALUES(sql_t(LEASE_ASSIGNER), sql_n(a->request->term))) == 1)
        return RC_OK;
    return fault_set(a->why, RC_LEASED, _("another terminal is designated to assign by now"));
}

/* The party's particulars, for the reservation that offers it seats. */
static void read_person(struct assigning *a, entry_id entry, struct person *person)
{
    struct sql_statement *row =
        sql_ask(a->db, "SELECT name, phone, note FROM waiting_list WHERE id = $1",
                SQL_VALUES(sql_n(entry.n)));

    *person = (struct person){0};
    if (sql_row(row))
        (void)person_read(person, sql_text(row, 0), sql_text(row, 1), sql_text(row, 2), NULL);
    sql_done(row);
}

static money price_of(const struct outlook *outlook, size_t place)
{
    return outlook->prices[outlook->plan->seats[place].zone];
}

static void entry_offered(struct assigning *a, entry_id entry)
{
    sql_run(a->db,
            "UPDATE waiting_list SET state = 'offered', reason = '', changed_at = $2"
            " WHERE id = $1 AND state = 'waiting'",
            SQL_VALUES(sql_n(entry.n), sql_n(a->request->ask.now)));
    change_entry(&a->change, entry, ENTRY_WAITING, ENTRY_OFFERED);
}

static enum rc offer(struct assigning *a, size_t i)
{
    const struct outlook *outlook = &a->outlook;
    const struct picked *picked = &outlook->results[i].seats;
    struct person person;
    struct offer_new new = {.ask = &a->request->ask,
                            .lock = &a->lock,
                            .person = &person,
                            .entry = outlook->entries[i].id,
                            .deadline = outlook->deadline,
                            .term = a->request->term};
    reservation_id reservation;
    enum rc rc = RC_OK;

    for (int s = 0; s < picked->n; s++)
        new.total += price_of(outlook, picked->seats[s]);
    read_person(a, new.entry, &person);
    reservation = offer_add(a->db, &new, &a->nth, &a->change);
    entry_offered(a, new.entry);
    for (int s = 0; s < picked->n && rc == RC_OK; s++) {
        size_t place = picked->seats[s];

        rc = offer_claim(a->db, &new, reservation, &outlook->plan->seats[place], outlook->type,
                         price_of(outlook, place), outlook->seats[place].returned, &a->change,
                         a->why);
    }
    a->reply->offered++;
    return rc;
}

/* Who was passed over is told why, and how often. */
static void explain(struct assigning *a, size_t i)
{
    const struct match_result *result = &a->outlook.results[i];

    if (result->passes == a->outlook.entries[i].passes &&
        strcmp(result->reason, a->outlook.stored[i].reason) == 0)
        return;
    sql_run(a->db, "UPDATE waiting_list SET reason = $2, passes = $3 WHERE id = $1",
            SQL_VALUES(sql_n(a->outlook.entries[i].id.n), sql_t(result->reason),
                       sql_n(result->passes)));
    told_add(&a->reply->told, HINT_LIST, a->lock.show, a->lock.rev);
}

static enum rc serve(struct assigning *a)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; a->outlook.results && i < a->outlook.n && rc == RC_OK; i++) {
        if (a->outlook.results[i].seated)
            rc = offer(a, i);
        else
            explain(a, i);
    }
    return rc;
}

static void free_seat(struct assigning *a, const struct plan_seat *seat)
{
    sql_run(a->db, "DELETE FROM claims WHERE show_id = $1 AND seat_id = $2 AND state = 'returned'",
            SQL_VALUES(sql_n(a->lock.show.n), sql_n(seat->id.n)));
    change_seat(&a->change, seat->label, CLAIM_RETURNED, CLAIM_FREE);
}

static void keep_seat(struct assigning *a, const struct plan_seat *seat,
                      const struct outlook_seat *fate)
{
    entry_id entry = a->outlook.entries[fate->whose].id;

    sql_run(a->db,
            "INSERT INTO claims (show_id, seat_id, state, since, entry_id)"
            " VALUES ($1, $2, 'returned', $3, $4) ON CONFLICT (show_id, seat_id)"
            " DO UPDATE SET entry_id = excluded.entry_id WHERE claims.state = 'returned'",
            SQL_VALUES(sql_n(a->lock.show.n), sql_n(seat->id.n), sql_n(a->request->ask.now),
                       sql_n(entry.n)));
    change_seat(&a->change, seat->label, fate->returned ? CLAIM_RETURNED : CLAIM_FREE,
                CLAIM_RETURNED);
}

/* Frees and keeps, in seat order. */
static void settle(struct assigning *a)
{
    const struct plan *plan = a->outlook.plan;

    for (size_t i = 0; i < plan->n; i++) {
        const struct outlook_seat *fate = &a->outlook.seats[i];

        if (fate->fate == OUTLOOK_FREED)
            free_seat(a, &plan->seats[i]);
        else if (fate->fate == OUTLOOK_KEPT)
            keep_seat(a, &plan->seats[i], fate);
    }
}

/* The show sells no more: nobody can be served. */
static void close_list(struct assigning *a)
{
    for (size_t i = 0; i < a->outlook.n; i++) {
        entry_id entry = a->outlook.entries[i].id;

        if (sql_run(a->db,
                    "UPDATE waiting_list SET state = 'closed', changed_at = $2"
                    " WHERE id = $1 AND state = 'waiting'",
                    SQL_VALUES(sql_n(entry.n), sql_n(a->request->ask.now))) == 1)
            change_entry(&a->change, entry, ENTRY_WAITING, ENTRY_CLOSED);
    }
    told_add(&a->reply->told, HINT_LIST, a->lock.show, a->lock.rev);
}

/* Writes what was decided. */
static enum rc act(struct assigning *a)
{
    enum rc rc = RC_OK;

    if (a->outlook.close)
        close_list(a);
    else
        rc = serve(a);
    if (rc == RC_OK && !a->outlook.close)
        settle(a);
    return rc;
}

/* Seats that were returned before all this and are free after it. */
static int32_t count_freed(const struct change *change)
{
    json_t *was = json_object_get(change->before, "seats");
    json_t *is = json_object_get(change->after, "seats");
    const char *label;
    json_t *word;
    int32_t n = 0;

    json_object_foreach(was, label, word)
    {
        const char *now = json_string_value(json_object_get(is, label));

        n += strcmp(json_string_value(word), "returned") == 0 && now && strcmp(now, "free") == 0;
    }
    return n;
}

/* Journals and tells what was done, in one row for the whole transaction. */
static void finish(struct assigning *a)
{
    if (change_any(&a->change)) {
        change_number(&a->change, "term", a->request->term);
        told_add(&a->reply->told, HINT_SEATS, a->lock.show, a->lock.rev);
    }
    if (a->reply->offered > 0)
        told_add(&a->reply->told, HINT_LIST, a->lock.show, a->lock.rev);
    a->reply->freed = count_freed(&a->change);
    a->reply->rev = a->lock.rev;
    change_journal(&a->change, a->db, &a->lock, &a->request->ask, "assign");
}

static enum rc look(struct assigning *a)
{
    outlook_fini(&a->outlook);
    return outlook_init(&a->outlook, a->db, a->request->show, a->request->ask.now,
                        a->request->strict != 0, a->why);
}

/* Takes the term and the show, so that what was decided stands; decides anew if the show has
 * changed in between. */
static enum rc lock(struct assigning *a)
{
    enum rc rc = take_term(a);

    if (rc == RC_OK)
        rc = show_lock(a->db, a->request->show, &a->lock, a->why);
    if (rc == RC_OK && a->lock.rev != a->outlook.rev + 1)
        rc = look(a);
    return rc;
}

/*
 * Decides on a read, so that doing nothing writes nothing. Who was passed over now may have a claim
 * to seats that would else be freed now, so it looks again until nothing is left to do.
 */
static enum rc assign_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct assigning a = {.db = db, .request = request, .reply = reply, .why = why};
    enum rc rc;

    rc = check_term(&a);
    if (rc == RC_OK)
        rc = look(&a);
    a.reply->rev = a.outlook.rev;
    if (rc == RC_OK && a.outlook.any) {
        rc = lock(&a);
        for (int i = 0; rc == RC_OK && a.outlook.any && i < ROUNDS_MOST; i++) {
            rc = act(&a);
            if (rc == RC_OK)
                rc = look(&a);
        }
        if (rc == RC_OK)
            finish(&a);
    }
    change_fini(&a.change);
    outlook_fini(&a.outlook);
    return rc;
}

static struct show_ref assign_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct assign_request *)request)->show.n};
}

const struct verb verb_assign = {
    .name = "assign",
    .request_size = sizeof(struct assign_request),
    .reply_size = sizeof(struct assign_reply),
    .keyed = false,
    .show = assign_show,
    .run = assign_run,
};

size_t assign_list(struct sql *db, when_ms now, show_id *shows, size_t most)
{
    size_t n = 0;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT s.id FROM shows s WHERE s.starts_at > $1 AND s.state = 'on'"
                " AND EXISTS (SELECT 1 FROM waiting_list w WHERE w.show_id = s.id"
                "  AND w.state = 'waiting')"
                " AND (s.sale_stop <= $2"
                "  OR EXISTS (SELECT 1 FROM claims c WHERE c.show_id = s.id"
                "   AND c.state = 'returned')"
                "  OR (SELECT count(*) FROM claims c WHERE c.show_id = s.id)"
                "   < (SELECT count(*) FROM seats t WHERE t.hall_id = s.hall_id)"
                "  OR EXISTS (SELECT 1 FROM claims c WHERE c.show_id = s.id"
                "   AND c.state = 'held' AND c.until <= $2)"
                "  OR EXISTS (SELECT 1 FROM reservations r WHERE r.show_id = s.id"
                "   AND r.state IN ('offered', 'reserved') AND r.deadline <= $2))"
                " ORDER BY s.starts_at LIMIT $3",
                SQL_VALUES(sql_n(now - 24 * WHEN_HOUR), sql_n(now), sql_n((int64_t)most)));

    while (n < most && sql_row(row))
        shows[n++].n = sql_number(row, 0);
    sql_done(row);
    return n;
}
