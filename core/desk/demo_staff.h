/* The people of the demo, whose PINs everybody may see. */
#ifndef BOXOFFICE_CORE_DESK_DEMO_STAFF_H
#define BOXOFFICE_CORE_DESK_DEMO_STAFF_H

#include "core/desk/verb.h"

/* Adds a clerk, a supervisor and a manager, inside the open transaction. RC_NO_MEMORY. */
enum rc demo_staff_add(struct sql *db, const struct ask *ask, struct fault *why);

#endif
