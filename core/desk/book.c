#include "core/desk/book.h"

#include <string.h>

#include "core/base/words.h"
#include "core/desk/till.h"
#include "core/rules/deadline.h"

enum rc book_deadline(when_ms now, int64_t collect_min, const struct show_lock *lock,
                      when_ms *deadline, struct fault *why)
{
    char clock[WHEN_TEXT];

    if (!deadline_collect(collect_min))
        return fault_set(why, RC_BAD_INPUT,
                         _("seats are collected 0 to %d minutes before the start"), COLLECT_MOST);
    *deadline = deadline_reservation(now, lock->starts_at, collect_min);
    if (*deadline > now)
        return RC_OK;
    return fault_set(why, RC_TOO_LATE, _("%s began at %s: sell, it is too late to reserve"),
                     lock->title, when_clock(lock->starts_at, clock, sizeof clock));
}

/* Its seats are known without asking the database for them again. */
static void answer(const struct seating *seating, const struct book_order *order,
                   struct booking_reply *reply)
{
    reply->show = seating->lock.show;
    reply->state = (int32_t)order->state;
    reply->n = seating->n;
    for (int i = 0; i < seating->n; i++)
        reply->seats[i] = seating->seats[i].id;
    reply->total = seating->total;
    reply->change = order->bill ? order->bill->change : 0;
    reply->rounding = order->bill ? order->bill->rounding : 0;
    reply->deadline = order->deadline;
    reply->rev = seating->lock.rev;
    told_add(&reply->told, HINT_SEATS, seating->lock.show, reply->rev);
}

enum rc book_make(struct sql *db, const struct ask *ask, struct seating *seating,
                  struct book_order *order, struct booking_reply *reply, struct fault *why)
{
    struct reservation_new new = {.show = seating->lock.show,
                                  .state = order->state,
                                  .person = order->person,
                                  .total = seating->total,
                                  .deadline = order->deadline};
    const char *code = order->code.text;
    struct change change = {0};
    struct sql_statement *made, *till = NULL;
    enum rc rc;

    reservation_code_hear(db, ask, &order->code);
    reservation_store(db, ask, &new, code);
    made = reservation_id_ask(db, code);
    if (order->bill)
        till = tender_till_ask(db, ask);
    rc = seating_take(db, seating, ask, order->seats, code, &change, why);
    if (rc == RC_OK)
        reply->reservation = reservation_id_hear(made);
    if (rc == RC_OK && order->bill)
        rc = tender_store(db, ask, reply->reservation, 1, order->bill, till, &change, why);
    if (rc == RC_OK && order->bill)
        seating_sold(db, ask, seating, reply->reservation, false);
    if (rc == RC_OK) {
        change_booking(&change, code, CHANGE_NONE, order->state);
        change_number(&change, "total", seating->total);
        change_journal(&change, db, &seating->lock, ask, order->what);
        memcpy(reply->code, code, sizeof reply->code);
        answer(seating, order, reply);
    }
    change_fini(&change);
    return rc;
}
