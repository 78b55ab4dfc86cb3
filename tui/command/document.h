/* JSON documents of commands, in the manner of the design: times RFC 3339, absent is null. */
#ifndef BOXOFFICE_TUI_COMMAND_DOCUMENT_H
#define BOXOFFICE_TUI_COMMAND_DOCUMENT_H

#include <jansson.h>

#include "core/base/when.h"
#include "tui/command/command.h"

/* A text, null when it is empty. New reference, NULL without memory; so are all of these. */
json_t *document_text(const char *text);
/* A time with the venue's offset, null for 0. */
json_t *document_time(when_ms at);
/* A number, null for 0. */
json_t *document_number(int64_t n);

/*
 * Prints the document on one line and drops its reference. RC_NO_MEMORY for NULL, RC_ENVIRONMENT
 * when it could not be written.
 */
enum rc document_print(const struct command_context *context, json_t *document, struct fault *why);

#endif
