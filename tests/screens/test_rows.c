/* Rows of today as time passes: what has begun, what is over, what moves under the cursor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/desk/house.h"
#include "tests/kit/front.h"
#include "tests/kit/inside.h"

static struct front front;
static struct inside inside;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    inside_open(&inside, &front.stage, "counter-1");
    inside_wait_text(&inside, "Ran ");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    inside_fini(&inside);
    front_fini(&front);
    return 0;
}

/* Today's show begins so many minutes from now and sells until `stop`; the terminal hears of it. */
static void move_show(int starts_min, int stop_min)
{
    char text[256];
    long long now = sql_now(front.stage.db);

    (void)snprintf(text, sizeof text,
                   "UPDATE shows SET rev = rev + 1, starts_at = %lld, sale_stop = %lld,"
                   " ends_at = %lld WHERE id = %lld",
                   now + starts_min * 60000LL, now + stop_min * 60000LL,
                   now + (starts_min + 120) * 60000LL, (long long)front.show.n);
    front_script(&front, text);
    framework_hear(&inside.app, &(struct hint){.kind = HINT_PROGRAMME});
}

static void rows__show_has_begun__stays_until_its_sale_stop(void **state)
{
    (void)state;
    move_show(-5, 15);
    inside_wait_text(&inside, "5 ago");
    inside_type(&inside, "2\r");
    inside_wait_text(&inside, "Enter PAY");
    assert_int_equal(inside.app.basket.n, 2);
}

static void rows__last_show_is_over__the_next_day_with_shows_is_named(void **state)
{
    (void)state;
    move_show(-25, -5);
    inside_wait_text(&inside, "No more shows on ");
    inside_wait_text(&inside, "; Enter goes there.");
    inside_type(&inside, "\r");
    inside_wait_text(&inside, "Ran ");
    inside_wait_gone(&inside, "TODAY");
}

static void rows__digits_typed_at_a_show_that_goes__go_with_it(void **state)
{
    (void)state;
    inside_type(&inside, "3");
    inside_wait_text(&inside, "3_");
    move_show(-25, -5);
    inside_wait_text(&inside, "the show is no longer on the list");
    inside_type(&inside, "\r");
    inside_wait_gone(&inside, "TODAY");
    assert_int_equal(stage_number(&front.stage, "SELECT count(*) FROM claims"), 0);
}

/* Another show, before the one under the cursor. */
static void add_earlier(void)
{
    struct show_reply reply;
    struct show_add_request request = {.hall = front.hall,
                                       .title = "Ponyo",
                                       .starts_at = sql_now(front.stage.db) + 10 * WHEN_MINUTE,
                                       .minutes = 60,
                                       .sale_stop_min = 20,
                                       .n_prices = 1,
                                       .prices = {{"", 700}}};

    front_do(&front, &verb_show_add, &request, &reply);
}

static void rows__earlier_show_comes__cursor_stays_on_its_own(void **state)
{
    (void)state;
    inside_wait_text(&inside, "> ");
    add_earlier();
    framework_hear(&inside.app, &(struct hint){.kind = HINT_PROGRAMME});
    inside_wait_text(&inside, "Ponyo");
    assert_non_null(strstr(inside_row(&inside, 4), "Ponyo"));
    assert_true(strncmp(inside_row(&inside, 5), "> ", 2) == 0);
    assert_non_null(strstr(inside_row(&inside, 5), "Ran "));
    inside_type(&inside, "2");
    inside_wait_text(&inside, "together: Ran, TODAY");
}

#define ROWS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROWS(rows__show_has_begun__stays_until_its_sale_stop),
        ROWS(rows__last_show_is_over__the_next_day_with_shows_is_named),
        ROWS(rows__digits_typed_at_a_show_that_goes__go_with_it),
        ROWS(rows__earlier_show_comes__cursor_stays_on_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
