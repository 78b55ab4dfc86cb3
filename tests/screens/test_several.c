/* A basket with seats of several shows, and one of many seats, played on a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/programme.h"
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

/* Two of today's show and one of tomorrow's are in the basket, whose hall is open. */
static void hold_both(int rows, int columns, const char *const *extra)
{
    front_open(&front, &one, "till-1", rows, columns, extra);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY 20.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_type(&one, "l");
    pty_wait_gone(&one, "TODAY");
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter PAY 30.00");
}

static void several__two_shows__are_paid_at_once(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    pty_wait_text(&one, "also of other shows:");
    pty_type(&one, "\r");
    pty_wait_text(&one, "and 1 other show");
    pty_wait_text(&one, " 3 seats      TOTAL"); /* each line says its show, */
    pty_wait_text(&one, " 2 adult     C4");
    pty_wait_text(&one, "p chooses how it is paid"); /* and one is of another day */
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "p chooses how it is paid first");
    pty_type(&one, "p50\r");
    pty_wait_text(&one, "3 seats of 2 shows  cash 30.00  CHANGE 20.00");
    front_wait_number(&front, &one, SOLD, 3);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM reservations"
                                                " WHERE state = 'sold'"),
                     2);
    assert_int_equal(stage_number(&front.stage, "SELECT count(DISTINCT key) FROM reservations"), 1);
    assert_int_equal(stage_number(&front.stage, "SELECT sum(amount) FROM payments"), 3000);
    assert_int_equal(stage_number(&front.stage, HELD), 0);
    pty_type(&one, "s"); /* the last sales have both */
    pty_wait_text(&one, "LAST SALES");
    pty_wait_text(&one, "C4");
    pty_wait_text(&one, "20.00");
}

/* What the printer was given. */
static const char *paper_path(void)
{
    static char path[KIT_PATH];

    return kit_path(path, front.stage.dir, "paper");
}

/* Sells both at a printer that has no paper, then one that has. */
static void fault_087__printer_fails__tickets_of_each_show_come_later(void **state)
{
    char text[1024], flag[KIT_PATH];

    (void)state;
    kit_write_file(paper_path(), "", 0);
    kit_path(flag, front.stage.dir, "works");
    (void)snprintf(text, sizeof text, "printer = \"command:test -e %s && cat >>%s\";", flag,
                   paper_path());
    front_configure(&front, text);
    hold_both(0, 0, NULL);
    pty_type(&one, "\r");
    pty_wait_text(&one, "and 1 other show");
    pty_type(&one, "p\r");
    pty_wait_text(&one, "NOT PRINTED. The sale stands");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE print = 'failed'", 3);
    kit_write_file(flag, "", 0);
    pty_type(&one, "i");
    pty_wait_gone(&one, "NOT PRINTED. The");
    front_wait_number(&front, &one, "SELECT count(*) > 0 FROM tickets WHERE print = 'printed'", 1);
    pty_type(&one, "\033");
    pty_wait_text(&one, "BASKET empty");
    pty_wait_text(&one, "NOT PRINTED "); /* in the head: there is another */
    pty_type(&one, "i");
    pty_wait_text(&one, "NOT PRINTED. The sale stands");
    pty_type(&one, "i");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE print = 'printed'", 3);
    assert_int_equal(stage_number(&front.stage, "SELECT count(DISTINCT reservation_id)"
                                                " FROM tickets"),
                     2);
}

/* Until when the seats are kept is seen however long the title. */
static void several__long_title__gives_way_to_what_is_kept(void **state)
{
    (void)state;
    front_script(&front, "UPDATE shows SET title = 'The Assassination of Jesse James by the Coward'"
                         " WHERE id = (SELECT max(id) FROM shows)");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY 20.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_type(&one, "l");
    pty_wait_text(&one, "The Assassi");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter PAY 30.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "1 adult  The Assa");
    pty_wait_text(&one, " and 2 of other shows  30.00  keeps 2:");
}

static void several__wide_and_in_ascii__is_the_same(void **state)
{
    static const char *const ascii[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

    (void)state;
    hold_both(43, 132, ascii);
    pty_type(&one, "\r");
    pty_wait_text(&one, "and 1 other show");
    pty_type(&one, "pp\r");
    pty_wait_text(&one, "3 seats of 2 shows  card 30.00");
}

/* Drop, undo, and the number typed speak of the show that is looked at. */
static void several__keys_of_the_hall__touch_its_own_seats_alone(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY 40.00");
    front_wait_number(&front, &one, HELD, 4);
    pty_type(&one, "u");
    pty_wait_text(&one, "Enter PAY 30.00");
    pty_type(&one, "x");
    pty_wait_text(&one, "BASKET of another show");
    front_wait_number(&front, &one, HELD, 2);
    pty_type(&one, "p"); /* what is left is paid from here */
    pty_wait_text(&one, "PAY  Ran  TODAY");
    pty_wait_text(&one, "CASH  20.00 exact");
}

static void several__in_the_hall_of_a_third__is_of_other_shows(void **state)
{
    struct show_reply reply;
    struct show_add_request third = {.hall = front.hall,
                                     .title = "Stalker",
                                     .starts_at = sql_now(front.stage.db) + 51 * WHEN_HOUR,
                                     .minutes = 120,
                                     .sale_stop_min = 20,
                                     .n_prices = 1,
                                     .prices = {{"", 1000}}};

    (void)state;
    front_do(&front, &verb_show_add, &third, &reply);
    hold_both(0, 0, NULL);
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_type(&one, "l");
    pty_wait_text(&one, "Stalker");
    pty_type(&one, "\r");
    pty_wait_text(&one, "BASKET of other shows");
    pty_wait_text(&one, " +1 p");
}

static void several__0__empties_all_of_it(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    pty_type(&one, "0");
    front_wait_number(&front, &one, HELD, 0);
    pty_wait_text(&one, "BASKET empty");
}

static void several__parked__all_of_it_comes_back(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    pty_type(&one, "n");
    pty_wait_text(&one, "and 2 of other shows");
    pty_wait_text(&one, "BASKET empty");
    pty_wait_text(&one, "PARKED 1: 3 seats of 2 shows, till-1, 9:");
    assert_int_equal(pty_find(&one, "3 x "), -1); /* of none of them */
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ 3 seats of 2 shows   g");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "Enter PAY 10.00");
    pty_type(&one, "n");
    pty_wait_text(&one, "PARKED 2: 1 x Ran");
    pty_type(&one, "g");
    pty_wait_text(&one, "PARKED baskets");
    pty_wait_text(&one, "till-1          3 seats of 2 shows");
    pty_type(&one, "k");
    pty_wait_text(&one, ">   9:");
    pty_type(&one, "g");
    pty_wait_text(&one, "Enter PAY 30.00");
    pty_wait_text(&one, "also of other shows:");
    assert_int_equal(stage_number(&front.stage,
                                  "SELECT max(n) FROM (SELECT count(*) AS n FROM claims"
                                  " GROUP BY owner) AS owners"),
                     3);
}

static void several__back_in_the_first_hall__its_seats_are_at_hand(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    pty_type(&one, "\033");
    pty_wait_text(&one, "Starts");
    pty_wait_text(&one, "and 2 of other shows");
    pty_type(&one, "\033"); /* to the day that is */
    pty_wait_text(&one, "TODAY");
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ 2 seats  TOTAL   20.00");
    pty_wait_text(&one, "also of other shows:");
    pty_wait_text(&one, "Enter PAY 30.00");
}

static void several__seat_taken_of_one__sells_none_and_says_who(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    front_script(&front, "UPDATE claims SET owner = 'other', terminal = 'far-till'"
                         " WHERE show_id = (SELECT min(show_id) FROM claims)");
    pty_type(&one, "\r");
    pty_wait_text(&one, "and 1 other show");
    pty_type(&one, "p\r");
    pty_wait_text(&one, "held by far-till");
    assert_int_equal(stage_number(&front.stage, SOLD), 0);
}

static void several__reserve__is_of_one_show_at_a_time(void **state)
{
    (void)state;
    hold_both(0, 0, NULL);
    pty_type(&one, "r");
    pty_wait_text(&one, "RESERVE");
    pty_type(&one, "Ada\r");
    pty_wait_text(&one, "seats of one show are reserved at a time");
    assert_int_equal(stage_number(&front.stage, HELD), 3);
}

/* More than twenty seats: held, paid and sold like any others. */
static void several__25_seats__are_one_sale(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "25\r");
    pty_wait_text(&one, "NO 25 TOGETHER");
    assert_int_equal(stage_number(&front.stage, HELD), 0);
    pty_type(&one, "b");
    front_wait_number(&front, &one, HELD, 25);
    pty_wait_text(&one, "25 seats TOTAL");
    pty_type(&one, "\r");
    pty_wait_text(&one, "it is more than 10 seats");
    pty_type(&one, "p\r");
    pty_wait_text(&one, "SOLD ");
    front_wait_number(&front, &one, SOLD, 25);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM reservations"), 1);
}

#define SEVERAL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEVERAL(several__two_shows__are_paid_at_once),
        SEVERAL(fault_087__printer_fails__tickets_of_each_show_come_later),
        SEVERAL(several__long_title__gives_way_to_what_is_kept),
        SEVERAL(several__wide_and_in_ascii__is_the_same),
        SEVERAL(several__keys_of_the_hall__touch_its_own_seats_alone),
        SEVERAL(several__in_the_hall_of_a_third__is_of_other_shows),
        SEVERAL(several__0__empties_all_of_it),
        SEVERAL(several__parked__all_of_it_comes_back),
        SEVERAL(several__back_in_the_first_hall__its_seats_are_at_hand),
        SEVERAL(several__seat_taken_of_one__sells_none_and_says_who),
        SEVERAL(several__reserve__is_of_one_show_at_a_time),
        SEVERAL(several__25_seats__are_one_sale),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
