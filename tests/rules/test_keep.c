#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/match.h"
#include "tests/kit/kit.h"
#include "tests/rules/sketch.h"

enum { CASES = 3000, MOST = 6, LONG_QUEUE = 300, ROUNDS = 40, HALL_MOST = 24 };

static struct match_entry entry(int64_t id, int party, enum fit fit)
{
    return (struct match_entry){
        .id = {id}, .party = party, .fit = fit, .zone = -1, .passes = MATCH_PASSES_TO_KEEP};
}

/* One drawn hall, its queue and what came of it. */
struct scene {
    struct plan *plan;
    uint8_t *open;
    struct match_result results[MOST];
};

static void scene_init(struct scene *scene, const char *drawing)
{
    *scene = (struct scene){0};
    scene->plan = sketch_draw(drawing, &scene->open);
}

static void scene_fini(struct scene *scene)
{
    plan_free(&scene->plan);
    free(scene->open);
}

static void match(struct scene *scene, const struct match_entry *entries, size_t n, bool keep)
{
    assert_true(match_queue(scene->plan, scene->open, entries, n, false, keep, scene->results));
}

/* The seats that are `label`'s now are kept for the k-th of the queue, as 1 + k. */
static void mark(struct scene *scene, const char *label, uint8_t open)
{
    for (size_t i = 0; i < scene->plan->n; i++) {
        if (strcmp(scene->plan->seats[i].label, label) == 0)
            scene->open[i] = open;
    }
}

static void expect(const struct scene *scene, size_t i, const struct picked *is, const char *labels)
{
    char text[256] = "";

    sketch_labels(scene->plan, is->seats, is->n, text, sizeof text);
    assert_string_equal(text, labels);
    assert_int_equal(scene->results[i].seated, is == &scene->results[i].seats && is->n > 0);
}

static void expect_kept(const struct scene *scene, size_t i, const char *labels)
{
    expect(scene, i, &scene->results[i].kept, labels);
    assert_int_equal(scene->results[i].keep, labels[0] != '\0');
}

/* Who is seated leaves with the seats; what is kept is kept. Returns whether that is anything new.
 */
static bool carry_out(struct scene *scene, struct match_entry *entries, size_t n)
{
    static uint8_t everywhere[HALL_MOST];
    uint8_t next[HALL_MOST] = {0};
    bool changed;

    memset(everywhere, 1, sizeof everywhere);
    for (size_t i = 0; i < scene->plan->n; i++)
        next[i] = scene->open[i] > 0;
    for (size_t i = 0; i < n; i++) {
        const struct match_result *result = &scene->results[i];
        const struct picked *seats = result->seated ? &result->seats : &result->kept;

        for (int s = 0; s < seats->n; s++)
            next[seats->seats[s]] = result->seated ? 0 : (uint8_t)(2 + i);
        if (result->seated)
            entries[i].barred = everywhere;
    }
    changed = memcmp(next, scene->open, scene->plan->n) != 0;
    memcpy(scene->open, next, scene->plan->n);
    return changed;
}

/* How many rounds it takes until nothing is decided anew. */
static int settle(struct scene *scene, struct match_entry *entries, size_t n)
{
    bool changed = true;
    int round = 0;

    for (; changed && round < ROUNDS; round++) {
        match(scene, entries, n, true);
        changed = carry_out(scene, entries, n);
    }
    return round;
}

static void keep__passed_over_twice__its_best_block_is_kept(void **state)
{
    struct match_entry entries[] = {entry(1, 4, FIT_TOGETHER), entry(2, 2, FIT_TOGETHER)};
    struct scene scene;

    (void)state;
    entries[1].passes = 0;
    scene_init(&scene, "xxxxxx/xoooxx");
    match(&scene, entries, 2, true);
    expect_kept(&scene, 0, "B2 B3 B4");
    expect(&scene, 1, &scene.results[1].seats, "");
    match(&scene, entries, 2, false);
    expect_kept(&scene, 0, "");
    expect(&scene, 1, &scene.results[1].seats, "B3 B4");
    scene_fini(&scene);
}

static void keep__seats_kept_for_one__are_no_others(void **state)
{
    struct match_entry entries[] = {entry(1, 2, FIT_TOGETHER), entry(2, 2, FIT_TOGETHER)};
    struct scene scene;

    (void)state;
    scene_init(&scene, "ooox");
    mark(&scene, "A1", 3);
    mark(&scene, "A2", 3);
    match(&scene, entries, 2, true);
    assert_string_equal(scene.results[0].reason, "needs 2 together, 1 was free in A");
    expect_kept(&scene, 0, "A3");
    expect(&scene, 1, &scene.results[1].seats, "A1 A2");
    scene_fini(&scene);
}

/* A seat that the party could never use is of use to others. */
static void keep__no_more_than_the_party_can_use(void **state)
{
    struct match_entry entries[] = {entry(1, 3, FIT_ANY), entry(2, 1, FIT_PAIRS),
                                    entry(3, 2, FIT_PAIRS), entry(4, 3, FIT_PAIRS)};
    struct scene scene;

    (void)state;
    for (int i = 0; i < 4; i++)
        entries[i].wheelchairs = 1;
    scene_init(&scene, "Wooooox");
    for (size_t i = 0; i < 4; i++) {
        static const char *const kept[] = {"A2 A3", "", "", "A2 A3"};

        match(&scene, &entries[i], 1, true);
        expect_kept(&scene, 0, kept[i]);
    }
    scene_fini(&scene);
    scene_init(&scene, "wxoxwxx"); /* a place, but nobody to sit beside it */
    match(&scene, entries, 1, true);
    expect_kept(&scene, 0, "A1 A3");
    match(&scene, entries + 2, 1, true);
    expect_kept(&scene, 0, "");
    scene_fini(&scene);
}

static void keep__pairs__no_seat_that_stands_alone(void **state)
{
    const struct match_entry five = entry(1, 5, FIT_PAIRS);
    struct scene scene;

    (void)state;
    scene_init(&scene, "oxooxoxooox");
    match(&scene, &five, 1, true);
    expect(&scene, 0, &scene.results[0].seats, "A3 A4 A8 A9 A10");
    scene_fini(&scene);
    scene_init(&scene, "oxooxoxoox");
    match(&scene, &five, 1, true);
    expect_kept(&scene, 0, "A3 A4 A8 A9");
    scene_fini(&scene);
}

/* What it has it keeps, although it would meet another seat first. */
static void keep__scattered__stays_where_it_was(void **state)
{
    struct match_entry any = entry(1, 3, FIT_ANY);
    struct match_entry pairs = entry(2, 4, FIT_PAIRS);
    struct scene scene;

    (void)state;
    any.wheelchairs = 1;
    scene_init(&scene, "Wooooo");
    mark(&scene, "A4", 2);
    match(&scene, &any, 1, true);
    expect_kept(&scene, 0, "A4 A2");
    scene_fini(&scene);
    pairs.wheelchairs = 1;
    scene_init(&scene, "Wxooxoooo");
    mark(&scene, "A6", 2);
    mark(&scene, "A7", 2);
    match(&scene, &pairs, 1, true);
    expect_kept(&scene, 0, "A6 A7 A8");
    scene_fini(&scene);
}

/* The first kept B2, which parted B1 from its neighbour, then changed over to B1 that the second
 * let go, and so on in a circle, for a wheelchair place that does not exist. */
static void keep__two_who_want_a_wheelchair_place__take_nothing_from_each_other(void **state)
{
    struct match_entry entries[] = {entry(1, 1, FIT_PAIRS), entry(2, 3, FIT_PAIRS)};
    struct scene scene;

    (void)state;
    entries[0].wheelchairs = entries[1].wheelchairs = 1;
    scene_init(&scene, "oox/ooo");
    mark(&scene, "A1", 3);
    mark(&scene, "A2", 3);
    mark(&scene, "B1", 3);
    assert_true(settle(&scene, entries, 2) < ROUNDS);
    expect_kept(&scene, 0, "");
    expect_kept(&scene, 1, "A1 A2");
    scene_fini(&scene);
}

/* A byte a seat tells for whom it is kept, and has no room for those far behind. */
static void keep__far_behind_in_a_long_queue__keeps_nothing(void **state)
{
    static struct match_entry entries[LONG_QUEUE];
    static struct match_result results[LONG_QUEUE];
    struct scene scene;

    (void)state;
    for (int i = 0; i < LONG_QUEUE; i++) {
        entries[i] = entry(i + 1, 4, FIT_TOGETHER);
        entries[i].passes = i < MATCH_KEEPERS_MOST ? 0 : MATCH_PASSES_TO_KEEP;
    }
    scene_init(&scene, "ooox");
    assert_true(match_queue(scene.plan, scene.open, entries, LONG_QUEUE, false, true, results));
    for (int i = 0; i < LONG_QUEUE; i++)
        assert_false(results[i].keep);
    entries[MATCH_KEEPERS_MOST - 1].passes = MATCH_PASSES_TO_KEEP;
    assert_true(match_queue(scene.plan, scene.open, entries, LONG_QUEUE, false, true, results));
    assert_true(results[MATCH_KEEPERS_MOST - 1].keep);
    scene_fini(&scene);
}

/* Whatever was kept for whom before, keeping comes to rest. */
static void keep__any_queue__comes_to_rest(void **state)
{
    uint64_t seed = kit_seed();

    (void)state;
    for (int i = 0; i < CASES; i++) {
        struct match_entry entries[MOST];
        struct scene scene = {0};

        scene.plan = sketch_random(&seed, 3, 8, 55, 1, &scene.open);
        for (size_t k = 0; k < MOST; k++) {
            entries[k] =
                entry((int64_t)k + 1, 1 + (int)kit_below(&seed, 7), (enum fit)kit_below(&seed, 3));
            entries[k].wheelchairs = kit_below(&seed, 3) == 0;
        }
        for (size_t s = 0; s < scene.plan->n; s++) {
            if (scene.open[s])
                scene.open[s] = (uint8_t)(1 + kit_below(&seed, MOST + 1));
        }
        if (settle(&scene, entries, MOST) == ROUNDS) {
            sketch_print(scene.plan, scene.open);
            fail_msg("keeping goes on and on, case %d", i);
        }
        scene_fini(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keep__passed_over_twice__its_best_block_is_kept),
        cmocka_unit_test(keep__seats_kept_for_one__are_no_others),
        cmocka_unit_test(keep__no_more_than_the_party_can_use),
        cmocka_unit_test(keep__pairs__no_seat_that_stands_alone),
        cmocka_unit_test(keep__scattered__stays_where_it_was),
        cmocka_unit_test(keep__two_who_want_a_wheelchair_place__take_nothing_from_each_other),
        cmocka_unit_test(keep__far_behind_in_a_long_queue__keeps_nothing),
        cmocka_unit_test(keep__any_queue__comes_to_rest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
