#include "core/desk/tender.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/staff.h"
#include "core/desk/till.h"
#include "core/rules/cash.h"
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

/* The nth tender of a bill: known, not negative, and change only for cash. */
static enum rc settle_one(struct tender_bill *bill, int32_t nth, int64_t step, struct fault *why)
{
    struct tender *tender = &bill->tenders[nth];
    money back = 0, rounding = 0;
    enum rc rc = RC_OK;

    if (tender->kind < 0 || (unsigned)tender->kind >= WORDS)
        return fault_set(why, RC_BAD_INPUT, _("there is no such tender"));
    if (tender->amount < 0 || tender->amount > MONEY_MAX || tender->given < 0 ||
        tender->given > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("a tender's amount is out of range"));
    if (tender->kind == TENDER_CASH)
        rounding = cash_rounding(tender->amount, step);
    if (tender->kind == TENDER_CASH && tender->given != 0)
        rc = price_change(tender->amount + rounding, tender->given, &back, why);
    else if (tender->given > tender->amount)
        rc = fault_set(why, RC_BAD_INPUT, _("only cash gives change"));
    if (rc == RC_OK && tender->reference[0] != '\0')
        rc = text_check(_("reference"), tender->reference, REFERENCE_SIZE - 1, why);
    bill->change += back;
    bill->rounding += rounding;
    bill->roundings[nth] = rounding;
    return rc;
}

static enum rc compare(money paid, money due, struct fault *why)
{
    char text[MONEY_TEXT];

    if (paid < due)
        return fault_set(why, RC_REFUSED, _("%s is missing"),
                         money_format(due - paid, text, sizeof text));
    if (paid > due)
        return fault_set(why, RC_REFUSED, _("%s is too much"),
                         money_format(paid - due, text, sizeof text));
    return RC_OK;
}

/* Cash, exact: what nobody says anything else about. */
static void settle_cash(money due, int64_t step, struct tender_bill *bill)
{
    bill->n = due > 0 ? 1 : 0;
    bill->tenders[0] = (struct tender){.kind = TENDER_CASH, .amount = due};
    bill->rounding = bill->roundings[0] = cash_rounding(due, step);
}

enum rc tender_settle(const struct tender *tenders, int32_t n, money due, int64_t step,
                      struct tender_bill *bill, struct fault *why)
{
    money paid = 0;
    enum rc rc = RC_OK;

    *bill = (struct tender_bill){.n = n};
    if (n < 0 || n > TENDERS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("at most %d tenders pay a sale"), TENDERS_MAX);
    if (n == 0) {
        settle_cash(due, step, bill);
        return RC_OK;
    }
    memcpy(bill->tenders, tenders, (size_t)n * sizeof *tenders);
    if (n == 1 && bill->tenders[0].amount == -1)
        bill->tenders[0].amount = due;
    for (int32_t i = 0; i < n && rc == RC_OK; i++) {
        rc = settle_one(bill, i, step, why);
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
    return fault_set(why, RC_REFUSED, _("the total is %s, not %s"),
                     money_format(total, is, sizeof is), money_format(expected, was, sizeof was));
}

/* Notes "paid_cash" or "refunded_card". */
static void note(struct change *change, const char *what, const char *tender, money amount)
{
    char name[NOTE_NAME_SIZE];

    snprintf(name, sizeof name, "%s_%s", what, tender);
    change_money(change, name, amount);
}

/* One row of `payments`. */
struct payment {
    const char *kind;
    struct tender tender;
    money rounding;
    bool carried; /* between reservations: nothing changes hands */
};

/* As the nth payment of its reservation; 0: after those that are there. */
static void store(struct sql *db, const struct ask *ask, reservation_id reservation, int32_t nth,
                  const struct payment *payment)
{
    const struct tender *tender = &payment->tender;

    sql_post(db,
             "INSERT INTO payments (reservation_id, n, kind, tender, amount, given, terminal,"
             " operator, paid_at, till_id, reference, rounding, carried)"
             " VALUES ($1, COALESCE($13, (SELECT COALESCE(MAX(n), 0) + 1 FROM payments"
             "  WHERE reservation_id = $1)), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
             SQL_VALUES(sql_n(reservation.n), sql_t(payment->kind), sql_t(words[tender->kind]),
                        sql_n(tender->amount), sql_n(tender->given), sql_t(ask->terminal),
                        sql_n(ask->operator_number), sql_n(ask->now), sql_n0(ask->till.n),
                        sql_t(tender->reference), sql_n(payment->rounding), sql_n(payment->carried),
                        sql_n0(nth)));
}

struct sql_statement *tender_till_ask(struct sql *db, const struct ask *ask)
{
    if (ask->till.n != 0)
        return till_ask(db, ask->till);
    if (ask->trusted)
        return NULL;
    return sql_ask(db, "SELECT 1 FROM staff LIMIT 1", NULL, 0);
}

/* Money in no till: not cash, where staff answers for it. */
static enum rc no_till(struct sql_statement *staff, bool cash, struct fault *why)
{
    bool staffed = staff != NULL && sql_row(staff);

    if (staff != NULL)
        sql_done(staff);
    if (!staffed || !cash)
        return RC_OK;
    return fault_set(
        why, RC_REFUSED,
        _("cash needs an open till, and this terminal has none: open it first (m, Till)"));
}

/* The till that the money goes through is open, and gets its row in the journal. */
static enum rc enter_till(const struct ask *ask, struct sql_statement *asked, bool cash,
                          struct change *change, struct fault *why)
{
    struct till till;
    struct journal_end end;
    enum rc rc;

    if (ask->till.n == 0)
        return no_till(asked, cash, why);
    rc = till_enter(asked, ask->till, &till, &end, why);
    if (rc == RC_OK)
        change_till(change, ask->till, &end);
    return rc;
}

static bool has_cash(const struct tender_bill *bill)
{
    for (int32_t i = 0; i < bill->n; i++)
        if (bill->tenders[i].kind == TENDER_CASH && bill->tenders[i].amount > 0)
            return true;
    return false;
}

enum rc tender_store(struct sql *db, const struct ask *ask, reservation_id reservation, int32_t nth,
                     const struct tender_bill *bill, struct sql_statement *till,
                     struct change *change, struct fault *why)
{
    money sums[WORDS] = {0};
    bool used[WORDS] = {false};
    enum rc rc = enter_till(ask, till, has_cash(bill), change, why);

    if (rc != RC_OK)
        return rc;
    for (int32_t i = 0; i < bill->n; i++) {
        struct payment payment = {
            .kind = "pay", .tender = bill->tenders[i], .rounding = bill->roundings[i]};
        int32_t kind = payment.tender.kind;

        store(db, ask, reservation, nth > 0 ? nth + i : 0, &payment);
        sums[kind] += payment.tender.amount;
        used[kind] = true;
    }
    for (unsigned i = 0; i < WORDS; i++)
        if (used[i])
            note(change, "paid", words[i], sums[i]);
    if (bill->rounding != 0)
        change_money(change, "rounding", bill->rounding);
    return RC_OK;
}

struct tender_back tender_back_ask(struct sql *db, const struct ask *ask,
                                   reservation_id reservation)
{
    return (struct tender_back){
        .reservation = reservation,
        .paid = sql_ask(db,
                        "SELECT tender, CAST(SUM(CASE WHEN kind = 'pay' THEN amount ELSE -amount"
                        " END) AS BIGINT) FROM payments WHERE reservation_id = $1 GROUP BY tender"
                        " ORDER BY MIN(n)",
                        SQL_VALUES(sql_n(reservation.n))),
        .till = tender_till_ask(db, ask)};
}

/* What is left of each tender that a reservation was paid with, in the order of paying. */
struct tenders_left {
    size_t n;
    enum tender_kind kinds[WORDS];
    money left[WORDS];
};

static void hear_left(struct sql_statement *paid, struct tenders_left *tenders)
{
    *tenders = (struct tenders_left){0};
    while (tenders->n < WORDS && sql_row(paid))
        if (tender_parse(sql_text(paid, 0), &tenders->kinds[tenders->n]))
            tenders->left[tenders->n++] = sql_number(paid, 1);
    sql_done(paid);
}

/* Gives so much of one tender back. True: cash. */
static bool give_back(struct sql *db, const struct ask *ask, const struct tender_back *back,
                      const struct tender *tender, struct change *change,
                      struct tender_refunded *refunded)
{
    struct payment payment = {.kind = "refund", .tender = *tender};

    if (tender->amount <= 0)
        return false;
    (void)snprintf(payment.tender.reference, sizeof payment.tender.reference, "%s",
                   back->reason ? back->reason : "");
    if (tender->kind == TENDER_CASH)
        payment.rounding = cash_rounding(tender->amount, ask->cash_round);
    store(db, ask, back->reservation, 0, &payment);
    note(change, "refunded", words[tender->kind], tender->amount);
    refunded->amount += tender->amount;
    refunded->rounding += payment.rounding;
    return tender->kind == TENDER_CASH;
}

/* So much of what is left goes back, in the order of paying. True: there is cash in it. */
static bool refund_left(struct sql *db, const struct ask *ask, const struct tender_back *back,
                        struct tenders_left *tenders, money amount, struct change *change,
                        struct tender_refunded *refunded)
{
    bool cash = false;

    for (size_t i = 0; i < tenders->n && refunded->amount < amount; i++) {
        money rest = amount - refunded->amount;
        struct tender tender = {.kind = (int32_t)tenders->kinds[i],
                                .amount = tenders->left[i] < rest ? tenders->left[i] : rest};

        cash |= give_back(db, ask, back, &tender, change, refunded);
        tenders->left[i] -= tender.amount;
    }
    if (refunded->rounding != 0)
        change_money(change, "rounding", refunded->rounding);
    return cash;
}

enum rc tender_refund(struct sql *db, const struct ask *ask, const struct tender_back *back,
                      money amount, struct change *change, struct tender_refunded *refunded,
                      struct fault *why)
{
    struct tenders_left tenders;
    bool cash;

    *refunded = (struct tender_refunded){0};
    hear_left(back->paid, &tenders);
    cash = refund_left(db, ask, back, &tenders, amount, change, refunded);
    return enter_till(ask, back->till, cash, change, why);
}

/* What one tender has left goes from one reservation to the other, up to `most`. */
static money carry_one(struct sql *db, const struct ask *ask, const struct tender_carry *carry,
                       enum tender_kind kind, money most)
{
    struct payment payment = {
        .kind = "refund", .tender = {.kind = (int32_t)kind, .amount = most}, .carried = true};

    if (most <= 0)
        return 0;
    (void)snprintf(payment.tender.reference, sizeof payment.tender.reference, "%s",
                   carry->back->reason);
    store(db, ask, carry->back->reservation, 0, &payment);
    note(carry->from, "carried", words[kind], -most);
    payment.kind = "pay";
    (void)snprintf(payment.tender.reference, sizeof payment.tender.reference, "%s", carry->code);
    store(db, ask, carry->to_reservation, 0, &payment);
    note(carry->to, "carried", words[kind], most);
    return most;
}

enum rc tender_carry(struct sql *db, const struct ask *ask, const struct tender_carry *carry,
                     struct tender_refunded *refunded, struct fault *why)
{
    struct tenders_left tenders;
    money carried = 0;
    bool cash;

    *refunded = (struct tender_refunded){0};
    hear_left(carry->back->paid, &tenders);
    cash = refund_left(db, ask, carry->back, &tenders, carry->refund, carry->from, refunded);
    for (size_t i = 0; i < tenders.n && carried < carry->amount; i++) {
        money rest = carry->amount - carried;

        carried += carry_one(db, ask, carry, tenders.kinds[i],
                             tenders.left[i] < rest ? tenders.left[i] : rest);
    }
    if (refunded->amount != carry->refund || carried != carry->amount)
        return fault_set(why, RC_REFUSED, _("less was paid for %s than is to be refunded"),
                         carry->code);
    return enter_till(ask, carry->back->till, cash, carry->from, why);
}

enum rc tender_swap(struct sql *db, const struct ask *ask, const struct tender_back *back,
                    const struct tender *to, struct change *change,
                    struct tender_refunded *refunded, struct fault *why)
{
    struct payment in = {.kind = "pay", .tender = *to};
    bool cash = to->kind == TENDER_CASH;
    struct tenders_left tenders;

    *refunded = (struct tender_refunded){0};
    hear_left(back->paid, &tenders);
    for (size_t i = 0; i < tenders.n; i++) {
        struct tender tender = {.kind = (int32_t)tenders.kinds[i], .amount = tenders.left[i]};

        if (tender.kind != to->kind)
            cash |= give_back(db, ask, back, &tender, change, refunded);
    }
    if (refunded->amount == 0)
        return fault_set(why, RC_REFUSED, _("nothing of it is paid with anything but %s"),
                         _(tender_word((enum tender_kind)to->kind)));
    in.tender.amount = refunded->amount;
    if (to->kind == TENDER_CASH)
        in.rounding = cash_rounding(in.tender.amount, ask->cash_round);
    store(db, ask, back->reservation, 0, &in);
    note(change, "paid", words[to->kind], in.tender.amount);
    refunded->rounding = in.rounding - refunded->rounding;
    if (refunded->rounding != 0)
        change_money(change, "rounding", refunded->rounding);
    return enter_till(ask, back->till, cash, change, why);
}
