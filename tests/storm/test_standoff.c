/* A stopped process in the writers' turn, and walk-ups at a seat that is promised. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/booking.h"
#include "core/desk/map.h"
#include "tests/storm/stormkit.h"

enum { WALK_UPS = 4, LIMIT_MS = 30000, NAMED_MS = 5000, SLACK_MS = 2500 };

/* In the turn, between BEGIN and COMMIT. */
static bool stop_here(struct sql *db, void *context)
{
    (void)db;
    (void)context;
    return raise(SIGSTOP) == 0;
}

static pid_t stop_in_turn(const struct scene *scene)
{
    int status = 0;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        struct sql *db = storm_open(scene);
        enum sql_rc rc = sql_tx(db, stop_here, NULL);

        sql_close(&db);
        _exit(rc == SQL_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status));
    return pid;
}

static void fault_050__stopped_process_has_the_turn__is_named_and_not_robbed(void **state)
{
    struct scene *scene = *state;
    pid_t stopped = stop_in_turn(scene);
    int64_t began = storm_ms();
    pid_t others[2];
    char named[32], path[KIT_PATH];

    (void)snprintf(named, sizeof named, "%d", (int)stopped);
    others[0] = storm_start(scene, "sell 1 A1", "other-0");
    others[1] = storm_start(scene, "sell 1 A2", "other-1");
    for (int i = 0; i < 2; i++) {
        char name[16];
        char *text;

        assert_int_equal(kit_reap(others[i], LIMIT_MS), 3);
        (void)snprintf(name, sizeof name, "other-%d", i);
        text = kit_read_file(kit_path(path, scene->dir, name), NULL);
        if (strstr(text, named) == NULL)
            fail_msg("does not name %s: %s", named, text);
        free(text);
    }
    began = storm_ms() - began;
    printf("named after %d ms\n", (int)began);
    assert_in_range(began, NAMED_MS - 500, NAMED_MS + SLACK_MS);
    /* Reading goes on meanwhile. */
    scene_want(scene, 0, "seats 1");
    (void)kill(stopped, SIGCONT);
    assert_int_equal(kit_reap(stopped, LIMIT_MS), 0);
    scene_want(scene, 0, "sell 1 A1");
    scene_want(scene, 0, "sell 1 A2");
    storm_check(scene);
}

/* Wants A1 and A2 again and again, each time with another key, until it is told to end. Exit 0: it
 * was always refused because the seats are somebody's. */
_Noreturn static void walk_up(const struct scene *scene)
{
    struct sql *db = storm_open(scene);
    struct book_request request = {.show = {1}, .n = 1, .expected = -1};
    struct booking_reply reply;
    struct fault why;
    pid_t parent = getppid();

    while (getppid() == parent && storm_number(scene, "SELECT COUNT(*) FROM claims") >= 0) {
        for (int i = 0; i < 20; i++) {
            verb_ask(&request.ask, db, NULL, "walk-up", 1);
            request.seats[0].n = 1 + i % 2;
            switch (verb_do(db, &verb_sell, &request, &reply, &why)) {
            case RC_TAKEN:
                break;
            default:
                fprintf(stderr, "walk-up: %s\n", why.text);
                _exit(1);
            }
        }
    }
    _exit(0);
}

static bool is_offered(void *context)
{
    return storm_number(context, "SELECT COUNT(*) FROM waiting_list WHERE state = 'offered'") == 1;
}

/* The pair is cancelled, offered, accepted, paid, and is for sale at no moment of it. Leaves it
 * sold to the party; its code is that of the next round. */
static void promise_once(struct scene *scene, char code[static 16])
{
    char words[96];
    struct kit_run run;

    scene_want(scene, 0, "wait 1 --party 2 --name 'Kari'");
    (void)snprintf(words, sizeof words, "cancel %s", code);
    scene_want(scene, 0, words);
    assert_true(kit_wait_until(is_offered, scene, LIMIT_MS));
    (void)snprintf(words, sizeof words, "accept %d --tender cash --json",
                   (int)storm_number(scene, "SELECT MAX(id) FROM waiting_list"));
    run = scene_run(scene, words);
    if (run.status != 0)
        fail_msg("%s: %s", words, run.err);
    storm_code(run.out, code);
    kit_run_fini(&run);
}

static void fault_052__walk_ups_at_a_returned_seat__never_get_it(void **state)
{
    struct scene *scene = *state;
    int rounds = storm_size(5, 100);
    pid_t walkers[WALK_UPS], assigner;
    struct kit_run run;
    char code[16];

    scene_want(scene, 0, "sell 1 A3 A4 A5 A6 A7 A8 B1 B2 B3 B4 B5 B6 B7 B8");
    scene_want(scene, 0, "sell 1 C1 C2 C3 C4 C5 C6 C7 C8");
    run = scene_run(scene, "sell 1 A1 A2 --json");
    assert_int_equal(run.status, 0);
    storm_code(run.out, code);
    kit_run_fini(&run);
    assert_int_equal(storm_number(scene, "SELECT MIN(id) FROM seats WHERE label IN ('A1', 'A2')"),
                     1);
    assigner = storm_start(scene, "-t first assign", "assigner");
    for (int i = 0; i < WALK_UPS; i++) {
        walkers[i] = fork();
        assert_true(walkers[i] >= 0);
        if (walkers[i] == 0)
            walk_up(scene);
    }
    for (int i = 0; i < rounds; i++)
        promise_once(scene, code);
    for (int i = 0; i < WALK_UPS; i++) {
        (void)kill(walkers[i], SIGKILL); /* one that got a seat has ended before */
        assert_int_equal(kit_reap(walkers[i], LIMIT_MS), 128 + SIGKILL);
    }
    (void)kill(assigner, SIGTERM);
    assert_int_equal(kit_reap(assigner, LIMIT_MS), 0);
    storm_check(scene);
}

int main(void)
{
#define STANDOFF(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        STANDOFF(fault_050__stopped_process_has_the_turn__is_named_and_not_robbed),
        STANDOFF(fault_052__walk_ups_at_a_returned_seat__never_get_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
