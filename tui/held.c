/* The basket's life on this terminal: what verbs did to it, its idle time, parking. */
#include <string.h>

#include "core/rules/deadline.h"
#include "tui/framework.h"
#include "tui/mono.h"

enum {
    TOUCH_MS = 20000, /* how often activity is told to the database */
    KEEP_MS = 60000,  /* how often holds are kept up that must not idle out (three minutes) */
};
#define PAY_BELL (8 * WHEN_MINUTE)

void app_note_sale(struct app *app, const struct app_sale *sale)
{
    if (app->n_sales < SALES_KEPT)
        app->n_sales++;
    memmove(app->sales + 1, app->sales, (size_t)(app->n_sales - 1) * sizeof *sale);
    app->sales[0] = *sale;
}

/* Notes that the basket was sold. */
static void note_basket(struct app *app, const struct booking_reply *reply)
{
    const struct basket *basket = &app->basket;
    struct app_sale sale = {.reservation = reply->reservation,
                            .starts_at = basket->starts_at,
                            .sold_at = app_now(app),
                            .total = reply->total,
                            .change = reply->change,
                            .n = reply->n};

    memcpy(sale.code, reply->code, sizeof sale.code);
    memcpy(sale.title, basket->title, sizeof sale.title);
    basket_labels(basket, sale.labels, sizeof sale.labels);
    app_note_sale(app, &sale);
}

void framework_basket(struct app *app, const struct job *job)
{
    bool booked = job->verb == &verb_sell || job->verb == &verb_reserve;
    when_ms pay_since = app->basket.pay_since;

    if (booked && job->rc == RC_OK) {
        if (job->verb == &verb_sell)
            note_basket(app, job->reply);
        basket_init(&app->basket);
    } else if (job->with_basket) {
        app->basket = job->basket;
        app->basket.pay_since = pay_since;
        app->basket.touched = app_now(app);
        if (basket_empty(&app->basket)) /* the key stays: the same hold may be asked for again */
            app->basket.show.n = 0;
        app->framework->touch_sent_ms = mono_ms();
    }
}

/* Tells the database that the basket is in use. */
static void send_touch(struct app *app, const struct basket *basket)
{
    struct touch_request request = {.pay = basket->pay_since != 0, .since = basket->pay_since};

    memcpy(request.ask.key, basket->key, sizeof request.ask.key);
    framework_post(app, job_verb(&verb_touch, &request), 0);
    app->framework->touch_sent_ms = mono_ms();
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

/* "parked here for 10 min: 2 x Ran 19:45". */
static void say_basket(struct app *app, enum tone tone, const char *what,
                       const struct basket *basket)
{
    char clock[WHEN_TEXT];

    app_say(app, tone, "%s: %d x %s %s", what, (int)basket->n, basket->title,
            when_clock(basket->starts_at, clock, sizeof clock));
}

/* Its seats were given back, since nobody touched it for too long. */
static void run_out(struct app *app, struct basket *basket)
{
    say_basket(app, TONE_WARN, "the basket has run out, its seats were given back", basket);
    basket_init(basket);
}

bool app_park(struct app *app)
{
    if (basket_empty(&app->basket)) {
        app_say(app, TONE_PLAIN, "the basket is empty: nothing to park");
        return false;
    }
    if (app->n_parked == PARKED_MAX || app_working(app)) {
        app_say(app, TONE_WARN, "not parked: %s",
                app_working(app) ? "the box office is working" : "as many are as can be");
        return false;
    }
    /* Parked seats keep their hold as long as a payment does: ten minutes. */
    app->basket.pay_since = app_now(app);
    app->basket.until = app->basket.pay_since + HOLD_MOST;
    send_touch(app, &app->basket);
    app->parked[app->n_parked++] = app->basket;
    say_basket(app, TONE_PLAIN, "parked here for 10 min, g gets it back", &app->basket);
    basket_init(&app->basket);
    return true;
}

bool app_get(struct app *app)
{
    if (app->n_parked == 0 || !basket_empty(&app->basket) || app_working(app))
        return false;
    app->basket = app->parked[--app->n_parked];
    app->basket.pay_since = 0;
    app->basket.touched = app_now(app);
    send_touch(app, &app->basket);
    return true;
}

void framework_touched(struct app *app, const struct job *job)
{
    const struct touch_request *request = job->request;
    const struct touch_reply *reply = job->reply;
    struct basket *basket = &app->basket;

    for (int32_t i = 0; i < app->n_parked; i++)
        if (strcmp(request->ask.key, app->parked[i].key) == 0)
            basket = &app->parked[i];
    if (strcmp(request->ask.key, basket->key) != 0 || basket_empty(basket))
        return;
    if (reply->n == 0) {
        if (basket == &app->basket && basket->pay_since == 0)
            run_out(app, basket);
        else
            basket->until = app_now(app); /* drops a parked one; an open payment is told */
        return;
    }
    /* While pay is open the terminal keeps the hold up, to its end ten minutes after. */
    basket->until = basket->pay_since ? basket->pay_since + HOLD_MOST : reply->until;
}

/* Parked baskets whose time is over are seats no longer. */
static void drop_parked(struct app *app, when_ms now)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < app->n_parked; i++)
        if (app->parked[i].until > now)
            app->parked[kept++] = app->parked[i];
        else
            say_basket(app, TONE_WARN, "a parked basket has run out", &app->parked[i]);
    app->n_parked = kept;
}

void framework_keep(struct app *app)
{
    struct framework *fw = app->framework;
    when_ms now = app_now(app), paying = app->basket.pay_since;

    drop_parked(app, now);
    if (paying == 0)
        fw->rung = false;
    else if (!fw->rung && now - paying >= PAY_BELL)
        fw->rung = fw->bell = true;
    if (mono_ms() - fw->kept_ms < KEEP_MS)
        return;
    fw->kept_ms = mono_ms();
    if (paying && !basket_empty(&app->basket))
        send_touch(app, &app->basket);
    for (int32_t i = 0; i < app->n_parked; i++)
        send_touch(app, &app->parked[i]);
}
