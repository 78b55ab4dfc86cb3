#include "tui/screen/pay_bill.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "core/rules/cash.h"
#include "tui/seat_names.h"

/* A seat of either kind of source. */
struct source {
    const char *label, *type, *zone;
    money amount;
    int32_t tax;  /* rate; -1: the setting's */
    int32_t part; /* of a basket of several shows */
};

static bool alike(const struct source *a, const struct source *b)
{
    return a->part == b->part && strcmp(a->type, b->type) == 0 && strcmp(a->zone, b->zone) == 0;
}

/* One line of all seats that are like the first one from `at` on, unless it had its line already.
 */
static void add_line(struct pay_bill *bill, const struct source *seats, int n, int at)
{
    char labels[SEATS_MAX][LABEL_SIZE];
    struct pay_line *line = &bill->lines[bill->n];

    for (int i = 0; i < at; i++)
        if (alike(&seats[i], &seats[at]))
            return;
    *line = (struct pay_line){.n = 0};
    for (int i = at; i < n; i++) {
        if (!alike(&seats[i], &seats[at]))
            continue;
        (void)snprintf(labels[line->n++], LABEL_SIZE, "%s", seats[i].label);
        line->amount += seats[i].amount;
    }
    seat_names_join(labels[0], LABEL_SIZE, line->n, line->labels, sizeof line->labels);
    (void)snprintf(line->type, sizeof line->type, "%s", seats[at].type);
    (void)snprintf(line->zone, sizeof line->zone, "%s", seats[at].zone);
    bill->n++;
}

/* The tax in one ticket, to what is of its rate. */
static void add_tax(struct pay_bill *bill, money amount, int32_t rate)
{
    int at = 0;

    while (at < bill->n_taxes && bill->taxes[at].rate != rate)
        at++;
    if (rate <= 0 || at == PAY_TAXES)
        return;
    if (at == bill->n_taxes)
        bill->taxes[bill->n_taxes++] = (struct pay_tax){.rate = rate};
    bill->taxes[at].tax += cash_tax(amount, rate);
}

static void add_lines(struct pay_bill *bill, const struct source *seats, int n, int64_t tax)
{
    bill->seats = n;
    bill->n = bill->n_taxes = 0;
    for (int i = 0; i < n; i++) {
        add_line(bill, seats, n, i);
        add_tax(bill, seats[i].amount, seats[i].tax >= 0 ? seats[i].tax : (int32_t)tax);
    }
}

/* "20:15 Stalker", "Tue 20:15 Stalker": as much of it as fits. */
static char *part_name(const struct basket_part *part, when_ms now, char *buffer, size_t size)
{
    char clock[WHEN_TEXT], day[WHEN_TEXT] = "";
    bool other = when_day(part->starts_at) != when_day(now);

    if (other)
        when_day_name(when_day(part->starts_at), day, sizeof day);
    when_clock(part->starts_at, clock, sizeof clock);
    (void)snprintf(buffer, size, "%.3s%s%s ", day, other ? " " : "", clock);
    size_t used = strlen(buffer), n = text_fit(part->title, (int)(size - used) / 2);
    (void)snprintf(buffer + used, size - used, "%.*s", (int)n, part->title);
    return buffer;
}

/* The head speaks of the show that is looked at twice: one of another day, if there is one. */
static const struct basket_part *part_to_look_at(const struct basket *basket, when_ms now)
{
    for (int32_t i = 0; i < basket->n_parts; i++)
        if (when_day(basket->parts[i].starts_at) != when_day(now))
            return &basket->parts[i];
    return &basket->parts[0];
}

void pay_bill_basket(struct pay_bill *bill, const struct basket *basket, int64_t tax, when_ms now)
{
    const struct basket_part *head = part_to_look_at(basket, now);
    char names[BASKET_SHOWS][PAY_NAME];
    struct source seats[SEATS_MAX] = {0};

    memset(bill, 0, sizeof *bill);
    for (int32_t p = 0; p < basket->n_parts; p++) {
        const struct basket_part *part = &basket->parts[p];
        part_name(part, now, names[p], sizeof names[p]);
        for (int32_t i = part->from; i < part->from + part->n; i++)
            seats[i] = (struct source){basket->seats[i].label,
                                       basket->seats[i].type_name,
                                       basket->n_parts > 1 ? names[p] : basket->seats[i].zone,
                                       basket->seats[i].amount,
                                       basket->seats[i].tax,
                                       p};
    }
    add_lines(bill, seats, basket->n_all, tax);
    bill->shows = basket->n_parts;
    bill->total = basket->total_all;
    if (basket->n_parts == 0)
        return;
    (void)snprintf(bill->title, sizeof bill->title, "%s", head->title);
    (void)snprintf(bill->hall, sizeof bill->hall, "%s", head->hall_name);
    bill->starts_at = head->starts_at;
}

void pay_bill_exchange(struct pay_bill *bill, const struct app_exchange *exchange)
{
    const money more = bill->total - exchange->amount;

    bill->exchange = true;
    /* translators: seats, and the code of their reservation */
    (void)snprintf(bill->given, sizeof bill->given, _("%s of %s"), exchange->labels,
                   exchange->code);
    bill->credit = exchange->amount;
    bill->total = exchange->sold && more > 0 ? more : 0;
    bill->back = exchange->sold && more < 0 ? -more : 0;
    bill->n_taxes = 0; /* they are of the seats, not of a difference */
}

void pay_bill_booking(struct pay_bill *bill, const struct booking *booking, int64_t tax)
{
    struct source seats[SEATS_MAX];

    memset(bill, 0, sizeof *bill);
    for (int32_t i = 0; i < booking->n; i++)
        seats[i] = (struct source){booking->seats[i].label, booking->seats[i].type,
                                   booking->seats[i].zone,  booking->seats[i].amount,
                                   booking->seats[i].tax,   0};
    add_lines(bill, seats, booking->n, tax);
    (void)snprintf(bill->title, sizeof bill->title, "%s", booking->title);
    (void)snprintf(bill->hall, sizeof bill->hall, "%s", booking->hall);
    (void)snprintf(bill->name, sizeof bill->name, "%s", booking->name);
    (void)snprintf(bill->code, sizeof bill->code, "%s", booking->code);
    bill->starts_at = booking->starts_at;
    bill->total = booking->total - booking->paid + booking->refunded;
    if (booking->state == BOOKING_SOLD || bill->total < 0)
        bill->total = booking->total;
}
