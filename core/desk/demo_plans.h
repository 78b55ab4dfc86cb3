/* The halls of the demo. */
#ifndef BOXOFFICE_CORE_DESK_DEMO_PLANS_H
#define BOXOFFICE_CORE_DESK_DEMO_PLANS_H

#include "core/rules/plan.h"

enum demo_hall { DEMO_STUDIO, DEMO_SAAL, DEMO_GRAND, DEMO_HALLS };

#define DEMO_RAISED "raised block"
#define DEMO_STALLS "stalls"

/* Makes a hall's plan; `*plan` is the caller's, to be freed with plan_free. As plan_parse. */
enum rc demo_plans_make(enum demo_hall hall, struct plan **plan, struct fault *why);

#endif
