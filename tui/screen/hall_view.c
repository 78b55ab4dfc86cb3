#include "tui/screen/hall_view.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/keybar.h"
#include "tui/screen/hall_block.h"
#include "tui/screen/hall_legend.h"
#include "tui/screen/hall_map.h"
#include "tui/screen/hall_panel.h"
#include "tui/screen/hall_pick.h"
#include "tui/screen/hall_runs.h"
#include "tui/screen/hall_tell.h"
#include "tui/screen/showing.h"

enum {
    BESIDE_FROM = 80, /* columns from which the panel stands beside the map */
    PANEL = 24,       /* its columns, with the line at its left */
    PANEL_MOST = 44,
    MAP_LEAST = 56,   /* columns of a map with the panel beside it */
    MAP_COLUMNS = 50, /* below this, or below MAP_ROWS, the hall is told as runs */
    MAP_ROWS = 16,
    LEGEND_ROWS_FROM = 22,
    LOW_ROWS = 3,
    TITLE_LEAST = 8,
    HEAD_RIGHT = 8,
    PRICES_FROM = 60, /* columns with room for what each ticket type costs */
};

static void draw_head(struct app *app, const struct hall *hall, const struct surface *surface)
{
    const struct show_row *show = &hall->map->show;
    char when[2 * WHEN_TEXT], start[2 * WHEN_TEXT], rest[NAME_SIZE + 2 * WHEN_TEXT + 32];
    char left[sizeof rest + sizeof when + TITLE_SIZE + 8];
    bool other;

    app_when(app, show->starts_at, &other, when, sizeof when);
    (void)snprintf(rest, sizeof rest, "  %s   %s%s", show->hall_name,
                   showing_distance(app, show->starts_at, start, sizeof start),
                   show->cancelled ? _("  CANCELLED") : "");
    int room = surface->columns - text_cells(when) - text_cells(rest) - 4 - HEAD_RIGHT;
    int bytes = (int)text_fit(show->title, room > TITLE_LEAST ? room : TITLE_LEAST);
    (void)snprintf(left, sizeof left, "%.*s   %s%s", bytes, show->title, when, rest);
    app_head(app, surface, left);
    left[bytes] = '\0';
    if (other)
        surface_restyle(surface, 0, 1 + text_cells(left) + 3, text_cells(when), STYLE_OTHER_DAY);
}

/* Is the part told at a cross aisle that is seen? */
static bool announced(const struct hall *hall, const struct hall_part *part)
{
    int aisle = hall->plan->seats[part->first].row - 1;

    return aisle >= 0 && hall->first_of_row[aisle] < 0 && aisle >= hall->grid.top &&
           aisle < hall->grid.top + hall->grid.seen_rows;
}

/* The parts that no cross aisle announces: "stalls 11.00, 8 free", or "stalls 8" of each. */
static void parts_text(const struct hall *hall, bool whole, char *buffer, size_t size)
{
    struct hall_part parts[HALL_PARTS_MAX];
    int n = hall_map_parts(hall, parts);
    char caption[96];
    size_t used = 0;

    buffer[0] = '\0';
    for (int i = 0; i < n; i++) {
        if (announced(hall, &parts[i]))
            continue;
        if (whole)
            hall_map_caption(hall, &parts[i], caption, sizeof caption);
        else
            (void)snprintf(caption, sizeof caption, "%s %d", parts[i].name, (int)parts[i].free);
        int wrote = snprintf(buffer + used, size - used, "%s%s", used > 0 ? "  " : "", caption);
        used = wrote > 0 && used + (size_t)wrote < size ? used + (size_t)wrote : used;
    }
}

/* The stage, and what is free in each block that is not told beside it. */
static void draw_stage(const struct hall *hall, const struct surface *surface)
{
    const char *stage = _("S C R E E N");
    int middle = (surface->columns - 3 - text_cells(stage)) / 2;
    int room = surface->columns - middle - text_cells(stage) - 1;
    char text[256];

    parts_text(hall, true, text, sizeof text);
    if (text_cells(text) >= room)
        parts_text(hall, false, text, sizeof text);
    surface_put(surface, 0, middle, STYLE_FAINT, stage);
    surface_right(surface, 0, surface->columns, room, STYLE_FAINT, text);
}

static void draw_map(struct hall *hall, const struct surface *surface)
{
    struct surface rest = surface_part(surface, 1, 0, surface->rows - 1, surface->columns);

    hall_map_fill(hall);
    grid_draw(&hall->grid, &rest);
    draw_stage(hall, surface);
}

/* --- the line above the keys ----------------------------------------------------------------- */

static void draw_types(const struct app *app, const struct hall *hall,
                       const struct surface *surface, int row)
{
    const struct basket_seat *seat = hall_pick_typed(app, hall);
    char price[MONEY_TEXT];

    if (!seat)
        return;
    size_t at = plan_find_id(hall->plan, seat->seat);
    uint8_t zone = at == PLAN_NONE ? 0 : hall->plan->seats[at].zone;
    int column = surface_printf(surface, row, 1, STYLE_STRONG, _("%s is:"), seat->label);
    surface_cursor(surface, row, column);
    for (int32_t i = 0; i < hall->map->n_types; i++) {
        if (hall->map->types[i].retired)
            continue;
        column = surface_printf(surface, row, column + 2, STYLE_KEY, "%d",
                                (int)hall->map->types[i].digit);
        bool priced = surface->columns >= PRICES_FROM; /* the panel has that of the one chosen */
        money_format(hall->map->prices[zone][i], price, sizeof price);
        column = surface_printf(surface, row, column + 1, STYLE_NORMAL, "%s%s%s",
                                hall->map->types[i].name, priced ? " " : "", priced ? price : "");
    }
}

static void draw_basket_line(const struct app *app, const struct hall *hall,
                             const struct surface *surface, int row)
{
    char text[256], most[64] = "";
    const char *other =
        hall->shape.better.n > 0 ? _("  b shows a better block.") : _("  b shows the next best.");
    int n = app->basket.n;

    hall_tell_shape(app, hall, text, sizeof text);
    if (hall->rank >= 0 && hall->shape.pieces == 1 && n > 1)
        (void)snprintf(most, sizeof most,
                       hall->rank > 0 ? _("Next best %d together: ") : _("Best %d together: "), n);
    else if (hall->rank >= 0)
        (void)snprintf(most, sizeof most, "%s", hall->rank > 0 ? _("Next best: ") : _("Best: "));
    int column = surface_printf(surface, row, 1, STYLE_NORMAL, "%s%s.", most, text);
    if (column + text_cells(other) < surface->columns)
        surface_put(surface, row, column, STYLE_NORMAL, other);
}

static void draw_show_line(const struct hall *hall, const struct surface *surface, int row)
{
    const struct show_row *show = &hall->map->show;
    int column;

    if (show->cancelled) {
        surface_put(surface, row, 1, STYLE_WARN,
                    _("This show is cancelled: its seats are not sold"));
        return;
    }
    if (show->free == 0)
        column = surface_put(surface, row, 1, STYLE_STRONG, _("Sold out"));
    else
        column = surface_printf(surface, row, 1, STYLE_NORMAL,
                                ngettext("%d free, at most %d together",
                                         "%d free, at most %d together", (unsigned)show->free),
                                (int)show->free, (int)show->together);
    if (show->waiting > 0)
        surface_printf(surface, row, column, STYLE_NORMAL,
                       ngettext(", %d party waits", ", %d parties wait", (unsigned)show->waiting),
                       (int)show->waiting);
}

static void draw_line(struct app *app, struct hall *hall, const struct surface *surface, int row)
{
    char text[192];

    if (hall->finding) {
        int column = surface_put(surface, row, 1, STYLE_STRONG, _("Seat, or what to find: "));
        editor_draw(&hall->editor, surface, row, column, surface->columns - column - 1, true);
    } else if (hall->blocking) {
        hall_block_draw(hall, surface, row);
    } else if (hall->asking_type) {
        draw_types(app, hall, surface, row);
    } else if (hall->wanted > 0) {
        int column = surface_printf(surface, row, 1, STYLE_STRONG, "%d_", hall->wanted);
        surface_cursor(surface, row, column - 1);
        bool instead = hall_basket(app, hall);
        surface_printf(surface, row, column + 2, STYLE_NORMAL,
                       hall->wanted > 1 ? instead ? _("Enter holds the best %d together instead")
                                                  : _("Enter holds the best %d together")
                       : instead ? _("Enter holds the best %d instead")
                                        : _("Enter holds the best %d"),
                       hall->wanted);
    } else if (hall->apart.n > PARTY_MAX) {
        surface_printf(surface, row, 1, STYLE_WARN, _("No %d together: b holds %s"),
                       (int)hall->apart.n, hall_tell_apart(hall, text, sizeof text));
    } else if (hall->apart.n > 0) {
        surface_printf(surface, row, 1, STYLE_WARN,
                       _("No %d together: b holds %s; w puts %d on the list"), (int)hall->apart.n,
                       hall_tell_apart(hall, text, sizeof text), (int)hall->apart.n);
    } else if (hall_basket(app, hall)) {
        draw_basket_line(app, hall, surface, row);
    } else if (app_exchanging(app) && basket_empty(&app->basket)) {
        surface_put(surface, row, 1, STYLE_STRONG,
                    _("Take the new seats here, or Esc to another show; e leaves the exchange"));
    } else {
        draw_show_line(hall, surface, row);
    }
}

/* The lower line of the keys again, when Enter says what is to be paid. */
static void draw_pay_key(const struct app *app, const struct surface *surface)
{
    char total[MONEY_TEXT], pay[MONEY_TEXT + 32];

    money_format(app->basket.total_all, total, sizeof total);
    (void)snprintf(pay, sizeof pay, _("PAY %s"), total);
    keybar_line(surface, surface->rows - 1, SCREEN_HALL, 1,
                app_exchanging(app) ? _("EXCHANGE") : pay, 0);
}

/* --- layouts --------------------------------------------------------------------------------- */

static void draw_hall(struct hall *hall, const struct surface *surface)
{
    if (hall->runs)
        hall_runs_draw(hall, surface);
    else
        draw_map(hall, surface);
}

/* Columns of the panel beside the map: what a map with wide seats leaves, within bounds. */
static int panel_columns(const struct hall *hall, const struct surface *surface)
{
    int wide = hall->plan->columns * 3 + 4;
    int spare = surface->columns - (wide > MAP_LEAST ? wide : MAP_LEAST);

    return spare < PANEL ? PANEL : spare > PANEL_MOST ? PANEL_MOST : spare;
}

static void draw_beside(struct app *app, struct hall *hall, const struct surface *surface, int end)
{
    int panel = panel_columns(hall, surface), map = surface->columns - panel;
    struct surface left = surface_part(surface, 1, 0, end - 1, map);
    struct surface right = surface_part(surface, 1, map + 2, end - 1, panel - 2);

    hall_panel_draw(app, hall, &right);
    for (int row = 1; row < end; row++)
        surface_put(surface, row, map, STYLE_FAINT, "│");
    draw_hall(hall, &left);
}

static void draw_over(struct app *app, struct hall *hall, const struct surface *surface, int end)
{
    struct surface above = surface_part(surface, 1, 0, end - LOW_ROWS - 1, surface->columns);
    struct surface below = surface_part(surface, end - LOW_ROWS, 0, LOW_ROWS, surface->columns);

    hall_panel_draw_low(app, hall, &below);
    draw_hall(hall, &above);
}

void hall_view_draw(struct app *app, struct hall *hall, const struct surface *surface)
{
    int line = surface->rows - 3, end = line;

    if (!hall_ready(hall)) {
        app_head(app, surface, _("HALL"));
        return;
    }
    draw_head(app, hall, surface);
    hall->runs = strcmp(app->settings->hall_view, "runs") == 0 || surface->columns < MAP_COLUMNS ||
                 surface->rows < MAP_ROWS;
    if (surface->rows >= LEGEND_ROWS_FROM) {
        end = line - 3;
        surface_rule(surface, line - 1);
        struct surface legend = surface_part(surface, end, 0, 2, surface->columns);
        hall_legend_draw(hall, &legend);
    }
    if (surface->columns >= BESIDE_FROM)
        draw_beside(app, hall, surface, end);
    else
        draw_over(app, hall, surface, end);
    draw_line(app, hall, surface, line);
    if (hall_basket(app, hall))
        draw_pay_key(app, surface);
}
