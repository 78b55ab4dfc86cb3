/* Every command's entry, and looking one up. */
#ifndef BOXOFFICE_TUI_COMMAND_COMMANDS_H
#define BOXOFFICE_TUI_COMMAND_COMMANDS_H

#include "tui/command/command.h"

/* In the order in which --help lists them. X(name) of cmd_NAME in cmd_NAME.c */
#define COMMANDS(X) \
    X(init)         \
    X(shows)        \
    X(seats)        \
    X(reservation)  \
    X(find)         \
    X(reserve)      \
    X(sell)         \
    X(pay)          \
    X(cancel)       \
    X(exchange)     \
    X(print)        \
    X(checkin)      \
    X(wait)         \
    X(waiting)      \
    X(leave)        \
    X(accept)       \
    X(decline)      \
    X(assign)       \
    X(listen)       \
    X(hall)         \
    X(show)         \
    X(types)        \
    X(prices)       \
    X(block)        \
    X(unblock)      \
    X(schedule)     \
    X(staff)        \
    X(report)       \
    X(backup)       \
    X(restore)      \
    X(check)        \
    X(doctor)       \
    X(keygen)       \
    X(terminal)     \
    X(migrate)      \
    X(help)

#define COMMAND_DECLARE(name) extern const struct command cmd_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

/* The command of that name, NULL when there is none. */
const struct command *commands_find(const char *name);

/* Fills `why` with RC_USAGE: no command has that name, and which one is near. Returns it. */
enum rc commands_unknown(const char *name, struct fault *why);

#endif
