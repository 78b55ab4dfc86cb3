#include "tui/drawer.h"

#include <stdio.h>

#include "tui/framework.h"

enum { LOOK_MS = 5000 };

static int64_t due(const struct duty *duty)
{
    return duty->till_ms + (duty->till_stale ? (int64_t)FRAME_MS : LOOK_MS);
}

/* Is there a drawer, and nobody looking yet? */
static bool idle(const struct app *app)
{
    return app->settings->drawer != 0 && !app->framework->duty.asked_till;
}

void drawer_time(struct app *app, int64_t now_ms)
{
    struct duty *duty = &app->framework->duty;
    union read_args args = {.till = {.drawer = (int32_t)app->settings->drawer}};

    if (!idle(app) || now_ms < due(duty))
        return;
    duty->till_ms = now_ms;
    duty->till_stale = false;
    duty->asked_till = true;
    framework_post(app, job_read(READ_TILL, &args), 0);
}

int64_t drawer_deadline(const struct app *app)
{
    return idle(app) ? due(&app->framework->duty) : INT64_MAX;
}

void drawer_seen(struct app *app, const struct till *till)
{
    app->till = *till;
    app->till_known = true;
    app->framework->redraw = true;
}

till_id app_till(const struct app *app)
{
    if (!app->till_known && app->settings->drawer != 0)
        return (till_id){JOB_ANY_TILL};
    return app->till.state == TILL_OPEN ? app->till.id : (till_id){0};
}

void app_till_changed(struct app *app)
{
    app->framework->duty.till_stale = true;
}

void app_read_sales(struct app *app)
{
    union read_args args = {
        .sales = {.till = app->till.state == TILL_OPEN ? app->till.id : (till_id){0}}};

    (void)snprintf(args.sales.terminal, sizeof args.sales.terminal, "%s", app->terminal);
    app_read(app, READ_SALES, &args, 0);
}
