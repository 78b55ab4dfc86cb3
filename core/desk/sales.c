#include "core/desk/sales.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"

/* The sales meant: of a till, or of a terminal in none. What costs nothing has takings alone. */
#define RECENT                                                                             \
    "WITH recent AS (SELECT t.reservation_id AS id, MIN(t.taken_at) AS sold_at"            \
    " FROM takings t WHERE t.kind = 'sale' AND (t.till_id = $1 OR (t.till_id IS NULL"      \
    "  AND t.taken_at > $2 AND EXISTS (SELECT 1 FROM payments p"                           \
    "   WHERE p.reservation_id = t.reservation_id AND p.kind = 'pay' AND p.terminal = $3)" \
    " )) GROUP BY t.reservation_id ORDER BY 2 DESC, 1 DESC LIMIT 40) "

struct sales_reading {
    till_id till;
    const char *terminal;
    when_ms since; /* far ahead: sales of a till alone */
    struct sale_list *list;
};

#define RECENT_VALUES(reading) \
    SQL_VALUES(sql_n((reading)->till.n), sql_n((reading)->since), sql_t((reading)->terminal))

static struct sale_row *row_of(struct sale_list *list, int64_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->rows[i].reservation.n == id)
            return &list->rows[i];
    return NULL;
}

#define COPY(field, column) (void)snprintf(field, sizeof field, "%s", sql_text(rows, column))

static void read_rows(struct sql_statement *rows, struct sale_list *list)
{
    while (list->n < SALES_MOST && sql_row(rows)) {
        struct sale_row *row = &list->rows[list->n++];

        row->reservation.n = sql_number(rows, 0);
        row->show.n = sql_number(rows, 1);
        COPY(row->code, 2);
        COPY(row->title, 3);
        (void)booking_parse(sql_text(rows, 4), &row->state);
        row->starts_at = sql_number(rows, 5);
        row->sold_at = sql_number(rows, 6);
        row->total = sql_number(rows, 7);
        COPY(row->seats_were, 8);
    }
    sql_done(rows);
}

static void read_seats(struct sql_statement *rows, struct sale_list *list)
{
    while (sql_row(rows)) {
        struct sale_row *row = row_of(list, sql_number(rows, 0));

        if (row && row->n < SEATS_MAX) {
            COPY(row->labels[row->n], 1);
            row->n++;
        }
    }
    sql_done(rows);
}

static void read_tenders(struct sql_statement *rows, struct sale_list *list)
{
    while (sql_row(rows)) {
        struct sale_row *row = row_of(list, sql_number(rows, 0));

        if (!row)
            continue;
        row->change += sql_number(rows, 3);
        if (sql_number(rows, 2) != 0)
            booking_tender_add(row->tenders, sizeof row->tenders, sql_text(rows, 1),
                               sql_number(rows, 2));
    }
    sql_done(rows);
}

static bool sales_all(struct sql *db, void *context)
{
    struct sales_reading *reading = context;
    struct sql_statement *rows, *seats, *tenders;

    rows = sql_ask(db,
                   RECENT "SELECT r.id, r.show_id, r.code, s.title, r.state, s.starts_at,"
                          " e.sold_at, r.total, r.seats_were FROM recent e JOIN reservations r"
                          " ON r.id = e.id JOIN shows s ON s.id = r.show_id"
                          " ORDER BY e.sold_at DESC, r.id DESC",
                   RECENT_VALUES(reading));
    seats = sql_ask(db,
                    RECENT "SELECT e.id, s.label FROM recent e JOIN claims c"
                           " ON c.reservation_id = e.id JOIN seats s ON s.id = c.seat_id"
                           " ORDER BY e.id, c.seat_id",
                    RECENT_VALUES(reading));
    tenders = sql_ask(db,
                      RECENT
                      "SELECT e.id, p.tender, CAST(sum(CASE p.kind WHEN 'pay' THEN p.amount"
                      " ELSE -p.amount END) AS BIGINT), CAST(sum(CASE WHEN p.kind = 'pay'"
                      " AND p.given > 0 THEN p.given - p.amount - p.rounding ELSE 0 END) AS BIGINT)"
                      " FROM recent e JOIN payments p ON p.reservation_id = e.id"
                      " GROUP BY e.id, p.tender ORDER BY e.id, MIN(p.n)",
                      RECENT_VALUES(reading));
    read_rows(rows, reading->list);
    read_seats(seats, reading->list);
    read_tenders(tenders, reading->list);
    return true;
}

enum rc sales_read(struct sql *db, till_id till, const char *terminal, when_ms now,
                   struct sale_list **list, struct fault *why)
{
    struct sales_reading reading = {.till = till,
                                    .terminal = terminal,
                                    .since = till.n != 0 ? INT64_MAX : now - 24 * WHEN_HOUR};
    enum sql_rc rc;

    *list = NULL;
    reading.list = calloc(1, sizeof *reading.list + SALES_MOST * sizeof reading.list->rows[0]);
    if (reading.list == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    rc = sql_read(db, sales_all, &reading);
    if (rc == SQL_OK) {
        *list = reading.list;
        return RC_OK;
    }
    free(reading.list);
    return verb_storage_fault(db, rc, why);
}
