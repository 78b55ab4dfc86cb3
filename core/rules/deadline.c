#include "core/rules/deadline.h"

#define ACCEPTED_LEAST (15 * WHEN_MINUTE)

static when_ms earlier(when_ms a, when_ms b)
{
    return a < b ? a : b;
}

static when_ms later(when_ms a, when_ms b)
{
    return a > b ? a : b;
}

when_ms deadline_hold(when_ms since, when_ms now)
{
    return earlier(now + HOLD_IDLE, since + HOLD_MOST);
}

bool deadline_collect(int64_t collect_min)
{
    return collect_min >= 0 && collect_min <= COLLECT_MOST;
}

when_ms deadline_reservation(when_ms now, when_ms starts_at, int64_t collect_min)
{
    when_ms normal = starts_at - collect_min * WHEN_MINUTE;

    return earlier(later(normal, now + ACCEPTED_LEAST), starts_at);
}

when_ms deadline_offer(when_ms now, when_ms starts_at)
{
    when_ms left = starts_at - now;
    when_ms span;
    when_ms end;

    if (left > 24 * WHEN_HOUR)
        span = 4 * WHEN_HOUR;
    else if (left >= 2 * WHEN_HOUR)
        span = 30 * WHEN_MINUTE;
    else if (left >= 30 * WHEN_MINUTE)
        span = 10 * WHEN_MINUTE;
    else
        span = 3 * WHEN_MINUTE;
    end = earlier(now + span, starts_at - RETURNED_ENDS);
    return end - now < OFFER_LEAST ? 0 : end;
}

when_ms deadline_accepted(when_ms now, when_ms starts_at, when_ms offer, int64_t collect_min)
{
    return earlier(later(deadline_reservation(now, starts_at, collect_min), offer), starts_at);
}

bool deadline_sells(when_ms now, when_ms sale_stop, bool held)
{
    return now < (held ? sale_stop + PAY_GRACE : sale_stop);
}

bool deadline_returned_kept(when_ms now, when_ms starts_at)
{
    return now < starts_at - RETURNED_ENDS;
}
