#include "tui/command/parties.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "tui/command/document.h"
#include "tui/command/table.h"

static json_t *entry_json(const struct waiting_row *row)
{
    json_t *seats = json_array();

    for (int i = 0; seats != NULL && i < row->n; i++)
        json_array_append_new(seats, json_string(row->seats[i]));
    return json_pack("{s:I, s:I, s:o, s:o, s:o, s:i, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
                     (json_int_t)row->id.n, "show", (json_int_t)row->show.n, "position",
                     document_number(row->position), "name", document_text(row->name), "phone",
                     document_text(row->phone), "party", row->party, "fit", fit_text(row->fit),
                     "state", entry_word(row->state), "code", document_text(row->code), "seats",
                     seats, "deadline", document_time(row->deadline), "reason",
                     document_text(row->reason), "zone", document_text(row->zone));
}

/* What happens with a party now, in few words. */
static void add_now(struct table *table, const struct waiting_row *row)
{
    char clock[WHEN_TEXT];

    if (row->state == ENTRY_OFFERED)
        table_add(table, _("%s until %s"), row->code,
                  when_clock(row->deadline, clock, sizeof clock));
    else
        table_add(table, "%s", row->reason);
}

static enum rc print_table(const struct session *session, const struct waiting_list *list,
                           struct fault *why)
{
    struct table table;
    bool whole;

    if (list->n == 0) {
        fprintf(session->context->out, "%s\n", _("nobody waits"));
        return RC_OK;
    }
    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "rrrrllll", _("Id|Show|No|Size|Name|Wants|State|Now"));
    for (size_t i = 0; i < list->n; i++) {
        const struct waiting_row *row = &list->rows[i];

        table_add(&table, "%" PRId64, row->id.n);
        table_add(&table, "%" PRId64, row->show.n);
        if (row->position > 0)
            table_add(&table, "%d", row->position);
        else
            table_add(&table, "%s", "");
        table_add(&table, "%d", row->party);
        table_add(&table, "%s", row->name);
        table_add(&table, "%s", _(fit_text(row->fit)));
        table_add(&table, "%s", _(entry_word(row->state)));
        add_now(&table, row);
    }
    whole = table_print(&table, session->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

enum rc parties_print(struct session *session, const struct waiting_list *list, struct fault *why)
{
    json_t *document;

    if (!session->context->json)
        return print_table(session, list, why);
    document = json_array();
    for (size_t i = 0; document != NULL && i < list->n; i++)
        json_array_append_new(document, entry_json(&list->rows[i]));
    return document_print(session->context, document, why);
}

enum rc parties_print_one(struct session *session, const struct entry_reply *reply,
                          struct fault *why)
{
    struct waiting_list *list = NULL;
    enum rc rc = waiting_entry(session->db, reply->entry, sql_now(session->db), &list, why);

    if (rc == RC_OK) {
        /* With a key used again it is the first result. */
        list->rows[0].state = (enum entry_state)reply->state;
        list->rows[0].position = reply->position;
        rc = session->context->json
                 ? document_print(session->context, entry_json(&list->rows[0]), why)
                 : print_table(session, list, why);
    }
    free(list);
    return rc;
}
