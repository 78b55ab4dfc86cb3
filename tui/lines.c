/* Lines that screens share: the basket, the calls to make. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "tui/app.h"
#include "tui/seat_names.h"

static const struct basket *newest_parked(const struct app *app)
{
    return app->n_parked > 0 ? &app->parked[app->n_parked - 1] : NULL;
}

void app_basket_line(struct app *app, const struct surface *surface, int row)
{
    const struct basket *basket = &app->basket, *parked = newest_parked(app);
    char labels[256], types[96], total[MONEY_TEXT], left[32], clock[WHEN_TEXT];
    int column = surface_put(surface, row, 1, STYLE_HEAD, "BASKET");

    if (basket_empty(basket))
        column = surface_put(surface, row, column + 1, STYLE_FAINT, "empty");
    else
        column = surface_printf(
            surface, row, column + 1, STYLE_STRONG, "%s  %s  %s  %s %s  keeps %s",
            basket_labels(basket, labels, sizeof labels), basket_types(basket, types, sizeof types),
            money_format(basket->total, total, sizeof total), basket->title,
            when_clock(basket->starts_at, clock, sizeof clock),
            app_left(app, basket->until, left, sizeof left));
    if (!parked)
        return;
    if (column < 22)
        column = 20;
    column = surface_printf(surface, row, column + 2, STYLE_HEAD, "PARKED %d:", app->n_parked);
    surface_printf(surface, row, column + 1, STYLE_NORMAL, "%d x %s %s, %s left", parked->n,
                   parked->title, when_clock(parked->starts_at, clock, sizeof clock),
                   app_left(app, parked->until, left, sizeof left));
    surface_right(surface, row, surface->columns - 2, 1, STYLE_KEY, "g");
}

/* "Ødegård" of "Ødegård, Kari": what is said across a counter. */
static void surname(const char *name, char *out, size_t size)
{
    (void)snprintf(out, size, "%.*s", (int)strcspn(name, ","), name);
}

static void call_line(struct app *app, const struct surface *line, const struct waiting_row *call,
                      bool first)
{
    char name[NAME_SIZE], seats[128], start[WHEN_TEXT], until[WHEN_TEXT], left[WHEN_TEXT];
    when_ms now = app_now(app);
    bool called = call->caller[0] && call->claimed_until > now;
    int wide = line->columns;

    if (first)
        surface_put(line, 0, 1, STYLE_CALL, "CALL");
    surname(call->name, name, sizeof name);
    seat_names_join(call->seats[0], sizeof call->seats[0], call->n, seats, sizeof seats);
    int column = surface_printf(line, 0, 6, STYLE_CALL, "%s %s",
                                when_clock(call->starts_at, start, sizeof start), seats);
    column = surface_printf(line, 0, column + 2, STYLE_NORMAL, "%s, %d people", name, call->party);
    if (wide < 60)
        return;
    if (column < 38)
        column = 36;
    column = surface_printf(line, 0, column + 2, STYLE_NORMAL, "until %s  %6s",
                            when_clock(call->deadline, until, sizeof until),
                            when_distance(now, call->deadline, left, sizeof left));
    surface_printf(line, 0, column + 3, STYLE_NORMAL, called ? "%s is calling" : "%s",
                   called ? call->caller : "nobody calls yet");
    if (first)
        surface_right(line, 0, wide - 2, 1, STYLE_KEY, "c");
}

int app_call_lines(struct app *app, const struct surface *surface, int row, int rows)
{
    int used = 0;

    for (; app->calls && used < rows && (size_t)used < app->calls->n; used++) {
        struct surface line = surface_part(surface, row + used, 0, 1, surface->columns);
        call_line(app, &line, &app->calls->rows[used], used == 0);
    }
    return used;
}
