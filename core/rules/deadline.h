/* Deadlines of holds, reservations, offers, calls and sales (design, 5 to 7): now is told. */
#ifndef BOXOFFICE_CORE_RULES_DEADLINE_H
#define BOXOFFICE_CORE_RULES_DEADLINE_H

#include <stdbool.h>

#include "core/base/when.h"

#define HOLD_IDLE     (3 * WHEN_MINUTE)  /* a hold's life without activity */
#define HOLD_MOST     (10 * WHEN_MINUTE) /* its longest life, and that of an open pay screen */
#define RETURNED_ENDS (10 * WHEN_MINUTE) /* before the start returned seats become free */
#define PAY_GRACE     (5 * WHEN_MINUTE)  /* seats held before the sale stop may still be paid */
#define KEPT_ENDS     (60 * WHEN_MINUTE) /* before the start seats are no longer kept */
#define CALL_CLAIM    (2 * WHEN_MINUTE)  /* a claimed call is free again after this */
#define COLLECT_MOST  (24 * 60)          /* minutes before the start, as settings.h bounds it */
#define OFFER_LEAST   (3 * WHEN_MINUTE)  /* no offer with less to run */
#define PRESENT_FIRST (30 * WHEN_MINUTE) /* before the start parties at the counter come first */

/* When a hold that began (or whose pay screen opened) at `since` and was last used `now` ends. */
when_ms deadline_hold(when_ms since, when_ms now);

/* May a reservation have to be collected so many minutes before the start? */
bool deadline_collect(int64_t collect_min);

/* Deadline of an unpaid reservation made now: `collect_min` minutes before the start, but at least
 * 15 minutes from now, and never past the start. */
when_ms deadline_reservation(when_ms now, when_ms starts_at, int64_t collect_min);

/* Deadline of an offer made now, by time to the start; 0 when no offer may be made any more. */
when_ms deadline_offer(when_ms now, when_ms starts_at);

/* Deadline after an offer was accepted: the latest of the normal one, the offer's and 15 min from
 * now; never past the start. */
when_ms deadline_accepted(when_ms now, when_ms starts_at, when_ms offer, int64_t collect_min);

/* May seats be sold (or, with `held`, paid that were held before the stop)? */
bool deadline_sells(when_ms now, when_ms sale_stop, bool held);

/* Are returned seats still kept for the waiting list? */
bool deadline_returned_kept(when_ms now, when_ms starts_at);

#endif
