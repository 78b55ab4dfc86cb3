/* What is wrong with a file that is imported: all of it is listed, each with its line. */
#ifndef BOXOFFICE_TUI_COMMAND_PROBLEMS_H
#define BOXOFFICE_TUI_COMMAND_PROBLEMS_H

#include <jansson.h>

#include "tui/command/command.h"

struct problems {
    const struct command_context *context; /* borrowed */
    const char *file;                      /* borrowed */
    int n;
    json_t *list; /* for --json */
};

/* Begins a list; end it with problems_fini. */
void problems_init(struct problems *problems, const struct command_context *context,
                   const char *file);
void problems_fini(struct problems *problems);

/* Notes one, printed at once as "FILE:LINE: what" unless --json; a callback of the readers. */
void problems_note(void *problems, int line, const char *what);

/* The list, a new reference for --json. */
json_t *problems_json(const struct problems *problems);

/* After a refusal: says in `why` how many there were and that nothing was imported. Returns rc. */
enum rc problems_end(const struct problems *problems, enum rc rc, struct fault *why);

#endif
