/* The quick sale: four keys, at any speed, sell two seats side by side and never more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/stage.h"

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

static int64_t sold_by(const char *terminal)
{
    return sql_one_number(stage.db, -1,
                          "SELECT count(*) FROM claims c JOIN reservations r ON r.id ="
                          " c.reservation_id WHERE c.state = 'sold' AND r.terminal = $1",
                          SQL_VALUES(sql_t(terminal)));
}

static void open_as(const char *terminal)
{
    stage_open(&stage, &pty, terminal, NULL, NULL);
    pty_wait_text(&pty, "Ran ");
}

static void quick__one_burst__sells_two_once(void **state)
{
    (void)state;
    open_as("burst");
    pty_type(&pty, "2\r\r\r");
    pty_wait_text(&pty, "SOLD");
    pty_wait_text(&pty, "Starts");
    assert_int_equal(sold_by("burst"), 2);
}

static void quick__key_by_key__sells_two_once(void **state)
{
    (void)state;
    open_as("slow");
    pty_type(&pty, "2");
    pty_wait_text(&pty, "2_");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "keeps ");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "TOTAL");
    pty_wait_text(&pty, "paid");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "SOLD");
    assert_int_equal(sold_by("slow"), 2);
}

/* Burst before the first drawing: the keys wait for the day. */
static void quick__typed_before_the_screen__sells_two_once(void **state)
{
    (void)state;
    stage_open(&stage, &pty, "eager", NULL, NULL);
    pty_type(&pty, "2\r\r\r");
    pty_wait_text(&pty, "SOLD");
    assert_int_equal(sold_by("eager"), 2);
}

static void sell_two_in_sight(const char *terminal)
{
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "2\r");
    pty_wait_text(&pty, "Best 2 together");
    pty_type(&pty, "\r");
    pty_wait_text(&pty, "cash given");

    pty_type(&pty, "\r");
    pty_wait_text(&pty, "SOLD");
    assert_int_equal(sold_by(terminal), 2);
}

static void quick__40x12__sells_from_free_runs(void **state)
{
    struct pty_options options = {.rows = 12, .columns = 40};

    (void)state;
    stage_open(&stage, &pty, "large-font", &options, NULL);
    sell_two_in_sight("large-font");
}

static void quick__hall_view_runs__sells_from_free_runs(void **state)
{
    char path[KIT_PATH];
    static const char conf[] = "hall_view = \"runs\";\ncalm = true;\n";

    (void)state;
    kit_path(path, stage.dir, "boxoffice");
    assert_int_equal(mkdir(path, 0755), 0);
    kit_path(path, stage.dir, "boxoffice/boxoffice.conf");
    kit_write_file(path, conf, sizeof conf - 1);
    stage_open(&stage, &pty, "speech", NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    unlink(path);
    sell_two_in_sight("speech");
}

static void fault_094__enter_held_down__one_sale(void **state)
{
    (void)state;
    open_as("heavy");
    pty_type(&pty, "2\r");
    for (int i = 0; i < 40; i++) {
        pty_type(&pty, "\r");
        pty_read(&pty, 5);
    }
    pty_quiet(&pty, 300);
    assert_int_equal(sold_by("heavy"), 2);
}

#define QUICK(test) cmocka_unit_test_teardown(test, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUICK(quick__one_burst__sells_two_once),
        QUICK(quick__key_by_key__sells_two_once),
        QUICK(quick__typed_before_the_screen__sells_two_once),
        QUICK(quick__40x12__sells_from_free_runs),
        QUICK(quick__hall_view_runs__sells_from_free_runs),
        QUICK(fault_094__enter_held_down__one_sale),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
