#include "core/base/words.h"
#include "core/desk/waiting.h"
#include "tui/command/booked.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_decline, NULL, 1, 1, true};
    struct cmdline line;
    struct session session = {0};
    struct entry_request request = {0};
    struct booking_reply reply;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = cmdline_entry(line.args[0], &request.entry, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_decline, &request, &reply, why);
    if (rc == RC_OK)
        rc = booked_print(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_decline = {"decline", "ENTRY [--key K]",
                                    N_("a waiting party gives up the seats offered to it"), run};
