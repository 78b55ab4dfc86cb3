#include "tui/screen/hall_trade.h"

#include <stdio.h>
#include <string.h>

#include "core/base/words.h"

type_id hall_trade_type(const struct app *app)
{
    const struct app_exchange *exchange = &app->exchange;

    for (int32_t i = 1; i < exchange->n; i++)
        if (exchange->types[i].n != exchange->types[0].n)
            return (type_id){0};
    return exchange->n > 0 ? exchange->types[0] : (type_id){0};
}

void hall_trade_types(const struct app *app, struct hall *hall)
{
    const struct app_exchange *exchange = &app->exchange;
    const int32_t n = exchange->n < hall_held(app, hall) ? exchange->n : hall_held(app, hall);

    hall->goal.n = n;
    for (int32_t i = 0; i < n; i++) {
        hall->goal.seats[i] = app->basket.seats[i].seat;
        hall->goal.types[i] =
            exchange->types[i].n != 0 ? exchange->types[i] : app->basket.seats[i].type;
    }
}

int hall_trade_draw(const struct app *app, const struct surface *surface, int row)
{
    char text[192], amount[MONEY_TEXT];

    row = surface_wrap(surface, row, STYLE_WARN, app_exchange_name(app, text, sizeof text));
    surface_put(surface, row, 0, STYLE_NORMAL, app->exchange.sold ? _("paid") : _("reserved"));
    surface_right(surface, row, surface->columns, MONEY_TEXT, STYLE_NORMAL,
                  money_format(app->exchange.amount, amount, sizeof amount));
    return row + 1;
}

char *hall_trade_means(const struct app *app, char *buffer, size_t size)
{
    const struct app_exchange *exchange = &app->exchange;
    const money more = app->basket.total_all - exchange->amount;
    char amount[MONEY_TEXT];

    money_format(more < 0 ? -more : more, amount, sizeof amount);
    if (app->basket.n_all != exchange->n)
        (void)snprintf(buffer, size, _("%d of %d taken"), (int)app->basket.n_all, (int)exchange->n);
    else if (!exchange->sold || more == 0)
        (void)snprintf(buffer, size, "%s", _("Enter exchanges"));
    else
        (void)snprintf(buffer, size, more > 0 ? _("Enter: %s to pay") : _("Enter: %s back"),
                       amount);
    return buffer;
}
