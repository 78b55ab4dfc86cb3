/* Keys and terminals from the command line: made, admitted, listed, removed, and heard over tcp. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/commands/scene.h"

#define GOOD_KEY  "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
#define OTHER_KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"

/* Goes on with a configuration that also has these lines. */
static void configure(const struct scene *scene, const char *lines)
{
    char *before = kit_read_file(scene->config, NULL), *all = NULL;
    size_t size;
    FILE *out = open_memstream(&all, &size);

    assert_non_null(out);
    fprintf(out, "%s\n%s", before, lines);
    fclose(out);
    kit_write_file(scene->config, all, size);
    free(before);
    free(all);
}

/* Over tcp on loopback, with a key in the scene's directory. */
static void configure_tcp(const struct scene *scene, int port)
{
    char lines[KIT_PATH + 128];

    assert_int_equal(chmod(scene->dir, 0700), 0);
    (void)snprintf(lines, sizeof lines,
                   "channel_address = \"127.0.0.1\";\nchannel_port = %d;\n"
                   "channel_key = \"%s/channel.key\";\n",
                   port, scene->dir);
    configure(scene, lines);
}

/* Puts another port into that configuration. */
static void set_port(const struct scene *scene, const char *port)
{
    static const char setting[] = "channel_port = 0";
    char *text = kit_read_file(scene->config, NULL), *at = strstr(text, setting), *all = NULL;
    size_t size;
    FILE *out = open_memstream(&all, &size);

    assert_non_null(out);
    assert_non_null(at);
    fprintf(out, "%.*schannel_port = %s%s", (int)(at - text), text, port, at + strlen(setting));
    fclose(out);
    kit_write_file(scene->config, all, size);
    free(text);
    free(all);
}

/* Makes the key and admits it. */
static void admit_self(const struct scene *scene, const char *name)
{
    json_t *made = scene_json(scene, "keygen");
    char line[128];

    (void)snprintf(line, sizeof line, "terminal admit %s %s", name, scene_text(made, "public_key"));
    scene_want(scene, 0, line);
    json_decref(made);
}

static void keygen__makes_a_key_once_and_shows_it_again(void **state)
{
    const struct scene *scene = *state;
    json_t *made, *shown;
    struct stat st;
    char path[KIT_PATH];

    configure_tcp(scene, 0);
    scene_refuses(scene, 1, "no key", "keygen --show");
    made = scene_json(scene, "keygen");
    scene_keys(made, "public_key file");
    assert_int_equal(strlen(scene_text(made, "public_key")), 40);
    assert_int_equal(stat(kit_path(path, scene->dir, "channel.key"), &st), 0);
    assert_string_equal(scene_text(made, "file"), path);
    assert_int_equal(st.st_mode & 07777, 0600);
    scene_refuses(scene, 1, "not replaced", "keygen");
    shown = scene_json(scene, "keygen --show");
    assert_string_equal(scene_text(shown, "public_key"), scene_text(made, "public_key"));
    assert_int_equal(chmod(path, 0644), 0);
    scene_refuses(scene, 3, "chmod 600", "keygen --show");
    scene_refuses(scene, 3, "chmod 600", "listen");
    json_decref(made);
    json_decref(shown);
}

static void terminal__admitted_and_removed__is_listed_and_journaled(void **state)
{
    const struct scene *scene = *state;
    json_t *list, *admitted;

    scene_want(scene, 0, "terminal admit door " GOOD_KEY " --key k1");
    scene_want(scene, 0, "terminal admit door " GOOD_KEY " --key k1"); /* the first result again */
    scene_refuses(scene, 1, "as door", "terminal admit window " GOOD_KEY);
    scene_refuses(scene, 1, "another key", "terminal admit door " OTHER_KEY);
    list = scene_json(scene, "terminal list");
    admitted = json_object_get(list, "admitted");
    assert_int_equal(json_array_size(json_object_get(list, "terminals")), 0);
    assert_int_equal(json_array_size(admitted), 1);
    scene_keys(json_array_get(admitted, 0), "name public_key admitted_at");
    assert_string_equal(scene_text(json_array_get(admitted, 0), "public_key"), GOOD_KEY);
    json_decref(list);
    scene_want(scene, 0, "terminal remove door");
    scene_refuses(scene, 1, "by that name", "terminal remove door");
    list = scene_json(scene, "terminal list");
    assert_int_equal(json_array_size(json_object_get(list, "admitted")), 0);
    json_decref(list);
    scene_want(scene, 0, "check");
}

static void terminal__no_key_or_no_name__is_refused(void **state)
{
    static const char *const keys[] = {"short", "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hIDD",
                                       "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hI,",
                                       "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%"};
    const struct scene *scene = *state;
    char line[256];

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        (void)snprintf(line, sizeof line, "terminal admit door %s", keys[i]);
        scene_refuses(scene, 2, "public key", line);
    }
    scene_refuses(scene, 2, "name", "terminal admit '' " GOOD_KEY);
    scene_refuses(scene, 2, "usage", "terminal admit door");
    scene_refuses(scene, 2, "usage", "terminal open door");
    scene_refuses(scene, 2, "usage", "terminal list door");
}

static void listen__over_tcp__hears_commands_and_is_listed(void **state)
{
    struct scene *scene = *state;
    json_t *list, *row;
    pid_t pid;

    configure_tcp(scene, 0);
    scene_refuses(scene, 1, "keygen",
                  "listen"); /* no key: nothing is opened, above all not plain */
    admit_self(scene, "office");
    pid = scene_start(scene, "-t ear listen", "heard");
    scene_start_heard(scene, "heard");
    scene_want(scene, 0, "sell 1 A1");
    assert_true(scene_says(scene, "heard", "seats 1 "));
    list = scene_json(scene, "terminal list");
    row = json_array_get(json_object_get(list, "terminals"), 0);
    scene_keys(row, "name host pid alive seen_at endpoint public_key admitted_as turned_away");
    assert_string_equal(scene_text(row, "name"), "ear");
    assert_string_equal(scene_text(row, "admitted_as"), "office");
    assert_non_null(strstr(scene_text(row, "endpoint"), "tcp://127.0.0.1:"));
    json_decref(list);
    scene_want(scene, 0, "terminal list");
    assert_int_equal(kill(pid, SIGTERM), 0);
    assert_int_equal(kit_reap(pid, 5000), 0);
}

/* Removed, its hints reach nobody; what it does to the database stands. */
static void listen__key_removed__no_longer_hears_it(void **state)
{
    struct scene *scene = *state;
    char *said, path[KIT_PATH];
    pid_t pid;

    configure_tcp(scene, 0);
    admit_self(scene, "office");
    pid = scene_start(scene, "-t ear listen", "heard");
    scene_start_heard(scene, "heard");
    scene_want(scene, 0, "terminal remove office");
    scene_want(scene, 0, "sell 1 A2");
    scene_want(scene, 1, "sell 1 A2");
    assert_int_equal(kill(pid, SIGTERM), 0);
    assert_int_equal(kit_reap(pid, 5000), 0);
    said = kit_read_file(kit_path(path, scene->dir, "heard"), NULL);
    assert_null(strstr(said, "seats 1 "));
    free(said);
}

static void fault_067__port_taken__assign_goes_on_and_says_so(void **state)
{
    struct scene *scene = *state;
    json_t *list;
    const char *endpoint;
    char lines[64];
    pid_t first, second;

    configure_tcp(scene, 0);
    admit_self(scene, "office");
    first = scene_start(scene, "-t ear listen", "heard");
    scene_start_heard(scene, "heard");
    list = scene_json(scene, "terminal list");
    endpoint = scene_text(json_array_get(json_object_get(list, "terminals"), 0), "endpoint");
    (void)snprintf(lines, sizeof lines, "%s", strrchr(endpoint, ':') + 1);
    json_decref(list);
    set_port(scene, lines);
    scene_refuses(scene, 3, "cannot listen", "-t other listen");
    second = scene_start(scene, "-t office assign", "assigned");
    assert_true(scene_says(scene, "assigned", "no channel, others are seen every 2 s"));
    assert_true(scene_says(scene, "heard", "lease 0 ")); /* it tells what it does */
    assert_int_equal(kill(second, SIGTERM), 0);
    assert_int_equal(kit_reap(second, 5000), 0);
    assert_int_equal(kill(first, SIGTERM), 0);
    assert_int_equal(kit_reap(first, 5000), 0);
}

int main(void)
{
#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCENE(keygen__makes_a_key_once_and_shows_it_again),
        IN_SCENE(terminal__admitted_and_removed__is_listed_and_journaled),
        IN_SCENE(terminal__no_key_or_no_name__is_refused),
        IN_SCENE(listen__over_tcp__hears_commands_and_is_listed),
        IN_SCENE(listen__key_removed__no_longer_hears_it),
        IN_SCENE(fault_067__port_taken__assign_goes_on_and_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
