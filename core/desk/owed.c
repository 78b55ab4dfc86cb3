#include "core/desk/owed.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/words.h"

/* Is there a seat for which nothing came out, and that nobody was let into? */
#define ANY_SEAT                                                                  \
    "EXISTS (SELECT 1 FROM claims c LEFT JOIN tickets t ON t.show_id = c.show_id" \
    " AND t.seat_id = c.seat_id AND t.state <> 'dead'"                            \
    " WHERE c.reservation_id = reservations.id AND (t.serial IS NULL"             \
    " OR (t.print <> 'printed' AND t.state <> 'used')))"

const char *owed_by(const struct ask *ask)
{
    return ask->prints ? ask->terminal : "";
}

void owed_add(struct sql *db, const struct ask *ask, reservation_id reservation)
{
    if (ask->prints)
        sql_post(db, "UPDATE reservations SET paper = $2 WHERE id = $1 AND paper <> $2",
                 SQL_VALUES(sql_n(reservation.n), sql_t(ask->terminal)));
}

void owed_lock(struct sql *db, int64_t serial)
{
    sql_post(db,
             "UPDATE shows SET rev = rev WHERE id = (SELECT show_id FROM tickets"
             " WHERE serial = $1)",
             SQL_VALUES(sql_n(serial)));
}

void owed_settle(struct sql *db, int64_t serial)
{
    sql_post(db,
             "UPDATE reservations SET paper = '' WHERE paper <> '' AND id = (SELECT reservation_id"
             " FROM tickets WHERE serial = $1) AND NOT " ANY_SEAT,
             SQL_VALUES(sql_n(serial)));
}

void owed_failed(struct sql *db, const struct ask *ask, int64_t serial)
{
    if (ask->prints)
        sql_post(db,
                 "UPDATE reservations SET paper = $2 WHERE paper <> $2 AND id = (SELECT"
                 " reservation_id FROM tickets WHERE serial = $1)",
                 SQL_VALUES(sql_n(serial), sql_t(ask->terminal)));
}

struct owing {
    const char *terminal;
    when_ms now;
    struct owed_list *list;
};

static bool read_owed(struct sql *db, void *context)
{
    struct owing *owing = context;
    struct sql_statement *rows = sql_ask(
        db,
        "SELECT reservations.id, reservations.code, CASE WHEN EXISTS (SELECT 1 FROM tickets u"
        " WHERE u.reservation_id = reservations.id AND u.print = 'due'"
        " AND u.state = 'live') THEN 1 ELSE 0 END"
        " FROM reservations"
        " JOIN shows s ON s.id = reservations.show_id"
        " WHERE reservations.paper = $1 AND reservations.paper <> ''"
        " AND reservations.state = 'sold' AND s.ends_at > $2 AND " ANY_SEAT
        " ORDER BY reservations.changed_at DESC, reservations.id DESC",
        SQL_VALUES(sql_t(owing->terminal), sql_n(owing->now)));

    owing->list->n = 0;
    while (owing->list->n < OWED_MOST && sql_row(rows)) {
        struct owed_sale *sale = &owing->list->sales[owing->list->n++];

        sale->reservation.n = sql_number(rows, 0);
        (void)snprintf(sale->code, sizeof sale->code, "%s", sql_text(rows, 1));
        sale->unknown = (int32_t)sql_number(rows, 2);
    }
    sql_done(rows);
    return true;
}

enum rc owed_read(struct sql *db, const char *terminal, when_ms now, struct owed_list **list,
                  struct fault *why)
{
    struct owing owing = {terminal, now, calloc(1, sizeof *owing.list)};
    enum sql_rc rc;

    *list = NULL;
    if (owing.list == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    rc = sql_read(db, read_owed, &owing);
    if (rc == SQL_OK) {
        *list = owing.list;
        return RC_OK;
    }
    free(owing.list);
    return verb_storage_fault(db, rc, why);
}
