#include "core/rules/glyphs.h"

#include <string.h>

/* The value of a hexadecimal digit, -1 for others. */
static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number at `at`, up to the first other character, which `*at` is moved to. */
static int32_t number(const char **at, const char *end)
{
    int32_t n = 0;

    while (*at < end && digit(**at) >= 0 && n < 0x1000000)
        n = n * 16 + digit(*(*at)++);
    return n;
}

/* Reads 32 or 64 digits. */
static bool read_rows(const char *at, const char *end, struct glyph *glyph)
{
    int n = 0, each;

    while (at + n < end && n < 65 && digit(at[n]) >= 0)
        n++;
    if (n != 2 * GLYPH_ROWS && n != 4 * GLYPH_ROWS)
        return false;
    each = n / GLYPH_ROWS;
    glyph->width = each * 4;
    for (int row = 0; row < GLYPH_ROWS; row++) {
        unsigned dots = 0;

        for (int i = 0; i < each; i++)
            dots = dots << 4 | (unsigned)digit(at[row * each + i]);
        glyph->rows[row] = (uint16_t)(each == 2 ? dots << 8 : dots);
    }
    return true;
}

/* Halves what is left until the line is found: lines differ in length, so that each half begins at
 * a line's beginning. */
bool glyphs_find(const struct glyphs *glyphs, int32_t c, struct glyph *glyph)
{
    const char *low = glyphs->hex, *high = low != NULL ? low + glyphs->size : NULL;

    while (low < high) {
        const char *middle = low + (high - low) / 2, *line = middle, *at;

        while (line > low && line[-1] != '\n')
            line--;
        at = line;
        int32_t here = number(&at, high);
        const char *end = memchr(at, '\n', (size_t)(high - at));
        if (end == NULL)
            end = high;
        if (at == end || *at != ':')
            return false;
        if (here == c)
            return read_rows(at + 1, end, glyph);
        if (here < c)
            low = end < high ? end + 1 : high;
        else
            high = line;
    }
    return false;
}
