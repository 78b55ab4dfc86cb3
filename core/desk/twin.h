/* The same customer twice at one show: who calls again often has a reservation already. */
#ifndef BOXOFFICE_CORE_DESK_TWIN_H
#define BOXOFFICE_CORE_DESK_TWIN_H

#include "core/desk/booking.h"

/*
 * The reservation of the show, offered, reserved or sold, that has this phone or this name already,
 * however they are written; the newest of several, one with the phone before one with the name
 * alone. Texts may be "" or half typed: what is no name or no phone yet finds nothing. The heap
 * snapshot is the caller's, to be freed with free(); its id is 0 when there is none.
 */
enum rc twin_read(struct sql *db, show_id show, const char *name, const char *phone, when_ms now,
                  struct booking **twin, struct fault *why);

#endif
