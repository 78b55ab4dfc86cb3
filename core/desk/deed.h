/*
 * What was done to a waiting party last, and could be undone: found in the show's journal, so that
 * it needs no rows of its own.
 */
#ifndef BOXOFFICE_CORE_DESK_DEED_H
#define BOXOFFICE_CORE_DESK_DEED_H

#include <jansson.h>

#include "core/desk/verb.h"

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

#endif
