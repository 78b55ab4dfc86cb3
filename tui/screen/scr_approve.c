/* Approval on the spot: somebody with the role for it gives a PIN, and the verb is done. */
#include <stdlib.h>

#include "core/base/words.h"
#include "tui/screen/pin_form.h"
#include "tui/widget/dialog.h"

enum { BOX_ROWS = 12, BOX_COLUMNS = 60 };

struct approve {
    struct pin_form pins;
    struct staff_list *staff; /* of a demo; NULL */
};

static void approve_open(struct app *app, void *state, const struct screen_args *args)
{
    struct approve *approve = state;
    union read_args nothing = {0};

    (void)args;
    pin_form_open(&approve->pins, 0, true);
    if (app->demo)
        app_read(app, READ_STAFF, &nothing, 0);
}

static void approve_close(struct app *app, void *state)
{
    struct approve *approve = state;

    pin_form_close(&approve->pins);
    free(approve->staff);
    approve->staff = NULL;
    app_unapproved(app); /* nothing happens when it was approved */
}

static bool approve_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct approve *approve = state;

    if (action == ACTION_LOCK)
        return false;
    if (pin_form_key(app, &approve->pins, key, action))
        return true;
    if (action == ACTION_BACK)
        app_back(app);
    return true;
}

static bool approve_typing(struct app *app, const void *state)
{
    (void)app;
    (void)state;
    return true;
}

static void approve_answer(struct app *app, void *state, struct answer *answer)
{
    struct approve *approve = state;
    struct sign_in_reply reply;

    if (!answer->verb && answer->read == READ_STAFF) {
        if (answer->rc != RC_OK)
            return;
        approve->staff = answer->result;
        answer->result = NULL;
    } else if (pin_form_answer(app, &approve->pins, answer, &reply)) {
        app_approved(app, reply.number);
    }
}

/* Who could, one a row; the rows that are left are theirs. */
static void draw_demo(const struct staff_list *staff, const struct surface *box, int row)
{
    for (size_t i = 0; i < staff->n && row < box->rows; i++) {
        const struct staff_row *who = &staff->rows[i];
        if (who->active && who->demo_pin[0] && who->role != ROLE_CLERK)
            surface_printf(box, row++, 0, STYLE_FAINT, "%4d  %-6.20s  %s  %s", (int)who->number,
                           who->name, who->demo_pin, _(role_word(who->role)));
    }
}

static void approve_draw(struct app *app, void *state, const struct surface *surface)
{
    struct approve *approve = state;
    struct surface box = dialog_box(surface, BOX_ROWS, BOX_COLUMNS, _("APPROVAL"));
    struct surface why = surface_part(&box, 0, 0, 2, box.columns);

    surface_wrap(&why, 0, STYLE_WARN, app_approval(app));
    surface_put(&box, 3, 0, STYLE_NORMAL, _("Who approves it?  Esc: nobody."));
    int row = pin_form_draw(&approve->pins, &box, 4, 0);
    if (approve->staff)
        draw_demo(approve->staff, &box, row);
}

const struct screen scr_approve = {
    .id = SCREEN_APPROVE,
    .dialog = true,
    .state_size = sizeof(struct approve),
    .open = approve_open,
    .close = approve_close,
    .draw = approve_draw,
    .key = approve_key,
    .typing = approve_typing,
    .answer = approve_answer,
};
