/*
 * The channel: a mesh of ZeroMQ PUB/SUB sockets between terminals, without a broker (design, 4).
 *
 * Each process binds one SUB and connects one XPUB to every live endpoint: over ipc on one host,
 * over tcp with CURVE between machines. It carries hints only; everything works, at timer speed,
 * when every message is lost. One thread owns a channel.
 */
#ifndef BOXOFFICE_CORE_CHANNEL_CHANNEL_H
#define BOXOFFICE_CORE_CHANNEL_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/rc.h"
#include "core/channel/endpoint.h"
#include "core/channel/hint.h"
#include "core/channel/peers.h"

enum { CHANNEL_SOCKETS = 5 };

struct channel;

struct channel_options {
    void *context;           /* the process's ZeroMQ context (made after fork), borrowed; NULL: it
                                makes one of its own */
    const char *runtime_dir; /* for ipc sockets; a path over 107 bytes falls back to a short one */
    const char *name;        /* of the terminal, for the socket's file name */
    bool listens;            /* bind a SUB; commands that only publish do not */
    const char *address;     /* to listen at over tcp, or an interface; "" or NULL: over ipc */
    int port;                /* 0: any */
    const char *key_file;    /* with the own secret key (curve.h); "" or NULL: no tcp at all */
};

struct channel_counts {
    uint64_t sent, heard;
    uint64_t dropped; /* garbage, oversize, and what came from who is no longer admitted */
    uint64_t gaps;    /* in publishers' counters */
    uint64_t lost;    /* connections that ended, half-open ones included */
    uint64_t unknown; /* connections turned away: with a key that is not admitted */
    uint64_t broken;  /* ... without a proper CURVE handshake */
};

/*
 * Opens a channel. On success `*channel` is the caller's, to be freed with channel_free. A socket
 * that cannot be bound is RC_ENVIRONMENT with the endpoint, an address without a key (plain tcp)
 * RC_NOT_FOUND, RC_ENVIRONMENT or RC_BAD_INPUT: the caller goes on without hearing (timer mode) and
 * says so. With an address it needs a context of its own. One that only publishes goes without tcp
 * when it finds no key that it may use.
 */
enum rc channel_new(struct channel **channel, const struct channel_options *options,
                    struct fault *why);

/* Closes within the linger of 100 ms and clears `*channel`; NULL inside is allowed. */
void channel_free(struct channel **channel);

/* Where it listens ("ipc:///...", "tcp://..."), "" when it does not. Borrowed. */
const char *channel_endpoint(const struct channel *channel);

/* The public key that others need to connect over tcp, "" without one. Borrowed. */
const char *channel_key(const struct channel *channel);

/*
 * Tells who lives: connects to endpoints that are new, greeting them, and disconnects from those
 * that are gone. The own endpoint in the list is skipped, one over tcp without its key as well.
 */
void channel_peers(struct channel *channel, const struct channel_peer *peers, size_t n);

/* Tells whose connections over tcp are let in and whose messages are heard: public keys, borrowed.
 * Nobody's before. It takes effect on connections that stand already. */
void channel_admit(struct channel *channel, const char *const *keys, size_t n);

/*
 * Waits, at most `limit_ms`, until every endpoint that the last channel_peers connected to has
 * subscribed or refused: only then does a fresh publisher reach everyone. Returns how many
 * subscribed. libzmq subscribes on the other side only while its owner polls.
 */
size_t channel_await(struct channel *channel, int limit_ms);

/* Publishes one hint; never blocks. Call after COMMIT only. */
void channel_say(struct channel *channel, const struct hint *hint);

/* Takes the next hint that arrived, without waiting; false when there is none. A GREETING is given
 * out too: the caller re-reads `terminals` and calls channel_peers. */
bool channel_hear(struct channel *channel, struct heard *heard);

/*
 * The sockets to poll for ZMQ_POLLIN; writes up to `most` and returns how many. After one is
 * readable call channel_hear until it returns false.
 */
size_t channel_sockets(struct channel *channel, void **sockets, size_t most);

/*
 * For who has no other loop: waits, at most `limit_ms`, until something arrives on the channel or
 * the descriptor `fd` is readable. True when `fd` is. A signal ends the waiting early.
 */
bool channel_wait(struct channel *channel, int fd, int limit_ms);

/*
 * Writes a line on connections that were turned away, for a log: at most one a minute. False when
 * there is nothing to say.
 */
bool channel_strangers(struct channel *channel, char *line, size_t size);

/* What was said, heard and dropped since the channel was made. */
struct channel_counts channel_counts(const struct channel *channel);

#endif
