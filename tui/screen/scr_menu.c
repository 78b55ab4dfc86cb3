/* The menu: what has no key of its own, and the way out. */
#include "tui/app.h"
#include "tui/widget/dialog.h"
#include "tui/widget/list.h"

enum { ITEM_CALLS, ITEM_SALES, ITEM_FIND, ITEM_HELP, ITEM_QUIT, ITEMS };

static const char *const items[ITEMS] = {
    [ITEM_CALLS] = "Calls to make",       [ITEM_SALES] = "Last sales of this terminal",
    [ITEM_FIND] = "Find a reservation",   [ITEM_HELP] = "Help: the keys",
    [ITEM_QUIT] = "Leave the box office",
};

struct menu {
    struct list list;
};

static void menu_open(struct app *app, void *state, const struct screen_args *args)
{
    struct menu *menu = state;

    (void)app;
    (void)args;
    list_resize(&menu->list, ITEMS);
}

static void draw_row(void *context, size_t item, bool chosen, const struct surface *line)
{
    (void)context;
    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 2, chosen ? STYLE_CHOSEN : STYLE_NORMAL, items[item]);
}

static void menu_draw(struct app *app, void *state, const struct surface *surface)
{
    struct menu *menu = state;
    struct surface box = dialog_box(surface, ITEMS + 2, 38, "MENU");

    (void)app;
    list_draw(&menu->list, &box, 0, ITEMS, draw_row, NULL);
}

static bool choose(struct app *app, size_t item)
{
    static const enum screen_id screens[ITEMS] = {[ITEM_CALLS] = SCREEN_CALLS,
                                                  [ITEM_SALES] = SCREEN_SALES,
                                                  [ITEM_FIND] = SCREEN_FIND,
                                                  [ITEM_HELP] = SCREEN_HELP};

    if (item == ITEM_QUIT)
        app_quit(app);
    else
        app_replace(app, screens[item], NULL);
    return true;
}

static bool menu_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct menu *menu = state;

    (void)key;
    if (action == ACTION_ENTER)
        return choose(app, menu->list.at);
    if (action == ACTION_MENU) {
        app_back(app);
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&menu->list, action_row(action)->press);
}

const struct screen scr_menu = {
    .id = SCREEN_MENU,
    .dialog = true,
    .state_size = sizeof(struct menu),
    .open = menu_open,
    .draw = menu_draw,
    .key = menu_key,
};
