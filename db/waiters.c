#include "db/waiters.h"

#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

uint64_t waiters_join(struct waiters *line, int64_t now_ms)
{
    const uint64_t number = atomic_fetch_add(&line->last, 1) + 1;
    uint64_t nobody = 0;

    atomic_store(&line->place[number % WAITERS_PLACES].since_ms, now_ms);
    atomic_store(&line->place[number % WAITERS_PLACES].number, number);
    /* The first of all: nobody ended a turn before that could have called it. */
    if (number == 1)
        atomic_compare_exchange_strong(&line->serving, &nobody, 1);
    return number;
}

bool waiters_may_go(const struct waiters *line, uint64_t number)
{
    return atomic_load(&line->serving) >= number;
}

static bool waiters_stands(const struct waiters *line, uint64_t number)
{
    return atomic_load(&line->place[number % WAITERS_PLACES].number) == number;
}

bool waiters_served_is_gone(const struct waiters *line)
{
    return !waiters_stands(line, atomic_load(&line->serving));
}

bool waiters_may_pass(const struct waiters *line, int64_t now_ms)
{
    const uint64_t serving = atomic_load(&line->serving);

    return !waiters_stands(line, serving) ||
           (atomic_load(&line->passed) < WAITERS_PASS &&
            now_ms - atomic_load(&line->place[serving % WAITERS_PLACES].since_ms) <
                WAITERS_PASS_MS);
}

void waiters_passed(struct waiters *line)
{
    atomic_fetch_add(&line->passed, 1);
}

void waiters_sleep(struct waiters *line, uint64_t number, int64_t ms)
{
    _Atomic uint32_t *bell = &line->place[number % WAITERS_PLACES].bell;
    const uint32_t heard = atomic_load(bell);
    const struct timespec longest = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

    if (!waiters_may_go(line, number)) /* asked after the bell was read: none is missed */
        syscall(SYS_futex, bell, FUTEX_WAIT, heard, &longest, NULL, 0);
}

void waiters_leave(struct waiters *line, uint64_t number)
{
    uint64_t mine = number;

    atomic_compare_exchange_strong(&line->place[number % WAITERS_PLACES].number, &mine, 0);
}

void waiters_call_next(struct waiters *line, uint64_t number)
{
    uint64_t serving = atomic_load(&line->serving), next = serving + 1;
    const uint64_t last = atomic_load(&line->last);

    if (number < serving) /* passed over before; the one being served is on its way */
        return;
    /* Who has drawn a number and not yet taken its place is passed over, and may go at once. */
    while (next <= last && !waiters_stands(line, next))
        next++;
    if (!atomic_compare_exchange_strong(&line->serving, &serving, next))
        return;
    atomic_store(&line->passed, 0);
    atomic_fetch_add(&line->place[next % WAITERS_PLACES].bell, 1);
    syscall(SYS_futex, &line->place[next % WAITERS_PLACES].bell, FUTEX_WAKE, INT_MAX, NULL, NULL,
            0);
}
