/* Commands speak the language of whoever reads them, and one language alone to programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

/* What is run from now on speaks it, out of the catalogue of the build; NULL: as it is written. */
static void speak(const char *language)
{
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("BOXOFFICE_LOCALEDIR", TOP_BUILDDIR "/tui/po", 1);
    if (language)
        setenv("LANGUAGE", language, 1);
    else
        unsetenv("LANGUAGE");
}

static struct kit_run run_in(const struct scene *scene, const char *language, const char *words)
{
    struct kit_run run;

    speak(language);
    run = scene_run(scene, words);
    speak(NULL);
    return run;
}

static void refusal__in_german__comes_in_german(void **state)
{
    struct kit_run run = run_in(*state, "de", "sell 1 Z9");

    assert_int_equal(run.status, 1);
    assert_string_equal(run.err, "boxoffice: es gibt keinen Platz Z9 in Small\n");
    kit_run_fini(&run);
}

static void refusal__of_the_storage__comes_in_german(void **state)
{
    const struct scene *scene = *state;
    char line[2 * KIT_PATH];
    struct kit_run run;

    (void)snprintf(line, sizeof line, "shows -d %s", scene->dir);
    run = run_in(scene, "de", line);
    assert_int_equal(run.status, 3);
    assert_non_null(strstr(run.err, "ist keine gewöhnliche Datei"));
    kit_run_fini(&run);
}

static void setting__behind_the_name__is_heeded(void **state)
{
    const struct scene *scene = *state;
    char path[KIT_PATH], line[2 * KIT_PATH];
    struct kit_run run;

    kit_write_file(kit_path(path, scene->dir, "german.conf"), "language = \"de\";\n", 17);
    (void)snprintf(line, sizeof line, "sell 1 Z9 -c %s", path);
    run = run_in(scene, NULL, line);
    assert_non_null(strstr(run.err, "es gibt keinen Platz Z9 in Small"));
    kit_run_fini(&run);
}

static void exit_status__in_german__is_the_same(void **state)
{
    static const char *const lines[] = {"sell 1 Z9",     "sell 1 12",      "sell 1 A1 --type none",
                                        "sell",          "shows 1 2",      "reservation 7KQ3MX",
                                        "seats 9",       "wait 1",         "decline 4",
                                        "init --empty",  "shows -d /no/x", "check --head 12",
                                        "shows -c /no/x"};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct kit_run english = run_in(*state, NULL, lines[i]);
        struct kit_run german = run_in(*state, "de", lines[i]);

        assert_int_not_equal(english.status, 0);
        assert_int_equal(german.status, english.status);
        assert_string_equal(german.out, english.out);
        kit_run_fini(&english);
        kit_run_fini(&german);
    }
}

static void json__in_german__has_the_same_bytes(void **state)
{
    const struct scene *scene = *state;
    char path[KIT_PATH], import[2 * KIT_PATH];
    static const char plan[] = "@hall Bad\nA\too?\nA\too\n\too\n";
    const char *const lines[] = {"help --json",       "shows --all --json", "seats 1 --json",
                                 "prices 1 --json",   "check --json",       "types list --json",
                                 "waiting --json",    "staff list --json",  "hall list --json",
                                 "report day --json", "find adult --json",  import};

    kit_write_file(kit_path(path, scene->dir, "bad.txt"), plan, strlen(plan));
    (void)snprintf(import, sizeof import, "hall import %s --json", path);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct kit_run english = run_in(scene, NULL, lines[i]);
        struct kit_run german = run_in(scene, "de", lines[i]);

        assert_int_equal(german.status, english.status);
        assert_true(strlen(english.out) > 2);
        assert_string_equal(german.out, english.out);
        kit_run_fini(&english);
        kit_run_fini(&german);
    }
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)

/* What a German terminal has stored is what an English one stores. */
static void reason__stored_in_german__is_english(void **state)
{
    const struct scene *scene = *state;
    json_t *list;

    scene_want(scene, 0, "wait 1 --party 20 --name Ward");
    speak("de");
    scene_want(scene, 0, "assign --once");
    speak(NULL);
    list = scene_json(scene, "waiting --json");
    assert_string_equal(scene_text(json_array_get(list, 0), "reason"),
                        "needs 20 together, 4 were free in A");
    json_decref(list);
}

static void report__in_german__has_german_labels_but_no_german_csv(void **state)
{
    const struct scene *scene = *state;
    struct kit_run english, german;

    scene_want(scene, 0, "sell 1 A1 A2");
    german = run_in(scene, "de", "report day");
    assert_non_null(strstr(german.out, "GESAMT"));
    assert_non_null(strstr(german.out, "eingenommen"));
    assert_non_null(strstr(german.out, "geschlossen"));
    kit_run_fini(&german);
    english = run_in(scene, NULL, "report day --csv");
    german = run_in(scene, "de", "report day --csv");
    assert_non_null(strstr(english.out, "taken"));
    assert_string_equal(german.out, english.out);
    kit_run_fini(&english);
    kit_run_fini(&german);
}

int main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE(refusal__in_german__comes_in_german),
        SCENE(refusal__of_the_storage__comes_in_german),
        SCENE(setting__behind_the_name__is_heeded),
        SCENE(exit_status__in_german__is_the_same),
        SCENE(json__in_german__has_the_same_bytes),
        SCENE(reason__stored_in_german__is_english),
        SCENE(report__in_german__has_german_labels_but_no_german_csv),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
