#include "core/base/words.h"
#include "tui/command/blocked.h"
#include "tui/command/commands.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_unblock, NULL, 2, CMDLINE_ANY, true};
    struct cmdline line;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    return blocked_do(context, &line, &verb_unblock, NULL, why);
}

const struct command cmd_unblock = {
    "unblock", "SHOW SEAT... [--key K]",
    N_("gives blocked seats back: to the waiting list first, then into the sale"), run};
