/* Giving serials, printing anew, torn, dead (tickets.h). The door is in check_in.c. */
#include "core/desk/tickets.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/owed.h"
#include "core/desk/reservation.h"
#include "core/desk/serials.h"
#include "core/desk/staff.h"

const char *ticket_state_word(enum ticket_state state)
{
    static const char *const words[] = {
#define TICKET_WORD(name, word) word,
        TICKET_STATES(TICKET_WORD)
#undef TICKET_WORD
    };

    return words[state];
}

const char *ticket_print_word(enum ticket_print print)
{
    static const char *const words[] = {
#define PRINT_WORD(name, word) word,
        TICKET_PRINTS(PRINT_WORD)
#undef PRINT_WORD
    };

    return words[print];
}

/* A verb on a sale's tickets at work. */
struct ticketing {
    const struct ticket_request *request;
    struct ticket_reply *reply;
    struct reservation reservation;
    struct show_lock lock;
    const struct plan *plan;
    int n;
    struct ticket_had had[SEATS_MAX]; /* live and used ones of the seats asked for */
    json_t *before, *after;
};

static enum rc begin(struct sql *db, struct ticketing *t, const struct ticket_request *request,
                     struct ticket_reply *reply, struct fault *why)
{
    const struct reservation_asked asked = reservation_ask(db, request->reservation);
    enum rc rc;

    *t = (struct ticketing){.request = request, .reply = reply};
    rc = reservation_hear(&asked, request->ask.now, &t->reservation, &t->lock, why);
    if (rc == RC_OK && t->reservation.state != BOOKING_SOLD)
        rc = reservation_wrong_state(&t->reservation, why);
    if (rc == RC_OK && (request->n < 0 || request->n > SEATS_MAX))
        rc = fault_set(why, RC_BAD_INPUT, _("at most %d seats at once"), SEATS_MAX);
    if (rc == RC_OK)
        rc = show_plan(db, &t->lock, &t->plan, why);
    return rc;
}

/* Ends it: its journal row, and what the caller is told. */
static void end(struct sql *db, struct ticketing *t, const char *what)
{
    char book[BOOK_SIZE];

    journal_add_at(db, &t->lock.end, journal_show_book(t->lock.show, book, sizeof book),
                   &t->request->ask, what, t->before, t->after);
    told_add(&t->reply->told, HINT_SEATS, t->lock.show, t->lock.rev);
}

static void answer(struct sql *db, struct ticketing *t)
{
    struct ticket_reply *reply = t->reply;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT serial FROM tickets WHERE reservation_id = $1 AND state <> 'dead'"
                " AND (print = 'failed' OR print = 'torn') ORDER BY seat_id",
                SQL_VALUES(sql_n(t->reservation.id.n)));

    while (reply->n < SEATS_MAX && sql_row(rows))
        reply->serials[reply->n++] = sql_number(rows, 0);
    sql_done(rows);
    reply->reservation = t->reservation.id;
    reply->show = t->lock.show;
    reply->rev = t->lock.rev;
    memcpy(reply->code, t->reservation.code, sizeof reply->code);
}

/* --- issue ----------------------------------------------------------------------------------- */

static enum rc issue_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct ticketing t;
    struct serials_given given = {0};
    enum rc rc = begin(db, &t, request, reply, why);

    if (rc != RC_OK)
        return rc;
    answer(db, &t);
    serials_give(db, t.reservation.id, t.lock.show, &t.request->ask, &given);
    for (int i = 0; i < given.n && t.reply->n < SEATS_MAX; i++)
        t.reply->serials[t.reply->n++] = given.first + i;
    t.reply->made = given.n;
    if (t.reply->n > 0)
        owed_add(db, &t.request->ask, t.reservation.id);
    if (given.n == 0)
        return RC_OK;
    t.after = serials_journal(&given, t.plan, t.reservation.code);
    end(db, &t, "issue");
    return RC_OK;
}

const struct verb verb_issue = {.name = "issue",
                                .request_size = sizeof(struct ticket_request),
                                .reply_size = sizeof(struct ticket_reply),
                                .keyed = true,
                                .run = issue_run};

/* --- reprint --------------------------------------------------------------------------------- */

static bool asked_for(const struct ticket_request *request, seat_id seat)
{
    for (int32_t i = 0; i < request->n; i++)
        if (request->seats[i].n == seat.n)
            return true;
    return request->n == 0;
}

/* The tickets of the seats asked for; a seat that has none is named. */
static enum rc choose(struct sql *db, struct ticketing *t, struct fault *why)
{
    const struct ticket_request *request = t->request;
    struct ticket_had all[SEATS_MAX];
    int n = serials_live(db, t->reservation.id, all);

    for (int i = 0; i < n; i++)
        if (asked_for(request, all[i].seat))
            t->had[t->n++] = all[i];
    for (int32_t i = 0; i < request->n; i++) {
        bool there = false;

        for (int j = 0; j < t->n; j++)
            there |= t->had[j].seat.n == request->seats[i].n;
        if (!there)
            return fault_set(why, RC_NOT_FOUND, _("%s has no ticket for %s"), t->reservation.code,
                             plan_label(t->plan, request->seats[i]));
    }
    if (t->n == 0)
        return fault_set(why, RC_REFUSED, _("%s has no tickets yet"), t->reservation.code);
    return RC_OK;
}

static json_t *serials_by_seat(const struct ticketing *t, int64_t first)
{
    json_t *tickets = json_object();

    for (int i = 0; tickets != NULL && i < t->n; i++)
        json_object_set_new(tickets, plan_label(t->plan, t->had[i].seat),
                            json_integer(first > 0 ? first + i : t->had[i].serial));
    return json_pack("{s:o}", "tickets", tickets);
}

/* Kills the old ones and stores their successors, which are what those were. */
static void replace(struct sql *db, struct ticketing *t)
{
    const struct ask *ask = &t->request->ask;
    int64_t first = serials_take(db, t->n);

    for (int i = 0; i < t->n; i++) {
        sql_post(db, "UPDATE tickets SET state = 'dead', died_at = $2 WHERE serial = $1",
                 SQL_VALUES(sql_n(t->had[i].serial), sql_n(ask->now)));
        sql_post(db,
                 "INSERT INTO tickets (serial, reservation_id, show_id, seat_id, type_id, amount,"
                 " state, of_serial, copies, reason, print, issued_at, terminal, operator,"
                 " checked_in_at, checked_in_on, checked_in_by)"
                 " SELECT $1, reservation_id, show_id, seat_id, type_id, amount, $3, serial,"
                 " copies + 1, $4, 'due', $5, $6, $7, checked_in_at, checked_in_on, checked_in_by"
                 " FROM tickets WHERE serial = $2",
                 SQL_VALUES(sql_n(first + i), sql_n(t->had[i].serial),
                            sql_t(ticket_state_word(t->had[i].state)), sql_t(t->request->reason),
                            sql_n(ask->now), sql_t(ask->terminal), sql_n(ask->operator_number)));
        t->reply->serials[i] = first + i;
    }
    t->reply->n = t->n;
    t->reply->made = t->n;
    t->before = serials_by_seat(t, 0);
    t->after = serials_by_seat(t, first);
    json_object_set_new(t->after, "reason", json_string(t->request->reason));
    json_object_set_new(t->after, "code", json_string(t->reservation.code));
}

static enum rc reprint_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct ticketing t;
    const struct ticket_request *wish = request;
    enum rc rc = staff_may(db, &wish->ask, RIGHT_REPRINT, why);

    if (rc == RC_OK)
        rc = text_check(_("reason"), wish->reason, NOTE_SIZE - 1, why);

    if (rc == RC_OK && wish->reason[0] == '\0')
        rc = fault_set(why, RC_REFUSED, _("a ticket is printed anew for a reason: say which"));
    if (rc == RC_OK)
        rc = begin(db, &t, request, reply, why);
    if (rc == RC_OK)
        rc = choose(db, &t, why);
    if (rc != RC_OK)
        return rc;
    answer(db, &t);
    replace(db, &t);
    owed_add(db, &t.request->ask, t.reservation.id);
    end(db, &t, "reprint");
    return RC_OK;
}

const struct verb verb_reprint = {.name = "reprint",
                                  .request_size = sizeof(struct ticket_request),
                                  .reply_size = sizeof(struct ticket_reply),
                                  .keyed = true,
                                  .run = reprint_run};

/* --- torn ------------------------------------------------------------------------------------ */

static enum rc may_be_torn(const struct ticketing *t, struct fault *why)
{
    char clock[WHEN_TEXT];

    for (int i = 0; i < t->n; i++) {
        const struct ticket_had *had = &t->had[i];

        if (had->printed_at == 0)
            return fault_set(why, RC_REFUSED, _("ticket %" PRId64 " has not been printed"),
                             had->serial);
        if (strcmp(had->terminal, t->request->ask.terminal) != 0)
            return fault_set(
                why, RC_REFUSED,
                _("ticket %" PRId64 " was printed on %s: print it anew, with a reason"),
                had->serial, had->terminal);
        if (t->request->ask.now - had->printed_at > TICKET_TORN_MS)
            return fault_set(why, RC_TOO_LATE,
                             _("ticket %" PRId64
                               " was printed at %s: after %d minutes it is printed anew, with a"
                               " reason"),
                             had->serial, when_clock(had->printed_at, clock, sizeof clock),
                             (int)(TICKET_TORN_MS / WHEN_MINUTE));
    }
    return RC_OK;
}

static enum rc torn_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct ticketing t;
    enum rc rc = begin(db, &t, request, reply, why);

    if (rc == RC_OK)
        rc = choose(db, &t, why);
    if (rc == RC_OK)
        rc = may_be_torn(&t, why);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < t.n; i++)
        sql_run(db, "UPDATE tickets SET print = 'torn', torn = torn + 1 WHERE serial = $1",
                SQL_VALUES(sql_n(t.had[i].serial)));
    owed_add(db, &t.request->ask, t.reservation.id);
    answer(db, &t);
    t.after = serials_by_seat(&t, 0);
    json_object_set_new(t.after, "code", json_string(t.reservation.code));
    end(db, &t, "torn");
    return RC_OK;
}

const struct verb verb_torn = {.name = "torn",
                               .request_size = sizeof(struct ticket_request),
                               .reply_size = sizeof(struct ticket_reply),
                               .keyed = true,
                               .run = torn_run};

/* --- printed --------------------------------------------------------------------------------- */

static enum rc printed_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct printed_request *done = request;
    struct printed_reply *told = reply;

    if (done->n < 0 || done->n > SEATS_MAX ||
        (done->print != PRINT_PRINTED && done->print != PRINT_FAILED))
        return fault_set(why, RC_BAD_INPUT, _("a ticket was printed or it was not"));
    if (done->n > 0)
        owed_lock(db, done->serials[0]);
    for (int32_t i = 0; i < done->n; i++)
        told->n += (int32_t)sql_run(
            db,
            "UPDATE tickets SET print = $2, printed_at = $3, terminal = $4 WHERE serial = $1"
            " AND state <> 'dead'",
            SQL_VALUES(sql_n(done->serials[i]),
                       sql_t(ticket_print_word((enum ticket_print)done->print)),
                       done->print == PRINT_PRINTED ? sql_n(done->ask.now) : sql_null(),
                       sql_t(done->ask.terminal)));
    if (done->n > 0 && done->print == PRINT_PRINTED)
        owed_settle(db, done->serials[0]);
    else if (done->n > 0)
        owed_failed(db, &done->ask, done->serials[0]);
    return RC_OK;
}

const struct verb verb_printed = {.name = "printed",
                                  .request_size = sizeof(struct printed_request),
                                  .reply_size = sizeof(struct printed_reply),
                                  .keyed = true,
                                  .run = printed_run};

/* --- dead ------------------------------------------------------------------------------------ */

void tickets_die(struct sql *db, reservation_id reservation, when_ms now)
{
    sql_post(db,
             "UPDATE tickets SET state = 'dead', died_at = $2 WHERE reservation_id = $1"
             " AND state <> 'dead' AND NOT EXISTS (SELECT 1 FROM claims c"
             " WHERE c.show_id = tickets.show_id AND c.seat_id = tickets.seat_id"
             " AND c.reservation_id = tickets.reservation_id)",
             SQL_VALUES(sql_n(reservation.n), sql_n(now)));
}

void tickets_die_all(struct sql *db, show_id show, when_ms now)
{
    sql_post(db,
             "UPDATE tickets SET state = 'dead', died_at = $2 WHERE show_id = $1"
             " AND state <> 'dead'",
             SQL_VALUES(sql_n(show.n), sql_n(now)));
}
