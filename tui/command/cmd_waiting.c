#include <inttypes.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "core/desk/map.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/parties.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_waiting, NULL, 0, 1, false};
    struct cmdline line;
    struct session session = {0};
    struct waiting_list *list = NULL;
    show_id show = {0};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (line.n > 0)
        rc = cmdline_show(line.args[0], &show, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, false, why);
    if (rc == RC_OK && show.n != 0 && map_rev(session.db, show) == 0)
        rc = fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
    if (rc == RC_OK)
        rc = waiting_read(session.db, show, sql_now(session.db), &list, why);
    if (rc == RC_OK)
        rc = parties_print(&session, list, why);
    free(list);
    return session_end(&session, rc, why);
}

const struct command cmd_waiting = {
    "waiting", "[SHOW]", N_("lists who waits for a show, or for all that are to come"), run};
