#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/tickets.h"
#include "tui/command/cmdline.h"
#include "tui/command/commands.h"
#include "tui/command/document.h"
#include "tui/command/session.h"

enum { ESCAPED = 640 };

static enum rc tell(const struct session *session, const struct check_in_reply *reply,
                    struct fault *why)
{
    FILE *out = session->context->out;
    char title[ESCAPED], hall[ESCAPED], clock[WHEN_TEXT];

    if (session->context->json) {
        json_t *seats = json_array();

        for (int i = 0; seats != NULL && i < reply->n; i++)
            json_array_append_new(seats, json_string(reply->labels[i]));
        return document_print(session->context,
                              json_pack("{s:s, s:I, s:s, s:s, s:o, s:o, s:b}", "code", reply->code,
                                        "show", (json_int_t)reply->show.n, "title", reply->title,
                                        "hall", reply->hall, "starts_at",
                                        document_time(reply->starts_at), "seats", seats, "replayed",
                                        reply->told.replayed),
                              why);
    }
    fprintf(out, "%s  %d  ", _("ok"), reply->n);
    for (int i = 0; i < reply->n; i++)
        fprintf(out, "%s%s", i > 0 ? ", " : "", reply->labels[i]);
    fprintf(out, "\n%s, %s, %s\n", text_escape(reply->title, title, sizeof title),
            when_clock(reply->starts_at, clock, sizeof clock),
            text_escape(reply->hall, hall, sizeof hall));
    return RC_OK;
}

static enum rc run(struct command_context *context, int argc, char **argv, struct fault *why)
{
    const struct cmdline_form form = {&cmd_checkin, NULL, 1, 1, true};
    struct cmdline line;
    struct session session = {0};
    struct check_in_request request = {0};
    struct check_in_reply reply;
    enum rc rc = cmdline_read(&line, context, &form, argc, argv, why);

    if (rc != RC_OK || line.done)
        return rc;
    rc = check_in_text(line.args[0], &request, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = session_do(&session, line.key, &verb_check_in, &request, &reply, why);
    if (rc == RC_OK)
        rc = tell(&session, &reply, why);
    return session_end(&session, rc, why);
}

const struct command cmd_checkin = {
    "checkin", "TEXT [--key K]",
    N_("lets in who shows a ticket, by what a scanner reads or a code"), run};
