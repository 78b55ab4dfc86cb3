/* The programme of the demo: a week around today. */
#ifndef BOXOFFICE_CORE_DESK_DEMO_PROGRAMME_H
#define BOXOFFICE_CORE_DESK_DEMO_PROGRAMME_H

#include "core/desk/demo_plans.h"
#include "core/desk/verb.h"

struct demo_show {
    show_id id;
    enum demo_hall hall;
    when_ms starts_at;
    int32_t fill;  /* per cent of its seats that are gone by now */
    bool sold_out; /* the one with the waiting list */
};

enum { DEMO_SHOWS_MOST = 128 };

/*
 * Adds the programme inside the open transaction and writes its shows, in order of their start in
 * each hall and day, into `shows` (DEMO_SHOWS_MOST); `*n` gets how many. Whatever time of day it
 * is, some shows of this business day have begun or are about to, and some can still be sold.
 */
enum rc demo_programme_add(struct sql *db, const struct ask *ask, const hall_id halls[DEMO_HALLS],
                           struct demo_show *shows, int *n, struct fault *why);

#endif
