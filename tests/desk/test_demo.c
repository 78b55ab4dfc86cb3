/* The demo: what it promises, at every hour, and every invariant on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/digest.h"
#include "core/desk/map.h"
#include "core/desk/waiting.h"
#include "tests/kit/box.h"

static void make_demo(struct box *box, const char *zone, when_ms now)
{
    struct fault why = {0};
    struct ask ask;

    box_init_bare(box);
    assert_int_equal(when_zone_set(zone, &why), RC_OK);
    box->now = now;
    ask = box_ask(box);
    if (house_init(box->db, &ask, "EUR", true, &why) != RC_OK)
        fail_msg("%s", why.text);
}

static struct show_list *read_day(struct box *box, int32_t day)
{
    struct show_list *list = NULL;
    struct fault why = {0};
    when_ms from, to;

    when_day_span(day, &from, &to);
    if (shows_read(box->db, from, to, box->now, false, &list, &why) != RC_OK)
        fail_msg("%s", why.text);
    return list;
}

static int setup(void **state)
{
    struct box *box = calloc(1, sizeof *box);

    assert_non_null(box);
    make_demo(box, "UTC", BOX_NOW);
    *state = box;
    return 0;
}

static void demo__made__says_that_it_is_one(void **state)
{
    struct box *box = *state;
    struct venue venue;
    struct fault why;

    assert_int_equal(house_venue(box->db, &venue, &why), RC_OK);
    assert_true(venue.demo);
    assert_string_equal(venue.currency, "EUR");
}

static void demo__halls__are_studio_saal_and_grand(void **state)
{
    static const struct {
        const char *name;
        int seats, wheelchairs, zones;
    } wanted[] = {{"Studio", 60, 2, 1}, {"Saal 1", 240, 1, 2}, {"Grand", 1000, 4, 2}};
    struct box *box = *state;
    struct hall_list *halls = NULL;
    struct fault why;

    assert_int_equal(halls_read(box->db, box->now, &halls, &why), RC_OK);
    assert_int_equal(halls->n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(halls->rows[i].name, wanted[i].name);
        assert_int_equal(halls->rows[i].seats, wanted[i].seats);
        assert_int_equal(halls->rows[i].wheelchairs, wanted[i].wheelchairs);
        assert_int_equal(halls->rows[i].zones, wanted[i].zones);
        assert_true(halls->rows[i].shows > 10);
    }
    free(halls);
}

static void demo__week__has_shows_every_day(void **state)
{
    struct box *box = *state;

    for (int day = -1; day <= 6; day++) {
        struct show_list *list = read_day(box, when_day(box->now) + day);

        assert_true(list->n >= 11);
        free(list);
    }
}

static void demo__today__some_is_well_sold_and_some_is_free(void **state)
{
    struct box *box = *state;
    struct show_list *list = read_day(box, when_day(box->now));
    int well_sold = 0, empty = 0, sold_out = 0, blocked = 0;

    for (size_t i = 0; i < list->n; i++) {
        const struct show_row *row = &list->rows[i];

        well_sold += row->sold + row->reserved > row->seats / 2;
        empty += row->free + row->blocked == row->seats;
        blocked += row->blocked;
        if (row->waiting > 0) {
            sold_out++;
            assert_int_equal(row->free, 0);
            assert_int_equal(row->together, 0);
            assert_int_equal(row->waiting, 4);
        }
    }
    assert_int_equal(sold_out, 1);
    assert_true(well_sold >= 3);
    assert_true(empty >= 1);
    assert_true(blocked >= 1);
    free(list);
}

static void demo__three_ticket_types__price_every_zone(void **state)
{
    struct box *box = *state;
    struct show_list *list = read_day(box, when_day(box->now));
    struct map *map = NULL;
    struct fault why;

    assert_int_equal(map_read(box->db, list->rows[1].id, "", box->now, &map, &why), RC_OK);
    assert_int_equal(map->n_types, 3);
    for (int zone = 0; zone < 2; zone++)
        for (int type = 0; type < 3; type++)
            assert_true(map->prices[zone][type] > 0);
    assert_true(map->prices[0][1] < map->prices[0][0]);
    free(map);
    free(list);
}

/* Something of today can be sold, something has begun, and one show has its list. */
static void assert_usable(struct box *box)
{
    struct show_list *list = read_day(box, when_day(box->now));
    struct waiting_list *waiting = NULL;
    struct fault why;
    int ahead = 0, behind = 0;

    for (size_t i = 0; i < list->n; i++) {
        ahead += list->rows[i].sale_stop > box->now && list->rows[i].together >= 2;
        behind += list->rows[i].starts_at <= box->now;
    }
    free(list);
    list = read_day(box, when_day(box->now) - 1);
    behind += (int)list->n;
    free(list);
    assert_true(ahead >= 2);
    assert_true(behind >= 1);
    assert_int_equal(waiting_read(box->db, (show_id){0}, box->now, &waiting, &why), RC_OK);
    assert_int_equal(waiting->n, 4);
    free(waiting);
}

static void demo__at_every_hour__has_shows_to_sell(void **state)
{
    (void)state;
    for (int hour = 0; hour < 24; hour += 3) {
        struct box box;

        make_demo(&box, "UTC", BOX_NOW + hour * WHEN_HOUR + 47 * WHEN_MINUTE);
        assert_usable(&box);
        box_fini(&box);
    }
}

/* Zones of odd offsets, and both nights when the clocks change. */
static void demo__in_any_zone__has_shows_to_sell(void **state)
{
    static const struct {
        const char *zone, *now;
    } cases[] = {{"America/St_Johns", "2026-11-23 21:50"}, {"Pacific/Chatham", "2026-11-23 11:00"},
                 {"Europe/Berlin", "2026-03-28 22:55"},    {"Europe/Berlin", "2026-03-29 03:30"},
                 {"Europe/Berlin", "2026-10-25 02:30"},    {"Asia/Kathmandu", "2026-11-23 05:30"},
                 {"Asia/Kathmandu", "2026-11-24 05:58"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct box box;
        struct fault why;
        when_ms now;

        assert_int_equal(when_zone_set(cases[i].zone, &why), RC_OK);
        assert_int_equal(when_parse(cases[i].now, &now, &why), RC_OK);
        make_demo(&box, cases[i].zone, now);
        assert_usable(&box);
        box_fini(&box);
    }
}

/* The heads of all books: they depend on everything that was ever written. */
static void heads(struct box *box, char hex[static DIGEST_HEX])
{
    struct sql_statement *rows = sql_ask(box->db, "SELECT head FROM books ORDER BY name", NULL, 0);
    char all[128 * DIGEST_HEX] = "";
    size_t used = 0;

    while (sql_row(rows)) {
        assert_true(used + DIGEST_HEX < sizeof all);
        used += (size_t)snprintf(all + used, sizeof all - used, "%s", sql_text(rows, 0));
    }
    assert_true(used > DIGEST_HEX);
    digest_hex(&(struct digest_part){all, used}, 1, hex);
}

static void demo__same_moment__is_the_same(void **state)
{
    struct box *box = *state;
    struct box other;
    char one[DIGEST_HEX], two[DIGEST_HEX];

    make_demo(&other, "UTC", BOX_NOW);
    heads(box, one);
    heads(&other, two);
    assert_string_equal(one, two);
    box_fini(&other);
}

static void demo__where_a_box_office_is__refused(void **state)
{
    struct box *box = *state;
    struct ask ask = box_ask(box);
    struct fault why;

    assert_int_equal(house_init(box->db, &ask, "EUR", true, &why), RC_EXISTS);
    assert_int_equal(house_init(box->db, &ask, "EUR", false, &why), RC_EXISTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(demo__made__says_that_it_is_one, setup, box_teardown),
        cmocka_unit_test_setup_teardown(demo__halls__are_studio_saal_and_grand, setup,
                                        box_teardown),
        cmocka_unit_test_setup_teardown(demo__week__has_shows_every_day, setup, box_teardown),
        cmocka_unit_test_setup_teardown(demo__today__some_is_well_sold_and_some_is_free, setup,
                                        box_teardown),
        cmocka_unit_test_setup_teardown(demo__three_ticket_types__price_every_zone, setup,
                                        box_teardown),
        cmocka_unit_test(demo__at_every_hour__has_shows_to_sell),
        cmocka_unit_test(demo__in_any_zone__has_shows_to_sell),
        cmocka_unit_test_setup_teardown(demo__same_moment__is_the_same, setup, box_teardown),
        cmocka_unit_test_setup_teardown(demo__where_a_box_office_is__refused, setup, box_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
