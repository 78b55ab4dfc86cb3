#include "tui/screen/pay_view.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/cash.h"
#include "core/rules/deadline.h"
#include "core/rules/price.h"
#include "tui/keybar.h"
#include "tui/screen/money_back.h"

enum {
    NOTES_MOST = 4,
    SEATS_DEFAULT = 10,
    ROWS_ALL = 18,
    TENDER_ROWS = 6,
    WIDE_FROM = 60,
    MEANS_AT = 8
};

const char *pay_view_why(const struct app *app, const struct pay_bill *bill)
{
    if (bill->total == 0 && !bill->exchange)
        return _("it is free of charge");
    if (when_day(bill->starts_at) != when_day(app_now(app)))
        return _("it is for another day");
    return bill->seats > SEATS_DEFAULT ? _("it is more than 10 seats") : NULL;
}

static void draw_head(struct app *app, const struct pay_bill *bill, const struct surface *surface)
{
    char when[2 * WHEN_TEXT], left[TITLE_SIZE + NAME_SIZE + sizeof when + 64], hall[NAME_SIZE];
    bool other;

    if (bill->shows > 1)
        (void)snprintf(
            hall, sizeof hall,
            ngettext("and %d other show", "and %d other shows", (unsigned)bill->shows - 1),
            bill->shows - 1);
    else
        (void)snprintf(hall, sizeof hall, "%s", bill->hall);
    app_when(app, bill->starts_at, &other, when, sizeof when);
    int room = surface->columns - text_cells(when) - text_cells(hall) - 9 - text_cells(_("PAY"));
    int bytes = (int)text_fit(bill->title, room > 8 ? room : 8);
    (void)snprintf(left, sizeof left, "%s  %.*s  ", _("PAY"), bytes, bill->title);
    int at = 1 + text_cells(left);
    size_t used = strlen(left);
    (void)snprintf(left + used, sizeof left - used, "%s  %s", when, hall);
    app_head(app, surface, left);
    if (other)
        surface_restyle(surface, 0, at, text_cells(when), STYLE_OTHER_DAY);
}

/* The amount at the end of a row, apart from the words that it cuts. */
static void put_amount(const struct surface *surface, int row, enum style style, const char *text)
{
    int end = surface->columns - 1;

    surface_put(surface, row, end - text_cells(text) - 1, style, " ");
    surface_right(surface, row, end, text_cells(text), style, text);
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

/* What is given in exchange, taken off. */
static void draw_given(const struct pay_bill *bill, const struct surface *surface, int row)
{
    char credit[MONEY_TEXT];

    surface_put(surface, row, 2, STYLE_NORMAL, _("in exchange"));
    surface_put_cells(surface, row, 15, surface->columns - 15 - MONEY_TEXT, STYLE_STRONG,
                      bill->given);
    put_amount(surface, row, STYLE_NORMAL, money_format(-bill->credit, credit, sizeof credit));
}

/* The lines of the bill and the total; returns the row behind. */
static int draw_bill(const struct app *app, const struct pay_bill *bill,
                     const struct surface *surface, int row, int end)
{
    char total[MONEY_TEXT];
    int shown = bill->n;

    if (bill->exchange)
        end--;
    if (row + shown + 1 > end)
        shown = end - row - 2 > 0 ? end - row - 2 : 0;
    for (int i = 0; i < shown; i++)
        draw_line(surface, row++, &bill->lines[i]);
    if (shown < bill->n)
        surface_printf(surface, row++, 2, STYLE_FAINT, _("and %d lines more"), bill->n - shown);
    if (bill->exchange)
        draw_given(bill, surface, row++);
    money_format(bill->exchange && bill->back > 0 ? bill->back : bill->total, total, sizeof total);
    int column =
        2 + surface_printf(surface, row, 2, STYLE_STRONG,
                           ngettext("%d seat", "%d seats", (unsigned)bill->seats), bill->seats);
    column = surface_put(surface, row, column > 15 ? column : 15, STYLE_STRONG,
                         !bill->exchange   ? _("TOTAL")
                         : bill->back > 0  ? _("GOES BACK")
                         : bill->total > 0 ? _("TO PAY")
                                           : _("NOTHING TO PAY"));
    if (bill->code[0])
        surface_printf(surface, row, column + 2, STYLE_NORMAL, "%s %s", bill->code, bill->name);
    char text[MONEY_TEXT + 8];
    (void)snprintf(text, sizeof text, " %s %s", app->currency, total);
    put_amount(surface, row, STYLE_STRONG, text);
    return row + 1;
}

/* "incl. 7 % tax 1.31" a rate. */
static int draw_taxes(const struct pay_bill *bill, const struct surface *surface, int row, int end)
{
    char rate[16], tax[MONEY_TEXT];

    for (int i = 0; i < bill->n_taxes && row < end; i++, row++) {
        /* translators: a tax in the price, and its rate: "7 %" */
        surface_printf(surface, row, 15, STYLE_FAINT, _("incl. %s tax"),
                       cash_rate(bill->taxes[i].rate, rate, sizeof rate));
        put_amount(surface, row, STYLE_FAINT, money_format(bill->taxes[i].tax, tax, sizeof tax));
    }
    return row;
}

/* What has been paid in part, and what is left. */
static int draw_parts(const struct pay *pay, const struct surface *surface, int row)
{
    const struct pay_tender *tender = &pay->tender;
    char amount[MONEY_TEXT];

    for (int i = 0; i < tender->n; i++, row++) {
        surface_printf(surface, row, 15, STYLE_NORMAL, "%s %s",
                       _(tender_word((enum tender_kind)tender->parts[i].kind)),
                       tender->parts[i].reference);
        put_amount(surface, row, STYLE_NORMAL,
                   money_format(tender->parts[i].amount, amount, sizeof amount));
    }
    if (tender->n == 0)
        return row;
    /* translators: what is still to be paid */
    surface_put(surface, row, 15, STYLE_STRONG, _("LEFT"));
    put_amount(surface, row, STYLE_STRONG,
               money_format(pay_tender_left(tender, pay->bill.total), amount, sizeof amount));
    return row + 1;
}

/* "change of 20.00 2.00   50.00 32.00": what is likely to be handed over. */
static void draw_notes(money due, const struct surface *surface, int row)
{
    money notes[NOTES_MOST];
    char note[MONEY_TEXT], change[MONEY_TEXT];
    size_t n = price_next_notes(due, notes, NOTES_MOST);
    /* translators: "change of 20.00 2.00   50.00 32.00": a note and what goes back */
    int column = surface_put(surface, row, 2, STYLE_FAINT, _("change of"));

    for (size_t i = 0; i < n; i++) {
        money_format(notes[i], note, sizeof note);
        money_format(notes[i] - due, change, sizeof change);
        if (column + 3 + text_cells(note) + 2 + text_cells(change) > surface->columns)
            return;
        column = surface_put(surface, row, column + 2, STYLE_FAINT, note);
        column = surface_put(surface, row, column + 1, STYLE_STRONG, change);
    }
}

/* The tender, and the column behind it where the rest is said. */
static int draw_kind(const struct surface *surface, int row, const char *word)
{
    int column = surface_put(surface, row, 2, STYLE_STRONG, word) + 2;

    return column > MEANS_AT ? column : MEANS_AT;
}

/* The amount as it is typed, behind what stands in the row; returns the column behind. */
static int draw_typed(const struct pay_tender *tender, const struct surface *surface, int row,
                      int column)
{
    column = surface_put(surface, row, column, STYLE_FIELD, tender->given);
    surface_cursor(surface, row, column);
    return column + 3;
}

static void draw_cash(const struct app *app, const struct pay *pay, const struct surface *surface,
                      int row)
{
    const struct pay_tender *tender = &pay->tender;
    money due = pay_tender_due(app, tender, pay->bill.total), given = 0;
    bool rounded = due != pay_tender_left(tender, pay->bill.total);
    char total[MONEY_TEXT], change[MONEY_TEXT];
    struct fault why;

    money_format(due, total, sizeof total);
    int at = draw_kind(surface, row, _("CASH"));
    if (!tender->given[0]) {
        surface_printf(
            surface, row, at, STYLE_NORMAL,
            rounded ? _("%s rounded: Enter means paid") : _("%s exact: Enter means paid"), total);
        surface_cursor(surface, row, at);
    } else {
        int column = surface_printf(surface, row, at, STYLE_NORMAL, _("given "));
        column = draw_typed(tender, surface, row, column);
        if (pay_tender_given(app, tender, pay->bill.total, &given, &why) != RC_OK)
            surface_put(surface, row, column, STYLE_WARN, "?");
        else if (given < due)
            surface_printf(surface, row, column, STYLE_WARN, _("%s missing: p pays it otherwise"),
                           money_format(due - given, change, sizeof change));
        else
            surface_printf(surface, row, column, STYLE_STRONG, _("CHANGE %s"),
                           money_format(given - due, change, sizeof change));
    }
    draw_notes(due, surface, row + 1);
}

/* The reference, or what it is called while there is none. */
static void draw_reference(struct pay_tender *tender, const struct surface *surface, int row,
                           const char *label)
{
    int column = surface_printf(surface, row, 8, STYLE_NORMAL, "%s ", label);

    if (tender->referring)
        editor_draw(&tender->reference, surface, row, column, surface->columns - column - 2, true);
    else
        surface_put(surface, row, column, STYLE_STRONG, tender->reference.text);
}

/* The line that says what Enter means. */
static void draw_means(const struct pay_tender *tender, const struct surface *surface, int row)
{
    bool wants = pay_tender_wants_reference(tender);

    if (tender->referring)
        surface_put(surface, row, 8, STYLE_NORMAL,
                    tender->kind == TENDER_CARD ? _("Enter: noted    Esc: none")
                                                : _("Enter: paid    Esc: back"));
    else if (tender->kind == TENDER_CARD)
        surface_put(surface, row, 8, STYLE_NORMAL,
                    _("Enter: approved    d: declined    Tab: its reference"));
    else
        surface_put(surface, row, 8, STYLE_NORMAL,
                    wants ? _("Enter: type it    p: next tender")
                          : _("Enter: paid    p: next tender"));
}

/* Card, voucher and comp: so much by it, all that is left or the part that is typed. */
static void draw_other(const struct app *app, struct pay *pay, const struct surface *surface,
                       int row)
{
    struct pay_tender *tender = &pay->tender;
    char amount[MONEY_TEXT] = "?";
    struct fault why;
    money given = 0;

    if (pay_tender_given(app, tender, pay->bill.total, &given, &why) == RC_OK)
        money_format(given, amount, sizeof amount);
    if (tender->kind == TENDER_CARD)
        surface_printf(surface, row, 2, STYLE_STRONG, _("CARD  take %s by card"), amount);
    else if (tender->kind == TENDER_VOUCHER)
        surface_printf(surface, row, 2, STYLE_STRONG, _("VOUCHER  %s by voucher"), amount);
    else
        surface_printf(surface, row, 2, STYLE_STRONG, _("COMP  %s given away"), amount);
    draw_means(tender, surface, row + 1);
    surface_cursor(surface, row + 1, 8);
    if (tender->referring || tender->reference.text[0] || tender->kind != TENDER_CARD)
        draw_reference(tender, surface, row + 2,
                       tender->kind == TENDER_COMP      ? _("why:")
                       : tender->kind == TENDER_VOUCHER ? _("its number:")
                                                        : _("reference:"));
}

/* Nothing is to be paid: Enter exchanges, and what goes back is told. */
static void draw_exchange(const struct app *app, const struct pay *pay,
                          const struct surface *surface, int row)
{
    char back[128];

    surface_put(surface, row, 2, STYLE_STRONG, _("Enter: exchanged    Esc: back"));
    surface_cursor(surface, row, 2);
    if (pay->bill.back > 0 && pay->booking) /* translators: "5.00 cash, 1.00 card" */
        surface_printf(surface, row + 1, 2, STYLE_NORMAL, _("give back %s"),
                       money_back_text(pay->booking, pay->bill.back, back, sizeof back));
    else if (!app->exchange.sold)
        surface_put(surface, row + 1, 2, STYLE_NORMAL, _("It is not paid yet."));
}

static void draw_tender(struct app *app, struct pay *pay, const struct surface *surface, int row)
{
    const char *why = pay_view_why(app, &pay->bill);
    const char *refused = pay->bill.total > 0 ? pay_tender_refused(app, &pay->tender) : NULL;

    if (refused) {
        int at = draw_kind(surface, row, _("CASH"));
        surface_put(surface, row, at, STYLE_WARN, refused);
        surface_put(surface, row + 1, at, STYLE_NORMAL, _("p: card, voucher, comp"));
        surface_cursor(surface, row, at);
    } else if (pay->tender.kind == TENDER_CASH) {
        draw_cash(app, pay, surface, row);
    } else if (pay->tender.kind != TENDER_NONE) {
        draw_other(app, pay, surface, row);
    } else {
        surface_put(surface, row, 2, STYLE_STRONG,
                    _("p chooses how it is paid: cash, card, voucher, comp"));
        surface_cursor(surface, row, 2);
        if (pay->tender.declined)
            surface_put(surface, row + 1, 2, STYLE_WARN,
                        pay->tender.n == 0
                            ? _("The card was declined; nothing is paid.")
                            : _("The card was declined; what was taken before stays."));
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
        surface_printf(&part, 1, 0, STYLE_NORMAL, _("The seats are kept %s"),
                       app_left(app, app->basket.pay_since + HOLD_MOST, left, sizeof left));
    else if (pay->tender.kind == TENDER_CARD)
        surface_wrap(&part, 0, STYLE_WARN,
                     _("The hold has ended: take no card. Esc, and take the seats again."));
    else
        surface_wrap(&part, 0, STYLE_WARN,
                     _("The hold has ended: Enter sells, unless others have the seats."));
}

/* The keys again, without those that mean nothing to the tender at hand. */
static void draw_keys(const struct pay *pay, const struct surface *surface)
{
    const struct pay_tender *tender = &pay->tender;
    const bool card = tender->kind == TENDER_CARD && !tender->referring;
    uint64_t without = 0;

    if (tender->kind != TENDER_CASH)
        without |= 1ull << ACTION_DIGIT;
    if (!card)
        without |= 1ull << ACTION_DECLINE;
    if (tender->referring) /* letters are text */
        without |= 1ull << ACTION_PAY | 1ull << ACTION_HELP;
    keybar_line(surface, surface->rows - 1, SCREEN_PAY, 0, card ? _("approved") : NULL, without);
}

void pay_view_draw(struct app *app, struct pay *pay, const struct surface *surface)
{
    bool all = surface->rows >= ROWS_ALL;
    int row = all ? 3 : 1, end = surface->rows - 3, end_bill;

    if (pay->bill.seats == 0) {
        app_head(app, surface, _("PAY"));
        return;
    }
    draw_head(app, &pay->bill, surface);
    if (all)
        surface_rule(surface, 1);
    end_bill = end - (all ? TENDER_ROWS : 3) - (pay->tender.n > 0 ? pay->tender.n + 1 : 0);
    row = draw_bill(app, &pay->bill, surface, row, end_bill);
    if (all)
        row = draw_taxes(&pay->bill, surface, row, end_bill + 1);
    row = draw_parts(pay, surface, row);
    if (pay->bill.exchange && pay->bill.total == 0)
        draw_exchange(app, pay, surface, row + (all ? 1 : 0));
    else
        draw_tender(app, pay, surface, row + (all ? 1 : 0));
    draw_keys(pay, surface);
    draw_kept(app, pay, surface, end);
    if (all)
        surface_rule(surface, surface->rows - 2);
}
