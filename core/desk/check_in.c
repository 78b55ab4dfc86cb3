/* The door: a ticket lets in once (tickets.h). */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/serials.h"
#include "core/rules/scan.h"

/* One coming in at work. */
struct coming {
    const struct check_in_request *request;
    struct check_in_reply *reply;
    struct reservation reservation;
    struct show_lock lock;
    const struct plan *plan;
    int n;
    struct ticket_had had[SEATS_MAX]; /* to be let in */
};

/* Which show and hall it is, for who stands at the door. */
static void describe(struct sql *db, struct coming *c)
{
    struct check_in_reply *reply = c->reply;
    struct sql_statement *row =
        sql_ask(db, "SELECT name FROM halls WHERE id = $1", SQL_VALUES(sql_n(c->lock.hall.n)));

    if (sql_row(row))
        (void)snprintf(reply->hall, sizeof reply->hall, "%s", sql_text(row, 0));
    sql_done(row);
    reply->reservation = c->reservation.id;
    reply->show = c->lock.show;
    reply->starts_at = c->lock.starts_at;
    memcpy(reply->code, c->reservation.code, sizeof reply->code);
    memcpy(reply->title, c->lock.title, sizeof reply->title);
}

/* The reservation at another show that was made of it at that moment. False: none was. */
static bool exchanged_for(struct sql *db, reservation_id reservation, when_ms at,
                          char code[static CODE_SIZE])
{
    struct sql_statement *row =
        sql_ask(db, "SELECT code FROM reservations WHERE from_id = $1 AND made_at = $2",
                SQL_VALUES(sql_n(reservation.n), sql_n(at)));
    const bool exchanged = sql_row(row);

    (void)snprintf(code, CODE_SIZE, "%s", exchanged ? sql_text(row, 0) : "");
    sql_done(row);
    return exchanged;
}

/* Why a dead ticket is dead. */
static enum rc dead(struct sql *db, reservation_id reservation, int64_t serial, when_ms died_at,
                    struct fault *why)
{
    char code[CODE_SIZE];
    char clock[WHEN_TEXT];
    int64_t newer = sql_one_number(db, 0, "SELECT serial FROM tickets WHERE of_serial = $1",
                                   SQL_VALUES(sql_n(serial)));

    when_clock(died_at, clock, sizeof clock);
    if (newer != 0)
        return fault_set(why, RC_REFUSED,
                         _("ticket %" PRId64 " is dead: it was printed anew as %" PRId64 " at %s"),
                         serial, newer, clock);
    if (exchanged_for(db, reservation, died_at, code))
        return fault_set(why, RC_REFUSED,
                         _("ticket %" PRId64 " is dead: its seat was exchanged at %s for %s"),
                         serial, clock, code);
    return fault_set(why, RC_REFUSED,
                     _("ticket %" PRId64 " is dead: its seat was given back at %s"), serial, clock);
}

static enum rc used(struct coming *c, const char *what, when_ms at, const char *on,
                    struct fault *why)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT];

    c->reply->used_at = at;
    (void)snprintf(c->reply->used_on, sizeof c->reply->used_on, "%s", on);
    return fault_set(why, RC_WRONG_STATE, _("%s was used already: %s %s, %s"), what,
                     when_day_name(when_day(at), day, sizeof day),
                     when_clock(at, clock, sizeof clock), on);
}

/* The one ticket that was shown. */
static enum rc choose_one(struct sql *db, struct coming *c, struct fault *why)
{
    int64_t serial = c->request->serial;
    char what[120], on[TERMINAL_SIZE];
    struct sql_statement *row =
        sql_ask(db,
                "SELECT state, seat_id, died_at, checked_in_at, checked_in_on FROM tickets"
                " WHERE serial = $1 AND reservation_id = $2",
                SQL_VALUES(sql_n(serial), sql_n(c->reservation.id.n)));
    enum rc rc = RC_OK;

    if (!sql_row(row))
        return fault_set(why, RC_NOT_FOUND, _("%s has no ticket %" PRId64), c->reservation.code,
                         serial);
    bool is_dead = strcmp(sql_text(row, 0), ticket_state_word(TICKET_DEAD)) == 0;
    bool was_used = strcmp(sql_text(row, 0), ticket_state_word(TICKET_USED)) == 0;
    when_ms at = sql_number(row, was_used ? 3 : 2);
    seat_id seat = {sql_number(row, 1)};
    (void)snprintf(on, sizeof on, "%s", sql_text(row, 4));
    sql_done(row);
    if (is_dead)
        return dead(db, c->reservation.id, serial, at, why);
    if (was_used) {
        /* translators: a ticket's number and seat; ends in a comma: "... was used already" follows
         */
        (void)snprintf(what, sizeof what, _("ticket %" PRId64 ", %s,"), serial,
                       plan_label(c->plan, seat));
        rc = used(c, what, at, on, why);
    }
    if (rc == RC_OK)
        c->had[c->n++] = (struct ticket_had){.serial = serial, .seat = seat};
    return rc;
}

/* All that the sale has and that are not in yet; seats that never got a ticket get one. */
static enum rc choose_all(struct sql *db, struct coming *c, struct fault *why)
{
    struct ticket_had all[SEATS_MAX];
    struct serials_given given = {0};
    int n;

    serials_give(db, c->reservation.id, c->lock.show, &c->request->ask, &given);
    n = serials_live(db, c->reservation.id, all);
    for (int i = 0; i < n; i++)
        if (all[i].state == TICKET_LIVE)
            c->had[c->n++] = all[i];
    if (c->n > 0)
        return RC_OK;
    char on[TERMINAL_SIZE] = "";
    when_ms at = 0;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT checked_in_at, checked_in_on FROM tickets WHERE reservation_id = $1"
                " AND state = 'used' ORDER BY checked_in_at DESC",
                SQL_VALUES(sql_n(c->reservation.id.n)));
    if (sql_row(row)) {
        at = sql_number(row, 0);
        (void)snprintf(on, sizeof on, "%s", sql_text(row, 1));
    }
    sql_done(row);
    return used(c, c->reservation.code, at, on, why);
}

/* Is it this evening's, and not over? */
static enum rc right_time(const struct coming *c, struct fault *why)
{
    when_ms now = c->request->ask.now;
    char clock[WHEN_TEXT], day[WHEN_TEXT];
    const char *at = when_clock(c->lock.starts_at, clock, sizeof clock);

    if (c->lock.cancelled)
        return fault_set(why, RC_REFUSED, _("%s at %s is cancelled"), c->lock.title, at);
    if (when_day(now) != when_day(c->lock.starts_at))
        return fault_set(why, RC_REFUSED, _("not today: it is for %s %s"),
                         when_day_name(when_day(c->lock.starts_at), day, sizeof day), at);
    if (now >= c->lock.ends_at)
        return fault_set(why, RC_TOO_LATE, _("%s at %s is over"), c->lock.title, at);
    return RC_OK;
}

static void let_in(struct sql *db, struct coming *c)
{
    const struct ask *ask = &c->request->ask;
    json_t *tickets = json_object();
    char book[BOOK_SIZE];

    for (int i = 0; i < c->n; i++) {
        const char *label = plan_label(c->plan, c->had[i].seat);

        sql_post(db,
                 "UPDATE tickets SET state = 'used', checked_in_at = $2, checked_in_on = $3,"
                 " checked_in_by = $4 WHERE serial = $1 AND state = 'live'",
                 SQL_VALUES(sql_n(c->had[i].serial), sql_n(ask->now), sql_t(ask->terminal),
                            sql_n(ask->operator_number)));
        if (tickets != NULL)
            json_object_set_new(tickets, label, json_integer(c->had[i].serial));
        (void)snprintf(c->reply->labels[c->reply->n++], LABEL_SIZE, "%s", label);
    }
    journal_add_at(db, &c->lock.end, journal_show_book(c->lock.show, book, sizeof book), ask,
                   "check_in", NULL,
                   json_pack("{s:s, s:o}", "code", c->reservation.code, "tickets", tickets));
    told_add(&c->reply->told, HINT_SEATS, c->lock.show, c->lock.rev);
}

static reservation_id reservation_of(struct sql *db, const struct check_in_request *request)
{
    return (reservation_id){sql_one_number(db, 0, "SELECT id FROM reservations WHERE code = $1",
                                           SQL_VALUES(sql_t(request->code)))};
}

static enum rc check_in_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct coming c = {.request = request, .reply = reply};
    reservation_id id = reservation_of(db, request);
    struct reservation_asked asked;
    enum rc rc;

    if (id.n == 0)
        return fault_set(why, RC_NOT_FOUND, _("there is no ticket of the code %.*s"), CODE_SIZE - 1,
                         c.request->code);
    asked = reservation_ask(db, id);
    rc = reservation_hear(&asked, c.request->ask.now, &c.reservation, &c.lock, why);
    if (rc == RC_OK)
        rc = show_plan(db, &c.lock, &c.plan, why);
    if (rc != RC_OK)
        return rc;
    describe(db, &c);
    if (c.request->serial != 0)
        rc = choose_one(db, &c, why);
    else if (c.reservation.state != BOOKING_SOLD)
        rc = reservation_wrong_state(&c.reservation, why);
    if (rc == RC_OK)
        rc = right_time(&c, why);
    if (rc == RC_OK && c.request->serial == 0)
        rc = choose_all(db, &c, why);
    if (rc == RC_OK)
        let_in(db, &c);
    return rc;
}

enum rc check_in_text(const char *text, struct check_in_request *request, struct fault *why)
{
    struct scan scan;
    size_t n = 0;

    request->serial = 0;
    memset(request->code, 0, sizeof request->code);
    if (scan_parse(text, &scan)) {
        request->serial = scan.serial;
        memcpy(request->code, scan.code, sizeof request->code);
        return RC_OK;
    }
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (isspace(c))
            continue;
        if (!isalnum(c) || n == CODE_SIZE - 1)
            break;
        request->code[n++] = (char)toupper(c);
    }
    if (*text == '\0' && n > 0)
        return RC_OK;
    return fault_set(why, RC_BAD_INPUT, _("that is no ticket and no code of a sale"));
}

const struct verb verb_check_in = {.name = "check_in",
                                   .request_size = sizeof(struct check_in_request),
                                   .reply_size = sizeof(struct check_in_reply),
                                   .keyed = true,
                                   .run = check_in_run};
