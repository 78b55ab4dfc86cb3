#include "core/base/utf8.h"

#include <utf8proc.h>

size_t utf8_next(const char *text, int32_t *character)
{
    if (*text == '\0') {
        *character = 0;
        return 0;
    }
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, character);
    if (n > 0)
        return (size_t)n;
    *character = UTF8_BAD;
    return 1;
}

int utf8_digit(int32_t character)
{
    int32_t first = character;

    if (character < 0x80)
        return character >= '0' && character <= '9' ? character - '0' : -1;
    if (utf8proc_category(character) != UTF8PROC_CATEGORY_ND)
        return -1;
    /* Unicode gives each script ten digits in a row, zero first, and rows may touch. */
    while (utf8proc_category(first - 1) == UTF8PROC_CATEGORY_ND)
        first--;
    return (character - first) % 10;
}

bool utf8_blank(int32_t character)
{
    return character == ' ' ||
           (character > 0x7F && utf8proc_category(character) == UTF8PROC_CATEGORY_ZS);
}

bool utf8_letter(int32_t c)
{
    if (c <= 0)
        return false;
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) &&
           !utf8proc_get_property(c)->ignorable;
}

static bool bidi(int32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F || c == 0x061C;
}

static bool variation_selector(int32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

enum utf8_harm utf8_judge(int32_t before, int32_t character, int32_t after)
{
    if (character < 0x20 || (character >= 0x7F && character < 0xA0))
        return UTF8_CONTROL;
    if (character < 0x7F)
        return UTF8_HARMLESS;
    if (bidi(character))
        return UTF8_BIDI;
    if (character == 0x200C || character == 0x200D)
        return utf8_letter(before) && utf8_letter(after) ? UTF8_HARMLESS : UTF8_ZERO_WIDTH;
    if (variation_selector(character))
        return before > ' ' && !variation_selector(before) ? UTF8_HARMLESS : UTF8_ZERO_WIDTH;
    utf8proc_category_t category = utf8proc_category(character);
    if (category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP)
        return UTF8_CONTROL;
    if (category == UTF8PROC_CATEGORY_CF || utf8proc_get_property(character)->ignorable)
        return UTF8_ZERO_WIDTH;
    return UTF8_HARMLESS;
}
