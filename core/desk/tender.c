#include "core/desk/tender.h"

#include <stdio.h>
#include <string.h>

#include "core/desk/staff.h"
#include "core/rules/price.h"

static const char *const words[] = {
#define TENDER_WORD(name, word) word,
    TENDERS(TENDER_WORD)
#undef TENDER_WORD
};

enum { WORDS = sizeof words / sizeof words[0], NOTE_NAME_SIZE = 32 };

const char *tender_word(enum tender_kind kind)
{
    return (unsigned)kind < WORDS ? words[kind] : "?";
}

bool tender_parse(const char *word, enum tender_kind *kind)
{
    for (unsigned i = 0; i < WORDS; i++) {
        if (strcmp(words[i], word) == 0) {
            *kind = (enum tender_kind)i;
            return true;
        }
    }
    return false;
}

/* One tender of a bill: known, not negative, and change only for cash. */
static enum rc settle_one(struct tender *tender, money *change, struct fault *why)
{
    money back = 0;
    enum rc rc = RC_OK;

    if (tender->kind < 0 || (unsigned)tender->kind >= WORDS)
        return fault_set(why, RC_BAD_INPUT, "there is no such tender");
    if (tender->amount < 0 || tender->amount > MONEY_MAX || tender->given < 0 ||
        tender->given > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, "a tender's amount is out of range");
    if (tender->kind == TENDER_CASH && tender->given != 0)
        rc = price_change(tender->amount, tender->given, &back, why);
    else if (tender->given > tender->amount)
        rc = fault_set(why, RC_BAD_INPUT, "only cash gives change");
    *change += back;
    return rc;
}

static enum rc compare(money paid, money due, struct fault *why)
{
    char text[MONEY_TEXT];

    if (paid < due)
        return fault_set(why, RC_REFUSED, "%s is missing",
                         money_format(due - paid, text, sizeof text));
    if (paid > due)
        return fault_set(why, RC_REFUSED, "%s is too much",
                         money_format(paid - due, text, sizeof text));
    return RC_OK;
}

enum rc tender_settle(const struct tender *tenders, int32_t n, money due, struct tender_bill *bill,
                      struct fault *why)
{
    money paid = 0;
    enum rc rc = RC_OK;

    *bill = (struct tender_bill){.n = n};
    if (n < 0 || n > TENDERS_MAX)
        return fault_set(why, RC_BAD_INPUT, "at most %d tenders pay a sale", TENDERS_MAX);
    if (n == 0) {
        bill->n = due > 0 ? 1 : 0;
        bill->tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = due};
        return RC_OK;
    }
    memcpy(bill->tenders, tenders, (size_t)n * sizeof *tenders);
    if (n == 1 && bill->tenders[0].amount == -1)
        bill->tenders[0].amount = due;
    for (int32_t i = 0; i < n && rc == RC_OK; i++) {
        rc = settle_one(&bill->tenders[i], &bill->change, why);
        paid += bill->tenders[i].amount;
    }
    return rc == RC_OK ? compare(paid, due, why) : rc;
}

enum rc tender_allowed(struct sql *db, const struct ask *ask, const struct tender_bill *bill,
                       struct fault *why)
{
    for (int32_t i = 0; i < bill->n; i++)
        if (bill->tenders[i].kind == TENDER_COMP)
            return staff_may(db, ask, RIGHT_COMP, why);
    return RC_OK;
}

enum rc tender_expected(money expected, money total, struct fault *why)
{
    char is[MONEY_TEXT];
    char was[MONEY_TEXT];

    if (expected == -1 || expected == total)
        return RC_OK;
    return fault_set(why, RC_REFUSED, "the total is %s, not %s", money_format(total, is, sizeof is),
                     money_format(expected, was, sizeof was));
}

/* Notes "paid_cash" or "refunded_card". */
static void note(struct change *change, const char *what, const char *tender, money amount)
{
    char name[NOTE_NAME_SIZE];

    snprintf(name, sizeof name, "%s_%s", what, tender);
    change_number(change, name, amount);
}

static void store(struct sql *db, const struct ask *ask, reservation_id reservation,
                  const char *kind, const char *tender, money amount, money given, bool due)
{
    sql_post(db,
             "INSERT INTO payments (reservation_id, n, kind, tender, amount, given, due, terminal,"
             " operator, paid_at) VALUES ($1, (SELECT COALESCE(MAX(n), 0) + 1 FROM payments"
             "  WHERE reservation_id = $1), $2, $3, $4, $5, $6, $7, $8, $9)",
             SQL_VALUES(sql_n(reservation.n), sql_t(kind), sql_t(tender), sql_n(amount),
                        sql_n(given), sql_n(due), sql_t(ask->terminal), sql_n(ask->operator_number),
                        sql_n(ask->now)));
}

void tender_store(struct sql *db, const struct ask *ask, reservation_id reservation,
                  const struct tender_bill *bill, struct change *change)
{
    money sums[WORDS] = {0};
    bool used[WORDS] = {false};

    for (int32_t i = 0; i < bill->n; i++) {
        const struct tender *tender = &bill->tenders[i];

        store(db, ask, reservation, "pay", words[tender->kind], tender->amount, tender->given,
              false);
        sums[tender->kind] += tender->amount;
        used[tender->kind] = true;
    }
    for (unsigned i = 0; i < WORDS; i++)
        if (used[i])
            note(change, "paid", words[i], sums[i]);
}

struct sql_statement *tender_paid_ask(struct sql *db, reservation_id reservation)
{
    return sql_ask(db,
                   "SELECT tender, CAST(SUM(CASE WHEN kind = 'pay' THEN amount ELSE -amount END)"
                   " AS BIGINT) FROM payments WHERE reservation_id = $1 GROUP BY tender"
                   " ORDER BY MIN(n)",
                   SQL_VALUES(sql_n(reservation.n)));
}

money tender_refund(struct sql *db, const struct ask *ask, reservation_id reservation,
                    struct sql_statement *paid, money amount, bool due, struct change *change)
{
    enum tender_kind kinds[WORDS];
    money left[WORDS] = {0};
    money refunded = 0;
    size_t n = 0;

    while (n < WORDS && sql_row(paid))
        if (tender_parse(sql_text(paid, 0), &kinds[n]))
            left[n++] = sql_number(paid, 1);
    sql_done(paid);
    for (size_t i = 0; i < n && refunded < amount; i++) {
        money part = left[i] < amount - refunded ? left[i] : amount - refunded;

        if (part <= 0)
            continue;
        store(db, ask, reservation, "refund", words[kinds[i]], part, 0, due);
        note(change, "refunded", words[kinds[i]], part);
        refunded += part;
    }
    return refunded;
}
