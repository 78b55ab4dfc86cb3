#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/plan.h"
#include "tests/kit/kit.h"

struct problems {
    int n;
    int lines[64];
    char text[64][200];
};

static void note(void *context, int line, const char *what)
{
    struct problems *problems = context;

    if (problems->n < 64) {
        problems->lines[problems->n] = line;
        (void)snprintf(problems->text[problems->n], 200, "%s", what);
    }
    problems->n++;
}

static struct plan *parse(const char *text)
{
    struct plan *plan = NULL;
    struct fault why = {0};

    if (plan_parse(text, strlen(text), &plan, NULL, NULL, &why) != RC_OK)
        print_error("%s\n", why.text);
    return plan;
}

static void refuse(const char *text, struct problems *problems, struct fault *why)
{
    struct plan *plan = NULL;

    memset(problems, 0, sizeof *problems);
    assert_int_equal(plan_parse(text, strlen(text), &plan, note, problems, why), RC_BAD_INPUT);
    assert_null(plan);
    assert_true(problems->n > 0);
}

static char *read_own_file(const char *name)
{
    const char *from = getenv("srcdir");
    char path[KIT_PATH];

    assert_true((size_t)snprintf(path, sizeof path, "%s/tests/rules/%s", from != NULL ? from : ".",
                                 name) < sizeof path);
    return kit_read_file(path, NULL);
}

static void parse__a_real_shape__seats_runs_and_labels(void **state)
{
    char *text = read_own_file("corner-cinema.txt");
    struct plan *plan = parse(text);

    (void)state;
    assert_non_null(plan);
    assert_int_equal(plan->n, 150);
    assert_int_equal(plan->rows, 10);
    assert_int_equal(plan->columns, 17);
    assert_int_equal(plan->runs, 30);
    assert_string_equal(plan->seats[0].label, "A1");
    assert_string_equal(plan->seats[149].label, "K15");
    assert_int_equal(plan->seats[3].column, 4);
    assert_int_equal(plan->seats[3].run, 1);
    plan_free(&plan);
    assert_null(plan);
    free(text);
}

static void parse__every_feature__round_trips(void **state)
{
    static const char *const text = "@hall Grand, größer\n"
                                    "@zone stalls\n"
                                    "A\t_ooo_wc\t1..5\n"
                                    "@aisle\n"
                                    "3\too_oo__\t2..8/2\n"
                                    "@block Balcony\n"
                                    "@zone balcony\n"
                                    "A\too_oo__\t4..1\n"
                                    "B\to__oo__\t7,9,8\n"
                                    "@aisle\n";
    struct plan *plan = parse(text);
    struct plan *again;
    char *printed = NULL;
    char *twice = NULL;

    (void)state;
    assert_non_null(plan);
    assert_int_equal(plan->rows, 6);
    assert_int_equal(plan_print(plan, &printed), RC_OK);
    assert_string_equal(printed, text);
    again = parse(printed);
    assert_non_null(again);
    assert_int_equal(again->n, plan->n);
    assert_memory_equal(again->seats, plan->seats, plan->n * sizeof *plan->seats);
    assert_int_equal(plan_print(again, &twice), RC_OK);
    assert_string_equal(printed, twice);
    free(printed);
    free(twice);
    plan_free(&plan);
    plan_free(&again);
}

static void labels__digits_and_repeated_rows__are_parted(void **state)
{
    struct plan *plan = parse("A\too\n3\too\n@block Balcony\nA\too\nB\too\n");

    (void)state;
    assert_non_null(plan);
    assert_int_not_equal(plan_find_label(plan, "A2"), PLAN_NONE);
    assert_int_equal(plan_find_label(plan, "3-1"), 2);
    assert_int_equal(plan_find_label(plan, "balcony/a1"), 4);
    assert_int_equal(plan_find_label(plan, "b2"), 7);
    assert_int_equal(plan_find_label(plan, "Balcony/B2"), PLAN_NONE);
    assert_int_equal(plan_find_label(plan, "Z9"), PLAN_NONE);
    assert_int_equal(plan_find_label(plan, ""), PLAN_NONE);
    plan_free(&plan);
}

static void label_well_formed__grammar(void **state)
{
    static const char *const fine[] = {"F12", "3-12",         "Balcony/A1",          "aa1",
                                       "Å7",  "Loge 1-3",     "Upper Circle/3-9999", "A-B7",
                                       "क्ष4", "Z\xcc\x8c\x32"};
    static const char *const wrong[] = {
        "",      "F",           "12",          "F-1",       "F0",          "F01",
        "-1",    "/A1",         "A/B/1",       "F1\n",      "F1x",         "F1000000",
        "3-",    "F 12 a",      "\xff-1",      "A;1",       "A 1",         " A1",
        "A1 ",   "A--1",        "A_1",         "A'1",       "F10000",      "A,B1",
        "A  B1", "Balcony/ A1", "Balcony /A1", "Balcony/1", "Bal;cony/A1", "A\t1",
        "A.1",   "*1"};

    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        if (!plan_label_well_formed(fine[i]))
            fail_msg("%s is well formed", fine[i]);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (plan_label_well_formed(wrong[i]))
            fail_msg("%s is not well formed", wrong[i]);
    }
}

/* A seat that no one can ask for by its label could not be sold. */
static void parse__names_that_no_label_takes__are_refused(void **state)
{
    struct problems problems;
    struct fault why;

    (void)state;
    refuse("A;B\too\n", &problems, &why);
    assert_non_null(strstr(why.text, "A;B1 can be no seat's label"));
    refuse("@block King's\nA\too\n@block Queen's\nA\too\n", &problems, &why);
    assert_non_null(strstr(why.text, "King's/A1 can be no seat's label"));
}

static void find_id__in_any_order(void **state)
{
    struct plan *plan = parse("A\toooo\n");
    static const int64_t ids[] = {40, 10, 30, 20};

    (void)state;
    assert_non_null(plan);
    for (size_t i = 0; i < 4; i++)
        plan->seats[i].id.n = ids[i];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(plan_find_id(plan, (seat_id){ids[i]}), i);
    assert_int_equal(plan_find_id(plan, (seat_id){25}), PLAN_NONE);
    plan_free(&plan);
}

static void distance__focal_point_two_thirds_back(void **state)
{
    /* Four rows, three seats: the focal point is the middle seat of the third row. */
    struct plan *plan = parse("A\tooo\nB\tooo\nC\tooo\nD\tooo\n");

    (void)state;
    assert_non_null(plan);
    assert_int_equal(plan_distance(plan, plan_find_label(plan, "C2")), 0);
    assert_int_equal(plan_distance(plan, plan_find_label(plan, "C1")), 1000);
    assert_int_equal(plan_distance(plan, plan_find_label(plan, "D2")), 1000);
    assert_int_equal(plan_distance(plan, plan_find_label(plan, "B2")), 1500);
    assert_int_equal(plan_distance(plan, plan_find_label(plan, "D3")), 1414);
    plan_free(&plan);
}

static void fault_121__doubled_labels__are_all_reported(void **state)
{
    struct problems problems;
    struct fault why;

    (void)state;
    refuse("A\too\nB\too\nA\too\nC\tooo\t1,2,1\nB\to\n", &problems, &why);
    assert_int_equal(problems.n, 3);
    assert_int_equal(problems.lines[0], 3);
    assert_string_equal(problems.text[0], "row A is there already, in line 1");
    assert_string_equal(problems.text[1], "row C has seat 1 twice");
    assert_int_equal(problems.lines[2], 5);
    assert_string_equal(why.text, "line 3: row A is there already, in line 1");
    refuse("a\too\nA\too\n", &problems, &why);
}

static void fault_123__blank_row_names__are_refused_with_the_list(void **state)
{
    struct problems problems;
    struct fault why;

    (void)state;
    refuse("A\too\n\too\n \too\nB\too\n", &problems, &why);
    assert_int_equal(problems.n, 2);
    assert_int_equal(problems.lines[0], 2);
    assert_int_equal(problems.lines[1], 3);
    assert_string_equal(problems.text[0], "the row has no name");
}

static void fault_124__no_seats__are_refused(void **state)
{
    static const char *const texts[] = {"", "\n\n", "# nothing\n", "@hall Empty\n@aisle\n"};
    struct problems problems;
    struct fault why;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        refuse(texts[i], &problems, &why);
        assert_string_equal(problems.text[0], "the hall has no seats");
    }
    refuse("A\t___\n", &problems, &why);
    assert_string_equal(problems.text[0], "row A has no seats");
}

static void fault_124__a_hundred_thousand_seats__are_refused(void **state)
{
    size_t size = 500 * 220;
    char *text = calloc(1, size + 1);
    char *at = text;
    struct problems problems;
    struct fault why;

    (void)state;
    assert_non_null(text);
    for (int row = 0; row < 500; row++) {
        at += snprintf(at, size - (size_t)(at - text), "R%dx\t", row);
        memset(at, 'o', 200);
        at += 200;
        *at++ = '\n';
    }
    refuse(text, &problems, &why);
    assert_string_equal(problems.text[0], "100000 seats, more than 20000");
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] == '\n')
            text[i] = 'o';
    }
    refuse(text, &problems, &why);
    free(text);
}

static void fault_124__seats_in_one_place__are_refused(void **state)
{
    struct plan *plan = parse("A\toooo\n");
    struct fault why;

    (void)state;
    assert_non_null(plan);
    plan->seats[2].column = 1;
    assert_int_equal(plan_finish(plan, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, "seats 2 and 3 of row A are in one place");
    plan_free(&plan);
}

static void parse__bad_lines__each_named(void **state)
{
    static const char *const lines[] = {
        "A oo\n",
        "A\toxo\n",
        "A\too\t1..3\n",
        "A\too\t1..\n",
        "A\too\t0,1\n",
        "A\too\t-1,1\n",
        "A\too\t1e1\n",
        "A\too\t1,2\t3\n",
        "@wing West\n",
        "@zone \n",
        "@block a/b\n",
        "@aisle 2\n",
        "A/B\too\n",
        "A-\too\n",
        "\x1b[2J\too\n",
        "A\too\t1..10/3\n",
        "A\t\xff\n",
        "ABCDEFGHIJKLMNOPQ\too\n",
        "A\too\t1..99999999999\n",
    };
    struct problems problems;
    struct fault why;
    char text[128];

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        (void)snprintf(text, sizeof text, "Z\too\r\n%s", lines[i]);
        refuse(text, &problems, &why);
        assert_int_equal(problems.n, 1);
        assert_int_equal(problems.lines[0], 2);
    }
}

static void parse__nul_byte__is_refused(void **state)
{
    struct plan *plan = NULL;
    struct fault why;

    (void)state;
    assert_int_equal(plan_parse("A\to\0o\n", 6, &plan, NULL, NULL, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, "line 1: a NUL byte");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__a_real_shape__seats_runs_and_labels),
        cmocka_unit_test(parse__every_feature__round_trips),
        cmocka_unit_test(labels__digits_and_repeated_rows__are_parted),
        cmocka_unit_test(label_well_formed__grammar),
        cmocka_unit_test(parse__names_that_no_label_takes__are_refused),
        cmocka_unit_test(find_id__in_any_order),
        cmocka_unit_test(distance__focal_point_two_thirds_back),
        cmocka_unit_test(fault_121__doubled_labels__are_all_reported),
        cmocka_unit_test(fault_123__blank_row_names__are_refused_with_the_list),
        cmocka_unit_test(fault_124__no_seats__are_refused),
        cmocka_unit_test(fault_124__a_hundred_thousand_seats__are_refused),
        cmocka_unit_test(fault_124__seats_in_one_place__are_refused),
        cmocka_unit_test(parse__bad_lines__each_named),
        cmocka_unit_test(parse__nul_byte__is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
