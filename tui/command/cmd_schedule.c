#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/schedule.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/files.h"
#include "tui/command/problems.h"
#include "tui/command/session.h"

/* A schedule on its way from the file into the programme. */
struct import {
    struct command_context *context;
    const char *path, *key;
    bool dry_run;
    struct session session;
    struct problems problems;
    struct schedule_row *rows;
    size_t n;
};

static enum rc read_rows(struct import *import, struct fault *why)
{
    char *text = NULL;
    size_t size = 0;
    struct csv *csv = NULL;
    enum rc rc = files_read(import->path, &text, &size, why);

    if (rc == RC_OK)
        rc = csv_parse(text, size, &csv, why);
    if (rc == RC_OK)
        rc = schedule_read(csv, &import->rows, &import->n, problems_note, &import->problems, why);
    csv_free(&csv);
    free(text);
    return rc;
}

static enum rc store(struct import *import, struct fault *why)
{
    struct ask ask;
    struct told told = {0};
    enum rc rc = session_open(&import->session, import->context, true, why);

    if (rc == RC_OK)
        rc = session_ask(&import->session, import->key, &ask, why);
    if (rc != RC_OK)
        return rc;
    rc = house_schedule(import->session.db, &ask, import->rows, import->n,
                        import->context->settings->sale_stop_min, import->dry_run, problems_note,
                        &import->problems, &told, why);
    return session_done(&import->session, rc, &told, why);
}

/* With --json the problems are the document, so it is printed after a refusal as well. */
static enum rc print(const struct import *import, enum rc rc, struct fault *why)
{
    size_t n = rc == RC_OK ? import->n : 0;

    if (import->context->json && (rc == RC_OK || import->problems.n > 0)) {
        struct fault own;
        enum rc printed =
            document_print(import->context,
                           json_pack("{s:I, s:b, s:o}", "shows", (json_int_t)n, "dry_run",
                                     import->dry_run, "problems", problems_json(&import->problems)),
                           rc == RC_OK ? why : &own);
        return rc == RC_OK ? printed : rc;
    }
    if (rc == RC_OK)
        fprintf(import->context->out,
                import->dry_run
                    ? ngettext("%zu show would be added\n", "%zu shows would be added\n", n)
                    : ngettext("%zu show added\n", "%zu shows added\n", n),
                n);
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct import import = {.context = context};
    const struct cmdline_option options[] = {{"dry-run", NULL, &import.dry_run},
                                             {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_schedule, options, 2, 2, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (strcmp(line.args[0], "import") != 0)
        return cmdline_usage(&cmd_schedule, why);
    import.path = line.args[1];
    import.key = line.key;
    problems_init(&import.problems, context, import.path);
    rc = read_rows(&import, why);
    if (rc == RC_OK)
        rc = store(&import, why);
    rc = print(&import, rc, why);
    rc = problems_end(&import.problems, rc, why);
    problems_fini(&import.problems);
    free(import.rows);
    return session_end(&import.session, rc, why);
}

const struct command cmd_schedule = {
    "schedule", "import FILE.csv [--dry-run] [--key K]",
    N_("puts a programme into the box office, all of it or nothing; --dry-run only looks"), run};
