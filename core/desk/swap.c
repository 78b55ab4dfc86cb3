/* Having a sale paid with something else than was noted: cash rung up as card, and back. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/after_sale.h"
#include "core/desk/reservation.h"
#include "core/desk/staff.h"
#include "core/desk/tender.h"

/* One swap at work: what was asked, then what was heard. */
struct swapping {
    const struct swap_request *request;
    struct tender_back back;
    struct sql_statement *staff, *sale;
    struct reservation reservation;
    struct show_lock lock;
    struct change change;
};

static enum rc may_swap(struct sql *db, struct swapping *s, struct fault *why)
{
    const struct swap_request *request = s->request;
    struct second_sale sale;
    struct staff_known known;
    enum rc rc = RC_OK;

    if (request->kind < TENDER_CASH || request->kind > TENDER_COMP)
        return fault_set(why, RC_BAD_INPUT, _("there is no such tender"));
    if (s->reservation.state != BOOKING_SOLD)
        return fault_set(why, RC_WRONG_STATE, _("%s is not paid, it is %s"), s->reservation.code,
                         _(booking_word(s->reservation.state)));
    if (request->reference[0] != '\0')
        rc = text_check(_("reference"), request->reference, REFERENCE_SIZE - 1, why);
    staff_rights_hear(s->staff, &known);
    sale = after_sale_hear(s->sale, &request->ask);
    if (rc == RC_OK)
        rc = staff_rights_allow(db, &request->ask, &known, second_swap(&sale, request->ask.now),
                                why);
    if (rc == RC_OK && request->kind == TENDER_COMP)
        rc = staff_rights_allow(db, &request->ask, &known, RIGHT_COMP, why);
    return rc;
}

static enum rc swap(struct sql *db, struct swapping *s, struct booking_reply *reply,
                    struct fault *why)
{
    const struct swap_request *request = s->request;
    struct tender to = {.kind = request->kind};
    struct tender_refunded refunded;
    enum rc rc;

    (void)snprintf(to.reference, sizeof to.reference, "%s", request->reference);
    rc = tender_swap(db, &request->ask, &s->back, &to, &s->change, &refunded, why);
    if (rc != RC_OK)
        return rc;
    change_booking(&s->change, s->reservation.code, BOOKING_SOLD, BOOKING_SOLD);
    change_text(&s->change, "tender", tender_word((enum tender_kind)request->kind));
    change_journal(&s->change, db, &s->lock, &request->ask, "swap");
    reservation_reply(&s->reservation, &s->lock, reply);
    reply->refunded = refunded.amount;
    reply->rounding = refunded.rounding;
    told_add(&reply->told, HINT_SEATS, s->lock.show, s->lock.rev);
    return RC_OK;
}

static enum rc swap_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    struct swapping s = {.request = request};
    const struct ask *ask = &s.request->ask;
    const struct reservation_asked asked = reservation_ask(db, s.request->reservation);
    enum rc rc;

    s.back = tender_back_ask(db, ask, s.request->reservation);
    s.back.reason = reason_word(REASON_MISTAKE);
    s.staff = staff_rights_ask(db, ask);
    s.sale = after_sale_ask(db, ask, s.request->reservation);
    rc = reservation_hear(&asked, ask->now, &s.reservation, &s.lock, why);
    if (rc == RC_OK)
        rc = may_swap(db, &s, why);
    if (rc == RC_OK)
        rc = swap(db, &s, reply, why);
    change_fini(&s.change);
    return rc;
}

static struct show_ref swap_show(const void *request)
{
    return (struct show_ref){SHOW_OF_RESERVATION,
                             ((const struct swap_request *)request)->reservation.n};
}

const struct verb verb_swap = {.name = "swap",
                               .request_size = sizeof(struct swap_request),
                               .reply_size = sizeof(struct booking_reply),
                               .keyed = true,
                               .show = swap_show,
                               .run = swap_run};
