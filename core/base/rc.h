/*
 * Result codes and faults: the one vocabulary of refusals and errors above db/.
 *
 * A rule refuses with a value, never by printing or exiting. A function that can fail returns an
 * enum rc and says why in a fault that its caller owns.
 */
#ifndef BOXOFFICE_CORE_BASE_RC_H
#define BOXOFFICE_CORE_BASE_RC_H

/* X(name, exit status of a command that ends so, what it means) */
#define RC_LIST(X)                                          \
    X(OK, 0, "done")                                        \
    X(TAKEN, 1, "a seat is taken")                          \
    X(SOLD_OUT, 1, "not enough seats are free")             \
    X(APART, 1, "no block holds the whole party")           \
    X(TOO_LATE, 1, "too late")                              \
    X(NOT_FOUND, 1, "not found")                            \
    X(EXISTS, 1, "exists already")                          \
    X(WRONG_STATE, 1, "not possible in this state")         \
    X(LEASED, 1, "another terminal holds it")               \
    X(REFUSED, 1, "refused by a rule")                      \
    X(NEEDS_APPROVAL, 1, "somebody else has to approve it") \
    X(USAGE, 2, "wrong use of the command")                 \
    X(BAD_INPUT, 2, "bad input")                            \
    X(KEY_REUSED, 2, "the key was used for something else") \
    X(BUSY, 3, "the box office is busy, try again")         \
    X(UNKNOWN, 3, "the outcome is unknown")                 \
    X(AWAY, 3, "the server is away")                        \
    X(STORAGE, 3, "the storage failed")                     \
    X(ENVIRONMENT, 3, "the environment does not allow it")  \
    X(NO_MEMORY, 3, "out of memory")                        \
    X(INTERRUPTED, 3, "interrupted")

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

/* The general meaning of a code, a static string. */
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
