/* A connection whose statements fail when the test says so, and that counts its transactions. */
#ifndef BOXOFFICE_TESTS_KIT_FLAKY_H
#define BOXOFFICE_TESTS_KIT_FLAKY_H

#include "tests/kit/box.h"

/* One more connection to the box, the caller's. What follows is about all such connections. */
struct sql *flaky_connect(const struct box *box);

/* Lets the `nth` step from now on fail as `rc`, and all behind it go well; 0: none fails. Begins to
 * count steps anew. */
void flaky_fail(int nth, enum sql_rc rc);

/* Steps since then. */
int flaky_steps(void);

/* Transactions that have begun and not ended; and all that have begun. */
int flaky_open(void);
int flaky_begun(void);

#endif
