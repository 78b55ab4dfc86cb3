/* Ticket types on the screen: listed, added, changed, by whom it may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/ticket_types.h"
#include "tests/kit/front.h"

#define OF_CHILD(what) "SELECT " what " FROM ticket_types WHERE digit = 2"
#define HOUSE(what)    "SELECT count(*) FROM journal WHERE book = 'house' AND what = '" what "'"

static struct front front;
static struct stage demo; /* with staff */
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

static int demo_setup(void **state)
{
    (void)state;
    stage_init(&demo);
    return 0;
}

static int demo_teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    stage_fini(&demo);
    return 0;
}

static void open_types(int rows, int columns)
{
    front_open(&front, &one, "till-1", rows, columns, NULL);
    stage_choose(&one, "Ticket types");
    pty_wait_text(&one, "a new one");
}

/* The form of the child's, the second of the list. */
static void open_child(void)
{
    open_types(0, 0);
    pty_type(&one, "j\r");
    pty_wait_text(&one, "TICKET TYPE 2");
    pty_wait_text(&one, "Name      child");
}

static void types__drawn__each_with_digit_per_cent_and_tax(void **state)
{
    (void)state;
    open_types(0, 0);
    assert_non_null(strstr(pty_row(&one, 2), " Digit  Name "));
    assert_non_null(strstr(pty_row(&one, 4), ">     1  adult "));
    assert_non_null(strstr(pty_row(&one, 4), "  100      as set"));
    assert_non_null(strstr(pty_row(&one, 5), "      2  child "));
    assert_non_null(strstr(pty_row(&one, 5), "   65      as set"));
}

static void types__new_one__is_added_with_prices_and_sold(void **state)
{
    (void)state;
    open_types(0, 0);
    pty_type(&one, "\033[F\r"); /* End */
    pty_wait_text(&one, "Digit     4");
    pty_type(&one, "Sénior\t\t\02550\t5,5\r");
    pty_wait_text(&one, "4 Sénior: 50 per cent; 2 shows still to come got prices for it");
    pty_wait_text(&one, "      4  Sénior ");
    assert_int_equal(stage_number(&front.stage, "SELECT tax FROM ticket_types WHERE digit = 4"),
                     550);
    assert_int_equal(stage_number(&front.stage, HOUSE("type_add")), 1);
    pty_type(&one, "\033");
    pty_wait_text(&one, "BASKET empty");
    pty_type(&one, "1\r");
    pty_wait_text(&one, "1 seat   TOTAL   10.00");
    pty_type(&one, "t4");
    pty_wait_text(&one, "4 Sénior     5.00");
}

static void types__changed__name_digit_per_cent_and_tax(void **state)
{
    (void)state;
    open_child();
    pty_type(&one, "\025Kid\t\0255\t\02540\t7\r");
    pty_wait_text(&one, "5 Kid: 40 per cent");
    pty_wait_text(&one, ">     5  Kid "); /* the cursor stays on it */
    pty_wait_text(&one, "  7.00");
    assert_int_equal(stage_number(&front.stage, "SELECT percent FROM ticket_types WHERE digit = 5"
                                                " AND name = 'Kid' AND tax = 700"),
                     40);
    assert_int_equal(stage_number(&front.stage, HOUSE("type_change")), 1);
    /* Prices that are there stay. */
    assert_int_equal(stage_number(&front.stage,
                                  "SELECT amount FROM prices WHERE show_id = 1 AND zone = 'back'"
                                  " AND type_id = 2"),
                     650);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Tax %     7.00");
    pty_type(&one, "\t\t\t\025\r"); /* back to that of the setting */
    pty_wait_text(&one, "5 Kid: 40 per cent");
    assert_int_equal(
        stage_number(&front.stage, "SELECT tax IS NULL FROM ticket_types WHERE digit = 5"), 1);
}

static void types__refused__say_why_and_keep_the_draft(void **state)
{
    static const struct {
        const char *keys, *why;
    } tries[] = {
        {"\025\r", "a name is wanted"},
        {"Kid\t\0251\r", "the digit 1 is that of adult"},
        {"\025x\r", "which digit? 1 to 9"},
        {"\0252\t\025101\r", "0 to 100 per cent"},
        {"\025\r", "how many per cent? 0 to 100"},
        {"65\t\025abc\r", "a tax rate is 0 to 99.99 per cent"},
    };

    (void)state;
    open_child();
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pty_type(&one, tries[i].keys);
        pty_wait_text(&one, tries[i].why);
    }
    pty_wait_text(&one, "Name      Kid");
    assert_int_equal(stage_number(&front.stage, OF_CHILD("percent")), 65);
    pty_type(&one, "\033");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "\033");
    pty_wait_text(&one, "a new one");
    assert_int_equal(stage_number(&front.stage, HOUSE("type_change")), 0);
}

static void types__sold_no_more__is_offered_nowhere_and_keeps_its_name(void **state)
{
    (void)state;
    open_child();
    pty_type(&one, "\033[Z\025n\r"); /* Shift-Tab: the last field */
    pty_wait_text(&one, "not sold");
    assert_int_equal(stage_number(&front.stage, OF_CHILD("retired")), 1);
    pty_type(&one, "\033[H\r");
    pty_wait_text(&one, "Name      adult");
    pty_type(&one, "\033[Z\025n\r");
    pty_wait_text(&one, "the first ticket type stays");
    pty_type(&one, "\025x\r");
    pty_wait_text(&one, "is it sold? y or n");
    pty_type(&one, "\033\033\033");
    pty_wait_text(&one, "BASKET empty");
    pty_type(&one, "1\r");
    pty_wait_text(&one, " TOTAL   10.00");
    pty_type(&one, "t");
    pty_wait_text(&one, "1 adult 10.00  3 student 8.00");
    pty_type(&one, "2");
    pty_wait_text(&one, "there is no ticket type 2");
}

static void types__nine__leave_no_place_for_more(void **state)
{
    (void)state;
    for (int32_t digit = 4; digit <= 9; digit++) {
        struct type_request request = {.digit = digit, .tax = TYPE_TAX_SETTING};
        struct type_reply reply;

        (void)snprintf(request.name, sizeof request.name, "Type %d", (int)digit);
        front_do(&front, &verb_type_add, &request, &reply);
    }
    front_open(&front, &one, "till-1", 12, 40, NULL);
    stage_choose(&one, "Ticket types");
    pty_wait_text(&one, ">     1  adult ");
    pty_type(&one, "\033[F");
    pty_wait_text(&one, ">     9  Type 9 ");
    assert_int_equal(pty_find(&one, "a new one"), -1);
}

static void types__clerk__needs_a_manager(void **state)
{
    (void)state;
    stage_open(&demo, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "BASKET empty");
    stage_choose(&one, "Ticket types");
    pty_wait_text(&one, "a new one");
    pty_type(&one, "j\r");
    pty_wait_text(&one, "Name      child");
    pty_type(&one, "\t\t\02560\r");
    pty_wait_text(&one, "Who approves it?");
    assert_int_equal(stage_number(&demo, OF_CHILD("percent")), 65);
    pty_type(&one, "2\t222222\r"); /* a supervisor */
    pty_wait_text(&one, "needs a manager: Tom is");
    assert_int_equal(stage_number(&demo, OF_CHILD("percent")), 65);
    pty_type(&one, "3\t333333\r");
    pty_wait_text(&one, "2 child: 60 per cent");
    assert_int_equal(stage_number(&demo, OF_CHILD("percent")), 60);
    assert_int_equal(stage_number(&demo, HOUSE("type_change") " AND operator = 1"), 1);
}

#define TYPES(test)   cmocka_unit_test_setup_teardown(test, setup, teardown)
#define OF_DEMO(test) cmocka_unit_test_setup_teardown(test, demo_setup, demo_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TYPES(types__drawn__each_with_digit_per_cent_and_tax),
        TYPES(types__new_one__is_added_with_prices_and_sold),
        TYPES(types__changed__name_digit_per_cent_and_tax),
        TYPES(types__refused__say_why_and_keep_the_draft),
        TYPES(types__sold_no_more__is_offered_nowhere_and_keeps_its_name),
        TYPES(types__nine__leave_no_place_for_more),
        OF_DEMO(types__clerk__needs_a_manager),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
