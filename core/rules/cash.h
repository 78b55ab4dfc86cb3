/*
 * Cash and tax: denominations as data, what a drawer should hold, rounding, and the tax that is in
 * a price. Pure.
 */
#ifndef BOXOFFICE_CORE_RULES_CASH_H
#define BOXOFFICE_CORE_RULES_CASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/money.h"

enum { DENOMINATIONS_MAX = 16, PIECES_MAX = 99999, TAX_MAX = 9999, CASH_STEP_MAX = 1000 };

/* The notes and coins of a currency, largest first; returns how many. Of a currency that is not
 * known, those that most have: 200, 100, 50, 20, 10, 5, 2, 1 and their hundredths. Static. */
size_t cash_denominations(const char *currency, const money **list);

/* Is so much change for cash a slip of who typed it? Nobody hands over a note more than is needed.
 * Of a currency that is not known nothing is. */
bool cash_change_odd(const char *currency, money change);

/* So many pieces of one denomination. */
struct cash_pieces {
    money denomination;
    int64_t pieces;
};

/* What was counted. RC_BAD_INPUT: a denomination below one or twice, pieces below none or above
 * PIECES_MAX, or more money than can be. */
enum rc cash_counted(const struct cash_pieces *pieces, size_t n, money *sum, struct fault *why);

/* What went through a drawer in cash. */
struct cash_flow {
    money opening; /* the float */
    money sales;   /* cash for tickets, as it was handed over less its change */
    money refunds; /* cash given back for tickets */
    money put_in, taken_out;
};

/* What the drawer should hold: float + cash in - cash out. */
money cash_expected(const struct cash_flow *flow);

/*
 * By how much cash for `amount` is rounded where the smallest coin is `step` minor units (1 or
 * less: not at all): to the nearest multiple, half of a step up. amount + rounding is what changes
 * hands.
 */
money cash_rounding(money amount, int64_t step);

/*
 * The tax in the price of one ticket, `rate` in hundredths of a per cent: amount * rate / (100 % +
 * rate), rounded half up. It is rounded a ticket, and tickets are added up, so that net and tax of
 * all lines make the total, and a seat that is given back takes back exactly its own.
 */
money cash_tax(money amount, int32_t rate);

/* "7 %", "5.5 %", "0 %" of a rate. Returns buffer. */
char *cash_rate(int32_t rate, char *buffer, size_t size);

#endif
