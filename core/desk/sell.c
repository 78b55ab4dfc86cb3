#include "core/desk/book.h"

static struct show_ref sell_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct book_request *)request)->show.n};
}

static enum rc sell_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct book_request *sale = request;
    struct person person;
    struct seating seating;
    struct tender_bill bill;
    struct book_order order = {.what = "sell",
                               .state = BOOKING_SOLD,
                               .seats = CLAIM_SOLD,
                               .person = &person,
                               .bill = &bill};
    enum rc rc = person_read(&person, sale->name, sale->phone, sale->note, why);

    reservation_code_ask(db, &sale->ask, 0, &order.code);
    if (rc == RC_OK)
        rc = seating_for_booking(db, sale, &seating, why);
    if (rc == RC_OK)
        rc = tender_settle(sale->tenders, sale->n_tenders, seating.total, sale->ask.cash_round,
                           &bill, why);
    if (rc == RC_OK)
        rc = tender_allowed(db, &sale->ask, &bill, why);
    if (rc == RC_OK)
        rc = book_make(db, &sale->ask, &seating, &order, reply, why);
    return rc;
}

const struct verb verb_sell = {.name = "sell",
                               .request_size = sizeof(struct book_request),
                               .reply_size = sizeof(struct booking_reply),
                               .keyed = true,
                               .show = sell_show,
                               .run = sell_run};
