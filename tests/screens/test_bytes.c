/* How much is written: only what changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/stage.h"

enum { MOVE_BYTES = 80 };

static struct stage stage;
static struct pty pty;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    stage_fini(&stage);
    return 0;
}

static int release(void **state)
{
    (void)state;
    if (pty.vterm)
        pty_fini(&pty);
    return 0;
}

/* Bytes that a key makes the program write, until it is quiet. The clock's own drawing is kept out
 * by taking the least of a few. */
static size_t bytes_of(const char *key, const char *back)
{
    size_t least = SIZE_MAX;

    for (int i = 0; i < 5; i++) {
        pty_quiet(&pty, 60);
        pty.bytes = 0;
        pty_type(&pty, key);
        pty_quiet(&pty, 60);
        if (pty.bytes > 0 && pty.bytes < least)
            least = pty.bytes;
        pty_type(&pty, back);
    }
    return least;
}

/* The first show in the hall of that name, by its row on today. */
static void open_hall(const char *hall)
{
    stage_open(&stage, &pty, "counter-1", NULL, NULL);
    pty_wait_text(&pty, hall);
    pty_quiet(&pty, 100);
    int row = pty_find(&pty, hall);
    for (int i = pty_cursor(&pty).row; i < row; i++)
        pty_type(&pty, "j");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "S C R E E N");
    pty_quiet(&pty, 100);
}

/* Does the panel say that the seat under the cursor is free? */
static bool shows_free(void)
{
    const char *panel = strstr(pty_row(&pty, 1), "│");

    return panel && strstr(panel, " free") && !strstr(panel, "wheelchair") &&
           !strstr(panel, "companion");
}

/* To the front row, then right until two free seats stand side by side. */
static void to_free_seats(void)
{
    for (int i = 0; i < 40; i++)
        pty_type(&pty, "k");
    pty_type(&pty, "\033[H");
    pty_quiet(&pty, 60);
    for (int i = 0, together = 0; i < 200 && together < 4; i++) {
        together = shows_free() ? together + 1 : 0;
        pty_type(&pty, "l");
        pty_quiet(&pty, 10);
    }
    pty_type(&pty, "hhh");
    pty_quiet(&pty, 60);
}

static void bytes__cursor_on_the_map__at_most_80(void **state)
{
    static const char *const halls[] = {"Saal 1", "Grand", "Studio"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        open_hall(halls[i]);
        to_free_seats();
        size_t right = bytes_of("l", "h");
        print_message("%s: %zu bytes\n", halls[i], right);
        pty_fini(&pty);
        assert_true(right <= MOVE_BYTES);
    }
}

static void bytes__nothing_happens__nothing_is_written(void **state)
{
    (void)state;
    stage_open(&stage, &pty, "counter-1", NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    pty_quiet(&pty, 500);
    pty.bytes = 0;
    pty_quiet(&pty, 1200);
    assert_true(pty.bytes < 200); /* a minute may have passed */
}

#define BYTES(test) cmocka_unit_test_teardown(test, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BYTES(bytes__cursor_on_the_map__at_most_80),
        BYTES(bytes__nothing_happens__nothing_is_written),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
