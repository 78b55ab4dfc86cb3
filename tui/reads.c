#include "tui/reads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/basket.h"
#include "tui/reads_booking.h"

enum { SAME_TITLE_MOST = 8 };

static enum rc no_memory(struct fault *why)
{
    return fault_set(why, RC_NO_MEMORY, _("no memory for what was read"));
}

/* What no longer sells does not stand on today. */
static void drop_over(struct show_list *shows, when_ms now)
{
    size_t kept = 0;

    for (size_t i = 0; i < shows->n; i++)
        if (shows->rows[i].sale_stop > now)
            shows->rows[kept++] = shows->rows[i];
    shows->n = kept;
}

static enum rc read_day(struct sql *db, const union read_args *args, void **result,
                        struct fault *why)
{
    struct day_view *view = calloc(1, sizeof *view);
    when_ms from, to;

    if (!view)
        return no_memory(why);
    when_ms now = sql_now(db);
    int32_t day = args->day.day;
    when_day_span(day, &from, &to);
    view->day = day;
    /* Shows of the night before that still sell stand on today alone. */
    enum rc rc =
        shows_read(db, from, to, day == when_day(now) ? now : from, false, &view->shows, why);
    if (rc != RC_OK) {
        free(view);
        return rc;
    }
    if (day == when_day(now))
        drop_over(view->shows, now);
    view->next = shows_next_start(db, to - 1);
    *result = view;
    return RC_OK;
}

static enum rc read_same_title(struct sql *db, const union read_args *args, void **result,
                               struct fault *why)
{
    return shows_same_title(db, args->show.show, sql_now(db), SAME_TITLE_MOST,
                            (struct show_list **)result, why);
}

static enum rc read_map(struct sql *db, const union read_args *args, void **result,
                        struct fault *why)
{
    return map_read(db, args->show.show, args->show.basket, sql_now(db), (struct map **)result,
                    why);
}

static enum rc read_plan(struct sql *db, const union read_args *args, void **result,
                         struct fault *why)
{
    return map_plan(db, args->hall.hall, (struct plan **)result, why);
}

static enum rc read_waiting(struct sql *db, const union read_args *args, void **result,
                            struct fault *why)
{
    return waiting_read(db, args->show.show, sql_now(db), (struct waiting_list **)result, why);
}

static enum rc read_entry(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    return waiting_entry(db, args->entry.entry, sql_now(db), (struct waiting_list **)result, why);
}

static enum rc read_calls(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    (void)args;
    return waiting_calls(db, sql_now(db), (struct waiting_list **)result, why);
}

static enum rc read_revs(struct sql *db, const union read_args *args, void **result,
                         struct fault *why)
{
    struct read_revs *revs = malloc(sizeof *revs);

    if (!revs)
        return no_memory(why);
    *revs = args->revs;
    for (int32_t i = 0; i < revs->n; i++) {
        revs->revs[i] = map_rev(db, revs->shows[i]);
        if (sql_failed(db) != SQL_OK) {
            free(revs);
            return verb_storage_fault(db, sql_failed(db), why);
        }
    }
    *result = revs;
    return RC_OK;
}

static enum rc read_terminals(struct sql *db, const union read_args *args, void **result,
                              struct fault *why)
{
    (void)args;
    return terminals_read(db, sql_now(db), (struct terminal_list **)result, why);
}

static enum rc read_lease(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    struct lease_row *row = calloc(1, sizeof *row);

    (void)args;
    if (!row)
        return no_memory(why);
    enum rc rc = lease_read(db, row, why);
    if (rc == RC_OK)
        *result = row;
    else
        free(row);
    return rc;
}

static enum rc read_due(struct sql *db, const union read_args *args, void **result,
                        struct fault *why)
{
    struct due_shows *due = calloc(1, sizeof *due);

    (void)args;
    if (!due)
        return no_memory(why);
    when_ms now = sql_now(db);
    due->assign = (int32_t)assign_list(db, now, due->assign_shows, DUE_MAX);
    due->tidy = (int32_t)tidy_list(db, now, due->tidy_shows, DUE_MAX);
    *result = due;
    return RC_OK;
}

static enum rc read_parked(struct sql *db, const union read_args *args, void **result,
                           struct fault *why)
{
    (void)args;
    return parked_read(db, sql_now(db), (struct parked_list **)result, why);
}

static enum rc read_venue(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    struct venue *venue = calloc(1, sizeof *venue);

    (void)args;
    if (!venue)
        return no_memory(why);
    enum rc rc = house_venue(db, venue, why);
    if (rc == RC_OK)
        *result = venue;
    else
        free(venue);
    return rc;
}

/* Fills one seat of a basket from the map and the plan. */
static void basket_seat(struct basket_seat *seat, const struct map *map, const struct plan *plan,
                        size_t at)
{
    const struct plan_seat *place = &plan->seats[at];

    *seat = (struct basket_seat){
        .seat = place->id, .type = map->seats[at].type, .amount = map->seats[at].amount};
    snprintf(seat->label, sizeof seat->label, "%s", place->label);
    snprintf(seat->zone, sizeof seat->zone, "%s", plan->zones[place->zone]);
    for (int32_t i = 0; i < map->n_types; i++)
        if (map->types[i].id.n == seat->type.n) {
            seat->digit = map->types[i].digit;
            seat->tax = map->types[i].tax;
            snprintf(seat->type_name, sizeof seat->type_name, "%s", map->types[i].name);
        }
}

/* Adds the seats of one show behind those that are there. */
static void basket_fill(struct basket *basket, const struct map *map, const struct plan *plan)
{
    size_t n = map->n < plan->n ? map->n : plan->n;
    struct basket_part part = {.show = map->show.id,
                               .hall = map->show.hall,
                               .starts_at = map->show.starts_at,
                               .from = basket->n_all};

    for (size_t i = 0; i < n && basket->n_all < BASKET_MAX; i++) {
        if (!map->seats[i].mine)
            continue;
        struct basket_seat *seat = &basket->seats[basket->n_all++];
        basket_seat(seat, map, plan, i);
        part.n++;
        part.total += seat->amount;
        if (basket->until == 0 || map->seats[i].until < basket->until)
            basket->until = map->seats[i].until;
    }
    if (part.n == 0 || basket->n_parts == BASKET_SHOWS)
        return;
    snprintf(part.title, sizeof part.title, "%s", map->show.title);
    snprintf(part.hall_name, sizeof part.hall_name, "%s", map->show.hall_name);
    basket->total_all += part.total;
    basket->parts[basket->n_parts++] = part;
}

static enum rc basket_add(struct sql *db, show_id show, struct basket *basket, struct fault *why)
{
    struct map *map = NULL;
    enum rc rc = map_read(db, show, basket->key, sql_now(db), &map, why);
    const struct plan *plan = rc == RC_OK ? map_plan_kept(db, map->show.hall) : NULL;

    if (rc == RC_OK && !plan)
        rc = no_memory(why);
    if (rc == RC_OK)
        basket_fill(basket, map, plan);
    free(map);
    return rc;
}

/* The show that is asked for comes to hand, if there are seats of it; then the others. */
static enum rc read_basket(struct sql *db, const union read_args *args, void **result,
                           struct fault *why)
{
    struct basket *basket = calloc(1, sizeof *basket);
    show_id shows[BASKET_SHOWS];
    enum rc rc = RC_OK;

    if (!basket)
        return no_memory(why);
    snprintf(basket->key, sizeof basket->key, "%s", args->show.basket);
    int n = hold_shows(db, basket->key, sql_now(db), shows);
    if (args->show.show.n != 0)
        rc = basket_add(db, args->show.show, basket, why);
    for (int i = 0; i < n && rc == RC_OK; i++)
        if (shows[i].n != args->show.show.n)
            rc = basket_add(db, shows[i], basket, why);
    basket_settle(basket);
    if (rc == RC_OK)
        *result = basket;
    else
        free(basket);
    return rc;
}

static enum rc read_staff(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    (void)args;
    return staff_read(db, (struct staff_list **)result, why);
}

static enum rc read_types(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    (void)args;
    return ticket_types_read(db, (struct ticket_types **)result, why);
}

static enum rc read_pin(struct sql *db, const union read_args *args, void **result,
                        struct fault *why)
{
    const struct read_pin *pin = &args->pin;
    struct pin_verdict *verdict = calloc(1, sizeof *verdict);

    *result = verdict;
    if (!verdict)
        return no_memory(why);
    return staff_pin_try(db, pin->number, pin->pin, pin->pepper_file, verdict, why);
}

static enum rc read_new_pin(struct sql *db, const union read_args *args, void **result,
                            struct fault *why)
{
    const struct read_pin *pin = &args->pin;
    struct staff_request *request = calloc(1, sizeof *request);

    (void)db;
    *result = request;
    if (!request)
        return no_memory(why);
    request->number = pin->number;
    return staff_pin_make(pin->pin, pin->pepper_file, request, why);
}

static enum rc read_till(struct sql *db, const union read_args *args, void **result,
                         struct fault *why)
{
    struct till *till = calloc(1, sizeof *till);
    enum rc rc;

    if (!till)
        return no_memory(why);
    if (args->till.till.n != 0)
        rc = till_read(db, args->till.till, till, why);
    else if (args->till.closed)
        rc = till_closed_before(db, args->till.drawer, args->till.before, till, why);
    else
        rc = till_of_drawer(db, args->till.drawer, till, why);
    if (rc == RC_OK)
        *result = till;
    else
        free(till);
    return rc;
}

static enum rc read_report(struct sql *db, const union read_args *args, void **result,
                           struct fault *why)
{
    struct report **report = (struct report **)result;

    if (args->report.till.n != 0)
        return report_till(db, args->report.till, sql_now(db), report, why);
    return report_day(db, args->report.day, report, why);
}

static enum rc read_sales(struct sql *db, const union read_args *args, void **result,
                          struct fault *why)
{
    return sales_read(db, args->sales.till, args->sales.terminal, sql_now(db),
                      (struct sale_list **)result, why);
}

typedef enum rc read_function(struct sql *db, const union read_args *args, void **result,
                              struct fault *why);

enum rc read_run(struct sql *db, enum read_id id, const union read_args *args, void **result,
                 struct fault *why)
{
    static read_function *const functions[READ_COUNT] = {
        [READ_TICKETS] = reads_tickets,
        [READ_DAY] = read_day,
        [READ_SAME_TITLE] = read_same_title,
        [READ_MAP] = read_map,
        [READ_PLAN] = read_plan,
        [READ_BOOKING] = reads_booking,
        [READ_FIND] = reads_find,
        [READ_WAITING] = read_waiting,
        [READ_ENTRY] = read_entry,
        [READ_CALLS] = read_calls,
        [READ_REVS] = read_revs,
        [READ_LEASE] = read_lease,
        [READ_TERMINALS] = read_terminals,
        [READ_DUE] = read_due,
        [READ_BASKET] = read_basket,
        [READ_PARKED] = read_parked,
        [READ_VENUE] = read_venue,
        [READ_STAFF] = read_staff,
        [READ_TYPES] = read_types,
        [READ_PIN] = read_pin,
        [READ_NEW_PIN] = read_new_pin,
        [READ_FOUND] = founding_read,
        [READ_TILL] = read_till,
        [READ_TWIN] = reads_twin,
        [READ_REPORT] = read_report,
        [READ_SALES] = read_sales,
        [READ_OWED] = reads_owed,
    };

    *result = NULL;
    return functions[id](db, args, result, why);
}

void read_free(enum read_id id, void **result)
{
    if (id == READ_PLAN) {
        struct plan *plan = *result;
        plan_free(&plan);
    } else if (id == READ_DAY && *result) {
        free(((struct day_view *)*result)->shows);
        free(*result);
    } else {
        free(*result);
    }
    *result = NULL;
}
