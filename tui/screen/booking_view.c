#include "tui/screen/booking_view.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/screen/money_back.h"
#include "tui/screen/offer_say.h"
#include "tui/screen/showing.h"
#include "tui/seat_names.h"

enum { ROWS_ALL = 18, COLUMNS_ALL = 60 };

bool booking_view_has(const struct booking_view *view, seat_id seat)
{
    for (int i = 0; i < view->n_chosen; i++)
        if (view->chosen[i].n == seat.n)
            return true;
    return false;
}

/* Does a cancellation take it? */
static bool goes(const struct booking_view *view, seat_id seat)
{
    return view->n_chosen == 0 || booking_view_has(view, seat);
}

char *booking_view_seats(const struct booking_view *view, char *buffer, size_t size)
{
    char labels[SEATS_MAX][LABEL_SIZE];
    int n = 0;

    for (int32_t i = 0; view->booking && i < view->booking->n; i++)
        if (goes(view, view->booking->seats[i].seat))
            (void)snprintf(labels[n++], LABEL_SIZE, "%s", view->booking->seats[i].label);
    return seat_names_join(labels[0], LABEL_SIZE, n, buffer, size);
}

static money amount_of(const struct booking_view *view)
{
    money amount = 0;

    for (int32_t i = 0; i < view->booking->n; i++)
        if (goes(view, view->booking->seats[i].seat))
            amount += view->booking->seats[i].amount;
    return amount;
}

char *booking_view_refund(const struct booking_view *view, char *buffer, size_t size)
{
    buffer[0] = '\0';
    return view->booking->state == BOOKING_SOLD
               ? money_back_text(view->booking, amount_of(view), buffer, size)
               : buffer;
}

/* --- facts ----------------------------------------------------------------------------------- */

/* "to be collected by 19:15 today, in 28 min", "paid", "lapsed". */
static void state_text(struct app *app, const struct booking *booking, char *buffer, size_t size)
{
    char when[2 * WHEN_TEXT], left[2 * WHEN_TEXT];

    if (booking->deadline == 0 ||
        (booking->state != BOOKING_OFFERED && booking->state != BOOKING_RESERVED)) {
        (void)snprintf(buffer, size, "%s", _(booking_word(booking->state)));
        return;
    }
    /* translators: the state, a day and time, how far that is: "reserved, collect by 19:15 today,
     * in 28 min" */
    (void)snprintf(
        buffer, size,
        booking->state == BOOKING_OFFERED ? _("%s, offer ends %s, %s") : _("%s, collect by %s, %s"),
        _(booking_word(booking->state)), offer_say_when(app, booking->deadline, when, sizeof when),
        showing_distance(app, booking->deadline, left, sizeof left));
}

static void money_text(const struct booking *booking, char *buffer, size_t size)
{
    char total[MONEY_TEXT], paid[MONEY_TEXT], back[MONEY_TEXT];

    money_format(booking->total, total, sizeof total);
    if (booking->paid == 0)
        (void)snprintf(buffer, size, _("%s, nothing paid"), total);
    else if (booking->refunded == 0)
        (void)snprintf(buffer, size, _("%s, paid %s"), total, booking->tenders);
    else
        (void)snprintf(buffer, size, _("%s, paid %s (%s), refunded %s"), total,
                       money_format(booking->paid, paid, sizeof paid), booking->tenders,
                       money_format(booking->refunded, back, sizeof back));
}

enum { FACT_NAME, FACT_TOTAL, FACT_NOTE, FACT_WERE, FACT_MOVED, FACT_PARTY, FACT_MADE, FACTS };

/* What the facts are called; the widest one makes the column. */
static const char *const facts[FACTS] = {[FACT_NAME] = N_("Name"),
                                         [FACT_TOTAL] = N_("Total"),
                                         [FACT_NOTE] = N_("Note"),
                                         /* translators: seats that a booking had */
                                         [FACT_WERE] = N_("Were"),
                                         [FACT_MOVED] = N_("Moved"),
                                         [FACT_PARTY] = N_("Party"),
                                         [FACT_MADE] = N_("Made")};

static int draw_fact(const struct surface *surface, int row, int fact, const char *is)
{
    if (!*is || row >= surface->rows)
        return row;
    surface_put(surface, row, 1, STYLE_FAINT, _(facts[fact]));
    surface_put(surface, row, 3 + surface_widest(facts, FACTS), STYLE_NORMAL, is);
    return row + 1;
}

/* Which reservation its seats came from, and which others of it went to. */
static int draw_moved(const struct booking *booking, const struct surface *surface, int row)
{
    char text[128];

    if (booking->from[0] && booking->to[0]) /* translators: codes of reservations */
        (void)snprintf(text, sizeof text, _("from %s, and some to %s"), booking->from, booking->to);
    else if (booking->from[0])
        (void)snprintf(text, sizeof text, _("from %s"), booking->from);
    else
        (void)snprintf(text, sizeof text, _("to %s"), booking->to);
    return booking->from[0] || booking->to[0] ? draw_fact(surface, row, FACT_MOVED, text) : row;
}

/* When and where it was made, and by whom, by name where staff has one. */
static int draw_made(struct app *app, const struct booking *booking, const struct surface *surface,
                     int row)
{
    const int number = (int)booking->operator_number;
    const char *name = app_who(app, number, "");
    char text[256], day[WHEN_TEXT], clock[WHEN_TEXT];

    when_day_name(when_day(booking->made_at), day, sizeof day);
    when_clock(booking->made_at, clock, sizeof clock);
    if (name[0] != '\0') /* translators: day, time, terminal, number and name of who did it */
        (void)snprintf(text, sizeof text, _("%s %s on %s, by %d %s"), day, clock, booking->terminal,
                       number, name);
    else /* translators: day, time, terminal, number of who did it */
        (void)snprintf(text, sizeof text, _("%s %s on %s, operator %d"), day, clock,
                       booking->terminal, number);
    return draw_fact(surface, row, FACT_MADE, text);
}

static int draw_facts(struct app *app, const struct booking *booking, const struct surface *surface,
                      int row)
{
    char text[256];
    bool all = surface->rows >= ROWS_ALL;
    int column = surface_put(surface, row, 1, STYLE_MINE, booking->code);

    state_text(app, booking, text, sizeof text);
    bool over = booking->state == BOOKING_CANCELLED || booking->state == BOOKING_LAPSED;
    surface_put(surface, row++, column + 2, over ? STYLE_WARN : STYLE_STRONG, text);
    (void)snprintf(text, sizeof text, "%s%s%s", booking->name[0] ? booking->name : _("no name"),
                   booking->phone[0] ? "  " : "", booking->phone);
    row = draw_fact(surface, row, FACT_NAME, text);
    money_text(booking, text, sizeof text);
    row = draw_fact(surface, row, FACT_TOTAL, text);
    if (!all)
        return row;
    row = draw_fact(surface, row, FACT_NOTE, booking->note);
    row = draw_fact(surface, row, FACT_WERE, booking->seats_were);
    row = draw_moved(booking, surface, row);
    if (booking->entry.n) {
        (void)snprintf(text, sizeof text, _("from the waiting list, a party of %d"),
                       booking->party);
        row = draw_fact(surface, row, FACT_PARTY, text);
    }
    return draw_made(app, booking, surface, row);
}

static void draw_seat(void *context, size_t item, bool chosen, const struct surface *line)
{
    const struct booking_view *view = context;
    const struct booking_seat *seat = &view->booking->seats[item];
    bool taken = booking_view_has(view, seat->seat);
    char amount[MONEY_TEXT], label[LABEL_SIZE + sizeof "…"];
    int zone = line->columns >= COLUMNS_ALL ? 18 : 12;

    surface_put(line, 0, 0, STYLE_STRONG, chosen ? ">" : " ");
    surface_put(line, 0, 1, STYLE_WARN, taken ? "x" : " ");
    surface_put(line, 0, 3, STYLE_STRONG,
                seat_name_short(seat->label, zone - 4, label, sizeof label));
    surface_put_cells(line, 0, zone, 13, STYLE_NORMAL, seat->zone);
    surface_put_cells(line, 0, zone + 14, 9, STYLE_NORMAL, seat->type);
    surface_right(line, 0, zone + 26, 12, STYLE_NORMAL,
                  money_format(seat->amount, amount, sizeof amount));
}

/* What becomes of seats that are given back. */
static const char *fate(const struct booking_view *view)
{
    const unsigned n = (unsigned)(view->n_chosen > 0 ? view->n_chosen : view->booking->n);

    if (!view->list)
        return "";
    return view->list->n > 0 ? ngettext("the seat is kept for the waiting list",
                                        "the seats are kept for the waiting list", n)
                             : ngettext("the seat is free", "the seats are free", n);
}

static void draw_question(struct booking_view *view, const struct surface *surface, int row)
{
    char seats[256], refund[128];
    bool sold = view->booking->state == BOOKING_SOLD;

    booking_view_seats(view, seats, sizeof seats);
    booking_view_refund(view, refund, sizeof refund);
    surface_fill(surface, row - 1, 0, surface->columns, STYLE_NORMAL, " ");
    if (!refund[0])
        (void)snprintf(refund, sizeof refund, "%s", _("nothing to refund"));
    if (sold) /* translators: seats, what is given back, what becomes of the seats */
        surface_printf(surface, row - 1, 1, STYLE_WARN, _("Refund %s: %s.  Why?  %s"), seats,
                       refund, fate(view));
    else
        surface_printf(surface, row - 1, 1, STYLE_WARN,
                       view->booking->state == BOOKING_OFFERED ? _("Decline %s: %s.")
                                                               : _("Cancel %s: %s."),
                       seats, refund);
    if (sold) {
        reason_ask_draw(&view->why, surface, row);
        return;
    }
    surface_fill(surface, row, 0, surface->columns, STYLE_NORMAL, " ");
    surface_printf(surface, row, 1, STYLE_WARN, _("y yes, any other key no.  %s"), fate(view));
}

/* What can be done, where no question or message stands. */
static void draw_prompt(const struct booking_view *view, const struct surface *surface, int row)
{
    const struct booking *booking = view->booking;

    if (booking->state == BOOKING_OFFERED)
        surface_put(surface, row, 1, STYLE_NORMAL,
                    _("p accepts the offer and pays it, x declines"));
    else if (booking->state == BOOKING_RESERVED)
        surface_put(surface, row, 1, STYLE_NORMAL,
                    _("p pays it, x cancels or e exchanges all or what Space chose"));
    else if (booking->state == BOOKING_LAPSED)
        surface_put(surface, row, 1, STYLE_NORMAL, _("b reserves the best again for this name"));
    else if (booking->state == BOOKING_SOLD)
        surface_put(surface, row, 1, STYLE_NORMAL,
                    _("f refunds all or what Space chose, e exchanges it, i shows the tickets"));
}

void booking_view_draw(struct app *app, struct booking_view *view, const struct surface *surface)
{
    const struct booking *booking = view->booking;
    struct showing showing = {0};
    int row = 1, end = surface->rows - 4;

    if (booking)
        showing = (struct showing){booking->title, booking->hall, booking->starts_at};
    showing_head(app, surface, _("RESERVATION"), &showing);
    if (surface->rows >= ROWS_ALL)
        surface_rule(surface, row++);
    surface_rule(surface, surface->rows - 2);
    if (!booking)
        return;
    row = draw_facts(app, booking, surface, row);
    if (surface->rows >= ROWS_ALL)
        surface_rule(surface, row++);
    view->list_row = row;
    if (booking->n > 0)
        list_draw(&view->cursor, surface, row, end - row, draw_seat, view);
    else if (booking->seats_were[0])
        surface_printf(surface, row, 1, STYLE_NORMAL, _("Seats were: %s"), booking->seats_were);
    if (view->asking || view->why.asking)
        draw_question(view, surface, surface->rows - 3);
    else
        draw_prompt(view, surface, surface->rows - 3);
}
