/*
 * No screen breaks with texts that are longer by four tenths: the frame stands where it does in
 * English, entries of the key bar are whole, amounts and times are not cut, keys do what they do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tests/kit/longer.h"
#include "tests/kit/shot.h"
#include "tests/screens/scenes.h"
#include "tui/screen/registry.h"

enum { SIZES = 2, WORDS_MOST = 32, TEXTS_LEAST = 1000 };

static const int sizes[SIZES][2] = {{24, 80}, {43, 132}};

/* Where a screen is parted: rows that are ruled, and the column of the line in the middle row. */
struct frame {
    uint64_t rules;
    int line;
};

static struct front front;
static struct pty one;
static struct frame english[SCREEN_COUNT][SIZES];
static char longer[KIT_PATH];
static const char sales[] = "SELECT count(*) FROM reservations WHERE state = 'sold'";

static int setup(void **state)
{
    (void)state;
    kit_tempdir(longer);
    assert_true(longer_make(longer) > TEXTS_LEAST);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    if (front.stage.db)
        front_fini(&front);
    kit_remove_tree(longer);
    return 0;
}

/* Opens the program, with the longer texts or the English ones. */
static void open_terminal(bool with_longer)
{
    char directory[sizeof "BOXOFFICE_LOCALEDIR=" + KIT_PATH];
    const char *const env[] = {directory, "LANGUAGE=de", NULL};
    const struct pty_options options = {.longer = with_longer};

    (void)snprintf(directory, sizeof directory, "BOXOFFICE_LOCALEDIR=%s", longer);
    stage_open(&front.stage, &one, "till-1", &options, with_longer ? env : NULL);
}

/* --- what holds ------------------------------------------------------------------------------ */

/* A row in which a number ends with an ellipsis, in a static buffer; NULL: there is none. */
static const char *shortened(void)
{
    for (int row = 0; row < one.rows; row++) {
        const char *text = pty_row(&one, row);
        for (const char *at = text; (at = strstr(at, "…")) != NULL; at++)
            if (at > text && strchr("0123456789.:", at[-1]) != NULL)
                return text;
    }
    return NULL;
}

static struct frame frame_of(void)
{
    struct frame frame = {.line = -1};

    for (int row = 0; row < one.rows; row++) {
        int ruled = 0;
        for (int column = 0; column < one.columns; column++) {
            VTermScreenCell cell = pty_cell(&one, row, column);
            ruled += cell.chars[0] == 0x2500;
            if (cell.chars[0] == 0x2502 && row == one.rows / 2)
                frame.line = column;
        }
        if (ruled > one.columns / 2)
            frame.rules |= UINT64_C(1) << row;
    }
    return frame;
}

/* Is it one of the entries of this line of the key bar, as it is read without what is longer? What
 * Enter pays stands behind its word. */
static bool is_entry(enum screen_id id, int line, const char *text)
{
    struct action_word words[WORDS_MOST];
    size_t n = action_words(id, words, WORDS_MOST);
    char entry[64];

    for (size_t i = 0; i < n; i++) {
        int size = snprintf(entry, sizeof entry, "%s %s", words[i].key, words[i].word);
        bool pays = id == SCREEN_HALL && words[i].action == ACTION_ENTER;
        if (words[i].line == line && strncmp(entry, text, (size_t)size) == 0 &&
            (text[size] == '\0' || (pays && text[size] == ' ')))
            return true;
    }
    return false;
}

static void want_whole_entries(enum screen_id id)
{
    int lines = action_lines(id);

    for (int line = 0; line < lines; line++) {
        char text[PTY_LINE], *rest = text;
        (void)snprintf(text, sizeof text, "%s", pty_row(&one, one.rows - lines + line));
        while (rest) {
            char *entry = rest + strspn(rest, " "), *end = strstr(entry, "  ");
            rest = end ? end + 1 : NULL;
            if (end)
                *end = '\0';
            scene_want(&one, is_entry(id, line, entry), "half an entry in the key bar");
        }
    }
}

/* However long its neighbours are, a key bar shows the way back. */
static void want_way_back(enum screen_id id)
{
    struct action_word words[WORDS_MOST];
    size_t n = action_words(id, words, WORDS_MOST);
    int lines = action_lines(id);

    for (size_t i = 0; i < n; i++)
        if (words[i].action == ACTION_BACK)
            scene_want(&one, scene_row_has(&one, one.rows - lines + words[i].line, "Esc "),
                       "no way back in the key bar");
}

static bool drawn(struct pty *pty, void *context)
{
    const struct scene *scene = context;

    return pty->bytes > 0 && pty_find(pty, scene->title) >= 0 &&
           (!scene->help || scene_row_has(pty, pty->rows - 1, scene->help));
}

static void resize(const struct scene *scene, int size)
{
    if (one.rows == sizes[size][0])
        return;
    one.bytes = 0;
    pty_resize(&one, sizes[size][0], sizes[size][1]);
    pty_wait(&one, drawn, (void *)scene, "the screen in its new size");
}

static void want_longer(const struct screen *screen, const struct scene *scene, int size)
{
    const struct frame frame = frame_of(), *was = &english[screen->id][size];
    const char *cut = shot_cut(&one);

    scene_want_frame(&one, screen, scene);
    scene_want(&one, cut == NULL, cut);
    cut = shortened();
    scene_want(&one, cut == NULL, cut);
    scene_want(&one, screen->dialog || frame.rules == was->rules, "a rule in another row");
    scene_want(&one, screen->dialog || frame.line == was->line, "a line in another column");
    want_whole_entries(screen->id);
    want_way_back(screen->id);
    for (int i = 0; i < SHOWN && scene->shown[i]; i++)
        scene_want(&one, pty_find(&one, scene->shown[i]) >= 0, scene->shown[i]);
    if (scene->focus)
        scene_want(&one, scene_row_has(&one, pty_cursor(&one).row, scene->focus),
                   "the cursor is not on the focus");
}

/* Walks all screens of a new house, notes their frames in English and compares them with texts that
 * are longer. */
static void walk(bool with_longer)
{
    scene_house(&front);
    open_terminal(with_longer);
    int64_t sold = stage_number(&front.stage, sales);
    scene_sell(&one);
    assert_int_equal(stage_number(&front.stage, sales), sold + 1);
    for (int i = 0; registry_screens[i]; i++) {
        const struct screen *screen = registry_screens[i];
        const struct scene *scene = &scenes[screen->id];

        scene_play(&one, screen->id);
        for (int size = 0; size < SIZES; size++) {
            resize(scene, size);
            if (with_longer)
                want_longer(screen, scene, size);
            else
                english[screen->id][size] = frame_of();
        }
        resize(scene, 0);
        scene_leave(&one, scene);
    }
    pty_fini(&one);
    front_fini(&front);
    front = (struct front){.show = {0}};
}

static void longer__every_screen__keeps_its_frame_and_its_keys(void **state)
{
    (void)state;
    walk(false);
    walk(true);
}

/* --- the texts themselves -------------------------------------------------------------------- */

static void longer__a_text__four_tenths_more_and_the_same_conversions(void **state)
{
    static const char *const texts[] = {"map", "TOTAL", "Void it as a mistake: all back.",
                                        "y yes, any other key no.  ", "Number"};
    char text[256];

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        longer_text(texts[i], text, sizeof text);
        if (text_cells(text) * 10 < text_cells(texts[i]) * 14)
            fail_msg("\"%s\" is hardly longer", text);
    }
    assert_string_equal(longer_text("%s TOTAL: %-7.3ld y", text, sizeof text),
                        "%s TOÄÄTALÄÄ: %-7.3ld y");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longer__a_text__four_tenths_more_and_the_same_conversions),
        cmocka_unit_test_setup_teardown(longer__every_screen__keeps_its_frame_and_its_keys, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
