#include "core/base/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/kit.h"

/* libconfig 1.5 keeps the word that it was reading at a syntax error; that leak is not ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libconfig";
}

/* A directory with the file that a test reads. */
struct scene {
    char dir[KIT_PATH];
    char main[KIT_PATH];
};

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);

    if (!s)
        return -1;
    kit_tempdir(s->dir);
    kit_path(s->main, s->dir, "main.conf");
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

static enum rc read_text(const struct scene *s, const char *text, struct settings *settings,
                         struct fault *why)
{
    write_named(s, "main.conf", text);
    settings_init(settings);
    return settings_read(settings, s->main, why);
}

/* Expects that a file is refused with "DIR/FILE:LINE: " and then `says`, and changes nothing. */
static void expect_refused(const struct scene *s, const char *text, const char *file_and_line,
                           const char *says)
{
    struct settings settings, before;
    struct fault why = {0};
    char want[2 * KIT_PATH];

    settings_init(&before);
    if (read_text(s, text, &settings, &why) != RC_BAD_INPUT)
        fail_msg("taken or another code (%s):\n%s", why.text, text);
    snprintf(want, sizeof want, "%s/%s: %s", s->dir, file_and_line, says);
    if (strncmp(why.text, want, strlen(want)) != 0)
        fail_msg("\"%s\", not \"%s\"", why.text, want);
    assert_memory_equal(&settings, &before, sizeof settings);
}

static void defaults__are_those_of_the_table(void **state)
{
    struct settings s;

    (void)state;
    settings_init(&s);
    assert_string_equal(s.database, "");
    assert_string_equal(s.currency, "EUR");
    assert_string_equal(s.assigner, "standby");
    assert_int_equal(s.operator_number, 1);
    assert_int_equal(s.sale_stop_min, 20);
    assert_true(s.channel);
    assert_false(s.calm);
    assert_false(s.from_file);
}

static void read__every_kind__lands_in_its_field(void **state)
{
    struct settings s;
    struct fault why = {0};

    enum rc rc = read_text(*state,
                           "# house\n"
                           "database = \"/srv/box.db\"; terminal: \"till \" \"2\"\n"
                           "operator = 9999; sale_stop_min = 0x0A; collect_min = +5L\n"
                           "currency = \"NOK\"; assigner = \"never\", channel = FALSE\n"
                           "/* @include \"none\" = 99999999999 */ calm = true; // end",
                           &s, &why);
    assert_string_equal(why.text, "");
    assert_int_equal(rc, RC_OK);
    assert_string_equal(s.database, "/srv/box.db");
    assert_string_equal(s.terminal, "till 2");
    assert_int_equal(s.operator_number, 9999);
    assert_int_equal(s.sale_stop_min, 10);
    assert_int_equal(s.collect_min, 5);
    assert_string_equal(s.currency, "NOK");
    assert_string_equal(s.assigner, "never");
    assert_false(s.channel);
    assert_true(s.calm);
    assert_true(s.from_file);
    assert_string_equal(s.fit, "first");
}

static void read__empty_file_and_dev_null__keep_defaults(void **state)
{
    struct settings s, defaults;
    struct fault why;

    settings_init(&defaults);
    assert_int_equal(read_text(*state, "", &s, &why), RC_OK);
    assert_true(s.from_file);
    s.from_file = false;
    assert_memory_equal(&s, &defaults, sizeof s);
    assert_int_equal(settings_read(&s, "/dev/null", &why), RC_OK);
}

static void fault_098__missing__path_and_reason(void **state)
{
    const struct scene *s = *state;
    struct settings settings;
    struct fault why;
    char path[KIT_PATH], want[2 * KIT_PATH];

    settings_init(&settings);
    kit_path(path, s->dir, "none.conf");
    snprintf(want, sizeof want, "%s: No such file or directory", path);
    assert_int_equal(settings_read(&settings, path, &why), RC_NOT_FOUND);
    assert_string_equal(why.text, want);
    assert_int_equal(settings_load(&settings, path, &why), RC_ENVIRONMENT);
    assert_int_equal(why.rc, RC_ENVIRONMENT);
    assert_string_equal(why.text, want);
    snprintf(want, sizeof want, "%s: not a file", s->dir);
    assert_int_equal(settings_read(&settings, s->dir, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, want);
    assert_false(settings.from_file);
}

static void fault_098__fifo__does_not_hang(void **state)
{
    const struct scene *s = *state;
    struct settings settings;
    struct fault why;

    settings_init(&settings);
    assert_int_equal(mkfifo(s->main, 0600), 0);
    assert_int_equal(settings_read(&settings, s->main, &why), RC_BAD_INPUT);
}

static void fault_099__error_in_include__that_file_and_line(void **state)
{
    const struct scene *s = *state;
    const char *includes = "calm = true;\n@include \"inc.conf\"\nmouse = true;\n";

    write_named(s, "inc.conf", "# one\nfit = ;\nchannel = true;\n");
    expect_refused(s, includes, "inc.conf:2", "syntax error");
    write_named(s, "inc.conf", "# one\n\nfit =");
    expect_refused(s, includes, "inc.conf:3", "syntax error");
    write_named(s, "inc.conf", "operator = 10000;");
    expect_refused(s, includes, "inc.conf:1", "operator must be a whole number from 1 to 9999");
    expect_refused(s, "calm = true;\nfit == 1;\n", "main.conf:2", "syntax error");
    expect_refused(s, "\n@include \"gone.conf\"\n", "main.conf:2", "cannot include ");
    expect_refused(s, "\n@include \"\"\n", "main.conf:2", "cannot include ");
    expect_refused(s, "calm = true; @include \"inc.conf\"\n", "main.conf:1", "syntax error");
    write_named(s, "inc.conf", "operator = 7;");
    struct settings settings;
    struct fault why = {0};
    assert_int_equal(read_text(s, includes, &settings, &why), RC_OK);
    assert_int_equal(settings.operator_number, 7);
    assert_true(settings.calm);
}

static void fault_100__include_loop__refused(void **state)
{
    const struct scene *s = *state;
    char path[KIT_PATH];

    expect_refused(s, "\n@include \"main.conf\"\n", "main.conf:2", "include loop: ");
    write_named(s, "a.conf", "@include \"b.conf\"\n");
    write_named(s, "b.conf", "\n@include \"./main.conf\"\n");
    expect_refused(s, "@include \"a.conf\"\n", "b.conf:2", "include loop: ");
    assert_int_equal(symlink("main.conf", kit_path(path, s->dir, "link.conf")), 0);
    expect_refused(s, "@include \"link.conf\"\n", "main.conf:1", "include loop: ");
    for (char name[] = "0.conf", next[] = "@include \"1.conf\""; name[0] < '9'; name[0]++) {
        write_named(s, name, next);
        next[10]++;
    }
    write_named(s, "9.conf", "");
    expect_refused(s, "@include \"0.conf\"\n", "7.conf:1", "includes are nested too deep");
}

static void fault_101__integer_over_its_range__refused(void **state)
{
    static const char *const numbers[] = {
        "241",
        "-1",
        "4294967301",
        "4294967301L",
        "99999999999999999999",
        "18446744073709551617L",
        "0x100000005",
        "0xFFFFFFFF",
        "-4294967291",
        "99999999999999999999999999999999999999999999",
        "0x10000000000000005L",
        "2147483648",
    };
    char line[128];

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        snprintf(line, sizeof line, "calm = true;\n\nsale_stop_min = %s;\nmouse = true;",
                 numbers[i]);
        expect_refused(*state, line, "main.conf:3",
                       "sale_stop_min must be a whole number from 0 to 240");
    }
    expect_refused(*state, "operator =\n\n 0;", "main.conf:1", "operator must be");
}

static void fault_102__wrong_type__refused_with_line_and_key(void **state)
{
    static const char *const lines[][2] = {
        {"operator = \"1\"", "operator must be a whole number"},
        {"operator = 1.5", "operator must be a whole number"},
        {"operator = 1e3", "operator must be a whole number"},
        {"operator = true", "operator must be a whole number"},
        {"operator = [1]", "operator must be a whole number"},
        {"channel = 1", "channel must be true or false"},
        {"channel = \"true\"", "channel must be true or false"},
        {"zone = 5", "zone must be a text of at most 64 bytes"},
        {"zone = { a = 1; }", "zone must be a text"},
        {"zone = \"a\\nb\"", "zone must be a text"},
        {"zone = \"\xFF\"", "zone must be a text"},
        {"fit = \"best\"", "fit must be one of the texts first|strict"},
        {"fit = \"first|strict\"", "fit must be"},
        {"fit = \"\"", "fit must be"},
        {"fit = 1", "fit must be"},
        {"currency = \"eur\"", "currency must be a text of 3 capital letters"},
        {"currency = \"EURO\"", "currency must be"},
        {"currency = \"€\"", "currency must be"},
        {"terminal = \"123456789012345678901234567890123\"", "terminal must be"},
    };
    char text[128];

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        snprintf(text, sizeof text, "# a line\n%s;\n", lines[i][0]);
        expect_refused(*state, text, "main.conf:2", lines[i][1]);
    }
}

static void fault_102__unknown_key__refused_with_line(void **state)
{
    expect_refused(*state, "calm = true;\nclam = true;", "main.conf:2", "clam is no setting");
    expect_refused(*state, "Calm = true;", "main.conf:1", "Calm is no setting");
    expect_refused(*state, "tui = { calm = true; };", "main.conf:1", "tui is no setting");
    expect_refused(*state, "x = 99999999999;", "main.conf:1", "x is no setting");
}

static void fault_102__duplicate_key__refused_with_line(void **state)
{
    write_named(*state, "inc.conf", "\ncalm = false;\n");
    expect_refused(*state, "calm = true;\n\ncalm = true;", "main.conf:3",
                   "calm stands in line 1 already");
    expect_refused(*state, "calm = true;\n@include \"inc.conf\"\n", "inc.conf:2",
                   "calm stands in line 1 of another file already");
}

static void broken_text__refused_with_line(void **state)
{
    const struct scene *s = *state;
    struct settings settings;
    struct fault why;

    expect_refused(s, "calm = true;\n/* never closed\n\n", "main.conf:2", "begins a string");
    expect_refused(s, "calm = true;\nzone = \"never closed\n\n", "main.conf:2", "begins a string");
    expect_refused(s, "zone = \"x\\", "main.conf:1", "begins a string");
    expect_refused(s, "@include \"x", "main.conf:1", "begins a string");
    expect_refused(s, "= 3;", "main.conf:1", "syntax error");
    kit_write_file(s->main, "calm\0= true;", 12);
    settings_init(&settings);
    assert_int_equal(settings_read(&settings, s->main, &why), RC_BAD_INPUT);
    assert_non_null(strstr(why.text, "NUL"));
}

static void fault_103__world_writable__refused(void **state)
{
    const struct scene *s = *state;
    struct settings settings;
    struct fault why;
    char path[KIT_PATH];

    settings_init(&settings);
    write_named(s, "main.conf", "calm = true;");
    assert_int_equal(chmod(s->main, 0646), 0);
    assert_int_equal(settings_read(&settings, s->main, &why), RC_BAD_INPUT);
    assert_non_null(strstr(why.text, s->main));
    assert_non_null(strstr(why.text, "everybody may write"));
    assert_int_equal(chmod(s->main, 0664), 0);
    assert_int_equal(settings_read(&settings, s->main, &why), RC_OK);
    write_named(s, "inc.conf", "mouse = true;");
    assert_int_equal(chmod(kit_path(path, s->dir, "inc.conf"), 0666), 0);
    write_named(s, "main.conf", "@include \"inc.conf\"\n");
    assert_int_equal(settings_read(&settings, s->main, &why), RC_BAD_INPUT);
    assert_non_null(strstr(why.text, "inc.conf"));
}

static void fault_105__secret_in_a_value__not_repeated(void **state)
{
    static const char *const texts[] = {
        "database = \"postgresql://box:hunter2@db/\x01\";",
        "fit = \"hunter2\";",
        "database = \"hunter2\" 5;",
        "database = \"hunter2",
        "currency = \"hunter2\";",
        "database = \"hunter2\"; database = \"hunter2\";",
        "operator = \"hunter2\";",
    };
    struct settings settings;
    struct fault why;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(read_text(*state, texts[i], &settings, &why), RC_BAD_INPUT);
        assert_null(strstr(why.text, "hunter2"));
    }
}

/* Lines that may stand in a file, to be mixed, cut and joined. */
static void any_text__is_read_or_refused_with_its_file(void **state)
{
    static const char *const pieces[] = {
        "calm", "=",        "true", ";",  "\n",         "\"",    "\\",
        "/*",   "*/",       "#",    "//", "@include ",  "\"x\"", "\"main.conf\"",
        "{",    "}",        "[",    ")",  "4294967301", "0x",    "L",
        "-",    "operator", "1",    ".",  "\xFF",
    };
    const struct scene *s = *state;
    uint64_t seed = kit_seed();
    struct settings settings;

    for (int i = 0; i < 3000; i++) {
        char text[512] = "";
        size_t n = 0;
        for (uint64_t left = kit_below(&seed, 20); left > 0; left--) {
            const char *piece = pieces[kit_below(&seed, sizeof pieces / sizeof pieces[0])];
            memcpy(text + n, piece, strlen(piece) + 1);
            n += strlen(piece);
        }
        struct fault why = {0};
        if (read_text(s, text, &settings, &why) != RC_OK) {
            assert_int_equal(why.rc, RC_BAD_INPUT);
            assert_memory_equal(why.text, s->dir, strlen(s->dir));
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(defaults__are_those_of_the_table),
        TEST(read__every_kind__lands_in_its_field),
        TEST(read__empty_file_and_dev_null__keep_defaults),
        TEST(fault_098__missing__path_and_reason),
        TEST(fault_098__fifo__does_not_hang),
        TEST(fault_099__error_in_include__that_file_and_line),
        TEST(fault_100__include_loop__refused),
        TEST(fault_101__integer_over_its_range__refused),
        TEST(fault_102__wrong_type__refused_with_line_and_key),
        TEST(fault_102__unknown_key__refused_with_line),
        TEST(fault_102__duplicate_key__refused_with_line),
        TEST(broken_text__refused_with_line),
        TEST(fault_103__world_writable__refused),
        TEST(fault_105__secret_in_a_value__not_repeated),
        TEST(any_text__is_read_or_refused_with_its_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
