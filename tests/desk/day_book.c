/* The book that the test keeps of the day: sums in its own way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/desk/day.h"

int day_below(struct day *day, int n)
{
    return (int)kit_below(&day->random, (uint64_t)n);
}

money day_price(const struct day *day, int show, seat_id seat, int type)
{
    assert_true(seat.n > 0 && seat.n < DAY_SEATS);
    return day->prices[show][(int)day->zones[seat.n]][type];
}

money day_due(const struct day *day, const struct day_sale *sale)
{
    money due = 0;

    for (int i = 0; i < sale->n; i++)
        due += day_price(day, sale->show, sale->seats[i], sale->types[i]);
    return due;
}

/* What cash for an amount comes to in coins: the nearest, the larger of two. */
static money in_coins(money amount)
{
    money rest = amount % DAY_ROUND;

    return 2 * rest >= DAY_ROUND ? amount - rest + DAY_ROUND : amount - rest;
}

static void add_tender(struct day_bill *bill, int kind, money amount, money given,
                       const char *reference)
{
    struct tender *tender = &bill->tenders[bill->n++];

    *tender = (struct tender){.kind = kind, .amount = amount, .given = given};
    (void)snprintf(tender->reference, sizeof tender->reference, "%s", reference);
}

/* Cash with change: the customer hands over more than it comes to. */
static void add_cash(struct day *day, struct day_bill *bill, money amount)
{
    money coins = in_coins(amount);
    money given = coins + 5 * day_below(day, 2000);

    add_tender(bill, TENDER_CASH, amount, given, "");
    bill->change += given - coins;
    bill->rounding += coins - amount;
}

static void split(struct day *day, struct day_bill *bill, money due)
{
    money voucher = 1 + day_below(day, (int)due / 2);
    money card = 1 + day_below(day, (int)due / 4);

    day->splits++;
    add_tender(bill, TENDER_VOUCHER, voucher, 0, "V-77");
    if (day_below(day, 2) == 0)
        add_tender(bill, TENDER_CARD, card, 0, "slip 12");
    else
        card = 0;
    add_cash(day, bill, due - voucher - card);
}

struct day_bill day_bill(struct day *day, money due)
{
    struct day_bill bill = {.n = 0};

    switch (day_below(day, 10)) {
    case 0:
    case 1: /* no tender at all: cash, exact */
        bill.rounding = in_coins(due) - due;
        break;
    case 2:
    case 3:
    case 4:
        add_cash(day, &bill, due);
        break;
    case 5:
        add_tender(&bill, TENDER_VOUCHER, -1, 0, "V-12");
        break;
    case 6:
    case 7:
        split(day, &bill, due);
        break;
    case 8:
        add_tender(&bill, TENDER_CARD, -1, 0, "slip 4471");
        break;
    default:
        add_tender(&bill, day_below(day, 3) == 0 ? TENDER_COMP : TENDER_CARD, due, 0, "press");
        if (bill.tenders[0].kind == TENDER_COMP)
            bill.approver = DAY_SUPERVISOR;
        day->comps += bill.approver != 0;
    }
    return bill;
}

static int rate_of(int type)
{
    return type == 2 ? 1 : 0; /* students' tickets have a rate of their own */
}

/* The tax in a price, half a cent up. */
static money tax_in(money amount, int type)
{
    money rate = rate_of(type) == 1 ? 1900 : DAY_TAX;

    return (2 * amount * rate / (10000 + rate) + 1) / 2;
}

static void enter_seat(struct tally *tally, int clerk, money amount, int type, int sign)
{
    int rate = rate_of(type);

    tally->seats[type] += sign;
    tally->types[type] += sign * amount;
    tally->rate_seats[rate] += sign;
    tally->rates[rate] += sign * amount;
    tally->taxes[rate] += sign * tax_in(amount, type);
    tally->staff_seats[clerk] += sign;
    tally->staff[clerk] += sign * amount;
}

static void enter_tender(struct tally *tally, int kind, money amount, int sign)
{
    money coins = kind == TENDER_CASH ? in_coins(amount) : amount;

    tally->rows[kind]++;
    tally->tenders[kind] += sign * amount;
    tally->rounding += sign * (coins - amount);
    if (kind == TENDER_CASH)
        tally->drawer += sign * coins;
}

static money *left_of(struct day_sale *sale, int kind)
{
    for (int i = 0; i < sale->n_kinds; i++)
        if (sale->kinds[i] == kind)
            return &sale->left[i];
    sale->kinds[sale->n_kinds] = kind;
    sale->left[sale->n_kinds] = 0;
    return &sale->left[sale->n_kinds++];
}

void day_enter_sale(struct day *day, int till, int clerk, struct day_sale *sale,
                    const struct day_bill *bill)
{
    struct tally *tally = &day->tallies[till];
    struct day_bill exact = {.n = 1, .tenders = {{.kind = TENDER_CASH, .amount = -1}}};
    money due = day_due(day, sale);

    for (int i = 0; i < sale->n; i++) {
        bool *taken = &day->taken[sale->show][sale->seats[i].n];

        if (*taken)
            fail_msg("seat %d of show %d was sold twice", (int)sale->seats[i].n, sale->show);
        *taken = true;
        enter_seat(tally, clerk, day_price(day, sale->show, sale->seats[i], sale->types[i]),
                   sale->types[i], 1);
    }
    if (bill->n == 0)
        bill = &exact;
    for (int i = 0; i < bill->n; i++) {
        const struct tender *tender = &bill->tenders[i];
        money amount = tender->amount == -1 ? due : tender->amount;

        enter_tender(tally, tender->kind, amount, 1);
        *left_of(sale, tender->kind) += amount;
    }
    sale->till = till;
    sale->sold_at = day->box.now;
    assert_true(day->n_sales < DAY_SALES);
    day->sales[day->n_sales++] = *sale;
}

void day_enter_seat_back(struct day *day, int till, int clerk, struct day_sale *sale, int nth,
                         enum day_back how)
{
    struct tally *tally = &day->tallies[till];
    money amount = day_price(day, sale->show, sale->seats[nth], sale->types[nth]);

    enter_seat(tally, clerk, amount, sale->types[nth], -1);
    tally->back_seats[how]++;
    tally->back[how] += amount;
    day->taken[sale->show][sale->seats[nth].n] = false;
    sale->n--;
    memmove(&sale->seats[nth], &sale->seats[nth + 1],
            (size_t)(sale->n - nth) * sizeof sale->seats[0]);
    memmove(&sale->types[nth], &sale->types[nth + 1],
            (size_t)(sale->n - nth) * sizeof sale->types[0]);
}

void day_enter_money_back(struct day *day, int till, struct day_sale *sale, money amount)
{
    for (int i = 0; i < sale->n_kinds && amount > 0; i++) {
        money part = sale->left[i] < amount ? sale->left[i] : amount;

        if (part == 0)
            continue;
        enter_tender(&day->tallies[till], sale->kinds[i], part, -1);
        sale->left[i] -= part;
        amount -= part;
    }
    assert_int_equal(amount, 0);
}

void day_enter_all_back(struct day *day, int till, int clerk, struct day_sale *sale,
                        enum day_back how)
{
    while (sale->n > 0)
        day_enter_seat_back(day, till, clerk, sale, 0, how);
}

/* A seat that somebody has for another. */
static void enter_got(struct tally *tally, int clerk, money amount, int type)
{
    enter_seat(tally, clerk, amount, type, 1);
    tally->got_seats++;
    tally->got += amount;
}

void day_enter_exchange(struct day *day, int till, int clerk, struct day_sale *sale, int nth,
                        seat_id to, int kind)
{
    int type = sale->types[nth];
    money was = day_price(day, sale->show, sale->seats[nth], type);
    money is = day_price(day, sale->show, to, type);

    day_enter_seat_back(day, till, clerk, sale, nth, DAY_EXCHANGE);
    assert_false(day->taken[sale->show][to.n]);
    day->taken[sale->show][to.n] = true;
    enter_got(&day->tallies[till], clerk, is, type);
    day->tallies[till].exchanges++;
    sale->seats[sale->n] = to;
    sale->types[sale->n++] = type;
    if (is > was) {
        enter_tender(&day->tallies[till], kind, is - was, 1);
        *left_of(sale, kind) += is - was;
    } else {
        day_enter_money_back(day, till, sale, was - is);
    }
}

/* What a sale was paid with goes along, up to `most`, tender by tender, past the drawer. */
static void carry(struct day_sale *sale, struct day_sale *made, money most)
{
    for (int i = 0; i < sale->n_kinds && most > 0; i++) {
        money part = sale->left[i] < most ? sale->left[i] : most;

        sale->left[i] -= part;
        *left_of(made, sale->kinds[i]) += part;
        most -= part;
    }
    assert_int_equal(most, 0);
}

void day_enter_show_change(struct day *day, int till, int clerk, struct day_sale *sale,
                           struct day_sale *made, int kind)
{
    money was = day_due(day, sale), is;

    made->n = sale->n;
    memcpy(made->types, sale->types, sizeof made->types);
    is = day_due(day, made);
    day_enter_all_back(day, till, clerk, sale, DAY_EXCHANGE);
    day->tallies[till].exchanges++;
    if (is < was)
        day_enter_money_back(day, till, sale, was - is);
    carry(sale, made, is < was ? is : was);
    for (int i = 0; i < made->n; i++) {
        assert_false(day->taken[made->show][made->seats[i].n]);
        day->taken[made->show][made->seats[i].n] = true;
        enter_got(&day->tallies[till], clerk,
                  day_price(day, made->show, made->seats[i], made->types[i]), made->types[i]);
    }
    if (is > was) {
        enter_tender(&day->tallies[till], kind, is - was, 1);
        *left_of(made, kind) += is - was;
    }
    made->till = sale->till; /* it is as fresh as what it came from */
    made->sold_at = sale->sold_at;
    assert_true(day->n_sales < DAY_SALES);
    day->sales[day->n_sales++] = *made;
}

money day_paid_otherwise(const struct day_sale *sale, int kind)
{
    money sum = 0;

    for (int i = 0; i < sale->n_kinds; i++)
        if (sale->kinds[i] != kind)
            sum += sale->left[i];
    return sum;
}

money day_enter_swap(struct day *day, int till, struct day_sale *sale, int kind)
{
    money sum = day_paid_otherwise(sale, kind);

    for (int i = 0; i < sale->n_kinds; i++) {
        if (sale->kinds[i] == kind || sale->left[i] == 0)
            continue;
        enter_tender(&day->tallies[till], sale->kinds[i], sale->left[i], -1);
        sale->left[i] = 0;
    }
    enter_tender(&day->tallies[till], kind, sum, 1);
    *left_of(sale, kind) += sum;
    return sum;
}

struct tally day_total(const struct day *day)
{
    struct tally all = {.opening = 0};

    for (int t = 0; t <= DAY_TILLS; t++) {
        const struct tally *one = &day->tallies[t];

        for (int i = 0; i < DAY_TYPES; i++) {
            all.seats[i] += one->seats[i];
            all.types[i] += one->types[i];
        }
        for (int i = 0; i < DAY_RATES; i++) {
            all.rate_seats[i] += one->rate_seats[i];
            all.rates[i] += one->rates[i];
            all.taxes[i] += one->taxes[i];
        }
        for (int i = 0; i < DAY_STAFF; i++) {
            all.staff_seats[i] += one->staff_seats[i];
            all.staff[i] += one->staff[i];
        }
        for (int i = 0; i < DAY_KINDS; i++) {
            all.rows[i] += one->rows[i];
            all.tenders[i] += one->tenders[i];
        }
        for (int i = 0; i < DAY_BACKS; i++) {
            all.back_seats[i] += one->back_seats[i];
            all.back[i] += one->back[i];
        }
        all.exchanges += one->exchanges;
        all.got_seats += one->got_seats;
        all.got += one->got;
        all.rounding += one->rounding;
    }
    return all;
}
