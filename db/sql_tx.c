/* Transactions: one run of a caller's work, its commit and its reruns (sql.h). */
#include "db/sql_tx.h"

#include <time.h>

#include "core/base/words.h"

enum { SQL_TX_RERUNS = 5 };

/* Ends what work left open, so that nothing reads past the transaction's end. */
static void sql_end_statements(struct sql *db)
{
    for (size_t i = 0; i < db->cache.size && db->open_statements > 0; i++)
        sql_done(db->cache.entries[i].value);
}

/* Commits, or finds out what can still be known. */
static enum sql_rc sql_commit(struct sql *db)
{
    struct engine_error later = {""};
    enum sql_rc rc = db->engine->commit(db->connection, &db->why);

    if (rc != SQL_UNKNOWN)
        return rc;
    sql_forget_all(db);
    db->engine->recover(db->connection, &later);
    return rc;
}

static const char sql_tx_later[] = "SELECT number FROM schema_migrations WHERE number > $1 LIMIT 1";

void sql_know(struct sql *db, int64_t step)
{
    db->known = step;
}

/* A terminal of a later version may have changed the schema while we were open. */
static enum sql_rc sql_tx_newer(struct sql *db)
{
    return sql_refuse(db, SQL_NEWER,
                      _("the database was brought up to a newer program: end this one"));
}

/* Does the work; true to commit. Whether the schema is still ours is asked first, so that the
 * question travels with the work, and heard last. */
static bool sql_tx_work(struct sql *db, sql_work *work, void *context)
{
    struct sql_statement *later = NULL;
    bool keep;

    if (db->known > 0)
        later = sql_ask(db, sql_tx_later, SQL_VALUES(sql_n(db->known)));
    keep = work(db, context);
    if (keep && sql_row(later))
        sql_tx_newer(db);
    return keep;
}

/* One run; `*again` tells that a rerun may cure its failure. */
static enum sql_rc sql_attempt(struct sql *db, bool write, sql_work *work, void *context,
                               bool *again)
{
    enum sql_rc rc = db->engine->begin(db->connection, write, &db->why);
    bool keep;

    *again = false;
    if (rc != SQL_OK)
        return rc;
    db->in_tx = true;
    db->spoiled = SQL_OK;
    keep = sql_tx_work(db, work, context);
    rc = db->spoiled;
    sql_end_statements(db);
    if (rc == SQL_OK && keep) {
        rc = sql_commit(db);
    } else {
        db->engine->rollback(db->connection);
        if (rc == SQL_OK)
            rc = SQL_ROLLED_BACK;
    }
    *again = rc == SQL_BUSY || rc == SQL_AWAY; /* lost on the way: perhaps there is another */
    db->in_tx = false;
    if (rc == SQL_MISUSE && db->known > 0) {
        const struct engine_error why = db->why;

        /* What is no statement any more tells of a newer schema, too. */
        if (sql_one_number(db, 0, sql_tx_later, SQL_VALUES(sql_n(db->known))) > 0)
            return sql_tx_newer(db);
        db->why = why;
    }
    return rc;
}

static int64_t sql_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_BOOTTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum sql_rc sql_transact(struct sql *db, bool write, sql_work *work, void *context)
{
    const int64_t last = sql_clock() + db->wait_ms;
    enum sql_rc rc = SQL_OK;
    bool again = true;

    sql_assert_owner(db);
    if (db->in_tx)
        return sql_note(db,
                        engine_fail(&db->why, SQL_MISUSE, "a transaction inside a transaction"));
    for (int i = 0; again && i <= SQL_TX_RERUNS && (i == 0 || sql_clock() < last); i++) {
        if (!sql_enter(db))
            return db->failed;
        rc = sql_attempt(db, write, work, context, &again);
    }
    db->failed = rc == SQL_ROLLED_BACK ? SQL_OK : rc;
    return rc;
}

enum sql_rc sql_tx(struct sql *db, sql_work *work, void *context)
{
    return sql_transact(db, true, work, context);
}

void sql_rehearse(struct sql *db, const void *what, sql_work *work, void *context)
{
    if (db->engine->post || cache_find(&db->rehearsed, what) || !sql_enter(db) || db->in_tx ||
        !cache_put(&db->rehearsed, what, db) ||
        db->engine->begin(db->connection, false, &db->why) != SQL_OK)
        return;
    db->in_tx = db->rehearses = true;
    db->spoiled = SQL_OK;
    sql_tx_work(db, work, context);
    sql_end_statements(db);
    db->engine->rollback(db->connection);
    db->in_tx = db->rehearses = false;
    db->failed = SQL_OK;
    db->why.text[0] = '\0';
}

enum sql_rc sql_read(struct sql *db, sql_work *work, void *context)
{
    return sql_transact(db, false, work, context);
}
