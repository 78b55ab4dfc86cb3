/* Templates: what they make of a sale, and what is wrong with one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/layout.h"

static struct layout layout;
static struct fault why;
static bool sizes = true;

static const struct layout_values values = {.n = 6,
                                            .fields = {{"title", "In the Mood for Love"},
                                                       {"seat", "F12"},
                                                       {"price", "11.00"},
                                                       {"scan", "%0000000123K4M7TXG"},
                                                       {"stamp", ""},
                                                       {"type", "Adult"}}};

static void expect(const char *template, int columns, const char *text)
{
    struct layout_lines lines = {.plain = !sizes};
    char *made;

    assert_int_equal(layout_parse(&layout, LAYOUT_TICKET, "T", template, &why), RC_OK);
    assert_true(layout_make(&layout, &values, columns, &lines));
    made = layout_text(&lines);
    assert_string_equal(made, text);
    free(made);
    layout_fini(&lines);
}

static void refused(enum layout_kind kind, const char *template, const char *text)
{
    assert_int_equal(layout_parse(&layout, kind, "my.ticket", template, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, text);
}

static void make__fields__are_put_in_and_aligned(void **state)
{
    (void)state;
    expect("# told to nobody\nSeat {seat}{>}{price}\n", 20, "Seat F12       11.00\n");
    expect(".center\n{seat}\n.right\n{seat}\n.left\n{seat}\n", 21,
           "         F12\n                  F12\nF12\n");
    expect("{{braces} {seat}", 30, "{braces} F12\n");
    expect(".rule\n\n.feed 2\nx\n", 16, "----------------\n\n\n\nx\n");
    expect(".qr\n.cut\n", 16, "[%0000000123K4M7TXG]\n\f\n");
}

static void make__too_long__is_wrapped_at_blanks(void **state)
{
    (void)state;
    expect("{title}\n", 16, "In the Mood for\nLove\n");
    expect(".size big\n{title}\n", 16, "In the\nMood for\nLove\n");
    sizes = false;
    expect(".size big\n.center\n{seat}\n", 21, "         F12\n");
    sizes = true;
    expect("{title}{>}{price}\n", 20, "In the Mood for Love\n               11.00\n");
    expect("ABCDEFGHIJKLMNOPQRST\n", 16, "ABCDEFGHIJKLMNOP\nQRST\n");
    expect("作者作者作者作者作\n", 16, "作者作者作者作者\n作\n");
}

static void make__if__skips_what_is_empty(void **state)
{
    (void)state;
    expect(".if stamp\n{stamp}\n.if seat\nboth\n.end\n.end\nend\n", 16, "end\n");
    expect(".if seat\n.if stamp\nno\n.end\n{seat}\n.end\nend\n", 16, "F12\nend\n");
}

static void make__each__repeats_for_every_row(void **state)
{
    struct layout_values sale = {.n = 1, .fields = {{"code", "K4M7TX"}}};
    struct layout_lines lines = {0};
    char *made;

    (void)state;
    sale.groups[0] = (struct layout_group){
        .name = "tenders",
        .n = 2,
        .rows = {{.n = 2, .fields = {{"tender", "cash"}, {"amount", "5.00"}}},
                 {.n = 2, .fields = {{"tender", "card"}, {"amount", "6.00"}}}}};
    assert_int_equal(layout_parse(&layout, LAYOUT_RECEIPT, "R",
                                  ".each tenders\n{code} {tender}{>}{amount}\n.end\n.each taxes\n"
                                  "tax\n.end\n{tender}.\n",
                                  &why),
                     RC_OK);
    assert_true(layout_make(&layout, &sale, 20, &lines));
    made = layout_text(&lines);
    assert_string_equal(made, "K4M7TX cash     5.00\nK4M7TX card     6.00\n.\n");
    free(made);
    layout_fini(&lines);
}

static void parse__bad_template__is_refused_with_its_line(void **state)
{
    (void)state;
    refused(LAYOUT_TICKET, "a\n.blink\n", "my.ticket:2: not understood: blink");
    refused(LAYOUT_TICKET, "{titel}\n", "my.ticket:1: no such field: {titel}");
    refused(LAYOUT_TICKET, "a {seat\n", "my.ticket:1: a { without its }: {seat");
    refused(LAYOUT_TICKET, "{total}\n", "my.ticket:1: no such field: {total}");
    refused(LAYOUT_TICKET, ".each lines\n.end\n", "my.ticket:1: not understood: each");
    refused(LAYOUT_TICKET, ".if seat\nx\n", "my.ticket:1: no .end follows");
    refused(LAYOUT_TICKET, "x\n.end\n", "my.ticket:2: an .end without its .if or .each");
    refused(LAYOUT_TICKET, ".cut now\n", "my.ticket:1: nothing stands behind cut");
    refused(LAYOUT_TICKET, ".feed 21\n", "my.ticket:1: at most 20 lines are fed");
    refused(LAYOUT_TICKET, ".size huge\n", "my.ticket:1: not understood: size");
    refused(LAYOUT_TICKET, "a\033[2J\n", "my.ticket:1: control characters, or no UTF-8");
    refused(LAYOUT_TICKET, "a\xff\n", "my.ticket:1: control characters, or no UTF-8");
    refused(LAYOUT_TICKET, ".if seat\n.if seat\n.if seat\n.if seat\n.if seat\n",
            "my.ticket:5: too many .if and .each in one another");
}

static void parse__too_much__is_refused(void **state)
{
    char text[2048] = "";

    (void)state;
    memset(text, 'x', 300);
    refused(LAYOUT_TICKET, text, "my.ticket:1: longer than 255 bytes");
    for (int i = 0; i < 201; i++)
        memcpy(text + 2 * i, "x\n", 3);
    refused(LAYOUT_TICKET, text, "my.ticket:201: longer than 200 lines");
}

static void preset__both__are_good_at_any_width(void **state)
{
    (void)state;
    for (int kind = LAYOUT_TICKET; kind <= LAYOUT_RECEIPT; kind++)
        for (int columns = 16; columns <= LAYOUT_WIDE_MOST; columns++) {
            struct layout_lines lines = {0};

            assert_int_equal(layout_parse(&layout, (enum layout_kind)kind, "preset",
                                          layout_preset((enum layout_kind)kind), &why),
                             RC_OK);
            assert_true(layout_make(&layout, &values, columns, &lines));
            for (size_t i = 0; i < lines.n; i++)
                if (lines.lines[i].mark == MARK_TEXT)
                    assert_true(text_cells(lines.lines[i].text) * (lines.lines[i].wide ? 2 : 1) <=
                                columns);
            layout_fini(&lines);
        }
}

/* A translated preset has all that makes it a template: only its words are others. */
static void preset__in_every_language__has_the_same_form(void **state)
{
    static const char *const languages[] = {"de", "fr"};
    static struct layout other;

    (void)state;
    setenv("BOXOFFICE_LOCALEDIR", TOP_BUILDDIR "/tui/po", 1);
    words_open();
    for (int kind = LAYOUT_TICKET; kind <= LAYOUT_RECEIPT; kind++) {
        words_choose("en");
        const char *english = layout_preset((enum layout_kind)kind);
        assert_int_equal(layout_parse(&layout, (enum layout_kind)kind, "preset", english, &why),
                         RC_OK);
        for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
            words_choose(languages[i]);
            const char *told = layout_preset((enum layout_kind)kind);
            assert_string_not_equal(told, english);
            assert_int_equal(layout_parse(&other, (enum layout_kind)kind, "preset", told, &why),
                             RC_OK);
            assert_int_equal(other.n, layout.n);
            for (size_t n = 0; n < layout.n; n++) {
                assert_int_equal(other.items[n].op, layout.items[n].op);
                if (layout.items[n].op != LAYOUT_TEXT)
                    assert_string_equal(other.items[n].text, layout.items[n].text);
            }
        }
    }
    words_choose("en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(make__fields__are_put_in_and_aligned),
        cmocka_unit_test(make__too_long__is_wrapped_at_blanks),
        cmocka_unit_test(make__if__skips_what_is_empty),
        cmocka_unit_test(make__each__repeats_for_every_row),
        cmocka_unit_test(parse__bad_template__is_refused_with_its_line),
        cmocka_unit_test(parse__too_much__is_refused),
        cmocka_unit_test(preset__both__are_good_at_any_width),
        cmocka_unit_test(preset__in_every_language__has_the_same_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
