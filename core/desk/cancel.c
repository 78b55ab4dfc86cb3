#include <inttypes.h>
#include <string.h>

#include "core/desk/change.h"
#include "core/desk/reservation.h"
#include "core/desk/tender.h"

/* One cancellation at work. */
struct cancelling {
    const struct cancel_request *request;
    struct reservation reservation;
    struct show_lock lock;
    const struct plan *plan;
    int all; /* seats it has */
    int n;   /* of them to give back, in seat order */
    struct reservation_seat seats[SEATS_MAX];
    money amount;         /* of those seats */
    char were[WERE_SIZE]; /* their labels */
    struct change change;
};

static bool asked_for(const struct cancel_request *request, seat_id seat)
{
    for (int32_t i = 0; i < request->n; i++)
        if (request->seats[i].n == seat.n)
            return true;
    return request->n == 0;
}

static bool among(const struct reservation_seat *seats, int n, seat_id seat)
{
    for (int i = 0; i < n; i++)
        if (seats[i].seat.n == seat.n)
            return true;
    return false;
}

/* The seats to give back: all, or those asked for, each of which must be its own. */
static enum rc choose(struct sql *db, struct cancelling *c, struct fault *why)
{
    const struct cancel_request *request = c->request;
    struct reservation_seat all[SEATS_MAX];
    int n = reservation_seats(db, c->reservation.id, all);

    if (request->n < 0 || request->n > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, "at most %d seats are cancelled at once", SEATS_MAX);
    c->all = n;
    for (int32_t i = 0; i < request->n; i++)
        if (!among(all, n, request->seats[i]))
            return fault_set(why, RC_NOT_FOUND, "%s has no seat %s", c->reservation.code,
                             plan_label(c->plan, request->seats[i]));
    for (int i = 0; i < n; i++) {
        if (!asked_for(request, all[i].seat))
            continue;
        c->seats[c->n++] = all[i];
        c->amount += all[i].amount;
    }
    return RC_OK;
}

static enum rc may_cancel(const struct cancelling *c, struct fault *why)
{
    char clock[WHEN_TEXT];

    if (c->reservation.state != BOOKING_RESERVED && c->reservation.state != BOOKING_SOLD)
        return reservation_wrong_state(&c->reservation, why);
    if (c->request->ask.now >= c->lock.ends_at)
        return fault_set(why, RC_TOO_LATE, "%s ended at %s: nothing is given back after that",
                         c->lock.title, when_clock(c->lock.ends_at, clock, sizeof clock));
    return RC_OK;
}

static void give_back(struct sql *db, struct cancelling *c, struct booking_reply *reply)
{
    enum claim_state from = c->reservation.state == BOOKING_SOLD ? CLAIM_SOLD : CLAIM_RESERVED;

    for (int i = 0; i < c->n; i++) {
        const char *label = plan_label(c->plan, c->seats[i].seat);
        enum claim_state to = tidy_give_back(db, &c->lock, c->request->ask.now, c->seats[i].seat);

        were_add(c->were, label);
        change_seat(&c->change, label, from, to);
        reply->given_back++;
        reply->for_the_list += to == CLAIM_RETURNED;
    }
}

/* What was paid for the seats goes back to what it was paid with. */
static enum rc refund(struct sql *db, struct cancelling *c, struct booking_reply *reply,
                      struct fault *why)
{
    if (c->reservation.state != BOOKING_SOLD)
        return RC_OK;
    reply->refunded =
        tender_refund(db, &c->request->ask, c->reservation.id, c->amount, false, &c->change);
    if (reply->refunded == c->amount)
        return RC_OK;
    return fault_set(why, RC_REFUSED, "less was paid for %s than is to be refunded",
                     c->reservation.code);
}

/* The reservation keeps what is left of it; without seats it is cancelled. */
static enum rc shrink(struct sql *db, struct cancelling *c, struct fault *why)
{
    bool whole = c->n == c->all;
    enum booking_state from = c->reservation.state;
    enum booking_state to = whole ? BOOKING_CANCELLED : from;

    if (sql_run(db,
                "UPDATE reservations SET state = $3, total = total - $4, changed_at = $5,"
                " deadline = CASE WHEN $3 = 'cancelled' THEN NULL ELSE deadline END,"
                " seats_were = CASE WHEN seats_were = '' THEN $6 ELSE seats_were || ' ' || $6 END"
                " WHERE id = $1 AND state = $2 AND total >= $4",
                SQL_VALUES(sql_n(c->reservation.id.n), sql_t(booking_word(from)),
                           sql_t(booking_word(to)), sql_n(c->amount), sql_n(c->request->ask.now),
                           sql_t(c->were))) != 1)
        return fault_set(why, RC_WRONG_STATE, "%s was changed meanwhile", c->reservation.code);
    change_booking(&c->change, c->reservation.code, (int)from, to);
    c->reservation.state = to;
    c->reservation.total -= c->amount;
    if (whole)
        c->reservation.deadline = 0;
    change_number(&c->change, "total", c->reservation.total);
    return RC_OK;
}

static void tell(struct sql *db, struct cancelling *c, struct booking_reply *reply)
{
    change_journal(&c->change, db, c->lock.show, &c->request->ask, "cancel");
    reservation_reply(db, &c->reservation, &c->lock, reply);
    told_add(&reply->told, reply->for_the_list > 0 ? HINT_RETURNED : HINT_SEATS, c->lock.show,
             c->lock.rev);
}

static enum rc cancel_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct cancelling c = {.request = request};
    enum rc rc = reservation_lock(db, c.request->reservation, c.request->ask.now, &c.reservation,
                                  &c.lock, why);

    if (rc == RC_OK)
        rc = may_cancel(&c, why);
    if (rc == RC_OK)
        rc = show_plan(db, &c.lock, &c.plan, why);
    if (rc == RC_OK)
        rc = choose(db, &c, why);
    if (rc == RC_OK)
        rc = refund(db, &c, reply, why);
    if (rc == RC_OK) {
        give_back(db, &c, reply);
        rc = shrink(db, &c, why);
    }
    if (rc == RC_OK)
        tell(db, &c, reply);
    change_fini(&c.change);
    return rc;
}

static show_id cancel_show(struct sql *db, const void *request)
{
    return reservation_show(db, ((const struct cancel_request *)request)->reservation);
}

const struct verb verb_cancel = {.name = "cancel",
                                 .request_size = sizeof(struct cancel_request),
                                 .reply_size = sizeof(struct booking_reply),
                                 .keyed = true,
                                 .show = cancel_show,
                                 .run = cancel_run};
