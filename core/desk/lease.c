#include "core/desk/lease.h"

#include <jansson.h>
#include <stdio.h>

#include "core/base/words.h"
#include "core/desk/journal.h"

/* Reads the row; a lease that nobody ever held reads as given up in term 0. */
static void row_read(struct sql *db, struct lease_row *row)
{
    struct sql_statement *rows =
        sql_ask(db, "SELECT holder, session, term, beat FROM leases WHERE name = $1",
                SQL_VALUES(sql_t(LEASE_ASSIGNER)));

    *row = (struct lease_row){0};
    if (!sql_row(rows))
        return;
    (void)snprintf(row->holder, sizeof row->holder, "%s", sql_text(rows, 0));
    (void)snprintf(row->session, sizeof row->session, "%s", sql_text(rows, 1));
    row->term = sql_number(rows, 2);
    row->beat = sql_number(rows, 3);
    sql_done(rows);
}

/* Journals who is designated from now on ("" nobody), in the house's book. */
static void record(struct sql *db, const struct ask *ask, const char *what,
                   const struct lease_row *before, const char *holder, int64_t term)
{
    journal_add(db, JOURNAL_HOUSE, ask, what,
                json_pack("{s:s, s:I}", "holder", before->holder, "term", (json_int_t)before->term),
                json_pack("{s:s, s:I}", "holder", holder, "term", (json_int_t)term));
}

/* Refuses, naming who has it. */
static enum rc held_by(const struct lease_row *row, struct fault *why)
{
    if (row->holder[0] == '\0')
        return fault_set(why, RC_LEASED, _("nobody is designated any more"));
    return fault_set(why, RC_LEASED, _("%s is the designated terminal (term %lld)"), row->holder,
                     (long long)row->term);
}

static enum rc take_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct lease_request *ask = request;
    struct lease_reply *answer = reply;
    struct lease_row before;

    row_read(db, &before);
    sql_run(db,
            "INSERT INTO leases (name, holder, session, term, beat) VALUES ($1, '', '', 0, 0)"
            " ON CONFLICT DO NOTHING",
            SQL_VALUES(sql_t(LEASE_ASSIGNER)));
    if (sql_run(db,
                "UPDATE leases SET holder = $2, session = $3, term = term + 1, beat = 0"
                " WHERE name = $1 AND (holder = '' OR (term = $4 AND beat = $5))",
                SQL_VALUES(sql_t(LEASE_ASSIGNER), sql_t(ask->ask.terminal), sql_t(ask->session),
                           sql_n(ask->seen_term), sql_n(ask->seen_beat))) != 1) {
        row_read(db, &answer->row);
        return held_by(&answer->row, why);
    }
    row_read(db, &answer->row);
    record(db, &ask->ask, "lease_take", &before, ask->ask.terminal, answer->row.term);
    told_add(&answer->told, HINT_LEASE, (show_id){0}, 0);
    return RC_OK;
}

static enum rc beat_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct lease_request *ask = request;
    struct lease_reply *answer = reply;
    int64_t raised = sql_run(
        db, "UPDATE leases SET beat = beat + 1 WHERE name = $1 AND term = $2 AND session = $3",
        SQL_VALUES(sql_t(LEASE_ASSIGNER), sql_n(ask->seen_term), sql_t(ask->session)));

    row_read(db, &answer->row);
    return raised == 1 ? RC_OK : held_by(&answer->row, why);
}

static enum rc yield_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct lease_request *ask = request;
    struct lease_reply *answer = reply;
    struct lease_row before;

    (void)why;
    row_read(db, &before);
    /* The session goes with the holder, so that this process beats no lease that it gave up. */
    if (sql_run(db,
                "UPDATE leases SET holder = '', session = '' WHERE name = $1 AND session = $2"
                " AND holder <> ''",
                SQL_VALUES(sql_t(LEASE_ASSIGNER), sql_t(ask->session))) == 1) {
        record(db, &ask->ask, "lease_yield", &before, "", before.term);
        told_add(&answer->told, HINT_LEASE, (show_id){0}, 0);
    }
    row_read(db, &answer->row);
    return RC_OK;
}

#define LEASE_VERB(word, body)                                                 \
    {                                                                          \
        .name = word, .request_size = sizeof(struct lease_request),            \
        .reply_size = sizeof(struct lease_reply), .keyed = false, .run = body, \
    }

const struct verb verb_lease_take = LEASE_VERB("lease_take", take_run);
const struct verb verb_lease_beat = LEASE_VERB("lease_beat", beat_run);
const struct verb verb_lease_yield = LEASE_VERB("lease_yield", yield_run);

static bool read_work(struct sql *db, void *context)
{
    row_read(db, context);
    return true;
}

enum rc lease_read(struct sql *db, struct lease_row *row, struct fault *why)
{
    enum sql_rc rc = sql_read(db, read_work, row);

    return rc == SQL_OK ? RC_OK : verb_storage_fault(db, rc, why);
}
