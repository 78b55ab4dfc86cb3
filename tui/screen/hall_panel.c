#include "tui/screen/hall_panel.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/screen/hall_tell.h"
#include "tui/screen/hall_trade.h"
#include "tui/screen/offer_say.h"

enum {
    BASKET_ROW = 6,
    EXCHANGE_ROW = 3,
    BASKET_LEAST = 5,
    BASKET_FRAME = 3, /* its head, the total, what Enter does */
    LABEL_CELLS = 4,
    TOTAL_AT = 9,
    BASKET_LINE_FROM = 60,
    LIST_FROM = 34, /* columns of a panel that has room for the list */
    LIST_NAME_AT = 6,
    LIST_NAME_CELLS = 15,
};

static void amount_at(const struct surface *surface, int row, enum style style, money amount)
{
    char text[MONEY_TEXT];

    surface_right(surface, row, surface->columns, MONEY_TEXT, style,
                  money_format(amount, text, sizeof text));
}

/* The seat under the cursor; returns the row behind. */
static int draw_seat(struct app *app, const struct hall *hall, const struct surface *surface)
{
    struct hall_told told;
    int row = 0;

    hall_tell_seat(app, hall, &told);
    row = surface_wrap(surface, row, STYLE_STRONG, told.title);
    row = surface_wrap(surface, row, STYLE_NORMAL, told.who);
    return surface_wrap(surface, row, STYLE_NORMAL, told.say);
}

/* Pieces that were found and are not held. */
static int draw_apart(const struct hall *hall, const struct surface *surface, int row)
{
    char labels[128], text[192];

    (void)snprintf(text, sizeof text, _("NO %d TOGETHER"), (int)hall->apart.n);
    row = surface_wrap(surface, row, STYLE_WARN, text);
    (void)snprintf(text, sizeof text, _("%d places: %s. Nothing is held."), (int)hall->apart.pieces,
                   hall_tell_apart(hall, labels, sizeof labels));
    row = surface_wrap(surface, row, STYLE_NORMAL, text);
    if (hall->apart.n <= PARTY_MAX)
        (void)snprintf(text, sizeof text, _("b holds them, w puts %d on the list"),
                       (int)hall->apart.n);
    else /* who are more than a party on the list may be */
        (void)snprintf(text, sizeof text, "%s", _("b holds them"));
    return surface_wrap(surface, row, STYLE_STRONG, text) + 1;
}

static void draw_line(const struct surface *surface, int row, const struct basket_seat *seat)
{
    int label = text_cells(seat->label) > LABEL_CELLS ? text_cells(seat->label) : LABEL_CELLS;

    surface_put(surface, row, 0, STYLE_NORMAL, seat->label);
    int column = surface_printf(surface, row, label + 1, STYLE_NORMAL, "%d %s", (int)seat->digit,
                                seat->type_name);
    char text[MONEY_TEXT];
    money_format(seat->amount, text, sizeof text);
    int end = surface->columns, begin = end - text_cells(text);
    if (column >= begin)
        surface_put(surface, row, begin - 1, STYLE_NORMAL, " ");
    amount_at(surface, row, STYLE_NORMAL, seat->amount);
}

/* The single seat that the choice leaves, and what would leave none; "": it leaves none. */
static char *gap_text(const struct hall *hall, char *text, size_t size)
{
    const struct hall_shape *shape = &hall->shape;

    text[0] = '\0';
    if (shape->gaps == 0)
        return text;
    const char *gap = hall->plan->seats[shape->gap].label;
    if (shape->better.n > 1)
        (void)snprintf(text, size,
                       /* translators: a seat that would stand alone; seats that b takes instead */
                       shape->better.gaps ? _("! leaves %s single: %s to %s leave fewer, b")
                                          : _("! leaves %s single: %s to %s leave none, b"),
                       gap, hall->plan->seats[shape->better.seats[0]].label,
                       hall->plan->seats[shape->better.seats[shape->better.n - 1]].label);
    else if (shape->better.n > 0)
        (void)snprintf(text, size,
                       shape->better.gaps ? _("! leaves %s single: %s leaves fewer, b")
                                          : _("! leaves %s single: %s leaves none, b"),
                       gap, hall->plan->seats[shape->better.seats[0]].label);
    else
        (void)snprintf(text, size, _("! leaves %s single; nothing better is free"), gap);
    return text;
}

/* "3 seats  TOTAL        33.00"; short of room the words are cut, never the amount. */
static void draw_total(const struct surface *surface, int row, int n, money total)
{
    char text[MONEY_TEXT];
    int room = surface->columns - text_cells(money_format(total, text, sizeof text)) - 1;
    struct surface words = surface_part(surface, row, 0, 1, room);
    char count[48];
    (void)snprintf(count, sizeof count, ngettext("%d seat", "%d seats", (unsigned)n), n);
    if (text_cells(count) + 1 + text_cells(_("TOTAL")) > room)
        (void)snprintf(count, sizeof count, "%d", n);
    int column = 1 + surface_put(&words, 0, 0, STYLE_STRONG, count),
        last = room - text_cells(_("TOTAL"));
    int at = column > TOTAL_AT ? column : TOTAL_AT < last ? TOTAL_AT : last;

    surface_put(&words, 0, at > column ? at : column, STYLE_STRONG, _("TOTAL"));
    amount_at(surface, row, STYLE_STRONG, total);
}

/* How long the basket is kept, or that it is not; short of room the figure alone. */
static void draw_kept(struct app *app, const struct hall *hall, const struct surface *surface,
                      int row)
{
    const struct basket *basket = &app->basket;
    bool ended = basket->until <= app_now(app); /* the sale decides whether they can still be had */
    int room = surface->columns - text_cells(_("BASKET")) - 1;
    char left[32], keeps[96];

    app_left(app, basket->until, left, sizeof left);
    if (ended)
        (void)snprintf(keeps, sizeof keeps, "%s", _("hold ended"));
    else if (hall->lost > 0)
        (void)snprintf(keeps, sizeof keeps, _("%d not held"), hall->lost);
    else
        (void)snprintf(keeps, sizeof keeps, _("keeps %s"), left);
    if (!ended && hall->lost <= 0 && text_cells(keeps) > room)
        (void)snprintf(keeps, sizeof keeps, "%s", left);
    surface_right(surface, row, surface->columns, room,
                  ended || hall->lost > 0 ? STYLE_WARN : STYLE_STRONG, keeps);
}

/* The seats of the basket, as many as there is room for, then the total. */
static int draw_basket(struct app *app, const struct hall *hall, const struct surface *surface,
                       int row, int end)
{
    const struct basket *basket = &app->basket;
    char means[64], gap[192];
    int n = basket->n;

    if (app_exchanging(app))
        row = hall_trade_draw(app, surface, row);
    int room = end - row - BASKET_FRAME -
               surface_wrap_rows(surface->columns, gap_text(hall, gap, sizeof gap));
    surface_put(surface, row, 0, STYLE_HEAD, _("BASKET"));
    if (!hall_basket(app, hall)) {
        surface_put(surface, row, text_cells(_("BASKET")) + 1, STYLE_FAINT, _("empty"));
        return row + 1;
    }
    draw_kept(app, hall, surface, row++);
    if (room < 1)
        room = 1;
    int first = n > room ? n - room + 1 : 0;
    if (first > 0)
        surface_printf(surface, row++, 0, STYLE_FAINT, _("%d more above"), first);
    for (int i = first; i < n; i++)
        draw_line(surface, row++, &basket->seats[i]);
    if (n < room)
        row++;
    draw_total(surface, row++, n, basket->total);
    surface_right(surface, row++, surface->columns, surface->columns, STYLE_NORMAL,
                  hall->lost > 0        ? _("0 empties it")
                  : app_exchanging(app) ? hall_trade_means(app, means, sizeof means)
                  : basket->n_parts > 1 ? _("Enter pays all shows")
                                        : _("Enter pays it"));
    return surface_wrap(surface, row, STYLE_WARN, gap);
}

/* Where the basket begins: in its place, but higher where its seats want room and the seat under
 * the cursor leaves some. */
static int basket_row(const struct app *app, const struct hall *hall, const struct surface *surface,
                      int row)
{
    const int from = app_exchanging(app) ? EXCHANGE_ROW : BASKET_ROW;
    char gap[192];
    int high = surface->rows - BASKET_FRAME - app->basket.n -
               surface_wrap_rows(surface->columns, gap_text(hall, gap, sizeof gap));

    if (high > from || !hall_basket(app, hall))
        high = from;
    return row > high ? row : high;
}

/* The part of the basket that is not of this show, the first of them; NULL. */
static const struct basket_part *elsewhere(const struct app *app, const struct hall *hall)
{
    int first = hall_basket(app, hall) ? 1 : 0;

    return first < app->basket.n_parts ? &app->basket.parts[first] : NULL;
}

/* Rows that draw_others takes. */
static int foot_rows(const struct app *app, const struct hall *hall)
{
    return (elsewhere(app, hall) ? 2 : 1) + (app_parked(app) > 0 ? 2 : 0);
}

/* "2 x 20:15 Stalker", and more that there are; with the key that pays when Enter does not. */
static void draw_elsewhere(const struct app *app, const struct hall *hall,
                           const struct surface *surface, int row)
{
    const struct basket_part *part = elsewhere(app, hall);
    bool here = hall_basket(app, hall);
    int more = app->basket.n_parts - (here ? 2 : 1), end = surface->columns - (here ? 0 : 2);
    enum style style = here ? STYLE_NORMAL : STYLE_WARN;
    char clock[WHEN_TEXT], rest[16] = "";

    if (more > 0)
        (void)snprintf(rest, sizeof rest, " +%d", more);
    surface_put(
        surface, row++, 0, style,
        here ? _("also of other shows:")
             : ngettext("BASKET of another show", "BASKET of other shows", (unsigned)more + 1));
    int column = surface_printf(surface, row, 0, style, "%d x ", (int)part->n);
    bool other_day = when_day(part->starts_at) != when_day(hall->map->show.starts_at);
    if (other_day) { /* "Tue" of "Tue 24 Nov" */
        when_day_name(when_day(part->starts_at), clock, sizeof clock);
        clock[strcspn(clock, " ")] = '\0';
        column = surface_put(surface, row, column, STYLE_OTHER_DAY, clock) + 1;
    }
    when_clock(part->starts_at, clock, sizeof clock);
    column = surface_put(surface, row, column, style, clock) + 1;
    column = surface_put_cells(surface, row, column, end - column - text_cells(rest), style,
                               part->title);
    surface_put(surface, row, column, style, rest);
    if (!here)
        surface_right(surface, row, surface->columns, 1, STYLE_KEY, "p");
}

/* "PARKED 1          4:10", and "Tom, 2 x Stalker    g" in the row below it; "3 seats of 2 shows"
 * where it holds several, with who parked it if there is room. */
static void draw_parked(struct app *app, const struct surface *surface, int row)
{
    const struct parked_row *parked = app_parked_last(app);
    const char *who = app_who(app, parked->operator_number, parked->terminal);
    const int room = surface->columns - 2;
    char left[32], what[TITLE_SIZE + 64];
    int column = 0;

    surface_printf(surface, row, 0, STYLE_HEAD, _("PARKED %d"), app_parked(app));
    surface_right(surface, row++, surface->columns, 12, STYLE_NORMAL,
                  app_left(app, parked->until, left, sizeof left));
    if (parked->n_shows > 1)
        app_parked_what(parked, what, sizeof what);
    else
        (void)snprintf(what, sizeof what, "%d x %s", (int)parked->n, parked->title);
    if (parked->n_shows <= 1 || text_cells(who) + 2 + text_cells(what) <= room)
        column = surface_printf(surface, row, 0, STYLE_NORMAL, "%s, ", who);
    surface_put_cells(surface, row, column, room - column, STYLE_NORMAL, what);
    surface_right(surface, row, surface->columns, 1, STYLE_KEY, "g");
}

/* Baskets that are not of this show: the own one elsewhere, and parked ones. */
static void draw_others(struct app *app, const struct hall *hall, const struct surface *surface)
{
    int row = surface->rows - foot_rows(app, hall);

    if (elsewhere(app, hall)) {
        draw_elsewhere(app, hall, surface, row);
        row += 2;
    } else {
        surface_put(surface, row++, 0, STYLE_FAINT, _("other shows: none"));
    }
    if (app_parked(app) > 0)
        draw_parked(app, surface, row);
}

/* Who waits for the show, in order, as many as there is room for: " 1  2 Ødegård, Kari   CALL F5-6
 * 29min". */
static void draw_list(struct app *app, const struct hall *hall, const struct surface *surface,
                      int row)
{
    const int now_at = LIST_NAME_AT + LIST_NAME_CELLS + 1;
    const int n = hall->list ? (int)hall->list->n : 0;
    char now[256];

    if (n == 0 || surface->columns < LIST_FROM || row + 2 > surface->rows)
        return;
    int column = surface_put(surface, row, 0, STYLE_HEAD, _("LIST"));
    surface_printf(surface, row++, column + 2, STYLE_FAINT,
                   ngettext("%d party", "%d parties", (unsigned)n), n);
    for (int i = 0; i < n && row < surface->rows; i++, row++) {
        const struct waiting_row *party = &hall->list->rows[i];
        enum style style = offer_say_open(app, party) ? STYLE_CALL : STYLE_NORMAL;

        surface_printf(surface, row, 0, STYLE_NORMAL, "%2d %2d", party->position, party->party);
        surface_put_short(surface, row, LIST_NAME_AT, LIST_NAME_CELLS, STYLE_NORMAL, party->name);
        surface_put_short(surface, row, now_at, surface->columns - now_at, style,
                          offer_say_now(app, party, now, sizeof now));
    }
}

void hall_panel_draw(struct app *app, const struct hall *hall, const struct surface *surface)
{
    int foot = surface->rows - foot_rows(app, hall);
    bool basket = hall_basket(app, hall);
    /* However much there is to tell of a seat, the total stands. */
    struct surface told =
        surface_part(surface, 0, 0,
                     foot - (basket ? BASKET_LEAST : 0) - (app_exchanging(app) ? BASKET_LEAST : 0),
                     surface->columns);
    int row = draw_seat(app, hall, &told) + 1;

    if (hall->apart.n > 0)
        row = draw_apart(hall, surface, row);
    struct surface above = surface_part(surface, 0, 0, foot, surface->columns);
    if ((hall->apart.n == 0 && !elsewhere(app, hall)) || basket)
        row = draw_basket(app, hall, &above, basket_row(app, hall, &above, row), foot);
    above.rows = foot - 1;
    draw_list(app, hall, &above, row + 1);
    draw_others(app, hall, surface);
}

/* The basket in forty columns; more have room for the line that other screens show. */
static void draw_short_basket(struct app *app, const struct surface *surface, int row)
{
    char labels[128], total[MONEY_TEXT], left[32];

    if (surface->columns >= BASKET_LINE_FROM || app->basket.n == 0) {
        app_basket_line(app, surface, row);
        return;
    }
    int column = surface_printf(surface, row, 1, STYLE_HEAD, _("BASKET"));
    column = surface_put_cells(surface, row, column + 1, surface->columns - 28, STYLE_STRONG,
                               basket_labels(&app->basket, labels, sizeof labels));
    surface_printf(surface, row, column + 2, STYLE_STRONG, "%s  %s",
                   money_format(app->basket.total, total, sizeof total),
                   app_left(app, app->basket.until, left, sizeof left));
}

/* What the panel says first, in one run of words: pieces that are not held, else the seat. */
static void low_text(struct app *app, const struct hall *hall, char *buffer, size_t size)
{
    struct hall_told told;
    char labels[128];

    if (hall->apart.n > 0) {
        (void)snprintf(buffer, size,
                       hall->apart.n <= PARTY_MAX ? _("NO %d TOGETHER: b holds %s, w lists them")
                                                  : _("NO %d TOGETHER: b holds %s"),
                       (int)hall->apart.n, hall_tell_apart(hall, labels, sizeof labels));
        return;
    }
    hall_tell_seat(app, hall, &told);
    (void)snprintf(buffer, size, "%s  %s  %s", told.title, told.who, told.say);
}

void hall_panel_draw_low(struct app *app, const struct hall *hall, const struct surface *surface)
{
    struct surface seat = surface_part(surface, 0, 1, surface->rows - 1, surface->columns - 2);
    char text[sizeof(struct hall_told) + 8];

    low_text(app, hall, text, sizeof text);
    if (surface->rows > 1)
        surface_wrap(&seat, 0, hall->apart.n > 0 ? STYLE_WARN : STYLE_NORMAL, text);
    draw_short_basket(app, surface, surface->rows - 1);
}
