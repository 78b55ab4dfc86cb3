#include "core/desk/after_sale.h"

#include <stdio.h>
#include <string.h>

struct sql_statement *after_sale_ask(struct sql *db, const struct ask *ask,
                                     reservation_id reservation)
{
    return sql_ask(db,
                   "WITH RECURSIVE line (id) AS (SELECT CAST($2 AS BIGINT) UNION ALL"
                   " SELECT r.from_id FROM reservations r JOIN line l ON l.id = r.id"
                   " WHERE r.from_id IS NOT NULL)"
                   " SELECT t.till_id, t.taken_at, (SELECT count(DISTINCT v.reservation_id)"
                   "  FROM takings v WHERE v.till_id = $1 AND v.kind = 'void') FROM takings t"
                   " WHERE t.reservation_id IN (SELECT id FROM line) AND t.kind = 'sale'"
                   " ORDER BY t.reservation_id, t.n LIMIT 1",
                   SQL_VALUES(sql_n0(ask->till.n), sql_n(reservation.n)));
}

struct second_sale after_sale_hear(struct sql_statement *row, const struct ask *ask)
{
    struct second_sale sale = {.till = ask->till};

    if (sql_row(row)) {
        sale.sold_in.n = sql_number(row, 0);
        sale.sold_at = sql_number(row, 1);
        sale.voids = sql_number(row, 2);
    }
    sql_done(row);
    return sale;
}

struct sql_statement *after_sale_used_ask(struct sql *db, reservation_id reservation)
{
    return sql_ask(db,
                   "SELECT seat_id FROM tickets WHERE reservation_id = $1 AND state = 'used'"
                   " ORDER BY seat_id",
                   SQL_VALUES(sql_n(reservation.n)));
}

/* Adds the label of that seat, if it is one of those. */
static void add_used(const struct reservation_seat *seats, int n, seat_id seat,
                     char labels[static WERE_SIZE])
{
    for (int i = 0; i < n; i++)
        if (seats[i].seat.n == seat.n)
            were_add(labels, seats[i].label);
}

enum rc after_sale_used(struct sql *db, struct sql_statement *used, const struct after_sale_by *by,
                        const struct reservation_seat *seats, int n, struct change *change,
                        struct fault *why)
{
    struct fault refused = {0};
    char labels[WERE_SIZE] = "";
    enum rc rc;

    while (sql_row(used))
        add_used(seats, n, (seat_id){sql_number(used, 0)}, labels);
    sql_done(used);
    if (labels[0] == '\0')
        return RC_OK;
    rc = staff_rights_allow(db, by->ask, by->known, RIGHT_USED, &refused);
    if (rc == RC_OK)
        change_text(change, "used", labels);
    else
        (void)fault_set(why, rc, "%s: %s", labels, refused.text);
    return rc;
}
