/* What happens by itself: ticks once a second, revs compared every two, reads repeated. */
#include <stdio.h>
#include <string.h>

#include "tui/framework.h"
#include "tui/mono.h"

enum { TICK_MS = 1000, REVS_MS = 2000 };

static void tick(struct app *app)
{
    struct framework *fw = app->framework;

    for (int i = 0; i < fw->depth; i++) {
        struct frame *frame = &fw->stack[i];
        fw->owner = frame->serial;
        if (frame->screen->tick)
            frame->screen->tick(app, frame->state, app_now(app));
    }
    fw->owner = 0;
    fw->redraw = true;
}

/* Asks for the revs of what is shown: a lost message delays by two seconds, no more. */
static void ask_revs(struct app *app)
{
    struct framework *fw = app->framework;
    union read_args args = {.revs = {.n = 0}};

    if (fw->asked_revs) /* which hang: more of them would only queue up */
        return;

    for (int i = 0; i < fw->depth; i++)
        if (fw->stack[i].screen->shown)
            fw->stack[i].screen->shown(app, fw->stack[i].state, &args.revs);
    if (args.revs.n == 0) {
        fw->revs_ok_ms = fw->revs_ms;
        return;
    }
    struct job *job = job_read(READ_REVS, &args);
    fw->asked_revs = job != NULL;
    if (fw->revs_ok_ms == 0)
        fw->revs_ok_ms = fw->revs_ms;
    fw->revs_asked_ms = fw->revs_ms;
    framework_post(app, job, 0);
}

void framework_revs(struct app *app, const struct read_revs *shown, const struct read_revs *now)
{
    app->framework->revs_ok_ms = app->framework->revs_asked_ms;
    for (int32_t i = 0; i < shown->n; i++)
        if (shown->revs[i] != now->revs[i])
            framework_hear(
                app,
                &(struct hint){.kind = HINT_SEATS, .show = shown->shows[i].n, .rev = now->revs[i]});
}

void framework_time(struct app *app)
{
    struct framework *fw = app->framework;
    int64_t now = mono_ms();

    if (now - fw->tick_ms >= TICK_MS) {
        fw->tick_ms = now;
        tick(app);
        framework_keep(app);
    }
    if (now - fw->revs_ms >= REVS_MS) {
        fw->revs_ms = now;
        fresh_retry(app);
        ask_revs(app);
    }
    if (fw->verb_at_work && now - fw->verb_ms >= WORKING_MS)
        fw->redraw = true;
    framework_idle(app);
    duty_time(app);
    printing_time(app);
    framework_replay(app); /* a screen that kept keys may have gone without an answer */
}

int64_t framework_deadline(const struct app *app)
{
    const struct framework *fw = app->framework;
    int64_t next = fw->tick_ms + TICK_MS, now = mono_ms();

    if (duty_deadline(app) < next)
        next = duty_deadline(app);
    if (printing_deadline(app) < next)
        next = printing_deadline(app);
    if (fw->verb_at_work && now - fw->verb_ms < WORKING_MS && fw->verb_ms + WORKING_MS < next)
        next = fw->verb_ms + WORKING_MS;
    for (int i = 0; i < SLOTS_MAX; i++) {
        const struct slot *slot = &fw->slots[i];
        if (slot->used && slot->wanted && !slot->under_way && slot->posted_ms + FRAME_MS < next)
            next = slot->posted_ms + FRAME_MS;
    }
    return next;
}
