#include <inttypes.h>

#include "core/base/words.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/presence.h"
#include "tui/mono.h"

static enum rc print(const struct command_context *context, const struct heard *heard,
                     struct fault *why)
{
    char publisher[2 * sizeof heard->publisher + 1];

    (void)snprintf(publisher, sizeof publisher, "%016" PRIx64, heard->publisher);
    if (context->json)
        return document_print(context,
                              json_pack("{s:s, s:o, s:o, s:s, s:I}", "kind",
                                        hint_word((enum hint_kind)heard->hint.kind), "show",
                                        document_number(heard->hint.show), "rev",
                                        document_number(heard->hint.rev), "publisher", publisher,
                                        "counter", (json_int_t)heard->counter),
                              why);
    if (fprintf(context->out, "%s %" PRId64 " %" PRId64 " %s %" PRIu64 "\n",
                hint_word((enum hint_kind)heard->hint.kind), heard->hint.show, heard->hint.rev,
                publisher, heard->counter) < 0)
        return fault_set(why, RC_ENVIRONMENT, _("the output could not be written"));
    return RC_OK;
}

static enum rc hear_all(struct presence *presence, struct fault *why)
{
    struct heard heard;
    enum rc rc = RC_OK;

    while (rc == RC_OK && presence_hear(presence, &heard))
        rc = print(presence->session->context, &heard, why);
    if (rc == RC_OK && fflush(presence->session->context->out) != 0)
        rc = fault_set(why, RC_ENVIRONMENT, _("the output could not be written"));
    return rc;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_listen, NULL, 0, 0, false};
    struct cmdline line;
    struct session session = {0};
    struct presence presence = {.must_hear = true};
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    if (!context->settings->channel)
        return fault_set(why, RC_ENVIRONMENT, _("the channel is off: the setting channel says so"));
    rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = presence_init(&presence, &session, "never", why);
    while (rc == RC_OK && presence_wait(&presence, INT64_MAX))
        rc = hear_all(&presence, why);
    presence_fini(&presence);
    return session_end(&session, rc, why);
}

const struct command cmd_listen = {
    "listen", "", N_("prints what the channel says, a line a message: kind, show, rev, who, count"),
    run};
