#include "core/rules/plan_numbers.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Reads a seat's number and steps over it; 0 when there is none from 1 to PLAN_NUMBER_MAX. */
static int read_number(const char **at)
{
    int number = 0;

    if (**at == '0')
        return 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        number = number * 10 + (**at - '0');
        if (number > PLAN_NUMBER_MAX)
            return 0;
    }
    return number;
}

/* Appends one item ("7", "1..15", "30..2/2"); false when it is malformed or one too many. */
static bool read_range(const char **at, int16_t *numbers, int most, int *n)
{
    int from = read_number(at);
    int to = from;
    int step = 1;

    if (from != 0 && strncmp(*at, "..", 2) == 0) {
        *at += 2;
        to = read_number(at);
        if (to != 0 && **at == '/') {
            (*at)++;
            step = read_number(at);
        }
    }
    if (from == 0 || to == 0 || step == 0 || (to - from) % step != 0)
        return false;
    if (to < from)
        step = -step;
    for (int number = from; *n < most; number += step) {
        numbers[(*n)++] = (int16_t)number;
        if (number == to)
            return true;
    }
    return false;
}

int plan_numbers_read(const char *text, int16_t *numbers, int most)
{
    int n = 0;

    for (;;) {
        if (!read_range(&text, numbers, most, &n))
            return -1;
        if (*text == '\0')
            return n;
        if (*text++ != ',')
            return -1;
    }
}

void plan_numbers_write(const int16_t *numbers, int n, FILE *out)
{
    int step = n > 1 ? numbers[1] - numbers[0] : 0;
    int even = n > 2;

    for (int i = 2; i < n && even; i++)
        even = numbers[i] - numbers[i - 1] == step;
    if (!even) {
        for (int i = 0; i < n; i++)
            fprintf(out, i == 0 ? "%d" : ",%d", numbers[i]);
        return;
    }
    fprintf(out, "%d..%d", numbers[0], numbers[n - 1]);
    if (abs(step) != 1)
        fprintf(out, "/%d", abs(step));
}
