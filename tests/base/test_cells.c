/* Columns line up: what text takes on a terminal, and where it may be cut. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "core/base/text.h"
#include "core/base/utf8.h"

static void fault_084__wide_and_combining__counted_in_cells(void **state)
{
    static const struct {
        const char *text;
        int cells;
    } cases[] = {
        {"", 0},
        {"Ødegård", 7},
        {"作者", 4},
        {"e\u0301", 1},
        {"한국", 4},
        {"สวัสดี", 4},
        {"हिन्दी", 5},
        {"ｶﾞ", 2},
        {"👩", 2},
        {"a\x1B", 1},
        {"a\xFF"
         "b",
         3},
        {"กำ", 2},
        {"\u0301", 0},
        {"\u1112\u1161\u11AB", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (text_cells(cases[i].text) != cases[i].cells)
            fail_msg("\"%s\": %d cells, not %d", cases[i].text, text_cells(cases[i].text),
                     cases[i].cells);
}

static void fault_084__graphemes__never_cut(void **state)
{
    int cells;

    (void)state;
    assert_int_equal(text_grapheme("", &cells), 0);
    assert_int_equal(cells, 0);
    assert_int_equal(text_grapheme("e\u0301x", &cells), 3);
    assert_int_equal(cells, 1);
    assert_int_equal(text_grapheme("\xFFz", NULL), 1);
    assert_int_equal(text_grapheme("🇳🇴🇸🇪", NULL), 8);
    assert_int_equal(text_fit("作者", 3), 3);
    assert_int_equal(text_fit("作者", 1), 0);
    assert_int_equal(text_fit("ae\u0301", 2), 4);
    assert_int_equal(text_fit("ae\u0301", 1), 1);
    assert_int_equal(text_fit("abc", 99), 3);
    assert_int_equal(text_fit("abc", -1), 0);
}

/* Terminals count as the C library does, so the columns of a screen agree with ours. */
static void fault_084__cells__agree_with_the_terminals_count(void **state)
{
    char text[8];
    int differ = 0;

    (void)state;
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        skip();
    for (int32_t c = 0xA0; c < 0x30000; c++) {
        mbstate_t shift = {0};
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t n = wcrtomb(text, (wchar_t)c, &shift);
        text[n] = '\0';
        int cells = wcwidth((wchar_t)c);
        if (cells >= 0 && utf8_judge('a', c, 'a') == UTF8_HARMLESS && text_cells(text) != cells)
            differ++;
    }
    assert_in_range(differ, 0, 80); /* the hexagrams, which editions of Unicode count apart */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fault_084__wide_and_combining__counted_in_cells),
        cmocka_unit_test(fault_084__graphemes__never_cut),
        cmocka_unit_test(fault_084__cells__agree_with_the_terminals_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
