/*
 * A programme as a CSV file: a header with the columns date, start, title, hall, minutes and price
 * in any order and case (others are ignored), then a show a row. Whether the halls exist and are
 * free is the desk's to know.
 */
#ifndef BOXOFFICE_CORE_RULES_SCHEDULE_H
#define BOXOFFICE_CORE_RULES_SCHEDULE_H

#include <stddef.h>

#include "core/base/csv.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/rc.h"
#include "core/base/when.h"

enum { SCHEDULE_MINUTES_MAX = 1440 };

struct schedule_row {
    int line; /* in the file */
    char title[TITLE_SIZE];
    char hall[NAME_SIZE];
    when_ms starts_at;
    int minutes;
    money price;
};

/*
 * Checks every cell (date YYYY-MM-DD, start HH:MM in the venue's zone, minutes 1 to
 * SCHEDULE_MINUTES_MAX, price as money_parse reads it; a title of several lines becomes one) and
 * that no two rows overlap in a hall. On success `*rows` (heap, the caller's to free) has `*n` rows
 * in the file's order. All problems are RC_BAD_INPUT: each is given to `problem` (may be NULL), the
 * fault has the first with its line, and no row is returned. RC_NO_MEMORY.
 */
enum rc schedule_read(const struct csv *csv, struct schedule_row **rows, size_t *n,
                      void (*problem)(void *context, int line, const char *what), void *context,
                      struct fault *why);

#endif
