/*
 * The doorman: says whose connections over tcp are let in (ZAP), and counts who was turned away.
 *
 * It lives in the thread that owns the channel, which polls it with the other sockets: an answer is
 * a look at a list, and what is not answered is not let in. So whatever becomes of it, nobody gets
 * in who should not (fault 61).
 */
#ifndef BOXOFFICE_CORE_CHANNEL_DOORMAN_H
#define BOXOFFICE_CORE_CHANNEL_DOORMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/rc.h"
#include "core/channel/curve.h"

enum { ADMITTED_MAX = 256 };

struct doorman;

struct doorman_counts {
    uint64_t unknown; /* keys that are not admitted */
    uint64_t broken;  /* connections that spoke no CURVE, or ended before it was done; libzmq says
                         nothing of some, which are counted within seconds */
};

/*
 * Takes its place in `context` for the SUB socket `sub`, which is to be bound afterwards: sets it
 * to be a CURVE server with these keys. RC_ENVIRONMENT when the context has a doorman already.
 * Nobody is admitted yet. On success `*doorman` is the caller's, to be freed before `sub` is
 * closed.
 */
enum rc doorman_new(struct doorman **doorman, void *context, void *sub,
                    const struct curve_keys *keys, struct fault *why);

/* Leaves; from then on nobody is let in. NULL inside is allowed. */
void doorman_free(struct doorman **doorman);

/* Replaces the list of admitted keys (as text, borrowed); those over ADMITTED_MAX are left out. */
void doorman_admit(struct doorman *doorman, const char *const *keys, size_t n);

/* Is this key (as text) on the list? */
bool doorman_knows(const struct doorman *doorman, const char *key);

/* Answers who asks, without waiting; so many at most at a time that keys do not wait meanwhile.
 * `now_ms` is monotonic. */
void doorman_serve(struct doorman *doorman, int64_t now_ms);

/* Writes the two sockets to be polled for ZMQ_POLLIN. */
void doorman_sockets(const struct doorman *doorman, void *sockets[static 2]);

/* Who was turned away since it took its place. */
struct doorman_counts doorman_counts(const struct doorman *doorman);

/*
 * A line on who was turned away since the last one, at most once a minute; `now_ms` is monotonic.
 * False, and `line` untouched, when there is nothing to say or it is too early.
 */
bool doorman_says(struct doorman *doorman, int64_t now_ms, char *line, size_t size);

#endif
