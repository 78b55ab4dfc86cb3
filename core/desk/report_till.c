/* What is in a till now (X), and what was in it when it was closed (Z). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/report_lines.h"
#include "core/desk/staff.h"

enum { WORDS_SIZE = REPORT_WORDS };

static void put_number(struct report_new *new, const char *label, int64_t number)
{
    char text[WORDS_SIZE];

    (void)snprintf(text, sizeof text, "%" PRId64, number);
    report_words(new, "till", label, text);
}

static void put_time(struct report_new *new, const char *label, when_ms at)
{
    char text[WORDS_SIZE];

    report_words(new, "till", label, when_rfc3339(at, text, sizeof text));
}

/* "3 Mira", or the number alone where there is no such person. */
static void put_person(struct report_new *new, struct sql *db, const char *label, int32_t number)
{
    struct staff_row who = {.number = 0};
    char text[WORDS_SIZE];

    (void)staff_one(db, number, &who, NULL);
    (void)snprintf(text, sizeof text, "%" PRId32 "%s%s", number, who.number != 0 ? " " : "",
                   who.number != 0 ? who.name : "");
    report_words(new, "till", label, text);
}

/* Tickets printed anew meanwhile where its money was taken. */
static void put_reprints(struct report_new *new, struct sql *db, const struct till *till,
                         when_ms now)
{
    struct report_line line = {.part = "reprints", .label = N_("tickets"), .has = REPORT_N};

    line.n = sql_one_number(db, 0,
                            "SELECT count(*) FROM tickets WHERE copies > 0 AND issued_at >= $2"
                            " AND issued_at <= $3 AND terminal IN (SELECT terminal FROM"
                            " till_sessions WHERE id = $1 UNION SELECT terminal FROM payments"
                            " WHERE till_id = $1)",
                            SQL_VALUES(sql_n(till->id.n), sql_n(till->opened_at), sql_n(now)));
    if (line.n > 0)
        report_put(new, &line);
}

static void put_till(struct report_new *new, struct sql *db, const struct till *till, when_ms now)
{
    /* translators: lines of a till's report: its kind, "X" or "Z" */
    report_words(new, "till", N_("report"), till->state == TILL_CLOSED ? "Z" : "X");
    if (till->state == TILL_CLOSED)
        put_number(new, N_("number"), till->z_number);
    put_number(new, N_("till"), till->id.n);
    put_number(new, N_("drawer"), till->drawer);
    report_words(new, "till", N_("state"), till_word(till->state));
    put_time(new, N_("opened"), till->opened_at);
    put_person(new, db, N_("opened by"), till->opened_by);
    /* translators: the terminal where the till was opened */
    report_words(new, "till", N_("at"), till->terminal);
    if (till->state == TILL_CLOSED) {
        put_time(new, N_("closed"), till->closed_at);
        put_person(new, db, N_("closed by"), till->closed_by);
        if (till->signed_by != 0)
            put_person(new, db, N_("signed by"), till->signed_by);
    } else {
        /* translators: the moment at which this report was read */
        put_time(new, N_("read"), now);
    }
}

/* Cash by where it came from and went. What should be there is not told before it was counted. */
static void put_cash(struct report_new *new, struct sql *db, const struct till *till)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT kind, count(*), CAST(sum(amount + rounding) AS BIGINT) FROM payments"
                " WHERE till_id = $1 AND tender = 'cash' AND due = 0 AND carried = 0"
                " GROUP BY kind ORDER BY kind",
                SQL_VALUES(sql_n(till->id.n)));

    /* translators: what lay in the drawer at its opening */
    report_sum(new, "cash", N_("float"), till->opening);
    while (sql_row(row)) {
        bool paid = sql_text(row, 0)[0] == 'p';

        report_count(new, "cash", paid ? N_("taken") : N_("given back"), sql_number(row, 1),
                     paid ? sql_number(row, 2) : -sql_number(row, 2));
    }
    sql_done(row);
    row = sql_ask(db,
                  "SELECT kind, count(*), CAST(sum(amount) AS BIGINT) FROM till_moves"
                  " WHERE till_id = $1 GROUP BY kind ORDER BY kind",
                  SQL_VALUES(sql_n(till->id.n)));
    while (sql_row(row)) {
        bool in = sql_text(row, 0)[0] == 'i';

        report_count(new, "cash", in ? N_("paid in") : N_("paid out"), sql_number(row, 1),
                     in ? sql_number(row, 2) : -sql_number(row, 2));
    }
    sql_done(row);
    if (till->state == TILL_OPEN)
        return;
    report_sum(new, "cash", N_("expected"), till->expected);
    report_sum(new, "cash", N_("counted"), till->counted);
    /* translators: of what was counted from what was expected */
    report_sum(new, "cash", N_("variance"), till->counted - till->expected);
}

static void put_moves(struct report_new *new, struct sql *db, const struct till *till)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT kind, amount, reason, operator, moved_at FROM till_moves WHERE till_id = $1"
                " ORDER BY n",
                SQL_VALUES(sql_n(till->id.n)));

    while (sql_row(row)) {
        struct report_line line = {.part = "moves", .has = REPORT_AMOUNT | REPORT_TEXT};
        char clock[WHEN_TEXT];
        bool in = sql_text(row, 0)[0] == 'i';

        line.amount = in ? sql_number(row, 1) : -sql_number(row, 1);
        (void)snprintf(line.label, sizeof line.label, "%s", in ? N_("paid in") : N_("paid out"));
        (void)snprintf(line.text, sizeof line.text, "%s %" PRId64 " %s",
                       when_clock(sql_number(row, 4), clock, sizeof clock), sql_number(row, 3),
                       sql_text(row, 2));
        report_put(new, &line);
    }
    sql_done(row);
}

/* The last count, piece by piece. */
static void put_count(struct report_new *new, struct sql *db, const struct till *till)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT denomination, pieces FROM till_counts WHERE till_id = $1 AND nth = $2"
                " ORDER BY denomination DESC",
                SQL_VALUES(sql_n(till->id.n), sql_n(till->counts)));
    char label[MONEY_TEXT];

    while (sql_row(row))
        report_count(new, "count", money_format(sql_number(row, 0), label, sizeof label),
                     sql_number(row, 1), sql_number(row, 0) * sql_number(row, 1));
    sql_done(row);
    if (till->counts > 1)
        report_words(new, "count", N_("counted"), N_("twice"));
}

static void put_all(struct report_new *new, struct sql *db, const struct till *till, when_ms now)
{
    put_till(new, db, till, now);
    report_sums(new, db, SUMS_OF_TILL, till->id.n, 0);
    put_reprints(new, db, till, now);
    put_cash(new, db, till);
    put_moves(new, db, till);
    put_count(new, db, till);
}

struct report *report_z(struct sql *db, const struct till *till, const char head[static DIGEST_HEX])
{
    struct report_new new = {.report = NULL};
    char house[DIGEST_HEX];

    put_all(&new, db, till, till->closed_at);
    journal_head(db, JOURNAL_HOUSE, house);
    /* translators: a till, or the journal of it */
    report_words(&new, "journal", N_("till"), head);
    /* translators: the journal of the house */
    report_words(&new, "journal", N_("house"), house);
    return report_end(&new);
}

/* The Z as it was kept. */
static void fill_kept(struct sql *db, struct report_work *work)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT z FROM till_sessions WHERE id = $1", SQL_VALUES(sql_n(work->a)));

    if (sql_row(row))
        work->new.report = report_parse(sql_text(row, 0));
    sql_done(row);
    if (work->new.report == NULL)
        work->rc = fault_set(work->why, RC_STORAGE,
                             _("the Z report of till %" PRId64 " cannot be read"), work->a);
}

static void fill_till(struct sql *db, struct report_work *work)
{
    struct till till;

    work->rc = till_read(db, (till_id){work->a}, &till, work->why);
    if (work->rc == RC_OK && till.state == TILL_CLOSED)
        fill_kept(db, work);
    else if (work->rc == RC_OK)
        put_all(&work->new, db, &till, work->now);
}

enum rc report_till(struct sql *db, till_id till, when_ms now, struct report **report,
                    struct fault *why)
{
    struct report_work work = {.fill = fill_till, .a = till.n, .now = now, .why = why};

    return report_make(db, &work, report);
}
