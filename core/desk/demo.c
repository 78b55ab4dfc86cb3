#include "core/desk/demo.h"

#include "core/desk/demo_plans.h"
#include "core/desk/demo_programme.h"
#include "core/desk/demo_sales.h"
#include "core/desk/demo_staff.h"
#include "core/desk/halls.h"
#include "core/desk/till.h"

enum { DEMO_FLOAT = 15000 };

static enum rc add_halls(struct sql *db, const struct ask *ask, hall_id halls[DEMO_HALLS],
                         struct fault *why)
{
    enum rc rc = RC_OK;

    for (int i = 0; i < DEMO_HALLS && rc == RC_OK; i++) {
        struct plan *plan = NULL;

        rc = demo_plans_make((enum demo_hall)i, &plan, why);
        if (rc == RC_OK)
            rc = halls_insert(db, ask, plan, &halls[i], why);
        plan_free(&plan);
    }
    return rc;
}

/* So that the demo sells at once. */
static enum rc open_till(struct sql *db, const struct ask *ask, struct fault *why)
{
    const struct till_open_request request = {.ask = *ask, .drawer = 1, .opening = DEMO_FLOAT};
    struct till_reply reply = {.till = {0}};

    return till_begin(db, &request, &reply, why);
}

enum rc demo_fill(struct sql *db, const struct ask *ask, struct fault *why)
{
    hall_id halls[DEMO_HALLS] = {{0}};
    struct demo_show shows[DEMO_SHOWS_MOST];
    int n = 0;
    enum rc rc = add_halls(db, ask, halls, why);

    if (rc == RC_OK)
        rc = demo_programme_add(db, ask, halls, shows, &n, why);
    if (rc == RC_OK)
        rc = demo_sales_make(db, ask, halls, shows, n, why);
    if (rc == RC_OK)
        rc = demo_staff_add(db, ask, why);
    if (rc == RC_OK)
        rc = open_till(db, ask, why);
    return rc;
}
