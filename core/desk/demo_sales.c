#include "core/desk/demo_sales.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/change.h"
#include "core/desk/demo_names.h"
#include "core/desk/map.h"
#include "core/desk/tidy.h"
#include "core/desk/waiting.h"

enum {
    COLLECT_MIN = 30,
    TRIES = 12, /* places looked at before the best one left is asked for */
    GROUP = 20,
};

/* How long before now, or before its start, a show began to sell. */
#define SOLD_SINCE (60 * WHEN_HOUR)

/* Who waits for the sold-out show, in order. */
static const struct {
    const char *name, *phone;
    int32_t party;
    enum fit fit;
    when_ms joined_before; /* so long before now */
} waiting[] = {
    {"Ødegård, Kari", "+47 55 01 12 12", 2, FIT_TOGETHER, 51 * WHEN_HOUR},
    {"Nguyen Thi Lan", "+47 40 22 18 90", 4, FIT_TOGETHER, 44 * WHEN_HOUR},
    {"Σταύρου, Ελένη", "+30 210 55 0104", 3, FIT_TOGETHER, 18 * WHEN_HOUR},
    {"Okafor, Ngozi", "+47 91 20 33 47", 6, FIT_PAIRS, 15 * WHEN_MINUTE},
};

/* One show being sold. */
struct selling {
    struct sql *db;
    const struct ask *ask;
    const struct demo_show *show;
    const struct plan *plan;
    uint8_t *open; /* a byte a seat */
    size_t left;   /* seats still to go */
    size_t all;
    when_ms from, to; /* when its sales were made */
    type_id types[TYPES_MAX];
    int n_types;
    uint64_t *seed;
    int *sales; /* counted over all shows */
};

/* Numbers that look random and are the same each time (splitmix64). */
static uint64_t draw(uint64_t *seed)
{
    uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t draw_below(uint64_t *seed, uint64_t n)
{
    return draw(seed) % n;
}

static int read_types(struct sql *db, type_id types[static TYPES_MAX])
{
    int n = 0;
    struct sql_statement *rows = sql_ask(db, "SELECT id FROM ticket_types ORDER BY digit", NULL, 0);

    while (n < TYPES_MAX && sql_row(rows))
        types[n++].n = sql_number(rows, 0);
    sql_done(rows);
    return n;
}

/* Who asks, with a key, a counter and a time of its own. */
static void ask_as(const struct selling *s, struct ask *ask, when_ms at)
{
    uint64_t counter = draw_below(s->seed, 3);

    *ask = (struct ask){.now = at, .operator_number = (int32_t)counter + 1, .tax = s->ask->tax};
    (void)snprintf(ask->key, sizeof ask->key, "demo-%d", ++*s->sales);
    (void)snprintf(ask->terminal, sizeof ask->terminal, "counter-%" PRIu64, counter + 1);
    for (size_t i = 0; i < sizeof ask->random; i += sizeof(uint64_t)) {
        uint64_t bits = draw(s->seed);

        memcpy(ask->random + i, &bits, sizeof bits);
    }
}

/* Couples above all; in a big house now and then a class or a society. */
static int draw_party(const struct selling *s)
{
    static const int sizes[] = {1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6};
    size_t party = (size_t)sizes[draw_below(s->seed, sizeof sizes / sizeof sizes[0])];

    if (s->plan->n > 500 && draw_below(s->seed, 4) == 0)
        party = 8 + draw_below(s->seed, GROUP - 8 + 1);
    return (int)(party < s->left ? party : s->left);
}

/* Can `party` sit side by side from `first` on? */
static bool row_open(const struct selling *s, size_t first, int party)
{
    size_t end = first + (size_t)party;

    if (end > s->plan->n || s->plan->seats[end - 1].run != s->plan->seats[first].run)
        return false;
    for (size_t i = first; i < end; i++) {
        if (!s->open[i] || s->plan->seats[i].kind != SEAT_STANDARD)
            return false;
    }
    return true;
}

/* The best of a few places looked at: people like the middle, and do not all get it. */
static bool look_around(const struct selling *s, int party, struct picked *picked)
{
    size_t best = PLAN_NONE;

    for (int i = 0; i < TRIES; i++) {
        size_t at = draw_below(s->seed, s->plan->n);

        if (row_open(s, at, party) &&
            (best == PLAN_NONE || s->plan->seats[at].distance < s->plan->seats[best].distance))
            best = at;
    }
    if (best == PLAN_NONE)
        return false;
    picked->n = party;
    for (int i = 0; i < party; i++)
        picked->seats[i] = best + (size_t)i;
    return true;
}

static bool choose(const struct selling *s, int party, struct picked *picked)
{
    struct pick_wish wish = {.party = party, .fit = FIT_ANY, .zone = -1};

    return look_around(s, party, picked) || pick_seats(s->plan, s->open, &wish, picked);
}

static void fill_request(const struct selling *s, const struct picked *picked, when_ms at,
                         struct book_request *request)
{
    ask_as(s, &request->ask, at);
    request->show = s->show->id;
    request->n = picked->n;
    request->expected = -1;
    request->collect_min = COLLECT_MIN;
    for (int i = 0; i < picked->n; i++) {
        uint64_t dice = draw_below(s->seed, 10);

        request->seats[i] = s->plan->seats[picked->seats[i]].id;
        request->types[i] = s->types[dice < 8 ? 0 : (int)(dice - 7) % s->n_types];
    }
    if (draw_below(s->seed, 2) == 0) {
        request->n_tenders = 1;
        request->tenders[0] = (struct tender){.kind = TENDER_CARD, .amount = -1};
    }
}

/* One party buys, or reserves when there is time left to collect. */
static enum rc sell_one(struct selling *s, struct fault *why)
{
    struct book_request request = {0};
    struct booking_reply reply = {0};
    struct picked picked = {0};
    const struct demo_name *name = demo_names_any(draw(s->seed));
    when_ms span = (s->to - s->from) / WHEN_SECOND;
    when_ms at = s->to - span * (when_ms)s->left / (when_ms)s->all * WHEN_SECOND;
    bool later = s->show->starts_at > s->ask->now + 2 * WHEN_HOUR;
    bool reserve = later && draw_below(s->seed, 8) == 0;

    if (!choose(s, draw_party(s), &picked)) {
        s->left = 0;
        return RC_OK;
    }
    fill_request(s, &picked, at, &request);
    if (reserve || draw_below(s->seed, 6) == 0) {
        (void)snprintf(request.name, sizeof request.name, "%s", name->name);
        (void)snprintf(request.phone, sizeof request.phone, "%s", name->phone);
    }
    if (reserve)
        request.n_tenders = 0;
    for (int i = 0; i < picked.n; i++)
        s->open[picked.seats[i]] = 0;
    s->left -= (size_t)picked.n;
    return (reserve ? &verb_reserve : &verb_sell)->run(s->db, &request, &reply, why);
}

/* One seat of the middle house is broken and nobody has mended it. */
static enum rc block_broken(struct selling *s, struct fault *why)
{
    size_t at = plan_find_label(s->plan, "E16");
    struct show_lock lock;
    struct change change = {0};
    struct ask ask;
    enum rc rc;

    if (s->show->hall != DEMO_SAAL || at == PLAN_NONE)
        return RC_OK;
    ask_as(s, &ask, s->from);
    rc = show_lock(s->db, s->show->id, &lock, why);
    if (rc != RC_OK)
        return rc;
    sql_run(s->db,
            "INSERT INTO claims (show_id, seat_id, state, since, reason, terminal, operator)"
            " VALUES ($1, $2, 'blocked', $3, 'broken', $4, $5)",
            SQL_VALUES(sql_n(s->show->id.n), sql_n(s->plan->seats[at].id.n), sql_n(ask.now),
                       sql_t(ask.terminal), sql_n(ask.operator_number)));
    change_seat(&change, s->plan->seats[at].label, CLAIM_FREE, CLAIM_BLOCKED);
    change_text(&change, "reason", "broken");
    change_journal(&change, s->db, &lock, &ask, "block");
    s->open[at] = 0;
    return RC_OK;
}

static enum rc fill_list(const struct selling *s, struct fault *why)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; i < sizeof waiting / sizeof waiting[0] && rc == RC_OK; i++) {
        struct wait_request request = {
            .show = s->show->id, .party = waiting[i].party, .fit = (int32_t)waiting[i].fit};
        struct entry_reply reply = {0};

        ask_as(s, &request.ask, s->ask->now - waiting[i].joined_before);
        (void)snprintf(request.name, sizeof request.name, "%s", waiting[i].name);
        (void)snprintf(request.phone, sizeof request.phone, "%s", waiting[i].phone);
        rc = verb_wait.run(s->db, &request, &reply, why);
    }
    return rc;
}

static enum rc sell_show(struct selling *s, struct fault *why)
{
    enum rc rc = RC_OK;

    s->left = s->show->sold_out ? s->plan->n : s->plan->n * (size_t)s->show->fill / 100;
    s->all = s->left;
    s->to = s->show->starts_at - 5 * WHEN_MINUTE;
    if (s->to > s->ask->now - WHEN_MINUTE)
        s->to = s->ask->now - WHEN_MINUTE;
    /* Sold out before the first of the list joined it. */
    if (s->show->sold_out)
        s->to = s->ask->now - waiting[0].joined_before - WHEN_HOUR;
    s->from = s->to - SOLD_SINCE;
    memset(s->open, 1, s->plan->n);
    rc = block_broken(s, why);
    while (s->left > 0 && rc == RC_OK)
        rc = sell_one(s, why);
    if (rc == RC_OK && s->show->sold_out)
        rc = fill_list(s, why);
    return rc;
}

enum rc demo_sales_make(struct sql *db, const struct ask *ask, const hall_id halls[DEMO_HALLS],
                        const struct demo_show *shows, int n, struct fault *why)
{
    uint64_t seed = 1895; /* the year of the first show that was paid for */
    int sales = 0;
    struct selling s = {.db = db, .ask = ask, .seed = &seed, .sales = &sales};
    enum rc rc = RC_OK;

    s.n_types = read_types(db, s.types);
    s.open = malloc(PLAN_SEATS_MAX);
    if (s.open == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    for (int i = 0; i < n && rc == RC_OK; i++) {
        s.show = &shows[i];
        s.plan = map_plan_kept(db, halls[shows[i].hall]);
        if (s.plan == NULL)
            rc = fault_set(why, RC_NO_MEMORY, _("out of memory"));
        else
            rc = sell_show(&s, why);
    }
    free(s.open);
    return rc;
}
