#include "tui/screen/wait_rows.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/deadline.h"
#include "tui/screen/offer_panel.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/showing.h"
#include "tui/seat_names.h"

enum {
    ROWS_ALL = 20,
    COLUMNS_ALL = 80,
    COLUMNS_PHONE = 60,
    PANEL_ROWS = 8,
    PANEL_SMALL = 4,
    KEY_ROOM = 3 * NAME_SIZE,
};

/* Where each column begins; 0: left out. */
struct columns {
    int name, name_cells, phone, wants, joined, now, now_cells;
};

static struct columns columns_of(int width)
{
    struct columns at = {.name = 10, .name_cells = 15};
    int extra = width - COLUMNS_ALL;

    if (extra >= 0) {
        int more = extra / 2 > 30 ? 30 : extra / 2;
        at.name_cells += more;
        at.phone = at.name + at.name_cells + 1;
        at.wants = at.phone + 17;
        at.joined = at.wants + 10;
        at.now = at.joined + 11;
    } else {
        at.name = 8;
        at.name_cells = width >= COLUMNS_PHONE ? 16 : 14;
        at.phone = width >= COLUMNS_PHONE ? at.name + at.name_cells + 1 : 0;
        at.now = at.phone ? at.phone + 17 : at.name + at.name_cells + 1;
    }
    at.now_cells = width - at.now;
    return at;
}

char *wait_rows_kept(const struct wait_rows *rows, entry_id entry, char *buffer, size_t size)
{
    char labels[SEATS_MAX][LABEL_SIZE];
    int n = 0;

    if (size > 0)
        buffer[0] = '\0';
    if (!rows->map || !rows->plan || rows->plan->n != rows->map->n)
        return buffer;
    for (size_t i = 0; i < rows->map->n && n < SEATS_MAX; i++)
        if (rows->map->seats[i].kept && rows->map->seats[i].entry.n == entry.n)
            (void)snprintf(labels[n++], LABEL_SIZE, "%s", rows->plan->seats[i].label);
    return seat_names_join(labels[0], LABEL_SIZE, n, buffer, size);
}

/* Does the name, or its part after a comma, or the phone begin with what was typed? */
static bool begins_with(const struct waiting_row *row, const char *text)
{
    char key[KEY_ROOM], name[KEY_ROOM], digits[KEY_ROOM], phone[KEY_ROOM];

    if (!text_key(text, key, sizeof key) || !text_key(row->name, name, sizeof name) || !key[0])
        return false;
    const char *given = strstr(name, ", ");
    if (strncmp(name, key, strlen(key)) == 0 ||
        (given && strncmp(given + 2, key, strlen(key)) == 0))
        return true;
    return text_phone_key(text, digits, sizeof digits) && digits[0] >= '+' &&
           text_phone_key(row->phone, phone, sizeof phone) && strlen(digits) >= 3 &&
           strstr(phone, digits);
}

size_t wait_rows_find(const struct wait_rows *rows, const char *text)
{
    for (size_t i = 0; rows->list && i < rows->list->n; i++) {
        size_t at = (rows->cursor.at + i) % rows->list->n;
        if (begins_with(&rows->list->rows[at], text))
            return at;
    }
    return SIZE_MAX;
}

static void draw_captions(const struct surface *surface, int row, const struct columns *at)
{
    surface_put_short(surface, row, 1, 2, STYLE_FAINT, _("No"));
    if (at->wants) /* translators: how many they are; 4 cells, and 2 */
        surface_put_short(surface, row, at->name - 6, 5, STYLE_FAINT, _("Size"));
    else
        surface_right(surface, row, at->name - 2, 2, STYLE_FAINT, _("Sz"));
    surface_put_short(surface, row, at->name, at->name_cells, STYLE_FAINT, _("Name"));
    if (at->phone)
        surface_put_short(surface, row, at->phone, OFFER_PHONE_CELLS, STYLE_FAINT, _("Phone"));
    if (at->wants)
        surface_put_short(surface, row, at->wants, 9, STYLE_FAINT, _("Wants"));
    if (at->joined)
        surface_put_short(surface, row, at->joined, 10, STYLE_FAINT, _("Joined"));
    surface_put_short(surface, row, at->now, at->now_cells, STYLE_FAINT, _("Now"));
}

struct drawing {
    struct app *app;
    const struct wait_rows *rows;
    struct columns at;
};

static void draw_number(const struct surface *line, int end, enum style style, int n)
{
    char text[16];

    (void)snprintf(text, sizeof text, "%d", n);
    surface_right(line, 0, end, 4, style, text);
}

/* "Sat 11:02": the day of the week, and the time. */
static void draw_joined(const struct surface *line, int column, enum style style, when_ms at)
{
    char day[WHEN_TEXT], clock[WHEN_TEXT];

    when_day_name(when_day(at), day, sizeof day);
    day[strcspn(day, " ")] = '\0';
    surface_put_cells(line, 0, column, 3, style, day);
    surface_put(line, 0, column + 4, style, when_clock(at, clock, sizeof clock));
}

/* Cuts from the end of `text` what begins with `mark`, the last one first, until it fits. */
static void cut_from(char *text, const char *mark, int cells)
{
    while (text_cells(text) > cells) {
        char *last = NULL;
        for (char *at = strstr(text, mark); at; at = strstr(at + 1, mark))
            last = at;
        if (!last)
            return;
        *last = '\0';
    }
}

/* What is told of an offer: how long it stands counts more than its seats, ".." for more of them.
 */
static void shorten_offer(char *text, int cells)
{
    char left[WHEN_TEXT], *at = strrchr(text, ' ');
    const char *more = "";

    if (!at)
        return;
    (void)snprintf(left, sizeof left, "%s", at);
    *at = '\0';
    if (strchr(text, ',')) {
        more = "..";
        cut_from(text, ",", cells - text_cells(left) - 2);
    }
    if (text_cells(text) > cells - text_cells(left) - text_cells(more)) {
        more = "";
        cut_from(text, " ", cells - text_cells(left));
    }
    at = text + strlen(text);
    (void)snprintf(at, sizeof left + 2, "%s%s", more, left); /* as long as what was cut */
}

/* Why a party has no seats, without what the panel says more of. */
static void shorten_reason(char *text, int cells)
{
    static const char place[] = "wheelchair place";

    cut_from(text, ",", cells);
    cut_from(text, " in ", cells);
    char *at = text_cells(text) > cells ? strstr(text, place) : NULL;
    if (at) /* "w place", by the letter that the map has for it */
        memmove(at + 1, at + strcspn(place, " "), strlen(at + strcspn(place, " ")) + 1);
    cut_from(text, " ", cells);
}

/* "N6-8 kept for 2": seats that would do for a party, and are kept for one before it. False: there
 * are none. */
static bool kept_before(const struct wait_rows *rows, const struct waiting_row *row, char *buffer,
                        size_t size)
{
    char kept[128];

    for (size_t i = 0; i < rows->list->n && row->kept == 0; i++) {
        const struct waiting_row *other = &rows->list->rows[i];

        if (other->position >= row->position || other->kept < row->party || row->fit == FIT_PAIRS ||
            !wait_rows_kept(rows, other->id, kept, sizeof kept)[0])
            continue;
        (void)snprintf(buffer, size, /* translators: seats, a number on the list */
                       _("%s kept for %d"), kept, other->position);
        return true;
    }
    return false;
}

static void draw_party(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct drawing *drawing = context;
    const struct columns *at = &drawing->at;
    const struct waiting_row *row = &drawing->rows->list->rows[item];
    bool open = offer_say_open(drawing->app, row);
    enum style style = chosen ? STYLE_STRONG : STYLE_NORMAL;
    char now[256];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    draw_number(line, 3, style, row->position);
    draw_number(line, at->name - 2, style, row->party);
    surface_put_cells(line, 0, at->name, at->name_cells, style, row->name);
    if (at->phone)
        surface_put_cells(line, 0, at->phone, OFFER_PHONE_CELLS, style, row->phone);
    if (at->wants)
        surface_put_short(line, 0, at->wants, 9, style, _(fit_text(row->fit)));
    if (at->joined)
        draw_joined(line, at->joined, style, row->joined_at);
    if (open || !kept_before(drawing->rows, row, now, sizeof now))
        offer_say_now(drawing->app, row, now, sizeof now);
    if (text_cells(now) > at->now_cells) /* never cut within a word: the panel has the rest */
        (open ? shorten_offer : shorten_reason)(now, at->now_cells);
    surface_put_cells(line, 0, at->now, at->now_cells, open ? STYLE_CALL : style, now);
}

/* "4 parties, 15 people   9 free, at most 2 together   N6-8 kept until 18:45" */
static void draw_facts(struct app *app, const struct wait_rows *rows, const struct surface *surface,
                       int row)
{
    const struct show_row *show = rows->map ? &rows->map->show : NULL;
    char kept[128], until[WHEN_TEXT], text[192];
    int people = 0, for_parties = 0, n = rows->list ? (int)rows->list->n : 0;

    for (int i = 0; i < n; i++) {
        people += rows->list->rows[i].party;
        for_parties += rows->list->rows[i].kept;
    }
    int column = surface_printf(surface, row, 1, STYLE_NORMAL,
                                ngettext("%d party", "%d parties", (unsigned)n), n);
    column = surface_printf(surface, row, column, STYLE_NORMAL,
                            ngettext(", %d person", ", %d people", (unsigned)people), people);
    if (!show)
        return;
    column = surface_printf(surface, row, column + 3, STYLE_NORMAL,
                            ngettext("%d free", "%d free", (unsigned)show->free), show->free);
    if (show->free > 0)
        column = surface_printf(surface, row, column, STYLE_NORMAL, _(", at most %d together"),
                                show->together);
    (void)snprintf(text, sizeof text, _(", %d given back"), show->returned - for_parties);
    if (show->returned > for_parties && column + text_cells(text) < surface->columns)
        column = surface_put(surface, row, column, STYLE_NORMAL, text);
    when_clock(show->starts_at - KEPT_ENDS, until, sizeof until);
    for (int i = 0; i < n && show->starts_at - KEPT_ENDS > app_now(app); i++) {
        if (!wait_rows_kept(rows, rows->list->rows[i].id, kept, sizeof kept)[0])
            continue;                     /* for whom they are, its row says */
        (void)snprintf(text, sizeof text, /* translators: seats, a time */
                       _("%s kept until %s"), kept, until);
        if (column + 3 + text_cells(text) < surface->columns) /* its row says it, too */
            column = surface_put(surface, row, column + 3, STYLE_KEPT, text);
    }
}

static void draw_head(struct app *app, const struct wait_rows *rows, const struct surface *surface)
{
    struct showing showing = {0};

    if (rows->map)
        showing = (struct showing){rows->map->show.title, rows->map->show.hall_name,
                                   rows->map->show.starts_at};
    else if (rows->show.n && rows->list && rows->list->n > 0)
        showing = (struct showing){rows->list->rows[0].title, rows->list->rows[0].hall,
                                   rows->list->rows[0].starts_at};
    showing_head(app, surface, rows->show.n ? _("WAITING") : _("WAITING  all shows"), &showing);
}

static void draw_panel(struct app *app, const struct wait_rows *rows, const struct surface *surface)
{
    char kept[128];
    struct offer_panel panel = {.row = wait_rows_chosen(rows),
                                .offer = rows->offer,
                                .kept = kept,
                                .with_show = rows->show.n == 0,
                                .phone_cells =
                                    columns_of(surface->columns).phone ? OFFER_PHONE_CELLS : 0};

    if (!panel.row)
        return;
    wait_rows_kept(rows, panel.row->id, kept, sizeof kept);
    offer_panel_draw(app, &panel, surface);
}

/* What stands on the row of messages when nothing else does. */
static void draw_prompt(struct app *app, struct wait_rows *rows, const struct surface *surface,
                        int row)
{
    const struct waiting_row *chosen = wait_rows_chosen(rows);
    char caller[160];

    if (offer_keys_question(&rows->keys, surface, row))
        return;
    if (rows->finding) {
        int column = surface_put(surface, row, 1, STYLE_HEAD, _("Find name or phone:"));
        editor_draw(&rows->find, surface, row, column + 1,
                    surface->columns > 60 ? 30 : surface->columns - column - 2, true);
        return;
    }
    if (!chosen)
        return;
    bool elsewhere = offer_say_elsewhere(app, chosen), open = offer_say_open(app, chosen);
    surface_put(surface, row, 1,
                elsewhere ? STYLE_WARN
                : open    ? STYLE_STRONG
                          : STYLE_FAINT,
                offer_say_caller(app, chosen, caller, sizeof caller));
}

/* The list, and beneath it what number the next one would get. */
static void draw_list(struct app *app, struct wait_rows *rows, const struct surface *surface,
                      int row, int end)
{
    struct drawing drawing = {app, rows, columns_of(surface->columns)};
    int n = rows->list ? (int)rows->list->n : 0;

    draw_captions(surface, row++, &drawing.at);
    rows->list_row = row;
    if (n > 0)
        list_draw(&rows->cursor, surface, row, end - row, draw_party, &drawing);
    if (!rows->list)
        return;
    if (n == 0)
        surface_put(surface, row, 4, STYLE_NORMAL,
                    _("Nobody waits.  w puts a party on the list: it would be number 1."));
    else if (row + n + 1 < end && rows->show.n)
        surface_printf(surface, row + n + 1, 4, STYLE_FAINT,
                       _("no more parties.  w puts one on the list: it would be number %d."),
                       n + 1);
}

void wait_rows_draw(struct app *app, struct wait_rows *rows, const struct surface *surface)
{
    bool all = surface->rows >= ROWS_ALL;
    int panel_rows = all ? PANEL_ROWS : surface->rows >= 16 ? PANEL_SMALL + 2 : PANEL_SMALL;
    int bottom = all ? surface->rows - 5 : surface->rows - 3; /* the row behind the panel */
    int row = 1;

    draw_head(app, rows, surface);
    if (all) {
        draw_facts(app, rows, surface, row++);
        surface_rule(surface, row++);
    }
    draw_list(app, rows, surface, row, bottom - panel_rows);
    struct surface panel =
        surface_part(surface, bottom - panel_rows, 0, panel_rows, surface->columns);
    draw_panel(app, rows, &panel);
    if (all) {
        const struct waiting_row *chosen = wait_rows_chosen(rows);
        surface_rule(surface, bottom);
        offer_panel_calls(app, chosen && offer_say_open(app, chosen) ? chosen->id : (entry_id){0},
                          surface, bottom + 1);
    }
    draw_prompt(app, rows, surface, surface->rows - 3);
}
