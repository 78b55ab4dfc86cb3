/* Finding what a customer can tell, and that nothing is looked for row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/find.h"
#include "core/desk/find_sql.h"
#include "core/desk/sight.h"
#include "core/desk/till.h"
#include "core/desk/waiting.h"
#include "tests/kit/box.h"
#include "tests/kit/server.h"

#define EVENING (BOX_NOW + 6 * WHEN_HOUR + 45 * WHEN_MINUTE) /* 19:45 */

struct scene {
    struct box box;
    hall_id hall;
    show_id past, today, later;
};

static int setup(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    box_init(&scene->box);
    scene->hall = box_small_hall(&scene->box);
    scene->past = box_show(&scene->box, scene->hall, "Paris, Texas", BOX_NOW - 8 * WHEN_HOUR);
    scene->today = box_show(&scene->box, scene->hall, "Paris, Texas", EVENING);
    scene->later = box_show(&scene->box, scene->hall, "Ran", EVENING + 24 * WHEN_HOUR);
    *state = scene;
    return 0;
}

static int teardown(void **state)
{
    struct scene *scene = *state;

    box_fini(&scene->box);
    free(scene);
    return 0;
}

/* Sells one seat of a show at a time when it sold. */
static struct booking_reply sell(struct scene *scene, show_id show, const char *name,
                                 const char *phone)
{
    struct book_request request = {
        .ask = box_ask(&scene->box), .show = show, .best = 1, .expected = -1};
    struct booking_reply reply;
    struct fault why = {0};

    if (show.n == scene->past.n)
        request.ask.now -= 10 * WHEN_HOUR;
    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    if (verb_do(scene->box.db, &verb_sell, &request, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
    return reply;
}

static entry_id join(struct scene *scene, const char *name, const char *phone)
{
    struct wait_request request = {.ask = box_ask(&scene->box), .show = scene->today, .party = 3};
    struct entry_reply reply;
    struct fault why = {0};

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    if (verb_do(scene->box.db, &verb_wait, &request, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
    return reply.entry;
}

static struct found_list *find(struct scene *scene, const char *text)
{
    struct found_list *list = NULL;
    struct fault why = {0};

    if (find_read(scene->box.db, text, BOX_NOW, 20, &list, &why) != RC_OK)
        fail_msg("%s", why.text);
    return list;
}

/* Exactly this reservation is found by each of the texts. */
static void finds_only(struct scene *scene, reservation_id id, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct found_list *list = find(scene, texts[i]);

        if (list->n != 1 || list->rows[0].reservation.n != id.n)
            fail_msg("%s: found %zu", texts[i], list->n);
        free(list);
    }
}

static void find__code_in_any_case_and_with_blanks__finds(void **state)
{
    struct scene *scene = *state;
    struct booking_reply sold = sell(scene, scene->today, "", "");
    char text[32];
    size_t n = strlen(sold.code);
    struct found_list *list = NULL;

    (void)snprintf(text, sizeof text, " %.3s %.5s ", sold.code, sold.code + 3);
    for (size_t i = 0; i < n + 3; i++)
        text[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
    list = find(scene, text);
    assert_int_equal(list->n, 1);
    assert_int_equal(list->rows[0].kind, FOUND_RESERVATION);
    assert_string_equal(list->rows[0].code, sold.code);
    assert_string_equal(list->rows[0].title, "Paris, Texas");
    assert_string_equal(list->rows[0].hall, "Small");
    assert_string_equal(list->rows[0].state, "sold");
    assert_int_equal(list->rows[0].seats, 1);
    assert_int_equal(list->rows[0].total, 1000);
    assert_int_equal(list->rows[0].show.n, scene->today.n);
    assert_int_equal(list->rows[0].starts_at, EVENING);
    free(list);
}

static void find__phone__by_prefix_and_last_four(void **state)
{
    static const char *const texts[] = {"+47 55 01 12 12", "+4755", "4755",
                                        "0047 55 01",      "1212",  "47-55-01-12-12"};
    struct scene *scene = *state;
    struct booking_reply sold = sell(scene, scene->today, "", "+47 55 01 12 12");

    sell(scene, scene->today, "", "+30 210 55 0104");
    finds_only(scene, sold.reservation, texts, sizeof texts / sizeof texts[0]);
}

static void find__phone__with_its_country_or_without(void **state)
{
    static const char *const told[] = {"55 01 12 12", "055011212", "+47 55 01 12 12"};
    static const char *const other[] = {"0171 5550144", "+49 171 5550144", "0049 171 555 0144"};
    struct scene *scene = *state;
    struct booking_reply abroad = sell(scene, scene->today, "", "+47 55 01 12 12");
    struct booking_reply home = sell(scene, scene->today, "", "0171 5550144");
    struct found_list *list = find(scene, "+49 55 01 12 12");

    assert_int_equal(list->n, 0);
    free(list);
    finds_only(scene, abroad.reservation, told, sizeof told / sizeof told[0]);
    finds_only(scene, home.reservation, other, sizeof other / sizeof other[0]);
}

static void find__name__by_prefix_and_what_follows_the_comma(void **state)
{
    static const char *const texts[] = {"Ødegård", "ødeg", "ØDEGÅRD, K",   "kari",
                                        "Kari",    "ka",   "Kari Ødegård", "kari øde"};
    static const char *const plain[] = {"Lakshmi Devi Rao", "rao", "Rao, Lak"};
    struct scene *scene = *state;
    struct booking_reply sold = sell(scene, scene->today, "Ødegård, Kari", "");
    struct booking_reply other = sell(scene, scene->today, "Lakshmi Devi Rao", "");
    struct found_list *none = find(scene, "Anna Ødegård");

    assert_int_equal(none->n, 0);
    free(none);
    finds_only(scene, other.reservation, plain, sizeof plain / sizeof plain[0]);

    sell(scene, scene->today, "Σταύρου, Ελένη", "");
    sell(scene, scene->today, "Okafor, Ngozi", "");
    finds_only(scene, sold.reservation, texts, sizeof texts / sizeof texts[0]);
}

static void find__name_in_any_script__finds(void **state)
{
    static const char *const names[] = {"Σταύρου, Ελένη", "佐藤 美咲", "สมชาย ใจดี", "فاطمة الحمامي",
                                        "Иванова, Анна"};
    static const char *const texts[] = {"ΣΤΑΎΡΟΥ", "佐", "สมชาย", "فاطمة", "ИВАН"};
    struct scene *scene = *state;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct booking_reply sold = sell(scene, scene->today, names[i], "");

        finds_only(scene, sold.reservation, &texts[i], 1);
    }
}

static void find__waiting_party__by_name_given_name_and_phone(void **state)
{
    static const char *const texts[] = {"okaf",   "NGOZI", "ngozi ok",
                                        "+47 91", "3347",  "91 20 33 47"};
    struct scene *scene = *state;
    entry_id entry = join(scene, "Okafor, Ngozi", "+47 91 20 33 47");

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct found_list *list = find(scene, texts[i]);

        if (list->n != 1)
            fail_msg("%s: found %zu", texts[i], list->n);
        assert_int_equal(list->rows[0].kind, FOUND_ENTRY);
        assert_int_equal(list->rows[0].entry.n, entry.n);
        assert_int_equal(list->rows[0].seats, 3);
        assert_string_equal(list->rows[0].state, "waiting");
        free(list);
    }
}

static void find__title__shows_to_come_first(void **state)
{
    struct scene *scene = *state;
    struct found_list *list = find(scene, "paris");

    assert_int_equal(list->n, 2);
    assert_int_equal(list->rows[0].kind, FOUND_SHOW);
    assert_int_equal(list->rows[0].show.n, scene->today.n);
    assert_int_equal(list->rows[1].show.n, scene->past.n);
    free(list);
}

static void find__clock__shows_of_today_that_start_then(void **state)
{
    struct scene *scene = *state;
    struct found_list *list = find(scene, "19:45");

    assert_int_equal(list->n, 1);
    assert_int_equal(list->rows[0].show.n, scene->today.n);
    free(list);
    list = find(scene, "9:45");
    assert_int_equal(list->n, 0);
    free(list);
    scene->past = box_show(&scene->box, scene->hall, "Ponyo", BOX_NOW - 195 * WHEN_MINUTE);
    list = find(scene, "9:45");
    assert_int_equal(list->n, 1);
    assert_int_equal(list->rows[0].show.n, scene->past.n);
    free(list);
}

static void find__reservations__of_shows_to_come_first(void **state)
{
    struct scene *scene = *state;
    struct booking_reply past = sell(scene, scene->past, "Ward, Alice", "");
    struct booking_reply later = sell(scene, scene->later, "Ward, Alice", "");
    struct booking_reply today = sell(scene, scene->today, "Ward, Alice", "");
    struct found_list *list = find(scene, "ward");

    assert_int_equal(list->n, 3);
    assert_int_equal(list->rows[0].reservation.n, today.reservation.n);
    assert_int_equal(list->rows[1].reservation.n, later.reservation.n);
    assert_int_equal(list->rows[2].reservation.n, past.reservation.n);
    free(list);
}

static void find__more_than_wanted__says_that_there_are_more(void **state)
{
    struct scene *scene = *state;
    struct found_list *list = NULL;
    struct fault why;

    for (int i = 0; i < 5; i++)
        sell(scene, scene->today, "Ward, Alice", "");
    assert_int_equal(find_read(scene->box.db, "ward", BOX_NOW, 4, &list, &why), RC_OK);
    assert_int_equal(list->n, 4);
    assert_true(list->more);
    free(list);
    assert_int_equal(find_read(scene->box.db, "ward", BOX_NOW, 5, &list, &why), RC_OK);
    assert_int_equal(list->n, 5);
    assert_false(list->more);
    free(list);
}

static void find__unpaid_past_its_deadline__reads_lapsed(void **state)
{
    struct scene *scene = *state;
    struct book_request request = {.ask = box_ask(&scene->box),
                                   .show = scene->today,
                                   .best = 1,
                                   .name = "Ward, Alice",
                                   .expected = -1,
                                   .collect_min = 30};
    struct booking_reply reply;
    struct found_list *list = NULL;
    struct fault why = {0};

    assert_int_equal(verb_do(scene->box.db, &verb_reserve, &request, &reply, &why), RC_OK);
    assert_int_equal(find_read(scene->box.db, "ward", reply.deadline, 9, &list, &why), RC_OK);
    assert_string_equal(list->rows[0].state, "lapsed");
    free(list);
}

static void find__nothing_or_nonsense__finds_nothing(void **state)
{
    static const char *const texts[] = {"",  " ",          "zzz", "99:99", "1:",  ":",
                                        "+", "ABCDEFGHJK", "%",   "_",     "1e3", "4755%"};
    struct scene *scene = *state;

    sell(scene, scene->today, "Ward, Alice", "+47 55 01 12 12");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct found_list *list = find(scene, texts[i]);

        if (list->n != 0 && strcmp(texts[i], "4755%") != 0)
            fail_msg("%s: found %zu", texts[i], list->n);
        free(list);
    }
}

static void fault_088__sql_metacharacters__are_text(void **state)
{
    struct scene *scene = *state;
    static const char *const names[] = {"O'Neill, Aoife", "x'); DROP TABLE claims; --", "100%_\\"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct booking_reply sold = sell(scene, scene->today, names[i], "");

        finds_only(scene, sold.reservation, &names[i], 1);
    }
}

static void fault_089__bad_utf8_and_endless_text__refused(void **state)
{
    struct scene *scene = *state;
    struct found_list *list = NULL;
    struct fault why;
    char endless[2000];

    memset(endless, 'a', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(find_read(scene->box.db, "\xff\xfe", BOX_NOW, 9, &list, &why), RC_BAD_INPUT);
    assert_int_equal(find_read(scene->box.db, endless, BOX_NOW, 9, &list, &why), RC_BAD_INPUT);
    assert_null(list);
}

/* --- where and when -------------------------------------------------------------------------- */

/* Sells a seat by its label, so much after BOX_NOW, at a terminal and in a till. */
static reservation_id sell_seat(struct scene *scene, show_id show, const char *label, when_ms after,
                                const char *terminal, till_id till)
{
    struct book_request request = {
        .ask = box_ask(&scene->box), .show = show, .n = 1, .expected = -1};
    struct booking_reply reply;
    struct fault why = {0};

    request.ask.now += after;
    request.ask.till = till;
    (void)snprintf(request.ask.terminal, sizeof request.ask.terminal, "%s", terminal);
    request.seats[0] = box_seat(&scene->box, scene->hall, label);
    if (verb_do(scene->box.db, &verb_sell, &request, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
    return reply.reservation;
}

/* These are found, in this order. */
static void finds(struct scene *scene, const char *text, const reservation_id *ids, size_t n)
{
    struct found_list *list = find(scene, text);

    if (list->n != n)
        fail_msg("%s: found %zu", text, list->n);
    for (size_t i = 0; i < n; i++)
        if (list->rows[i].reservation.n != ids[i].n)
            fail_msg("%s: row %zu is another", text, i);
    free(list);
}

static void find__seat__who_has_it_at_todays_shows(void **state)
{
    struct scene *scene = *state;
    const show_id late = box_show(&scene->box, scene->hall, "Stalker", EVENING + 3 * WHEN_HOUR);
    const reservation_id ids[] = {
        sell_seat(scene, scene->today, "B3", 0, "counter-1", (till_id){0}),
        sell_seat(scene, late, "B3", 0, "counter-1", (till_id){0}),
    };

    sell_seat(scene, scene->later, "B3", 0, "counter-1", (till_id){0}); /* tomorrow */
    sell_seat(scene, scene->today, "B4", 0, "counter-1", (till_id){0});
    finds(scene, "b3", ids, 2);
    finds(scene, "B3 19:45", ids, 1);
    finds(scene, "B3 22:45", ids + 1, 1);
    finds(scene, "B3 stal", ids + 1, 1);
    finds(scene, "B3 paris, TEX", ids, 1);
    finds(scene, "B3 9:45", NULL, 0);
    finds(scene, "B3 Ran", NULL, 0);
    finds(scene, "B9", NULL, 0);
}

static void find__seat_of_a_block__with_its_slash(void **state)
{
    struct scene *scene = *state;
    const hall_id hall = box_hall(&scene->box, "@hall Big\n@block Upper Circle\nA\tooo\n"
                                               "@block Stalls\nA\tooo\n");
    const show_id show = box_show(&scene->box, hall, "Ran", EVENING);
    reservation_id id;

    scene->hall = hall;
    id = sell_seat(scene, show, "Upper Circle/A2", 0, "counter-1", (till_id){0});
    finds(scene, "Upper Circle/A2", &id, 1);
    finds(scene, "Upper Circle/A2 19:45", &id, 1);
    finds(scene, "Stalls/A2", NULL, 0);
}

static void find__till_and_time__its_sales_nearest_first(void **state)
{
    struct scene *scene = *state;
    struct till_open_request open = {.ask = box_ask(&scene->box), .drawer = 7};
    struct till_reply till;
    struct fault why = {0};
    reservation_id ids[4], office;

    (void)snprintf(open.ask.terminal, sizeof open.ask.terminal, "counter-2");
    assert_int_equal(verb_do(scene->box.db, &verb_till_open, &open, &till, &why), RC_OK);
    ids[0] = sell_seat(scene, scene->today, "B3", 90 * WHEN_MINUTE, "counter-1", till.till);
    ids[1] = sell_seat(scene, scene->today, "B4", 84 * WHEN_MINUTE, "counter-2", till.till);
    ids[2] = sell_seat(scene, scene->today, "B5", 106 * WHEN_MINUTE - 1, "counter-1", till.till);
    ids[3] = sell_seat(scene, scene->today, "B6", 106 * WHEN_MINUTE, "counter-1", till.till);
    office = sell_seat(scene, scene->today, "B7", 90 * WHEN_MINUTE, "office", (till_id){0});
    finds(scene, "drawer 7 14:30", ids, 3);
    finds(scene, "Till 7 14.30", ids, 3);
    finds(scene, "drawer 8 14:30", NULL, 0);
    finds(scene, "drawer 14:30", NULL, 0);
    finds(scene, "Counter-2 14:30", ids + 1, 1);
    finds(scene, "counter-2", ids + 1, 1);
    finds(scene, "counter-2 16:30", NULL, 0);
    finds(scene, "office 14:30", &office, 1);
    finds(scene, "office", &office, 1);
    finds(scene, "drawer 7", (const reservation_id[]){ids[1], ids[0], ids[2], ids[3]}, 4);
}

/* How the engine answers a question, all its steps in one text. */
static void explain(struct sql *db, const char *question, size_t n, char *steps, size_t size)
{
    struct sql_value values[8] = {{.kind = SQL_NULL}};
    struct sql_statement *rows = sql_ask(db, question, values, n);
    size_t used = 0;

    if (rows == NULL)
        fail_msg("%s", sql_error(db));
    steps[0] = '\0';
    while (sql_row(rows))
        used += (size_t)snprintf(steps + used, size - used, "%s\n", sql_text(rows, 3));
}

static void find__every_question__answered_from_an_index(void **state)
{
    static const struct {
        const char *question;
        size_t n;
        const char *wanted;
    } cases[] = {
#define EXPLAIN "EXPLAIN QUERY PLAN "
        {EXPLAIN FIND_CODE, 1, "(code=?)"},
        {EXPLAIN FIND_RANGE("name_key"), 5, "COVERING INDEX reservations_by_name"},
        {EXPLAIN FIND_RANGE("name_given"), 5, "COVERING INDEX reservations_by_given"},
        {EXPLAIN FIND_RANGE("phone_key"), 5, "COVERING INDEX reservations_by_phone"},
        {EXPLAIN FIND_HALVES, 4, "INDEX reservations_by_given"},
        {EXPLAIN FIND_TAIL, 4, "COVERING INDEX reservations_by_tail"},
        {EXPLAIN FIND_PHONES, 3, "INDEX reservations_by_tail"},
        {EXPLAIN FIND_TITLE, 4, "INDEX shows_by_title"},
        {EXPLAIN FIND_SEAT, 5, "SEARCH t USING COVERING INDEX"},
        {EXPLAIN FIND_DRAWER, 5, "INDEX takings_by_time"},
        {EXPLAIN FIND_TERMINAL, 6, "INDEX payments_by_time"},
        {EXPLAIN FIND_STARTS, 2, "INDEX shows_by_start"},
        {EXPLAIN FIND_ENTRIES, 2, "SEARCH w USING INDEX"},
        {EXPLAIN SIGHT_BOOKINGS, 1, "COVERING INDEX reservations_by_show"},
        {EXPLAIN SIGHT_OVERDUE, 2, "COVERING INDEX reservations_by_show"},
        {EXPLAIN SIGHT_CLAIMS, 1, "SEARCH claims USING PRIMARY KEY (show_id=?)"},
    };
    static const char *const tables[] = {"SCAN reservations", "SCAN shows",        "SCAN s\n",
                                         "SCAN w\n",          "SCAN waiting_list", "SCAN claims"};
    struct scene *scene = *state;
    char steps[2000];

    if (server_there())
        skip(); /* SQLite's planner is asked */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        explain(scene->box.db, cases[i].question, cases[i].n, steps, sizeof steps);
        if (strstr(steps, cases[i].wanted) == NULL)
            fail_msg("%s\n%s", cases[i].question, steps);
        for (size_t j = 0; j < sizeof tables / sizeof tables[0]; j++)
            if (strstr(steps, tables[j]) != NULL)
                fail_msg("%s\n%s", cases[i].question, steps);
    }
}

#define IN_A_SCENE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_SCENE(find__code_in_any_case_and_with_blanks__finds),
        IN_A_SCENE(find__phone__by_prefix_and_last_four),
        IN_A_SCENE(find__phone__with_its_country_or_without),
        IN_A_SCENE(find__name__by_prefix_and_what_follows_the_comma),
        IN_A_SCENE(find__name_in_any_script__finds),
        IN_A_SCENE(find__waiting_party__by_name_given_name_and_phone),
        IN_A_SCENE(find__title__shows_to_come_first),
        IN_A_SCENE(find__clock__shows_of_today_that_start_then),
        IN_A_SCENE(find__seat__who_has_it_at_todays_shows),
        IN_A_SCENE(find__seat_of_a_block__with_its_slash),
        IN_A_SCENE(find__till_and_time__its_sales_nearest_first),
        IN_A_SCENE(find__reservations__of_shows_to_come_first),
        IN_A_SCENE(find__more_than_wanted__says_that_there_are_more),
        IN_A_SCENE(find__unpaid_past_its_deadline__reads_lapsed),
        IN_A_SCENE(find__nothing_or_nonsense__finds_nothing),
        IN_A_SCENE(fault_088__sql_metacharacters__are_text),
        IN_A_SCENE(fault_089__bad_utf8_and_endless_text__refused),
        IN_A_SCENE(find__every_question__answered_from_an_index),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
