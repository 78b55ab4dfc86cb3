#include "core/base/card.h"

#include <stddef.h>
#include <stdint.h>

#include <utf8proc.h>

#include "core/base/utf8.h"

enum { DIGITS_LEAST = 13, DIGITS_MOST = 19 };

static bool separator(int32_t c)
{
    return utf8_blank(c) || (c > 0 && utf8proc_category(c) == UTF8PROC_CATEGORY_PD);
}

static bool plus(int32_t c)
{
    return c == '+' || c == 0xFF0B;
}

static bool luhn(const int *digits, int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++) {
        int d = digits[n - 1 - i] << (i % 2);
        sum += d > 9 ? d - 9 : d;
    }
    return sum % 10 == 0;
}

static bool reads_as_card(const int *digits, int n)
{
    if (n < DIGITS_LEAST)
        return false;
    int head = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    bool issuer = (digits[0] >= 3 && digits[0] <= 6) || (head >= 2221 && head <= 2720);
    return issuer && luhn(digits, n);
}

/* Tries every run of whole groups of digits that begins at `text`. */
static bool begins_card(const char *text)
{
    int digits[DIGITS_MOST + 1] = {0};
    int n = 0;
    int32_t c;
    size_t step;

    while ((step = utf8_next(text, &c)) > 0) {
        int d = utf8_digit(c);
        if (d >= 0 && n == DIGITS_MOST)
            return false;
        if (d >= 0)
            digits[n++] = d;
        else if (reads_as_card(digits, n))
            return true;
        else if (!separator(c))
            return false;
        text += step;
    }
    return reads_as_card(digits, n);
}

/* What the digits before the next group mean for it. */
enum prefix { PREFIX_NONE, PREFIX_ZERO, PREFIX_PHONE };

/* The prefix that stands once `c` has been read behind `prefix`, outside a number's digits. */
static enum prefix after_other(enum prefix prefix, int32_t c)
{
    if (plus(c))
        return PREFIX_PHONE;
    return separator(c) ? prefix : PREFIX_NONE;
}

bool card_within(const char *text)
{
    enum prefix prefix = PREFIX_NONE;
    bool inside = false, fresh = true; /* in a group; no digit but prefixes in this run yet */
    int32_t c;
    size_t step;

    for (; (step = utf8_next(text, &c)) > 0; text += step) {
        int d = utf8_digit(c);
        if (d < 0) {
            inside = false;
            prefix = after_other(prefix, c);
            fresh = fresh || !separator(c);
            continue;
        }
        if (d == 0 && fresh && prefix != PREFIX_PHONE) {
            prefix = prefix == PREFIX_ZERO ? PREFIX_PHONE : PREFIX_ZERO;
            inside = true;
            continue;
        }
        if (!inside && prefix != PREFIX_PHONE && begins_card(text))
            return true;
        inside = true;
        fresh = false;
        prefix = PREFIX_NONE;
    }
    return false;
}
