/* The menu: what has no key of its own, and the way out. */
#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/dialog.h"
#include "tui/widget/list.h"

enum {
    ITEM_CALLS,
    ITEM_SALES,
    ITEM_FIND,
    ITEM_HELP,
    ITEM_DOOR,
    ITEM_TILL,
    ITEM_PRICES,
    ITEM_TYPES,
    ITEM_STAFF,
    ITEM_REAL,
    ITEM_QUIT,
    ITEMS
};

enum { BOX_LEAST = 38 };

static const char *const items[ITEMS] = {
    [ITEM_CALLS] = N_("Calls to make"),           [ITEM_SALES] = N_("Last sales of this terminal"),
    [ITEM_FIND] = N_("Find a reservation"),       [ITEM_HELP] = N_("Help: the keys"),
    [ITEM_DOOR] = N_("The door: tickets let in"), [ITEM_TILL] = N_("Till: open, count, close"),
    [ITEM_PRICES] = N_("Prices of a show"),       [ITEM_TYPES] = N_("Ticket types"),
    [ITEM_STAFF] = N_("Staff: who works here"),   [ITEM_REAL] = N_("Start for real"),
    [ITEM_QUIT] = N_("Leave the box office"),
};

struct menu {
    struct list list;
};

/* Only a demo offers to start for real. */
static bool offers_real(const struct app *app)
{
    return app->demo && !app->training;
}

/* What stands at a place. */
static int item_at(const struct app *app, size_t place)
{
    return (int)place + (place >= ITEM_REAL && !offers_real(app));
}

static void menu_open(struct app *app, void *state, const struct screen_args *args)
{
    struct menu *menu = state;

    (void)args;
    list_resize(&menu->list, offers_real(app) ? ITEMS : ITEMS - 1);
}

static void draw_row(void *context, size_t item, bool chosen, const struct surface *line)
{
    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 2, chosen ? STYLE_CHOSEN : STYLE_NORMAL, _(items[item_at(context, item)]));
}

static void menu_draw(struct app *app, void *state, const struct surface *surface)
{
    struct menu *menu = state;
    int wide = surface_widest(items, ITEMS) + 6;
    struct surface box =
        dialog_box(surface, (int)menu->list.n + 2, wide > BOX_LEAST ? wide : BOX_LEAST, _("MENU"));

    list_draw(&menu->list, &box, 0, (int)menu->list.n, draw_row, app);
}

static void choose(struct app *app, int item)
{
    static const enum screen_id screens[ITEMS] = {
        [ITEM_CALLS] = SCREEN_CALLS,   [ITEM_SALES] = SCREEN_SALES, [ITEM_FIND] = SCREEN_FIND,
        [ITEM_HELP] = SCREEN_HELP,     [ITEM_DOOR] = SCREEN_DOOR,   [ITEM_TILL] = SCREEN_TILL,
        [ITEM_PRICES] = SCREEN_PRICES, [ITEM_TYPES] = SCREEN_TYPES, [ITEM_STAFF] = SCREEN_STAFF,
        [ITEM_REAL] = SCREEN_FOUND};

    if (item == ITEM_QUIT)
        app_quit(app);
    else
        app_replace(app, screens[item], NULL);
}

static bool menu_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct menu *menu = state;

    (void)key;
    if (action == ACTION_ENTER) {
        choose(app, item_at(app, menu->list.at));
        return true;
    }
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
