#include "core/desk/look_back.h"

#include "core/desk/journal.h"

enum { ROWS_MOST = 500 };

void look_back(struct sql *db, show_id show, look_back_at *at, void *context)
{
    char book[BOOK_SIZE];
    bool enough = false;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT at, terminal, what, before, after FROM journal WHERE book = $1"
                " ORDER BY n DESC LIMIT $2",
                SQL_VALUES(sql_t(journal_show_book(show, book, sizeof book)), sql_n(ROWS_MOST)));

    while (!enough && sql_row(rows)) {
        json_t *before = json_loads(sql_text(rows, 3), 0, NULL);
        json_t *after = json_loads(sql_text(rows, 4), 0, NULL);
        struct look_back_row row = {.at = sql_number(rows, 0),
                                    .terminal = sql_text(rows, 1),
                                    .what = sql_text(rows, 2),
                                    .before = before,
                                    .after = after};

        enough = at(context, &row);
        json_decref(before);
        json_decref(after);
        if (enough)
            sql_done(rows);
    }
}
