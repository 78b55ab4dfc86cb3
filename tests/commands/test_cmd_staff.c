/* Staff from the command line: added, changed, let go, and a PIN that nobody sees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <termios.h>

#include "tests/commands/scene.h"
#include "tests/kit/pty.h"

#define PIN "940271"

static struct pty terminal;

static int teardown(void **state)
{
    if (terminal.vterm)
        pty_fini(&terminal);
    return scene_teardown(state);
}

/* Runs one with a line of its own on standard input, as a script does. */
static void piped(const struct scene *scene, int status, const char *part, const char *line,
                  const char *words)
{
    char command[2048];
    const char *const argv[] = {"sh", "-c", command, NULL};

    (void)snprintf(command, sizeof command,
                   "printf '%s\\n' | " TOP_BUILDDIR "/boxoffice -c '%s' -d '%s' %s", line,
                   scene->config, scene->database, words);
    struct kit_run run = kit_run(scene->dir, argv, 30000);
    if (run.status != status || !strstr(run.err, part))
        fail_msg("%s: exit %d, not %d: %s%s", words, run.status, status, run.out, run.err);
    assert_null(strstr(run.err, PIN));
    assert_null(strstr(run.out, PIN));
    kit_run_fini(&run);
}

static void hire(const struct scene *scene)
{
    piped(scene, 0, "", PIN, "staff add 3 --name Ada --role manager");
    piped(scene, 0, "", PIN, "staff add 1 --name Mira --role clerk");
}

/* One of the list, by its place. */
static void want_row(const struct scene *scene, size_t at, long long number, const char *name,
                     const char *role, bool active)
{
    json_t *list = scene_json(scene, "staff list");
    const json_t *row = json_array_get(list, at);

    assert_non_null(row);
    scene_keys(row, "number name role active locked_until");
    assert_int_equal(scene_number(row, "number"), number);
    assert_string_equal(scene_text(row, "name"), name);
    assert_string_equal(scene_text(row, "role"), role);
    assert_int_equal(json_is_true(json_object_get(row, "active")), active);
    assert_true(json_is_null(json_object_get(row, "locked_until")));
    json_decref(list);
}

/* Starts one on a terminal, and waits until it asks. */
static void on_terminal(const struct scene *scene, const char *verb, const char *number)
{
    const char *const argv[] = {TOP_BUILDDIR "/boxoffice",
                                "-c",
                                scene->config,
                                "-d",
                                scene->database,
                                "staff",
                                verb,
                                number,
                                NULL};
    const struct pty_options options = {.argv = argv};

    pty_init(&terminal, &options);
    pty_wait_text(&terminal, "PIN:");
}

static bool echoes(void)
{
    struct termios now;

    assert_int_equal(tcgetattr(terminal.fd, &now), 0);
    return (now.c_lflag & ECHO) != 0;
}

static void staff__first__has_to_be_a_manager(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run = scene_run(scene, "staff list");

    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "no staff, so nobody signs in"));
    kit_run_fini(&run);
    piped(scene, 1, "the first has to be a manager", PIN, "staff add 1 --name Mira --role clerk");
    hire(scene);
    want_row(scene, 0, 1, "Mira", "clerk", true);
    want_row(scene, 1, 3, "Ada", "manager", true);
    piped(scene, 1, "the number 3 is taken", PIN, "staff add 3 --name Tom --role clerk");
    scene_want(scene, 0, "check");
}

static void staff_add__pepper__is_a_file_for_the_owner_alone(void **state)
{
    const struct scene *scene = *state;
    struct stat st;
    char path[KIT_PATH + 16];

    hire(scene);
    (void)snprintf(path, sizeof path, "%s-pepper", scene->database);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
}

static void staff_change__name_or_role_alone__leaves_the_other(void **state)
{
    const struct scene *scene = *state;

    hire(scene);
    scene_want(scene, 0, "staff change 1 --role supervisor");
    want_row(scene, 0, 1, "Mira", "supervisor", true);
    scene_want(scene, 0, "staff change 1 --name 'Mira Ødegård'");
    want_row(scene, 0, 1, "Mira Ødegård", "supervisor", true);
    scene_want(scene, 0, "staff change 1 --name Mia --role clerk --key c1");
    scene_want(scene, 0, "staff change 1 --name Mia --role clerk --key c1");
    want_row(scene, 0, 1, "Mia", "clerk", true);
    scene_refuses(scene, 2, "used", "staff change 1 --name Mona --key c1");
    scene_refuses(scene, 1, "last manager", "staff change 3 --role clerk");
    scene_refuses(scene, 1, "nobody has the number 9", "staff change 9 --role clerk");
    want_row(scene, 1, 3, "Ada", "manager", true);
    scene_want(scene, 0, "check");
}

static void staff_remove__who_left__comes_back_with_a_pin(void **state)
{
    const struct scene *scene = *state;

    hire(scene);
    scene_want(scene, 0, "staff remove 1");
    want_row(scene, 0, 1, "Mira", "clerk", false);
    scene_refuses(scene, 1, "has left already", "staff remove 1");
    scene_refuses(scene, 1, "last manager", "staff remove 3");
    piped(scene, 0, "", "111222", "staff pin 1");
    want_row(scene, 0, 1, "Mira", "clerk", true);
}

static void staff__bad_input__is_refused(void **state)
{
    const struct scene *scene = *state;

    hire(scene);
    scene_refuses(scene, 2, "usage", "staff");
    scene_refuses(scene, 2, "usage", "staff change 1");
    scene_refuses(scene, 2, "usage", "staff add 5 --name Tom");
    scene_refuses(scene, 2, "usage", "staff pin 1 --role clerk");
    scene_refuses(scene, 2, "usage", "staff pin 1 " PIN); /* never as an argument */
    scene_refuses(scene, 2, "clerk, supervisor or manager", "staff change 1 --role boss");
    scene_refuses(scene, 2, "staff number", "staff change 0 --role clerk");
    scene_refuses(scene, 2, "staff number", "staff remove 10000");
    scene_refuses(scene, 2, "six digits", "staff pin 1"); /* nothing on standard input */
    piped(scene, 2, "six digits", "12345", "staff pin 1");
    piped(scene, 2, "six digits", "1234567", "staff pin 1");
    piped(scene, 2, "six digits", "12a456", "staff pin 1");
}

static void staff_pin__on_a_terminal__is_typed_twice_and_never_seen(void **state)
{
    hire(*state);
    on_terminal(*state, "pin", "1");
    assert_false(echoes());
    pty_type(&terminal, PIN "\r");
    pty_wait_text(&terminal, "again:");
    assert_false(echoes());
    pty_type(&terminal, PIN "\r");
    pty_wait_text(&terminal, "1, clerk: may sign in");
    assert_int_equal(pty_reap(&terminal, PTY_LIMIT_MS), 0);
    assert_int_equal(pty_find(&terminal, "9402"), -1);
    assert_true(echoes());
}

static void staff_pin__two_different_ones__change_nothing(void **state)
{
    hire(*state);
    scene_want(*state, 0, "staff remove 1");
    on_terminal(*state, "pin", "1");
    pty_type(&terminal, PIN "\r");
    pty_wait_text(&terminal, "again:");
    pty_type(&terminal, "940272\r");
    pty_wait_text(&terminal, "these were two PINs: nothing was changed");
    assert_int_equal(pty_reap(&terminal, PTY_LIMIT_MS), 2);
    want_row(*state, 0, 1, "Mira", "clerk", false);
}

static void staff_pin__ctrl_c__ends_at_once_and_the_terminal_echoes(void **state)
{
    hire(*state);
    scene_want(*state, 0, "staff remove 1");
    on_terminal(*state, "pin", "1");
    pty_type(&terminal, "940");
    pty_type(&terminal, "\003");
    pty_wait_text(&terminal, "interrupted: nothing was changed");
    assert_int_equal(pty_reap(&terminal, PTY_LIMIT_MS), 3);
    assert_true(echoes());
    want_row(*state, 0, 1, "Mira", "clerk", false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(staff__first__has_to_be_a_manager),
        TEST(staff_add__pepper__is_a_file_for_the_owner_alone),
        TEST(staff_change__name_or_role_alone__leaves_the_other),
        TEST(staff_remove__who_left__comes_back_with_a_pin),
        TEST(staff__bad_input__is_refused),
        TEST(staff_pin__on_a_terminal__is_typed_twice_and_never_seen),
        TEST(staff_pin__two_different_ones__change_nothing),
        TEST(staff_pin__ctrl_c__ends_at_once_and_the_terminal_echoes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
