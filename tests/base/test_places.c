/* Which files are read, and where the database is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "core/base/settings.h"
#include "tests/kit/kit.h"

/* A directory that stands for a home. */
struct scene {
    char dir[KIT_PATH];
};

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);

    if (!s)
        return -1;
    kit_tempdir(s->dir);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;

    kit_remove_tree(s->dir);
    free(s);
    return 0;
}

static void write_named(const struct scene *s, const char *name, const char *text)
{
    char path[KIT_PATH];

    kit_write_file(kit_path(path, s->dir, name), text, strlen(text));
}

static void load__own_file__found_by_xdg_then_home(void **state)
{
    const struct scene *s = *state;
    struct settings settings;
    struct fault why;
    char path[KIT_PATH];

    assert_int_equal(mkdir(kit_path(path, s->dir, "boxoffice"), 0755), 0);
    write_named(s, "boxoffice/boxoffice.conf", "operator = 42;");
    setenv("XDG_CONFIG_HOME", s->dir, 1);
    settings_init(&settings);
    assert_int_equal(settings_load(&settings, NULL, &why), RC_OK);
    assert_int_equal(settings.operator_number, 42);
    setenv("XDG_CONFIG_HOME", "relative", 1);
    setenv("HOME", s->dir, 1);
    assert_int_equal(mkdir(kit_path(path, s->dir, ".config"), 0755), 0);
    assert_int_equal(mkdir(kit_path(path, s->dir, ".config/boxoffice"), 0755), 0);
    write_named(s, ".config/boxoffice/boxoffice.conf", "operator = 43;");
    assert_int_equal(settings_load(&settings, NULL, &why), RC_OK);
    assert_int_equal(settings.operator_number, 43);
    write_named(s, ".config/boxoffice/boxoffice.conf", "operator = 0;");
    assert_int_equal(settings_load(&settings, NULL, &why), RC_BAD_INPUT);
    assert_int_equal(settings.operator_number, 43);
}

static void database__named_configured_or_default(void **state)
{
    struct settings s;
    char out[64];

    (void)state;
    settings_init(&s);
    setenv("XDG_DATA_HOME", "/data", 1);
    assert_false(settings_database(&s, NULL, out, sizeof out));
    assert_string_equal(out, "/data/boxoffice/boxoffice.db");
    unsetenv("XDG_DATA_HOME");
    setenv("HOME", "/home/mira", 1);
    assert_false(settings_database(&s, "", out, sizeof out));
    assert_string_equal(out, "/home/mira/.local/share/boxoffice/boxoffice.db");
    assert_true(settings_database(&s, "here.db", out, sizeof out));
    assert_string_equal(out, "here.db");
    memcpy(s.database, "/srv/box.db", sizeof "/srv/box.db");
    assert_true(settings_database(&s, NULL, out, sizeof out));
    assert_string_equal(out, "/srv/box.db");
    assert_true(settings_database(&s, NULL, out, 11));
    assert_string_equal(out, "");
    s.database[0] = '\0';
    unsetenv("HOME");
    assert_false(settings_database(&s, NULL, out, sizeof out));
    assert_string_equal(out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(load__own_file__found_by_xdg_then_home, set_up, tear_down),
        cmocka_unit_test_setup_teardown(database__named_configured_or_default, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
