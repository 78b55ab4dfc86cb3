/*
 * Strangers at the channel's door: bare tcp connections, a wire tapped and played again, a server
 * that never answers. What fails here fails the test.
 */
#ifndef BOXOFFICE_TESTS_CHANNEL_STRANGER_H
#define BOXOFFICE_TESTS_CHANNEL_STRANGER_H

#include <stddef.h>
#include <stdint.h>

#include "core/channel/channel.h"

/* CLOCK_MONOTONIC in milliseconds. */
int64_t stranger_ms(void);

/* Connects to "tcp://NUMBER:PORT" and returns the descriptor, the caller's. */
int stranger_connect(const char *endpoint);

/* Writes bytes; a connection that the other side has closed by now is no failure. */
void stranger_write(int fd, const void *bytes, size_t size);

/* Fails unless the channel keeps away from endpoints over tcp that come without a key that suits,
 * by a name, or by another scheme; `key` is a good one. */
void stranger_refuses_plain(struct channel *channel, const char *key);

struct recorder;

/* Taps the way to an endpoint: one connection to the recorder's own is passed on, and what the
 * client says is kept. End it with stranger_record_end. */
struct recorder *stranger_record(const char *endpoint);
void stranger_record_end(struct recorder **recorder);

/* Where the client has to connect to. Borrowed. */
const char *stranger_record_endpoint(const struct recorder *recorder);

/* Says to the tapped endpoint, on a new connection, what the client said. Returns the descriptor,
 * the caller's. */
int stranger_replay(struct recorder *recorder);

/* One that accepts connections and says nothing. */
struct recorder *stranger_silent(void);

#endif
