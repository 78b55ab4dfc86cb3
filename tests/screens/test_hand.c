/* Rules of the hand: whose basket it is, and what parking does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/deadline.h"
#include "tests/kit/front.h"
#include "tests/kit/inside.h"

#define HELD   "SELECT count(*) FROM claims WHERE state = 'held'"
#define OWNERS "SELECT count(DISTINCT owner) FROM claims WHERE state = 'held'"

static struct front front;
static struct inside inside;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    inside_open(&inside, &front.stage, "counter-1");
    inside_wait_text(&inside, "Ran ");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    inside_fini(&inside);
    front_fini(&front);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Two seats of today's show in the basket, and back on today. */
static void hold_two(void)
{
    inside_type(&inside, "2\r");
    inside_wait_text(&inside, "Enter PAY");
    inside_type(&inside, "\033");
    inside_wait_text(&inside, "Starts");
    inside_wait_text(&inside, "keeps");
    assert_int_equal(inside.app.basket.n, 2);
}

static void leave_for_a_minute(void)
{
    inside.app.basket.touched -= 61 * WHEN_SECOND;
}

static void another_show(void)
{
    hold_two();
    inside_type(&inside, "l"); /* tomorrow, where the other show is */
    inside_wait_gone(&inside, "TODAY");
    inside_wait_text(&inside, "Ran ");
}

static void hand__digits_over_an_untouched_basket__ask_at_once(void **state)
{
    (void)state;
    hold_two();
    leave_for_a_minute();
    inside_type(&inside, "3");
    inside_wait_text(&inside, "3: another customer?  n parks the basket, y adds to it");
    inside_type(&inside, "\r\r\r"); /* Enter is no answer */
    inside_wait_text(&inside, "3: another customer?");
    assert_int_equal(number(HELD), 2);
    inside_type(&inside, "n");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(number(HELD), 5);
    assert_int_equal(number(OWNERS), 2);
    inside_wait_text(&inside, "PARKED 1");
    assert_int_equal(inside.app.basket.n, 3);
}

static void hand__n_before_enter__parks_and_keeps_the_digits(void **state)
{
    (void)state;
    hold_two();
    leave_for_a_minute();
    inside_type(&inside, "3n");
    inside_wait_text(&inside, "parked for 10 min");
    inside_wait_text(&inside, "BASKET empty");
    assert_int_equal(number(HELD), 2);
    inside_type(&inside, "\r");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(inside.app.basket.n, 3);
}

static void hand__y_over_an_untouched_basket__adds(void **state)
{
    (void)state;
    hold_two();
    leave_for_a_minute();
    inside_type(&inside, "1y");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(inside.app.basket.n, 3);
    assert_int_equal(number(OWNERS), 1);
}

static void hand__esc__leaves_the_basket_as_it_is(void **state)
{
    (void)state;
    hold_two();
    leave_for_a_minute();
    inside_type(&inside, "3\033");
    inside_wait_gone(&inside, "another customer");
    assert_int_equal(inside.app.basket.n, 2);
    assert_int_equal(app_parked(&inside.app), 0);
}

static void hand__basket_in_use__is_not_asked_about(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "4\r");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(inside.app.basket.n, 4); /* a total for the show */
}

/* A basket in use may have seats of several shows: they are for the same customer. */
static void hand__basket_of_another_show__gets_these_as_well(void **state)
{
    (void)state;
    another_show();
    inside_type(&inside, "1\r");
    inside_wait_text(&inside, "Enter PAY 30.00");
    inside_wait_text(&inside, "also of other shows:");
    inside_wait_text(&inside, "│ 2 x ");
    assert_int_equal(number(HELD), 3);
    assert_int_equal(number(OWNERS), 1);
    assert_int_equal(inside.app.basket.n, 1);
    assert_int_equal(inside.app.basket.n_all, 3);
    assert_int_equal(inside.app.basket.show.n, front.tomorrow.n);
}

static void hand__untouched_basket_of_another_show__n_parks_y_adds(void **state)
{
    (void)state;
    another_show();
    leave_for_a_minute();
    inside_type(&inside, "1");
    inside_wait_text(&inside, "1: another customer?  n parks the basket, y adds to it");
    inside_type(&inside, "y");
    inside_wait_text(&inside, "also of other shows:");
    assert_int_equal(number(OWNERS), 1);
    inside_type(&inside, "\033");
    inside_wait_text(&inside, "BASKET C");
    leave_for_a_minute();
    inside_type(&inside, "2\r");
    inside_wait_text(&inside, "2: another customer?");
    inside_type(&inside, "n");
    inside_wait_text(&inside, "Enter PAY");
    inside_wait_text(&inside, "PARKED 1");
    assert_int_equal(number(OWNERS), 2);
    assert_int_equal(app_parked_last(&inside.app)->n_shows, 2);
}

static void hand__keys_behind_the_question__are_dropped_and_told(void **state)
{
    (void)state;
    hold_two();
    leave_for_a_minute();
    inside_type(&inside, "l3\r\r"); /* typed ahead while tomorrow is read */
    inside_wait_text(&inside, "dropped.  3: another customer?");
    assert_int_equal(number(HELD), 2);
}

static void hand__keys_before_a_first_read__are_kept_and_told(void **state)
{
    (void)state;
    inside_type(&inside, "l2");
    framework_top(&inside.app)->held_ms -= 1000; /* as if the read took so long */
    framework_draw(&inside.app, &inside.canvas);
    assert_non_null(strstr(inside_row(&inside, 21), "reading, 1 key kept"));
    inside_wait_text(&inside, " 2_  Enter holds the best 2");
}

static void park__ten_minutes__are_told_and_g_gets_it_back(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "n");
    inside_wait_text(&inside, "parked for 10 min, g gets it back: 2 x Ran");
    inside_wait_text(&inside, "PARKED 1: 2 x Ran");
    inside_wait_text(&inside, "counter-1, 9:5");
    assert_int_equal(number("SELECT min(until) - max(since) FROM claims"), HOLD_MOST);
    inside_type(&inside, "g");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(inside.app.basket.n, 2);
    inside_wait_gone(&inside, "PARKED");
    assert_int_equal(number("SELECT min(until) - max(since) FROM claims"), HOLD_IDLE);
}

/* Lets what is parked run out as if ten minutes had passed. */
static void run_out(void)
{
    front_script(&front, "UPDATE claims SET until = until - 600000, since = since - 600000");
    front_script(&front, "UPDATE parked SET until = until - 600000");
    inside.app.parked->rows[0].until -= HOLD_MOST;
    inside.app.framework->duty.parked_ms = 0;
}

static void park__run_out__is_said(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "n");
    inside_wait_text(&inside, "PARKED 1");
    run_out();
    inside_wait_text(&inside, "a parked basket has run out: 2 x Ran");
    inside_wait_gone(&inside, "PARKED");
}

static void park__of_a_basket_that_ran_out__empties_it(void **state)
{
    (void)state;
    hold_two();
    front_script(&front, "UPDATE claims SET until = until - 600000, since = since - 600000");
    inside_type(&inside, "n");
    inside_wait_text(&inside, "the basket has run out, its seats were given back");
    inside_wait_text(&inside, "BASKET empty");
    assert_int_equal(inside.app.basket.n_all, 0);
}

static void park__seats_gone_elsewhere__is_no_longer_shown(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "n");
    inside_wait_text(&inside, "PARKED 1");
    front_script(&front, "DELETE FROM claims");
    inside.app.framework->duty.parked_ms = 0;
    inside_wait_gone(&inside, "PARKED");
    inside_type(&inside, "g");
    inside_wait_text(&inside, "nothing is parked");
}

static void park__basket_in_use__is_parked_before_another_comes(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "n");
    inside_wait_text(&inside, "PARKED 1");
    hold_two();
    inside_type(&inside, "g");
    inside_wait_text(&inside, "pay or park this basket first");
    assert_int_equal(number(OWNERS), 2);
}

static void park__several__g_lists_them_and_the_last_comes_first(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "n");
    inside_wait_text(&inside, "PARKED 1");
    inside_type(&inside, "3\r");
    inside_wait_text(&inside, "Enter PAY");
    inside_type(&inside, "n");
    inside_wait_text(&inside, "PARKED 2: 3 x Ran");
    inside_type(&inside, "g");
    inside_wait_text(&inside, "PARKED baskets");
    inside_wait_text(&inside, ">   9:5"); /* of two: the cursor on the last */
    inside_type(&inside, "kg");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(inside.app.basket.n, 2);
    inside_wait_text(&inside, "PARKED 1");
}

/* Two that press g at once: the database gives it to one, the other is told who. */
static void park__taken_elsewhere_meanwhile__names_the_taker(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "n");
    inside_wait_text(&inside, "PARKED 1");
    struct get_request request = {0};
    struct get_reply reply;
    memcpy(request.parked, inside.app.parked->rows[0].key, sizeof request.parked);
    (void)snprintf(request.basket, sizeof request.basket, "theirs");
    front_do(&front, &verb_get, &request, &reply);
    inside_type(&inside, "g");
    inside_wait_text(&inside, "far-till took that basket up");
    assert_true(basket_empty(&inside.app.basket));
}

static void menu__demo_alone__offers_to_start_for_real(void **state)
{
    (void)state;
    inside_type(&inside, "m");
    inside_wait_text(&inside, "Leave the box office");
    inside_wait_gone(&inside, "Start for real");
    inside_type(&inside, "\033");
    inside.app.demo = true;
    inside_type(&inside, "mjjjjjjjjjjjjjjjjjjjjk"); /* the last but one */
    inside_wait_text(&inside, "> Start for real");
    inside_type(&inside, "\r");
    inside_wait_text(&inside, "FOR REAL 1/4");
    inside_wait_gone(&inside, "MENU");
}

static void pay__open_for_eight_minutes__rings(void **state)
{
    (void)state;
    hold_two();
    inside_type(&inside, "p");
    inside_wait_text(&inside, "TOTAL");
    assert_false(inside.app.framework->bell);
    inside.app.basket.pay_since -= 8 * WHEN_MINUTE;
    for (int i = 0; i < 200 && !inside.app.framework->bell; i++)
        inside_turn(&inside, 10);
    assert_true(inside.app.framework->bell);
}

/* Ada manages, and signed in. */
static void hire(void)
{
    front_script(&front, "INSERT INTO staff (number, name, name_key, role, pin_hash, created_at,"
                         " changed_at) VALUES (3, 'Ada', 'ada', 'manager', '', 0, 0)");
    inside.app.staffed = true;
    inside.app.person = (struct app_person){.number = 3, .role = ROLE_MANAGER, .name = "Ada"};
    inside.app.operator_number = 3;
}

static void lock__minutes_without_a_key__locks_and_keeps_the_hold(void **state)
{
    (void)state;
    hire();
    hold_two();
    inside.app.framework->key_ms -= front.stage.settings.lock_min * WHEN_MINUTE - 5000;
    inside_turn(&inside, 10);
    assert_null(strstr(inside_row(&inside, 0), "LOCKED"));
    inside.app.framework->key_ms -= 5000;
    inside_wait_text(&inside, "LOCKED");
    inside_wait_text(&inside, "Ada is signed in");
    assert_int_equal(number(HELD), 2);
    assert_true(inside.app.basket.pay_since != 0); /* kept up as a parked one is */
    inside_type(&inside, "n");                     /* nothing but digits acts */
    inside_wait_text(&inside, "digits alone stand here");
}

static void lock__no_staff__says_that_nobody_signs_in(void **state)
{
    (void)state;
    inside.app.framework->key_ms -= 24 * WHEN_HOUR;
    inside_type(&inside, "q");
    inside_wait_text(&inside, "nobody signs in here");
}

static void staff__first_of_the_house__screens_ask_for_a_sign_in(void **state)
{
    (void)state;
    hire();
    inside.app.person.number = 0;
    inside.app.staffed = false;
    framework_hear(&inside.app, &(struct hint){.kind = HINT_PROGRAMME});
    inside_wait_text(&inside, "SIGN IN");
}

static void staff__who_left__is_locked_out(void **state)
{
    (void)state;
    hire();
    front_script(&front, "UPDATE staff SET active = 0");
    framework_hear(&inside.app, &(struct hint){.kind = HINT_PROGRAMME});
    inside_wait_text(&inside, "LOCKED");
}

static void head__no_channel__is_said(void **state)
{
    (void)state;
    assert_null(strstr(inside_row(&inside, 0), "no channel"));
    inside.app.framework->deaf = true;
    inside_wait_text(&inside, "no channel");
}

static void park__nothing_to_park__is_said(void **state)
{
    (void)state;
    inside_type(&inside, "n");
    inside_wait_text(&inside, "the basket is empty: nothing to park");
}

#define HAND(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HAND(hand__digits_over_an_untouched_basket__ask_at_once),
        HAND(hand__n_before_enter__parks_and_keeps_the_digits),
        HAND(hand__y_over_an_untouched_basket__adds),
        HAND(hand__esc__leaves_the_basket_as_it_is),
        HAND(hand__basket_in_use__is_not_asked_about),
        HAND(hand__basket_of_another_show__gets_these_as_well),
        HAND(hand__untouched_basket_of_another_show__n_parks_y_adds),
        HAND(hand__keys_behind_the_question__are_dropped_and_told),
        HAND(hand__keys_before_a_first_read__are_kept_and_told),
        HAND(park__ten_minutes__are_told_and_g_gets_it_back),
        HAND(park__run_out__is_said),
        HAND(park__of_a_basket_that_ran_out__empties_it),
        HAND(park__seats_gone_elsewhere__is_no_longer_shown),
        HAND(park__basket_in_use__is_parked_before_another_comes),
        HAND(park__several__g_lists_them_and_the_last_comes_first),
        HAND(park__taken_elsewhere_meanwhile__names_the_taker),
        HAND(menu__demo_alone__offers_to_start_for_real),
        HAND(pay__open_for_eight_minutes__rings),
        HAND(lock__minutes_without_a_key__locks_and_keeps_the_hold),
        HAND(lock__no_staff__says_that_nobody_signs_in),
        HAND(staff__first_of_the_house__screens_ask_for_a_sign_in),
        HAND(staff__who_left__is_locked_out),
        HAND(head__no_channel__is_said),
        HAND(park__nothing_to_park__is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
