/* backup, restore and migrate --to, as scripts run them. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/commands/scene.h"
#include "tests/kit/server.h"

static int64_t count_sold(const struct scene *scene)
{
    json_t *seats = scene_json(scene, "seats 1"), *list = json_object_get(seats, "seats");
    int64_t sold = 0;

    for (size_t i = 0; i < json_array_size(list); i++)
        sold += strcmp(scene_text(json_array_get(list, i), "state"), "sold") == 0;
    json_decref(seats);
    return sold;
}

/* A line with a file of the scene in it, in static storage. */
static const char *with(const struct scene *scene, const char *verb, const char *file)
{
    static char line[2 * KIT_PATH];

    (void)snprintf(line, sizeof line, "%s %s/%s", verb, scene->dir, file);
    return line;
}

static void backup__then_restore__is_the_box_office_of_that_moment(void **state)
{
    const struct scene *scene = *state;
    json_t *made, *back;
    char line[128];

    scene_want(scene, 0, "sell 1 A1 A2");
    made = scene_json(scene, with(scene, "backup", "kept.db"));
    scene_keys(made, "file books rows head");
    assert_int_equal(scene_number(made, "books"), 2); /* the house's and the show's */
    scene_want(scene, 0, "sell 1 A3");
    assert_int_equal(count_sold(scene), 3);
    back = scene_json(scene, with(scene, "restore", "kept.db"));
    scene_keys(back, "database books rows head replaced");
    assert_string_equal(scene_text(back, "head"), scene_text(made, "head"));
    assert_int_equal(scene_number(back, "rows"), scene_number(made, "rows"));
    assert_non_null(strstr(scene_text(back, "replaced"), "box.db.replaced-"));
    assert_int_equal(count_sold(scene), 2);
    scene_want(scene, 0, "check");
    (void)snprintf(line, sizeof line, "check --head %s", scene_text(made, "head"));
    scene_want(scene, 0, line);
    scene_want(scene, 0, "sell 1 A3");
    json_decref(made);
    json_decref(back);
}

static void backup__to_a_place_that_is_none__says_why(void **state)
{
    const struct scene *scene = *state;

    scene_refuses(scene, 3, "nowhere", with(scene, "backup", "nowhere/kept.db"));
    scene_refuses(scene, 2, "usage", "backup");
    scene_refuses(scene, 1, "the box office itself", with(scene, "backup", "box.db"));
    scene_refuses(scene, 1, "no backup of this box office", with(scene, "backup", "small.txt"));
    scene_refuses(scene, 1, "there is no file", with(scene, "restore", "kept.db"));
    scene_refuses(scene, 1, "small.txt", with(scene, "restore", "small.txt"));
}

static void fault_043__restore_while_a_terminal_listens__is_refused(void **state)
{
    struct scene *scene = *state;
    pid_t pid;

    scene_want(scene, 0, with(scene, "backup", "kept.db"));
    pid = scene_start(scene, "listen -t office", "heard.txt");
    scene_start_heard(scene, "heard.txt");
    scene_refuses(scene, 1, "open at another terminal", with(scene, "restore", "kept.db"));
    kill(pid, SIGTERM);
    assert_int_equal(kit_reap(pid, 10000), 0);
    scene_want(scene, 0, with(scene, "restore", "kept.db"));
}

static void restore__damaged_database__is_named_by_what_finds_it(void **state)
{
    const struct scene *scene = *state;

    scene_want(scene, 0, with(scene, "backup", "kept.db"));
    kit_write_file(scene->database, "this is no database", 19);
    scene_refuses(scene, 3, "boxoffice restore", "shows"); /* fault 31 */
    scene_want(scene, 0, with(scene, "restore", "kept.db"));
    scene_want(scene, 0, "shows");
}

static void migrate_to__what_is_no_server__says_what_it_wants(void **state)
{
    const struct scene *scene = *state;

    scene_refuses(scene, 2, "--to wants a PostgreSQL server", "migrate --to other.db");
    scene_refuses(scene, 2, "--to wants an argument", "migrate --to");
    scene_want(scene, 0, "sell 1 A1"); /* nothing happened to the file */
}

static void fault_105__server_away__says_what_to_do_and_no_password(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run =
        scene_run(scene, "migrate --to 'host=127.0.0.1 port=1 dbname=box user=u password=hunter2'");

    assert_int_equal(run.status, 3);
    assert_null(strstr(run.err, "hunter2"));
    assert_non_null(strstr(run.err, "run this again"));
    assert_non_null(strstr(run.err, "as it was"));
    kit_run_fini(&run);
    scene_want(scene, 0, "sell 1 A1");
}

/* On a server: the scene's database there is empty, and a file moves to it. */
static void migrate_to__server__is_checked_and_sells_there(void **state)
{
    const struct scene *scene = *state;
    char line[3 * KIT_PATH];
    json_t *moved;

    (void)snprintf(line, sizeof line, "init --demo -d %s/file.db", scene->dir);
    scene_want(scene, 0, line);
    scene_refuses(scene, 3, "no box office", "shows");
    (void)snprintf(line, sizeof line, "migrate -d %s/file.db --to '%s'", scene->dir,
                   scene->database);
    moved = scene_json(scene, line);
    scene_keys(moved, "tables rows books head");
    assert_true(scene_number(moved, "rows") > 1000);
    scene_want(scene, 0, "check");
    (void)snprintf(line, sizeof line, "check --head %s", scene_text(moved, "head"));
    scene_want(scene, 0, line);
    scene_want(scene, 0, "wait 88 --party 2 --name 'Moved, Mia'");
    (void)snprintf(line, sizeof line, "migrate -d %s/file.db --to '%s'", scene->dir,
                   scene->database);
    scene_refuses(scene, 1, "already", line);
    scene_refuses(scene, 1, "its own tools", "migrate --to 'host=127.0.0.1 port=1'");
    scene_refuses(scene, 1, "pg_dump", "backup kept.db");
    json_decref(moved);
}

int main(void)
{
#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE_TEST(backup__then_restore__is_the_box_office_of_that_moment),
        SCENE_TEST(backup__to_a_place_that_is_none__says_why),
        SCENE_TEST(fault_043__restore_while_a_terminal_listens__is_refused),
        SCENE_TEST(restore__damaged_database__is_named_by_what_finds_it),
        SCENE_TEST(migrate_to__what_is_no_server__says_what_it_wants),
        SCENE_TEST(fault_105__server_away__says_what_to_do_and_no_password),
    };
    const struct CMUnitTest on_a_server[] = {
        cmocka_unit_test_setup_teardown(migrate_to__server__is_checked_and_sells_there,
                                        scene_setup_bare, scene_teardown),
    };

    if (server_there())
        return cmocka_run_group_tests(on_a_server, NULL, NULL) != 0;
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
