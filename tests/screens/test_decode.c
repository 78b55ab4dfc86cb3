/* Keys out of bytes: what terminals send, whole and split, pasted and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/kit.h"
#include "tui/action.h"
#include "tui/decode.h"

static struct decode decode;

static void feed(const char *bytes, int64_t at_ms)
{
    for (; *bytes; bytes++)
        decode_byte(&decode, (uint8_t)*bytes, at_ms);
}

static enum press next(void)
{
    struct key key;

    return decode_next(&decode, &key) ? key.press : PRESS_NONE;
}

static int fresh(void **state)
{
    (void)state;
    decode_init(&decode);
    return 0;
}

static void decode__sequences__are_keys(void **state)
{
    static const struct {
        const char *bytes;
        enum press press;
    } cases[] = {
        {"\033[A", PRESS_UP},         {"\033OB", PRESS_DOWN},
        {"\033[C", PRESS_RIGHT},      {"\033[1;5D", PRESS_WORD_LEFT},
        {"\033Oc", PRESS_WORD_RIGHT}, {"\033[H", PRESS_HOME},
        {"\033[4~", PRESS_END},       {"\033[5~", PRESS_PAGE_UP},
        {"\033[3~", PRESS_DELETE},    {"\033OP", PRESS_F1},
        {"\033[11~", PRESS_F1},       {"\033[[A", PRESS_F1},
        {"\033[24~", PRESS_F12},      {"\033[Z", PRESS_BACKTAB},
        {"\r", PRESS_ENTER},          {"\n", PRESS_ENTER},
        {"\177", PRESS_BACKSPACE},    {"\t", PRESS_TAB},
        {"\033OM", PRESS_ENTER},      {"\033[1;2P", PRESS_F1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        feed(cases[i].bytes, 0);
        assert_int_equal(next(), cases[i].press);
        assert_int_equal(next(), PRESS_NONE);
    }
}

static void decode__lone_esc__answers_in_25_ms(void **state)
{
    (void)state;
    feed("\033", 1000);
    assert_int_equal(next(), PRESS_NONE);
    assert_int_equal(decode_deadline(&decode), 1025);
    decode_time(&decode, 1024);
    assert_int_equal(next(), PRESS_NONE);
    decode_time(&decode, 1025);
    assert_int_equal(next(), PRESS_ESC);
}

static void fault_085__arrow_split_after_the_esc__is_swallowed(void **state)
{
    static const char tails[] = {'[', 'O'};

    (void)state;
    for (size_t i = 0; i < sizeof tails; i++) {
        decode_init(&decode);
        feed("\033", 1000);
        decode_time(&decode, 1030);
        assert_int_equal(next(), PRESS_ESC);
        decode_byte(&decode, (uint8_t)tails[i], 1040);
        decode_byte(&decode, 'A', 1080);
        assert_int_equal(next(), PRESS_NONE);
        feed("x", 1090);
        assert_int_equal(next(), PRESS_TEXT);
    }
}

static void fault_085__arrow_split_inside__is_one_key(void **state)
{
    (void)state;
    feed("\033[", 1000);
    decode_time(&decode, 1100);
    assert_int_equal(next(), PRESS_NONE);
    feed("A", 1150);
    assert_int_equal(next(), PRESS_UP);
}

static void decode__o_long_after_esc__is_a_letter(void **state)
{
    (void)state;
    feed("\033", 1000);
    decode_time(&decode, 1025);
    next();
    feed("O", 1400);
    assert_int_equal(next(), PRESS_TEXT);
}

static void decode__utf8_split__is_one_character(void **state)
{
    struct key key;

    (void)state;
    feed("\xC3", 0);
    assert_int_equal(next(), PRESS_NONE);
    feed("\x98", 5);
    assert_true(decode_next(&decode, &key));
    assert_string_equal(key.text, "\xC3\x98");
    feed("\xFF\x80\xC0z", 10); /* no UTF-8: lost, and the letter behind it stays */
    assert_true(decode_next(&decode, &key));
    assert_string_equal(key.text, "z");
}

static void fault_086__paste__is_one_key_with_its_text(void **state)
{
    struct key key;

    (void)state;
    feed("\033[200~2\r\r\033[A\033[201~j", 0);
    assert_true(decode_next(&decode, &key));
    assert_int_equal(key.press, PRESS_PASTE);
    assert_string_equal(key.paste, "2\r\r\033[A");
    assert_false(key.paste_cut);
    assert_int_equal(next(), PRESS_TEXT);
}

static void fault_086__paste_too_long__is_bounded_and_says_so(void **state)
{
    struct key key;

    (void)state;
    feed("\033[200~", 0);
    for (int i = 0; i < 1 << 20; i++)
        decode_byte(&decode, '\r', 0);
    feed("\033[201~", 0);
    assert_true(decode_next(&decode, &key));
    assert_int_equal(strlen(key.paste), PASTE_MAX);
    assert_true(key.paste_cut);
    assert_int_equal(next(), PRESS_NONE);
}

static void decode__mouse__clicks_and_wheels(void **state)
{
    struct key key;

    (void)state;
    feed("\033[<0;12;7M", 0);
    assert_true(decode_next(&decode, &key));
    assert_int_equal(key.press, PRESS_CLICK);
    assert_int_equal(key.column, 11);
    assert_int_equal(key.row, 6);
    feed("\033[<0;12;7m", 0);
    assert_int_equal(next(), PRESS_NONE);
    feed("\033[<65;1;1M", 0);
    assert_int_equal(next(), PRESS_WHEEL_DOWN);
}

static void decode__any_bytes__no_harm(void **state)
{
    uint64_t seed = kit_seed();
    struct key key;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        static const char likely[] = "\033[O<~;0129AMm\r";
        uint64_t pick = kit_below(&seed, 3);
        uint8_t byte = pick ? (uint8_t)likely[kit_below(&seed, sizeof likely - 1)]
                            : (uint8_t)kit_below(&seed, 256);
        decode_byte(&decode, byte, i / 3);
        if (kit_below(&seed, 4) == 0)
            decode_time(&decode, i);
        while (decode_next(&decode, &key))
            assert_true(key.press > PRESS_NONE && key.press <= PRESS_PASTE);
    }
}

static enum action typed(const char *text, bool typing)
{
    struct key key = {.press = PRESS_TEXT};

    strncpy(key.text, text, sizeof key.text - 1);
    return action_of(&key, typing);
}

static void action__letters__mean_one_thing_and_capitals_the_same(void **state)
{
    (void)state;
    assert_int_equal(typed("b", false), ACTION_BEST);
    assert_int_equal(typed("B", false), ACTION_BEST);
    assert_int_equal(typed("b", true), ACTION_NONE);
    assert_int_equal(typed("+", false), ACTION_TYPE);
    assert_int_equal(typed("*", false), ACTION_PAY);
    assert_int_equal(typed("/", false), ACTION_FIND);
    assert_int_equal(typed("7", false), ACTION_DIGIT);
    assert_int_equal(typed("0", false), ACTION_EMPTY);
    assert_int_equal(action_of(&(struct key){.press = PRESS_F1 + 4}, true), ACTION_BEST);
    assert_int_equal(action_of(&(struct key){.press = PRESS_CTRL, .text = "l"}, true),
                     ACTION_REDRAW);
}

static void action__table__gives_no_key_twice(void **state)
{
    (void)state;
    for (int a = 1; a < ACTION_COUNT; a++)
        for (int b = a + 1; b < ACTION_COUNT; b++) {
            const struct action_row *one = action_row((enum action)a);
            const struct action_row *two = action_row((enum action)b);
            assert_true(!one->letter || one->letter != two->letter);
            assert_true(!one->twin || one->twin != two->twin);
            assert_true(!one->keypad || one->keypad != two->letter);
        }
}

static void action__manual__has_the_table_as_printed(void **state)
{
    char *printed = NULL, path[KIT_PATH];
    size_t size = 0;
    FILE *out = open_memstream(&printed, &size);

    (void)state;
    assert_non_null(out);
    action_print(out);
    fclose(out);
    char *manual = kit_read_file(kit_path(path, TOP_SRCDIR, "man/boxoffice-keys.7"), NULL);
    assert_non_null(strstr(manual, printed));
    free(manual);
    free(printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(decode__sequences__are_keys, fresh),
        cmocka_unit_test_setup(decode__lone_esc__answers_in_25_ms, fresh),
        cmocka_unit_test_setup(fault_085__arrow_split_after_the_esc__is_swallowed, fresh),
        cmocka_unit_test_setup(fault_085__arrow_split_inside__is_one_key, fresh),
        cmocka_unit_test_setup(decode__o_long_after_esc__is_a_letter, fresh),
        cmocka_unit_test_setup(decode__utf8_split__is_one_character, fresh),
        cmocka_unit_test_setup(fault_086__paste__is_one_key_with_its_text, fresh),
        cmocka_unit_test_setup(fault_086__paste_too_long__is_bounded_and_says_so, fresh),
        cmocka_unit_test_setup(decode__mouse__clicks_and_wheels, fresh),
        cmocka_unit_test_setup(decode__any_bytes__no_harm, fresh),
        cmocka_unit_test(action__letters__mean_one_thing_and_capitals_the_same),
        cmocka_unit_test(action__table__gives_no_key_twice),
        cmocka_unit_test(action__manual__has_the_table_as_printed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
