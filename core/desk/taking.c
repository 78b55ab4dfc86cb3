#include "core/desk/taking.h"

#include "core/desk/ticket_types.h"
#include "core/rules/cash.h"

/* cash_tax() in SQL, for amounts and rates that are not negative; a test compares the two. */
#define TAX(amount, rate) \
    "((2 * " amount " * " rate " + 10000 + " rate ") / (2 * (10000 + " rate ")))"

/* The row of the sale that a claim `c` of reservation `r` came from. */
#define SALE_OF_CLAIM                                                           \
    "(SELECT MAX(o.n) FROM takings o WHERE o.reservation_id = c.reservation_id" \
    " AND o.type_id = c.type_id AND o.kind = 'sale')"
#define LAST_OF(reservation) \
    "COALESCE((SELECT MAX(o.n) FROM takings o WHERE o.reservation_id = " reservation "), 0)"
#define LAST LAST_OF("c.reservation_id")

/* One row: the tickets of the nth ticket's type. Its number is the type's, with gaps, since nothing
 * of the reservation was sold before. */
static void sell_type(struct sql *db, const struct ask *ask, const struct taking_sold *sold,
                      int nth)
{
    const struct taking_ticket *first = &sold->tickets[nth];
    const int32_t rate = first->tax == TYPE_TAX_SETTING ? ask->tax : first->tax;
    money amount = 0, tax = 0;
    int seats = 0;

    for (int i = nth; i < sold->n; i++) {
        if (sold->tickets[i].type.n != first->type.n)
            continue;
        seats++;
        amount += sold->tickets[i].amount;
        tax += cash_tax(sold->tickets[i].amount, rate);
    }
    sql_post(db,
             "INSERT INTO takings (reservation_id, n, kind, till_id, show_id, type_id, seats,"
             " amount, tax_rate, tax, operator, taken_at, exchanged)"
             " VALUES ($1, $2, 'sale', $3, $4, $2, $5, $6, $7, $8, $9, $10, $11)",
             SQL_VALUES(sql_n(sold->reservation.n), sql_n(first->type.n), sql_n0(ask->till.n),
                        sql_n(sold->show.n), sql_n(seats), sql_n(amount), sql_n(rate), sql_n(tax),
                        sql_n(ask->operator_number), sql_n(ask->now), sql_n(sold->exchanged)));
}

/* Added up here and not in SQL, where grouping and joining cost as much as the rest of a sale. */
void taking_sale(struct sql *db, const struct ask *ask, const struct taking_sold *sold)
{
    for (int i = 0; i < sold->n; i++) {
        int k = 0;

        while (k < i && sold->tickets[k].type.n != sold->tickets[i].type.n)
            k++;
        if (k == i && sold->tickets[i].type.n != 0)
            sell_type(db, ask, sold, i);
    }
}

void taking_seat(struct sql *db, const struct ask *ask, reservation_id reservation, show_id show,
                 seat_id seat)
{
    sql_post(db,
             "INSERT INTO takings (reservation_id, n, kind, till_id, show_id, type_id, seats,"
             " amount, tax_rate, tax, operator, taken_at, exchanged)"
             " SELECT c.reservation_id, " LAST " + 1, 'sale', $4, c.show_id, c.type_id, 1,"
             " c.amount, c.rate, " TAX(
                 "c.amount",
                 "c.rate") ", $6, $7, 1"
                           " FROM (SELECT a.reservation_id, a.show_id, a.type_id, a.amount,"
                           "  COALESCE(t.tax, $5) AS rate FROM claims a JOIN ticket_types t ON "
                           "t.id = a.type_id"
                           "  WHERE a.show_id = $1 AND a.seat_id = $2 AND a.reservation_id = $3"
                           "  AND a.state = 'sold') c",
             SQL_VALUES(sql_n(show.n), sql_n(seat.n), sql_n(reservation.n), sql_n0(ask->till.n),
                        sql_n(ask->tax), sql_n(ask->operator_number), sql_n(ask->now)));
}

void taking_back(struct sql *db, const struct ask *ask, reservation_id reservation, show_id show,
                 seat_id seat, enum taking how)
{
    sql_post(db,
             "INSERT INTO takings (reservation_id, n, kind, till_id, show_id, type_id, seats,"
             " amount, tax_rate, tax, operator, taken_at, exchanged)"
             " SELECT c.reservation_id, " LAST " + 1, $4, $5, c.show_id, c.type_id, 1, c.amount,"
             " s.tax_rate, " TAX(
                 "c.amount",
                 "s.tax_rate") ", $6, $7, $8 FROM claims c JOIN takings s"
                               " ON s.reservation_id = c.reservation_id AND s.n = " SALE_OF_CLAIM
                               " WHERE c.show_id = $1 AND c.seat_id = $2 AND c.reservation_id = $3"
                               " AND c.state = 'sold'",
             SQL_VALUES(sql_n(show.n), sql_n(seat.n), sql_n(reservation.n),
                        sql_t(how == TAKING_VOID ? "void" : "refund"), sql_n0(ask->till.n),
                        sql_n(ask->operator_number), sql_n(ask->now),
                        sql_n(how == TAKING_EXCHANGE)));
}

void taking_back_show(struct sql *db, const struct ask *ask, show_id show)
{
    sql_post(
        db,
        "INSERT INTO takings (reservation_id, n, kind, till_id, show_id, type_id, seats,"
        " amount, tax_rate, tax, operator, taken_at)"
        " SELECT c.reservation_id, " LAST
        " + ROW_NUMBER() OVER (PARTITION BY c.reservation_id ORDER BY c.type_id, c.tax_rate),"
        " 'refund', NULL, c.show_id, c.type_id, count(*), CAST(sum(c.amount) AS BIGINT),"
        " c.tax_rate, CAST(sum(" TAX(
            "c.amount",
            "c.tax_rate") ") AS BIGINT), $2, $3"
                          " FROM (SELECT c.reservation_id, c.show_id, c.type_id, c.amount, "
                          "s.tax_rate"
                          "  FROM claims c JOIN takings s ON s.reservation_id = c.reservation_id"
                          "  AND s.n = " SALE_OF_CLAIM
                          " WHERE c.show_id = $1 AND c.state = 'sold') c"
                          " GROUP BY c.reservation_id, c.show_id, c.type_id, c.tax_rate",
        SQL_VALUES(sql_n(show.n), sql_n(ask->operator_number), sql_n(ask->now)));
}
