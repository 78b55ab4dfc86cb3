#include <inttypes.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "core/desk/map.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

static json_t *show_json(const struct show_row *show)
{
    return json_pack("{s:I, s:s, s:s, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:I, s:I}", "id",
                     (json_int_t)show->id.n, "title", show->title, "hall", show->hall_name,
                     "starts_at", document_time(show->starts_at), "seats", show->seats, "free",
                     show->free, "held", show->held, "reserved", show->reserved, "sold", show->sold,
                     "returned", show->returned, "blocked", show->blocked, "waiting", show->waiting,
                     "rev", (json_int_t)show->rev, "from", (json_int_t)show->from);
}

static enum rc print_json(const struct session *session, const struct show_list *list,
                          struct fault *why)
{
    json_t *document = json_array();

    for (size_t i = 0; document != NULL && i < list->n; i++)
        json_array_append_new(document, show_json(&list->rows[i]));
    return document_print(session->context, document, why);
}

static void add_row(struct table *table, const struct show_row *show)
{
    char day[WHEN_TEXT], clock[WHEN_TEXT], amount[MONEY_TEXT];

    table_add(table, "%" PRId64, show->id.n);
    table_add(table, "%s", when_day_name(when_day(show->starts_at), day, sizeof day));
    table_add(table, "%s", when_clock(show->starts_at, clock, sizeof clock));
    table_add(table, "%s", show->title);
    table_add(table, "%s", show->hall_name);
    table_add(table, "%d", show->free);
    table_add(table, "%d", show->seats);
    table_add(table, "%d", show->waiting);
    table_add(table, "%s", money_format(show->from, amount, sizeof amount));
}

static enum rc print_table(const struct session *session, const struct show_list *list,
                           struct fault *why)
{
    struct table table;
    bool whole;

    if (list->n == 0) {
        fprintf(session->context->out, "%s\n", _("no shows"));
        return RC_OK;
    }
    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "rlrllrrrr", _("Id|Day|Starts|Title|Hall|Free|Seats|List|From"));
    for (size_t i = 0; i < list->n; i++)
        add_row(&table, &list->rows[i]);
    whole = table_print(&table, session->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

/* The span of starts that is asked for; needs the open box office for what day it is. */
static void span(struct session *session, const int32_t *day, bool all, when_ms *from, when_ms *to)
{
    *from = 0;
    *to = INT64_MAX;
    if (!all)
        when_day_span(day != NULL ? *day : when_day(sql_now(session->db)), from, to);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *text = NULL;
    bool all = false;
    const struct cmdline_option options[] = {
        {"day", &text, NULL}, {"all", NULL, &all}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_shows, options, 0, 0, false};
    struct cmdline line;
    struct session session = {0};
    struct show_list *list = NULL;
    int32_t day = 0;
    when_ms from, to;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (all && text != NULL)
        return cmdline_usage(&cmd_shows, why);
    if (text != NULL)
        rc = when_day_parse(text, &day, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, false, why);
    if (rc == RC_OK) {
        span(&session, text != NULL ? &day : NULL, all, &from, &to);
        rc = shows_read(session.db, from, to, sql_now(session.db), false, &list, why);
    }
    if (rc == RC_OK)
        rc = context->json ? print_json(&session, list, why) : print_table(&session, list, why);
    free(list);
    return session_end(&session, rc, why);
}

const struct command cmd_shows = {"shows", "[--day YYYY-MM-DD | --all]",
                                  N_("lists the shows of this business day, of a day, or all"),
                                  run};
