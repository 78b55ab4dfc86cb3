/* One member of staff: added, or name, role and PIN changed. A PIN is typed twice, and never seen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/app.h"
#include "tui/widget/form.h"

/* The number is the last, since it stands there already, and is a new one's alone. */
enum { FIELD_NAME, FIELD_ROLE, FIELD_PIN, FIELD_AGAIN, FIELD_NUMBER };
enum { ROWS_ALL = 16, NUMBER_DIGITS = 4, ROLE_BYTES = 10 };

struct member {
    int32_t number; /* who is changed; 0: a new one */
    bool first;     /* of the house */
    bool filled;    /* with what is stored */
    bool chosen;    /* a role, since */
    bool leaving;   /* Esc was pressed over a draft */
    struct staff_row row;
    struct staff_request request; /* of a PIN that is being hashed */
    struct form form;
};

static void member_open(struct app *app, void *state, const struct screen_args *args)
{
    struct member *member = state;
    struct form *form = &member->form;
    union read_args nothing = {0};
    bool new = args->number == 0;

    member->number = args->number;
    form_add(form, _("Name"), NULL, STAFF_NAME_SIZE - 1);
    form_add(form, _("Role"), _("c clerk, s supervisor, m manager"), ROLE_BYTES);
    form_add(form, new ? _("PIN") : _("New PIN"),
             new ? _("six digits") : _("six digits; empty: as it is"), PIN_DIGITS);
    form_add(form, _("Again"), NULL, PIN_DIGITS);
    form->fields[FIELD_PIN].editor.secret = form->fields[FIELD_AGAIN].editor.secret = true;
    if (new)
        form_add(form, _("Number"), _("to sign in with"), NUMBER_DIGITS);
    app_hold_keys(app, true); /* until it is filled in */
    app_read(app, READ_STAFF, &nothing, 0);
}

static void member_close(struct app *app, void *state)
{
    struct member *member = state;

    (void)app;
    pin_wipe(&member->form, sizeof member->form);
    pin_wipe(&member->request, sizeof member->request);
}

/* --- answers --------------------------------------------------------------------------------- */

/* A new one gets the number behind the last; the first of all is a manager. */
static void fill_new(struct member *member, const struct staff_list *list)
{
    int number = list->n > 0 ? (int)list->rows[list->n - 1].number + 1 : 1;
    char text[16];

    (void)snprintf(text, sizeof text, "%d", number);
    if (number <= STAFF_NUMBER_MOST)
        editor_set(&member->form.fields[FIELD_NUMBER].editor, text);
    member->first = list->n == 0;
    editor_set(&member->form.fields[FIELD_ROLE].editor,
               _(role_word(member->first ? ROLE_MANAGER : ROLE_CLERK)));
    member->filled = true;
}

static void fill(struct member *member, const struct staff_list *list)
{
    if (member->number == 0) {
        fill_new(member, list);
        return;
    }
    for (size_t i = 0; i < list->n; i++) {
        if (list->rows[i].number != member->number)
            continue;
        member->row = list->rows[i];
        editor_set(&member->form.fields[FIELD_NAME].editor, member->row.name);
        editor_set(&member->form.fields[FIELD_ROLE].editor, _(role_word(member->row.role)));
        member->filled = true;
    }
}

static void post(struct app *app, struct member *member)
{
    const struct verb *verb = member->number == 0 ? &verb_staff_add : &verb_staff_change;

    if (app_do(app, verb, &member->request, KEEP_ALL, 0))
        return;
    app_say(app, TONE_WARN, _("the box office is working, try again"));
    app_drop_keys(app);
}

static void empty_pins(struct member *member)
{
    struct form *form = &member->form;

    for (int field = FIELD_PIN; field <= FIELD_AGAIN; field++) {
        pin_wipe(form->fields[field].editor.text, EDITOR_MAX);
        editor_set(&form->fields[field].editor, "");
    }
    form->at = FIELD_PIN;
}

/* The PIN is hashed: now all is changed at once. */
static void hashed(struct app *app, struct member *member, const struct answer *answer)
{
    const struct staff_request *made = answer->result;

    app_hold_keys(app, false);
    if (answer->rc != RC_OK) { /* one that anybody would guess, or there is no pepper */
        empty_pins(member);
        app_say_fault(app, answer->fault);
        app_drop_keys(app);
        return;
    }
    memcpy(member->request.hash, made->hash, sizeof member->request.hash);
    memcpy(member->request.pepper, made->pepper, sizeof member->request.pepper);
    post(app, member);
}

static void done(struct app *app, const struct answer *answer)
{
    const struct staff_request *request = answer->request;
    const struct staff_reply *reply = answer->reply;

    app_back(app);
    /* translators: a name, a number, a role */
    app_say(app, TONE_GOOD,
            !reply->active     ? _("%s is number %d, %s, and has left: a new PIN takes back")
            : request->hash[0] ? _("%s is number %d, %s, and signs in with the new PIN")
                               : _("%s is number %d, %s"),
            request->name, (int)reply->number, _(role_word((enum role)reply->role)));
}

static void member_answer(struct app *app, void *state, struct answer *answer)
{
    struct member *member = state;

    if (!answer->verb && answer->read == READ_NEW_PIN) {
        hashed(app, member, answer);
    } else if (!answer->verb) {
        app_hold_keys(app, false);
        if (answer->rc == RC_OK && !member->filled)
            fill(member, answer->result);
        else if (answer->rc != RC_OK)
            app_say_fault(app, answer->fault);
    } else if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
    } else {
        done(app, answer);
    }
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool refuse(struct app *app, struct member *member, int field, const char *why)
{
    member->form.at = field;
    app_say(app, TONE_WARN, "%s", why);
    return false;
}

/* A role is chosen by the letter it begins with in English, in every language. Its whole word may
 * be typed as well: its other letters choose nothing else. */
static bool role_key(struct app *app, struct member *member, const struct key *key)
{
    char typed[sizeof key->text + 8];
    bool chosen = false;

    if (member->form.at != FIELD_ROLE || key->press == PRESS_TAB || key->press == PRESS_BACKTAB ||
        key->press == PRESS_UP || key->press == PRESS_DOWN)
        return false;
    if (key->press != PRESS_TEXT || !text_key(key->text, typed, sizeof typed))
        return true;
    for (int i = 0; i < ROLE_COUNT; i++)
        if (typed[0] == role_word((enum role)i)[0]) {
            editor_set(&member->form.fields[FIELD_ROLE].editor, _(role_word((enum role)i)));
            member->chosen = chosen = true;
        }
    if (!chosen)
        app_say(app, TONE_PLAIN, _("a letter: c clerk, s supervisor, m manager"));
    return true;
}

/* Two PINs that were not one are both typed anew, since nobody sees which was meant. */
static bool read_pin(struct app *app, struct member *member)
{
    struct form_field *fields = member->form.fields;
    const char *pin = fields[FIELD_PIN].editor.text;
    const char *why = NULL;

    if (strcmp(pin, fields[FIELD_AGAIN].editor.text) != 0)
        why = _("these were two PINs: both once more");
    else if ((pin[0] || member->number == 0) && !pin_formed(pin))
        why = _("a PIN is six digits, twice");
    if (!why)
        return true;
    empty_pins(member);
    return refuse(app, member, FIELD_PIN, why);
}

/* Reads the form into the request; says what is missing, and puts the cursor there. */
static bool read_form(struct app *app, struct member *member)
{
    const struct form *form = &member->form;
    struct staff_request *request = &member->request;
    const char *name = form_text(form, FIELD_NAME);

    *request = (struct staff_request){.number = member->number};
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(form_text(form, FIELD_ROLE), _(role_word((enum role)i))) == 0)
            request->role = i;
    if (!name[strspn(name, " ")])
        return refuse(app, member, FIELD_NAME, _("a name is wanted"));
    if (!read_pin(app, member))
        return false;
    if (member->number == 0)
        request->number = (int32_t)strtol(form_text(form, FIELD_NUMBER), NULL, 10);
    if (request->number < 1)
        return refuse(app, member, FIELD_NUMBER, _("which number? 1 to 9999"));
    (void)snprintf(request->name, sizeof request->name, "%s", name);
    return true;
}

static bool enter(struct app *app, struct member *member)
{
    const char *pin = form_text(&member->form, FIELD_PIN);

    if (!member->filled) {
        app_say(app, TONE_WARN, _("who works here could not be read"));
        return false;
    }
    if (!read_form(app, member))
        return false;
    if (pin[0])
        app_make_pin(app, member->request.number, pin);
    else
        post(app, member);
    return true;
}

/* What is no digit, where digits alone can stand. */
static bool misplaced(const struct member *member, const struct key *key)
{
    return member->form.at >= FIELD_PIN &&
           (key->press == PRESS_PASTE ||
            (key->press == PRESS_TEXT && !(key->text[0] >= '0' && key->text[0] <= '9')));
}

static bool member_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct member *member = state;
    const struct editor *editor;
    bool used;

    if (app_draft_stays(app, &member->leaving, member->chosen || form_touched(&member->form),
                        action))
        return true;
    if (action == ACTION_ENTER) {
        if (!enter(app, member))
            app_drop_keys(app);
        return true;
    }
    if (role_key(app, member, key))
        return true;
    if (misplaced(member, key)) {
        app_say(app, TONE_WARN, _("digits alone stand here"));
        return true;
    }
    used = form_key(&member->form, key);
    editor = &member->form.fields[member->form.at].editor;
    if (used && editor->told[0])
        app_say(app, TONE_WARN, "%s", editor->told);
    return used;
}

static bool member_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_facts(struct app *app, const struct member *member, const struct surface *surface)
{
    const struct staff_row *row = &member->row;
    char clock[WHEN_TEXT];

    if (member->first)
        surface_put(surface, 1, 1, STYLE_WARN, _("The first, a manager: then all sign in."));
    else if (member->number == 0)
        surface_put(surface, 1, 1, STYLE_NORMAL, _("Signs in with number and PIN from now on."));
    else if (member->filled && !row->active)
        surface_put(surface, 1, 1, STYLE_WARN, _("Has left. A new PIN takes back."));
    else if (row->tries.locked_until > app_now(app))
        surface_printf(surface, 1, 1, STYLE_WARN, _("Locked until %s. A new PIN lifts that."),
                       when_clock(row->tries.locked_until, clock, sizeof clock));
}

static void member_draw(struct app *app, void *state, const struct surface *surface)
{
    struct member *member = state;
    bool all = surface->rows >= ROWS_ALL;
    char left[64];

    if (member->number)
        (void)snprintf(left, sizeof left, _("STAFF %d"), (int)member->number);
    else
        (void)snprintf(left, sizeof left, "%s", _("NEW STAFF"));
    app_head(app, surface, left);
    draw_facts(app, member, surface);
    if (all)
        surface_rule(surface, 2);
    form_draw(&member->form, surface, all ? 4 : 3, 1);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_member = {
    .id = SCREEN_MEMBER,
    .state_size = sizeof(struct member),
    .open = member_open,
    .close = member_close,
    .draw = member_draw,
    .key = member_key,
    .typing = member_typing,
    .answer = member_answer,
};
