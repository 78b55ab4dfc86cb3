#include "tui/surface.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

enum { LINE_BYTES = 1024 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

struct surface surface_all(struct canvas *canvas)
{
    return (struct surface){canvas, 0, 0, canvas->rows, canvas->columns};
}

struct surface surface_part(const struct surface *surface, int row, int column, int rows,
                            int columns)
{
    row = row < 0 ? 0 : least(row, surface->rows);
    column = column < 0 ? 0 : least(column, surface->columns);
    rows = rows < 0 ? 0 : least(rows, surface->rows - row);
    columns = columns < 0 ? 0 : least(columns, surface->columns - column);
    return (struct surface){surface->canvas, surface->row + row, surface->column + column, rows,
                            columns};
}

/* The cell at a place of the surface, NULL outside. */
static struct cell *cell_at(const struct surface *surface, int row, int column)
{
    if (row < 0 || row >= surface->rows || column < 0 || column >= surface->columns)
        return NULL;
    const struct canvas *canvas = surface->canvas;
    return &canvas->cells[(size_t)(surface->row + row) * (size_t)canvas->columns +
                          (size_t)(surface->column + column)];
}

static void blank(struct cell *cell)
{
    memset(cell->text, 0, sizeof cell->text);
    cell->text[0] = ' ';
    cell->width = 1;
}

/* Writing over one half of a wide grapheme leaves no half behind. */
static void break_wide(const struct surface *surface, int row, int column)
{
    struct cell *cell = cell_at(surface, row, column);
    int from = column, width;

    if (!cell || cell->width == 1)
        return;
    while (cell && cell->width == 0)
        cell = cell_at(surface, row, --from);
    width = cell ? cell->width : 0;
    for (int i = 0; i < width; i++)
        if ((cell = cell_at(surface, row, from + i)))
            blank(cell);
}

/* Writes one grapheme of `bytes` bytes and `width` cells, which fit. */
static void put_grapheme(const struct surface *surface, int row, int column, enum style style,
                         const char *text, size_t bytes, int width)
{
    for (int i = 0; i < width; i++)
        break_wide(surface, row, column + i);
    struct cell *cell = cell_at(surface, row, column);
    if (!cell)
        return;
    memset(cell->text, 0, sizeof cell->text);
    if (bytes >= sizeof cell->text) { /* a heap of marks on one letter: the letter stays */
        text = "?";
        bytes = 1;
    }
    memcpy(cell->text, text, bytes);
    cell->style = (uint8_t)style;
    cell->width = (uint8_t)width;
    for (int i = 1; i < width; i++) {
        struct cell *half = cell_at(surface, row, column + i);
        memset(half->text, 0, sizeof half->text);
        half->style = (uint8_t)style;
        half->width = 0;
    }
}

/* The same as surface_put_cells, for a text that is escaped. */
static int put_clean(const struct surface *surface, int row, int column, int cells,
                     enum style style, const char *at)
{
    int end = least(surface->columns, column + cells);
    int width;
    size_t bytes;

    for (; (bytes = text_grapheme(at, &width)) > 0; at += bytes) {
        if (width == 0)
            continue;
        if (column + width > end)
            break;
        if (column >= 0)
            put_grapheme(surface, row, column, style, at, bytes, width);
        column += width;
    }
    return column;
}

int surface_put_cells(const struct surface *surface, int row, int column, int cells,
                      enum style style, const char *text)
{
    char clean[LINE_BYTES];

    if (row < 0 || row >= surface->rows)
        return column;
    return put_clean(surface, row, column, cells, style, text_escape(text, clean, sizeof clean));
}

int surface_put(const struct surface *surface, int row, int column, enum style style,
                const char *text)
{
    return surface_put_short(surface, row, column, surface->columns - column, style, text);
}

int surface_put_short(const struct surface *surface, int row, int column, int cells,
                      enum style style, const char *text)
{
    char clean[LINE_BYTES];

    if (row < 0 || row >= surface->rows)
        return column;
    text_escape(text, clean, sizeof clean);
    if (cells > surface->columns - column)
        cells = surface->columns - column;
    if (text_cells(clean) <= cells)
        return put_clean(surface, row, column, cells, style, clean);
    int at = put_clean(surface, row, column, cells - 1, style, clean);
    return put_clean(surface, row, at, cells > 0 ? 1 : 0, style, "…");
}

int surface_widest(const char *const *texts, int n)
{
    int most = 0;

    for (int i = 0; i < n; i++) {
        int cells = text_cells(_(texts[i]));

        most = cells > most ? cells : most;
    }
    return most;
}

int surface_printf(const struct surface *surface, int row, int column, enum style style,
                   const char *format, ...)
{
    char text[LINE_BYTES];
    va_list list;

    va_start(list, format);
    int n = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return n < 0 ? column : surface_put(surface, row, column, style, text);
}

void surface_right(const struct surface *surface, int row, int end, int cells, enum style style,
                   const char *text)
{
    int width = text_cells(text);

    surface_put_short(surface, row, end - least(width, cells), cells, style, text);
}

/* Bytes of the longest beginning of `text` that fits in `cells`, ended at a blank if there is one.
 */
static size_t line_of(const char *text, int cells)
{
    size_t fits = text_fit(text, cells);
    size_t end = fits;

    if (text[fits] == '\0')
        return fits;
    while (end > 0 && text[end] != ' ')
        end--;
    return end > 0 ? end : fits;
}

/* What follows the line and the blanks that it ends with. */
static const char *behind(const char *text, size_t line)
{
    return text + line + strspn(text + line, " ");
}

int surface_wrap(const struct surface *surface, int row, enum style style, const char *text)
{
    char line[LINE_BYTES];

    while (*text && row < surface->rows && surface->columns > 0) {
        size_t n = line_of(text, surface->columns);
        if (n == 0 || n >= sizeof line)
            break;
        memcpy(line, text, n);
        line[n] = '\0';
        surface_put(surface, row++, 0, style, line);
        text = behind(text, n);
    }
    return row;
}

int surface_wrap_rows(int columns, const char *text)
{
    int rows = 0;

    for (size_t n; columns > 0 && (n = line_of(text, columns)) > 0; rows++)
        text = behind(text, n);
    return rows;
}

void surface_fill(const struct surface *surface, int row, int column, int cells, enum style style,
                  const char *glyph)
{
    int end = least(surface->columns, column + cells);

    for (int at = column < 0 ? 0 : column; at < end; at++)
        surface_put_cells(surface, row, at, 1, style, glyph);
}

void surface_rule(const struct surface *surface, int row)
{
    surface_fill(surface, row, 0, surface->columns, STYLE_FAINT, "─");
}

void surface_restyle(const struct surface *surface, int row, int column, int cells,
                     enum style style)
{
    for (int i = 0; i < cells; i++) {
        struct cell *cell = cell_at(surface, row, column + i);
        if (cell)
            cell->style = (uint8_t)style;
    }
}

void surface_cursor(const struct surface *surface, int row, int column)
{
    struct canvas *canvas = surface->canvas;

    if (!cell_at(surface, row, column))
        return;
    canvas->cursor = true;
    canvas->cursor_row = surface->row + row;
    canvas->cursor_column = surface->column + column;
}
