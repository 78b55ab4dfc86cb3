/*
 * The house keeps its law (tests/house/rooms.txt), and the test that says so can fail: each law is
 * broken once in a small house of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/house/house_check.h"
#include "tests/kit/kit.h"

static void check_all(const char *root, const char *book_path, struct house_finds *finds)
{
    struct house_tree tree;
    struct house_book book;

    assert_true(house_book_read(&book, book_path));
    house_tree_read(&tree, root);
    house_check_rooms(&tree, &book, finds);
    house_check_circles(&tree, &book, finds);
    house_check_shape(&tree, &book, finds);
    house_check_lists(&tree, finds);
    house_check_words(&tree, &book, finds);
    house_tree_fini(&tree);
    house_book_fini(&book);
}

/* ---- the real house ---- */

static int by_size(const void *a, const void *b)
{
    const size_t *x = a;
    const size_t *y = b;

    return (*x > *y) - (*x < *y);
}

static void say_sizes(const char *what, size_t *sizes, size_t n)
{
    if (n == 0)
        return;
    qsort(sizes, n, sizeof *sizes, by_size);
    printf("%zu %s, lines: median %zu, longest %zu\n", n, what, sizes[n / 2], sizes[n - 1]);
}

static void house__measured__sizes_are_said(void **state)
{
    (void)state;
    struct house_tree tree;
    size_t *files = NULL, *functions = NULL;
    size_t n_files = 0, n_functions = 0;

    house_tree_read(&tree, TOP_SRCDIR);
    assert_true(tree.n > 0);
    for (size_t i = 0; i < tree.n; i++) {
        const struct house_file *file = &tree.files[i];

        if (house_is_test(file->path) || file->path[strlen(file->path) - 1] != 'c')
            continue;
        files = house_grow(files, n_files, sizeof *files);
        files[n_files++] = file->n_lines;
        for (size_t j = 0; j < file->n_decls; j++) {
            const struct house_decl *decl = &file->decls[j];

            if (decl->kind != HOUSE_FUNCTION)
                continue;
            functions = house_grow(functions, n_functions, sizeof *functions);
            functions[n_functions++] = decl->last - decl->first + 1;
        }
    }
    say_sizes("files", files, n_files);
    say_sizes("functions", functions, n_functions);
    free(files);
    free(functions);
    house_tree_fini(&tree);
}

static void house__as_it_stands__keeps_its_law(void **state)
{
    (void)state;
    struct house_finds finds = {0};

    check_all(TOP_SRCDIR, TOP_SRCDIR "/tests/house/rooms.txt", &finds);
    size_t n = finds.n;
    house_finds_print(&finds);
    house_finds_fini(&finds);
    assert_int_equal(n, 0);
}

/* ---- small houses ---- */

static const char small_book[] = "room db db/\n"
                                 "room base core/base/ # a comment\n"
                                 "room desk core/desk/\n"
                                 "room screen tui/screen/\n"
                                 "room main tui/main.c\n"
                                 "\n"
                                 "apart screen scr_\n"
                                 "deny base db/\n"
                                 "gate sqlite3.h db/sqlite.c\n"
                                 "gate curses.h\n"
                                 "limit file 40\n"
                                 "limit function 10\n"
                                 "limit tui/ 30\n"
                                 "forbid strcpy .\n"
                                 "forbid open db/sqlite.c\n"
                                 "forbid pause . but tests/kit/\n"
                                 "word double core/\n"
                                 "global core/desk/till.c\n";

struct source {
    const char *path, *text;
};

/* A house without a fault, which comes near to one in places. */
static const struct source sound[] = {
    {"db/sql.h", "/* Opens. */\nint sql_open(void);\n"},
    {"db/turn.h", "#include \"db/sql.h\"\n"},
    {"db/turn.c", "#include \"db/turn.h\"\n"},
    {"db/sqlite.c", "#include \"db/sql.h\"\n#include <sqlite3.h>\n"
                    "int sql_open(void)\n{\n    return engine->open(1);\n}\n"},
    {"core/base/text.h", "/* What it is,\n * and why. */\nint text_n(const char *t)\n"
                         "    __attribute__((pure));\nint text_m(void);\n\n"
                         "/* One. */\nstatic inline int text_one(void)\n{\n    return 1;\n}\n"
                         "typedef int text_fn(int);\nstruct text;\nextern const int text_k;\n"
                         "LIST(ONE)\n/* A. */\nint text_a(void);\nenum { TEXT_SIZE = (3) "
                         "};\nstruct text {\n    int (*f)(int);\n};\n"},
    {"core/base/text.c", "#include \"core/base/text.h\"\n\n#include <string.h>\n"
                         "static const char *const names[] = {\"a\", \"SELECT is no strcpy(\"};\n"
                         "/* strcpy(a, b) is double trouble; #include \"tui/main.c\" */\n"
                         "int text_n(const char *t)\n{\n    static const int k = 1;\n    return *t "
                         "== '\"' ? k : 2;\n}\n"
                         "int text_m(void)\n{\n    return names[0][0];\n}\n"},
    {"core/desk/till.c", "#include \"core/base/text.h\"\n#include \"db/sql.h\"\n"
                         "static int last;\n"
                         "int till(void)\n{\n    sql_run(\"SELECT a FROM t WHERE b LIKE '%'\""
                         "\n    \" AND c = $1\");\n    return last;\n}\n"},
    {"tui/screen/scr_a.h", "/* A. */\nint scr_a(void);\n"},
    {"tui/screen/scr_a.c", "#include \"tui/screen/scr_a.h\"\n"
                           "#include \"tui/screen/parts.h\"\n"
                           "int scr_a(void)\n{\n    return 0;\n}\n"},
    {"tui/screen/scr_b.h", "/* B. */\nint scr_b(void);\n"},
    {"tui/screen/parts.h", "/* P. */\nint parts(void);\n"},
    {"tui/main.c", "#include \"tui/screen/scr_a.h\"\n#include \"tui/screen/scr_b.h\"\n"
                   "int main(void)\n{\n    return scr_a();\n}\n"},
    {"tests/test_x.c", "#include <sqlite3.h>\n#include \"tui/screen/scr_b.h\"\nint count;\n"},
    {"tests/kit/kit.c", "void kit(void)\n{\n    pause();\n}\n"},
    {"build/x.c", "int strcpy(int);\n"},
    {"README.md", "a page\n"},
};

static void make_directories(const char *root, const char *path)
{
    char whole[KIT_PATH];

    kit_path(whole, root, path);
    for (char *slash = whole + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(whole, 0755) != 0)
            assert_int_equal(access(whole, X_OK), 0);
        *slash = '/';
    }
}

static void put(const char *root, const struct source *source)
{
    char whole[KIT_PATH];

    make_directories(root, source->path);
    kit_path(whole, root, source->path);
    kit_write_file(whole, source->text, strlen(source->text));
}

/* Lists the files, one that is called forgotten.c excepted. */
static void put_list(const char *root, const char *path, const struct source *sources, size_t n)
{
    char text[2000] = "x_SOURCES =";
    size_t used = strlen(text);

    for (size_t i = 0; i < n && used < sizeof text; i++)
        if (strstr(sources[i].path, "forgotten") == NULL)
            used += (size_t)snprintf(text + used, sizeof text - used, " %s", sources[i].path);
    assert_true(used + 1 < sizeof text);
    text[used] = '\n';
    text[used + 1] = '\0';
    put(root, &(struct source){path, text});
}

/* What the checks find in the sound house with these files put into it. */
static struct house_finds found_with(const struct source *sources, size_t n)
{
    char root[KIT_PATH], book[KIT_PATH];
    struct house_finds finds = {0};

    kit_tempdir(root);
    put(root, &(struct source){"tests/rooms.txt", small_book});
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        put(root, &sound[i]);
    for (size_t i = 0; i < n; i++)
        put(root, &sources[i]);
    put_list(root, "Makefile.am", sound, sizeof sound / sizeof *sound);
    put_list(root, "tests/room.am", sources, n);
    check_all(root, kit_path(book, root, "tests/rooms.txt"), &finds);
    kit_remove_tree(root);
    return finds;
}

/* Exactly one thing is wrong, and it is said so. */
static void assert_found(const struct source *sources, size_t n, const char *text)
{
    struct house_finds finds = found_with(sources, n);
    bool right = finds.n == 1 && house_finds_has(&finds, text);

    if (!right) {
        fprintf(stderr, "wanted: %s, found:\n", text);
        house_finds_print(&finds);
    }
    house_finds_fini(&finds);
    assert_true(right);
}

#define FOUND(text, ...)                               \
    assert_found((const struct source[]){__VA_ARGS__}, \
                 sizeof((const struct source[]){__VA_ARGS__}) / sizeof(struct source), text)

static void check__sound_house__finds_nothing(void **state)
{
    (void)state;
    struct house_finds finds = found_with(NULL, 0);
    size_t n = finds.n;

    house_finds_print(&finds);
    house_finds_fini(&finds);
    assert_int_equal(n, 0);
}

static void check__upward_include__is_found(void **state)
{
    (void)state;
    FOUND("core/base/up.c:2: main is above base: tui/main.c",
          {"core/base/up.c", "#include <stdio.h>\n#include \"tui/main.c\"\n"});
    FOUND("db/up.c:1: base is above db: core/base/text.h",
          {"db/up.c", "# include \"core/base/text.h\"\n"});
}

static void check__denied_room__is_found(void **state)
{
    (void)state;
    FOUND("core/base/down.c:1: base must not see db/sql.h",
          {"core/base/down.c", "#include \"db/sql.h\"\n"});
}

static void check__screen_that_knows_another__is_found(void **state)
{
    (void)state;
    FOUND("tui/screen/scr_c.c:1: screen must know nothing of another one",
          {"tui/screen/scr_c.c", "#include \"tui/screen/scr_b.h\"\n"});
}

static void check__broken_gate__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/peek.c:1: includes sqlite3.h past its gate",
          {"core/desk/peek.c", "#include <sqlite3.h>\n"});
    FOUND("tui/main.c:1: includes ncursesw/curses.h past its gate",
          {"tui/main.c", "#include <ncursesw/curses.h>\n"});
}

static void check__circle__is_found_with_its_members(void **state)
{
    (void)state;
    FOUND("core/desk/a.h: a circle of includes of 3: core/desk/a core/desk/b core/desk/c",
          {"core/desk/a.h", "#include \"core/desk/c.h\"\n"},
          {"core/desk/b.c", "#include \"core/desk/b.h\"\n#include \"core/desk/a.h\"\n"},
          {"core/desk/c.h", "#include \"core/desk/b.h\"\n"}, {"core/desk/b.h", "\n"});
}

static void check__circle_of_headers__is_found_though_a_limit_allows_circles(void **state)
{
    (void)state;
    FOUND("core/desk/a.h: a circle of headers of 2: core/desk/a core/desk/b",
          {"tests/rooms.txt", "room db db/\nroom base core/base/\nroom desk core/desk/\n"
                              "room screen tui/screen/\nroom main tui/main.c\n"
                              "limit circle 2\nglobal core/desk/till.c\n"},
          {"core/desk/a.h", "#include \"core/desk/b.h\"\n"},
          {"core/desk/b.h", "#include \"core/desk/a.h\"\n"});
}

static void check__include_not_from_the_root__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/near.c:1: no such file, counted from the root: till.h",
          {"core/desk/near.c", "#include \"till.h\"\n"});
}

static void check__test_in_the_house__is_found(void **state)
{
    (void)state;
    FOUND("the house includes a test: tests/test_x.c",
          {"core/desk/cheat.c", "#include \"tests/test_x.c\"\n"});
}

static void check__file_in_no_room__is_found(void **state)
{
    (void)state;
    FOUND("core/attic/old.c: lies in no room", {"core/attic/old.c", "\n"});
}

static void check__file_in_no_list__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/forgotten.c: is in no room.am", {"core/desk/forgotten.c", "\n"});
}

static void check__long_file__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/long.c: has 41 lines, over 40",
          {"core/desk/long.c", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                               "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"});
}

static void check__file_too_long_for_its_floor__is_found(void **state)
{
    (void)state;
    FOUND("tui/screen/scr_long.c: has 31 lines, over 30",
          {"tui/screen/scr_long.c", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                                    "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"});
}

static void check__long_function__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/wide.c:2: wide() has 11 lines, over 10",
          {"core/desk/wide.c", "\nint wide(int a,\n         int b)\n{\n\n\n\n\n\n\n\n}\n"});
}

static void check__two_files_of_one_stem__are_found(void **state)
{
    (void)state;
    FOUND("tui/screen/text.c: shares its stem with core/base/text.c", {"tui/screen/text.c", "\n"},
          {"core/base/text.h", "\n"}, {"core/base/text.c", "#include \"core/base/text.h\"\n"},
          {"tui/screen/text.c", "\n"});
}

static void check__own_header_not_first__is_found(void **state)
{
    (void)state;
    FOUND("core/base/text.c: does not include its own header first",
          {"core/base/text.c", "#include <stdio.h>\n#include \"core/base/text.h\"\n"});
}

static void check__prototype_without_a_word__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/mute.h:4: mute_b() is not explained",
          {"core/desk/mute.h", "/* A. */\nint mute_a(void);\n\nint mute_b(void);\n"});
    FOUND("core/desk/mute.h:6: mute_b() is not explained",
          {"core/desk/mute.h",
           "/* M. */\n\nstruct m {\n    int a; /* the a */\n};\nint mute_b(void);\n"});
    FOUND("core/desk/mute.h:1: mute() is not explained",
          {"core/desk/mute.h", "static inline struct m *mute(int a)\n{\n    return 0;\n}\n"});
}

static void check__global_that_changes__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/keep.c:1: last is a global that changes",
          {"core/desk/keep.c", "static int last = 3;\n"});
    FOUND("core/desk/keep.c:1: names is a global that changes",
          {"core/desk/keep.c", "static const char *names[] = {\"a\"};\n"});
    FOUND(
        "core/desk/keep.c:3: f() keeps data that changes",
        {"core/desk/keep.c", "int f(char a[static 2])\n{\n    static int n;\n    return n;\n}\n"});
}

static void check__forbidden_call__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/copy.c:1: strcpy() is forbidden here",
          {"core/desk/copy.c", "#define COPY(a, b) strcpy(a, b)\n"});
    FOUND("tests/test_y.c:1: pause() is forbidden here", {"tests/test_y.c", "int x = pause ();\n"});
}

/* The source check that fault 38 asks for. */
static void fault_038__database_file_opened_by_hand__is_found(void **state)
{
    (void)state;
    FOUND("db/sqlite.c:4: open() is forbidden here",
          {"db/sqlite.c", "#include <sqlite3.h>\nint f(void)\n{\n    return open(\"x\", 0);\n}\n"});
}

static void check__forbidden_word__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/rate.c:1: double is forbidden here",
          {"core/desk/rate.c", "static const double rate = 1;\n"});
}

static void check__sql_made_by_formatting__is_found(void **state)
{
    (void)state;
    FOUND("core/desk/inject.c:2: SQL made by formatting",
          {"core/desk/inject.c", "static const char *const t = \"SELECT a \"\n"
                                 "\"FROM t WHERE name = '%s'\";\n"});
}

static void check__path_of_one_machine__is_found(void **state)
{
    (void)state;
    FOUND("README.md: names a path of one machine", {"README.md", "see /wor"
                                                                  "k/x\n"});
    FOUND("core/desk/mine.c: names a path of one machine", {"core/desk/mine.c", "/* see /wor"
                                                                                "k/x */\n"});
}

static void book__line_not_understood__is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"rom db db/\n", "room db\n", "forbid strcpy\n", "global\n"};
    char root[KIT_PATH], path[KIT_PATH];

    kit_tempdir(root);
    kit_path(path, root, "rooms.txt");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct house_book book;

        kit_write_file(path, bad[i], strlen(bad[i]));
        assert_false(house_book_read(&book, path));
        house_book_fini(&book);
    }
    kit_remove_tree(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(house__as_it_stands__keeps_its_law),
        cmocka_unit_test(house__measured__sizes_are_said),
        cmocka_unit_test(check__sound_house__finds_nothing),
        cmocka_unit_test(check__upward_include__is_found),
        cmocka_unit_test(check__denied_room__is_found),
        cmocka_unit_test(check__screen_that_knows_another__is_found),
        cmocka_unit_test(check__broken_gate__is_found),
        cmocka_unit_test(check__circle__is_found_with_its_members),
        cmocka_unit_test(check__circle_of_headers__is_found_though_a_limit_allows_circles),
        cmocka_unit_test(check__include_not_from_the_root__is_found),
        cmocka_unit_test(check__test_in_the_house__is_found),
        cmocka_unit_test(check__file_in_no_room__is_found),
        cmocka_unit_test(check__file_in_no_list__is_found),
        cmocka_unit_test(check__long_file__is_found),
        cmocka_unit_test(check__file_too_long_for_its_floor__is_found),
        cmocka_unit_test(check__long_function__is_found),
        cmocka_unit_test(check__two_files_of_one_stem__are_found),
        cmocka_unit_test(check__own_header_not_first__is_found),
        cmocka_unit_test(check__prototype_without_a_word__is_found),
        cmocka_unit_test(check__global_that_changes__is_found),
        cmocka_unit_test(check__forbidden_call__is_found),
        cmocka_unit_test(fault_038__database_file_opened_by_hand__is_found),
        cmocka_unit_test(check__forbidden_word__is_found),
        cmocka_unit_test(check__sql_made_by_formatting__is_found),
        cmocka_unit_test(check__path_of_one_machine__is_found),
        cmocka_unit_test(book__line_not_understood__is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
