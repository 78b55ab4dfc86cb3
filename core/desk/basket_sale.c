#include "core/desk/basket_sale.h"

#include <string.h>

#include "core/base/words.h"
#include "core/desk/book.h"
#include "core/rules/cash.h"

/* The shows of a basket, in the order in which they are locked, and what is sold of each. */
struct parts {
    int32_t n;
    struct seating seatings[BASKET_SHOWS];
    money sums[BASKET_SHOWS];
    money total;
};

/* --- what is paid ---------------------------------------------------------------------------- */

/* A tender of which `paid` is shared out already. */
struct sharing {
    const struct tender *tender;
    int64_t step;
    money paid;
    money change; /* goes with its last money */
};

static struct sharing begin_share(const struct tender_bill *bill, int32_t nth, int64_t step)
{
    const struct tender *tender = &bill->tenders[nth];
    struct sharing sharing = {.tender = tender, .step = step};

    if (tender->kind == TENDER_CASH && tender->given != 0)
        sharing.change = tender->given - tender->amount - bill->roundings[nth];
    return sharing;
}

/* Adds so much of it to a part's bill. */
static void add_share(struct tender_bill *part, struct sharing *sharing, money amount)
{
    struct tender *share = &part->tenders[part->n];
    money after = sharing->paid + amount, rounding = 0, change = 0;

    *share = *sharing->tender;
    share->amount = amount;
    if (share->kind == TENDER_CASH)
        rounding =
            cash_rounding(after, sharing->step) - cash_rounding(sharing->paid, sharing->step);
    if (after == sharing->tender->amount)
        change = sharing->change;
    if (share->given != 0)
        share->given = amount + rounding + change;
    part->roundings[part->n++] = rounding;
    part->rounding += rounding;
    part->change += change;
    sharing->paid = after;
}

void tender_share(const struct tender_bill *bill, int64_t step, const money *sums, int32_t n,
                  struct tender_bill *parts)
{
    int32_t at = 0;
    money paid = 0; /* of the sum at `at` */

    for (int32_t i = 0; i < n; i++)
        parts[i] = (struct tender_bill){0};
    for (int32_t t = 0; t < bill->n && n > 0; t++) {
        struct sharing sharing = begin_share(bill, t, step);
        money left = sharing.tender->amount;
        do {
            while (at + 1 < n && paid >= sums[at] && left > 0) {
                at++;
                paid = 0;
            }
            money share = at + 1 < n && left > sums[at] - paid ? sums[at] - paid : left;
            add_share(&parts[at], &sharing, share);
            left -= share;
            paid += share;
        } while (left > 0);
    }
}

/* --- the sale -------------------------------------------------------------------------------- */

/* Notes a show once, in the order of ids. False: too many. */
static bool add_show(show_id *shows, int32_t *n, show_id show)
{
    int32_t at = *n;

    while (at > 0 && shows[at - 1].n > show.n)
        at--;
    if (at > 0 && shows[at - 1].n == show.n)
        return true;
    if (*n == BASKET_SHOWS)
        return false;
    memmove(shows + at + 1, shows + at, (size_t)(*n - at) * sizeof *shows);
    shows[at] = show;
    (*n)++;
    return true;
}

/* What is asked for at one show. */
static void fill_part(const struct basket_request *basket, show_id show, struct book_request *part)
{
    *part = (struct book_request){.ask = basket->ask, .show = show, .expected = -1};
    for (int32_t i = 0; i < basket->n; i++)
        if (basket->shows[i].n == show.n) {
            part->seats[part->n] = basket->seats[i];
            part->types[part->n++] = basket->types[i];
        }
}

/* Locks the shows in the order of their ids, finds the seats and their prices. */
static enum rc open_parts(struct sql *db, const struct basket_request *basket, struct parts *parts,
                          struct fault *why)
{
    show_id shows[BASKET_SHOWS] = {{0}};
    struct book_request part;
    enum rc rc = RC_OK;

    parts->n = 0;
    parts->total = 0;
    for (int32_t i = 0; i < basket->n; i++)
        if (!add_show(shows, &parts->n, basket->shows[i]))
            return fault_set(why, RC_BAD_INPUT, _("seats of at most %d shows are sold at once"),
                             BASKET_SHOWS);
    for (int32_t i = 0; i < parts->n && rc == RC_OK; i++) {
        fill_part(basket, shows[i], &part);
        rc = seating_for_booking(db, &part, &parts->seatings[i], why);
        parts->sums[i] = parts->seatings[i].total;
        parts->total += parts->sums[i];
    }
    if (rc == RC_OK && parts->total > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("the total is more than can be sold at once"));
    return rc;
}

/* Makes the reservation of one show. Its code is from random bits of its own. */
static enum rc sell_part(struct sql *db, const struct ask *ask, int32_t nth,
                         struct seating *seating, const struct tender_bill *bill,
                         struct basket_reply *reply, struct fault *why)
{
    struct basket_sold *part = &reply->parts[nth];
    struct booking_reply booked = {0};
    struct person nobody;
    struct ask of_part = *ask;
    struct book_order order = {.what = "sell",
                               .state = BOOKING_SOLD,
                               .seats = CLAIM_SOLD,
                               .person = &nobody,
                               .bill = bill};
    enum rc rc = person_read(&nobody, "", "", "", why);

    of_part.random[0] ^= (uint8_t)nth;
    reservation_code_ask(db, &of_part, 0, &order.code);
    if (rc == RC_OK)
        rc = book_make(db, &of_part, seating, &order, &booked, why);
    if (rc != RC_OK)
        return rc;
    *part = (struct basket_sold){.reservation = booked.reservation,
                                 .show = booked.show,
                                 .n = booked.n,
                                 .total = booked.total,
                                 .change = booked.change,
                                 .rounding = booked.rounding};
    memcpy(part->code, booked.code, sizeof part->code);
    reply->n++;
    reply->total += booked.total;
    reply->change += booked.change;
    reply->rounding += booked.rounding;
    told_add(&reply->told, HINT_SEATS, booked.show, booked.rev);
    return RC_OK;
}

static enum rc sell_parts(struct sql *db, const struct basket_request *basket, struct parts *parts,
                          struct basket_reply *reply, struct fault *why)
{
    struct tender_bill bills[BASKET_SHOWS];
    struct tender_bill bill;
    enum rc rc = tender_expected(basket->expected, parts->total, why);

    if (rc == RC_OK)
        rc = tender_settle(basket->tenders, basket->n_tenders, parts->total, basket->ask.cash_round,
                           &bill, why);
    if (rc == RC_OK)
        rc = tender_allowed(db, &basket->ask, &bill, why);
    if (rc != RC_OK)
        return rc;
    tender_share(&bill, basket->ask.cash_round, parts->sums, parts->n, bills);
    for (int32_t i = 0; i < parts->n && rc == RC_OK; i++)
        rc = sell_part(db, &basket->ask, i, &parts->seatings[i], &bills[i], reply, why);
    return rc;
}

static enum rc basket_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct basket_request *basket = request;
    struct parts parts;
    enum rc rc;

    if (basket->n < 1 || basket->n > SEATS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("1 to %d seats are taken at once"), SEATS_MAX);
    rc = open_parts(db, basket, &parts, why);
    return rc == RC_OK ? sell_parts(db, basket, &parts, reply, why) : rc;
}

/* The show of its first seat is tidied first. The others hardly ever need it, and then a seat is
 * refused that its next owner gets once somebody has. */
static struct show_ref basket_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct basket_request *)request)->shows[0].n};
}

const struct verb verb_sell_basket = {.name = "sell_basket",
                                      .request_size = sizeof(struct basket_request),
                                      .reply_size = sizeof(struct basket_reply),
                                      .keyed = true,
                                      .show = basket_show,
                                      .run = basket_run};
