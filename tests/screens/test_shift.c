/* A shift at the till: from its float to its Z, on the demo with its three people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "core/desk/check.h"
#include "core/desk/till.h"
#include "tests/kit/stage.h"

#define SOLD "SELECT count(*) FROM claims WHERE state = 'sold' AND terminal = 'till-1'"
#define OF_SHIFT(what)                                                 \
    "SELECT coalesce(sum(" what "), 0) FROM payments WHERE till_id = " \
    "(SELECT max(id) FROM till_sessions)"

static struct stage stage;
static struct pty one, two;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    if (two.vterm)
        pty_fini(&two);
    stage_fini(&stage);
    return 0;
}

static int64_t number(const char *query)
{
    return stage_number(&stage, query);
}

static void want_sound(void)
{
    struct check_result result;
    struct fault why;

    assert_int_equal(check_run(stage.db, &result, &why), RC_OK);
    for (int i = 0; i < result.n; i++)
        if (!result.rows[i].holds)
            fail_msg("%s: %s", result.rows[i].text, result.rows[i].first);
}

/* Counts and closes the till that the demo opened, from elsewhere. */
static void close_demos_till(void)
{
    struct till_count_request count = {.till = {1}};
    struct till_close_request close = {.till = {1}};
    struct till_reply reply;

    verb_ask(&count.ask, stage.db, NULL, "office", 3);
    assert_int_equal(verb_do(stage.db, &verb_till_count, &count, &reply, NULL), RC_OK);
    verb_ask(&close.ask, stage.db, NULL, "office", 3);
    assert_int_equal(verb_do(stage.db, &verb_till_close, &close, &reply, NULL), RC_OK);
}

static void configure(const char *text)
{
    char dir[KIT_PATH], path[KIT_PATH];

    kit_path(dir, stage.dir, "boxoffice");
    assert_int_equal(mkdir(dir, 0700), 0);
    kit_write_file(kit_path(path, dir, "boxoffice.conf"), text, strlen(text));
}

static void open_screen(struct pty *pty, const char *terminal)
{
    stage_open(&stage, pty, terminal, NULL, NULL);
    pty_wait_text(pty, "Starts");
}

static void open_till_screen(struct pty *pty)
{
    stage_choose(pty, "Till: open, count, close");
    pty_wait_text(pty, "TILL  drawer 1");
}

/* Two seats of the first show stand on the pay screen. */
static void open_pay(void)
{
    pty_type(&one, "2\r");
    pty_wait_text(&one, "Enter PAY");
    pty_type(&one, "\r");
    pty_wait_text(&one, "TOTAL  ");
    pty_wait_text(&one, "PAY  ");
}

static void approve(const char *who)
{
    pty_wait_text(&one, "Who approves it?");
    pty_type(&one, who);
    pty_wait_gone(&one, "Who approves it?");
}

/* Counts so much in the smallest coin, and says that it is all. */
static void count(struct pty *pty, int64_t cents)
{
    char keys[40];

    pty_wait_text(pty, "COUNT the drawer");
    (void)snprintf(keys, sizeof keys, "\033[F%dy", (int)cents);
    pty_type(pty, keys);
    pty_wait_text(pty, "that is all there is");
    pty_type(pty, "y");
}

static void cash__without_a_till__says_so_and_how_to_open_it(void **state)
{
    (void)state;
    close_demos_till();
    open_screen(&one, "till-1");
    open_pay();
    pty_wait_text(&one, "cash needs an open till: m, then Till opens it");
    pty_type(&one, "\r");
    pty_quiet(&one, 200);
    assert_int_equal(number(SOLD), 0);
    open_till_screen(&one);
    pty_wait_text(&one, "It is closed: no cash is taken.");
    stage_choose_here(&one, "Open the till with a float");
    pty_wait_text(&one, "Float");
    pty_type(&one, "100\r");
    pty_wait_text(&one, "the till is open: float 100.00");
    pty_wait_text(&one, "Cash in, with a reason");
    pty_type(&one, "\033");
    pty_wait_text(&one, "exact: Enter means paid");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number(SOLD), 2);
    assert_int_equal(number("SELECT opening FROM till_sessions WHERE state = 'open'"), 10000);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE till_id = 2"), 1);
}

/* Sales by every tender into the open till. */
static void sell_by_every_tender(void)
{
    open_pay();
    pty_type(&one, "100");
    pty_wait_text(&one, "CHANGE ");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    open_pay();
    pty_type(&one, "pd");
    pty_wait_text(&one, "The card was declined; nothing is paid.");
    pty_type(&one, "pp");
    pty_wait_text(&one, "by card");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    open_pay();
    pty_type(&one, "5p");
    pty_wait_text(&one, "LEFT");
    pty_type(&one, "\r");
    pty_wait_text(&one, "cash 5.00 + card ");
    open_pay();
    pty_type(&one, "pp\rGV-1\r");
    pty_wait_text(&one, "SOLD ");
    open_pay();
    pty_type(&one, "ppp\rpress night\r");
    approve("2\t222222\r");
    pty_wait_text(&one, "SOLD ");
}

static void want_tenders(void)
{
    assert_int_equal(number(SOLD), 10);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE till_id IS NOT NULL"), 6);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE tender = 'voucher'"
                            " AND reference = 'GV-1' AND till_id = 1"),
                     1);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE tender = 'comp'"
                            " AND reference = 'press night' AND till_id = 1"),
                     1);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE tender = 'card'"
                            " AND till_id = 1"),
                     2);
}

/* The expected cash of the shift, without what the program says. */
static int64_t cash_now(void)
{
    return 15000 +
           number("SELECT sum(amount) FROM payments WHERE tender = 'cash' AND till_id = 1") - 300;
}

static void end_shift(void)
{
    stage_choose_here(&one, "X report: what is in it now");
    pty_wait_text(&one, "report X");
    pty_wait_text(&one, "opened by 1 Mira");
    pty_type(&one, "\033[F");
    pty_wait_text(&one, "milk");
    pty_wait_text(&one, "float ");
    assert_int_equal(pty_find(&one, "expected"), -1);
    pty_type(&one, "\033");
    stage_choose_here(&one, "Count the drawer");
    count(&one, 1);
    pty_wait_text(&one, "Variance");
    stage_choose_here(&one, "Close the till: the Z report");
    pty_wait_text(&one, "y closes it so, any other key no");
    pty_type(&one, "\r"); /* pressed once too often: it is still open */
    pty_wait_text(&one, "nothing was changed");
    assert_int_equal(number("SELECT z_last FROM venue"), 0);
    stage_choose_here(&one, "Count once more, with a supervisor");
    count(&one, cash_now());
    approve("3\t333333\r");
    pty_wait_text(&one, "Counted twice");
    assert_non_null(strstr(pty_row(&one, pty_find(&one, "Variance")), " 0.00"));
    stage_choose_here(&one, "Close the till: the Z report");
}

static void shift__every_tender__adds_up_in_the_z(void **state)
{
    (void)state;
    configure("two_sign = true; tax = 700;");
    open_screen(&one, "till-1");
    sell_by_every_tender();
    want_tenders();
    open_till_screen(&one);
    stage_choose_here(&one, "Cash out, with a reason");
    pty_type(&one, "3\rmilk\r");
    pty_wait_text(&one, "noted: 3.00 out, milk");
    end_shift();
    approve("2\t222222\r");
    pty_wait_text(&one, "report Z");
    pty_wait_text(&one, "closed by 1 Mira");
    pty_wait_text(&one, "signed by 2 Tom");
    assert_int_equal(number("SELECT counted - expected FROM till_sessions WHERE id = 1"), 0);
    assert_int_equal(number("SELECT expected FROM till_sessions WHERE id = 1"), cash_now());
    assert_int_equal(number("SELECT signed_by FROM till_sessions WHERE id = 1"), 2);
    assert_int_equal(number("SELECT sum(amount) FROM takings WHERE till_id = 1"),
                     number(OF_SHIFT("amount")));
    want_sound();
}

/* --- the Z on paper -------------------------------------------------------------------------- */

static const char *paper_path(void)
{
    static char path[KIT_PATH];

    return kit_path(path, stage.dir, "paper");
}

/* Is the paper so many times the first Z? */
static bool has_papers(struct pty *pty, void *context)
{
    const int *wanted = context;
    char *paper = kit_read_file(paper_path(), NULL);
    size_t size = strlen(paper), each = size / (size_t)*wanted;
    bool all = size > 0 && size % (size_t)*wanted == 0 && strstr(paper, "JOURNAL") != NULL;

    (void)pty;
    for (int i = 1; i < *wanted && all; i++)
        all = strncmp(paper, paper + (size_t)i * each, each) == 0;
    free(paper);
    return all;
}

static void want_papers(int n)
{
    pty_wait(&one, has_papers, &n, "so many Z on paper, all the same");
}

static int64_t paper_size(void)
{
    char *paper = kit_read_file(paper_path(), NULL);
    int64_t size = (int64_t)strlen(paper);

    free(paper);
    return size;
}

static void z__printed_again_and_later__is_the_same(void **state)
{
    char text[KIT_PATH + 80];
    int64_t size;

    (void)state;
    close_demos_till();
    kit_write_file(paper_path(), "", 0);
    (void)snprintf(text, sizeof text, "printer = \"file:%s\"; venue = \"Odeon\";", paper_path());
    configure(text);
    open_screen(&one, "till-1");
    open_till_screen(&one);
    stage_choose_here(&one, "The last Z report of this drawer, as it was");
    pty_wait_text(&one, "report Z");
    pty_wait_text(&one, "Odeon");
    pty_type(&one, "i");
    want_papers(1);
    size = paper_size();
    pty_type(&one, "i");
    want_papers(2);
    assert_int_equal(paper_size(), 2 * size);
    pty_type(&one, "h");
    pty_wait_text(&one, "there is none before it");
    pty_type(&one, "\033");
    stage_choose_here(&one, "Open the till with a float");
    pty_type(&one, "7\r");
    pty_wait_text(&one, "the till is open: float 7.00");
    stage_choose_here(&one, "The last Z report of this drawer, as it was");
    pty_wait_text(&one, "report Z");
    pty_type(&one, "i");
    want_papers(3);
    assert_int_equal(paper_size(), 3 * size);
}

static void two_terminals__close_one_till__one_wins(void **state)
{
    (void)state;
    open_screen(&one, "till-1");
    open_screen(&two, "till-2");
    open_till_screen(&one);
    stage_choose_here(&one, "Count the drawer");
    count(&one, 15000);
    pty_wait_text(&one, "Close the till: the Z report");
    open_till_screen(&two);
    pty_wait_text(&two, "> Close the till: the Z report");
    pty_wait_text(&one, "> Close the till: the Z report");
    pty_type(&one, "\r");
    pty_type(&two, "\r");
    pty_wait_text(&one, "drawer 1");
    pty_quiet(&one, 300);
    pty_quiet(&two, 300);
    assert_int_equal(number("SELECT z_last FROM venue"), 1);
    assert_int_equal((pty_find(&one, "report Z") >= 0) + (pty_find(&two, "report Z") >= 0), 1);
    struct pty *loser = pty_find(&one, "report Z") >= 0 ? &two : &one;
    pty_wait_text(loser, "It is closed: no cash is taken.");
    want_sound();
}

static void count__esc_over_what_was_typed__is_pressed_twice(void **state)
{
    (void)state;
    open_screen(&one, "till-1");
    open_till_screen(&one);
    stage_choose_here(&one, "Count the drawer");
    pty_wait_text(&one, "COUNT the drawer");
    pty_type(&one, "2\033");
    pty_wait_text(&one, "Esc again leaves, and forgets what was typed");
    pty_type(&one, "\r"); /* goes on */
    pty_wait_text(&one, "COUNTED 1000.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "\033");
    pty_wait_text(&one, "> Count the drawer");
    assert_int_equal(number("SELECT count(*) FROM till_counts"), 0);
}

static void close__with_a_variance__is_asked_and_done(void **state)
{
    (void)state;
    open_screen(&one, "till-1");
    open_till_screen(&one);
    stage_choose_here(&one, "Count the drawer");
    count(&one, 14900);
    stage_choose_here(&one, "Close the till: the Z report");
    pty_wait_text(&one, "variance -1.00: y closes it so");
    pty_type(&one, "\003");
    pty_wait_text(&one, "Leave the box office");
    pty_type(&one, "\033");
    pty_wait_gone(&one, "Leave the box office");
    pty_wait_text(&one, "variance -1.00: y closes it so");
    pty_type(&one, "n");
    pty_wait_text(&one, "nothing was changed");
    assert_true(pty_find(&one, "variance -1.00: y closes it so") < 0);
    stage_choose_here(&one, "Close the till: the Z report");
    pty_wait_text(&one, "variance -1.00: y closes it so");
    pty_type(&one, "y");
    pty_wait_text(&one, "report Z");
    assert_int_equal(number("SELECT counted - expected FROM till_sessions WHERE id = 1"), -100);
    want_sound();
}

static void till__without_a_drawer__says_so(void **state)
{
    (void)state;
    configure("drawer = 0;");
    open_screen(&one, "till-1");
    stage_choose(&one, "Till: open, count, close");
    pty_wait_text(&one, "This terminal has no drawer (setting drawer).");
    pty_type(&one, "\r\033");
    open_pay();
    pty_wait_text(&one, "this terminal has no drawer: no cash is taken here");
    pty_type(&one, "p\r");
    pty_wait_text(&one, "SOLD ");
}

#define SHIFT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHIFT(cash__without_a_till__says_so_and_how_to_open_it),
        SHIFT(shift__every_tender__adds_up_in_the_z),
        SHIFT(z__printed_again_and_later__is_the_same),
        SHIFT(two_terminals__close_one_till__one_wins),
        SHIFT(count__esc_over_what_was_typed__is_pressed_twice),
        SHIFT(close__with_a_variance__is_asked_and_done),
        SHIFT(till__without_a_drawer__says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
