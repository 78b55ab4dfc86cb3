/* The terminal itself: sizes, colours, odd terminals, hang-ups, stops. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "tests/kit/live.h"

static void open_with(const struct pty_options *options, const char *const *env)
{
    stage_open(&live.stage, &live.one, "counter-1", options, env);
}

/* Ends the program kindly and wants a clean exit, the terminal's modes undone. */
static void close_kindly(void)
{
    kill(live.one.pid, SIGTERM);
    assert_int_equal(pty_reap(&live.one, 2000), 0);
    pty_fini(&live.one);
}

/* Does the screen hold nothing but ASCII? */
static bool all_ascii(void)
{
    for (const char *at = pty_text(&live.one); *at; at++)
        if ((unsigned char)*at >= 0x80)
            return false;
    return true;
}

/* Is any cell coloured? */
static bool coloured(void)
{
    for (int row = 0; row < live.one.rows; row++)
        for (int column = 0; column < live.one.columns; column++) {
            VTermScreenCell cell = pty_cell(&live.one, row, column);
            if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
                return true;
        }
    return false;
}

static bool basket_below(struct pty *terminal, void *context)
{
    (void)context;
    return pty_find(terminal, "BASKET empty") == 20;
}

static void fault_075__resize_storm__no_crash(void **state)
{
    (void)state;
    uint64_t seed = kit_seed();
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Starts");
    for (int i = 0; i < 300; i++) {
        pty_resize(&live.one, 1 + (int)kit_below(&seed, 120), 1 + (int)kit_below(&seed, 300));
        if (i % 3 == 0)
            pty_type(&live.one, "j");
        pty_read(&live.one, 1);
    }
    pty_resize(&live.one, 24, 80);
    pty_wait(&live.one, basket_below, NULL, "the basket's line on row 20");
    close_kindly();
}

static void fault_076__one_by_one__says_enlarge_and_keeps_the_draft(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Starts");
    pty_type(&live.one, "7");
    pty_wait_text(&live.one, "7_");
    pty_resize(&live.one, 1, 1);
    pty_quiet(&live.one, 50);
    pty_quiet(&live.one, 50);
    pty_resize(&live.one, 5, 20);
    pty_wait_text(&live.one, "enlarge");
    pty_resize(&live.one, 24, 80);
    pty_wait_text(&live.one, "7_  Enter holds");
    close_kindly();
}

static void glass__sizes__list_is_readable(void **state)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{12, 40}, {24, 80}, {60, 200}, {70, 250}};

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct pty_options options = {.rows = sizes[i].rows, .columns = sizes[i].columns};
        open_with(&options, NULL);
        pty_wait_text(&live.one, "Ran ");
        pty_wait_text(&live.one, "help");
        assert_int_equal(pty_find(&live.one, "? help"), sizes[i].rows - 1);
        assert_true(pty_find(&live.one, "DEMO") == 0);
        close_kindly();
    }
}

static void glass__no_color__nothing_coloured(void **state)
{
    static const char *const env[] = {"NO_COLOR=1", NULL};

    (void)state;
    open_with(NULL, env);
    pty_wait_text(&live.one, "Ran ");
    assert_false(coloured());
    close_kindly();
}

static void glass__colours__by_default(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    assert_true(coloured());
    close_kindly();
}

static void fault_081__no_colour_terminal__usable(void **state)
{
    struct pty_options options = {.term = "vt100"};

    (void)state;
    open_with(&options, NULL);
    pty_wait_text(&live.one, "Ran ");
    assert_false(coloured());
    pty_type(&live.one, "2");
    pty_wait_text(&live.one, "Enter holds the best 2");
    close_kindly();
}

static void fault_082__locale_without_utf8__ascii(void **state)
{
    static const char *const env[] = {"LC_ALL=C", NULL};

    (void)state;
    open_with(NULL, env);
    pty_wait_text(&live.one, "Ran ");
    assert_true(all_ascii());
    assert_non_null(strstr(pty_row(&live.one, 3), "----"));
    close_kindly();
}

static void fault_080__term_bogus__message_and_exit_3(void **state)
{
    static const char *const terms[] = {"no-such-terminal", ""};
    /* ncurses itself keeps what a newterm that failed had allocated. */
    static const char *const env[] = {"ASAN_OPTIONS=detect_leaks=0", NULL};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct pty_options options = {.term = terms[i]};
        open_with(&options, env);
        pty_wait_text(&live.one, "boxoffice: TERM");
        assert_int_equal(pty_reap(&live.one, 2000), 3);
        pty_fini(&live.one);
    }
}

/* Opens the program under a configuration of a few lines. */
static void open_configured(const char *lines)
{
    live_configure(lines);
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_quiet(&live.one, 50);
    live_configure("");
}

static void glass__settings__ascii_and_no_colours(void **state)
{
    (void)state;
    open_configured("glyphs = \"ascii\";\ncolour = \"never\";\n");
    assert_true(all_ascii());
    assert_false(coloured());
    assert_non_null(strstr(pty_row(&live.one, pty_find(&live.one, "Ran ")), "#....."));
    close_kindly();
}

/* Does the program write anything for two seconds and a half? */
static bool writes(void)
{
    live.one.bytes = 0;
    for (int i = 0; i < 25; i++)
        pty_read(&live.one, 100);
    return live.one.bytes > 0;
}

static void glass__calm__nothing_changes_by_the_second(void **state)
{
    (void)state;
    open_configured("calm = true;\n");
    pty_type(&live.one, "2\r");
    pty_wait_text(&live.one, "keeps 3 min");
    pty_quiet(&live.one, 300);
    assert_false(writes() && writes()); /* a minute may have turned in the first */
    close_kindly();
}

static void glass__setting_16__no_colour_above_16(void **state)
{
    (void)state;
    open_configured("colour = \"16\";\n");
    assert_true(coloured());
    for (int row = 0; row < live.one.rows; row++)
        for (int column = 0; column < live.one.columns; column++) {
            VTermScreenCell cell = pty_cell(&live.one, row, column);
            assert_true(!VTERM_COLOR_IS_INDEXED(&cell.fg) || cell.fg.indexed.idx < 16);
        }
    close_kindly();
}

static void glass__click__chooses_the_row(void **state)
{
    char click[64];

    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Stalker");
    pty_quiet(&live.one, 100);
    int row = pty_find(&live.one, "Stalker");
    (void)snprintf(click, sizeof click, "\033[<0;20;%dM\033[<0;20;%dm", row + 1, row + 1);
    pty_type(&live.one, click);
    pty_quiet(&live.one, 100);
    assert_int_equal(pty_cursor(&live.one).row, row);
    close_kindly();
}

static bool is_on_row(struct pty *pty, void *context)
{
    return pty_cursor(pty).row == *(const int *)context;
}

static void glass__wheel__moves_the_cursor(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "\033[H"); /* Home */
    pty_quiet(&live.one, 100);
    int row = pty_cursor(&live.one).row + 1;
    pty_type(&live.one, "\033[<65;20;6M");
    pty_wait(&live.one, is_on_row, &row, "the cursor one row down");
    close_kindly();
}

static void glass__redraw__writes_all_again(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_quiet(&live.one, 100);
    live.one.bytes = 0;
    pty_type(&live.one, "\f");
    pty_quiet(&live.one, 200);
    assert_true(live.one.bytes > 1000);
    close_kindly();
}

static bool stopped(void *context)
{
    int status = 0;

    (void)context;
    pty_read(&live.one, 0);
    return waitpid(live.one.pid, &status, WNOHANG | WUNTRACED) == live.one.pid &&
           WIFSTOPPED(status);
}

static bool touch_show(struct sql *db, void *context)
{
    (void)context;
    return sql_run0(db, "UPDATE shows SET rev = rev + 1 WHERE id = 1") == 1;
}

static void fault_077__ctrl_z__comes_back_and_holds_no_transaction(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "\032");
    assert_true(kit_wait_until(stopped, NULL, 3000));
    /* Others write while it is stopped. */
    assert_int_equal(sql_tx(live.stage.db, touch_show, NULL), SQL_OK);
    kill(live.one.pid, SIGCONT);
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "3");
    pty_wait_text(&live.one, "3_");
    close_kindly();
}

static void glass__esc__answers_within_a_blink(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "2");
    pty_wait_text(&live.one, "2_");
    pty_type(&live.one, "\033");
    pty_wait_gone(&live.one, "2_");
    close_kindly();
}

static void fault_085__arrow_split_by_a_slow_line__moves_nothing(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "2");
    pty_wait_text(&live.one, "2_");
    pty_type(&live.one, "\033");
    pty_wait_gone(&live.one, "2_"); /* the Esc has acted */
    int row = pty_cursor(&live.one).row;
    pty_type(&live.one, "O");
    pty_quiet(&live.one, 40);
    pty_type(&live.one, "A");
    pty_quiet(&live.one, 100);
    assert_int_equal(pty_cursor(&live.one).row, row);
    pty_wait_text(&live.one, "BASKET empty"); /* no screen opened */
    close_kindly();
}

static void fault_086__megabyte_pasted__bounded_and_confirms_nothing(void **state)
{
    (void)state;
    size_t size = 1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '2', size);
    for (size_t i = 0; i < size; i += 2)
        text[i] = '\r';
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    pty_type(&live.one, "\033[200~");
    pty_type_bytes(&live.one, text, size);
    pty_type(&live.one, "\033[201~");
    pty_wait_text(&live.one, "pasted text is not taken");
    assert_int_equal(live_held("counter-1"), 0);
    pty_type(&live.one, "4");
    pty_wait_text(&live.one, "4_");
    free(text);
    close_kindly();
}

static void fault_012__same_name_twice__second_refuses(void **state)
{
    static struct pty second;

    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    stage_open(&live.stage, &second, "counter-1", NULL, NULL);
    pty_wait_text(&second, "in use");
    assert_int_equal(pty_reap(&second, 2000), 1);
    pty_fini(&second);
    kill(live.one.pid, SIGKILL);
    pty_reap(&live.one, 2000);
    pty_fini(&live.one);
    open_with(NULL, NULL); /* a crashed one's name is free at once */
    pty_wait_text(&live.one, "Ran ");
    close_kindly();
}

static void fault_008__segv__terminal_is_restored(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&live.one, "Ran ");
    kill(live.one.pid, SIGSEGV);
    assert_int_equal(pty_reap(&live.one, 2000), 128 + SIGSEGV);
    pty_wait_gone(&live.one, "Ran "); /* back on the first screen */
    pty_fini(&live.one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(fault_075__resize_storm__no_crash),
        LIVE_TEST(fault_076__one_by_one__says_enlarge_and_keeps_the_draft),
        LIVE_TEST(glass__sizes__list_is_readable),
        LIVE_TEST(glass__no_color__nothing_coloured),
        LIVE_TEST(glass__colours__by_default),
        LIVE_TEST(fault_081__no_colour_terminal__usable),
        LIVE_TEST(fault_082__locale_without_utf8__ascii),
        LIVE_TEST(fault_080__term_bogus__message_and_exit_3),
        LIVE_TEST(glass__settings__ascii_and_no_colours),
        LIVE_TEST(glass__calm__nothing_changes_by_the_second),
        LIVE_TEST(glass__setting_16__no_colour_above_16),
        LIVE_TEST(glass__click__chooses_the_row),
        LIVE_TEST(glass__wheel__moves_the_cursor),
        LIVE_TEST(glass__redraw__writes_all_again),
        LIVE_TEST(fault_077__ctrl_z__comes_back_and_holds_no_transaction),
        LIVE_TEST(glass__esc__answers_within_a_blink),
        LIVE_TEST(fault_085__arrow_split_by_a_slow_line__moves_nothing),
        LIVE_TEST(fault_086__megabyte_pasted__bounded_and_confirms_nothing),
        LIVE_TEST(fault_012__same_name_twice__second_refuses),
        LIVE_TEST(fault_008__segv__terminal_is_restored),
    };

    return cmocka_run_group_tests(tests, live_setup, live_teardown) != 0;
}
