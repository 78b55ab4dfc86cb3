/* `boxoffice check`: verifies the invariants of the design, section 3, by their numbers. */
#ifndef BOXOFFICE_CORE_DESK_CHECK_H
#define BOXOFFICE_CORE_DESK_CHECK_H

#include "core/desk/verb.h"

struct check_row {
    int number; /* of the invariant */
    const char *text;
    bool holds;
    char first[256]; /* the first row that breaks it */
};
enum { CHECK_MOST = 16 };
struct check_result {
    int n;
    int broken;
    struct check_row rows[CHECK_MOST];
};

/* Checks everything; RC_OK when the check ran, whatever it found. */
enum rc check_run(struct sql *db, struct check_result *result, struct fault *why);

/* Is `head` the present or an earlier head of one of the journal's books? An old copy put back or a
 * cut tail does not know a head that was printed later. Names the book in `book`. */
bool check_head(struct sql *db, const char *head, char *book, size_t size);

#endif
