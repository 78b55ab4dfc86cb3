#include "tests/bench/lots.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/figure.h"

enum { PAIRS_A_WAVE = GRAND_PAIRS / LOTS_WAVES };

/* One wave, or before the first all shows: -1. */
struct wave {
    struct lots *lots;
    int64_t nth;
};

#define COUNT_TO "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)"

static bool add_shows(struct sql *db, const struct lots *lots)
{
    when_ms first = BOX_NOW + 4 * WHEN_HOUR - lots->n_shows / 2 * 3 * WHEN_HOUR;

    sql_run(db,
            "INSERT INTO shows (id, hall_id, title, title_key, starts_at, ends_at, sale_stop,"
            " created_at) " COUNT_TO
            " SELECT $2 + i, $3, 'Ran', 'ran', $4 + i * 10800000, $4 + i * 10800000 + 7200000,"
            " $4 + i * 10800000 + 1200000, 0 FROM n",
            SQL_VALUES(sql_n(lots->n_shows), sql_n(lots->first_show), sql_n(lots->grand.hall.n),
                       sql_n(first)));
    return sql_run(
               db,
               "INSERT INTO prices (show_id, zone, type_id, amount)"
               " SELECT s.id, 'stalls', t.id, 1000 FROM shows s, ticket_types t WHERE s.id >= $1",
               SQL_VALUES(sql_n(lots->first_show))) > 0;
}

static void add_bookings(struct sql *db, const struct lots *lots, int64_t first)
{
    sql_run(db,
            "INSERT INTO reservations (id, code, show_id, state, name, name_key, name_given, phone,"
            " phone_key, phone_tail, total, key, terminal, operator, made_at, changed_at) " COUNT_TO
            " SELECT $2 + i, printf('B%07d', $2 + i), $3 + i / $4, 'sold',"
            " printf('Haugen%04d, Kari', ($2 + i) * 7919 % $5),"
            " printf('haugen%04d, kari', ($2 + i) * 7919 % $5), 'kari',"
            " printf('+47 %08d', $2 + i), printf('+47%08d', $2 + i),"
            " printf('%04d', ($2 + i) % 10000), 2000, printf('k-%d', $2 + i), 'counter-1', 1, $6,"
            " $6 FROM n",
            SQL_VALUES(sql_n(lots->n_shows * PAIRS_A_WAVE), sql_n(first), sql_n(lots->first_show),
                       sql_n(PAIRS_A_WAVE), sql_n(LOTS_NAMES), sql_n(BOX_NOW)));
}

static void add_claims(struct sql *db, const struct lots *lots, int64_t wave, int64_t first)
{
    sql_run(
        db,
        "INSERT INTO claims (show_id, seat_id, state, since, reservation_id, type_id, amount,"
        " terminal, operator) " COUNT_TO " SELECT $2 + i / $3, $4 + i % $3, 'sold', $5, $6 + i / 2,"
        " (SELECT MIN(id) FROM ticket_types), 1000, 'counter-1', 1 FROM n",
        SQL_VALUES(sql_n(lots->n_shows * PAIRS_A_WAVE * 2), sql_n(lots->first_show),
                   sql_n(PAIRS_A_WAVE * 2), sql_n(lots->grand.first_seat + wave * PAIRS_A_WAVE * 2),
                   sql_n(BOX_NOW), sql_n(first)));
}

static bool add_payments(struct sql *db, const struct lots *lots, int64_t first)
{
    return sql_run(db,
                   "INSERT INTO payments (reservation_id, n, kind, tender, amount, terminal,"
                   " operator, paid_at) " COUNT_TO
                   " SELECT $2 + i, 1, 'pay', 'cash', 2000, 'counter-1', 1, $3 FROM n",
                   SQL_VALUES(sql_n(lots->n_shows * PAIRS_A_WAVE), sql_n(first), sql_n(BOX_NOW))) >
           0;
}

static bool add_wave(struct sql *db, void *context)
{
    const struct wave *wave = context;
    int64_t first = wave->nth * wave->lots->n_shows * PAIRS_A_WAVE + 1;

    if (wave->nth < 0)
        return add_shows(db, wave->lots);
    add_bookings(db, wave->lots, first);
    add_claims(db, wave->lots, wave->nth, first);
    return add_payments(db, wave->lots, first);
}

void lots_init(struct lots *lots, int64_t n_shows)
{
    *lots = (struct lots){.n_shows = n_shows, .n_bookings = n_shows * GRAND_PAIRS};
    grand_init(&lots->grand, 0);
    lots->grand.box.unchecked = true; /* no journal was written */
    lots->first_show = 1;
    for (int64_t i = -1; i < LOTS_WAVES; i++) {
        struct wave wave = {lots, i};

        if (sql_tx(lots->grand.box.db, add_wave, &wave) != SQL_OK)
            figure_need(0, sql_error(lots->grand.box.db));
    }
}

void lots_fini(struct lots *lots)
{
    grand_fini(&lots->grand);
}

show_id lots_show(const struct lots *lots, int64_t nth)
{
    return (show_id){lots->first_show + nth % lots->n_shows};
}

void lots_code(int64_t id, char *text, size_t size)
{
    (void)snprintf(text, size, "B%07" PRId64, id);
}

void lots_phone(int64_t id, char *text, size_t size)
{
    (void)snprintf(text, size, "+47 %08" PRId64, id);
}

void lots_name(int64_t id, char *text, size_t size)
{
    (void)snprintf(text, size, "Haugen%04" PRId64, id * 7919 % LOTS_NAMES);
}
