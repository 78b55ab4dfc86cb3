#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/after_sale.h"
#include "core/desk/change.h"
#include "core/desk/reservation.h"
#include "core/desk/staff.h"
#include "core/desk/taking.h"
#include "core/desk/tender.h"
#include "core/desk/tickets.h"

/* One cancellation at work. */
struct cancelling {
    const struct cancel_request *request;
    enum taking how;
    struct sql_statement *staff, *sale, *used; /* asked; `sale` of a void alone */
    struct reservation reservation;            /* its seats are those that it keeps */
    struct show_lock lock;
    struct tender_back back;
    int n; /* seats to give back, in seat order */
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

static bool among(const struct reservation *reservation, seat_id seat)
{
    for (int i = 0; i < reservation->n; i++)
        if (reservation->seats[i].seat.n == seat.n)
            return true;
    return false;
}

/* The label of a seat that the reservation has not. */
static enum rc no_seat(struct sql *db, const struct cancelling *c, seat_id seat, struct fault *why)
{
    const struct plan *plan;
    enum rc rc = show_plan(db, &c->lock, &plan, why);

    return rc == RC_OK ? fault_set(why, RC_NOT_FOUND, _("%s has no seat %s"), c->reservation.code,
                                   plan_label(plan, seat))
                       : rc;
}

/* The seats to give back: all, or those asked for, each of which must be its own. */
static enum rc choose(struct sql *db, struct cancelling *c, struct fault *why)
{
    const struct cancel_request *request = c->request;
    struct reservation *from = &c->reservation;
    int kept = 0;

    if (request->n < 0 || request->n > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("at most %d seats are cancelled at once"), SEATS_MAX);
    for (int32_t i = 0; i < request->n; i++)
        if (!among(from, request->seats[i]))
            return no_seat(db, c, request->seats[i], why);
    for (int i = 0; i < from->n; i++) {
        if (asked_for(request, from->seats[i].seat)) {
            c->amount += from->seats[i].amount;
            c->seats[c->n++] = from->seats[i];
        } else {
            from->seats[kept++] = from->seats[i];
        }
    }
    from->n = kept;
    return RC_OK;
}

static enum rc may_cancel(const struct cancelling *c, struct fault *why)
{
    if (c->how == TAKING_VOID && c->reservation.state == BOOKING_RESERVED)
        return fault_set(why, RC_WRONG_STATE, _("%s is not paid: it is cancelled, not voided"),
                         c->reservation.code);
    return reservation_may_give(&c->reservation, &c->lock, c->request->ask.now, why);
}

static void give_back(struct sql *db, struct cancelling *c, enum claim_state from,
                      struct booking_reply *reply)
{
    for (int i = 0; i < c->n; i++) {
        const struct reservation_seat *seat = &c->seats[i];
        enum claim_state to = tidy_give_back(db, &c->lock, c->request->ask.now, seat->seat);

        were_add(c->were, seat->label);
        change_seat(&c->change, seat->label, from, to);
        reply->given_back++;
        reply->for_the_list += to == CLAIM_RETURNED;
    }
    tickets_die(db, c->reservation.id, c->request->ask.now);
}

/* May the money go back? Who may is asked, and why is to be said where people sign in. */
static enum rc may_refund(struct sql *db, struct cancelling *c, struct fault *why)
{
    const struct cancel_request *request = c->request;
    struct staff_known known;
    enum right right = second_refund(c->amount, request->limit);
    enum rc rc;

    staff_rights_hear(c->staff, &known);
    if (c->how == TAKING_VOID) {
        struct second_sale sale = after_sale_hear(c->sale, &request->ask);

        right = second_void(&sale, request->ask.now);
    }
    rc = after_sale_used(db, c->used, &(struct after_sale_by){&request->ask, &known}, c->seats,
                         c->n, &c->change, why);
    if (rc == RC_OK)
        rc = staff_rights_allow(db, &request->ask, &known, right, why);
    if (rc == RC_OK && request->reason[0] != '\0')
        return text_check(_("reason"), request->reason, REFERENCE_SIZE - 1, why);
    if (rc == RC_OK && known.any && !request->ask.trusted)
        rc = fault_set(why, RC_REFUSED, _("a refund needs its reason"));
    return rc;
}

/* What was paid for the seats goes back to what it was paid with. */
static enum rc refund(struct sql *db, struct cancelling *c, struct booking_reply *reply,
                      struct fault *why)
{
    struct tender_refunded refunded;
    enum rc rc;

    if (c->reservation.state != BOOKING_SOLD)
        return RC_OK;
    rc = may_refund(db, c, why);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < c->n; i++)
        taking_back(db, &c->request->ask, c->reservation.id, c->lock.show, c->seats[i].seat,
                    c->how);
    c->back.reason = c->request->reason;
    rc = tender_refund(db, &c->request->ask, &c->back, c->amount, &c->change, &refunded, why);
    reply->refunded = refunded.amount;
    reply->rounding = refunded.rounding;
    if (rc != RC_OK || reply->refunded == c->amount)
        return rc;
    return fault_set(why, RC_REFUSED, _("less was paid for %s than is to be refunded"),
                     c->reservation.code);
}

static void tell(struct sql *db, struct cancelling *c, struct booking_reply *reply)
{
    if (c->request->reason[0] != '\0')
        change_text(&c->change, "reason", c->request->reason);
    change_journal(&c->change, db, &c->lock, &c->request->ask,
                   c->how == TAKING_VOID ? "void" : "cancel");
    reservation_reply(&c->reservation, &c->lock, reply);
    told_add(&reply->told, reply->for_the_list > 0 ? HINT_RETURNED : HINT_SEATS, c->lock.show,
             c->lock.rev);
}

static enum rc take_back(struct sql *db, const struct cancel_request *request, enum taking how,
                         struct booking_reply *reply, struct fault *why)
{
    struct cancelling c = {.request = request, .how = how};
    const struct reservation_asked asked = reservation_ask(db, request->reservation);
    enum rc rc;

    c.back = tender_back_ask(db, &request->ask, request->reservation);
    c.staff = staff_rights_ask(db, &request->ask);
    c.used = after_sale_used_ask(db, request->reservation);
    if (how == TAKING_VOID)
        c.sale = after_sale_ask(db, &request->ask, request->reservation);
    rc = reservation_hear(&asked, request->ask.now, &c.reservation, &c.lock, why);
    if (rc == RC_OK)
        rc = may_cancel(&c, why);
    if (rc == RC_OK)
        rc = choose(db, &c, why);
    if (rc == RC_OK)
        rc = refund(db, &c, reply, why);
    if (rc == RC_OK) {
        give_back(db, &c, c.reservation.state == BOOKING_SOLD ? CLAIM_SOLD : CLAIM_RESERVED, reply);
        rc = reservation_shrink(db, &c.reservation, c.amount, c.were, request->ask.now, &c.change,
                                why);
    }
    if (rc == RC_OK)
        tell(db, &c, reply);
    change_fini(&c.change);
    return rc;
}

static enum rc cancel_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    return take_back(db, request, TAKING_REFUND, reply, why);
}

static enum rc void_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct void_request *wish = request;
    struct cancel_request whole = {.ask = wish->ask, .reservation = wish->reservation};

    (void)snprintf(whole.reason, sizeof whole.reason, "%s", reason_word(REASON_MISTAKE));
    return take_back(db, &whole, TAKING_VOID, reply, why);
}

static struct show_ref cancel_show(const void *request)
{
    return (struct show_ref){SHOW_OF_RESERVATION,
                             ((const struct cancel_request *)request)->reservation.n};
}

const struct verb verb_cancel = {.name = "cancel",
                                 .request_size = sizeof(struct cancel_request),
                                 .reply_size = sizeof(struct booking_reply),
                                 .keyed = true,
                                 .show = cancel_show,
                                 .run = cancel_run};

static struct show_ref void_show(const void *request)
{
    return (struct show_ref){SHOW_OF_RESERVATION,
                             ((const struct void_request *)request)->reservation.n};
}

const struct verb verb_void = {.name = "void",
                               .request_size = sizeof(struct void_request),
                               .reply_size = sizeof(struct booking_reply),
                               .keyed = true,
                               .show = void_show,
                               .run = void_run};
