#include <stdlib.h>

#include "core/base/words.h"
#include "tui/command/booked.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/labels.h"

/* Finds the reservation by its code, and its seats by their labels in its show's hall. */
static enum rc find(struct session *session, const struct cmdline *line,
                    struct cancel_request *request, struct fault *why)
{
    struct booking *booking = NULL;
    enum rc rc = booking_by_code(session->db, line->args[0], &request->reservation, why);

    request->n = line->n - 1;
    if (rc != RC_OK || request->n == 0)
        return rc;
    rc = booking_read(session->db, request->reservation, sql_now(session->db), &booking, why);
    if (rc == RC_OK)
        rc = labels_seats(session, booking->show, line->args + 1, request->n, request->seats, why);
    free(booking);
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *reason = NULL;
    const struct cmdline_option options[] = {{"reason", &reason, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_cancel, options, 1, CMDLINE_ANY, true};
    struct cmdline line;
    struct session session = {0};
    struct cancel_request request = {0};
    struct booking_reply reply;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = labels_check(line.args + 1, line.n - 1, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("reason"), reason, request.reason, sizeof request.reason, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = find(&session, &line, &request, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_cancel, &request, &reply, why);
    if (rc == RC_OK)
        rc = booked_print(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_cancel = {
    "cancel", "CODE [SEAT...] [--reason T] [--key K]",
    N_("cancels a reservation or sale, whole or by seat; what was paid is refunded"), run};
