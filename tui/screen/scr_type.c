/* One ticket type: added, or its name, digit, per cent and tax changed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/ticket_types.h"
#include "tui/app.h"
#include "tui/widget/form.h"

enum { FIELD_NAME, FIELD_DIGIT, FIELD_PERCENT, FIELD_TAX, FIELD_SOLD };
enum { ROWS_ALL = 16, PERCENT_DIGITS = 3, TAX_BYTES = 5 };

struct type {
    int32_t digit; /* whose it is; 0: a new one */
    bool filled;   /* with what is stored */
    bool leaving;  /* Esc was pressed over a draft */
    struct form form;
};

static void type_open(struct app *app, void *state, const struct screen_args *args)
{
    struct type *type = state;
    union read_args nothing = {0};

    type->digit = args->number;
    form_add(&type->form, _("Name"), NULL, TYPE_NAME_SIZE - 1);
    form_add(&type->form, _("Digit"), _("1 to 9, its key on the hall"), 1);
    form_add(&type->form, _("Per cent"), _("0 to 100, of the first type's price"), PERCENT_DIGITS);
    form_add(&type->form, _("Tax %"), _("7 or 5.50; empty: as set"), TAX_BYTES);
    if (type->digit != 0)
        form_add(&type->form, _("Sold"), _("y, or n: it is offered no more"), 1);
    app_hold_keys(app, true); /* until it is filled in */
    app_read(app, READ_TYPES, &nothing, 0);
}

/* --- answers --------------------------------------------------------------------------------- */

static void put_number(struct type *type, int field, int n)
{
    char text[16];

    (void)snprintf(text, sizeof text, "%d", n);
    (void)editor_set(&type->form.fields[field].editor, text);
}

/* A new one gets the first digit that is free, and costs as much as the first. */
static void fill_new(struct type *type, const struct ticket_types *types)
{
    int digit = 1;

    for (int i = 0; i < types->n; i++) /* which are by digit */
        digit += types->rows[i].digit == digit;
    if (digit <= TYPES_MAX)
        put_number(type, FIELD_DIGIT, digit);
    put_number(type, FIELD_PERCENT, 100);
    type->filled = true;
}

static void fill(struct type *type, const struct ticket_types *types)
{
    char tax[MONEY_TEXT];

    if (type->digit == 0) {
        fill_new(type, types);
        return;
    }
    for (int i = 0; i < types->n; i++) {
        const struct ticket_type *row = &types->rows[i];

        if (row->digit != type->digit)
            continue;
        (void)editor_set(&type->form.fields[FIELD_NAME].editor, row->name);
        put_number(type, FIELD_DIGIT, row->digit);
        put_number(type, FIELD_PERCENT, row->percent);
        if (row->tax >= 0)
            (void)editor_set(&type->form.fields[FIELD_TAX].editor,
                             money_format(row->tax, tax, sizeof tax));
        (void)editor_set(&type->form.fields[FIELD_SOLD].editor, row->retired ? "n" : "y");
        type->filled = true;
    }
}

static void done(struct app *app, const struct answer *answer)
{
    const struct type_reply *reply = answer->reply;

    app_back(app);
    if (reply->shows > 0)
        app_say(app, TONE_GOOD,
                ngettext("%d %s: %d per cent; %d show still to come got prices for it",
                         "%d %s: %d per cent; %d shows still to come got prices for it",
                         (unsigned long)reply->shows),
                (int)reply->type.digit, reply->type.name, (int)reply->type.percent,
                (int)reply->shows);
    else
        app_say(app, TONE_GOOD, _("%d %s: %d per cent"), (int)reply->type.digit, reply->type.name,
                (int)reply->type.percent);
}

static void type_answer(struct app *app, void *state, struct answer *answer)
{
    struct type *type = state;

    if (!answer->verb)
        app_hold_keys(app, false);
    if (answer->rc != RC_OK)
        app_say_fault(app, answer->fault);
    else if (answer->verb)
        done(app, answer);
    else if (!type->filled)
        fill(type, answer->result);
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool refuse(struct app *app, struct type *type, int field, const char *why)
{
    type->form.at = field;
    app_say(app, TONE_WARN, "%s", why);
    return false;
}

/* Digits alone, and as many as there is room for. */
static bool number(const char *text, int32_t *n)
{
    if (text[0] == '\0' || text[strspn(text, "0123456789")] != '\0')
        return false;
    *n = (int32_t)strtol(text, NULL, 10);
    return true;
}

/* y or n, as it may be typed: what it means for the type. */
static bool sold(const char *text, int32_t *retired)
{
    *retired = text[0] == 'n' || text[0] == 'N';
    return *retired || text[0] == 'y' || text[0] == 'Y';
}

/* Reads the form into the request; says what is missing, and puts the cursor there. */
static bool read_form(struct app *app, struct type *type, struct type_request *request)
{
    const char *name = form_text(&type->form, FIELD_NAME);
    struct fault why = {0};

    request->of = type->digit;
    if (!name[strspn(name, " ")])
        return refuse(app, type, FIELD_NAME, _("a name is wanted"));
    if (!number(form_text(&type->form, FIELD_DIGIT), &request->digit))
        return refuse(app, type, FIELD_DIGIT, _("which digit? 1 to 9"));
    if (!number(form_text(&type->form, FIELD_PERCENT), &request->percent))
        return refuse(app, type, FIELD_PERCENT, _("how many per cent? 0 to 100"));
    if (ticket_types_tax(form_text(&type->form, FIELD_TAX), &request->tax, &why) != RC_OK)
        return refuse(app, type, FIELD_TAX, why.text);
    if (type->digit != 0 && !sold(form_text(&type->form, FIELD_SOLD), &request->retired))
        return refuse(app, type, FIELD_SOLD, _("is it sold? y or n"));
    (void)snprintf(request->name, sizeof request->name, "%s", name);
    return true;
}

static bool enter(struct app *app, struct type *type)
{
    struct type_request request = {0};

    if (!type->filled) {
        app_say(app, TONE_WARN, _("the ticket types could not be read"));
        return false;
    }
    if (!read_form(app, type, &request))
        return false;
    if (app_do(app, type->digit == 0 ? &verb_type_add : &verb_type_change, &request, KEEP_ALL, 0))
        return true;
    app_say(app, TONE_WARN, _("the box office is working, try again"));
    return false;
}

static bool type_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct type *type = state;

    if (app_draft_stays(app, &type->leaving, form_touched(&type->form), action))
        return true;
    if (action == ACTION_ENTER) {
        if (!enter(app, type))
            app_drop_keys(app);
        return true;
    }
    bool used = form_key(&type->form, key);
    const struct editor *editor = &type->form.fields[type->form.at].editor;
    if (used && editor->told[0])
        app_say(app, TONE_WARN, "%s", editor->told);
    return used;
}

static bool type_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void type_draw(struct app *app, void *state, const struct surface *surface)
{
    struct type *type = state;
    bool all = surface->rows >= ROWS_ALL;
    char left[64];

    (void)snprintf(left, sizeof left, _("TICKET TYPE %d"), (int)type->digit);
    app_head(app, surface, type->digit != 0 ? left : _("NEW TICKET TYPE"));
    surface_put(surface, 1, 1, STYLE_NORMAL,
                type->digit != 0 ? _("Prices that are there stay as they are.")
                                 : _("Shows still to come get prices for it."));
    if (all)
        surface_rule(surface, 2);
    form_draw(&type->form, surface, all ? 4 : 3, 1);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_type = {
    .id = SCREEN_TYPE,
    .state_size = sizeof(struct type),
    .open = type_open,
    .draw = type_draw,
    .key = type_key,
    .typing = type_typing,
    .answer = type_answer,
};
