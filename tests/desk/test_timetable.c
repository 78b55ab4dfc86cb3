/* Schedules: all rows or none, and every problem with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/csv.h"
#include "core/desk/map.h"
#include "core/rules/schedule.h"
#include "tests/kit/box.h"

/* What a schedule's problems were told as. */
struct told_problems {
    int n;
    int lines[16];
    char first[FAULT_TEXT];
};

static void hear(void *context, int line, const char *what)
{
    struct told_problems *told = context;

    if (told->n == 0)
        (void)snprintf(told->first, sizeof told->first, "%s", what);
    if (told->n < 16)
        told->lines[told->n] = line;
    told->n++;
}

static struct schedule_row row(int line, const char *title, const char *hall, when_ms starts_at)
{
    struct schedule_row made = {.line = line, .starts_at = starts_at, .minutes = 90, .price = 950};

    (void)snprintf(made.title, sizeof made.title, "%s", title);
    (void)snprintf(made.hall, sizeof made.hall, "%s", hall);
    return made;
}

static enum rc store(struct box *box, const struct ask *ask, const struct schedule_row *rows,
                     size_t n, bool dry_run, struct told_problems *problems, struct told *told,
                     struct fault *why)
{
    *problems = (struct told_problems){0};
    return house_schedule(box->db, ask, rows, n, 20, dry_run, hear, problems, told, why);
}

static int64_t shows_stored(struct box *box)
{
    return sql_one_number(box->db, -1, "SELECT count(*) FROM shows", NULL, 0);
}

static void schedule__good_rows__stored_with_prices(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    const struct schedule_row rows[] = {row(2, "Ran", "small", BOX_NOW + WHEN_HOUR),
                                        row(3, "Ponyo", "Small", BOX_NOW + 4 * WHEN_HOUR)};
    struct ask ask = box_ask(box);
    struct told_problems problems;
    struct told told;
    struct fault why = {0};
    struct show_list *list = NULL;

    assert_int_equal(store(box, &ask, rows, 2, false, &problems, &told, &why), RC_OK);
    assert_int_equal(problems.n, 0);
    assert_int_equal(told.n, 1);
    assert_int_equal(told.hints[0].kind, HINT_PROGRAMME);
    assert_int_equal(
        shows_read(box->db, BOX_NOW, BOX_NOW + 9 * WHEN_HOUR, BOX_NOW, false, &list, &why), RC_OK);
    assert_int_equal(list->n, 2);
    assert_string_equal(list->rows[1].title, "Ponyo");
    assert_int_equal(list->rows[1].hall.n, hall.n);
    assert_int_equal(list->rows[1].from, 950);
    assert_int_equal(list->rows[1].sale_stop, BOX_NOW + 4 * WHEN_HOUR + 20 * WHEN_MINUTE);
    free(list);
}

static void schedule__dry_run__stores_nothing(void **state)
{
    struct box *box = *state;
    const struct schedule_row rows[] = {row(2, "Ran", "Small", BOX_NOW + WHEN_HOUR)};
    struct ask ask = box_ask(box);
    struct told_problems problems;
    struct told told;
    struct fault why;

    box_small_hall(box);
    assert_int_equal(store(box, &ask, rows, 1, true, &problems, &told, &why), RC_OK);
    assert_int_equal(told.n, 0);
    assert_int_equal(shows_stored(box), 0);
}

/* Unknown halls and overlaps with what is stored; the good row between them is not stored either.
 */
static void fault_125__problems__all_listed_and_nothing_stored(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    const struct schedule_row rows[] = {row(2, "Ran", "Nowhere", BOX_NOW + 9 * WHEN_HOUR),
                                        row(3, "Ponyo", "Small", BOX_NOW + 9 * WHEN_HOUR),
                                        row(7, "Yi Yi", "Small", BOX_NOW + 2 * WHEN_HOUR)};
    struct ask ask = box_ask(box);
    struct told_problems problems;
    struct told told;
    struct fault why;

    box_show(box, hall, "Stalker", BOX_NOW + WHEN_HOUR);
    for (int dry_run = 0; dry_run < 2; dry_run++) {
        assert_int_equal(store(box, &ask, rows, 3, dry_run == 1, &problems, &told, &why),
                         RC_REFUSED);
        assert_int_equal(problems.n, 2);
        assert_int_equal(problems.lines[0], 2);
        assert_int_equal(problems.lines[1], 7);
        assert_non_null(strstr(problems.first, "Nowhere"));
        assert_non_null(strstr(why.text, "line 2"));
        assert_int_equal(told.n, 0);
        assert_int_equal(shows_stored(box), 1);
    }
}

/* Two names of one hall: no rule sees that the rows overlap, the transaction does. */
static void fault_125__overlap_under_two_names__nothing_stored(void **state)
{
    struct box *box = *state;
    hall_id hall = box_small_hall(box);
    char id[32];
    struct schedule_row rows[] = {row(2, "Ran", "Small", BOX_NOW + WHEN_HOUR),
                                  row(3, "Ponyo", "", BOX_NOW + WHEN_HOUR)};
    struct ask ask = box_ask(box);
    struct told_problems problems;
    struct told told;
    struct fault why;

    (void)snprintf(id, sizeof id, "%lld", (long long)hall.n);
    memcpy(rows[1].hall, id, sizeof id);
    assert_int_equal(store(box, &ask, rows, 2, false, &problems, &told, &why), RC_REFUSED);
    assert_int_equal(problems.n, 1);
    assert_int_equal(problems.lines[0], 3);
    assert_int_equal(shows_stored(box), 0);
}

static void schedule__same_key__stored_once(void **state)
{
    struct box *box = *state;
    struct schedule_row rows[] = {row(2, "Ran", "Small", BOX_NOW + WHEN_HOUR)};
    struct ask ask = box_ask(box);
    struct told_problems problems;
    struct told told;
    struct fault why;

    box_small_hall(box);
    assert_int_equal(store(box, &ask, rows, 1, false, &problems, &told, &why), RC_OK);
    assert_int_equal(store(box, &ask, rows, 1, false, &problems, &told, &why), RC_OK);
    assert_int_equal(told.replayed, 1);
    assert_int_equal(shows_stored(box), 1);
    rows[0].price++;
    assert_int_equal(store(box, &ask, rows, 1, false, &problems, &told, &why), RC_KEY_REUSED);
}

/* From a file's bytes to the programme: accents, commas and titles of several lines. */
static void schedule__festival_file__stored_whole(void **state)
{
    static const char text[] =
        "date,start,title,hall,minutes,price\r\n"
        "2026-12-10,17:00,\"Inmensidades, El brillo, Aguasal | 113 min.\nQ&A\",Small,112,8.00\r\n"
        "2026-12-10,19:15,\"Isleño | Dir. César Talamantes\",Small,110,8.00\r\n"
        "2026-12-11,15:00,Entre dos tierras,Small,88,8.00\r\n";
    struct box *box = *state;
    struct csv *csv = NULL;
    struct schedule_row *rows = NULL;
    size_t n = 0;
    struct ask ask = box_ask(box);
    struct told_problems problems;
    struct told told;
    struct fault why = {0};

    box_small_hall(box);
    assert_int_equal(csv_parse(text, sizeof text - 1, &csv, &why), RC_OK);
    assert_int_equal(schedule_read(csv, &rows, &n, NULL, NULL, &why), RC_OK);
    assert_int_equal(store(box, &ask, rows, n, false, &problems, &told, &why), RC_OK);
    assert_int_equal(shows_stored(box), 3);
    assert_int_equal(sql_one_number(box->db, 0,
                                    "SELECT count(*) FROM shows WHERE title ="
                                    " 'Inmensidades, El brillo, Aguasal | 113 min. Q&A'",
                                    NULL, 0),
                     1);
    free(rows);
    csv_free(&csv);
}

#define IN_A_BOX(test) cmocka_unit_test_setup_teardown(test, box_setup, box_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_BOX(schedule__good_rows__stored_with_prices),
        IN_A_BOX(schedule__dry_run__stores_nothing),
        IN_A_BOX(fault_125__problems__all_listed_and_nothing_stored),
        IN_A_BOX(fault_125__overlap_under_two_names__nothing_stored),
        IN_A_BOX(schedule__same_key__stored_once),
        IN_A_BOX(schedule__festival_file__stored_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
