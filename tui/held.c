/* The basket's life on this terminal: what verbs did to it, its idle time. Parking: set_aside.c. */
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/deadline.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum {
    TOUCH_MS = 20000, /* how often activity is told to the database */
    KEEP_MS = 60000,  /* how often holds are kept up that must not idle out (three minutes) */
};
#define PAY_BELL (8 * WHEN_MINUTE)

void framework_basket(struct app *app, const struct job *job)
{
    const struct booking_reply *sold = job->reply;
    const struct basket_reply *parts = job->reply;
    bool several = job->verb == &verb_sell_basket;
    bool exchanged = job->verb == &verb_exchange;
    bool booked = job->verb == &verb_sell || job->verb == &verb_reserve || several || exchanged;
    when_ms pay_since = app->basket.pay_since;

    if (booked && job->rc == RC_OK) {
        if (job->verb == &verb_sell || (exchanged && app->exchange.sold))
            app_print_sold(app, sold->reservation, sold->code);
        for (int32_t i = 0; several && i < parts->n; i++)
            app_print_sold(app, parts->parts[i].reservation, parts->parts[i].code);
        if (exchanged)
            app->exchange.n = 0;
        framework_basket_new(app);
    } else if (job->with_basket) {
        app->basket = job->basket;
        app->basket.pay_since = pay_since;
        app->basket.touched = app_now(app);
        app->framework->touch_sent_ms = mono_ms();
    }
}

void framework_basket_new(struct app *app)
{
    basket_init(&app->basket);
    app->basket.touched = app_now(app);
}

void framework_basket_back(struct app *app)
{
    struct release_request request = {0};

    if (basket_empty(&app->basket))
        return;
    memcpy(request.ask.key, app->basket.key, sizeof request.ask.key);
    framework_post(app, job_verb(&verb_release, &request), 0);
    framework_basket_new(app);
}

/* Tells the database that the basket is in use. */
static void send_touch(struct app *app, const struct basket *basket)
{
    struct touch_request request = {.pay = basket->pay_since != 0, .since = basket->pay_since};

    memcpy(request.ask.key, basket->key, sizeof request.ask.key);
    framework_post(app, job_verb(&verb_touch, &request), 0);
    app->framework->touch_sent_ms = mono_ms();
}

void app_at_show(struct app *app, show_id show)
{
    basket_turn(&app->basket, show);
}

void app_touch(struct app *app)
{
    app->basket.touched = app_now(app);
    if (!basket_empty(&app->basket) && mono_ms() - app->framework->touch_sent_ms >= TOUCH_MS)
        send_touch(app, &app->basket);
}

void app_paying(struct app *app, bool open)
{
    app->basket.pay_since = open ? app_now(app) : 0;
    if (!basket_empty(&app->basket))
        send_touch(app, &app->basket);
}

void app_say_lost(struct app *app, int lost)
{
    app_say(app, TONE_WARN,
            ngettext("%d seat of the basket had been given back already",
                     "%d seats of the basket had been given back already", (unsigned)lost),
            lost);
    app_drop_keys(app); /* Enter would pay for fewer seats than were asked for */
}

/* Its seats were given back, since nobody touched it for too long. */
static void run_out(struct app *app)
{
    const struct basket *basket = &app->basket;
    char clock[WHEN_TEXT], what[TITLE_SIZE + 64];

    if (basket->n_parts > 1)
        (void)snprintf(what, sizeof what, _("%d seats of %d shows"), (int)basket->n_all,
                       (int)basket->n_parts);
    else
        (void)snprintf(what, sizeof what, "%d x %s %s", (int)basket->n, basket->title,
                       when_clock(basket->starts_at, clock, sizeof clock));
    app_say(app, TONE_WARN, _("the basket has run out, its seats were given back: %s"), what);
    framework_basket_new(app);
}

void framework_touched(struct app *app, const struct job *job)
{
    const struct touch_request *request = job->request;
    const struct touch_reply *reply = job->reply;
    struct basket *basket = &app->basket;

    if (strcmp(request->ask.key, basket->key) != 0 || basket_empty(basket))
        return;
    if (reply->n == 0) {
        if (basket->pay_since == 0)
            run_out(app);
        else
            basket->until = app_now(app); /* an open payment is told */
        return;
    }
    /* While pay is open the terminal keeps the hold up, to its end ten minutes after. */
    basket->until = basket->pay_since ? basket->pay_since + HOLD_MOST : reply->until;
}

void framework_keep(struct app *app)
{
    struct framework *fw = app->framework;
    when_ms now = app_now(app), paying = app->basket.pay_since;

    framework_exchange_idle(app);
    if (paying == 0)
        fw->rung = false;
    else if (!fw->rung && now - paying >= PAY_BELL)
        fw->rung = fw->bell = true;
    if (mono_ms() - fw->kept_ms < KEEP_MS)
        return;
    fw->kept_ms = mono_ms();
    if (paying && !basket_empty(&app->basket))
        send_touch(app, &app->basket);
}
