#include "core/rules/escpos.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/rules/qr.h"

enum { ESC = 0x1B, GS = 0x1D, PAGE_1252 = 16, RASTER_ROWS = ESCPOS_HEIGHT * 2 };

static void put(struct escpos *out, const void *bytes, size_t n)
{
    if (out->n + n > out->room) {
        size_t room = (out->n + n) * 2 + 1024;
        uint8_t *more = realloc(out->bytes, room);

        if (more == NULL) {
            out->failed = true;
            return;
        }
        out->bytes = more;
        out->room = room;
    }
    memcpy(out->bytes + out->n, bytes, n);
    out->n += n;
}

#define PUT(out, ...) \
    put(out, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* What Windows-1252 has between 0x80 and 0x9F; else it is Latin-1. */
static const uint16_t page[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* The byte of a character, 0: the page has none. */
static uint8_t byte_of(int32_t c)
{
    if ((c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF))
        return (uint8_t)c;
    for (uint8_t i = 0; i < 32; i++)
        if (page[i] == c && c != 0)
            return (uint8_t)(0x80 + i);
    return 0;
}

static bool in_page(const char *text)
{
    int32_t c;
    size_t n;

    for (; (n = utf8_next(text, &c)) > 0; text += n)
        if (byte_of(c) == 0)
            return false;
    return true;
}

static void put_plain(struct escpos *out, const struct layout_line *line)
{
    const char *text = line->text;
    int32_t c;
    size_t n;

    PUT(out, ESC, 'E', line->bold);
    PUT(out, GS, '!', (uint8_t)((line->wide ? 0x10 : 0) | (line->tall ? 0x01 : 0)));
    for (; (n = utf8_next(text, &c)) > 0; text += n)
        PUT(out, byte_of(c));
    PUT(out, '\n');
}

/* --- dots ------------------------------------------------------------------------------------ */

/* A picture as wide as the paper. */
struct raster {
    size_t across; /* bytes a row */
    int rows;
    uint8_t dots[RASTER_ROWS][LAYOUT_WIDE_MOST * ESCPOS_CELL / 8 + 1];
};

static void dot(struct raster *raster, int row, int column)
{
    if (row >= 0 && row < raster->rows && column >= 0 && (size_t)column / 8 < raster->across)
        raster->dots[row][column / 8] |= (uint8_t)(0x80 >> column % 8);
}

static void put_raster(struct escpos *out, const struct raster *raster)
{
    PUT(out, GS, 'v', '0', 0, (uint8_t)(raster->across & 0xFF), (uint8_t)(raster->across >> 8),
        (uint8_t)raster->rows, 0);
    for (int row = 0; row < raster->rows; row++)
        put(out, raster->dots[row], raster->across);
}

static void missing(struct escpos *out, int32_t c, int cells, struct glyph *glyph)
{
    if (out->missing == 0)
        out->missing = c;
    *glyph = (struct glyph){.width = cells == 2 ? 16 : 8};
    for (int row = 2; row < 14; row++) {
        unsigned side = 0x4000U | (0x8000U >> (glyph->width - 2));
        unsigned full = 0x7FFFU & ~((0x8000U >> (glyph->width - 2)) - 1);

        glyph->rows[row] = (uint16_t)(row == 2 || row == 13 ? full : side);
    }
}

/* Draws a letter from column `x` on: a cell of 8 dots by 16 becomes one of 12 by 24, or twice that.
 */
static void draw(struct raster *raster, const struct glyph *glyph, const struct layout_line *line,
                 int x)
{
    int wide = line->wide ? 3 : 0, high = line->tall ? 3 : 0;
    int columns = wide ? glyph->width * 3 : glyph->width * 3 / 2;

    for (int row = 0; row < raster->rows; row++) {
        unsigned dots = glyph->rows[high ? row / 3 : row * 2 / 3];

        for (int column = 0; column < columns; column++) {
            if ((dots << (wide ? column / 3 : column * 2 / 3) & 0x8000U) == 0)
                continue;
            dot(raster, row, x + column);
            if (line->bold)
                dot(raster, row, x + column + 1);
        }
    }
}

/* A line as dots. Marks that take no cell of their own are drawn over the letter before. */
static void put_drawn(struct escpos *out, const struct layout_line *line, int columns,
                      const struct glyphs *glyphs)
{
    struct raster raster = {.across = (size_t)(columns * ESCPOS_CELL + 7) / 8,
                            .rows = line->tall ? RASTER_ROWS : ESCPOS_HEIGHT};
    int cell = line->wide ? 2 * ESCPOS_CELL : ESCPOS_CELL, at = 0;
    const char *text = line->text;

    for (size_t n; *text != '\0'; text += n) {
        int cells = 0;
        int32_t c;

        n = text_grapheme(text, &cells);
        for (size_t used = 0, m; used < n && (m = utf8_next(text + used, &c)) > 0; used += m) {
            struct glyph glyph;

            if (!glyphs_find(glyphs, c, &glyph))
                missing(out, c, cells, &glyph);
            draw(&raster, &glyph, line, at * cell);
        }
        at += cells;
    }
    put_raster(out, &raster);
}

/* A code: pieces of at most RASTER_ROWS rows, one below the other. */
static void put_qr(struct escpos *out, const struct layout_line *line, int columns)
{
    struct qr qr;
    int paper = columns * ESCPOS_CELL, left = 0;

    if (!qr_make(line->text, &qr))
        return;
    int size = (qr.size + 2 * QR_QUIET) * ESCPOS_MODULE;
    if (line->align == ALIGN_CENTER)
        left = (paper - size) / 2;
    else if (line->align == ALIGN_RIGHT)
        left = paper - size;
    for (int top = 0; top < size; top += RASTER_ROWS) {
        struct raster raster = {.across = (size_t)(paper + 7) / 8,
                                .rows = size - top < RASTER_ROWS ? size - top : RASTER_ROWS};

        for (int row = 0; row < raster.rows; row++)
            for (int column = 0; column < size; column++)
                if (qr_dark(&qr, (top + row) / ESCPOS_MODULE - QR_QUIET,
                            column / ESCPOS_MODULE - QR_QUIET))
                    dot(&raster, row, left + column);
        put_raster(out, &raster);
    }
}

/* --- all ------------------------------------------------------------------------------------- */

bool escpos_make(const struct layout_lines *lines, int columns, const struct glyphs *glyphs,
                 struct escpos *out)
{
    PUT(out, ESC, '@');
    PUT(out, ESC, 't', PAGE_1252);
    for (size_t i = 0; i < lines->n; i++) {
        const struct layout_line *line = &lines->lines[i];

        switch (line->mark) {
        case MARK_TEXT:
            if (in_page(line->text))
                put_plain(out, line);
            else
                put_drawn(out, line, columns, glyphs);
            break;
        case MARK_QR:
            put_qr(out, line, columns);
            break;
        case MARK_CUT:
            PUT(out, GS, 'V', 66, 0);
            break;
        case MARK_DRAWER:
            PUT(out, ESC, 'p', 0, 25, 250);
            break;
        }
    }
    return !out->failed;
}

void escpos_fini(struct escpos *out)
{
    free(out->bytes);
    *out = (struct escpos){0};
}
