/* Second thoughts on the screens: undo on the waiting list, changing a party, what is told after.
 */
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

/* Everything is sold. */
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

static void join(const char *name, const char *phone, int party)
{
    struct entry_reply reply;
    struct wait_request request = {.show = front.show, .party = party, .fit = FIT_TOGETHER};

    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.phone, sizeof request.phone, "%s", phone);
    front_do(&front, &verb_wait, &request, &reply);
}

static void give_back(reservation_id reservation)
{
    struct booking_reply reply;
    struct cancel_request request = {.reservation = reservation};

    front_do(&front, &verb_cancel, &request, &reply);
}

static void open_list(struct pty *pty, const char *terminal)
{
    front_open(&front, pty, terminal, 0, 0, NULL);
    pty_type(pty, "w");
    pty_wait_text(pty, "WAITING  Ran");
    pty_wait_text(pty, "Nguyen Thi Lan");
}

/* Two parties, of two and of four; with seats for the first alone. */
static void open_called(struct pty *pty)
{
    join("Ødegård, Kari", "+47 55 01 12 12", 2);
    join("Nguyen Thi Lan", "+47 40 22 18 90", 4);
    give_back(pair);
    open_list(pty, "till-1");
    pty_wait_text(pty, "CALL B3-4");
}

static void want(const char *query)
{
    front_wait_number(&front, &one, query, 1);
}

/* --- undo ------------------------------------------------------------------------------------- */

static void waiting__d_then_u__offers_its_seats_anew(void **state)
{
    (void)state;
    open_called(&one);
    pty_type(&one, "d");
    want(STATE_OF("Ødegård, Kari", "declined"));
    pty_wait_text(&one, "> 1    4  Nguyen Thi Lan");
    pty_type(&one, "u");
    pty_wait_text(&one, "undone: Ødegård, Kari is number 1 again, and its seats are offered");
    want(STATE_OF("Ødegård, Kari", "offered"));
    pty_wait_text(&one, "> 1    2  Ødegård, Kari");
    pty_wait_text(&one, "CALL B3-4");
    assert_string_equal(front_state(&front, "B3"), "reserved");
    pty_type(&one, "y");
    want(STATE_OF("Ødegård, Kari", "accepted"));
}

static void waiting__v_then_u__is_not_counted_as_tried(void **state)
{
    (void)state;
    open_called(&one);
    pty_type(&one, "v");
    pty_wait_text(&one, "Tried: 1 time without an answer.");
    pty_type(&one, "u");
    pty_wait_text(&one, "its seats are offered to it anew");
    pty_wait_text(&one, "CALL B3-4");
    pty_wait_text(&one, "Tried: nobody yet.");
}

static void waiting__left_then_u_on_a_screen_opened_anew__stands_at_its_place(void **state)
{
    (void)state;
    join("Ødegård, Kari", "+47 55 01 12 12", 2);
    join("Nguyen Thi Lan", "+47 40 22 18 90", 4);
    open_list(&one, "till-1");
    pty_wait_text(&one, "> 1    2  Ødegård, Kari");
    pty_type(&one, "xy");
    pty_wait_text(&one, "Ødegård, Kari is off the list");
    want(STATE_OF("Ødegård, Kari", "left"));
    pty_type(&one, "\033");
    pty_wait_text(&one, "TODAY");
    pty_type(&one, "w");
    pty_wait_text(&one, "> 1    4  Nguyen Thi Lan");
    pty_type(&one, "u");
    pty_wait_text(&one, "undone: the party is number 1 again, and waits");
    want(STATE_OF("Ødegård, Kari", "waiting"));
    pty_wait_text(&one, "> 1    2  Ødegård, Kari");
    pty_wait_text(&one, "  2    4  Nguyen Thi Lan");
    pty_type(&one, "u");
    pty_wait_text(&one, "nothing was done here that could be undone");
}

static void waiting__u_elsewhere__undoes_nothing(void **state)
{
    (void)state;
    join("Ødegård, Kari", "+47 55 01 12 12", 2);
    join("Nguyen Thi Lan", "+47 40 22 18 90", 4);
    open_list(&one, "till-1");
    open_list(&two, "till-2");
    pty_type(&one, "xy");
    pty_wait_text(&one, "Ødegård, Kari is off the list");
    want(STATE_OF("Ødegård, Kari", "left"));
    pty_type(&two, "u");
    pty_wait_text(&two, "nothing was done here that could be undone");
    want(STATE_OF("Ødegård, Kari", "left"));
}

/* --- changing a party --------------------------------------------------------------------------
 */

static void party__o_enter__changes_what_is_there(void **state)
{
    (void)state;
    join("Ødegård, Kari", "+47 55 01 12 12", 3);
    join("Nguyen Thi Lan", "+47 40 22 18 90", 4);
    open_list(&one, "till-1");
    pty_type(&one, "o");
    pty_wait_text(&one, "PARTY  Ran");
    pty_wait_text(&one, "Enter change  Space stands here");
    pty_type(&one, "\r");
    pty_wait_text(&one, "CHANGE A PARTY  Ran");
    pty_wait_text(&one, "Number 1 on the list, and stays there.");
    pty_wait_text(&one, "Ødegård, Kari");
    pty_wait_text(&one, "+47 55 01 12 12");
    pty_wait_text(&one, "together");
    assert_int_equal(pty_find(&one, " Enter change  Tab next field"), 23);
    pty_type(&one, "\0252\t\025王小明\t\t\025p\t\t\twith a dog\r");
    pty_wait_text(&one, "王小明 is changed, and stays number 1 on the list");
    want("SELECT count(*) FROM waiting_list WHERE name = '王小明' AND party = 2 AND seq = 1"
         " AND fit = 'pairs' AND note = 'with a dog' AND phone = '+47 55 01 12 12'");
    pty_wait_text(&one, "PARTY  Ran");
    pty_wait_text(&one, "王小明");
}

static void party__size_while_seats_are_offered__is_refused_and_says_so(void **state)
{
    (void)state;
    open_called(&one);
    pty_type(&one, "o\r");
    pty_wait_text(&one, "Number 1 on the list, and stays there.");
    pty_type(&one, "\0253\r");
    pty_wait_text(&one, "2 seats are offered to this party: its size can change once it has");
    want("SELECT count(*) FROM waiting_list WHERE name = 'Ødegård, Kari' AND party = 2");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "\033");
    pty_wait_text(&one, "PARTY  Ran");
    pty_type(&one, "\r");
    pty_wait_text(&one, "CHANGE A PARTY");
    pty_wait_text(&one, "Number 1 on the list");
    pty_type(&one, "\033"); /* nothing was typed: once is enough */
    pty_wait_text(&one, "PARTY  Ran");
    pty_wait_gone(&one, "CHANGE A PARTY");
}

/* --- what is told ------------------------------------------------------------------------------
 */

static void waiting__offer__tells_where_its_seats_come_from(void **state)
{
    (void)state;
    open_called(&one);
    pty_wait_text(&one, "Tried: nobody yet.  Seats from a refund on far-till, ");
}

static void reserve__done__bar_has_no_second_reserve(void **state)
{
    (void)state;
    give_back(pair);
    front_open_hall(&front, &one, "till-1");
    pty_type(&one, "2\r");
    pty_wait_text(&one, "2 seats  TOTAL");
    pty_type(&one, "r");
    pty_wait_text(&one, "RESERVE  Ran");
    pty_wait_text(&one, "Enter reserve  Tab next field");
    pty_type(&one, "Ødegård\r");
    pty_wait_text(&one, "RESERVED  Ran");
    pty_wait_text(&one, "Reserved for Ødegård");
    pty_wait_text(&one, "Collect by ");
    assert_int_equal(pty_find(&one, " Enter back to today"), 23);
    pty_wait_gone(&one, "Enter reserve");
    assert_string_equal(front_state(&front, "B3"), "reserved");
    pty_type(&one, "\r");
    pty_wait_text(&one, "TODAY");
    pty_wait_text(&one, "BASKET empty");
}

static void find__cancelled_elsewhere__is_seen_without_a_key(void **state)
{
    struct booking_reply kept;
    char typed[16];

    (void)state;
    give_back(pair);
    kept = front_reserve(&front, "B3");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    (void)snprintf(typed, sizeof typed, "/%s", kept.code);
    pty_type(&one, typed);
    pty_wait_text(&one, "1 seat    13.00 reserved");
    give_back(kept.reservation);
    pty_wait_text(&one, "0 seats    0.00 cancelled");
    pty_wait_gone(&one, "reserved");
}

#define REGRET(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        REGRET(waiting__d_then_u__offers_its_seats_anew),
        REGRET(waiting__v_then_u__is_not_counted_as_tried),
        REGRET(waiting__left_then_u_on_a_screen_opened_anew__stands_at_its_place),
        REGRET(waiting__u_elsewhere__undoes_nothing),
        REGRET(party__o_enter__changes_what_is_there),
        REGRET(party__size_while_seats_are_offered__is_refused_and_says_so),
        REGRET(waiting__offer__tells_where_its_seats_come_from),
        REGRET(reserve__done__bar_has_no_second_reserve),
        REGRET(find__cancelled_elsewhere__is_seen_without_a_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
