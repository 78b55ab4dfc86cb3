#include "core/desk/pricing.h"

#include <string.h>

#include "core/base/words.h"
#include "core/desk/change.h"
#include "core/desk/staff.h"
#include "core/desk/tidy.h"

static bool has_zone(const struct plan *plan, const char *zone)
{
    for (int i = 0; i < plan->n_zones; i++)
        if (strcmp(plan->zones[i], zone) == 0)
            return true;
    return false;
}

static enum rc may_price(struct sql *db, const struct price_request *wish,
                         const struct show_lock *lock, struct fault *why)
{
    const struct plan *plan;
    char clock[WHEN_TEXT];
    enum rc rc = show_plan(db, lock, &plan, why);

    if (rc != RC_OK)
        return rc;
    if (lock->cancelled)
        return fault_set(why, RC_WRONG_STATE, _("%s, %s, is cancelled"), lock->title,
                         when_clock(lock->starts_at, clock, sizeof clock));
    if (lock->sale_stop <= wish->ask.now)
        return fault_set(why, RC_TOO_LATE, _("the sale of %s ended at %s"), lock->title,
                         when_clock(lock->sale_stop, clock, sizeof clock));
    if (!has_zone(plan, wish->zone) && wish->zone[0] == '\0')
        return fault_set(why, RC_NOT_FOUND, _("%s has zones: say which"), plan->name);
    if (!has_zone(plan, wish->zone))
        return fault_set(why, RC_NOT_FOUND, _("%s has no zone %s"), plan->name, wish->zone);
    if (wish->amount < 0 || wish->amount > MONEY_MAX)
        return fault_set(why, RC_BAD_INPUT, _("a price is 0 or more"));
    return RC_OK;
}

/* The type's digit and what it costs now, -1: nothing yet. False: there is no such type. */
static bool read_was(struct sql *db, const struct price_request *wish, int64_t *digit, money *was)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT t.digit, COALESCE(p.amount, -1) FROM ticket_types t LEFT JOIN prices p"
                " ON p.type_id = t.id AND p.show_id = $1 AND p.zone = $2 WHERE t.id = $3",
                SQL_VALUES(sql_n(wish->show.n), sql_t(wish->zone), sql_n(wish->type.n)));
    bool found = sql_row(row);

    if (found) {
        *digit = sql_number(row, 0);
        *was = sql_number(row, 1);
    }
    sql_done(row);
    return found;
}

static enum rc price_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct price_request *wish = request;
    struct price_reply *told = reply;
    struct show_lock lock;
    struct change change = {0};
    int64_t digit = 0;
    enum rc rc = staff_may(db, &wish->ask, RIGHT_MANAGE, why);

    if (rc == RC_OK)
        rc = show_lock(db, wish->show, &lock, why);
    if (rc == RC_OK)
        rc = may_price(db, wish, &lock, why);
    if (rc == RC_OK && !read_was(db, wish, &digit, &told->was))
        rc = fault_set(why, RC_NOT_FOUND, _("there is no such ticket type"));
    if (rc != RC_OK)
        return rc;
    sql_run(db,
            "INSERT INTO prices (show_id, zone, type_id, amount) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (show_id, zone, type_id) DO UPDATE SET amount = excluded.amount",
            SQL_VALUES(sql_n(wish->show.n), sql_t(wish->zone), sql_n(wish->type.n),
                       sql_n(wish->amount)));
    change_was(&change, "amount", told->was < 0 ? json_null() : json_integer(told->was));
    change_text(&change, "zone", wish->zone);
    change_number(&change, "type", digit);
    change_number(&change, "amount", wish->amount);
    told->rev = lock.rev;
    change_journal(&change, db, &lock, &wish->ask, "price");
    told_add(&told->told, HINT_SEATS, wish->show, lock.rev);
    return RC_OK;
}

static struct show_ref price_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct price_request *)request)->show.n};
}

const struct verb verb_price = {.name = "price",
                                .request_size = sizeof(struct price_request),
                                .reply_size = sizeof(struct price_reply),
                                .keyed = true,
                                .show = price_show,
                                .run = price_run};
