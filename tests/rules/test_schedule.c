#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/schedule.h"

struct problems {
    int n;
    int lines[32];
    char text[32][200];
};

static void note(void *context, int line, const char *what)
{
    struct problems *problems = context;

    assert_true(problems->n < 32);
    problems->lines[problems->n] = line;
    (void)snprintf(problems->text[problems->n++], 200, "%s", what);
}

static enum rc read_text(const char *text, struct schedule_row **rows, size_t *n,
                         struct problems *problems, struct fault *why)
{
    struct csv *csv = NULL;
    enum rc rc;

    memset(problems, 0, sizeof *problems);
    assert_int_equal(csv_parse(text, strlen(text), &csv, why), RC_OK);
    rc = schedule_read(csv, rows, n, note, problems, why);
    csv_free(&csv);
    return rc;
}

/* Checks that the text is refused with so many problems. */
static void refuse(const char *text, int wanted, struct problems *problems)
{
    struct schedule_row *rows = NULL;
    struct fault why;
    char first[300];
    size_t n = 7;

    assert_int_equal(read_text(text, &rows, &n, problems, &why), RC_BAD_INPUT);
    assert_null(rows);
    assert_int_equal(n, 0);
    if (problems->n != wanted) {
        for (int i = 0; i < problems->n; i++)
            print_error("%d: %s\n", problems->lines[i], problems->text[i]);
    }
    assert_int_equal(problems->n, wanted);
    (void)snprintf(first, sizeof first, "line %d: %s", problems->lines[0], problems->text[0]);
    assert_string_equal(why.text, first);
}

static void read__columns_in_any_order__titles_on_one_line(void **state)
{
    struct schedule_row *rows;
    size_t n;
    struct problems problems;
    struct fault why;
    char clock[WHEN_TEXT];

    (void)state;
    assert_int_equal(
        read_text("HALL,Price,Title,colour,date,Minutes,START\r\n"
                  "Sala 1,\"11,50\",\"Isleño | Dir. César Talamantes | México\r\nQ&A\",red,"
                  "2025-12-10,110,19:15\r\n"
                  "\r\n"
                  "Sala 2,9,Ponyo,,2025-12-10,100,19:15\r\n",
                  &rows, &n, &problems, &why),
        RC_OK);
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].title, "Isleño | Dir. César Talamantes | México Q&A");
    assert_string_equal(rows[0].hall, "Sala 1");
    assert_int_equal(rows[0].price, 1150);
    assert_int_equal(rows[0].minutes, 110);
    assert_int_equal(rows[0].line, 2);
    assert_int_equal(rows[1].line, 5);
    assert_int_equal(rows[0].starts_at, rows[1].starts_at);
    assert_string_equal(when_clock(rows[0].starts_at, clock, sizeof clock), "19:15");
    free(rows);
}

static void fault_125__all_problems__are_listed_with_their_lines(void **state)
{
    struct problems problems;

    (void)state;
    refuse("date,start,title,hall,minutes,price\n"
           "2025-12-10,19:15,\"Two\nlines\",Sala 1,110,11\n"
           "10.12.2025,7:15,,Sala 1,0,1e3\n"
           "2025-12-10,21:00,Late,SALA 1,90,9\n"
           "2025-12-10,21:05,Short row,Sala 1\n"
           "2025-12-10,22:00,Fine,Sala 2,1440,9\n",
           9, &problems);
    assert_int_equal(problems.lines[0], 4);
    assert_string_equal(problems.text[1], "start is HH:MM, not 7:15");
    assert_string_equal(problems.text[2], "title is empty");
    assert_string_equal(problems.text[3], "minutes is a number from 1 to 1440, not 0");
    assert_int_equal(problems.lines[5], 6);
    assert_string_equal(problems.text[5], "minutes is missing: the row has 4 cells");
    assert_int_equal(problems.lines[7], 5);
    assert_string_equal(problems.text[7], "overlaps line 2 (Two lines) in SALA 1");
    assert_int_equal(problems.lines[8], 6);
}

static void fault_125__missing_columns__are_named(void **state)
{
    struct problems problems;

    (void)state;
    refuse("date,start,title,title,minutes\n2025-12-10,19:15,A,A,90\n", 3, &problems);
    assert_string_equal(problems.text[0], "column title is there 2 times");
    assert_string_equal(problems.text[1], "column hall is missing");
    assert_string_equal(problems.text[2], "column price is missing");
    refuse("", 1, &problems);
    refuse("date,start,title,hall,minutes,price\n", 1, &problems);
    assert_string_equal(problems.text[0], "there is no show in the file");
}

static void read__bad_cells__are_refused(void **state)
{
    static const char *const cells[][2] = {
        {"2025-02-30", "19:15,A,H,90,9"},  {"2025-12-10", "24:00,A,H,90,9"},
        {"2025-12-10", "19:60,A,H,90,9"},  {"2025-12-10", "19:15,A,H,1441,9"},
        {"2025-12-10", "19:15,A,H,-5,9"},  {"2025-12-10", "19:15,A,H,99999999999,9"},
        {"2025-12-10", "19:15,A,H,9.5,9"}, {"2025-12-10", "19:15,A,H,90,-9"},
        {"2025-12-10", "19:15,A,,90,9"},   {"2025-12-10", "19:15,\x1b[2J,H,90,9"},
        {"2025-12-10", "19:15,A,H,90,"},   {"2025-12-10 19:15", "19:15,A,H,90,9"},
    };
    struct problems problems;
    char text[256];

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        (void)snprintf(text, sizeof text, "date,start,title,hall,minutes,price\n%s,%s\n",
                       cells[i][0], cells[i][1]);
        refuse(text, 1, &problems);
        assert_int_equal(problems.lines[0], 2);
    }
}

static void read__title_over_its_limit__is_refused_not_cut(void **state)
{
    struct problems problems;
    char text[512];

    (void)state;
    (void)snprintf(text, sizeof text,
                   "date,start,title,hall,minutes,price\n2025-12-10,19:15,%0161d,H,90,9\n", 0);
    refuse(text, 1, &problems);
    assert_string_equal(problems.text[0], "title is over 160 bytes");
}

static void overlap__one_after_the_other__is_none(void **state)
{
    struct schedule_row *rows;
    size_t n;
    struct problems problems;
    struct fault why;

    (void)state;
    assert_int_equal(read_text("date,start,title,hall,minutes,price\n"
                               "2025-12-10,19:00,A,H,60,9\n"
                               "2025-12-10,20:00,B,H,60,9\n"
                               "2025-12-10,20:00,C,G,60,9\n",
                               &rows, &n, &problems, &why),
                     RC_OK);
    assert_int_equal(n, 3);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__columns_in_any_order__titles_on_one_line),
        cmocka_unit_test(fault_125__all_problems__are_listed_with_their_lines),
        cmocka_unit_test(fault_125__missing_columns__are_named),
        cmocka_unit_test(read__bad_cells__are_refused),
        cmocka_unit_test(read__title_over_its_limit__is_refused_not_cut),
        cmocka_unit_test(overlap__one_after_the_other__is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
