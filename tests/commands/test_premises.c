/* A database's files and directory against the user who starts the program, looked at first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/commands/scene.h"
#include "tests/kit/server.h"

enum { NOBODY = 65534, LIMIT_MS = 30000, WORDS = 16 };

/* Runs one word on a database as somebody who is not root, whom no mode stops. */
static struct kit_run run_as_nobody(const struct scene *scene, const char *database,
                                    const char *word)
{
    const char *argv[WORDS] = {0};
    int n = 0;

    if (geteuid() == 0) {
        argv[n++] = "setpriv";
        argv[n++] = "--reuid=65534";
        argv[n++] = "--regid=65534";
        argv[n++] = "--clear-groups";
    }
    argv[n++] = TOP_BUILDDIR "/boxoffice";
    argv[n++] = "-c";
    argv[n++] = scene->config;
    argv[n++] = "-d";
    argv[n++] = database;
    argv[n] = word;
    return kit_run(scene->dir, argv, LIMIT_MS);
}

static void refuses(const struct scene *scene, const char *database, const char *word,
                    const char *part)
{
    struct kit_run run = run_as_nobody(scene, database, word);

    if (run.status != 3 || strstr(run.err, part) == NULL)
        fail_msg("%s: exit %d, does not say \"%s\" but: %s", word, run.status, part, run.err);
    assert_ptr_equal(strchr(run.err, '\n'), run.err + strlen(run.err) - 1);
    kit_run_fini(&run);
}

static void works(const struct scene *scene, const char *database, const char *word)
{
    struct kit_run run = run_as_nobody(scene, database, word);

    if (run.status != 0)
        fail_msg("%s: exit %d: %s", word, run.status, run.err);
    kit_run_fini(&run);
}

/* A directory of that user's with a box office in it; its database's path. Skipped where the
 * program cannot be reached by others, and on a server, which has no files here. */
static void own_office(const struct scene *scene, char directory[static KIT_PATH],
                       char database[static KIT_PATH])
{
    struct kit_run run;

    if (server_there())
        skip();
    (void)kit_path(directory, scene->dir, "own");
    (void)kit_path(database, scene->dir, "own/box.db");
    assert_int_equal(chmod(scene->dir, 0755), 0);
    assert_int_equal(mkdir(directory, 0755), 0);
    if (geteuid() == 0)
        assert_int_equal(chown(directory, NOBODY, NOBODY), 0);
    run = run_as_nobody(scene, database, "--version");
    if (run.status != 0) {
        kit_run_fini(&run);
        skip();
    }
    kit_run_fini(&run);
    works(scene, database, "init");
    works(scene, database, "check");
}

static void forget(const char *database, const char *suffix)
{
    char path[KIT_PATH + 8];

    (void)snprintf(path, sizeof path, "%s%s", database, suffix);
    (void)unlink(path);
}

static void fault_106__directory_not_writable__is_named(void **state)
{
    const struct scene *scene = *state;
    char directory[KIT_PATH], database[KIT_PATH], other[KIT_PATH], part[KIT_PATH + 64];

    own_office(scene, directory, database);
    (void)snprintf(part, sizeof part, "boxoffice: the directory %s is not writable", directory);
    assert_int_equal(chmod(directory, 0555), 0);
    refuses(scene, kit_path(other, scene->dir, "own/new.db"), "init", part);
    works(scene, database, "shows"); /* all that it needs is there */
    assert_int_equal(chmod(directory, 0755), 0);
    forget(database, "-turn");
    assert_int_equal(chmod(directory, 0555), 0);
    refuses(scene, database, "shows", part);
    assert_int_equal(chmod(directory, 0755), 0);
    works(scene, database, "shows");
}

static void fault_107__everybody_may_write_the_database__is_refused_at_the_start(void **state)
{
    const struct scene *scene = *state;
    char directory[KIT_PATH], database[KIT_PATH];

    own_office(scene, directory, database);
    assert_int_equal(chmod(database, 0666), 0);
    refuses(scene, database, "shows", "box.db: everybody may write this file; chmod o-w it");
    assert_int_equal(chmod(database, 0660), 0);
    works(scene, database, "shows");
}

static void fault_107__file_of_another_user__is_named_at_the_start_with_whose_it_is(void **state)
{
    static const char *const suffixes[] = {"", "-turn", "-wal"};
    const struct scene *scene = *state;
    char directory[KIT_PATH], database[KIT_PATH], path[KIT_PATH + 8], part[KIT_PATH + 64];

    own_office(scene, directory, database);
    if (geteuid() != 0)
        skip(); /* who cannot give files away */
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        (void)snprintf(path, sizeof path, "%s%s", database, suffixes[i]);
        (void)snprintf(part, sizeof part, "boxoffice: %s of root is shut to this user", path);
        assert_int_equal(chown(path, 0, 0), 0);
        assert_int_equal(chmod(path, 0640), 0); /* as an umask of 027 leaves it */
        refuses(scene, database, "shows", part);
        assert_int_equal(chown(path, 0, NOBODY), 0);
        assert_int_equal(chmod(path, 0660), 0); /* one group, umask 007 */
        works(scene, database, "shows");
    }
}

int main(void)
{
#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, scene_setup_bare, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE_TEST(fault_106__directory_not_writable__is_named),
        SCENE_TEST(fault_107__everybody_may_write_the_database__is_refused_at_the_start),
        SCENE_TEST(fault_107__file_of_another_user__is_named_at_the_start_with_whose_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
