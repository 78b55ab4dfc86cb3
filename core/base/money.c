#include "core/base/money.h"

#include <stdbool.h>
#include <stdio.h>

#include "core/base/words.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What was typed is never repeated: it may be a card number in the wrong field. */
static enum rc refuse_form(struct fault *why)
{
    return fault_set(why, RC_BAD_INPUT,
                     _("write an amount as 12 or 12.50: digits, at most two of them after a point "
                       "or a comma, no sign and no separator of thousands"));
}

static enum rc refuse_size(struct fault *why)
{
    char most[MONEY_TEXT];

    return fault_set(why, RC_BAD_INPUT, _("an amount is at most %s"),
                     money_format(MONEY_MAX, most, sizeof most));
}

enum rc money_parse(const char *text, money *amount, struct fault *why)
{
    const char *at = text;
    money minor = 0;
    bool over = false;

    if (!is_digit(*at))
        return refuse_form(why);
    for (; is_digit(*at); at++) {
        minor = minor * 10 + (*at - '0');
        if (minor > MONEY_MAX / 100) {
            over = true; /* go on reading: a wrong form is the first thing to say */
            minor = 0;
        }
    }
    minor *= 100;
    if (*at == '.' || *at == ',') {
        at++;
        if (!is_digit(*at))
            return refuse_form(why);
        minor += 10 * (*at++ - '0');
        if (is_digit(*at))
            minor += *at++ - '0';
    }
    if (*at)
        return refuse_form(why);
    if (over || minor > MONEY_MAX)
        return refuse_size(why);
    *amount = minor;
    return RC_OK;
}

char *money_format(money amount, char *buffer, size_t size)
{
    uint64_t magnitude = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;

    snprintf(buffer, size, "%s%llu.%02u", amount < 0 ? "-" : "",
             (unsigned long long)(magnitude / 100), (unsigned)(magnitude % 100));
    return buffer;
}
