/* Halls as they are stored: the part of hall_add that others run in a transaction of theirs. */
#ifndef BOXOFFICE_CORE_DESK_HALLS_H
#define BOXOFFICE_CORE_DESK_HALLS_H

#include "core/desk/house.h"

/*
 * Stores a hall with its seats and journals it inside the open transaction. Seats get rising ids in
 * the plan's order. RC_EXISTS when a hall has that name, RC_BAD_INPUT for a name that is none.
 */
enum rc halls_insert(struct sql *db, const struct ask *ask, const struct plan *plan, hall_id *hall,
                     struct fault *why);

#endif
