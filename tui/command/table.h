/* Tables for people: columns aligned by terminal cells, what staff typed escaped. */
#ifndef BOXOFFICE_TUI_COMMAND_TABLE_H
#define BOXOFFICE_TUI_COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TABLE_COLUMNS = 16 };

struct table {
    int columns;
    const char *sides; /* a letter a column: l or r */
    size_t n, room;    /* cells */
    char **cells;
    bool failed; /* out of memory: table_print says so */
};

/* Begins one with a head of as many words, parted by |, as `sides` has letters. Both are borrowed.
 */
void table_init(struct table *table, const char *sides, const char *heads);
void table_fini(struct table *table);

/* Adds the next cell, from the left, row by row. Longer ones than 48 cells are cut, but for those
 * of the last column. */
void table_add(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Blanks behind `text` in a column of so many cells; 0 when it is as wide or wider. */
int table_blanks(const char *text, int cells);

/* Rows so far, without the head. */
size_t table_rows(const struct table *table);

/* Prints it; false when it did not fit into memory. */
bool table_print(const struct table *table, FILE *out);

#endif
