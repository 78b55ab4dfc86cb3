#include "core/desk/ticket_paper.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/cash.h"
#include "core/rules/scan.h"

enum { TEXTS = 220, TEXT = 48 };

/* Values and the texts they borrow. */
struct paper {
    struct layout_values values;
    int n;
    char texts[TEXTS][TEXT];
    char moment[2 * WHEN_TEXT];
    char labels[SEATS_MAX][LABEL_SIZE * SEATS_MAX];
};

/* Room for one more text. */
static char *text(struct paper *paper)
{
    return paper->texts[paper->n < TEXTS - 1 ? paper->n++ : TEXTS - 1];
}

static const char *amount(struct paper *paper, money sum)
{
    return money_format(sum, text(paper), TEXT);
}

static const char *number(struct paper *paper, int64_t n)
{
    char *out = text(paper);

    (void)snprintf(out, TEXT, "%" PRId64, n);
    return out;
}

static void field(struct paper *paper, const char *name, const char *value)
{
    if (paper->values.n < LAYOUT_FIELDS)
        paper->values.fields[paper->values.n++] = (struct layout_field){name, value};
}

static void row_field(struct layout_row *row, const char *name, const char *value)
{
    row->fields[row->n++] = (struct layout_field){name, value};
}

/* --- tax ------------------------------------------------------------------------------------- */

/* The rate of a ticket's type, or the house's. */
static int32_t rate_of(const struct ticket *ticket, const struct ticket_house *house)
{
    return ticket->tax >= 0 ? ticket->tax : (int32_t)house->tax;
}

static const char *rate_text(struct paper *paper, int32_t rate)
{
    return cash_rate(rate, text(paper), TEXT);
}

/* --- what tickets and receipts have in common ------------------------------------------------ */

static void common(struct paper *paper, const struct ticket_sheet *sheet,
                   const struct ticket_house *house, int64_t serial)
{
    char day[WHEN_TEXT], clock[WHEN_TEXT], *out;

    memset(paper, 0, sizeof *paper);
    field(paper, "venue", *house->venue ? house->venue : sheet->venue);
    field(paper, "title", sheet->title);
    field(paper, "hall", sheet->hall);
    field(paper, "currency", sheet->currency);
    field(paper, "stamp", sheet->stamp);
    field(paper, "code", sheet->code);
    field(paper, "terminal", sheet->terminal);
    field(paper, "operator", number(paper, sheet->operator_number));
    field(paper, "time", when_clock(sheet->starts_at, text(paper), TEXT));
    field(paper, "day", when_weekday(when_day(sheet->starts_at)));
    field(paper, "date", when_day_iso(when_day(sheet->starts_at), text(paper), TEXT));
    (void)snprintf(paper->moment, sizeof paper->moment, "%s %s",
                   when_day_iso(when_day(sheet->sold_at), day, sizeof day),
                   when_clock(sheet->sold_at, clock, sizeof clock));
    field(paper, "sold", paper->moment);
    out = text(paper);
    if (!sheet->training) /* the real sale that it was copied from would be let in by it */
        (void)scan_make(serial, sheet->code, out); /* "" for a code of before: then no QR */
    field(paper, "scan", out);
}

/* --- a ticket -------------------------------------------------------------------------------- */

bool ticket_paper(const struct ticket_sheet *sheet, const struct ticket *ticket,
                  const struct ticket_house *house, struct layout_lines *lines)
{
    struct paper paper;
    int32_t rate = rate_of(ticket, house);

    common(&paper, sheet, house, ticket->serial);
    field(&paper, "block", ticket->block);
    field(&paper, "zone", ticket->zone);
    field(&paper, "row", ticket->row);
    field(&paper, "number", number(&paper, ticket->number));
    field(&paper, "seat", ticket->label);
    field(&paper, "type", ticket->type);
    field(&paper, "price", amount(&paper, ticket->amount));
    if (rate > 0) {
        field(&paper, "tax_rate", rate_text(&paper, rate));
        field(&paper, "tax", amount(&paper, cash_tax(ticket->amount, rate)));
    }
    field(&paper, "serial", ticket->serial > 0 ? number(&paper, ticket->serial) : "-");
    if (ticket->copies > 0) {
        field(&paper, "duplicate", number(&paper, ticket->copies));
        field(&paper, "reason", ticket->reason);
    }
    return layout_make(house->ticket, &paper.values, house->columns, lines);
}

bool ticket_paper_serials(const struct ticket_sheet *sheet, const int64_t *serials, int n,
                          const struct ticket_house *house, struct layout_lines *lines)
{
    bool made = true;

    for (int32_t i = 0; i < sheet->n && made; i++)
        for (int j = 0; j < n && made; j++)
            if (serials[j] != 0 && sheet->tickets[i].serial == serials[j])
                made = ticket_paper(sheet, &sheet->tickets[i], house, lines);
    return made;
}

/* --- a receipt ------------------------------------------------------------------------------- */

/* Seats of one type and price are one line. */
static void add_lines(struct paper *paper, const struct ticket_sheet *sheet)
{
    struct layout_group *group = &paper->values.groups[0];
    money sums[SEATS_MAX] = {0};
    int firsts[SEATS_MAX] = {0};

    group->name = "lines";
    for (int32_t i = 0; i < sheet->n; i++) {
        const struct ticket *ticket = &sheet->tickets[i];
        size_t at = 0;

        while (at < group->n && (strcmp(sheet->tickets[firsts[at]].type, ticket->type) != 0 ||
                                 sheet->tickets[firsts[at]].amount != ticket->amount))
            at++;
        if (at == group->n)
            firsts[group->n++] = i;
        size_t used = strlen(paper->labels[at]);
        (void)snprintf(paper->labels[at] + used, sizeof paper->labels[at] - used, "%s%s",
                       used > 0 ? ", " : "", ticket->label);
        sums[at] += ticket->amount;
    }
    for (size_t at = 0; at < group->n; at++) {
        const struct ticket *first = &sheet->tickets[firsts[at]];

        row_field(&group->rows[at], "seats", paper->labels[at]);
        row_field(&group->rows[at], "type", first->type);
        row_field(&group->rows[at], "zone", first->zone);
        row_field(&group->rows[at], "price", amount(paper, sums[at]));
    }
}

static void add_tenders(struct paper *paper, const struct ticket_sheet *sheet)
{
    struct layout_group *group = &paper->values.groups[1];
    money change = 0, rounding = 0;

    group->name = "tenders";
    for (int32_t i = 0; i < sheet->n_tenders; i++) {
        const struct ticket_tender *tender = &sheet->tenders[i];
        struct layout_row *row = &group->rows[group->n++];
        char *word = text(paper);
        money due = tender->amount + tender->rounding;
        money shown = tender->given > due ? tender->given : due;

        /* translators: on a receipt, a tender in front of an amount: "refunded cash"; "card, paid
         * before" is what went along in an exchange */
        (void)snprintf(word, TEXT,
                       tender->carried  ? tender->refund ? _("%s, exchanged") : _("%s, paid before")
                        : tender->refund ? _("refunded %s")
                                        : "%s",
                       _(tender->word));
        row_field(row, "tender", word);
        row_field(row, "amount", amount(paper, tender->refund ? -shown : shown));
        row_field(row, "given", amount(paper, tender->given));
        if (!tender->refund)
            change += shown - due;
        rounding += tender->refund ? -tender->rounding : tender->rounding;
    }
    if (change > 0)
        field(paper, "change", amount(paper, change));
    if (rounding != 0)
        field(paper, "rounding", amount(paper, rounding));
}

/* The tax of one rate, of all its tickets: rounded a ticket. */
static void add_tax(struct paper *paper, const struct ticket_sheet *sheet,
                    const struct ticket_house *house, int32_t rate)
{
    struct layout_group *group = &paper->values.groups[2];
    struct layout_row *row = &group->rows[group->n++];
    money all = 0, tax = 0;

    for (int32_t i = 0; i < sheet->n; i++) {
        if (rate_of(&sheet->tickets[i], house) != rate)
            continue;
        all += sheet->tickets[i].amount;
        tax += cash_tax(sheet->tickets[i].amount, rate);
    }
    row_field(row, "tax_rate", rate_text(paper, rate));
    row_field(row, "net", amount(paper, all - tax));
    row_field(row, "tax", amount(paper, tax));
}

/* A row a rate, in the order of the tickets; none of what is not taxed. */
static void add_taxes(struct paper *paper, const struct ticket_sheet *sheet,
                      const struct ticket_house *house)
{
    paper->values.groups[2].name = "taxes";
    for (int32_t i = 0; i < sheet->n; i++) {
        int32_t rate = rate_of(&sheet->tickets[i], house), before = 0;

        while (before < i && rate_of(&sheet->tickets[before], house) != rate)
            before++;
        if (before == i && rate > 0)
            add_tax(paper, sheet, house, rate);
    }
}

bool ticket_paper_receipt(const struct ticket_sheet *sheet, const struct ticket_house *house,
                          struct layout_lines *lines)
{
    struct paper paper;

    common(&paper, sheet, house, 0);
    field(&paper, "total", amount(&paper, sheet->total));
    if (sheet->till.n != 0)
        field(&paper, "till", number(&paper, sheet->till.n));
    add_lines(&paper, sheet);
    add_tenders(&paper, sheet);
    add_taxes(&paper, sheet, house);
    return layout_make(house->receipt, &paper.values, house->columns, lines);
}
