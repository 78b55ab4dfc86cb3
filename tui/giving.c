/* Seats of a reservation on their way to be exchanged: from `e` on its screen to the payment. */
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/seat_names.h"

/* An exchange that has no new seats yet and that nobody goes on with is not the next customer's. */
#define IDLE_MOST (3 * WHEN_MINUTE)

static bool among(const seat_id *seats, int32_t n, seat_id seat)
{
    for (int32_t i = 0; i < n; i++)
        if (seats[i].n == seat.n)
            return true;
    return n == 0;
}

bool app_exchange_begin(struct app *app, const struct booking *booking, const seat_id *seats,
                        int32_t n)
{
    struct app_exchange *exchange = &app->exchange;
    char labels[SEATS_MAX][LABEL_SIZE];

    if (!basket_empty(&app->basket)) {
        app_say(app, TONE_WARN, _("the basket is not empty: n parks it first"));
        return false;
    }
    *exchange = (struct app_exchange){
        .reservation = booking->id, .show = booking->show, .sold = booking->state == BOOKING_SOLD};
    memcpy(exchange->code, booking->code, sizeof exchange->code);
    for (int32_t i = 0; i < booking->n; i++) {
        const struct booking_seat *seat = &booking->seats[i];

        if (!among(seats, n, seat->seat))
            continue;
        memcpy(labels[exchange->n], seat->label, LABEL_SIZE);
        exchange->seats[exchange->n] = seat->seat;
        exchange->types[exchange->n++] = seat->type_id;
        exchange->amount += seat->amount;
    }
    seat_names_join(labels[0], LABEL_SIZE, exchange->n, exchange->labels, sizeof exchange->labels);
    app->basket.touched = app_now(app);
    return exchange->n > 0;
}

char *app_exchange_name(const struct app *app, char *buffer, size_t size)
{
    /* translators: seats, and the code of their reservation */
    (void)snprintf(buffer, size, _("EXCHANGE %s of %s"), app->exchange.labels, app->exchange.code);
    return buffer;
}

void app_exchange_leave(struct app *app)
{
    if (!app_exchanging(app)) {
        app_say(app, TONE_PLAIN, _("seats are exchanged on their reservation: o or / opens it"));
        return;
    }
    app_say(app, TONE_PLAIN, _("the exchange is left: %s is as it was"), app->exchange.code);
    app->exchange.n = 0;
    framework_basket_back(app);
}

bool app_exchange_ready(struct app *app)
{
    const struct basket *basket = &app->basket;
    const int n = (int)app->exchange.n;

    if (basket->n_all == n && basket->n_parts == 1)
        return true;
    if (basket->n_parts > 1)
        app_say(app, TONE_WARN, _("the new seats are of one show: u or x leaves the others"));
    else
        app_say(app, TONE_WARN,
                ngettext("%d seat is given, so as many are taken: %d so far",
                         "%d seats are given, so as many are taken: %d so far", (unsigned long)n),
                n, (int)basket->n_all);
    app_drop_keys(app);
    return false;
}

void framework_exchange_idle(struct app *app)
{
    if (!app_exchanging(app) || !basket_empty(&app->basket) ||
        app_now(app) - app->basket.touched < IDLE_MOST)
        return;
    app_say(app, TONE_WARN, _("nobody went on with the exchange: %s is as it was"),
            app->exchange.code);
    app->exchange.n = 0;
}
