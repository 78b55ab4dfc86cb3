#include "core/desk/kept.h"

#include <string.h>

/* Each piece: how many zeros, how many other bytes, those bytes. A piece costs two bytes, so that
 * fewer zeros than that are not worth one. */
enum { KEPT_RUN = 255, KEPT_WORTH = 3 };

static size_t zeros(const uint8_t *bytes, size_t size)
{
    static const uint8_t none[sizeof(uint64_t)];
    const size_t most = size < KEPT_RUN ? size : KEPT_RUN;
    size_t n = 0;

    while (most - n >= sizeof none && memcmp(bytes + n, none, sizeof none) == 0)
        n += sizeof none;
    while (n < most && bytes[n] == 0)
        n++;
    return n;
}

/* Bytes until the next zeros that are worth a piece. */
static size_t others(const uint8_t *bytes, size_t size)
{
    size_t n = 0;

    while (n < size && n < KEPT_RUN && (bytes[n] != 0 || zeros(bytes + n, size - n) < KEPT_WORTH))
        n++;
    return n;
}

size_t kept_pack(const void *bytes, size_t size, uint8_t *packed)
{
    const uint8_t *from = bytes, *end = from + size;
    uint8_t *to = packed;

    while (from < end) {
        const size_t nothing = zeros(from, (size_t)(end - from));
        const size_t n = others(from + nothing, (size_t)(end - from) - nothing);

        *to++ = (uint8_t)nothing;
        *to++ = (uint8_t)n;
        memcpy(to, from + nothing, n);
        to += n;
        from += nothing + n;
    }
    return (size_t)(to - packed);
}

bool kept_unpack(const void *packed, size_t n, void *bytes, size_t size)
{
    const uint8_t *from = packed, *end = from + n;
    uint8_t *to = bytes;
    size_t left = size;

    while (end - from >= 2) {
        const size_t nothing = from[0], more = from[1];

        from += 2;
        if (nothing + more > left || more > (size_t)(end - from))
            return false;
        memset(to, 0, nothing);
        memcpy(to + nothing, from, more);
        to += nothing + more;
        from += more;
        left -= nothing + more;
    }
    return left == 0 && from == end;
}
