/*
 * The demo: three halls, a week of programme around now, sales, and a sold-out show with a waiting
 * list. Made by the verbs' own bodies, so that every invariant holds on it as on a real house.
 */
#ifndef BOXOFFICE_CORE_DESK_DEMO_H
#define BOXOFFICE_CORE_DESK_DEMO_H

#include "core/desk/verb.h"

/*
 * Fills a box office that has its venue and ticket types, inside the open transaction. The same
 * `ask->now` and zone give the same demo.
 */
enum rc demo_fill(struct sql *db, const struct ask *ask, struct fault *why);

#endif
