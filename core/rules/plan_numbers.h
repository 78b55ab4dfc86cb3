/* The NUMBERS field of a plan file: 1..15, 15..1, 2..30/2, 1,3,5 and mixtures of them. */
#ifndef BOXOFFICE_CORE_RULES_PLAN_NUMBERS_H
#define BOXOFFICE_CORE_RULES_PLAN_NUMBERS_H

#include <stdint.h>
#include <stdio.h>

enum { PLAN_NUMBER_MAX = 9999 };

/* Reads the field into `numbers`. Returns how many there are; -1: malformed, or more than `most`.
 */
int plan_numbers_read(const char *text, int16_t *numbers, int most);

/* Writes `n` numbers (n > 0) as one range where they are one, else as a list. */
void plan_numbers_write(const int16_t *numbers, int n, FILE *out);

#endif
