/*
 * CSV as RFC 4180 writes it: quotes, doubled quotes, commas and line ends inside quotes; LF and
 * CRLF; a UTF-8 byte order mark is skipped. Written out, cells that a spreadsheet would run as a
 * formula (= + - @, tab, CR) are neutralised with an apostrophe.
 */
#ifndef BOXOFFICE_CORE_BASE_CSV_H
#define BOXOFFICE_CORE_BASE_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "core/base/rc.h"

struct csv_row {
    int line; /* where the row begins in the file, from 1 */
    size_t n;
    char **cells;
};

struct csv {
    size_t n;
    struct csv_row *rows;
    char *text; /* storage of every cell */
};

/*
 * Parses `size` bytes. On success `*csv` is the caller's, to be freed with csv_free. NUL bytes, bad
 * UTF-8 and an unclosed quote are RC_BAD_INPUT with the line. A blank line is a row of one empty
 * cell.
 */
enum rc csv_parse(const char *bytes, size_t size, struct csv **csv, struct fault *why);

/* Frees and clears `*csv`; NULL inside is allowed. */
void csv_free(struct csv **csv);

/* Writes one cell, quoted where needed and neutralised. */
void csv_write_cell(FILE *out, const char *text);

#endif
