/* House seats on a command line: what block and unblock have in common. */
#ifndef BOXOFFICE_TUI_COMMAND_BLOCKED_H
#define BOXOFFICE_TUI_COMMAND_BLOCKED_H

#include "core/desk/block.h"
#include "tui/command/cmdline.h"

/*
 * Does verb_block or verb_unblock with the show and the seats that the line names, in order, and
 * prints what became of them. `reason` NULL: none is given.
 */
enum rc blocked_do(struct command_context *context, const struct cmdline *line,
                   const struct verb *verb, const char *reason, struct fault *why);

#endif
