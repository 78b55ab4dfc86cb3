#include "tui/widget/grid.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/text.h"

/* Three columns tell all of a seat; a glass that is wider than usual gives it air. */
enum { WIDE = 3, WIDE_MOST = 5, WIDER_FROM = 64, NUMBER_CELLS = 2, TEXT_SIZE = 4 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* The cell nearest to `column` in the nearest row beyond the cursor's, up (-1) or down (1). */
static void step_row(struct grid *grid, int by)
{
    const struct grid_cell *now = &grid->cells[grid->at];
    size_t best = grid->at;
    int row = -1;

    for (size_t i = 0; i < grid->n; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        int beyond = (cell->row - now->row) * by;
        if (beyond <= 0)
            continue;
        int nearest = row < 0 ? INT16_MAX : (row - now->row) * by;
        if (beyond > nearest)
            continue;
        if (beyond == nearest &&
            abs(cell->column - now->column) >= abs(grid->cells[best].column - now->column))
            continue;
        best = i;
        row = cell->row;
    }
    grid->at = best;
}

static void step_cell(struct grid *grid, int by)
{
    if (by < 0 && grid->at > 0)
        grid->at--;
    else if (by > 0 && grid->at + 1 < grid->n)
        grid->at++;
}

/* The first or last cell of the cursor's row. */
static void row_end(struct grid *grid, int by)
{
    int row = grid->cells[grid->at].row;

    while (by < 0 ? grid->at > 0 && grid->cells[grid->at - 1].row == row
                  : grid->at + 1 < grid->n && grid->cells[grid->at + 1].row == row)
        step_cell(grid, by);
}

bool grid_press(struct grid *grid, enum press press)
{
    int page = most(1, grid->seen_rows / 2);

    if (grid->n == 0)
        return false;
    if (grid->at >= grid->n)
        grid->at = grid->n - 1;
    switch (press) {
    case PRESS_UP:
    case PRESS_WHEEL_UP:
        step_row(grid, -1);
        return true;
    case PRESS_DOWN:
    case PRESS_WHEEL_DOWN:
        step_row(grid, 1);
        return true;
    case PRESS_LEFT:
        step_cell(grid, -1);
        return true;
    case PRESS_RIGHT:
        step_cell(grid, 1);
        return true;
    case PRESS_HOME:
        row_end(grid, -1);
        return true;
    case PRESS_END:
        row_end(grid, 1);
        return true;
    case PRESS_PAGE_UP:
    case PRESS_PAGE_DOWN:
        for (int i = 0; i < page; i++)
            step_row(grid, press == PRESS_PAGE_UP ? -1 : 1);
        return true;
    default:
        return false;
    }
}

/* Cells that the longest row name takes. */
static int name_cells(const struct grid *grid)
{
    int cells = 1;

    for (int row = 0; row < grid->rows && grid->row_name; row++)
        cells = most(cells, text_cells(grid->row_name(grid->context, row)));
    return least(cells, 4);
}

/* Keeps `at` between `first` and `first + seen`, with `first` as little moved as possible. */
static int scrolled(int first, int seen, int whole, int at)
{
    if (whole <= seen)
        return 0;
    if (at < first)
        first = at;
    else if (at >= first + seen)
        first = at - seen + 1;
    return least(first, whole - seen);
}

/* Works out where columns begin when a cell takes `wide`: an aisle is one narrower, so that it does
 * not look like a seat. Returns what all take. */
static int spread(struct grid *grid, int wide)
{
    bool used[GRID_COLUMNS_MAX] = {false};
    int at = 0;

    for (size_t i = 0; i < grid->n; i++)
        used[grid->cells[i].column] = true;
    for (int column = 0; column < grid->columns; column++) {
        grid->starts[column] = (int16_t)at;
        at += used[column] ? wide : most(1, wide - 1);
    }
    grid->starts[grid->columns] = (int16_t)at;
    return at;
}

/* Works out how wide a cell may be and what part of the grid is seen. */
static void lay_out(struct grid *grid, const struct surface *surface, int names)
{
    int room = surface->columns - 2 * names;
    const struct grid_cell *at = grid->at < grid->n ? &grid->cells[grid->at] : NULL;

    grid->wide = surface->columns >= WIDER_FROM ? WIDE_MOST : WIDE;
    while (spread(grid, grid->wide) > room && grid->wide > 1)
        grid->wide--;
    int gap = grid->wide > 1 ? 0 : 1; /* a digit is not to look like the row's name */
    room -= 2 * gap;
    grid->seen_columns = grid->wide > 1 ? grid->columns : least(grid->columns, most(1, room));
    grid->seen_rows = least(grid->rows, surface->rows);
    grid->left = scrolled(grid->left, grid->seen_columns, grid->columns, at ? at->column : 0);
    grid->top = scrolled(grid->top, grid->seen_rows, grid->rows, at ? at->row : 0);
    int spare = room - (grid->wide > 1 ? grid->starts[grid->columns] : grid->seen_columns);
    grid->drawn_row = surface->row;
    grid->drawn_column = surface->column + names + gap + most(spare, 0) / 2;
}

/* The text of a cell: "14", " ." at three columns, "114" at more; its last digit or glyph at fewer.
 * Returns the columns that it takes. */
static int cell_text(const struct grid_cell *cell, int wide, char text[static TEXT_SIZE])
{
    const bool whole = wide > WIDE && cell->number >= 100;

    if (!cell->numbered)
        return snprintf(text, TEXT_SIZE, "%*c", wide < WIDE ? 1 : NUMBER_CELLS, cell->glyph);
    if (cell->mark && wide == 1)
        return snprintf(text, TEXT_SIZE, "%c", cell->mark);
    if (wide < WIDE)
        return snprintf(text, TEXT_SIZE, "%d", cell->number % 10);
    if (whole)
        return snprintf(text, TEXT_SIZE, "%d", cell->number % 1000);
    return snprintf(text, TEXT_SIZE, cell->number >= 100 ? "%02d" : "%2d", cell->number % 100);
}

static void draw_cell(const struct grid *grid, const struct surface *surface, size_t item)
{
    const struct grid_cell *cell = &grid->cells[item];
    int row = cell->row - grid->top, seen = cell->column - grid->left;
    bool chosen = item == grid->at;
    char text[TEXT_SIZE];

    if (row < 0 || row >= grid->seen_rows || seen < 0 || seen >= grid->seen_columns)
        return;
    int column = grid->drawn_column - surface->column + grid->starts[cell->column] -
                 grid->starts[grid->left];
    int last = column + grid->wide - 1;
    int cells = cell_text(cell, grid->wide, text);
    surface_put(surface, row, last - cells + 1, (enum style)cell->style, text);
    char before = 0;
    if (chosen)
        before = '>';
    else if (cell->mark)
        before = cell->mark;
    if (before && grid->wide > 1)
        surface_put(surface, row, most(column, last - cells),
                    chosen ? STYLE_STRONG : (enum style)cell->style, (char[]){before, '\0'});
    if (chosen) {
        surface_restyle(surface, row, column, grid->wide, STYLE_CURSOR);
        surface_cursor(surface, row, last);
    }
}

static void draw_row(const struct grid *grid, const struct surface *surface, int row, int names)
{
    const char *name = grid->row_name ? grid->row_name(grid->context, grid->top + row) : "";
    const char *caption =
        grid->row_caption ? grid->row_caption(grid->context, grid->top + row) : NULL;

    surface_put_cells(surface, row, 0, names, STYLE_FAINT, name);
    surface_right(surface, row, surface->columns, names, STYLE_FAINT, name);
    if (caption && *caption) {
        int column = (surface->columns - text_cells(caption)) / 2;
        surface_put(surface, row, most(column, names), STYLE_FAINT, caption);
    }
}

void grid_draw(struct grid *grid, const struct surface *surface)
{
    int names = name_cells(grid);

    lay_out(grid, surface, names);
    for (int row = 0; row < grid->seen_rows; row++)
        draw_row(grid, surface, row, names);
    for (size_t i = 0; i < grid->n; i++)
        draw_cell(grid, surface, i);
}

size_t grid_hit(const struct grid *grid, int row, int column)
{
    int seen_row = row - grid->drawn_row;

    if (seen_row < 0 || seen_row >= grid->seen_rows)
        return SIZE_MAX;
    for (size_t i = 0; i < grid->n; i++) {
        const struct grid_cell *cell = &grid->cells[i];
        int seen = cell->column - grid->left;
        int start = grid->drawn_column + grid->starts[cell->column] - grid->starts[grid->left];
        if (cell->row == grid->top + seen_row && seen >= 0 && seen < grid->seen_columns &&
            column >= start && column < start + grid->wide)
            return i;
    }
    return SIZE_MAX;
}
