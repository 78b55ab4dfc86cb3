/* A schedule that was read from a file, put into the programme: all of it or nothing. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/house.h"
#include "core/desk/programme.h"
#include "core/desk/staff.h"
#include "core/rules/schedule.h"

struct trouble {
    int line;
    char what[FAULT_TEXT];
};

/* One import; everything from `n_troubles` on is made anew when its transaction is rerun. */
struct timetable {
    const struct ask *ask;
    const struct schedule_row *rows;
    size_t n;
    int64_t sale_stop_min;
    struct told *told;
    struct trouble *troubles; /* at most one a row, `n` of them */
    hall_id *halls;           /* of each row */
    size_t n_troubles;
};

static enum rc check_row(struct sql *db, const struct schedule_row *row, hall_id *hall,
                         struct fault *why)
{
    enum rc rc = hall_find(db, row->hall, hall, why);

    if (rc != RC_OK)
        return rc;
    return programme_overlap(db, *hall, row->starts_at, row->starts_at + row->minutes * WHEN_MINUTE,
                             why);
}

/* Looks at every row, so that all problems are told at once. */
static bool check_all(struct sql *db, void *context)
{
    struct timetable *table = context;
    struct fault fault;

    table->n_troubles = 0;
    for (size_t i = 0; i < table->n; i++) {
        const struct schedule_row *row = &table->rows[i];

        if (check_row(db, row, &table->halls[i], &fault) != RC_OK) {
            struct trouble *trouble = &table->troubles[table->n_troubles++];

            trouble->line = row->line;
            memcpy(trouble->what, fault.text, sizeof trouble->what);
        }
    }
    return table->n_troubles == 0;
}

static enum rc refuse(const struct timetable *table, struct fault *why)
{
    const struct trouble *first = table->troubles;

    return fault_set(why, RC_REFUSED, _("line %d: %s"), first->line, first->what);
}

static enum rc add_all(struct sql *db, void *context, struct fault *why)
{
    struct timetable *table = context;
    enum rc rc = staff_may(db, table->ask, RIGHT_MANAGE, why);

    if (rc != RC_OK)
        return rc;
    if (!check_all(db, context))
        return refuse(table, why);
    for (size_t i = 0; i < table->n && rc == RC_OK; i++) {
        const struct schedule_row *row = &table->rows[i];
        struct show_reply reply = {0};
        struct show_add_request request = {.ask = *table->ask,
                                           .hall = table->halls[i],
                                           .starts_at = row->starts_at,
                                           .minutes = row->minutes,
                                           .sale_stop_min = table->sale_stop_min,
                                           .n_prices = 1,
                                           .prices[0].amount = row->price};

        memcpy(request.title, row->title, sizeof request.title);
        rc = programme_add(db, &request, &reply, why);
        if (rc != RC_OK) { /* two rows of the file, in one hall by two names */
            struct trouble *trouble = &table->troubles[table->n_troubles++];

            trouble->line = row->line;
            (void)snprintf(trouble->what, sizeof trouble->what, "%s", why->text);
            rc = refuse(table, why);
        }
    }
    told_add(table->told, HINT_PROGRAMME, (show_id){0}, 0);
    return rc;
}

static void digest_rows(const struct timetable *table, char hex[static DIGEST_HEX],
                        struct digest_part *parts)
{
    for (size_t i = 0; i < table->n; i++) {
        const struct schedule_row *row = &table->rows[i];
        struct digest_part *part = &parts[5 * i];

        part[0] = (struct digest_part){row->title, strlen(row->title)};
        part[1] = (struct digest_part){row->hall, strlen(row->hall)};
        part[2] = (struct digest_part){&row->starts_at, sizeof row->starts_at};
        part[3] = (struct digest_part){&row->minutes, sizeof row->minutes};
        part[4] = (struct digest_part){&row->price, sizeof row->price};
    }
    digest_hex(parts, 5 * table->n, hex);
}

static enum rc do_it(struct sql *db, struct timetable *table, bool dry_run,
                     struct digest_part *parts, struct fault *why)
{
    char digest[DIGEST_HEX];
    enum sql_rc rc = SQL_OK;

    if (!dry_run) {
        digest_rows(table, digest, parts);
        return verb_do_bulk(db, table->ask, "schedule", digest, add_all, table, table->told, why);
    }
    rc = sql_read(db, check_all, table);
    if (rc == SQL_ROLLED_BACK)
        return refuse(table, why);
    return rc == SQL_OK ? RC_OK : verb_storage_fault(db, rc, why);
}

enum rc house_schedule(struct sql *db, const struct ask *ask, const struct schedule_row *rows,
                       size_t n, int64_t sale_stop_min, bool dry_run,
                       void (*problem)(void *context, int line, const char *what), void *context,
                       struct told *told, struct fault *why)
{
    struct fault own;
    struct timetable table = {
        .ask = ask, .rows = rows, .n = n, .sale_stop_min = sale_stop_min, .told = told};
    struct digest_part *parts = calloc(n + 1, 5 * sizeof *parts);
    enum rc rc = RC_NO_MEMORY;

    *told = (struct told){0};
    if (why == NULL)
        why = &own;
    table.troubles = calloc(n + 1, sizeof *table.troubles);
    table.halls = calloc(n + 1, sizeof *table.halls);
    if (parts != NULL && table.troubles != NULL && table.halls != NULL)
        rc = do_it(db, &table, dry_run, parts, why);
    else
        (void)fault_set(why, rc, _("out of memory"));
    for (size_t i = 0; i < table.n_troubles && rc == RC_REFUSED && problem != NULL; i++)
        problem(context, table.troubles[i].line, table.troubles[i].what);
    free(table.halls);
    free(table.troubles);
    free(parts);
    return rc;
}
