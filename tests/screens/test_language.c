/* The screens in another language: texts are of the catalogue that was built, keys are the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/words.h"
#include "tests/kit/front.h"
#include "tui/action.h"

enum { WORDS_MOST = 32 };

/* The language is the configuration's. */
static const char *const built[] = {"LANGUAGE=", "LC_ALL=C.UTF-8", NULL};
static const char *const built_in_c[] = {"LANGUAGE=", "LC_ALL=C", NULL};
static struct front front;
static struct pty one;

static int setup(void **state)
{
    (void)state;
    front_init(&front);
    front_configure(&front, "language = \"de\";\n");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    if (one.vterm)
        pty_fini(&one);
    front_fini(&front);
    return 0;
}

/* The German text of the catalogue; one that is as in English shows nothing. */
static const char *german(const char *text)
{
    const char *is = _(text);

    if (strcmp(is, text) == 0)
        fail_msg("\"%s\" has no German", text);
    return is;
}

static void want(const char *before, const char *text)
{
    char whole[128];

    (void)snprintf(whole, sizeof whole, "%s%s", before, german(text));
    pty_wait_text(&one, whole);
}

/* Entries of the bar with the letters of the table, as far as there is room; help always. */
static void want_bar(enum screen_id id)
{
    struct action_word words[WORDS_MOST];
    size_t n = action_words(id, words, WORDS_MOST), seen = 0;
    char entry[128];

    for (size_t i = 0; i < n; i++) {
        (void)snprintf(entry, sizeof entry, "%s %s", words[i].key, german(words[i].word));
        bool here = strstr(pty_row(&one, one.rows - 1), entry) != NULL;
        seen += here;
        if (!here && words[i].action == ACTION_HELP)
            fail_msg("no help in \"%s\"", pty_row(&one, one.rows - 1));
    }
    assert_true(seen > n / 2);
}

static void german__today__speaks_it_and_keeps_its_letters(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, built);
    want(" ", "TODAY");
    want(" ", "Title");
    want(" ", "Hall");
    want(" ", "Free");
    want_bar(SCREEN_TODAY);
    pty_type(&one, "/");
    want(" ", "FIND");
    pty_type(&one, "\033m");
    want(" ", "MENU");
    pty_type(&one, "\033w");
    want(" ", "WAITING");
    pty_type(&one, "\033c");
    want(" ", "CALLS to make, soonest first");
}

static void german__four_keys__sell(void **state)
{
    (void)state;
    front_open(&front, &one, "till-1", 0, 0, built);
    pty_type(&one, "2\r\r\r");
    front_wait_number(&front, &one, "SELECT count(*) FROM claims WHERE state = 'sold'", 2);
}

static void german__in_the_locale_c__without_accents(void **state)
{
    (void)state;
    assert_non_null(strstr(german("menu"), "\xC3\xBC"));
    front_open(&front, &one, "till-1", 0, 0, built_in_c);
    want(" ", "TODAY");
    pty_wait_text(&one, "m Menu  ? ");
}

#define GERMAN(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GERMAN(german__today__speaks_it_and_keeps_its_letters),
        GERMAN(german__four_keys__sell),
        GERMAN(german__in_the_locale_c__without_accents),
    };

    setenv("BOXOFFICE_LOCALEDIR", TOP_BUILDDIR "/tui/po", 1);
    words_open();
    words_choose("de");
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
