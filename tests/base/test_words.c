/* Texts come in the language that was asked for, out of the catalogue of the build. */
#include "core/base/words.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const char text[] = N_("the output could not be written");
static const char german[] = "die Ausgabe konnte nicht geschrieben werden";
static const char french[] = "la sortie n'a pas pu être écrite";

/* The environment of a program that begins: `wished` is LC_ALL, NULL for none. */
static void begin(const char *wished, const char *language)
{
    unsetenv("LC_MESSAGES");
    unsetenv("LANG");
    if (wished)
        setenv("LC_ALL", wished, 1);
    else
        unsetenv("LC_ALL");
    if (language)
        setenv("LANGUAGE", language, 1);
    else
        unsetenv("LANGUAGE");
    setenv("BOXOFFICE_LOCALEDIR", TOP_BUILDDIR "/tui/po", 1);
    assert_non_null(setlocale(LC_ALL, ""));
    words_open();
}

static void environment__without_a_language__english(void **state)
{
    (void)state;
    begin("C.UTF-8", NULL);
    assert_string_equal(_(text), text);
    words_choose("");
    assert_string_equal(_(text), text);
}

static void environment__language_and_any_locale_but_c__is_spoken(void **state)
{
    (void)state;
    begin("C.UTF-8", "de");
    assert_string_equal(_(text), german);
    begin(NULL, "fr:de");
    assert_string_equal(_(text), french);
    begin("C", "de");
    assert_string_equal(_(text), text);
}

static void setting__goes_before_the_environment__in_any_locale(void **state)
{
    (void)state;
    begin("C.UTF-8", "de");
    words_choose("fr");
    assert_string_equal(_(text), french);
    words_choose("en");
    assert_string_equal(_(text), text);
    begin("C", NULL);
    words_choose("de");
    assert_string_equal(_(text), german);
}

static void setting__in_the_locale_c__changes_messages_alone(void **state)
{
    (void)state;
    begin("C", NULL);
    words_choose("fr");
    assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
    assert_string_equal(_(text), french);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(environment__without_a_language__english),
        cmocka_unit_test(environment__language_and_any_locale_but_c__is_spoken),
        cmocka_unit_test(setting__goes_before_the_environment__in_any_locale),
        cmocka_unit_test(setting__in_the_locale_c__changes_messages_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
