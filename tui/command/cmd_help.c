#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"

static enum rc list(const struct command_context *context, struct fault *why)
{
    json_t *document;

    if (!context->json) {
        for (size_t i = 0; commands[i] != NULL; i++)
            fprintf(context->out, "  %-12s %s\n", commands[i]->name, _(commands[i]->help));
        return RC_OK;
    }
    document = json_array();
    for (size_t i = 0; document != NULL && commands[i] != NULL; i++)
        json_array_append_new(document,
                              json_pack("{s:s, s:s, s:s}", "name", commands[i]->name, "synopsis",
                                        commands[i]->synopsis, "help", commands[i]->help));
    return document_print(context, document, why);
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_help, NULL, 0, 1, false};
    const struct command *command;
    struct cmdline line;
    char ask[] = "--help";
    char *again[] = {NULL, ask, NULL};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (line.n == 0)
        return list(context, why);
    command = commands_find(line.args[0]);
    if (command == NULL)
        return commands_unknown(line.args[0], why);
    again[0] = line.args[0];
    return command->run(context, 2, again, why);
}

const struct command cmd_help = {"help", "[COMMAND]", N_("lists the commands, or explains one"),
                                 run};
