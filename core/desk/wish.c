#include "core/desk/wish.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/deadline.h"

enum rc wish_check(const struct wait_request *ask, struct fault *why)
{
    if (ask->party < 1 || ask->party > PARTY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("a waiting party has 1 to %d people, not %" PRId32),
                         PARTY_MAX, ask->party);
    if (ask->fit != FIT_TOGETHER && ask->fit != FIT_PAIRS && ask->fit != FIT_ANY)
        return fault_set(why, RC_BAD_INPUT, _("a party sits together, in pairs or anywhere"));
    if (ask->wheelchairs < 0 || ask->wheelchairs > ask->party)
        return fault_set(why, RC_BAD_INPUT,
                         _("a party of %" PRId32 " has 0 to %" PRId32 " wheelchairs"), ask->party,
                         ask->party);
    if (ask->present != 0 && ask->present != 1)
        return fault_set(why, RC_BAD_INPUT, _("a party is at the counter or not"));
    return RC_OK;
}

enum rc wish_in_time(const struct show_lock *lock, when_ms now, struct fault *why)
{
    char clock[WHEN_TEXT];

    if (lock->cancelled)
        return fault_set(why, RC_WRONG_STATE, _("%s is cancelled"), lock->title);
    if (!deadline_sells(now, lock->sale_stop, false))
        return fault_set(why, RC_TOO_LATE, _("%s stopped selling at %s"), lock->title,
                         when_clock(lock->sale_stop, clock, sizeof clock));
    return RC_OK;
}

enum rc wish_zone(struct sql *db, const struct show_lock *lock, const char *zone, struct fault *why)
{
    const struct plan *plan;
    enum rc rc;

    if (zone[0] == '\0')
        return RC_OK;
    rc = show_plan(db, lock, &plan, why);
    if (rc != RC_OK)
        return rc;
    for (int i = 0; i < plan->n_zones; i++)
        if (strcmp(plan->zones[i], zone) == 0)
            return RC_OK;
    return fault_set(why, RC_NOT_FOUND, _("the hall has no zone %s"), zone);
}

enum rc wish_single(struct sql *db, const struct show_lock *lock, const char *phone_key,
                    entry_id except, struct fault *why)
{
    struct sql_statement *row;
    enum rc rc = RC_OK;

    if (phone_key[0] == '\0')
        return RC_OK;
    row = sql_ask(db,
                  "SELECT id, party, phone_key FROM waiting_list WHERE show_id = $1"
                  " AND phone_key <> '' AND state IN ('waiting', 'offered') AND id <> $2"
                  " ORDER BY id",
                  SQL_VALUES(sql_n(lock->show.n), sql_n(except.n)));
    while (rc == RC_OK && sql_row(row))
        if (text_phone_same(sql_text(row, 2), phone_key))
            rc = fault_set(why, RC_EXISTS,
                           _("this phone is on the list of this show already: entry %" PRId64
                             ", %" PRId64 " people"),
                           sql_number(row, 0), sql_number(row, 1));
    sql_done(row);
    return rc;
}
