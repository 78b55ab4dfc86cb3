#include "core/base/words.h"
#include "tui/command/blocked.h"
#include "tui/command/commands.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *reason = NULL;
    const struct cmdline_option options[] = {{"reason", &reason, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_block, options, 2, CMDLINE_ANY, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (reason == NULL)
        return cmdline_usage(&cmd_block, why);
    return blocked_do(context, &line, &verb_block, reason, why);
}

const struct command cmd_block = {"block", "SHOW SEAT... --reason R [--key K]",
                                  N_("takes seats out of the sale of a show, for a reason"), run};
