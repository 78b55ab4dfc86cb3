/* Where a terminal's ipc socket lies, and the broom for sockets that a crash left behind. */
#ifndef BOXOFFICE_CORE_CHANNEL_ENDPOINT_H
#define BOXOFFICE_CORE_CHANNEL_ENDPOINT_H

#include <stddef.h>

#include "core/base/rc.h"

/*
 * Makes an endpoint "ipc://DIR/NAME-PID.sock" in `dir`, created when missing (mode 0770). A path
 * over the 107 bytes that a unix socket takes falls back to /tmp/boxoffice-UID (mode 0700, refused
 * with RC_ENVIRONMENT when somebody else owns it). Characters of `name` that a file name had better
 * not have become '_'. Sockets in the directory whose process has ended are removed.
 */
enum rc endpoint_make(const char *dir, const char *name, char *endpoint, size_t size,
                      struct fault *why);

#endif
