#include "core/desk/outlook.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/deadline.h"

static bool read_show(struct sql *db, struct outlook *outlook)
{
    struct sql_statement *row =
        sql_ask(db, "SELECT hall_id, rev, starts_at, sale_stop, state FROM shows WHERE id = $1",
                SQL_VALUES(sql_n(outlook->show.n)));

    if (!sql_row(row))
        return false;
    outlook->hall.n = sql_number(row, 0);
    outlook->rev = sql_number(row, 1);
    outlook->starts_at = sql_number(row, 2);
    outlook->sale_stop = sql_number(row, 3);
    outlook->on = strcmp(sql_text(row, 4), "on") == 0;
    sql_done(row);
    return true;
}

static int zone_of(const struct plan *plan, const char *zone)
{
    for (int i = 0; i < plan->n_zones; i++)
        if (strcmp(plan->zones[i], zone) == 0)
            return i;
    return -1;
}

static void read_prices(struct sql *db, struct outlook *outlook)
{
    struct sql_statement *row =
        sql_ask(db,
                "SELECT zone, amount, type_id FROM prices WHERE show_id = $1"
                " AND type_id = (SELECT id FROM ticket_types ORDER BY digit LIMIT 1)",
                SQL_VALUES(sql_n(outlook->show.n)));

    for (int i = 0; i < PLAN_ZONES_MAX; i++)
        outlook->prices[i] = -1;
    while (sql_row(row)) {
        int zone = zone_of(outlook->plan, sql_text(row, 0));

        if (zone >= 0)
            outlook->prices[zone] = sql_number(row, 1);
        outlook->type.n = sql_number(row, 2);
    }
}

/* Makes room for one entry more, doubling. */
static bool grow(struct outlook *outlook, size_t *room)
{
    size_t wanted = *room ? 2 * *room : 16;
    struct match_entry *entries;
    struct outlook_entry *stored;

    if (outlook->n < *room)
        return true;
    entries = realloc(outlook->entries, wanted * sizeof *entries);
    if (!entries)
        return false;
    outlook->entries = entries;
    stored = realloc(outlook->stored, wanted * sizeof *stored);
    if (!stored)
        return false;
    outlook->stored = stored;
    *room = wanted;
    return true;
}

/* The queue in its order: shortly before the start who stands at the counter comes first. */
static bool read_queue(struct sql *db, struct outlook *outlook, when_ms now)
{
    bool present_first = now >= outlook->starts_at - PRESENT_FIRST;
    bool memory = true;
    size_t room = 0;
    struct sql_statement *row =
        sql_ask(db,
                "SELECT id, party, fit, zone, wheelchairs, passes, reason FROM waiting_list"
                " WHERE show_id = $1 AND state = 'waiting'"
                " ORDER BY CASE WHEN $2 = 1 THEN present ELSE 0 END DESC, priority DESC, seq",
                SQL_VALUES(sql_n(outlook->show.n), sql_n(present_first)));

    while (memory && sql_row(row)) {
        enum fit fit = FIT_TOGETHER;

        memory = grow(outlook, &room);
        if (!memory)
            break;
        (void)fit_parse(sql_text(row, 2), &fit); /* the schema knows no other words */
        outlook->entries[outlook->n] =
            (struct match_entry){.id = {sql_number(row, 0)},
                                 .party = (int)sql_number(row, 1),
                                 .fit = fit,
                                 .zone = zone_of(outlook->plan, sql_text(row, 3)),
                                 .wheelchairs = (int)sql_number(row, 4),
                                 .passes = (int)sql_number(row, 5)};
        (void)snprintf(outlook->stored[outlook->n].reason, MATCH_REASON, "%s", sql_text(row, 6));
        outlook->n++;
    }
    sql_done(row);
    return memory;
}

/* The index of a waiting entry; outlook->n when it waits no more. */
static size_t entry_index(const struct outlook *outlook, entry_id id)
{
    size_t i = 0;

    while (i < outlook->n && outlook->entries[i].id.n != id.n)
        i++;
    return i;
}

/* How a returned seat is open: to all, to the one it is kept for, or to none that can be named. */
static uint8_t openness(const struct outlook *outlook, entry_id kept_for, bool keeps)
{
    size_t whose = outlook->n;

    if (keeps && kept_for.n != 0)
        whose = entry_index(outlook, kept_for);
    if (whose == outlook->n)
        return 1;
    return whose < MATCH_KEEPERS_MOST ? (uint8_t)(2 + whose) : 0;
}

/* Which seats are open: free ones and returned ones, if they have a price. */
static void read_claims(struct sql *db, struct outlook *outlook, bool keeps)
{
    const struct plan *plan = outlook->plan;
    struct sql_statement *row =
        sql_ask(db, "SELECT seat_id, state, entry_id FROM claims WHERE show_id = $1",
                SQL_VALUES(sql_n(outlook->show.n)));

    for (size_t i = 0; i < plan->n; i++)
        outlook->open[i] = outlook->prices[plan->seats[i].zone] >= 0;
    while (sql_row(row)) {
        size_t place = plan_find_id(plan, (seat_id){sql_number(row, 0)});

        if (place == PLAN_NONE)
            continue;
        if (strcmp(sql_text(row, 1), "returned") != 0) {
            outlook->open[place] = 0;
            continue;
        }
        outlook->seats[place].returned = true;
        outlook->seats[place].kept_for.n = sql_number(row, 2);
        if (outlook->open[place])
            outlook->open[place] = openness(outlook, outlook->seats[place].kept_for, keeps);
    }
}

/* Seats that entries were offered and let go: one byte a seat, for those that have any. */
static bool read_refused(struct sql *db, struct outlook *outlook)
{
    bool memory = true;
    struct sql_statement *row = sql_ask(db,
                                        "SELECT f.entry_id, f.seat_id FROM refused_seats f"
                                        " JOIN waiting_list w ON w.id = f.entry_id"
                                        " WHERE w.show_id = $1 AND w.state = 'waiting'",
                                        SQL_VALUES(sql_n(outlook->show.n)));

    while (memory && sql_row(row)) {
        size_t i = entry_index(outlook, (entry_id){sql_number(row, 0)});
        size_t place = plan_find_id(outlook->plan, (seat_id){sql_number(row, 1)});
        uint8_t *barred;

        if (i == outlook->n || place == PLAN_NONE)
            continue;
        barred = (uint8_t *)outlook->entries[i].barred;
        if (!barred)
            barred = calloc(outlook->plan->n, 1);
        memory = barred != NULL;
        if (memory)
            barred[place] = 1;
        outlook->entries[i].barred = barred;
    }
    sql_done(row);
    return memory;
}

static void give(struct outlook *outlook, const struct picked *picked, enum outlook_fate fate,
                 size_t whose)
{
    for (int i = 0; i < picked->n; i++) {
        struct outlook_seat *seat = &outlook->seats[picked->seats[i]];

        seat->fate = (uint8_t)fate;
        seat->whose = (uint32_t)whose;
    }
}

/* Turns what was matched into the fate of each seat. A reason alone is written only where there is
 * none: it tells of the last time that seats went to somebody, and would else be written anew with
 * each sale to a walk-up. */
static void settle_matched(struct outlook *outlook)
{
    for (size_t i = 0; outlook->results && i < outlook->n; i++) {
        const struct match_result *result = &outlook->results[i];

        if (result->seated) {
            give(outlook, &result->seats, OUTLOOK_OFFERED, i);
            outlook->any = true;
            continue;
        }
        if (result->keep)
            give(outlook, &result->kept, OUTLOOK_KEPT, i);
        if (result->passes != outlook->entries[i].passes ||
            (outlook->stored[i].reason[0] == '\0' && result->reason[0] != '\0'))
            outlook->any = true;
    }
}

/* What is returned and used by nobody becomes free, unless it is `held` for those behind the head
 * of a strict list. What is kept already for whom it is to be kept stays as it is. */
static void settle_rest(struct outlook *outlook, bool held)
{
    for (size_t i = 0; i < outlook->plan->n; i++) {
        struct outlook_seat *seat = &outlook->seats[i];

        if (seat->fate == OUTLOOK_STAYS && seat->returned && outlook->open[i] && !held)
            seat->fate = OUTLOOK_FREED;
        if (seat->fate == OUTLOOK_KEPT && seat->returned &&
            seat->kept_for.n == outlook->entries[seat->whose].id.n)
            seat->fate = OUTLOOK_STAYS;
        if (seat->fate != OUTLOOK_STAYS)
            outlook->any = true;
    }
}

/* Would anyone fit if the head did not block? Then what is returned is kept from walk-ups, who
 * would else be served before the whole list. */
static bool anyone_behind(const struct outlook *outlook, bool *memory)
{
    struct match_result *results = calloc(outlook->n, sizeof *results);
    bool fits = false;

    *memory = results && match_queue(outlook->plan, outlook->open, outlook->entries, outlook->n,
                                     false, false, results);
    for (size_t i = 0; *memory && i < outlook->n; i++)
        fits = fits || results[i].seated;
    free(results);
    return fits;
}

static bool match(struct outlook *outlook, bool strict, bool keeps)
{
    bool memory = true;
    bool held = false;

    if (outlook->deadline != 0 && outlook->n > 0) {
        outlook->results = calloc(outlook->n, sizeof *outlook->results);
        if (!outlook->results || !match_queue(outlook->plan, outlook->open, outlook->entries,
                                              outlook->n, strict, keeps, outlook->results))
            return false;
        held = strict && anyone_behind(outlook, &memory);
    }
    settle_matched(outlook);
    settle_rest(outlook, held);
    return memory;
}

/* Reads what matching needs, and matches. False: out of memory. */
static bool decide(struct outlook *outlook, struct sql *db, when_ms now, bool strict)
{
    bool keeps = now < outlook->starts_at - KEPT_ENDS;

    outlook->deadline = deadline_offer(now, outlook->starts_at);
    outlook->open = calloc(outlook->plan->n, 1);
    outlook->seats = calloc(outlook->plan->n, sizeof *outlook->seats);
    if (!outlook->open || !outlook->seats || !read_queue(db, outlook, now))
        return false;
    if (!deadline_sells(now, outlook->sale_stop, false)) {
        outlook->close = outlook->any = outlook->n > 0;
        return true;
    }
    read_prices(db, outlook);
    read_claims(db, outlook, keeps);
    return read_refused(db, outlook) && match(outlook, strict, keeps);
}

enum rc outlook_init(struct outlook *outlook, struct sql *db, show_id show, when_ms now,
                     bool strict, struct fault *why)
{
    *outlook = (struct outlook){.show = show};
    if (!read_show(db, outlook))
        return fault_set(why, RC_NOT_FOUND, _("there is no show %" PRId64), show.n);
    if (!outlook->on)
        return RC_OK;
    outlook->plan = map_plan_kept(db, outlook->hall);
    if (!outlook->plan)
        return fault_set(why, RC_STORAGE, _("the plan of the hall cannot be read"));
    if (!decide(outlook, db, now, strict))
        return fault_set(why, RC_NO_MEMORY, _("no memory to assign show %" PRId64), show.n);
    return RC_OK;
}

void outlook_fini(struct outlook *outlook)
{
    for (size_t i = 0; i < outlook->n; i++)
        free((void *)outlook->entries[i].barred);
    free(outlook->entries);
    free(outlook->stored);
    free(outlook->results);
    free(outlook->open);
    free(outlook->seats);
    *outlook = (struct outlook){0};
}
