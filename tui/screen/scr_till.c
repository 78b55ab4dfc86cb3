/* The till of this terminal's drawer: opened, money in and out, counted, closed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/form.h"
#include "tui/widget/list.h"

enum { LIST_TOP = 9, SUM_CELLS = 13, FIELD_AMOUNT = 0, FIELD_REASON };

/* X(name, in which state of the till it can be done, what it says) ANY: also without one. */
#define DEEDS(X)                                                  \
    X(OPEN, NONE, N_("Open the till with a float"))               \
    X(IN, OPEN, N_("Cash in, with a reason"))                     \
    X(OUT, OPEN, N_("Cash out, with a reason"))                   \
    X(TALLY, OPEN, N_("Count the drawer"))                        \
    X(CLOSE, COUNTED, N_("Close the till: the Z report"))         \
    X(RECOUNT, COUNTED, N_("Count once more, with a supervisor")) \
    X(REPORT, LIVE, N_("X report: what is in it now"))            \
    X(LAST, ANY, N_("The last Z report of this drawer, as it was"))

enum deed {
#define DEED_ENUM(name, when, words) DEED_##name,
    DEEDS(DEED_ENUM)
#undef DEED_ENUM
        DEED_COUNT
};

enum when { WHEN_NONE, WHEN_OPEN, WHEN_COUNTED, WHEN_LIVE, WHEN_ANY };

static const struct {
    enum when when;
    const char *words;
} deeds[DEED_COUNT] = {
#define DEED_ROW(name, when, words) {WHEN_##when, words},
    DEEDS(DEED_ROW)
#undef DEED_ROW
};

struct till_desk {
    struct list list;
    enum deed offered[DEED_COUNT]; /* what the list has */
    till_id till;                  /* of which, and how often it was counted: else it begins anew */
    int32_t counts;
    bool typing; /* the form of `deed` is open */
    bool asking; /* may it be closed although something is missing, or too much? */
    enum deed deed;
    struct form form;
    struct staff_list *staff; /* for their names; NULL */
};

/* --- what can be done ------------------------------------------------------------------------ */

static bool possible(const struct app *app, enum when when)
{
    bool live = app->till.id.n != 0;

    switch (when) {
    case WHEN_NONE:
        return !live;
    case WHEN_OPEN:
        return live && app->till.state == TILL_OPEN;
    case WHEN_COUNTED:
        return live && app->till.state == TILL_COUNTED;
    case WHEN_LIVE:
        return live;
    case WHEN_ANY:
        break;
    }
    return true;
}

/* The list as the till is now: nothing while it is not known, or there is no drawer. */
static void offer(const struct app *app, struct till_desk *desk)
{
    size_t n = 0;

    for (int i = 0; i < DEED_COUNT && app->till_known && app->settings->drawer != 0; i++) {
        if (!possible(app, deeds[i].when) ||
            (i == DEED_RECOUNT && app->till.counts > 1)) /* it stays at two */
            continue;
        desk->offered[n++] = (enum deed)i;
    }
    list_resize(&desk->list, n);
    if (desk->till.n == app->till.id.n && desk->counts == app->till.counts)
        return;
    desk->till = app->till.id;
    desk->counts = app->till.counts;
    desk->list.at = 0;
}

static void till_open(struct app *app, void *state, const struct screen_args *args)
{
    struct till_desk *desk = state;
    union read_args nothing = {0};

    (void)args;
    offer(app, desk);
    if (app->staffed)
        app_read(app, READ_STAFF, &nothing, 0);
    app_till_changed(app);
}

static void till_close(struct app *app, void *state)
{
    struct till_desk *desk = state;

    (void)app;
    free(desk->staff);
}

/* --- doing it -------------------------------------------------------------------------------- */

static void open_form(struct till_desk *desk, enum deed deed)
{
    desk->form = (struct form){.n = 0};
    (void)form_add(&desk->form, deed == DEED_OPEN ? _("Float") : _("Amount"), "12.50", 12);
    if (deed != DEED_OPEN)
        (void)form_add(&desk->form, _("Reason"), NULL, NOTE_SIZE - 1);
    desk->deed = deed;
    desk->typing = true;
}

/* A Z is never taken back, and Enter after the count is quickly pressed: what is off is asked. */
static void ask_close(struct app *app, struct till_desk *desk)
{
    desk->asking = true;
    app_drop_keys(app);
}

static void close_till(struct app *app)
{
    const struct till_close_request request = {.till = app->till.id,
                                               .two = app->settings->two_sign};

    app_do(app, &verb_till_close, &request, KEEP_ALL, 0);
}

/* The report of a session; id 0: of the one that was closed last. */
static void open_paper(struct app *app, till_id till)
{
    struct screen_args args = {.till = till};

    app_open(app, SCREEN_PAPER, &args);
}

static void choose(struct app *app, struct till_desk *desk)
{
    enum deed deed = desk->offered[desk->list.at];

    switch (deed) {
    case DEED_TALLY:
    case DEED_RECOUNT:
        app_open(app, SCREEN_COUNTING, NULL);
        break;
    case DEED_CLOSE:
        if (app->till.counted != app->till.expected)
            ask_close(app, desk);
        else
            close_till(app);
        break;
    case DEED_REPORT:
        open_paper(app, app->till.id);
        break;
    case DEED_LAST:
        open_paper(app, (till_id){0});
        break;
    default:
        open_form(desk, deed);
        break;
    }
}

static void move(struct app *app, const struct till_desk *desk, money amount)
{
    struct till_move_request request = {
        .till = app->till.id, .out = desk->deed == DEED_OUT, .amount = amount};

    (void)snprintf(request.reason, sizeof request.reason, "%.*s", NOTE_SIZE - 1,
                   form_text(&desk->form, FIELD_REASON));
    app_do(app, &verb_till_move, &request, KEEP_ALL, 0);
}

/* Enter in the form: to what is still to be typed, or it is done. */
static void submit(struct app *app, struct till_desk *desk)
{
    struct till_open_request opening = {.drawer = (int32_t)app->settings->drawer};
    struct fault why;
    money amount = 0;

    if (money_parse(form_text(&desk->form, FIELD_AMOUNT), &amount, &why) != RC_OK) {
        desk->form.at = FIELD_AMOUNT;
        app_say_fault(app, &why);
    } else if (desk->deed == DEED_OPEN) {
        opening.opening = amount;
        app_do(app, &verb_till_open, &opening, KEEP_ALL, 0);
    } else if (form_text(&desk->form, FIELD_REASON)[0] == '\0') {
        desk->form.at = FIELD_REASON;
        app_say(app, TONE_PLAIN, _("what for?"));
    } else {
        move(app, desk, amount);
    }
}

static bool till_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct till_desk *desk = state;

    if (desk->typing) {
        if (action == ACTION_BACK)
            desk->typing = false;
        else if (action == ACTION_ENTER)
            submit(app, desk);
        else if (action != ACTION_HELP)
            (void)form_key(&desk->form, key);
        return action != ACTION_HELP;
    }
    if (desk->asking) {
        desk->asking = false;
        if (action == ACTION_YES && possible(app, WHEN_COUNTED))
            close_till(app);
        else
            app_say(app, TONE_PLAIN, _("nothing was changed"));
        return true;
    }
    offer(app, desk);
    if (action == ACTION_ENTER) {
        if (desk->list.n > 0)
            choose(app, desk);
        return true;
    }
    return action != ACTION_NONE && action_row(action)->moves &&
           list_press(&desk->list, action_row(action)->press);
}

static bool till_typing(struct app *app, const void *state)
{
    const struct till_desk *desk = state;

    (void)app;
    return desk->typing;
}

/* --- answers --------------------------------------------------------------------------------- */

/* What was typed, once more: a slip is seen while it can still be put right. */
static void say_moved(struct app *app, const struct till_move_request *moved)
{
    char amount[MONEY_TEXT];

    (void)money_format(moved->amount, amount, sizeof amount);
    app_say(app, TONE_GOOD, /* translators: an amount, and what for */
            moved->out ? _("noted: %s out, %s") : _("noted: %s in, %s"), amount, moved->reason);
}

static void done(struct app *app, struct till_desk *desk, const struct answer *answer)
{
    const struct till_reply *reply = answer->reply;
    char amount[MONEY_TEXT];

    desk->typing = false;
    if (answer->verb == &verb_till_close) {
        open_paper(app, reply->till);
        app_say(app, TONE_GOOD, _("the till is closed: Z %d.  i prints it"), (int)reply->z_number);
    } else if (answer->verb == &verb_till_open) {
        app_say(app, TONE_GOOD, _("the till is open: float %s"),
                money_format(reply->opening, amount, sizeof amount));
    } else {
        say_moved(app, answer->request);
    }
}

static void till_answer(struct app *app, void *state, struct answer *answer)
{
    struct till_desk *desk = state;

    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
    } else if (answer->verb) {
        done(app, desk, answer);
    } else {
        free(desk->staff);
        desk->staff = answer->result;
        answer->result = NULL;
    }
}

/* --- drawing --------------------------------------------------------------------------------- */

static const char *name_of(const struct till_desk *desk, int32_t number)
{
    for (size_t i = 0; desk->staff && i < desk->staff->n; i++)
        if (desk->staff->rows[i].number == number)
            return desk->staff->rows[i].name;
    return "";
}

static void draw_sum(const struct surface *surface, int row, const char *label, money sum)
{
    static const char *const labels[] = {N_("Float"), N_("Expected"), N_("Counted"),
                                         N_("Counted twice"), N_("Variance")};
    int end = 2 + surface_widest(labels, sizeof labels / sizeof labels[0]) + 1 + SUM_CELLS;
    char text[MONEY_TEXT];

    surface_put(surface, row, 2, STYLE_NORMAL, label);
    surface_right(surface, row, end, SUM_CELLS, STYLE_STRONG, money_format(sum, text, sizeof text));
}

/* What lay there is told once it was counted, and not before. */
static void draw_state(struct app *app, const struct till_desk *desk, const struct surface *surface)
{
    const struct till *till = &app->till;
    char when[2 * WHEN_TEXT];

    if (app->settings->drawer == 0) {
        surface_put(surface, 2, 2, STYLE_WARN, _("This terminal has no drawer (setting drawer)."));
        return;
    }
    if (!app->till_known)
        return;
    if (till->id.n == 0) {
        surface_put(surface, 2, 2, STYLE_STRONG, _("It is closed: no cash is taken."));
        return;
    }
    surface_printf(
        surface, 2, 2,
        STYLE_STRONG, /* translators: "open", when, number and name of who did it, a terminal */
        _("It is %s.  Opened %s by %d %s at %s"), _(till_word(till->state)),
        app_when(app, till->opened_at, NULL, when, sizeof when), (int)till->opened_by,
        name_of(desk, till->opened_by), till->terminal);
    draw_sum(surface, 3, _("Float"), till->opening);
    if (till->state != TILL_COUNTED)
        return;
    draw_sum(surface, 4, _("Expected"), till->expected);
    draw_sum(surface, 5, till->counts > 1 ? _("Counted twice") : _("Counted"), till->counted);
    draw_sum(surface, 6, _("Variance"), till->counted - till->expected);
}

static void draw_deed(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct till_desk *desk = context;

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 2, chosen ? STYLE_CHOSEN : STYLE_NORMAL,
                _(deeds[desk->offered[item]].words));
}

/* It stands as long as it is asked: a message would be gone behind a lock or another screen, and
 * `y` would close a till that nobody asked about. */
static void draw_question(const struct app *app, const struct surface *surface, int row)
{
    char amount[MONEY_TEXT];

    surface_fill(surface, row, 0, surface->columns, STYLE_NORMAL, " ");
    surface_printf(surface, row, 1, STYLE_WARN, /* translators: an amount, mostly below 0 */
                   _("variance %s: y closes it so, any other key no"),
                   money_format(app->till.counted - app->till.expected, amount, sizeof amount));
}

static void till_draw(struct app *app, void *state, const struct surface *surface)
{
    struct till_desk *desk = state;
    char head[80];
    int top = surface->rows >= 18 ? LIST_TOP - 1 : 7;

    (void)snprintf(head, sizeof head, _("TILL  drawer %d"), (int)app->settings->drawer);
    app_head(app, surface, head);
    draw_state(app, desk, surface);
    if (!desk->typing) {
        offer(app, desk);
        list_draw(&desk->list, surface, top, surface->rows - 2 - top, draw_deed, desk);
    } else {
        surface_put(surface, top, 2, STYLE_STRONG, _(deeds[desk->deed].words));
        (void)form_draw(&desk->form, surface, top + 1, 4);
    }
    if (desk->asking)
        draw_question(app, surface, surface->rows - 3);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_till = {
    .id = SCREEN_TILL,
    .state_size = sizeof(struct till_desk),
    .open = till_open,
    .close = till_close,
    .draw = till_draw,
    .key = till_key,
    .typing = till_typing,
    .answer = till_answer,
};
