#include "core/base/words.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char catalogue[] = "boxoffice";

/* The variable's value unless it is empty. */
static const char *told(const char *variable)
{
    const char *value = getenv(variable);

    return value && *value ? value : NULL;
}

static bool is_plain(const char *locale)
{
    return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

/* Somebody asked for the locale C, as scripts do for texts that they read. */
static bool plain_by_wish(void)
{
    const char *named = told("LC_ALL");

    if (!named)
        named = told("LC_MESSAGES");
    if (!named)
        named = told("LANG");
    return named && is_plain(named);
}

/* gettext looks at LANGUAGE only beside a locale that is not C; C.UTF-8 is everywhere. */
static void heed_language(void)
{
    const char *now = setlocale(LC_MESSAGES, NULL);

    if (now && is_plain(now))
        (void)setlocale(LC_MESSAGES, "C.UTF-8"); /* without it the texts stay English */
}

void words_open(void)
{
    const char *directory = told("BOXOFFICE_LOCALEDIR");

    (void)bindtextdomain(catalogue, directory ? directory : LOCALEDIR);
    (void)bind_textdomain_codeset(catalogue, "UTF-8");
    if (told("LANGUAGE") && !plain_by_wish())
        heed_language();
    (void)textdomain(catalogue);
}

void words_choose(const char *language)
{
    if (language[0] == '\0')
        return;
    (void)setenv("LANGUAGE", language, 1);
    heed_language();
    (void)textdomain(catalogue); /* what was looked up in another language is forgotten */
}
