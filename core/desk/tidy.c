#include "core/desk/tidy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/map.h"
#include "core/rules/deadline.h"

/* A text for each way to name a show, in the order of enum show_by; `of` makes one of its id. */
#define BY(of)                                                        \
    of("$1"), of("(SELECT show_id FROM reservations WHERE id = $1)"), \
        of("(SELECT show_id FROM waiting_list WHERE id = $1)")

#define LOCK(id) "UPDATE shows SET rev = rev + 1 WHERE id = " id
#define LOCKED(id)                                                                          \
    "SELECT s.id, s.hall_id, s.rev, s.starts_at, s.ends_at, s.sale_stop, s.state, s.title," \
    " b.length, b.head, CASE WHEN EXISTS (SELECT 1 FROM waiting_list WHERE show_id = s.id"  \
    "  AND state = 'waiting') OR EXISTS (SELECT 1 FROM waiting_list WHERE show_id = s.id"   \
    "  AND state = 'offered') THEN 1 ELSE 0 END"                                            \
    " FROM shows s LEFT JOIN books b ON b.name = 'show:' || s.id WHERE s.id = " id

/* SQLite makes a table for what RETURNING returns, which costs more than to ask again; and one of a
 * list of states. */
struct sql_statement *show_lock_ask(struct sql *db, struct show_ref show)
{
    static const char *const lock[] = {BY(LOCK)};
    static const char *const locked[] = {BY(LOCKED)};

    sql_post(db, lock[show.by], SQL_VALUES(sql_n(show.id)));
    return sql_ask(db, locked[show.by], SQL_VALUES(sql_n(show.id)));
}

bool show_lock_hear(struct sql_statement *row, struct show_lock *lock)
{
    *lock = (struct show_lock){0};
    if (!sql_row(row))
        return false;
    lock->show.n = sql_number(row, 0);
    lock->hall.n = sql_number(row, 1);
    lock->rev = sql_number(row, 2);
    lock->starts_at = sql_number(row, 3);
    lock->ends_at = sql_number(row, 4);
    lock->sale_stop = sql_number(row, 5);
    lock->cancelled = strcmp(sql_text(row, 6), "on") != 0;
    snprintf(lock->title, sizeof lock->title, "%s", sql_text(row, 7));
    journal_end_at(&lock->end, sql_number(row, 8), sql_text(row, 9));
    lock->waits = sql_number(row, 10) != 0;
    sql_done(row);
    return true;
}

enum rc show_lock(struct sql *db, show_id show, struct show_lock *lock, struct fault *why)
{
    if (show_lock_hear(show_lock_ask(db, (struct show_ref){SHOW_ITSELF, show.n}), lock))
        return RC_OK;
    return fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
}

enum rc show_plan(struct sql *db, const struct show_lock *lock, const struct plan **plan,
                  struct fault *why)
{
    *plan = map_plan_kept(db, lock->hall);
    if (*plan != NULL)
        return RC_OK;
    return fault_set(why, RC_STORAGE, _("the plan of the hall cannot be read"));
}

bool tidy_anyone_waits(struct sql *db, show_id show)
{
    return sql_one_number(db, 0,
                          "SELECT 1 FROM waiting_list WHERE show_id = $1"
                          " AND state IN ('waiting', 'offered') LIMIT 1",
                          SQL_VALUES(sql_n(show.n))) == 1;
}

enum claim_state tidy_give_to(const struct show_lock *lock, when_ms now)
{
    return lock->waits && deadline_returned_kept(now, lock->starts_at) ? CLAIM_RETURNED
                                                                       : CLAIM_FREE;
}

enum claim_state tidy_give_back(struct sql *db, const struct show_lock *lock, when_ms now,
                                seat_id seat)
{
    if (tidy_give_to(lock, now) == CLAIM_RETURNED) {
        sql_post(db,
                 "UPDATE claims SET state = 'returned', owner = '', since = $3, until = NULL,"
                 " reservation_id = NULL, entry_id = NULL, type_id = NULL, amount = 0, reason = '',"
                 " terminal = '', operator = 0 WHERE show_id = $1 AND seat_id = $2",
                 SQL_VALUES(sql_n(lock->show.n), sql_n(seat.n), sql_n(now)));
        return CLAIM_RETURNED;
    }
    sql_post(db, "DELETE FROM claims WHERE show_id = $1 AND seat_id = $2",
             SQL_VALUES(sql_n(lock->show.n), sql_n(seat.n)));
    return CLAIM_FREE;
}

/*
 * The plus sign keeps the planner from reading all claims of the show: ended holds of the whole
 * house are few, since they are given back. One state at a time: of a list SQLite makes a table.
 */
#define DUE(id)                                                                               \
    "SELECT s.id, CASE WHEN EXISTS (SELECT 1 FROM claims WHERE state = 'held'"                \
    "  AND until <= $2 AND +show_id = s.id AND owner <> $3)"                                  \
    " OR EXISTS (SELECT 1 FROM reservations WHERE show_id = s.id"                             \
    "  AND state = 'reserved' AND deadline <= $2)"                                            \
    " OR EXISTS (SELECT 1 FROM reservations WHERE show_id = s.id"                             \
    "  AND state = 'offered' AND deadline <= $2)"                                             \
    " OR (EXISTS (SELECT 1 FROM claims WHERE show_id = s.id AND state = 'returned')"          \
    "  AND (s.starts_at <= $4 OR NOT EXISTS (SELECT 1 FROM waiting_list WHERE show_id = s.id" \
    "    AND state IN ('waiting', 'offered'))))"                                              \
    " THEN 1 ELSE 0 END FROM shows s WHERE s.id = " id

struct sql_statement *tidy_ask(struct sql *db, struct show_ref show, when_ms now,
                               const char *basket)
{
    static const char *const due[] = {BY(DUE)};

    return sql_ask_now(
        db, due[show.by],
        SQL_VALUES(sql_n(show.id), sql_n(now), sql_t(basket), sql_n(now + RETURNED_ENDS)));
}

bool tidy_hear(struct sql_statement *row, show_id *show)
{
    bool due = false;

    if (sql_row(row)) {
        show->n = sql_number(row, 0);
        due = sql_number(row, 1) != 0;
    }
    sql_done(row);
    return due;
}

bool tidy_due(struct sql *db, show_id show, when_ms now, const char *basket)
{
    return tidy_hear(tidy_ask(db, (struct show_ref){SHOW_ITSELF, show.n}, now, basket), &show);
}

size_t tidy_list(struct sql *db, when_ms now, show_id *shows, size_t most)
{
    size_t n = 0;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT show_id FROM claims WHERE state = 'held' AND until <= $1"
                " UNION SELECT show_id FROM reservations"
                "  WHERE deadline IS NOT NULL AND deadline <= $1"
                " UNION SELECT c.show_id FROM claims c JOIN shows s ON s.id = c.show_id"
                "  WHERE c.state = 'returned' AND (s.starts_at <= $2 OR NOT EXISTS"
                "   (SELECT 1 FROM waiting_list w WHERE w.show_id = c.show_id"
                "    AND w.state IN ('waiting', 'offered')))"
                " ORDER BY 1",
                SQL_VALUES(sql_n(now), sql_n(now + RETURNED_ENDS)));

    while (n < most && sql_row(rows))
        shows[n++].n = sql_number(rows, 0);
    sql_done(rows);
    return n;
}

enum claim_state tidy_seen(enum claim_state stored, when_ms until_or_deadline, when_ms now,
                           when_ms starts_at, bool anyone_waits)
{
    bool ended = (stored == CLAIM_HELD || stored == CLAIM_RESERVED) && until_or_deadline != 0 &&
                 until_or_deadline <= now;

    if (!ended && stored != CLAIM_RETURNED)
        return stored;
    return anyone_waits && deadline_returned_kept(now, starts_at) ? CLAIM_RETURNED : CLAIM_FREE;
}
