/* The command line's own words: options, configuration, help, man page, completion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

/* Writes a configuration and runs `shows` with it, which must end so and say that. */
static void with_config(const struct scene *scene, int status, const char *part, const char *text)
{
    char path[KIT_PATH], line[KIT_PATH + 32];

    kit_write_file(kit_path(path, scene->dir, "other.conf"), text, strlen(text));
    (void)snprintf(line, sizeof line, "shows -c %s", path);
    scene_refuses(scene, status, part, line);
}

static void fault_098__no_configuration__path_and_reason(void **state)
{
    scene_refuses(*state, 3, "/no/such.conf", "shows -c /no/such.conf");
}

static void fault_099__error_in_an_include__that_file_and_line(void **state)
{
    const struct scene *scene = *state;
    char path[KIT_PATH];

    kit_write_file(kit_path(path, scene->dir, "part.conf"), "calm = true;\ncalmer = true;\n", 28);
    with_config(scene, 2, "part.conf:2", "@include \"part.conf\"\n");
}

static void fault_100__include_loop__is_refused(void **state)
{
    with_config(*state, 2, "other.conf", "calm = true;\n@include \"other.conf\"\n");
}

static void fault_101__integer_over_its_range__is_refused(void **state)
{
    with_config(*state, 2, "other.conf:1: sale_stop_min", "sale_stop_min = 4294967301;\n");
    with_config(*state, 2, "other.conf:2: collect_min", "\ncollect_min = 1441;\n");
}

static void fault_102__wrong_type_unknown_doubled__named_with_line(void **state)
{
    with_config(*state, 2, "other.conf:1: calm", "calm = 1;\n");
    with_config(*state, 2, "other.conf:2: colur", "calm = true;\ncolur = \"never\";\n");
    with_config(*state, 2, "other.conf:2: calm", "calm = true;\ncalm = false;\n");
}

static void fault_103__world_writable__is_refused(void **state)
{
    const struct scene *scene = *state;
    char path[KIT_PATH], line[KIT_PATH + 32];
    const char *chmod[] = {"chmod", "0666", path, NULL};
    struct kit_run run;

    kit_write_file(kit_path(path, scene->dir, "open.conf"), "calm = true;\n", 13);
    run = kit_run(scene->dir, chmod, 5000);
    assert_int_equal(run.status, 0);
    kit_run_fini(&run);
    (void)snprintf(line, sizeof line, "shows -c %s", path);
    scene_refuses(scene, 2, "open.conf", line);
}

static void options__behind_the_name__count_as_before_it(void **state)
{
    const struct scene *scene = *state;
    char line[2 * KIT_PATH];
    json_t *made;

    (void)snprintf(line, sizeof line, "init --empty -d %s/second.db", scene->dir);
    scene_want(scene, 0, line);
    (void)snprintf(line, sizeof line, "shows --all --database %s/second.db", scene->dir);
    made = scene_json(scene, line);
    assert_int_equal(json_array_size(made), 0);
    json_decref(made);
    scene_want(scene, 0, "sell 1 A1 -t counter-5");
    scene_refuses(scene, 1, "(counter-5, ", "sell 1 A1");
    scene_refuses(scene, 2, "terminal", "sell 1 A2 -t 'a\nb'");
    scene_refuses(scene, 2, "terminal", "sell 1 A2 -t ''");
    scene_refuses(scene, 2, "terminal", "sell 1 A2 -t 012345678901234567890123456789012");
}

static void unknown__command__names_a_near_one(void **state)
{
    scene_refuses(*state, 2, "did you mean sell?", "sel 1 A1");
    scene_refuses(*state, 2, "did you mean shows?", "shwos");
    scene_refuses(*state, 2, "--help", "frobnicate");
    scene_refuses(*state, 2, "no command", "help frobnicate");
    scene_refuses(*state, 2, "no command", "haggle");
}

/* Names of all commands, as the program lists them. */
static json_t *all_commands(const struct scene *scene)
{
    json_t *list = scene_json(scene, "help");

    assert_true(json_array_size(list) >= 20);
    return list;
}

static void help__of_each_command__shows_its_synopsis(void **state)
{
    const struct scene *scene = *state;
    json_t *list = all_commands(scene);

    for (size_t i = 0; i < json_array_size(list); i++) {
        char line[128];
        struct kit_run asked, option;

        (void)snprintf(line, sizeof line, "help %s", scene_text(json_array_get(list, i), "name"));
        asked = scene_run(scene, line);
        (void)snprintf(line, sizeof line, "%s --help", scene_text(json_array_get(list, i), "name"));
        option = scene_run(scene, line);
        assert_int_equal(asked.status, 0);
        assert_int_equal(option.status, 0);
        assert_non_null(strstr(option.out, "Usage: boxoffice "));
        assert_non_null(strstr(option.out, scene_text(json_array_get(list, i), "synopsis")));
        assert_string_equal(option.err, "");
        kit_run_fini(&asked);
        kit_run_fini(&option);
    }
    json_decref(list);
}

/* Calls `found` with each option that a synopsis names. */
static void each_option(const char *synopsis,
                        void (*found)(const void *context, const char *command, const char *option),
                        const void *context, const char *command)
{
    for (const char *at = strstr(synopsis, "--"); at != NULL; at = strstr(at, "--")) {
        char option[32];

        (void)snprintf(option, sizeof option, "%.*s", (int)strcspn(at + 2, " ]|)"), at + 2);
        found(context, command, option);
        at += 2;
    }
}

static void in_the_page(const void *page, const char *command, const char *option)
{
    char mark[48];

    (void)snprintf(mark, sizeof mark, "Fl -%s", option);
    if (strstr(page, mark) == NULL)
        fail_msg("boxoffice(1) has no --%s of %s", option, command);
}

static void page__has_every_command_and_option(void **state)
{
    json_t *list = all_commands(*state);
    char *page = kit_read_file(TOP_SRCDIR "/man/boxoffice.1", NULL);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *command = json_array_get(list, i);
        char mark[48];

        (void)snprintf(mark, sizeof mark, ".It Ic %s", scene_text(command, "name"));
        if (strstr(page, mark) == NULL)
            fail_msg("boxoffice(1) has no %s", mark);
        each_option(scene_text(command, "synopsis"), in_the_page, page,
                    scene_text(command, "name"));
    }
    free(page);
    json_decref(list);
}

/* What bash completes the last of `words` to, in a scene's box office. */
static char *completes(const struct scene *scene, const char *words)
{
    static const char script[] =
        ". \"$1\"; cd \"$2\"; bin=$3; boxoffice() { \"$bin\" -c box.conf -d box.db \"$@\"; };"
        " COMP_WORDS=(boxoffice $4); [ \"${4% }\" = \"$4\" ] || COMP_WORDS+=('');"
        " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _boxoffice; printf '%s ' \"${COMPREPLY[@]}\"";
    const char *argv[] = {"bash",
                          "-c",
                          script,
                          "bash",
                          TOP_SRCDIR "/tui/command/boxoffice.bash",
                          scene->dir,
                          TOP_BUILDDIR "/boxoffice",
                          words,
                          NULL};
    struct kit_run run = kit_run(scene->dir, argv, 10000);
    char *said = run.out;

    if (run.status != 0 || run.err[0] != '\0')
        fail_msg("completing %s: %d: %s", words, run.status, run.err);
    run.out = NULL;
    kit_run_fini(&run);
    return said;
}

static void want_completion(const struct scene *scene, const char *words, const char *want)
{
    char *said = completes(scene, words);

    if (strcmp(said, want) != 0)
        fail_msg("%s completes to %s, not %s", words, said, want);
    free(said);
}

static void in_the_completion(const void *scene, const char *command, const char *option)
{
    char words[96], mark[48];
    char *said;

    (void)snprintf(words, sizeof words, "%s --%s", command, option);
    (void)snprintf(mark, sizeof mark, "--%s ", option);
    said = completes(scene, words);
    if (strstr(said, mark) == NULL)
        fail_msg("%s is not completed", words);
    free(said);
}

static void completion__knows_every_command_and_option(void **state)
{
    const struct scene *scene = *state;
    json_t *list = all_commands(scene);
    char *all = completes(scene, " ");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *command = json_array_get(list, i);
        char mark[48];

        (void)snprintf(mark, sizeof mark, "%s ", scene_text(command, "name"));
        if (strstr(all, mark) == NULL)
            fail_msg("%s is not completed", mark);
        each_option(scene_text(command, "synopsis"), in_the_completion, scene,
                    scene_text(command, "name"));
    }
    free(all);
    json_decref(list);
}

static void completion__knows_what_stands_where(void **state)
{
    const struct scene *scene = *state;

    want_completion(scene, "rese", "reservation reserve ");
    want_completion(scene, "-t one sel", "sell ");
    want_completion(scene, "sell 1 A1 --tender ca", "cash card ");
    want_completion(scene, "hall ex", "export ");
    want_completion(scene, "seats ", "1 ");
    want_completion(scene, "hall export ", "1 ");
    want_completion(scene, "show cancel ", "1 ");
    want_completion(scene, "types change 2 --sold ", "yes no ");
    want_completion(scene, "types --sold no ch", "change ");
}

int main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE(fault_098__no_configuration__path_and_reason),
        SCENE(fault_099__error_in_an_include__that_file_and_line),
        SCENE(fault_100__include_loop__is_refused),
        SCENE(fault_101__integer_over_its_range__is_refused),
        SCENE(fault_102__wrong_type_unknown_doubled__named_with_line),
        SCENE(fault_103__world_writable__is_refused),
        SCENE(options__behind_the_name__count_as_before_it),
        SCENE(unknown__command__names_a_near_one),
        SCENE(help__of_each_command__shows_its_synopsis),
        SCENE(page__has_every_command_and_option),
        SCENE(completion__knows_every_command_and_option),
        SCENE(completion__knows_what_stands_where),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
