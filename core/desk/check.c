#include "core/desk/check.h"

#include <stdio.h>
#include <string.h>

#include "core/desk/check_books.h"
#include "core/desk/check_rows.h"
#include "core/desk/check_tills.h"

static check_test storage_sound;

static const struct {
    int number;
    const char *text;
    check_test *holds;
} invariants[] = {
    {1, N_("at most one claim a seat and show"), check_rows_claims},
    {2, N_("every claimed seat is in the show's hall"), check_rows_halls},
    {3, N_("a key is used once"), check_rows_keys},
    {4, N_("a reservation's total is its seats and, sold, its payments"), check_rows_totals},
    {5, N_("refunds never exceed payments"), check_rows_refunds},
    {6, N_("each book of the journal is gapless and its chain verifies"), check_books_chains},
    {7, N_("each change of state has its row in the journal"), check_books_moves},
    {8, N_("a waiting party has at most one open offer"), check_rows_entries},
    {9, N_("the assigner's term never goes back"), check_rows_terms},
    {10, N_("a till's cash is its float and what came and went, its Z what was taken"),
     check_tills},
    {11, N_("no card number in any text"), check_rows_cards},
    {12, N_("the storage is sound"), storage_sound},
    {13, N_("ticket serials have no gaps, a ticket that lets in has its sold seat"),
     check_rows_tickets},
};
enum { INVARIANTS = sizeof invariants / sizeof invariants[0] };

struct finding {
    struct check_row *row;
    check_test *holds;
};

/* Keeps the engine's first complaint. */
static void hear_complaint(void *context, const char *line)
{
    struct check_row *row = context;

    if (row->holds)
        (void)snprintf(row->first, sizeof row->first, "%s", line);
    row->holds = false;
}

static bool storage_sound(struct sql *db, char *first, size_t size)
{
    struct check_row row = {.holds = true};

    (void)sql_integrity(db, hear_complaint, &row);
    (void)snprintf(first, size, "%s", row.first);
    return row.holds;
}

static bool check_work(struct sql *db, void *context)
{
    struct finding *finding = context;
    struct check_row *row = finding->row;

    row->first[0] = '\0';
    row->holds = finding->holds(db, row->first, sizeof row->first);
    return true;
}

/* One read transaction an invariant, so that no long one holds back the writers' checkpoints. */
enum rc check_run(struct sql *db, struct check_result *result, struct fault *why)
{
    *result = (struct check_result){0};
    for (size_t i = 0; i < INVARIANTS; i++) {
        struct check_row *row = &result->rows[result->n++];
        struct finding finding = {.row = row, .holds = invariants[i].holds};
        enum sql_rc rc;

        row->number = invariants[i].number;
        row->text = invariants[i].text;
        rc = sql_read(db, check_work, &finding);
        if (rc == SQL_CORRUPT || rc == SQL_NOT_DATABASE) {
            row->holds = false;
            (void)snprintf(row->first, sizeof row->first, "%s", sql_error(db));
        } else if (rc != SQL_OK) {
            return verb_storage_fault(db, rc, why);
        }
        result->broken += !row->holds;
    }
    return RC_OK;
}

bool check_head(struct sql *db, const char *head, char *book, size_t size)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT book FROM journal WHERE hash = $1", SQL_VALUES(sql_t(head)));
    bool known = sql_row(row);

    (void)snprintf(book, size, "%s", known ? sql_text(row, 0) : "");
    sql_done(row);
    return known;
}
