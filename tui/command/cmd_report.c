#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/report.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

enum { NUMBER_TEXT = 24 };

/* Which report, of what. */
struct wanted {
    const char *kind; /* "day", "show", "till", "week" */
    int64_t id;       /* of a show or a till */
    bool dated;       /* a day was named */
    int32_t day;
    bool csv;
};

static enum rc read_report(struct session *session, const struct wanted *wanted,
                           struct report **report, struct fault *why)
{
    when_ms now = sql_now(session->db);
    int32_t day = wanted->dated ? wanted->day : when_day(now);

    if (strcmp(wanted->kind, "show") == 0)
        return report_show(session->db, (show_id){wanted->id}, report, why);
    if (strcmp(wanted->kind, "till") == 0)
        return report_till(session->db, (till_id){wanted->id}, now, report, why);
    if (strcmp(wanted->kind, "week") == 0)
        return report_week(session->db, day, report, why);
    return report_day(session->db, day, report, why);
}

/* --- printing -------------------------------------------------------------------------------- */

/* A number's cell, empty when the line has none. */
static const char *cell(const struct report_line *line, int which, char *buffer, size_t size)
{
    buffer[0] = '\0';
    if (line->has & which & REPORT_N)
        (void)snprintf(buffer, size, "%" PRId64, line->n);
    else if (line->has & which & REPORT_AMOUNT)
        (void)money_format(line->amount, buffer, size);
    else if (line->has & which & REPORT_TAX)
        (void)money_format(line->tax, buffer, size);
    return buffer;
}

static enum rc print_table(const struct session *session, const struct report *report,
                           struct fault *why)
{
    struct table table;
    const char *part = "";
    char n[NUMBER_TEXT], amount[MONEY_TEXT], tax[MONEY_TEXT], words[REPORT_WORDS];
    bool whole;

    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "llrrrl", _("|What|Number|Amount|Tax|"));
    for (size_t i = 0; i < report->n; i++) {
        const struct report_line *line = &report->lines[i];

        table_add(&table, "%s", strcmp(line->part, part) != 0 ? report_heading(line->part) : "");
        table_add(&table, "%s", report_label(line, words, sizeof words));
        table_add(&table, "%s", cell(line, REPORT_N, n, sizeof n));
        table_add(&table, "%s", cell(line, REPORT_AMOUNT, amount, sizeof amount));
        table_add(&table, "%s", cell(line, REPORT_TAX, tax, sizeof tax));
        table_add(&table, "%s", report_text(line, words, sizeof words));
        part = line->part;
    }
    whole = table_print(&table, session->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

/* Text as it was typed could be run by a spreadsheet as a formula: csv_write_cell sees to it. Sums
 * are our own, and a minus in front of them stays. */
static void print_csv(const struct session *session, const struct report *report)
{
    FILE *out = session->context->out;
    char n[NUMBER_TEXT], amount[MONEY_TEXT], tax[MONEY_TEXT];

    fputs("part,label,number,amount,tax,text\r\n", out);
    for (size_t i = 0; i < report->n; i++) {
        const struct report_line *line = &report->lines[i];

        csv_write_cell(out, line->part);
        fputc(',', out);
        csv_write_cell(out, line->label);
        fprintf(out, ",%s,%s,%s,", cell(line, REPORT_N, n, sizeof n),
                cell(line, REPORT_AMOUNT, amount, sizeof amount),
                cell(line, REPORT_TAX, tax, sizeof tax));
        csv_write_cell(out, line->text);
        fputs("\r\n", out);
    }
}

static enum rc print(const struct session *session, const struct wanted *wanted,
                     const struct report *report, struct fault *why)
{
    if (session->context->json)
        return document_print(session->context, report_json(report), why);
    if (!wanted->csv)
        return print_table(session, report, why);
    print_csv(session, report);
    return RC_OK;
}

/* --- what is asked for ----------------------------------------------------------------------- */

static enum rc read_id(const char *text, int64_t *id, struct fault *why)
{
    char *end;

    if (text[0] >= '1' && text[0] <= '9' && strlen(text) < 18) {
        *id = strtoll(text, &end, 10);
        if (*end == '\0')
            return RC_OK;
    }
    return fault_set(why, RC_BAD_INPUT, _("a show and a till are named by their numbers"));
}

/* A day and a week take a --day, a show and a till their number. */
static enum rc read_wanted(struct wanted *wanted, const struct cmdline *line, const char *day,
                           struct fault *why)
{
    bool dated;

    wanted->kind = line->args[0];
    dated = strcmp(wanted->kind, "day") == 0 || strcmp(wanted->kind, "week") == 0;
    if (!dated && strcmp(wanted->kind, "show") != 0 && strcmp(wanted->kind, "till") != 0)
        return cmdline_usage(&cmd_report, why);
    if (line->n != (dated ? 1 : 2) || (day != NULL && !dated))
        return cmdline_usage(&cmd_report, why);
    wanted->dated = day != NULL;
    if (!dated)
        return read_id(line->args[1], &wanted->id, why);
    return day != NULL ? when_day_parse(day, &wanted->day, why) : RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *day = NULL;
    struct wanted wanted = {.kind = ""};
    const struct cmdline_option options[] = {
        {"day", &day, NULL}, {"csv", NULL, &wanted.csv}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_report, options, 1, 2, false};
    struct cmdline line;
    struct session session = {0};
    struct report *report = NULL;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = read_wanted(&wanted, &line, day, why);
    if (rc == RC_OK && wanted.csv && context->json)
        rc = cmdline_usage(&cmd_report, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, false, why);
    if (rc == RC_OK)
        rc = read_report(&session, &wanted, &report, why);
    if (rc == RC_OK)
        rc = print(&session, &wanted, report, why);
    free(report);
    return session_end(&session, rc, why);
}

const struct command cmd_report = {
    "report", "(day | week) [--day YYYY-MM-DD] [--csv] | show SHOW [--csv] | till TILL [--csv]",
    N_("what was sold, by type, tender, tax and staff, and what lies in the tills"), run};
