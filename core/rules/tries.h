/* Tries at a PIN: five wrong ones in a row lock a person for half an hour. */
#ifndef BOXOFFICE_CORE_RULES_TRIES_H
#define BOXOFFICE_CORE_RULES_TRIES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/when.h"

enum { TRIES_MOST = 5 };
#define TRIES_LOCK (30 * WHEN_MINUTE)

/* What is known of a person's tries. */
struct tries {
    int32_t failures;     /* wrong in a row */
    when_ms locked_until; /* 0: never */
};

/* What a try came to. LOCKED: it was not looked at; LOCKS: wrong, and the last one. */
enum tried { TRIED_RIGHT, TRIED_WRONG, TRIED_LOCKS, TRIED_LOCKED };

/* Counts one try at `now`. A lock whose time is over leaves five new tries. */
enum tried tries_count(struct tries *tries, bool right, when_ms now);

/* Wrong PINs that are left before the lock; 0 while locked. */
int32_t tries_left(const struct tries *tries, when_ms now);

#endif
