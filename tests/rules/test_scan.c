#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/rules/scan.h"

static void make__serial_and_code__come_back(void **state)
{
    char text[SCAN_SIZE];
    struct scan scan;

    (void)state;
    assert_true(scan_make(123, "K4M7TX", text));
    assert_string_equal(text, "%0000000123K4M7TXG");
    assert_true(scan_parse(text, &scan));
    assert_int_equal(scan.serial, 123);
    assert_string_equal(scan.code, "K4M7TX");
    assert_true(scan_parse("%0000000123k4m7txg", &scan));
    assert_true(scan_make(9999999999, "3Y3Y3Y", text));
    assert_true(scan_parse(text, &scan));
    assert_int_equal(scan.serial, 9999999999);
}

static void make__what_does_not_fit__is_refused(void **state)
{
    char text[SCAN_SIZE];

    (void)state;
    assert_false(scan_make(10000000000, "K4M7TX", text));
    assert_string_equal(text, "");
    assert_false(scan_make(-1, "K4M7TX", text));
    assert_false(scan_make(1, "K4M7T", text));
    assert_false(scan_make(1, "K4M7TXX", text));
    assert_false(scan_make(1, "k4-7TX", text));
}

static void parse__one_character_wrong__is_found(void **state)
{
    static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char text[SCAN_SIZE];
    struct scan scan;

    (void)state;
    assert_true(scan_make(4711, "K4M7TX", text));
    for (size_t i = 1; i < SCAN_LENGTH; i++)
        for (const char *c = all; *c != '\0'; c++) {
            char was = text[i];

            text[i] = *c;
            assert_int_equal(scan_parse(text, &scan), *c == was);
            text[i] = was;
        }
    for (size_t i = 1; i + 1 < SCAN_LENGTH; i++) {
        char was = text[i];

        if (was == text[i + 1])
            continue;
        text[i] = text[i + 1];
        text[i + 1] = was;
        assert_false(scan_parse(text, &scan));
        text[i + 1] = text[i];
        text[i] = was;
    }
}

/* Feeds a text; returns the last step. */
static enum scan_step feed(struct scan_reader *reader, const char *text)
{
    enum scan_step step = SCAN_NONE;

    for (; *text != '\0'; text++) {
        step = scan_take(reader, *text);
        if (step == SCAN_NONE)
            return step;
    }
    return step;
}

static void reader__whole_text__is_known_by_length_and_check(void **state)
{
    struct scan_reader reader = {0};

    (void)state;
    assert_int_equal(feed(&reader, "%0000000123K4M7TX"), SCAN_MORE);
    assert_true(scan_waits(&reader));
    assert_int_equal(scan_take(&reader, 'g'), SCAN_WHOLE);
    scan_begin(&reader);
    assert_false(scan_waits(&reader));
    assert_int_equal(feed(&reader, "%0000000123K4M7TXH"), SCAN_NONE);
    assert_string_equal(reader.text, "%0000000123K4M7TXH");
}

static void reader__ordinary_keys__are_never_taken(void **state)
{
    struct scan_reader reader = {0};

    (void)state;
    for (int c = ' '; c < 127; c++)
        if (c != SCAN_PREFIX)
            assert_int_equal(scan_take(&reader, (char)c), SCAN_NONE);
    assert_int_equal(scan_enter(&reader), SCAN_NONE);
    assert_int_equal(feed(&reader, "%2"), SCAN_MORE);
    assert_int_equal(scan_enter(&reader), SCAN_NONE);
    assert_int_equal(scan_take(&reader, ' '), SCAN_NONE);
    assert_string_equal(reader.text, "%2");
}

static void reader__scanners_prefix__takes_all_until_enter(void **state)
{
    struct scan_reader reader = {.prefix = '~'};

    (void)state;
    assert_int_equal(feed(&reader, "~k4m7tx"), SCAN_MORE);
    assert_int_equal(scan_enter(&reader), SCAN_WHOLE);
    assert_string_equal(reader.text, "k4m7tx");
    scan_begin(&reader);
    assert_int_equal(feed(&reader, "~%0000000123K4M7TXG"), SCAN_WHOLE);
    scan_begin(&reader);
    assert_int_equal(feed(&reader, "~"), SCAN_MORE);
    assert_int_equal(scan_enter(&reader), SCAN_NONE);
    scan_begin(&reader);
    assert_int_equal(feed(&reader, "~01234567890123456789012345678901"), SCAN_MORE);
    assert_int_equal(scan_take(&reader, 'x'), SCAN_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(make__serial_and_code__come_back),
        cmocka_unit_test(make__what_does_not_fit__is_refused),
        cmocka_unit_test(parse__one_character_wrong__is_found),
        cmocka_unit_test(reader__whole_text__is_known_by_length_and_check),
        cmocka_unit_test(reader__ordinary_keys__are_never_taken),
        cmocka_unit_test(reader__scanners_prefix__takes_all_until_enter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
