/* The last sales of this till, newest first: for the customer who comes back. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/app.h"
#include "tui/seat_names.h"
#include "tui/widget/list.h"

enum { WIDE_FROM = 60 };

struct sales {
    struct list list;
    struct sale_list *rows; /* NULL: not read yet */
    enum { ASK_NOTHING, ASK_VOID, ASK_TENDER } asking;
};

static void sales_open(struct app *app, void *state, const struct screen_args *args)
{
    (void)state;
    (void)args;
    app_hold_keys(app, true);
    app_read_sales(app);
}

static void sales_close(struct app *app, void *state)
{
    struct sales *sales = state;

    (void)app;
    free(sales->rows);
}

static void sales_hear(struct app *app, void *state, const struct hint *hint)
{
    (void)state;
    if (hint->kind != HINT_LEASE && hint->kind != HINT_GREETING)
        app_read_sales(app);
}

/* The sale under the cursor; NULL: there is none. */
static const struct sale_row *chosen(const struct sales *sales)
{
    return sales->rows && sales->list.at < sales->rows->n ? &sales->rows->rows[sales->list.at]
                                                          : NULL;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_row(void *context, size_t item, bool is_chosen, const struct surface *line)
{
    const struct sales *sales = ((void **)context)[0];
    struct app *app = ((void **)context)[1];
    const struct sale_row *sale = &sales->rows->rows[item];
    bool wide = line->columns >= WIDE_FROM, over = sale->state != BOOKING_SOLD, other;
    enum style style = over ? STYLE_FAINT : is_chosen ? STYLE_STRONG : STYLE_NORMAL;
    char clock[WHEN_TEXT], when[2 * WHEN_TEXT], amount[MONEY_TEXT], seats[128];

    surface_put(line, 0, 0, STYLE_STRONG, is_chosen ? ">" : " ");
    if (wide)
        surface_put(line, 0, 2, style, when_clock(sale->sold_at, clock, sizeof clock));
    surface_put(line, 0, wide ? 9 : 2, over ? style : STYLE_STRONG, sale->code);
    surface_put_short(
        line, 0, wide ? 17 : 10, 16, style,
        over ? _("all given back")
             : seat_names_join(sale->labels[0], LABEL_SIZE, sale->n, seats, sizeof seats));
    surface_right(line, 0, wide ? 42 : line->columns - 1, 10, style,
                  money_format(sale->total, amount, sizeof amount));
    if (!wide)
        return;
    if (sale->change > 0)
        surface_right(line, 0, 52, 9, style, money_format(sale->change, amount, sizeof amount));
    app_when(app, sale->starts_at, &other, when, sizeof when);
    int column = surface_put(line, 0, 54, other ? STYLE_OTHER_DAY : style, when);
    surface_put(line, 0, column + 2, style, sale->title);
}

static void draw_question(const struct sales *sales, const struct surface *surface, int row)
{
    const struct sale_row *sale = chosen(sales);

    if (!sale || sales->asking == ASK_NOTHING)
        return;
    surface_fill(surface, row - 1, 0, surface->columns, STYLE_NORMAL, " ");
    surface_fill(surface, row, 0, surface->columns, STYLE_NORMAL, " ");
    if (sales->asking == ASK_VOID) {
        /* translators: a code, and what was paid, or "nothing" */
        surface_printf(surface, row - 1, 1, STYLE_WARN, _("Void %s as a mistake: %s back."),
                       sale->code, sale->tenders[0] ? sale->tenders : _("nothing"));
        surface_put(surface, row, 1, STYLE_WARN, _("y yes, any other key no."));
        return;
    }
    surface_printf(surface, row - 1, 1, STYLE_WARN, _("%s was paid %s. Rather:"), sale->code,
                   sale->tenders);
    surface_put(surface, row, 1, STYLE_WARN, _("1 cash  2 card  3 voucher  any other key: no"));
}

static void sales_draw(struct app *app, void *state, const struct surface *surface)
{
    struct sales *sales = state;
    const struct sale_row *sale = chosen(sales);
    void *context[] = {sales, app};

    app_head(app, surface, _("LAST SALES of this till"));
    if (sales->rows && sales->rows->n == 0)
        surface_put(surface, 3, 2, STYLE_NORMAL, _("Nothing has been sold in this till yet."));
    if (surface->columns >= WIDE_FROM) {
        surface_put_short(surface, 1, 2, 6, STYLE_FAINT, _("Sold"));
        surface_put_short(surface, 1, 9, 7, STYLE_FAINT, _("Code"));
        surface_put_short(surface, 1, 17, 16, STYLE_FAINT, _("Seats"));
        surface_right(surface, 1, 42, 8, STYLE_FAINT, _("Total"));
        surface_right(surface, 1, 52, 9, STYLE_FAINT, _("Change"));
        surface_put(surface, 1, 54, STYLE_FAINT, _("Show"));
    }
    if (sales->rows)
        list_draw(&sales->list, surface, 2, surface->rows - 6, draw_row, context);
    if (sale && sale->tenders[0] != '\0')
        surface_printf(surface, surface->rows - 4, 1, STYLE_FAINT, _("%s paid %s"), sale->code,
                       sale->tenders);
    draw_question(sales, surface, surface->rows - 3);
    surface_rule(surface, surface->rows - 2);
}

/* --- keys and answers ------------------------------------------------------------------------ */

static void ask(struct app *app, struct sales *sales, enum action action)
{
    const struct sale_row *sale = chosen(sales);

    if (sale->state != BOOKING_SOLD) {
        app_say(app, TONE_WARN, _("%s is %s already"), sale->code, _(booking_word(sale->state)));
        return;
    }
    sales->asking = action == ACTION_DROP ? ASK_VOID : ASK_TENDER;
    app_drop_keys(app);
}

static void question_key(struct app *app, struct sales *sales, const struct key *key,
                         enum action action)
{
    const struct sale_row *sale = chosen(sales);
    struct void_request voided = {.reservation = sale->reservation};
    struct swap_request swap = {.reservation = sale->reservation};
    bool is_void = sales->asking == ASK_VOID;

    sales->asking = ASK_NOTHING;
    if (is_void && action == ACTION_YES) {
        app_do(app, &verb_void, &voided, KEEP_ACTING, 0);
    } else if (!is_void && action == ACTION_DIGIT && key->text[0] <= '3') {
        swap.kind = key->text[0] - '1';
        app_do(app, &verb_swap, &swap, KEEP_ACTING, 0);
    } else {
        app_say(app, TONE_PLAIN, _("nothing was changed"));
    }
}

static bool sales_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct sales *sales = state;
    const struct sale_row *sale = chosen(sales);
    struct screen_args args = {0};

    if (action == ACTION_SALES) {
        app_back(app);
        return true;
    }
    if (sale && sales->asking != ASK_NOTHING) {
        question_key(app, sales, key, action);
        return true;
    }
    switch (action) {
    case ACTION_ENTER:
    case ACTION_OPEN:
    case ACTION_TICKET:
        if (!sale)
            return true;
        args.reservation = sale->reservation;
        app_open(app, action == ACTION_TICKET ? SCREEN_TICKET : SCREEN_RESERVATION, &args);
        return true;
    case ACTION_EXCHANGE:
        if (!sale || app_exchanging(app))
            return false;
        args.reservation = sale->reservation;
        args.exchange = true;
        app_open(app, SCREEN_RESERVATION, &args);
        return true;
    case ACTION_DROP:
    case ACTION_PAY:
        if (sale)
            ask(app, sales, action);
        return true;
    default:
        return action != ACTION_NONE && action_row(action)->moves &&
               list_press(&sales->list, action_row(action)->press);
    }
}

/* What a void gave back, by tender, as the list read it before and the question said: a comp
 * of 11.00 is no 11.00 to hand over. The bare amount where that is no longer what was left. */
static const char *given_back(const struct sales *sales, const struct booking_reply *reply,
                              const char *amount)
{
    for (size_t i = 0; sales->rows && i < sales->rows->n; i++) {
        const struct sale_row *sale = &sales->rows->rows[i];
        if (sale->reservation.n == reply->reservation.n && sale->total == reply->refunded &&
            sale->tenders[0] != '\0')
            return sale->tenders;
    }
    return amount;
}

static void say_done(struct app *app, const struct sales *sales, const struct answer *answer)
{
    const struct booking_reply *reply = answer->reply;
    char amount[MONEY_TEXT];

    (void)money_format(reply->refunded, amount, sizeof amount);
    if (answer->verb == &verb_void)
        app_say(app, TONE_GOOD,
                reply->for_the_list > 0
                    ? ngettext("%s is void: %s back, %d seat kept for the list",
                               "%s is void: %s back, %d seats kept for the list",
                               (unsigned)reply->given_back)
                    : ngettext("%s is void: %s back, %d seat free again",
                               "%s is void: %s back, %d seats free again",
                               (unsigned)reply->given_back),
                reply->code, given_back(sales, reply, amount), (int)reply->given_back);
    else
        app_say(
            app, TONE_GOOD, /* translators: a code, an amount, a tender */
            _("%s: %s is %s now"), reply->code, amount,
            _(tender_word((enum tender_kind)((const struct swap_request *)answer->request)->kind)));
    app_drop_keys(app);
}

static void sales_answer(struct app *app, void *state, struct answer *answer)
{
    struct sales *sales = state;

    if (!answer->verb)
        app_hold_keys(app, false);
    if (answer->rc != RC_OK) {
        app_say_fault(app, answer->fault);
    } else if (answer->verb) {
        say_done(app, sales, answer);
    } else {
        free(sales->rows);
        sales->rows = answer->result;
        answer->result = NULL;
        list_resize(&sales->list, sales->rows->n);
    }
    if (answer->verb)
        app_read_sales(app);
}

const struct screen scr_sales = {
    .id = SCREEN_SALES,
    .state_size = sizeof(struct sales),
    .open = sales_open,
    .close = sales_close,
    .draw = sales_draw,
    .key = sales_key,
    .hear = sales_hear,
    .answer = sales_answer,
};
