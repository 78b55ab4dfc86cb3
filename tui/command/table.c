#include "tui/command/table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

enum { CELL_SIZE = 640, CELL_ESCAPED = 3 * CELL_SIZE, CELLS_MOST = 48 };

static void keep(struct table *table, const char *text)
{
    if (table->n == table->room) {
        size_t room = table->room * 2 + 64;
        char **cells = realloc(table->cells, room * sizeof *cells);

        if (cells == NULL) {
            table->failed = true;
            return;
        }
        table->cells = cells;
        table->room = room;
    }
    table->cells[table->n] = strdup(text);
    table->failed |= table->cells[table->n] == NULL;
    table->n++;
}

void table_init(struct table *table, const char *sides, const char *heads)
{
    char head[64];

    memset(table, 0, sizeof *table);
    table->columns = (int)strlen(sides);
    table->sides = sides;
    for (int i = 0; i < table->columns; i++) {
        size_t size = strcspn(heads, "|");

        (void)snprintf(head, sizeof head, "%.*s", (int)size, heads);
        keep(table, head);
        heads += size + (heads[size] == '|');
    }
}

void table_fini(struct table *table)
{
    for (size_t i = 0; i < table->n; i++)
        free(table->cells[i]);
    free(table->cells);
    memset(table, 0, sizeof *table);
}

void table_add(struct table *table, const char *format, ...)
{
    char plain[CELL_SIZE], escaped[CELL_ESCAPED];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(plain, sizeof plain, format, arguments); /* names and notes are shorter */
    va_end(arguments);
    text_escape(plain, escaped, sizeof escaped);
    /* A long title must not push the rest off the screen; the last column may run on. */
    if (text_cells(escaped) > CELLS_MOST && (table->n + 1) % (size_t)table->columns != 0)
        memcpy(escaped + text_fit(escaped, CELLS_MOST - 2), "..", 3);
    keep(table, escaped);
}

int table_blanks(const char *text, int cells)
{
    int blanks = cells - text_cells(text);

    return blanks > 0 ? blanks : 0;
}

size_t table_rows(const struct table *table)
{
    return table->n / (size_t)table->columns - 1;
}

/* Widest cell of each column. */
static void measure(const struct table *table, int *widths)
{
    for (size_t i = 0; i < table->n; i++) {
        int cells = text_cells(table->cells[i]);
        int *width = &widths[i % (size_t)table->columns];

        *width = cells > *width ? cells : *width;
    }
}

bool table_print(const struct table *table, FILE *out)
{
    int widths[TABLE_COLUMNS] = {0};
    int blanks = 0; /* owed: never written at a line's end */

    if (table->failed)
        return false;
    measure(table, widths);
    for (size_t i = 0; i < table->n; i++) {
        int column = (int)(i % (size_t)table->columns);
        int rest = widths[column] - text_cells(table->cells[i]);
        bool right = table->sides[column] == 'r';

        blanks += right ? rest : 0;
        if (table->cells[i][0] != '\0') {
            fprintf(out, "%*s%s", blanks, "", table->cells[i]);
            blanks = 0;
        }
        blanks += (right ? 0 : rest) + 2;
        if (column == table->columns - 1) {
            fputc('\n', out);
            blanks = 0;
        }
    }
    return true;
}
