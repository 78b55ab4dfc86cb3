#include "core/desk/after_sale.h"

struct sql_statement *after_sale_ask(struct sql *db, const struct ask *ask,
                                     reservation_id reservation)
{
    return sql_ask(db,
                   "SELECT t.till_id, t.taken_at, (SELECT count(DISTINCT v.reservation_id)"
                   "  FROM takings v WHERE v.till_id = $1 AND v.kind = 'void') FROM takings t"
                   " WHERE t.reservation_id = $2 AND t.kind = 'sale' ORDER BY t.n LIMIT 1",
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
