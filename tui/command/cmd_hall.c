#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/map.h"
#include "core/rules/plan.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/files.h"
#include "tui/command/problems.h"
#include "tui/command/session.h"
#include "tui/command/table.h"

/* What the sub-commands share. */
struct hall_job {
    struct command_context *context;
    struct session session;
    const char *name; /* of --name */
    const char *key;
};

static json_t *plan_json(hall_id id, const struct plan *plan)
{
    json_t *zones = json_array();

    for (int i = 0; zones != NULL && i < plan->n_zones; i++)
        json_array_append_new(zones, json_string(plan->zones[i]));
    return json_pack("{s:I, s:s, s:I, s:i, s:i, s:o}", "id", (json_int_t)id.n, "name", plan->name,
                     "seats", (json_int_t)plan->n, "rows", plan->rows, "columns", plan->columns,
                     "zones", zones);
}

/* A plan without a name is called as --name says, or like its file. */
static enum rc name_plan(const struct hall_job *job, const char *path, struct plan *plan,
                         struct fault *why)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char stem[NAME_SIZE];
    enum rc rc;

    if (job->name != NULL)
        return cmdline_text(_("name"), job->name, plan->name, sizeof plan->name, why);
    if (plan->name[0] != '\0')
        return RC_OK;
    rc = cmdline_text(_("name"), name, stem, sizeof stem, why);
    if (rc == RC_OK) {
        stem[strcspn(stem, ".")] = '\0';
        memcpy(plan->name, stem, sizeof plan->name);
    }
    return rc;
}

static enum rc store(struct hall_job *job, const struct plan *plan, struct fault *why)
{
    struct ask ask;
    struct told told = {0};
    hall_id hall = {0};
    enum rc rc = session_ask(&job->session, job->key, &ask, why);

    if (rc != RC_OK)
        return rc;
    rc = session_done(&job->session, hall_add(job->session.db, &ask, plan, &hall, &told, why),
                      &told, why);
    if (rc == RC_OK && hall.n == 0) /* the key was used before */
        rc = hall_find(job->session.db, plan->name, &hall, why);
    if (rc != RC_OK)
        return rc;
    if (job->context->json)
        return document_print(job->context, plan_json(hall, plan), why);
    fprintf(
        job->context->out,
        ngettext("hall %" PRId64 ": %s, %zu seat\n", "hall %" PRId64 ": %s, %zu seats\n", plan->n),
        hall.n, plan->name, plan->n);
    return RC_OK;
}

static enum rc import(struct hall_job *job, const char *path, struct fault *why)
{
    char *text = NULL;
    size_t size = 0;
    struct plan *plan = NULL;
    struct problems problems;
    enum rc rc = files_read(path, &text, &size, why);

    problems_init(&problems, job->context, path);
    if (rc == RC_OK)
        rc = plan_parse(text, size, &plan, problems_note, &problems, why);
    if (rc != RC_OK && problems.n > 0 && job->context->json)
        (void)document_print(job->context, json_pack("{s:o}", "problems", problems_json(&problems)),
                             NULL);
    rc = problems_end(&problems, rc, why);
    if (rc == RC_OK)
        rc = name_plan(job, path, plan, why);
    if (rc == RC_OK)
        rc = session_open(&job->session, job->context, true, why);
    if (rc == RC_OK)
        rc = store(job, plan, why);
    problems_fini(&problems);
    plan_free(&plan);
    free(text);
    return rc;
}

static enum rc print_list(const struct hall_job *job, const struct hall_list *list,
                          struct fault *why)
{
    struct table table;
    bool whole;

    if (list->n == 0) {
        fprintf(job->context->out, "%s\n", _("no halls: boxoffice hall import FILE"));
        return RC_OK;
    }
    /* translators: heads of columns, parted by |; keep their number */
    table_init(&table, "rlrrrr", _("Id|Hall|Seats|Wheelchairs|Zones|Shows"));
    for (size_t i = 0; i < list->n; i++) {
        const struct hall_row *row = &list->rows[i];

        table_add(&table, "%" PRId64, row->id.n);
        table_add(&table, "%s", row->name);
        table_add(&table, "%d", row->seats);
        table_add(&table, "%d", row->wheelchairs);
        table_add(&table, "%d", row->zones);
        table_add(&table, "%d", row->shows);
    }
    whole = table_print(&table, job->context->out);
    table_fini(&table);
    return whole ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory for the table"));
}

static enum rc list(struct hall_job *job, struct fault *why)
{
    struct hall_list *halls = NULL;
    json_t *document;
    enum rc rc = halls_read(job->session.db, sql_now(job->session.db), &halls, why);

    if (rc == RC_OK && !job->context->json) {
        rc = print_list(job, halls, why);
    } else if (rc == RC_OK) {
        document = json_array();
        for (size_t i = 0; document != NULL && i < halls->n; i++)
            json_array_append_new(document,
                                  json_pack("{s:I, s:s, s:i, s:i, s:i, s:i}", "id",
                                            (json_int_t)halls->rows[i].id.n, "name",
                                            halls->rows[i].name, "seats", halls->rows[i].seats,
                                            "wheelchairs", halls->rows[i].wheelchairs, "zones",
                                            halls->rows[i].zones, "shows", halls->rows[i].shows));
        rc = document_print(job->context, document, why);
    }
    free(halls);
    return rc;
}

/* show prints facts and the plan, export the plan alone: what import reads. */
static enum rc print_plan(struct hall_job *job, const char *name, bool facts, struct fault *why)
{
    const struct plan *plan = NULL;
    char *text = NULL, shown[4 * NAME_SIZE];
    hall_id hall;
    enum rc rc = hall_find(job->session.db, name, &hall, why);

    if (rc == RC_OK && (plan = map_plan_kept(job->session.db, hall)) == NULL)
        rc = fault_set(why, RC_NO_MEMORY, _("out of memory for the hall"));
    if (rc == RC_OK)
        rc = plan_print(plan, &text);
    if (rc != RC_OK)
        return rc;
    if (job->context->json) {
        json_t *document = plan_json(hall, plan);

        if (document != NULL)
            json_object_set_new(document, "plan", json_string(text));
        rc = document_print(job->context, document, why);
    } else {
        if (facts)
            fprintf(job->context->out, "# hall %" PRId64 ": %s, %zu seats\n", hall.n,
                    text_escape(plan->name, shown, sizeof shown), plan->n);
        fputs(text, job->context->out);
    }
    free(text);
    return rc;
}

static enum rc dispatch(struct hall_job *job, const struct cmdline *line, struct fault *why)
{
    const char *word = line->args[0];
    bool export = strcmp(word, "export") == 0;
    enum rc rc;

    if (strcmp(word, "import") == 0 && line->n == 2)
        return import(job, line->args[1], why);
    if (!(strcmp(word, "list") == 0 && line->n == 1) &&
        !((export || strcmp(word, "show") == 0) && line->n == 2))
        return cmdline_usage(&cmd_hall, why);
    rc = session_open(&job->session, job->context, false, why);
    if (rc != RC_OK)
        return rc;
    return line->n == 1 ? list(job, why) : print_plan(job, line->args[1], !export, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct hall_job job = {.context = context};
    const struct cmdline_option options[] = {{"name", &job.name, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_hall, options, 1, 2, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    job.key = line.key;
    rc = dispatch(&job, &line, why);
    return session_end(&job.session, rc, why);
}

const struct command cmd_hall = {
    "hall", "import FILE [--name T] [--key K] | list | show HALL | export HALL",
    N_("halls: import a seating plan, list them, print one"), run};
