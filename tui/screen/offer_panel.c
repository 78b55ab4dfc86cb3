#include "tui/screen/offer_panel.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/deadline.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/showing.h"

enum {
    ROWS_BOTH = 6,    /* from here on both outcomes are told */
    ROWS_TRIED = 5,   /* and who was tried */
    COLUMNS_ALL = 72, /* deadline on the line of the seats */
    SAY_COLUMN = 6,   /* at least */
};

/* "─ 1  Ødegård, Kari ───": who the panel is about; "─ 1  Ødegård, Kari ─ +47 55 01 12 12 ─" where
 * the list has no room for the number, without which nobody can be rung. */
static void draw_title(const struct offer_panel *panel, const struct surface *surface)
{
    const struct waiting_row *row = panel->row;
    bool listed = text_cells(row->phone) <= panel->phone_cells;
    int phone = row->phone[0] && !listed ? text_cells(row->phone) + 4 : 0, column = 1;

    surface_rule(surface, 0);
    if (row->position > 0)
        column = surface_printf(surface, 0, column, STYLE_HEAD, " %d ", row->position);
    column = surface_put(surface, 0, column, STYLE_HEAD, " ");
    column = surface_put_cells(surface, 0, column, surface->columns - column - 1 - phone,
                               STYLE_HEAD, row->name);
    column = surface_put(surface, 0, column, STYLE_HEAD, " ");
    if (phone)
        surface_printf(surface, 0, column + 1, STYLE_STRONG, " %s ", row->phone);
}

/* "2 x adult 22.00, 1 x child 7.00" of an offer's seats. */
static void types_text(const struct booking *offer, char *buffer, size_t size)
{
    size_t used = 0;

    buffer[0] = '\0';
    for (int32_t i = 0; i < offer->n; i++) {
        char amount[MONEY_TEXT];
        money sum = 0;
        int32_t n = 0;
        bool first = true;
        for (int32_t j = 0; j < offer->n; j++) {
            if (strcmp(offer->seats[j].type, offer->seats[i].type) != 0)
                continue;
            first = first && j >= i;
            sum += offer->seats[j].amount;
            n++;
        }
        if (!first || used >= size)
            continue;
        int more = snprintf(buffer + used, size - used, "%s%d x %s %s", used ? ", " : "", (int)n,
                            offer->seats[i].type, money_format(sum, amount, sizeof amount));
        used += more > 0 ? (size_t)more : 0;
    }
}

/* What is offered: short of room without "together", then without the zones and the types, so that
 * the sum is always seen. */
static void what_text(const struct waiting_row *row, const char *types, int room, char *buffer,
                      size_t size)
{
    char seats[256], total[MONEY_TEXT];
    const char *comma = row->zones[0] ? ", " : "";

    if (row->n == 2) /* "F5, F6", as they are said */
        (void)snprintf(seats, sizeof seats, "%s, %s", row->seats[0], row->seats[1]);
    else
        offer_say_seats(row, seats, sizeof seats);
    /* translators: seats, their zones, tickets and a sum */
    if (row->n > 1 && row->fit == FIT_TOGETHER)
        (void)snprintf(buffer, size, _("%s together%s%s, %s"), seats, comma, row->zones, types);
    else
        (void)snprintf(buffer, size, "%s%s%s, %s", seats, comma, row->zones, types);
    if (text_cells(buffer) > room)
        (void)snprintf(buffer, size, "%s%s%s, %s", seats, comma, row->zones, types);
    if (text_cells(buffer) > room)
        (void)snprintf(buffer, size, "%s, %s", seats,
                       money_format(row->total, total, sizeof total));
}

/* "F5, F6, stalls, 2 x adult 22.00        offer ends 15:01, in 29 min" */
static void draw_offer(struct app *app, const struct offer_panel *panel,
                       const struct surface *surface)
{
    const struct waiting_row *row = panel->row;
    char types[160], until[WHEN_TEXT], left[2 * WHEN_TEXT], ends[128];
    char what[512];

    if (panel->offer && panel->offer->id.n == row->reservation.n && panel->offer->n > 0)
        types_text(panel->offer, types, sizeof types);
    else
        money_format(row->total, types, sizeof types);
    when_clock(row->deadline, until, sizeof until);
    (void)snprintf(ends, sizeof ends, _("offer ends %s, %s"), until,
                   showing_distance(app, row->deadline, left, sizeof left));
    int room = surface->columns >= COLUMNS_ALL ? surface->columns - 3 - text_cells(ends)
                                               : surface->columns - 2;
    struct surface line = surface_part(surface, 1, 1, 1, room);
    what_text(row, types, room, what, sizeof what);
    surface_put(&line, 0, 0, STYLE_STRONG, what);
    if (surface->columns >= COLUMNS_ALL)
        surface_right(surface, 1, surface->columns, 60, STYLE_CALL, ends);
    else
        surface_put(surface, 2, 1, STYLE_CALL, ends);
}

static void draw_wish(const struct offer_panel *panel, const struct surface *surface)
{
    const struct waiting_row *row = panel->row;
    char wish[OFFER_SAY_WISH];
    int column = surface_printf(surface, 1, 1, STYLE_STRONG, _("Wants %s"),
                                offer_say_whole_wish(row, wish, sizeof wish));

    if (row->present)
        column = surface_put(surface, 1, column, STYLE_STRONG, _(", stands at the counter"));
    if (panel->kept && panel->kept[0])
        surface_printf(surface, 1, column, STYLE_STRONG, _(".  Kept for it: %s"), panel->kept);
}

/* "Seats from a refund on counter-2, 14:31."; without the terminal where there is less room, and
 * nothing where there is none. */
static int draw_origin(const struct booking *offer, const struct surface *surface, int column)
{
    const struct origin *origin = &offer->origin;
    const char *from = origin_words((enum origin_kind)origin->kind);
    char text[256] = "", clock[WHEN_TEXT];

    when_clock(origin->at, clock, sizeof clock);
    if (origin->kind == ORIGIN_UNKNOWN)
        (void)snprintf(text, sizeof text, _("Seats that were free, offered %s."),
                       when_clock(offer->made_at, clock, sizeof clock));
    else if (origin->terminal[0]) /* translators: "a refund", a terminal, a time */
        (void)snprintf(text, sizeof text, _("Seats from %s on %s, %s."), from, origin->terminal,
                       clock);
    bool wide = column + text_cells(text) >= surface->columns;
    if (origin->kind != ORIGIN_UNKNOWN && (wide || !origin->terminal[0]))
        (void)snprintf(text, sizeof text, _("Seats from %s, %s."), from, clock);
    if (column + text_cells(text) >= surface->columns)
        return column;
    return surface_put(surface, 2, column, STYLE_NORMAL, text) + 2;
}

/* Whom was tried, where its seats come from; or why it has no seats yet. */
static void draw_tried(const struct offer_panel *panel, bool open, const struct surface *surface)
{
    const struct waiting_row *row = panel->row;
    int column = 1;

    if (!open && row->reason[0])
        column =
            surface_printf(surface, 2, column, STYLE_NORMAL, _("Why not yet: %s.  "), row->reason);
    if (!open && row->passes > 0)
        column = surface_printf(
            surface, 2, column, STYLE_NORMAL,
            ngettext("Passed over %d time.  ", "Passed over %d times.  ", (unsigned)row->passes),
            row->passes);
    if (open && row->tried == 0)
        column = surface_put(surface, 2, column, STYLE_NORMAL, _("Tried: nobody yet.  "));
    else if (row->tried > 0)
        column =
            surface_printf(surface, 2, column, STYLE_NORMAL,
                           ngettext("Tried: %d time without an answer.  ",
                                    "Tried: %d times without an answer.  ", (unsigned)row->tried),
                           row->tried);
    if (open && panel->offer && panel->offer->id.n == row->reservation.n)
        column = draw_origin(panel->offer, surface, column);
    if (row->note[0])
        surface_printf(surface, 2, column, STYLE_NORMAL, _("Note: %s"), row->note);
}

static void draw_words(struct app *app, const struct waiting_row *row,
                       const struct surface *surface, int from, int rows)
{
    char words[OFFER_SAY_TEXT];
    int say = 2 + text_cells(_("SAY"));
    int column = say > SAY_COLUMN ? say : SAY_COLUMN;
    struct surface text = surface_part(surface, from, column, rows, surface->columns - column);

    offer_say_words(app, row, words, sizeof words);
    /* A blank row before it where there is room. */
    int blank = rows > surface_wrap_rows(text.columns, words);
    if (text.rows > 0)
        surface_put(surface, from + blank, 1, STYLE_KEY, _("SAY"));
    surface_wrap(&text, blank, STYLE_STRONG, words);
}

static void draw_outcomes(const struct waiting_row *row, bool open, const struct surface *surface)
{
    int at = surface->rows - 2;
    int column = surface_put(surface, at, 1, STYLE_HEAD, _("IF NOT REACHED")) + 2;
    char text[256];

    if (open)
        (void)snprintf(text, sizeof text,
                       _("v: stays number %d; these seats go to the next party that fits."),
                       row->position);
    else
        (void)snprintf(text, sizeof text, "%s", _("nothing is lost: it keeps its place."));
    if (open && column + text_cells(text) > surface->columns)
        (void)snprintf(text, sizeof text, _("v: stays number %d; seats go on."), row->position);
    surface_put(surface, at, column, STYLE_NORMAL, text);
    column = surface_put(surface, at + 1, 1, STYLE_HEAD, _("IF STANDING HERE"));
    surface_put(surface, at + 1, column + 2, STYLE_NORMAL,
                open ? _("p: accepts and pays now.") : _("o: note that it waits at the counter."));
}

void offer_panel_draw(struct app *app, const struct offer_panel *panel,
                      const struct surface *surface)
{
    const struct waiting_row *row = panel->row;
    bool open = offer_say_open(app, row), both = surface->rows >= ROWS_BOTH;
    bool wide = surface->columns >= COLUMNS_ALL;
    int from = 2;

    if (surface->rows < 2)
        return;
    draw_title(panel, surface);
    if (open)
        draw_offer(app, panel, surface);
    else
        draw_wish(panel, surface);
    if (wide && surface->rows >= ROWS_TRIED)
        draw_tried(panel, open, surface);
    else if (!open && surface->rows >= 3)
        draw_tried(panel, open, surface);
    if (surface->rows >= ROWS_TRIED || !wide)
        from = 3;
    if (panel->with_show && surface->rows > from) {
        char when[2 * WHEN_TEXT];
        surface_printf(surface, from, 1, STYLE_NORMAL, "%s, %s, %s", row->title,
                       offer_say_when(app, row->starts_at, when, sizeof when), row->hall);
        from++;
    }
    draw_words(app, row, surface, from, surface->rows - from - (both ? 2 : 0));
    if (both)
        draw_outcomes(row, open, surface);
}

void offer_panel_calls(struct app *app, entry_id except, const struct surface *surface, int row)
{
    const struct waiting_row *next = NULL;
    char start[WHEN_TEXT], until[WHEN_TEXT];
    size_t more = 0;

    for (size_t i = 0; app->calls && i < app->calls->n; i++) {
        const struct waiting_row *call = &app->calls->rows[i];
        if (call->id.n == except.n || !offer_say_open(app, call))
            continue;
        more++;
        if (!next)
            next = call;
    }
    int column = surface_put(surface, row, 1, STYLE_HEAD, _("CALLS"));
    if (!next) {
        surface_put(surface, row, column + 1, STYLE_FAINT, except.n ? _("no more") : _("none"));
        return;
    }
    column = surface_printf(surface, row, column, STYLE_CALL,
                            except.n ? _(" %zu more:") : " %zu:", more);
    struct surface line = surface_part(surface, row, 0, 1, surface->columns - 3);
    bool called = next->caller[0] && next->claimed_until > app_now(app);
    surface_printf(&line, 0, column + 2, STYLE_NORMAL,
                   /* translators: start and title of a show, a party, until when, who calls it */
                   called ? _("%s %s, %.*s, until %s, %s is calling")
                          : _("%s %s, %.*s, until %s, nobody calls yet%.0s"),
                   when_clock(next->starts_at, start, sizeof start), next->title,
                   (int)strcspn(next->name, ","), next->name,
                   when_clock(next->deadline, until, sizeof until), offer_say_who(app, next));
    surface_right(surface, row, surface->columns - 1, 1, STYLE_KEY, "c");
}
