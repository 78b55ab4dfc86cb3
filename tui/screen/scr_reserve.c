/* Reserve by name: the basket becomes a reservation, to be collected by a deadline. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/deadline.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/showing.h"
#include "tui/seat_names.h"
#include "tui/widget/form.h"

enum { FIELD_NAME, FIELD_PHONE, FIELD_NOTE };

struct reserve {
    struct form form;
    bool leaving;         /* Esc was pressed over a draft */
    struct booking *twin; /* what this customer has of the show already; NULL, or id 0: nothing */
};

static void reserve_open(struct app *app, void *state, const struct screen_args *args)
{
    struct reserve *reserve = state;

    (void)app;
    (void)args;
    form_add(&reserve->form, _("Name"), NULL, NAME_SIZE - 1);
    form_add(&reserve->form, _("Phone"), NULL, PHONE_SIZE - 1);
    form_add(&reserve->form, _("Note"), NULL, NOTE_SIZE - 1);
}

static void reserve_close(struct app *app, void *state)
{
    (void)app;
    free(((struct reserve *)state)->twin);
}

/* Has whom is being typed a reservation of this show already? */
static void ask_twin(struct app *app, const struct reserve *reserve)
{
    union read_args args = {.twin = {.show = app->basket.show}};

    (void)snprintf(args.twin.name, sizeof args.twin.name, "%s",
                   form_text(&reserve->form, FIELD_NAME));
    (void)snprintf(args.twin.phone, sizeof args.twin.phone, "%s",
                   form_text(&reserve->form, FIELD_PHONE));
    app_read(app, READ_TWIN, &args, 0);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void post(struct app *app, struct reserve *reserve)
{
    const struct basket *basket = &app->basket;
    struct book_request request = {
        .show = basket->show, .expected = basket->total, .collect_min = app->settings->collect_min};

    if (basket->n_parts > 1) {
        app_say(app, TONE_WARN,
                _("seats of one show are reserved at a time: x leaves the others, or n parks"));
        return;
    }
    request.n = basket->n;
    for (int32_t i = 0; i < basket->n; i++) {
        request.seats[i] = basket->seats[i].seat;
        request.types[i] = basket->seats[i].type;
    }
    (void)snprintf(request.name, sizeof request.name, "%s", form_text(&reserve->form, FIELD_NAME));
    (void)snprintf(request.phone, sizeof request.phone, "%s",
                   form_text(&reserve->form, FIELD_PHONE));
    (void)snprintf(request.note, sizeof request.note, "%s", form_text(&reserve->form, FIELD_NOTE));
    app_do(app, &verb_reserve, &request, KEEP_ALL, 0);
}

static void enter(struct app *app, struct reserve *reserve)
{
    const char *name = form_text(&reserve->form, FIELD_NAME);

    if (basket_empty(&app->basket)) {
        app_say(app, TONE_WARN, _("the basket is empty: nothing to reserve"));
    } else if (!name[strspn(name, " ")]) {
        reserve->form.at = FIELD_NAME;
        app_say(app, TONE_WARN, _("a name is wanted"));
        app_drop_keys(app);
    } else {
        post(app, reserve);
    }
}

static bool reserve_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct reserve *reserve = state;
    const bool draft =
        form_text(&reserve->form, FIELD_NAME)[0] || form_text(&reserve->form, FIELD_PHONE)[0];

    app_touch(app);
    if (app_draft_stays(app, &reserve->leaving, draft, action))
        return true;
    if (action == ACTION_ENTER) {
        enter(app, reserve);
        return true;
    }
    if (!form_key(&reserve->form, key))
        return false;
    ask_twin(app, reserve);
    const struct editor *editor = &reserve->form.fields[reserve->form.at].editor;
    if (editor->told[0])
        app_say(app, TONE_WARN, "%s", editor->told);
    return true;
}

static bool reserve_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

/* A hint, no more: when it cannot be read, the form goes on without. */
static void twin_came(struct reserve *reserve, struct answer *answer)
{
    if (answer->rc != RC_OK)
        return;
    free(reserve->twin);
    reserve->twin = answer->result;
    answer->result = NULL;
}

static void reserve_answer(struct app *app, void *state, struct answer *answer)
{
    const struct booking_reply *reply = answer->reply;
    struct screen_args args = {0};

    if (!answer->verb) {
        twin_came(state, answer);
        return;
    }
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    args.reservation = reply->reservation;
    app_drop_keys(app); /* what is typed next is for the next customer */
    app_replace(app, SCREEN_RESERVED, &args);
}

/* --- drawing --------------------------------------------------------------------------------- */

static int draw_basket(const struct basket *basket, const struct surface *surface, int row)
{
    char labels[256], types[96], total[MONEY_TEXT];

    surface_printf(surface, row, 1, STYLE_STRONG, "%s  %s  %s",
                   basket_labels(basket, labels, sizeof labels),
                   basket_types(basket, types, sizeof types),
                   money_format(basket->total, total, sizeof total));
    return row + 1;
}

/* "Mensah, Ama has 7KQ3MX already: C4-5, reserved": told, never asked. */
static void draw_twin(const struct booking *twin, const struct surface *surface, int row)
{
    char labels[256];

    if (!twin || twin->id.n == 0)
        return;
    int column = surface_put_cells(surface, row, 1, surface->columns / 2 - 6, STYLE_WARN,
                                   twin->name[0] ? twin->name : twin->phone);
    /* translators: behind a name: a code, seats, their state */
    surface_printf(surface, row, column, STYLE_WARN, _(" has %s already: %s, %s"), twin->code,
                   seat_names_join(twin->seats[0].label, sizeof twin->seats[0], twin->n, labels,
                                   sizeof labels),
                   _(booking_word(twin->state)));
}

static void reserve_draw(struct app *app, void *state, const struct surface *surface)
{
    struct reserve *reserve = state;
    const struct basket *basket = &app->basket;
    struct showing showing = {basket->title, basket->hall_name, basket->starts_at};
    char when[2 * WHEN_TEXT], left[32];
    int row = surface->rows >= 18 ? 3 : 1;

    showing_head(app, surface, _("RESERVE"), &showing);
    if (row == 3)
        surface_rule(surface, 1);
    row = draw_basket(basket, surface, row);
    when_ms until =
        deadline_reservation(app_now(app), basket->starts_at, app->settings->collect_min);
    surface_printf(surface, row, 1, STYLE_NORMAL, _("To be collected by %s.  Basket keeps %s."),
                   offer_say_when(app, until, when, sizeof when),
                   app_left(app, basket->until, left, sizeof left));
    row = form_draw(&reserve->form, surface, row + (surface->rows >= 18 ? 2 : 1), 1);
    draw_twin(reserve->twin, surface, surface->rows >= 18 ? row + 1 : row);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_reserve = {
    .id = SCREEN_RESERVE,
    .state_size = sizeof(struct reserve),
    .open = reserve_open,
    .close = reserve_close,
    .draw = reserve_draw,
    .key = reserve_key,
    .typing = reserve_typing,
    .answer = reserve_answer,
};
