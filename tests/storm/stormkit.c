#include "tests/storm/stormkit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tui/office.h"

enum { WORDS_MAX = 48 };

int storm_size(int quick, int full)
{
    const char *wanted = getenv("STORM");

    return wanted != NULL && strcmp(wanted, "full") == 0 ? full : quick;
}

int64_t storm_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct sql *storm_open(const struct scene *scene)
{
    struct settings settings;
    struct sql *db = NULL;
    struct fault why;

    settings_init(&settings);
    if (office_open(&db, &settings, scene->database, NULL, &why) != RC_OK)
        fail_msg("%s", why.text);
    return db;
}

int64_t storm_number(const struct scene *scene, const char *query)
{
    struct sql *db = storm_open(scene);
    int64_t number = sql_one_number(db, -1, query, NULL, 0);

    sql_close(&db);
    return number;
}

int storm_show(const struct scene *scene, int rows, int seats)
{
    char plan[8192], path[KIT_PATH], words[KIT_PATH + 128], start[32];
    size_t used = (size_t)snprintf(plan, sizeof plan, "@hall Big\n");
    time_t then = time(NULL) + 7200;
    struct tm utc;

    for (int row = 0; row < rows; row++) {
        used += (size_t)snprintf(plan + used, sizeof plan - used, "%c\t", 'A' + row);
        for (int seat = 0; seat < seats; seat++)
            plan[used++] = 'o';
        plan[used++] = '\n';
    }
    kit_write_file(kit_path(path, scene->dir, "big.txt"), plan, used);
    (void)snprintf(words, sizeof words, "hall import %s", path);
    scene_want(scene, 0, words);
    strftime(start, sizeof start, "%Y-%m-%dT%H:%M:00Z", gmtime_r(&then, &utc));
    (void)snprintf(words, sizeof words, "show add --hall Big --title Ran --start %s --price 10",
                   start);
    scene_want(scene, 0, words);
    return (int)storm_number(scene, "SELECT MAX(id) FROM shows");
}

pid_t storm_start(const struct scene *scene, const char *words, const char *out)
{
    const char *argv[WORDS_MAX + 1] = {TOP_BUILDDIR "/boxoffice", "-c", scene->config, "-d",
                                       scene->database};
    char line[256], path[KIT_PATH];
    char *at = line;
    int n = 5;

    assert_true(strlen(words) < sizeof line);
    memcpy(line, words, strlen(words) + 1);
    while (*at != '\0' && n < WORDS_MAX) {
        argv[n++] = at;
        at += strcspn(at, " ");
        if (*at != '\0')
            *at++ = '\0';
    }
    /* Made here: a child killed at once has made none. */
    kit_write_file(kit_path(path, scene->dir, out), "", 0);
    return kit_spawn(argv, path, path);
}

struct crowd {
    const struct scene *scene;
    struct storm_one *ones;
    int n;
};

static void out_name(int nth, char name[static 16])
{
    (void)snprintf(name, 16, "one-%d", nth);
}

static bool start_all(struct sql *db, void *context)
{
    const struct crowd *crowd = context;
    char name[16];

    (void)db;
    for (int i = 0; i < crowd->n; i++) {
        out_name(i, name);
        crowd->ones[i].pid = storm_start(crowd->scene, crowd->ones[i].words, name);
    }
    return true;
}

void storm_crowd(const struct scene *scene, struct storm_one *ones, int n)
{
    struct crowd crowd = {scene, ones, n};
    char name[16], path[KIT_PATH];
    struct sql *db = storm_open(scene);

    assert_int_equal(sql_tx(db, start_all, &crowd), SQL_OK);
    sql_close(&db);
    for (int i = 0; i < n; i++) {
        out_name(i, name);
        ones[i].status = kit_reap(ones[i].pid, STORM_LIMIT_MS);
        ones[i].said = kit_read_file(kit_path(path, scene->dir, name), NULL);
    }
}

void storm_crowd_fini(struct storm_one *ones, int n)
{
    for (int i = 0; i < n; i++) {
        free(ones[i].said);
        ones[i].said = NULL;
    }
}

void storm_code(const char *said, char code[static 16])
{
    json_error_t error;
    json_t *document = json_loads(said, JSON_DISABLE_EOF_CHECK, &error);
    const char *text = document != NULL ? scene_text(document, "code") : NULL;

    if (text == NULL)
        fail_msg("no code in: %s", said);
    (void)snprintf(code, 16, "%s", text != NULL ? text : "");
    json_decref(document);
}

void storm_check(const struct scene *scene)
{
    scene_want(scene, 0, "check");
}
