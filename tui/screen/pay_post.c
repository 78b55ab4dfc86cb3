#include "tui/screen/pay_post.h"

#include <string.h>

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

/* A basket of several shows is one sale with a reservation for each. */
static void sell_shows(struct app *app, struct pay *pay, money given)
{
    const struct basket *basket = &app->basket;
    struct basket_request *request = &pay->sent_shows;

    *request = (struct basket_request){.n = basket->n_all, .expected = pay->bill.total};
    for (int32_t p = 0; p < basket->n_parts; p++)
        for (int32_t i = 0; i < basket->parts[p].n; i++)
            request->shows[basket->parts[p].from + i] = basket->parts[p].show;
    for (int32_t i = 0; i < basket->n_all; i++) {
        request->seats[i] = basket->seats[i].seat;
        request->types[i] = basket->seats[i].type;
    }
    request->n_tenders = pay_tender_all(&pay->tender, pay->bill.total, given, request->tenders);
    app_do(app, &verb_sell_basket, request, KEEP_ALL, 0);
}

/* The basket's seats for those given; the clerk has seen the difference. */
static void exchange(struct app *app, struct pay *pay, money given)
{
    const struct basket *basket = &app->basket;
    const struct app_exchange *from = &app->exchange;
    struct exchange_request *request = &pay->sent_exchange;

    *request = (struct exchange_request){.reservation = from->reservation,
                                         .n = from->n,
                                         .show = basket->show,
                                         .n_to = basket->n,
                                         .told = 1,
                                         .difference = basket->total - from->amount,
                                         .limit = app->settings->refund_limit,
                                         .collect_min = app->settings->collect_min};
    memcpy(request->seats, from->seats, sizeof request->seats);
    for (int32_t i = 0; i < basket->n; i++) {
        request->to[i] = basket->seats[i].seat;
        request->types[i] = basket->seats[i].type;
    }
    if (pay->bill.total > 0)
        request->n_tenders = pay_tender_all(&pay->tender, pay->bill.total, given, request->tenders);
    app_do(app, &verb_exchange, request, KEEP_ALL, 0);
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
    if (pay->bill.exchange)
        exchange(app, pay, given);
    else if (pay_of_basket(pay) && pay->bill.shows > 1)
        sell_shows(app, pay, given);
    else if (pay_of_basket(pay))
        sell(app, pay, given);
    else if (pay->entry.n != 0)
        accept_offer(app, pay, given);
    else
        pay_reservation(app, pay, given);
}

void pay_post_again(struct app *app, const struct pay *pay)
{
    if (pay->bill.exchange)
        app_do(app, &verb_exchange, &pay->sent_exchange, KEEP_ALL, 0);
    else if (pay->bill.shows > 1)
        app_do(app, &verb_sell_basket, &pay->sent_shows, KEEP_ALL, 0);
    else
        app_do(app, &verb_sell, &pay->sent, KEEP_ALL, 0);
}
