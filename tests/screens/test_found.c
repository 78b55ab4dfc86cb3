/* From the demo's menu to a box office of one's own, and its first sale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/stage.h"
#include "tui/office.h"

static struct stage stage;
static struct pty one;
static char own[2 * KIT_PATH];

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    (void)snprintf(own, sizeof own, "%s/boxoffice/boxoffice.db", stage.dir);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    stage_fini(&stage);
    return 0;
}

static void open_form(int rows, int columns)
{
    const struct pty_options options = {.rows = rows, .columns = columns};

    stage_open(&stage, &one, "till-1", &options, NULL);
    pty_wait_text(&one, "> ");
    pty_type(&one, "mjjjjjjjjjjjjjjjjjjjjjjjjk"); /* the last but one */
    pty_wait_text(&one, "> Start for real");
    pty_type(&one, "\r");
    pty_wait_text(&one, "FOR REAL 1/4");
}

static int64_t number(const char *query)
{
    const struct sql_options options = {
        .name = own, .read_only = true, .application = OFFICE_APPLICATION};
    struct sql *db = NULL;
    int64_t n = -1;

    if (sql_open(&db, &options) == SQL_OK)
        n = sql_one_number(db, -1, query, NULL, 0);
    sql_close(&db);
    return n;
}

/* The steps as somebody types them who takes what is proposed. */
static void fill(void)
{
    pty_type(&one, "Odeon\r");
    pty_wait_text(&one, "FOR REAL 2/4");
    pty_type(&one, "\r");
    pty_wait_text(&one, "FOR REAL 3/4");
    pty_wait_text(&one, "96 seats");
    pty_type(&one, "Casablanca\t\t\t\t11.50\r");
    pty_wait_text(&one, "FOR REAL 4/4");
    pty_type(&one, "\025150.00\tMira Holm\t246810\t246810\r");
}

static void sell_first(void)
{
    pty_wait_gone(&one, "FOR REAL");
    pty_wait_text(&one, "PIN");
    pty_type(&one, "\0251\t246810\r");
    pty_wait_text(&one, "Casablanca");
    pty_type(&one, "2\r\r\r");
    pty_wait_text(&one, "SOLD ");
}

static void found__steps_filled__the_first_sale_follows(void **state)
{
    const int64_t claims = stage_number(&stage, "SELECT count(*) FROM claims");

    (void)state;
    open_form(0, 0);
    fill();
    sell_first();
    assert_int_equal(pty_find(&one, "DEMO"), -1);
    pty_type(&one, "m");
    pty_wait_text(&one, "Leave the box office");
    assert_int_equal(pty_find(&one, "Start for real"), -1);
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'sold'"), 2);
    assert_int_equal(number("SELECT count(*) FROM venue WHERE name = 'Odeon' AND demo = 0"), 1);
    assert_int_equal(number("SELECT opening FROM till_sessions WHERE state = 'open'"), 15000);
    assert_int_equal(number("SELECT count(*) FROM payments WHERE till_id IS NOT NULL"), 1);
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM claims"), claims);
    assert_int_equal(stage_number(&stage, "SELECT demo FROM venue"), 1);
}

static bool has(struct pty *pty, void *context)
{
    char path[KIT_PATH], *paper = kit_read_file(kit_path(path, stage.dir, "paper"), NULL);
    bool found = strstr(paper, context) != NULL;

    (void)pty;
    free(paper);
    return found;
}

/* The name that was typed stands on the tickets, which are valid. */
static void found__small_screen__is_the_same(void **state)
{
    char path[KIT_PATH], text[4 * KIT_PATH], name[] = "Odeon", serial[] = "no. 2";

    (void)state;
    kit_write_file(kit_path(path, stage.dir, "paper"), "", 0);
    (void)snprintf(text, sizeof text,
                   "mkdir -p %s/boxoffice && echo 'printer = \"file:%s\";'"
                   " >%s/boxoffice/boxoffice.conf",
                   stage.dir, path, stage.dir);
    const char *argv[] = {"sh", "-c", text, NULL};
    struct kit_run run = kit_run(stage.dir, argv, 5000);

    assert_int_equal(run.status, 0);
    kit_run_fini(&run);
    open_form(12, 40);
    fill();
    sell_first();
    pty_wait(&one, has, name, name);
    pty_wait(&one, has, serial, serial);
    char *paper = kit_read_file(path, NULL);

    assert_null(strstr(paper, "NOT VALID"));
    free(paper);
    assert_int_equal(number("SELECT count(*) FROM claims WHERE state = 'sold'"), 2);
}

static void found__esc__goes_back_and_loses_nothing(void **state)
{
    (void)state;
    open_form(0, 0);
    pty_type(&one, "Odeon\r");
    pty_wait_text(&one, "FOR REAL 2/4");
    pty_type(&one, "\t\t\025A-D\t\0259\t\025\tA1\r");
    pty_wait_text(&one, "36 seats");
    pty_type(&one, "Casablanca\t");
    pty_type(&one, "\033");
    pty_wait_text(&one, "FOR REAL 2/4");
    pty_wait_text(&one, "A-D");
    pty_type(&one, "\033");
    pty_wait_text(&one, "FOR REAL 1/4");
    pty_wait_text(&one, "Odeon");
    pty_type(&one, "\033");
    pty_wait_text(&one, "Esc again leaves");
    pty_type(&one, "\r\r");
    pty_wait_text(&one, "FOR REAL 3/4");
    pty_wait_text(&one, "Casablanca");
    assert_int_equal(number("SELECT 1"), -1); /* nothing is made before the last step */
}

static void found__what_is_wrong__is_asked_for_in_its_step(void **state)
{
    (void)state;
    open_form(0, 0);
    pty_type(&one, "\r");
    pty_wait_text(&one, "what is the house called?");
    pty_type(&one, "Odeon\t\t\025");
    pty_type(&one, stage.path);
    pty_type(&one, "\r");
    pty_wait_text(&one, "there is something already");
    pty_type(&one, "\025");
    pty_type(&one, own);
    pty_type(&one, "\r");
    pty_wait_text(&one, "FOR REAL 2/4");
    pty_type(&one, "\t/nowhere/plan.txt\r");
    pty_wait_text(&one, "/nowhere/plan.txt: No such file");
    pty_type(&one, "\025\t\025N-A\r");
    pty_wait_text(&one, "rows are A-N");
    pty_type(&one, "\0253\r");
    pty_wait_text(&one, "36 seats");
    pty_type(&one, "Casablanca\t\0251999-01-01\t\t\t11\r");
    pty_wait_text(&one, "this is past");
}

/* A hall that is in a file already. */
static void found__plan_file__is_the_hall(void **state)
{
    static const char plan[] = "@hall Saal\nA\tww_oooo\nB\too_oooo\n";
    char path[KIT_PATH];

    (void)state;
    kit_write_file(kit_path(path, stage.dir, "saal.txt"), plan, sizeof plan - 1);
    open_form(0, 0);
    pty_type(&one, "Odeon\r\t");
    pty_type(&one, path);
    pty_type(&one, "\r");
    pty_wait_text(&one, "Saal: 12 seats");
    pty_type(&one, "Casablanca\t\t\t\t11.50\r");
    pty_wait_text(&one, "FOR REAL 4/4");
    pty_type(&one, "\tMira Holm\t123456\t123456\r");
    pty_wait_text(&one, "the first that anybody would try");
    pty_type(&one, "246810\t246811\r"); /* both are empty again */
    pty_wait_text(&one, "these were two PINs");
    pty_type(&one, "\025246810\r");
    sell_first();
    assert_int_equal(number("SELECT count(*) FROM halls WHERE name = 'Saal'"), 1);
    assert_int_equal(number("SELECT count(*) FROM seats WHERE kind = 'wheelchair'"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(found__steps_filled__the_first_sale_follows, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(found__small_screen__is_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(found__esc__goes_back_and_loses_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(found__what_is_wrong__is_asked_for_in_its_step, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(found__plan_file__is_the_hall, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
