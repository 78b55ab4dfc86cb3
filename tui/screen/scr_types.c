/* Ticket types: which kinds of ticket there are, what share of the price each costs, and its tax.
 * Behind the last of them stands a place for a new one. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "core/desk/ticket_types.h"
#include "tui/app.h"
#include "tui/widget/list.h"

enum { ROWS_ALL = 16, DIGIT_AT = 6, NAME_AT = 9, PERCENT_END = 20, TAX_END = 8 };

struct types {
    struct ticket_types *list; /* NULL until it is read */
    struct list cursor;        /* over the types, and the place for a new one */
    int list_row;
    int64_t chosen; /* the type under the cursor; 0: a new one */
};

/* There is a digit for one more. */
static bool room(const struct types *types)
{
    return types->list && types->list->n < TYPES_MAX;
}

static const struct ticket_type *chosen_of(const struct types *types)
{
    return types->list && types->cursor.at < (size_t)types->list->n
               ? &types->list->rows[types->cursor.at]
               : NULL;
}

static void ask_list(struct app *app)
{
    union read_args nothing = {0};

    app_read(app, READ_TYPES, &nothing, 0);
}

static void types_open(struct app *app, void *state, const struct screen_args *args)
{
    (void)state;
    (void)args;
    app_hold_keys(app, true);
    ask_list(app);
}

static void types_close(struct app *app, void *state)
{
    (void)app;
    free(((struct types *)state)->list);
}

static void choose(struct types *types)
{
    const struct ticket_type *type = chosen_of(types);

    types->chosen = type ? type->id.n : 0;
}

/* The cursor stays on its type when rows move, or on the place for a new one. */
static void types_answer(struct app *app, void *state, struct answer *answer)
{
    struct types *types = state;
    bool first = !types->list;

    app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    free(types->list);
    types->list = answer->result;
    answer->result = NULL;
    list_resize(&types->cursor, (size_t)types->list->n + room(types));
    if (!first && types->chosen == 0)
        types->cursor.at = (size_t)types->list->n;
    for (int i = 0; i < types->list->n; i++)
        if (!first && types->list->rows[i].id.n == types->chosen)
            types->cursor.at = (size_t)i;
    list_resize(&types->cursor, types->cursor.n);
    choose(types);
}

static void types_hear(struct app *app, void *state, const struct hint *hint)
{
    (void)state;
    if (hint->kind == HINT_PROGRAMME && hint->show == 0)
        ask_list(app);
}

static bool types_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct types *types = state;
    const struct ticket_type *type = chosen_of(types);
    struct screen_args args = {.number = type ? type->digit : 0};
    size_t hit =
        key->press == PRESS_CLICK ? list_hit(&types->cursor, key->row, types->list_row) : SIZE_MAX;

    if (action == ACTION_ENTER && types->list) {
        app_open(app, SCREEN_TYPE, &args);
        return true;
    }
    if (hit != SIZE_MAX)
        types->cursor.at = hit;
    else if (action == ACTION_NONE || !action_row(action)->moves ||
             !list_press(&types->cursor, action_row(action)->press))
        return false;
    choose(types);
    return true;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_type(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct types *types = context;
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    const int tax_at = line->columns - TAX_END, percent_at = line->columns - PERCENT_END;
    char text[MONEY_TEXT];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    if (item >= (size_t)types->list->n) {
        surface_put(line, 0, NAME_AT, style, _("a new one"));
        return;
    }
    const struct ticket_type *type = &types->list->rows[item];
    if (type->retired && !chosen)
        style = STYLE_FAINT;
    surface_printf(line, 0, DIGIT_AT, style, "%d", (int)type->digit);
    surface_put_cells(line, 0, NAME_AT, percent_at - NAME_AT - 4, style, type->name);
    (void)snprintf(text, sizeof text, "%d", (int)type->percent);
    surface_right(line, 0, percent_at + 6, 6, style, text);
    surface_right(line, 0, tax_at + 6, PERCENT_END - TAX_END - 2, style,
                  type->retired   ? _("not sold")
                  : type->tax < 0 ? _("as set")
                                  : money_format(type->tax, text, sizeof text));
}

static void types_draw(struct app *app, void *state, const struct surface *surface)
{
    struct types *types = state;
    bool all = surface->rows >= ROWS_ALL;
    int row = 1;

    app_head(app, surface, _("TICKET TYPES"));
    if (all)
        surface_put(surface, row++, 1, STYLE_NORMAL,
                    _("Per cent of the first type's price, for shows that are added from now on."));
    surface_put_short(surface, row, 2, NAME_AT - 3, STYLE_FAINT, _("Digit"));
    surface_put_short(surface, row, NAME_AT, surface->columns - PERCENT_END - NAME_AT - 4,
                      STYLE_FAINT, _("Name"));
    surface_right(surface, row, surface->columns - PERCENT_END + 6, 8, STYLE_FAINT, _("Per cent"));
    surface_right(surface, row++, surface->columns - TAX_END + 6, 10, STYLE_FAINT, _("Tax %"));
    if (all)
        surface_rule(surface, row++);
    types->list_row = row;
    if (types->list)
        list_draw(&types->cursor, surface, row, surface->rows - 3 - row, draw_type, types);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_types = {
    .id = SCREEN_TYPES,
    .state_size = sizeof(struct types),
    .open = types_open,
    .close = types_close,
    .draw = types_draw,
    .key = types_key,
    .hear = types_hear,
    .answer = types_answer,
};
