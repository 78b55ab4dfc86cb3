#include "tui/command/document.h"

#include "core/base/words.h"

json_t *document_text(const char *text)
{
    return text[0] != '\0' ? json_string(text) : json_null();
}

json_t *document_time(when_ms at)
{
    char buffer[WHEN_TEXT];

    return at != 0 ? json_string(when_rfc3339(at, buffer, sizeof buffer)) : json_null();
}

json_t *document_number(int64_t n)
{
    return n != 0 ? json_integer(n) : json_null();
}

enum rc document_print(const struct command_context *context, json_t *document, struct fault *why)
{
    int failed;

    if (document == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory for the answer"));
    failed = json_dumpf(document, context->out, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(document);
    if (failed != 0 || fputc('\n', context->out) == EOF)
        return fault_set(why, RC_ENVIRONMENT, _("the output could not be written"));
    return RC_OK;
}
