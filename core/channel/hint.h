/*
 * A hint: what one terminal tells the others after COMMIT. Never a name, never money: a forged,
 * repeated, reordered or lost hint can at worst cause or delay a re-read (design, 4).
 */
#ifndef BOXOFFICE_CORE_CHANNEL_HINT_H
#define BOXOFFICE_CORE_CHANNEL_HINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(name, word that `boxoffice listen` prints) */
#define HINT_KINDS(X)                                                                    \
    X(SEATS, "seats")         /* a show's claims changed */                              \
    X(RETURNED, "returned")   /* seats came back while people wait: the assigner acts */ \
    X(LIST, "list")           /* a show's waiting list or calls changed */               \
    X(PROGRAMME, "programme") /* halls, shows or prices changed; show may be 0 */        \
    X(LEASE, "lease")         /* the assigner's lease was given up or taken */           \
    X(GREETING, "greeting")   /* a terminal joined: connect back */                      \
    X(PARKED, "parked")       /* a basket was parked or taken up; no show */             \
    X(TILL, "till")           /* a till was opened, counted or closed; no show */

enum hint_kind {
#define HINT_ENUM(name, word) HINT_##name,
    HINT_KINDS(HINT_ENUM)
#undef HINT_ENUM
};

/* What a verb says that it changed. */
struct hint {
    int32_t kind; /* enum hint_kind */
    int64_t show; /* id of the show, 0: none */
    int64_t rev;  /* of that show after the change */
};

/* A hint as it arrives: with who published it and that publisher's count of messages. */
struct heard {
    struct hint hint;
    uint64_t publisher;
    uint64_t counter;
};

enum { HINT_WIRE = 40, HINT_VERSION = 1 };

/* The word for a kind that `listen` prints, a static string. */
const char *hint_word(enum hint_kind kind);

/* Writes the wire form (fixed layout, big endian, magic and version first); returns its size. */
size_t hint_pack(const struct heard *heard, uint8_t wire[static HINT_WIRE]);

/* Reads it; false for another version, an unknown kind, a wrong size or magic. */
bool hint_unpack(const uint8_t *wire, size_t size, struct heard *heard);

#endif
