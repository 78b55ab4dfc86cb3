/* The end of a till session: counted blind, counted once more, closed with its Z report. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "core/desk/report.h"
#include "core/desk/staff.h"

/* Locks a session that has not been closed yet. */
static enum rc lock_live(struct sql *db, till_id id, struct till *till, struct journal_end *end,
                         struct fault *why)
{
    enum rc rc = till_hear(till_ask(db, id), id, till, end, why);

    if (rc != RC_OK || till->state != TILL_CLOSED)
        return rc;
    return fault_set(why, RC_WRONG_STATE, _("the till of drawer %" PRId32 " was closed meanwhile"),
                     till->drawer);
}

static void store_pieces(struct sql *db, const struct till *till,
                         const struct till_count_request *count)
{
    for (int32_t i = 0; i < count->n; i++)
        if (count->pieces[i].pieces > 0)
            sql_post(db,
                     "INSERT INTO till_counts (till_id, nth, denomination, pieces)"
                     " VALUES ($1, $2, $3, $4)",
                     SQL_VALUES(sql_n(till->id.n), sql_n(till->counts),
                                sql_n(count->pieces[i].denomination),
                                sql_n(count->pieces[i].pieces)));
}

static enum rc count_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct till_count_request *count = request;
    char book[BOOK_SIZE];
    struct journal_end end;
    struct till till;
    money counted = 0;
    enum rc rc;

    if (count->n < 0 || count->n > DENOMINATIONS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("at most %d denominations are counted"),
                         DENOMINATIONS_MAX);
    rc = cash_counted(count->pieces, (size_t)count->n, &counted, why);
    if (rc == RC_OK)
        rc = lock_live(db, count->till, &till, &end, why);
    if (rc == RC_OK && till.counts > 1)
        rc = fault_set(why, RC_REFUSED, _("drawer %" PRId32 " was counted twice: that stays"),
                       till.drawer);
    if (rc == RC_OK && till.counts == 1)
        rc = staff_may(db, &count->ask, RIGHT_RECOUNT, why);
    if (rc != RC_OK)
        return rc;
    till.counts++;
    till.state = TILL_COUNTED;
    till.counted = counted;
    till.expected = till_cash(db, till.id);
    store_pieces(db, &till, count);
    sql_post(db,
             "UPDATE till_sessions SET state = 'counted', counts = $2, expected = $3,"
             " counted = $4 WHERE id = $1",
             SQL_VALUES(sql_n(till.id.n), sql_n(till.counts), sql_n(till.expected),
                        sql_n(till.counted)));
    journal_add_at(db, &end, journal_till_book(till.id, book, sizeof book), &count->ask,
                   "till_count", NULL,
                   json_pack("{s:i, s:I, s:I}", "nth", (int)till.counts, "expected",
                             (json_int_t)till.expected, "counted", (json_int_t)till.counted));
    till_tell(&till, reply);
    return RC_OK;
}

/* The second signature is the PIN of somebody else; who has no staff has nobody to sign. */
static enum rc may_close(struct sql *db, const struct till_close_request *close,
                         const struct till *till, struct fault *why)
{
    const struct ask *ask = &close->ask;

    if (till->state != TILL_COUNTED)
        return fault_set(why, RC_WRONG_STATE,
                         _("the till of drawer %" PRId32 " is to be counted before it is closed"),
                         till->drawer);
    if (ask->approver != 0 && ask->approver == ask->operator_number)
        return fault_set(why, RC_REFUSED, _("the second signature is somebody else's"));
    if (close->two && ask->approver == 0 && !ask->trusted && staff_any(db))
        return fault_set(why, RC_NEEDS_APPROVAL, _("closing this till needs a second signature"));
    return RC_OK;
}

/* Z reports are numbered without gaps: the venue's row orders those who close. */
static int64_t next_z(struct sql *db)
{
    sql_post(db, "UPDATE venue SET z_last = z_last + 1 WHERE id = 1", NULL, 0);
    return sql_one_number(db, 0, "SELECT z_last FROM venue WHERE id = 1", NULL, 0);
}

/* Keeps the report as it is shown and printed from now on. */
static enum rc store_z(struct sql *db, const struct till *till, const char *head, struct fault *why)
{
    struct report *report = report_z(db, till, head);
    json_t *lines = report != NULL ? report_json(report) : NULL;
    char *text = lines != NULL ? json_dumps(lines, JSON_COMPACT) : NULL;

    if (text != NULL)
        sql_post(db,
                 "UPDATE till_sessions SET state = 'closed', closed_at = $2, closed_by = $3,"
                 " signed_by = $4, z_number = $5, z = $6 WHERE id = $1",
                 SQL_VALUES(sql_n(till->id.n), sql_n(till->closed_at), sql_n(till->closed_by),
                            sql_n0(till->signed_by), sql_n(till->z_number), sql_t(text)));
    free(text);
    json_decref(lines);
    free(report);
    return text != NULL ? RC_OK : fault_set(why, RC_NO_MEMORY, _("out of memory"));
}

static enum rc close_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct till_close_request *close = request;
    char book[BOOK_SIZE];
    struct journal_end end;
    struct till till;
    enum rc rc = lock_live(db, close->till, &till, &end, why);

    if (rc == RC_OK)
        rc = may_close(db, close, &till, why);
    if (rc != RC_OK)
        return rc;
    till.state = TILL_CLOSED;
    till.closed_at = close->ask.now;
    till.closed_by = close->ask.operator_number;
    till.signed_by = close->ask.approver;
    till.z_number = next_z(db);
    journal_add_at(db, &end, journal_till_book(till.id, book, sizeof book), &close->ask,
                   "till_close", NULL,
                   json_pack("{s:I, s:I, s:I, s:i}", "z", (json_int_t)till.z_number, "expected",
                             (json_int_t)till.expected, "counted", (json_int_t)till.counted,
                             "signed_by", (int)till.signed_by));
    rc = store_z(db, &till, end.head, why);
    if (rc == RC_OK)
        till_tell(&till, reply);
    return rc;
}

const struct verb verb_till_count = {.name = "till_count",
                                     .request_size = sizeof(struct till_count_request),
                                     .reply_size = sizeof(struct till_reply),
                                     .keyed = true,
                                     .run = count_run};
const struct verb verb_till_close = {.name = "till_close",
                                     .request_size = sizeof(struct till_close_request),
                                     .reply_size = sizeof(struct till_reply),
                                     .keyed = true,
                                     .run = close_run};
