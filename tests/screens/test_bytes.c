/* How much is written: only what changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/live.h"

enum { MOVE_BYTES = 80 };

/* Bytes that a key makes the program write, until it is quiet. The clock's own drawing is kept out
 * by taking the least of a few. */
static size_t bytes_of(const char *key, const char *back)
{
    size_t least = SIZE_MAX;

    for (int i = 0; i < 5; i++) {
        pty_quiet(&live.one, 60);
        live.one.bytes = 0;
        pty_type(&live.one, key);
        pty_quiet(&live.one, 60);
        if (live.one.bytes > 0 && live.one.bytes < least)
            least = live.one.bytes;
        pty_type(&live.one, back);
    }
    return least;
}

/* The first show in the hall of that name, by its row on today. */
static void open_hall(const char *hall)
{
    stage_open(&live.stage, &live.one, "counter-1", NULL, NULL);
    pty_wait_text(&live.one, hall);
    pty_quiet(&live.one, 100);
    int row = pty_find(&live.one, hall);
    for (int i = pty_cursor(&live.one).row; i < row; i++)
        pty_type(&live.one, "j");
    pty_type(&live.one, "\r");
    pty_wait_text(&live.one, "S C R E E N");
    pty_quiet(&live.one, 100);
}

/* Does the panel say that the seat under the cursor is free? */
static bool shows_free(void)
{
    const char *panel = strstr(pty_row(&live.one, 1), "│");

    return panel && strstr(panel, " free") && !strstr(panel, "wheelchair") &&
           !strstr(panel, "companion");
}

/* To the front row, then right until two free seats stand side by side. */
static void to_free_seats(void)
{
    for (int i = 0; i < 40; i++)
        pty_type(&live.one, "k");
    pty_type(&live.one, "\033[H");
    pty_quiet(&live.one, 60);
    for (int i = 0, together = 0; i < 200 && together < 4; i++) {
        together = shows_free() ? together + 1 : 0;
        pty_type(&live.one, "l");
        pty_quiet(&live.one, 10);
    }
    pty_type(&live.one, "hhh");
    pty_quiet(&live.one, 60);
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
        pty_fini(&live.one);
        assert_true(right <= MOVE_BYTES);
    }
}

static void bytes__nothing_happens__nothing_is_written(void **state)
{
    (void)state;
    stage_open(&live.stage, &live.one, "counter-1", NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_quiet(&live.one, 500);
    live.one.bytes = 0;
    pty_quiet(&live.one, 1200);
    assert_true(live.one.bytes < 200); /* a minute may have passed */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(bytes__cursor_on_the_map__at_most_80),
        LIVE_TEST(bytes__nothing_happens__nothing_is_written),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
