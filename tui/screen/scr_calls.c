/* The calls to make, over all shows, soonest first: one list on every terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/screen/offer_keys.h"
#include "tui/screen/offer_panel.h"
#include "tui/screen/offer_say.h"
#include "tui/widget/list.h"

enum {
    REREAD = 5,
    ROWS_ALL = 20,
    COLUMNS_ALL = 80,
    PANEL_ROWS = 9,
    PANEL_SMALL = 5,
    LEFT_CELLS = 7, /* of "23 h 59", and the blank before it */
};

struct calls {
    struct waiting_list *list; /* NULL until it is read */
    struct list cursor;
    int list_row;
    entry_id chosen;
    reservation_id read;
    struct booking *offer;
    struct offer_keys keys;
    int age;
};

static const struct waiting_row *chosen_of(const struct calls *calls)
{
    return calls->list && calls->cursor.at < calls->list->n ? &calls->list->rows[calls->cursor.at]
                                                            : NULL;
}

static void ask_list(struct app *app, struct calls *calls)
{
    union read_args args = {0};

    calls->age = 0;
    app_read(app, READ_CALLS, &args, 0);
}

static void choose(struct app *app, struct calls *calls)
{
    const struct waiting_row *row = chosen_of(calls);
    union read_args args = {0};

    calls->chosen.n = row ? row->id.n : 0;
    if (!row || row->reservation.n == calls->read.n)
        return;
    calls->read = args.booking.id = row->reservation;
    app_read(app, READ_BOOKING, &args, 0);
}

static void calls_open(struct app *app, void *state, const struct screen_args *args)
{
    (void)args;
    app_hold_keys(app, true);
    ask_list(app, state);
}

static void calls_close(struct app *app, void *state)
{
    struct calls *calls = state;

    (void)app;
    free(calls->list);
    free(calls->offer);
}

static void list_answer(struct app *app, struct calls *calls, struct answer *answer)
{
    app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    free(calls->list);
    calls->list = answer->result;
    answer->result = NULL;
    list_resize(&calls->cursor, calls->list->n);
    for (size_t i = 0; i < calls->list->n; i++)
        if (calls->list->rows[i].id.n == calls->chosen.n)
            calls->cursor.at = i;
    choose(app, calls);
}

static void calls_answer(struct app *app, void *state, struct answer *answer)
{
    struct calls *calls = state;

    if (offer_keys_answer(app, &calls->keys, answer)) {
        ask_list(app, calls);
    } else if (answer->verb) {
        app_say_fault(app, answer->fault);
    } else if (answer->read == READ_CALLS) {
        list_answer(app, calls, answer);
    } else if (answer->rc == RC_OK) {
        free(calls->offer);
        calls->offer = answer->result;
        answer->result = NULL;
    }
}

static void calls_hear(struct app *app, void *state, const struct hint *hint)
{
    if (hint->kind != HINT_LEASE && hint->kind != HINT_GREETING)
        ask_list(app, state);
}

static void calls_tick(struct app *app, void *state, when_ms now)
{
    struct calls *calls = state;
    const struct waiting_row *first = calls->list && calls->list->n ? calls->list->rows : NULL;

    if (++calls->age >= REREAD || (first && first->deadline <= now))
        ask_list(app, calls);
}

/* --- drawing --------------------------------------------------------------------------------- */

/* Where each column begins; 0: left out. The panel has the show in full. */
struct columns {
    int title, title_cells, name, name_cells, phone, seats, seats_cells, calls, calls_cells;
};

static struct columns columns_of(int width)
{
    int more = (width - COLUMNS_ALL) / 4;
    struct columns at = {.name = 9, .seats_cells = 7};

    if (width < COLUMNS_ALL) {
        at.seats = width - 1 - LEFT_CELLS - at.seats_cells;
        at.name_cells = at.seats - 1 - at.name;
        return at;
    }
    at.title = 8;
    at.title_cells = 11 + more;
    at.name = at.title + at.title_cells + 1;
    at.name_cells = 14 + more;
    at.phone = at.name + at.name_cells + 1;
    at.seats = at.phone + 17;
    at.seats_cells = 9 + more;
    at.calls = at.seats + at.seats_cells + 1;
    at.calls_cells = width - 1 - LEFT_CELLS - at.calls;
    return at;
}

struct drawing {
    struct app *app;
    const struct calls *calls;
    struct columns at;
};

static void draw_call(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct drawing *drawing = context;
    const struct columns *at = &drawing->at;
    const struct waiting_row *row = &drawing->calls->list->rows[item];
    struct app *app = drawing->app;
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    char clock[WHEN_TEXT], left[WHEN_TEXT], seats[128];
    const char *caller = offer_say_mine(app, row)        ? _("you")
                         : offer_say_elsewhere(app, row) ? offer_say_who(app, row)
                                                         : _("nobody");

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 2, style, when_clock(row->starts_at, clock, sizeof clock));
    surface_put_cells(line, 0, at->name, at->name_cells, style, row->name);
    surface_put_cells(line, 0, at->seats, at->seats_cells, STYLE_CALL,
                      offer_say_seats(row, seats, sizeof seats));
    if (at->title) {
        surface_put_cells(line, 0, at->title, at->title_cells, style, row->title);
        surface_put_cells(line, 0, at->phone, OFFER_PHONE_CELLS, style, row->phone);
        surface_put_cells(line, 0, at->calls, at->calls_cells, style, caller);
    }
    surface_right(line, 0, line->columns - 1, LEFT_CELLS, STYLE_CALL,
                  when_distance(app_now(app), row->deadline, left, sizeof left));
}

static void draw_captions(const struct surface *surface, int row, const struct columns *at)
{
    surface_put_short(surface, row, 2, 5, STYLE_FAINT, _("Start"));
    surface_put_short(surface, row, at->name, at->name_cells, STYLE_FAINT, _("Name"));
    surface_put_short(surface, row, at->seats, at->seats_cells, STYLE_FAINT, _("Seats"));
    if (at->title) {
        surface_put_short(surface, row, at->title, at->title_cells, STYLE_FAINT, _("Title"));
        surface_put_short(surface, row, at->phone, OFFER_PHONE_CELLS, STYLE_FAINT, _("Phone"));
        surface_put_short(surface, row, at->calls, at->calls_cells, STYLE_FAINT, _("Caller"));
    }
    /* translators: how long a call may wait; 6 cells */
    surface_right(surface, row, surface->columns - 1, LEFT_CELLS - 1, STYLE_FAINT, _("Left"));
}

static void draw_prompt(struct app *app, const struct calls *calls, const struct surface *surface,
                        int row)
{
    const struct waiting_row *chosen = chosen_of(calls);
    char caller[160];

    if (!offer_keys_question(&calls->keys, surface, row) && chosen)
        surface_put(surface, row, 1, offer_say_elsewhere(app, chosen) ? STYLE_WARN : STYLE_STRONG,
                    offer_say_caller(app, chosen, caller, sizeof caller));
}

static void calls_draw(struct app *app, void *state, const struct surface *surface)
{
    struct calls *calls = state;
    struct drawing drawing = {app, calls, columns_of(surface->columns)};
    bool all = surface->rows >= ROWS_ALL;
    int panel_rows = all ? PANEL_ROWS : PANEL_SMALL;
    int line = surface->rows - 3, bottom = all ? line - 1 : line, row = 1;
    struct offer_panel panel = {.row = chosen_of(calls),
                                .offer = calls->offer,
                                .kept = "",
                                .with_show = true,
                                .phone_cells = drawing.at.phone ? OFFER_PHONE_CELLS : 0};

    app_head(app, surface, _("CALLS to make, soonest first"));
    draw_captions(surface, row++, &drawing.at);
    if (all)
        surface_rule(surface, row++);
    calls->list_row = row;
    if (calls->list && calls->list->n == 0)
        surface_put(surface, row, 2, STYLE_NORMAL, _("Nobody is to be called now."));
    if (calls->list)
        list_draw(&calls->cursor, surface, row, bottom - panel_rows - row, draw_call, &drawing);
    struct surface part =
        surface_part(surface, bottom - panel_rows, 0, panel_rows, surface->columns);
    if (panel.row)
        offer_panel_draw(app, &panel, &part);
    draw_prompt(app, calls, surface, line);
    if (all)
        surface_rule(surface, bottom);
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool calls_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct calls *calls = state;
    const struct waiting_row *row = chosen_of(calls);
    struct screen_args args = {0};
    size_t hit;

    if (offer_keys_press(app, &calls->keys, row, action))
        return true;
    if (row && (action == ACTION_ENTER || action == ACTION_LIST || action == ACTION_OPEN)) {
        args.show = row->show;
        args.entry = row->id;
        app_open(app, action == ACTION_OPEN ? SCREEN_ENTRY : SCREEN_WAITING, &args);
        return true;
    }
    hit =
        key->press == PRESS_CLICK ? list_hit(&calls->cursor, key->row, calls->list_row) : SIZE_MAX;
    if (hit != SIZE_MAX)
        calls->cursor.at = hit;
    else if (action == ACTION_NONE || !action_row(action)->moves ||
             !list_press(&calls->cursor, action_row(action)->press))
        return false;
    choose(app, calls);
    return true;
}

const struct screen scr_calls = {
    .id = SCREEN_CALLS,
    .state_size = sizeof(struct calls),
    .open = calls_open,
    .close = calls_close,
    .draw = calls_draw,
    .key = calls_key,
    .hear = calls_hear,
    .answer = calls_answer,
    .tick = calls_tick,
};
