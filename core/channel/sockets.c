#include "core/channel/sockets.h"

#include <stdio.h>
#include <string.h>
#include <zmq.h>

enum {
    HIGH_WATER = 1000,
    MESSAGE_MOST = 1024,
    LINGER_MS = 100,
    HEARTBEAT_MS = 2000,      /* with the time-out a half-open peer is gone within 6 s */
    HEARTBEAT_DEAD_MS = 4000, /* (fault 58) */
    RECONNECT_MS = 100,
    RECONNECT_MOST_MS = 2000,
    EVENT_SIZE = 6, /* of a monitor's first frame: event (16 bits), value (32 bits) */
};

void socket_set(void *socket, int option, int value)
{
    /* Options are constants that libzmq knows; a refusal would show in the tests of each. */
    (void)zmq_setsockopt(socket, option, &value, sizeof value);
}

void socket_limits(void *socket)
{
    int64_t most = MESSAGE_MOST;

    socket_set(socket, ZMQ_LINGER, LINGER_MS);
    socket_set(socket, ZMQ_RCVHWM, HIGH_WATER);
    socket_set(socket, ZMQ_SNDHWM, HIGH_WATER);
    socket_set(socket, ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
    socket_set(socket, ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_DEAD_MS);
    socket_set(socket, ZMQ_HANDSHAKE_IVL, SOCKET_HANDSHAKE_MS);
    socket_set(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS);
    socket_set(socket, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MOST_MS);
    (void)zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &most, sizeof most);
}

void *socket_watch(void *context, void *socket, const char *name, int events)
{
    void *watch = zmq_socket(context, ZMQ_PAIR);

    if (watch == NULL)
        return NULL;
    socket_set(watch, ZMQ_LINGER, 0);
    /* Without a limit: libzmq's own thread would wait at it, and with it every connection. */
    socket_set(watch, ZMQ_RCVHWM, 0);
    if (zmq_socket_monitor(socket, name, events) == 0 && zmq_connect(watch, name) == 0)
        return watch;
    zmq_close(watch);
    return NULL;
}

bool socket_event(void *watch, struct socket_event *event)
{
    uint8_t frame[EVENT_SIZE];
    int size;

    if (zmq_recv(watch, frame, sizeof frame, ZMQ_DONTWAIT) != EVENT_SIZE)
        return false;
    memcpy(&event->event, frame, sizeof event->event);
    size = zmq_recv(watch, event->endpoint, sizeof event->endpoint - 1, ZMQ_DONTWAIT);
    if (size < 0 || (size_t)size >= sizeof event->endpoint)
        size = 0; /* longer than any of ours */
    event->endpoint[size] = '\0';
    return true;
}

void socket_close(void **socket, void **watch)
{
    if (*socket != NULL) {
        (void)zmq_socket_monitor(*socket, NULL, 0);
        zmq_close(*socket);
    }
    if (*watch != NULL)
        zmq_close(*watch);
    *socket = *watch = NULL;
}
