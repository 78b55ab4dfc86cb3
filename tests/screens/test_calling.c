/* The waiting list and the calls on a screen: what they show, what each key does to the party. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/waiting.h"
#include "tests/kit/front.h"

#define STATE_OF(name, state) \
    "SELECT count(*) FROM waiting_list WHERE name = '" name "' AND state = '" state "'"

static struct front front;
static struct pty one, two;
static reservation_id pair; /* B3 and B4 */

/* Everything is sold; two parties wait. */
static int setup(void **state)
{
    (void)state;
    front_init(&front);
    pair = front_sell(&front, "B3 B4").reservation;
    front_sell(&front, "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 B1 B2 B5 B6 B7 B8 B9 B10");
    front_sell(&front, "C1 C2 C3 C4 C5 C6 C7 C8");
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

static void join(const char *name, const char *phone, int party, enum fit fit)
{
    struct entry_reply reply;
    struct wait_request request = {.show = front.show, .party = party, .fit = (int32_t)fit};

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    front_do(&front, &verb_wait, &request, &reply);
}

static void join_two(void)
{
    join("Ødegård, Kari", "+47 55 01 12 12", 2, FIT_TOGETHER);
    join("Nguyen Thi Lan", "+47 40 22 18 90", 4, FIT_TOGETHER);
}

static void give_back(reservation_id reservation)
{
    struct booking_reply reply;
    struct cancel_request request = {.reservation = reservation};

    front_do(&front, &verb_cancel, &request, &reply);
}

static void open_list(struct pty *pty, const char *terminal, int rows, int columns)
{
    front_open(&front, pty, terminal, rows, columns, NULL);
    pty_type(pty, "w");
    pty_wait_text(pty, columns == 40 ? "WAITING Ran" : "WAITING  Ran");
    pty_wait_text(pty, "degård, K");
}

/* The list on a terminal, with B3 and B4 offered to the first party. */
static void open_called(struct pty *pty, const char *terminal)
{
    join_two();
    give_back(pair);
    open_list(pty, terminal, 0, 0);
    pty_wait_text(pty, "CALL B3-4");
}

static void want(struct pty *pty, const char *query)
{
    front_wait_number(&front, pty, query, 1);
}

/* --- what is shown --------------------------------------------------------------------------- */

static void waiting__opens__shows_facts_parties_and_place_on_the_list(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_wait_text(&one, "2 parties, 6 people   0 free");
    pty_wait_text(&one, " No Size  Name            Phone            Wants     Joined     Now");
    pty_wait_text(&one, "> 1    2  Ødegård, Kari   +47 55 01 12 12  together  ");
    pty_wait_text(&one, "  2    4  Nguyen Thi Lan  +47 40 22 18 90  together  ");
    pty_wait_text(&one, "it would be number 3.");
    pty_wait_text(&one, "SAY  \"You are number 1 on the list for Ran at ");
    pty_wait_text(&one, "c I call  y accepted  d declined  v no answer  p pay now  u undo");
    pty_wait_text(&one, "w add a party  o open, change  x leaves the list  / find");
}

static void waiting__cancel_elsewhere__shows_call_words_and_outcomes(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_wait_text(&one, "needs 2 together");
    give_back(pair);
    pty_wait_text(&one, "CALL B3-4");
    assert_int_equal(pty_find(&one, "CALL B3-4"), 4);
    pty_wait_text(&one, "B3, B4 together, stalls, 2 x adult 26.00");
    pty_wait_text(&one, "offer ends ");
    pty_wait_text(&one, "Tried: nobody yet.");
    pty_wait_text(&one, "SAY  \"Two seats have come back for Ran at ");
    pty_wait_text(&one, "row B, 3 and 4, 26.00");
    pty_wait_text(&one, "for both. Shall I keep them? Please collect them by ");
    pty_wait_text(&one, "IF NOT REACHED  v: stays number 1; these seats go to the next party");
    pty_wait_text(&one, "IF STANDING HERE  p: accepts and pays now.");
    assert_int_equal(pty_find(&one, "Nobody is calling yet: c first"), 21);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void waiting__two_claim_one_call__second_is_told_who_calls(void **state)
{
    (void)state;
    open_called(&one, "till-1");
    open_list(&two, "till-2", 0, 0);
    pty_wait_text(&two, "Nobody is calling yet");
    pty_type(&one, "c");
    pty_wait_text(&one, "you call Ødegård, Kari");
    want(&one, "SELECT count(*) FROM calls WHERE caller = 'till-1' AND outcome = ''");
    pty_wait_text(&two, "till-1 (op 1) is calling, until ");
    pty_type(&two, "c");
    pty_wait_text(&two, "till-1 (operator 1) is calling until ");
    pty_type(&two, "v");
    pty_wait_text(&two, "whether anyone answers is theirs to say");
    want(&two, STATE_OF("Ødegård, Kari", "offered"));
}

static void waiting__y__accepts_and_tells_code_and_deadline(void **state)
{
    (void)state;
    open_called(&one, "till-1");
    pty_type(&one, "y");
    pty_wait_text(&one, "accepted: code ");
    pty_wait_text(&one, "26.00, to be collected by ");
    want(&one, STATE_OF("Ødegård, Kari", "accepted"));
    want(&one, "SELECT count(*) FROM reservations WHERE state = 'reserved' AND total = 2600");
    pty_wait_gone(&one, "> 1    2  Ødegård, Kari");
    pty_type(&one, "u");
    pty_wait_text(&one, "/ finds the reservation");
}

static void waiting__d__declines_and_seats_go_to_the_next_that_fits(void **state)
{
    (void)state;
    join_two();
    join("Kovač, Ana", "", 2, FIT_TOGETHER);
    give_back(pair);
    open_list(&one, "till-1", 0, 0);
    pty_wait_text(&one, "CALL B3-4");
    pty_wait_text(&one, "3    2  Kovač, Ana");
    pty_type(&one, "d");
    want(&one, STATE_OF("Ødegård, Kari", "declined"));
    pty_wait_text(&one, "2  Kovač, Ana");
    pty_wait_text(&one, "CALL B3-4");
    want(&one, STATE_OF("Kovač, Ana", "offered"));
    pty_type(&one, "u");
    pty_wait_text(&one, "can't be undone");
}

static void waiting__v__keeps_the_place_but_not_the_seats(void **state)
{
    (void)state;
    open_called(&one, "till-1");
    pty_type(&one, "cv");
    pty_wait_text(&one, "stays in its place");
    want(&one, STATE_OF("Ødegård, Kari", "waiting"));
    want(&one, "SELECT count(*) FROM calls WHERE outcome = 'no answer'");
    pty_wait_gone(&one, "CALL B3-4");
    assert_int_equal(pty_find(&one, "> 1    2  Ødegård, Kari"), 4);
    pty_wait_text(&one, "Tried: 1 time without an answer.");
}

static void waiting__p_enter__accepts_and_is_paid(void **state)
{
    (void)state;
    open_called(&one, "till-1");
    pty_type(&one, "p");
    pty_wait_text(&one, "CASH  26.00 exact");
    want(&one, STATE_OF("Ødegård, Kari", "offered"));
    pty_type(&one, "\r");
    want(&one, STATE_OF("Ødegård, Kari", "accepted"));
    want(&one, "SELECT count(*) FROM reservations WHERE state = 'sold' AND entry_id IS NOT NULL");
    pty_wait_text(&one, "WAITING  Ran");
    pty_wait_text(&one, "SOLD ");
    assert_string_equal(front_state(&front, "B3"), "sold");
}

static void waiting__x__asks_and_only_y_takes_it_off(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_type(&one, "j");
    pty_wait_text(&one, "> 2");
    pty_type(&one, "x");
    pty_wait_text(&one, "Off the list?  y yes, any other key no:  Nguyen Thi Lan");
    pty_type(&one, "\r");
    pty_wait_text(&one, "nothing was changed");
    want(&one, STATE_OF("Nguyen Thi Lan", "waiting"));
    pty_type(&one, "x");
    pty_wait_text(&one, "Off the list?");
    pty_type(&one, "y");
    pty_wait_text(&one, "Nguyen Thi Lan is off the list");
    want(&one, STATE_OF("Nguyen Thi Lan", "left"));
    pty_wait_gone(&one, "2    4  Nguyen");
}

static void waiting__no_offer__y_says_so_and_changes_nothing(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_type(&one, "y");
    pty_wait_text(&one, "no seats are offered to this party now");
    pty_type(&one, "u");
    pty_wait_text(&one, "nothing was done here");
    want(&one, STATE_OF("Ødegård, Kari", "waiting"));
}

static void waiting__slash__goes_to_name_or_phone(void **state)
{
    (void)state;
    join_two();
    join("Σταύρου, Ελένη", "+30 210 55 0104", 3, FIT_TOGETHER);
    open_list(&one, "till-1", 0, 0);
    pty_type(&one, "/ελέ");
    pty_wait_text(&one, "> 3    3  Σταύρου");
    pty_type(&one, "\r/NGUY");
    pty_wait_text(&one, "> 2    4  Nguyen");
    pty_type(&one, "\r/5501121");
    pty_wait_text(&one, "> 1    2  Ødegård");
    pty_type(&one, "\r/zzz\r");
    pty_wait_text(&one, "FIND");
    pty_wait_text(&one, "Nothing is found by zzz.");
}

/* --- what happens by itself ------------------------------------------------------------------- */

static void waiting__offer_lapses__waits_again_without_a_key(void **state)
{
    (void)state;
    open_called(&one, "till-1");
    front_script(&front, "UPDATE reservations SET deadline = made_at WHERE state = 'offered';"
                         " UPDATE shows SET rev = rev + 1");
    pty_wait_gone(&one, "CALL B3-4");
    pty_wait_text(&one, "> 1    2  Ødegård, Kari");
    want(&one, STATE_OF("Ødegård, Kari", "waiting"));
    pty_type(&one, "y");
    pty_wait_text(&one, "no seats are offered to this party now");
}

static void calls__soonest_first__claimed_and_accepted_there(void **state)
{
    (void)state;
    join_two();
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "c");
    pty_wait_text(&one, "Nobody is to be called now.");
    give_back(pair);
    pty_wait_text(&one, "Ødegård, Kari  +47 55 01 12 12");
    pty_wait_text(&one, "nobody");
    pty_wait_text(&one, "SAY  \"Two seats have come back for Ran at ");
    pty_type(&one, "c");
    pty_wait_text(&one, "you call");
    pty_type(&one, "\r");
    pty_wait_text(&one, "WAITING  Ran");
    pty_wait_text(&one, "YOU B3-4");
    pty_type(&one, "\033");
    pty_wait_text(&one, "CALLS to make");
    pty_type(&one, "y");
    pty_wait_text(&one, "accepted: code ");
    pty_wait_text(&one, "Nobody is to be called now.");
    want(&one, STATE_OF("Ødegård, Kari", "accepted"));
}

/* --- a party ---------------------------------------------------------------------------------- */

static void party__w__adds_it_with_all_that_was_typed(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_type(&one, "w");
    pty_wait_text(&one, "It would be number 3 on the list.");
    pty_wait_text(&one, "stalls, back");
    pty_type(&one, "3\t王小明\t+47 99 88 77 66\t\025p\tBA\t1\tby the door\t\by\r");
    pty_wait_text(&one, "王小明, 3 people, is number 3 on the list");
    want(&one, "SELECT count(*) FROM waiting_list WHERE name = '王小明' AND party = 3"
               " AND fit = 'pairs' AND zone = 'back' AND wheelchairs = 1 AND present = 1"
               " AND note = 'by the door' AND phone = '+47 99 88 77 66'");
    pty_wait_text(&one, "  3    3  王小明          +47 99 88 77 66  pairs");
}

static void party__refusals__put_the_cursor_where_it_is_wrong(void **state)
{
    (void)state;
    join_two();
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2w");
    pty_wait_text(&one, "ONTO THE LIST  Ran");
    pty_type(&one, "\r");
    pty_wait_text(&one, "a name is wanted");
    pty_type(&one, "Berg\t+4755011212\r");
    pty_wait_text(&one, "this phone is on the list of this show already");
    pty_type(&one, "\025\r");
    pty_wait_text(&one, "Berg, 2 people, is number 3 on the list");
    pty_wait_text(&one, "TODAY ");
}

static void party__esc_over_a_draft__has_to_be_pressed_twice(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_type(&one, "w");
    pty_wait_text(&one, "ONTO THE LIST");
    pty_type(&one, "3\tBerg");
    pty_wait_text(&one, "Berg");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "e\033");
    pty_wait_text(&one, "Berge");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "\033");
    pty_wait_text(&one, "WAITING  Ran");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM waiting_list"), 2);
}

static void entry__space__notes_that_it_stands_here(void **state)
{
    (void)state;
    join_two();
    open_list(&one, "till-1", 0, 0);
    pty_type(&one, "o");
    pty_wait_text(&one, "PARTY  Ran");
    pty_type(&one, " ");
    pty_wait_text(&one, "stands at the counter");
    want(&one, "SELECT count(*) FROM waiting_list WHERE present = 1");
    pty_type(&one, " ");
    pty_wait_gone(&one, "stands at the counter");
}

/* --- terminals of other sizes and kinds ------------------------------------------------------- */

static void waiting__40x12__has_list_words_and_question(void **state)
{
    (void)state;
    join_two();
    give_back(pair);
    open_list(&one, "till-1", 12, 40);
    pty_wait_text(&one, "CALL B3-4");
    pty_wait_text(&one, "offer ends ");
    pty_wait_text(&one, "SAY  \"Two seats have come back");
    pty_type(&one, "o");
    pty_wait_text(&one, "row B, 3 and 4");
    pty_type(&one, "\033x");
    pty_wait_text(&one, "Off the list?  y yes");
    pty_type(&one, "n");
    pty_type(&one, "y");
    want(&one, STATE_OF("Ødegård, Kari", "accepted"));
}

static void waiting__132x43__uses_the_room(void **state)
{
    (void)state;
    join("Papadimitriou-Σταύρου, Ελένη Μαρία", "+30 210 55 0104", 2, FIT_TOGETHER);
    join("Ødegård, Kari", "", 2, FIT_TOGETHER);
    open_list(&one, "till-1", 43, 132);
    pty_wait_text(&one, "> 1    2  Papadimitriou-Σταύρου, Ελένη Μαρία");
    assert_int_equal(pty_find(&one, "w add a party"), 42);
}

static void waiting__ascii_and_mono__say_the_same(void **state)
{
    static const char *const extra[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

    (void)state;
    join_two();
    give_back(pair);
    front_open(&front, &one, "till-1", 0, 0, extra);
    pty_type(&one, "w");
    pty_wait_text(&one, "> 1    2  Odegard, Kari");
    pty_wait_text(&one, "CALL B3-4");
    pty_wait_text(&one, "SAY  \"Two seats have come back");
    for (const char *at = pty_text(&one); *at; at++)
        assert_true((unsigned char)*at < 0x80);
}

#define CALLING(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CALLING(waiting__opens__shows_facts_parties_and_place_on_the_list),
        CALLING(waiting__cancel_elsewhere__shows_call_words_and_outcomes),
        CALLING(waiting__two_claim_one_call__second_is_told_who_calls),
        CALLING(waiting__y__accepts_and_tells_code_and_deadline),
        CALLING(waiting__d__declines_and_seats_go_to_the_next_that_fits),
        CALLING(waiting__v__keeps_the_place_but_not_the_seats),
        CALLING(waiting__p_enter__accepts_and_is_paid),
        CALLING(waiting__x__asks_and_only_y_takes_it_off),
        CALLING(waiting__no_offer__y_says_so_and_changes_nothing),
        CALLING(waiting__slash__goes_to_name_or_phone),
        CALLING(waiting__offer_lapses__waits_again_without_a_key),
        CALLING(calls__soonest_first__claimed_and_accepted_there),
        CALLING(party__w__adds_it_with_all_that_was_typed),
        CALLING(party__refusals__put_the_cursor_where_it_is_wrong),
        CALLING(party__esc_over_a_draft__has_to_be_pressed_twice),
        CALLING(entry__space__notes_that_it_stands_here),
        CALLING(waiting__40x12__has_list_words_and_question),
        CALLING(waiting__132x43__uses_the_room),
        CALLING(waiting__ascii_and_mono__say_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
