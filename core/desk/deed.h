/*
 * What was done at a show lately, as its journal tells it: the newest rows are read, so that what
 * is asked for here needs no rows of its own.
 */
#ifndef BOXOFFICE_CORE_DESK_DEED_H
#define BOXOFFICE_CORE_DESK_DEED_H

#include <jansson.h>

#include "core/desk/change.h"
#include "core/desk/tidy.h"

/* A leave, a decline or a no answer. */
struct deed {
    entry_id entry;
    char what[16];        /* as journaled: "leave", "decline", "no_answer" */
    char code[CODE_SIZE]; /* of the offer that it ended; "" none */
    int32_t n;            /* seats of that offer */
    char labels[SEATS_MAX][LABEL_SIZE];
    json_t *offered; /* entries that were offered seats since: {"12": true}; the caller's */
};

/*
 * Finds the last leave, decline or no answer of an entry, or, when `entry` has the id 0, the last
 * one made at the terminal. RC_NOT_FOUND: there is none; RC_WRONG_STATE: something else became of
 * the entry since, or another terminal did it (named). End it with deed_fini in every case.
 */
enum rc deed_find(struct sql *db, show_id show, entry_id entry, const char *terminal,
                  struct deed *deed, struct fault *why);
void deed_fini(struct deed *deed);

/* X(name, words) how seats came back before they were offered */
#define DEED_ORIGINS(X)                                \
    X(UNKNOWN, "")                                     \
    X(REFUND, "a refund")                              \
    X(CANCELLED, "a cancelled reservation")            \
    X(OVERDUE, "a reservation that was not collected") \
    X(DECLINED, "a party that declined")               \
    X(NO_ANSWER, "a party that was not reached")       \
    X(LEFT, "a party that left the list")              \
    X(LAPSED, "an offer that ran out")                 \
    X(BASKET, "a basket that was given up")            \
    X(RELEASED, "what the house released")

enum deed_origin {
#define DEED_ORIGIN_ENUM(name, words) DEED_##name,
    DEED_ORIGINS(DEED_ORIGIN_ENUM)
#undef DEED_ORIGIN_ENUM
};

/* Who gave a seat back last before `before`, how and when. */
struct deed_source {
    int32_t origin;               /* enum deed_origin; DEED_UNKNOWN: it was free before */
    char terminal[TERMINAL_SIZE]; /* "" when nobody did it: its time was up */
    when_ms at;
};
void deed_source(struct sql *db, show_id show, const char *label, when_ms before,
                 struct deed_source *source);

/* "a refund": the words of an origin, a static string. */
const char *deed_origin_words(enum deed_origin origin);

#endif
