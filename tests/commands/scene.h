/*
 * A box office as the program sees it from outside: a directory of its own with a configuration
 * and a database, and short ways to run the built program on them. What fails here fails the test.
 */
#ifndef BOXOFFICE_TESTS_COMMANDS_SCENE_H
#define BOXOFFICE_TESTS_COMMANDS_SCENE_H

#include <jansson.h>

#include "tests/kit/kit.h"

enum { STARTED_MAX = 8 };

struct scene {
    pid_t started[STARTED_MAX]; /* whoever of them still runs is ended by scene_fini */
    int n_started;
    char dir[KIT_PATH], database[KIT_PATH], config[KIT_PATH];
};

/*
 * Makes one: a zone in which it is about noon, and with `made` an empty box office with the hall
 * Small (rows A to C of eight, an aisle behind the fourth) and show 1 in it, in an hour, at 10.00.
 */
void scene_init(struct scene *scene, bool made);
void scene_fini(struct scene *scene);

/* cmocka's fixtures: a made scene, and one with nothing in it, in `*state`. */
int scene_setup(void **state);
int scene_setup_bare(void **state);
int scene_teardown(void **state);

/* Runs `boxoffice -c CONFIG -d DATABASE words...`; words are parted by blanks, and one in single
 * quotes may have blanks in it. The caller ends the run with kit_run_fini. */
struct kit_run scene_run(const struct scene *scene, const char *words);

/* The same for a run that must end with `status`; prints what it said if not. */
void scene_want(const struct scene *scene, int status, const char *words);
/* ... and whose line of complaint must have `part` in it. */
void scene_refuses(const struct scene *scene, int status, const char *part, const char *words);

/* Runs with --json, must succeed, and returns the document, the caller's. */
json_t *scene_json(const struct scene *scene, const char *words);

/* Starts one that stays, its output into `out` in the directory. */
pid_t scene_start(struct scene *scene, const char *words, const char *out);

/* Waits until one started with `listen` hears: says something harmless until `out` has a line. */
void scene_start_heard(const struct scene *scene, const char *out);

/* Is there a line with `part` in the file `out` by now, within five seconds? */
bool scene_says(const struct scene *scene, const char *out, const char *part);

/* Are the keys of an object these, parted by blanks (others may be there as well)? */
void scene_keys(const json_t *object, const char *keys);

/* Text and number of an object; NULL text for null. */
const char *scene_text(const json_t *object, const char *key);
long long scene_number(const json_t *object, const char *key);

#endif
