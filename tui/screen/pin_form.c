#include "tui/screen/pin_form.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"

enum { NUMBER_DIGITS = 4 };

static void tell(struct pin_form *pins, enum tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(struct pin_form *pins, enum tone tone, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    (void)vsnprintf(pins->told, sizeof pins->told, format, list);
    va_end(list);
    pins->tone = tone;
}

void pin_form_open(struct pin_form *pins, int32_t number, bool approves)
{
    char text[NUMBER_DIGITS + 8];

    pins->approves = approves;
    form_add(&pins->form, _("Number"), NULL, NUMBER_DIGITS);
    form_add(&pins->form, _("PIN"), NULL, PIN_DIGITS);
    pins->form.fields[PIN_FORM_PIN].editor.secret = true;
    if (number <= 0)
        return;
    (void)snprintf(text, sizeof text, "%d", (int)number);
    pin_form_offer(pins, PIN_FORM_NUMBER, text);
}

void pin_form_offer(struct pin_form *pins, int field, const char *text)
{
    editor_set(&pins->form.fields[field].editor, text);
    pins->offered[field] = true;
    pins->form.at = PIN_FORM_PIN;
}

void pin_form_close(struct pin_form *pins)
{
    pin_wipe(&pins->form, sizeof pins->form);
}

static void empty_pin(struct pin_form *pins)
{
    struct editor *editor = &pins->form.fields[PIN_FORM_PIN].editor;

    pin_wipe(editor->text, sizeof editor->text);
    editor_set(editor, "");
    pins->offered[PIN_FORM_PIN] = false;
    pins->form.at = PIN_FORM_PIN;
}

/* A digit takes the place of what stood there unasked; another number has another PIN. */
static void replace_offered(struct pin_form *pins, const struct key *key)
{
    int at = pins->form.at;

    if (key->press != PRESS_TEXT)
        return;
    if (pins->offered[at])
        editor_set(&pins->form.fields[at].editor, "");
    pins->offered[at] = false;
    if (pins->offered[PIN_FORM_PIN]) {
        empty_pin(pins);
        pins->form.at = at;
    }
}

/* Enter: on to the PIN, or what stands there is tried. */
static void enter(struct app *app, struct pin_form *pins)
{
    const char *pin = form_text(&pins->form, PIN_FORM_PIN);

    pins->number = (int32_t)strtol(form_text(&pins->form, PIN_FORM_NUMBER), NULL, 10);
    if (pins->number == 0) {
        pins->form.at = PIN_FORM_NUMBER;
        tell(pins, TONE_WARN, _("your number is wanted"));
    } else if (pin[0] == '\0' && pins->form.at == PIN_FORM_NUMBER) {
        pins->form.at = PIN_FORM_PIN;
    } else if (!pin_formed(pin)) {
        empty_pin(pins);
        tell(pins, TONE_WARN, _("a PIN is six digits"));
    } else {
        tell(pins, TONE_PLAIN, _("looking"));
        app_try_pin(app, pins->number, pin);
    }
}

bool pin_form_key(struct app *app, struct pin_form *pins, const struct key *key, enum action action)
{
    if (action == ACTION_BACK || action == ACTION_HELP)
        return false;
    if (action == ACTION_ENTER) {
        enter(app, pins);
        return true;
    }
    if (key->press == PRESS_PASTE ||
        (key->press == PRESS_TEXT && !(key->text[0] >= '0' && key->text[0] <= '9'))) {
        tell(pins, TONE_WARN, _("digits alone stand here"));
        return true;
    }
    pins->told[0] = '\0';
    replace_offered(pins, key);
    (void)form_key(&pins->form, key);
    return true;
}

/* Tried: now it is counted. */
static void count(struct app *app, struct pin_form *pins, const struct answer *answer)
{
    const struct pin_verdict *verdict = answer->result;
    struct sign_in_request request = {.number = pins->number, .approves = pins->approves};

    app_hold_keys(app, false);
    empty_pin(pins);
    if (answer->rc != RC_OK) {
        tell(pins, TONE_WARN, "%.*s", (int)sizeof pins->told - 1, answer->fault->text);
        app_drop_keys(app);
        return;
    }
    request.right = verdict->right;
    memcpy(request.hash, verdict->hash, sizeof request.hash);
    if (!app_do(app, &verb_sign_in, &request, KEEP_ALL, 0))
        tell(pins, TONE_WARN, _("the box office is working, try again"));
}

static void say_no(struct pin_form *pins, const struct sign_in_reply *reply)
{
    char clock[WHEN_TEXT];

    if (reply->outcome == SIGNED_CHANGED)
        tell(pins, TONE_WARN, _("that PIN was changed a moment ago, try again"));
    else if (reply->outcome == SIGNED_LOCKED)
        tell(pins, TONE_WARN, _("five wrong PINs: number %d is locked until %s"),
             (int)reply->number, when_clock(reply->locked_until, clock, sizeof clock));
    else if (reply->left > 0 && reply->left < 3)
        tell(pins, TONE_WARN, _("wrong number or PIN; %d more and it is locked for 30 min"),
             (int)reply->left);
    else
        tell(pins, TONE_WARN, _("wrong number or PIN"));
}

bool pin_form_answer(struct app *app, struct pin_form *pins, const struct answer *answer,
                     struct sign_in_reply *reply)
{
    if (!answer->verb && answer->read == READ_PIN) {
        count(app, pins, answer);
        return false;
    }
    if (answer->verb != &verb_sign_in)
        return false;
    if (answer->rc != RC_OK) {
        tell(pins, TONE_WARN, "%.*s", (int)sizeof pins->told - 1, answer->fault->text);
        return false;
    }
    *reply = *(const struct sign_in_reply *)answer->reply;
    if (reply->outcome == SIGNED_IN)
        return true;
    app_drop_keys(app);
    say_no(pins, reply);
    return false;
}

int pin_form_draw(struct pin_form *pins, const struct surface *surface, int row, int column)
{
    static const enum style styles[] = {
        [TONE_PLAIN] = STYLE_NORMAL, [TONE_GOOD] = STYLE_GOOD, [TONE_WARN] = STYLE_WARN};

    row = form_draw(&pins->form, surface, row, column);
    struct surface part = surface_part(surface, row, column, 2, surface->columns - column - 1);
    surface_wrap(&part, 0, styles[pins->tone], pins->told);
    return row + 2;
}
