#include "tui/owing.h"

#include <stdio.h>
#include <string.h>

#include "tui/framework.h"
#include "tui/mono.h"

enum {
    LOOK_MS = 5000,    /* how often it is read unasked */
    CROSSED_MS = 2000, /* the same while something is on it, which another terminal may print */
};

static struct owing *of(const struct app *app)
{
    return &app->framework->printing.owing;
}

void owing_drop(struct app *app, reservation_id reservation)
{
    struct owed_list *list = &app->unprinted;
    int32_t kept = 0;

    for (int32_t i = 0; i < list->n; i++)
        if (list->sales[i].reservation.n != reservation.n)
            list->sales[kept++] = list->sales[i];
    list->n = kept;
}

void owing_add(struct app *app, reservation_id reservation, const char *code)
{
    struct owed_list *list = &app->unprinted;
    struct owed_sale *one = &list->sales[0];

    owing_drop(app, reservation);
    if (list->n == OWED_MOST)
        list->n--;
    memmove(one + 1, one, (size_t)list->n++ * sizeof *one);
    *one = (struct owed_sale){.reservation = reservation};
    (void)snprintf(one->code, sizeof one->code, "%s", code);
}

void owing_stale(struct app *app)
{
    of(app)->stale = true;
}

/* Is something under way that the list does not know of yet? */
static bool at_work(const struct app *app)
{
    const struct framework *fw = app->framework;

    return fw->verb_at_work || fw->printing.n > 0 || fw->printing.noting > 0;
}

/* What is left from before the terminal opened may have its customer in front of it still: as after
 * a print that fails the seats stand in large letters, unless its clerk has gone on. */
static void tell_once(struct app *app)
{
    const struct framework *fw = app->framework;
    struct owing *owing = of(app);
    struct screen_args args = {.reservation = app->unprinted.sales[0].reservation, .number = 1};

    if (owing->told || fw->depth == 0 || framework_locked(app))
        return;
    owing->told = true;
    if (app->unprinted.n > 0 && fw->depth == 1 && fw->keys == owing->keys)
        app_open(app, SCREEN_TICKET, &args);
}

void owing_answer(struct app *app, const struct job *job)
{
    struct owing *owing = of(app);

    owing->asked = false;
    if (job->rc != RC_OK)
        return;
    if (at_work(app) || owing->changes != app->framework->printing.changes) {
        owing->stale = true;
        return;
    }
    app->unprinted = *(const struct owed_list *)job->result;
    tell_once(app);
    app_redraw(app);
}

static int64_t due(const struct app *app)
{
    const struct owing *owing = of(app);

    return owing->stale ? 0 : owing->read_ms + (app->unprinted.n > 0 ? CROSSED_MS : LOOK_MS);
}

static bool idle(const struct app *app)
{
    return app_prints(app) && !of(app)->asked && !at_work(app);
}

void owing_time(struct app *app)
{
    struct owing *owing = of(app);
    union read_args args = {0};

    if (!idle(app) || mono_ms() < due(app))
        return;
    owing->read_ms = mono_ms();
    owing->stale = false;
    owing->changes = app->framework->printing.changes;
    owing->keys = app->framework->keys;
    (void)snprintf(args.owed.terminal, sizeof args.owed.terminal, "%s", app->terminal);
    struct job *job = job_read(READ_OWED, &args);
    owing->asked = job != NULL;
    framework_post(app, job, 0);
}

int64_t owing_deadline(const struct app *app)
{
    return idle(app) ? due(app) : INT64_MAX;
}
