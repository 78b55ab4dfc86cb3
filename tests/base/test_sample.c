/* The sample configuration and the manual page say what the table of settings says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/settings.h"
#include "tests/kit/kit.h"

static const char *const keys[] = {
#define KEY(kind, field, key, preset, least, most, help) key,
    SETTINGS(KEY)
#undef KEY
};

static char *printed_sample(void)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    settings_print_sample(out);
    fclose(out);
    return text;
}

static void sample_file__is_what_the_table_prints(void **state)
{
    char *want = printed_sample();
    char *is = kit_read_file(TOP_SRCDIR "/man/boxoffice.conf.sample", NULL);

    (void)state;
    if (strcmp(want, is) != 0) {
        kit_write_file("boxoffice.conf.sample.new", want, strlen(want));
        fail_msg("man/boxoffice.conf.sample differs from boxoffice.conf.sample.new");
    }
    free(want);
    free(is);
}

/* Reads `text` as a configuration. */
static void read_text(const char *text, struct settings *settings)
{
    struct fault why = {0};
    char dir[KIT_PATH], path[KIT_PATH];

    kit_tempdir(dir);
    kit_write_file(kit_path(path, dir, "x.conf"), text, strlen(text));
    settings_init(settings);
    if (settings_read(settings, path, &why) != RC_OK)
        fail_msg("%s", why.text);
    kit_remove_tree(dir);
}

static void sample__as_it_is_and_uncommented__sets_the_defaults(void **state)
{
    struct settings defaults, read;
    char *text = printed_sample();
    int settings = 0;

    (void)state;
    settings_init(&defaults);
    defaults.from_file = true;
    read_text(text, &read);
    assert_memory_equal(&read, &defaults, sizeof read);
    for (char *at = text; (at = strstr(at, "\n#")) != NULL; at++)
        if (at[2] != ' ') {
            at[1] = ' ';
            settings++;
        }
    assert_int_equal(settings, sizeof keys / sizeof keys[0]);
    read_text(text, &read);
    assert_memory_equal(&read, &defaults, sizeof read);
    free(text);
}

static void page__lists_each_setting_in_order_and_no_other(void **state)
{
    char *page = kit_read_file(TOP_SRCDIR "/man/boxoffice.conf.5", NULL), *rest = page;
    size_t n = 0;

    (void)state;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        static const char item[] = ".It Ic ";
        if (strncmp(line, item, strlen(item)) != 0)
            continue;
        assert_true(n < sizeof keys / sizeof keys[0]);
        assert_string_equal(line + strlen(item), keys[n]);
        n++;
    }
    assert_int_equal(n, sizeof keys / sizeof keys[0]);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sample_file__is_what_the_table_prints),
        cmocka_unit_test(sample__as_it_is_and_uncommented__sets_the_defaults),
        cmocka_unit_test(page__lists_each_setting_in_order_and_no_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
