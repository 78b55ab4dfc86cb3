/* Making a box office, its halls and programme, checking it: from the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

static void put(const struct scene *scene, const char *name, const char *text)
{
    char path[KIT_PATH];

    kit_write_file(kit_path(path, scene->dir, name), text, strlen(text));
}

/* Runs "before DIR/name after". */
static struct kit_run run_on(const struct scene *scene, const char *before, const char *name,
                             const char *after)
{
    char line[KIT_PATH + 128];

    (void)snprintf(line, sizeof line, "%s %s/%s %s", before, scene->dir, name, after);
    return scene_run(scene, line);
}

static void init__demo__has_a_programme_and_says_that_it_is_one(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run = scene_run(scene, "init --demo");
    json_t *shows, *halls;

    assert_int_equal(run.status, 0);
    assert_non_null(strstr(run.out, "NOT VALID"));
    kit_run_fini(&run);
    shows = scene_json(scene, "shows");
    assert_true(json_array_size(shows) > 5);
    scene_keys(json_array_get(shows, 0), "id title hall starts_at seats free held reserved sold "
                                         "returned blocked waiting rev");
    halls = scene_json(scene, "hall list");
    assert_int_equal(json_array_size(halls), 3);
    json_decref(shows);
    json_decref(halls);
    scene_want(scene, 0, "check");
}

static void init__over_a_box_office__is_refused(void **state)
{
    const struct scene *scene = *state;

    scene_want(scene, 0, "init");
    scene_want(scene, 1, "init");
    scene_want(scene, 1, "init --demo");
    scene_refuses(scene, 2, "usage", "init --demo --empty");
}

static void init__in_a_directory_that_is_not_there__makes_none(void **state)
{
    const struct scene *scene = *state;
    char line[KIT_PATH + 64], path[KIT_PATH];

    (void)snprintf(line, sizeof line, "init -d %s/no/such/box.db", scene->dir);
    scene_refuses(scene, 3, "no/such", line);
    assert_int_not_equal(access(kit_path(path, scene->dir, "no"), F_OK), 0);
}

static void fault_029__missing__is_refused_and_never_made(void **state)
{
    static const char *const lines[] = {"shows",   "seats 1",   "sell 1 A1",     "waiting",
                                        "check",   "assign",    "assign --once", "listen",
                                        "migrate", "hall list", "find x",        "leave 1"};
    const struct scene *scene = *state;

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        scene_refuses(scene, 3, "boxoffice init", lines[i]);
        assert_int_not_equal(access(scene->database, F_OK), 0);
    }
}

/* A file that is not ours is refused by every command and stays as it was. */
static void want_untouched(const struct scene *scene, const char *bytes, size_t size)
{
    static const char *const lines[] = {"shows", "sell 1 A1", "init --demo", "migrate", "check"};
    size_t now = 0;
    char *after;

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        scene_want(scene, 3, lines[i]);
    after = kit_read_file(scene->database, &now);
    assert_int_equal(now, size);
    assert_memory_equal(after, bytes, size);
    free(after);
}

static void fault_030__another_programs_database__is_refused_untouched(void **state)
{
    const struct scene *scene = *state;
    size_t size = 0;
    char *bytes;

    /* Ours, with another application_id in the header: 4 bytes from 68 on. */
    scene_want(scene, 0, "init");
    bytes = kit_read_file(scene->database, &size);
    memcpy(bytes + 68, "\x12\x34\x56\x78", 4);
    kit_write_file(scene->database, bytes, size);
    want_untouched(scene, bytes, size);
    free(bytes);
}

static void fault_031__no_database__is_refused_untouched(void **state)
{
    const struct scene *scene = *state;
    const char text[] = "a shopping list, and long enough to be taken for more than nothing: "
                        "bread, butter, salt, tea, lamp oil, two candles, a ball of string";

    kit_write_file(scene->database, text, sizeof text - 1);
    want_untouched(scene, text, sizeof text - 1);
}

static void hall__import_list_show_export__go_round(void **state)
{
    const struct scene *scene = *state;
    struct kit_run first, second;
    json_t *hall;

    scene_want(scene, 0, "init");
    put(scene, "studio.txt", "# a studio\nA\two_oc\t1..4\n3\too_oo\t2..8/2\n");
    first = run_on(scene, "hall import", "studio.txt", "--json");
    assert_int_equal(first.status, 0);
    hall = json_loads(first.out, 0, NULL);
    assert_string_equal(scene_text(hall, "name"), "studio");
    assert_int_equal(scene_number(hall, "seats"), 8);
    json_decref(hall);
    kit_run_fini(&first);
    first = run_on(scene, "hall import", "studio.txt", "");
    assert_int_equal(first.status, 1);
    kit_run_fini(&first);
    first = scene_run(scene, "hall export STUDIO");
    put(scene, "again.txt", first.out);
    second = run_on(scene, "hall import", "again.txt", "--name 'Studio two'");
    assert_int_equal(second.status, 0);
    kit_run_fini(&second);
    second = scene_run(scene, "hall export 'Studio two'");
    assert_string_equal(strchr(first.out, '\n'), strchr(second.out, '\n'));
    kit_run_fini(&first);
    kit_run_fini(&second);
    hall = scene_json(scene, "hall list");
    assert_int_equal(json_array_size(hall), 2);
    json_decref(hall);
    scene_want(scene, 0, "hall show 1");
    scene_want(scene, 1, "hall show Opera");
    scene_want(scene, 2, "hall paint");
    scene_want(scene, 3, "hall import /no/such/file");
}

static void hall__with_faults__lists_them_all_with_lines(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run;

    scene_want(scene, 0, "init");
    put(scene, "bad.txt", "A\too\nA\too\n\too\nB\toz\n");
    run = run_on(scene, "hall import", "bad.txt", "");
    assert_int_equal(run.status, 2);
    assert_non_null(strstr(run.out, "bad.txt:2: "));
    assert_non_null(strstr(run.out, "bad.txt:3: "));
    assert_non_null(strstr(run.out, "bad.txt:4: "));
    assert_non_null(strstr(run.err, "problems"));
    kit_run_fini(&run);
    run = scene_run(scene, "hall list");
    assert_non_null(strstr(run.out, "no halls"));
    kit_run_fini(&run);
}

static void show__add_and_cancel__lists_refunds(void **state)
{
    const struct scene *scene = *state;
    json_t *made;

    made = scene_json(scene, "show add --hall Small --title Ran --start '2035-05-05 20:00'"
                             " --price stalls=9.50,2.50 --minutes 90");
    assert_int_equal(scene_number(made, "show"), 2);
    json_decref(made);
    scene_refuses(scene, 1, "Ran",
                  "show add --hall Small --title Other --start '2035-05-05 21:29'");
    scene_want(scene, 0, "show add --hall Small --title Other --start '2035-05-05 21:30'");
    scene_want(scene, 1, "show add --hall Opera --title Other --start '2036-05-05 21:30'");
    scene_want(scene, 2, "show add --hall Small --title Other --start tomorrow");
    scene_want(scene, 2, "show add --hall Small --title Other");
    scene_want(scene, 0, "sell 2 A1 A2 --name Ann --phone 5551234");
    scene_want(scene, 0, "wait 2 --party 2 --name Bob");
    made = scene_json(scene, "show cancel 2");
    assert_int_equal(scene_number(made, "refunds_due"), 1900);
    assert_int_equal(scene_number(made, "reservations"), 1);
    assert_int_equal(scene_number(made, "entries"), 1);
    assert_string_equal(scene_text(json_array_get(json_object_get(made, "refunds"), 0), "name"),
                        "Ann");
    json_decref(made);
    scene_want(scene, 1, "show cancel 2");
    scene_want(scene, 1, "show cancel 99");
    scene_want(scene, 0, "check");
}

static void schedule__good__is_added_whole(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run;
    json_t *shows;

    put(scene, "week.csv",
        "date,start,title,hall,minutes,price\r\n"
        "2035-01-01,18:00,\"Cortos |\r\n113 min.\",Small,113,9.50\r\n"
        "2035-01-01,21:00,\"Ran, \"\"the\"\" film\",Small,160,\"10,50\"\r\n");
    run = run_on(scene, "schedule import", "week.csv", "--dry-run");
    assert_int_equal(run.status, 0);
    assert_string_equal(run.out, "2 shows would be added\n");
    kit_run_fini(&run);
    shows = scene_json(scene, "shows --day 2035-01-01");
    assert_int_equal(json_array_size(shows), 0);
    json_decref(shows);
    run = run_on(scene, "schedule import", "week.csv", "--key week");
    assert_int_equal(run.status, 0);
    kit_run_fini(&run);
    run = run_on(scene, "schedule import", "week.csv", "--key week");
    assert_int_equal(run.status, 0);
    kit_run_fini(&run);
    shows = scene_json(scene, "shows --day 2035-01-01");
    assert_int_equal(json_array_size(shows), 2);
    json_decref(shows);
    run = run_on(scene, "schedule import", "week.csv", "");
    assert_int_equal(run.status, 1);
    kit_run_fini(&run);
}

static void fault_125__schedule_with_faults__lists_all_and_imports_nothing(void **state)
{
    const struct scene *scene = *state;
    struct kit_run run;
    json_t *shows, *said;

    put(scene, "bad.csv",
        "date,start,title,hall,minutes,price\n"
        "2035-01-01,18:00,Good,Small,100,9.50\n"
        "2035-13-01,18:00,\"Two\nlines\",Small,100,9.50\n"
        "2035-01-02,18:00,Dear,Small,100,1e3\n");
    run = run_on(scene, "schedule import", "bad.csv", "");
    assert_int_equal(run.status, 2);
    assert_non_null(strstr(run.out, "bad.csv:3: "));
    assert_non_null(strstr(run.out, "bad.csv:5: "));
    kit_run_fini(&run);
    put(scene, "halls.csv",
        "date,start,title,hall,minutes,price\n"
        "2035-01-01,18:00,Good,Small,100,9.50\n"
        "2035-01-01,18:00,Far,Opera,100,9.50\n");
    run = run_on(scene, "schedule import", "halls.csv", "--json");
    assert_int_equal(run.status, 1);
    said = json_loads(run.out, 0, NULL);
    assert_int_equal(json_array_size(json_object_get(said, "problems")), 1);
    json_decref(said);
    kit_run_fini(&run);
    put(scene, "short.csv", "date,title\n2035-01-01,Good\n");
    run = run_on(scene, "schedule import", "short.csv", "");
    assert_int_equal(run.status, 2);
    kit_run_fini(&run);
    shows = scene_json(scene, "shows --day 2035-01-01");
    assert_int_equal(json_array_size(shows), 0);
    json_decref(shows);
}

static void seats__as_json__follow_row_and_seat(void **state)
{
    const struct scene *scene = *state;
    json_t *map, *seats;

    scene_want(scene, 0, "sell 1 A2");
    map = scene_json(scene, "seats 1");
    scene_keys(map, "show rev seats");
    seats = json_object_get(map, "seats");
    assert_int_equal(json_array_size(seats), 24);
    scene_keys(json_array_get(seats, 0), "seat zone kind state code");
    assert_string_equal(scene_text(json_array_get(seats, 0), "seat"), "A1");
    assert_string_equal(scene_text(json_array_get(seats, 0), "state"), "free");
    assert_string_equal(scene_text(json_array_get(seats, 0), "kind"), "standard");
    assert_null(scene_text(json_array_get(seats, 0), "code"));
    assert_string_equal(scene_text(json_array_get(seats, 1), "state"), "sold");
    assert_non_null(scene_text(json_array_get(seats, 1), "code"));
    json_decref(map);
    scene_want(scene, 1, "seats 9");
}

static void seats__for_people__draw_the_hall(void **state)
{
    struct kit_run run;

    scene_want(*state, 0, "sell 1 A2 B5");
    run = scene_run(*state, "seats 1");
    assert_non_null(strstr(run.out, "A  1 . 3 4   5 6 7 8  A\n"));
    assert_non_null(strstr(run.out, "B  1 2 3 4   . 6 7 8  B\n"));
    assert_non_null(strstr(run.out, "22 free of 24: 2 sold"));
    kit_run_fini(&run);
}

static void check__prints_every_invariant(void **state)
{
    json_t *rows = scene_json(*state, "check");

    assert_true(json_array_size(rows) >= 10);
    for (size_t i = 0; i < json_array_size(rows); i++)
        assert_true(json_is_true(json_object_get(json_array_get(rows, i), "holds")));
    json_decref(rows);
    scene_want(*state, 2, "check --head abc");
    scene_refuses(*state, 1, "no book",
                  "check --head "
                  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    rows = scene_json(*state, "migrate");
    assert_int_equal(scene_number(rows, "applied"), 0);
    json_decref(rows);
}

static void find__tells_what_was_found(void **state)
{
    json_t *found;

    scene_want(*state, 0, "reserve 1 C1 --name 'Σταύρου, Ελένη' --phone '+30 210 55 0104'");
    found = scene_json(*state, "find ΣΤΑΎ");
    assert_int_equal(json_array_size(found), 1);
    scene_keys(json_array_get(found, 0), "kind code show name state seats total");
    assert_string_equal(scene_text(json_array_get(found, 0), "kind"), "reservation");
    json_decref(found);
    found = scene_json(*state, "find nobody");
    assert_int_equal(json_array_size(found), 0);
    json_decref(found);
}

static void types__add_change_list__in_json(void **state)
{
    const struct scene *scene = *state;
    json_t *now = scene_json(scene, "types add Senior --digit 4 --percent 70 --tax 5.5");

    scene_keys(now, "digit name percent tax");
    assert_int_equal(scene_number(now, "tax"), 550);
    json_decref(now);
    now = scene_json(scene, "types change 4 --tax default --name Elder");
    assert_true(json_is_null(json_object_get(now, "tax")));
    assert_string_equal(scene_text(now, "name"), "Elder");
    assert_int_equal(scene_number(now, "percent"), 70);
    json_decref(now);
    now = scene_json(scene, "types list");
    assert_int_equal(json_array_size(now), 4);
    json_decref(now);
    now = scene_json(scene, "types change 4 --sold no");
    assert_false(json_is_true(json_object_get(now, "sold")));
    json_decref(now);
    scene_refuses(scene, 2, "there are: adult, child, student", "sell 1 A1 --type Elder");
    scene_refuses(scene, 1, "the first ticket type stays", "types change 1 --sold no");
    scene_refuses(scene, 2, "yes or no", "types change 4 --sold maybe");
    json_decref(scene_json(scene, "types change 4 --sold yes"));
    scene_refuses(scene, 1, "the digit 4 is that of Elder", "types add X --digit 4 --percent 5");
    scene_refuses(scene, 1, "no ticket type has the digit 8", "types change 8 --name X");
    scene_refuses(scene, 2, "tax rate", "types change 4 --tax 100");
    scene_refuses(scene, 2, "--percent", "types add X --digit 5 --percent 101");
    scene_refuses(scene, 2, "NAME", "types add X --digit 5");
    scene_refuses(scene, 2, "DIGIT", "types change 4");
    scene_want(scene, 0, "sell 1 A3 --type elder");
}

static void prices__shown_and_set__in_json(void **state)
{
    const struct scene *scene = *state;
    json_t *now = scene_json(scene, "prices 1 --zone stalls --type adult 12.50");
    json_t *zone = json_array_get(json_object_get(now, "zones"), 0);

    scene_keys(now, "show currency zones");
    assert_string_equal(scene_text(zone, "zone"), "stalls");
    zone = json_array_get(json_object_get(zone, "prices"), 0);
    scene_keys(zone, "digit type amount");
    assert_int_equal(scene_number(zone, "amount"), 1250);
    json_decref(now);
    now = scene_json(scene, "sell 1 A3");
    assert_int_equal(scene_number(now, "total"), 1250);
    json_decref(now);
    scene_want(scene, 0, "prices 1");
    scene_refuses(scene, 1, "no zone moon", "prices 1 --zone moon --type 1 5");
    scene_refuses(scene, 1, "there are adult, child, student", "prices 1 --zone stalls --type x 5");
    scene_refuses(scene, 1, "no show 77", "prices 77");
    scene_refuses(scene, 1, "Small has zones: say which", "prices 1 --type 1 5");
    scene_refuses(scene, 2, "SHOW", "prices 1 --zone stalls");
    scene_refuses(scene, 2, "SHOW", "prices 1 5");
    scene_refuses(scene, 2, "SHOW", "prices 1 --zone stalls --type 1");
    scene_refuses(scene, 2, "", "prices 1 --zone stalls --type 1 -- -5");
    scene_want(scene, 0, "check");
}

int main(void)
{
#define BARE(test)  cmocka_unit_test_setup_teardown(test, scene_setup_bare, scene_teardown)
#define SCENE(test) cmocka_unit_test_setup_teardown(test, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        BARE(init__demo__has_a_programme_and_says_that_it_is_one),
        BARE(init__over_a_box_office__is_refused),
        BARE(init__in_a_directory_that_is_not_there__makes_none),
        BARE(fault_029__missing__is_refused_and_never_made),
        BARE(fault_030__another_programs_database__is_refused_untouched),
        BARE(fault_031__no_database__is_refused_untouched),
        BARE(hall__import_list_show_export__go_round),
        BARE(hall__with_faults__lists_them_all_with_lines),
        SCENE(show__add_and_cancel__lists_refunds),
        SCENE(types__add_change_list__in_json),
        SCENE(prices__shown_and_set__in_json),
        SCENE(schedule__good__is_added_whole),
        SCENE(fault_125__schedule_with_faults__lists_all_and_imports_nothing),
        SCENE(seats__as_json__follow_row_and_seat),
        SCENE(seats__for_people__draw_the_hall),
        SCENE(check__prints_every_invariant),
        SCENE(find__tells_what_was_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
