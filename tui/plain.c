#include "tui/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cell *row_of(const struct canvas *canvas, int row)
{
    return canvas->cells + (size_t)row * (size_t)canvas->columns;
}

static bool same_text(const struct canvas *now, const struct canvas *then, int row)
{
    const struct cell *is = row_of(now, row), *was = row_of(then, row);

    for (int column = 0; column < now->columns; column++)
        if (strcmp(is[column].text, was[column].text) != 0)
            return false;
    return true;
}

/* Columns up to the last that is not blank. */
static int length(const struct canvas *canvas, int row)
{
    const struct cell *cells = row_of(canvas, row);
    int end = canvas->columns;

    while (end > 0 && strcmp(cells[end - 1].text, " ") == 0)
        end--;
    return end;
}

static void put_row(FILE *out, const struct canvas *canvas, int row, bool ascii)
{
    const struct cell *cells = row_of(canvas, row);
    int end = length(canvas, row);
    char text[3];

    for (int column = 0; column < end; column++) {
        if (ascii && cells[column].width > 0)
            canvas_ascii(&cells[column], text);
        if (cells[column].width > 0)
            fputs(ascii ? text : cells[column].text, out);
    }
    if (end > 0)
        fputs("\r\n", out);
}

char *plain_lines(const struct canvas *now, const struct canvas *then, bool ascii, bool all)
{
    int last = now->cursor ? now->cursor_row : -1;
    bool moved = now->cursor && (!then->cursor || then->cursor_row != last);
    char *lines = NULL;
    size_t size;
    FILE *out = open_memstream(&lines, &size);

    if (!out)
        return NULL;
    for (int row = 0; row < now->rows; row++)
        if (row != last && (all || !same_text(now, then, row)))
            put_row(out, now, row, ascii);
    if (last >= 0 && (all || moved || !same_text(now, then, last)))
        put_row(out, now, last, ascii);
    if (fclose(out) == 0)
        return lines;
    free(lines);
    return NULL;
}
