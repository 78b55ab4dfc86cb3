/* Parking a basket and taking it up, from any terminal, once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/park.h"
#include "core/rules/deadline.h"
#include "tests/kit/counter.h"
#include "tests/kit/race.h"

enum { GETTERS = 8 };

static void hold_at(struct counter *c, const char *key, show_id show, const char *seats)
{
    struct hold_request request = counter_hold(c, key, "counter-1", seats);
    struct hold_reply reply;

    request.show = show;
    assert_int_equal(counter_do(c, &verb_hold, &request, &reply), RC_OK);
}

static enum rc park(struct counter *c, const char *key, struct park_reply *reply)
{
    struct park_request request = {.ask = counter_ask(c, key, "counter-1")};

    return counter_do(c, &verb_park, &request, reply);
}

static struct get_request get_request(struct counter *c, const char *terminal, const char *parked,
                                      const char *basket)
{
    struct get_request request = {.ask = counter_ask(c, NULL, terminal)};

    (void)snprintf(request.parked, sizeof request.parked, "%s", parked);
    (void)snprintf(request.basket, sizeof request.basket, "%s", basket);
    return request;
}

static enum rc get(struct counter *c, const char *terminal, const char *parked, const char *basket,
                   struct get_reply *reply)
{
    struct get_request request = get_request(c, terminal, parked, basket);

    return counter_do(c, &verb_get, &request, reply);
}

static struct parked_list *parked(struct counter *c)
{
    struct parked_list *list = NULL;
    struct fault why;

    assert_int_equal(parked_read(c->box.db, c->box.now, &list, &why), RC_OK);
    return list;
}

static size_t count(struct counter *c)
{
    struct parked_list *list = parked(c);
    size_t n = list->n;

    free(list);
    return n;
}

static void park__basket__keeps_ten_minutes_and_is_listed(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;

    hold_at(c, "one", c->show, "B3 B4");
    c->box.now += 2 * WHEN_MINUTE;
    assert_int_equal(park(c, "one", &reply), RC_OK);
    assert_int_equal(reply.n, 2);
    assert_int_equal(reply.until, c->box.now + 10 * WHEN_MINUTE);
    assert_int_equal(counter_number(c, "SELECT min(until) FROM claims"), reply.until);
    struct parked_list *list = parked(c);
    assert_int_equal(list->n, 1);
    assert_string_equal(list->rows[0].key, "one");
    assert_string_equal(list->rows[0].terminal, "counter-1");
    assert_int_equal(list->rows[0].n, 2);
    assert_int_equal(list->rows[0].n_shows, 1);
    assert_int_equal(list->rows[0].show.n, c->show.n);
    assert_int_equal(list->rows[0].seats[1].n, box_seat(&c->box, c->hall, "B4").n);
    assert_int_equal(list->rows[0].until, reply.until);
    free(list);
}

static void park__shorter__ends_sooner_and_never_later(void **state)
{
    struct counter *c = *state;
    struct park_request request = {.ask = counter_ask(c, "one", "counter-1")};
    struct park_reply reply;

    hold_at(c, "one", c->show, "B3");
    request.keep_ms = WHEN_MINUTE;
    assert_int_equal(counter_do(c, &verb_park, &request, &reply), RC_OK);
    assert_int_equal(reply.until, c->box.now + WHEN_MINUTE);
    request.keep_ms = WHEN_HOUR;
    assert_int_equal(counter_do(c, &verb_park, &request, &reply), RC_OK);
    assert_int_equal(reply.until, c->box.now + HOLD_MOST);
}

static void park__tells__that_seats_and_parked_baskets_changed(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    assert_int_equal(reply.told.n, 2);
    assert_int_equal(reply.told.hints[0].kind, HINT_SEATS);
    assert_int_equal(reply.told.hints[0].show, c->show.n);
    assert_int_equal(reply.told.hints[1].kind, HINT_PARKED);
}

static void park__over__is_free_for_others_and_listed_no_more(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    struct get_reply got;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    c->box.now += 10 * WHEN_MINUTE;
    assert_int_equal(count(c), 0);
    assert_int_equal(get(c, "counter-2", "one", "two", &got), RC_NOT_FOUND);
    assert_string_equal(c->why.text, "that basket has run out, its seats were given back");
    counter_sell(c, "B3");
}

static void park__nothing_held__is_refused_and_lists_nothing(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;

    assert_int_equal(park(c, "one", &reply), RC_NOT_FOUND);
    hold_at(c, "one", c->show, "B3");
    c->box.now += HOLD_IDLE;
    assert_int_equal(park(c, "one", &reply), RC_NOT_FOUND);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM parked"), 0);
}

static void get__from_another_terminal__holds_for_it(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    struct get_reply got;

    hold_at(c, "one", c->show, "B3 B4");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    c->box.now += 9 * WHEN_MINUTE;
    assert_int_equal(get(c, "counter-2", "one", "two", &got), RC_OK);
    assert_int_equal(got.n, 2);
    assert_int_equal(got.show.n, c->show.n);
    assert_int_equal(got.until, c->box.now + HOLD_IDLE);
    assert_int_equal(count(c), 0);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE owner = 'two'"
                                       " AND terminal = 'counter-2'"),
                     2);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE owner = 'one'"), 0);
    /* It is sold under the key that has it now. */
    struct book_request sale = counter_book(c, "two", "counter-2", "B3 B4");
    struct booking_reply sold;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
}

static void get__the_old_key__can_do_nothing_with_the_seats(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    struct get_reply got;
    struct booking_reply sold;
    struct release_request release = {.ask = counter_ask(c, "one", "counter-1")};
    struct release_reply released;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    assert_int_equal(get(c, "counter-2", "one", "two", &got), RC_OK);
    assert_int_equal(counter_do(c, &verb_release, &release, &released), RC_OK);
    assert_int_equal(released.n, 0);
    struct book_request sale = counter_book(c, "one", "counter-1", "B3");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_TAKEN);
    assert_non_null(strstr(c->why.text, "held by counter-2"));
    assert_int_equal(park(c, "one", &reply), RC_NOT_FOUND);
}

static void get__second__names_who_was_quicker(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    struct get_reply got;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    assert_int_equal(get(c, "counter-2", "one", "two", &got), RC_OK);
    assert_int_equal(get(c, "counter-3", "one", "three", &got), RC_TAKEN);
    assert_string_equal(c->why.text, "counter-2 took that basket up");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE owner = 'two'"), 1);
}

/* An answer that was lost is asked for again with the same key. */
static void get__same_key_again__is_the_first_answer(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    struct get_reply first, again;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    struct get_request request = get_request(c, "counter-2", "one", "two");
    assert_int_equal(counter_do(c, &verb_get, &request, &first), RC_OK);
    assert_int_equal(counter_do(c, &verb_get, &request, &again), RC_OK);
    assert_int_equal(again.told.replayed, 1);
    assert_int_equal(again.n, first.n);
}

static void get__into_itself_or_nothing__is_refused(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    struct get_reply got;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    assert_int_equal(get(c, "counter-2", "one", "one", &got), RC_BAD_INPUT);
    assert_int_equal(get(c, "counter-2", "one", "", &got), RC_BAD_INPUT);
    assert_int_equal(count(c), 1);
}

static void park__two_shows__go_together(void **state)
{
    struct counter *c = *state;
    show_id other = box_show(&c->box, c->hall, "Stalker", BOX_NOW + 8 * WHEN_HOUR);
    struct park_reply reply;
    struct get_reply got;

    hold_at(c, "one", c->show, "B3 B4");
    hold_at(c, "one", other, "C1");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    assert_int_equal(reply.n, 3);
    struct parked_list *list = parked(c);
    assert_int_equal(list->n, 1);
    assert_int_equal(list->rows[0].n, 3);
    assert_int_equal(list->rows[0].n_shows, 2);
    free(list);
    assert_int_equal(get(c, "counter-2", "one", "two", &got), RC_OK);
    assert_int_equal(got.n, 3);
    assert_int_equal(counter_number(c, "SELECT count(DISTINCT show_id) FROM claims"
                                       " WHERE owner = 'two'"),
                     2);
}

static void park__several__are_listed_oldest_first(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;

    hold_at(c, "zz", c->show, "B3");
    assert_int_equal(park(c, "zz", &reply), RC_OK);
    c->box.now += WHEN_MINUTE;
    hold_at(c, "aa", c->show, "B5");
    assert_int_equal(park(c, "aa", &reply), RC_OK);
    struct parked_list *list = parked(c);
    assert_int_equal(list->n, 2);
    assert_string_equal(list->rows[0].key, "zz");
    assert_string_equal(list->rows[1].key, "aa");
    free(list);
}

/* What was parked long ago leaves no rows behind. */
static void park__rows_of_the_past__go(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;

    hold_at(c, "one", c->show, "B3");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    c->box.now += WHEN_HOUR;
    hold_at(c, "two", c->show, "B5");
    assert_int_equal(park(c, "two", &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM parked"), 1);
}

static int get_one(struct sql *db, int nth, void *context)
{
    struct counter *c = context;
    struct get_request request = {0};
    struct get_reply reply;
    struct fault why;
    char terminal[TERMINAL_SIZE];

    (void)snprintf(terminal, sizeof terminal, "till-%d", nth);
    verb_ask(&request.ask, db, NULL, terminal, 1);
    request.ask.now = c->box.now;
    (void)snprintf(request.parked, sizeof request.parked, "one");
    (void)snprintf(request.basket, sizeof request.basket, "basket-%d", nth);
    return (int)verb_do(db, &verb_get, &request, &reply, &why);
}

static void get__eight_at_once__one_has_it(void **state)
{
    struct counter *c = *state;
    struct park_reply reply;
    int results[GETTERS];

    hold_at(c, "one", c->show, "B3 B4 B5");
    assert_int_equal(park(c, "one", &reply), RC_OK);
    race_run(&c->box, GETTERS, get_one, c, results);
    assert_int_equal(race_count(results, GETTERS, RC_OK), 1);
    assert_int_equal(race_count(results, GETTERS, RC_TAKEN), GETTERS - 1);
    assert_int_equal(counter_number(c, "SELECT count(DISTINCT owner) FROM claims"), 1);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM claims WHERE owner <> 'one'"), 3);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'get'"), 1);
}

#define PARK(test) cmocka_unit_test_setup_teardown(test, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PARK(park__basket__keeps_ten_minutes_and_is_listed),
        PARK(park__shorter__ends_sooner_and_never_later),
        PARK(park__tells__that_seats_and_parked_baskets_changed),
        PARK(park__over__is_free_for_others_and_listed_no_more),
        PARK(park__nothing_held__is_refused_and_lists_nothing),
        PARK(get__from_another_terminal__holds_for_it),
        PARK(get__the_old_key__can_do_nothing_with_the_seats),
        PARK(get__second__names_who_was_quicker),
        PARK(get__same_key_again__is_the_first_answer),
        PARK(get__into_itself_or_nothing__is_refused),
        PARK(park__two_shows__go_together),
        PARK(park__several__are_listed_oldest_first),
        PARK(park__rows_of_the_past__go),
        PARK(get__eight_at_once__one_has_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
