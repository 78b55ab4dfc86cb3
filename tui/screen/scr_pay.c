/* Pay: what a basket or a reservation costs, how it is paid, and that it is. How it is drawn is in
 * pay_view.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/screen/pay_view.h"

static bool of_basket(const struct pay *pay)
{
    return pay->reservation.n == 0 && pay->entry.n == 0;
}

/* Cash is the default, unless it should be looked at twice. */
static void begin(struct app *app, struct pay *pay)
{
    pay->tender = pay_view_why(app, &pay->bill) ? TENDER_NONE : TENDER_CASH;
}

static void ask_booking(struct app *app, const struct pay *pay)
{
    union read_args args = {0};

    if (pay->reservation.n != 0) {
        args.booking.id = pay->reservation;
        app_read(app, READ_BOOKING, &args, 0);
    } else {
        args.entry.entry = pay->entry;
        app_read(app, READ_ENTRY, &args, 0);
    }
}

static void pay_open(struct app *app, void *state, const struct screen_args *args)
{
    struct pay *pay = state;

    pay->show = args->show;
    pay->reservation = args->reservation;
    pay->entry = args->entry;
    pay->tender = TENDER_NONE;
    if (of_basket(pay)) {
        pay_bill_basket(&pay->bill, &app->basket);
        begin(app, pay);
        app_paying(app, true);
    } else {
        app_hold_keys(app, true);
        ask_booking(app, pay);
    }
}

static void pay_close(struct app *app, void *state)
{
    struct pay *pay = state;

    if (of_basket(pay))
        app_paying(app, false);
    free(pay->booking);
}

/* --- posting --------------------------------------------------------------------------------- */

static void fill_tender(const struct pay *pay, money given, struct tender *tender)
{
    *tender = (struct tender){.kind = pay->tender,
                              .amount = pay->bill.total,
                              .given = pay->tender == TENDER_CASH ? given : 0};
}

static void sell(struct app *app, struct pay *pay, money given)
{
    const struct basket *basket = &app->basket;
    struct book_request *request = &pay->sent;

    *request = (struct book_request){.show = basket->show,
                                     .n = basket->n,
                                     .expected = pay->bill.total,
                                     .collect_min = app->settings->collect_min,
                                     .n_tenders = 1};
    for (int32_t i = 0; i < basket->n; i++) {
        request->seats[i] = basket->seats[i].seat;
        request->types[i] = basket->seats[i].type;
    }
    fill_tender(pay, given, &request->tenders[0]);
    app_do(app, &verb_sell, request, KEEP_ALL, 0);
}

static void pay_reservation(struct app *app, const struct pay *pay, money given)
{
    struct pay_request request = {
        .reservation = pay->reservation, .expected = pay->bill.total, .n_tenders = 1};

    fill_tender(pay, given, &request.tenders[0]);
    app_do(app, &verb_pay, &request, KEEP_ALL, 0);
}

static void accept_offer(struct app *app, const struct pay *pay, money given)
{
    struct accept_request request = {.entry = pay->entry,
                                     .collect_min = app->settings->collect_min,
                                     .expected = pay->bill.total,
                                     .n_tenders = 1};

    fill_tender(pay, given, &request.tenders[0]);
    app_do(app, &verb_accept, &request, KEEP_ALL, 0);
}

static void enter(struct app *app, struct pay *pay)
{
    char missing[MONEY_TEXT];
    struct fault why;
    money given = 0;

    if (pay->unknown) { /* only the same request under the same key tells what became of it */
        app_do(app, &verb_sell, &pay->sent, KEEP_ALL, 0);
    } else if (pay->bill.seats == 0) {
        app_say(app, TONE_WARN, "there is nothing to pay");
    } else if (pay->tender == TENDER_NONE) {
        app_say(app, TONE_WARN, "p chooses how it is paid first");
        app_drop_keys(app);
    } else if (pay_view_given(pay, &given, &why) != RC_OK) {
        app_say_fault(app, &why);
    } else if (given < pay->bill.total) {
        app_say(app, TONE_WARN, "%s missing",
                money_format(pay->bill.total - given, missing, sizeof missing));
    } else if (of_basket(pay)) {
        sell(app, pay, given);
    } else if (pay->entry.n != 0) {
        accept_offer(app, pay, given);
    } else {
        pay_reservation(app, pay, given);
    }
}

/* --- answers --------------------------------------------------------------------------------- */

/* Says what was sold; it stands on the screen that the next customer begins with. */
static void tell_sale(struct app *app, const struct pay *pay, const struct booking_reply *reply)
{
    char total[MONEY_TEXT], change[MONEY_TEXT], back[MONEY_TEXT + 16] = "", clock[WHEN_TEXT];
    char labels[256] = "";

    for (int i = 0; i < pay->bill.n; i++) {
        size_t used = strlen(labels);
        (void)snprintf(labels + used, sizeof labels - used, "%s%s", used ? ", " : "",
                       pay->bill.lines[i].labels);
    }
    if (reply->change > 0)
        (void)snprintf(back, sizeof back, "  CHANGE %s",
                       money_format(reply->change, change, sizeof change));
    app_say(app, TONE_GOOD, "SOLD %s  %s  %s %s%s  %s %s%s", reply->code, labels,
            tender_word((enum tender_kind)pay->tender),
            money_format(reply->total, total, sizeof total), back, pay->bill.title,
            when_clock(pay->bill.starts_at, clock, sizeof clock),
            app->demo ? "  NOT VALID, a demo" : "");
}

/* What was no basket of this terminal is among its last sales as well. */
static void note_sale(struct app *app, const struct pay *pay, const struct booking_reply *reply)
{
    struct app_sale sale = {.reservation = reply->reservation,
                            .starts_at = pay->bill.starts_at,
                            .sold_at = app_now(app),
                            .total = reply->total,
                            .change = reply->change,
                            .n = reply->n};

    memcpy(sale.code, reply->code, sizeof sale.code);
    memcpy(sale.title, pay->bill.title, sizeof sale.title);
    (void)snprintf(sale.labels, sizeof sale.labels, "%.*s", LABEL_SIZE - 1,
                   pay->bill.n > 0 ? pay->bill.lines[0].labels : "");
    app_note_sale(app, &sale);
}

static void sold(struct app *app, struct pay *pay, const struct booking_reply *reply)
{
    bool home = of_basket(pay);

    tell_sale(app, pay, reply);
    if (!home)
        note_sale(app, pay, reply);
    app_drop_keys(app);
    if (home)
        app_home(app);
    else
        app_back(app);
}

/* Refusals that nothing on this screen can mend: back to where the seats are seen. */
static bool beyond(enum rc rc)
{
    return rc == RC_TAKEN || rc == RC_SOLD_OUT || rc == RC_TOO_LATE || rc == RC_NOT_FOUND ||
           rc == RC_WRONG_STATE;
}

static void refused(struct app *app, struct pay *pay, const struct answer *answer)
{
    const struct book_request *request = answer->request;
    struct screen_args args = {0};

    app_say_fault(app, answer->fault);
    pay->unknown = answer->rc == RC_UNKNOWN && of_basket(pay);
    if (pay->unknown) {
        app_say(app, TONE_WARN, "%s: Enter asks again", answer->fault->text);
    } else if (!beyond(answer->rc)) {
        if (of_basket(pay))
            pay_bill_basket(&pay->bill, &app->basket);
        else
            ask_booking(app, pay);
    } else if (!of_basket(pay) || pay->show.n != 0) {
        app_back(app);
    } else {
        args.show = request->show;
        app_replace(app, SCREEN_HALL, &args);
    }
}

static void booking_answer(struct app *app, struct pay *pay, struct answer *answer)
{
    const struct waiting_list *list = answer->result;

    if (answer->rc != RC_OK) {
        app_hold_keys(app, false);
        app_say_fault(app, answer->fault);
    } else if (answer->read == READ_ENTRY) {
        if (list->n > 0 && list->rows[0].reservation.n != 0) {
            pay->reservation = list->rows[0].reservation;
            ask_booking(app, pay);
        } else {
            app_hold_keys(app, false);
            app_say(app, TONE_WARN, "there is no offer to accept");
        }
    } else {
        bool first = !pay->booking;
        free(pay->booking);
        pay->booking = answer->result;
        answer->result = NULL;
        pay_bill_booking(&pay->bill, pay->booking);
        if (first)
            begin(app, pay);
        app_hold_keys(app, false);
    }
}

static void pay_answer(struct app *app, void *state, struct answer *answer)
{
    struct pay *pay = state;

    if (!answer->verb)
        booking_answer(app, pay, answer);
    else if (answer->rc == RC_OK)
        sold(app, pay, answer->reply);
    else
        refused(app, pay, answer);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void type_amount(struct app *app, struct pay *pay, char c)
{
    size_t n = strlen(pay->given);

    if (pay->tender != TENDER_CASH) {
        app_say(app, TONE_PLAIN,
                pay->tender == TENDER_CARD ? "p goes back to cash"
                                           : "p chooses how it is paid first");
    } else if (n + 1 < sizeof pay->given) {
        pay->given[n] = c;
        pay->given[n + 1] = '\0';
    }
}

static void next_tender(struct pay *pay)
{
    pay->tender = pay->tender == TENDER_CASH ? TENDER_CARD : TENDER_CASH;
    pay->given[0] = '\0';
    pay->declined = false;
}

static void back(struct app *app, struct pay *pay)
{
    if (pay->given[0])
        pay->given[0] = '\0';
    else if (pay->unknown)
        app_say(app, TONE_WARN, "it is not known whether this was sold: Enter asks again");
    else
        app_back(app);
}

static bool pay_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct pay *pay = state;
    size_t n = strlen(pay->given);

    if (action == ACTION_DIGIT || action == ACTION_EMPTY ||
        (key->press == PRESS_TEXT && (key->text[0] == '.' || key->text[0] == ','))) {
        type_amount(app, pay, key->text[0]);
        return true;
    }
    if (key->press == PRESS_BACKSPACE) {
        pay->given[n > 0 ? n - 1 : 0] = '\0';
        return true;
    }
    switch (action) {
    case ACTION_ENTER:
        enter(app, pay);
        return true;
    case ACTION_PAY:
        next_tender(pay);
        return true;
    case ACTION_DECLINE:
        if (pay->tender == TENDER_CARD) {
            pay->tender = TENDER_NONE;
            pay->declined = true;
            app_drop_keys(app);
        }
        return true;
    case ACTION_BACK:
        back(app, pay);
        return true;
    default:
        /* Nothing else may lead away from an open payment but help and the menu. */
        return action != ACTION_HELP && action != ACTION_MENU && action != ACTION_LOCK;
    }
}

static void pay_draw(struct app *app, void *state, const struct surface *surface)
{
    pay_view_draw(app, state, surface);
}

/* Only says what it read: an open payment is not left for it. */
static bool pay_scan(struct app *app, void *state, const char *text)
{
    struct scan scan;

    (void)state;
    if (scan_parse(text, &scan))
        app_say(app, TONE_PLAIN, "scanned: a ticket of %s.  Esc first, then scan it again",
                scan.code);
    else
        app_say(app, TONE_PLAIN, "scanned: %s.  Esc first, then scan it again", text);
    return true;
}

const struct screen scr_pay = {
    .id = SCREEN_PAY,
    .state_size = sizeof(struct pay),
    .open = pay_open,
    .close = pay_close,
    .draw = pay_draw,
    .key = pay_key,
    .scan = pay_scan,
    .answer = pay_answer,
};
