/* The blind count of a drawer: so many pieces of each denomination, and nothing that says what
 * there should be. */
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/cash.h"
#include "tui/app.h"
#include "tui/widget/list.h"

enum { DIGITS = 5, TOP = 2 };

struct counting {
    struct list list;
    till_id till;
    const money *denominations;
    char pieces[DENOMINATIONS_MAX][DIGITS + 1]; /* as typed */
    bool asking;                                /* was that all? */
    bool leaving;                               /* Esc was pressed over a count begun */
};

static void counting_open(struct app *app, void *state, const struct screen_args *args)
{
    struct counting *counting = state;

    (void)args;
    counting->till = app->till.id;
    list_resize(&counting->list, cash_denominations(app->currency, &counting->denominations));
}

static int64_t typed(const struct counting *counting, size_t at)
{
    int64_t n = 0;

    for (const char *c = counting->pieces[at]; *c; c++)
        n = 10 * n + (*c - '0');
    return n;
}

static money total(const struct counting *counting)
{
    money sum = 0;

    for (size_t i = 0; i < counting->list.n; i++)
        sum += counting->denominations[i] * typed(counting, i);
    return sum;
}

static void send(struct app *app, const struct counting *counting)
{
    struct till_count_request request = {.till = counting->till, .n = (int32_t)counting->list.n};

    for (size_t i = 0; i < counting->list.n; i++)
        request.pieces[i] = (struct cash_pieces){counting->denominations[i], typed(counting, i)};
    app_do(app, &verb_till_count, &request, KEEP_ALL, 0);
}

static void type(struct counting *counting, char c)
{
    char *pieces = counting->pieces[counting->list.at];
    size_t n = strlen(pieces);

    if (n < DIGITS) {
        pieces[n] = c;
        pieces[n + 1] = '\0';
    }
}

static void rub_out(struct counting *counting)
{
    char *pieces = counting->pieces[counting->list.at];
    size_t n = strlen(pieces);

    pieces[n > 0 ? n - 1 : 0] = '\0';
}

static bool counting_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct counting *counting = state;

    if (counting->asking) {
        counting->asking = false;
        if (action == ACTION_YES)
            send(app, counting);
        return true;
    }
    if (app_draft_stays(app, &counting->leaving, total(counting) != 0, action))
        return true;
    if (action == ACTION_BACK)
        return false;
    if (action == ACTION_DIGIT || action == ACTION_EMPTY) {
        type(counting, key->text[0]);
    } else if (key->press == PRESS_BACKSPACE) {
        rub_out(counting);
    } else if (action == ACTION_YES ||
               (action == ACTION_ENTER && counting->list.at + 1 == counting->list.n)) {
        counting->asking = true;
        app_drop_keys(app);
    } else if (action == ACTION_ENTER || action == ACTION_NEXT) {
        (void)list_press(&counting->list, PRESS_DOWN);
    } else {
        return action != ACTION_NONE && action_row(action)->moves &&
               list_press(&counting->list, action_row(action)->press);
    }
    return true;
}

static void counting_answer(struct app *app, void *state, struct answer *answer)
{
    const struct till_reply *reply = answer->reply;
    char counted[MONEY_TEXT];

    (void)state;
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
        return;
    }
    app_back(app);
    app_say(app, TONE_GOOD, _("counted: %s"),
            money_format(reply->counted, counted, sizeof counted));
}

static void draw_row(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct counting *counting = context;
    const char *pieces = counting->pieces[item];
    char text[MONEY_TEXT];

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_right(line, 0, 11, 9, chosen ? STYLE_STRONG : STYLE_NORMAL,
                  money_format(counting->denominations[item], text, sizeof text));
    surface_put(line, 0, 12, STYLE_FAINT, "x");
    int column = surface_put(line, 0, 14, STYLE_FIELD, pieces[0] || !chosen ? pieces : " ");
    if (pieces[0])
        surface_right(
            line, 0, 33, 12, STYLE_NORMAL,
            money_format(counting->denominations[item] * typed(counting, item), text, sizeof text));
    if (chosen)
        surface_cursor(line, 0, pieces[0] ? column : 14);
}

static void counting_draw(struct app *app, void *state, const struct surface *surface)
{
    struct counting *counting = state;
    char sum[MONEY_TEXT];
    int rows = surface->rows - TOP - 3;

    app_head(app, surface,
             app->till.counts > 0 ? _("COUNT the drawer once more") : _("COUNT the drawer"));
    surface_put(surface, 1, 2, STYLE_FAINT, _("Pieces of each:"));
    list_draw(&counting->list, surface, TOP, rows, draw_row, counting);
    surface_printf(surface, surface->rows - 3, 2, STYLE_STRONG,
                   counting->asking ? _("COUNTED %s   y: that is all there is   any key: on")
                                    : _("COUNTED %s"),
                   money_format(total(counting), sum, sizeof sum));
    surface_rule(surface, surface->rows - 2);
}

const struct screen scr_counting = {
    .id = SCREEN_COUNTING,
    .state_size = sizeof(struct counting),
    .open = counting_open,
    .draw = counting_draw,
    .key = counting_key,
    .answer = counting_answer,
};
