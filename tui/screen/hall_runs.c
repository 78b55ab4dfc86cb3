#include "tui/screen/hall_runs.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { NAME_CELLS = 6 };

/* Can the seat be had: is it free, or in the basket? */
static bool open_seat(const struct hall *hall, size_t at)
{
    return hall->map->seats[at].state == CLAIM_FREE || hall->map->seats[at].mine;
}

static bool same_row(const struct hall *hall, size_t a, size_t b)
{
    return hall->plan->seats[a].row == hall->plan->seats[b].row;
}

/* Do two seats stand in one run of the text: side by side, both free or both own? */
static bool joined(const struct hall *hall, size_t a, size_t b)
{
    const struct map_seat *seats = hall->map->seats;

    return hall->plan->seats[a].run == hall->plan->seats[b].run &&
           hall->plan->seats[a].kind == hall->plan->seats[b].kind &&
           seats[a].mine == seats[b].mine && open_seat(hall, b);
}

/* "3-7", "*9-10", "w1" of the run from `from` to `to`. */
static void run_text(const struct hall *hall, size_t from, size_t to, char *text, size_t size)
{
    const struct plan_seat *first = &hall->plan->seats[from], *last = &hall->plan->seats[to];
    char mark[3] = "", *end = mark;

    if (hall->map->seats[from].mine)
        *end++ = '*';
    if (first->kind != SEAT_STANDARD)
        *end++ = seat_kind_letter((enum seat_kind)first->kind);
    *end = '\0';
    if (from == to)
        (void)snprintf(text, size, "%s%d", mark, first->number);
    else
        (void)snprintf(text, size, "%s%d-%d", mark, first->number, last->number);
}

/* Scrolls a line so that the run with the cursor is on it: cells to leave out at the left. */
static void draw_row(const struct hall *hall, const struct surface *line, size_t first)
{
    const struct plan *plan = hall->plan;
    bool chosen = same_row(hall, first, hall->grid.at), any = false;
    int column = NAME_CELLS;
    char text[32];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put_cells(line, 0, 1, NAME_CELLS - 1, STYLE_STRONG, plan->seats[first].row_name);
    if (chosen)
        surface_cursor(line, 0, 0);
    for (size_t i = first, to; i < plan->n && same_row(hall, i, first); i = to + 1) {
        to = i;
        if (!open_seat(hall, i))
            continue;
        while (to + 1 < plan->n && same_row(hall, to + 1, first) && joined(hall, to, to + 1))
            to++;
        bool here = hall->grid.at >= i && hall->grid.at <= to;
        run_text(hall, i, to, text, sizeof text);
        if (any)
            column = surface_put(line, 0, column, STYLE_NORMAL, ", ");
        if (here)
            surface_cursor(line, 0, column);
        column = surface_put(line, 0, column,
                             here                       ? STYLE_CHOSEN
                             : hall->map->seats[i].mine ? STYLE_MINE
                                                        : STYLE_FREE,
                             text);
        any = true;
    }
    if (!any)
        surface_put(line, 0, column, STYLE_FAINT, _("none free"));
}

void hall_runs_draw(struct hall *hall, const struct surface *surface)
{
    const struct plan *plan = hall->plan;
    int n = 0, at = 0;

    for (int row = 0; row < plan->rows; row++) {
        if (hall->first_of_row[row] < 0)
            continue;
        if (row == plan->seats[hall->grid.at].row)
            at = n;
        n++;
    }
    if (at < hall->runs_top)
        hall->runs_top = at;
    if (at >= hall->runs_top + surface->rows)
        hall->runs_top = at - surface->rows + 1;
    if (hall->runs_top > n - surface->rows)
        hall->runs_top = n > surface->rows ? n - surface->rows : 0;
    n = 0;
    for (int row = 0; row < plan->rows; row++) {
        if (hall->first_of_row[row] < 0)
            continue;
        int seen = n++ - hall->runs_top;
        if (seen < 0 || seen >= surface->rows)
            continue;
        struct surface line = surface_part(surface, seen, 0, 1, surface->columns);
        draw_row(hall, &line, (size_t)hall->first_of_row[row]);
    }
}

/* The next seat that can be had in a direction; the cursor stays when there is none. */
static void step(struct hall *hall, int by)
{
    for (size_t at = hall->grid.at + (size_t)by; at < hall->plan->n; at += (size_t)by)
        if (open_seat(hall, at)) {
            hall->grid.at = at;
            return;
        }
}

bool hall_runs_press(struct hall *hall, enum press press)
{
    if (press != PRESS_LEFT && press != PRESS_RIGHT)
        return grid_press(&hall->grid, press);
    step(hall, press == PRESS_LEFT ? -1 : 1);
    return true;
}
