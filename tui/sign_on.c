/* Who is signed in, the lock, and whose work it is that goes on behind it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum { MINUTE_MS = 60000 };

bool framework_locked(const struct app *app)
{
    const struct framework *fw = app->framework;

    return fw->depth > 0 && fw->stack[fw->depth - 1].screen->id == SCREEN_SIGN_IN;
}

void framework_begin(struct app *app)
{
    app->framework->key_ms = mono_ms();
    app_open(app, app->framework->screens[0]->id, NULL);
    if (app->staffed)
        app_open(app, SCREEN_SIGN_IN, NULL);
}

/* Locks, whatever stands on top: a question about an approval is answered with no. */
static void lock(struct app *app)
{
    struct framework *fw = app->framework;

    if (framework_locked(app))
        return;
    while (fw->pending || fw->depth == STACK_MAX) /* the lock needs a place */
        framework_pop(app);
    /* Seats in a basket keep their hold behind a lock as long as a parked one does. */
    fw->lock_keeps = !basket_empty(&app->basket) && app->basket.pay_since == 0;
    if (fw->lock_keeps)
        app_paying(app, true);
    app_open(app, SCREEN_SIGN_IN, NULL);
}

void app_lock(struct app *app)
{
    if (app->staffed)
        lock(app);
    else
        app_say(app, TONE_PLAIN, _("nobody signs in here, so there is nothing to lock"));
}

void framework_idle(struct app *app)
{
    struct framework *fw = app->framework;
    int64_t limit = app->settings->lock_min * MINUTE_MS;

    if (app->staffed && limit > 0 && !fw->verb_at_work && mono_ms() - fw->key_ms >= limit)
        lock(app);
}

static void take_over(struct app *app, const struct sign_in_reply *reply)
{
    app->person = (struct app_person){.number = reply->number, .role = (enum role)reply->role};
    memcpy(app->person.name, reply->name, sizeof app->person.name);
    app->operator_number = reply->number;
}

void app_signed_in(struct app *app, const struct sign_in_reply *reply)
{
    bool another = app->person.number != 0 && app->person.number != reply->number;
    struct framework *fw = app->framework;

    framework_pop(app); /* the lock */
    if (fw->lock_keeps)
        app_paying(app, false);
    fw->lock_keeps = false;
    fw->key_ms = mono_ms();
    if (another) {
        app_home(app);
        app->exchange.n = 0;
        if (!basket_empty(&app->basket))
            app_park(app); /* by whose it is */
    }
    take_over(app, reply);
    owing_stale(app);
}

/* The row of a number, also of who left; NULL: nobody has it. */
static const struct staff_row *find(const struct app *app, int32_t number)
{
    for (size_t i = 0; app->staff && i < app->staff->n; i++)
        if (app->staff->rows[i].number == number)
            return &app->staff->rows[i];
    return NULL;
}

const char *app_who(const struct app *app, int32_t number, const char *terminal)
{
    const struct staff_row *row = find(app, number);

    return row ? row->name : terminal;
}

void framework_staff(struct app *app, struct job *job)
{
    free(app->staff);
    app->staff = job->result;
    job->result = NULL;
    app->staffed = app->staff->n > 0;
    if (!app->staffed && framework_locked(app)) {
        framework_pop(app); /* a server has told that nobody signs in there */
        return;
    }
    const struct staff_row *me = find(app, app->person.number);
    if (me && me->active) {
        app->person.role = me->role;
        memcpy(app->person.name, me->name, sizeof app->person.name);
    } else if (app->staffed) {
        lock(app); /* the first of the house was added, or this one has left it */
    }
}

/* The job of a PIN passes by the slots of reads, which keep their arguments. */
static void post_pin(struct app *app, enum read_id read, int32_t number, const char *pin)
{
    union read_args args = {.pin = {.number = number, .pepper_file = app->pepper_file}};
    struct job *job;

    (void)snprintf(args.pin.pin, sizeof args.pin.pin, "%s", pin);
    job = job_read(read, &args);
    pin_wipe(&args, sizeof args);
    if (!job) {
        app_say(app, TONE_WARN, _("out of memory: not done"));
        return;
    }
    job->owner = app->framework->owner;
    app_hold_keys(app, true);
    worker_post(app->framework->worker, job);
}

void app_try_pin(struct app *app, int32_t number, const char *pin)
{
    post_pin(app, READ_PIN, number, pin);
}

void app_make_pin(struct app *app, int32_t number, const char *pin)
{
    post_pin(app, READ_NEW_PIN, number, pin);
}
