/* Widgets on a canvas: the line editor, lists, the seat grid, text in cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/ids.h"
#include "core/base/text.h"
#include "tests/kit/kit.h"
#include "tui/plain.h"
#include "tui/screen/money_back.h"
#include "tui/seat_names.h"
#include "tui/surface.h"
#include "tui/widget/editor.h"
#include "tui/widget/form.h"
#include "tui/widget/grid.h"
#include "tui/widget/list.h"

static struct canvas canvas;
static struct editor editor;

static int setup(void **state)
{
    (void)state;
    canvas_resize(&canvas, 10, 40);
    editor_init(&editor, 40);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    canvas_fini(&canvas);
    return 0;
}

/* The text of a row, blanks at its end left out. */
static const char *row_text(int row)
{
    static char text[1024];
    size_t used = 0, end = 0;

    for (int column = 0; column < canvas.columns; column++) {
        const struct cell *cell = &canvas.cells[row * canvas.columns + column];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", cell->text);
        if (strcmp(cell->text, " ") != 0)
            end = used;
    }
    text[end] = '\0';
    return text;
}

static void type(const char *text)
{
    while (*text) {
        struct key key = {.press = PRESS_TEXT};
        size_t n = 1;
        while (((unsigned char)text[n] & 0xC0) == 0x80)
            n++;
        memcpy(key.text, text, n);
        assert_true(editor_key(&editor, &key));
        text += n;
    }
}

static void press(enum press what)
{
    assert_true(editor_key(&editor, &(struct key){.press = what}));
}

static void editor__accents_and_thai__edited_whole(void **state)
{
    (void)state;
    type("Zoe\xCC\x88x"); /* e and a combining diaeresis */
    press(PRESS_BACKSPACE);
    press(PRESS_BACKSPACE); /* takes the letter with its mark */
    assert_string_equal(editor.text, "Zo");
    editor_init(&editor, 40);
    type("น้ำ");
    assert_string_equal(editor.text, "น้ำ");
    press(PRESS_LEFT);
    press(PRESS_HOME);
    press(PRESS_DELETE);
    assert_true(strlen(editor.text) < strlen("น้ำ"));
}

static void editor__words__jumped_over(void **state)
{
    (void)state;
    type("Kari Ødegård Berg");
    press(PRESS_WORD_LEFT);
    press(PRESS_WORD_LEFT);
    type("x");
    assert_string_equal(editor.text, "Kari xØdegård Berg");
    press(PRESS_WORD_RIGHT);
    type("y");
    assert_string_equal(editor.text, "Kari xØdegårdy Berg");
}

static void fault_083__spoofing_characters__refused_and_told(void **state)
{
    static const char *const refused[] = {"\xE2\x80\xAE", "\xE2\x80\x8B", "\xC2\x85"};

    (void)state;
    type("ab");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        type(refused[i]);
        assert_string_equal(editor.text, "ab");
        assert_true(editor.told[0] != '\0');
    }
}

static void editor__full__takes_no_more_and_cuts_nothing(void **state)
{
    (void)state;
    editor_init(&editor, 4);
    type("abc");
    type("Ø"); /* two bytes: one too many */
    assert_string_equal(editor.text, "abc");
    assert_true(editor.told[0] != '\0');
    assert_false(editor_set(&editor, "abcde"));
    struct key key = {.press = PRESS_PASTE, .paste = "xyz"};
    assert_true(editor_key(&editor, &key));
    assert_string_equal(editor.text, "abc");
}

static void editor__paste__line_ends_become_blanks(void **state)
{
    struct key key = {.press = PRESS_PASTE, .paste = "Kari\r\nBerg"};

    (void)state;
    assert_true(editor_key(&editor, &key));
    assert_string_equal(editor.text, "Kari  Berg");
}

static void editor__any_keys__text_stays_valid(void **state)
{
    static const char *const letters[] = {"a", " ", "Ø", "作", "\xCC\x88", "น", "้", "👩"};
    uint64_t seed = kit_seed();

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct key key = {.press = (enum press)(1 + kit_below(&seed, PRESS_INSERT))};
        strncpy(key.text, letters[kit_below(&seed, 8)], sizeof key.text - 1);
        editor_key(&editor, &key);
        assert_true(strlen(editor.text) <= editor.limit);
        assert_true(editor.at <= strlen(editor.text));
        struct fault why;
        if (strstr(editor.text, "\xCC\x88") != editor.text)
            assert_int_equal(text_check("text", editor.text, editor.limit, &why), RC_OK);
    }
}

static void fault_084__wide_and_combining__columns_align(void **state)
{
    struct surface all = surface_all(&canvas);

    (void)state;
    int end = surface_put(&all, 0, 0, STYLE_NORMAL, "作者e\xCC\x88|");
    assert_int_equal(end, 6);
    assert_string_equal(canvas.cells[5].text, "|");
    surface_put(&all, 0, 1, STYLE_NORMAL, "x"); /* over the right half: the left goes too */
    assert_string_equal(canvas.cells[0].text, " ");
    assert_string_equal(canvas.cells[1].text, "x");
    surface_put(&all, 1, 39, STYLE_NORMAL, "作"); /* no room: not halved */
    assert_string_equal(row_text(1) + 39, "…");
}

static void fault_083__control_characters__escaped_on_output(void **state)
{
    struct surface all = surface_all(&canvas);

    (void)state;
    surface_put(&all, 0, 0, STYLE_NORMAL, "a\033[2Jb\xE2\x80\xAE");
    assert_string_equal(row_text(0), "a\\x1B[2Jb\\u{202E}");
}

static void surface__outside__is_cut_with_an_ellipsis(void **state)
{
    struct surface all = surface_all(&canvas), part = surface_part(&all, 8, 35, 10, 10);

    (void)state;
    assert_int_equal(part.rows, 2);
    assert_int_equal(part.columns, 5);
    surface_put(&part, 0, 0, STYLE_NORMAL, "longer than it is");
    surface_put(&part, 5, 0, STYLE_NORMAL, "below");
    surface_put(&part, -1, 0, STYLE_NORMAL, "above");
    surface_put(&part, 1, -3, STYLE_NORMAL, "abcde");
    assert_string_equal(row_text(7), "");
    assert_string_equal(row_text(8) + 35, "long…");
    assert_string_equal(row_text(9) + 35, "de");
    surface_put(&part, 1, 0, STYLE_NORMAL, "whole");
    assert_string_equal(row_text(9) + 35, "whole");
    surface_put_short(&all, 0, 2, 4, STYLE_NORMAL, "heading");
    surface_right(&all, 0, 20, 5, STYLE_NORMAL, "heading");
    surface_put_short(&all, 0, 22, 0, STYLE_NORMAL, "nothing");
    assert_string_equal(row_text(0), "  hea…         head…");
}

static void draw_item(void *context, size_t item, bool chosen, const struct surface *line)
{
    (void)context;
    surface_printf(line, 0, 0, STYLE_NORMAL, "%s%zu", chosen ? ">" : " ", item);
}

/* What a terminal is told that takes lines alone. */
static void lines__only_what_changed__with_the_cursor_last(void **state)
{
    struct canvas was = {0}, is = {0};

    (void)state;
    assert_true(canvas_resize(&was, 4, 12) && canvas_resize(&is, 4, 12));
    struct surface all = surface_all(&is);
    const struct {
        int row;
        const char *text;
    } rows[] = {{0, "> Ran"}, {1, "  \u00d8deg\u00e5rd"}, {2, "\u2500\u2500"}};
    for (size_t i = 0; i < 3; i++)
        surface_put(&all, rows[i].row, 0, STYLE_NORMAL, rows[i].text);
    surface_cursor(&all, 0, 0);
    char *text = plain_lines(&is, &was, true, false);
    assert_string_equal(text, "  Odegard\r\n--\r\n> Ran\r\n");
    free(text);
    text = plain_lines(&is, &is, false, false);
    assert_string_equal(text, "");
    free(text);
    text = plain_lines(&is, &is, false, true);
    assert_string_equal(text, "  \u00d8deg\u00e5rd\r\n\u2500\u2500\r\n> Ran\r\n");
    free(text);
    memcpy(was.cells, is.cells, 48 * sizeof *is.cells);
    was.cursor = true;
    was.cursor_row = 1;
    surface_fill(&all, 2, 0, 12, STYLE_HEAD, " "); /* nothing is said of what went */
    text = plain_lines(&is, &was, false, false);
    assert_string_equal(text, "> Ran\r\n"); /* the cursor came there */
    free(text);
    canvas_fini(&was);
    canvas_fini(&is);
}

static void list__cursor__is_always_seen(void **state)
{
    struct surface all = surface_all(&canvas);
    struct list list = {0};

    (void)state;
    list_resize(&list, 100);
    list_draw(&list, &all, 2, 5, draw_item, NULL);
    list_press(&list, PRESS_END);
    canvas_clear(&canvas);
    list_draw(&list, &all, 2, 5, draw_item, NULL);
    assert_string_equal(row_text(6), ">99");
    assert_int_equal(list_hit(&list, 4, 2), 97);
    list_resize(&list, 3);
    canvas_clear(&canvas);
    list_draw(&list, &all, 2, 5, draw_item, NULL);
    assert_string_equal(row_text(4), ">2");
    assert_int_equal(list_hit(&list, 6, 2), SIZE_MAX);
    list_resize(&list, 0);
    list_press(&list, PRESS_DOWN);
    assert_int_equal(list.at, 0);
}

static const char *row_name(void *context, int row)
{
    static const char *const names[] = {"A", "B", ""};

    (void)context;
    return names[row < 2 ? row : 2];
}

static void grid__room__shrinks_three_two_one_then_scrolls(void **state)
{
    struct grid_cell cells[40];
    struct grid grid = {.cells = cells, .n = 40, .rows = 2, .columns = 20, .row_name = row_name};
    struct surface all = surface_all(&canvas);

    (void)state;
    for (int i = 0; i < 40; i++)
        cells[i] = (struct grid_cell){.row = (int16_t)(i / 20),
                                      .column = (int16_t)(i % 20),
                                      .number = (int16_t)(i % 20 + 1),
                                      .numbered = true,
                                      .style = STYLE_FREE};
    static const struct {
        int columns, wide, seen;
    } cases[] = {{62, 3, 20}, {61, 2, 20}, {42, 2, 20}, {24, 1, 20}, {22, 1, 18}, {12, 1, 8}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        canvas_resize(&canvas, 4, cases[i].columns);
        all = surface_all(&canvas);
        grid_draw(&grid, &all);
        assert_int_equal(grid.wide, cases[i].wide);
        assert_int_equal(grid.seen_columns, cases[i].seen);
    }
    grid.at = 39;
    canvas_clear(&canvas);
    grid_draw(&grid, &all);
    assert_int_equal(grid.left, 12);
    assert_string_equal(row_text(0), "A 34567890 A"); /* no number runs into the row's name */
    assert_true(canvas.cursor);
    assert_int_equal(grid_hit(&grid, canvas.cursor_row, canvas.cursor_column), 39);
}

static void grid__three_columns__numbers_marks_and_cursor(void **state)
{
    struct grid_cell cells[] = {
        {.row = 0, .column = 0, .number = 1, .numbered = true, .mark = 'w'},
        {.row = 0, .column = 1, .glyph = '.'},
        {.row = 0, .column = 2, .number = 10, .numbered = true, .mark = '*'},
        {.row = 0, .column = 4, .number = 114, .numbered = true},
    };
    struct grid grid = {
        .cells = cells, .n = 4, .rows = 1, .columns = 5, .row_name = row_name, .at = 1};

    (void)state;
    canvas_resize(&canvas, 2, 17);
    struct surface all = surface_all(&canvas);
    grid_draw(&grid, &all);
    assert_string_equal(row_text(0), "Aw 1> .*10   14 A");
    grid_press(&grid, PRESS_RIGHT);
    grid_press(&grid, PRESS_RIGHT);
    assert_int_equal(grid.at, 3);
    grid_press(&grid, PRESS_HOME);
    assert_int_equal(grid.at, 0);
}

static void grid__wide_surface__gives_seats_air_and_whole_numbers(void **state)
{
    struct grid_cell cells[] = {
        {.row = 0, .column = 0, .number = 1, .numbered = true, .mark = 'w'},
        {.row = 0, .column = 1, .glyph = '.'},
        {.row = 0, .column = 3, .number = 114, .numbered = true, .mark = '*'},
    };
    struct grid grid = {
        .cells = cells, .n = 3, .rows = 1, .columns = 4, .row_name = row_name, .at = 1};

    (void)state;
    canvas_resize(&canvas, 1, 80);
    struct surface all = surface_all(&canvas), narrow = surface_part(&all, 0, 0, 1, 60);
    grid_draw(&grid, &all);
    assert_int_equal(grid.wide, 5);
    assert_non_null(strstr(row_text(0), "  w 1  > .     *114  "));
    assert_int_equal(canvas.cursor_column, grid.drawn_column + 9);
    canvas_clear(&canvas);
    grid_draw(&grid, &narrow); /* as at 80 columns, beside the panel */
    assert_int_equal(grid.wide, 3);
}

/* --- seats by name ---------------------------------------------------------------------------- */

static void seat_names__runs__are_joined_and_never_read_as_one_label(void **state)
{
    static const char rows[][LABEL_SIZE] = {"G9", "G10", "H3"};
    static const char numbers[][LABEL_SIZE] = {"3-4", "3-5", "3-6"};
    char text[64];

    (void)state;
    assert_string_equal(seat_names_join(rows[0], LABEL_SIZE, 3, text, sizeof text), "G9-10, H3");
    assert_string_equal(seat_names_join(numbers[0], LABEL_SIZE, 3, text, sizeof text), "3-4 to 6");
}

static void seat_names__too_long_a_label__keeps_row_and_number(void **state)
{
    char text[64];

    (void)state;
    assert_string_equal(seat_name_short("Balcon/C8", 9, text, sizeof text), "Balcon/C8");
    assert_string_equal(seat_name_short("Balcony/C18", 9, text, sizeof text), "Balc…/C18");
    assert_string_equal(seat_name_short("Порт/十12", 8, text, sizeof text), "По…/十12");
    assert_string_equal(seat_name_short("Orchestra12", 9, text, sizeof text), "…hestra12");
}

static void form__touched__by_keys_that_change_a_text_alone(void **state)
{
    struct form form = {0};
    struct key type = {.press = PRESS_TEXT, .text = "a"}, tab = {.press = PRESS_TAB};
    struct key rub = {.press = PRESS_BACKSPACE}, left = {.press = PRESS_LEFT};

    (void)state;
    (void)form_add(&form, "Name", NULL, 8);
    (void)form_add(&form, "Phone", NULL, 8);
    (void)editor_set(&form.fields[1].editor, "1");
    assert_true(form_key(&form, &rub)); /* there is nothing to rub out */
    assert_true(form_key(&form, &left));
    assert_true(form_key(&form, &tab));
    assert_false(form_touched(&form));
    assert_true(form_key(&form, &rub));
    assert_true(form_touched(&form));
    form = (struct form){0};
    (void)form_add(&form, "Name", NULL, 8);
    assert_true(form_key(&form, &type));
    assert_true(form_key(&form, &rub));
    assert_true(form_touched(&form)); /* though it is as it was */
}

static void money_back__of_two_tenders__is_told_in_their_order(void **state)
{
    const struct booking paid = {.n_left = 2, .left = {{TENDER_CARD, 2200}, {TENDER_VOUCHER, 500}}};
    char text[128];

    (void)state;
    assert_string_equal(money_back_text(&paid, 2500, text, sizeof text),
                        "22.00 card, 3.00 voucher");
    assert_string_equal(money_back_text(&paid, 0, text, sizeof text), "");
}

#define WIDGET(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WIDGET(editor__accents_and_thai__edited_whole),
        WIDGET(editor__words__jumped_over),
        WIDGET(fault_083__spoofing_characters__refused_and_told),
        WIDGET(editor__full__takes_no_more_and_cuts_nothing),
        WIDGET(editor__paste__line_ends_become_blanks),
        WIDGET(editor__any_keys__text_stays_valid),
        WIDGET(fault_084__wide_and_combining__columns_align),
        WIDGET(fault_083__control_characters__escaped_on_output),
        WIDGET(surface__outside__is_cut_with_an_ellipsis),
        WIDGET(lines__only_what_changed__with_the_cursor_last),
        WIDGET(list__cursor__is_always_seen),
        WIDGET(grid__room__shrinks_three_two_one_then_scrolls),
        WIDGET(grid__three_columns__numbers_marks_and_cursor),
        WIDGET(grid__wide_surface__gives_seats_air_and_whole_numbers),
        WIDGET(seat_names__runs__are_joined_and_never_read_as_one_label),
        WIDGET(seat_names__too_long_a_label__keeps_row_and_number),
        WIDGET(form__touched__by_keys_that_change_a_text_alone),
        WIDGET(money_back__of_two_tenders__is_told_in_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
