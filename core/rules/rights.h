/*
 * Rights: what a member of staff may do alone, by role. What the own role does not allow, a PIN of
 * somebody whose role does allows on the spot (staff_may, core/desk/staff.h).
 */
#ifndef BOXOFFICE_CORE_RULES_RIGHTS_H
#define BOXOFFICE_CORE_RULES_RIGHTS_H

#include <stdbool.h>

#include "core/base/words.h"

/* X(name, word in the database and in JSON; on the screen, translated) Each may what those before
 * it may. */
#define ROLES(X)                    \
    X(CLERK, N_("clerk"))           \
    X(SUPERVISOR, N_("supervisor")) \
    X(MANAGER, N_("manager"))

/* X(name, the least role that may, what is done, as the beginning of "... needs a manager") */
#define RIGHTS(X)                                                               \
    X(SELL, CLERK, N_("selling"))                                               \
    X(REFUND, CLERK, N_("a refund within the limits"))                          \
    X(REFUND_MORE, SUPERVISOR, N_("this refund"))                               \
    X(VOID, SUPERVISOR, N_("voiding a sale"))                                   \
    X(SWAP, SUPERVISOR, N_("changing how a sale was paid"))                     \
    X(COMP, SUPERVISOR, N_("giving seats away"))                                \
    X(USED, SUPERVISOR, N_("taking back what was used at the door"))            \
    X(REPRINT, CLERK, N_("printing again"))                                     \
    X(RECOUNT, SUPERVISOR, N_("counting a drawer again"))                       \
    X(CLOCK, SUPERVISOR, N_("confirming the clock"))                            \
    X(BLOCK, SUPERVISOR, N_("blocking seats"))                                  \
    X(OVERRIDE, MANAGER, N_("taking seats that are kept for the waiting list")) \
    X(PRIORITY, MANAGER, N_("another order of the waiting list"))               \
    X(MANAGE, MANAGER, N_("changing halls, shows and prices"))                  \
    X(STAFF, MANAGER, N_("changing staff"))                                     \
    X(ADMIT, MANAGER, N_("admitting terminals"))

enum role {
#define ROLE_ENUM(name, word) ROLE_##name,
    ROLES(ROLE_ENUM)
#undef ROLE_ENUM
};
enum { ROLE_COUNT = ROLE_MANAGER + 1 };

enum right {
#define RIGHT_ENUM(name, least, words) RIGHT_##name,
    RIGHTS(RIGHT_ENUM)
#undef RIGHT_ENUM
        RIGHT_COUNT
};

/* May somebody of that role do it alone? A role or a right that is none: no. */
bool right_held(enum role role, enum right right);

/* The least role that may; and what is done, in the reader's words, a static string. */
enum role right_least(enum right right);
const char *right_words(enum right right);

/* "clerk", a static string; and back: false when the word is none. */
const char *role_word(enum role role);
bool role_parse(const char *word, enum role *role);

#endif
