#include "core/base/words.h"
#include "core/desk/waiting.h"
#include "tui/command/booked.h"
#include "tui/command/commands.h"
#include "tui/command/seatwish.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const char *tender = NULL;
    const struct cmdline_option options[] = {{"tender", &tender, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_accept, options, 1, 1, true};
    struct cmdline line;
    struct session session = {0};
    struct accept_request request = {.expected = -1};
    struct booking_reply reply;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = cmdline_entry(line.args[0], &request.entry, why);
    if (rc == RC_OK && tender != NULL)
        rc = seatwish_tender(tender, &request.n_tenders, &request.tenders[0], why);
    request.collect_min = context->settings->collect_min;
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_accept, &request, &reply, why);
    if (rc == RC_OK)
        rc = booked_print(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_accept = {
    "accept", "ENTRY [--tender cash|card|voucher|comp] [--key K]",
    N_("a waiting party takes the seats offered to it; with --tender it pays them, too"), run};
