#include "core/desk/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"

/* What an empty book's head is. */
static const char no_head[DIGEST_HEX] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* One row as it is hashed. */
struct line {
    const char *book;
    int64_t n, at, operator_number;
    const char *terminal, *what, *before, *after;
};

enum { NUMBERS_SIZE = 3 * 21 + 1 };

char *journal_show_book(show_id show, char *buffer, size_t size)
{
    snprintf(buffer, size, "show:%" PRId64, show.n);
    return buffer;
}

char *journal_till_book(till_id till, char *buffer, size_t size)
{
    snprintf(buffer, size, "till:%" PRId64, till.n);
    return buffer;
}

static struct digest_part part(const char *text)
{
    return (struct digest_part){text, strlen(text)};
}

/* Each column goes in with its length, so that none can borrow from its neighbour. */
static void line_hash(const char *head, const struct line *line, char hash[static DIGEST_HEX])
{
    char numbers[NUMBERS_SIZE];

    snprintf(numbers, sizeof numbers, "%" PRId64 " %" PRId64 " %" PRId64, line->n, line->at,
             line->operator_number);
    const struct digest_part parts[] = {part(head),           part(line->book), part(numbers),
                                        part(line->terminal), part(line->what), part(line->before),
                                        part(line->after)};
    digest_hex(parts, sizeof parts / sizeof parts[0], hash);
}

/* A show's book is locked with its show. */
static void lock_book(struct sql *db, const char *book)
{
    if (strcmp(book, JOURNAL_HOUSE) == 0)
        sql_post(db, "UPDATE books SET length = length WHERE name = $1", SQL_VALUES(sql_t(book)));
}

void journal_end_at(struct journal_end *end, int64_t length, const char *head)
{
    end->length = length;
    snprintf(end->head, sizeof end->head, "%s", length > 0 ? head : no_head);
}

static bool read_end(struct sql *db, const char *book, struct journal_end *end)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT length, head FROM books WHERE name = $1", SQL_VALUES(sql_t(book)));
    bool there = sql_row(row);

    if (there)
        journal_end_at(end, sql_number(row, 0), sql_text(row, 1));
    sql_done(row);
    return there;
}

static void open_book(struct sql *db, const char *book)
{
    sql_post(db, "INSERT INTO books (name, length, head) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
             SQL_VALUES(sql_t(book), sql_t(no_head)));
}

/* Canonical text, the caller's; NULL without memory. Steals the reference. */
static char *canonical(json_t *value)
{
    char *text = value ? json_dumps(value, JSON_SORT_KEYS | JSON_COMPACT) : strdup("{}");

    json_decref(value);
    return text;
}

static void write_line(struct sql *db, const struct line *line, const char *hash)
{
    sql_post(db,
             "INSERT INTO journal (book, n, at, terminal, operator, what, before, after, hash)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
             SQL_VALUES(sql_t(line->book), sql_n(line->n), sql_n(line->at), sql_t(line->terminal),
                        sql_n(line->operator_number), sql_t(line->what), sql_t(line->before),
                        sql_t(line->after), sql_t(hash)));
    sql_post(db, "UPDATE books SET length = $3, head = $2 WHERE name = $1",
             SQL_VALUES(sql_t(line->book), sql_t(hash), sql_n(line->n)));
}

/* Who gave a PIN for it stands beside what was done; the operator has a column. */
static json_t *approved(const struct ask *ask, json_t *after)
{
    if (ask->approver == 0)
        return after;
    if (!after)
        after = json_object();
    json_object_set_new(after, "approved_by", json_integer(ask->approver));
    return after;
}

void journal_add_at(struct sql *db, struct journal_end *end, const char *book,
                    const struct ask *ask, const char *what, json_t *before, json_t *after)
{
    char *was = canonical(before);
    char *is = canonical(approved(ask, after));
    char hash[DIGEST_HEX] = "";
    struct line line = {.book = book,
                        .n = end->length + 1,
                        .at = ask->now,
                        .operator_number = ask->operator_number,
                        .terminal = ask->terminal,
                        .what = what,
                        .before = was,
                        .after = is};

    if (end->length == 0)
        open_book(db, book);
    /* Without memory a text is NULL, which its column refuses: that spoils the transaction. */
    if (was && is && what)
        line_hash(end->head, &line, hash);
    write_line(db, &line, hash);
    journal_end_at(end, line.n, hash);
    free(was);
    free(is);
}

void journal_add(struct sql *db, const char *book, const struct ask *ask, const char *what,
                 json_t *before, json_t *after)
{
    struct journal_end end;

    lock_book(db, book);
    if (!read_end(db, book, &end)) { /* of two that open it one waits for the other */
        open_book(db, book);
        lock_book(db, book);
        if (!read_end(db, book, &end))
            journal_end_at(&end, 0, "");
    }
    journal_add_at(db, &end, book, ask, what, before, after);
}

void journal_head(struct sql *db, const char *book, char head[static DIGEST_HEX])
{
    struct journal_end end;

    if (!read_end(db, book, &end))
        journal_end_at(&end, 0, "");
    memcpy(head, end.head, sizeof end.head);
}

/* Compares a book's length and head with where its rows ended. */
static bool verify_head(struct sql *db, const char *book, int64_t rows, const char *head,
                        char *what, size_t size)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT length, head FROM books WHERE name = $1", SQL_VALUES(sql_t(book)));
    bool holds = true;

    if (!sql_row(row)) {
        holds = rows == 0;
        snprintf(what, size, _("the book is missing"));
    } else if (sql_number(row, 0) != rows) {
        holds = false;
        snprintf(what, size, _("the book has %" PRId64 " rows, its length says %" PRId64), rows,
                 sql_number(row, 0));
    } else if (strcmp(sql_text(row, 1), head) != 0) {
        holds = false;
        snprintf(what, size, _("the last row is not the book's head"));
    }
    sql_done(row);
    return holds;
}

static struct line line_read(const struct sql_statement *row, const char *book)
{
    return (struct line){.book = book,
                         .n = sql_number(row, 0),
                         .at = sql_number(row, 1),
                         .terminal = sql_text(row, 2),
                         .operator_number = sql_number(row, 3),
                         .what = sql_text(row, 4),
                         .before = sql_text(row, 5),
                         .after = sql_text(row, 6)};
}

bool journal_verify(struct sql *db, const char *book, int64_t *n, char *what, size_t size)
{
    char head[DIGEST_HEX];
    char hash[DIGEST_HEX];
    bool holds = true;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT n, at, terminal, operator, what, before, after, hash FROM journal"
                " WHERE book = $1 ORDER BY n",
                SQL_VALUES(sql_t(book)));

    *n = 0;
    memcpy(head, no_head, sizeof head);
    while (holds && sql_row(row)) {
        struct line line = line_read(row, book);

        ++*n;
        line_hash(head, &line, hash);
        if (line.n != *n) {
            holds = false;
            snprintf(what, size, _("row %" PRId64 " is missing"), *n);
        } else if (strcmp(hash, sql_text(row, 7)) != 0) {
            holds = false;
            snprintf(what, size, _("row %" PRId64 " does not follow from the one before"), *n);
        }
        memcpy(head, hash, sizeof head);
    }
    sql_done(row);
    return holds && verify_head(db, book, *n, head, what, size);
}
