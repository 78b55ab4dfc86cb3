#include "tui/command/blocked.h"

#include <inttypes.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/map.h"
#include "tui/command/document.h"
#include "tui/command/labels.h"

/* "blocked", or what the seats came to. */
static const char *state_word(const struct verb *verb, const struct block_reply *reply)
{
    if (verb == &verb_block)
        return claim_word(CLAIM_BLOCKED);
    return claim_word(reply->for_the_list > 0 ? CLAIM_RETURNED : CLAIM_FREE);
}

static enum rc print_json(const struct session *session, const struct plan *plan, const char *state,
                          const struct block_request *request, const struct block_reply *reply,
                          struct fault *why)
{
    json_t *seats = json_array();

    for (int i = 0; seats != NULL && i < reply->n; i++)
        json_array_append_new(seats, json_string(labels_of(plan, reply->seats[i])));
    return document_print(session->context,
                          json_pack("{s:I, s:s, s:o, s:o, s:i, s:I, s:b}", "show",
                                    (json_int_t)reply->show.n, "state", state, "seats", seats,
                                    "reason", document_text(request->reason), "for_the_list",
                                    (int)reply->for_the_list, "rev", (json_int_t)reply->rev,
                                    "replayed", reply->told.replayed),
                          why);
}

static void print_line(const struct session *session, const struct plan *plan, const char *state,
                       const struct block_request *request, const struct block_reply *reply)
{
    FILE *out = session->context->out;
    char reason[4 * BLOCK_REASON_SIZE];

    fprintf(out, "%s ", _(state));
    for (int i = 0; i < reply->n; i++)
        fprintf(out, "%s%s", i > 0 ? ", " : " ", labels_of(plan, reply->seats[i]));
    if (request->reason[0] != '\0')
        fprintf(out, ": %s", text_escape(request->reason, reason, sizeof reason));
    fputc('\n', out);
    if (reply->for_the_list > 0)
        fprintf(out,
                ngettext("%" PRId32 " given back, kept for the waiting list\n",
                         "%" PRId32 " given back, kept for the waiting list\n",
                         (unsigned long)reply->for_the_list),
                reply->for_the_list);
}

enum rc blocked_do(struct command_context *context, const struct cmdline *line,
                   const struct verb *verb, const char *reason, struct fault *why)
{
    struct session session = {0};
    struct block_request request = {.n = line->n - 1};
    struct block_reply reply = {0};
    const struct plan *plan = NULL;
    enum rc rc = cmdline_show(line->args[0], &request.show, why);

    if (rc == RC_OK)
        rc = labels_check(line->args + 1, request.n, why);
    if (rc == RC_OK)
        rc = cmdline_text(_("reason"), reason, request.reason, sizeof request.reason, why);
    if (rc == RC_OK)
        rc = session_open(&session, context, true, why);
    if (rc == RC_OK)
        rc = labels_seats(&session, request.show, line->args + 1, request.n, request.seats, why);
    if (rc == RC_OK)
        rc = session_do(&session, line->key, verb, &request, &reply, why);
    if (rc == RC_OK) {
        const char *state = state_word(verb, &reply);

        (void)labels_plan(&session, reply.show, &plan, NULL);
        if (context->json)
            rc = print_json(&session, plan, state, &request, &reply, why);
        else
            print_line(&session, plan, state, &request, &reply);
    }
    return session_end(&session, rc, why);
}
