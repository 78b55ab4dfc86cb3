#include "core/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "core/base/card.h"
#include "core/base/utf8.h"
#include "core/base/words.h"

/* The harm of the character at `text`, whose size is `step`. */
static enum utf8_harm harm_of(int32_t before, int32_t c, const char *text, size_t step)
{
    int32_t after;

    utf8_next(text + step, &after);
    return utf8_judge(before, c, after);
}

/* A character that would harm: `field` and what it holds, as one sentence. */
static enum rc refuse_harm(const char *field, enum utf8_harm harm, struct fault *why)
{
    switch (harm) {
    case UTF8_CONTROL:
        return fault_set(why, RC_BAD_INPUT, _("%s holds a control character"), field);
    case UTF8_BIDI:
        return fault_set(why, RC_BAD_INPUT,
                         _("%s holds a character that turns the direction of writing"), field);
    case UTF8_ZERO_WIDTH:
        return fault_set(why, RC_BAD_INPUT, _("%s holds a character without width"), field);
    case UTF8_HARMLESS:
        break;
    }
    return RC_OK;
}

enum rc text_check(const char *field, const char *text, size_t max_bytes, struct fault *why)
{
    size_t size = strlen(text);
    int32_t before = 0, c;
    size_t step;

    if (size > max_bytes)
        /* translators: %s is what was typed: a name, a phone, a note, a title ... */
        return fault_set(why, RC_BAD_INPUT, _("%s is too long: %zu bytes, at most %zu"), field,
                         size, max_bytes);
    for (const char *at = text; (step = utf8_next(at, &c)) > 0; at += step) {
        if (c == UTF8_BAD)
            return fault_set(why, RC_BAD_INPUT, _("%s is not valid UTF-8"), field);
        enum utf8_harm harm = harm_of(before, c, at, step);
        if (harm != UTF8_HARMLESS)
            return refuse_harm(field, harm, why);
        before = c;
    }
    if (card_within(text))
        return fault_set(why, RC_BAD_INPUT,
                         _("%s holds what reads as a card number; do not write these down"), field);
    return RC_OK;
}

bool text_has_card_number(const char *text)
{
    return card_within(text);
}

/* A buffer of the caller's that never holds a cut text: it is emptied when one does not fit. */
struct outlet {
    char *text;
    size_t size, used;
    bool fits;
};

static struct outlet outlet_of(char *text, size_t size)
{
    if (size > 0)
        text[0] = '\0';
    return (struct outlet){text, size, 0, size > 0};
}

static void put(struct outlet *out, const char *bytes, size_t n)
{
    if (!out->fits || n >= out->size - out->used) {
        out->fits = false;
        return;
    }
    memcpy(out->text + out->used, bytes, n);
    out->used += n;
    out->text[out->used] = '\0';
}

static bool whole(struct outlet *out)
{
    if (!out->fits && out->size > 0)
        out->text[0] = '\0';
    return out->fits;
}

bool text_tidy(const char *text, char *out, size_t size)
{
    struct outlet to = outlet_of(out, size);
    bool gap = false;
    int32_t c;
    size_t step;

    for (; (step = utf8_next(text, &c)) > 0; text += step) {
        if (utf8_blank(c)) {
            gap = to.used > 0;
            continue;
        }
        if (gap)
            put(&to, " ", 1);
        gap = false;
        put(&to, text, step);
    }
    return whole(&to);
}

bool text_key(const char *text, char *out, size_t size)
{
    struct outlet to = outlet_of(out, size);
    utf8proc_uint8_t *key = NULL;

    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &key,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE);
    if (n < 0)
        to.fits = false;
    else
        put(&to, (const char *)key, (size_t)n);
    free(key);
    return whole(&to);
}

bool text_phone_key(const char *text, char *out, size_t size)
{
    struct outlet to = outlet_of(out, size);
    int32_t c;
    size_t step;

    for (; (step = utf8_next(text, &c)) > 0; text += step) {
        int d = utf8_digit(c);
        if (c == UTF8_BAD)
            to.fits = false;
        else if (d >= 0)
            put(&to, &"0123456789"[d], 1);
        else if ((c == '+' || c == 0xFF0B) && to.used == 0)
            put(&to, "+", 1);
    }
    return whole(&to);
}

/* The digits of a phone's key without what stands for its country's choice: +, 00, 0. */
static const char *phone_digits(const char *key, bool *abroad)
{
    *abroad = key[0] == '+' || strncmp(key, "00", 2) == 0;
    key += strspn(key, "+");
    return key + strspn(key, "0");
}

bool text_phone_same(const char *a, const char *b)
{
    enum { LOCAL_LEAST = 7 }; /* digits that two people hardly share */
    bool a_abroad, b_abroad;
    const char *one = phone_digits(a, &a_abroad), *other = phone_digits(b, &b_abroad);
    size_t n = strlen(one), m = strlen(other), least = n < m ? n : m;

    if (least < LOCAL_LEAST || (a_abroad && b_abroad))
        return a_abroad == b_abroad && strcmp(one, other) == 0;
    return strcmp(one + n - least, other + m - least) == 0;
}

bool text_prefix_end(const char *prefix, char *out, size_t size)
{
    struct outlet to = outlet_of(out, size);
    const char *last = NULL; /* the last character that has one above it */
    int32_t c, above = 0;
    size_t step;
    utf8proc_uint8_t bytes[4];

    for (const char *at = prefix; (step = utf8_next(at, &c)) > 0; at += step) {
        if (c == UTF8_BAD)
            return false;
        if (c == 0x10FFFF)
            continue;
        last = at;
        above = c == 0xD7FF ? 0xE000 : c + 1; /* no surrogates: PostgreSQL refuses them */
    }
    if (!last)
        return false;
    put(&to, prefix, (size_t)(last - prefix));
    put(&to, (const char *)bytes, (size_t)utf8proc_encode_char(above, bytes));
    return whole(&to);
}

/*
 * Cells of one character; a byte that is no UTF-8 is drawn as one. Terminals advance at a spacing
 * mark, which utf8proc calls empty, and not at the vowel of a syllable written in jamo.
 */
static int cells_of(int32_t c)
{
    if (c == UTF8_BAD)
        return 1;
    const utf8proc_property_t *property = utf8proc_get_property(c);
    if (property->category == UTF8PROC_CATEGORY_MC)
        return 1;
    if (property->boundclass == UTF8PROC_BOUNDCLASS_V ||
        property->boundclass == UTF8PROC_BOUNDCLASS_T)
        return 0;
    return property->charwidth;
}

size_t text_grapheme(const char *text, int *cells)
{
    int32_t c, next;
    utf8proc_int32_t state = 0;
    size_t n = utf8_next(text, &c);
    int width = n > 0 ? cells_of(c) : 0;

    while (n > 0 && c != UTF8_BAD) {
        size_t step = utf8_next(text + n, &next);
        if (step == 0 || next == UTF8_BAD || utf8proc_grapheme_break_stateful(c, next, &state))
            break;
        width += cells_of(next);
        n += step;
        c = next;
    }
    if (cells)
        *cells = width;
    return n;
}

int text_cells(const char *text)
{
    int cells = 0, width;
    size_t n;

    for (; (n = text_grapheme(text, &width)) > 0; text += n)
        cells += width;
    return cells;
}

size_t text_fit(const char *text, int cells)
{
    const char *at = text;
    int width;
    size_t n;

    while ((n = text_grapheme(at, &width)) > 0 && width <= cells) {
        cells -= width;
        at += n;
    }
    return (size_t)(at - text);
}

char *text_escape(const char *text, char *out, size_t size)
{
    struct outlet to = outlet_of(out, size);
    int32_t before = 0, c;
    size_t step;
    char code[16];

    for (; (step = utf8_next(text, &c)) > 0 && to.fits; text += step) {
        const char *bytes = text;
        size_t n = step;
        if (c == UTF8_BAD || harm_of(before, c, text, step) != UTF8_HARMLESS) {
            bool byte = c < 0x80;
            unsigned value = byte ? (unsigned char)*text : (unsigned)c;
            n = (size_t)snprintf(code, sizeof code, byte ? "\\x%02X" : "\\u{%04X}", value);
            bytes = code;
        }
        put(&to, bytes, n);
        before = c;
    }
    return out;
}
