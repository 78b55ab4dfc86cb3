/* A box office of one's own, made in one go: whole, or not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/new_house.h"
#include "core/desk/staff_pin.h"
#include "core/rules/plan_draw.h"
#include "tests/kit/box.h"

struct site {
    char dir[KIT_PATH];
    struct new_house house;
    struct plan *plan;
    struct fault why;
};

static int setup(void **state)
{
    const struct plan_drawing drawing = {.name = "Hall 1", .rows = "A-C", .seats = 6};
    struct site *site = calloc(1, sizeof *site);
    struct new_house *p = &site->house;

    kit_tempdir(site->dir);
    *p = (struct new_house){.drawer = 2,
                            .terminal = "till-1",
                            .sale_stop_min = 20,
                            .venue = "Odeon",
                            .currency = "GBP",
                            .title = "Casablanca",
                            .starts_at = BOX_NOW + 400 * 24 * WHEN_HOUR,
                            .minutes = 102,
                            .price = 1150,
                            .opening = 15000,
                            .manager = "Mira Holm",
                            .pin = "246810"};
    (void)snprintf(p->path, sizeof p->path, "%s/own.db", site->dir);
    (void)snprintf(p->pepper_file, sizeof p->pepper_file, "%s/pepper", site->dir);
    assert_int_equal(when_zone_set("UTC", &site->why), RC_OK);
    assert_int_equal(plan_draw(&drawing, &site->plan, &site->why), RC_OK);
    *state = site;
    return 0;
}

static int teardown(void **state)
{
    struct site *site = *state;

    plan_free(&site->plan);
    kit_remove_tree(site->dir);
    free(site);
    return 0;
}

/* Files in its directory. */
static int files(const struct site *site, const char *part)
{
    char command[KIT_PATH + 32];
    const char *argv[] = {"sh", "-c", command, NULL};
    struct kit_run run;
    int n;

    (void)snprintf(command, sizeof command, "ls %s | grep -c -e '%s'", site->dir, part);
    run = kit_run(site->dir, argv, 5000);
    n = (int)strtol(run.out, NULL, 10);
    kit_run_fini(&run);
    return n;
}

static int64_t number(struct sql *db, const char *query)
{
    return sql_one_number(db, -1, query, NULL, 0);
}

static void new_house__founded__can_sell_at_once(void **state)
{
    struct site *site = *state;
    struct box box = {.now = BOX_NOW};
    const struct sql_options options = {.name = site->house.path, .journal = "wal"};
    struct pin_verdict verdict;
    struct venue venue;

    if (new_house_make(&site->house, site->plan, &site->why) != RC_OK)
        fail_msg("%s", site->why.text);
    assert_int_equal(files(site, "own.db"), 1); /* and nothing beside it */
    assert_int_equal(sql_open(&box.db, &options), SQL_OK);
    assert_int_equal(house_venue(box.db, &venue, &site->why), RC_OK);
    assert_string_equal(venue.name, "Odeon");
    assert_string_equal(venue.currency, "GBP");
    assert_true(venue.staffed && !venue.demo && !venue.training);
    assert_int_equal(number(box.db, "SELECT count(*) FROM seats"), 18);
    assert_int_equal(number(box.db, "SELECT count(*) FROM shows WHERE title = 'Casablanca'"), 1);
    assert_int_equal(number(box.db, "SELECT opening FROM till_sessions WHERE drawer = 2"
                                    " AND state = 'open'"),
                     15000);
    assert_int_equal(
        staff_pin_try(box.db, 1, "246810", site->house.pepper_file, &verdict, &site->why), RC_OK);
    assert_true(verdict.right);
    box_check(&box);
    sql_close(&box.db);
}

static void new_house__over_anything__is_refused(void **state)
{
    struct site *site = *state;
    char *kept;

    kit_write_file(site->house.path, "mine", 4);
    assert_int_equal(new_house_make(&site->house, site->plan, &site->why), RC_EXISTS);
    kept = kit_read_file(site->house.path, NULL);
    assert_string_equal(kept, "mine");
    free(kept);
    assert_int_equal(files(site, "own.db"), 1);
}

static void new_house__a_step_refused__leaves_nothing(void **state)
{
    struct site *site = *state;

    site->house.currency[0] = 'x'; /* the first step's */
    assert_int_equal(new_house_make(&site->house, site->plan, &site->why), RC_BAD_INPUT);
    assert_int_equal(files(site, "own.db"), 0);
    site->house.currency[0] = 'G';
    site->house.price = -1; /* the show's */
    assert_int_not_equal(new_house_make(&site->house, site->plan, &site->why), RC_OK);
    assert_int_equal(files(site, "own.db"), 0);
    site->house.price = 1150;
    (void)snprintf(site->house.pin, sizeof site->house.pin, "12"); /* the last one's */
    assert_int_equal(new_house_make(&site->house, site->plan, &site->why), RC_BAD_INPUT);
    assert_int_equal(files(site, "own.db"), 0);
    (void)snprintf(site->house.pin, sizeof site->house.pin, "246810");
    assert_int_equal(new_house_make(&site->house, site->plan, &site->why), RC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(new_house__founded__can_sell_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(new_house__over_anything__is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(new_house__a_step_refused__leaves_nothing, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
