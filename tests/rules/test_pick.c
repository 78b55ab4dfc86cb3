#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/pick.h"
#include "tests/kit/kit.h"
#include "tests/rules/sketch.h"

enum { CASES = 1500 };

static const struct pick_wish two = {.party = 2, .fit = FIT_TOGETHER, .zone = -1};

/* Checks the labels that a wish picks in a drawn hall; "" for none. */
static void expect(const char *drawing, struct pick_wish wish, const char *labels)
{
    uint8_t *open;
    struct plan *plan = sketch_draw(drawing, &open);
    struct picked picked;
    char text[256] = "";

    if (pick_seats(plan, open, &wish, &picked))
        sketch_labels(plan, picked.seats, picked.n, text, sizeof text);
    assert_string_equal(text, labels);
    plan_free(&plan);
    free(open);
}

static void two__empty_hall__near_the_focal_point(void **state)
{
    (void)state;
    expect("oooooo/oooooo/oooooo/oooooo", two, "C3 C4");
}

static void two__a_single_gap__is_avoided(void **state)
{
    (void)state;
    expect("xoooox", two, "A2 A3");
    expect("xooox/oxxxx/xxoox", two, "C3 C4");
    expect("xooox", two, "A2 A3");
}

static void two__a_gap_that_was_single_before__is_no_new_gap(void **state)
{
    (void)state;
    expect("ooxox/xxxxx", two, "A1 A2");
}

static void wheelchair_places__left_alone_while_others_are_left(void **state)
{
    struct pick_wish any = {.party = 2, .fit = FIT_ANY, .zone = -1};

    (void)state;
    expect("wwo/oxx", any, "A3 B1");
    expect("wwo/oxx", two, "");
    expect("wwx/xxx", two, "A1 A2");
    expect("wwo/xxx", any, "A2 A3");
    expect("wcooo/xxxxx", two, "A4 A5");
}

static void wheelchair_asked__with_the_companions_place_beside_it(void **state)
{
    struct pick_wish wish = {.party = 2, .fit = FIT_TOGETHER, .zone = -1, .wheelchairs = 1};

    (void)state;
    expect("ooooo/cwooo/ooooo", wish, "B1 B2");
    expect("ooooo/Cwooo/ooooo", wish, "B2 B3");
    expect("ooooo/cWooo/ooooo", wish, "");
    expect("ooooo/wwooo/ooooo", wish, "B2 B3");
    wish.wheelchairs = 2;
    expect("ooooo/wwooo/ooooo", wish, "B1 B2");
}

static void together__no_block__none(void **state)
{
    struct pick_wish three = {.party = 3, .fit = FIT_TOGETHER, .zone = -1};

    (void)state;
    expect("oo_oo/ooxoo", three, "");
    three.fit = FIT_ANY;
    expect("oo_oo/xxxxx", three, "A1 A2 A3");
    three.fit = FIT_PAIRS;
    expect("oo_oo/xxxxx", three, "");
    three.party = 4;
    expect("oo_oo/xxxxx", three, "A1 A2 A3 A4");
    three.party = 1;
    expect("xox/xxx", three, "A2");
}

static void zone__only_its_seats(void **state)
{
    struct plan *plan = sketch_plan("@zone front\nA\tooo\n@zone rear\nB\tooo\n");
    const uint8_t open[6] = {1, 1, 1, 1, 1, 1};
    struct pick_wish wish = {.party = 3, .fit = FIT_ANY, .zone = 0};
    struct picked picked;

    (void)state;
    assert_true(pick_seats(plan, open, &wish, &picked));
    assert_int_equal(picked.seats[0], 0);
    wish.party = 4;
    assert_false(pick_seats(plan, open, &wish, &picked));
    plan_free(&plan);
}

static void party_out_of_range__none(void **state)
{
    (void)state;
    expect("oooo", (struct pick_wish){.party = 0, .zone = -1}, "");
    expect("oooo", (struct pick_wish){.party = -1, .zone = -1}, "");
    expect("oooo", (struct pick_wish){.party = SEATS_MAX + 1, .fit = FIT_ANY, .zone = -1}, "");
}

static void gaps__told_with_the_first_seat(void **state)
{
    uint8_t *open;
    struct plan *plan = sketch_draw("oooooo_oo", &open);
    size_t gap = 0;
    size_t seats[3] = {1, 4, 7};

    (void)state;
    assert_int_equal(pick_gaps(plan, open, seats, 3, &gap), 3);
    assert_int_equal(gap, 0);
    seats[0] = 2;
    assert_int_equal(pick_gaps(plan, open, seats, 2, &gap), 2);
    assert_int_equal(gap, 3);
    seats[1] = 3;
    assert_int_equal(pick_gaps(plan, open, seats, 2, &gap), 0);
    assert_int_equal(gap, PLAN_NONE);
    assert_int_equal(pick_pieces(plan, seats, 3), 2);
    seats[1] = 5;
    seats[2] = 6;
    assert_int_equal(pick_pieces(plan, seats, 3), 3);
    plan_free(&plan);
    free(open);
}

static void longest__standard_seats_of_one_run(void **state)
{
    uint8_t *open;
    struct plan *plan = sketch_draw("ooo_oowo/oxooox", &open);

    (void)state;
    assert_int_equal(pick_longest(plan, open), 3);
    memset(open, 0, plan->n);
    assert_int_equal(pick_longest(plan, open), 0);
    plan_free(&plan);
    free(open);
}

static void fit__words_there_and_back(void **state)
{
    enum fit fit;

    (void)state;
    assert_true(fit_parse("pairs", &fit));
    assert_int_equal(fit, FIT_PAIRS);
    assert_string_equal(fit_text(FIT_ANY), "any");
    assert_false(fit_parse("apart", &fit));
}

/* The same order, worked out the slow way. */
struct cost {
    int pieces, gaps, accessible;
    int64_t distance;
};

static int compare(const struct cost *a, const struct cost *b)
{
    if (a->pieces != b->pieces)
        return a->pieces - b->pieces;
    if (a->gaps != b->gaps)
        return a->gaps - b->gaps;
    if (a->accessible != b->accessible)
        return a->accessible - b->accessible;
    return a->distance < b->distance ? -1 : a->distance > b->distance;
}

static bool beside(const struct plan *plan, size_t left)
{
    return left + 1 < plan->n && plan->seats[left].run == plan->seats[left + 1].run;
}

static bool single(const struct plan *plan, const uint8_t *open, size_t i)
{
    return open[i] && !(i > 0 && beside(plan, i - 1) && open[i - 1]) &&
           !(beside(plan, i) && open[i + 1]);
}

/* Weighs the seats of `set`; false when the wish forbids them. */
static bool weigh(const struct plan *plan, const uint8_t *open, unsigned set,
                  const struct pick_wish *wish, bool exact, struct cost *cost)
{
    uint8_t after[32];
    int wheelchairs = 0;

    *cost = (struct cost){0};
    memcpy(after, open, plan->n);
    for (size_t i = 0; i < plan->n; i++) {
        bool in = set >> i & 1;
        bool left = i > 0 && beside(plan, i - 1) && set >> (i - 1) & 1;
        bool right = beside(plan, i) && set >> (i + 1) & 1;

        if (!in)
            continue;
        after[i] = 0;
        cost->pieces += !left;
        if (wish->fit == FIT_PAIRS && wish->party > 1 && !left && !right)
            return false;
        cost->distance += plan_distance(plan, i);
        if (plan->seats[i].kind == SEAT_WHEELCHAIR)
            wheelchairs++;
        if (plan->seats[i].kind == SEAT_WHEELCHAIR && !exact)
            cost->accessible++;
        if (plan->seats[i].kind != SEAT_WHEELCHAIR &&
            (plan->seats[i].kind == SEAT_COMPANION) == (wish->wheelchairs == 0)) {
            if (exact && wish->wheelchairs == 0)
                return false;
            cost->accessible++;
        }
    }
    for (size_t i = 0; i < plan->n; i++)
        cost->gaps += plan->seats[i].kind == SEAT_STANDARD && single(plan, after, i) &&
                      !single(plan, open, i);
    if (wish->fit == FIT_TOGETHER && cost->pieces > 1)
        return false;
    return exact ? wheelchairs == wish->wheelchairs : wheelchairs >= wish->wheelchairs;
}

/* Is set `a` before `b` when their seats are read from the lowest on? */
static bool lower(unsigned a, unsigned b)
{
    unsigned differ = a ^ b;

    return a & (differ & -differ);
}

/* The best set of seats, 0 for none. */
static unsigned brute_force(const struct plan *plan, const uint8_t *open,
                            const struct pick_wish *wish)
{
    unsigned all = 0;
    unsigned best = 0;
    int others = 0;
    struct cost least = {0};
    bool exact;

    for (size_t i = 0; i < plan->n; i++) {
        if (!open[i])
            continue;
        all |= 1U << i;
        others += plan->seats[i].kind == SEAT_STANDARD ||
                  (wish->wheelchairs > 0 && plan->seats[i].kind == SEAT_COMPANION);
    }
    exact = others >= wish->party - wish->wheelchairs;
    for (unsigned set = all; set > 0; set = (set - 1) & all) {
        struct cost cost;
        int order;

        if (__builtin_popcount(set) != wish->party || !weigh(plan, open, set, wish, exact, &cost))
            continue;
        order = best == 0 ? -1 : compare(&cost, &least);
        if (order < 0 || (order == 0 && lower(set, best))) {
            best = set;
            least = cost;
        }
    }
    return best;
}

static unsigned as_set(const struct picked *picked)
{
    unsigned set = 0;

    for (int i = 0; i < picked->n; i++)
        set |= 1U << picked->seats[i];
    return set;
}

static void pick__any_small_hall__as_brute_force(void **state)
{
    uint64_t seed = kit_seed();

    (void)state;
    for (int i = 0; i < CASES; i++) {
        uint8_t *open;
        struct plan *plan = sketch_random(&seed, 2, 7, (int)kit_below(&seed, 70), i % 2, &open);
        struct pick_wish wish = {.party = 1 + (int)kit_below(&seed, 6),
                                 .fit = (enum fit)kit_below(&seed, 3),
                                 .zone = -1};
        struct picked picked;
        unsigned wanted;
        unsigned got;

        wish.wheelchairs = i % 4 == 1 ? (int)kit_below(&seed, 3) : 0;
        if (wish.wheelchairs > wish.party)
            wish.wheelchairs = wish.party;
        wanted = brute_force(plan, open, &wish);
        got = pick_seats(plan, open, &wish, &picked) ? as_set(&picked) : 0;
        if (got != wanted) {
            sketch_print(plan, open);
            fail_msg("case %d: party %d, %s, %d wheelchairs: %x wanted, %x picked", i, wish.party,
                     fit_text(wish.fit), wish.wheelchairs, wanted, got);
        }
        plan_free(&plan);
        free(open);
    }
}

static void rank__goes_round_without_repeating(void **state)
{
    uint64_t seed = kit_seed();

    (void)state;
    for (int i = 0; i < 200; i++) {
        uint8_t *open;
        struct plan *plan = sketch_random(&seed, 2, 7, 40, 0, &open);
        struct pick_wish wish = {.party = 1 + (int)kit_below(&seed, 4),
                                 .fit = (enum fit)kit_below(&seed, 3),
                                 .zone = -1};
        struct picked picked;
        unsigned met[64];
        int n = 0;

        while (n < 64 && pick_seats(plan, open, &wish, &picked)) {
            met[n] = as_set(&picked);
            if (n > 0 && met[n] == met[0])
                break;
            for (int j = 1; j < n; j++)
                assert_int_not_equal(met[n], met[j]);
            wish.rank = ++n;
        }
        assert_true(n < 64);
        for (int j = 0; n > 0 && j < n; j++) {
            wish.rank = n + j;
            assert_true(pick_seats(plan, open, &wish, &picked));
            assert_int_equal(as_set(&picked), met[j]);
        }
        plan_free(&plan);
        free(open);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two__empty_hall__near_the_focal_point),
        cmocka_unit_test(two__a_single_gap__is_avoided),
        cmocka_unit_test(two__a_gap_that_was_single_before__is_no_new_gap),
        cmocka_unit_test(wheelchair_places__left_alone_while_others_are_left),
        cmocka_unit_test(wheelchair_asked__with_the_companions_place_beside_it),
        cmocka_unit_test(together__no_block__none),
        cmocka_unit_test(zone__only_its_seats),
        cmocka_unit_test(party_out_of_range__none),
        cmocka_unit_test(gaps__told_with_the_first_seat),
        cmocka_unit_test(longest__standard_seats_of_one_run),
        cmocka_unit_test(fit__words_there_and_back),
        cmocka_unit_test(pick__any_small_hall__as_brute_force),
        cmocka_unit_test(rank__goes_round_without_repeating),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
