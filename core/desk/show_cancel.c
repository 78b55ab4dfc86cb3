/* A show that does not take place: reservations cancelled, list closed, refunds noted as due. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/change.h"
#include "core/desk/house.h"
#include "core/desk/offers.h"
#include "core/desk/programme.h"
#include "core/desk/staff.h"
#include "core/desk/taking.h"
#include "core/desk/tickets.h"
#include "core/desk/were.h"

/* A seat that somebody has. */
struct seat_had {
    seat_id seat;
    reservation_id reservation; /* id 0: none */
    enum claim_state state;
};

/* A live reservation. */
struct booking_had {
    reservation_id id;
    enum booking_state state;
    char code[CODE_SIZE];
};

struct cancelling {
    struct sql *db;
    const struct ask *ask;
    struct show_lock lock;
    const struct plan *plan;
    struct change change;
    size_t n_seats, n_bookings;
    struct seat_had *seats;       /* by reservation, then seat */
    struct booking_had *bookings; /* by id */
};

static int64_t count(struct sql *db, const char *text, show_id show)
{
    return sql_one_number(db, 0, text, SQL_VALUES(sql_n(show.n)));
}

/* Room for what is read; the show is locked, so that the counts stand. False: out of memory. */
static bool make_room(struct cancelling *c)
{
    size_t seats =
        (size_t)count(c->db, "SELECT count(*) FROM claims WHERE show_id = $1", c->lock.show);
    size_t bookings = (size_t)count(c->db,
                                    "SELECT count(*) FROM reservations WHERE show_id = $1"
                                    " AND state IN ('offered', 'reserved', 'sold')",
                                    c->lock.show);

    c->seats = calloc(seats + 1, sizeof *c->seats);
    c->bookings = calloc(bookings + 1, sizeof *c->bookings);
    c->n_seats = seats;
    c->n_bookings = bookings;
    return c->seats != NULL && c->bookings != NULL;
}

static void read_seats(struct cancelling *c)
{
    size_t n = 0;
    struct sql_statement *rows =
        sql_ask(c->db,
                "SELECT seat_id, reservation_id, state FROM claims WHERE show_id = $1"
                " ORDER BY reservation_id, seat_id",
                SQL_VALUES(sql_n(c->lock.show.n)));

    while (n < c->n_seats && sql_row(rows)) {
        struct seat_had *seat = &c->seats[n++];

        seat->seat.n = sql_number(rows, 0);
        seat->reservation.n = sql_number(rows, 1);
        (void)claim_parse(sql_text(rows, 2), &seat->state); /* the schema knows no other words */
    }
    sql_done(rows);
    c->n_seats = n;
}

static void read_bookings(struct cancelling *c)
{
    size_t n = 0;
    struct sql_statement *rows = sql_ask(c->db,
                                         "SELECT id, state, code FROM reservations"
                                         " WHERE show_id = $1 AND state IN ('offered', 'reserved',"
                                         " 'sold') ORDER BY id",
                                         SQL_VALUES(sql_n(c->lock.show.n)));

    while (n < c->n_bookings && sql_row(rows)) {
        struct booking_had *booking = &c->bookings[n++];

        booking->id.n = sql_number(rows, 0);
        (void)booking_parse(sql_text(rows, 1), &booking->state);
        (void)snprintf(booking->code, sizeof booking->code, "%s", sql_text(rows, 2));
    }
    sql_done(rows);
    c->n_bookings = n;
}

/* Notes every seat as free. */
static void free_seats(struct cancelling *c)
{
    for (size_t i = 0; i < c->n_seats; i++)
        change_seat(&c->change, plan_label(c->plan, c->seats[i].seat), c->seats[i].state,
                    CLAIM_FREE);
    sql_run(c->db, "DELETE FROM claims WHERE show_id = $1", SQL_VALUES(sql_n(c->lock.show.n)));
}

/* What was paid and not refunded is due, by the tender it came with; nobody hands out a comp. */
static money note_refunds(struct cancelling *c)
{
    taking_back_show(c->db, c->ask, c->lock.show);
    sql_run(c->db,
            "INSERT INTO payments (reservation_id, n, kind, tender, amount, due, terminal,"
            " operator, paid_at) SELECT p.reservation_id, (SELECT MAX(o.n) FROM payments o"
            "  WHERE o.reservation_id = p.reservation_id)"
            " + ROW_NUMBER() OVER (PARTITION BY p.reservation_id ORDER BY p.tender),"
            " 'refund', p.tender,"
            " CAST(sum(CASE WHEN p.kind = 'pay' THEN p.amount ELSE -p.amount END) AS BIGINT),"
            " CASE WHEN p.tender = 'comp' THEN 0 ELSE 1 END, $2, $3, $4"
            " FROM payments p JOIN reservations r ON r.id = p.reservation_id"
            " WHERE r.show_id = $1 AND r.state = 'sold' GROUP BY p.reservation_id, p.tender"
            " HAVING sum(CASE WHEN p.kind = 'pay' THEN p.amount ELSE -p.amount END) > 0",
            SQL_VALUES(sql_n(c->lock.show.n), sql_t(c->ask->terminal),
                       sql_n(c->ask->operator_number), sql_n(c->ask->now)));
    return sql_one_number(c->db, 0,
                          "SELECT CAST(sum(p.amount) AS BIGINT) FROM payments p"
                          " JOIN reservations r ON r.id = p.reservation_id"
                          " WHERE r.show_id = $1 AND p.due = 1",
                          SQL_VALUES(sql_n(c->lock.show.n)));
}

/* Adds the labels of a reservation's seats; `*at` goes on to the next one's. */
static void add_labels(const struct cancelling *c, reservation_id id, size_t *at,
                       char were[static WERE_SIZE])
{
    while (*at < c->n_seats && c->seats[*at].reservation.n < id.n)
        ++*at;
    for (; *at < c->n_seats && c->seats[*at].reservation.n == id.n; ++*at)
        were_add(were, plan_label(c->plan, c->seats[*at].seat));
}

static void cancel_bookings(struct cancelling *c)
{
    size_t at = 0;

    for (size_t i = 0; i < c->n_bookings; i++) {
        const struct booking_had *booking = &c->bookings[i];
        char were[WERE_SIZE] = "";

        add_labels(c, booking->id, &at, were);
        if (booking->state == BOOKING_OFFERED)
            offer_finish(c->db, booking->id, c->ask->now, OFFER_CLOSED, &c->change);
        change_booking(&c->change, booking->code, (int)booking->state, BOOKING_CANCELLED);
        sql_run(c->db,
                "UPDATE reservations SET state = 'cancelled', total = 0, deadline = NULL,"
                " changed_at = $2,"
                " seats_were = CASE WHEN seats_were = '' THEN $3 ELSE seats_were || ' ' || $3 END"
                " WHERE id = $1 AND state IN ('offered', 'reserved', 'sold')",
                SQL_VALUES(sql_n(booking->id.n), sql_n(c->ask->now), sql_t(were)));
    }
}

/* Closes who still waits; offers were closed with their reservations. */
static void close_list(struct cancelling *c)
{
    struct sql_statement *rows = sql_ask(c->db,
                                         "UPDATE waiting_list SET state = 'closed', changed_at = $2"
                                         " WHERE show_id = $1 AND state = 'waiting' RETURNING id",
                                         SQL_VALUES(sql_n(c->lock.show.n), sql_n(c->ask->now)));

    while (sql_row(rows))
        change_entry(&c->change, (entry_id){sql_number(rows, 0)}, ENTRY_WAITING, ENTRY_CLOSED);
}

static enum rc cancel_all(struct cancelling *c, struct show_reply *reply, struct fault *why)
{
    show_id show = c->lock.show;

    if (!make_room(c))
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    read_seats(c);
    read_bookings(c);
    reply->reservations = (int32_t)c->n_bookings;
    reply->entries = (int32_t)count(c->db,
                                    "SELECT count(*) FROM waiting_list WHERE show_id = $1"
                                    " AND state IN ('waiting', 'offered')",
                                    show);
    reply->refunds_due = note_refunds(c);
    cancel_bookings(c);
    free_seats(c);
    tickets_die_all(c->db, show, c->ask->now);
    close_list(c);
    sql_run(c->db, "UPDATE shows SET state = 'cancelled' WHERE id = $1", SQL_VALUES(sql_n(show.n)));
    change_text(&c->change, "show", "cancelled");
    change_number(&c->change, "refunds_due", reply->refunds_due);
    change_journal(&c->change, c->db, &c->lock, c->ask, "show_cancel");
    return RC_OK;
}

static enum rc run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct show_cancel_request *wish = request;
    struct show_reply *done = reply;
    struct cancelling c = {.db = db, .ask = &wish->ask};
    char name[PROGRAMME_NAME];
    enum rc rc = show_lock(db, wish->show, &c.lock, why);

    if (rc == RC_OK)
        rc = staff_may(db, c.ask, RIGHT_MANAGE, why);
    if (rc == RC_OK && c.lock.cancelled)
        rc = fault_set(why, RC_WRONG_STATE, _("%s is cancelled already"),
                       programme_name(c.lock.title, c.lock.starts_at, name, sizeof name));
    if (rc == RC_OK)
        rc = show_plan(db, &c.lock, &c.plan, why);
    if (rc == RC_OK)
        rc = cancel_all(&c, done, why);
    if (rc == RC_OK) {
        done->show = wish->show;
        done->rev = c.lock.rev;
        told_add(&done->told, HINT_PROGRAMME, wish->show, c.lock.rev);
        told_add(&done->told, HINT_SEATS, wish->show, c.lock.rev);
        told_add(&done->told, HINT_LIST, wish->show, c.lock.rev);
    }
    change_fini(&c.change);
    free(c.bookings);
    free(c.seats);
    return rc;
}

static struct show_ref show_of(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct show_cancel_request *)request)->show.n};
}

const struct verb verb_show_cancel = {
    .name = "show_cancel",
    .request_size = sizeof(struct show_cancel_request),
    .reply_size = sizeof(struct show_reply),
    .keyed = true,
    .show = show_of,
    .run = run,
};
