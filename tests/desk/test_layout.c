/* Results are kept with their keys as they lie in memory: a change of layout must be noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "core/base/digest.h"
#include "tests/kit/counter.h"

/* Of all that is laid out in a kept result, as VERB_LAYOUT numbers it. */
static const struct {
    int layout;
    const char *digest;
} known = {9, "212068072312852643ee091f3d82395f8c5e3face971c606a9b45937909cd1f2"};

enum { TEXT_MOST = 1 << 16 };

/* What the results are made of, comments and blanks left out. */
struct text {
    size_t n;
    char bytes[TEXT_MOST];
};

static void add(struct text *text, const char *bytes, size_t n)
{
    assert_true(text->n + n < TEXT_MOST);
    memcpy(text->bytes + text->n, bytes, n);
    text->n += n;
    text->bytes[text->n] = '\0';
}

/* Takes comments and blanks out of a source, in its place. */
static void strip(char *source)
{
    char *to = source;

    for (const char *at = source; *at != '\0'; at++) {
        if (strncmp(at, "/*", 2) == 0) {
            at = strstr(at, "*/");
            assert_non_null(at);
            at++;
        } else if (strchr(" \t\n", *at) == NULL) {
            *to++ = *at;
        }
    }
    *to = '\0';
}

/* Does the name that ends at `brace` belong to what is kept? */
static bool kept(const char *source, const char *brace)
{
    static const char *const ends[] = {"structtold", "structhint", "structlease_row",
                                       "structticket_type", "_reply"};

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t n = strlen(ends[i]);

        if ((size_t)(brace - source) >= n && strncmp(brace - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

static void read_header(struct text *text, const char *path)
{
    char *source = kit_read_file(path, NULL);

    strip(source);
    for (const char *at = source; (at = strchr(at, '{')) != NULL; at++) {
        const char *end = strchr(at, '}');

        assert_non_null(end);
        if (kept(source, at))
            add(text, at, (size_t)(end - at));
    }
    free(source);
}

static void requests__replies_laid_out_otherwise__layout_is_raised(void **state)
{
    static struct text text;
    char digest[DIGEST_HEX];
    char sizes[128];
    glob_t headers;

    (void)state;
    assert_int_equal(glob(TOP_SRCDIR "/core/desk/*.h", 0, NULL, &headers), 0);
    assert_int_equal(glob(TOP_SRCDIR "/core/channel/hint.h", GLOB_APPEND, NULL, &headers), 0);
    for (size_t i = 0; i < headers.gl_pathc; i++)
        read_header(&text, headers.gl_pathv[i]);
    globfree(&headers);
    snprintf(sizes, sizeof sizes, "%d %d %d %d %d %d", HINTS_MAX, SEATS_MAX, CODE_SIZE, LABEL_SIZE,
             TERMINAL_SIZE, NAME_SIZE);
    add(&text, sizes, strlen(sizes));
    digest_hex(&(struct digest_part){text.bytes, text.n}, 1, digest);
    if (known.layout != VERB_LAYOUT || strcmp(digest, known.digest) != 0)
        fail_msg("a reply is laid out otherwise: raise VERB_LAYOUT (%d, known %d) and know %s",
                 VERB_LAYOUT, known.layout, digest);
}

/* A program that was replaced by another one: the key stands for a result that cannot be read. */
static void requests__of_another_layout__are_refused(void **state)
{
    struct counter *c = *state;
    struct book_request sale = counter_book(c, "sale-1", "counter-1", "B3");
    struct booking_reply reply;

    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_OK);
    counter_script(c, "UPDATE requests SET layout = layout + 1");
    assert_int_equal(counter_do(c, &verb_sell, &sale, &reply), RC_KEY_REUSED);
    assert_string_equal(c->why.text, "the key sale-1 was used with another version of the program");
    assert_int_equal(reply.n, 0);
    assert_int_equal(counter_number(c, "SELECT COUNT(*) FROM reservations"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests__replies_laid_out_otherwise__layout_is_raised),
        cmocka_unit_test_setup_teardown(requests__of_another_layout__are_refused, counter_setup,
                                        counter_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
