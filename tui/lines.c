/* Lines that screens share: the basket, the calls to make. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/app.h"
#include "tui/seat_names.h"

enum {
    WIDE_FROM = 60,
    ALL_FROM = 76,  /* columns with room for who calls, in words */
    PARKED_AT = 22, /* where the parked baskets are told beside an empty one */
    TITLE_LEAST = 8,
    NAME_LEAST = 6,
    WHEN_CLOCK = 5, /* of "19:45" */
    EXCHANGE_NAME = 192,
    UNTIL_AT = 38 /* where a call's deadline is told, unless its seats take more */
};

/* "PARKED 1: 2 x Stalker 20:15, Tom, 4:10 left   g": short of room the title gives way first,
 * then who parked it, then the whole. A basket of several shows has no title to give. */
static void parked_text(struct app *app, const struct surface *surface, int row, int column)
{
    const struct parked_row *parked = app_parked_last(app);
    const char *who = app_who(app, parked->operator_number, parked->terminal);
    const bool one = parked->n_shows <= 1;
    char left[32], what[TITLE_SIZE + 64], end[sizeof left + sizeof what + STAFF_NAME_SIZE + 32];
    char head[48];
    int room = surface->columns - 3;

    (void)snprintf(head, sizeof head, _("PARKED %d:"), app_parked(app));
    int behind = column + text_cells(head);
    if (one)
        when_clock(parked->starts_at, what, sizeof what);
    else
        app_parked_what(parked, what, sizeof what);
    app_left(app, parked->until, left, sizeof left);
    /* translators: start of the show (or how many seats), who parked the basket, how long it is
     * kept still */
    (void)snprintf(end, sizeof end, _("%s, %s, %s left"), what, who, left);
    if (behind + 1 + text_cells(end) > room)
        (void)snprintf(end, sizeof end, _("%s, %s left"), what, left);
    if (behind + 1 + text_cells(end) > room)
        return;
    column = surface_put(surface, row, column, STYLE_HEAD, head);
    int title = room - column - text_cells(end) - 7; /* behind "2 x " */
    column++;
    if (one && title >= TITLE_LEAST) {
        column = surface_printf(surface, row, column, STYLE_NORMAL, "%d x ", (int)parked->n);
        column = 1 + surface_put_cells(surface, row, column, title, STYLE_NORMAL, parked->title);
    }
    surface_put_cells(surface, row, column, room - column, STYLE_NORMAL, end);
    surface_right(surface, row, surface->columns - 1, 1, STYLE_KEY, "g");
}

/* "keeps 2:41", or that it does no longer. */
static const char *basket_keeps(struct app *app, char *buffer, size_t size)
{
    char left[WHEN_TEXT];

    if (app->basket.until <= app_now(app))
        return _("hold ended");
    (void)snprintf(buffer, size, _("keeps %s"),
                   app_left(app, app->basket.until, left, sizeof left));
    return buffer;
}

/* "C4-5  2 adult  20.00  Stalker 20:15  keeps 2:41", and of several shows "C4-5  2 adult  Stalker
 * 20:15 and 1 of other shows  30.00  keeps 2:41", since the sum is of them all: short of room the
 * title gives way. Returns the column behind. */
static int basket_text(struct app *app, const struct surface *surface, int row, int column)
{
    const struct basket *basket = &app->basket;
    char labels[256], types[96], total[MONEY_TEXT], left[64], clock[WHEN_TEXT], others[64] = "";
    char end[sizeof left + sizeof clock + sizeof others + sizeof total];
    const bool several = basket->n_parts > 1;

    money_format(basket->total_all, total, sizeof total);
    if (several) /* translators: seats, behind a title and a start */
        (void)snprintf(others, sizeof others, _(" and %d of other shows"),
                       (int)(basket->n_all - basket->n));
    (void)snprintf(end, sizeof end, " %s%s%s%s  %s",
                   when_clock(basket->starts_at, clock, sizeof clock), others, several ? "  " : "",
                   several ? total : "", basket_keeps(app, left, sizeof left));
    column = surface_printf(surface, row, column, STYLE_STRONG, "%s  %s  %s%s",
                            basket_labels(basket, labels, sizeof labels),
                            basket_types(basket, types, sizeof types), several ? "" : total,
                            several ? "" : "  ");
    int room = surface->columns - 1 - column - text_cells(end);
    int bytes = (int)text_fit(basket->title, room > TITLE_LEAST ? room : TITLE_LEAST);
    return surface_printf(surface, row, column, STYLE_STRONG, "%.*s%s", bytes, basket->title, end);
}

void app_basket_line(struct app *app, const struct surface *surface, int row)
{
    char name[EXCHANGE_NAME];
    int column = 1 + surface_put(surface, row, 1, app_exchanging(app) ? STYLE_WARN : STYLE_HEAD,
                                 app_exchanging(app) ? app_exchange_name(app, name, sizeof name)
                                                     : _("BASKET"));

    if (basket_empty(&app->basket))
        column =
            surface_put(surface, row, column, STYLE_FAINT,
                        app_exchanging(app) ? _("choose the new seats; e leaves it") : _("empty"));
    else
        column = basket_text(app, surface, row, column);
    if (app_parked(app) == 0)
        return;
    if (column + 2 < PARKED_AT && surface->columns >= WIDE_FROM)
        column = PARKED_AT - 2;
    parked_text(app, surface, row, column + 2);
}

/* "Ødegård" of "Ødegård, Kari": what is said across a counter. */
static void surname(const char *name, char *out, size_t size)
{
    (void)snprintf(out, size, "%.*s", (int)strcspn(name, ","), name);
}

/* How much is told at the right of a call. */
enum { END_ALL, END_WHO, END_LEFT };

/* "until 15:01   29 min   Tom is calling"; less where less is asked for. */
static void call_end(const struct app *app, const struct waiting_row *call, int end, char *buffer,
                     size_t size)
{
    char until[WHEN_TEXT], left[WHEN_TEXT];
    when_ms now = app_now(app);
    bool called = call->caller[0] && call->claimed_until > now;
    const char *who = app_who(app, call->caller_operator, call->caller);

    when_clock(call->deadline, until, sizeof until);
    when_distance(now, call->deadline, left, sizeof left);
    if (end == END_ALL)
        (void)snprintf(buffer, size, /* translators: until when, how long that is, who calls */
                       called ? _("until %s   %6s   %s is calling")
                              : _("until %s   %6s   nobody calls yet%.0s"),
                       until, left, who);
    else if (end == END_WHO)
        (void)snprintf(buffer, size, "%6s  %s", left, called ? who : _("nobody"));
    else
        (void)snprintf(buffer, size, "%6s", left);
}

static void call_line(struct app *app, const struct surface *line, const struct waiting_row *call,
                      bool first)
{
    char name[NAME_SIZE], seats[128], start[WHEN_TEXT], people[64] = "", end[256];
    int from = 2 + text_cells(_("CALL"));

    if (first)
        surface_put(line, 0, 1, STYLE_CALL, _("CALL"));
    surname(call->name, name, sizeof name);
    seat_names_join(call->seats[0], sizeof call->seats[0], call->n, seats, sizeof seats);
    if (line->columns >= WIDE_FROM)
        (void)snprintf(people, sizeof people,
                       ngettext(", %d person", ", %d people", (unsigned)call->party), call->party);
    int after = text_cells(people), room = 0;
    int wanted = from + WHEN_CLOCK + 1 + text_cells(seats) + 2 + NAME_LEAST + after;
    int told = line->columns >= ALL_FROM    ? END_ALL
               : line->columns >= WIDE_FROM ? END_WHO
                                            : END_LEFT;
    for (; room < wanted && told <= END_LEFT; told++) {
        call_end(app, call, told, end, sizeof end);
        room = line->columns - 5 - text_cells(end);
    }
    int column = 1 + surface_put(line, 0, from, STYLE_CALL,
                                 when_clock(call->starts_at, start, sizeof start));
    column = 2 + surface_put_cells(line, 0, column, room - column - 2 - NAME_LEAST - after,
                                   STYLE_CALL, seats);
    column = surface_put_cells(line, 0, column, room - column - after, STYLE_NORMAL, name);
    column = 2 + surface_put(line, 0, column, STYLE_NORMAL, people);
    int at = UNTIL_AT < room + 2 ? UNTIL_AT : room + 2;
    surface_put(line, 0, column > at ? column : at, STYLE_NORMAL, end);
    if (first)
        surface_right(line, 0, line->columns - 1, 1, STYLE_KEY, "c");
}

int app_call_lines(struct app *app, const struct surface *surface, int row, int rows)
{
    int used = 0;

    for (; app->calls && used < rows && (size_t)used < app->calls->n; used++) {
        struct surface line = surface_part(surface, row + used, 0, 1, surface->columns);
        call_line(app, &line, &app->calls->rows[used], used == 0);
    }
    return used;
}
