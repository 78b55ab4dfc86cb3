/* What becomes of held seats until they are sold: released, kept alive, priced otherwise. */
#include <inttypes.h>
#include <string.h>

#include "core/desk/change.h"
#include "core/desk/hold.h"
#include "core/desk/tidy.h"
#include "core/rules/deadline.h"

/* A basket holds no more seats, so neither list is longer. */
enum { BATCH = 60 };

#define SHOWN_MS WHEN_MINUTE /* others are shown the minute in which a hold ends */

/* Reads the first column, at most BATCH numbers of it. */
static int read_numbers(struct sql_statement *rows, int64_t *numbers)
{
    int n = 0;

    while (n < BATCH && sql_row(rows))
        numbers[n++] = sql_number(rows, 0);
    sql_done(rows);
    return n;
}

/* The shows at which a basket holds seats, in the order in which they are locked. */
static int basket_shows(struct sql *db, const char *basket, int64_t *shows)
{
    return read_numbers(sql_ask(db,
                                "SELECT DISTINCT show_id FROM claims WHERE owner = $1"
                                " AND state = 'held' ORDER BY show_id",
                                SQL_VALUES(sql_t(basket))),
                        shows);
}

static bool asked_for(const struct release_request *request, int64_t seat)
{
    for (int32_t i = 0; i < request->n; i++)
        if (request->seats[i].n == seat)
            return true;
    return request->n <= 0;
}

/* The seats at one show that the basket holds and the request names. */
static int asked_at(struct sql *db, const struct release_request *request, show_id show,
                    int64_t *seats)
{
    int n = read_numbers(sql_ask(db,
                                 "SELECT seat_id FROM claims WHERE owner = $1 AND state = 'held'"
                                 " AND show_id = $2 ORDER BY seat_id",
                                 SQL_VALUES(sql_t(request->ask.key), sql_n(show.n))),
                         seats);
    int asked = 0;

    for (int i = 0; i < n; i++)
        if (asked_for(request, seats[i]))
            seats[asked++] = seats[i];
    return asked;
}

/* Gives back what the request names at one show; without anything to give it stays as it is. */
static enum rc release_at(struct sql *db, const struct release_request *request, show_id show,
                          struct release_reply *reply, struct fault *why)
{
    const struct plan *plan;
    struct show_lock lock;
    struct change change = {0};
    int64_t seats[BATCH];
    bool returned = false;
    int n;
    enum rc rc;

    if (asked_at(db, request, show, seats) == 0)
        return RC_OK;
    rc = show_lock(db, show, &lock, why);
    if (rc == RC_OK)
        rc = show_plan(db, &lock, &plan, why);
    if (rc != RC_OK)
        return rc;
    n = asked_at(db, request, show, seats); /* as they are now that the show is locked */
    for (int i = 0; i < n; i++) {
        seat_id seat = {seats[i]};
        enum claim_state to = tidy_give_back(db, &lock, request->ask.now, seat);

        change_seat(&change, plan_label(plan, seat), CLAIM_HELD, to);
        returned = returned || to == CLAIM_RETURNED;
        reply->n++;
    }
    change_journal(&change, db, show, &request->ask, "release");
    told_add(&reply->told, returned ? HINT_RETURNED : HINT_SEATS, show, lock.rev);
    return RC_OK;
}

static enum rc release_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct release_request *release = request;
    int64_t shows[BATCH];
    int n = basket_shows(db, release->ask.key, shows);
    enum rc rc = RC_OK;

    for (int i = 0; i < n && rc == RC_OK; i++)
        if (release->show.n == 0 || release->show.n == shows[i])
            rc = release_at(db, release, (show_id){shows[i]}, reply, why);
    return rc;
}

static show_id release_show(struct sql *db, const void *request)
{
    (void)db;
    return ((const struct release_request *)request)->show;
}

const struct verb verb_release = {.name = "release",
                                  .request_size = sizeof(struct release_request),
                                  .reply_size = sizeof(struct release_reply),
                                  .show = release_show,
                                  .run = release_run};

/* When a hold ends that is touched now: $2 its beginning (0: as it is), $3 the longest it may last
 * from there, $4 the end of its idle time. */
#define BEGINS "(CASE WHEN $2 = 0 THEN since ELSE $2 END)"
#define ENDS   "(CASE WHEN " BEGINS " + $3 < $4 THEN " BEGINS " + $3 ELSE $4 END)"

/*
 * The shows at which others see another end from now on, in the order in which they are locked.
 * They see its minute (SHOWN_MS), so that a basket in use is read anew once a minute, not at every
 * key.
 */
static int shows_that_tell(struct sql *db, const struct touch_request *touch, when_ms since,
                           int64_t *shows)
{
    return read_numbers(sql_ask(db,
                                "SELECT DISTINCT show_id FROM claims WHERE owner = $1"
                                " AND state = 'held' AND until / $5 <> " ENDS " / $5"
                                " ORDER BY show_id",
                                SQL_VALUES(sql_t(touch->ask.key), sql_n(since), sql_n(HOLD_MOST),
                                           sql_n(touch->ask.now + HOLD_IDLE), sql_n(SHOWN_MS))),
                        shows);
}

static void move_ends(struct sql *db, const struct touch_request *touch, when_ms since)
{
    sql_run(db,
            "UPDATE claims SET since = " BEGINS ", until = " ENDS
            " WHERE owner = $1 AND state = 'held'",
            SQL_VALUES(sql_t(touch->ask.key), sql_n(since), sql_n(HOLD_MOST),
                       sql_n(touch->ask.now + HOLD_IDLE)));
}

/* What is held still. */
static void touched(struct sql *db, const struct touch_request *touch, struct touch_reply *reply)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT COUNT(*), MIN(until) FROM claims WHERE owner = $1 AND state = 'held'"
                " AND until > $2",
                SQL_VALUES(sql_t(touch->ask.key), sql_n(touch->ask.now)));

    if (sql_row(row)) {
        reply->n = (int32_t)sql_number(row, 0);
        reply->until = sql_number(row, 1);
    }
    sql_done(row);
}

static enum rc touch_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct touch_request *touch = request;
    struct touch_reply *answer = reply;
    struct show_lock lock;
    int64_t shows[BATCH];
    when_ms now = touch->ask.now;
    when_ms since = touch->pay == 0 ? 0 : touch->since < now ? touch->since : now;
    int n = shows_that_tell(db, touch, since, shows);

    for (int i = 0; i < n; i++) {
        enum rc rc = show_lock(db, (show_id){shows[i]}, &lock, why);

        if (rc != RC_OK)
            return rc;
        told_add(&answer->told, HINT_SEATS, lock.show, lock.rev);
    }
    move_ends(db, touch, since);
    touched(db, touch, answer);
    return RC_OK;
}

const struct verb verb_touch = {.name = "touch",
                                .request_size = sizeof(struct touch_request),
                                .reply_size = sizeof(struct touch_reply),
                                .run = touch_run};

static enum rc retype_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct retype_request *retype = request;
    struct retype_reply *told = reply;
    struct show_lock lock;
    enum rc rc = show_lock(db, retype->show, &lock, why);

    if (rc != RC_OK)
        return rc;
    told->amount = sql_one_number(
        db, -1,
        "SELECT p.amount FROM prices p JOIN seats s ON s.zone = p.zone"
        " WHERE p.show_id = $1 AND s.id = $2 AND p.type_id = $3",
        SQL_VALUES(sql_n(retype->show.n), sql_n(retype->seat.n), sql_n(retype->type.n)));
    if (told->amount < 0)
        return fault_set(why, RC_BAD_INPUT, "there is no price for that ticket type");
    if (sql_run(db,
                "UPDATE claims SET type_id = $4, amount = $5 WHERE show_id = $1 AND seat_id = $2"
                " AND state = 'held' AND owner = $3",
                SQL_VALUES(sql_n(retype->show.n), sql_n(retype->seat.n), sql_t(retype->ask.key),
                           sql_n(retype->type.n), sql_n(told->amount))) != 1)
        return fault_set(why, RC_NOT_FOUND, "that seat is no longer in the basket");
    told_add(&told->told, HINT_SEATS, retype->show, lock.rev);
    return RC_OK;
}

static show_id retype_show(struct sql *db, const void *request)
{
    (void)db;
    return ((const struct retype_request *)request)->show;
}

const struct verb verb_retype = {.name = "retype",
                                 .request_size = sizeof(struct retype_request),
                                 .reply_size = sizeof(struct retype_reply),
                                 .show = retype_show,
                                 .run = retype_run};
