/* Parked baskets on this terminal: parking, taking up, and what is told of them (core/desk/park.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"

int app_parked(const struct app *app)
{
    int n = 0;

    for (size_t i = 0; app->parked && i < app->parked->n; i++)
        n += app->parked->rows[i].until > app_now(app);
    return n;
}

const struct parked_row *app_parked_last(const struct app *app)
{
    for (size_t i = app->parked ? app->parked->n : 0; i > 0; i--)
        if (app->parked->rows[i - 1].until > app_now(app))
            return &app->parked->rows[i - 1];
    return NULL;
}

char *app_parked_what(const struct parked_row *parked, char *buffer, size_t size)
{
    char clock[WHEN_TEXT];

    if (parked->n_shows > 1)
        (void)snprintf(buffer, size, _("%d seats of %d shows"), (int)parked->n,
                       (int)parked->n_shows);
    else
        (void)snprintf(buffer, size, "%d x %s %s", (int)parked->n, parked->title,
                       when_clock(parked->starts_at, clock, sizeof clock));
    return buffer;
}

bool app_park(struct app *app)
{
    struct park_request request = {0};

    if (basket_empty(&app->basket)) {
        app_say(app, TONE_PLAIN, _("the basket is empty: nothing to park"));
        return false;
    }
    if (app_do(app, &verb_park, &request, KEEP_ALL, 0))
        return true;
    app_say(app, TONE_WARN, _("not parked: the box office is working"));
    return false;
}

bool app_get(struct app *app, const struct parked_row *parked)
{
    struct get_request request = {0};

    if (app_exchanging(app)) {
        app_say(app, TONE_PLAIN, _("an exchange is under way: finish it, or e leaves it"));
        return false;
    }
    if (!basket_empty(&app->basket)) {
        app_say(app, TONE_PLAIN, _("pay or park this basket first"));
        return false;
    }
    memcpy(request.parked, parked->key, sizeof request.parked);
    memcpy(request.basket, app->basket.key, sizeof request.basket);
    app->framework->getting = parked->show;
    return app_do(app, &verb_get, &request, KEEP_ALL, 0);
}

/* Set aside: the next customer begins on today with a basket of their own. Whoever took over is
 * told whose it is. */
static void parked(struct app *app, const struct ask *ask)
{
    const struct basket *basket = &app->basket;
    bool mine = ask->operator_number == app->operator_number;
    char clock[WHEN_TEXT], what[TITLE_SIZE + WHEN_TEXT + 96];
    int others = (int)(basket->n_all - basket->n);

    when_clock(basket->starts_at, clock, sizeof clock);
    if (basket->n_parts > 1)
        (void)snprintf(what, sizeof what, _("%d x %s %s and %d of other shows"), (int)basket->n,
                       basket->title, clock, others);
    else
        (void)snprintf(what, sizeof what, "%d x %s %s", (int)basket->n, basket->title, clock);
    if (mine)
        app_say(app, TONE_PLAIN, _("parked for 10 min, g gets it back: %s"), what);
    else
        app_say(app, TONE_PLAIN, _("%s's basket is parked for 10 min, g gets it: %s"),
                app_who(app, ask->operator_number, app->terminal), what);
    app->exchange.n = 0; /* which is not what was parked */
    framework_basket_new(app);
    app_home(app);
}

/* It has come: its hall shows it, whatever screen was open. */
static void got(struct app *app)
{
    struct screen_args args = {.show = app->framework->getting, .hall = app->basket.hall};

    app_home(app);
    app_open(app, SCREEN_HALL, &args);
}

void framework_parked(struct app *app, const struct job *job)
{
    if (job->rc == RC_NOT_FOUND && job->verb == &verb_park)
        framework_basket_new(app); /* it has run out: nothing of it is left to be parked or paid */
    if (job->rc != RC_OK)
        app_say_fault(app, &job->fault);
    else if (job->verb == &verb_park)
        parked(app, job->request);
    else
        got(app);
}

static bool is_listed(const struct parked_list *list, const char *key)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->rows[i].key, key) == 0)
            return true;
    return false;
}

void framework_parked_read(struct app *app, struct job *job)
{
    struct parked_list *before = app->parked, *now = job->result;
    char what[TITLE_SIZE + 64];

    job->result = NULL;
    app->parked = now;
    for (size_t i = 0; before && i < before->n; i++) {
        const struct parked_row *row = &before->rows[i];
        if (row->until <= app_now(app) && strcmp(row->terminal, app->terminal) == 0 &&
            !is_listed(now, row->key))
            app_say(app, TONE_WARN, _("a parked basket has run out: %s"),
                    app_parked_what(row, what, sizeof what));
    }
    free(before);
}
