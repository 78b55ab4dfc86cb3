#include "tui/basket.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "tui/seat_names.h"

void basket_init(struct basket *basket)
{
    memset(basket, 0, sizeof *basket);
    digest_key(basket->key, sizeof basket->key);
}

bool basket_has(const struct basket *basket, seat_id seat)
{
    for (int32_t i = 0; i < basket->n; i++)
        if (basket->seats[i].seat.n == seat.n)
            return true;
    return false;
}

/* Adds text at `used`; returns the new length, never past the end. */
static size_t add(char *buffer, size_t size, size_t used, const char *a, const char *b)
{
    if (used + 1 >= size)
        return used;
    int n = snprintf(buffer + used, size - used, "%s%s", a, b);
    return n < 0 ? used : used + (size_t)n >= size ? size - 1 : used + (size_t)n;
}

char *basket_labels(const struct basket *basket, char *buffer, size_t size)
{
    return seat_names_join(basket->seats[0].label, sizeof basket->seats[0], basket->n, buffer,
                           size);
}

char *basket_types(const struct basket *basket, char *buffer, size_t size)
{
    size_t used = 0;
    char count[16];

    if (size > 0)
        buffer[0] = '\0';
    for (int32_t i = 0; i < basket->n; i++) {
        int n = 0;
        bool seen = false;
        for (int32_t j = 0; j < basket->n; j++) {
            bool same = basket->seats[j].type.n == basket->seats[i].type.n;
            n += same;
            seen = seen || (same && j < i);
        }
        if (seen)
            continue;
        snprintf(count, sizeof count, "%s%d ", used > 0 ? ", " : "", n);
        used = add(buffer, size, used, count, basket->seats[i].type_name);
    }
    return buffer;
}
