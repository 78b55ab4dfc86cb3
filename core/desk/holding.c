/* What becomes of held seats until they are sold: released, kept alive, priced otherwise. */
#include <inttypes.h>
#include <string.h>

#include "core/base/words.h"
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

static bool asked_for(const struct release_request *request, int64_t show, int64_t seat)
{
    if (request->show.n != 0 && request->show.n != show)
        return false;
    for (int32_t i = 0; i < request->n; i++)
        if (request->seats[i].n == seat)
            return true;
    return request->n <= 0;
}

/* The shows at which the basket holds seats that the request names, in the order in which they are
 * locked. */
static int asked_shows(struct sql *db, const struct release_request *request, int64_t *shows)
{
    int n = 0;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT show_id, seat_id FROM claims WHERE owner = $1 AND state = 'held'"
                " ORDER BY show_id",
                SQL_VALUES(sql_t(request->ask.key)));

    while (n < BATCH && sql_row(rows)) {
        const int64_t show = sql_number(rows, 0);

        if (asked_for(request, show, sql_number(rows, 1)) && (n == 0 || shows[n - 1] != show))
            shows[n++] = show;
    }
    sql_done(rows);
    return n;
}

/* Gives back what the request names at one show. */
static enum rc release_at(struct sql *db, const struct release_request *request, show_id show,
                          struct release_reply *reply, struct fault *why)
{
    struct sql_statement *row = show_lock_ask(db, (struct show_ref){SHOW_ITSELF, show.n});
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT c.seat_id, s.label FROM claims c JOIN seats s ON s.id = c.seat_id"
                " WHERE c.owner = $1 AND c.state = 'held' AND c.show_id = $2 ORDER BY c.seat_id",
                SQL_VALUES(sql_t(request->ask.key), sql_n(show.n)));
    struct show_lock lock;
    struct change change = {0};
    int64_t seats[BATCH];
    enum claim_state to;
    int n = 0;

    if (!show_lock_hear(row, &lock))
        return fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
    to = tidy_give_to(&lock, request->ask.now);
    while (n < BATCH && sql_row(rows)) {
        seats[n] = sql_number(rows, 0);
        if (asked_for(request, show.n, seats[n])) {
            change_seat(&change, sql_text(rows, 1), CLAIM_HELD, to);
            n++;
        }
    }
    sql_done(rows);
    for (int i = 0; i < n; i++)
        tidy_give_back(db, &lock, request->ask.now, (seat_id){seats[i]});
    reply->n += n;
    change_journal(&change, db, &lock, &request->ask, "release");
    told_add(&reply->told, to == CLAIM_RETURNED ? HINT_RETURNED : HINT_SEATS, show, lock.rev);
    return RC_OK;
}

static enum rc release_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct release_request *release = request;
    int64_t shows[BATCH];
    int n = asked_shows(db, release, shows);
    enum rc rc = RC_OK;

    for (int i = 0; i < n && rc == RC_OK; i++)
        rc = release_at(db, release, (show_id){shows[i]}, reply, why);
    return rc;
}

static struct show_ref release_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct release_request *)request)->show.n};
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
    sql_post(db,
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
        "SELECT CASE WHEN t.retired <> 0 THEN -2 ELSE p.amount END FROM prices p"
        " JOIN seats s ON s.zone = p.zone JOIN ticket_types t ON t.id = p.type_id"
        " WHERE p.show_id = $1 AND s.id = $2 AND p.type_id = $3",
        SQL_VALUES(sql_n(retype->show.n), sql_n(retype->seat.n), sql_n(retype->type.n)));
    if (told->amount == -2)
        return fault_set(why, RC_REFUSED, _("that ticket type is sold no more"));
    if (told->amount < 0)
        return fault_set(why, RC_BAD_INPUT, _("there is no price for that ticket type"));
    if (sql_run(db,
                "UPDATE claims SET type_id = $4, amount = $5 WHERE show_id = $1 AND seat_id = $2"
                " AND state = 'held' AND owner = $3",
                SQL_VALUES(sql_n(retype->show.n), sql_n(retype->seat.n), sql_t(retype->ask.key),
                           sql_n(retype->type.n), sql_n(told->amount))) != 1)
        return fault_set(why, RC_NOT_FOUND, _("that seat is no longer in the basket"));
    told_add(&told->told, HINT_SEATS, retype->show, lock.rev);
    return RC_OK;
}

static struct show_ref retype_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct retype_request *)request)->show.n};
}

const struct verb verb_retype = {.name = "retype",
                                 .request_size = sizeof(struct retype_request),
                                 .reply_size = sizeof(struct retype_reply),
                                 .show = retype_show,
                                 .run = retype_run};
