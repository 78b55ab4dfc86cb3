/* The waiting list as it is read (waiting.h). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/grow.h"
#include "core/base/words.h"
#include "core/desk/waiting.h"
#include "core/rules/match.h"

/* Copies a column into a field of the row; what is stored is never longer. */
#define COPY(field, column) (void)snprintf(field, sizeof field, "%s", sql_text(row, column))

/* What is asked for: one show's list, all shows' (show 0), one entry, or the open offers. */
struct reading {
    enum { OF_SHOW, OF_ALL, OF_ENTRY, OF_CALLS } what;
    int64_t id; /* of the show or the entry */
    when_ms now;
    struct waiting_list *list;
    size_t room;
    bool no_memory;
};

/* The columns of every reading. An offer past its deadline is none, as seen at $2: its party waits
 * again. */
#define COLUMNS                                                                                  \
    "SELECT w.id, w.show_id, w.name, w.phone, w.zone, w.note, w.party, w.wheelchairs, w.passes," \
    " w.fit, w.state, w.present, w.joined_at, w.reason, s.title, h.name, s.starts_at, "          \
    "s.sale_stop,"                                                                               \
    " s.state, r.id, r.code, r.deadline, r.total, k.caller, k.operator, k.claimed_until"         \
    " FROM waiting_list w JOIN shows s ON s.id = w.show_id JOIN halls h ON h.id = s.hall_id"     \
    " LEFT JOIN reservations r ON r.entry_id = w.id AND r.state = 'offered' AND r.deadline > $2" \
    " LEFT JOIN calls k ON k.reservation_id = r.id AND k.outcome = ''"
#define BY_ORDER " ORDER BY s.starts_at, w.show_id, w.priority DESC, w.seq"

/* Texts are told apart by their address, so each reading has one of its own. */
static struct sql_statement *ask(struct sql *db, const struct reading *reading)
{
    const struct sql_value values[] = {sql_n(reading->id), sql_n(reading->now)};

    switch (reading->what) {
    case OF_SHOW:
        return sql_ask(db,
                       COLUMNS " WHERE w.show_id = $1 AND w.state IN ('waiting', 'offered')"
                               " AND s.sale_stop > $2" BY_ORDER,
                       values, 2);
    case OF_ALL:
        return sql_ask(db,
                       COLUMNS " WHERE $1 = 0 AND s.starts_at > $2 - 86400000 AND s.sale_stop > $2"
                               " AND w.state IN ('waiting', 'offered')" BY_ORDER,
                       values, 2);
    case OF_ENTRY:
        return sql_ask(db, COLUMNS " WHERE w.id = $1", values, 2);
    case OF_CALLS:
        break;
    }
    return sql_ask(db,
                   COLUMNS " WHERE $1 = 0 AND w.state = 'offered' AND r.id IS NOT NULL"
                           " AND w.id IN (SELECT entry_id FROM calls WHERE outcome = '')"
                           " ORDER BY r.deadline, r.id",
                   values, 2);
}

/* The state as seen now: the offer has lapsed, or the show sells no more. */
static enum entry_state seen(const struct sql_statement *row, when_ms now)
{
    enum entry_state state = ENTRY_WAITING;

    (void)entry_parse(sql_text(row, 10), &state); /* the schema knows no other words */
    if (state == ENTRY_OFFERED && sql_is_null(row, 19))
        state = ENTRY_WAITING;
    if (state == ENTRY_WAITING && sql_number(row, 17) <= now)
        state = ENTRY_CLOSED;
    return state;
}

/* What belongs to an open offer. */
static void read_offer(const struct sql_statement *row, when_ms now, struct waiting_row *entry)
{
    entry->reservation.n = sql_number(row, 19);
    COPY(entry->code, 20);
    entry->deadline = sql_number(row, 21);
    entry->total = sql_number(row, 22);
    if (sql_number(row, 25) <= now)
        return;
    COPY(entry->caller, 23);
    entry->caller_operator = (int32_t)sql_number(row, 24);
    entry->claimed_until = sql_number(row, 25);
}

static void read_row(const struct sql_statement *row, when_ms now, struct waiting_row *entry)
{
    *entry = (struct waiting_row){.id = {sql_number(row, 0)},
                                  .show = {sql_number(row, 1)},
                                  .party = (int32_t)sql_number(row, 6),
                                  .wheelchairs = (int32_t)sql_number(row, 7),
                                  .passes = (int32_t)sql_number(row, 8),
                                  .state = seen(row, now),
                                  .present = sql_number(row, 11) != 0,
                                  .joined_at = sql_number(row, 12),
                                  .starts_at = sql_number(row, 16)};
    COPY(entry->name, 2);
    COPY(entry->phone, 3);
    COPY(entry->zone, 4);
    COPY(entry->note, 5);
    (void)fit_parse(sql_text(row, 9), &entry->fit);
    match_say(sql_text(row, 13), entry->reason, sizeof entry->reason);
    COPY(entry->title, 14);
    COPY(entry->hall, 15);
    if (entry->state == ENTRY_OFFERED)
        read_offer(row, now, entry);
}

/* Makes room for one row more. */
static bool grow(struct reading *reading)
{
    struct waiting_list *list = reading->list;

    list = grow_list(list, sizeof *list, sizeof list->rows[0], list ? list->n : 0, &reading->room);
    if (list)
        reading->list = list;
    return list != NULL;
}

/* The seats of an open offer, and their zones: "stalls", or "stalls, balcony". */
static void read_seats(struct sql *db, struct waiting_row *entry)
{
    size_t used = 0;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT t.label, t.zone FROM claims c JOIN seats t ON t.id = c.seat_id"
                " WHERE c.reservation_id = $1 ORDER BY c.seat_id",
                SQL_VALUES(sql_n(entry->reservation.n)));

    while (entry->n < PARTY_MAX && sql_row(row)) {
        const char *zone = sql_text(row, 1);
        size_t length = strlen(zone);

        COPY(entry->seats[entry->n], 0);
        entry->n++;
        if (strstr(entry->zones, zone) != NULL || used + length + 3 > sizeof entry->zones)
            continue;
        used += (size_t)snprintf(entry->zones + used, sizeof entry->zones - used, "%s%s",
                                 used > 0 ? ", " : "", zone);
    }
    sql_done(row);
}

/* The place of one entry among the live ones of its show. */
static int32_t position_of(struct sql *db, entry_id entry)
{
    return (int32_t)sql_one_number(
        db, 0,
        "SELECT count(*) + 1 FROM waiting_list w JOIN waiting_list me ON me.id = $1"
        " WHERE w.show_id = me.show_id AND w.state IN ('waiting', 'offered')"
        " AND (w.priority > me.priority OR (w.priority = me.priority AND w.seq < me.seq))",
        SQL_VALUES(sql_n(entry.n)));
}

/* Numbers the entries: whole lists are read in their order, so that no one need be counted. */
static void read_positions(struct sql *db, const struct reading *reading)
{
    bool whole = reading->what == OF_SHOW || reading->what == OF_ALL;
    struct waiting_row *rows = reading->list->rows;

    for (size_t i = 0; i < reading->list->n; i++) {
        if (whole)
            rows[i].position =
                i > 0 && rows[i - 1].show.n == rows[i].show.n ? rows[i - 1].position + 1 : 1;
        else if (rows[i].state == ENTRY_WAITING || rows[i].state == ENTRY_OFFERED)
            rows[i].position = position_of(db, rows[i].id);
    }
}

/* What other tables say of an entry: earlier calls, seats kept for it, seats offered. */
static void read_more(struct sql *db, struct waiting_row *entry)
{
    entry->tried = (int32_t)sql_one_number(
        db, 0,
        "SELECT count(*) FROM reservations r JOIN calls k ON k.reservation_id = r.id"
        " WHERE r.entry_id = $1 AND k.outcome = 'no answer'",
        SQL_VALUES(sql_n(entry->id.n)));
    entry->kept = (int32_t)sql_one_number(
        db, 0,
        "SELECT count(*) FROM claims WHERE show_id = $1 AND state = 'returned' AND entry_id = $2",
        SQL_VALUES(sql_n(entry->show.n), sql_n(entry->id.n)));
    if (entry->reservation.n != 0)
        read_seats(db, entry);
}

static bool read_work(struct sql *db, void *context)
{
    struct reading *reading = context;
    struct sql_statement *row = ask(db, reading);

    if (reading->list)
        reading->list->n = 0;
    reading->no_memory = !grow(reading);
    while (!reading->no_memory && sql_row(row)) {
        read_row(row, reading->now, &reading->list->rows[reading->list->n++]);
        reading->no_memory = !grow(reading);
    }
    sql_done(row);
    for (size_t i = 0; !reading->no_memory && i < reading->list->n; i++)
        read_more(db, &reading->list->rows[i]);
    if (!reading->no_memory)
        read_positions(db, reading);
    return !reading->no_memory;
}

static enum rc read_list(struct sql *db, struct reading *reading, struct waiting_list **list,
                         struct fault *why)
{
    enum sql_rc rc = sql_read(db, read_work, reading);

    *list = NULL;
    if (rc == SQL_OK) {
        *list = reading->list;
        return RC_OK;
    }
    free(reading->list);
    if (reading->no_memory)
        return fault_set(why, RC_NO_MEMORY, _("no memory for the waiting list"));
    return verb_storage_fault(db, rc, why);
}

enum rc waiting_read(struct sql *db, show_id show, when_ms now, struct waiting_list **list,
                     struct fault *why)
{
    struct reading reading = {.what = show.n != 0 ? OF_SHOW : OF_ALL, .id = show.n, .now = now};

    return read_list(db, &reading, list, why);
}

enum rc waiting_entry(struct sql *db, entry_id entry, when_ms now, struct waiting_list **list,
                      struct fault *why)
{
    struct reading reading = {.what = OF_ENTRY, .id = entry.n, .now = now};
    enum rc rc = read_list(db, &reading, list, why);

    if (rc != RC_OK || (*list)->n == 1)
        return rc;
    free(*list);
    *list = NULL;
    return fault_set(why, RC_NOT_FOUND, _("there is no waiting party %" PRId64), entry.n);
}

enum rc waiting_calls(struct sql *db, when_ms now, struct waiting_list **list, struct fault *why)
{
    struct reading reading = {.what = OF_CALLS, .now = now};

    return read_list(db, &reading, list, why);
}
