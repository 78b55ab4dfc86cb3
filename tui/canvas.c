#include "tui/canvas.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

bool canvas_resize(struct canvas *canvas, int rows, int columns)
{
    struct cell *cells = calloc((size_t)rows * (size_t)columns + 1, sizeof *cells);

    if (!cells)
        return false;
    free(canvas->cells);
    *canvas = (struct canvas){.rows = rows, .columns = columns, .cells = cells};
    canvas_clear(canvas);
    return true;
}

void canvas_clear(struct canvas *canvas)
{
    size_t n = (size_t)canvas->rows * (size_t)canvas->columns;

    memset(canvas->cells, 0, n * sizeof *canvas->cells);
    for (size_t i = 0; i < n; i++) {
        canvas->cells[i].text[0] = ' ';
        canvas->cells[i].width = 1;
    }
    canvas->cursor = false;
}

void canvas_settle(struct canvas *canvas)
{
    bool plain[STYLE_COUNT];

    for (int style = 0; style < STYLE_COUNT; style++)
        plain[style] = style_blank_is_plain((enum style)style);
    for (int row = 0; row < canvas->rows; row++) {
        struct cell *cells = canvas->cells + (size_t)row * (size_t)canvas->columns;
        uint8_t last = STYLE_NORMAL;
        for (int column = 0; column < canvas->columns; column++) {
            if (!plain[cells[column].style])
                continue;
            if (cells[column].text[0] == ' ' && cells[column].text[1] == '\0')
                cells[column].style = last;
            last = cells[column].style;
        }
    }
}

void canvas_fini(struct canvas *canvas)
{
    free(canvas->cells);
    *canvas = (struct canvas){0};
}

/* What the drawing characters of the screens look like in ASCII. */
static char drawn_as(int32_t c)
{
    static const struct {
        int32_t character;
        char ascii;
    } looks[] = {
        {0x2500, '-'},  {0x2502, '|'}, {0x250C, '+'}, {0x2510, '+'}, {0x2514, '+'}, {0x2518, '+'},
        {0x2588, '#'},  {0x2591, '.'}, {0x2026, '~'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''},
        {0x2019, '\''}, {0x201C, '"'}, {0x201D, '"'}, {0x00D7, 'x'}, {0x20AC, 'E'},
    };

    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (looks[i].character == c)
            return looks[i].ascii;
    return 0;
}

/* A letter without its accents, 0 when that leaves no ASCII. */
static char plain_letter(int32_t c)
{
    static const char *const pairs[] = {"ØO", "øo", "ßs", "ÆA", "æa", "ŁL", "łl", "ıi",
                                        "ĐD", "đd", "Œo", "œo", "ÞT", "þt", "ðd"};
    utf8proc_int32_t parts[8];
    utf8proc_int32_t other;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)pairs[i], -1, &other);
        if (n > 0 && other == c)
            return pairs[i][n];
    }
    utf8proc_ssize_t n =
        utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, NULL);
    return n > 0 && parts[0] >= 0x20 && parts[0] < 0x7F ? (char)parts[0] : 0;
}

void canvas_ascii(const struct cell *cell, char out[static 3])
{
    utf8proc_int32_t c = ' ';
    char ascii = cell->text[0];

    if ((unsigned char)ascii >= 0x80) {
        utf8proc_iterate((const utf8proc_uint8_t *)cell->text, -1, &c);
        ascii = drawn_as(c);
        if (!ascii)
            ascii = plain_letter(c);
        if (!ascii)
            ascii = '?';
    }
    out[0] = ascii;
    out[1] = cell->width == 2 ? ' ' : '\0';
    out[2] = '\0';
}
