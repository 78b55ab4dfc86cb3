/* Today: the shows of a day, where a sale begins. What it looks like is in today.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/screen/today.h"

enum {
    REREAD = 10, /* seconds after which the day is read anew, whatever was heard */
    WANTED_MOST = 99,
    UNTOUCHED_S = 60, /* a basket that long untouched may be the last customer's */
};

static void ask_day(struct app *app, struct today *today)
{
    union read_args args = {.day = {.day = today->day}};

    today->age = 0;
    app_read(app, READ_DAY, &args, 0);
}

/* The cursor came to another show: what else is there of that film? */
static void choose(struct app *app, struct today *today)
{
    const struct show_row *show = today_chosen(today);
    union read_args args = {0};

    if (!show || show->id.n == today->chosen.n)
        return;
    today->chosen = args.show.show = show->id;
    free(today->also);
    today->also = NULL;
    app_read(app, READ_SAME_TITLE, &args, 0);
}

static void go_to_day(struct app *app, struct today *today, int32_t day)
{
    today->day = day;
    today->follows = day == when_day(app_now(app));
    today->wanted = 0;
    today->chosen.n = 0;
    app_hold_keys(app, true);
    ask_day(app, today);
}

static void today_open(struct app *app, void *state, const struct screen_args *args)
{
    (void)args;
    go_to_day(app, state, when_day(app_now(app)));
}

static void today_close(struct app *app, void *state)
{
    struct today *today = state;
    void *view = today->view;

    (void)app;
    read_free(READ_DAY, &view);
    free(today->also);
}

static void hold_best(struct app *app, struct today *today, bool replace)
{
    const struct show_row *show = today_chosen(today);
    struct hold_request request = {
        .show = show->id, .best = today->wanted, .replace = replace, .together = 1};

    today->asks = false;
    today->kept = replace ? 0 : app->basket.n_all;
    if (today->wanted > SEATS_MAX)
        app_say(app, TONE_WARN, _("at most %d seats at a time"), SEATS_MAX);
    else
        app_do(app, &verb_hold, &request, KEEP_ALL, 0);
}

/* --- answers --------------------------------------------------------------------------------- */

/* Digits belong to the show that they were typed at: when it leaves the list they go with it, so
 * that Enter does not sell the one that stands in its place. */
static void keep_digits(struct app *app, struct today *today)
{
    const struct show_row *show = today_chosen(today);

    if (today->wanted == 0 || today->chosen.n == 0 || (show && show->id.n == today->chosen.n))
        return;
    today->wanted = 0;
    today->asks = false;
    app_say(app, TONE_WARN, _("the show is no longer on the list"));
    app_drop_keys(app);
}

static void day_answer(struct app *app, struct today *today, struct answer *answer)
{
    void *old = today->view;

    app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    if (answer->args->day.day != today->day)
        return;
    today->view = answer->result;
    answer->result = NULL;
    read_free(READ_DAY, &old);
    size_t at = today_place(today, app_now(app));
    list_resize(&today->list, today->view->shows->n);
    today->list.at = at;
    list_resize(&today->list, today->view->shows->n);
    keep_digits(app, today);
    choose(app, today);
}

static void hold_answer(struct app *app, struct today *today, const struct answer *answer)
{
    const struct hold_request *request = answer->request;
    const struct hold_reply *reply = answer->reply;
    struct screen_args args = {.show = request->show, .number = request->best};

    if (answer->rc != RC_OK)
        app_say_fault(app, answer->fault);
    if (answer->rc == RC_APART) {
        args.apart.n = reply->n;
        args.apart.pieces = reply->pieces;
        memcpy(args.apart.seats, reply->seats, sizeof args.apart.seats);
    } else if (answer->rc != RC_OK) {
        return;
    }
    today->wanted = 0;
    app_open(app, SCREEN_HALL, &args);
    if (answer->rc == RC_OK && app->basket.n_all < today->kept + request->best)
        app_say_lost(app, today->kept + request->best - app->basket.n_all);
}

/* The last customer's basket is set aside: what was asked for is held now. */
static void parked(struct app *app, struct today *today)
{
    if (today->holds && today->wanted > 0 && today_chosen(today))
        hold_best(app, today, false);
    today->holds = false;
}

static void today_answer(struct app *app, void *state, struct answer *answer)
{
    struct today *today = state;

    if (answer->verb == &verb_hold) {
        hold_answer(app, today, answer);
    } else if (answer->verb == &verb_park) {
        parked(app, today);
    } else if (answer->verb == &verb_release) {
        if (answer->rc == RC_OK)
            app_say(app, TONE_PLAIN, _("the basket is empty"));
        else
            app_say_fault(app, answer->fault);
    } else if (answer->read == READ_DAY) {
        day_answer(app, today, answer);
    } else if (answer->rc == RC_OK && answer->args->show.show.n == today->chosen.n) {
        free(today->also);
        today->also = answer->result;
        answer->result = NULL;
    }
}

static void today_hear(struct app *app, void *state, const struct hint *hint)
{
    if (hint->kind != HINT_LEASE && hint->kind != HINT_GREETING)
        ask_day(app, state);
}

/* Is there a show of today that sells no more? It leaves the list. */
static bool any_over(const struct today *today, when_ms now)
{
    const struct show_list *shows = today->view ? today->view->shows : NULL;

    for (size_t i = 0; shows && today->follows && i < shows->n; i++)
        if (shows->rows[i].sale_stop <= now)
            return true;
    return false;
}

static void today_tick(struct app *app, void *state, when_ms now)
{
    struct today *today = state;

    if (today->follows && today->day != when_day(now))
        go_to_day(app, today, when_day(now));
    else if (++today->age >= REREAD || any_over(today, now))
        ask_day(app, today);
}

static void today_shown(struct app *app, const void *state, struct read_revs *revs)
{
    const struct today *today = state;

    (void)app;
    for (size_t i = 0; today->view && i < today->view->shows->n && revs->n < REVS_MAX; i++) {
        revs->shows[revs->n] = today->view->shows->rows[i].id;
        revs->revs[revs->n++] = today->view->shows->rows[i].rev;
    }
}

/* --- keys ------------------------------------------------------------------------------------ */

/* May the basket be the last customer's? */
static bool untouched(const struct app *app)
{
    return !basket_empty(&app->basket) &&
           app_now(app) - app->basket.touched >= UNTOUCHED_S * WHEN_SECOND;
}

/* Asks before seats go into a basket that may be somebody else's. The line says it first, so that
 * keys which are dropped are told behind it. */
static void ask(struct app *app, struct today *today, bool entered)
{
    today->asks = true;
    today->entered = entered;
    app_say(app, TONE_WARN,
            _("%d: another customer?  n parks the basket, y adds to it, Esc leaves it"),
            today->wanted);
    app_drop_keys(app);
}

/* Enter after digits: the best so many, in the place of what the basket has of that show; unless it
 * may be the last customer's. */
static void want_best(struct app *app, struct today *today)
{
    if (untouched(app))
        ask(app, today, true);
    else
        hold_best(app, today, !basket_empty(&app->basket));
}

static void say_no_show(struct app *app, struct today *today)
{
    today->wanted = 0;
    app_say(app, TONE_PLAIN, _("there is no show here"));
}

static void enter(struct app *app, struct today *today)
{
    const struct show_row *show = today_chosen(today);
    struct screen_args args = {0};

    if (!show && today->view && today->view->next > 0)
        go_to_day(app, today, when_day(today->view->next));
    else if (!show)
        say_no_show(app, today);
    if (!show)
        return;
    if (today->wanted > 0) {
        want_best(app, today);
        return;
    }
    args.show = show->id;
    args.hall = show->hall;
    app_open(app, SCREEN_HALL, &args);
}

static void digit(struct app *app, struct today *today, int value)
{
    int wanted = today->wanted * 10 + value;

    if (wanted > WANTED_MOST)
        app_say(app, TONE_WARN, _("at most %d seats; Esc clears"), WANTED_MOST);
    else
        today->wanted = wanted;
    if (untouched(app))
        ask(app, today, false);
}

/* The question over somebody's basket: y adds to it, n parks it, all else leaves it. */
static bool answer_question(struct app *app, struct today *today, enum action action)
{
    const bool entered = today->entered;

    today->asks = today->entered = today->holds = false;
    if (action == ACTION_YES && today_chosen(today))
        hold_best(app, today, false);
    else if (action == ACTION_PARK)
        today->holds = app_park(app) && entered;
    return action == ACTION_YES || action == ACTION_PARK;
}

static void open_list(struct app *app, struct today *today)
{
    const struct show_row *show = today_chosen(today);
    struct screen_args args = {.number = today->wanted};

    if (!show) {
        say_no_show(app, today);
        return;
    }
    args.show = show->id;
    args.hall = show->hall;
    app_open(app, today->wanted > 0 ? SCREEN_PARTY : SCREEN_WAITING, &args);
    today->wanted = 0;
}

static void empty_basket(struct app *app)
{
    struct release_request request = {0};

    if (basket_empty(&app->basket))
        app_say(app, TONE_PLAIN, _("nothing to undo"));
    else
        app_do(app, &verb_release, &request, KEEP_ACTING, 0);
}

static bool move(struct app *app, struct today *today, enum action action)
{
    if (action == ACTION_LEFT || action == ACTION_RIGHT) {
        go_to_day(app, today, today->day + (action == ACTION_LEFT ? -1 : 1));
        return true;
    }
    if (!list_press(&today->list, action_row(action)->press))
        return false;
    choose(app, today);
    return true;
}

/* Esc clears digits; without any it goes back to the day that is. */
static void back(struct app *app, struct today *today)
{
    if (today->wanted == 0 && !today->follows)
        go_to_day(app, today, when_day(app_now(app)));
    today->wanted = 0;
}

static void pay(struct app *app)
{
    if (app_exchanging(app) && !app_exchange_ready(app))
        return;
    if (basket_empty(&app->basket))
        app_say(app, TONE_PLAIN, _("the basket is empty: nothing to pay"));
    else
        app_open(app, SCREEN_PAY, NULL);
}

static bool today_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct today *today = state;
    size_t hit;

    if (today->asks && answer_question(app, today, action))
        return true;
    switch (action) {
    case ACTION_DIGIT:
        digit(app, today, key->text[0] - '0');
        return true;
    case ACTION_EMPTY:
        if (today->wanted > 0)
            digit(app, today, 0);
        return true;
    case ACTION_ENTER:
        enter(app, today);
        return true;
    case ACTION_BACK:
        back(app, today);
        return true;
    case ACTION_LIST:
        open_list(app, today);
        return true;
    case ACTION_UNDO:
        empty_basket(app);
        return true;
    case ACTION_PAY:
        pay(app);
        return true;
    default:
        break;
    }
    if (key->press == PRESS_BACKSPACE)
        today->wanted /= 10;
    hit = key->press == PRESS_CLICK ? list_hit(&today->list, key->row, today->list_row) : SIZE_MAX;
    if (hit != SIZE_MAX) {
        today->list.at = hit;
        choose(app, today);
    }
    return action != ACTION_NONE && action_row(action)->moves && move(app, today, action);
}

static void show_today(struct app *app, void *state, const struct surface *surface)
{
    today_draw(app, state, surface);
}

const struct screen scr_today = {
    .id = SCREEN_TODAY,
    .state_size = sizeof(struct today),
    .open = today_open,
    .close = today_close,
    .draw = show_today,
    .key = today_key,
    .hear = today_hear,
    .answer = today_answer,
    .tick = today_tick,
    .shown = today_shown,
};
