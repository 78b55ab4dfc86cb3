/*
 * Two PostgreSQL servers of the test's own, a primary and its synchronous standby, each reached by
 * a socket in a directory of its own; with the programs of the server that tests/server.sh runs.
 * What fails here fails the test.
 */
#ifndef BOXOFFICE_TESTS_KIT_PAIR_H
#define BOXOFFICE_TESTS_KIT_PAIR_H

#include <stdbool.h>

#include "tests/kit/kit.h"

struct pair {
    char dir[KIT_PATH];
    char conninfo[KIT_PATH]; /* to whichever of the two takes writes */
    pid_t pids[2];           /* 0: it does not run */
    int primary;             /* 0 or 1 */
};

/* Whether there is what it takes: false where the tests have no server. */
bool pair_possible(void);

/* Makes both, the second streaming and synchronous, with a database for a box office. End with
 * pair_fini. */
void pair_init(struct pair *pair);
void pair_fini(struct pair *pair);

/* What libpq is told to reach one of them alone. */
void pair_only(const struct pair *pair, int which, char conninfo[static KIT_PATH]);

/* Runs one statement as the servers' owner on one of them; true when it went well. */
bool pair_tell(const struct pair *pair, int which, const char *statement);

/* Kills the primary with all its processes, as the loss of its machine does. */
void pair_kill(struct pair *pair);

/* Stops the primary with all its processes as they stand, or lets them go on. */
void pair_freeze(struct pair *pair, bool freeze);

/* Starts a server as its files are. */
void pair_start(struct pair *pair, int which);

/* Promotes the other one, as boxoffice-deploy(7) says; it is the primary now. */
void pair_promote(struct pair *pair);

/* Brings the one that is not the primary back as its synchronous standby, by pg_rewind. */
void pair_rejoin(struct pair *pair);

#endif
