/* Rules of the hand, one by one, on the program itself; those about time are in test_patience.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/desk/house.h"
#include "tests/kit/front.h"

#define HELD "SELECT count(*) FROM claims WHERE state = 'held'"
#define SOLD "SELECT count(*) FROM claims WHERE state = 'sold'"

static struct front front;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    front_fini(&front);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Types `keys` while another has the turn, so that a verb is at work all the while, and waits for
 * what is said then. */
struct ahead {
    const char *keys, *said;
};

static bool type_ahead(struct sql *db, void *context)
{
    const struct ahead *ahead = context;

    (void)db;
    pty_type(&one, ahead->keys);
    pty_wait_text(&one, ahead->said);
    return true;
}

static void with_the_turn_away(const char *keys, const char *said)
{
    struct ahead ahead = {keys, said};

    assert_int_equal(sql_tx(front.stage.db, type_ahead, &ahead), SQL_OK);
}

static void keys__while_a_verb_works__eight_are_kept_in_order(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    with_the_turn_away("2\rt2t2aaaaaa", "working, 8 keys kept");
    assert_true(one.bells > 0); /* at those that found no room */
    pty_wait_text(&one, "2 keys more than 8 were typed ahead and not taken");
    /* Both are children's, so the four of t 2 t 2 came in their order; then a, four times. */
    front_wait_number(&front, &one,
                      "SELECT CAST(sum(amount) AS BIGINT) FROM claims c JOIN seats s"
                      " ON s.id = c.seat_id WHERE c.state = 'held' AND s.zone = 'back'",
                      1300);
    assert_string_equal(front_state(&front, "A1"), "held");
}

static void keys__behind_seats_apart__are_dropped_and_told(void **state)
{
    (void)state;
    front_sell(&front, "A3 A4 A5 A6 A8 A9 B2 B3 B4 B5 B6 B7 B9 B10");
    front_sell(&front, "C2 C3 C4 C6 C7");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    with_the_turn_away("3\rbb\r", "working, 3 keys kept");
    pty_wait_text(&one, "3 keys dropped");
    pty_wait_text(&one, "NO 3 TOGETHER");
    assert_int_equal(number(HELD), 0); /* b would have held them */
}

static void keys__behind_a_warning__are_dropped_and_told(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    front_go(&one, "B3");
    front_script(&front, "DELETE FROM claims WHERE seat_id = (SELECT min(seat_id) FROM claims)");
    with_the_turn_away(" \r\r", "working, 2 keys kept");
    pty_wait_text(&one, "2 keys dropped.  1 seat of the basket had been given back already");
    pty_wait_text(&one, "2 seats  TOTAL   23.00"); /* and nothing is paid */
    assert_int_equal(number(SOLD), 0);
}

static void keys__behind_a_wheelchair_place_alone__are_dropped_and_told(void **state)
{
    (void)state;
    front_sell(&front, "A2");
    front_open_hall(&front, &one, "till-1");
    with_the_turn_away("a\r", "working, 1 key kept");
    pty_wait_text(&one, "1 key dropped.  no companion's place is free beside it");
    pty_wait_text(&one, "1 seat   TOTAL   13.00");
    assert_string_equal(front_state(&front, "A1"), "held");
}

static void pasted__while_a_verb_works__is_not_kept(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    with_the_turn_away("2\r\033[200~\r\r\033[201~j", "working, 1 key kept");
    pty_wait_text(&one, "2 seats  TOTAL   20.00");
    pty_quiet(&one, 100);
    assert_int_equal(pty_find(&one, "PAY  Ran"), -1);
}

static void pasted__on_pay__sells_nothing(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "CASH  20.00 exact");
    pty_type(&one, "\033[200~50\r\r\033[201~");
    pty_quiet(&one, 200);
    pty_wait_text(&one, "PAY  Ran");
    assert_int_equal(number(SOLD), 0);
}

/* An arrow key that a slow line splits: Esc, then its tail. */
static void tail__after_esc__is_swallowed_whichever_it_begins_with(void **state)
{
    static const char *const begins[] = {"[", "O"};

    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    for (size_t i = 0; i < 2; i++) {
        pty_type(&one, "2");
        pty_wait_text(&one, "2_");
        pty_type(&one, "\033");
        pty_wait_gone(&one, "2_"); /* the Esc has acted */
        pty_type(&one, begins[i]);
        pty_quiet(&one, 40);
        pty_type(&one, "s"); /* by itself the last sales */
        pty_quiet(&one, 100);
        pty_type(&one, "3"); /* and what comes next is a key again */
        pty_wait_text(&one, "3_  Enter holds");
        assert_int_equal(pty_find(&one, "LAST SALES"), -1);
        pty_type(&one, "\033");
        pty_wait_gone(&one, "3_");
    }
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
}

static void apart__w__puts_the_party_on_the_list(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "3w");
    pty_wait_text(&one, "ONTO THE LIST");
    pty_wait_text(&one, " How many     3");
    pty_type(&one, "Mensah\t+233 24 555 0199\r");
    front_wait_number(&front, &one, "SELECT party FROM waiting_list WHERE name = 'Mensah'", 3);
}

static void gap__told__takes_no_enter(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B2");
    pty_type(&one, " l ");
    pty_wait_text(&one, "! leaves B1 single");
    pty_type(&one, "\r");
    pty_wait_text(&one, "PAY  Ran");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number(SOLD), 2);
}

/* Another show today, before the one that is there. */
static show_id add_earlier(void)
{
    struct show_reply reply;
    struct show_add_request request = {.hall = front.hall,
                                       .title = "Ponyo",
                                       .starts_at = sql_now(front.stage.db) + 10 * WHEN_MINUTE,
                                       .minutes = 60,
                                       .sale_stop_min = 20,
                                       .n_prices = 1,
                                       .prices = {{"", 700}}};

    front_do(&front, &verb_show_add, &request, &reply);
    return reply.show;
}

static bool under_cursor(struct pty *pty, void *context)
{
    const char *const *row = context;

    return strncmp(pty_row(pty, 4 + (row[0][0] - '0')), "> ", 2) == 0 &&
           strstr(pty_row(pty, 4 + (row[0][0] - '0')), row[1]) != NULL;
}

static void rows__moved__cursor_stays_on_its_show(void **state)
{
    show_id earlier = add_earlier();
    char text[160];

    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_wait_text(&one, "Ponyo");
    pty_type(&one, "j");
    pty_wait(&one, under_cursor, (void *)(const char *[]){"1", "Ran "}, "the cursor on Ran");
    (void)snprintf(text, sizeof text,
                   "UPDATE shows SET rev = rev + 1, starts_at = starts_at + 18000000, sale_stop ="
                   " sale_stop + 18000000, ends_at = ends_at + 18000000 WHERE id = %lld",
                   (long long)earlier.n);
    front_script(&front, text);
    pty_wait(&one, under_cursor, (void *)(const char *[]){"0", "Ran "}, "the cursor still on Ran");
    assert_int_equal(pty_cursor(&one).row, 4);
}

/* Is the text in that row in reverse, all of it and nothing else around it? */
static bool reversed(int row, const char *text)
{
    const char *line = pty_row(&one, row), *at = strstr(line, text);
    int from = (int)(at ? at - line : 0), n = (int)strlen(text);

    for (int i = 0; at && i < n; i++)
        if (!pty_cell(&one, row, from + i).attrs.reverse)
            return false;
    return at && !pty_cell(&one, row, from + n).attrs.reverse;
}

/* "Tue 24 Nov" of tomorrow. */
static const char *tomorrow(void)
{
    static char day[WHEN_TEXT];

    return when_day_name(when_day(sql_now(front.stage.db)) + 1, day, sizeof day);
}

static void other_day__named__in_reverse_to_the_end_of_the_sale(void **state)
{
    char day[WHEN_TEXT];

    (void)state;
    (void)snprintf(day, sizeof day, "%s", tomorrow());
    front_open(&front, &one, "till-1", 0, 0, NULL);
    assert_false(reversed(0, "TODAY"));
    pty_type(&one, "l");
    pty_wait_gone(&one, "TODAY");
    pty_wait_text(&one, "Ran ");
    assert_true(reversed(0, day));
    pty_type(&one, "2");
    pty_wait_text(&one, "Enter holds the best 2");
    assert_true(pty_cell(&one, 21, (int)(strstr(pty_row(&one, 21), day) - pty_row(&one, 21)))
                    .attrs.reverse);
    pty_type(&one, "\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    assert_true(
        pty_cell(&one, 0, (int)(strstr(pty_row(&one, 0), day) - pty_row(&one, 0))).attrs.reverse);
    pty_type(&one, "\r");
    pty_wait_text(&one, "it is for another day");
    assert_true(
        pty_cell(&one, 0, (int)(strstr(pty_row(&one, 0), day) - pty_row(&one, 0))).attrs.reverse);
}

/* Stands the terminal's own cursor at the text in `row`, `more` columns behind its beginning? */
struct place {
    const char *text;
    int more;
};

static bool cursor_at(struct pty *pty, void *context)
{
    const struct place *place = context;
    int row = pty_cursor(pty).row;
    char line[PTY_LINE];
    const char *at;
    int column = 0;

    (void)snprintf(line, sizeof line, "%s", pty_row(pty, row));
    at = strstr(line, place->text);
    for (const char *c = line; at && c < at; c++)
        column += ((unsigned char)*c & 0xC0) != 0x80; /* no cell is wide here */
    return at && pty_cursor(pty).col == column + place->more;
}

static void want_cursor(const char *text, int more)
{
    struct place place = {text, more};

    pty_wait(&one, cursor_at, &place, text);
}

static void cursor__stands_on_the_focus(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    want_cursor("> ", 0);
    pty_type(&one, "2");
    want_cursor("2_", 1);
    pty_type(&one, "\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    want_cursor("> 5", 2);
    assert_int_equal(pty_cursor(&one).row, 5);
    pty_type(&one, "k");
    want_cursor("> 6", 2);
    assert_int_equal(pty_cursor(&one).row, 3);
    pty_type(&one, "\r");
    want_cursor("20.00 exact", 0);
    pty_type(&one, "50");
    want_cursor("given 50", 8);
    pty_type(&one, "\033\033");
    pty_wait_text(&one, "S C R E E N");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_type(&one, "/Ran");
    want_cursor("Find: Ran", 9);
    pty_type(&one, "\033m");
    want_cursor("> ", 0);
}

static void cursor__40x12__stands_on_the_focus(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 12, 40, NULL);
    want_cursor("> ", 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, ">C    1-8");
    want_cursor("1-8", 0);
}

/* Starts the program at home in an empty directory; `database`: of -d, NULL without. */
static void start_at_home(const char *database)
{
    const char *program = getenv("BOXOFFICE");
    const char *argv[] = {program ? program : TOP_BUILDDIR "/boxoffice",
                          "-t",
                          "till-1",
                          database ? "-d" : NULL,
                          database,
                          NULL};
    const char *env[] = {front.stage.zone, front.stage.home, front.stage.data, NULL};
    struct pty_options options = {.argv = argv, .env = env};

    pty_init(&one, &options);
}

static const char *at_home(const char *name)
{
    static char path[KIT_PATH];

    return kit_path(path, front.stage.dir, name);
}

static void key__without_a_meaning__says_so_on_today_and_pay(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "x");
    pty_wait_text(&one, "x does nothing here; ? shows the keys");
    pty_type(&one, " ");
    pty_wait_text(&one, "Space does nothing here");
    pty_type(&one, "j");
    pty_wait_gone(&one, "does nothing here");
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "exact: Enter means paid");
    pty_type(&one, "d");
    pty_wait_text(&one, "d does nothing here");
    pty_type(&one, "w");
    pty_wait_text(&one, "w does nothing here");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "m");
    pty_wait_text(&one, "MENU");
    pty_type(&one, "7");
    pty_wait_text(&one, "7 does nothing here");
    pty_type(&one, "\033/");
    pty_wait_text(&one, "Find:");
    pty_type(&one, "x y");
    pty_wait_text(&one, "Find: x y");
    assert_int_equal(pty_find(&one, "does nothing"), -1);
    assert_int_equal(number(SOLD), 2);
}

static void demo__nothing_configured_and_nothing_named__is_made(void **state)
{
    (void)state;
    start_at_home(NULL);
    pty_wait_text(&one, "Enter sign in");
    assert_non_null(strstr(pty_row(&one, 0), "DEMO"));
    assert_int_equal(access(at_home("boxoffice/boxoffice.db"), F_OK), 0);
}

static void demo__named_by_hand_and_missing__is_not_made(void **state)
{
    char path[KIT_PATH];

    (void)state;
    (void)snprintf(path, sizeof path, "%s", at_home("named.db"));
    start_at_home(path);
    pty_wait_text(&one, "boxoffice init");
    assert_int_equal(pty_reap(&one, 2000), 3);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void demo__named_by_the_configuration_and_missing__is_not_made(void **state)
{
    char path[KIT_PATH], text[KIT_PATH + 32];

    (void)state;
    (void)snprintf(path, sizeof path, "%s", at_home("named.db"));
    (void)snprintf(text, sizeof text, "database = \"%s\";\n", path);
    front_configure(&front, text);
    start_at_home(NULL);
    pty_wait_text(&one, "boxoffice init");
    assert_int_equal(pty_reap(&one, 2000), 3);
    assert_int_not_equal(access(path, F_OK), 0);
}

#define MANNERS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MANNERS(keys__while_a_verb_works__eight_are_kept_in_order),
        MANNERS(keys__behind_seats_apart__are_dropped_and_told),
        MANNERS(keys__behind_a_warning__are_dropped_and_told),
        MANNERS(keys__behind_a_wheelchair_place_alone__are_dropped_and_told),
        MANNERS(pasted__while_a_verb_works__is_not_kept),
        MANNERS(pasted__on_pay__sells_nothing),
        MANNERS(tail__after_esc__is_swallowed_whichever_it_begins_with),
        MANNERS(apart__w__puts_the_party_on_the_list),
        MANNERS(gap__told__takes_no_enter),
        MANNERS(rows__moved__cursor_stays_on_its_show),
        MANNERS(other_day__named__in_reverse_to_the_end_of_the_sale),
        MANNERS(cursor__stands_on_the_focus),
        MANNERS(cursor__40x12__stands_on_the_focus),
        MANNERS(key__without_a_meaning__says_so_on_today_and_pay),
        MANNERS(demo__nothing_configured_and_nothing_named__is_made),
        MANNERS(demo__named_by_hand_and_missing__is_not_made),
        MANNERS(demo__named_by_the_configuration_and_missing__is_not_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
