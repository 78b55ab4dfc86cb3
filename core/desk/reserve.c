#include "core/base/words.h"
#include "core/desk/book.h"

static struct show_ref reserve_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct book_request *)request)->show.n};
}

static enum rc reserve_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct book_request *wish = request;
    struct person person;
    struct seating seating;
    struct book_order order = {
        .what = "reserve", .state = BOOKING_RESERVED, .seats = CLAIM_RESERVED, .person = &person};
    enum rc rc = person_read(&person, wish->name, wish->phone, wish->note, why);

    if (rc == RC_OK && person.name[0] == '\0')
        rc = fault_set(why, RC_BAD_INPUT, _("a reservation needs a name"));
    reservation_code_ask(db, &wish->ask, 0, &order.code);
    if (rc == RC_OK)
        rc = seating_for_booking(db, wish, &seating, why);
    if (rc == RC_OK)
        rc = book_deadline(wish->ask.now, wish->collect_min, &seating.lock, &order.deadline, why);
    if (rc == RC_OK)
        rc = book_make(db, &wish->ask, &seating, &order, reply, why);
    return rc;
}

const struct verb verb_reserve = {.name = "reserve",
                                  .request_size = sizeof(struct book_request),
                                  .reply_size = sizeof(struct booking_reply),
                                  .keyed = true,
                                  .show = reserve_show,
                                  .run = reserve_run};
