/* Trouble in the head line: how old what is shown may be when the storage fails or hangs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/front.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum { AGES_MS = 9000 }; /* longer than PTY_LIMIT_MS: six seconds are to pass first */

static struct front front;
static struct pty pty;
static struct settings settings;
static struct framework fw;
static struct app app = {.settings = &settings, .framework = &fw};

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    front_fini(&front);
    return 0;
}

static int release(void **state)
{
    (void)state;
    if (pty.vterm)
        pty_fini(&pty);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    memset(&fw, 0, sizeof fw);
    settings = (struct settings){0};
    return 0;
}

static void fresh__read_that_hangs__ages_from_when_it_was_wanted(void **state)
{
    struct slot *slot = &fw.slots[3];

    (void)state;
    slot->used = true;
    fresh_wanted(slot, 1000);
    slot->wanted = false;
    slot->under_way = true;
    fresh_wanted(slot, 5000); /* wanted again meanwhile */
    slot->wanted = true;
    assert_int_equal(fresh_age(&fw, 8000), 7000);
    slot->under_way = false;
    fresh_came(slot, RC_OK);
    assert_int_equal(fresh_age(&fw, 8000), 3000); /* the second is not answered yet */
    slot->wanted = false;
    fresh_came(slot, RC_OK);
    assert_int_equal(fresh_age(&fw, 8000), 0);
}

static void fresh__read_that_fails__ages_and_is_asked_again(void **state)
{
    struct slot *slot = &fw.slots[0];

    (void)state;
    slot->used = true;
    fresh_wanted(slot, 1000);
    fresh_came(slot, RC_STORAGE);
    assert_int_equal(fresh_age(&fw, 3000), 2000);
    fresh_retry(&app);
    assert_true(slot->wanted);
    slot->wanted = false;
    fresh_came(slot, RC_NOT_FOUND); /* a refusal is an answer */
    assert_int_equal(fresh_age(&fw, 3000), 0);
    fresh_retry(&app);
    assert_false(slot->wanted);
}

static void fresh__revs_that_hang__age(void **state)
{
    (void)state;
    fw.revs_ok_ms = 1000;
    assert_int_equal(fresh_age(&fw, 9000), 8000);
}

static void fresh__age__is_said_after_six_seconds_alone(void **state)
{
    char text[64];

    (void)state;
    fw.revs_ok_ms = mono_ms() - 5000;
    assert_string_equal(fresh_say(&app, SCREEN_HALL, text, sizeof text), "");
    fw.revs_ok_ms = mono_ms() - 12100;
    assert_string_equal(fresh_say(&app, SCREEN_HALL, text, sizeof text), "map 12 s old");
    assert_string_equal(fresh_say(&app, SCREEN_TODAY, text, sizeof text), "list 12 s old");
    settings.calm = true;
    assert_string_equal(fresh_say(&app, SCREEN_HALL, text, sizeof text), "map seconds old");
}

/* Does the head line say `text`? False when it does not within AGES_MS. */
static bool head_says(const char *text)
{
    for (int i = 0; i < AGES_MS / 20; i++) {
        if (strstr(pty_row(&pty, 0), text))
            return true;
        pty_read(&pty, 20);
    }
    return false;
}

static void fault_035__renamed_while_a_map_is_open__its_age_is_said(void **state)
{
    char away[KIT_PATH];

    (void)state;
    front_open_hall(&front, &pty, "counter-1");
    assert_null(strstr(pty_row(&pty, 0), " old"));
    kit_path(away, front.stage.dir, "away.db");
    assert_int_equal(rename(front.stage.path, away), 0);
    assert_true(head_says(" s old"));
    assert_int_equal(rename(away, front.stage.path), 0);
    for (int i = 0; i < 250 && strstr(pty_row(&pty, 0), " old"); i++)
        pty_read(&pty, 20);
    assert_null(strstr(pty_row(&pty, 0), " old"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(fresh__read_that_hangs__ages_from_when_it_was_wanted, clear),
        cmocka_unit_test_setup(fresh__read_that_fails__ages_and_is_asked_again, clear),
        cmocka_unit_test_setup(fresh__revs_that_hang__age, clear),
        cmocka_unit_test_setup(fresh__age__is_said_after_six_seconds_alone, clear),
        cmocka_unit_test_teardown(fault_035__renamed_while_a_map_is_open__its_age_is_said, release),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
