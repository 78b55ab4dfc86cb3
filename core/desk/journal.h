/*
 * The journal: append only, hash-chained a book (design, 3). A row's hash is SHA-256 over the hash
 * before it and its own columns; before and after are canonical JSON (sorted keys, compact) without
 * customers' names.
 */
#ifndef BOXOFFICE_CORE_DESK_JOURNAL_H
#define BOXOFFICE_CORE_DESK_JOURNAL_H

#include <jansson.h>

#include "core/base/digest.h"
#include "core/desk/verb.h"

enum { BOOK_SIZE = 32 };

/* The book of a show ("show:12") and of a till session ("till:3"); the house's is "house". Returns
 * buffer. */
char *journal_show_book(show_id show, char *buffer, size_t size);
char *journal_till_book(till_id till, char *buffer, size_t size);
#define JOURNAL_HOUSE "house"

/* Where a book ends: how many rows it has and the last one's hash. */
struct journal_end {
    int64_t length;
    char head[DIGEST_HEX];
};

/* Sets it from a row of `books`; a book that is not there yet has length 0. */
void journal_end_at(struct journal_end *end, int64_t length, const char *head);

/* Adds one row to a locked show's or till session's book, whose end is known and moves on. As
 * journal_add else. */
void journal_add_at(struct sql *db, struct journal_end *end, const char *book,
                    const struct ask *ask, const char *what, json_t *before, json_t *after);

/*
 * Adds one row to a book inside the open transaction. Steals the references to `before` and `after`
 * (NULL: nothing, stored as "{}"); who approved it stands in `after` as "approved_by". Failures
 * spoil the transaction (sql.h). A show's book needs its show locked in this transaction
 * (show_lock); the house's is locked here.
 */
void journal_add(struct sql *db, const char *book, const struct ask *ask, const char *what,
                 json_t *before, json_t *after);

/* The head of a book as this transaction sees it; that of an empty book when there is none. */
void journal_head(struct sql *db, const char *book, char head[static DIGEST_HEX]);

/*
 * Verifies a book's chain and its head. Returns false with the first row that breaks it in `*n`
 * and what is wrong in `what`.
 */
bool journal_verify(struct sql *db, const char *book, int64_t *n, char *what, size_t size);

#endif
