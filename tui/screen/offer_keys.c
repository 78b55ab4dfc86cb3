#include "tui/screen/offer_keys.h"

#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/screen/offer_say.h"

static void post(struct app *app, struct offer_keys *keys, const struct verb *verb,
                 const struct waiting_row *row)
{
    struct entry_request request = {.entry = row->id};

    if (!app_do(app, verb, &request, KEEP_ACTING, 0))
        return;
    keys->served = row->id;
    keys->show = row->show;
    keys->done = verb;
    (void)snprintf(keys->name, sizeof keys->name, "%s", row->name);
}

/* For whoever stands here: paying is what accepts it, in one step. */
static void accept_and_pay(struct app *app, const struct waiting_row *row)
{
    struct screen_args args = {.entry = row->id, .show = row->show};

    app_open(app, SCREEN_PAY, &args);
}

static void accept(struct app *app, struct offer_keys *keys, const struct waiting_row *row)
{
    struct accept_request request = {
        .entry = row->id, .collect_min = app->settings->collect_min, .expected = row->total};

    if (!app_do(app, &verb_accept, &request, KEEP_ACTING, 0))
        return;
    keys->served = row->id;
    keys->show = row->show;
    keys->done = &verb_accept;
    (void)snprintf(keys->name, sizeof keys->name, "%s", row->name);
}

static void offer_key(struct app *app, struct offer_keys *keys, const struct waiting_row *row,
                      enum action action)
{
    if (action == ACTION_CALLS) {
        post(app, keys, &verb_call, row);
    } else if (action == ACTION_DECLINE) {
        post(app, keys, &verb_decline, row);
    } else if (action == ACTION_NO_ANSWER && offer_say_elsewhere(app, row)) {
        app_say(app, TONE_WARN, _("%s is calling %s: whether anyone answers is theirs to say"),
                row->caller, row->name);
    } else if (action == ACTION_NO_ANSWER) {
        post(app, keys, &verb_noanswer, row);
    } else if (action == ACTION_PAY) {
        accept_and_pay(app, row);
    } else {
        accept(app, keys, row);
    }
}

static void ask_leave(struct app *app, struct offer_keys *keys, const struct waiting_row *row)
{
    keys->asked = row->id;
    keys->show = row->show;
    (void)snprintf(keys->asked_name, sizeof keys->asked_name, "%s", row->name);
    app_drop_keys(app);
}

/* The question over leaving: y does it; any other key leaves all as it is, and acts no further. */
static void answer_question(struct app *app, struct offer_keys *keys, enum action action)
{
    struct entry_request request = {.entry = keys->asked};

    if (action == ACTION_YES && app_do(app, &verb_leave, &request, KEEP_ACTING, 0)) {
        keys->served = keys->asked;
        keys->done = &verb_leave;
        (void)snprintf(keys->name, sizeof keys->name, "%s", keys->asked_name);
    } else if (action != ACTION_YES) {
        app_say(app, TONE_PLAIN, _("nothing was changed"));
    }
    keys->asked.n = 0;
}

/* Takes back what was done here last, or else what this terminal did last at the show: the desk
 * knows whether that can still be. */
static void undo(struct app *app, const struct offer_keys *keys)
{
    struct undo_request request = {.entry = keys->served, .show = keys->show};

    if (keys->done == &verb_call)
        app_say(app, TONE_PLAIN, _("a call is free again by itself, two minutes after c"));
    else if (keys->done == &verb_accept)
        app_say(app, TONE_WARN, _("%s accepted: / finds the reservation, x there cancels it"),
                keys->name);
    else if (request.show.n == 0)
        app_say(app, TONE_PLAIN, _("nothing was done here that could be undone"));
    else
        app_do(app, &verb_undo, &request, KEEP_ACTING, 0);
}

bool offer_keys_press(struct app *app, struct offer_keys *keys, const struct waiting_row *row,
                      enum action action)
{
    bool open = row && offer_say_open(app, row);

    if (keys->asked.n != 0) {
        answer_question(app, keys, action);
        return true;
    }
    switch (action) {
    case ACTION_CALLS:
        if (!open || offer_say_mine(app, row)) /* then c shows all calls, as elsewhere */
            return false;
        break;
    case ACTION_YES:
    case ACTION_DECLINE:
    case ACTION_NO_ANSWER:
    case ACTION_PAY:
        break;
    case ACTION_DROP:
        if (row)
            ask_leave(app, keys, row);
        return true;
    case ACTION_UNDO:
        undo(app, keys);
        return true;
    default:
        return false;
    }
    if (open)
        offer_key(app, keys, row, action);
    else
        app_say(app, TONE_PLAIN, _("no seats are offered to this party now"));
    return true;
}

static void say_accepted(struct app *app, const struct booking_reply *reply)
{
    char when[2 * WHEN_TEXT], total[MONEY_TEXT];

    app_say(app, TONE_GOOD, _("accepted: code %s, %s, to be collected by %s"), reply->code,
            money_format(reply->total, total, sizeof total),
            offer_say_when(app, reply->deadline, when, sizeof when));
}

/* "Ødegård, Kari is number 1 again, and offered its seats until 15:01". */
static void say_undone(struct app *app, struct offer_keys *keys, const struct entry_reply *reply)
{
    bool known = keys->served.n == reply->entry.n && keys->name[0];

    app_say(app, TONE_GOOD, /* translators: a party's name, or "the party" */
            reply->state == ENTRY_OFFERED
                ? _("undone: %s is number %d again, and its seats are offered to it anew")
                : _("undone: %s is number %d again, and waits"),
            known ? keys->name : _("the party"), (int)reply->position);
    keys->served.n = 0;
    keys->done = NULL;
}

bool offer_keys_answer(struct app *app, struct offer_keys *keys, const struct answer *answer)
{
    const struct booking_reply *declined = answer->reply;

    if (!answer->verb)
        return false;
    if (answer->rc != RC_OK) {
        keys->done = NULL;
        keys->served.n = 0;
        app_say_fault(app, answer->fault);
    } else if (answer->verb == &verb_accept) {
        say_accepted(app, answer->reply);
    } else if (answer->verb == &verb_call) {
        app_say(app, TONE_GOOD, _("you call %s: others see it for two minutes"), keys->name);
    } else if (answer->verb == &verb_decline) {
        app_say(app, TONE_GOOD,
                ngettext("%s declined: %d seat given back, %d for the list",
                         "%s declined: %d seats given back, %d for the list",
                         (unsigned)declined->given_back),
                keys->name, (int)declined->given_back, (int)declined->for_the_list);
    } else if (answer->verb == &verb_noanswer) {
        app_say(app, TONE_GOOD, _("%s stays in its place; the seats go to the next that fits"),
                keys->name);
    } else if (answer->verb == &verb_leave) {
        app_say(app, TONE_GOOD, _("%s is off the list"), keys->name);
    } else if (answer->verb == &verb_undo) {
        say_undone(app, keys, answer->reply);
    } else {
        return false;
    }
    return true;
}

bool offer_keys_question(const struct offer_keys *keys, const struct surface *surface, int row)
{
    if (keys->asked.n == 0)
        return false;
    surface_fill(surface, row, 0, surface->columns, STYLE_NORMAL, " ");
    surface_printf(surface, row, 1, STYLE_WARN, _("Off the list?  y yes, any other key no:  %s"),
                   keys->asked_name);
    return true;
}
