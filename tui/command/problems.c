#include "tui/command/problems.h"

#include "core/base/text.h"
#include "core/base/words.h"

void problems_init(struct problems *problems, const struct command_context *context,
                   const char *file)
{
    *problems = (struct problems){
        .context = context, .file = file, .list = context->json ? json_array() : NULL};
}

void problems_fini(struct problems *problems)
{
    json_decref(problems->list);
    problems->list = NULL;
}

void problems_note(void *context, int line, const char *what)
{
    struct problems *problems = context;
    char shown[4 * FAULT_TEXT];

    problems->n++;
    text_escape(what, shown, sizeof shown);
    if (problems->context->json)
        json_array_append_new(problems->list, json_pack("{s:i, s:s}", "line", line, "what", shown));
    else
        fprintf(problems->context->out, "%s:%d: %s\n", problems->file, line, shown);
}

json_t *problems_json(const struct problems *problems)
{
    return json_incref(problems->list);
}

enum rc problems_end(const struct problems *problems, enum rc rc, struct fault *why)
{
    if (rc == RC_OK || problems->n < 2)
        return rc;
    return fault_set(why, rc,
                     ngettext("%s: %d problem, nothing was imported",
                              "%s: %d problems, nothing was imported", (unsigned long)problems->n),
                     problems->file, problems->n);
}
