#include "tui/screen/pay_bill.h"

#include <stdio.h>
#include <string.h>

#include "tui/seat_names.h"

/* A seat of either kind of source. */
struct source {
    const char *label, *type, *zone;
    money amount;
};

static bool alike(const struct source *a, const struct source *b)
{
    return strcmp(a->type, b->type) == 0 && strcmp(a->zone, b->zone) == 0;
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

static void add_lines(struct pay_bill *bill, const struct source *seats, int n)
{
    bill->seats = n;
    bill->n = 0;
    for (int i = 0; i < n; i++)
        add_line(bill, seats, n, i);
}

void pay_bill_basket(struct pay_bill *bill, const struct basket *basket)
{
    struct source seats[SEATS_MAX];

    memset(bill, 0, sizeof *bill);
    for (int32_t i = 0; i < basket->n; i++)
        seats[i] = (struct source){basket->seats[i].label, basket->seats[i].type_name,
                                   basket->seats[i].zone, basket->seats[i].amount};
    add_lines(bill, seats, basket->n);
    (void)snprintf(bill->title, sizeof bill->title, "%s", basket->title);
    (void)snprintf(bill->hall, sizeof bill->hall, "%s", basket->hall_name);
    bill->starts_at = basket->starts_at;
    bill->total = basket->total;
}

void pay_bill_booking(struct pay_bill *bill, const struct booking *booking)
{
    struct source seats[SEATS_MAX];

    memset(bill, 0, sizeof *bill);
    for (int32_t i = 0; i < booking->n; i++)
        seats[i] = (struct source){booking->seats[i].label, booking->seats[i].type,
                                   booking->seats[i].zone, booking->seats[i].amount};
    add_lines(bill, seats, booking->n);
    (void)snprintf(bill->title, sizeof bill->title, "%s", booking->title);
    (void)snprintf(bill->hall, sizeof bill->hall, "%s", booking->hall);
    (void)snprintf(bill->name, sizeof bill->name, "%s", booking->name);
    (void)snprintf(bill->code, sizeof bill->code, "%s", booking->code);
    bill->starts_at = booking->starts_at;
    bill->total = booking->total - booking->paid + booking->refunded;
    if (booking->state == BOOKING_SOLD || bill->total < 0)
        bill->total = booking->total;
}
