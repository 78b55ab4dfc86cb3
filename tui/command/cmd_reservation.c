#include <stdlib.h>

#include "core/base/words.h"
#include "tui/command/booked.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_reservation, NULL, 1, 1, false};
    struct cmdline line;
    struct session session = {0};
    struct booking *booking = NULL;
    reservation_id id;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = session_open(&session, context, false, why);
    if (rc == RC_OK)
        rc = booking_by_code(session.db, line.args[0], &id, why);
    if (rc == RC_OK)
        rc = booking_read(session.db, id, sql_now(session.db), &booking, why);
    if (rc == RC_OK)
        rc = booked_read(&session, booking, why);
    free(booking);
    return session_end(&session, rc, why);
}

const struct command cmd_reservation = {"reservation", "CODE",
                                        N_("tells what is known of a reservation or sale"), run};
