#include "core/rules/schedule.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

/* X(name, its word in the header) */
#define COLUMNS(X)        \
    X(DATE, "date")       \
    X(START, "start")     \
    X(TITLE, "title")     \
    X(HALL, "hall")       \
    X(MINUTES, "minutes") \
    X(PRICE, "price")

#define COLUMN_ENUM(name, word) COLUMN_##name,
enum column { COLUMNS(COLUMN_ENUM) COLUMNS_ALL };
#undef COLUMN_ENUM

#define COLUMN_WORD(name, word) word,
static const char *const words[] = {COLUMNS(COLUMN_WORD)};
#undef COLUMN_WORD

enum { WHAT_SIZE = FAULT_TEXT + 40, KEY_ROOM = 2 * NAME_SIZE };

struct reader {
    size_t at[COLUMNS_ALL]; /* where a column stands in a row */
    struct schedule_row *rows;
    char (*halls)[KEY_ROOM]; /* search key of each row's hall */
    size_t n;
    int line;
    bool bad;
    void (*problem)(void *context, int line, const char *what);
    void *context;
    struct fault *why;
};

__attribute__((format(printf, 2, 3))) static void complain(struct reader *reader,
                                                           const char *format, ...)
{
    char what[WHAT_SIZE];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(what, sizeof what, format, list); /* a long complaint may be cut */
    va_end(list);
    if (!reader->bad)
        (void)fault_set(reader->why, RC_BAD_INPUT, _("line %d: %s"), reader->line, what);
    reader->bad = true;
    if (reader->problem != NULL)
        reader->problem(reader->context, reader->line, what);
}

/* Copies a cell on one line: a title may have several. False when it does not fit. */
static bool one_line(const char *cell, char *out, size_t size)
{
    char *copy = strdup(cell);
    bool fits;

    if (copy == NULL)
        return false;
    for (char *at = copy; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\r' || *at == '\t')
            *at = ' ';
    }
    fits = text_tidy(copy, out, size);
    free(copy);
    return fits;
}

static bool blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        if (row->cells[i][strspn(row->cells[i], " \t")] != '\0')
            return false;
    }
    return true;
}

static void read_header(struct reader *reader, const struct csv_row *row)
{
    char name[KEY_ROOM];
    char tidy[NAME_SIZE];

    for (int column = 0; column < COLUMNS_ALL; column++) {
        int found = 0;

        for (size_t i = 0; i < row->n; i++) {
            if (one_line(row->cells[i], tidy, sizeof tidy) && text_key(tidy, name, sizeof name) &&
                strcmp(name, words[column]) == 0 && found++ == 0)
                reader->at[column] = i;
        }
        if (found == 0)
            complain(reader, _("column %s is missing"), words[column]);
        else if (found > 1)
            complain(reader, _("column %s is there %d times"), words[column], found);
    }
}

/* A cell on one line, checked as text of the column; false after a complaint. */
static bool read_text(struct reader *reader, const struct csv_row *row, enum column column,
                      char *out, size_t size)
{
    struct fault fault;

    out[0] = '\0';
    if (reader->at[column] >= row->n)
        complain(reader, _("%s is missing: the row has %zu cells"), words[column], row->n);
    else if (!one_line(row->cells[reader->at[column]], out, size))
        complain(reader, _("%s is over %zu bytes"), words[column], size - 1);
    else if (out[0] == '\0')
        complain(reader, _("%s is empty"), words[column]);
    else if (text_check(words[column], out, size - 1, &fault) != RC_OK)
        complain(reader, "%s", fault.text);
    else
        return true;
    return false;
}

static bool clock_well_formed(const char *text)
{
    return strlen(text) == 5 && strspn(text, "0123456789") == 2 && text[2] == ':' &&
           strspn(text + 3, "0123456789") == 2;
}

static void read_start(struct reader *reader, const struct csv_row *row, struct schedule_row *show)
{
    char date[32];
    char start[32];
    char both[64];
    int32_t day;
    struct fault fault;
    bool dated = read_text(reader, row, COLUMN_DATE, date, sizeof date);
    bool timed = read_text(reader, row, COLUMN_START, start, sizeof start);

    if (dated && when_day_parse(date, &day, &fault) != RC_OK) {
        complain(reader, "%s: %s", words[COLUMN_DATE], fault.text);
        dated = false;
    }
    if (timed && !clock_well_formed(start)) {
        /* translators: start is a column's heading and stays so, as do minutes and hall */
        complain(reader, _("start is HH:MM, not %s"), start);
        timed = false;
    }
    if (!dated || !timed)
        return;
    (void)snprintf(both, sizeof both, "%s %s", date, start); /* both are short */
    if (when_parse(both, &show->starts_at, &fault) != RC_OK)
        complain(reader, "%s: %s", words[COLUMN_START], fault.text);
}

static void read_minutes(struct reader *reader, const struct csv_row *row,
                         struct schedule_row *show)
{
    char text[32];
    size_t digits;

    if (!read_text(reader, row, COLUMN_MINUTES, text, sizeof text))
        return;
    digits = strspn(text, "0123456789");
    for (size_t i = 0; i < digits && show->minutes <= SCHEDULE_MINUTES_MAX; i++)
        show->minutes = show->minutes * 10 + (text[i] - '0');
    if (text[digits] == '\0' && show->minutes >= 1 && show->minutes <= SCHEDULE_MINUTES_MAX)
        return;
    show->minutes = 0; /* lest it seem to overlap what it does not */
    complain(reader, _("minutes is a number from 1 to %d, not %s"), SCHEDULE_MINUTES_MAX, text);
}

static void read_row(struct reader *reader, const struct csv_row *row)
{
    struct schedule_row *show = &reader->rows[reader->n];
    char price[32];
    struct fault fault;

    memset(show, 0, sizeof *show);
    show->line = row->line;
    read_start(reader, row, show);
    (void)read_text(reader, row, COLUMN_TITLE, show->title, sizeof show->title);
    if (read_text(reader, row, COLUMN_HALL, show->hall, sizeof show->hall) &&
        !text_key(show->hall, reader->halls[reader->n], KEY_ROOM))
        complain(reader, _("hall is too long"));
    read_minutes(reader, row, show);
    if (read_text(reader, row, COLUMN_PRICE, price, sizeof price) &&
        money_parse(price, &show->price, &fault) != RC_OK)
        complain(reader, "%s: %s", words[COLUMN_PRICE], fault.text);
    reader->n++;
}

/* Do two sound rows take the same hall at the same time? */
static bool overlap(const struct reader *reader, size_t a, size_t b)
{
    const struct schedule_row *x = &reader->rows[a];
    const struct schedule_row *y = &reader->rows[b];

    return x->starts_at != 0 && y->starts_at != 0 &&
           x->starts_at < y->starts_at + y->minutes * WHEN_MINUTE &&
           y->starts_at < x->starts_at + x->minutes * WHEN_MINUTE && x->hall[0] != '\0' &&
           strcmp(reader->halls[a], reader->halls[b]) == 0;
}

static void check_overlaps(struct reader *reader)
{
    for (size_t i = 1; i < reader->n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (overlap(reader, i, j)) {
                reader->line = reader->rows[i].line;
                complain(reader, _("overlaps line %d (%s) in %s"), reader->rows[j].line,
                         reader->rows[j].title, reader->rows[i].hall);
                break;
            }
        }
    }
}

static void read_all(struct reader *reader, const struct csv *csv)
{
    reader->line = csv->n > 0 ? csv->rows[0].line : 1;
    if (csv->n == 0) {
        complain(reader, _("wanted a header: date,start,title,hall,minutes,price"));
        return;
    }
    read_header(reader, &csv->rows[0]);
    if (reader->bad)
        return; /* without its columns every row would be wrong in the same way */
    for (size_t i = 1; i < csv->n; i++) {
        reader->line = csv->rows[i].line;
        if (!blank(&csv->rows[i]))
            read_row(reader, &csv->rows[i]);
    }
    if (reader->n == 0)
        complain(reader, _("there is no show in the file"));
    check_overlaps(reader);
}

enum rc schedule_read(const struct csv *csv, struct schedule_row **rows, size_t *n,
                      void (*problem)(void *context, int line, const char *what), void *context,
                      struct fault *why)
{
    struct reader reader = {.problem = problem, .context = context, .why = why};
    enum rc rc = RC_OK;

    *rows = NULL;
    *n = 0;
    reader.rows = calloc(csv->n + 1, sizeof *reader.rows);
    reader.halls = calloc(csv->n + 1, sizeof *reader.halls);
    if (reader.rows == NULL || reader.halls == NULL) {
        rc = fault_set(why, RC_NO_MEMORY, _("out of memory"));
        goto out;
    }
    read_all(&reader, csv);
    if (reader.bad) {
        rc = RC_BAD_INPUT;
        goto out;
    }
    *rows = reader.rows;
    *n = reader.n;
    reader.rows = NULL;
out:
    free(reader.halls);
    free(reader.rows);
    return rc;
}
