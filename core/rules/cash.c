#include "core/rules/cash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"

#define WHOLE 10000 /* hundredths of a per cent in 100 % */

/* Largest first, ended by 0. */
struct currency {
    const char *name;
    money list[DENOMINATIONS_MAX];
};

static const struct currency currencies[] = {
    {"EUR", {50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}},
    {"GBP", {5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}},
    {"USD", {10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1}},
    {"CAD", {10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5}},
    {"AUD", {10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5}},
    {"CHF", {100000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5}},
    {"SEK", {100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100}},
    {"NOK", {100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 100}},
    {"DKK", {50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50}},
    {"PLN", {50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}},
    {"CZK", {500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100}},
    {"", {20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1}},
};
enum { CURRENCIES = sizeof currencies / sizeof currencies[0] };

size_t cash_denominations(const char *currency, const money **list)
{
    size_t at = 0, n = 0;

    while (at < CURRENCIES - 1 && strcmp(currencies[at].name, currency) != 0)
        at++;
    *list = currencies[at].list;
    while (n < DENOMINATIONS_MAX && currencies[at].list[n] != 0)
        n++;
    return n;
}

bool cash_change_odd(const char *currency, money change)
{
    const money *list;

    (void)cash_denominations(currency, &list);
    return list != currencies[CURRENCIES - 1].list && change >= list[0];
}

static bool counted_twice(const struct cash_pieces *pieces, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (pieces[i].denomination == pieces[at].denomination)
            return true;
    return false;
}

enum rc cash_counted(const struct cash_pieces *pieces, size_t n, money *sum, struct fault *why)
{
    money total = 0;

    if (n > DENOMINATIONS_MAX)
        return fault_set(why, RC_BAD_INPUT, _("at most %d denominations are counted"),
                         DENOMINATIONS_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct cash_pieces *p = &pieces[i];

        if (p->denomination < 1 || p->denomination > MONEY_MAX || counted_twice(pieces, i))
            return fault_set(why, RC_BAD_INPUT, _("there is no such denomination"));
        if (p->pieces < 0 || p->pieces > PIECES_MAX)
            return fault_set(why, RC_BAD_INPUT, _("0 to %d pieces of a denomination are counted"),
                             PIECES_MAX);
        if (p->denomination > MONEY_MAX / (p->pieces + 1) ||
            (total += p->denomination * p->pieces) > MONEY_MAX)
            return fault_set(why, RC_BAD_INPUT, _("that is more than a drawer holds"));
    }
    *sum = total;
    return RC_OK;
}

money cash_expected(const struct cash_flow *flow)
{
    return flow->opening + flow->sales - flow->refunds + flow->put_in - flow->taken_out;
}

money cash_rounding(money amount, int64_t step)
{
    money over;

    if (step <= 1 || amount <= 0)
        return 0;
    over = amount % step;
    return 2 * over >= step ? step - over : -over;
}

money cash_tax(money amount, int32_t rate)
{
    money all = WHOLE + (money)rate;

    if (amount <= 0 || rate <= 0)
        return 0;
    return (2 * amount * rate + all) / (2 * all);
}

char *cash_rate(int32_t rate, char *buffer, size_t size)
{
    int32_t part = rate % 100;

    if (part == 0)
        snprintf(buffer, size, "%" PRId32 " %%", rate / 100);
    else if (part % 10 == 0)
        snprintf(buffer, size, "%" PRId32 ".%" PRId32 " %%", rate / 100, part / 10);
    else
        snprintf(buffer, size, "%" PRId32 ".%02" PRId32 " %%", rate / 100, part);
    return buffer;
}
