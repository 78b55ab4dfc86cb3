/*
 * A way to a test's PostgreSQL server that can be cut at a COMMIT or swallow everything. What fails
 * here fails the test.
 */
#ifndef BOXOFFICE_TESTS_KIT_PROXY_H
#define BOXOFFICE_TESTS_KIT_PROXY_H

#include <stdbool.h>

#include "tests/kit/kit.h"

/* Where the next COMMIT's way ends. Both ends lose their connection. */
enum proxy_cut {
    PROXY_OPEN,
    PROXY_BEFORE, /* it never reaches the server */
    PROXY_AFTER,  /* its answer never reaches the client */
    PROXY_GONE,   /* the same, of the COMMIT behind a word alone, and from then on nothing passes */
};

struct proxy {
    char dir[KIT_PATH], conninfo[KIT_PATH], server[KIT_PATH];
    pid_t pid;
    struct proxy_shared *shared;
};

/* Opens a way to the database that `conninfo` names; proxy->conninfo leads along it. End it with
 * proxy_fini. */
void proxy_init(struct proxy *proxy, const char *conninfo);
void proxy_fini(struct proxy *proxy);

/* Cuts the way at the next COMMIT, once; PROXY_GONE: of a sale. */
void proxy_cut(struct proxy *proxy, enum proxy_cut cut);

/* PROXY_GONE at the next COMMIT of a connection that has said `word` (a name, at most 15 bytes). */
void proxy_cut_behind(struct proxy *proxy, const char *word);

/* From now on nothing passes, either way, and nobody is told so; or everything does again. */
void proxy_swallow(struct proxy *proxy, bool swallow);

#endif
