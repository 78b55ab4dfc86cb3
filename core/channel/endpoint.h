/* Where a terminal listens: over ipc, with a broom for sockets that a crash left behind; over tcp.
 */
#ifndef BOXOFFICE_CORE_CHANNEL_ENDPOINT_H
#define BOXOFFICE_CORE_CHANNEL_ENDPOINT_H

#include <stddef.h>

#include "core/base/rc.h"

enum { ENDPOINT_SIZE = 128, ADDRESS_MOST = 64 };

/*
 * Makes an endpoint "ipc://DIR/NAME-PID.sock" in `dir`, created when missing (mode 0770). A path
 * over the 107 bytes that a unix socket takes falls back to /tmp/boxoffice-UID (mode 0700, refused
 * with RC_ENVIRONMENT when somebody else owns it). Characters of `name` that a file name had better
 * not have become '_'. Sockets in the directory whose process has ended are removed.
 */
enum rc endpoint_make(const char *dir, const char *name, char *endpoint, size_t size,
                      struct fault *why);

/*
 * Makes "tcp://ADDRESS:PORT" to bind to; port 0 is "*", any. An address is a number or the name of
 * an interface: RC_BAD_INPUT for what has a scheme or a wildcard, which nobody could connect to.
 */
enum rc endpoint_tcp(const char *address, int port, char *endpoint, size_t size, struct fault *why);

/* What an endpoint found in the database is. Over tcp only numbers count: a name would be looked up
 * somewhere. */
enum endpoint_kind { ENDPOINT_IPC, ENDPOINT_TCP, ENDPOINT_OTHER };
enum endpoint_kind endpoint_kind(const char *endpoint);

#endif
