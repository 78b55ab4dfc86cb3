/* The stack of screens, and the life of the framework. */
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum rc framework_init(struct app *app, const struct screen *const *screens, struct fault *why)
{
    app->framework = calloc(1, sizeof *app->framework);
    if (!app->framework)
        return fault_set(why, RC_NO_MEMORY, _("no memory for the screens"));
    app->framework->screens = screens;
    app->framework->clock = when_host_now();
    app->framework->clock_ms = mono_ms();
    basket_init(&app->basket);
    return RC_OK;
}

void framework_fini(struct app *app)
{
    if (!app->framework)
        return;
    job_free(&app->framework->pending);
    while (app->framework->depth > 0) {
        struct frame *top = framework_top(app);
        if (top->screen->close)
            top->screen->close(app, top->state);
        free(top->state);
        app->framework->depth--;
    }
    printing_fini(app);
    free(app->calls);
    app->calls = NULL;
    free(app->parked);
    app->parked = NULL;
    free(app->staff);
    app->staff = NULL;
    free(app->framework);
    app->framework = NULL;
}

struct frame *framework_top(struct app *app)
{
    struct framework *fw = app->framework;

    return fw->depth > 0 ? &fw->stack[fw->depth - 1] : NULL;
}

struct frame *framework_frame(struct app *app, uint64_t serial)
{
    struct framework *fw = app->framework;

    for (int i = 0; i < fw->depth; i++)
        if (fw->stack[i].serial == serial)
            return &fw->stack[i];
    return NULL;
}

static const struct screen *registered(const struct app *app, enum screen_id id)
{
    for (size_t i = 0; app->framework->screens[i]; i++)
        if (app->framework->screens[i]->id == id)
            return app->framework->screens[i];
    return NULL;
}

void app_open(struct app *app, enum screen_id id, const struct screen_args *args)
{
    static const struct screen_args none;
    struct framework *fw = app->framework;
    const struct screen *screen = registered(app, id);
    void *state = screen && fw->depth < STACK_MAX ? calloc(1, screen->state_size + 1) : NULL;
    uint64_t owner = fw->owner;

    if (!state) {
        app_say(app, TONE_WARN, _("%s can't be opened here"), _(action_screen_name(id)));
        return;
    }
    if (framework_locked(app)) { /* what was asked for before: it is there when it is asked again */
        free(state);
        return;
    }
    fw->stack[fw->depth++] =
        (struct frame){.screen = screen, .serial = ++fw->serial, .state = state};
    fw->owner = fw->serial;
    fw->redraw = true;
    screen->open(app, state, args ? args : &none);
    fw->owner = owner;
}

void framework_pop(struct app *app)
{
    struct framework *fw = app->framework;
    struct frame gone = fw->stack[fw->depth - 1];

    fw->depth--; /* first, since closing may hand an answer to the screen beneath */
    if (gone.screen->close)
        gone.screen->close(app, gone.state);
    framework_forget_reads(app, gone.serial);
    free(gone.state);
    fw->redraw = true;
}

void app_replace(struct app *app, enum screen_id id, const struct screen_args *args)
{
    struct screen_args kept = {0};

    if (args) /* they may lie in the state of the screen that goes */
        kept = *args;
    app_back(app);
    app_open(app, id, &kept);
}

void app_back(struct app *app)
{
    if (app->framework->depth > 1 && !framework_locked(app))
        framework_pop(app);
}

void app_home(struct app *app)
{
    while (app->framework->depth > 1 && !framework_locked(app))
        framework_pop(app);
}

void app_quit(struct app *app)
{
    app->framework->quit = true;
}

void app_move(struct app *app, const struct founded *founded)
{
    app->framework->next = *founded;
    app_quit(app);
}

void app_redraw(struct app *app)
{
    app->framework->redraw = true;
}
