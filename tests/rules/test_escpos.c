/* What the printer is told, byte by byte; letters as dots; QR codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/escpos.h"
#include "core/rules/qr.h"

/* Two letters: sigma, with its outermost dots set; and one of double width, all black. */
static const char font[] =
    "03A3:80000000000000000000000000000001\n"
    "4F5C:FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\n";
static const struct glyphs glyphs = {font, sizeof font - 1};

static struct escpos make(struct layout_line *lines, size_t n, int columns)
{
    struct layout_lines all = {.n = n, .lines = lines};
    struct escpos out = {0};

    assert_true(escpos_make(&all, columns, &glyphs, &out));
    assert_true(out.n >= 5);
    assert_memory_equal(out.bytes, "\x1b@\x1bt\x10", 5);
    return out;
}

static void text__latin__is_in_the_code_page(void **state)
{
    static struct layout_line lines[] = {
        {.text = "Ödegård 5 €"},
        {.text = "F12", .bold = true, .tall = true, .wide = true},
        {.mark = MARK_CUT},
        {.mark = MARK_DRAWER},
    };
    static const char want[] = "\x1b"
                               "E\0\x1d!\0\xd6"
                               "deg\xe5rd 5 \x80\n"
                               "\x1b"
                               "E\1\x1d!\x11"
                               "F12\n"
                               "\x1dV"
                               "B\0\x1bp\0\x19\xfa";
    struct escpos out = make(lines, 4, 42);

    (void)state;
    assert_int_equal(out.n - 5, sizeof want - 1);
    assert_memory_equal(out.bytes + 5, want, sizeof want - 1);
    assert_int_equal(out.missing, 0);
    escpos_fini(&out);
}

/* 16 columns are 192 dots: 24 bytes a row, 24 rows. */
static void text__beyond_the_page__is_drawn_as_dots(void **state)
{
    static struct layout_line lines[] = {{.text = "Σ"}};
    struct escpos out = make(lines, 1, 16);
    const uint8_t *dots = out.bytes + 13;

    (void)state;
    assert_int_equal(out.n, 13 + 24 * 24);
    assert_memory_equal(out.bytes + 5, "\x1dv0\0\x18\0\x18\0", 8);
    assert_int_equal(dots[0], 0xC0); /* one dot of 8 by 16 is one and a half of 12 by 24 */
    assert_int_equal(dots[24], 0xC0);
    assert_int_equal(dots[48], 0);
    assert_int_equal(dots[23 * 24 + 1], 0x10);
    assert_int_equal(out.missing, 0);
    escpos_fini(&out);
}

static void text__wide_letter__takes_two_columns_and_double_size_four(void **state)
{
    static struct layout_line lines[] = {{.text = "作", .wide = true, .tall = true}};
    struct escpos out = make(lines, 1, 16);
    const uint8_t *dots = out.bytes + 13;

    (void)state;
    assert_memory_equal(out.bytes + 5, "\x1dv0\0\x18\0\x30\0", 8);
    for (int row = 0; row < 48; row++) {
        for (int i = 0; i < 6; i++)
            assert_int_equal(dots[row * 24 + i], 0xFF);
        assert_int_equal(dots[row * 24 + 6], 0);
    }
    escpos_fini(&out);
}

static void text__in_no_font__is_a_box_and_is_told(void **state)
{
    static struct layout_line lines[] = {{.text = "ก"}};
    struct escpos out = make(lines, 1, 16);
    int black = 0;

    (void)state;
    assert_int_equal(out.missing, 0x0E01);
    for (size_t i = 13; i < out.n; i++)
        black += out.bytes[i] != 0;
    assert_true(black > 10);
    escpos_fini(&out);
}

static void glyphs__font__is_searched(void **state)
{
    struct glyph glyph;
    const struct glyphs none = {0}, broken = {"not a font\n", 11};

    (void)state;
    assert_true(glyphs_find(&glyphs, 0x3A3, &glyph));
    assert_int_equal(glyph.width, 8);
    assert_int_equal(glyph.rows[0], 0x8000);
    assert_int_equal(glyph.rows[15], 0x0100);
    assert_true(glyphs_find(&glyphs, 0x4F5C, &glyph));
    assert_int_equal(glyph.width, 16);
    assert_false(glyphs_find(&glyphs, 'A', &glyph));
    assert_false(glyphs_find(&glyphs, 0x3A4, &glyph));
    assert_false(glyphs_find(&glyphs, 0xFFFFF, &glyph));
    assert_false(glyphs_find(&none, 'A', &glyph));
    assert_false(glyphs_find(&broken, 'A', &glyph));
}

/* A finder pattern stands in three corners, and the alternating line between them. */
static void qr__ticket__is_a_code_of_the_smallest_size(void **state)
{
    struct qr qr;

    (void)state;
    assert_true(qr_make("%0000000123K4M7TXG", &qr));
    assert_int_equal(qr.size, 21);
    for (int i = 0; i < 7; i++) {
        assert_true(qr_dark(&qr, 0, i) && qr_dark(&qr, i, 0) && qr_dark(&qr, 0, 20 - i) &&
                    qr_dark(&qr, 20 - i, 0));
        assert_int_equal(qr_dark(&qr, 3, i), i != 1 && i != 5);
    }
    for (int i = 8; i < 13; i++)
        assert_int_equal(qr_dark(&qr, 6, i), i % 2 == 0);
    assert_false(qr_dark(&qr, -1, 0) || qr_dark(&qr, 0, 21));
}

/* Scaled to six dots a module, with four modules of white around, in the middle of the paper. */
static void qr__printed__is_the_code_in_dots(void **state)
{
    static struct layout_line lines[] = {
        {.mark = MARK_QR, .text = "%0000000123K4M7TXG", .align = ALIGN_CENTER}};
    struct escpos out = make(lines, 1, 42);
    const int across = 63, size = (21 + 8) * 6, left = (504 - size) / 2;
    uint8_t *dots = calloc((size_t)size, (size_t)across);
    const uint8_t *at = out.bytes + 5;
    struct qr qr;
    int rows = 0;

    (void)state;
    while (at < out.bytes + out.n) {
        assert_memory_equal(at, "\x1dv0\0\x3f\0", 6);
        assert_true(rows + at[6] <= size);
        memcpy(dots + rows * across, at + 8, (size_t)(at[6] * across));
        rows += at[6];
        at += 8 + at[6] * across;
    }
    assert_int_equal(rows, size);
    assert_true(qr_make("%0000000123K4M7TXG", &qr));
    for (int row = 0; row < size; row++)
        for (int column = 0; column < 504; column++) {
            bool dark = column >= left && qr_dark(&qr, row / 6 - 4, (column - left) / 6 - 4);

            assert_int_equal((dots[row * across + column / 8] >> (7 - column % 8)) & 1, dark);
        }
    free(dots);
    escpos_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text__latin__is_in_the_code_page),
        cmocka_unit_test(text__beyond_the_page__is_drawn_as_dots),
        cmocka_unit_test(text__wide_letter__takes_two_columns_and_double_size_four),
        cmocka_unit_test(text__in_no_font__is_a_box_and_is_told),
        cmocka_unit_test(glyphs__font__is_searched),
        cmocka_unit_test(qr__ticket__is_a_code_of_the_smallest_size),
        cmocka_unit_test(qr__printed__is_the_code_in_dots),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
