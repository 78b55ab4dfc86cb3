#include "core/desk/check_books.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/rules/life.h"

struct books {
    size_t n;
    char (*names)[BOOK_SIZE]; /* heap */
};

/* Reads the names of all books, or of shows' books alone; false without memory. */
static bool books_read(struct sql *db, bool shows, struct books *books)
{
    size_t most = (size_t)sql_one_number(db, 0, "SELECT count(*) FROM books", NULL, 0);
    struct sql_statement *row;

    *books = (struct books){.names = calloc(most + 1, BOOK_SIZE)};
    if (!books->names)
        return false;
    row = sql_ask(db, "SELECT name FROM books ORDER BY name", NULL, 0);
    while (books->n < most && sql_row(row)) {
        if (shows && strncmp(sql_text(row, 0), "show:", 5) != 0)
            continue;
        (void)snprintf(books->names[books->n++], BOOK_SIZE, "%s", sql_text(row, 0));
    }
    sql_done(row);
    return true;
}

bool check_books_chains(struct sql *db, char *first, size_t size)
{
    struct books books;
    bool holds = books_read(db, false, &books);

    if (!holds)
        (void)snprintf(first, size, _("no memory"));
    for (size_t i = 0; holds && i < books.n; i++) {
        int64_t n = 0;
        char what[160] = "";

        holds = journal_verify(db, books.names[i], &n, what, sizeof what);
        if (!holds)
            (void)snprintf(first, size, _("book %s, row %" PRId64 ": %s"), books.names[i], n, what);
    }
    free(books.names);
    return holds;
}

/* What a book has said so far: the last word on each seat, reservation and entry. */
struct replay {
    const char *book;
    char *first;
    size_t size;
    json_t *parts; /* {"seats":{...}, "bookings":{...}, "entries":{...}} */
};

/* The parts of a row, in the words of change.h. */
static const char *const part_names[] = {N_("seats"), N_("bookings"), N_("entries")};
enum { PARTS = sizeof part_names / sizeof part_names[0] };

static const char *word_in(const json_t *part, const char *name)
{
    const char *word = json_string_value(json_object_get(part, name));

    return word ? word : "";
}

/* A seat that is free is the same as one that was never spoken of. */
static bool same(const char *a, const char *b)
{
    if (strcmp(a, "free") == 0)
        a = "";
    if (strcmp(b, "free") == 0)
        b = "";
    return strcmp(a, b) == 0;
}

/* A seat that is free has no word. */
static const char *shown(const char *word)
{
    return word[0] != '\0' ? _(word) : _("not there");
}

/* Row `n` begins elsewhere than where the book left off. */
static bool broken_row(struct replay *replay, int64_t n, const char *part, const char *name,
                       const char *last, const char *told)
{
    (void)snprintf(replay->first, replay->size,
                   _("book %s, row %" PRId64 ": %s %s was %s, the row has it %s"), replay->book, n,
                   _(part), name, shown(last), shown(told));
    return false;
}

/* The book ends elsewhere than where the tables are. */
static bool broken_end(struct replay *replay, const char *part, const char *name, const char *last,
                       const char *is)
{
    (void)snprintf(replay->first, replay->size, _("book %s: %s %s ends %s, but is %s"),
                   replay->book, _(part), name, shown(last), shown(is));
    return false;
}

/* A state that nothing follows: leaving and declining are undone by a row that says so, and by no
 * other. */
static bool final(const char *part, const char *word, const char *what)
{
    enum entry_state entry;
    enum booking_state booking;

    if (strcmp(part, "entries") == 0 && entry_parse(word, &entry))
        return entry != ENTRY_WAITING && entry != ENTRY_OFFERED &&
               !(strcmp(what, "undo") == 0 && entry_may(entry, ENTRY_WAITING));
    if (strcmp(part, "bookings") == 0 && booking_parse(word, &booking))
        return booking == BOOKING_CANCELLED || booking == BOOKING_LAPSED;
    return false;
}

/* One part of one row: it begins where the book left off, and moves on from there. */
static bool replay_part(struct replay *replay, int64_t n, const char *part, const char *what,
                        const json_t *before, json_t *after)
{
    json_t *known = json_object_get(replay->parts, part);
    json_t *was = json_object_get(before, part);
    json_t *is = json_object_get(after, part);
    const char *name;
    json_t *word;

    json_object_foreach(is, name, word)
    {
        const char *last = word_in(known, name);
        const char *told = word_in(was, name);

        if (!same(told, last))
            return broken_row(replay, n, part, name, last, told);
        if (final(part, last, what) && !same(last, json_string_value(word)))
            return broken_row(replay, n, part, name, last, json_string_value(word));
    }
    json_object_update(known, is);
    return true;
}

static bool replay_rows(struct sql *db, struct replay *replay)
{
    bool holds = true;
    struct sql_statement *row =
        sql_ask(db, "SELECT n, before, after, what FROM journal WHERE book = $1 ORDER BY n",
                SQL_VALUES(sql_t(replay->book)));

    while (holds && sql_row(row)) {
        json_t *before = json_loads(sql_text(row, 1), 0, NULL);
        json_t *after = json_loads(sql_text(row, 2), 0, NULL);

        if (!before || !after) {
            holds = false;
            (void)snprintf(replay->first, replay->size, _("book %s, row %" PRId64 ": no JSON"),
                           replay->book, sql_number(row, 0));
        }
        for (size_t i = 0; holds && i < PARTS; i++)
            holds = replay_part(replay, sql_number(row, 0), part_names[i], sql_text(row, 3), before,
                                after);
        json_decref(before);
        json_decref(after);
    }
    sql_done(row);
    return holds;
}

/* Compares one part with a table: rows of (name, state). What agrees is taken out of the part, so
 * that what remains is known to the book alone. */
static bool replay_table(struct sql *db, struct replay *replay, const char *part, int64_t show,
                         const char *question)
{
    json_t *known = json_object_get(replay->parts, part);
    bool holds = true;
    const char *name;
    json_t *word;
    struct sql_statement *row = sql_ask(db, question, SQL_VALUES(sql_n(show)));

    while (holds && sql_row(row)) {
        const char *last = word_in(known, sql_text(row, 0));

        if (same(last, sql_text(row, 1)))
            json_object_del(known, sql_text(row, 0));
        else
            holds = broken_end(replay, part, sql_text(row, 0), last, sql_text(row, 1));
    }
    sql_done(row);
    json_object_foreach(known, name, word)
    {
        if (holds && !same(json_string_value(word), ""))
            holds = broken_end(replay, part, name, json_string_value(word), "");
    }
    return holds;
}

static bool replay_show(struct sql *db, struct replay *replay, int64_t show)
{
    return replay_rows(db, replay) &&
           replay_table(db, replay, "bookings", show,
                        "SELECT code, state FROM reservations WHERE show_id = $1") &&
           replay_table(db, replay, "entries", show,
                        "SELECT CAST(id AS TEXT), state FROM waiting_list WHERE show_id = $1") &&
           replay_table(db, replay, "seats", show,
                        "SELECT s.label, c.state FROM claims c JOIN seats s ON s.id = c.seat_id"
                        " WHERE c.show_id = $1");
}

/* Shows whose seats or lists say something while they have no book at all. */
static bool all_have_books(struct sql *db, char *first, size_t size)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT 'show ' || w.id || ' has changed without a book' FROM shows w"
                " WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.name = 'show:' || w.id)"
                " AND (EXISTS (SELECT 1 FROM claims c WHERE c.show_id = w.id)"
                " OR EXISTS (SELECT 1 FROM reservations r WHERE r.show_id = w.id)"
                " OR EXISTS (SELECT 1 FROM waiting_list e WHERE e.show_id = w.id))"
                " ORDER BY w.id LIMIT 1",
                NULL, 0);
    bool found = sql_row(row);

    if (found)
        (void)snprintf(first, size, "%s", sql_text(row, 0));
    sql_done(row);
    return !found;
}

bool check_books_moves(struct sql *db, char *first, size_t size)
{
    struct books books;
    bool holds = books_read(db, true, &books);

    if (!holds)
        (void)snprintf(first, size, _("no memory"));
    for (size_t i = 0; holds && i < books.n; i++) {
        struct replay replay = {
            .book = books.names[i],
            .first = first,
            .size = size,
            .parts = json_pack("{s:{}, s:{}, s:{}}", "seats", "bookings", "entries")};

        holds = replay_show(db, &replay, strtoll(books.names[i] + 5, NULL, 10));
        json_decref(replay.parts);
    }
    free(books.names);
    return holds && all_have_books(db, first, size);
}
