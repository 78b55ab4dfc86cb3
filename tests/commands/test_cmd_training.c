/* --training before a command: a copy of its own, which no other terminal hears of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

static void training__sale__leaves_the_box_office_as_it_is(void **state)
{
    const struct scene *scene = *state;
    char *before = kit_read_file(scene->database, NULL), *after;
    size_t size, more;
    struct kit_run run;

    free(before);
    before = kit_read_file(scene->database, &size);
    run = scene_run(scene, "--training sell 1 A3 A4");
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "VOID, training"));
    kit_run_fini(&run);
    after = kit_read_file(scene->database, &more);
    assert_int_equal(size, more);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    scene_refuses(scene, 1, "A3 is sold", "--training sell 1 A3");
    scene_want(scene, 0, "sell 1 A3");
    scene_want(scene, 0, "--training check");
    scene_want(scene, 0, "check");
    scene_want(scene, 0, "--training=new sell 1 B3");
    scene_refuses(scene, 1, "A3 is sold", "--training sell 1 A3");
}

static void training__sale__no_terminal_of_the_box_office_hears_it(void **state)
{
    struct scene *scene = *state;

    scene_start(scene, "listen -t office", "heard.txt");
    scene_start_heard(scene, "heard.txt");
    scene_want(scene, 0,
               "show add --hall Small --title Away --start 2031-05-05T20:00"
               " --minutes 60 --price 5.00");
    scene_want(scene, 0, "--training sell 2 A3");
    scene_want(scene, 0, "sell 1 C3");
    assert_true(scene_says(scene, "heard.txt", "seats 1 "));
    char path[KIT_PATH], *heard = kit_read_file(kit_path(path, scene->dir, "heard.txt"), NULL);

    /* What is said later is heard later: the sale of show 2 would stand there by now. */
    if (strstr(heard, "seats 2 "))
        fail_msg("%s", heard);
    free(heard);
}

static void training__wrong_use__is_told(void **state)
{
    const struct scene *scene = *state;
    char line[2 * KIT_PATH];

    scene_refuses(scene, 2, "--training takes nothing or =new", "--training=old shows");
    (void)snprintf(line, sizeof line, "--training shows -d %s", scene->database);
    scene_refuses(scene, 2, "before the command", line);
    scene_want(scene, 0, "--training shows");
    scene_refuses(scene, 1, "to train on", "--training backup kept.db");
    (void)snprintf(line, sizeof line, "restore %s-training", scene->database);
    scene_refuses(scene, 1, "to train on", line);
    (void)snprintf(line, sizeof line, "shows -d %s-training", scene->database);
    scene_refuses(scene, 1, "open it with --training", line);
}

static void training__no_box_office__says_how_to_make_one(void **state)
{
    const struct scene *scene = *state;
    char path[2 * KIT_PATH];

    scene_refuses(scene, 3, "boxoffice init", "--training shows");
    (void)snprintf(path, sizeof path, "%s-training", scene->database);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void training__box_office_on_a_server__is_a_demo_in_a_file(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run;

    run = scene_run(scene, "-d postgresql://127.0.0.1:1/none --training shows --all");
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "Wolfwalkers"));
    assert_non_null(strstr(run.err, "a demo to train on"));
    kit_run_fini(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(training__sale__leaves_the_box_office_as_it_is, scene_setup,
                                        scene_teardown),
        cmocka_unit_test_setup_teardown(training__sale__no_terminal_of_the_box_office_hears_it,
                                        scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(training__wrong_use__is_told, scene_setup, scene_teardown),
        cmocka_unit_test_setup_teardown(training__no_box_office__says_how_to_make_one,
                                        scene_setup_bare, scene_teardown),
        cmocka_unit_test_setup_teardown(training__box_office_on_a_server__is_a_demo_in_a_file,
                                        scene_setup, scene_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
