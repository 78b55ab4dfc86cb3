/* Ticket types and price lists, and what somebody was shown before they changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/pricing.h"
#include "core/desk/staff.h"
#include "core/desk/ticket_types.h"
#include "core/rules/price.h"
#include "tests/kit/counter.h"

static struct type_request wish(struct counter *c, const char *name, int32_t digit, int32_t percent)
{
    struct type_request request = {.ask = counter_ask(c, NULL, "counter-1"),
                                   .digit = digit,
                                   .percent = percent,
                                   .tax = TYPE_TAX_SETTING};

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    return request;
}

static enum rc add(struct counter *c, const char *name, int32_t digit, int32_t percent,
                   struct type_reply *reply)
{
    struct type_request request = wish(c, name, digit, percent);

    return counter_do(c, &verb_type_add, &request, reply);
}

static enum rc set(struct counter *c, const char *zone, int64_t type, money amount)
{
    struct price_request request = {.ask = counter_ask(c, NULL, "counter-1"),
                                    .show = c->show,
                                    .type = {type},
                                    .amount = amount};
    struct price_reply reply;

    (void)snprintf(request.zone, sizeof request.zone, "%s", zone);
    return counter_do(c, &verb_price, &request, &reply);
}

static void type_add__new_one__has_prices_as_if_it_had_always_been(void **state)
{
    struct counter *c = *state;
    struct type_reply reply;
    show_id later;
    int64_t rev = counter_number(c, "SELECT rev FROM shows WHERE id = 1");

    assert_int_equal(add(c, "  Senior ", 4, 73, &reply), RC_OK);
    assert_string_equal(reply.type.name, "Senior");
    assert_int_equal(reply.shows, 1);
    assert_int_equal(reply.told.hints[0].kind, HINT_PROGRAMME);
    assert_int_equal(counter_number(c, "SELECT rev FROM shows WHERE id = 1"), rev + 1);
    assert_int_equal(counter_number(c, "SELECT amount FROM prices WHERE type_id = 4"
                                       " AND zone = 'back'"),
                     price_of_percent(1300, 73, 50));
    /* What is added from now on has it by itself, at the same price. */
    later = box_show(&c->box, c->hall, "Later", COUNTER_STARTS + 24 * WHEN_HOUR);
    assert_int_equal(later.n, 2);
    assert_int_equal(counter_number(c, "SELECT amount FROM prices WHERE show_id = 2 AND"
                                       " type_id = 4 AND zone = 'back'"),
                     price_of_percent(1000, 73, 50));
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE book = 'house' AND what"
                                       " = 'type_add' AND after LIKE '%\"name\":\"Senior\"%'"),
                     1);
}

static void type_add__whole_price__is_that_of_the_first_to_the_cent(void **state)
{
    struct counter *c = *state;
    struct type_reply reply;

    assert_int_equal(set(c, "back", 1, 1333), RC_OK);
    assert_int_equal(add(c, "Friend", 9, 100, &reply), RC_OK);
    assert_int_equal(
        counter_number(c, "SELECT amount FROM prices WHERE type_id = 4 AND zone = 'back'"), 1333);
}

static void type_add__digit_or_name_taken_or_out_of_range__is_refused(void **state)
{
    struct counter *c = *state;
    struct type_reply reply;

    assert_int_equal(add(c, "Senior", 2, 50, &reply), RC_EXISTS);
    assert_string_equal(c->why.text, "the digit 2 is that of child");
    assert_int_equal(add(c, "CHILD", 5, 50, &reply), RC_EXISTS);
    assert_int_equal(add(c, "2", 5, 50, &reply), RC_EXISTS); /* or --type 2 meant two */
    assert_int_equal(add(c, " ", 5, 50, &reply), RC_BAD_INPUT);
    assert_int_equal(add(c, "Senior", 0, 50, &reply), RC_BAD_INPUT);
    assert_int_equal(add(c, "Senior", 10, 50, &reply), RC_BAD_INPUT);
    assert_int_equal(add(c, "Senior", 5, 101, &reply), RC_BAD_INPUT);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM ticket_types"), 3);
}

static void type_change__keeps_what_was_not_asked_for_and_all_prices(void **state)
{
    struct counter *c = *state;
    struct type_request request = wish(c, "Kid", TYPE_KEPT, TYPE_KEPT);
    struct type_reply reply;
    money total = counter_number(c, "SELECT sum(amount) FROM prices");

    request.of = 2;
    request.tax = 700;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM ticket_types WHERE digit = 2 AND"
                                       " percent = 65 AND tax = 700 AND name = 'Kid'"),
                     1);
    assert_int_equal(counter_number(c, "SELECT sum(amount) FROM prices"), total);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'type_change' AND"
                                       " before LIKE '%\"name\":\"child\"%' AND"
                                       " after LIKE '%\"tax\":700%'"),
                     1);
    request = wish(c, "", 7, TYPE_KEPT);
    request.of = 2;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM ticket_types WHERE digit = 7 AND"
                                       " tax IS NULL AND name = 'Kid'"),
                     1);
    request = wish(c, "", 8, TYPE_KEPT);
    request.of = 2;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_NOT_FOUND);
}

/* Is it so on the map, where types are chosen? */
static bool retired_on_map(struct counter *c, int at)
{
    struct map *map = NULL;

    assert_int_equal(map_read(c->box.db, c->show, "", c->box.now, &map, &c->why), RC_OK);
    bool retired = map->types[at].retired;
    free(map);
    return retired;
}

static void type_change__retired__is_marked_on_the_map_and_never_the_first(void **state)
{
    struct counter *c = *state;
    struct type_request request = wish(c, "", TYPE_KEPT, TYPE_KEPT);
    struct type_reply reply;

    request.of = 2;
    request.retired = 1;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_OK);
    assert_true(reply.type.retired);
    assert_true(retired_on_map(c, 1));
    assert_false(retired_on_map(c, 0));
    request = wish(c, "", TYPE_KEPT, TYPE_KEPT); /* the first itself */
    request.of = 1;
    request.retired = 1;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_REFUSED);
    request = wish(c, "", 9, TYPE_KEPT); /* behind one that is retired */
    request.of = 1;
    request.retired = TYPE_KEPT;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_REFUSED);
    request = wish(c, "", TYPE_KEPT, 50);
    request.of = 2;
    request.retired = TYPE_KEPT;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_OK);
    assert_true(retired_on_map(c, 1)); /* as nothing was said of it */
    request = wish(c, "", TYPE_KEPT, TYPE_KEPT);
    request.of = 2;
    assert_int_equal(counter_do(c, &verb_type_change, &request, &reply), RC_OK);
    assert_false(retired_on_map(c, 1));
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'type_change' AND"
                                       " after LIKE '%\"sold\":false%'"),
                     2);
}

/* By a hall that was read before, or a program that chose it by its id. */
static void retired__by_who_does_not_know_it__is_sold_only_from_a_basket_that_has_it(void **state)
{
    struct counter *c = *state;
    struct hold_request had = counter_hold(c, "before", "counter-1", "B3");
    struct hold_request late = counter_hold(c, "after", "counter-1", "B4");
    struct book_request sale = counter_book(c, NULL, "counter-1", "B4");
    struct type_request end = wish(c, "", TYPE_KEPT, TYPE_KEPT);
    struct retype_request retype = {.show = c->show, .seat = late.seats[0], .type = {2}};
    struct type_reply ended;
    struct hold_reply held;
    struct retype_reply retyped;
    struct booking_reply sold;

    had.type.n = late.type.n = sale.types[0].n = 2;
    assert_int_equal(counter_do(c, &verb_hold, &had, &held), RC_OK);
    end.of = 2;
    end.retired = 1;
    assert_int_equal(counter_do(c, &verb_type_change, &end, &ended), RC_OK);
    assert_int_equal(counter_do(c, &verb_hold, &late, &held), RC_REFUSED);
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_REFUSED);
    assert_string_equal(counter_state(c, "B4"), "free");
    late.type.n = 1;
    assert_int_equal(counter_do(c, &verb_hold, &late, &held), RC_OK);
    retype.ask = counter_ask(c, "after", "counter-1");
    assert_int_equal(counter_do(c, &verb_retype, &retype, &retyped), RC_REFUSED);
    sale = counter_book(c, "before", "counter-1", "B3");
    sale.types[0].n = 2;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
}

static void price__set__holds_for_what_is_taken_from_now_on(void **state)
{
    struct counter *c = *state;
    struct hold_request held = counter_hold(c, "basket", "counter-1", "B3");
    struct book_request sale = counter_book(c, "basket", "counter-1", "B3");
    struct hold_reply reply;
    struct booking_reply sold, reserved = counter_reserve(c, "B4");

    assert_int_equal(counter_do(c, &verb_hold, &held, &reply), RC_OK);
    assert_int_equal(set(c, "stalls", 1, 1250), RC_OK);
    assert_int_equal(counter_sell(c, "B5").total, 1250);
    /* Shown before: held, held anew, sold at that; and what is reserved stays as it is. */
    assert_int_equal(counter_do(c, &verb_hold, &held, &reply), RC_OK);
    assert_int_equal(counter_number(c, "SELECT amount FROM claims WHERE state = 'held'"), 1000);
    sale.expected = 1000;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.total, 1000);
    assert_int_equal(counter_number(c, "SELECT amount FROM claims WHERE state = 'reserved'"), 1000);
    assert_int_equal(reserved.total, 1000);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE book = 'show:1' AND"
                                       " what = 'price' AND before LIKE '%\"amount\":1000%' AND"
                                       " after LIKE '%\"amount\":1250%'"),
                     1);
}

static void price__another_type_after_it__costs_what_it_costs_now(void **state)
{
    struct counter *c = *state;
    struct hold_request held = counter_hold(c, "basket", "counter-1", "B3");
    struct book_request sale = counter_book(c, "basket", "counter-1", "B3");
    struct hold_reply reply;
    struct booking_reply sold;

    assert_int_equal(counter_do(c, &verb_hold, &held, &reply), RC_OK);
    assert_int_equal(set(c, "stalls", 2, 555), RC_OK);
    sale.types[0].n = 2;
    assert_int_equal(counter_do(c, &verb_sell, &sale, &sold), RC_OK);
    assert_int_equal(sold.total, 555);
}

static void price__what_there_is_not__is_refused(void **state)
{
    struct counter *c = *state;

    assert_int_equal(set(c, "balcony", 1, 1000), RC_NOT_FOUND);
    assert_int_equal(set(c, "stalls", 77, 1000), RC_NOT_FOUND);
    assert_int_equal(set(c, "stalls", 1, -1), RC_BAD_INPUT);
    assert_int_equal(set(c, "stalls", 1, MONEY_MAX + 1), RC_BAD_INPUT);
    c->box.now = COUNTER_STARTS + WHEN_HOUR;
    assert_int_equal(set(c, "stalls", 1, 1000), RC_TOO_LATE);
    assert_int_equal(counter_number(c, "SELECT count(*) FROM journal WHERE what = 'price'"), 0);
}

static void fault_108__clerk__needs_a_manager_for_prices_and_types(void **state)
{
    struct counter *c = *state;
    struct staff_request boss = {.ask = counter_ask(c, NULL, "counter-1"),
                                 .number = 3,
                                 .role = ROLE_MANAGER,
                                 .name = "Ada",
                                 .hash = "x"};
    struct staff_reply hired;
    struct type_reply reply;

    assert_int_equal(counter_do(c, &verb_staff_add, &boss, &hired), RC_OK);
    assert_int_equal(set(c, "stalls", 1, 1), RC_NEEDS_APPROVAL);
    assert_int_equal(add(c, "Senior", 4, 50, &reply), RC_NEEDS_APPROVAL);
    assert_string_equal(c->why.text, "changing halls, shows and prices needs a manager");
    assert_int_equal(counter_number(c, "SELECT count(*) FROM ticket_types"), 3);
}

#define COUNTER(test) cmocka_unit_test_setup_teardown(test, counter_setup, counter_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTER(type_add__new_one__has_prices_as_if_it_had_always_been),
        COUNTER(type_add__whole_price__is_that_of_the_first_to_the_cent),
        COUNTER(type_add__digit_or_name_taken_or_out_of_range__is_refused),
        COUNTER(type_change__keeps_what_was_not_asked_for_and_all_prices),
        COUNTER(type_change__retired__is_marked_on_the_map_and_never_the_first),
        COUNTER(retired__by_who_does_not_know_it__is_sold_only_from_a_basket_that_has_it),
        COUNTER(price__set__holds_for_what_is_taken_from_now_on),
        COUNTER(price__another_type_after_it__costs_what_it_costs_now),
        COUNTER(price__what_there_is_not__is_refused),
        COUNTER(fault_108__clerk__needs_a_manager_for_prices_and_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
