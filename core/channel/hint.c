#include "core/channel/hint.h"

#include <string.h>

/* Wire form: "BOX", version, kind, three zero bytes, show, rev, publisher, counter. */
static const uint8_t magic[3] = {'B', 'O', 'X'};
enum { AT_VERSION = 3, AT_KIND = 4, AT_SHOW = 8, AT_REV = 16, AT_PUBLISHER = 24, AT_COUNTER = 32 };

const char *hint_word(enum hint_kind kind)
{
    static const char *const words[] = {
#define HINT_WORD(name, word) word,
        HINT_KINDS(HINT_WORD)
#undef HINT_WORD
    };
    size_t n = sizeof words / sizeof *words;

    return (size_t)kind < n ? words[kind] : "?";
}

static bool kind_known(uint8_t kind)
{
    return kind <= HINT_TILL;
}

static void put64(uint8_t *at, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        at[i] = (uint8_t)(value >> (56 - 8 * i));
}

static uint64_t get64(const uint8_t *at)
{
    uint64_t value = 0;

    for (int i = 0; i < 8; i++)
        value = value << 8 | at[i];
    return value;
}

size_t hint_pack(const struct heard *heard, uint8_t wire[static HINT_WIRE])
{
    memset(wire, 0, HINT_WIRE);
    memcpy(wire, magic, sizeof magic);
    wire[AT_VERSION] = HINT_VERSION;
    wire[AT_KIND] = (uint8_t)heard->hint.kind;
    put64(wire + AT_SHOW, (uint64_t)heard->hint.show);
    put64(wire + AT_REV, (uint64_t)heard->hint.rev);
    put64(wire + AT_PUBLISHER, heard->publisher);
    put64(wire + AT_COUNTER, heard->counter);
    return HINT_WIRE;
}

bool hint_unpack(const uint8_t *wire, size_t size, struct heard *heard)
{
    if (size != HINT_WIRE || memcmp(wire, magic, sizeof magic) != 0)
        return false;
    if (wire[AT_VERSION] != HINT_VERSION || !kind_known(wire[AT_KIND]))
        return false;
    heard->hint.kind = wire[AT_KIND];
    heard->hint.show = (int64_t)get64(wire + AT_SHOW);
    heard->hint.rev = (int64_t)get64(wire + AT_REV);
    heard->publisher = get64(wire + AT_PUBLISHER);
    heard->counter = get64(wire + AT_COUNTER);
    return true;
}
