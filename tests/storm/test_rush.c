/* Crowds of the program at one show: the last seat, and until nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/storm/stormkit.h"

enum { RUSH = 64, PAIRS = 32, SEATS_ASIDE = 23, LIMIT_MS = 60000 };

/* Everyone at one seat: one gets it, the others are told who. Leaves it free again. */
static void rush_once(struct scene *scene, struct storm_one *ones)
{
    char taker[48], code[16], words[32];
    int winner = -1;

    for (int i = 0; i < RUSH; i++)
        (void)snprintf(ones[i].words, sizeof ones[i].words, "-t till-%d sell 1 C8 --json", i);
    storm_crowd(scene, ones, RUSH);
    for (int i = 0; i < RUSH; i++) {
        if (ones[i].status != 0)
            continue;
        assert_int_equal(winner, -1);
        winner = i;
    }
    assert_true(winner >= 0);
    (void)snprintf(taker, sizeof taker, "boxoffice: C8 is sold (till-%d, ", winner);
    for (int i = 0; i < RUSH; i++) {
        if (i != winner &&
            (ones[i].status != 1 || strncmp(ones[i].said, taker, strlen(taker)) != 0))
            fail_msg("exit %d: %s", ones[i].status, ones[i].said);
    }
    storm_code(ones[winner].said, code);
    storm_crowd_fini(ones, RUSH);
    (void)snprintf(words, sizeof words, "cancel %s", code);
    scene_want(scene, 0, words);
}

static void fault_048__sixty_four_at_the_last_seat__one_sold_others_told_who(void **state)
{
    struct scene *scene = *state;
    struct storm_one *ones = calloc(RUSH, sizeof *ones);
    int rounds = storm_size(3, 100);

    assert_non_null(ones);
    scene_want(scene, 0, "sell 1 A1 A2 A3 A4 A5 A6 A7 A8 B1 B2 B3 B4 B5 B6 B7 B8");
    scene_want(scene, 0, "sell 1 C1 C2 C3 C4 C5 C6 C7");
    for (int i = 0; i < rounds; i++) {
        rush_once(scene, ones);
        assert_int_equal(storm_number(scene, "SELECT COUNT(*) FROM claims"), SEATS_ASIDE);
        storm_check(scene);
    }
    printf("%d rounds of %d processes\n", rounds, RUSH);
    free(ones);
}

/* Sells pairs until there are none. Exit 0 when it ended as it should. */
_Noreturn static void sell_pairs(const struct scene *scene, int show)
{
    char words[64];
    struct kit_run run;

    (void)snprintf(words, sizeof words, "sell %d --best 2 --json", show);
    for (;;) {
        run = scene_run(scene, words);
        if (run.status != 0)
            break;
        kit_run_fini(&run);
    }
    if (run.status == 1 && strstr(run.err, "free") != NULL)
        _exit(0);
    fprintf(stderr, "exit %d: %s", run.status, run.err);
    _exit(1);
}

static void sell__thirty_two_sell_pairs_until_sold_out__each_seat_once(void **state)
{
    struct scene *scene = *state;
    int rows = storm_size(5, 15), a_row = 13;
    int show = storm_show(scene, rows, a_row);
    pid_t pids[PAIRS];

    for (int i = 0; i < PAIRS; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0)
            sell_pairs(scene, show);
    }
    for (int i = 0; i < PAIRS; i++)
        assert_int_equal(kit_reap(pids[i], LIMIT_MS), 0);
    /* An odd number of seats: one is left, since it cannot seat two. */
    assert_int_equal(storm_number(scene, "SELECT COUNT(*) FROM claims WHERE state = 'sold'"),
                     rows * a_row - 1);
    assert_int_equal(storm_number(scene, "SELECT COUNT(*) FROM reservations WHERE state = 'sold'"),
                     (rows * a_row - 1) / 2);
    storm_check(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            fault_048__sixty_four_at_the_last_seat__one_sold_others_told_who, scene_setup,
            scene_teardown),
        cmocka_unit_test_setup_teardown(sell__thirty_two_sell_pairs_until_sold_out__each_seat_once,
                                        scene_setup, scene_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
