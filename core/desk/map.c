#include "core/desk/map.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/shows.h"
#include "core/desk/sight.h"
#include "core/rules/pick.h"

/* What one read transaction of a map needs and makes. */
struct reading {
    show_id show;
    const char *basket;
    when_ms now;
    struct map *map; /* heap; freed by a rerun */
    bool missing;
};

static void read_types(struct sql *db, struct map *map)
{
    struct sql_statement *rows = sql_ask(
        db, "SELECT id, digit, name, COALESCE(tax, -1), retired FROM ticket_types ORDER BY digit",
        NULL, 0);

    while (sql_row(rows)) {
        struct type_row *type = &map->types[map->n_types];

        if (map->n_types == TYPES_MAX)
            break;
        type->id.n = sql_number(rows, 0);
        type->digit = (int32_t)sql_number(rows, 1);
        (void)snprintf(type->name, sizeof type->name, "%s", sql_text(rows, 2));
        type->tax = (int32_t)sql_number(rows, 3);
        type->retired = sql_number(rows, 4) != 0;
        map->n_types++;
    }
    sql_done(rows);
}

static int zone_of(const struct plan *plan, const char *name)
{
    for (int i = 0; i < plan->n_zones; i++) {
        if (strcmp(plan->zones[i], name) == 0)
            return i;
    }
    return -1;
}

static int type_of(const struct map *map, int64_t id)
{
    for (int i = 0; i < map->n_types; i++) {
        if (map->types[i].id.n == id)
            return i;
    }
    return -1;
}

static void read_prices(struct sql *db, const struct plan *plan, struct map *map)
{
    struct sql_statement *rows =
        sql_ask(db, "SELECT zone, type_id, amount FROM prices WHERE show_id = $1",
                SQL_VALUES(sql_n(map->show.id.n)));

    while (sql_row(rows)) {
        int zone = zone_of(plan, sql_text(rows, 0));
        int type = type_of(map, sql_number(rows, 1));

        if (zone >= 0 && type >= 0)
            map->prices[zone][type] = sql_number(rows, 2);
    }
}

/* Columns of SIGHT_CLAIMS. */
enum { SEAT, STATE, OWNER, SINCE, UNTIL, RESERVATION, ENTRY, TYPE, AMOUNT, REASON, TERMINAL };

/* Texts that were checked at the door fit. A map of a thousand seats copies a thousand of them. */
static void copy(char *to, size_t size, const char *text)
{
    size_t n = strnlen(text, size - 1);

    memcpy(to, text, n);
    to[n] = '\0';
}

/* One claim onto its seat; a claim that reads as free at this time leaves no trace. */
static void read_claim(const struct sql_statement *rows, const struct sight *sight,
                       const char *basket, struct map_seat *seat)
{
    reservation_id reservation = {sql_number(rows, RESERVATION)};
    const struct sight_booking *booking = NULL;
    enum claim_state state =
        sight_state(sight, sql_text(rows, STATE), sql_number(rows, UNTIL), reservation);

    if (state == CLAIM_FREE)
        return;
    seat->state = (uint8_t)state;
    seat->since = sql_number(rows, SINCE);
    if (state == CLAIM_HELD || state == CLAIM_BLOCKED || state == CLAIM_SOLD ||
        state == CLAIM_RESERVED) {
        seat->type.n = sql_number(rows, TYPE);
        seat->amount = sql_number(rows, AMOUNT);
        copy(seat->terminal, sizeof seat->terminal, sql_text(rows, TERMINAL));
        if (state == CLAIM_BLOCKED)
            copy(seat->reason, sizeof seat->reason, sql_text(rows, REASON));
    }
    if (state == CLAIM_HELD) {
        seat->until = sql_number(rows, UNTIL);
        seat->mine = basket[0] != '\0' && strcmp(basket, sql_text(rows, OWNER)) == 0;
    } else if (state == CLAIM_RETURNED) {
        seat->entry.n = sql_number(rows, ENTRY);
        seat->kept = seat->entry.n != 0;
    } else if (state == CLAIM_RESERVED || state == CLAIM_SOLD) {
        seat->reservation = reservation;
        booking = sight_booking(sight, reservation);
    }
    if (booking != NULL) {
        seat->offered = booking->offered;
        seat->until = state == CLAIM_RESERVED ? booking->deadline : 0;
        memcpy(seat->code, booking->code, sizeof seat->code);
    }
}

static void read_claims(struct sql *db, const struct plan *plan, const struct sight *sight,
                        const char *basket, struct map *map)
{
    struct sql_statement *rows = sql_ask(db, SIGHT_CLAIMS, SQL_VALUES(sql_n(map->show.id.n)));
    size_t at = 0;

    while (sql_row(rows)) {
        /* Both rise by the seat's id. */
        while (at < plan->n && plan->seats[at].id.n < sql_number(rows, SEAT))
            at++;
        if (at == plan->n)
            break;
        if (plan->seats[at].id.n != sql_number(rows, SEAT))
            continue;
        read_claim(rows, sight, basket, &map->seats[at]);
        sight_count(&map->show, (enum claim_state)map->seats[at].state);
    }
    sql_done(rows);
}

/* False: out of memory. */
static bool longest_free(const struct plan *plan, struct map *map)
{
    uint8_t *open = malloc(plan->n + 1);

    if (open == NULL)
        return false;
    for (size_t i = 0; i < plan->n; i++)
        open[i] = map->seats[i].state == CLAIM_FREE;
    map->show.together = pick_longest(plan, open);
    free(open);
    return true;
}

static bool read_all(struct sql *db, void *context)
{
    struct reading *reading = context;
    struct sight sight = {0};
    const struct plan *plan = NULL;
    struct show_row row;
    bool done = false;

    free(reading->map);
    reading->map = NULL;
    reading->missing = !shows_row(db, reading->show, &row);
    if (reading->missing)
        return false;
    plan = map_plan_kept(db, row.hall);
    if (plan != NULL)
        reading->map = calloc(1, sizeof *reading->map + plan->n * sizeof reading->map->seats[0]);
    if (reading->map == NULL)
        return false;
    reading->map->show = row;
    reading->map->show.seats = (int32_t)plan->n;
    reading->map->n = plan->n;
    read_types(db, reading->map);
    read_prices(db, plan, reading->map);
    done = sight_init(&sight, db, &row, reading->now, true);
    if (done) {
        read_claims(db, plan, &sight, reading->basket, reading->map);
        sight_free(&reading->map->show);
        done = longest_free(plan, reading->map);
    }
    sight_fini(&sight);
    return done;
}

enum rc map_read(struct sql *db, show_id show, const char *basket, when_ms now, struct map **map,
                 struct fault *why)
{
    struct reading reading = {.show = show, .basket = basket, .now = now};
    enum sql_rc rc = sql_read(db, read_all, &reading);

    *map = NULL;
    if (rc == SQL_OK) {
        *map = reading.map;
        return RC_OK;
    }
    free(reading.map);
    if (rc != SQL_ROLLED_BACK)
        return verb_storage_fault(db, rc, why);
    if (reading.missing)
        return fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
    return fault_set(why, RC_NO_MEMORY, _("out of memory"));
}

int64_t map_rev(struct sql *db, show_id show)
{
    return sql_one_number(db, 0, "SELECT rev FROM shows WHERE id = $1", SQL_VALUES(sql_n(show.n)));
}
