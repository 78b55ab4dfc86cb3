#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/tidy.h"
#include "tests/kit/counter.h"

/* Holds and expects it to be done. */
static struct hold_reply hold(struct counter *c, const char *key, const char *seats)
{
    struct hold_request request = counter_hold(c, key, "counter-1", seats);
    struct hold_reply reply;

    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
    return reply;
}

static struct hold_reply hold_best(struct counter *c, const char *key, int32_t n, int32_t rank)
{
    struct hold_request request = counter_hold(c, key, "counter-1", "");
    struct hold_reply reply;

    request.best = n;
    request.rank = rank;
    request.replace = 1;
    request.together = 1;
    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
    return reply;
}

static int64_t held(struct counter *c)
{
    return counter_number(c, "SELECT COUNT(*) FROM claims WHERE state = 'held'");
}

static void hold__listed__three_minutes(void **state)
{
    struct counter *c = *state;
    struct hold_reply reply = hold(c, "basket", "B4 B3");

    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.pieces, 1);
    assert_int_equal(reply.until, BOX_NOW + 3 * WHEN_MINUTE);
    assert_int_equal(reply.told.hints[0].kind, HINT_SEATS);
    assert_string_equal(counter_state(c, "B3"), "held");
}

static void hold__leaves_a_single_seat__is_told(void **state)
{
    struct counter *c = *state;
    struct hold_reply reply = hold(c, "basket", "B2");

    assert_int_equal(reply.gaps, 1);
    reply = hold(c, "basket", "B1");
    assert_int_equal(reply.gaps, 0);
}

static void hold__again__refreshes_up_to_ten_minutes(void **state)
{
    struct counter *c = *state;
    struct hold_reply reply = hold(c, "basket", "B3");

    for (int i = 0; i < 4; i++) {
        c->box.now += 2 * WHEN_MINUTE;
        reply = hold(c, "basket", "B3");
    }
    assert_int_equal(reply.until, BOX_NOW + 10 * WHEN_MINUTE);
    assert_int_equal(held(c), 1);
}

static void hold__best_again_with_replace__does_nothing_new(void **state)
{
    struct counter *c = *state;
    struct hold_reply first = hold_best(c, "basket", 2, 0);
    struct hold_reply again = hold_best(c, "basket", 2, 0);
    struct hold_reply next = hold_best(c, "basket", 2, 1);

    assert_memory_equal(first.seats, again.seats, sizeof first.seats);
    assert_memory_not_equal(first.seats, next.seats, sizeof first.seats);
    assert_int_equal(held(c), 2);
    assert_int_equal(hold_best(c, "basket", 5, 0).n, 5);
    assert_int_equal(held(c), 5);
}

static void hold__not_together__names_the_pieces_and_holds_nothing(void **state)
{
    struct counter *c = *state;
    struct hold_request request = counter_hold(c, "basket", "counter-1", "");
    struct hold_reply reply;

    counter_sell(c, "C4");
    request.best = 9;
    request.together = 1;
    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_APART);
    assert_int_equal(reply.n, 9);
    assert_true(reply.pieces > 1);
    assert_int_equal(held(c), 0);
    request.together = 0;
    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
    assert_int_equal(held(c), 9);
}

static void hold__taken__names_the_holder(void **state)
{
    struct counter *c = *state;
    struct hold_request other = counter_hold(c, "other", "counter-2", "B3 B4");
    struct hold_reply reply;

    hold(c, "basket", "B4");
    assert_int_equal(counter_do(c, &verb_hold, &other, &reply), RC_TAKEN);
    assert_string_equal(c->why.text, "B4 is held by counter-1 until 13:03");
    assert_int_equal(reply.n, 0);
    assert_string_equal(counter_state(c, "B3"), "free");
}

static void hold__without_a_basket__is_refused(void **state)
{
    struct counter *c = *state;
    struct hold_request request = counter_hold(c, "", "counter-1", "B3");
    struct hold_reply reply;

    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_BAD_INPUT);
}

static void hold__sixty_one_seats__is_refused(void **state)
{
    struct counter *c = *state;
    struct hold_request request;
    struct hold_reply reply;
    show_id shows[3];

    for (int i = 0; i < 3; i++) {
        shows[i] = box_show(&c->box, c->hall, "Stalker", COUNTER_STARTS + (i + 1) * 6 * WHEN_HOUR);
        request = counter_hold(c, "basket", "counter-1", "");
        request.show = shows[i];
        request.best = 20;
        assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
    }
    request = counter_hold(c, "basket", "counter-1", "B3");
    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_REFUSED);
    assert_int_equal(held(c), 60);
}

static void hold__ended__is_anyones(void **state)
{
    struct counter *c = *state;

    hold(c, "basket", "B3");
    c->box.now += 3 * WHEN_MINUTE - 1;
    assert_false(tidy_due(c->box.db, c->show, c->box.now, ""));
    c->box.now++;
    assert_true(tidy_due(c->box.db, c->show, c->box.now, ""));
    assert_false(tidy_due(c->box.db, c->show, c->box.now, "basket"));
    hold(c, "other", "B3");
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM journal WHERE what = 'tidy'"), 1);
}

static void hold__own_one_that_ended__begins_anew(void **state)
{
    struct counter *c = *state;

    hold(c, "basket", "B3");
    c->box.now += 11 * WHEN_MINUTE;
    assert_int_equal(hold(c, "basket", "B3").until, c->box.now + 3 * WHEN_MINUTE);
    c->box.now += 2 * WHEN_MINUTE;
    assert_int_equal(hold(c, "basket", "B3").until, c->box.now + 3 * WHEN_MINUTE);
}

static void release__some_and_all__are_free(void **state)
{
    struct counter *c = *state;
    struct release_request release = {.ask = counter_ask(c, "basket", "counter-1"),
                                      .show = c->show};
    struct release_reply reply;

    hold(c, "basket", "B3 B4 B5");
    hold(c, "other", "B6");
    release.n = counter_seats(c, "B4 B6", release.seats);
    assert_int_equal(counter_do(c, &verb_release, &release, &reply), RC_OK);
    assert_int_equal(reply.n, 1);
    assert_string_equal(counter_state(c, "B4"), "free");
    release.n = 0;
    release.show.n = 0;
    assert_int_equal(counter_do(c, &verb_release, &release, &reply), RC_OK);
    assert_int_equal(reply.n, 2);
    assert_int_equal(held(c), 1);
    assert_int_equal(counter_do(c, &verb_release, &release, &reply), RC_OK);
    assert_int_equal(reply.n, 0);
    assert_int_equal(reply.told.n, 0);
}

static void release__while_people_wait__goes_to_the_list(void **state)
{
    struct counter *c = *state;
    struct release_request release = {.ask = counter_ask(c, "basket", "counter-1")};
    struct release_reply reply;

    hold(c, "basket", "B3");
    counter_wait(c, "Kari", 2);
    assert_int_equal(counter_do(c, &verb_release, &release, &reply), RC_OK);
    assert_string_equal(counter_state(c, "B3"), "returned");
    assert_int_equal(reply.told.hints[0].kind, HINT_RETURNED);
}

static void release__nothing_to_give__leaves_the_show_as_it_is(void **state)
{
    struct counter *c = *state;
    struct release_request release = {.ask = counter_ask(c, "basket", "counter-1"),
                                      .show = c->show};
    struct release_reply reply;
    int64_t rev;

    hold(c, "basket", "B3");
    rev = counter_number(c, "SELECT rev FROM shows");
    release.n = counter_seats(c, "B4", release.seats);
    assert_int_equal(counter_do(c, &verb_release, &release, &reply), RC_OK);
    assert_int_equal(reply.n, 0);
    assert_int_equal(reply.told.n, 0);
    assert_int_equal(counter_number(c, "SELECT rev FROM shows"), rev);
    assert_string_equal(counter_state(c, "B3"), "held");
}

static void touch__activity__keeps_the_basket(void **state)
{
    struct counter *c = *state;
    struct touch_request touch;
    struct touch_reply reply;

    hold(c, "basket", "B3");
    c->box.now += 2 * WHEN_MINUTE;
    touch = (struct touch_request){.ask = counter_ask(c, "basket", "counter-1")};
    assert_int_equal(counter_do(c, &verb_touch, &touch, &reply), RC_OK);
    assert_int_equal(reply.n, 1);
    assert_int_equal(reply.until, BOX_NOW + 5 * WHEN_MINUTE);
    touch.ask.now = BOX_NOW + 9 * WHEN_MINUTE;
    assert_int_equal(counter_do(c, &verb_touch, &touch, &reply), RC_OK);
    assert_int_equal(reply.until, BOX_NOW + 10 * WHEN_MINUTE);
}

/* Others are shown the minute in which a hold ends; a touch that leaves it as it was tells them
 * nothing and costs them no reading. */
static void touch__same_minute__leaves_the_show_as_it_is(void **state)
{
    struct counter *c = *state;
    struct touch_request touch;
    struct touch_reply reply;
    int64_t rev;

    hold(c, "basket", "B3 B4");
    rev = counter_number(c, "SELECT rev FROM shows");
    touch = (struct touch_request){.ask = counter_ask(c, "basket", "counter-1")};
    for (int seconds = 20; seconds < 60; seconds += 20) {
        touch.ask.now = BOX_NOW + seconds * WHEN_SECOND;
        assert_int_equal(counter_do(c, &verb_touch, &touch, &reply), RC_OK);
        assert_int_equal(reply.until, touch.ask.now + 3 * WHEN_MINUTE);
        assert_int_equal(reply.told.n, 0);
        assert_int_equal(counter_number(c, "SELECT rev FROM shows"), rev);
    }
    touch.ask.now = BOX_NOW + WHEN_MINUTE;
    assert_int_equal(counter_do(c, &verb_touch, &touch, &reply), RC_OK);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.told.n, 1);
    assert_int_equal(reply.told.hints[0].rev, rev + 1);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM claims WHERE until = 1795438800000"
                                       " + 240000"),
                     2);
}

static void touch__pay_open__ten_minutes_from_then(void **state)
{
    struct counter *c = *state;
    struct touch_request touch;
    struct touch_reply reply;

    hold(c, "basket", "B3");
    c->box.now += 2 * WHEN_MINUTE;
    touch = (struct touch_request){
        .ask = counter_ask(c, "basket", "counter-1"), .pay = 1, .since = c->box.now};
    touch.ask.now += 8 * WHEN_MINUTE;
    assert_int_equal(counter_do(c, &verb_touch, &touch, &reply), RC_OK);
    assert_int_equal(reply.until, BOX_NOW + 12 * WHEN_MINUTE);
}

static void retype__child__costs_less(void **state)
{
    struct counter *c = *state;
    struct retype_request request = {.ask = counter_ask(c, "basket", "counter-1"),
                                     .show = c->show,
                                     .seat = box_seat(&c->box, c->hall, "B3")};
    struct retype_reply reply;

    request.type.n = counter_number(c, "SELECT id FROM ticket_types WHERE digit = 2");
    assert_int_equal(counter_do(c, &verb_retype, &request, &reply), RC_NOT_FOUND);
    hold(c, "basket", "B3");
    assert_int_equal(counter_do(c, &verb_retype, &request, &reply), RC_OK);
    assert_true(reply.amount < 1000);
    assert_int_equal(counter_number(c, "SELECT amount FROM claims"), reply.amount);
    request.type.n = 99;
    assert_int_equal(counter_do(c, &verb_retype, &request, &reply), RC_BAD_INPUT);
}

int main(void)
{
#define HOLD_TEST(name) cmocka_unit_test_setup_teardown(name, counter_setup, counter_teardown)
    const struct CMUnitTest tests[] = {
        HOLD_TEST(hold__listed__three_minutes),
        HOLD_TEST(hold__leaves_a_single_seat__is_told),
        HOLD_TEST(hold__again__refreshes_up_to_ten_minutes),
        HOLD_TEST(hold__best_again_with_replace__does_nothing_new),
        HOLD_TEST(hold__not_together__names_the_pieces_and_holds_nothing),
        HOLD_TEST(hold__taken__names_the_holder),
        HOLD_TEST(hold__without_a_basket__is_refused),
        HOLD_TEST(hold__sixty_one_seats__is_refused),
        HOLD_TEST(hold__ended__is_anyones),
        HOLD_TEST(hold__own_one_that_ended__begins_anew),
        HOLD_TEST(release__some_and_all__are_free),
        HOLD_TEST(release__while_people_wait__goes_to_the_list),
        HOLD_TEST(release__nothing_to_give__leaves_the_show_as_it_is),
        HOLD_TEST(touch__activity__keeps_the_basket),
        HOLD_TEST(touch__same_minute__leaves_the_show_as_it_is),
        HOLD_TEST(touch__pay_open__ten_minutes_from_then),
        HOLD_TEST(retype__child__costs_less),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
