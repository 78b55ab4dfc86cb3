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

enum { CASES = 400, MOST = 4, SEATS = 12 };

static struct match_entry entry(int64_t id, int party, enum fit fit)
{
    return (struct match_entry){.id = {id}, .party = party, .fit = fit, .zone = -1};
}

/* One drawn hall, its queue and what came of it. */
struct scene {
    struct plan *plan;
    uint8_t *open;
    struct match_result results[8];
};

static void scene_init(struct scene *scene, const char *drawing, const struct match_entry *entries,
                       size_t n, bool strict, bool keep)
{
    scene->plan = sketch_draw(drawing, &scene->open);
    assert_true(match_queue(scene->plan, scene->open, entries, n, strict, keep, scene->results));
}

static void scene_fini(struct scene *scene)
{
    plan_free(&scene->plan);
    free(scene->open);
}

static void expect(const struct scene *scene, size_t i, const char *labels)
{
    char text[256] = "";

    sketch_labels(scene->plan, scene->results[i].seats.seats, scene->results[i].seats.n, text,
                  sizeof text);
    assert_string_equal(text, labels);
    assert_int_equal(scene->results[i].seated, labels[0] != '\0');
    assert_int_equal(scene->results[i].reason[0] == '\0', labels[0] != '\0');
}

static void queue__empty__nothing_happens(void **state)
{
    struct scene scene;

    (void)state;
    scene_init(&scene, "oooo", NULL, 0, false, true);
    scene_fini(&scene);
}

static void queue__first_fit__seats_a_later_party_and_counts_the_pass(void **state)
{
    const struct match_entry entries[] = {entry(1, 4, FIT_TOGETHER), entry(2, 2, FIT_TOGETHER),
                                          entry(3, 1, FIT_TOGETHER)};
    struct scene scene;

    (void)state;
    scene_init(&scene, "xoooxx/xxxxxx", entries, 3, false, true);
    expect(&scene, 0, "");
    assert_string_equal(scene.results[0].reason, "needs 4 together, 3 were free in A");
    assert_int_equal(scene.results[0].passes, 2);
    expect(&scene, 1, "A3 A4");
    expect(&scene, 2, "A2");
    assert_false(scene.results[0].keep); /* nothing is left to keep */
    scene_fini(&scene);
}

static void queue__strict__the_head_blocks(void **state)
{
    const struct match_entry entries[] = {entry(1, 1, FIT_TOGETHER), entry(2, 4, FIT_TOGETHER),
                                          entry(3, 1, FIT_TOGETHER)};
    struct scene scene;

    (void)state;
    scene_init(&scene, "xoooxx/xxxxxx", entries, 3, true, true);
    expect(&scene, 0, "A4");
    expect(&scene, 1, "");
    expect(&scene, 2, "");
    assert_int_equal(scene.results[1].passes, 0);
    assert_string_equal(scene.results[2].reason, "waits for those before it");
    scene_fini(&scene);
}

static void queue__one_block_fits_both__the_first_party_moves_over(void **state)
{
    /* Picked alone the pair would sit in the middle of the six and leave no four. */
    const struct match_entry entries[] = {entry(1, 2, FIT_TOGETHER), entry(2, 4, FIT_TOGETHER)};
    struct scene scene;

    (void)state;
    scene_init(&scene, "oooooo/xxxxxx/xxxxxx", entries, 2, false, false);
    assert_true(scene.results[0].seated);
    assert_true(scene.results[1].seated);
    assert_int_equal(scene.results[0].seats.pieces, 1);
    assert_int_equal(scene.results[1].seats.pieces, 1);
    scene_fini(&scene);
}

static void queue__any__in_one_place_when_there_is_a_way(void **state)
{
    const struct match_entry entries[] = {entry(1, 2, FIT_TOGETHER), entry(2, 3, FIT_ANY)};
    struct scene scene;

    (void)state;
    scene_init(&scene, "xoooxx/xxxxxx/ooxxxx", entries, 2, false, false);
    expect(&scene, 0, "C1 C2");
    expect(&scene, 1, "A2 A3 A4");
    scene_fini(&scene);
}

static void reasons__in_the_words_of_the_counter(void **state)
{
    struct match_entry entries[] = {entry(1, 6, FIT_PAIRS),    entry(2, 6, FIT_ANY),
                                    entry(3, 4, FIT_TOGETHER), entry(4, 5, FIT_PAIRS),
                                    entry(5, 2, FIT_TOGETHER), entry(6, 2, FIT_PAIRS)};
    struct scene scene;

    (void)state;
    scene_init(&scene, "ooxoox/xxxxxx", entries, 4, false, false);
    assert_string_equal(scene.results[0].reason, "needs 3 pairs, 2 were free");
    assert_string_equal(scene.results[1].reason, "needs 6 seats, 4 were free");
    assert_string_equal(scene.results[2].reason, "needs 4 together, 2 were free in A");
    assert_string_equal(scene.results[3].reason, "needs 5 in pairs, 4 were free");
    scene_fini(&scene);
    entries[4].wheelchairs = 1;
    scene_init(&scene, "oxoxox/xxxxxx", entries + 4, 2, false, false);
    assert_string_equal(scene.results[0].reason, "needs 1 wheelchair place, none was free");
    assert_string_equal(scene.results[1].reason, "needs 1 pair, none was free");
    scene_fini(&scene);
    scene_init(&scene, "xxx", entries + 2, 1, false, false);
    assert_string_equal(scene.results[0].reason, "needs 4 seats, none was free");
    scene_fini(&scene);
}

static void barred__not_those_seats_again(void **state)
{
    const uint8_t barred[6] = {0, 0, 1, 1, 0, 0};
    struct match_entry entries[] = {entry(1, 2, FIT_TOGETHER), entry(2, 2, FIT_TOGETHER)};
    struct scene scene;

    (void)state;
    entries[0].barred = barred;
    scene_init(&scene, "xxoooo", entries, 2, false, false);
    expect(&scene, 0, "A5 A6");
    expect(&scene, 1, "A3 A4");
    scene_fini(&scene);
}

static void any__a_party_moves_aside_for_one_that_may_not_sit_elsewhere(void **state)
{
    const uint8_t left[4] = {0, 1, 0, 0};
    const uint8_t right[4] = {0, 0, 1, 0};
    struct match_entry entries[] = {entry(1, 1, FIT_ANY), entry(2, 1, FIT_ANY)};
    struct scene scene;

    (void)state;
    entries[1].barred = left;
    scene_init(&scene, "xoox", entries, 2, false, false);
    expect(&scene, 0, "A2");
    expect(&scene, 1, "A3");
    scene_fini(&scene);
    entries[1].barred = right;
    scene_init(&scene, "xoox", entries, 2, false, false);
    expect(&scene, 0, "A3");
    expect(&scene, 1, "A2");
    scene_fini(&scene);
}

static void wheelchair__party_gets_its_place_and_others_spare_it(void **state)
{
    struct match_entry entries[] = {entry(1, 1, FIT_ANY), entry(2, 2, FIT_TOGETHER),
                                    entry(3, 1, FIT_ANY)};
    struct scene scene;

    (void)state;
    entries[1].wheelchairs = 1;
    scene_init(&scene, "wcxox/xxxxx", entries, 3, false, false);
    expect(&scene, 0, "A4");
    expect(&scene, 1, "A1 A2");
    expect(&scene, 2, "");
    scene_fini(&scene);
    scene_init(&scene, "wxxxx/xxxxx", entries, 1, false, false);
    expect(&scene, 0, "A1"); /* nothing else is left */
    scene_fini(&scene);
}

/* The slow way: all subsets, all orders. */
struct brute {
    const struct plan *plan;
    const uint8_t *open;
    const struct match_entry *entries;
    bool one_piece[MOST];
    bool in[MOST];
    uint8_t known[MOST + 1][1 << SEATS]; /* 1: no way */
};

static bool fits(const struct brute *brute, size_t i, unsigned set)
{
    const struct match_entry *who = &brute->entries[i];
    int pieces = 0;

    for (size_t seat = 0; seat < brute->plan->n; seat++) {
        const struct plan_seat *at = &brute->plan->seats[seat];
        bool left = seat > 0 && set >> (seat - 1) & 1 && at[-1].run == at->run;
        bool right = seat + 1 < brute->plan->n && set >> (seat + 1) & 1 && at[1].run == at->run;

        if (!(set >> seat & 1))
            continue;
        if (brute->open[seat] != 1 && brute->open[seat] != i + 2)
            return false;
        if (who->barred != NULL && who->barred[seat])
            return false;
        if (who->zone >= 0 && at->zone != who->zone)
            return false;
        if (who->fit == FIT_PAIRS && who->party > 1 && !left && !right)
            return false;
        pieces += !left;
    }
    return pieces == 1 || (who->fit != FIT_TOGETHER && !brute->one_piece[i]);
}

static bool seatable(struct brute *brute, size_t i, unsigned used)
{
    unsigned all = (1U << brute->plan->n) - 1;

    if (i == MOST)
        return true;
    if (!brute->in[i])
        return seatable(brute, i + 1, used);
    if (brute->known[i][used])
        return false;
    for (unsigned set = all & ~used; set > 0; set = (set - 1) & all & ~used) {
        if (__builtin_popcount(set) == brute->entries[i].party && fits(brute, i, set) &&
            seatable(brute, i + 1, used | set))
            return true;
    }
    brute->known[i][used] = 1;
    return false;
}

static bool seatable_all(struct brute *brute, unsigned used)
{
    memset(brute->known, 0, sizeof brute->known);
    return seatable(brute, 0, used);
}

static unsigned as_set(const struct picked *picked)
{
    unsigned set = 0;

    for (int i = 0; i < picked->n; i++)
        set |= 1U << picked->seats[i];
    return set;
}

/* The set served is the lexicographic best, and so are the parties in one piece. */
static void check_set(struct brute *brute, size_t n, const struct match_result *results)
{
    for (size_t i = 0; i < n; i++) {
        brute->in[i] = true;
        brute->in[i] = seatable_all(brute, 0);
        if (brute->in[i] != results[i].seated)
            fail_msg("party %zu: served %d, %d wanted", i, results[i].seated, brute->in[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (!brute->in[i])
            continue;
        brute->one_piece[i] = true;
        brute->one_piece[i] = seatable_all(brute, 0);
        if (brute->one_piece[i] != (results[i].seats.pieces == 1))
            fail_msg("party %zu: one piece %d, %d pieces", i, brute->one_piece[i],
                     results[i].seats.pieces);
    }
}

static void check_seats(struct brute *brute, size_t n, const struct match_result *results)
{
    unsigned used = 0;

    for (size_t i = 0; i < n; i++) {
        unsigned set = as_set(&results[i].seats);

        if (!results[i].seated) {
            assert_int_equal(set, 0);
            assert_true(results[i].reason[0] != '\0');
            continue;
        }
        assert_int_equal(__builtin_popcount(set), brute->entries[i].party);
        if (!fits(brute, i, set) || (set & used) != 0)
            fail_msg("party %zu sits on %x, taken before it %x", i, set, used);
        used |= set;
    }
}

/* The first that is served has the best block that leaves the others a way. */
static void check_first(struct brute *brute, size_t n, const struct match_result *results)
{
    uint8_t near[SEATS];
    uint8_t may[SEATS];
    size_t i = 0;

    while (i < n && !results[i].seated)
        i++;
    if (i == n || !brute->one_piece[i])
        return;
    for (size_t seat = 0; seat < brute->plan->n; seat++) {
        near[seat] = brute->open[seat] != 0;
        may[seat] = (brute->open[seat] == 1 || brute->open[seat] == i + 2) &&
                    (brute->entries[i].barred == NULL || !brute->entries[i].barred[seat]);
    }
    brute->in[i] = false;
    for (int rank = 0; rank < 32; rank++) {
        struct pick_wish wish = {brute->entries[i].party, FIT_TOGETHER, brute->entries[i].zone,
                                 rank, 0};
        struct picked picked;

        assert_true(pick_among(brute->plan, near, may, &wish, &picked));
        if (seatable_all(brute, as_set(&picked))) {
            if (as_set(&picked) != as_set(&results[i].seats))
                fail_msg("party %zu sits on %x, best is %x", i, as_set(&results[i].seats),
                         as_set(&picked));
            return;
        }
    }
    fail_msg("no block for party %zu", i);
}

static void random_queue(uint64_t *seed, const struct plan *plan, uint8_t *open,
                         struct match_entry *entries, size_t n, uint8_t barred[][SEATS])
{
    bool plain = kit_below(seed, 2) == 0;

    for (size_t i = 0; i < n; i++) {
        entries[i] =
            entry((int64_t)i + 1, 1 + (int)kit_below(seed, 5), (enum fit)kit_below(seed, 3));
        for (size_t seat = 0; seat < SEATS; seat++)
            barred[i][seat] = kit_below(seed, 5) == 0;
        if (!plain && kit_below(seed, 2) == 0)
            entries[i].barred = barred[i];
    }
    for (size_t seat = 0; seat < plan->n && !plain; seat++) {
        if (open[seat] && kit_below(seed, 8) == 0)
            open[seat] = (uint8_t)(2 + kit_below(seed, n));
    }
}

static void match__any_tiny_hall__as_brute_force(void **state)
{
    uint64_t seed = kit_seed();
    struct brute *brute = calloc(1, sizeof *brute);

    (void)state;
    assert_non_null(brute);
    for (int i = 0; i < CASES; i++) {
        uint8_t *open;
        struct plan *plan = sketch_random(&seed, 2, 6, (int)kit_below(&seed, 50), 0, &open);
        struct match_entry entries[MOST];
        struct match_result results[MOST];
        uint8_t barred[MOST][SEATS];
        size_t n = 1 + (size_t)kit_below(&seed, MOST);

        random_queue(&seed, plan, open, entries, n, barred);
        memset(brute, 0, sizeof *brute);
        brute->plan = plan;
        brute->open = open;
        brute->entries = entries;
        assert_true(match_queue(plan, open, entries, n, false, false, results));
        check_set(brute, n, results);
        check_seats(brute, n, results);
        check_first(brute, n, results);
        plan_free(&plan);
        free(open);
    }
    free(brute);
}

static void match__large_queue__is_sound_and_the_same_again(void **state)
{
    enum { QUEUE = 60 };
    uint64_t seed = kit_seed();
    uint8_t *open;
    struct plan *plan = sketch_random(&seed, 20, 40, 80, 1, &open);
    struct match_entry entries[QUEUE];
    struct match_result *results = calloc(2 * QUEUE, sizeof *results);
    uint8_t *used = calloc(plan->n, 1);

    (void)state;
    assert_non_null(results);
    assert_non_null(used);
    for (size_t i = 0; i < QUEUE; i++) {
        entries[i] =
            entry((int64_t)i + 1, 1 + (int)kit_below(&seed, 8), (enum fit)kit_below(&seed, 3));
        entries[i].passes = (int)kit_below(&seed, 4);
    }
    assert_true(match_queue(plan, open, entries, QUEUE, false, true, results));
    assert_true(match_queue(plan, open, entries, QUEUE, false, true, results + QUEUE));
    assert_memory_equal(results, results + QUEUE, QUEUE * sizeof *results);
    for (size_t i = 0; i < QUEUE; i++) {
        const struct picked *seats = results[i].seated ? &results[i].seats : &results[i].kept;

        assert_true(!results[i].seated || !results[i].keep);
        assert_true(!results[i].seated || seats->n == entries[i].party);
        for (int j = 0; j < seats->n; j++) {
            assert_true(open[seats->seats[j]]);
            assert_false(used[seats->seats[j]]++);
        }
    }
    free(used);
    free(results);
    plan_free(&plan);
    free(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queue__empty__nothing_happens),
        cmocka_unit_test(queue__first_fit__seats_a_later_party_and_counts_the_pass),
        cmocka_unit_test(queue__strict__the_head_blocks),
        cmocka_unit_test(queue__one_block_fits_both__the_first_party_moves_over),
        cmocka_unit_test(queue__any__in_one_place_when_there_is_a_way),
        cmocka_unit_test(reasons__in_the_words_of_the_counter),
        cmocka_unit_test(barred__not_those_seats_again),
        cmocka_unit_test(any__a_party_moves_aside_for_one_that_may_not_sit_elsewhere),
        cmocka_unit_test(wheelchair__party_gets_its_place_and_others_spare_it),
        cmocka_unit_test(match__any_tiny_hall__as_brute_force),
        cmocka_unit_test(match__large_queue__is_sound_and_the_same_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
