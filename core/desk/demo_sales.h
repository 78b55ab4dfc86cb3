/* What the demo has sold, reserved and blocked, and who waits for it. */
#ifndef BOXOFFICE_CORE_DESK_DEMO_SALES_H
#define BOXOFFICE_CORE_DESK_DEMO_SALES_H

#include "core/desk/demo_programme.h"

/*
 * Sells each show by the verbs' own bodies, inside the open transaction: each at a time of its own
 * before now, by one of three counters. The sold-out show gets its waiting list.
 */
enum rc demo_sales_make(struct sql *db, const struct ask *ask, const hall_id halls[DEMO_HALLS],
                        const struct demo_show *shows, int n, struct fault *why);

#endif
