#include "tui/seat_names.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"

/* Bytes of a label before its closing number: "Balcony/A" of "Balcony/A12", "3-" of "3-12". */
static size_t stem_of(const char *label)
{
    size_t n = strlen(label);

    while (n > 0 && label[n - 1] >= '0' && label[n - 1] <= '9')
        n--;
    return n;
}

/* Is `next` the neighbour of `label` by its number, in the same row? */
static bool follows(const char *label, const char *next)
{
    size_t stem = stem_of(label);

    return stem == stem_of(next) && strncmp(label, next, stem) == 0 &&
           labs(strtol(next + stem, NULL, 10) - strtol(label + stem, NULL, 10)) == 1;
}

static bool ends_in_dash(const char *label)
{
    size_t stem = stem_of(label);

    return stem > 0 && label[stem - 1] == '-';
}

/* Adds text at `used`; returns the new length, never past the end. */
static size_t add(char *buffer, size_t size, size_t used, const char *a, const char *b)
{
    if (used + 1 >= size)
        return used;
    int n = snprintf(buffer + used, size - used, "%s%s", a, b);
    return n < 0 ? used : used + (size_t)n >= size ? size - 1 : used + (size_t)n;
}

char *seat_names_join(const char *first, size_t stride, int n, char *buffer, size_t size)
{
    size_t used = 0;

    if (size > 0)
        buffer[0] = '\0';
    for (int i = 0, last; i < n; i = last + 1) {
        const char *from = first + (size_t)i * stride, *to = from;
        for (last = i; last + 1 < n && follows(to, to + stride); last++)
            to += stride;
        used = add(buffer, size, used, i > 0 ? ", " : "", from);
        if (last > i) /* "3-4 to 6", for "3-4-6" could be any three numbers */
            used = add(buffer, size, used, ends_in_dash(from) ? _(" to ") : "-", to + stem_of(to));
    }
    return buffer;
}

char *seat_name_short(const char *label, int cells, char *buffer, size_t size)
{
    const char *seat = strrchr(label, '/');

    if (text_cells(label) <= cells) {
        (void)snprintf(buffer, size, "%s", label);
        return buffer;
    }
    if (seat == NULL)
        seat = label;
    size_t block = text_fit(label, cells - 1 - text_cells(seat));
    while (text_cells(seat) > cells - 1 && *seat != '\0')
        seat += text_grapheme(seat, NULL);
    (void)snprintf(buffer, size, "%.*s…%s", (int)block, label, seat);
    return buffer;
}
