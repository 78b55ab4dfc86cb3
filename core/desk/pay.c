#include "core/desk/pay.h"

#include "core/base/words.h"
#include "core/desk/owed.h"
#include "core/desk/taking.h"
#include "core/desk/tender.h"
#include "core/desk/till.h"

/* Moves the reservation and its seats; the rows are counted, since a lost race changes fewer. */
static bool move_all(struct sql *db, const struct ask *ask, const struct reservation *reservation)
{
    struct sql_statement *paid =
        sql_send(db,
                 "UPDATE reservations SET state = 'sold', deadline = NULL, changed_at = $3,"
                 " paper = $4"
                 " WHERE id = $1 AND state = $2",
                 SQL_VALUES(sql_n(reservation->id.n), sql_t(booking_word(reservation->state)),
                            sql_n(ask->now), sql_t(owed_by(ask))));
    struct sql_statement *seats =
        sql_send(db,
                 "UPDATE claims SET state = 'sold', since = $2, terminal = $3, operator = $4"
                 " WHERE reservation_id = $1 AND state = 'reserved'",
                 SQL_VALUES(sql_n(reservation->id.n), sql_n(ask->now), sql_t(ask->terminal),
                            sql_n(ask->operator_number)));

    return sql_changed(paid) == 1 && sql_changed(seats) == reservation->n;
}

/* Notes what its seats are sold for. */
static void take_all(struct sql *db, const struct ask *ask, const struct reservation *reservation)
{
    struct taking_sold sold = {
        .reservation = reservation->id, .show = reservation->show, .n = reservation->n};

    for (int i = 0; i < reservation->n; i++)
        sold.tickets[i] = (struct taking_ticket){.type = reservation->seats[i].type,
                                                 .amount = reservation->seats[i].amount,
                                                 .tax = reservation->seats[i].tax};
    taking_sale(db, ask, &sold);
}

enum rc pay_reservation(struct sql *db, const struct ask *ask, struct reservation *reservation,
                        const struct pay_with *with, struct change *change,
                        struct booking_reply *reply, struct fault *why)
{
    struct tender_bill bill;
    struct sql_statement *till;
    enum rc rc = tender_expected(with->expected, reservation->total, why);

    if (rc == RC_OK)
        rc = tender_settle(with->tenders, with->n, reservation->total, ask->cash_round, &bill, why);
    if (rc == RC_OK)
        rc = tender_allowed(db, ask, &bill, why);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < reservation->n; i++)
        change_seat(change, reservation->seats[i].label, CLAIM_RESERVED, CLAIM_SOLD);
    till = tender_till_ask(db, ask);
    if (!move_all(db, ask, reservation))
        return fault_set(why, RC_WRONG_STATE, _("the seats of %s were changed meanwhile"),
                         reservation->code);
    rc = tender_store(db, ask, reservation->id, 1, &bill, till, change, why);
    if (rc != RC_OK)
        return rc;
    take_all(db, ask, reservation);
    change_booking(change, reservation->code, (int)reservation->state, BOOKING_SOLD);
    change_number(change, "total", reservation->total);
    reservation->state = BOOKING_SOLD;
    reservation->deadline = 0;
    reply->change = bill.change;
    reply->rounding = bill.rounding;
    return RC_OK;
}

static struct show_ref pay_show(const void *request)
{
    return (struct show_ref){SHOW_OF_RESERVATION,
                             ((const struct pay_request *)request)->reservation.n};
}

static enum rc pay_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct pay_request *paid = request;
    const struct pay_with with = {paid->expected, paid->n_tenders, paid->tenders};
    struct booking_reply *told = reply;
    struct reservation reservation;
    struct show_lock lock;
    struct change change = {0};
    const struct reservation_asked asked = reservation_ask(db, paid->reservation);
    enum rc rc = reservation_hear(&asked, paid->ask.now, &reservation, &lock, why);

    if (rc == RC_OK && reservation.state != BOOKING_RESERVED)
        rc = reservation_wrong_state(&reservation, why);
    if (rc == RC_OK)
        rc = pay_reservation(db, &paid->ask, &reservation, &with, &change, told, why);
    if (rc == RC_OK) {
        change_journal(&change, db, &lock, &paid->ask, "pay");
        reservation_reply(&reservation, &lock, told);
        told_add(&told->told, HINT_SEATS, lock.show, lock.rev);
    }
    change_fini(&change);
    return rc;
}

const struct verb verb_pay = {.name = "pay",
                              .request_size = sizeof(struct pay_request),
                              .reply_size = sizeof(struct booking_reply),
                              .keyed = true,
                              .show = pay_show,
                              .run = pay_run};
