#include "core/desk/sums.h"

/* Of `takings` k: what was taken less what was given back; and rows that are all of one kind. */
#define SIGNED(column) \
    "CAST(sum(CASE k.kind WHEN 'sale' THEN " column " ELSE -" column " END) AS BIGINT)"
#define NET_AMOUNT SIGNED("k.amount")
#define NET        SIGNED("k.seats") ", " NET_AMOUNT ", " SIGNED("k.tax")
#define GROSS \
    "CAST(sum(k.seats) AS BIGINT), CAST(sum(k.amount) AS BIGINT), CAST(sum(k.tax) AS BIGINT)"

/* "3 Mira", "3" of a number that nobody has. */
#define WHO                                                                   \
    "CAST(k.operator AS TEXT) || COALESCE((SELECT ' ' || w.name FROM staff w" \
    " WHERE w.number = k.operator), '')"

/* The same of `payments` p, and the tenders in their order. */
#define PAID(column) \
    "CAST(sum(CASE p.kind WHEN 'pay' THEN " column " ELSE -" column " END) AS BIGINT)"
#define PAID_AMOUNT   PAID("p.amount")
#define PAID_ROUNDING PAID("p.rounding")
#define TENDER                                                                               \
    "CASE p.tender WHEN 'cash' THEN 1 WHEN 'card' THEN 2 WHEN 'voucher' THEN 3 ELSE 4 END, " \
    "p.tender"

/* How many payments: those that changed hands, and, for a show, that were carried to it or from it.
 */
#define BY_HAND "CAST(sum(1 - p.carried) AS BIGINT)"
#define ALL     "count(*)"

/* What went back, but for exchanges. */
#define BACK(of_k)                                                                     \
    " UNION ALL SELECT 5, CASE k.kind WHEN 'refund' THEN 1 ELSE 2 END, k.kind, " GROSS \
    " FROM takings k WHERE k.kind <> 'sale' AND k.exchanged = 0 AND " of_k " GROUP BY k.kind"

/* An exchange is of one reservation at one moment; for another show, the new one knows the old. */
#define ONE_EXCHANGE                                                                             \
    "k.taken_at, CASE WHEN k.kind = 'sale' AND r.made_at = k.taken_at AND r.from_id IS NOT NULL" \
    " THEN r.from_id ELSE r.id END"
#define EXCHANGED(of_k)                                                                     \
    " UNION ALL SELECT 6, CASE k.kind WHEN 'sale' THEN 2 ELSE 1 END,"                       \
    " CASE k.kind WHEN 'sale' THEN 'taken' ELSE 'given' END, " GROSS                        \
    " FROM takings k WHERE k.exchanged = 1 AND " of_k " GROUP BY k.kind"                    \
    " UNION ALL SELECT d.part, 3, 'difference', count(*), CAST(sum(d.amount) AS BIGINT), 0" \
    " FROM (SELECT 6 AS part, " NET_AMOUNT " AS amount FROM takings k JOIN reservations r"  \
    " ON r.id = k.reservation_id WHERE k.exchanged = 1 AND " of_k " GROUP BY " ONE_EXCHANGE \
    ") d GROUP BY d.part"

/* The one query: `takings` k and `payments` p, each with its own condition. */
#define SUMS(of_k, of_p, paid_n)                                                             \
    "SELECT 1, t.digit, t.name, " NET " FROM takings k"                                      \
    " JOIN ticket_types t ON t.id = k.type_id WHERE " of_k " GROUP BY t.digit, t.name"       \
    " UNION ALL SELECT 2, " TENDER ", " paid_n ", " PAID_AMOUNT ", 0"                        \
    " FROM payments p WHERE p.due = 0 AND " of_p " GROUP BY p.tender"                        \
    " UNION ALL SELECT 3, k.tax_rate, CAST(k.tax_rate AS TEXT), " NET                        \
    " FROM takings k WHERE " of_k " GROUP BY k.tax_rate"                                     \
    " UNION ALL SELECT 4, k.operator, " WHO ", " NET " FROM takings k WHERE " of_k           \
    " GROUP BY k.operator" BACK(of_k) EXCHANGED(                                             \
        of_k) " UNION ALL SELECT 7, 0, '', count(*), " PAID_ROUNDING ", 0"                   \
              " FROM payments p WHERE p.rounding <> 0 AND p.due = 0 AND " of_p " GROUP BY 1" \
              " UNION ALL SELECT 8, " TENDER ", count(*), CAST(sum(p.amount) AS BIGINT), 0"  \
              " FROM payments p WHERE p.due = 1 AND " of_p " GROUP BY p.tender ORDER BY 1, 2"

static struct sql_statement *ask(struct sql *db, enum sums_of of, int64_t a, int64_t b)
{
    switch (of) {
    case SUMS_OF_TILL:
        return sql_ask(db, SUMS("k.till_id = $1", "p.till_id = $1", BY_HAND), SQL_VALUES(sql_n(a)));
    case SUMS_OF_SHOW:
        return sql_ask(db,
                       SUMS("k.show_id = $1",
                            "p.reservation_id IN"
                            " (SELECT id FROM reservations WHERE show_id = $1)",
                            ALL),
                       SQL_VALUES(sql_n(a)));
    case SUMS_OF_TIME:
        break;
    }
    return sql_ask(
        db,
        SUMS("k.taken_at >= $1 AND k.taken_at < $2", "p.paid_at >= $1 AND p.paid_at < $2", BY_HAND),
        SQL_VALUES(sql_n(a), sql_n(b)));
}

void sums_read(struct sql *db, enum sums_of of, int64_t a, int64_t b,
               void (*take)(void *context, const struct sums_row *row), void *context)
{
    struct sql_statement *rows = ask(db, of, a, b);

    while (sql_row(rows)) {
        const struct sums_row row = {.part = (int32_t)sql_number(rows, 0),
                                     .label = sql_text(rows, 2),
                                     .n = sql_number(rows, 3),
                                     .amount = sql_number(rows, 4),
                                     .tax = sql_number(rows, 5)};

        take(context, &row);
    }
    sql_done(rows);
}
