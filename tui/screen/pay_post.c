#include "tui/screen/pay_post.h"

bool pay_of_basket(const struct pay *pay)
{
    return pay->reservation.n == 0 && pay->entry.n == 0;
}

static void sell(struct app *app, struct pay *pay, money given)
{
    const struct basket *basket = &app->basket;
    struct book_request *request = &pay->sent;

    *request = (struct book_request){.show = basket->show,
                                     .n = basket->n,
                                     .expected = pay->bill.total,
                                     .collect_min = app->settings->collect_min};
    for (int32_t i = 0; i < basket->n; i++) {
        request->seats[i] = basket->seats[i].seat;
        request->types[i] = basket->seats[i].type;
    }
    request->n_tenders = pay_tender_all(&pay->tender, pay->bill.total, given, request->tenders);
    app_do(app, &verb_sell, request, KEEP_ALL, 0);
}

static void pay_reservation(struct app *app, const struct pay *pay, money given)
{
    struct pay_request request = {.reservation = pay->reservation, .expected = pay->bill.total};

    request.n_tenders = pay_tender_all(&pay->tender, pay->bill.total, given, request.tenders);
    app_do(app, &verb_pay, &request, KEEP_ALL, 0);
}

static void accept_offer(struct app *app, const struct pay *pay, money given)
{
    struct accept_request request = {.entry = pay->entry,
                                     .collect_min = app->settings->collect_min,
                                     .expected = pay->bill.total};

    request.n_tenders = pay_tender_all(&pay->tender, pay->bill.total, given, request.tenders);
    app_do(app, &verb_accept, &request, KEEP_ALL, 0);
}

void pay_post(struct app *app, struct pay *pay, money given)
{
    if (pay_of_basket(pay))
        sell(app, pay, given);
    else if (pay->entry.n != 0)
        accept_offer(app, pay, given);
    else
        pay_reservation(app, pay, given);
}
