#include "core/desk/book.h"

#include <string.h>

#include "core/desk/reservation.h"

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
    reply->deadline = order->deadline;
    reply->rev = seating->lock.rev;
    told_add(&reply->told, HINT_SEATS, seating->lock.show, reply->rev);
}

enum rc book_make(struct sql *db, const struct ask *ask, struct seating *seating,
                  const struct book_order *order, struct booking_reply *reply, struct fault *why)
{
    struct reservation_new new = {.show = seating->lock.show,
                                  .state = order->state,
                                  .person = order->person,
                                  .total = seating->total,
                                  .deadline = order->deadline};
    struct change change = {0};
    char code[CODE_SIZE] = "";
    int nth = 0;
    reservation_id made = reservation_add(db, ask, &new, &nth, code);
    enum rc rc = seating_take(db, seating, ask, order->seats, made, &change, why);

    if (rc == RC_OK) {
        if (order->bill)
            tender_store(db, ask, made, order->bill, &change);
        change_booking(&change, code, CHANGE_NONE, order->state);
        change_number(&change, "total", seating->total);
        change_journal(&change, db, seating->lock.show, ask, order->what);
        reply->reservation = made;
        memcpy(reply->code, code, sizeof code);
        answer(seating, order, reply);
    }
    change_fini(&change);
    return rc;
}
