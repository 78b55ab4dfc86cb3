#include "core/rules/price.h"

#include "core/base/words.h"

money price_of_percent(money base, int percent, money step)
{
    money unit = 100 * step;

    return (base * percent + unit / 2) / unit * step;
}

enum rc price_total(const money *prices, size_t n, money *total, struct fault *why)
{
    money sum = 0;

    for (size_t i = 0; i < n; i++) {
        if (prices[i] < 0 || prices[i] > MONEY_MAX || (sum += prices[i]) > MONEY_MAX)
            return fault_set(why, RC_BAD_INPUT, _("the total is more than can be sold at once"));
    }
    *total = sum;
    return RC_OK;
}

enum rc price_change(money due, money given, money *change, struct fault *why)
{
    char text[MONEY_TEXT];

    if (given < due)
        return fault_set(why, RC_REFUSED, _("%s is missing"),
                         money_format(due - given, text, sizeof text));
    *change = given - due;
    return RC_OK;
}

size_t price_next_notes(money due, money *given, size_t most)
{
    static const money notes[] = {500, 1000, 2000, 5000, 10000, 20000};
    size_t n = 0;
    money below = due;

    if (due <= 0)
        return 0;
    /* The least amount above the last one that some note makes, note by note, each used once. */
    while (n < most) {
        money next = 0;

        for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
            money amount = (due / notes[i] + 1) * notes[i];

            if (amount > below && (next == 0 || amount < next))
                next = amount;
        }
        if (next == 0)
            break;
        given[n++] = below = next;
    }
    return n;
}
