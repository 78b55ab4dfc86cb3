/* Reports of a day, a show and a film week. */
#include <inttypes.h>
#include <stdio.h>

#include "core/base/words.h"
#include "core/desk/report_lines.h"

enum { DAYS_A_WEEK = 7, THURSDAY = 0 }; /* 1970-01-01 was one */

/* Net seats, money and tax of takings `k`. */
#define NET                                                                           \
    "CAST(sum(CASE k.kind WHEN 'sale' THEN k.seats ELSE -k.seats END) AS BIGINT),"    \
    " CAST(sum(CASE k.kind WHEN 'sale' THEN k.amount ELSE -k.amount END) AS BIGINT)," \
    " CAST(sum(CASE k.kind WHEN 'sale' THEN k.tax ELSE -k.tax END) AS BIGINT)"

int32_t report_week_begins(int32_t day)
{
    int32_t into = (day - THURSDAY) % DAYS_A_WEEK;

    return day - (into < 0 ? into + DAYS_A_WEEK : into);
}

/* --- a day ----------------------------------------------------------------------------------- */

/* Tills that were at work, and what was paid in none. */
static void put_tills(struct report_new *new, struct sql *db, when_ms from, when_ms to)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT t.id, t.drawer, t.state, t.z_number, t.counted - t.expected,"
                " (SELECT CAST(sum(CASE p.kind WHEN 'pay' THEN p.amount ELSE -p.amount END)"
                "  AS BIGINT) FROM payments p WHERE p.till_id = t.id AND p.due = 0"
                "  AND p.paid_at >= $1 AND p.paid_at < $2)"
                " FROM till_sessions t WHERE t.opened_at < $2"
                " AND (t.closed_at IS NULL OR t.closed_at >= $1) ORDER BY t.drawer, t.id",
                SQL_VALUES(sql_n(from), sql_n(to)));

    while (sql_row(row)) {
        struct report_line line = {
            .part = "tills", .has = REPORT_AMOUNT | REPORT_TEXT, .amount = sql_number(row, 5)};
        bool closed = !sql_is_null(row, 3);
        char variance[MONEY_TEXT];

        (void)snprintf(line.label, sizeof line.label, "drawer %" PRId64 ", till %" PRId64,
                       sql_number(row, 1), sql_number(row, 0));
        if (closed)
            (void)snprintf(line.text, sizeof line.text, "Z %" PRId64 ", variance %s",
                           sql_number(row, 3),
                           money_format(sql_number(row, 4), variance, sizeof variance));
        else
            (void)snprintf(line.text, sizeof line.text, "%s", sql_text(row, 2));
        report_put(new, &line);
    }
    sql_done(row);
    row = sql_ask(db,
                  "SELECT count(*), CAST(sum(CASE kind WHEN 'pay' THEN amount ELSE -amount END)"
                  " AS BIGINT) FROM payments WHERE till_id IS NULL AND due = 0 AND carried = 0"
                  " AND paid_at >= $1 AND paid_at < $2",
                  SQL_VALUES(sql_n(from), sql_n(to)));
    if (sql_row(row) && sql_number(row, 0) > 0)
        /* translators: sums that went through no till */
        report_count(new, "tills", N_("no till"), sql_number(row, 0), sql_number(row, 1));
    sql_done(row);
}

static void put_shows(struct report_new *new, struct sql *db, when_ms from, when_ms to)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT s.id, s.title, s.starts_at, " NET " FROM takings k"
                " JOIN shows s ON s.id = k.show_id WHERE k.taken_at >= $1 AND k.taken_at < $2"
                " GROUP BY s.id, s.title, s.starts_at ORDER BY s.starts_at, s.id",
                SQL_VALUES(sql_n(from), sql_n(to)));

    while (sql_row(row)) {
        char label[REPORT_LABEL], day[WHEN_TEXT], clock[WHEN_TEXT];
        when_ms starts = sql_number(row, 2);

        (void)snprintf(label, sizeof label, "%s %s %s",
                       when_day_iso(when_day(starts), day, sizeof day),
                       when_clock(starts, clock, sizeof clock), sql_text(row, 1));
        report_tax(new, "shows", label, sql_number(row, 3), sql_number(row, 4), sql_number(row, 5));
    }
    sql_done(row);
}

/* The day does not close with tills open. */
static void put_state(struct report_new *new, struct sql *db, when_ms to)
{
    char text[REPORT_WORDS] = N_("closed");
    int64_t open = sql_one_number(
        db, 0, "SELECT count(*) FROM till_sessions WHERE state <> 'closed' AND opened_at < $1",
        SQL_VALUES(sql_n(to)));

    if (open > 0)
        (void)snprintf(text, sizeof text, "not closed: %" PRId64 " till%s open", open,
                       open == 1 ? "" : "s");
    report_words(new, "day", N_("state"), text);
}

static void fill_day(struct sql *db, struct report_work *work)
{
    char day[WHEN_TEXT];

    report_words(&work->new, "day", N_("day"), when_day_iso(when_day(work->a), day, sizeof day));
    put_state(&work->new, db, work->b);
    put_tills(&work->new, db, work->a, work->b);
    report_sums(&work->new, db, SUMS_OF_TIME, work->a, work->b);
    put_shows(&work->new, db, work->a, work->b);
}

enum rc report_day(struct sql *db, int32_t day, struct report **report, struct fault *why)
{
    struct report_work work = {.fill = fill_day, .why = why};

    when_day_span(day, &work.a, &work.b);
    return report_make(db, &work, report);
}

/* --- a show ---------------------------------------------------------------------------------- */

static void fill_show(struct sql *db, struct report_work *work)
{
    char text[WHEN_TEXT];
    struct sql_statement *row = sql_ask(db,
                                        "SELECT s.title, s.starts_at, h.name, s.state FROM shows s"
                                        " JOIN halls h ON h.id = s.hall_id WHERE s.id = $1",
                                        SQL_VALUES(sql_n(work->a)));

    if (!sql_row(row)) {
        work->rc = fault_set(work->why, RC_NOT_FOUND, _("there is no show %" PRId64), work->a);
        return;
    }
    report_words(&work->new, "show", N_("title"), sql_text(row, 0));
    report_words(&work->new, "show", N_("starts"),
                 when_rfc3339(sql_number(row, 1), text, sizeof text));
    report_words(&work->new, "show", N_("hall"), sql_text(row, 2));
    report_words(&work->new, "show", N_("state"), sql_text(row, 3));
    sql_done(row);
    report_sums(&work->new, db, SUMS_OF_SHOW, work->a, 0);
}

enum rc report_show(struct sql *db, show_id show, struct report **report, struct fault *why)
{
    struct report_work work = {.fill = fill_show, .a = show.n, .why = why};

    return report_make(db, &work, report);
}

/* --- a film week ----------------------------------------------------------------------------- */

static void fill_week(struct sql *db, struct report_work *work)
{
    char text[WHEN_TEXT];
    int64_t seats = 0;
    money amount = 0, tax = 0;
    struct sql_statement *row;

    /* translators: the first day of a week, and the last */
    report_words(&work->new, "week", N_("from"),
                 when_day_iso(when_day(work->a), text, sizeof text));
    report_words(&work->new, "week", N_("to"),
                 when_day_iso(when_day(work->b) - 1, text, sizeof text));
    row = sql_ask(db,
                  "SELECT min(s.title), count(DISTINCT s.id), " NET " FROM shows s"
                  " JOIN takings k ON k.show_id = s.id"
                  " WHERE s.starts_at >= $1 AND s.starts_at < $2 AND s.state = 'on'"
                  " GROUP BY s.title_key ORDER BY s.title_key",
                  SQL_VALUES(sql_n(work->a), sql_n(work->b)));
    while (sql_row(row)) {
        struct report_line line = {.part = "films",
                                   .has = REPORT_N | REPORT_AMOUNT | REPORT_TAX | REPORT_TEXT,
                                   .n = sql_number(row, 2),
                                   .amount = sql_number(row, 3),
                                   .tax = sql_number(row, 4)};

        (void)snprintf(line.label, sizeof line.label, "%s", sql_text(row, 0));
        (void)snprintf(line.text, sizeof line.text, "%" PRId64 " shows", sql_number(row, 1));
        seats += line.n;
        amount += line.amount;
        tax += line.tax;
        report_put(&work->new, &line);
    }
    report_tax(&work->new, "total", N_("taken"), seats, amount, tax);
    report_sum(&work->new, "total", N_("without tax"), amount - tax);
}

enum rc report_week(struct sql *db, int32_t day, struct report **report, struct fault *why)
{
    struct report_work work = {.fill = fill_week, .why = why};
    when_ms nothing;
    int32_t first = report_week_begins(day);

    when_day_span(first, &work.a, &nothing);
    when_day_span(first + DAYS_A_WEEK - 1, &nothing, &work.b);
    return report_make(db, &work, report);
}
