#include "tui/screen/today.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/widget/bars.h"

enum {
    ROWS_ALL = 18, /* below that the calls and rules give way to the list */
    COLUMNS_ALL = 80,
    COLUMNS_IN = 60, /* from here on there is room for "in" */
    TITLE_CELLS = 20,
    HALL_CELLS = 7,
};

/* Where each column ends (numbers) or begins (words); 0: left out. */
struct columns {
    int in, title, title_cells, hall, hall_cells, full, free, together, list, from;
};

size_t today_place(const struct today *today, when_ms now)
{
    const struct show_list *shows = today->view->shows;

    for (size_t i = 0; i < shows->n && today->chosen.n; i++)
        if (shows->rows[i].id.n == today->chosen.n)
            return i;
    for (size_t i = 0; i < shows->n && !today->chosen.n; i++)
        if (shows->rows[i].starts_at >= now)
            return i;
    return today->list.at;
}

static struct columns columns_of(int width)
{
    struct columns at = {0};
    int extra = width - COLUMNS_ALL;

    if (extra < 0) {
        at.in = width >= COLUMNS_IN ? 15 : 0;
        at.title = at.in ? 17 : 8;
        at.together = width - 1;
        at.free = width - 6;
        at.hall_cells = HALL_CELLS;
        at.hall = at.free - 5 - HALL_CELLS;
        at.title_cells = at.hall - at.title - 1;
        return at;
    }
    int title = TITLE_CELLS + (extra * 2 / 3 > 40 ? 40 : extra * 2 / 3);
    int hall = HALL_CELLS + (extra / 3 > 17 ? 17 : extra / 3);
    at = (struct columns){.in = 15, .title = 17, .title_cells = title, .hall_cells = hall};
    at.hall = at.title + title + 1;
    at.full = at.hall + hall + 1;
    at.free = at.full + 12;
    at.together = at.free + 9;
    at.list = at.together + 6;
    at.from = at.list + 7;
    return at;
}

static void draw_captions(const struct surface *surface, int row, const struct columns *at)
{
    surface_put_short(surface, row, 2, at->in ? 6 : at->title - 3, STYLE_FAINT,
                      at->in ? _("Starts") : _("Start"));
    if (at->in) /* translators: how long until the start, behind "Starts"; 6 cells */
        surface_right(surface, row, at->in, 6, STYLE_FAINT, _("in"));
    surface_put_short(surface, row, at->title, at->title_cells, STYLE_FAINT, _("Title"));
    surface_put_short(surface, row, at->hall, at->hall_cells, STYLE_FAINT, _("Hall"));
    if (at->full) /* translators: how full a show is; 6 cells */
        surface_put_short(surface, row, at->full, 6, STYLE_FAINT, _("Full"));
    /* translators: free seats; 5 cells */
    surface_right(surface, row, at->free, at->full ? 5 : 4, STYLE_FAINT, _("Free"));
    /* translators: the most free seats side by side; 8 cells, and 4 */
    surface_right(surface, row, at->together, at->full ? 8 : 4, STYLE_FAINT,
                  at->full ? _("Together") : _("Tog."));
    if (at->list) /* translators: parties on the waiting list; 5 cells */
        surface_right(surface, row, at->list, 5, STYLE_FAINT, _("List"));
    if (at->from) /* translators: the lowest price; 6 cells */
        surface_right(surface, row, at->from, 6, STYLE_FAINT, _("From"));
}

static void draw_number(const struct surface *line, int end, enum style style, int64_t n)
{
    char text[24];

    if (end == 0)
        return;
    snprintf(text, sizeof text, "%lld", (long long)n);
    surface_right(line, 0, end, 8, style, text);
}

struct drawing {
    struct app *app;
    const struct today *today;
    struct columns at;
};

static void draw_show(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct drawing *drawing = context;
    const struct columns *at = &drawing->at;
    const struct show_row *show = &drawing->today->view->shows->rows[item];
    when_ms now = app_now(drawing->app);
    enum style style = chosen ? STYLE_STRONG : show->starts_at < now ? STYLE_FAINT : STYLE_NORMAL;
    char text[WHEN_TEXT];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 2, style, when_clock(show->starts_at, text, sizeof text));
    if (at->in && show->sale_stop > now)
        surface_right(line, 0, at->in, 7, style,
                      when_distance(now, show->starts_at, text, sizeof text));
    surface_put_cells(line, 0, at->title, at->title_cells, style, show->title);
    surface_put_cells(line, 0, at->hall, at->hall_cells, style, show->hall_name);
    if (at->full)
        bars_full(line, 0, at->full, 6, show->seats - show->free, show->seats);
    draw_number(line, at->free, show->free > 0 ? STYLE_STRONG : style, show->free);
    draw_number(line, at->together, style, show->together);
    if (show->waiting > 0)
        draw_number(line, at->list, STYLE_STRONG, show->waiting);
    if (at->from)
        surface_right(line, 0, at->from, 8, style, money_format(show->from, text, sizeof text));
}

/* "19:45: 11 free, no 3 together, 4 parties wait." */
static int draw_facts(const struct surface *surface, int row, const struct show_row *show)
{
    char clock[WHEN_TEXT], together[64] = "", waiting[64] = "";

    when_clock(show->starts_at, clock, sizeof clock);
    if (show->free > show->together)
        snprintf(together, sizeof together, _(", no %d together"), show->together + 1);
    if (show->waiting > 0)
        snprintf(waiting, sizeof waiting,
                 ngettext(", %d party waits", ", %d parties wait", (unsigned)show->waiting),
                 show->waiting);
    if (show->free == 0)
        return surface_printf(surface, row, 1, STYLE_NORMAL, _("%s: sold out%s."), clock, waiting);
    return surface_printf(surface, row, 1, STYLE_NORMAL,
                          ngettext("%s: %d free%s%s.", "%s: %d free%s%s.", (unsigned)show->free),
                          clock, show->free, together, waiting);
}

/* Behind it the other showings of the film: "Also: 15:00 82, Tue 19:45 131". */
static void draw_also(struct app *app, const struct today *today, const struct surface *surface,
                      int row, int column)
{
    char clock[WHEN_TEXT], name[WHEN_TEXT], text[96];

    for (size_t i = 0; today->also && i < today->also->n; i++) {
        const struct show_row *show = &today->also->rows[i];
        int32_t on = when_day(show->starts_at);
        when_clock(show->starts_at, clock, sizeof clock);
        bool same = on == today->day; /* as the list above it */
        when_day_name(on, name, sizeof name);
        name[strcspn(name, " ")] = '\0';
        snprintf(text, sizeof text, "%s%s%s%s %d", i == 0 ? _("  Also: ") : ", ",
                 same                           ? ""
                 : on == when_day(app_now(app)) ? _("today")
                                                : name,
                 same ? "" : " ", clock, show->free);
        if (column + text_cells(text) >= surface->columns)
            return;
        column = surface_put(surface, row, column, STYLE_NORMAL, text);
    }
}

/* The line where digits appear. */
static void draw_prompt(struct app *app, const struct today *today, const struct surface *surface,
                        int row)
{
    const struct show_row *show = today_chosen(today);
    char when[2 * WHEN_TEXT];
    bool other;

    if (today->wanted == 0 || !show)
        return;
    int column = surface_printf(surface, row, 1, STYLE_STRONG, "%d_", today->wanted);
    surface_cursor(surface, row, column - 1);
    column = surface_printf(surface, row, column + 2, STYLE_NORMAL,
                            today->wanted > 1 ? _("Enter holds the best %d together: %s, ")
                                              : _("Enter holds the best %d: %s, "),
                            today->wanted, show->title);
    app_when(app, show->starts_at, &other, when, sizeof when);
    column = surface_put(surface, row, column, other ? STYLE_OTHER_DAY : STYLE_NORMAL, when);
    surface_printf(surface, row, column, STYLE_NORMAL, ", %s", show->hall_name);
}

static void draw_empty_day(const struct today *today, const struct surface *surface, int row)
{
    bool more = today->follows; /* those that were have had their stop */
    char day[WHEN_TEXT], next[WHEN_TEXT], clock[WHEN_TEXT];

    if (!today->view)
        return;
    when_day_name(today->day, day, sizeof day);
    if (today->view->next == 0) {
        surface_printf(surface, row, 2, STYLE_NORMAL,
                       more ? _("No more shows on %s, and none after it.")
                            : _("No shows on %s, and none after it.  Esc goes back to today."),
                       day);
        surface_put(surface, row + 1, 2, STYLE_NORMAL, /* translators: commands stay as they are */
                    _("How shows are added: boxoffice help show, boxoffice help hall."));
        return;
    }
    surface_printf(surface, row, 2, STYLE_NORMAL,
                   more ? _("No more shows on %s.  Next: %s %s; Enter goes there.")
                        : _("No shows on %s.  Next: %s %s; Enter goes there."),
                   day, when_day_name(when_day(today->view->next), next, sizeof next),
                   when_clock(today->view->next, clock, sizeof clock));
}

static void draw_head(struct app *app, const struct today *today, const struct surface *surface)
{
    char left[128], name[WHEN_TEXT], clock[WHEN_TEXT];

    when_day_name(today->day, name, sizeof name);
    when_clock(app_now(app), clock, sizeof clock);
    snprintf(left, sizeof left, "%s%s%s  %s", today->follows ? _("TODAY") : "",
             today->follows ? " " : "", name, clock);
    app_head(app, surface, left);
    if (!today->follows)
        surface_restyle(surface, 0, 1, text_cells(name), STYLE_OTHER_DAY);
}

/* "Sun 22", "Tue 1": a day without its month. */
static char *short_day(int32_t day, char *buffer, size_t size)
{
    when_day_name(day, buffer, size);
    char *month = strrchr(buffer, ' ');
    if (month)
        *month = '\0';
    return buffer;
}

static void draw_days(const struct today *today, const struct surface *surface, int row)
{
    char day[WHEN_TEXT], text[WHEN_TEXT + 4];

    surface_printf(surface, row, 1, STYLE_FAINT, "< %s",
                   short_day(today->day - 1, day, sizeof day));
    snprintf(text, sizeof text, "%s >", short_day(today->day + 1, day, sizeof day));
    surface_right(surface, row, surface->columns - 1, WHEN_TEXT, STYLE_FAINT, text);
}

void today_draw(struct app *app, struct today *today, const struct surface *surface)
{
    struct drawing drawing = {app, today, columns_of(surface->columns)};
    const struct show_row *show = today_chosen(today);
    bool all = surface->rows >= ROWS_ALL;
    int row = 1, end = surface->rows - (all ? 8 : 4);

    draw_head(app, today, surface);
    if (all)
        draw_days(today, surface, row++);
    draw_captions(surface, row++, &drawing.at);
    if (all)
        surface_rule(surface, row++);
    today->list_row = row;
    if (show)
        list_draw(&today->list, surface, row, end - row, draw_show, &drawing);
    else
        draw_empty_day(today, surface, row);
    if (all) {
        if (show)
            draw_also(app, today, surface, end, draw_facts(surface, end, show));
        surface_rule(surface, end + 1);
        app_call_lines(app, surface, end + 2, 2);
    }
    app_basket_line(app, surface, surface->rows - 4);
    draw_prompt(app, today, surface, surface->rows - 3);
    surface_rule(surface, surface->rows - 2);
}
