#include <string.h>
#include <unistd.h>

#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/office.h"

/* Directories are made above the default place alone: a named path with a slip in it would become
 * one nobody meant. */
static enum rc check_directory(const struct command_context *context, struct fault *why)
{
    char directory[PATH_MAX];
    char *slash;

    (void)snprintf(directory, sizeof directory, "%s", context->database);
    slash = strrchr(directory, '/');
    if (!context->named || sql_is_server(context->database) || slash == NULL || slash == directory)
        return RC_OK;
    *slash = '\0';
    if (access(directory, F_OK) == 0)
        return RC_OK;
    return fault_set(why, RC_ENVIRONMENT, _("there is no directory %s"), directory);
}

static enum rc tell(const struct command_context *context, bool demo, struct fault *why)
{
    if (context->json)
        return document_print(
            context,
            json_pack("{s:s, s:b}", "database", office_place(context->database), "demo", demo),
            why);
    if (demo)
        fprintf(context->out,
                _("made a demo box office at %s: its tickets are NOT VALID\n"
                  "see its shows with: boxoffice shows\n"),
                office_place(context->database));
    else
        fprintf(context->out,
                _("made an empty box office at %s\n"
                  "next: boxoffice hall import FILE, boxoffice show add\n"),
                office_place(context->database));
    return RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    bool demo = false, empty = false;
    const struct cmdline_option options[] = {
        {"demo", NULL, &demo}, {"empty", NULL, &empty}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_init, options, 0, 0, false};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (demo && empty)
        return cmdline_usage(&cmd_init, why);
    if (context->database[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("no place for the database is known: name one with -d"));
    rc = check_directory(context, why);
    if (rc == RC_OK)
        rc = office_make(context->settings, context->database, demo, context->terminal, why);
    if (rc == RC_OK)
        rc = tell(context, demo, why);
    return rc;
}

const struct command cmd_init = {
    "init", "[--demo | --empty]",
    N_("makes a box office: empty, or a demo cinema with a week of shows"), run};
