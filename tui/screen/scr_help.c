/* Help: every key, from the action table. */
#include <stdio.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/list.h"

struct help {
    struct list list;
};

static void help_open(struct app *app, void *state, const struct screen_args *args)
{
    struct help *help = state;

    (void)app;
    (void)args;
    list_resize(&help->list, ACTION_COUNT - 1);
}

static void draw_row(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct action_row *row = action_row((enum action)(item + 1));
    char twins[32] = "";

    (void)context;
    (void)chosen;
    if (row->twin)
        snprintf(twins, sizeof twins, "F%d", row->twin);
    else if (row->press != PRESS_NONE && row->letter)
        snprintf(twins, sizeof twins, "%c", row->letter);
    surface_put(line, 0, 1, STYLE_KEY, row->key);
    surface_put(line, 0, 12, STYLE_KEY, twins);
    if (row->keypad && row->keypad != row->letter)
        surface_printf(line, 0, 16, STYLE_KEY, "%c", row->keypad);
    surface_put(line, 0, 19, STYLE_NORMAL, _(row->help));
}

static void help_draw(struct app *app, void *state, const struct surface *surface)
{
    struct help *help = state;

    app_head(app, surface, _("HELP  keys, their twins, the keypad's"));
    surface_rule(surface, 1);
    list_draw(&help->list, surface, 2, surface->rows - 5, draw_row, NULL);
    surface_rule(surface, surface->rows - 2);
}

static bool help_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct help *help = state;

    (void)key;
    if (action == ACTION_HELP || action == ACTION_ENTER) {
        app_back(app);
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&help->list, action_row(action)->press);
}

const struct screen scr_help = {
    .id = SCREEN_HELP,
    .state_size = sizeof(struct help),
    .open = help_open,
    .draw = help_draw,
    .key = help_key,
};
