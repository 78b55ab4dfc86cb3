#include "core/desk/halls.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/gather.h"
#include "core/desk/journal.h"
#include "core/desk/staff.h"

enum { NAME_KEY_SIZE = 3 * NAME_SIZE, SEAT_VALUES = 9 };

static void insert_seats(struct sql *db, hall_id hall, const struct plan *plan,
                         struct sql_value *values)
{
    for (size_t i = 0; i < plan->n; i++) {
        const struct plan_seat *seat = &plan->seats[i];
        const struct sql_value row[SEAT_VALUES] = {
            sql_n(hall.n),
            sql_t(seat->label),
            sql_t(plan->blocks[seat->block]),
            sql_t(plan->zones[seat->zone]),
            sql_t(seat_kind_text((enum seat_kind)seat->kind)),
            sql_t(seat->row_name),
            sql_n(seat->number),
            sql_n(seat->row),
            sql_n(seat->column),
        };

        memcpy(values + i * SEAT_VALUES, row, sizeof row);
    }
    sql_each(db,
             "INSERT INTO seats (hall_id, label, block, zone, kind, row_name, number, grid_row,"
             " grid_col) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
             values, SEAT_VALUES, plan->n);
}

/* Its id; 0 when there is a hall of that name. */
static int64_t insert_hall(struct sql *db, const struct ask *ask, const struct plan *plan,
                           const char *key)
{
    return sql_one_number(db, 0,
                          "INSERT INTO halls (name, name_key, grid_rows, grid_cols, created_at)"
                          " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name_key) DO NOTHING"
                          " RETURNING id",
                          SQL_VALUES(sql_t(plan->name), sql_t(key), sql_n(plan->rows),
                                     sql_n(plan->columns), sql_n(ask->now)));
}

enum rc halls_insert(struct sql *db, const struct ask *ask, const struct plan *plan, hall_id *hall,
                     struct fault *why)
{
    char key[NAME_KEY_SIZE];
    struct sql_value *values = NULL;
    enum rc rc = text_check(_("hall name"), plan->name, NAME_SIZE - 1, why);

    if (rc != RC_OK)
        return rc;
    if (plan->name[0] == '\0' || !text_key(plan->name, key, sizeof key))
        return fault_set(why, RC_BAD_INPUT, _("the hall has no name"));
    values = calloc(plan->n, SEAT_VALUES * sizeof *values);
    if (values == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    hall->n = insert_hall(db, ask, plan, key);
    if (hall->n == 0) {
        free(values);
        return fault_set(why, RC_EXISTS, _("there is a hall %s already"), plan->name);
    }
    insert_seats(db, *hall, plan, values);
    free(values);
    journal_add(db, JOURNAL_HOUSE, ask, "hall_add", NULL,
                json_pack("{s:s, s:I, s:I}", "name", plan->name, "hall", (json_int_t)hall->n,
                          "seats", (json_int_t)plan->n));
    return RC_OK;
}

struct adding {
    const struct ask *ask;
    const struct plan *plan;
    struct told *told;
    hall_id hall;
};

static enum rc add(struct sql *db, void *context, struct fault *why)
{
    struct adding *adding = context;
    enum rc rc = staff_may(db, adding->ask, RIGHT_MANAGE, why);

    if (rc == RC_OK)
        rc = halls_insert(db, adding->ask, adding->plan, &adding->hall, why);
    if (rc == RC_OK)
        told_add(adding->told, HINT_PROGRAMME, (show_id){0}, 0);
    return rc;
}

enum rc hall_add(struct sql *db, const struct ask *ask, const struct plan *plan, hall_id *hall,
                 struct told *told, struct fault *why)
{
    struct adding adding = {.ask = ask, .plan = plan, .told = told};
    char digest[DIGEST_HEX];
    char *text = NULL;
    enum rc rc = plan_print(plan, &text);

    if (rc != RC_OK)
        return fault_set(why, rc, _("out of memory"));
    digest_hex(&(struct digest_part){text, strlen(text)}, 1, digest);
    free(text);
    rc = verb_do_bulk(db, ask, "hall_add", digest, add, &adding, told, why);
    if (rc == RC_OK && told->replayed)
        rc = hall_find(db, plan->name, &adding.hall, why);
    *hall = adding.hall;
    return rc;
}

static void fill_row(const struct sql_statement *rows, void *into)
{
    struct hall_row *row = into;

    row->id.n = sql_number(rows, 0);
    (void)snprintf(row->name, sizeof row->name, "%s", sql_text(rows, 1)); /* checked at the door */
    row->seats = (int32_t)sql_number(rows, 2);
    row->wheelchairs = (int32_t)sql_number(rows, 3);
    row->zones = (int32_t)sql_number(rows, 4);
    row->shows = (int32_t)sql_number(rows, 5);
}

enum rc halls_read(struct sql *db, when_ms now, struct hall_list **list, struct fault *why)
{
    enum rc rc;
    struct sql_statement *rows =
        sql_ask(db,
                "SELECT h.id, h.name, (SELECT count(*) FROM seats s WHERE s.hall_id = h.id),"
                " (SELECT count(*) FROM seats s WHERE s.hall_id = h.id AND s.kind = 'wheelchair'),"
                " (SELECT count(DISTINCT s.zone) FROM seats s WHERE s.hall_id = h.id),"
                " (SELECT count(*) FROM shows w WHERE w.hall_id = h.id AND w.starts_at > $1"
                "   AND w.state = 'on')"
                " FROM halls h ORDER BY h.id",
                SQL_VALUES(sql_n(now)));

    *list = gather_rows(db, rows, offsetof(struct hall_list, rows), sizeof(*list)->rows[0],
                        fill_row, &rc, why);
    return rc;
}

/* The id that `name` is in digits; 0 when it is none. */
static int64_t id_of(const char *name)
{
    size_t n = strspn(name, "0123456789");

    return n == 0 || n > 18 || name[n] != '\0' ? 0 : strtoll(name, NULL, 10);
}

enum rc hall_find(struct sql *db, const char *name, hall_id *hall, struct fault *why)
{
    char tidy[NAME_SIZE];
    char key[NAME_KEY_SIZE];
    char shown[NAME_SIZE];

    if (!text_tidy(name, tidy, sizeof tidy) || !text_key(tidy, key, sizeof key))
        key[0] = '\0';
    /* A hall may be called 2: a name goes before a number. */
    hall->n = sql_one_number(db, 0,
                             "SELECT id FROM halls WHERE name_key = $1 OR id = $2"
                             " ORDER BY CASE WHEN name_key = $1 THEN 0 ELSE 1 END LIMIT 1",
                             SQL_VALUES(sql_t(key), sql_n(id_of(name))));
    if (hall->n != 0)
        return RC_OK;
    if (sql_failed(db) != SQL_OK)
        return verb_storage_fault(db, sql_failed(db), why);
    return fault_set(why, RC_NOT_FOUND, _("there is no hall %s"),
                     text_escape(name, shown, sizeof shown));
}
