/* `boxoffice doctor`: what it finds on a sound box office, and on one that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "core/desk/health.h"
#include "db/sql.h"
#include "tests/commands/scene.h"
#include "tests/kit/server.h"

enum { PATIENCE_MS = 10000 };

/* The text of a finding with that health about that, copied into `text`; "" when there is none. */
static void find(const struct scene *scene, const char *about, const char *health, char *text,
                 size_t size)
{
    struct kit_run run = scene_run(scene, "doctor --json");
    json_t *document = json_loads(run.out, 0, NULL);
    const json_t *row;
    size_t i;

    text[0] = '\0';
    assert_non_null(document);
    json_array_foreach(document, i, row)
    {
        if (strcmp(scene_text(row, "about"), about) == 0 &&
            strcmp(scene_text(row, "health"), health) == 0)
            (void)snprintf(text, size, "%s", scene_text(row, "text"));
    }
    json_decref(document);
    kit_run_fini(&run);
}

static void expect(const struct scene *scene, const char *about, const char *health,
                   const char *part)
{
    char text[FINDING_TEXT];

    find(scene, about, health, text, sizeof text);
    if (text[0] == '\0' || strstr(text, part) == NULL)
        fail_msg("%s is not %s with \"%s\": %s", about, health, part, text);
}

static void doctor__sound_box_office__is_told_of_each_thing(void **state)
{
    const struct scene *scene = *state;

    expect(scene, "schema", "ok", "this program's");
    expect(scene, "terminals", "ok", "0 alive");
    expect(scene, "assigner", "ok", "nobody is designated");
    if (server_there()) {
        expect(scene, "engine", "ok", "PostgreSQL ");
        expect(scene, "timeline", "ok", "1 of server ");
        expect(scene, "clock", "ok", " ms ");
        expect(scene, "durability", "fail", "fsync"); /* the tests' server does without */
        return;
    }
    expect(scene, "engine", "ok", "SQLite 3.");
    expect(scene, "others", "ok", "no other program");
}

static void doctor__nothing_fails__ends_0(void **state)
{
    if (server_there()) /* whose disk is not synced, for speed: that fails */
        scene_refuses(*state, 1, "findings fail", "doctor");
    else
        scene_want(*state, 0, "doctor");
}

static bool assigner_seen(void *context)
{
    char text[FINDING_TEXT];

    find(context, "assigner", "ok", text, sizeof text);
    return strncmp(text, "office (term 1)", strlen("office (term 1)")) == 0;
}

static void doctor__terminal_at_work__is_named(void **state)
{
    struct scene *scene = *state;

    (void)scene_start(scene, "-t office assign", "assign");
    assert_true(kit_wait_until(assigner_seen, scene, PATIENCE_MS));
    expect(scene, "terminals", "ok", "1 alive, 0 gone without a word: office");
}

static void doctor__no_box_office__fails_and_says_what_to_do(void **state)
{
    struct kit_run run = scene_run(*state, "doctor");

    assert_int_equal(run.status, 1);
    assert_non_null(strstr(run.out, "fail  database"));
    assert_non_null(strstr(run.out, "boxoffice init"));
    kit_run_fini(&run);
}

static void doctor__key_of_the_channel__missing_made_and_admitted(void **state)
{
    const struct scene *scene = *state;
    char *before = kit_read_file(scene->config, NULL);
    char lines[2048], words[128];
    json_t *made;

    (void)snprintf(lines, sizeof lines,
                   "%s\nchannel_address = \"127.0.0.1\";\nchannel_key = \"%s/channel.key\";\n",
                   before, scene->dir);
    free(before);
    kit_write_file(scene->config, lines, strlen(lines));
    assert_int_equal(chmod(scene->dir, 0700), 0);
    expect(scene, "key", "fail", "boxoffice keygen");
    made = scene_json(scene, "keygen");
    expect(scene, "key", "warn", "is not admitted");
    (void)snprintf(words, sizeof words, "terminal admit door %s", scene_text(made, "public_key"));
    json_decref(made);
    scene_want(scene, 0, words);
    expect(scene, "key", "ok", "admitted as door");
}

static void fault_107__database_that_others_may_read_or_write__is_told(void **state)
{
    const struct scene *scene = *state;

    if (server_there())
        skip();
    assert_int_equal(chmod(scene->database, 0644), 0);
    expect(scene, "database", "warn", "may be read by everybody");
    assert_int_equal(chmod(scene->database, 0666), 0);
    expect(scene, "database", "fail", "may be written by everybody");
    scene_refuses(scene, 1, "fail", "doctor");
    assert_int_equal(chmod(scene->database, 0660), 0);
    expect(scene, "database", "ok", "mode 0660");
}

static bool seen(void *context)
{
    char text[FINDING_TEXT];

    find(context, "others", "fail", text, sizeof text);
    return strstr(text, "tail (process ") != NULL;
}

static void fault_039__another_program_has_the_file_open__is_named(void **state)
{
    struct scene *scene = *state;
    const char *argv[] = {"tail", "-f", scene->database, NULL};

    if (server_there())
        skip();
    scene->started[scene->n_started++] = kit_spawn(argv, "/dev/null", NULL);
    assert_true(kit_wait_until(seen, scene, PATIENCE_MS));
}

static void fault_039__versions_with_the_fault__are_known(void **state)
{
    static const char *const old[] = {"3.7.0",  "3.40.1", "3.44.5", "3.45.0",
                                      "3.50.6", "3.51.0", "3.51.2"};
    static const char *const sound[] = {"3.6.23", "3.44.6", "3.50.7", "3.51.3", "3.52.0", "4.0.0"};

    (void)state;
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++)
        assert_true(health_sqlite_old(old[i]));
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++)
        assert_false(health_sqlite_old(sound[i]));
}

static void fault_025__low_space__warns_early(void **state)
{
    (void)state;
    assert_int_equal(health_of_space(256), HEALTH_OK);
    assert_int_equal(health_of_space(255), HEALTH_WARN);
    assert_int_equal(health_of_space(16), HEALTH_WARN);
    assert_int_equal(health_of_space(15), HEALTH_FAIL);
}

int main(void)
{
#define DOCTOR_TEST(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        DOCTOR_TEST(doctor__sound_box_office__is_told_of_each_thing),
        DOCTOR_TEST(doctor__nothing_fails__ends_0),
        DOCTOR_TEST(doctor__terminal_at_work__is_named),
        DOCTOR_TEST(doctor__key_of_the_channel__missing_made_and_admitted),
        cmocka_unit_test_setup_teardown(doctor__no_box_office__fails_and_says_what_to_do,
                                        scene_setup_bare, scene_teardown),
        DOCTOR_TEST(fault_107__database_that_others_may_read_or_write__is_told),
        DOCTOR_TEST(fault_039__another_program_has_the_file_open__is_named),
        cmocka_unit_test(fault_039__versions_with_the_fault__are_known),
        cmocka_unit_test(fault_025__low_space__warns_early),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
