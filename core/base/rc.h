/*
 * Result codes and faults: the one vocabulary of refusals and errors above db/.
 *
 * A rule refuses with a value, never by printing or exiting. A function that can fail returns an
 * enum rc and says why in a fault that its caller owns.
 */
#ifndef BOXOFFICE_CORE_BASE_RC_H
#define BOXOFFICE_CORE_BASE_RC_H

#include "core/base/words.h"

/* X(name, exit status of a command that ends so, what it means) */
#define RC_LIST(X)                                              \
    X(OK, 0, N_("done"))                                        \
    X(TAKEN, 1, N_("a seat is taken"))                          \
    X(SOLD_OUT, 1, N_("not enough seats are free"))             \
    X(APART, 1, N_("no block holds the whole party"))           \
    X(TOO_LATE, 1, N_("too late"))                              \
    X(NOT_FOUND, 1, N_("not found"))                            \
    X(EXISTS, 1, N_("exists already"))                          \
    X(WRONG_STATE, 1, N_("not possible in this state"))         \
    X(LEASED, 1, N_("another terminal holds it"))               \
    X(REFUSED, 1, N_("refused by a rule"))                      \
    X(NEEDS_APPROVAL, 1, N_("somebody else has to approve it")) \
    X(USAGE, 2, N_("wrong use of the command"))                 \
    X(BAD_INPUT, 2, N_("bad input"))                            \
    X(KEY_REUSED, 2, N_("the key was used for something else")) \
    X(BUSY, 3, N_("the box office is busy, try again"))         \
    X(UNKNOWN, 3, N_("the outcome is unknown"))                 \
    X(AWAY, 3, N_("the server is away"))                        \
    X(STORAGE, 3, N_("the storage failed"))                     \
    X(ENVIRONMENT, 3, N_("the environment does not allow it"))  \
    X(NO_MEMORY, 3, N_("out of memory"))                        \
    X(INTERRUPTED, 3, N_("interrupted"))

enum rc {
#define RC_ENUM(name, status, text) RC_##name,
    RC_LIST(RC_ENUM)
#undef RC_ENUM
};

enum { FAULT_TEXT = 320 };

/* Why something was refused or failed: one line, for a person, without a trailing newline. */
struct fault {
    enum rc rc;
    char text[FAULT_TEXT];
};

/* The general meaning of a code in the reader's language, a static string. */
const char *rc_text(enum rc rc);

/* The name of a code without its prefix ("TAKEN"), a static string. */
const char *rc_name(enum rc rc);

/* The exit status (0 to 3) of a command that ends with this code. */
int rc_exit_status(enum rc rc);

/*
 * Fills `why` (which may be NULL) with the code and the formatted line; a line too long is cut at a
 * character's end. Returns `rc`, so that a refusal is one statement: return fault_set(...).
 */
enum rc fault_set(struct fault *why, enum rc rc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
