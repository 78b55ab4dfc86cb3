/* Money: an integer in minor units (cents), never a float. */
#ifndef BOXOFFICE_CORE_BASE_MONEY_H
#define BOXOFFICE_CORE_BASE_MONEY_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/rc.h"

typedef int64_t money;

enum { MONEY_TEXT = 32 };
#define MONEY_MAX ((money)99999999999)

/*
 * Reads what a person types: "12", "12.5", "12.50" or "12,50"; digits and at most one separator
 * with one or two digits behind it. Refuses signs, exponents, thousands separators and amounts over
 * MONEY_MAX with RC_BAD_INPUT and a line that says what is wanted. `amount` is untouched then.
 */
enum rc money_parse(const char *text, money *amount, struct fault *why);

/* Writes "-12.50" into `buffer` (MONEY_TEXT bytes suffice) and returns it. */
char *money_format(money amount, char *buffer, size_t size);

#endif
