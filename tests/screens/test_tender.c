/* What a sale is paid with on a screen: several tenders, voucher, comp, references, tax, rounding,
 * and cash that needs a till. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/till.h"
#include "tests/kit/front.h"

#define SOLD_HERE    "SELECT count(*) FROM claims WHERE state = 'sold' AND terminal = 'till-1'"
#define PAID(tender) "SELECT coalesce(sum(amount), 0) FROM payments WHERE tender = '" tender "'"

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

static int64_t number(const char *query)
{
    return stage_number(&front.stage, query);
}

/* Two adults of today's show stand on the pay screen: 20.00. */
static void open_pay(int rows, int columns)
{
    front_open(&front, &one, "till-1", rows, columns, NULL);
    pty_type(&one, "2\r\r");
    pty_wait_text(&one, "PAY  Ran");
}

static void part__cash_then_card__pays_what_is_left(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "12,50p");
    pty_wait_text(&one, "LEFT");
    pty_wait_text(&one, "take 7.50 by card");
    assert_int_equal(number(SOLD_HERE), 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, "cash 12.50 + card 7.50");
    assert_int_equal(number(SOLD_HERE), 2);
    assert_int_equal(number(PAID("cash")), 1250);
    assert_int_equal(number(PAID("card")), 750);
}

static void part__card_approved__then_cash_gives_change(void **state)
{
    (void)state;
    open_pay(12, 40);
    pty_type(&one, "p8");
    pty_wait_text(&one, "take 8.00 by card");
    pty_type(&one, "\r\r\r");
    pty_wait_text(&one, "LEFT");
    pty_wait_text(&one, "12.00");
    pty_quiet(&one, 200);
    assert_int_equal(number(SOLD_HERE), 0);
    pty_type(&one, "p15");
    pty_wait_text(&one, "CHANGE 3.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number(PAID("card")), 800);
    assert_int_equal(number(PAID("cash")), 1200);
}

static void part__card_declined__keeps_what_was_taken(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "5p");
    pty_wait_text(&one, "take 15.00 by card");
    pty_type(&one, "d");
    pty_wait_text(&one, "The card was declined; what was taken before stays.");
    pty_wait_text(&one, "15.00");
    pty_type(&one, "\033");
    pty_wait_text(&one, "cash 5.00 is no longer counted: give it back");
    pty_type(&one, "p");
    pty_wait_text(&one, "CASH  20.00 exact");
}

static void part__four_tenders__and_no_fifth(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "2p3\r");
    pty_wait_text(&one, "15.00");
    pty_type(&one, "pp4\r");
    pty_wait_text(&one, "11.00");
    pty_type(&one, "p");
    pty_wait_text(&one, "CASH  11.00 exact");
    pty_type(&one, "1p");
    pty_wait_text(&one, "at most 4 tenders pay a sale");
    pty_type(&one, "\033");
    pty_wait_text(&one, "CASH  11.00 exact");
    pty_type(&one, "\r");
    pty_wait_text(&one, "cash 2.00 + card 3.00 + card 4.00 + cash 11.00");
    assert_int_equal(number("SELECT count(*) FROM payments"), 4);
}

static void part__more_than_is_left_by_card__is_refused(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "p25\r");
    pty_wait_text(&one, "5.00 too much: only cash gives change");
    pty_quiet(&one, 200);
    assert_int_equal(number(SOLD_HERE), 0);
}

static void voucher__has_its_number(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "pp");
    pty_wait_text(&one, "VOUCHER  20.00 by voucher");
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "Enter: paid    Esc: back");
    pty_quiet(&one, 200);
    assert_int_equal(number(SOLD_HERE), 0);
    pty_type(&one, "GV-17 p\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number("SELECT count(*) FROM payments WHERE tender = 'voucher'"
                            " AND amount = 2000 AND reference = 'GV-17 p'"),
                     1);
}

static void fault_093__card_number_as_reference__is_refused_card_slip_is_kept(void **state)
{
    (void)state;
    open_pay(0, 0);
    pty_type(&one, "p\t4111111111111111\r");
    pty_wait_text(&one, "card number");
    pty_type(&one, "\025slip 42\r");
    pty_wait_text(&one, "reference: slip 42");
    pty_wait_text(&one, "Enter: approved");
    assert_int_equal(number(SOLD_HERE), 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number("SELECT count(*) FROM payments WHERE reference = 'slip 42'"), 1);
}

static void tax__own_rate_and_the_settings__stand_by_rate(void **state)
{
    (void)state;
    front_configure(&front, "tax = 700;");
    front_script(&front, "UPDATE ticket_types SET tax = 1900 WHERE digit = 2");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\rt2\r");
    pty_wait_text(&one, "PAY  Ran");
    pty_wait_text(&one, "incl. 7 % tax");
    pty_wait_text(&one, "incl. 19 % tax");
    assert_non_null(strstr(pty_row(&one, pty_find(&one, "incl. 7 % tax")), "0.65"));
    assert_non_null(strstr(pty_row(&one, pty_find(&one, "incl. 19 % tax")), "1.04"));
    pty_type(&one, "\r");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number("SELECT sum(tax) FROM takings"), 65 + 104);
}

static void rounding__cash_alone__is_shown_as_it_is_reckoned(void **state)
{
    (void)state;
    front_configure(&front, "cash_round = 20;");
    front_script(&front, "UPDATE prices SET amount = 996");
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "1\r\r");
    pty_wait_text(&one, "CASH  10.00 rounded");
    pty_type(&one, "p");
    pty_wait_text(&one, "take 9.96 by card");
    pty_type(&one, "ppp12");
    pty_wait_text(&one, "CHANGE 2.00");
    pty_type(&one, "\r");
    pty_wait_text(&one, "CHANGE 2.00");
    pty_wait_text(&one, "SOLD ");
    assert_int_equal(number("SELECT amount * 100 + rounding FROM payments"), 99604);
}

/* Is it all on the paper by now? */
static bool has_all(struct pty *pty, void *context)
{
    char path[KIT_PATH], *paper = kit_read_file(kit_path(path, front.stage.dir, "paper"), NULL);
    bool all = true;

    (void)pty;
    for (const char *const *text = context; *text; text++)
        all = all && strstr(paper, *text) != NULL;
    free(paper);
    return all;
}

static void receipt__rates_rounding_change_and_till__stand_on_it(void **state)
{
    static const char *wanted[] = {"incl. 7 % tax of 9.31                 0.65\n",
                                   "incl. 19 % tax of 5.46                1.04\n",
                                   "TOTAL EUR                            16.46\n",
                                   "cash                                 20.00\n",
                                   "rounded                              -0.06\n",
                                   "change                                3.60\n",
                                   "till 1\n",
                                   NULL};
    struct till_open_request request = {.drawer = 1, .opening = 100};
    struct till_reply reply;
    char text[KIT_PATH + 200], path[KIT_PATH];

    (void)state;
    kit_write_file(kit_path(path, front.stage.dir, "paper"), "", 0);
    (void)snprintf(text, sizeof text,
                   "printer = \"file:%s\"; receipts = true; tax = 700; cash_round = 20;", path);
    front_configure(&front, text);
    front_script(&front, "UPDATE ticket_types SET tax = 1900 WHERE digit = 2");
    front_script(&front, "UPDATE prices SET amount = 996 WHERE amount = 1000");
    front_do(&front, &verb_till_open, &request, &reply);
    front_open(&front, &one, "till-1", 0, 0, NULL);
    pty_type(&one, "2\rt2\r");
    pty_wait_text(&one, "CASH  16.40 rounded");
    pty_type(&one, "20\r");
    pty_wait_text(&one, "CHANGE 3.60");
    pty_wait(&one, has_all, wanted, "the receipt");
}

#define TENDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TENDER(part__cash_then_card__pays_what_is_left),
        TENDER(part__card_approved__then_cash_gives_change),
        TENDER(part__card_declined__keeps_what_was_taken),
        TENDER(part__four_tenders__and_no_fifth),
        TENDER(part__more_than_is_left_by_card__is_refused),
        TENDER(voucher__has_its_number),
        TENDER(fault_093__card_number_as_reference__is_refused_card_slip_is_kept),
        TENDER(tax__own_rate_and_the_settings__stand_by_rate),
        TENDER(rounding__cash_alone__is_shown_as_it_is_reckoned),
        TENDER(receipt__rates_rounding_change_and_till__stand_on_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
