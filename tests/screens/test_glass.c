/* The terminal itself: sizes, colours, odd terminals, hang-ups, stops. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/stage.h"

static struct stage stage;
static struct pty pty;

static int setup(void **state)
{
    (void)state;
    stage_init(&stage);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    stage_fini(&stage);
    return 0;
}

static void open_with(const struct pty_options *options, const char *const *env)
{
    stage_open(&stage, &pty, "counter-1", options, env);
}

/* Ends the program kindly and wants a clean exit, the terminal's modes undone. */
static void close_kindly(void)
{
    kill(pty.pid, SIGTERM);
    assert_int_equal(pty_reap(&pty, 2000), 0);
    pty_fini(&pty);
}

/* Does the screen hold nothing but ASCII? */
static bool all_ascii(void)
{
    for (const char *at = pty_text(&pty); *at; at++)
        if ((unsigned char)*at >= 0x80)
            return false;
    return true;
}

/* Is any cell coloured? */
static bool coloured(void)
{
    for (int row = 0; row < pty.rows; row++)
        for (int column = 0; column < pty.columns; column++) {
            VTermScreenCell cell = pty_cell(&pty, row, column);
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
    pty_wait_text(&pty, "Starts");
    for (int i = 0; i < 300; i++) {
        pty_resize(&pty, 1 + (int)kit_below(&seed, 120), 1 + (int)kit_below(&seed, 300));
        if (i % 3 == 0)
            pty_type(&pty, "j");
        pty_read(&pty, 1);
    }
    pty_resize(&pty, 24, 80);
    pty_wait(&pty, basket_below, NULL, "the basket's line on row 20");
    close_kindly();
}

static void fault_076__one_by_one__says_enlarge_and_keeps_the_draft(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Starts");
    pty_type(&pty, "7");
    pty_wait_text(&pty, "7_");
    pty_resize(&pty, 1, 1);
    pty_quiet(&pty, 50);
    pty_quiet(&pty, 50);
    pty_resize(&pty, 5, 20);
    pty_wait_text(&pty, "enlarge");
    pty_resize(&pty, 24, 80);
    pty_wait_text(&pty, "7_  Enter holds");
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
        pty_wait_text(&pty, "Ran ");
        pty_wait_text(&pty, "help");
        assert_int_equal(pty_find(&pty, "? help"), sizes[i].rows - 1);
        assert_true(pty_find(&pty, "DEMO") == 0);
        close_kindly();
    }
}

static void glass__no_color__nothing_coloured(void **state)
{
    static const char *const env[] = {"NO_COLOR=1", NULL};

    (void)state;
    open_with(NULL, env);
    pty_wait_text(&pty, "Ran ");
    assert_false(coloured());
    close_kindly();
}

static void glass__colours__by_default(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    assert_true(coloured());
    close_kindly();
}

static void fault_081__no_colour_terminal__usable(void **state)
{
    struct pty_options options = {.term = "vt100"};

    (void)state;
    open_with(&options, NULL);
    pty_wait_text(&pty, "Ran ");
    assert_false(coloured());
    pty_type(&pty, "2");
    pty_wait_text(&pty, "Enter holds the best 2");
    close_kindly();
}

static void fault_082__locale_without_utf8__ascii(void **state)
{
    static const char *const env[] = {"LC_ALL=C", NULL};

    (void)state;
    open_with(NULL, env);
    pty_wait_text(&pty, "Ran ");
    assert_true(all_ascii());
    assert_non_null(strstr(pty_row(&pty, 3), "----"));
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
        pty_wait_text(&pty, "boxoffice: TERM");
        assert_int_equal(pty_reap(&pty, 2000), 3);
        pty_fini(&pty);
    }
}

/* Opens the program under a configuration of a few lines. */
static void open_configured(const char *lines)
{
    char path[KIT_PATH];

    kit_path(path, stage.dir, "boxoffice");
    if (mkdir(path, 0755) < 0 && errno != EEXIST)
        fail_msg("%s", path);
    kit_path(path, stage.dir, "boxoffice/boxoffice.conf");
    kit_write_file(path, lines, strlen(lines));
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    pty_quiet(&pty, 50);
    unlink(path);
}

static void glass__settings__ascii_and_no_colours(void **state)
{
    (void)state;
    open_configured("glyphs = \"ascii\";\ncolour = \"never\";\n");
    assert_true(all_ascii());
    assert_false(coloured());
    assert_non_null(strstr(pty_row(&pty, pty_find(&pty, "Ran ")), "#....."));
    close_kindly();
}

/* Does the program write anything for two seconds and a half? */
static bool writes(void)
{
    pty.bytes = 0;
    for (int i = 0; i < 25; i++)
        pty_read(&pty, 100);
    return pty.bytes > 0;
}

static void glass__calm__nothing_changes_by_the_second(void **state)
{
    (void)state;
    open_configured("calm = true;\n");
    pty_type(&pty, "2\r");
    pty_wait_text(&pty, "keeps 3 min");
    pty_quiet(&pty, 300);
    assert_false(writes() && writes()); /* a minute may have turned in the first */
    close_kindly();
}

static void glass__setting_16__no_colour_above_16(void **state)
{
    (void)state;
    open_configured("colour = \"16\";\n");
    assert_true(coloured());
    for (int row = 0; row < pty.rows; row++)
        for (int column = 0; column < pty.columns; column++) {
            VTermScreenCell cell = pty_cell(&pty, row, column);
            assert_true(!VTERM_COLOR_IS_INDEXED(&cell.fg) || cell.fg.indexed.idx < 16);
        }
    close_kindly();
}

static void glass__click__chooses_the_row(void **state)
{
    char click[64];

    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Stalker");
    pty_quiet(&pty, 100);
    int row = pty_find(&pty, "Stalker");
    (void)snprintf(click, sizeof click, "\033[<0;20;%dM\033[<0;20;%dm", row + 1, row + 1);
    pty_type(&pty, click);
    pty_quiet(&pty, 100);
    assert_int_equal(pty_cursor(&pty).row, row);
    close_kindly();
}

/* Two seats held by this terminal in the database. */
static bool holds_two(void)
{
    for (int i = 0; i < 500; i++) {
        pty_read(&pty, 10);
        if (stage_number(&stage, "SELECT count(*) FROM claims WHERE state = 'held'"
                                 " AND terminal = 'counter-1'") == 2)
            return true;
    }
    return false;
}

static void fault_078__line_drops__exits_and_the_basket_keeps_its_hold(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "2\r");
    assert_true(holds_two());
    pty_hang_up(&pty);
    assert_true(pty_reap(&pty, 2000) >= 0);
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM claims WHERE state = 'held'"
                                          " AND terminal = 'counter-1'"),
                     2);
    pty_fini(&pty);
}

/* As under nohup: the end of the line comes as an end of file alone. */
static void fault_079__end_of_file__exits(void **state)
{
    char command[3 * KIT_PATH];
    const char *program = getenv("BOXOFFICE");
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    const char *env[] = {stage.zone, stage.home, stage.data, NULL};
    struct pty_options options = {.argv = argv, .env = env};

    (void)state;
    (void)snprintf(command, sizeof command, "trap '' HUP; exec '%s' -d '%s' -t counter-1",
                   program ? program : TOP_BUILDDIR "/boxoffice", stage.path);
    pty_init(&pty, &options);
    pty_wait_text(&pty, "Ran ");
    pty_hang_up(&pty);
    assert_int_equal(pty_reap(&pty, 2000), 0);
    assert_int_equal(
        stage_number(&stage, "SELECT count(*) FROM terminals WHERE name = 'counter-1'"), 0);
    pty_fini(&pty);
}

static void glass__redraw__writes_all_again(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    pty_quiet(&pty, 100);
    pty.bytes = 0;
    pty_type(&pty, "\f");
    pty_quiet(&pty, 200);
    assert_true(pty.bytes > 1000);
    close_kindly();
}

static bool stopped(void *context)
{
    int status = 0;

    (void)context;
    pty_read(&pty, 0);
    return waitpid(pty.pid, &status, WNOHANG | WUNTRACED) == pty.pid && WIFSTOPPED(status);
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
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "\032");
    assert_true(kit_wait_until(stopped, NULL, 3000));
    /* Others write while it is stopped. */
    assert_int_equal(sql_tx(stage.db, touch_show, NULL), SQL_OK);
    kill(pty.pid, SIGCONT);
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "3");
    pty_wait_text(&pty, "3_");
    close_kindly();
}

static void glass__esc__answers_within_a_blink(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "2");
    pty_wait_text(&pty, "2_");
    pty_type(&pty, "\033");
    pty_wait_gone(&pty, "2_");
    close_kindly();
}

static void fault_085__arrow_split_by_a_slow_line__moves_nothing(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "2");
    pty_wait_text(&pty, "2_");
    pty_type(&pty, "\033");
    pty_wait_gone(&pty, "2_"); /* the Esc has acted */
    int row = pty_cursor(&pty).row;
    pty_type(&pty, "O");
    pty_quiet(&pty, 40);
    pty_type(&pty, "A");
    pty_quiet(&pty, 100);
    assert_int_equal(pty_cursor(&pty).row, row);
    pty_wait_text(&pty, "BASKET empty"); /* no screen opened */
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
    pty_wait_text(&pty, "Ran ");
    pty_type(&pty, "\033[200~");
    pty_type_bytes(&pty, text, size);
    pty_type(&pty, "\033[201~");
    pty_wait_text(&pty, "pasted text is not taken");
    assert_int_equal(stage_number(&stage, "SELECT count(*) FROM claims WHERE state = 'held'"
                                          " AND terminal = 'counter-1'"),
                     0);
    pty_type(&pty, "4");
    pty_wait_text(&pty, "4_");
    free(text);
    close_kindly();
}

static void fault_012__same_name_twice__second_refuses(void **state)
{
    static struct pty second;

    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    stage_open(&stage, &second, "counter-1", NULL, NULL);
    pty_wait_text(&second, "in use");
    assert_int_equal(pty_reap(&second, 2000), 1);
    pty_fini(&second);
    kill(pty.pid, SIGKILL);
    pty_reap(&pty, 2000);
    pty_fini(&pty);
    open_with(NULL, NULL); /* a crashed one's name is free at once */
    pty_wait_text(&pty, "Ran ");
    close_kindly();
}

static void fault_008__segv__terminal_is_restored(void **state)
{
    (void)state;
    open_with(NULL, NULL);
    pty_wait_text(&pty, "Ran ");
    kill(pty.pid, SIGSEGV);
    assert_int_equal(pty_reap(&pty, 2000), 128 + SIGSEGV);
    pty_wait_gone(&pty, "Ran "); /* back on the first screen */
    pty_fini(&pty);
}

static int release(void **state)
{
    (void)state;
    if (pty.vterm)
        pty_fini(&pty);
    return 0;
}

#define GLASS(test) cmocka_unit_test_teardown(test, release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GLASS(fault_075__resize_storm__no_crash),
        GLASS(fault_076__one_by_one__says_enlarge_and_keeps_the_draft),
        GLASS(glass__sizes__list_is_readable),
        GLASS(glass__no_color__nothing_coloured),
        GLASS(glass__colours__by_default),
        GLASS(fault_081__no_colour_terminal__usable),
        GLASS(fault_082__locale_without_utf8__ascii),
        GLASS(fault_080__term_bogus__message_and_exit_3),
        GLASS(glass__settings__ascii_and_no_colours),
        GLASS(glass__calm__nothing_changes_by_the_second),
        GLASS(glass__setting_16__no_colour_above_16),
        GLASS(glass__click__chooses_the_row),
        GLASS(glass__redraw__writes_all_again),
        GLASS(fault_077__ctrl_z__comes_back_and_holds_no_transaction),
        GLASS(glass__esc__answers_within_a_blink),
        GLASS(fault_085__arrow_split_by_a_slow_line__moves_nothing),
        GLASS(fault_086__megabyte_pasted__bounded_and_confirms_nothing),
        GLASS(fault_012__same_name_twice__second_refuses),
        GLASS(fault_008__segv__terminal_is_restored),
        GLASS(fault_079__end_of_file__exits),
        GLASS(fault_078__line_drops__exits_and_the_basket_keeps_its_hold),
    };

    return cmocka_run_group_tests(tests, setup, teardown) != 0;
}
