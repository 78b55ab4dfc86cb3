/*
 * The channel: a mesh of ZeroMQ PUB/SUB sockets between terminals, without a broker (design, 4).
 *
 * Each process binds one SUB and connects one XPUB to every live endpoint. It carries hints only;
 * everything works, at timer speed, when every message is lost. One thread owns a channel.
 */
#ifndef BOXOFFICE_CORE_CHANNEL_CHANNEL_H
#define BOXOFFICE_CORE_CHANNEL_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/rc.h"
#include "core/channel/hint.h"

enum { ENDPOINT_SIZE = 128, PEERS_MAX = 128 };

struct channel;

struct channel_options {
    void *context;           /* the process's ZeroMQ context (made after fork), borrowed; NULL: it
                                makes one of its own */
    const char *runtime_dir; /* for ipc sockets; a path over 107 bytes falls back to a short one */
    const char *name;        /* of the terminal, for the socket's file name */
    bool listens;            /* bind a SUB; commands that only publish do not */
};

struct channel_counts {
    uint64_t sent, heard;
    uint64_t dropped; /* garbage, oversize */
    uint64_t gaps;    /* in publishers' counters */
    uint64_t lost;    /* connections that ended, half-open ones included */
};

/*
 * Opens a channel. On success `*channel` is the caller's, to be freed with channel_free. A socket
 * that cannot be bound is RC_ENVIRONMENT with the endpoint: the caller goes on without (timer mode)
 * and says so.
 */
enum rc channel_new(struct channel **channel, const struct channel_options *options,
                    struct fault *why);

/* Closes within the linger of 100 ms and clears `*channel`; NULL inside is allowed. */
void channel_free(struct channel **channel);

/* Where it listens ("ipc:///..."), "" when it does not. Borrowed. */
const char *channel_endpoint(const struct channel *channel);

/*
 * Tells who lives: connects to endpoints that are new, greeting them, and disconnects from those
 * that are gone. The own endpoint in the list is skipped.
 */
void channel_peers(struct channel *channel, const char *const *endpoints, size_t n);

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

/* What was said, heard and dropped since the channel was made. */
struct channel_counts channel_counts(const struct channel *channel);

#endif
