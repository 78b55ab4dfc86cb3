#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/terminals.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

static enum rc print_one(const struct session *session, const struct admit_request *request,
                         const struct admit_reply *reply, const char *word, struct fault *why)
{
    if (session->context->json)
        return document_print(session->context,
                              json_pack("{s:s, s:s, s:o}", "name", request->name, "public_key",
                                        reply->public_key, "admitted_at",
                                        document_time(reply->admitted_at)),
                              why);
    fprintf(session->context->out, _("%s: %s, key %s\n"), _(word), request->name,
            reply->public_key);
    return RC_OK;
}

/* Admits a key, or with `verb_expel` takes that back. */
static enum rc change(struct command_context *context, const struct cmdline *line,
                      const struct verb *verb, struct fault *why)
{
    bool admits = verb == &verb_admit;
    struct admit_request request = {0};
    struct session session = {0};
    struct admit_reply reply;
    enum rc rc;

    if (line->n != (admits ? 3 : 2))
        return cmdline_usage(&cmd_terminal, why);
    rc = cmdline_text(_("name"), line->args[1], request.name, sizeof request.name, why);
    if (rc == RC_OK && admits && strlen(line->args[2]) >= sizeof request.public_key)
        rc =
            fault_set(why, RC_BAD_INPUT,
                      _("this is no public key: it has 40 characters, as boxoffice keygen prints"));
    if (rc == RC_OK && admits)
        memcpy(request.public_key, line->args[2], strlen(line->args[2]) + 1);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = session_do(&session, line->key, verb, &request, &reply, why);
    if (rc == RC_OK)
        rc = print_one(&session, &request, &reply, admits ? N_("admitted") : N_("removed"), why);
    return session_end(&session, rc, why);
}

static json_t *terminals_json(const struct terminal_list *list)
{
    json_t *all = json_array();

    for (size_t i = 0; all != NULL && i < list->n; i++) {
        const struct terminal_row *row = &list->rows[i];

        json_array_append_new(
            all, json_pack(
                     "{s:s, s:s, s:I, s:b, s:o, s:o, s:o, s:o, s:I}", "name", row->name, "host",
                     row->host, "pid", (json_int_t)row->pid, "alive", row->alive, "seen_at",
                     document_time(row->beat_at), "endpoint", document_text(row->endpoint),
                     "public_key", document_text(row->public_key), "admitted_as",
                     document_text(row->admitted_as), "turned_away", (json_int_t)row->turned_away));
    }
    return all;
}

static json_t *admitted_json(const struct terminal_list *list)
{
    json_t *all = json_array();

    for (size_t i = 0; all != NULL && i < list->n_admitted; i++)
        json_array_append_new(all, json_pack("{s:s, s:s, s:o}", "name", list->admitted[i].name,
                                             "public_key", list->admitted[i].public_key,
                                             "admitted_at", document_time(list->admitted[i].at)));
    return all;
}

/* "no" for one over tcp whose key is not admitted: the others do not tell it anything. */
static const char *admission(const struct terminal_row *row)
{
    if (row->admitted_as[0] != '\0')
        return row->admitted_as;
    /* translators: it is not admitted */
    return row->public_key[0] != '\0' ? _("no") : "-";
}

static bool print_terminals(const struct session *session, const struct terminal_list *list)
{
    struct table table;
    char seen[WHEN_TEXT];

    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "lllllr", _("Terminal|Host|Seen|Listens|Admitted as|Turned away"));
    for (size_t i = 0; i < list->n; i++) {
        const struct terminal_row *row = &list->rows[i];

        table_add(&table, "%s", row->name);
        table_add(&table, "%s", row->host);
        table_add(&table, row->alive ? "%s" : _("%s dead"),
                  when_clock(row->beat_at, seen, sizeof seen));
        table_add(&table, "%s", row->endpoint[0] != '\0' ? row->endpoint : "-");
        table_add(&table, "%s", admission(row));
        table_add(&table, "%" PRId64, row->turned_away);
    }
    bool whole = table_print(&table, session->context->out);
    table_fini(&table);
    return whole;
}

static bool print_admitted(const struct session *session, const struct terminal_list *list)
{
    struct table table;
    char since[WHEN_TEXT];

    if (list->n_admitted == 0)
        return true;
    fputc('\n', session->context->out);
    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "lll", _("Admitted|Since|Key"));
    for (size_t i = 0; i < list->n_admitted; i++) {
        table_add(&table, "%s", list->admitted[i].name);
        table_add(&table, "%s", when_rfc3339(list->admitted[i].at, since, sizeof since));
        table_add(&table, "%s", list->admitted[i].public_key);
    }
    bool whole = table_print(&table, session->context->out);
    table_fini(&table);
    return whole;
}

static enum rc print_list(const struct session *session, const struct terminal_list *list,
                          struct fault *why)
{
    if (session->context->json)
        return document_print(session->context,
                              json_pack("{s:o, s:o}", "terminals", terminals_json(list), "admitted",
                                        admitted_json(list)),
                              why);
    if (print_terminals(session, list) && print_admitted(session, list))
        return RC_OK;
    return fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

static enum rc list_all(struct command_context *context, struct fault *why)
{
    struct session session = {0};
    struct terminal_list *list = NULL;
    enum rc rc = session_open(&session, context, false, why);

    if (rc == RC_OK)
        rc = terminals_read(session.db, sql_now(session.db), &list, why);
    if (rc == RC_OK)
        rc = print_list(&session, list, why);
    free(list);
    return session_end(&session, rc, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_terminal, NULL, 1, 3, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (strcmp(line.args[0], "admit") == 0)
        return change(context, &line, &verb_admit, why);
    if (strcmp(line.args[0], "remove") == 0)
        return change(context, &line, &verb_expel, why);
    if (strcmp(line.args[0], "list") == 0 && line.n == 1)
        return list_all(context, why);
    return cmdline_usage(&cmd_terminal, why);
}

const struct command cmd_terminal = {
    "terminal", "admit NAME PUBLIC-KEY [--key K] | remove NAME [--key K] | list",
    N_("who takes part in the channel between machines, and which terminals are at work"), run};
