/* The price list of a show: zones by ticket types. A price that is set holds from now on; what is
 * in a basket costs what the customer was shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/pricing.h"
#include "tui/app.h"
#include "tui/screen/showing.h"
#include "tui/widget/editor.h"

enum {
    ZONE_AT = 2,
    ZONE_CELLS = 16,
    PRICE_CELLS = 11,
    AMOUNT_BYTES = 12,
    NARROW = 56, /* columns below which the zones' names give way */
    LIST_ROW = 3
};

struct prices {
    struct day_view *view; /* the day's shows; NULL until they are read */
    size_t at;             /* the show among them */
    bool from_end;         /* the day before is on its way: its last show is wanted */
    struct map *map;       /* of the show; NULL until it is read */
    struct plan *plan;     /* of its hall, for the zones */
    hall_id hall;          /* whose plan it is */
    int zone, type;        /* the cursor */
    bool typing;
    struct editor amount;
};

static const struct show_row *show_of(const struct prices *prices)
{
    const struct day_view *view = prices->view;

    return view && prices->at < view->shows->n ? &view->shows->rows[prices->at] : NULL;
}

static bool ready(const struct prices *prices)
{
    return prices->map && prices->plan && prices->hall.n == prices->map->show.hall.n &&
           prices->plan->n_zones > 0 && prices->map->n_types > 0;
}

/* --- reading --------------------------------------------------------------------------------- */

static void ask_day(struct app *app, int32_t day)
{
    union read_args args = {.day = {day}};

    app_read(app, READ_DAY, &args, 0);
}

static void ask_map(struct app *app, const struct prices *prices)
{
    const struct show_row *show = show_of(prices);
    union read_args args = {0};

    if (!show)
        return;
    args.show.show = show->id;
    app_read(app, READ_MAP, &args, 0);
}

static void prices_open(struct app *app, void *state, const struct screen_args *args)
{
    struct prices *prices = state;

    (void)args;
    editor_init(&prices->amount, AMOUNT_BYTES);
    app_hold_keys(app, true);
    ask_day(app, when_day(app_now(app)));
}

static void prices_close(struct app *app, void *state)
{
    struct prices *prices = state;
    void *view = prices->view;

    (void)app;
    read_free(READ_DAY, &view);
    free(prices->map);
    plan_free(&prices->plan);
}

/* The cursor stays on its show when rows move. */
static void day_came(struct app *app, struct prices *prices, struct answer *answer)
{
    const struct show_row *was = show_of(prices);
    int64_t id = was && !prices->from_end ? was->id.n : 0;
    bool same = prices->view && prices->view->day == ((const struct day_view *)answer->result)->day;
    void *old = prices->view;

    prices->view = answer->result;
    answer->result = NULL;
    prices->at = prices->from_end && prices->view->shows->n > 0 ? prices->view->shows->n - 1 : 0;
    prices->from_end = false;
    for (size_t i = 0; same && i < prices->view->shows->n; i++)
        if (prices->view->shows->rows[i].id.n == id)
            prices->at = i;
    read_free(READ_DAY, &old);
    if (!show_of(prices))
        app_hold_keys(app, false);
    ask_map(app, prices);
}

static void map_came(struct app *app, struct prices *prices, struct answer *answer)
{
    union read_args args = {0};

    free(prices->map);
    prices->map = answer->result;
    answer->result = NULL;
    if (prices->type >= prices->map->n_types)
        prices->type = 0;
    if (prices->plan && prices->hall.n == prices->map->show.hall.n) {
        app_hold_keys(app, false);
        return;
    }
    args.hall.hall = prices->map->show.hall;
    app_read(app, READ_PLAN, &args, 0);
}

static void plan_came(struct app *app, struct prices *prices, struct answer *answer)
{
    plan_free(&prices->plan);
    prices->plan = answer->result;
    prices->hall = answer->args->hall.hall;
    answer->result = NULL;
    if (prices->zone >= prices->plan->n_zones)
        prices->zone = 0;
    app_hold_keys(app, false);
}

/* A hall without zones has one without a name. */
static const char *zone_name(const char *zone)
{
    return zone[0] != '\0' ? zone : _("all seats");
}

static void set_came(struct app *app, const struct answer *answer)
{
    const struct price_request *request = answer->request;
    char amount[MONEY_TEXT];

    app_say(app, TONE_GOOD, /* translators: a zone and its price */ _("%s %s from now on"),
            zone_name(request->zone), money_format(request->amount, amount, sizeof amount));
}

static void prices_answer(struct app *app, void *state, struct answer *answer)
{
    struct prices *prices = state;

    if (answer->rc != RC_OK) {
        app_hold_keys(app, false);
        app_say_fault(app, answer->fault);
    } else if (answer->verb) {
        set_came(app, answer);
        ask_map(app, prices);
    } else if (answer->read == READ_DAY) {
        day_came(app, prices, answer);
    } else if (answer->read == READ_MAP) {
        map_came(app, prices, answer);
    } else {
        plan_came(app, prices, answer);
    }
}

static void prices_hear(struct app *app, void *state, const struct hint *hint)
{
    struct prices *prices = state;
    const struct show_row *show = show_of(prices);

    if (hint->kind == HINT_PROGRAMME && prices->view)
        ask_day(app, prices->view->day);
    else if (show && hint->show == show->id.n)
        ask_map(app, prices);
}

static void prices_shown(struct app *app, const void *state, struct read_revs *revs)
{
    const struct prices *prices = state;

    (void)app;
    if (!prices->map || revs->n >= REVS_MAX)
        return;
    revs->shows[revs->n] = prices->map->show.id;
    revs->revs[revs->n++] = prices->map->show.rev;
}

/* --- keys ------------------------------------------------------------------------------------ */

/* The show before or behind; past the day's end that of the next day. */
static void turn(struct app *app, struct prices *prices, int step)
{
    if (!prices->view)
        return;
    size_t n = prices->view->shows->n;

    app_hold_keys(app, true);
    if (step > 0 && prices->at + 1 < n) {
        prices->at++;
        ask_map(app, prices);
    } else if (step < 0 && prices->at > 0 && n > 0) {
        prices->at--;
        ask_map(app, prices);
    } else {
        prices->from_end = step < 0;
        ask_day(app, prices->view->day + step);
    }
}

static void begin(struct prices *prices, const char *text)
{
    editor_set(&prices->amount, text);
    prices->typing = true;
}

static void set(struct app *app, struct prices *prices)
{
    struct price_request request = {.show = prices->map->show.id,
                                    .type = prices->map->types[prices->type].id};
    struct fault why;

    if (money_parse(prices->amount.text, &request.amount, &why) != RC_OK) {
        app_say_fault(app, &why);
        return;
    }
    (void)snprintf(request.zone, sizeof request.zone, "%s", prices->plan->zones[prices->zone]);
    prices->typing = false;
    if (!app_do(app, &verb_price, &request, KEEP_ACTING, 0))
        app_say(app, TONE_WARN, _("the box office is working, try again"));
}

static bool type_key(struct app *app, struct prices *prices, const struct key *key)
{
    bool used = true;

    if (key->press == PRESS_ESC) {
        prices->typing = false;
    } else if (key->press == PRESS_ENTER) {
        set(app, prices);
    } else {
        used = editor_key(&prices->amount, key);
        if (prices->amount.told[0])
            app_say(app, TONE_WARN, "%s", prices->amount.told);
    }
    return used;
}

/* Moves the cursor by rows and columns; what is outside is not gone to. */
static void go(struct prices *prices, int rows, int columns)
{
    int zone = prices->zone + rows, type = prices->type + columns;

    if (zone >= 0 && zone < prices->plan->n_zones)
        prices->zone = zone;
    if (type >= 0 && type < prices->map->n_types)
        prices->type = type;
}

/* Keys that want a price list. */
static bool act(struct prices *prices, const struct key *key, enum action action)
{
    char now[MONEY_TEXT], digit[2] = {key->text[0], '\0'};

    if (action == ACTION_UP || action == ACTION_DOWN)
        go(prices, action == ACTION_UP ? -1 : 1, 0);
    else if (action == ACTION_LEFT || action == ACTION_RIGHT)
        go(prices, 0, action == ACTION_LEFT ? -1 : 1);
    else if (action == ACTION_ENTER)
        begin(prices,
              money_format(prices->map->prices[prices->zone][prices->type], now, sizeof now));
    else if (action == ACTION_DIGIT || action == ACTION_EMPTY)
        begin(prices, digit);
    else
        return false;
    return true;
}

static bool prices_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct prices *prices = state;

    if (prices->typing)
        return type_key(app, prices, key);
    if (action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN) {
        turn(app, prices, action == ACTION_PAGE_UP ? -1 : 1);
        return true;
    }
    return ready(prices) && act(prices, key, action);
}

static bool prices_typing(struct app *app, const void *state)
{
    (void)app;
    return ((const struct prices *)state)->typing;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_price(struct prices *prices, const struct surface *surface, int row, int column,
                       int zone, int type)
{
    bool chosen = zone == prices->zone && type == prices->type;
    char amount[MONEY_TEXT];

    if (chosen && prices->typing) {
        editor_draw(&prices->amount, surface, row, column + 1, PRICE_CELLS - 1, true);
        return;
    }
    money_format(prices->map->prices[zone][type], amount, sizeof amount);
    surface_put(surface, row, column, STYLE_STRONG, chosen ? ">" : " ");
    surface_right(surface, row, column + PRICE_CELLS - 1, PRICE_CELLS - 2,
                  chosen ? STYLE_CHOSEN : STYLE_NORMAL, amount);
    if (chosen)
        surface_cursor(surface, row, column + PRICE_CELLS - 2);
}

/* Rows and columns are moved so that the cursor is seen. */
static void draw_grid(struct prices *prices, const struct surface *surface)
{
    int names = surface->columns < NARROW ? ZONE_CELLS / 2 : ZONE_CELLS;
    int left = ZONE_AT + names, rows = surface->rows - LIST_ROW - 3;
    int columns = (surface->columns - left) / PRICE_CELLS;
    int first = prices->type >= columns ? prices->type - columns + 1 : 0;
    int top = prices->zone >= rows ? prices->zone - rows + 1 : 0;
    char head[TYPE_NAME_SIZE + 4];

    for (int i = 0; i < columns && first + i < prices->map->n_types; i++) {
        const struct type_row *type = &prices->map->types[first + i];

        (void)snprintf(head, sizeof head, "%d %s", (int)type->digit, type->name);
        surface_put_cells(surface, LIST_ROW - 1, left + i * PRICE_CELLS + 2, PRICE_CELLS - 2,
                          STYLE_FAINT, head);
    }
    for (int r = 0; r < rows && top + r < prices->plan->n_zones; r++) {
        surface_put_short(surface, LIST_ROW + r, ZONE_AT, names - 1, STYLE_NORMAL,
                          zone_name(prices->plan->zones[top + r]));
        for (int i = 0; i < columns && first + i < prices->map->n_types; i++)
            draw_price(prices, surface, LIST_ROW + r, left + i * PRICE_CELLS, top + r, first + i);
    }
}

static void prices_draw(struct app *app, void *state, const struct surface *surface)
{
    struct prices *prices = state;
    const struct show_row *show = show_of(prices);

    surface_rule(surface, surface->rows - 2);
    if (!show || !ready(prices)) {
        app_head(app, surface, _("PRICES"));
        if (prices->view && !show)
            surface_put(surface, LIST_ROW, ZONE_AT, STYLE_NORMAL,
                        _("No shows this day: PgDn goes to the next."));
        return;
    }
    show = &prices->map->show;
    const struct showing showing = {show->title, show->hall_name, show->starts_at};
    showing_head(app, surface, _("PRICES"), &showing);
    surface_put(surface, 1, ZONE_AT, STYLE_FAINT,
                _("From now on: what is sold, reserved or in a basket stays as it is."));
    draw_grid(prices, surface);
}

const struct screen scr_prices = {
    .id = SCREEN_PRICES,
    .state_size = sizeof(struct prices),
    .open = prices_open,
    .close = prices_close,
    .draw = prices_draw,
    .key = prices_key,
    .typing = prices_typing,
    .hear = prices_hear,
    .answer = prices_answer,
    .shown = prices_shown,
};
