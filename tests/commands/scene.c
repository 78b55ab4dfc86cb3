#include "tests/commands/scene.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "tests/kit/server.h"

enum { WORDS_MAX = 80, LINE_SIZE = 8192, LIMIT_MS = 30000 };

/* A line cut into words, in storage of its own. */
struct words {
    char line[LINE_SIZE];
    const char *argv[WORDS_MAX];
};

static void add_word(struct words *words, int *n, const char *word)
{
    assert_true(*n < WORDS_MAX - 1);
    words->argv[(*n)++] = word;
    words->argv[*n] = NULL;
}

static void cut(struct words *words, const struct scene *scene, const char *line)
{
    int n = 0;

    add_word(words, &n, TOP_BUILDDIR "/boxoffice");
    add_word(words, &n, "-c");
    add_word(words, &n, scene->config);
    add_word(words, &n, "-d");
    add_word(words, &n, scene->database);
    assert_true(strlen(line) < sizeof words->line);
    memcpy(words->line, line, strlen(line) + 1);
    for (char *at = words->line; *at != '\0';) {
        bool quoted = *at == '\'';
        char *end;

        at += quoted;
        end = at + strcspn(at, quoted ? "'" : " ");
        add_word(words, &n, at);
        if (*end != '\0')
            *end++ = '\0';
        at = end + strspn(end, " ");
    }
}

struct kit_run scene_run(const struct scene *scene, const char *line)
{
    struct words words;

    cut(&words, scene, line);
    return kit_run(scene->dir, words.argv, LIMIT_MS);
}

pid_t scene_start(struct scene *scene, const char *line, const char *out)
{
    struct words words;
    char path[KIT_PATH];

    cut(&words, scene, line);
    kit_write_file(kit_path(path, scene->dir, out), "", 0);
    assert_true(scene->n_started < STARTED_MAX);
    return scene->started[scene->n_started++] = kit_spawn(words.argv, path, path);
}

/* What is awaited in a file. */
struct awaited_text {
    const struct scene *scene;
    const char *out, *part;
    bool poke;
};

static bool says(void *context)
{
    const struct awaited_text *awaited = context;
    char path[KIT_PATH];
    char *text;
    bool there;

    if (awaited->poke)
        scene_want(awaited->scene, 0,
                   "show add --hall Small --title Far --start 2039-01-01T12:00"
                   " --key far");
    text = kit_read_file(kit_path(path, awaited->scene->dir, awaited->out), NULL);
    there = strstr(text, awaited->part) != NULL;
    free(text);
    return there;
}

void scene_start_heard(const struct scene *scene, const char *out)
{
    struct awaited_text awaited = {scene, out, "programme", true};

    if (!kit_wait_until(says, &awaited, 10000))
        fail_msg("%s hears nothing", out);
}

bool scene_says(const struct scene *scene, const char *out, const char *part)
{
    struct awaited_text awaited = {scene, out, part, false};

    return kit_wait_until(says, &awaited, 5000);
}

/* Exactly one line on stderr, and it says who complains. */
static void want_one_line(const char *err, const char *line)
{
    if (strncmp(err, "boxoffice: ", 11) != 0 || strchr(err, '\n') != err + strlen(err) - 1)
        fail_msg("%s: not one line of complaint: %s", line, err);
}

void scene_want(const struct scene *scene, int status, const char *line)
{
    scene_refuses(scene, status, "", line);
}

void scene_refuses(const struct scene *scene, int status, const char *part, const char *line)
{
    struct kit_run run = scene_run(scene, line);

    if (run.status != status)
        fail_msg("%s: exit %d, not %d: %s%s", line, run.status, status, run.out, run.err);
    if (status != 0)
        want_one_line(run.err, line);
    if (strstr(run.err, part) == NULL)
        fail_msg("%s: does not say \"%s\" but: %s", line, part, run.err);
    kit_run_fini(&run);
}

json_t *scene_json(const struct scene *scene, const char *line)
{
    char with[LINE_SIZE];
    struct kit_run run;
    json_error_t error;
    json_t *document;

    (void)snprintf(with, sizeof with, "%s --json", line);
    run = scene_run(scene, with);
    if (run.status != 0 || run.err[0] != '\0')
        fail_msg("%s: exit %d: %s%s", with, run.status, run.out, run.err);
    document = json_loads(run.out, 0, &error);
    if (document == NULL)
        fail_msg("%s: no JSON, %s: %s", with, error.text, run.out);
    kit_run_fini(&run);
    return document;
}

void scene_keys(const json_t *object, const char *keys)
{
    char line[512];
    char *at = line;

    (void)snprintf(line, sizeof line, "%s", keys);
    while (*at != '\0') {
        char *end = at + strcspn(at, " ");
        bool last = *end == '\0';

        *end = '\0';
        if (json_object_get(object, at) == NULL)
            fail_msg("no key %s", at);
        at = last ? end : end + 1;
    }
}

const char *scene_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

long long scene_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_integer(value))
        fail_msg("%s is no number", key);
    return json_integer_value(value);
}

static void write_config(const struct scene *scene)
{
    char text[64], zone[24];

    (void)snprintf(text, sizeof text, "zone = \"%s\";\n", kit_noon_zone(zone));
    kit_write_file(scene->config, text, strlen(text));
}

static void make_show(const struct scene *scene)
{
    static const char plan[] = "@hall Small\n@zone stalls\n"
                               "A\toooo_oooo\nB\toooo_oooo\nC\toooo_oooo\n";
    char path[KIT_PATH], line[KIT_PATH + 128], start[32];
    time_t then = time(NULL) + 3600;
    struct tm utc;

    kit_write_file(kit_path(path, scene->dir, "small.txt"), plan, sizeof plan - 1);
    scene_want(scene, 0, "init --empty");
    (void)snprintf(line, sizeof line, "hall import %s", path);
    scene_want(scene, 0, line);
    strftime(start, sizeof start, "%Y-%m-%dT%H:%M:00Z", gmtime_r(&then, &utc));
    (void)snprintf(line, sizeof line,
                   "show add --hall Small --title 'Paris, Texas' --start %s --price 10", start);
    scene_want(scene, 0, line);
}

void scene_init(struct scene *scene, bool made)
{
    memset(scene, 0, sizeof *scene);
    kit_tempdir(scene->dir);
    if (server_there())
        server_database_empty(scene->database, scene->dir);
    else
        kit_path(scene->database, scene->dir, "box.db");
    kit_path(scene->config, scene->dir, "box.conf");
    setenv("HOME", scene->dir, 1);
    setenv("XDG_DATA_HOME", scene->dir, 1);
    setenv("XDG_CONFIG_HOME", scene->dir, 1);
    write_config(scene);
    if (made)
        make_show(scene);
}

void scene_fini(struct scene *scene)
{
    /* One that a failed test left behind; those that were reaped are no children any more. */
    for (int i = 0; i < scene->n_started; i++) {
        if (waitpid(scene->started[i], NULL, WNOHANG) == 0) {
            kill(scene->started[i], SIGKILL);
            (void)waitpid(scene->started[i], NULL, 0);
        }
    }
    if (server_there())
        server_drop(scene->database, scene->dir);
    kit_remove_tree(scene->dir);
}

static int setup(void **state, bool made)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    scene_init(scene, made);
    *state = scene;
    return 0;
}

int scene_setup(void **state)
{
    return setup(state, true);
}

int scene_setup_bare(void **state)
{
    return setup(state, false);
}

int scene_teardown(void **state)
{
    scene_fini(*state);
    free(*state);
    return 0;
}
