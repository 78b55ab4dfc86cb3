#include "core/desk/check_tills.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/report.h"

/* Invariant 10 in its narrow sense. */
static bool cash_agrees(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
        db,
        "SELECT 'till ' || t.id || ' expects ' || t.expected || ', its float and its cash are ' ||"
        " (t.opening + coalesce(p.cash, 0) + coalesce(m.cash, 0)) FROM till_sessions t"
        " LEFT JOIN (SELECT till_id AS id, CAST(sum(CASE kind WHEN 'pay' THEN amount + rounding"
        "  ELSE -amount - rounding END) AS BIGINT) AS cash FROM payments WHERE tender = 'cash'"
        "  AND due = 0 AND till_id IS NOT NULL GROUP BY till_id) p ON p.id = t.id"
        " LEFT JOIN (SELECT till_id AS id, CAST(sum(CASE kind WHEN 'in' THEN amount"
        "  ELSE -amount END) AS BIGINT) AS cash FROM till_moves GROUP BY till_id) m ON m.id = t.id"
        " WHERE t.state <> 'open'"
        " AND t.expected <> t.opening + coalesce(p.cash, 0) + coalesce(m.cash, 0)"
        " ORDER BY t.id LIMIT 1",
        first, size);
}

static bool pieces_agree(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
        db,
        "SELECT 'till ' || t.id || ' was counted ' || t.counted || ', its pieces are ' ||"
        " coalesce(c.cash, 0) FROM till_sessions t LEFT JOIN (SELECT till_id AS id, nth,"
        "  CAST(sum(denomination * pieces) AS BIGINT) AS cash FROM till_counts"
        "  GROUP BY till_id, nth) c ON c.id = t.id AND c.nth = t.counts"
        " WHERE t.state <> 'open' AND t.counted <> coalesce(c.cash, 0) ORDER BY t.id LIMIT 1",
        first, size);
}

static bool numbers_agree(struct sql *db, char *first, size_t size)
{
    return check_rows_silent(
        db,
        "SELECT 'Z reports: the last has number ' || v.z_last || ', there are ' || t.n ||"
        " ' up to ' || t.last FROM venue v, (SELECT count(z_number) AS n,"
        "  coalesce(max(z_number), 0) AS last FROM till_sessions) t"
        " WHERE v.z_last <> t.n OR v.z_last <> t.last",
        first, size);
}

/* Sums of one part of a report. */
static void add_up(const struct report *report, const char *part, struct report_line *sum)
{
    *sum = (struct report_line){.n = 0};
    for (size_t i = 0; i < report->n; i++) {
        const struct report_line *line = &report->lines[i];

        if (strcmp(line->part, part) != 0)
            continue;
        sum->n += line->n;
        sum->amount += line->amount;
        sum->tax += line->tax;
    }
}

static bool parts_agree(int64_t till, const struct report *kept, const struct report *now,
                        char *first, size_t size)
{
    static const char *const parts[] = {"types", "tenders",   "tax",     "staff",
                                        "back",  "exchanged", "rounding"};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct report_line was, is;

        add_up(kept, parts[i], &was);
        add_up(now, parts[i], &is);
        if (was.n == is.n && was.amount == is.amount && was.tax == is.tax)
            continue;
        (void)snprintf(first, size,
                       _("till %" PRId64 ": its Z has %" PRId64 " and %" PRId64
                         " under %s, its rows have %" PRId64 " and %" PRId64),
                       till, was.n, was.amount, parts[i], is.n, is.amount);
        return false;
    }
    return true;
}

/* A Z against what its till's rows say now. */
static bool z_agrees(struct sql *db, int64_t till, const char *z, char *first, size_t size)
{
    struct till row = {.id = {till}};
    char head[DIGEST_HEX] = "";
    struct report *kept = report_parse(z), *now = report_z(db, &row, head);
    bool holds = kept != NULL && now != NULL;

    if (holds)
        holds = parts_agree(till, kept, now, first, size);
    else
        (void)snprintf(first, size, _("till %" PRId64 ": its Z cannot be read"), till);
    free(kept);
    free(now);
    return holds;
}

static bool reports_agree(struct sql *db, char *first, size_t size)
{
    int64_t after = 0;
    bool holds = true, more = true;

    /* One by one: a report asks while it is made. */
    while (holds && more) {
        struct sql_statement *row =
            sql_ask(db,
                    "SELECT id, z FROM till_sessions WHERE state = 'closed' AND id > $1"
                    " ORDER BY id LIMIT 1",
                    SQL_VALUES(sql_n(after)));

        more = sql_row(row);
        if (more) {
            char *z = strdup(sql_text(row, 1));

            after = sql_number(row, 0);
            sql_done(row);
            holds = z_agrees(db, after, z != NULL ? z : "", first, size);
            free(z);
        }
    }
    return holds;
}

bool check_tills(struct sql *db, char *first, size_t size)
{
    return cash_agrees(db, first, size) && pieces_agree(db, first, size) &&
           numbers_agree(db, first, size) && reports_agree(db, first, size);
}
