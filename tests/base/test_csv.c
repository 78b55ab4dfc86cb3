#include "core/base/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/kit/kit.h"

static struct csv *parse(const char *text)
{
    struct csv *csv = NULL;
    struct fault why = {0};

    if (csv_parse(text, strlen(text), &csv, &why) != RC_OK)
        fail_msg("%s", why.text);
    return csv;
}

/* Expects the rows, joined with | between cells and / behind each row. */
static void expect_rows(const char *text, const char *want)
{
    struct csv *csv = parse(text);
    char got[256] = "";
    size_t n = 0;

    for (size_t r = 0; r < csv->n; r++)
        for (size_t c = 0; c < csv->rows[r].n; c++)
            n += (size_t)snprintf(got + n, sizeof got - n, "%s%s", csv->rows[r].cells[c],
                                  c + 1 < csv->rows[r].n ? "|" : "/");
    assert_string_equal(got, want);
    csv_free(&csv);
    assert_null(csv);
}

static void expect_refused(const char *bytes, size_t size, const char *says)
{
    struct csv *csv = NULL;
    struct fault why = {0};

    assert_int_equal(csv_parse(bytes, size, &csv, &why), RC_BAD_INPUT);
    assert_string_equal(why.text, says);
    assert_null(csv);
}

static void parse__rows_and_quotes__as_rfc_4180(void **state)
{
    (void)state;
    expect_rows("", "");
    expect_rows("a,b\nc,d\n", "a|b/c|d/");
    expect_rows("a,b\r\nc,d", "a|b/c|d/");
    expect_rows("a,,b,\n", "a||b|/");
    expect_rows("\n\nx\n", "//x/");
    expect_rows("\"a,b\",\"say \"\"hi\"\"\",\"\"\n", "a,b|say \"hi\"|/");
    expect_rows("\"Paris,\r\nTexas\",1\r\nRan,2", "Paris,\r\nTexas|1/Ran|2/");
    expect_rows("\uFEFFa,b", "a|b/");
    expect_rows("a,", "a|/");
    expect_rows("a\r", "a/");
    expect_rows("\"a\"\r", "a/");
    expect_rows(" a , b ", " a | b /");
}

static void parse__many_rows__keep_their_lines(void **state)
{
    char text[4000] = "";
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 100; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%d,\"two\nlines\",x,,,,,,,,,,\n", i);
    struct csv *csv = parse(text);
    assert_int_equal(csv->n, 100);
    for (size_t i = 0; i < csv->n; i++) {
        assert_int_equal(csv->rows[i].line, 2 * i + 1);
        assert_int_equal(csv->rows[i].n, 13);
        assert_int_equal(strtol(csv->rows[i].cells[0], NULL, 10), (long)i);
        assert_string_equal(csv->rows[i].cells[1], "two\nlines");
    }
    csv_free(&csv);
    csv_free(&csv);
}

static void fault_089__bad_utf8_and_nul__refused_with_line(void **state)
{
    (void)state;
    expect_refused("a\nb\xFF\n", 5, "line 2: this is not valid UTF-8");
    expect_refused("a\n\nb\0c\n", 7, "line 3: a NUL byte");
    expect_refused("\0", 1, "line 1: a NUL byte");
}

static void parse__broken_quotes__refused_with_line(void **state)
{
    (void)state;
    expect_refused("a\n\"b\nc\n\n", 8, "line 2: a quote is never closed");
    expect_refused("a\n\"b\n\"c\n", 8, "line 3: something stands behind a closing quote");
    expect_refused("a\nb\"c\n", 6,
                   "line 2: a quote stands inside a cell that does not begin with one");
    expect_refused("\"a\"\rb\n", 6, "line 1: a line ends with a lone carriage return");
    expect_refused("\"", 1, "line 1: a quote is never closed");
}

static void fault_092__formulas__neutralised(void **state)
{
    static const char *const cells[][2] = {
        {"=1+1", "\"'=1+1\""},
        {"+47 55", "\"'+47 55\""},
        {"-5", "\"'-5\""},
        {"@x", "\"'@x\""},
        {"\tx", "\"'\tx\""},
        {"\rx", "\"'\rx\""},
        {"=\"a\"", "\"'=\"\"a\"\"\""},
        {"plain", "plain"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"a=b", "a=b"},
        {"a\rb", "\"a\rb\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        csv_write_cell(out, cells[i][0]);
        fclose(out);
        assert_string_equal(text, cells[i][1]);
        free(text);
    }
}

/* What is written is read back as it was, whatever stands in it. */
static void written_cells__are_read_back(void **state)
{
    static const char letters[] = "ab,\"\r\n =é";
    uint64_t seed = kit_seed();

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char cells[3][12] = {"x"}, *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        for (int c = 0; c < 3; c++) {
            size_t n = c > 0 ? kit_below(&seed, 10) : 1;
            for (size_t b = 0; c > 0 && b < n; b++)
                cells[c][b] = letters[kit_below(&seed, 8)];
            if (strchr("=\r", cells[c][0]))
                cells[c][0] = 'f';
            csv_write_cell(out, cells[c]);
            fputs(c < 2 ? "," : "\r\n", out);
        }
        fclose(out);
        struct csv *csv = parse(text);
        assert_int_equal(csv->n, 1);
        assert_int_equal(csv->rows[0].n, 3);
        for (int c = 0; c < 3; c++)
            assert_string_equal(csv->rows[0].cells[c], cells[c]);
        csv_free(&csv);
        free(text);
    }
}

static void any_bytes__are_read_or_refused(void **state)
{
    static const char letters[] = "a,,\"\"\r\n\n\xC3\xB8\xFF";
    uint64_t seed = kit_seed();

    (void)state;
    for (int i = 0; i < 100000; i++) {
        char bytes[16];
        struct csv *csv = NULL;
        struct fault why = {0};
        size_t size = kit_below(&seed, sizeof bytes);
        for (size_t b = 0; b < size; b++)
            bytes[b] = letters[kit_below(&seed, sizeof letters)];
        if (csv_parse(bytes, size, &csv, &why) != RC_OK)
            assert_memory_equal(why.text, "line ", 5);
        csv_free(&csv);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__rows_and_quotes__as_rfc_4180),
        cmocka_unit_test(parse__many_rows__keep_their_lines),
        cmocka_unit_test(fault_089__bad_utf8_and_nul__refused_with_line),
        cmocka_unit_test(parse__broken_quotes__refused_with_line),
        cmocka_unit_test(fault_092__formulas__neutralised),
        cmocka_unit_test(written_cells__are_read_back),
        cmocka_unit_test(any_bytes__are_read_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
