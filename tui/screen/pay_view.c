#include "tui/screen/pay_view.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/rules/deadline.h"
#include "core/rules/price.h"

enum { NOTES_MOST = 4, SEATS_DEFAULT = 10, ROWS_ALL = 18, TENDER_ROWS = 6, WIDE_FROM = 60 };

const char *pay_view_why(const struct app *app, const struct pay_bill *bill)
{
    if (bill->total == 0)
        return "it is free of charge";
    if (when_day(bill->starts_at) != when_day(app_now(app)))
        return "it is for another day";
    return bill->seats > SEATS_DEFAULT ? "it is more than 10 seats" : NULL;
}

enum rc pay_view_given(const struct pay *pay, money *given, struct fault *why)
{
    if (pay->given[0])
        return money_parse(pay->given, given, why);
    *given = pay->bill.total;
    return RC_OK;
}

static void draw_head(struct app *app, const struct pay_bill *bill, const struct surface *surface)
{
    char when[2 * WHEN_TEXT], left[TITLE_SIZE + NAME_SIZE + sizeof when + 32];
    bool other;

    app_when(app, bill->starts_at, &other, when, sizeof when);
    int room = surface->columns - text_cells(when) - text_cells(bill->hall) - 12;
    int bytes = (int)text_fit(bill->title, room > 8 ? room : 8);
    (void)snprintf(left, sizeof left, "PAY  %.*s  %s  %s", bytes, bill->title, when, bill->hall);
    app_head(app, surface, left);
    left[5 + bytes] = '\0';
    if (other)
        surface_restyle(surface, 0, 1 + text_cells(left) + 2, text_cells(when), STYLE_OTHER_DAY);
}

static void draw_line(const struct surface *surface, int row, const struct pay_line *line)
{
    char amount[MONEY_TEXT], what[96];
    int end = surface->columns - 1;

    money_format(line->amount, amount, sizeof amount);
    (void)snprintf(what, sizeof what, "%2d %s", line->n, line->type);
    surface_put(surface, row, 2, STYLE_NORMAL, what);
    int column = surface_put_cells(surface, row, 15, end - 15 - 10, STYLE_STRONG, line->labels);
    if (surface->columns >= WIDE_FROM)
        surface_put_cells(surface, row, column < 36 ? 38 : column + 2, end - 10 - column,
                          STYLE_FAINT, line->zone);
    surface_right(surface, row, end, 9, STYLE_NORMAL, amount);
}

/* The lines of the bill and the total; returns the row behind. */
static int draw_bill(const struct app *app, const struct pay_bill *bill,
                     const struct surface *surface, int row, int end)
{
    char total[MONEY_TEXT];
    int shown = bill->n;

    if (row + shown + 1 > end)
        shown = end - row - 2 > 0 ? end - row - 2 : 0;
    for (int i = 0; i < shown; i++)
        draw_line(surface, row++, &bill->lines[i]);
    if (shown < bill->n)
        surface_printf(surface, row++, 2, STYLE_FAINT, "and %d lines more", bill->n - shown);
    money_format(bill->total, total, sizeof total);
    surface_printf(surface, row, 2, STYLE_STRONG, "%d seat%s", bill->seats,
                   bill->seats == 1 ? "" : "s");
    int column = surface_put(surface, row, 15, STYLE_STRONG, "TOTAL");
    if (bill->code[0])
        surface_printf(surface, row, column + 2, STYLE_NORMAL, "%s %s", bill->code, bill->name);
    char text[MONEY_TEXT + 8];
    (void)snprintf(text, sizeof text, "  %s %s", app->currency, total);
    surface_right(surface, row, surface->columns - 1, 20, STYLE_STRONG, text);
    return row + 1;
}

/* "change of 20.00 2.00   50.00 32.00": what is likely to be handed over. */
static void draw_notes(const struct pay *pay, const struct surface *surface, int row)
{
    money notes[NOTES_MOST];
    char note[MONEY_TEXT], change[MONEY_TEXT];
    size_t n = price_next_notes(pay->bill.total, notes, NOTES_MOST);
    int column = surface_put(surface, row, 2, STYLE_FAINT, "change of");

    for (size_t i = 0; i < n; i++) {
        money_format(notes[i], note, sizeof note);
        money_format(notes[i] - pay->bill.total, change, sizeof change);
        if (column + 3 + text_cells(note) + 2 + text_cells(change) > surface->columns)
            return;
        column = surface_put(surface, row, column + 2, STYLE_FAINT, note);
        column = surface_put(surface, row, column + 1, STYLE_STRONG, change);
    }
}

static void draw_cash(const struct pay *pay, const struct surface *surface, int row)
{
    char total[MONEY_TEXT], change[MONEY_TEXT];
    struct fault why;
    money given = 0;
    int column;

    money_format(pay->bill.total, total, sizeof total);
    surface_put(surface, row, 2, STYLE_STRONG, "CASH");
    if (!pay->given[0]) {
        surface_printf(surface, row, 8, STYLE_NORMAL, "%s exact: Enter means paid", total);
        surface_cursor(surface, row, 8);
    } else {
        column = surface_printf(surface, row, 8, STYLE_NORMAL, "given ");
        column = surface_put(surface, row, column, STYLE_FIELD, pay->given);
        surface_cursor(surface, row, column);
        if (pay_view_given(pay, &given, &why) != RC_OK)
            surface_put(surface, row, column + 2, STYLE_WARN, "?");
        else if (given < pay->bill.total)
            surface_printf(surface, row, column + 3, STYLE_WARN, "%s missing",
                           money_format(pay->bill.total - given, change, sizeof change));
        else
            surface_printf(surface, row, column + 3, STYLE_STRONG, "CHANGE %s",
                           money_format(given - pay->bill.total, change, sizeof change));
    }
    draw_notes(pay, surface, row + 1);
}

static void draw_tender(struct app *app, const struct pay *pay, const struct surface *surface,
                        int row)
{
    char total[MONEY_TEXT];
    const char *why = pay_view_why(app, &pay->bill);

    money_format(pay->bill.total, total, sizeof total);
    if (pay->tender == TENDER_CASH) {
        draw_cash(pay, surface, row);
    } else if (pay->tender == TENDER_CARD) {
        surface_printf(surface, row, 2, STYLE_STRONG, "CARD  take %s by card", total);
        surface_put(surface, row + 1, 8, STYLE_NORMAL, "Enter: approved    d: declined");
        surface_cursor(surface, row, 8);
    } else {
        surface_put(surface, row, 2, STYLE_STRONG, "p chooses how it is paid: cash, card");
        surface_cursor(surface, row, 2);
        if (pay->declined)
            surface_put(surface, row + 1, 2, STYLE_WARN, "The card was declined; nothing is paid.");
        else if (why)
            surface_printf(surface, row + 1, 2, STYLE_OTHER_DAY, "%s", why);
    }
}

/* How long the seats of a basket are kept. When they are no longer, money that can't be given back
 * by hand is not to be taken before they are held again. */
static void draw_kept(struct app *app, const struct pay *pay, const struct surface *surface,
                      int end)
{
    struct surface part = surface_part(surface, end - 2, 2, 2, surface->columns - 3);
    char left[32];

    if (pay->reservation.n != 0 || pay->entry.n != 0 || app->basket.pay_since == 0)
        return;
    if (app->basket.until > app_now(app))
        surface_printf(&part, 1, 0, STYLE_NORMAL, "The seats are kept %s",
                       app_left(app, app->basket.pay_since + HOLD_MOST, left, sizeof left));
    else if (pay->tender == TENDER_CARD)
        surface_wrap(&part, 0, STYLE_WARN,
                     "The hold has ended: take no card. Esc, and take the seats again.");
    else
        surface_wrap(&part, 0, STYLE_WARN,
                     "The hold has ended: Enter sells, unless others have the seats.");
}

void pay_view_draw(struct app *app, const struct pay *pay, const struct surface *surface)
{
    bool all = surface->rows >= ROWS_ALL;
    int row = all ? 3 : 1, end = surface->rows - 3;

    if (pay->bill.seats == 0) {
        app_head(app, surface, "PAY");
        return;
    }
    draw_head(app, &pay->bill, surface);
    if (all)
        surface_rule(surface, 1);
    row = draw_bill(app, &pay->bill, surface, row, end - (all ? TENDER_ROWS : 3));
    draw_tender(app, pay, surface, row + (all ? 2 : 0));
    draw_kept(app, pay, surface, end);
    if (all)
        surface_rule(surface, surface->rows - 2);
}
