/* What staff read fits its place: columns do not meet, no word is cut that decides something, and
 * what is gone is not promised. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/house.h"
#include "core/desk/waiting.h"
#include "tests/kit/front.h"

#define LONG_NAME \
    "Abdurrahmanowitsch-Konstantinopolitanischer-Dudelsackpfeifenmachergesellen-Verein, Magdalena"

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

static entry_id join(const char *name, const char *phone, int party, enum fit fit)
{
    struct entry_reply reply;
    struct wait_request request = {.show = front.show, .party = party, .fit = (int32_t)fit};

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    front_do(&front, &verb_wait, &request, &reply);
    return reply.entry;
}

/* All is sold, and these come back once the terminal that assigns is open. */
static reservation_id sell_out_but(const char *seats, const char *others)
{
    reservation_id back = front_sell(&front, seats).reservation;

    front_sell(&front, others);
    front_sell(&front, "C1 C2 C3 C4 C5 C6 C7 C8");
    return back;
}

static void give_back(reservation_id reservation)
{
    struct booking_reply reply;
    struct cancel_request request = {.reservation = reservation};

    front_do(&front, &verb_cancel, &request, &reply);
}

/* A party with a long name and a long number is offered two seats. */
static void offer_two(int rows, int columns)
{
    reservation_id pair =
        sell_out_but("B9 B10", "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 B1 B2 B3 B4 B5 B6 B7 B8");

    (void)join(LONG_NAME, "+49 170 123 456 789 012", 2, FIT_TOGETHER);
    front_open(&front, &one, "counter-one", rows, columns, NULL);
    give_back(pair);
    pty_wait_text(&one, "B9-10");
}

static void calls__at_80_columns__each_column_ends_before_the_next(void **state)
{
    (void)state;
    offer_two(0, 0);
    pty_type(&one, "c");
    pty_wait_text(&one, "  Start Title       Name           Phone            Seats     Caller");
    pty_wait_text(&one, " +49 170 123 456  B9-10     nobody ");
    assert_int_equal(pty_find(&one, "Callleft"), -1);
    pty_type(&one, "c");
    pty_wait_text(&one, " B9-10     you ");
}

static void calls__long_name__leaves_room_for_the_whole_number(void **state)
{
    (void)state;
    offer_two(0, 0);
    pty_type(&one, "c");
    pty_wait_text(&one, "─ +49 170 123 456 789 012 ─");
    pty_resize(&one, 20, 60);
    pty_wait_text(&one, "v: stays number 1; seats go on.");
    pty_wait_text(&one, "─ +49 170 123 456 789 012 ─");
}

static void today__call_to_a_long_name__still_says_until_when_and_who_calls(void **state)
{
    (void)state;
    offer_two(0, 0);
    int row = pty_find(&one, "CALL ");
    assert_true(row > 0);
    pty_wait_text(&one, ", 2 people  until ");
    pty_wait_text(&one, " nobody calls yet c");
    assert_int_equal(pty_find(&one, "CALL "), row);
    pty_resize(&one, 20, 60);
    pty_wait_text(&one, "  nobody c");
}

static void today__at_40x12__captions_stand_apart(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 12, 40, NULL);
    pty_wait_text(&one, "  Start Title ");
}

static void today__other_day__says_which_other_showing_is_today(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_wait_text(&one, "Also: ");
    pty_type(&one, "l");
    pty_wait_gone(&one, "TODAY");
    pty_wait_text(&one, "Also: today ");
}

static void waiting__reasons__never_end_within_a_word(void **state)
{
    struct entry_reply reply;
    struct wait_request chairs = {
        .show = front.show, .party = 2, .wheelchairs = 2, .name = "Aa", .phone = "+47 111 11 111"};

    (void)state;
    reservation_id pair =
        sell_out_but("B9 B10", "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 B1 B2 B3 B4 B5 B6 B7 B8");
    front_do(&front, &verb_wait, &chairs, &reply);
    (void)join("Bb", "+47 222 22 222", 4, FIT_TOGETHER);
    (void)join("Cc", "+47 333 33 333", 6, FIT_PAIRS);
    (void)join("Dd", "+47 444 44 444", 5, FIT_ANY);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "w");
    give_back(pair);
    pty_wait_text(&one, "Why not yet: needs 2 wheelchair places, ");
    pty_wait_text(&one, "> 1    2  Aa ");
    static const char *const shown[] = {" needs 2 w places", " needs 4 together", " needs 3 pairs",
                                        " needs 5 seats"};
    for (int i = 0; i < 4; i++) {
        const char *row = pty_row(&one, 4 + i);
        if (strlen(row) < strlen(shown[i]) ||
            strcmp(row + strlen(row) - strlen(shown[i]), shown[i]) != 0)
            fail_msg("not \"%s\" in: %s", shown[i], row);
    }
}

/* --- what is gone ---------------------------------------------------------------------------- */

static void cancel_show(void)
{
    struct show_cancel_request request = {.show = front.show};
    struct show_reply reply;

    front_do(&front, &verb_show_cancel, &request, &reply);
}

static void hall__show_cancelled_under_the_basket__promises_nothing(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "BASKET      keeps ");
    cancel_show();
    pty_wait_text(&one, "CANCELLED");
    pty_wait_text(&one, "BASKET      2 not held");
    pty_type(&one, "x");
    pty_wait_text(&one, "1 seat of the basket had been given back already");
    pty_wait_text(&one, "BASKET empty");
    pty_type(&one, "j");
    pty_wait_text(&one, "This show is cancelled: its seats are not sold");
}

static void hall__apart_at_40x12__says_which_and_what_to_do(void **state)
{
    (void)state;
    front_sell(&front, "A3 A4 A5 A6 A8 A9 B2 B3 B4 B5 B6 B7 B9 B10");
    front_sell(&front, "C2 C3 C4 C6 C7");
    front_open(&front, &one, "till-1", 12, 40, NULL);
    pty_type(&one, "3\r");
    pty_wait_text(&one, "no 3 together are");
    pty_wait_text(&one, "NO 3 TOGETHER: b holds ");
    pty_wait_text(&one, ", w");
    pty_type(&one, "b");
    pty_wait_text(&one, "BASKET ");
    pty_wait_gone(&one, "NO 3 TOGETHER");
}

static void hall__types_at_40x12__are_all_named(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 12, 40, NULL);
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Best 2 together: ");
    assert_int_equal(pty_find(&one, "b shows"), -1);
    pty_type(&one, "t");
    pty_wait_text(&one, " is:  1 adult  2 child  3 ");
}

static void hall__seats_given_back_meanwhile__are_taken_again_by_their_number(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "BASKET      keeps ");
    front_script(&front, "DELETE FROM claims WHERE state = 'held'");
    front_sell(&front, "A5");
    pty_wait_text(&one, "BASKET      2 not held");
    pty_wait_text(&one, "0 empties it");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "BASKET      keeps ");
    pty_wait_text(&one, "Enter pays it");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'held'", 2);
}

static void hall__basket_of_another_show__is_told_with_time_and_key(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "BASKET      keeps ");
    pty_type(&one, "\033");
    pty_wait_text(&one, "BASKET C4-5");
    pty_type(&one, "l");
    pty_wait_gone(&one, "TODAY ");
    pty_wait_text(&one, "Ran ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ BASKET of another show");
    assert_int_equal(pty_find(&one, "BASKET empty"), -1);
    const char *row = pty_row(&one, pty_find(&one, "│ 2 x "));
    assert_non_null(strstr(row, " Ran"));
    assert_int_equal(row[strlen(row) - 1], 'p');
    pty_type(&one, "p");
    pty_wait_text(&one, "PAY  Ran  TODAY ");
}

static void hall__seat_parked__says_how_to_get_it(void **state)
{
    (void)state;
    front_open_hall(&front, &one, "till-1");
    front_go(&one, "B4");
    pty_type(&one, " ");
    pty_wait_text(&one, "B4 in this basket");
    pty_type(&one, "n");
    pty_wait_text(&one, "PARKED 1");
    pty_type(&one, "\r");
    pty_wait_text(&one, "│ PARKED 1 ");
    front_go(&one, "B4");
    pty_wait_text(&one, "│ B4 parked");
    pty_wait_text(&one, "│ by till-1, 9:5");
    pty_wait_text(&one, "g gets it.");
    const char *row = pty_row(&one, pty_find(&one, "│ till-1, 1 x Ran"));
    assert_int_equal(row[strlen(row) - 1], 'g');
    pty_type(&one, "g");
    pty_wait_text(&one, "│ B4 in this basket");
}

#define FIT_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIT_TEST(calls__at_80_columns__each_column_ends_before_the_next),
        FIT_TEST(calls__long_name__leaves_room_for_the_whole_number),
        FIT_TEST(today__call_to_a_long_name__still_says_until_when_and_who_calls),
        FIT_TEST(today__at_40x12__captions_stand_apart),
        FIT_TEST(today__other_day__says_which_other_showing_is_today),
        FIT_TEST(waiting__reasons__never_end_within_a_word),
        FIT_TEST(hall__show_cancelled_under_the_basket__promises_nothing),
        FIT_TEST(hall__apart_at_40x12__says_which_and_what_to_do),
        FIT_TEST(hall__types_at_40x12__are_all_named),
        FIT_TEST(hall__seats_given_back_meanwhile__are_taken_again_by_their_number),
        FIT_TEST(hall__basket_of_another_show__is_told_with_time_and_key),
        FIT_TEST(hall__seat_parked__says_how_to_get_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
