/*
 * A word to the service manager that started this process (sd_notify(3)), by the socket that it
 * names in NOTIFY_SOCKET. Without one, nothing happens; nothing waits for it, and nothing fails.
 */
#ifndef BOXOFFICE_TUI_COMMAND_NOTIFY_H
#define BOXOFFICE_TUI_COMMAND_NOTIFY_H

#include "tui/command/steward.h"

/* What the manager was told last. Zeroed: nothing yet. */
struct notify {
    bool ready, held;
    char holder[TERMINAL_SIZE];
    int64_t term, alive_ms; /* alive_ms: monotonic, of the last sign of life */
};

/*
 * After each round of a steward: that it is ready, the first time; who holds the lease, when that
 * changed; and a sign of life, when the manager wants one and half of its patience is over.
 */
void notify_round(struct notify *notify, const struct steward *steward);

/* That the end begins. */
void notify_stopping(void);

#endif
