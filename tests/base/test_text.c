#include "core/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/ids.h"
#include "tests/kit/kit.h"

static void expect_refused(const char *text, const char *says)
{
    struct fault why = {0};

    if (text_check("name", text, 280, &why) != RC_BAD_INPUT)
        fail_msg("\"%s\" taken", text);
    if (strncmp(why.text, "name ", 5) != 0 || !strstr(why.text, says))
        fail_msg("refused with \"%s\", not \"%s\"", why.text, says);
}

static void expect_taken(const char *text)
{
    struct fault why = {0};

    if (text_check("name", text, 280, &why) != RC_OK)
        fail_msg("\"%s\": %s", text, why.text);
}

static void check__ordinary_names__taken(void **state)
{
    static const char *const names[] = {
        "",        "Kari Ødegård",      "Nguyễn Thị Lan",          "Σταύρου, Ελένη",
        "作者",    "O'Brien-Smith (2)", "x = 3; DROP TABLE shows", "👩 and ❤️",
        "e\u0301", "\"quoted\"",        "葛\U000E0100城"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        expect_taken(names[i]);
}

static void check__longer_than_its_field__refused_never_cut(void **state)
{
    char name[400];
    struct fault why;

    (void)state;
    memset(name, 'a', sizeof name);
    name[NAME_SIZE - 1] = '\0';
    assert_int_equal(text_check("name", name, NAME_SIZE - 1, &why), RC_OK);
    name[NAME_SIZE - 1] = 'a';
    name[NAME_SIZE] = '\0';
    assert_int_equal(text_check("name", name, NAME_SIZE - 1, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, "name is too long: 161 bytes, at most 160");
}

static void fault_083__control_bidi_zero_width__refused(void **state)
{
    static const char *const controls[] = {"a\nb", "a\rb",     "a\tb",   "\x1B[2J", "a\x08",
                                           "\x7F", "\xC2\x85", "\u2028", "\u2029"};
    static const char *const bidis[] = {"a\u202Eb", "\u2066x", "x\u200F",
                                        "\u200E",   "\u061C",  "\u202A"};
    static const char *const empties[] = {"a\u200Bb",   "\uFEFFx", "a\u00ADb", "a\u2060b",
                                          "\u3164",     "\u1160",  "\u034F",   "\u180E",
                                          "\U000E0041", "\uFE0F",  " \uFE0F",  "x\uFE0F\uFE0F"};

    (void)state;
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        expect_refused(controls[i], "control character");
    for (size_t i = 0; i < sizeof bidis / sizeof bidis[0]; i++)
        expect_refused(bidis[i], "direction");
    for (size_t i = 0; i < sizeof empties / sizeof empties[0]; i++)
        expect_refused(empties[i], "without width");
}

static void fault_083__joiners__only_between_letters(void **state)
{
    (void)state;
    expect_taken("نقیب\u200Cزاده");
    expect_taken("ක\u0DCA\u200Dර"); /* between a mark and a letter */
    expect_refused("\u200Cزاده", "without width");
    expect_refused("نقیب\u200C", "without width");
    expect_refused("a\u200D b", "without width");
    expect_refused("a\u200D\u200Db", "without width");
    expect_refused("1\u200C2", "without width");
    expect_refused("\U0001F469\u200D\U0001F4BB", "without width");
}

static void fault_088__sql_metacharacters__are_just_text(void **state)
{
    char out[64];

    (void)state;
    expect_taken("'; DELETE FROM claims; --");
    assert_true(text_key("O'Brien\\%_", out, sizeof out));
    assert_string_equal(out, "o'brien\\%_");
}

static void fault_089__bad_utf8__refused(void **state)
{
    static const char *const bad[] = {"\xFF",
                                      "a\xC3",
                                      "\xC3(",
                                      "\xC0\xAF",
                                      "\xE0\x80\xAF",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\x80",
                                      "\xF8\x88\x80\x80\x80",
                                      "\xE2\x82",
                                      "\xF0\x9F\x8E"};
    char out[64] = "old";

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        expect_refused(bad[i], "UTF-8");
        assert_false(text_key(bad[i], out, sizeof out));
        assert_string_equal(out, "");
        assert_false(text_phone_key(bad[i], out, sizeof out));
        assert_false(text_prefix_end(bad[i], out, sizeof out));
    }
}

static void fault_093__card_number__refused_and_not_repeated(void **state)
{
    static const char *const cards[] = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5555555555554444",
        "378282246310005",
        "6011111111111117",
        "3530111333300000",
        "4222222222222",
        "2221000000000009",
        "2720999999999996",
        "Kari 4111111111111111, paid",
        "seat 12 4111111111111111",
        "4111111111111111 12/27",
        "0 4111111111111111",
        "４１１１１１１１１１１１１１１１",
        "٤١١١١١١١١١١١١١١١",
        "4111\u00A01111\u20131111  1111",
        "+47 22 4111 1111 1111 1111",
        "2 - 4111111111111111",
        "+;4111111111111111",
        "6304000000000000000",
    };
    struct fault why;

    (void)state;
    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++) {
        if (!text_has_card_number(cards[i]))
            fail_msg("\"%s\" not seen", cards[i]);
        assert_int_equal(text_check("note", cards[i], 280, &why), RC_BAD_INPUT);
        assert_null(strstr(why.text, "1111"));
        assert_non_null(strstr(why.text, "note"));
    }
}

static void card__phones_and_other_numbers__are_none(void **state)
{
    static const char *const others[] = {
        "12; 00 4111 1111 1111 1111",
        "+4111111111111111",
        "004111111111111111",
        "00 4111 1111 1111 1111",
        "+47 55 01 12 12",
        "+ 4111111111111111",
        "4111111111111112",
        "411111111111",
        "41111111111111111111",
        "2220000000000000",
        "7111111111111114",
        "1234567890123",
        "4111.1111.1111.1111",
        "4111x1111x1111x1111",
        "",
        "-",
        "＋4111111111111111",
        "04111111111111111",
    };

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (text_has_card_number(others[i]))
            fail_msg("\"%s\" taken for a card", others[i]);
}

static void tidy__trims_and_folds_blanks(void **state)
{
    char out[16];

    (void)state;
    assert_true(text_tidy("  Kari \u00A0 Li\u3000", out, sizeof out));
    assert_string_equal(out, "Kari Li");
    assert_true(text_tidy("   ", out, sizeof out));
    assert_string_equal(out, "");
    assert_true(text_tidy("a\tb\xFF", out, sizeof out)); /* left for text_check to refuse */
    assert_string_equal(out, "a\tb\xFF");
    assert_true(text_tidy("   123456789012345   ", out, sizeof out));
    assert_false(text_tidy("1234567890123456", out, sizeof out));
    assert_string_equal(out, "");
    assert_false(text_tidy("", out, 0));
}

static void key__folds_case_and_composes(void **state)
{
    static const char *const same[][2] = {
        {"KARI ØDEGÅRD", "kari ødegård"},
        {"Jose\u0301", "JOSÉ"},
        {"Straße", "STRASSE"},
        {"ΕΛΈΝΗΣ", "ελένης"},
        {"Ａ", "ａ"},
        {"ǅ", "ǆ"},
    };
    char a[64], b[64];

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        assert_true(text_key(same[i][0], a, sizeof a));
        assert_true(text_key(same[i][1], b, sizeof b));
        assert_string_equal(a, b);
    }
    assert_false(text_key("abcdef", a, 6));
    assert_true(text_key("abcde", a, 6));
    assert_string_equal(a, "abcde");
}

static void phone_key__keeps_digits_and_the_plus(void **state)
{
    char out[16];

    (void)state;
    assert_true(text_phone_key("+47 55-01 (12) 12", out, sizeof out));
    assert_string_equal(out, "+4755011212");
    assert_true(text_phone_key("(+47) 1+2", out, sizeof out));
    assert_string_equal(out, "+4712");
    assert_true(text_phone_key("٠١٢ tel", out, sizeof out));
    assert_string_equal(out, "012");
    assert_true(text_phone_key("𝟘𝟙𝟡", out, sizeof out)); /* a row of digits that touches another */
    assert_string_equal(out, "019");
    assert_true(text_phone_key("none", out, sizeof out));
    assert_string_equal(out, "");
    assert_false(text_phone_key("1234567890123456", out, sizeof out));
    assert_string_equal(out, "");
}

static void prefix_end__is_above_all_that_begin_so(void **state)
{
    char out[16];

    (void)state;
    assert_true(text_prefix_end("abc", out, sizeof out));
    assert_string_equal(out, "abd");
    assert_true(text_prefix_end("zø", out, sizeof out));
    assert_string_equal(out, "zù");
    assert_true(text_prefix_end("\uD7FF", out, sizeof out)); /* steps over the surrogates */
    assert_string_equal(out, "\uE000");
    assert_true(text_prefix_end("a\U0010FFFF", out, sizeof out));
    assert_string_equal(out, "b");
    assert_false(text_prefix_end("", out, sizeof out));
    assert_false(text_prefix_end("\U0010FFFF", out, sizeof out));
    assert_false(text_prefix_end("abc", out, 3));
}

static void fault_083__escape__shows_what_would_spoof(void **state)
{
    char out[64];

    (void)state;
    assert_string_equal(text_escape("a\x1B[2J\n", out, sizeof out), "a\\x1B[2J\\x0A");
    assert_string_equal(text_escape("x\u202Ey", out, sizeof out), "x\\u{202E}y");
    assert_string_equal(text_escape("\xC2\x9B"
                                    "1m",
                                    out, sizeof out),
                        "\\u{009B}1m");
    assert_string_equal(text_escape("a\xFF\xC3", out, sizeof out), "a\\xFF\\xC3");
    assert_string_equal(text_escape("نقیب\u200Cزاده", out, sizeof out), "نقیب\u200Cزاده");
    assert_string_equal(text_escape("Ødegård", out, 4), "Ød");
    assert_string_equal(text_escape("Ødegård", out, 2), "");
    assert_string_equal(text_escape("\x1B\x1B", out, 8), "\\x1B");
}

/* Bytes that are often nearly right: pieces of sequences, joiners, digits, marks. */
static void hostile_bytes(uint64_t *seed, char *text, size_t most)
{
    static const char *const pieces[] = {"a",
                                         " ",
                                         "4",
                                         "1",
                                         "-",
                                         "+",
                                         "\xC3",
                                         "\xB8",
                                         "\u200D",
                                         "\u0301",
                                         "作",
                                         "\xFF",
                                         "\xF0\x9F\x91",
                                         "\n",
                                         "\u202E",
                                         "น",
                                         "ำ",
                                         "0",
                                         "ß",
                                         "\U0010FFFF",
                                         "👩",
                                         "ह",
                                         "ि"};
    size_t n = 0;

    text[0] = '\0';
    for (uint64_t left = kit_below(seed, 12); left > 0; left--) {
        const char *piece = pieces[kit_below(seed, sizeof pieces / sizeof pieces[0])];
        size_t size = strlen(piece);
        if (n + size >= most)
            return;
        memcpy(text + n, piece, size + 1);
        n += size;
    }
}

static void any_bytes__keep_every_promise(void **state)
{
    uint64_t seed = kit_seed();
    char text[64], out[300], end[300];
    struct fault why;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        hostile_bytes(&seed, text, sizeof text);
        size_t whole = strlen(text), size = 1 + kit_below(&seed, sizeof out - 1);
        bool taken = text_check("name", text, sizeof text, &why) == RC_OK;
        text_escape(text, out, sizeof out);
        assert_int_equal(strcmp(out, text) == 0, taken || text_has_card_number(text));
        assert_true(strlen(text_escape(text, out, size)) < size);
        int cells = (int)kit_below(&seed, 20);
        size_t fit = text_fit(text, cells);
        assert_true(fit <= whole);
        memcpy(out, text, fit);
        out[fit] = '\0';
        assert_true(text_cells(out) <= cells);
        assert_true(fit == whole || cells < text_cells(text));
        if (text_key(text, out, sizeof out) && text_prefix_end(out, end, sizeof end))
            assert_true(strcmp(out, end) < 0 && strncmp(end, out, strlen(out)) > 0);
    }
}

static void names_of_nineteen_locales__pass_whole(void **state)
{
    char *all = kit_read_file(TOP_SRCDIR "/tests/kit/names-nonlatin.tsv", NULL), *rest = all;
    char key[512], again[512], tidy[NAME_SIZE], escaped[512];
    int names = 0;

    (void)state;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        char *name = strchr(line, '\t');
        if (!name || strcmp(line, "locale\tname") == 0)
            continue;
        name++;
        expect_taken(name);
        assert_true(text_tidy(name, tidy, sizeof tidy));
        assert_true(text_key(name, key, sizeof key));
        assert_true(text_key(key, again, sizeof again));
        assert_string_equal(key, again);
        assert_string_equal(text_escape(name, escaped, sizeof escaped), name);
        assert_int_equal(text_fit(name, text_cells(name)), strlen(name));
        assert_true(text_cells(name) > 0);
        names++;
    }
    assert_int_equal(names, 760);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check__ordinary_names__taken),
        cmocka_unit_test(check__longer_than_its_field__refused_never_cut),
        cmocka_unit_test(fault_083__control_bidi_zero_width__refused),
        cmocka_unit_test(fault_083__joiners__only_between_letters),
        cmocka_unit_test(fault_088__sql_metacharacters__are_just_text),
        cmocka_unit_test(fault_089__bad_utf8__refused),
        cmocka_unit_test(fault_093__card_number__refused_and_not_repeated),
        cmocka_unit_test(card__phones_and_other_numbers__are_none),
        cmocka_unit_test(tidy__trims_and_folds_blanks),
        cmocka_unit_test(key__folds_case_and_composes),
        cmocka_unit_test(phone_key__keeps_digits_and_the_plus),
        cmocka_unit_test(prefix_end__is_above_all_that_begin_so),
        cmocka_unit_test(fault_083__escape__shows_what_would_spoof),
        cmocka_unit_test(any_bytes__keep_every_promise),
        cmocka_unit_test(names_of_nineteen_locales__pass_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
