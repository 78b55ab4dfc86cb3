/* What all sockets of the channel share: their limits, and being watched. */
#ifndef BOXOFFICE_CORE_CHANNEL_SOCKETS_H
#define BOXOFFICE_CORE_CHANNEL_SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/channel/endpoint.h"

/* Whoever connects and says nothing keeps a descriptor so long. */
enum { SOCKET_HANDSHAKE_MS = 3000 };

/* Sets an option of libzmq's that is a whole number. */
void socket_set(void *socket, int option, int value);

/* Sets the limits of the design: size of a message, high-water marks, linger, heartbeats, how
 * often a connection is tried again, and how long shaking hands may take. */
void socket_limits(void *socket);

/* Something that happened to a socket, and at which endpoint. */
struct socket_event {
    uint16_t event; /* ZMQ_EVENT_... */
    char endpoint[ENDPOINT_SIZE];
};

/*
 * Watches `socket` for the events and returns where they can be heard, a socket of its own under a
 * `name` that is unique in the context; NULL with errno set. It never holds up what it watches.
 */
void *socket_watch(void *context, void *socket, const char *name, int events);

/* Takes the next event, without waiting; false when there is none. */
bool socket_event(void *watch, struct socket_event *event);

/* Stops watching and closes both; NULL is allowed for either. */
void socket_close(void **socket, void **watch);

#endif
