/* Payment card numbers, which no field of the box office may keep. */
#ifndef BOXOFFICE_CORE_BASE_CARD_H
#define BOXOFFICE_CORE_BASE_CARD_H

#include <stdbool.h>

/*
 * True when `text` holds 13 to 19 digits of any script, blanks and hyphens ignored, that pass Luhn
 * and begin 3 to 6 or 2221 to 2720. Digits in groups are tried from each group to each later one,
 * so that a seat number before the card does not hide it. A + or 00 in front makes the number that
 * begins there a phone.
 */
bool card_within(const char *text);

#endif
