#include "core/base/words.h"
#include "tui/command/booked.h"
#include "tui/command/commands.h"
#include "tui/command/seatwish.h"

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    struct seatwish wish = {0};
    const char *tender = NULL;
    const struct cmdline_option options[] = {
        SEATWISH_OPTIONS(wish), {"tender", &tender, NULL}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_sell, options, 1, CMDLINE_ANY, true};
    struct cmdline line;
    struct session session = {0};
    struct book_request request = {0};
    struct booking_reply reply;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = seatwish_read(&wish, &line, &cmd_sell, &request, why);
    if (rc == RC_OK)
        rc = seatwish_tender(tender, &request.n_tenders, &request.tenders[0], why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = seatwish_find(&wish, &session, &line, &request, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_sell, &request, &reply, why);
    if (rc == RC_OK)
        rc = booked_print(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_sell = {
    "sell",
    "SHOW (SEAT... | --best N) [--name T] [--phone T] [--type T] "
    "[--tender cash|card|voucher|comp] [--key K]",
    N_("sells seats, or the best N of them; without --tender for cash"), run};
