/*
 * Life cycles: claims, reservations, waiting entries and shows, each as a table of allowed moves.
 * A move that is not in its table is a defect or a lost race, and is refused.
 */
#ifndef BOXOFFICE_CORE_RULES_LIFE_H
#define BOXOFFICE_CORE_RULES_LIFE_H

#include <stdbool.h>

#include "core/base/words.h"

/* States of a seat at a show. FREE is no row. X(name, word in the database and in JSON; on the
 * screen, translated) */
#define CLAIM_STATES(X)         \
    X(FREE, N_("free"))         \
    X(HELD, N_("held"))         \
    X(RESERVED, N_("reserved")) \
    X(SOLD, N_("sold"))         \
    X(RETURNED, N_("returned")) \
    X(BLOCKED, N_("blocked"))

/* States of a reservation. OFFERED: a waiting party's offer, not yet accepted. */
#define BOOKING_STATES(X)         \
    X(OFFERED, N_("offered"))     \
    X(RESERVED, N_("reserved"))   \
    X(SOLD, N_("sold"))           \
    X(CANCELLED, N_("cancelled")) \
    X(LAPSED, N_("lapsed"))

/* States of a waiting entry. */
#define ENTRY_STATES(X)         \
    X(WAITING, N_("waiting"))   \
    X(OFFERED, N_("offered"))   \
    X(ACCEPTED, N_("accepted")) \
    X(DECLINED, N_("declined")) \
    X(LEFT, N_("left"))         \
    X(CLOSED, N_("closed"))

#define LIFE_ENUM_CLAIM(name, word)   CLAIM_##name,
#define LIFE_ENUM_BOOKING(name, word) BOOKING_##name,
#define LIFE_ENUM_ENTRY(name, word)   ENTRY_##name,
enum claim_state { CLAIM_STATES(LIFE_ENUM_CLAIM) };
enum booking_state { BOOKING_STATES(LIFE_ENUM_BOOKING) };
enum entry_state { ENTRY_STATES(LIFE_ENUM_ENTRY) };
#undef LIFE_ENUM_CLAIM
#undef LIFE_ENUM_BOOKING
#undef LIFE_ENUM_ENTRY

/* Is the move allowed? */
bool claim_may(enum claim_state from, enum claim_state to);
bool booking_may(enum booking_state from, enum booking_state to);
bool entry_may(enum entry_state from, enum entry_state to);

/* Words, static strings; and back: false when the word is none. */
const char *claim_word(enum claim_state state);
const char *booking_word(enum booking_state state);
const char *entry_word(enum entry_state state);
bool claim_parse(const char *word, enum claim_state *state);
bool booking_parse(const char *word, enum booking_state *state);
bool entry_parse(const char *word, enum entry_state *state);

#endif
