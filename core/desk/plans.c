/* The plans of halls as a connection keeps them (map.h). */
#include "core/base/words.h"
#include "core/desk/map.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/grow.h"

/* What hangs on the connection. */
struct plans {
    size_t n;
    struct kept_plan {
        hall_id hall;
        struct plan *plan;
    } * kept;
};

static void plans_release(void *thing)
{
    struct plans *plans = thing;

    for (size_t i = 0; i < plans->n; i++)
        plan_free(&plans->kept[i].plan);
    free(plans->kept);
    free(plans);
}

/* The index of a name in a list of zones or blocks, added when it is new; false: too many. */
static bool place_of(char (*names)[ZONE_SIZE], uint8_t *n, const char *name, uint8_t *place)
{
    uint8_t i = 0;

    while (i < *n && strcmp(names[i], name) != 0)
        i++;
    if (i == PLAN_ZONES_MAX)
        return false;
    if (i == *n) {
        snprintf(names[i], ZONE_SIZE, "%s", name);
        ++*n;
    }
    *place = i;
    return true;
}

static uint8_t kind_of(const char *word)
{
#define KIND_OF(name, letter, text) \
    if (strcmp(word, text) == 0)    \
        return SEAT_##name;
    SEAT_KINDS(KIND_OF)
#undef KIND_OF
    return SEAT_STANDARD;
}

static bool read_seat(const struct sql_statement *row, struct plan *plan, struct plan_seat *seat)
{
    *seat = (struct plan_seat){.id = {sql_number(row, 0)},
                               .row = (int16_t)sql_number(row, 1),
                               .column = (int16_t)sql_number(row, 2),
                               .number = (int16_t)sql_number(row, 3),
                               .kind = kind_of(sql_text(row, 4))};
    snprintf(seat->row_name, sizeof seat->row_name, "%s", sql_text(row, 5));
    return place_of(plan->zones, &plan->n_zones, sql_text(row, 6), &seat->zone) &&
           place_of(plan->blocks, &plan->n_blocks, sql_text(row, 7), &seat->block);
}

static bool read_seats(struct sql *db, hall_id hall, struct plan *plan)
{
    bool read = true;
    size_t room = 0;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT id, grid_row, grid_col, number, kind, row_name, zone, block FROM seats"
                " WHERE hall_id = $1 ORDER BY grid_row, grid_col",
                SQL_VALUES(sql_n(hall.n)));

    while (read && sql_row(rows)) {
        struct plan_seat *seats = grow_list(plan->seats, 0, sizeof *seats, plan->n, &room);

        read = seats != NULL;
        if (!read)
            break;
        plan->seats = seats;
        read = read_seat(rows, plan, &plan->seats[plan->n]);
        plan->n++;
    }
    sql_done(rows);
    return read;
}

enum rc map_plan(struct sql *db, hall_id hall, struct plan **plan, struct fault *why)
{
    enum rc rc;
    struct plan *made = calloc(1, sizeof *made);
    struct sql_statement *row;

    *plan = NULL;
    if (made == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    row = sql_ask(db, "SELECT name, grid_rows, grid_cols FROM halls WHERE id = $1",
                  SQL_VALUES(sql_n(hall.n)));
    if (sql_row(row)) {
        snprintf(made->name, sizeof made->name, "%s", sql_text(row, 0));
        made->rows = (int16_t)sql_number(row, 1);
        made->columns = (int16_t)sql_number(row, 2);
        sql_done(row);
        rc = read_seats(db, hall, made) ? plan_finish(made, why)
                                        : fault_set(why, RC_NO_MEMORY, _("out of memory"));
    } else {
        rc = fault_set(why, RC_NOT_FOUND, _("there is no hall %" PRId64), hall.n);
    }
    if (sql_failed(db) != SQL_OK)
        rc = verb_storage_fault(db, sql_failed(db), why);
    if (rc == RC_OK)
        *plan = made;
    else
        plan_free(&made);
    return rc;
}

/* The connection's plans, made when there are none; NULL without memory. */
static struct plans *plans_of(struct sql *db)
{
    struct plans *plans = sql_kept(db);

    if (plans == NULL) {
        plans = calloc(1, sizeof *plans);
        if (plans != NULL)
            sql_keep(db, plans, plans_release);
    }
    return plans;
}

const struct plan *map_plan_kept(struct sql *db, hall_id hall)
{
    struct plans *plans = plans_of(db);
    struct kept_plan *kept;
    struct plan *plan;

    if (plans == NULL)
        return NULL;
    for (size_t i = 0; i < plans->n; i++)
        if (plans->kept[i].hall.n == hall.n)
            return plans->kept[i].plan;
    if (map_plan(db, hall, &plan, NULL) != RC_OK)
        return NULL;
    kept = realloc(plans->kept, (plans->n + 1) * sizeof *kept);
    if (kept == NULL) {
        plan_free(&plan);
        return NULL;
    }
    kept[plans->n] = (struct kept_plan){hall, plan};
    plans->kept = kept;
    plans->n++;
    return plan;
}
