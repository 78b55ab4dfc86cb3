/* Halls as they are stored and found, and the house that has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/map.h"
#include "tests/kit/box.h"
#include "tests/kit/race.h"

#define EVENING (BOX_NOW + 6 * WHEN_HOUR)

static struct plan *parse(const char *text)
{
    struct plan *plan = NULL;
    struct fault why;

    if (plan_parse(text, strlen(text), &plan, NULL, NULL, &why) != RC_OK)
        fail_msg("%s", why.text);
    return plan;
}

static void hall_add__stores_seats__rising_in_row_and_seat_order(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    const struct plan *kept = map_plan_kept(box->db, hall);
    struct plan *drawn = parse("@hall Small\n@zone stalls\nA\twcoo_oooo\nB\toooo_oooo\n"
                               "C\toooo_oooo\n");

    assert_int_equal(kept->n, drawn->n);
    for (size_t i = 0; i < kept->n; i++) {
        assert_string_equal(kept->seats[i].label, drawn->seats[i].label);
        assert_int_equal(kept->seats[i].kind, drawn->seats[i].kind);
        assert_int_equal(kept->seats[i].row, drawn->seats[i].row);
        assert_int_equal(kept->seats[i].column, drawn->seats[i].column);
        assert_int_equal(kept->seats[i].number, drawn->seats[i].number);
        assert_int_equal(kept->seats[i].run, drawn->seats[i].run);
        if (i > 0)
            assert_true(kept->seats[i].id.n > kept->seats[i - 1].id.n);
    }
    plan_free(&drawn);
}

static void hall_add__same_name_in_other_case__exists(void **state)
{
    struct box *box = *state;
    struct plan *plan = parse("@hall SMALL\nA\tooo\n");
    struct ask ask = box_ask(box);
    struct told told;
    struct fault why;
    hall_id hall;

    box_small_hall(box);
    assert_int_equal(hall_add(box->db, &ask, plan, &hall, &told, &why), RC_EXISTS);
    assert_non_null(strstr(why.text, "SMALL"));
    assert_int_equal(told.n, 0);
    plan_free(&plan);
}

static void hall_add__same_key__first_hall_again(void **state)
{
    struct box *box = *state;
    struct plan *plan = parse("@hall Attic\nA\tooo\n");
    struct plan *other = parse("@hall Attic\nA\toooo\n");
    struct ask ask = box_ask(box);
    struct told told;
    struct fault why;
    hall_id hall, again;

    assert_int_equal(hall_add(box->db, &ask, plan, &hall, &told, &why), RC_OK);
    assert_int_equal(told.hints[0].kind, HINT_PROGRAMME);
    assert_int_equal(hall_add(box->db, &ask, plan, &again, &told, &why), RC_OK);
    assert_int_equal(told.replayed, 1);
    assert_int_equal(again.n, hall.n);
    assert_int_equal(hall_add(box->db, &ask, other, &again, &told, &why), RC_KEY_REUSED);
    plan_free(&plan);
    plan_free(&other);
}

static void hall_add__without_name__bad_input(void **state)
{
    struct box *box = *state;
    struct plan *plan = parse("A\tooo\n");
    struct ask ask = box_ask(box);
    struct told told;
    struct fault why;
    hall_id hall;

    assert_int_equal(hall_add(box->db, &ask, plan, &hall, &told, &why), RC_BAD_INPUT);
    plan_free(&plan);
}

static void hall_find__by_name_or_id__finds(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box), found;
    struct fault why;
    char id[32];

    assert_int_equal(hall_find(box->db, " sMALL ", &found, &why), RC_OK);
    assert_int_equal(found.n, hall.n);
    (void)snprintf(id, sizeof id, "%lld", (long long)hall.n);
    assert_int_equal(hall_find(box->db, id, &found, &why), RC_OK);
    assert_int_equal(found.n, hall.n);
}

static void hall_find__what_is_not_there__not_found(void **state)
{
    static const char *const names[] = {
        "", "Big", "99", "-1", "1e3", "99999999999999999999", "a'; DROP TABLE halls; --"};
    struct box *box = *state;
    hall_id found;
    struct fault why;

    box_small_hall(box);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(hall_find(box->db, names[i], &found, &why), RC_NOT_FOUND);
}

static void halls_read__counts_what_is_to_come(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    struct hall_list *list = NULL;
    struct fault why;

    box_show(box, hall, "Ran", EVENING);
    box_show(box, hall, "Ponyo", BOX_NOW - 3 * WHEN_HOUR);
    assert_int_equal(halls_read(box->db, box->now, &list, &why), RC_OK);
    assert_int_equal(list->n, 1);
    assert_string_equal(list->rows[0].name, "Small");
    assert_int_equal(list->rows[0].seats, 24);
    assert_int_equal(list->rows[0].wheelchairs, 1);
    assert_int_equal(list->rows[0].zones, 1);
    assert_int_equal(list->rows[0].shows, 1);
    free(list);
}

static void house_venue__nobody_said_init__not_found(void **state)
{
    struct box box;
    struct venue venue;
    struct fault why;
    struct ask ask;

    (void)state;
    box_init_bare(&box);
    ask = box_ask(&box);
    assert_int_equal(house_venue(box.db, &venue, &why), RC_NOT_FOUND);
    assert_int_equal(house_init(box.db, &ask, "eur", false, &why), RC_BAD_INPUT);
    assert_int_equal(house_init(box.db, &ask, "EURO", false, &why), RC_BAD_INPUT);
    assert_int_equal(house_init(box.db, &ask, "EUR", false, &why), RC_OK);
    assert_int_equal(house_venue(box.db, &venue, &why), RC_OK);
    assert_false(venue.demo);
    box_fini(&box);
}

static struct ask racer(int nth)
{
    struct ask ask = {.now = BOX_NOW, .operator_number = nth + 1};

    (void)snprintf(ask.key, sizeof ask.key, "racer-%d", nth);
    (void)snprintf(ask.terminal, sizeof ask.terminal, "counter-%d", nth + 2);
    ask.random[0] = (uint8_t)nth;
    return ask;
}

static int add_attic(struct sql *db, int nth, void *context)
{
    struct plan *plan = parse("@hall Attic\nA\tooo\n");
    struct ask ask = racer(nth);
    struct told told;
    struct fault why;
    hall_id hall;
    enum rc rc = hall_add(db, &ask, plan, &hall, &told, &why);

    (void)context;
    plan_free(&plan);
    return (int)rc;
}

static void hall_add__eight_at_once__one_is_added(void **state)
{
    struct box *box = *state;
    int results[8];

    race_run(box, 8, add_attic, NULL, results);
    assert_int_equal(race_count(results, 8, RC_OK), 1);
    assert_int_equal(race_count(results, 8, RC_EXISTS), 7);
}

/* The largest hall there may be; twice as many seats are refused before they come here. */
static void fault_124__hall_of_twenty_thousand_seats__stored_and_read(void **state)
{
    struct box *box = *state;
    char *text = calloc(1, (size_t)200 * 300);
    size_t used = 0;
    hall_id hall;

    assert_non_null(text);
    used = strlen(memcpy(text, "@hall Arena\n", sizeof "@hall Arena\n"));
    for (int row = 1; row <= 100; row++) {
        char line[240];

        (void)snprintf(line, sizeof line, "%d\t%0200d\n", row, 0);
        for (char *at = strchr(line, '\t'); *at != '\0'; at++)
            *at = *at == '0' ? 'o' : *at;
        used += strlen(memcpy(text + used, line, strlen(line) + 1));
    }
    hall = box_hall(box, text);
    assert_int_equal(map_plan_kept(box->db, hall)->n, PLAN_SEATS_MAX);
    assert_string_equal(map_plan_kept(box->db, hall)->seats[PLAN_SEATS_MAX - 1].label, "100-200");
    free(text);
}

#define IN_A_BOX(test) cmocka_unit_test_setup_teardown(test, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_BOX(hall_add__stores_seats__rising_in_row_and_seat_order),
        IN_A_BOX(hall_add__same_name_in_other_case__exists),
        IN_A_BOX(hall_add__same_key__first_hall_again),
        IN_A_BOX(hall_add__without_name__bad_input),
        IN_A_BOX(hall_find__by_name_or_id__finds),
        IN_A_BOX(hall_find__what_is_not_there__not_found),
        IN_A_BOX(halls_read__counts_what_is_to_come),
        IN_A_BOX(hall_add__eight_at_once__one_is_added),
        IN_A_BOX(fault_124__hall_of_twenty_thousand_seats__stored_and_read),
        cmocka_unit_test(house_venue__nobody_said_init__not_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
