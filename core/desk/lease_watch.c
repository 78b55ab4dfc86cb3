#include <string.h>
#include <time.h>

#include "core/desk/lease.h"

int64_t lease_boottime(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Notes what the row says; true when its term or beat moved since it was seen last. */
static bool note(struct lease_watch *watch, const struct lease_row *row, int64_t boottime_ms)
{
    bool moved = !watch->seen || row->term != watch->last.term || row->beat != watch->last.beat;

    watch->last = *row;
    watch->seen = true;
    if (moved)
        watch->last_change_ms = boottime_ms;
    return moved;
}

enum lease_step lease_watch_step(struct lease_watch *watch, const struct lease_row *row,
                                 int64_t boottime_ms)
{
    bool moved;

    if (!watch->seen)
        watch->first_term = row->term;
    moved = note(watch, row, boottime_ms);

    if (row->holder[0] != '\0' && strcmp(row->session, watch->session) == 0) {
        /* Assigning raises the beat as well, so a busy holder need not beat apart. */
        if (moved)
            watch->last_beat_ms = boottime_ms;
        if (boottime_ms - watch->last_beat_ms < LEASE_BEAT)
            return LEASE_ASSIGN;
        watch->last_beat_ms = boottime_ms;
        return LEASE_BEAT_NOW;
    }
    if (watch->wish == LEASE_NEVER)
        return LEASE_WAIT;
    if (row->holder[0] == '\0')
        return LEASE_TAKE;
    /* The preferred terminal takes over in the term that it finds when it starts, and only then:
     * two of them that took it from each other whenever they could would never assign. */
    if (watch->wish == LEASE_PREFER && row->term == watch->first_term)
        return LEASE_TAKE;
    return boottime_ms - watch->last_change_ms >= LEASE_DEAD ? LEASE_TAKE : LEASE_WAIT;
}
