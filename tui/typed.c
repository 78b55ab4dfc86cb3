/*
 * Keys: what is answered now, what is kept while a verb works, and what is the same on every
 * screen (screens.md, rules of the hand).
 */
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/framework.h"
#include "tui/mono.h"

static bool typing_on(struct app *app, const struct frame *top)
{
    return top->screen->typing && top->screen->typing(app, top->state);
}

bool framework_keeps(const struct app *app, enum action action, bool typing)
{
    const struct framework *fw = app->framework;
    const struct frame *top = &fw->stack[fw->depth - 1];

    if (top->holds_keys)
        return true;
    if (!fw->verb_at_work)
        return false;
    if (fw->keeping == KEEP_ALL)
        return true;
    if (action == ACTION_NONE)
        return !typing;
    return !action_row(action)->moves;
}

/* Keeps a key for the screen that the answer opens; pasted text never. */
static void keep(struct framework *fw, const struct key *key)
{
    if (key->press == PRESS_PASTE)
        return;
    if (fw->n_kept < KEYS_KEPT) {
        fw->kept[fw->n_kept++] = *key;
    } else {
        fw->n_lost++;
        fw->bell = true;
    }
    fw->redraw = true;
}

/* Opens a screen unless it is on top. */
static void visit(struct app *app, enum screen_id id)
{
    if (framework_top(app)->screen->id != id)
        app_open(app, id, NULL);
}

/* One parked basket comes at once; of several one is chosen. */
static void get_parked(struct app *app)
{
    int n = app_parked(app);

    if (n == 0)
        app_say(app, TONE_PLAIN, _("nothing is parked"));
    else if (n == 1)
        app_get(app, app_parked_last(app));
    else
        visit(app, SCREEN_PARKED);
}

/* The tickets of the sale that did not come out, else of the last sale. */
static void open_tickets(struct app *app)
{
    struct screen_args args = {0};

    if (app->unprinted.n > 0)
        args.reservation = app->unprinted.sales[0].reservation;
    app_open(app, SCREEN_TICKET, &args);
}

void app_pass(struct app *app)
{
    app->framework->pass = true;
}

void app_no_key(struct app *app, const struct key *key)
{
    const char *name = key->text;

    if (key->press == PRESS_ENTER)
        name = action_row(ACTION_ENTER)->key;
    else if (key->press != PRESS_TEXT)
        return;
    else if (strcmp(name, " ") == 0)
        name = action_row(ACTION_TAKE)->key;
    app_say(app, TONE_PLAIN, /* translators: a key */
            _("%s does nothing here; ? shows the keys"), name);
}

/* An exchange that has no new seats yet is not theirs: it is left, as a basket is parked. */
static void next_customer(struct app *app)
{
    if (!app_exchanging(app) || !basket_empty(&app->basket)) {
        app_park(app);
        return;
    }
    app_exchange_leave(app);
    app_home(app);
}

/* What a key does on every screen that leaves it alone. */
static void everywhere(struct app *app, const struct key *key, enum action action)
{
    switch (action) {
    case ACTION_BACK:
        app_back(app);
        break;
    case ACTION_HELP:
        visit(app, SCREEN_HELP);
        break;
    case ACTION_MENU:
        visit(app, SCREEN_MENU);
        break;
    case ACTION_FIND:
        visit(app, SCREEN_FIND);
        break;
    case ACTION_CALLS:
        visit(app, SCREEN_CALLS);
        break;
    case ACTION_SALES:
        visit(app, SCREEN_SALES);
        break;
    case ACTION_TICKET:
        open_tickets(app);
        break;
    case ACTION_EXCHANGE:
        app_exchange_leave(app);
        break;
    case ACTION_PARK:
        next_customer(app);
        break;
    case ACTION_GET:
        get_parked(app);
        break;
    case ACTION_LOCK:
        app_lock(app);
        break;
    default:
        if (action == ACTION_NONE || !action_row(action)->moves)
            app_no_key(app, key);
        break;
    }
}

/* To the menu, where the way out is; where nobody has signed in yet, straight out. */
static void leave(struct app *app)
{
    if (!framework_locked(app))
        visit(app, SCREEN_MENU);
    else if (app->person.number == 0)
        app_quit(app);
}

/* Keys that act at once, whatever works. True: it was one. */
static bool at_once(struct app *app, const struct key *key, enum action action)
{
    if (action == ACTION_REDRAW)
        app->framework->forget = true;
    else if (action == ACTION_SUSPEND && !framework_locked(app)) /* no shell for who passes by */
        app->framework->suspend = true;
    else if (key->press == PRESS_CTRL && key->text[0] == 'c')
        leave(app);
    else
        return false;
    app->framework->redraw = true;
    return true;
}

static void answer_key(struct app *app, const struct key *key)
{
    struct framework *fw = app->framework;
    struct frame *top = framework_top(app);
    bool typing = typing_on(app, top);
    enum action action = action_of(key, typing);

    if (!framework_locked(app)) /* what was said behind the lock is read after it */
        fw->message[0] = '\0';
    fw->redraw = true;
    fw->owner = top->serial;
    bool used = key->press == PRESS_SCAN;
    if (used)
        framework_scanned(app, key);
    else if (key->press == PRESS_PASTE && !typing)
        app_say(app, TONE_WARN, _("pasted text is not taken as keys"));
    else
        used = top->screen->key(app, top->state, key, action);
    if (!used && !(typing && action == ACTION_NONE))
        everywhere(app, key, action);
    fw->owner = 0;
    if (fw->pass) {
        fw->pass = false;
        app_back(app);
        answer_key(app, key);
    }
}

void framework_typed(struct app *app, const struct key *key)
{
    struct frame *top = framework_top(app);
    bool typing = typing_on(app, top);
    enum action action = action_of(key, typing);

    app->framework->key_ms = mono_ms();
    if (at_once(app, key, action))
        return;
    if (app->framework->n_kept > 0 || framework_keeps(app, action, typing))
        keep(app->framework, key);
    else
        answer_key(app, key);
}

void framework_replay(struct app *app)
{
    struct framework *fw = app->framework;

    while (fw->n_kept > 0) {
        bool typing = typing_on(app, framework_top(app));
        if (framework_keeps(app, action_of(&fw->kept[0], typing), typing))
            return;
        struct key key = fw->kept[0];
        memmove(fw->kept, fw->kept + 1, (size_t)--fw->n_kept * sizeof fw->kept[0]);
        answer_key(app, &key);
    }
    if (fw->n_lost > 0)
        app_say(app, TONE_WARN, _("%d keys more than %d were typed ahead and not taken"),
                fw->n_lost, KEYS_KEPT);
    fw->n_lost = 0;
}

bool app_draft_stays(struct app *app, bool *leaving, bool draft, enum action action)
{
    const bool was = *leaving;

    *leaving = action == ACTION_BACK && draft;
    if (!*leaving || was)
        return false;
    app_say(app, TONE_WARN, _("Esc again leaves, and forgets what was typed"));
    return true;
}

void app_drop_keys(struct app *app)
{
    struct framework *fw = app->framework;
    int n = fw->n_kept + fw->n_lost;

    fw->n_kept = fw->n_lost = 0;
    if (n == 0)
        return;
    char said[MESSAGE_SIZE];
    (void)snprintf(said, sizeof said, "%s", fw->message);
    app_say(app, fw->message[0] ? fw->tone : TONE_PLAIN,
            ngettext("%d key dropped%s%s", "%d keys dropped%s%s", (unsigned)n), n,
            said[0] ? ".  " : "", said);
}

void app_hold_keys(struct app *app, bool hold)
{
    struct frame *frame = framework_frame(app, app->framework->owner);

    if (!frame)
        return;
    if (hold && !frame->holds_keys)
        frame->held_ms = mono_ms();
    frame->holds_keys = hold;
}
