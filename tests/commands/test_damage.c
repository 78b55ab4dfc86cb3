/* A database file that was damaged: what `check` says of it, and what still sells. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/sql.h"
#include "tests/commands/scene.h"
#include "tui/office.h"

enum { PAGE_MOST = 1 << 16 };

/* All that there is goes into the one file, so that nothing beside it covers the damage. */
static void into_one_file(const struct scene *scene)
{
    char line[2 * KIT_PATH];

    (void)snprintf(line, sizeof line, "backup %s/kept.db", scene->dir);
    scene_want(scene, 0, line);
    (void)snprintf(line, sizeof line, "restore %s/kept.db", scene->dir);
    scene_want(scene, 0, line);
}

/* Where the first page of a table or an index begins, and how long pages are. */
static off_t page_of(const struct scene *scene, const char *name, size_t *size)
{
    struct sql_options options = {
        .name = scene->database, .application = OFFICE_APPLICATION, .journal = "wal"};
    struct sql *db = NULL;

    assert_int_equal(sql_open(&db, &options), SQL_OK);
    int64_t page = sql_one_number(db, -1, "SELECT rootpage FROM sqlite_schema WHERE name = $1",
                                  SQL_VALUES(sql_t(name)));
    int64_t bytes = sql_one_number(db, -1, "PRAGMA page_size", NULL, 0);
    sql_close(&db);
    assert_true(page > 1 && bytes > 0 && bytes <= PAGE_MOST);
    *size = (size_t)bytes;
    return (page - 1) * bytes;
}

/* Flips a bit of the byte at `text` in that page ("": of its first). */
static void flip(const struct scene *scene, const char *name, const char *text)
{
    static uint8_t page[PAGE_MOST];
    size_t size;
    off_t from = page_of(scene, name, &size);
    int file = open(scene->database, O_RDWR | O_CLOEXEC);

    assert_true(file >= 0);
    assert_int_equal(pread(file, page, size, from), (ssize_t)size);
    uint8_t *at = memmem(page, size, text, strlen(text));
    assert_non_null(at);
    *at ^= 1;
    assert_int_equal(pwrite(file, page, size, from), (ssize_t)size);
    close(file);
}

static void fault_033__index_damaged__check_names_it(void **state)
{
    const struct scene *scene = *state;

    scene_want(scene, 0, "reserve 1 B1 --name Zebra");
    into_one_file(scene);
    scene_want(scene, 0, "check");
    flip(scene, "reservations_by_name", "zebra");
    struct kit_run run = scene_run(scene, "check");
    assert_int_equal(run.status, 3);
    assert_non_null(strstr(run.out, "reservations_by_name"));
    assert_non_null(strstr(run.err, "the box office is damaged: 1 of "));
    kit_run_fini(&run);
    json_t *found = scene_json(scene, "shows"); /* what does not need it goes on */
    assert_int_equal(json_array_size(found), 1);
    json_decref(found);
}

static void fault_032__bit_flipped__check_finds_it_and_selling_stops(void **state)
{
    const struct scene *scene = *state;

    scene_want(scene, 0, "sell 1 A1 A2");
    into_one_file(scene);
    flip(scene, "claims", "");
    scene_want(scene, 3, "check");
    scene_want(scene, 3, "sell 1 B1");
    scene_want(scene, 3, "seats 1");
}

static void fault_032__cut__check_finds_it_and_selling_stops(void **state)
{
    const struct scene *scene = *state;
    struct stat file;

    scene_want(scene, 0, "sell 1 A1 A2");
    into_one_file(scene);
    assert_int_equal(stat(scene->database, &file), 0);
    assert_int_equal(truncate(scene->database, file.st_size / 8192 * 4096), 0);
    scene_want(scene, 3, "check");
    scene_want(scene, 3, "sell 1 B1");
}

int main(void)
{
#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE_TEST(fault_033__index_damaged__check_names_it),
        SCENE_TEST(fault_032__bit_flipped__check_finds_it_and_selling_stops),
        SCENE_TEST(fault_032__cut__check_finds_it_and_selling_stops),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
