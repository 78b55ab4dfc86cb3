#include "tui/basket.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "tui/seat_names.h"

void basket_init(struct basket *basket)
{
    memset(basket, 0, sizeof *basket);
    digest_key_in_time(basket->key, sizeof basket->key);
}

void basket_settle(struct basket *basket)
{
    const struct basket_part *part = &basket->parts[0];

    basket->n = 0;
    basket->total = 0;
    basket->show.n = 0;
    if (basket->n_parts == 0)
        return;
    basket->n = part->n;
    basket->total = part->total;
    basket->show = part->show;
    basket->hall = part->hall;
    basket->starts_at = part->starts_at;
    memcpy(basket->title, part->title, sizeof basket->title);
    memcpy(basket->hall_name, part->hall_name, sizeof basket->hall_name);
}

/* The first part goes behind all others, and its seats with it. */
static void turn_once(struct basket *basket)
{
    struct basket_part first = basket->parts[0];
    struct basket_seat seats[BASKET_MAX];
    size_t rest = (size_t)(basket->n_all - first.n);

    memcpy(seats, basket->seats, (size_t)first.n * sizeof *seats);
    memmove(basket->seats, basket->seats + first.n, rest * sizeof *seats);
    memcpy(basket->seats + rest, seats, (size_t)first.n * sizeof *seats);
    for (int32_t i = 1; i < basket->n_parts; i++) {
        basket->parts[i - 1] = basket->parts[i];
        basket->parts[i - 1].from -= first.n;
    }
    first.from = (int32_t)rest;
    basket->parts[basket->n_parts - 1] = first;
}

void basket_turn(struct basket *basket, show_id show)
{
    int32_t at = 0;

    while (at < basket->n_parts && basket->parts[at].show.n != show.n)
        at++;
    if (at == 0 || at == basket->n_parts)
        return;
    while (at-- > 0)
        turn_once(basket);
    basket_settle(basket);
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
