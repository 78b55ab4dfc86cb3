/* A reservation was made: its code, large enough to be read out, and by when it is collected. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/words.h"
#include "tui/app.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/showing.h"
#include "tui/seat_names.h"

struct reserved {
    struct booking *booking; /* NULL until it is read */
};

static void reserved_open(struct app *app, void *state, const struct screen_args *args)
{
    union read_args read = {.booking = {.id = args->reservation}};

    (void)state;
    app_read(app, READ_BOOKING, &read, 0);
}

static void reserved_close(struct app *app, void *state)
{
    (void)app;
    free(((struct reserved *)state)->booking);
}

static void reserved_answer(struct app *app, void *state, struct answer *answer)
{
    struct reserved *reserved = state;

    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    free(reserved->booking);
    reserved->booking = answer->result;
    answer->result = NULL;
}

static bool reserved_key(struct app *app, void *state, const struct key *key, enum action action)
{
    (void)state;
    (void)key;
    if (action != ACTION_ENTER && action != ACTION_BACK)
        return false;
    app_home(app);
    return true;
}

/* The code with room between its letters, to be read out and written down. */
static void draw_code(const struct surface *surface, int row, const char *code)
{
    int column = surface_put(surface, row, 1, STYLE_HEAD, _("CODE")) + 3;

    for (; *code; code++)
        column = surface_printf(surface, row, column, STYLE_MINE, " %c ", *code) + 1;
}

static void draw_booking(struct app *app, const struct booking *booking,
                         const struct surface *surface, int row)
{
    char when[2 * WHEN_TEXT], total[MONEY_TEXT], labels[256], seats[SEATS_MAX][LABEL_SIZE];
    int space = surface->rows >= 18 ? 2 : 1;

    for (int32_t i = 0; i < booking->n; i++)
        (void)snprintf(seats[i], LABEL_SIZE, "%s", booking->seats[i].label);
    money_format(booking->total, total, sizeof total);
    surface_printf(surface, row++, 1, STYLE_STRONG, "%s  %s",
                   seat_names_join(seats[0], LABEL_SIZE, booking->n, labels, sizeof labels), total);
    row += surface->rows >= 18;
    surface_printf(surface, row, 1, STYLE_GOOD, _("Reserved for %s"), booking->name);
    draw_code(surface, row + space, booking->code);
    surface_printf(surface, row + 2 * space, 1, STYLE_STRONG, _("Collect by %s.  %s to pay."),
                   offer_say_when(app, booking->deadline, when, sizeof when), total);
}

static void reserved_draw(struct app *app, void *state, const struct surface *surface)
{
    const struct booking *booking = ((struct reserved *)state)->booking;
    struct showing showing = {0};
    int row = surface->rows >= 18 ? 3 : 1;

    if (booking)
        showing = (struct showing){booking->title, booking->hall, booking->starts_at};
    showing_head(app, surface, _("RESERVED"), &showing);
    if (row == 3)
        surface_rule(surface, 1);
    if (booking)
        draw_booking(app, booking, surface, row);
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_reserved = {
    .id = SCREEN_RESERVED,
    .state_size = sizeof(struct reserved),
    .open = reserved_open,
    .close = reserved_close,
    .draw = reserved_draw,
    .key = reserved_key,
    .answer = reserved_answer,
};
