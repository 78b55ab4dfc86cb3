#include "core/desk/park.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/change.h"
#include "core/desk/tidy.h"
#include "core/rules/deadline.h"

/* The shows at which a basket holds seats now, with how many, in the order in which they are
 * locked. */
struct parts {
    int n;
    show_id shows[BASKET_SHOWS];
    int32_t seats[BASKET_SHOWS];
};

static void read_parts(struct sql *db, const char *basket, when_ms now, struct parts *parts)
{
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT show_id, COUNT(*) FROM claims WHERE owner = $1 AND state = 'held'"
                " AND until > $2 GROUP BY show_id ORDER BY show_id",
                SQL_VALUES(sql_t(basket), sql_n(now)));

    parts->n = 0;
    while (parts->n < BASKET_SHOWS && sql_row(rows)) {
        parts->shows[parts->n].n = sql_number(rows, 0);
        parts->seats[parts->n++] = (int32_t)sql_number(rows, 1);
    }
    sql_done(rows);
}

int hold_shows(struct sql *db, const char *basket, when_ms now, show_id shows[static BASKET_SHOWS])
{
    struct parts parts;

    read_parts(db, basket, now, &parts);
    memcpy(shows, parts.shows, (size_t)parts.n * sizeof *shows);
    return parts.n;
}

/* Locks the shows, writes a row into the book of each, and tells that their seats look otherwise.
 * `by` may be NULL. */
static enum rc note_parts(struct sql *db, const struct ask *ask, const struct parts *parts,
                          const char *what, const char *by, struct told *told, struct fault *why)
{
    enum rc rc = RC_OK;

    for (int i = 0; i < parts->n && rc == RC_OK; i++) {
        struct show_lock lock;
        struct change change = {0};

        rc = show_lock(db, parts->shows[i], &lock, why);
        if (rc != RC_OK)
            break;
        change_number(&change, "seats_held", parts->seats[i]);
        if (by != NULL)
            change_text(&change, "parked_by", by);
        change_journal(&change, db, &lock, ask, what);
        told_add(told, HINT_SEATS, lock.show, lock.rev);
    }
    return rc;
}

/* --- park ------------------------------------------------------------------------------------ */

static void store(struct sql *db, const struct ask *ask, when_ms until)
{
    sql_run(db, "DELETE FROM parked WHERE until <= $1", SQL_VALUES(sql_n(ask->now)));
    sql_run(db,
            "INSERT INTO parked (key, parked_at, until, terminal, operator)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO UPDATE SET"
            " parked_at = excluded.parked_at, until = excluded.until,"
            " terminal = excluded.terminal, operator = excluded.operator, got_by = ''",
            SQL_VALUES(sql_t(ask->key), sql_n(ask->now), sql_n(until), sql_t(ask->terminal),
                       sql_n(ask->operator_number)));
}

static enum rc park_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct park_request *park = request;
    const struct ask *ask = &park->ask;
    bool most = park->keep_ms <= 0 || park->keep_ms > HOLD_MOST;
    struct park_reply *told = reply;
    struct parts parts;
    enum rc rc;

    if (ask->key[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, _("a basket is parked, which has a key"));
    read_parts(db, ask->key, ask->now, &parts);
    rc = note_parts(db, ask, &parts, "park", NULL, &told->told, why);
    if (rc != RC_OK)
        return rc;
    told->until = ask->now + (most ? HOLD_MOST : park->keep_ms);
    told->n = (int32_t)sql_run(db,
                               "UPDATE claims SET since = $2, until = $3 WHERE owner = $1"
                               " AND state = 'held' AND until > $2",
                               SQL_VALUES(sql_t(ask->key), sql_n(ask->now), sql_n(told->until)));
    if (told->n == 0)
        return fault_set(why, RC_NOT_FOUND, _("the basket has run out, its seats were given back"));
    store(db, ask, told->until);
    told_add(&told->told, HINT_PARKED, (show_id){0}, 0);
    return RC_OK;
}

const struct verb verb_park = {.name = "park",
                               .request_size = sizeof(struct park_request),
                               .reply_size = sizeof(struct park_reply),
                               .run = park_run};

/* --- get ------------------------------------------------------------------------------------- */

/* Why there is nothing to take up: somebody else was quicker, or its time is over. */
static enum rc gone(struct sql *db, const char *parked, struct fault *why)
{
    char by[TERMINAL_SIZE] = "";
    struct sql_statement *row =
        sql_ask(db, "SELECT got_by FROM parked WHERE key = $1", SQL_VALUES(sql_t(parked)));

    if (sql_row(row))
        (void)snprintf(by, sizeof by, "%s", sql_text(row, 0));
    sql_done(row);
    if (by[0] != '\0')
        return fault_set(why, RC_TAKEN, _("%s took that basket up"), by);
    return fault_set(why, RC_NOT_FOUND, _("that basket has run out, its seats were given back"));
}

/* Who parked it; "" when that is not known any more. */
static void parked_by(struct sql *db, const char *parked, char *by, size_t size)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT terminal FROM parked WHERE key = $1", SQL_VALUES(sql_t(parked)));

    by[0] = '\0';
    if (sql_row(row))
        (void)snprintf(by, size, "%s", sql_text(row, 0));
    sql_done(row);
}

/* The row is taken by its key and by nobody having taken it: whoever comes second takes none. */
static bool take_row(struct sql *db, const struct get_request *get)
{
    return sql_run(db, "UPDATE parked SET got_by = $2 WHERE key = $1 AND got_by = ''",
                   SQL_VALUES(sql_t(get->parked), sql_t(get->ask.terminal))) == 1;
}

/*
 * The holds get another owner rather than another terminal the old key: whoever has that one still,
 * for whatever reason, can do nothing with it any more.
 */
static int32_t hand_over(struct sql *db, const struct get_request *get, when_ms until)
{
    const struct ask *ask = &get->ask;

    return (int32_t)sql_run(
        db,
        "UPDATE claims SET owner = $2, since = $3, until = $4, terminal = $5, operator = $6"
        " WHERE owner = $1 AND state = 'held' AND until > $3",
        SQL_VALUES(sql_t(get->parked), sql_t(get->basket), sql_n(ask->now), sql_n(until),
                   sql_t(ask->terminal), sql_n(ask->operator_number)));
}

static enum rc get_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct get_request *get = request;
    struct get_reply *told = reply;
    char by[TERMINAL_SIZE];
    struct parts parts;
    enum rc rc = RC_OK;

    if (get->basket[0] == '\0' || strcmp(get->basket, get->parked) == 0)
        return fault_set(why, RC_BAD_INPUT,
                         _("a parked basket goes into another, which has a key"));
    read_parts(db, get->parked, get->ask.now, &parts);
    parked_by(db, get->parked, by, sizeof by);
    rc = note_parts(db, &get->ask, &parts, "get", by, &told->told, why);
    if (rc != RC_OK)
        return rc;
    if (!take_row(db, get))
        return gone(db, get->parked, why);
    told->until = deadline_hold(get->ask.now, get->ask.now);
    told->n = hand_over(db, get, told->until);
    told->show = parts.n > 0 ? parts.shows[0] : (show_id){0};
    told_add(&told->told, HINT_PARKED, (show_id){0}, 0);
    return told->n > 0 ? RC_OK : gone(db, "", why);
}

const struct verb verb_get = {.name = "get",
                              .request_size = sizeof(struct get_request),
                              .reply_size = sizeof(struct get_reply),
                              .keyed = true,
                              .run = get_run};

/* --- what is parked -------------------------------------------------------------------------- */

struct reading {
    when_ms now;
    struct parked_list *list; /* room for PARKED_MOST */
};

/* The row of the basket that the answer speaks of: the last one, or a new one. NULL: too many. */
static struct parked_row *row_of(struct parked_list *list, const struct sql_statement *rows)
{
    struct parked_row *row = list->n > 0 ? &list->rows[list->n - 1] : NULL;

    if (row != NULL && strcmp(row->key, sql_text(rows, 0)) == 0)
        return row;
    if (list->n == PARKED_MOST)
        return NULL;
    row = &list->rows[list->n++];
    (void)snprintf(row->key, sizeof row->key, "%s", sql_text(rows, 0));
    (void)snprintf(row->terminal, sizeof row->terminal, "%s", sql_text(rows, 1));
    row->operator_number = (int32_t)sql_number(rows, 2);
    row->parked_at = sql_number(rows, 3);
    row->until = sql_number(rows, 4);
    row->show.n = sql_number(rows, 5);
    row->hall.n = sql_number(rows, 7);
    (void)snprintf(row->title, sizeof row->title, "%s", sql_text(rows, 8));
    row->starts_at = sql_number(rows, 9);
    return row;
}

static bool read_all(struct sql *db, void *context)
{
    struct reading *reading = context;
    struct sql_statement *rows = sql_ask(
        db,
        "SELECT p.key, p.terminal, p.operator, p.parked_at, p.until, c.show_id, c.seat_id,"
        " s.hall_id, s.title, s.starts_at FROM parked p JOIN claims c ON c.owner = p.key"
        " AND c.state = 'held' AND c.until > $1 JOIN shows s ON s.id = c.show_id"
        " WHERE p.got_by = '' AND p.until > $1 ORDER BY p.parked_at, p.key, c.show_id, c.seat_id",
        SQL_VALUES(sql_n(reading->now)));
    struct parked_row *row;

    reading->list->n = 0;
    memset(reading->list->rows, 0, PARKED_MOST * sizeof reading->list->rows[0]);
    while (sql_row(rows) && (row = row_of(reading->list, rows)) != NULL) {
        if (row->n == SEATS_MAX)
            continue;
        row->shows[row->n].n = sql_number(rows, 5);
        row->seats[row->n].n = sql_number(rows, 6);
        row->n_shows += row->n == 0 || row->shows[row->n - 1].n != row->shows[row->n].n;
        row->n++;
    }
    sql_done(rows);
    return true;
}

enum rc parked_read(struct sql *db, when_ms now, struct parked_list **list, struct fault *why)
{
    struct reading reading = {.now = now};
    enum sql_rc rc;

    *list = NULL;
    reading.list = calloc(1, sizeof *reading.list + PARKED_MOST * sizeof reading.list->rows[0]);
    if (reading.list == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    rc = sql_read(db, read_all, &reading);
    if (rc == SQL_OK) {
        *list = reading.list;
        return RC_OK;
    }
    free(reading.list);
    return verb_storage_fault(db, rc, why);
}
