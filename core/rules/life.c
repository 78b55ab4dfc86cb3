#include "core/rules/life.h"

#include <string.h>

#define COUNT(name, word) +1
enum {
    CLAIMS = 0 CLAIM_STATES(COUNT),
    BOOKINGS = 0 BOOKING_STATES(COUNT),
    ENTRIES = 0 ENTRY_STATES(COUNT),
};
#undef COUNT

/* Each row lists the states that may follow, as bits. */
#define C(name) (1U << CLAIM_##name)
#define B(name) (1U << BOOKING_##name)
#define E(name) (1U << ENTRY_##name)

static const unsigned claim_moves[CLAIMS] = {
    /* A free seat is returned when it is kept for a passed-over party, or when a hall grows. */
    [CLAIM_FREE] = C(HELD) | C(RESERVED) | C(SOLD) | C(RETURNED) | C(BLOCKED),
    [CLAIM_HELD] = C(FREE) | C(RESERVED) | C(SOLD) | C(RETURNED),
    [CLAIM_RESERVED] = C(FREE) | C(SOLD) | C(RETURNED),
    [CLAIM_SOLD] = C(FREE) | C(RETURNED),
    /* Held: a manager's override. Never straight to sold: nobody snatches from the list. */
    [CLAIM_RETURNED] = C(FREE) | C(HELD) | C(RESERVED) | C(BLOCKED),
    [CLAIM_BLOCKED] = C(FREE) | C(RETURNED),
};

static const unsigned booking_moves[BOOKINGS] = {
    [BOOKING_OFFERED] = B(RESERVED) | B(SOLD) | B(CANCELLED) | B(LAPSED),
    [BOOKING_RESERVED] = B(SOLD) | B(CANCELLED) | B(LAPSED),
    [BOOKING_SOLD] = B(CANCELLED),
    [BOOKING_CANCELLED] = 0,
    [BOOKING_LAPSED] = 0,
};

static const unsigned entry_moves[ENTRIES] = {
    [ENTRY_WAITING] = E(OFFERED) | E(LEFT) | E(CLOSED),
    /* Back to waiting: nobody answered, or the offer ran out. */
    [ENTRY_OFFERED] = E(WAITING) | E(ACCEPTED) | E(DECLINED) | E(LEFT) | E(CLOSED),
    [ENTRY_ACCEPTED] = 0,
    /* Back to waiting: undone, before anybody behind it was served. */
    [ENTRY_DECLINED] = E(WAITING),
    [ENTRY_LEFT] = E(WAITING),
    [ENTRY_CLOSED] = 0,
};

#define WORD(name, word) word,
static const char *const claim_words[CLAIMS] = {CLAIM_STATES(WORD)};
static const char *const booking_words[BOOKINGS] = {BOOKING_STATES(WORD)};
static const char *const entry_words[ENTRIES] = {ENTRY_STATES(WORD)};
#undef WORD

/* Looks one move up; states that are no states allow nothing. */
static bool may(const unsigned *moves, unsigned n, unsigned from, unsigned to)
{
    return from < n && to < n && (moves[from] >> to & 1U) != 0;
}

static const char *word_of(const char *const *words, unsigned n, unsigned state)
{
    return state < n ? words[state] : "?";
}

/* The index of a word, or `n`. */
static unsigned find(const char *const *words, unsigned n, const char *word)
{
    unsigned i = 0;

    while (i < n && strcmp(words[i], word) != 0)
        i++;
    return i;
}

bool claim_may(enum claim_state from, enum claim_state to)
{
    return may(claim_moves, CLAIMS, from, to);
}

bool booking_may(enum booking_state from, enum booking_state to)
{
    return may(booking_moves, BOOKINGS, from, to);
}

bool entry_may(enum entry_state from, enum entry_state to)
{
    return may(entry_moves, ENTRIES, from, to);
}

const char *claim_word(enum claim_state state)
{
    return word_of(claim_words, CLAIMS, state);
}

const char *booking_word(enum booking_state state)
{
    return word_of(booking_words, BOOKINGS, state);
}

const char *entry_word(enum entry_state state)
{
    return word_of(entry_words, ENTRIES, state);
}

bool claim_parse(const char *word, enum claim_state *state)
{
    unsigned i = find(claim_words, CLAIMS, word);

    if (i == CLAIMS)
        return false;
    *state = (enum claim_state)i;
    return true;
}

bool booking_parse(const char *word, enum booking_state *state)
{
    unsigned i = find(booking_words, BOOKINGS, word);

    if (i == BOOKINGS)
        return false;
    *state = (enum booking_state)i;
    return true;
}

bool entry_parse(const char *word, enum entry_state *state)
{
    unsigned i = find(entry_words, ENTRIES, word);

    if (i == ENTRIES)
        return false;
    *state = (enum entry_state)i;
    return true;
}
