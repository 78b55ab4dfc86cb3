#include "core/desk/block.h"

#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/seating.h"
#include "core/desk/staff.h"

/* Locks the show and chooses the seats that the request lists. */
static enum rc open_seats(struct sql *db, const struct block_request *block,
                          struct seating *seating, struct fault *why)
{
    const type_id none[SEATS_MAX] = {{0}};
    enum rc rc = staff_may(db, &block->ask, RIGHT_BLOCK, why);

    if (rc == RC_OK)
        rc = seating_open(db, block->show, "", false, seating, why);
    if (rc != RC_OK)
        return rc;
    sql_done(seating->prices); /* nothing is sold */
    return seating_list(seating, block->seats, none, block->n, why);
}

static const char *label(const struct seating *seating, int nth)
{
    return seating->plan->seats[seating->seats[nth].place].label;
}

/* Notes where each of the seats comes from: what is no longer free was given back, or the claim
 * that follows fails. */
static void note_from(struct sql *db, const struct seating *seating, struct change *change)
{
    enum claim_state from[SEATS_MAX] = {CLAIM_FREE};
    struct sql_statement *rows = sql_ask(
        db, "SELECT seat_id FROM claims WHERE show_id = $1 AND state = 'returned' ORDER BY seat_id",
        SQL_VALUES(sql_n(seating->lock.show.n)));

    while (sql_row(rows))
        for (int i = 0; i < seating->n; i++)
            if (seating->seats[i].id.n == sql_number(rows, 0))
                from[i] = CLAIM_RETURNED;
    sql_done(rows);
    for (int i = 0; i < seating->n; i++)
        change_seat(change, label(seating, i), from[i], CLAIM_BLOCKED);
}

static const char claim[] =
    "INSERT INTO claims (show_id, seat_id, state, since, reason, terminal, operator)"
    " VALUES ($1, $2, 'blocked', $3, $4, $5, $6)"
    " ON CONFLICT (show_id, seat_id) DO UPDATE SET state = excluded.state, since = excluded.since,"
    " entry_id = NULL, reason = excluded.reason, terminal = excluded.terminal,"
    " operator = excluded.operator WHERE claims.state = 'returned'";

enum { CLAIM_VALUES = 6 };

static enum rc claim_all(struct sql *db, const struct block_request *block, const char *reason,
                         const struct seating *seating, struct fault *why)
{
    struct sql_value values[SEATS_MAX][CLAIM_VALUES];
    const struct ask *ask = &block->ask;
    int64_t claimed;

    for (int i = 0; i < seating->n; i++)
        memcpy(values[i],
               (const struct sql_value[CLAIM_VALUES]){
                   sql_n(block->show.n), sql_n(seating->seats[i].id.n), sql_n(ask->now),
                   sql_t(reason), sql_t(ask->terminal), sql_n(ask->operator_number)},
               sizeof values[i]);
    claimed = sql_each(db, claim, values[0], CLAIM_VALUES, (size_t)seating->n);
    return claimed == seating->n ? RC_OK : seating_taken(db, seating, claimed, why);
}

static void answer(const struct seating *seating, struct block_reply *reply)
{
    reply->show = seating->lock.show;
    reply->n = seating->n;
    for (int i = 0; i < seating->n; i++)
        reply->seats[i] = seating->seats[i].id;
    reply->rev = seating->lock.rev;
}

static enum rc block_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct block_request *block = request;
    struct block_reply *told = reply;
    struct seating seating;
    struct change change = {0};
    char reason[BLOCK_REASON_SIZE] = "";
    enum rc rc = text_check(_("reason"), block->reason, BLOCK_REASON_SIZE - 1, why);

    if (rc == RC_OK && (!text_tidy(block->reason, reason, sizeof reason) || reason[0] == '\0'))
        rc = fault_set(why, RC_BAD_INPUT, _("a seat is blocked for a reason: say which"));
    if (rc == RC_OK)
        rc = open_seats(db, block, &seating, why);
    if (rc != RC_OK)
        return rc;
    note_from(db, &seating, &change);
    change_text(&change, "reason", reason);
    rc = claim_all(db, block, reason, &seating, why);
    if (rc == RC_OK) {
        change_journal(&change, db, &seating.lock, &block->ask, "block");
        answer(&seating, told);
        told_add(&told->told, HINT_SEATS, block->show, seating.lock.rev);
    }
    change_fini(&change);
    return rc;
}

/* Gives the seats back; guarded by their state, so that nobody's claim is lost. */
static enum rc give_back(struct sql *db, const struct block_request *block,
                         const struct seating *seating, struct change *change,
                         struct block_reply *reply, struct fault *why)
{
    for (int i = 0; i < seating->n; i++) {
        const seat_id seat = seating->seats[i].id;
        enum claim_state to;

        if (sql_one_number(db, 0,
                           "SELECT 1 FROM claims WHERE show_id = $1 AND seat_id = $2"
                           " AND state = 'blocked'",
                           SQL_VALUES(sql_n(block->show.n), sql_n(seat.n))) != 1)
            return fault_set(why, RC_WRONG_STATE, _("%s is not blocked"), label(seating, i));
        to = tidy_give_back(db, &seating->lock, block->ask.now, seat);
        change_seat(change, label(seating, i), CLAIM_BLOCKED, to);
        reply->for_the_list += to == CLAIM_RETURNED;
    }
    return RC_OK;
}

static enum rc unblock_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct block_request *block = request;
    struct block_reply *told = reply;
    struct seating seating;
    struct change change = {0};
    enum rc rc = open_seats(db, block, &seating, why);

    if (rc != RC_OK)
        return rc;
    rc = give_back(db, block, &seating, &change, told, why);
    if (rc == RC_OK) {
        change_journal(&change, db, &seating.lock, &block->ask, "unblock");
        answer(&seating, told);
        told_add(&told->told, told->for_the_list > 0 ? HINT_RETURNED : HINT_SEATS, block->show,
                 seating.lock.rev);
    }
    change_fini(&change);
    return rc;
}

static struct show_ref block_show(const void *request)
{
    return (struct show_ref){SHOW_ITSELF, ((const struct block_request *)request)->show.n};
}

const struct verb verb_block = {.name = "block",
                                .request_size = sizeof(struct block_request),
                                .reply_size = sizeof(struct block_reply),
                                .keyed = true,
                                .show = block_show,
                                .run = block_run};
const struct verb verb_unblock = {.name = "unblock",
                                  .request_size = sizeof(struct block_request),
                                  .reply_size = sizeof(struct block_reply),
                                  .keyed = true,
                                  .show = block_show,
                                  .run = unblock_run};
