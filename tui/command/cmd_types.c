/* Ticket types: the kinds of ticket, each with its digit on the hall screen. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/money.h"
#include "core/base/words.h"
#include "core/desk/ticket_types.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

/* What the sub-commands share; texts are NULL when they were not given. */
struct types_job {
    struct command_context *context;
    struct session session;
    const char *key, *name, *digit, *percent, *tax, *sold;
};

static json_t *type_json(const struct ticket_type *type)
{
    return json_pack("{s:i, s:s, s:i, s:o, s:b}", "digit", (int)type->digit, "name", type->name,
                     "percent", (int)type->percent, "tax",
                     type->tax < 0 ? json_null() : json_integer(type->tax), "sold", !type->retired);
}

static enum rc print_table(const struct types_job *job, const struct ticket_types *types,
                           struct fault *why)
{
    struct table table;
    char tax[MONEY_TEXT];
    bool whole;

    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "rlrr", _("Digit|Name|Per cent|Tax"));
    for (int i = 0; i < types->n; i++) {
        const struct ticket_type *type = &types->rows[i];

        table_add(&table, "%d", (int)type->digit);
        table_add(&table, "%s", type->name);
        table_add(&table, "%d", (int)type->percent);
        table_add(&table, "%s",
                  /* translators: the tax rate that the configuration sets */
                  type->retired   ? _("not sold")
                  : type->tax < 0 ? _("as set")
                                  : money_format(type->tax, tax, sizeof tax));
    }
    whole = table_print(&table, job->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

static enum rc list(struct types_job *job, struct fault *why)
{
    struct ticket_types *types = NULL;
    enum rc rc = session_open(&job->session, job->context, false, why);

    if (rc == RC_OK)
        rc = ticket_types_read(job->session.db, &types, why);
    if (rc == RC_OK && job->context->json) {
        json_t *document = json_array();

        for (int i = 0; document != NULL && i < types->n; i++)
            json_array_append_new(document, type_json(&types->rows[i]));
        rc = document_print(job->context, document, why);
    } else if (rc == RC_OK) {
        rc = print_table(job, types, why);
    }
    free(types);
    return rc;
}

/* A number that was given, or what holds otherwise. */
static enum rc number(const char *what, const char *text, int64_t least, int64_t most, int32_t *n,
                      struct fault *why)
{
    int64_t given;
    enum rc rc;

    if (text == NULL)
        return RC_OK;
    rc = cmdline_number(what, text, least, most, &given, why);
    if (rc == RC_OK)
        *n = (int32_t)given;
    return rc;
}

/* Is it sold, by what was given? */
static enum rc sold(const char *text, int32_t *retired, struct fault *why)
{
    if (text == NULL)
        return RC_OK;
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
        return fault_set(why, RC_BAD_INPUT, _("a ticket type is sold: yes or no"));
    *retired = strcmp(text, "no") == 0;
    return RC_OK;
}

/* Fills in what was given; the rest is as the caller put it there. */
static enum rc read_wish(const struct types_job *job, struct type_request *request,
                         struct fault *why)
{
    enum rc rc = cmdline_text(_("name"), job->name, request->name, sizeof request->name, why);

    if (rc == RC_OK)
        rc = number("--digit", job->digit, 1, TYPES_MAX, &request->digit, why);
    if (rc == RC_OK)
        rc = number("--percent", job->percent, 0, 100, &request->percent, why);
    if (rc == RC_OK && job->tax != NULL)
        rc = ticket_types_tax(job->tax, &request->tax, why);
    return rc == RC_OK ? sold(job->sold, &request->retired, why) : rc;
}

static enum rc set(struct types_job *job, const struct verb *verb, struct type_request *request,
                   struct fault *why)
{
    struct type_reply reply;
    enum rc rc = read_wish(job, request, why);

    if (rc == RC_OK)
        rc = session_open(&job->session, job->context, true, why);
    if (rc == RC_OK)
        rc = session_do(&job->session, job->key, verb, request, &reply, why);
    if (rc != RC_OK)
        return rc;
    if (job->context->json)
        return document_print(job->context, type_json(&reply.type), why);
    fprintf(job->context->out, _("%d, %s: %d per cent\n"), (int)reply.type.digit, reply.type.name,
            (int)reply.type.percent);
    if (reply.shows > 0)
        fprintf(job->context->out,
                ngettext("%" PRId32 " show still to come got prices for it\n",
                         "%" PRId32 " shows still to come got prices for it\n",
                         (unsigned long)reply.shows),
                reply.shows);
    return RC_OK;
}

static enum rc add(struct types_job *job, const char *name, struct fault *why)
{
    struct type_request request = {.tax = TYPE_TAX_SETTING};

    if (job->name != NULL || job->digit == NULL || job->percent == NULL || job->sold != NULL)
        return cmdline_usage(&cmd_types, why);
    job->name = name;
    return set(job, &verb_type_add, &request, why);
}

static enum rc change(struct types_job *job, const char *digit, struct fault *why)
{
    struct type_request request = {
        .digit = TYPE_KEPT, .percent = TYPE_KEPT, .tax = TYPE_KEPT, .retired = TYPE_KEPT};
    enum rc rc;

    if (job->name == NULL && job->digit == NULL && job->percent == NULL && job->tax == NULL &&
        job->sold == NULL)
        return cmdline_usage(&cmd_types, why);
    rc = number(_("the digit of a ticket type"), digit, 1, TYPES_MAX, &request.of, why);
    return rc == RC_OK ? set(job, &verb_type_change, &request, why) : rc;
}

static enum rc dispatch(struct types_job *job, const struct cmdline *line, struct fault *why)
{
    const bool given = job->name || job->digit || job->percent || job->tax || job->sold;

    if (strcmp(line->args[0], "list") == 0 && line->n == 1 && !given)
        return list(job, why);
    if (strcmp(line->args[0], "add") == 0 && line->n == 2)
        return add(job, line->args[1], why);
    if (strcmp(line->args[0], "change") == 0 && line->n == 2)
        return change(job, line->args[1], why);
    return cmdline_usage(&cmd_types, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct types_job job = {.context = context};
    const struct cmdline_option options[] = {
        {"name", &job.name, NULL}, {"digit", &job.digit, NULL}, {"percent", &job.percent, NULL},
        {"tax", &job.tax, NULL},   {"sold", &job.sold, NULL},   {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_types, options, 1, 2, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    job.key = line.key;
    rc = dispatch(&job, &line, why);
    return session_end(&job.session, rc, why);
}

const struct command cmd_types = {"types",
                                  "list | add NAME --digit D --percent P [--tax R] | "
                                  "change DIGIT [--name N] [--digit D] [--percent P] [--tax R] "
                                  "[--sold yes|no]",
                                  N_("ticket types: list them, add one, change one"), run};
