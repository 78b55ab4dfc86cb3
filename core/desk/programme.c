#include "core/desk/programme.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/map.h"
#include "core/desk/shows.h"
#include "core/desk/staff.h"
#include "core/rules/price.h"

enum {
    TITLE_KEY_SIZE = 3 * TITLE_SIZE,
    MINUTES_MOST = 24 * 60,
    STOP_MOST = SHOW_SELLS_MOST / WHEN_MINUTE,
};

/* The end of the year 9999, the last that is written with four digits. */
#define START_MOST ((when_ms)253402300799999)

/* A ticket type's share of a zone's price. */
struct share {
    int64_t type;
    int percent;
};

char *programme_name(const char *title, when_ms starts_at, char *buffer, size_t size)
{
    char day[WHEN_TEXT];
    char clock[WHEN_TEXT];

    (void)snprintf(buffer, size, "%s, %s %s", title,
                   when_day_name(when_day(starts_at), day, sizeof day),
                   when_clock(starts_at, clock, sizeof clock));
    return buffer;
}

enum rc programme_overlap(struct sql *db, hall_id hall, when_ms starts_at, when_ms ends_at,
                          struct fault *why)
{
    char name[PROGRAMME_NAME];
    enum rc rc = RC_OK;
    /* No show is longer than MINUTES_MOST, so a short stretch of the index has the answer. */
    struct sql_statement *row =
        sql_ask(db,
                "SELECT title, starts_at FROM shows WHERE hall_id = $1 AND starts_at < $2"
                " AND starts_at > $3 AND ends_at > $4 AND state = 'on' ORDER BY starts_at LIMIT 1",
                SQL_VALUES(sql_n(hall.n), sql_n(ends_at),
                           sql_n(starts_at - MINUTES_MOST * WHEN_MINUTE), sql_n(starts_at)));

    if (sql_row(row))
        rc = fault_set(why, RC_REFUSED, _("the hall has another show then: %s"),
                       programme_name(sql_text(row, 0), sql_number(row, 1), name, sizeof name));
    sql_done(row);
    return rc;
}

static enum rc check_request(const struct show_add_request *request, struct fault *why)
{
    enum rc rc = text_check(_("title"), request->title, TITLE_SIZE - 1, why);

    if (rc != RC_OK)
        return rc;
    if (request->title[0] == '\0')
        return fault_set(why, RC_BAD_INPUT, _("a show needs a title"));
    if (request->starts_at <= 0 || request->starts_at > START_MOST)
        return fault_set(why, RC_BAD_INPUT, _("a show needs a start"));
    if (request->minutes < 1 || request->minutes > MINUTES_MOST)
        return fault_set(why, RC_BAD_INPUT, _("a show lasts 1 to %d minutes"), MINUTES_MOST);
    if (request->sale_stop_min < 0 || request->sale_stop_min > STOP_MOST)
        return fault_set(why, RC_BAD_INPUT, _("a show sells until 0 to %d minutes after its start"),
                         STOP_MOST);
    if (request->n_prices < 1 || request->n_prices > 8)
        return fault_set(why, RC_BAD_INPUT, _("a show needs 1 to 8 prices"));
    for (int i = 0; i < request->n_prices; i++) {
        if (request->prices[i].amount < 0 || request->prices[i].amount > MONEY_MAX)
            return fault_set(why, RC_BAD_INPUT, _("a price is 0 or more and not over %lld"),
                             (long long)(MONEY_MAX / 100));
    }
    return RC_OK;
}

static bool hall_has_zone(const struct plan *plan, const char *zone)
{
    for (int i = 0; i < plan->n_zones; i++) {
        if (strcmp(plan->zones[i], zone) == 0)
            return true;
    }
    return false;
}

/* The price of a zone; -1: none was given for it. */
static money price_of(const struct show_add_request *request, const char *zone)
{
    money otherwise = -1;

    for (int i = 0; i < request->n_prices; i++) {
        if (strcmp(request->prices[i].zone, zone) == 0)
            return request->prices[i].amount;
        if (request->prices[i].zone[0] == '\0')
            otherwise = request->prices[i].amount;
    }
    return otherwise;
}

static enum rc check_zones(const struct show_add_request *request, const struct plan *plan,
                           struct fault *why)
{
    for (int i = 0; i < request->n_prices; i++) {
        const char *zone = request->prices[i].zone;

        if (zone[0] != '\0' && !hall_has_zone(plan, zone))
            return fault_set(why, RC_NOT_FOUND, _("%s has no zone %s"), plan->name, zone);
    }
    for (int i = 0; i < plan->n_zones; i++) {
        if (price_of(request, plan->zones[i]) < 0)
            return fault_set(why, RC_BAD_INPUT, _("no price for the zone %s of %s"), plan->zones[i],
                             plan->name);
    }
    return RC_OK;
}

static int read_shares(struct sql *db, struct share *shares, int most)
{
    int n = 0;
    struct sql_statement *rows =
        sql_ask(db, "SELECT id, percent FROM ticket_types ORDER BY digit", NULL, 0);

    while (n < most && sql_row(rows))
        shares[n++] = (struct share){sql_number(rows, 0), (int)sql_number(rows, 1)};
    sql_done(rows);
    return n;
}

static void insert_prices(struct sql *db, const struct show_add_request *request,
                          const struct plan *plan, show_id show)
{
    struct share shares[TYPES_MAX];
    int n = read_shares(db, shares, TYPES_MAX);

    for (int zone = 0; zone < plan->n_zones; zone++) {
        money base = price_of(request, plan->zones[zone]);

        for (int i = 0; i < n; i++) {
            /* The first type costs what was said, to the cent; only shares are rounded. */
            money amount = shares[i].percent == 100
                               ? base
                               : price_of_percent(base, shares[i].percent, PROGRAMME_STEP);

            sql_run(db,
                    "INSERT INTO prices (show_id, zone, type_id, amount)"
                    " VALUES ($1, $2, $3, $4)",
                    SQL_VALUES(sql_n(show.n), sql_t(plan->zones[zone]), sql_n(shares[i].type),
                               sql_n(amount)));
        }
    }
}

static int64_t insert_show(struct sql *db, const struct show_add_request *request,
                           const char *title, const char *key, when_ms ends_at)
{
    return sql_one_number(
        db, 0,
        "INSERT INTO shows (hall_id, title, title_key, starts_at, ends_at, sale_stop, rev,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7) RETURNING id",
        SQL_VALUES(sql_n(request->hall.n), sql_t(title), sql_t(key), sql_n(request->starts_at),
                   sql_n(ends_at), sql_n(request->starts_at + request->sale_stop_min * WHEN_MINUTE),
                   sql_n(request->ask.now)));
}

enum rc programme_add(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct show_add_request *wish = request;
    struct show_reply *done = reply;
    const struct plan *plan = NULL;
    when_ms ends_at;
    char title[TITLE_SIZE];
    char key[TITLE_KEY_SIZE];
    enum rc rc = check_request(wish, why);

    if (rc != RC_OK)
        return rc;
    if (!text_tidy(wish->title, title, sizeof title) || title[0] == '\0' ||
        !text_key(title, key, sizeof key))
        return fault_set(why, RC_BAD_INPUT, _("a show needs a title"));
    /* Locks the hall, so that no other show comes in between looking and storing. */
    if (sql_run(db, "UPDATE halls SET name = name WHERE id = $1",
                SQL_VALUES(sql_n(wish->hall.n))) != 1)
        return fault_set(why, RC_NOT_FOUND, _("there is no hall %" PRId64), wish->hall.n);
    plan = map_plan_kept(db, wish->hall);
    if (plan == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    ends_at = wish->starts_at + wish->minutes * WHEN_MINUTE;
    rc = check_zones(wish, plan, why);
    if (rc == RC_OK)
        rc = programme_overlap(db, wish->hall, wish->starts_at, ends_at, why);
    if (rc != RC_OK)
        return rc;
    done->show.n = insert_show(db, wish, title, key, ends_at);
    done->rev = 1;
    insert_prices(db, wish, plan, done->show);
    journal_add(db, JOURNAL_HOUSE, &wish->ask, "show_add", NULL,
                json_pack("{s:I, s:s, s:s, s:I, s:I, s:I}", "show", (json_int_t)done->show.n,
                          "title", title, "hall", plan->name, "starts_at",
                          (json_int_t)wish->starts_at, "minutes", (json_int_t)wish->minutes,
                          "price", (json_int_t)price_of(wish, plan->zones[0])));
    told_add(&done->told, HINT_PROGRAMME, done->show, done->rev);
    return RC_OK;
}

static enum rc add_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct show_add_request *wish = request;
    enum rc rc = staff_may(db, &wish->ask, RIGHT_MANAGE, why);

    return rc == RC_OK ? programme_add(db, request, reply, why) : rc;
}

const struct verb verb_show_add = {
    .name = "show_add",
    .request_size = sizeof(struct show_add_request),
    .reply_size = sizeof(struct show_reply),
    .keyed = true,
    .run = add_run,
};
