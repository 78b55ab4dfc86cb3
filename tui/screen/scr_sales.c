/* The last sales of this terminal, newest first: for the customer who comes back. */
#include <stdio.h>

#include "core/base/text.h"
#include "tui/app.h"
#include "tui/widget/list.h"

enum { WIDE_FROM = 60 };

struct sales {
    struct list list;
};

static void sales_open(struct app *app, void *state, const struct screen_args *args)
{
    struct sales *sales = state;

    (void)args;
    list_resize(&sales->list, (size_t)app->n_sales);
}

static void draw_row(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct app *app = context;
    const struct app_sale *sale = &app->sales[item];
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    char clock[WHEN_TEXT], when[2 * WHEN_TEXT], total[MONEY_TEXT], change[MONEY_TEXT];
    bool wide = line->columns >= WIDE_FROM, other;

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    if (wide)
        surface_put(line, 0, 2, style, when_clock(sale->sold_at, clock, sizeof clock));
    surface_put(line, 0, wide ? 9 : 2, STYLE_STRONG, sale->code);
    int column = surface_put_cells(line, 0, wide ? 17 : 10, 16, style, sale->labels);
    surface_right(line, 0, wide ? 42 : line->columns - 1, 10, style,
                  money_format(sale->total, total, sizeof total));
    if (!wide)
        return;
    (void)column;
    if (sale->change > 0)
        surface_right(line, 0, 52, 9, style, money_format(sale->change, change, sizeof change));
    app_when(app, sale->starts_at, &other, when, sizeof when);
    column = surface_put(line, 0, 54, other ? STYLE_OTHER_DAY : style, when);
    surface_put(line, 0, column + 2, style, sale->title);
}

static void sales_draw(struct app *app, void *state, const struct surface *surface)
{
    struct sales *sales = state;

    app_head(app, surface, "LAST SALES of this terminal");
    if (app->n_sales == 0)
        surface_put(surface, 3, 2, STYLE_NORMAL, "Nothing has been sold here since it started.");
    if (surface->columns >= WIDE_FROM) {
        surface_put(surface, 1, 2, STYLE_FAINT, "Sold   Code    Seats");
        surface_right(surface, 1, 42, 5, STYLE_FAINT, "Total");
        surface_right(surface, 1, 52, 6, STYLE_FAINT, "Change");
        surface_put(surface, 1, 54, STYLE_FAINT, "Show");
    }
    list_resize(&sales->list, (size_t)app->n_sales);
    list_draw(&sales->list, surface, 2, surface->rows - 5, draw_row, app);
    surface_rule(surface, surface->rows - 2);
}

static bool sales_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct sales *sales = state;
    struct screen_args args = {0};

    (void)key;
    if (action == ACTION_ENTER || action == ACTION_OPEN || action == ACTION_TICKET) {
        if (app->n_sales == 0)
            return true;
        args.reservation = app->sales[sales->list.at].reservation;
        app_open(app, action == ACTION_TICKET ? SCREEN_TICKET : SCREEN_RESERVATION, &args);
        return true;
    }
    if (action == ACTION_SALES) {
        app_back(app);
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&sales->list, action_row(action)->press);
}

const struct screen scr_sales = {
    .id = SCREEN_SALES,
    .state_size = sizeof(struct sales),
    .open = sales_open,
    .draw = sales_draw,
    .key = sales_key,
};
