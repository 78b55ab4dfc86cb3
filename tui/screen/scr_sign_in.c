/* Signing in, and the lock: nothing of the sale behind it is seen, and no other key acts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/screen/pin_form.h"

enum { ROOMY = 18 };

struct sign_in {
    struct pin_form pins;
    struct staff_list *staff; /* of a demo, whose PINs are shown; NULL */
};

static void sign_in_open(struct app *app, void *state, const struct screen_args *args)
{
    struct sign_in *sign_in = state;
    union read_args nothing = {0};

    (void)args;
    pin_form_open(&sign_in->pins, app->person.number, false);
    if (!app->demo)
        return;
    app_hold_keys(app, app->person.number == 0); /* Enter is for what will stand there */
    app_read(app, READ_STAFF, &nothing, 0);
}

static void sign_in_close(struct app *app, void *state)
{
    struct sign_in *sign_in = state;

    (void)app;
    pin_form_close(&sign_in->pins);
    free(sign_in->staff);
}

static bool sign_in_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct sign_in *sign_in = state;

    (void)pin_form_key(app, &sign_in->pins, key, action);
    return true; /* nothing else acts here */
}

static bool sign_in_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

/* In a demo where nobody has signed in yet the first one's number and PIN stand there: Enter. */
static void prefill(struct app *app, struct sign_in *sign_in)
{
    const struct staff_row *first = sign_in->staff->n > 0 ? &sign_in->staff->rows[0] : NULL;
    char number[16];

    if (app->person.number != 0 || !first || !first->active || !first->demo_pin[0])
        return;
    (void)snprintf(number, sizeof number, "%d", (int)first->number);
    pin_form_offer(&sign_in->pins, PIN_FORM_NUMBER, number);
    pin_form_offer(&sign_in->pins, PIN_FORM_PIN, first->demo_pin);
}

static void sign_in_answer(struct app *app, void *state, struct answer *answer)
{
    struct sign_in *sign_in = state;
    struct sign_in_reply reply;

    if (!answer->verb && answer->read == READ_STAFF) {
        app_hold_keys(app, false);
        if (answer->rc != RC_OK)
            return;
        sign_in->staff = answer->result;
        answer->result = NULL;
        prefill(app, sign_in);
    } else if (pin_form_answer(app, &sign_in->pins, answer, &reply)) {
        app_signed_in(app, &reply);
    }
}

/* The people whose PINs everybody may know; returns the row behind. */
static int draw_demo(const struct staff_list *staff, const struct surface *surface, int row)
{
    bool any = false;

    for (size_t i = 0; i < staff->n && row < surface->rows - 2; i++) {
        const struct staff_row *who = &staff->rows[i];
        if (!who->active || !who->demo_pin[0])
            continue;
        if (!any)
            surface_put(surface, row++, 2, STYLE_FAINT, _("PINs of the demo, until changed:"));
        any = true;
        surface_printf(surface, row, 2, STYLE_NORMAL, "%4d  %-6.20s  %s  %s", (int)who->number,
                       who->name, who->demo_pin, _(role_word(who->role)));
        row++;
    }
    return row;
}

/* What else can be done here than to give the PIN. */
static void draw_ways(const struct app *app, const struct surface *surface)
{
    struct surface part = surface_part(surface, surface->rows - 4, 2, 2, surface->columns - 3);

    surface_wrap(&part, 0, STYLE_FAINT,
                 app->person.number
                     ? _("Another number takes over; the basket is parked for its owner.")
                     : _("Ctrl-C leaves the box office."));
}

static void sign_in_draw(struct app *app, void *state, const struct surface *surface)
{
    struct sign_in *sign_in = state;
    bool roomy = surface->rows >= ROOMY;
    int row = roomy ? 3 : 1;

    app_head(app, surface, app->person.number ? _("LOCKED") : _("SIGN IN"));
    if (roomy)
        surface_rule(surface, 1);
    if (app->person.number)
        surface_printf(surface, row++, 2, STYLE_STRONG, _("%.30s is signed in."), app->person.name);
    if (roomy)
        draw_ways(app, surface);
    row = pin_form_draw(&sign_in->pins, surface, row + roomy, 2);
    if (sign_in->staff)
        (void)draw_demo(sign_in->staff, surface, row + roomy);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_sign_in = {
    .id = SCREEN_SIGN_IN,
    .state_size = sizeof(struct sign_in),
    .open = sign_in_open,
    .close = sign_in_close,
    .draw = sign_in_draw,
    .key = sign_in_key,
    .typing = sign_in_typing,
    .answer = sign_in_answer,
};
