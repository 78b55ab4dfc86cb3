#include "core/rules/tries.h"

/* The half hour is over: what was counted before it no longer counts. */
static void lift(struct tries *tries, when_ms now)
{
    if (tries->locked_until != 0 && tries->locked_until <= now)
        *tries = (struct tries){0};
}

enum tried tries_count(struct tries *tries, bool right, when_ms now)
{
    lift(tries, now);
    if (tries->locked_until != 0)
        return TRIED_LOCKED;
    if (right) {
        *tries = (struct tries){0};
        return TRIED_RIGHT;
    }
    if (++tries->failures < TRIES_MOST)
        return TRIED_WRONG;
    tries->locked_until = now + TRIES_LOCK;
    return TRIED_LOCKS;
}

int32_t tries_left(const struct tries *tries, when_ms now)
{
    struct tries seen = *tries;

    lift(&seen, now);
    return seen.locked_until != 0 ? 0 : TRIES_MOST - seen.failures;
}
