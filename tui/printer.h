/*
 * The printer: a device, a file or a command, each written by a child process with a time limit, so
 * that one that fails or hangs holds up nobody. The only file that writes to it.
 *
 * Where it is, as the setting `printer` says it: "none", "device:/dev/usb/lp0", "file:PATH" (added
 * to), "command:lp -d tickets -o raw" (by sh, what is printed on its standard input).
 */
#ifndef BOXOFFICE_TUI_PRINTER_H
#define BOXOFFICE_TUI_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/base/rc.h"

enum { PRINTER_LOST = 4 };

struct printer {
    pid_t pid; /* 0: nothing is being printed */
    int said;  /* what it complains with; -1 */
    int64_t until_ms;
    int64_t limit_s;
    pid_t lost[PRINTER_LOST]; /* that were killed and have not ended: 0 none */
};

/* RC_BAD_INPUT when the setting is none of the four. */
enum rc printer_check(const char *where, struct fault *why);

/* Begins to print: a child is started, and gets `limit_s` seconds. RC_REFUSED: there is no printer,
 * or it is at work; RC_ENVIRONMENT: no child could be started. */
enum rc printer_start(struct printer *printer, const char *where, const char *bytes, size_t size,
                      int64_t limit_s, struct fault *why);

/* Has it ended? Then `*rc` is RC_OK or RC_ENVIRONMENT with what went wrong in `why`. One that takes
 * too long is killed and has failed. Does not wait. */
bool printer_ended(struct printer *printer, enum rc *rc, struct fault *why);

/* Waits for its end: for commands, which have nothing else to do. */
enum rc printer_wait(struct printer *printer, struct fault *why);

#endif
