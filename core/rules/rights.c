#include "core/rules/rights.h"

#include <string.h>

#include "core/base/words.h"

static const struct {
    enum role least;
    const char *words;
} rights[RIGHT_COUNT] = {
#define RIGHT_ROW(name, least, words) {ROLE_##least, words},
    RIGHTS(RIGHT_ROW)
#undef RIGHT_ROW
};

static const char *const roles[ROLE_COUNT] = {
#define ROLE_ROW(name, word) word,
    ROLES(ROLE_ROW)
#undef ROLE_ROW
};

bool right_held(enum role role, enum right right)
{
    return (unsigned)right < RIGHT_COUNT && (unsigned)role < ROLE_COUNT &&
           role >= rights[right].least;
}

enum role right_least(enum right right)
{
    return (unsigned)right < RIGHT_COUNT ? rights[right].least : ROLE_MANAGER;
}

const char *right_words(enum right right)
{
    return (unsigned)right < RIGHT_COUNT ? _(rights[right].words) : "?";
}

const char *role_word(enum role role)
{
    return (unsigned)role < ROLE_COUNT ? roles[role] : "?";
}

bool role_parse(const char *word, enum role *role)
{
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(roles[i], word) == 0) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}
