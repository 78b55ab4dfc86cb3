/* Halls drawn by rows and counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/plan_draw.h"

static struct plan_drawing drawing(const char *rows, int seats, const char *aisles,
                                   const char *wheelchairs)
{
    struct plan_drawing drawing = {.name = "Hall 1", .seats = seats};

    (void)snprintf(drawing.rows, sizeof drawing.rows, "%s", rows);
    (void)snprintf(drawing.aisles, sizeof drawing.aisles, "%s", aisles);
    (void)snprintf(drawing.wheelchairs, sizeof drawing.wheelchairs, "%s", wheelchairs);
    return drawing;
}

static struct plan *draw(struct plan_drawing drawing)
{
    struct plan *plan = NULL;
    struct fault why = {0};

    if (plan_draw(&drawing, &plan, &why) != RC_OK)
        fail_msg("%s", why.text);
    return plan;
}

static void refuses(struct plan_drawing drawing, const char *part)
{
    struct plan *plan = NULL;
    struct fault why = {0};

    assert_int_equal(plan_draw(&drawing, &plan, &why), RC_BAD_INPUT);
    assert_null(plan);
    if (!strstr(why.text, part))
        fail_msg("%s", why.text);
}

static void rows_by_letter__aisles_part_the_runs(void **state)
{
    struct plan *plan = draw(drawing("a - N", 12, "4, 8", ""));

    (void)state;
    assert_int_equal(plan->n, 14 * 12);
    assert_string_equal(plan->name, "Hall 1");
    assert_int_equal(plan->runs, 14 * 3);
    assert_int_equal(plan->columns, 14);
    assert_int_not_equal(plan_find_label(plan, "N12"), PLAN_NONE);
    const struct plan_seat *four = &plan->seats[plan_find_label(plan, "A4")],
                           *five = &plan->seats[plan_find_label(plan, "A5")];
    assert_int_equal(five->column - four->column, 2);
    assert_int_not_equal(four->run, five->run);
    plan_free(&plan);
}

static void rows_by_number__have_labels_with_a_hyphen(void **state)
{
    struct plan *plan = draw(drawing("99", 200, "", ""));

    (void)state;
    assert_int_equal(plan->n, 99 * 200);
    assert_int_not_equal(plan_find_label(plan, "99-200"), PLAN_NONE);
    plan_free(&plan);
    plan = draw(drawing("1", 1, "", ""));
    assert_int_equal(plan->n, 1);
    plan_free(&plan);
}

static void wheelchairs__stand_where_they_are_said(void **state)
{
    struct plan *plan = draw(drawing("A-C", 6, "3", "a1, C6"));
    int n = 0;

    (void)state;
    for (size_t i = 0; i < plan->n; i++)
        n += plan->seats[i].kind == SEAT_WHEELCHAIR;
    assert_int_equal(n, 2);
    assert_int_equal(plan->seats[plan_find_label(plan, "C6")].kind, SEAT_WHEELCHAIR);
    plan_free(&plan);
}

static void what_is_no_hall__is_refused_by_name(void **state)
{
    (void)state;
    refuses(drawing("", 6, "", ""), "rows are A-N");
    refuses(drawing("N-A", 6, "", ""), "rows are A-N");
    refuses(drawing("A-N x", 6, "", ""), "rows are A-N");
    refuses(drawing("100", 6, "", ""), "at most 99");
    refuses(drawing("A-B", 0, "", ""), "1 to 200 seats");
    refuses(drawing("A-B", 201, "", ""), "1 to 200 seats");
    refuses(drawing("A-B", 6, "6", ""), "behind seat 6");
    refuses(drawing("A-B", 6, "x", ""), "behind seat x");
    refuses(drawing("A-B", 6, "", "C1"), "no seat C1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_by_letter__aisles_part_the_runs),
        cmocka_unit_test(rows_by_number__have_labels_with_a_hyphen),
        cmocka_unit_test(wheelchairs__stand_where_they_are_said),
        cmocka_unit_test(what_is_no_hall__is_refused_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
