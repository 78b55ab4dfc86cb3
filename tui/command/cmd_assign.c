#include <inttypes.h>
#include <poll.h>

#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/notify.h"
#include "tui/command/steward.h"
#include "tui/mono.h"

enum { LOOK_MS = 200 };

/* A round, of which the service manager hears. */
static enum rc round_told(struct steward *steward, struct notify *notify, struct fault *why)
{
    enum rc rc = steward_round(steward, why);

    if (rc == RC_OK)
        notify_round(notify, steward);
    return rc;
}

static enum rc serve(struct session *session, struct fault *why)
{
    struct presence presence = {0};
    struct notify notify = {0};
    struct steward steward;
    struct heard heard;
    enum rc rc = presence_init(&presence, session, "prefer", why);

    steward_init(&steward, session, &presence, LEASE_PREFER);
    if (rc == RC_OK)
        rc = round_told(&steward, &notify, why);
    while (rc == RC_OK && presence_wait(&presence, steward_next(&steward))) {
        while (rc == RC_OK && presence_hear(&presence, &heard))
            rc = steward_hear(&steward, &heard.hint, why);
        if (rc == RC_OK)
            rc = round_told(&steward, &notify, why);
    }
    notify_stopping();
    steward_yield(&steward);
    presence_fini(&presence);
    return rc;
}

static enum rc held(const struct lease_row *row, struct fault *why)
{
    return fault_set(why, RC_LEASED, _("%s assigns already (term %" PRId64 ")"), row->holder,
                     row->term);
}

/*
 * Takes the lease, unless its holder lives. One that is dead is told from one that lives by
 * whether its beat moves within the time that any standby would wait.
 */
static enum rc take_once(struct steward *steward, struct fault *why)
{
    struct lease_row first = {0};
    enum rc rc = lease_read(steward->session->db, &first, why);

    while (rc == RC_OK) {
        steward->lease_due = true;
        rc = steward_round(steward, why);
        if (rc != RC_OK || steward->holds)
            return rc;
        if (session_interrupted())
            return fault_set(why, RC_INTERRUPTED, _("interrupted: nothing was assigned"));
        if (steward->watch.last.term != first.term || steward->watch.last.beat != first.beat)
            return held(&steward->watch.last, why);
        (void)poll(NULL, 0, LOOK_MS);
    }
    return rc;
}

static enum rc print(const struct session *session, const struct steward *steward,
                     struct fault *why)
{
    if (session->context->json)
        return document_print(
            session->context,
            json_pack("{s:i, s:i}", "offered", steward->offered, "freed", steward->freed), why);
    fprintf(session->context->out, _("offers made: %d; seats that became free: %d\n"),
            steward->offered, steward->freed);
    return RC_OK;
}

static enum rc once(struct session *session, struct fault *why)
{
    struct steward steward;
    enum rc rc;

    steward_init(&steward, session, NULL, LEASE_STANDBY);
    rc = take_once(&steward, why);
    if (rc == RC_OK)
        rc = print(session, &steward, why);
    steward_yield(&steward);
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    bool one = false;
    const struct cmdline_option options[] = {{"once", NULL, &one}, {NULL, NULL, NULL}};
    const struct cmdline_form form = {&cmd_assign, options, 0, 0, false};
    struct cmdline line;
    struct session session = {0};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = one ? once(&session, why) : serve(&session, why);
    return session_end(&session, rc, why);
}

const struct command cmd_assign = {
    "assign", "[--once]",
    N_("the designated terminal without a screen: gives freed seats to the waiting list"), run};
