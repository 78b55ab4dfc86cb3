/* Reports from the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

/* The line of a part with a label; fails when there is none. Borrowed. */
static const json_t *line_of(const json_t *report, const char *part, const char *label)
{
    size_t at;
    const json_t *line;

    json_array_foreach(json_object_get(report, part), at, line)
    {
        if (strcmp(scene_text(line, "label"), label) == 0)
            return line;
    }
    fail_msg("no %s, %s", part, label);
    return NULL; /* not reached */
}

static void report_day__sold_by_commands__stands_in_no_till(void **state)
{
    const struct scene *scene = *state;
    json_t *day;

    scene_want(scene, 0, "sell 1 A3 A4");
    scene_want(scene, 0, "sell 1 B1 --tender card");
    day = scene_json(scene, "report day");
    assert_int_equal(scene_number(line_of(day, "total", "taken"), "amount"), 3000);
    assert_int_equal(scene_number(line_of(day, "types", "adult"), "n"), 3);
    assert_int_equal(scene_number(line_of(day, "tenders", "card"), "amount"), 1000);
    assert_int_equal(scene_number(line_of(day, "tills", "no till"), "amount"), 3000);
    assert_string_equal(scene_text(line_of(day, "day", "state"), "text"), "closed");
    json_decref(day);
}

static void report_show__refunded__is_what_is_left(void **state)
{
    const struct scene *scene = *state;
    json_t *sold = scene_json(scene, "sell 1 A3 A4"), *show;
    char line[64];

    (void)snprintf(line, sizeof line, "cancel %s A4", scene_text(sold, "code"));
    json_decref(sold);
    scene_want(scene, 0, line);
    show = scene_json(scene, "report show 1");
    assert_int_equal(scene_number(line_of(show, "total", "taken"), "amount"), 1000);
    assert_int_equal(scene_number(line_of(show, "back", "refund"), "amount"), 1000);
    json_decref(show);
}

static void fault_092__formulas_in_csv__are_neutralised(void **state)
{
    static const char *const titles[] = {"=1+1", "+1+1", "-1+1", "@SUM(1)"};
    const struct scene *scene = *state;
    struct kit_run run;
    char line[160];

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        (void)snprintf(line, sizeof line,
                       "show add --hall Small --title '%s' --start '2031-01-02 %02zu:00'"
                       " --minutes 90 --price 10",
                       titles[i], 12 + 2 * i);
        scene_want(scene, 0, line);
        (void)snprintf(line, sizeof line, "sell %zu A3", 2 + i);
        scene_want(scene, 0, line);
    }
    run = scene_run(scene, "report week --day 2031-01-02 --csv");
    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "part,label,number,amount,tax,text\r\n"));
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        (void)snprintf(line, sizeof line, "films,\"'%s\",1,10.00,0.00,", titles[i]);
        assert_non_null(strstr(run.out, line));
    }
    kit_run_fini(&run);
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        (void)snprintf(line, sizeof line, "report show %zu --csv", 2 + i);
        run = scene_run(scene, line);
        (void)snprintf(line, sizeof line, ",%s", titles[i]);
        assert_null(strstr(run.out, line));
        kit_run_fini(&run);
    }
}

static void report__wrong_words__are_refused(void **state)
{
    const struct scene *scene = *state;

    scene_refuses(scene, 1, "there is no till 7", "report till 7");
    scene_refuses(scene, 1, "there is no show 9", "report show 9");
    scene_refuses(scene, 2, "report", "report month");
    scene_refuses(scene, 2, "numbers", "report till one");
    scene_refuses(scene, 2, "report", "report show 1 --day 2026-11-23");
    scene_refuses(scene, 2, "2026-13-01", "report day --day 2026-13-01");
}

int main(void)
{
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE(report_day__sold_by_commands__stands_in_no_till),
        SCENE(report_show__refunded__is_what_is_left),
        SCENE(fault_092__formulas_in_csv__are_neutralised),
        SCENE(report__wrong_words__are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
