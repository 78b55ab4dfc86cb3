/* The seat map: what is told of each seat, what others do meanwhile, all sizes and glyphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/kit/front.h"

#define HELD_HERE "SELECT count(*) FROM claims WHERE state = 'held' AND terminal = 'till-1'"
#define SOLD_HERE "SELECT count(*) FROM claims WHERE state = 'sold' AND terminal = 'till-1'"

static struct front front;
static struct pty one, two;

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
    if (two.vterm)
        pty_fini(&two);
    front_fini(&front);
    return 0;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- what is told ---------------------------------------------------------------------------- */

static void hall__drawn__as_on_the_sheet(void **state)
{
    (void)state;
    front_sell(&front, "B1 B2");
    front_open_hall(&front, &one, "till-1");
    pty_quiet(&one, 200);
    assert_int_equal(pty_find(&one, " Ran   TODAY "), 0);
    assert_non_null(strstr(pty_row(&one, 0), "Small   in "));
    assert_int_equal(pty_find(&one, "S C R E E N"), 1);
    assert_non_null(strstr(pty_row(&one, 1), "stalls 13.00, 18 free"));
    assert_non_null(strstr(pty_row(&one, 2), "w 1c 2  3  4  5  6"));
    assert_non_null(strstr(pty_row(&one, 3), ".  .  3  4"));
    assert_int_equal(pty_row(&one, 3)[0], 'B');
    assert_non_null(strstr(pty_row(&one, 3), " B│"));
    assert_non_null(strstr(pty_row(&one, 4), "cross aisle  back 10.00, 8 free"));
    assert_int_equal(pty_find(&one, " 24 free   w wheelchair   c companion   * mine   > cursor   "
                                    ". sold   r reserved"),
                     18);
    assert_int_equal(pty_find(&one, " h held elsewhere   o offered to the list   = kept for the "
                                    "list   x blocked"),
                     19);
    assert_int_equal(pty_find(&one, " Space take/leave  2 Enter best 2  b next best"), 22);
}

static void hall__opens__on_the_best_seat_that_is_free(void **state)
{
    (void)state;
    front_sell(&front, "C1 C2 C3 C4 C5 C6 C7 C8 B5 B6 B7 B8 B9 B10");
    front_open_hall(&front, &one, "till-1");
    pty_wait_text(&one, "│ B4 free");
    front_sell(&front, "A3 A4 A5 A6 A7 A8 A9 A10 B1 B2 B3 B4");
    pty_type(&one, "\033");
    pty_wait_text(&one, "BASKET empty");
    pty_wait_gone(&one, "S C R E E N");
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ A2 free, companion's");
}

static void hall__cursor__tells_each_kind_of_seat(void **state)
{
    (void)state;
    front_sell(&front, "B1 B2");
    struct booking_reply reserved = front_reserve(&front, "B3 B4");
    front_hold(&front, "B5");
    front_script(&front, "INSERT INTO claims (show_id, seat_id, state, since, terminal, operator,"
                         " reason) SELECT 1, id, 'blocked', 1, 'x', 1, 'broken' FROM seats"
                         " WHERE label = 'B6'");
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "C3");
    pty_wait_text(&one, "│ C3 free");
    pty_wait_text(&one, "│ back 10.00");
    front_go(&one, "A1");
    pty_wait_text(&one, "A1 free, wheelchair");
    front_go(&one, "A2");
    pty_wait_text(&one, "A2 free, companion's");
    front_go(&one, "B1");
    pty_wait_text(&one, "│ B1 sold");
    pty_wait_text(&one, "far-till");
    assert_non_null(strstr(pty_row(&one, 3), "S  S"));
    front_go(&one, "B3");
    pty_wait_text(&one, "│ B3 reserved");
    pty_wait_text(&one, "│ Ødegård, 2 seats");
    pty_wait_text(&one, reserved.code);
    assert_non_null(strstr(pty_row(&one, 3), "R  R"));
    front_go(&one, "B5");
    pty_wait_text(&one, "│ B5 held elsewhere");
    pty_wait_text(&one, "by far-till");
    front_go(&one, "B6");
    pty_wait_text(&one, "│ B6 blocked");
    pty_wait_text(&one, "│ broken");
    pty_type(&one, " ");
    pty_wait_text(&one, "B6 is blocked");
}

static void hall__kept_seat__tells_what_a_walk_up_may_hear(void **state)
{
    (void)state;
    front_give_back(&front);
    front_configure(&front, "assigner = \"never\";\n");
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B1");
    pty_wait_text(&one, "│ B1 kept for the list");
    pty_wait_text(&one, "list, 2nd.\"");
    assert_non_null(strstr(pty_row(&one, 3), "> =  ="));
    pty_type(&one, " ");
    pty_wait_text(&one, "B1 is kept for the waiting list");
    assert_int_equal(stage_number(&front.stage, HELD_HERE), 0);
}

static void hall__wide_glass__has_the_list_beside_the_map(void **state)
{
    (void)state;
    front_give_back(&front);
    front_open(&front, &one, "till-1", 43, 132, NULL);
    pty_wait_text(&one, "CALL ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ LIST  1 party");
    pty_wait_text(&one, "│  1  2 Ødegård, Kari   CALL C4-5 30min");
    pty_wait_text(&one, "3    4    5    6"); /* seats are wider, too */
    pty_resize(&one, 24, 80);
    pty_wait_gone(&one, "LIST");
    pty_wait_text(&one, " 4  5  6");
}

static void hall__offered_seat__names_the_party(void **state)
{
    (void)state;
    front_give_back(&front);
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "/C4\r");
    pty_wait_text(&one, "│ C4 offered to the list"); /* this terminal is the designated one */
    pty_wait_text(&one, "│ Ødegård, 2 people");
    pty_wait_text(&one, "list, 2nd.\"");
    assert_non_null(strstr(pty_row(&one, 5), "> O  O"));
}

/* --- others ---------------------------------------------------------------------------------- */

static bool shows_sale(struct pty *pty, void *context)
{
    (void)context;
    pty_read(&two, 1);
    return pty_find(pty, "24 free") >= 0;
}

static void fault_053__other_terminal_sells__this_hall_changes_within_a_second(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_open(&front, &two, "till-2", 0, 0, NULL);
    pty_type(&two, "2\r");
    pty_wait(&one, shows_sale, NULL, "two seats less free");
    assert_true(pty_find(&one, "h  h") >= 0 || pty_find(&one, "h> h") >= 0 ||
                pty_find(&one, "> h  h") >= 0);
    pty_type(&two, "\r\r");
    pty_wait_text(&two, "SOLD ");
    int64_t began = now_ms();
    pty_wait_gone(&one, "h  h");
    assert_in_range(now_ms() - began, 0, 1000);
}

static void hall__seat_taken_meanwhile__names_the_taker_and_keeps_the_basket(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B4");
    pty_type(&one, " ");
    pty_wait_text(&one, "1 seat   TOTAL");
    front_go(&one, "B5");
    front_sell(&front, "B5");
    pty_type(&one, " ");
    pty_wait_text(&one, "B5 is sold (far-till");
    pty_wait_text(&one, "1 seat   TOTAL");
    assert_string_equal(front_state(&front, "B4"), "held");
}

/* --- cost and sizes -------------------------------------------------------------------------- */

static void hall__cursor_move__costs_at_most_80_bytes(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B4");
    pty_quiet(&one, 200);
    size_t least = SIZE_MAX; /* a second that ends in between may redraw the clock */
    for (int i = 0; i < 4; i++) {
        one.bytes = 0;
        pty_type(&one, i % 2 ? "h" : "l");
        pty_wait_text(&one, i % 2 ? "│ B4 free" : "│ B5 free");
        pty_quiet(&one, 100);
        least = one.bytes < least ? one.bytes : least;
    }
    assert_in_range(least, 1, 80);
}

static void sells_in(int rows, int columns, const char *const *env)
{
    front_open(&front, &one, "till-1", rows, columns, env);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY 20.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "PAY  Ran");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&front.stage, SOLD_HERE), 2);
}

static void size__132x43__sells(void **state)
{
    (void)state;
    sells_in(43, 132, NULL);
}

static void size__200x60__sells(void **state)
{
    (void)state;
    sells_in(60, 200, NULL);
}

static void size__250x70__sells(void **state)
{
    (void)state;
    sells_in(70, 250, NULL);
}

static void size__60x20__sells(void **state)
{
    (void)state;
    sells_in(20, 60, NULL);
}

static void size__40x12__sells(void **state)
{
    (void)state;
    sells_in(12, 40, NULL);
}

static void runs__40x12__are_moved_through_by_keys(void **state)
{
    (void)state;
    front_sell(&front, "B1 B2 B7");
    front_open(&front, &one, "till-1", 12, 40, NULL);
    pty_type(&one, "\r");
    pty_wait_text(&one, "3-6, 8-10");
    pty_wait_text(&one, "w1, c2, 3-6, 7-10");
    pty_type(&one, "/B6\r");
    pty_wait_text(&one, "B6 free");
    pty_type(&one, "\033[C");
    pty_wait_text(&one, "B8 free");
    pty_type(&one, " ");
    pty_wait_text(&one, "3-6, *8, 9-10");
    pty_wait_text(&one, "Enter PAY 13.00  Esc shows");
    assert_non_null(strstr(pty_row(&one, 11), "? help"));
    assert_string_equal(front_state(&front, "B8"), "held");
}

static void glyphs__no_colour_and_ascii__sells(void **state)
{
    const char *env[] = {"NO_COLOR=1", "LC_ALL=C", NULL};

    (void)state;
    sells_in(24, 80, env);
    for (int row = 0; row < 24; row++)
        for (const char *at = pty_row(&one, row); *at; at++)
            assert_in_range((unsigned char)*at, 32, 126);
}

static void glyphs__setting_runs__shows_runs_on_a_large_terminal(void **state)
{
    (void)state;
    front_configure(&front, "hall_view = \"runs\";\n");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "\r");
    pty_wait_text(&one, "w1, c2, 3-6, 7-10");
    pty_wait_text(&one, "BASKET empty");
}

#define HALL(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL(hall__drawn__as_on_the_sheet),
        HALL(hall__opens__on_the_best_seat_that_is_free),
        HALL(hall__cursor__tells_each_kind_of_seat),
        HALL(hall__kept_seat__tells_what_a_walk_up_may_hear),
        HALL(hall__offered_seat__names_the_party),
        HALL(hall__wide_glass__has_the_list_beside_the_map),
        HALL(fault_053__other_terminal_sells__this_hall_changes_within_a_second),
        HALL(hall__seat_taken_meanwhile__names_the_taker_and_keeps_the_basket),
        HALL(hall__cursor_move__costs_at_most_80_bytes),
        HALL(size__132x43__sells),
        HALL(size__200x60__sells),
        HALL(size__250x70__sells),
        HALL(size__60x20__sells),
        HALL(size__40x12__sells),
        HALL(runs__40x12__are_moved_through_by_keys),
        HALL(glyphs__no_colour_and_ascii__sells),
        HALL(glyphs__setting_runs__shows_runs_on_a_large_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
