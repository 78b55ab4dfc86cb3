#include "core/desk/sight.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/grow.h"
#include "core/desk/tidy.h"

static int by_id(const void *a, const void *b)
{
    const struct sight_booking *x = a;
    const struct sight_booking *y = b;

    return (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

static struct sight_booking *more(struct sight *sight)
{
    struct sight_booking *bookings =
        grow_list(sight->bookings, 0, sizeof *bookings, sight->n, &sight->room);

    if (bookings == NULL)
        return NULL;
    sight->bookings = bookings;
    return &sight->bookings[sight->n++];
}

static bool read_bookings(struct sight *sight, struct sql_statement *rows)
{
    while (sql_row(rows)) {
        struct sight_booking *booking = more(sight);

        if (booking == NULL) {
            sql_done(rows);
            return false;
        }
        booking->id.n = sql_number(rows, 0);
        booking->offered = strcmp(sql_text(rows, 1), "offered") == 0;
        booking->deadline = sql_number(rows, 2);
        (void)snprintf(booking->code, sizeof booking->code, "%s", sql_text(rows, 3));
    }
    if (sight->n > 1)
        qsort(sight->bookings, sight->n, sizeof *sight->bookings, by_id);
    return true;
}

bool sight_init(struct sight *sight, struct sql *db, const struct show_row *row, when_ms now,
                bool codes)
{
    *sight = (struct sight){.now = now, .starts_at = row->starts_at};
    sight->anyone_waits = row->waiting > 0;
    return read_bookings(
        sight, codes ? sql_ask(db, SIGHT_BOOKINGS, SQL_VALUES(sql_n(row->id.n)))
                     : sql_ask(db, SIGHT_OVERDUE, SQL_VALUES(sql_n(row->id.n), sql_n(now))));
}

void sight_fini(struct sight *sight)
{
    free(sight->bookings);
    *sight = (struct sight){0};
}

const struct sight_booking *sight_booking(const struct sight *sight, reservation_id id)
{
    struct sight_booking wanted = {.id = id};

    if (sight->n == 0)
        return NULL;
    return bsearch(&wanted, sight->bookings, sight->n, sizeof wanted, by_id);
}

enum claim_state sight_state(const struct sight *sight, const char *stored, when_ms until,
                             reservation_id id)
{
    enum claim_state state = CLAIM_FREE;
    const struct sight_booking *booking = NULL;

    (void)claim_parse(stored, &state); /* the schema knows no other words */
    if (state == CLAIM_RESERVED) {
        booking = sight_booking(sight, id);
        until = booking != NULL ? booking->deadline : 0;
        if (until == 0)
            return state;
    }
    return tidy_seen(state, until, sight->now, sight->starts_at, sight->anyone_waits);
}

void sight_count(struct show_row *row, enum claim_state state)
{
    switch (state) {
    case CLAIM_FREE:
        break;
    case CLAIM_HELD:
        row->held++;
        break;
    case CLAIM_RESERVED:
        row->reserved++;
        break;
    case CLAIM_SOLD:
        row->sold++;
        break;
    case CLAIM_RETURNED:
        row->returned++;
        break;
    case CLAIM_BLOCKED:
        row->blocked++;
        break;
    }
}

void sight_free(struct show_row *row)
{
    row->free = row->seats - row->held - row->reserved - row->sold - row->returned - row->blocked;
}
