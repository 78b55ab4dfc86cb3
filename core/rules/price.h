/* Prices: integers in minor units. */
#ifndef BOXOFFICE_CORE_RULES_PRICE_H
#define BOXOFFICE_CORE_RULES_PRICE_H

#include <stddef.h>

#include "core/base/money.h"

/* The price of a ticket type that costs `percent` of `base`, rounded half up to a multiple of
 * `step` minor units (step > 0). */
money price_of_percent(money base, int percent, money step);

/* Sum of `n` prices; RC_BAD_INPUT when it passes MONEY_MAX. */
enum rc price_total(const money *prices, size_t n, money *total, struct fault *why);

/* Change for cash given; RC_REFUSED with the amount that is missing when it is too little. */
enum rc price_change(money due, money given, money *change, struct fault *why);

/*
 * What a customer is likely to hand over for `due`: the next amounts above it that notes make
 * (5, 10, 20, 50, 100, 200 units of 100 minor), rising, without doubles. Returns how many of `most`
 * were written.
 */
size_t price_next_notes(money due, money *given, size_t most);

#endif
