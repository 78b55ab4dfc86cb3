/* Approval on the spot: a verb that was refused for want of a role waits for a PIN. */
#include <string.h>

#include "tui/framework.h"
#include "tui/mono.h"

bool framework_approval(struct app *app, struct job *job)
{
    struct framework *fw = app->framework;

    if (job->rc != RC_NEEDS_APPROVAL || fw->pending || !framework_frame(app, job->owner))
        return false;
    if (fw->depth == STACK_MAX || framework_locked(app))
        return false;
    fw->pending = job;
    fw->pending_keeping = fw->keeping;
    app_drop_keys(app); /* which were for what the verb would have opened */
    app_open(app, SCREEN_APPROVE, NULL);
    return true;
}

const char *app_approval(const struct app *app)
{
    const struct job *job = app->framework->pending;

    return job ? job->fault.text : "";
}

void app_approved(struct app *app, int32_t number)
{
    struct framework *fw = app->framework;
    struct job *job = fw->pending;

    if (!job)
        return;
    struct ask *ask = job->request;
    fw->pending = NULL;
    app_back(app);
    ask->approver = number;
    fw->verb_at_work = true;
    memcpy(fw->verb_key, ask->key, sizeof fw->verb_key); /* the approver's own try had another */
    fw->keeping = fw->pending_keeping;
    fw->verb_ms = mono_ms();
    worker_post(fw->worker, job);
}

void app_unapproved(struct app *app)
{
    struct job *job = app->framework->pending;

    if (!job)
        return;
    app->framework->pending = NULL;
    framework_deliver(app, job);
    job_free(&job);
}
