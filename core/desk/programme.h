/* Shows as they are put into the programme: what show_add, a schedule and the demo share. */
#ifndef BOXOFFICE_CORE_DESK_PROGRAMME_H
#define BOXOFFICE_CORE_DESK_PROGRAMME_H

#include "core/desk/house.h"

enum { PROGRAMME_NAME = TITLE_SIZE + 40 };

/* Prices of ticket types are rounded to so many minor units. */
#define PROGRAMME_STEP ((money)50)

/* "Paris, Texas, Mon 23 Nov 19:45": how a fault names a show. Returns buffer. */
char *programme_name(const char *title, when_ms starts_at, char *buffer, size_t size);

/*
 * RC_REFUSED names the first show that is on in the hall at any moment of [starts_at, ends_at);
 * RC_OK when the hall is free.
 */
enum rc programme_overlap(struct sql *db, hall_id hall, when_ms starts_at, when_ms ends_at,
                          struct fault *why);

/*
 * The body of verb_show_add: checks, stores the show with its prices, journals it in the house's
 * book. Inside the open transaction.
 */
enum rc programme_add(struct sql *db, const void *request, void *reply, struct fault *why);

#endif
