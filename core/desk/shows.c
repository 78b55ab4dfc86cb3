#include "core/desk/shows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/grow.h"
#include "core/base/words.h"
#include "core/desk/sight.h"
#include "core/rules/pick.h"

/* Shows read in one read transaction, so that none stays open for long (design, 9). */
enum { SLICE = 32 };

struct ids {
    size_t n, room;
    show_id *ids;
};

static bool ids_add(struct ids *ids, int64_t id)
{
    show_id *more = grow_list(ids->ids, 0, sizeof *more, ids->n, &ids->room);

    if (more == NULL)
        return false;
    ids->ids = more;
    ids->ids[ids->n++].n = id;
    return true;
}

/* Collects the first column of the rows, at most `most`. False: out of memory. */
static bool ids_collect(struct ids *ids, struct sql_statement *rows, size_t most)
{
    while (ids->n < most && sql_row(rows)) {
        if (!ids_add(ids, sql_number(rows, 0))) {
            sql_done(rows);
            return false;
        }
    }
    if (ids->n == most)
        sql_done(rows);
    return true;
}

bool shows_row(struct sql *db, show_id show, struct show_row *row)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT s.hall_id, s.title, h.name, s.starts_at, s.ends_at, s.sale_stop, s.state,"
                " s.rev,"
                " (SELECT count(*) FROM waiting_list w"
                "   WHERE w.show_id = s.id AND w.state IN ('waiting', 'offered')),"
                " (SELECT min(p.amount) FROM prices p WHERE p.show_id = s.id AND p.type_id ="
                "   (SELECT t.id FROM ticket_types t ORDER BY t.digit LIMIT 1))"
                " FROM shows s JOIN halls h ON h.id = s.hall_id WHERE s.id = $1",
                SQL_VALUES(sql_n(show.n)));

    if (rows == NULL || !sql_row(rows))
        return false;
    *row = (struct show_row){.id = show, .hall.n = sql_number(rows, 0)};
    (void)snprintf(row->title, sizeof row->title, "%s",
                   sql_text(rows, 1)); /* checked at the door */
    (void)snprintf(row->hall_name, sizeof row->hall_name, "%s", sql_text(rows, 2));
    row->starts_at = sql_number(rows, 3);
    row->ends_at = sql_number(rows, 4);
    row->sale_stop = sql_number(rows, 5);
    row->cancelled = strcmp(sql_text(rows, 6), "cancelled") == 0;
    row->rev = sql_number(rows, 7);
    row->waiting = (int32_t)sql_number(rows, 8);
    row->from = sql_number(rows, 9);
    sql_done(rows);
    return true;
}

/* Marks what is not free in `open` and counts it. */
static void count_claims(struct sql *db, const struct plan *plan, const struct sight *sight,
                         struct show_row *row, uint8_t *open)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT seat_id, state, until, reservation_id FROM claims WHERE show_id = $1"
                " ORDER BY seat_id",
                SQL_VALUES(sql_n(row->id.n)));
    size_t at = 0;

    while (sql_row(rows)) {
        enum claim_state state = sight_state(sight, sql_text(rows, 1), sql_number(rows, 2),
                                             (reservation_id){sql_number(rows, 3)});

        /* Both rise by the seat's id. */
        while (at < plan->n && plan->seats[at].id.n < sql_number(rows, 0))
            at++;
        if (at == plan->n || plan->seats[at].id.n != sql_number(rows, 0))
            continue;
        open[at] = state == CLAIM_FREE;
        sight_count(row, state);
    }
}

/* The counts of a row whose own columns are filled. False: out of memory. */
static bool count_seats(struct sql *db, when_ms now, struct show_row *row)
{
    const struct plan *plan = map_plan_kept(db, row->hall);
    struct sight sight = {0};
    uint8_t *open = plan != NULL ? malloc(plan->n + 1) : NULL;
    bool done = open != NULL && sight_init(&sight, db, row, now, false);

    if (done) {
        memset(open, 1, plan->n);
        row->seats = (int32_t)plan->n;
        count_claims(db, plan, &sight, row, open);
        sight_free(row);
        row->together = pick_longest(plan, open);
    }
    sight_fini(&sight);
    free(open);
    return done;
}

struct slice {
    const struct ids *ids;
    size_t from;
    when_ms now;
    struct show_list *list;
    size_t before; /* rows of the slices read before; a rerun begins there again */
};

static bool read_slice(struct sql *db, void *context)
{
    struct slice *slice = context;
    size_t to = slice->from + SLICE < slice->ids->n ? slice->from + SLICE : slice->ids->n;

    slice->list->n = slice->before;
    for (size_t i = slice->from; i < to; i++) {
        struct show_row *row = &slice->list->rows[slice->list->n];

        if (!shows_row(db, slice->ids->ids[i], row))
            continue;
        if (!count_seats(db, slice->now, row))
            return false;
        slice->list->n++;
    }
    return true;
}

/* Reads the shows of `ids`, slice by slice, into a list on the heap. */
static enum rc read_list(struct sql *db, const struct ids *ids, when_ms now,
                         struct show_list **list, struct fault *why)
{
    struct slice slice = {.ids = ids, .now = now};
    enum sql_rc rc = SQL_OK;

    slice.list = calloc(1, sizeof *slice.list + ids->n * sizeof slice.list->rows[0]);
    if (slice.list == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    while (slice.from < ids->n && rc == SQL_OK) {
        rc = sql_read(db, read_slice, &slice);
        slice.before = slice.list->n;
        slice.from += SLICE;
    }
    if (rc == SQL_OK) {
        *list = slice.list;
        return RC_OK;
    }
    free(slice.list);
    if (rc == SQL_ROLLED_BACK) /* the only reason that a slice has */
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    return verb_storage_fault(db, rc, why);
}

/* Reads the shows that `rows` ask for, at most `most`. */
static enum rc read_asked(struct sql *db, struct sql_statement *rows, size_t most, when_ms now,
                          struct show_list **list, struct fault *why)
{
    struct ids ids = {0};
    enum rc rc = RC_OK;

    *list = NULL;
    if (!ids_collect(&ids, rows, most))
        rc = fault_set(why, RC_NO_MEMORY, _("out of memory"));
    else if (sql_failed(db) != SQL_OK)
        rc = verb_storage_fault(db, sql_failed(db), why);
    else
        rc = read_list(db, &ids, now, list, why);
    free(ids.ids);
    return rc;
}

enum rc shows_read(struct sql *db, when_ms from, when_ms to, when_ms now, bool cancelled,
                   struct show_list **list, struct fault *why)
{
    struct sql_statement *rows =
        /* What still sells started at most so long ago as settings.h lets the sale stop be. */
        sql_ask(db,
                "SELECT id FROM shows"
                " WHERE starts_at >= $5 AND starts_at < $2"
                " AND (starts_at >= $1 OR ($1 <= $3 AND sale_stop > $3 AND state = 'on'))"
                " AND (state = 'on' OR $4 = 1) ORDER BY starts_at, hall_id, id",
                SQL_VALUES(sql_n(from), sql_n(to), sql_n(now), sql_n(cancelled),
                           sql_n(now - SHOW_SELLS_MOST < from ? now - SHOW_SELLS_MOST : from)));

    return read_asked(db, rows, SIZE_MAX, now, list, why);
}

enum rc shows_same_title(struct sql *db, show_id except, when_ms now, size_t most,
                         struct show_list **list, struct fault *why)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT s.id FROM shows o JOIN shows s ON s.title_key = o.title_key"
                " WHERE o.id = $1 AND s.id <> $1 AND s.starts_at > $2 AND s.state = 'on'"
                " ORDER BY s.starts_at, s.id",
                SQL_VALUES(sql_n(except.n), sql_n(now)));

    return read_asked(db, rows, most, now, list, why);
}

when_ms shows_next_start(struct sql *db, when_ms after)
{
    return sql_one_number(db, 0,
                          "SELECT starts_at FROM shows WHERE starts_at > $1 AND state = 'on'"
                          " ORDER BY starts_at LIMIT 1",
                          SQL_VALUES(sql_n(after)));
}
