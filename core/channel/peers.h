/* Whom a channel is connected to, over ipc and over tcp with CURVE, and who refused. */
#ifndef BOXOFFICE_CORE_CHANNEL_PEERS_H
#define BOXOFFICE_CORE_CHANNEL_PEERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/channel/curve.h"
#include "core/channel/sockets.h"

enum { PEERS_MAX = 128 };

/* A terminal to be told: where it listens and, over tcp, its public key ("" on this host). */
struct channel_peer {
    const char *endpoint, *key; /* borrowed */
};

struct peers {
    void *xpub; /* borrowed */
    size_t n;
    size_t awaited, refused; /* connected to anew by the last peers_meet; of these, those that said
                                no since */
    size_t plain;            /* endpoints over tcp that were not connected to: without a key that
                                suits, or with no keys of one's own */
    struct {
        char endpoint[ENDPOINT_SIZE], key[CURVE_KEY_SIZE];
        bool refused;     /* since it was connected to: not to be awaited */
        bool turned_away; /* by its doorman: libzmq does not try again, peers_meet does */
    } rows[PEERS_MAX];
};

/*
 * Connects to who is new, disconnects from who is gone or has another key, and tries those again
 * that turned us away. `own` is the own endpoint, left out; without `keys` (NULL) no tcp.
 */
void peers_meet(struct peers *peers, const struct curve_keys *keys, const char *own,
                const struct channel_peer *list, size_t n);

/* Notes what became of a connection. */
void peers_note(struct peers *peers, const struct socket_event *event);

#endif
