/* Parked baskets, when there are several: which one is taken up. */
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/list.h"

enum { WIDE_FROM = 60, FIRST_ROW = 2 };

struct parked {
    struct list list;
    char chosen[KEY_SIZE]; /* the cursor stays on its basket when others go */
};

static const struct parked_row *row_at(const struct app *app, size_t at)
{
    return app->parked && at < app->parked->n ? &app->parked->rows[at] : NULL;
}

/* The list is the terminal's and may be another at each drawing. */
static void follow(const struct app *app, struct parked *parked)
{
    size_t n = app->parked ? app->parked->n : 0;

    list_resize(&parked->list, n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(row_at(app, i)->key, parked->chosen) == 0)
            parked->list.at = i;
}

static void choose(const struct app *app, struct parked *parked)
{
    const struct parked_row *row = row_at(app, parked->list.at);

    (void)snprintf(parked->chosen, sizeof parked->chosen, "%s", row ? row->key : "");
}

/* At first on the one that was parked last. */
static void parked_open(struct app *app, void *state, const struct screen_args *args)
{
    struct parked *parked = state;

    (void)args;
    list_resize(&parked->list, app->parked ? app->parked->n : 0);
    if (parked->list.n > 0)
        parked->list.at = parked->list.n - 1;
    choose(app, parked);
}

static void draw_row(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct app *app = context;
    const struct parked_row *row = row_at(app, item);
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    char left[32], when[2 * WHEN_TEXT];
    bool wide = line->columns >= WIDE_FROM, other;

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_right(line, 0, 8, 6, style, app_left(app, row->until, left, sizeof left));
    surface_put_cells(line, 0, 10, wide ? 14 : 10, style,
                      app_who(app, row->operator_number, row->terminal));
    if (row->n_shows > 1) {
        surface_put(line, 0, wide ? 26 : 21, style, app_parked_what(row, when, sizeof when));
        return;
    }
    int column = surface_printf(line, 0, wide ? 26 : 21, style, "%d x ", (int)row->n);
    if (wide) {
        app_when(app, row->starts_at, &other, when, sizeof when);
        column = surface_put(line, 0, column, other ? STYLE_OTHER_DAY : style, when) + 2;
    }
    surface_put_cells(line, 0, column, line->columns - column, style, row->title);
}

static void parked_draw(struct app *app, void *state, const struct surface *surface)
{
    struct parked *parked = state;
    bool wide = surface->columns >= WIDE_FROM;

    follow(app, parked);
    app_head(app, surface, _("PARKED baskets"));
    if (parked->list.n == 0) {
        surface_put(surface, FIRST_ROW, 2, STYLE_NORMAL, _("Nothing is parked any more."));
    } else {
        surface_right(surface, 1, 8, 6, STYLE_FAINT, _("Left"));
        surface_put_short(surface, 1, 10, wide ? 14 : 10, STYLE_FAINT, _("Parked by"));
        surface_put(surface, 1, wide ? 26 : 21, STYLE_FAINT, _("Seats"));
    }
    list_draw(&parked->list, surface, FIRST_ROW, surface->rows - 5, draw_row, app);
    surface_rule(surface, surface->rows - 2);
}

static bool parked_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct parked *parked = state;
    const struct parked_row *row;
    size_t hit;

    follow(app, parked);
    row = row_at(app, parked->list.at);
    if (action == ACTION_GET || action == ACTION_ENTER) {
        if (row)
            app_get(app, row);
        return true;
    }
    hit = key->press == PRESS_CLICK ? list_hit(&parked->list, key->row, FIRST_ROW) : SIZE_MAX;
    if (hit != SIZE_MAX)
        parked->list.at = hit;
    else if (action == ACTION_NONE || !action_row(action)->moves ||
             !list_press(&parked->list, action_row(action)->press))
        return false;
    choose(app, parked);
    return true;
}

const struct screen scr_parked = {
    .id = SCREEN_PARKED,
    .state_size = sizeof(struct parked),
    .open = parked_open,
    .draw = parked_draw,
    .key = parked_key,
};
