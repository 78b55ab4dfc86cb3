#include "core/desk/heads.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/journal.h"

static const char heads_all[] = "SELECT name, length, head FROM books ORDER BY name";

/* A book's end in one database, to be looked for in the other. */
struct book_end {
    const char *name, *head;
    int64_t length;
};

/* Is the book's end a row of this database? */
static bool row_is_there(struct sql *db, const struct book_end *end)
{
    struct sql_statement *row = sql_ask(db, "SELECT hash FROM journal WHERE book = $1 AND n = $2",
                                        SQL_VALUES(sql_t(end->name), sql_n(end->length)));
    bool there = sql_row(row) && strcmp(sql_text(row, 0), end->head) == 0;

    sql_done(row);
    return there;
}

/* Is the book's end its end in this database, too? */
static bool end_is_same(struct sql *db, const struct book_end *end)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT length, head FROM books WHERE name = $1", SQL_VALUES(sql_t(end->name)));
    bool same = sql_row(row) && sql_number(row, 0) == end->length &&
                strcmp(sql_text(row, 1), end->head) == 0;

    sql_done(row);
    return same;
}

/* Compares each book of `a` with `b`. */
static bool each_book(struct sql *a, struct sql *b,
                      bool (*holds)(struct sql *db, const struct book_end *end), char *what,
                      size_t size)
{
    struct sql_statement *row = sql_ask(a, heads_all, NULL, 0);
    bool house = false, fits = true;

    what[0] = '\0';
    while (fits && sql_row(row)) {
        const struct book_end end = {
            .name = sql_text(row, 0), .length = sql_number(row, 1), .head = sql_text(row, 2)};

        house |= strcmp(end.name, JOURNAL_HOUSE) == 0 && end.length > 0;
        fits = end.length == 0 || holds(b, &end);
        if (!fits)
            (void)snprintf(what, size, _("book %s"), end.name);
    }
    sql_done(row);
    if (fits && house)
        return true;
    if (what[0] == '\0')
        (void)snprintf(what, size, _("no book %s"), JOURNAL_HOUSE);
    return false;
}

bool heads_go_on(struct sql *old, struct sql *now, char *what, size_t size)
{
    return each_book(old, now, row_is_there, what, size);
}

bool heads_same(struct sql *a, struct sql *b, char *what, size_t size)
{
    return each_book(a, b, end_is_same, what, size) && each_book(b, a, end_is_same, what, size) &&
           each_book(b, b, row_is_there, what, size);
}

void heads_house(struct sql *db, char *head, size_t size)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT head FROM books WHERE name = $1", SQL_VALUES(sql_t(JOURNAL_HOUSE)));

    (void)snprintf(head, size, "%s", sql_row(row) ? sql_text(row, 0) : "");
    sql_done(row);
}
