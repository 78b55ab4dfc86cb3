#include "core/desk/demo_programme.h"

#include <stdio.h>
#include <string.h>

#include "core/desk/house.h"
#include "core/desk/programme.h"

enum {
    FIRST_DAY = -1, /* from today */
    LAST_DAY = 6,
    FILMS_A_SLOT = 4,
    STILL_WANTED = 3, /* shows of today to be sold yet */
    SALE_STOP_MIN = 20,
};

/* Before the start there must be time for the waiting list to be worked. */
#define LIST_NEEDS (90 * WHEN_MINUTE)

struct film {
    const char *title;
    int minutes;
    money price; /* of an adult, where it costs least */
};

/* One start a day; the film of day d is films[d % FILMS_A_SLOT], today's is the first. */
struct slot {
    enum demo_hall hall;
    const char *clock;
    int fill; /* today, per cent */
    struct film films[FILMS_A_SLOT];
};

static const struct slot slots[] = {
    {DEMO_STUDIO,
     "14:15",
     48,
     {{"Ponyo", 101, 700},
      {"Kirikou and the Sorceress", 74, 700},
      {"The Red Balloon", 34, 500},
      {"Wolfwalkers", 103, 700}}},
    {DEMO_GRAND,
     "14:30",
     39,
     {{"Some Like It Hot", 121, 950},
      {"Bringing Up Baby", 102, 950},
      {"Singin' in the Rain", 103, 950},
      {"The Apartment", 125, 950}}},
    {DEMO_SAAL,
     "15:00",
     66,
     {{"Paris, Texas", 147, 1100},
      {"Rashomon", 88, 1100},
      {"Wings of Desire", 128, 1100},
      {"Tokyo Story", 137, 1100}}},
    {DEMO_STUDIO,
     "16:30",
     85,
     {{"The Third Man", 104, 950},
      {"M", 117, 950},
      {"Bicycle Thieves", 89, 950},
      {"Les Diaboliques", 117, 950}}},
    {DEMO_GRAND,
     "17:00",
     13,
     {{"Ran", 162, 950},
      {"Throne of Blood", 110, 950},
      {"Playtime", 124, 950},
      {"Metropolis", 153, 950}}},
    {DEMO_SAAL,
     "17:45",
     29,
     {{"Persepolis", 96, 950},
      {"Cléo from 5 to 7", 90, 950},
      {"The 400 Blows", 99, 950},
      {"Timbuktu", 97, 950}}},
    {DEMO_STUDIO,
     "18:45",
     55,
     {{"Close-Up", 98, 950},
      {"Chungking Express", 102, 950},
      {"Black Girl", 65, 950},
      {"Daisies", 76, 950}}},
    {DEMO_SAAL,
     "19:45",
     95,
     {{"Paris, Texas", 147, 1100},
      {"In the Mood for Love", 98, 1100},
      {"Three Colours: Blue", 98, 1100},
      {"The Lives of Others", 137, 1100}}},
    {DEMO_GRAND,
     "20:15",
     61,
     {{"Stalker", 162, 950},
      {"2001: A Space Odyssey", 149, 950},
      {"Lawrence of Arabia", 218, 950},
      {"Amélie", 122, 950}}},
    {DEMO_STUDIO,
     "20:45",
     63,
     {{"In the Mood for Love", 98, 950},
      {"Paterson", 118, 950},
      {"Down by Law", 107, 950},
      {"Fallen Angels", 99, 950}}},
    {DEMO_SAAL,
     "22:30",
     0,
     {{"Eraserhead", 89, 950},
      {"Night of the Living Dead", 96, 950},
      {"Repo Man", 92, 950},
      {"Suspiria", 99, 950}}},
};
enum { SLOTS = sizeof slots / sizeof slots[0], SOLD_OUT_SLOT = 6 };

/* What is shown late, when the evening is over. */
static const struct {
    enum demo_hall hall;
    struct film film;
} late[] = {{DEMO_SAAL, {"Nosferatu", 94, 950}},
            {DEMO_STUDIO, {"Detour", 68, 950}},
            {DEMO_GRAND, {"Koyaanisqatsi", 86, 950}}};
enum { LATE_SHOWS = sizeof late / sizeof late[0] };
#define LATE_STEP (5 * WHEN_MINUTE)

/* A programme in the making. */
struct making {
    struct sql *db;
    const struct ask *ask;
    const hall_id *halls;
    struct demo_show *shows;
    int n;
    int32_t today;
    int still; /* shows of today that can still be sold */
    bool sold_out;
};

static void price_zones(struct show_add_request *request, enum demo_hall hall, money price)
{
    request->n_prices = 1;
    request->prices[0].amount = price;
    if (hall == DEMO_STUDIO)
        return;
    request->n_prices = 2;
    (void)snprintf(request->prices[1].zone, ZONE_SIZE, "%s",
                   hall == DEMO_SAAL ? DEMO_RAISED : DEMO_STALLS);
    request->prices[1].amount = price + (hall == DEMO_SAAL ? 200 : 300);
}

static enum rc add(struct making *m, enum demo_hall hall, const struct film *film,
                   when_ms starts_at, struct fault *why)
{
    struct show_reply reply = {0};
    struct show_add_request request = {.ask = *m->ask,
                                       .hall = m->halls[hall],
                                       .starts_at = starts_at,
                                       .minutes = film->minutes,
                                       .sale_stop_min = SALE_STOP_MIN};
    enum rc rc;

    (void)snprintf(request.title, sizeof request.title, "%s", film->title);
    price_zones(&request, hall, film->price);
    rc = programme_add(m->db, &request, &reply, why);
    if (rc != RC_OK)
        return rc;
    m->shows[m->n++] = (struct demo_show){.id = reply.show, .hall = hall, .starts_at = starts_at};
    if (when_day(starts_at) == m->today && starts_at > m->ask->now)
        m->still++;
    return RC_OK;
}

/* Sales fall off with the days that lie between. */
static int32_t fill_of(int today, int day)
{
    static const int shares[] = {100, 25, 12, 6};

    if (day < 0)
        return today / 5;
    return today * (day < 4 ? shares[day] : 3) / 100;
}

static enum rc add_day(struct making *m, int day, struct fault *why)
{
    char iso[WHEN_TEXT];
    char text[2 * WHEN_TEXT];
    enum rc rc = RC_OK;

    when_day_iso(m->today + day, iso, sizeof iso);
    for (int i = 0; i < SLOTS && rc == RC_OK; i++) {
        const struct slot *slot = &slots[i];
        when_ms at = 0;

        (void)snprintf(text, sizeof text, "%s %s", iso, slot->clock);
        rc = when_parse(text, &at, why);
        if (rc == RC_OK)
            rc = add(m, slot->hall, &slot->films[(day + FILMS_A_SLOT) % FILMS_A_SLOT], at, why);
        if (rc != RC_OK)
            return rc;
        m->shows[m->n - 1].fill = fill_of(slot->fill, day);
        if (i == SOLD_OUT_SLOT && !m->sold_out && at >= m->ask->now + LIST_NEEDS)
            m->sold_out = m->shows[m->n - 1].sold_out = true;
    }
    return rc;
}

/* When a hall is next free for a film from `at` on, in steps of a quarter of an hour. */
static when_ms free_from(const struct making *m, enum demo_hall hall, const struct film *film,
                         when_ms at)
{
    struct fault fault;

    while (programme_overlap(m->db, m->halls[hall], at - 10 * WHEN_MINUTE,
                             at + film->minutes * WHEN_MINUTE, &fault) == RC_REFUSED)
        at += 15 * WHEN_MINUTE;
    return at;
}

/* Late in the evening something is put on yet, so that the demo can be tried at any hour. */
static enum rc add_late(struct making *m, struct fault *why)
{
    when_ms first = m->ask->now + 10 * WHEN_MINUTE;
    when_ms from, to;
    enum rc rc = RC_OK;

    first += LATE_STEP - first % LATE_STEP;
    when_day_span(m->today, &from, &to);
    if (first > to - LATE_SHOWS * LATE_STEP) /* the last minutes of the night: some have begun */
        first = to - LATE_SHOWS * LATE_STEP;
    for (int i = 0; i < LATE_SHOWS && rc == RC_OK && m->still < STILL_WANTED; i++) {
        rc = add(m, late[i].hall, &late[i].film,
                 free_from(m, late[i].hall, &late[i].film, first + i * LATE_STEP), why);
        if (rc == RC_OK)
            m->shows[m->n - 1].fill = 10;
    }
    return rc;
}

enum rc demo_programme_add(struct sql *db, const struct ask *ask, const hall_id halls[DEMO_HALLS],
                           struct demo_show *shows, int *n, struct fault *why)
{
    struct making m = {
        .db = db, .ask = ask, .halls = halls, .shows = shows, .today = when_day(ask->now)};
    enum rc rc = RC_OK;

    for (int day = FIRST_DAY; day <= LAST_DAY && rc == RC_OK; day++)
        rc = add_day(&m, day, why);
    if (rc == RC_OK)
        rc = add_late(&m, why);
    *n = m.n;
    return rc;
}
