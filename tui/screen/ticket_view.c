#include "tui/screen/ticket_view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/desk/ticket_paper.h"
#include "core/rules/qr.h"
#include "core/rules/scan.h"
#include "tui/seat_names.h"
#include "tui/stationery.h"
#include "tui/widget/big.h"

enum { LIST_CELLS = 36, WIDE_FROM = 70, TOP = 2 };

const struct ticket *ticket_view_chosen(const struct tickets *tickets)
{
    size_t at = tickets->list.at > 0 ? tickets->list.at - 1 : 0;

    return tickets->sheet && at < (size_t)tickets->sheet->n ? &tickets->sheet->tickets[at] : NULL;
}

bool ticket_view_unprinted(const struct ticket *ticket)
{
    return ticket->print == PRINT_FAILED || ticket->print == PRINT_TORN;
}

/* The sale among those that this terminal owes paper; NULL: it is none. */
static const struct owed_sale *owed_of(const struct app *app, const struct tickets *tickets)
{
    for (int32_t i = 0; i < app->unprinted.n; i++)
        if (app->unprinted.sales[i].reservation.n == tickets->id.n)
            return &app->unprinted.sales[i];
    return NULL;
}

bool ticket_view_unknown(const struct app *app, const struct tickets *tickets)
{
    const struct owed_sale *owed = owed_of(app, tickets);

    return owed && owed->unknown;
}

bool ticket_view_any_unprinted(const struct app *app, const struct tickets *tickets)
{
    for (int32_t i = 0; i < tickets->sheet->n; i++)
        if (ticket_view_unprinted(&tickets->sheet->tickets[i]))
            return true;
    return owed_of(app, tickets) != NULL;
}

static const char *print_words(const struct ticket *ticket)
{
    static const char *const words[] = {[PRINT_DUE] = N_("not known"),
                                        [PRINT_PRINTED] = N_("printed"),
                                        [PRINT_FAILED] = N_("FAILED"),
                                        [PRINT_TORN] = N_("TORN")};

    if (ticket->serial == 0)
        return _("none yet");
    return ticket->state == TICKET_USED ? _("used") : _(words[ticket->print]);
}

static void draw_row(void *context, size_t item, bool is_chosen, const struct surface *line)
{
    const struct tickets *tickets = context;
    enum style style = is_chosen ? STYLE_STRONG : STYLE_NORMAL;

    surface_put(line, 0, 0, STYLE_STRONG, is_chosen ? ">" : " ");
    if (item == 0) {
        surface_printf(line, 0, 2, style, _("all %d"), (int)tickets->sheet->n);
        return;
    }
    const struct ticket *ticket = &tickets->sheet->tickets[item - 1];
    char label[LABEL_SIZE + sizeof "…"];
    surface_put(line, 0, 2, style, seat_name_short(ticket->label, 9, label, sizeof label));
    if (ticket->serial > 0)
        surface_printf(line, 0, 12, style, "%" PRId64, ticket->serial);
    surface_put_short(line, 0, 20, ticket->copies > 0 ? 9 : LIST_CELLS - 20,
                      ticket_view_unprinted(ticket) ? STYLE_WARN : style, print_words(ticket));
    if (ticket->copies > 0)
        surface_printf(line, 0, 30, style, /* translators: of a ticket: how often again; 5 cells */
                       _("dup %d"), (int)ticket->copies);
}

/* A code in half blocks, light on a dark screen, two rows of modules in one of cells. */
static void draw_qr(const struct surface *surface, int row, const char *text)
{
    struct qr qr;

    if (!*text || !qr_make(text, &qr))
        return;
    for (int y = -2; y < qr.size + 2; y += 2)
        for (int x = -2; x < qr.size + 2; x++) {
            bool up = !qr_dark(&qr, y, x), down = !qr_dark(&qr, y + 1, x);

            surface_put(surface, row + (y + 2) / 2, x + 4, STYLE_NORMAL,
                        up && down ? "█"
                        : up       ? "▀"
                        : down     ? "▄"
                                   : " ");
        }
    surface_put(surface, row + (qr.size + 5) / 2, 2, STYLE_FAINT, text);
}

static void draw_paper(struct app *app, const struct tickets *tickets,
                       const struct surface *surface)
{
    const struct stationery *stationery = app_stationery(app);
    const struct ticket *ticket = ticket_view_chosen(tickets);
    struct layout_lines lines = {.plain = true};
    int row = 0;

    if (!stationery || !ticket)
        return;
    if (tickets->receipt)
        (void)ticket_paper_receipt(tickets->sheet, &stationery->house, &lines);
    else
        (void)ticket_paper(tickets->sheet, ticket, &stationery->house, &lines);
    for (size_t i = 0; i < lines.n && row < surface->rows; i++)
        if (lines.lines[i].mark == MARK_TEXT)
            surface_put(surface, row++, 0, lines.lines[i].bold ? STYLE_STRONG : STYLE_NORMAL,
                        lines.lines[i].text);
    layout_fini(&lines);
}

/* The seats, as large as they can be read: as many as there is room for. */
static void draw_large(const struct app *app, const struct tickets *tickets,
                       const struct surface *surface)
{
    int row = TOP + 1, column = 2;
    int32_t i = 0;

    surface_put(
        surface, TOP - 1, 2, STYLE_WARN,
        ticket_view_unknown(app, tickets)
            ? _("NOT KNOWN whether it is printed. Paid: let them in; i prints anew, marked.")
            : _("NOT PRINTED. The sale stands: these seats are paid, let them in."));
    for (; i < tickets->sheet->n; i++) {
        int cells = big_cells(tickets->sheet->tickets[i].label);

        if (column > 2 && column + cells > surface->columns - 1) {
            column = 2;
            row += BIG_ROWS + 1;
        }
        if (row + BIG_ROWS > surface->rows - 4)
            break;
        column = big_put(surface, row, column, STYLE_STRONG, tickets->sheet->tickets[i].label) + 4;
    }
    if (i < tickets->sheet->n)
        surface_printf(surface, surface->rows - 4, 2, STYLE_WARN, _("and %d seats more"),
                       (int)(tickets->sheet->n - i));
}

static void draw_sheet(struct app *app, struct tickets *tickets, const struct surface *surface)
{
    bool wide = surface->columns >= WIDE_FROM;
    int list_rows = wide ? 5 : surface->rows - 5;
    char scan[SCAN_SIZE] = "";
    const struct ticket *ticket = ticket_view_chosen(tickets);

    list_draw(&tickets->list, surface, TOP, list_rows, draw_row, tickets);
    if (!wide)
        return;
    struct surface left = surface_part(surface, TOP + 5, 0, surface->rows - TOP - 8, LIST_CELLS);
    struct surface right = surface_part(surface, 1, LIST_CELLS + 1, surface->rows - 4,
                                        surface->columns - LIST_CELLS - 1);
    if (ticket && (tickets->receipt || ticket->serial > 0))
        (void)scan_make(tickets->receipt ? 0 : ticket->serial, tickets->sheet->code, scan);
    draw_qr(&left, 0, scan);
    draw_paper(app, tickets, &right);
}

static void draw_question(struct tickets *tickets, const struct surface *surface)
{
    int row = surface->rows - 3;

    if (tickets->asking)
        surface_put(surface, row, 1, STYLE_STRONG,
                    _("y it came out torn: the same again   i a new one, with a reason"));
    if (!tickets->reasoning)
        return;
    int column = surface_put(surface, row, 1, STYLE_STRONG, _("Printed anew because: "));
    editor_draw(&tickets->editor, surface, row, column, surface->columns - column - 1, true);
}

void ticket_view_draw(struct app *app, struct tickets *tickets, const struct surface *surface)
{
    char left[TITLE_SIZE + 64];
    const char *what = tickets->receipt ? _("RECEIPT") : _("TICKETS");

    if (tickets->sheet)
        (void)snprintf(left, sizeof left, "%s %s  %s", what, tickets->sheet->code,
                       tickets->sheet->title);
    app_head(app, surface, tickets->sheet ? left : _("TICKETS"));
    if (!tickets->sheet)
        return;
    if (ticket_view_any_unprinted(app, tickets))
        draw_large(app, tickets, surface);
    else
        draw_sheet(app, tickets, surface);
    surface_rule(surface, surface->rows - 2);
    draw_question(tickets, surface);
}
