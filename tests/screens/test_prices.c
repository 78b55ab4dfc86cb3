/* The price list on a screen, and more ticket types than three on the hall. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/house.h"
#include "core/desk/pricing.h"
#include "core/desk/ticket_types.h"
#include "tests/kit/front.h"

#define BACK_ADULT "SELECT amount FROM prices WHERE show_id = 1 AND zone = 'back' AND type_id = 1"

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

static void open_prices_of(const char *title, int rows, int columns, const char *const *extra)
{
    char head[64];

    front_open(&front, &one, "till-1", rows, columns, extra);
    stage_choose(&one, "Prices of a show");
    (void)snprintf(head, sizeof head, "PRICES  %s", title);
    pty_wait_text(&one, head);
}

static void open_prices(int rows, int columns, const char *const *extra)
{
    open_prices_of("Ran", rows, columns, extra);
}

static void add_type(const char *name, int32_t digit, int32_t percent)
{
    struct type_request request = {.digit = digit, .percent = percent, .tax = TYPE_TAX_SETTING};
    struct type_reply reply;

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    front_do(&front, &verb_type_add, &request, &reply);
}

static void prices__drawn__zones_by_types(void **state)
{
    (void)state;
    open_prices(0, 0, NULL);
    pty_wait_text(&one, "1 adult    2 child    3 student");
    assert_non_null(strstr(pty_row(&one, 3), "stalls          >    13.00"));
    assert_non_null(strstr(pty_row(&one, 4), "back                 10.00       6.50"));
}

static void prices__typed__hold_from_now_on(void **state)
{
    (void)state;
    front_hold(&front, "C4");
    open_prices(0, 0, NULL);
    pty_type(&one, "j12,5\r"); /* one row down; a digit begins */
    pty_wait_text(&one, "back 12.50 from now on");
    pty_wait_text(&one, ">    12.50");
    assert_int_equal(stage_number(&front.stage, BACK_ADULT), 1250);
    assert_int_equal(stage_number(&front.stage, "SELECT amount FROM claims WHERE state = 'held'"),
                     1000);
    pty_type(&one, "\r\025"
                   "abc\r");
    pty_wait_text(&one, "amount");
    pty_type(&one, "\033");
    pty_wait_text(&one, ">    12.50");
    assert_int_equal(stage_number(&front.stage, BACK_ADULT), 1250);
}

static void prices__page_down__goes_on_to_the_next_days_show(void **state)
{
    (void)state;
    open_prices(0, 0, NULL);
    pty_wait_text(&one, "TODAY");
    pty_type(&one, "\033[6~");
    pty_wait_gone(&one, "TODAY");
    pty_wait_text(&one, "PRICES  Ran");
    pty_type(&one, "9\r");
    pty_wait_text(&one, "stalls 9.00 from now on");
    assert_int_equal(stage_number(&front.stage, "SELECT show_id FROM prices WHERE amount = 900"),
                     front.tomorrow.n);
    pty_type(&one, "\033[5~");
    pty_wait_text(&one, "TODAY");
}

static void prices__hall_without_zones__says_all_seats(void **state)
{
    static const char text[] = "@hall Cellar\nA\tooo\n";
    struct show_add_request show = {.title = "Alien",
                                    .minutes = 90,
                                    .sale_stop_min = 20,
                                    .n_prices = 1,
                                    .prices = {{.zone = "", .amount = 800}}};
    struct show_reply reply;
    struct fault why = {0};
    struct plan *plan = NULL;
    struct told told = {0};
    struct ask ask;

    (void)state;
    assert_int_equal(plan_parse(text, sizeof text - 1, &plan, NULL, NULL, &why), RC_OK);
    verb_ask(&ask, front.stage.db, NULL, "far-till", 7);
    assert_int_equal(hall_add(front.stage.db, &ask, plan, &show.hall, &told, &why), RC_OK);
    plan_free(&plan);
    show.starts_at = sql_now(front.stage.db) + WHEN_HOUR; /* before the other: it comes first */
    front_do(&front, &verb_show_add, &show, &reply);
    open_prices_of("Alien", 0, 0, NULL);
    pty_wait_text(&one, "all seats       >     8.00");
    pty_type(&one, "9\r");
    pty_wait_text(&one, "all seats 9.00 from now on");
}

static void prices__set_elsewhere__is_seen_here(void **state)
{
    struct price_request request = {.amount = 1111, .zone = "back", .type = {1}};
    struct price_reply reply;

    (void)state;
    open_prices(0, 0, NULL);
    request.show = front.show;
    front_do(&front, &verb_price, &request, &reply);
    pty_wait_text(&one, "11.11");
}

static void prices__nine_types__follow_the_cursor_at_any_size(void **state)
{
    (void)state;
    for (int32_t digit = 4; digit <= 9; digit++) {
        char name[16];

        (void)snprintf(name, sizeof name, "Type %d", (int)digit);
        add_type(name, digit, 10 * digit);
    }
    open_prices(0, 0, NULL);
    pty_wait_text(&one, "1 adult");
    assert_int_equal(pty_find(&one, "9 Type 9"), -1);
    pty_type(&one, "llllllll");
    pty_wait_text(&one, "9 Type 9");
    pty_wait_text(&one, ">    11.50"); /* 90 per cent of 13.00, to the half */
    pty_resize(&one, 43, 132);
    pty_wait_text(&one, "1 adult");
    pty_wait_text(&one, "9 Type 9");
    pty_resize(&one, 12, 40);
    pty_wait_text(&one, ">    11.50");
    pty_type(&one, "5\r");
    pty_wait_text(&one, "stalls 5.00 from now on");
}

static void hall__t_and_a_digit_over_three__sets_that_type(void **state)
{
    (void)state;
    add_type("Senior", 7, 50);
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL   20.00");
    pty_type(&one, "t");
    pty_wait_text(&one, "7 Senior 5.00");
    pty_type(&one, "7");
    pty_wait_text(&one, "2 seats  TOTAL   15.00");
    pty_wait_text(&one, "7 Senior     5.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "CASH  15.00 exact");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims WHERE state = 'sold'"
                                                " AND type_id = 4 AND amount = 500"),
                     1);
}

/* The rules of the hand: what costs nothing is not sold by one Enter too many. */
static void pay__free_basket__has_no_default_tender(void **state)
{
    struct price_request request = {.amount = 0, .zone = "back", .type = {1}};
    struct price_reply reply;

    (void)state;
    request.show = front.show;
    front_do(&front, &verb_price, &request, &reply);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL    0.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "p chooses");
    pty_type(&one, "\r\r");
    pty_quiet(&one, 200);
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM reservations"), 0);
    pty_type(&one, "p");
    pty_wait_gone(&one, "p chooses");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims WHERE state = 'sold'"
                                                " AND amount = 0"),
                     2);
}

#define PRICES(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PRICES(prices__drawn__zones_by_types),
        PRICES(prices__typed__hold_from_now_on),
        PRICES(prices__page_down__goes_on_to_the_next_days_show),
        PRICES(prices__hall_without_zones__says_all_seats),
        PRICES(prices__set_elsewhere__is_seen_here),
        PRICES(prices__nine_types__follow_the_cursor_at_any_size),
        PRICES(pay__free_basket__has_no_default_tender),
        PRICES(hall__t_and_a_digit_over_three__sets_that_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
