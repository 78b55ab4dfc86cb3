/* Waiting parties on the way out: what wait, leave and waiting print. */
#ifndef BOXOFFICE_TUI_COMMAND_PARTIES_H
#define BOXOFFICE_TUI_COMMAND_PARTIES_H

#include "core/desk/waiting.h"
#include "tui/command/session.h"

/* Prints a list: an array of entries, or a table. */
enum rc parties_print(struct session *session, const struct waiting_list *list, struct fault *why);

/* Prints the one entry that a verb changed. */
enum rc parties_print_one(struct session *session, const struct entry_reply *reply,
                          struct fault *why);

#endif
