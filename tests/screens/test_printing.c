/* Tickets at the counter: printed by themselves after a sale, seen, printed again, and a printer
 * that fails or hangs. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/owed.h"
#include "tests/kit/front.h"

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

/* The file that the printer "file:" writes. */
static const char *paper_path(void)
{
    static char path[KIT_PATH];

    return kit_path(path, front.stage.dir, "paper");
}

static void with_printer(const char *more)
{
    char text[1024];

    kit_write_file(paper_path(), "", 0);
    (void)snprintf(text, sizeof text, "printer = \"file:%s\"; venue = \"Odeon\"; %s", paper_path(),
                   more);
    front_configure(&front, text);
}

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Does the paper have it by now? */
static bool has(struct pty *pty, void *context)
{
    char *paper = kit_read_file(paper_path(), NULL);
    bool found = strstr(paper, context) != NULL;

    (void)pty;
    free(paper);
    return found;
}

static void want_paper(const char *text)
{
    char part[128];

    (void)snprintf(part, sizeof part, "%s", text);
    pty_wait(&one, has, part, text);
}

#define PRINTED "SELECT count(*) FROM tickets WHERE print = 'printed'"

static void sale__printer_set__tickets_come_by_themselves(void **state)
{
    (void)state;
    with_printer("");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    want_paper("no. 2");
    want_paper("Odeon");
    front_wait_number(&front, &one, PRINTED, 2);
    char *paper = kit_read_file(paper_path(), NULL);
    assert_null(strstr(paper, "DUPLICATE"));
    assert_null(strstr(paper, "RECEIPT"));
    free(paper);
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, PRINTED, 4);
}

static void sale__without_a_printer__makes_no_tickets(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_quiet(&one, 200);
    assert_int_equal(number("SELECT last FROM ticket_serials"), 0);
}

static void sale__receipts_on__the_receipt_follows(void **state)
{
    (void)state;
    with_printer("receipts = true;");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r50\r");
    pty_wait_text(&one, "SOLD ");
    want_paper("RECEIPT");
    want_paper("change");
    want_paper("30.00");
}

static void fault_087__printer_fails__seats_stand_large_and_i_prints_again(void **state)
{
    char text[1024], flag[KIT_PATH];

    (void)state;
    kit_write_file(paper_path(), "", 0);
    kit_path(flag, front.stage.dir, "works");
    (void)snprintf(text, sizeof text,
                   "printer = \"command:test -e %s || { echo out of paper >&2; exit 1; };"
                   " cat >>%s\";",
                   flag, paper_path());
    front_configure(&front, text);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "out of paper");
    pty_wait_text(&one, "NOT PRINTED. The sale stands: these seats are paid, let them in.");
    pty_wait_text(&one, "█");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'sold'", 2);
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE print = 'failed'", 2);
    kit_write_file(flag, "", 0);
    pty_type(&one, "i");
    want_paper("no. 2");
    front_wait_number(&front, &one, PRINTED, 2);
    assert_int_equal(number("SELECT last FROM ticket_serials"), 2);
    char *paper = kit_read_file(paper_path(), NULL);
    assert_null(strstr(paper, "DUPLICATE"));
    free(paper);
    pty_wait_gone(&one, "NOT PRINTED");
}

/* A terminal killed in the middle: what it owes is in the database. */
static void killed(void)
{
    kill(one.pid, SIGKILL);
    assert_int_equal(pty_reap(&one, 5000), 128 + SIGKILL);
    pty_fini(&one);
}

/* A terminal that begins names the sale in its head and shows its seats in large letters. */
static void begins(const char *code, const char *says)
{
    char said[64];

    (void)snprintf(said, sizeof said, "NOT PRINTED %s", code);
    stage_open(&front.stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, said);
    pty_wait_text(&one, says);
    pty_wait_text(&one, "█");
}

/* Nothing more is owed, and of a paper of its serial it stands there whether it is marked. */
static void printed(const char *serial, bool marked)
{
    front_wait_number(&front, &one, PRINTED, 2);
    pty_wait_gone(&one, "NOT PRINTED");
    char *paper = kit_read_file(paper_path(), NULL);
    assert_non_null(strstr(paper, serial));
    assert_int_equal(strstr(paper, "DUPLICATE") != NULL, marked);
    free(paper);
}

/* i prints it under the serials it has. */
static void begins_and_prints(const char *code)
{
    begins(code, "NOT PRINTED. The sale stands: these seats are paid, let them in.");
    pty_type(&one, "i");
    printed("no. 2", false);
    assert_int_equal(number("SELECT last FROM ticket_serials"), 2);
}

/* The code of the only sale that till-1 owes. */
static const char *owed_code(void)
{
    static char code[CODE_SIZE];
    struct owed_list *list;
    struct fault why;

    assert_int_equal(owed_read(front.stage.db, "till-1", sql_now(front.stage.db), &list, &why),
                     RC_OK);
    assert_int_equal(list->n, 1);
    memcpy(code, list->sales[0].code, sizeof code);
    free(list);
    return code;
}

/* A printer that does something else before the flag is there. */
static void with_flagged_printer(char flag[static KIT_PATH], const char *instead)
{
    char text[1024];

    kit_write_file(paper_path(), "", 0);
    kit_path(flag, front.stage.dir, "works");
    (void)snprintf(text, sizeof text, "printer = \"command:test -e %s || exec %s; cat >>%s\";",
                   flag, instead, paper_path());
    front_configure(&front, text);
}

/* Nobody knows what came out: i asks for the reason of another, which is marked. */
static void fault_003__killed_while_it_prints__prints_anew_and_marked(void **state)
{
    char flag[KIT_PATH];

    (void)state;
    with_flagged_printer(flag, "sleep 5");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE print = 'due'", 2);
    killed();
    kit_write_file(flag, "", 0);
    begins(owed_code(), "NOT KNOWN whether it is printed.");
    pty_type(&one, "i");
    pty_wait_text(&one, "Printed anew because:");
    pty_type(&one, "the power failed\r");
    printed("no. 4", true);
    assert_int_equal(number("SELECT count(*) FROM tickets WHERE state = 'dead'"), 2);
}

static void fault_003__killed_after_a_failed_print__next_start_says_so(void **state)
{
    char flag[KIT_PATH];

    (void)state;
    with_flagged_printer(flag, "false");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE print = 'failed'", 2);
    killed();
    kit_write_file(flag, "", 0);
    begins_and_prints(owed_code());
}

/* The sale is there, and no ticket has a serial yet. */
static void fault_003__killed_behind_the_sale__next_start_says_so(void **state)
{
    (void)state;
    with_printer("");
    (void)front_sell(&front, "B3 B4");
    front_script(&front, "UPDATE reservations SET paper = 'till-1'");
    begins_and_prints(owed_code());
}

/* Who goes on selling is not held up: any other key is for the screen below. */
static void fault_003__next_start__next_sale_is_typed_as_ever(void **state)
{
    (void)state;
    with_printer("");
    (void)front_sell(&front, "B3 B4");
    front_script(&front, "UPDATE reservations SET paper = 'till-1'");
    stage_open(&front.stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "NOT PRINTED. The sale stands");
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'sold'", 4);
    front_wait_number(&front, &one, PRINTED, 2);
    pty_wait_text(&one, "NOT PRINTED");
    pty_wait_gone(&one, "NOT PRINTED. The sale stands");
}

/* Printed somewhere else meanwhile: the head forgets it. */
static void unprinted__printed_elsewhere__head_says_so_no_more(void **state)
{
    (void)state;
    with_printer("");
    (void)front_sell(&front, "B3 B4");
    front_script(&front, "UPDATE reservations SET paper = 'till-1'");
    stage_open(&front.stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "NOT PRINTED");
    front_script(&front, "UPDATE reservations SET paper = ''");
    pty_wait_gone(&one, "NOT PRINTED");
}

/* The next customer's keys go where they would have gone. */
static void fault_087__printer_fails__next_sale_is_typed_as_ever(void **state)
{
    (void)state;
    front_configure(&front, "printer = \"command:false\";");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "NOT PRINTED. The sale stands");
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'sold'", 4);
    pty_wait_text(&one, "the printer's command");
}

static void fault_087__printer_hangs__keys_are_answered_meanwhile(void **state)
{
    (void)state;
    front_configure(&front, "printer = \"command:sleep 60\"; printer_limit_s = 2;");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
    pty_type(&one, "s");
    pty_wait_text(&one, "LAST SALES");
    pty_type(&one, "\033");
    pty_wait_gone(&one, "LAST SALES");
    assert_int_equal(number("SELECT count(*) FROM tickets WHERE print = 'failed'"), 0);
    pty_wait_text(&one, "the printer did not take it");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE print = 'failed'", 2);
}

static void ticket__torn_at_once__the_same_again(void **state)
{
    (void)state;
    with_printer("");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, PRINTED, 2);
    pty_type(&one, "i");
    pty_wait_text(&one, "TICKETS ");
    pty_wait_text(&one, "printed");
    pty_type(&one, "j");
    pty_type(&one, "i");
    pty_wait_text(&one, "y it came out torn");
    pty_type(&one, "y");
    front_wait_number(&front, &one, "SELECT sum(torn) FROM tickets WHERE print = 'printed'", 1);
    assert_int_equal(number("SELECT last FROM ticket_serials"), 2);
}

static void ticket__anew__asks_why_and_says_duplicate(void **state)
{
    (void)state;
    with_printer("");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, PRINTED, 2);
    pty_type(&one, "i");
    pty_wait_text(&one, "printed");
    pty_type(&one, "ii");
    pty_wait_text(&one, "Printed anew because:");
    pty_type(&one, "\r");
    pty_wait_text(&one, "for a reason");
    pty_type(&one, "left on the tram\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE copies = 1", 2);
    want_paper("DUPLICATE 1");
    pty_wait_text(&one, "dup 1");
    front_wait_number(&front, &one, PRINTED " AND state = 'live'", 2);
}

static void ticket__preview__shows_paper_code_and_receipt(void **state)
{
    struct booking_reply sold;

    (void)state;
    sold = front_sell(&front, "B3 B4");
    front_configure(&front, "venue = \"Odeon\"; tax = 700;");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "/");
    pty_type(&one, sold.code);
    pty_wait_text(&one, sold.code);
    pty_type(&one, "\r");
    pty_wait_text(&one, "B3");
    pty_type(&one, "i");
    pty_wait_text(&one, "none yet");
    pty_wait_text(&one, "Odeon");
    pty_wait_text(&one, "Row B, seat 3");
    pty_wait_text(&one, "incl. 7 % tax");
    pty_type(&one, "i");
    pty_wait_text(&one, "no printer is set");
    pty_type(&one, "\t");
    pty_wait_text(&one, "RECEIPT ");
    pty_wait_text(&one, "▀");
    pty_wait_text(&one, "%0000000000");
    pty_resize(&one, 12, 40);
    pty_wait_text(&one, "none yet");
}

static void template__bad__is_refused_at_the_start(void **state)
{
    char text[512], path[KIT_PATH];

    (void)state;
    kit_path(path, front.stage.dir, "my.ticket");
    kit_write_file(path, "{title}\n{nothing}\n", 18);
    (void)snprintf(text, sizeof text, "ticket_template = \"%s\";", path);
    front_configure(&front, text);
    stage_open(&front.stage, &one, "till-1", NULL, NULL);
    pty_wait_text(&one, "my.ticket:2: no such field: {nothing}");
    assert_int_equal(pty_reap(&one, 5000), 2);
}

/* --- the door -------------------------------------------------------------------------------- */

static void open_door(void)
{
    front_open(&front, &one, "door-1", 0, 0, NULL);
    stage_choose(&one, "The door");
    pty_wait_text(&one, "Scan a ticket, or type the code");
}

static void door__code__says_yes_once(void **state)
{
    struct booking_reply sold;

    (void)state;
    sold = front_sell(&front, "B3 B4");
    open_door();
    pty_type(&one, sold.code);
    pty_type(&one, "\r");
    pty_wait_text(&one, "█   █ █████"); /* YES, its first row ends an E */
    pty_wait_text(&one, "Ran");
    front_wait_number(&front, &one, "SELECT count(*) FROM tickets WHERE state = 'used'", 2);
    pty_type(&one, sold.code);
    pty_type(&one, "\r");
    pty_wait_text(&one, "was used already");
    pty_wait_text(&one, "door-1");
}

#define FRONT_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRONT_TEST(sale__printer_set__tickets_come_by_themselves),
        FRONT_TEST(sale__without_a_printer__makes_no_tickets),
        FRONT_TEST(sale__receipts_on__the_receipt_follows),
        FRONT_TEST(fault_087__printer_fails__seats_stand_large_and_i_prints_again),
        FRONT_TEST(fault_003__killed_while_it_prints__prints_anew_and_marked),
        FRONT_TEST(fault_003__killed_after_a_failed_print__next_start_says_so),
        FRONT_TEST(fault_003__killed_behind_the_sale__next_start_says_so),
        FRONT_TEST(fault_003__next_start__next_sale_is_typed_as_ever),
        FRONT_TEST(unprinted__printed_elsewhere__head_says_so_no_more),
        FRONT_TEST(fault_087__printer_fails__next_sale_is_typed_as_ever),
        FRONT_TEST(fault_087__printer_hangs__keys_are_answered_meanwhile),
        FRONT_TEST(ticket__torn_at_once__the_same_again),
        FRONT_TEST(ticket__anew__asks_why_and_says_duplicate),
        FRONT_TEST(ticket__preview__shows_paper_code_and_receipt),
        FRONT_TEST(template__bad__is_refused_at_the_start),
        FRONT_TEST(door__code__says_yes_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
