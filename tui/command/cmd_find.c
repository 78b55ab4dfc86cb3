#include <inttypes.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "core/desk/find.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

enum { FIND_MOST = 50, TEXT_MOST = 160 };

static json_t *found_json(const struct found_row *row)
{
    return json_pack("{s:s, s:o, s:o, s:I, s:o, s:o, s:s, s:s, s:o, s:s, s:i, s:I, s:o, s:o}",
                     "kind", found_word(row->kind), "code", document_text(row->code), "entry",
                     document_number(row->entry.n), "show", (json_int_t)row->show.n, "name",
                     document_text(row->name), "phone", document_text(row->phone), "title",
                     row->title, "hall", row->hall, "starts_at", document_time(row->starts_at),
                     "state", row->state, "seats", row->seats, "total", (json_int_t)row->total,
                     "changed_at", document_time(row->changed_at), "terminal",
                     document_text(row->terminal));
}

static enum rc print_json(const struct session *session, const struct found_list *list,
                          struct fault *why)
{
    json_t *document = json_array();

    for (size_t i = 0; document != NULL && i < list->n; i++)
        json_array_append_new(document, found_json(&list->rows[i]));
    return document_print(session->context, document, why);
}

/* What one types next to see more of it: a code, an entry, a show. */
static void add_row(struct table *table, const struct found_row *row)
{
    char day[WHEN_TEXT], clock[WHEN_TEXT];

    table_add(table, "%s", _(found_word(row->kind)));
    if (row->kind == FOUND_RESERVATION)
        table_add(table, "%s", row->code);
    else
        table_add(table, "%" PRId64, row->kind == FOUND_ENTRY ? row->entry.n : row->show.n);
    table_add(table, "%s", row->name);
    table_add(table, "%s", row->phone);
    table_add(table, "%d", row->seats);
    table_add(table, "%s", row->state[0] != '\0' ? _(row->state) : "");
    table_add(table, "%s %s", when_day_name(when_day(row->starts_at), day, sizeof day),
              when_clock(row->starts_at, clock, sizeof clock));
    table_add(table, "%s", row->title);
    table_add(table, "%s", row->hall);
}

static enum rc print_table(const struct session *session, const struct found_list *list,
                           struct fault *why)
{
    struct table table;
    bool whole;

    if (list->n == 0) {
        fprintf(session->context->out, "%s\n", _("nothing found"));
        return RC_OK;
    }
    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "lrllrllll", _("Found|Id|Name|Phone|Seats|State|Starts|Title|Hall"));
    for (size_t i = 0; i < list->n; i++)
        add_row(&table, &list->rows[i]);
    whole = table_print(&table, session->context->out);
    table_fini(&table);
    if (list->more)
        fprintf(session->context->out, "%s\n", _("there are more: type more of it"));
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_find, NULL, 1, 1, false};
    struct cmdline line;
    struct session session = {0};
    struct found_list *list = NULL;
    char text[TEXT_MOST + 1];
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = cmdline_text("TEXT", line.args[0], text, sizeof text, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, false, why);
    if (rc == RC_OK)
        rc = find_read(session.db, text, sql_now(session.db), FIND_MOST, &list, why);
    if (rc == RC_OK)
        rc = context->json ? print_json(&session, list, why) : print_table(&session, list, why);
    free(list);
    return session_end(&session, rc, why);
}

const struct command cmd_find = {
    "find", "TEXT",
    N_("finds by code, seat, phone, name, till and time, title or start what a customer can tell"),
    run};
