/* The files of secret keys: whose they must be, and that none is ever replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/channel/curve.h"
#include "tests/kit/kit.h"

struct scene {
    char dir[KIT_PATH], key[KIT_PATH];
};

static int open_scene(void **state)
{
    static struct scene scene;
    struct curve_keys keys;
    struct fault why;

    kit_tempdir(scene.dir);
    kit_path(scene.key, scene.dir, "channel.key");
    if (curve_keys_make(scene.key, &keys, &why) != RC_OK)
        fail_msg("%s", why.text);
    *state = &scene;
    return 0;
}

static int close_scene(void **state)
{
    const struct scene *scene = *state;

    kit_remove_tree(scene->dir);
    return 0;
}

static void key__anothers_or_open_to_others__is_refused(void **state)
{
    const struct scene *scene = *state;
    struct curve_keys keys;
    struct fault why;
    char path[KIT_PATH], dir[KIT_PATH], link_path[KIT_PATH];
    mode_t open_modes[] = {0640, 0604, 0660, 0602, 0666};
    struct stat st;

    assert_int_equal(stat(scene->key, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
        assert_int_equal(chmod(scene->key, open_modes[i]), 0);
        assert_int_equal(curve_keys_read(scene->key, &keys, &why), RC_ENVIRONMENT);
        assert_non_null(strstr(why.text, scene->key));
    }
    assert_int_equal(chmod(scene->key, 0600), 0);
    assert_int_equal(curve_keys_read(scene->key, &keys, &why), RC_OK);
    assert_int_equal(symlink(scene->key, kit_path(link_path, scene->dir, "link.key")), 0);
    assert_int_equal(curve_keys_read(link_path, &keys, &why), RC_ENVIRONMENT);
    assert_int_equal(curve_keys_read(scene->dir, &keys, &why), RC_ENVIRONMENT);
    /* A directory that others may write is as good as the file. */
    assert_int_equal(mkdir(kit_path(dir, scene->dir, "shared"), 0700), 0);
    assert_int_equal(curve_keys_make(kit_path(path, dir, "c.key"), &keys, &why), RC_OK);
    assert_int_equal(chmod(dir, 0770), 0);
    assert_int_equal(curve_keys_read(path, &keys, &why), RC_ENVIRONMENT);
    assert_non_null(strstr(why.text, "directory"));
    assert_int_equal(curve_keys_make(kit_path(path, dir, "d.key"), &keys, &why), RC_ENVIRONMENT);
}

static void key__there_or_broken__is_neither_replaced_nor_used(void **state)
{
    const struct scene *scene = *state;
    struct curve_keys keys, before;
    struct fault why;
    char path[KIT_PATH];
    static const char *const texts[] = {"", "short", "this is fourty characters that are no key!",
                                        "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"};

    assert_int_equal(curve_keys_read(scene->key, &before, &why), RC_OK);
    assert_int_equal(curve_keys_make(scene->key, &keys, &why), RC_EXISTS);
    assert_int_equal(curve_keys_read(scene->key, &keys, &why), RC_OK);
    assert_memory_equal(&keys, &before, sizeof keys);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        kit_write_file(kit_path(path, scene->dir, "bad.key"), texts[i], strlen(texts[i]));
        assert_int_equal(chmod(path, 0600), 0);
        assert_int_equal(curve_keys_read(path, &keys, &why), RC_ENVIRONMENT);
        if (texts[i][0] != '\0')
            assert_null(strstr(why.text, texts[i]));
        assert_false(curve_key_valid(texts[i]));
    }
    assert_true(curve_key_valid(before.public_key));
    assert_int_equal(curve_keys_read("/no/such/key", &keys, &why), RC_NOT_FOUND);
}

/* One key in 85 would: a thousand without one are no chance. */
static void key__drawn_a_thousand_times__never_begins_with_a_minus(void **state)
{
    const struct scene *scene = *state;
    struct curve_keys keys;
    struct fault why;

    for (int i = 0; i < 1000; i++) {
        assert_int_equal(unlink(scene->key), 0);
        assert_int_equal(curve_keys_make(scene->key, &keys, &why), RC_OK);
        assert_int_not_equal(keys.public_key[0], '-');
    }
    curve_keys_forget(&keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)
        IN_SCENE(key__anothers_or_open_to_others__is_refused),
        IN_SCENE(key__there_or_broken__is_neither_replaced_nor_used),
        IN_SCENE(key__drawn_a_thousand_times__never_begins_with_a_minus),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
