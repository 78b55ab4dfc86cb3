/* Where seats that came back came from: the show's journal knows. */
#ifndef BOXOFFICE_CORE_DESK_ORIGIN_H
#define BOXOFFICE_CORE_DESK_ORIGIN_H

#include "core/base/words.h"
#include "core/desk/verb.h"

/* X(name, words) how seats came back before they were offered */
#define ORIGINS(X)                          \
    X(UNKNOWN, "")                          \
    X(REFUND, N_("a refund"))               \
    X(CANCELLED, N_("a cancellation"))      \
    X(OVERDUE, N_("a lapsed reservation"))  \
    X(DECLINED, N_("a declined offer"))     \
    X(NO_ANSWER, N_("an unanswered offer")) \
    X(LEFT, N_("a party that left"))        \
    X(LAPSED, N_("a lapsed offer"))         \
    X(BASKET, N_("a dropped basket"))       \
    X(RELEASED, N_("the house"))

enum origin_kind {
#define ORIGIN_ENUM(name, words) ORIGIN_##name,
    ORIGINS(ORIGIN_ENUM)
#undef ORIGIN_ENUM
};

/* Who gave a seat back last before `before`, how and when. */
struct origin {
    int32_t kind;                 /* enum origin_kind; ORIGIN_UNKNOWN: it was free before */
    char terminal[TERMINAL_SIZE]; /* "" when nobody did it: its time was up */
    when_ms at;
};
void origin_read(struct sql *db, show_id show, const char *label, when_ms before,
                 struct origin *source);

/* "a refund": the words of an origin, a static string. */
const char *origin_words(enum origin_kind origin);

#endif
