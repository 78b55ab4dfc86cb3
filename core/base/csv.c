#include "core/base/csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/base/words.h"

/* A file in the middle of being parsed. Cells are written over the text that they come from. */
struct parser {
    struct csv *csv;
    const char *at;
    char *to;
    int line;
    size_t room, cells_room; /* rows and cells that there is memory for */
    struct fault *why;
};

static enum rc no_memory(struct parser *p)
{
    fault_set(p->why, RC_NO_MEMORY, _("out of memory"));
    return RC_NO_MEMORY;
}

static enum rc refuse(struct parser *p, int line, const char *what)
{
    return fault_set(p->why, RC_BAD_INPUT, _("line %d: %s"), line, what);
}

/* Room for one more, doubled when it is used up; NULL when there is no memory. */
static void *grow(void *items, size_t n, size_t *room, size_t size)
{
    size_t more = *room > 0 ? 2 * *room : 8;

    if (items && n < *room)
        return items;
    void *grown = reallocarray(items, more, size);
    if (grown)
        *room = more;
    return grown;
}

static enum rc add_row(struct parser *p)
{
    struct csv_row *rows = grow(p->csv->rows, p->csv->n, &p->room, sizeof *rows);

    if (!rows)
        return no_memory(p);
    p->csv->rows = rows;
    rows[p->csv->n++] = (struct csv_row){.line = p->line};
    p->cells_room = 0;
    return RC_OK;
}

static enum rc add_cell(struct parser *p, char *cell)
{
    struct csv_row *row = &p->csv->rows[p->csv->n - 1];
    char **cells = grow(row->cells, row->n, &p->cells_room, sizeof *cells);

    if (!cells)
        return no_memory(p);
    row->cells = cells;
    cells[row->n++] = cell;
    return RC_OK;
}

/* Copies what stands between quotes; the reader stands behind the opening one. */
static enum rc take_quoted(struct parser *p)
{
    int began = p->line;

    for (; *p->at; p->at++) {
        if (*p->at == '"' && p->at[1] != '"') {
            p->at++;
            if (*p->at && !strchr(",\r\n", *p->at))
                return refuse(p, p->line, _("something stands behind a closing quote"));
            return RC_OK;
        }
        p->at += *p->at == '"';
        p->line += *p->at == '\n';
        *p->to++ = *p->at;
    }
    return refuse(p, began, _("a quote is never closed"));
}

static enum rc take_plain(struct parser *p)
{
    for (; *p->at && !strchr(",\n", *p->at); p->at++) {
        if (*p->at == '"')
            return refuse(p, p->line,
                          _("a quote stands inside a cell that does not begin with one"));
        if (*p->at == '\r' && (p->at[1] == '\n' || p->at[1] == '\0'))
            break;
        *p->to++ = *p->at;
    }
    return RC_OK;
}

static enum rc take_cell(struct parser *p)
{
    char *cell = p->to;
    bool quoted = *p->at == '"';

    p->at += quoted;
    enum rc rc = quoted ? take_quoted(p) : take_plain(p);
    if (rc != RC_OK)
        return rc;
    /* One byte for the NUL: the comma, the line's end or the quote that was read, or the file's. */
    return add_cell(p, cell);
}

/* Steps over a line's end; false when none stands here. */
static bool take_line_end(struct parser *p)
{
    if (p->at[0] == '\r' && (p->at[1] == '\n' || p->at[1] == '\0'))
        p->at++;
    if (*p->at != '\n')
        return false;
    p->at++;
    p->line++;
    return true;
}

static enum rc take_row(struct parser *p)
{
    enum rc rc = add_row(p);
    bool more = true;

    while (rc == RC_OK && more) {
        rc = take_cell(p);
        if (rc != RC_OK)
            break;
        more = *p->at == ',';
        if (more)
            p->at++;
        else if (!take_line_end(p) && *p->at)
            rc = refuse(p, p->line, _("a line ends with a lone carriage return"));
        *p->to++ = '\0';
    }
    return rc;
}

/* NUL bytes and bad UTF-8 are found before anything else, with their line. */
static enum rc check_bytes(struct parser *p, const char *text, size_t size)
{
    int32_t c;
    int line = 1;
    size_t step;

    for (const char *at = text; (step = utf8_next(at, &c)) > 0; at += step) {
        if (c == UTF8_BAD)
            return refuse(p, line, _("this is not valid UTF-8"));
        line += c == '\n';
        size -= step;
    }
    return size > 0 ? refuse(p, line, _("a NUL byte")) : RC_OK;
}

enum rc csv_parse(const char *bytes, size_t size, struct csv **csv, struct fault *why)
{
    static const char mark[] = "\xEF\xBB\xBF";
    struct parser p = {.line = 1, .why = why};
    char *source = NULL;
    enum rc rc;

    if (size >= 3 && memcmp(bytes, mark, 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    p.csv = calloc(1, sizeof *p.csv);
    source = malloc(size + 1);
    if (!p.csv || !source || !(p.csv->text = malloc(size + 1))) {
        rc = no_memory(&p);
        goto out;
    }
    memcpy(source, bytes, size);
    source[size] = '\0';
    p.at = source;
    p.to = p.csv->text;
    rc = check_bytes(&p, source, size);
    while (rc == RC_OK && *p.at)
        rc = take_row(&p);
    if (rc == RC_OK) {
        *csv = p.csv;
        p.csv = NULL;
    }
out:
    free(source);
    csv_free(&p.csv);
    return rc;
}

void csv_free(struct csv **csv)
{
    if (!*csv)
        return;
    for (size_t i = 0; i < (*csv)->n; i++)
        free((*csv)->rows[i].cells);
    free((*csv)->rows);
    free((*csv)->text);
    free(*csv);
    *csv = NULL;
}

void csv_write_cell(FILE *out, const char *text)
{
    bool formula = *text && strchr("=+-@\t\r", *text);

    if (!formula && !text[strcspn(text, ",\"\r\n")]) {
        fputs(text, out);
        return;
    }
    fputs(formula ? "\"'" : "\"", out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}
