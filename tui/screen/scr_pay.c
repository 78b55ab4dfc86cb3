/* Pay: what a basket or a reservation costs, how it is paid, and that it is. How it is drawn is in
 * pay_view.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/screen/pay_post.h"
#include "tui/screen/pay_tell.h"

/* Cash is the default, unless it should be looked at twice. */
static void begin(struct app *app, struct pay *pay)
{
    pay_tender_init(&pay->tender, pay_view_why(app, &pay->bill) ? TENDER_NONE : TENDER_CASH);
}

static void ask_booking(struct app *app, const struct pay *pay)
{
    union read_args args = {0};

    if (pay->reservation.n != 0 || pay->bill.exchange) {
        args.booking.id = pay->bill.exchange ? app->exchange.reservation : pay->reservation;
        app_read(app, READ_BOOKING, &args, 0);
    } else {
        args.entry.entry = pay->entry;
        app_read(app, READ_ENTRY, &args, 0);
    }
}

/* What the basket comes to, for itself or in exchange. */
static void bill_basket(struct app *app, struct pay *pay)
{
    pay_bill_basket(&pay->bill, &app->basket, app->settings->tax, app_now(app));
    if (app_exchanging(app))
        pay_bill_exchange(&pay->bill, &app->exchange);
}

static void pay_open(struct app *app, void *state, const struct screen_args *args)
{
    struct pay *pay = state;

    pay->show = args->show;
    pay->reservation = args->reservation;
    pay->entry = args->entry;
    pay_tender_init(&pay->tender, TENDER_NONE);
    if (pay_of_basket(pay)) {
        bill_basket(app, pay);
        begin(app, pay);
        app_paying(app, true);
        app_hold_keys(app, pay->bill.exchange);
        if (pay->bill.exchange)
            ask_booking(app, pay);
    } else {
        app_hold_keys(app, true);
        ask_booking(app, pay);
    }
}

static void pay_close(struct app *app, void *state)
{
    struct pay *pay = state;

    if (pay_of_basket(pay))
        app_paying(app, false);
    free(pay->booking);
}

/* --- paying --------------------------------------------------------------------------------------
 */

static bool take_part(struct app *app, struct pay *pay, money amount)
{
    struct fault why;

    if (pay_tender_take(&pay->tender, amount, &why) == RC_OK)
        return true;
    app_say_fault(app, &why);
    return false;
}

/* So much of the tender at hand: all that is left, or a part of it. */
static void take(struct app *app, struct pay *pay, money given)
{
    struct pay_tender *tender = &pay->tender;
    money due = pay_tender_due(app, tender, pay->bill.total);

    if (!pay_tender_fits(app, tender, due, given)) {
        app_drop_keys(app);
    } else if (pay_tender_wants_reference(tender)) {
        tender->referring = true;
    } else if (given < due) {
        take_part(app, pay, given);
        app_drop_keys(app);
    } else {
        pay_post(app, pay, given);
    }
}

static void enter(struct app *app, struct pay *pay)
{
    const char *refused = pay_tender_refused(app, &pay->tender);
    struct fault why;
    money given = 0;

    if (pay->unknown) { /* only the same request under the same key tells what became of it */
        pay_post_again(app, pay);
    } else if (pay->bill.seats == 0) {
        app_say(app, TONE_WARN, _("there is nothing to pay"));
    } else if (pay->bill.exchange && pay->bill.total == 0) {
        pay_post(app, pay, 0);
    } else if (pay->tender.kind == TENDER_NONE) {
        app_say(app, TONE_WARN, _("p chooses how it is paid first"));
        app_drop_keys(app);
    } else if (refused && pay->bill.total > 0) {
        app_say(app, TONE_WARN, "%s", refused);
        app_drop_keys(app);
    } else if (pay_tender_given(app, &pay->tender, pay->bill.total, &given, &why) != RC_OK) {
        app_say_fault(app, &why);
    } else {
        take(app, pay, given);
    }
}

/* --- answers --------------------------------------------------------------------------------- */

static void sold(struct app *app, struct pay *pay, const struct booking_reply *reply)
{
    bool home = pay_of_basket(pay);

    if (pay->bill.exchange)
        pay_tell_exchange(app, pay, reply);
    else
        pay_tell_sale(app, pay, reply);
    if (!home)
        app_print_sold(app, reply->reservation, reply->code);
    app_drop_keys(app);
    if (home)
        app_home(app);
    else
        app_back(app);
}

static void sold_shows(struct app *app, const struct pay *pay, const struct basket_reply *reply)
{
    pay_tell_shows(app, pay, reply);
    app_drop_keys(app);
    app_home(app);
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
    pay->unknown = answer->rc == RC_UNKNOWN && pay_of_basket(pay);
    if (pay->unknown) {
        app_say(app, TONE_WARN, _("%s: Enter asks again"), answer->fault->text);
    } else if (!beyond(answer->rc)) {
        if (pay_of_basket(pay))
            bill_basket(app, pay);
        else
            ask_booking(app, pay);
    } else if (!pay_of_basket(pay) || pay->show.n != 0) {
        app_back(app);
    } else {
        args.show = answer->verb == &verb_sell ? request->show : app->basket.show;
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
            app_say(app, TONE_WARN, _("there is no offer to accept"));
        }
    } else {
        bool first = !pay->booking;
        free(pay->booking);
        pay->booking = answer->result;
        answer->result = NULL;
        app_hold_keys(app, false);
        if (pay->bill.exchange) /* it tells what would go back, and how */
            return;
        pay_bill_booking(&pay->bill, pay->booking, app->settings->tax);
        if (first)
            begin(app, pay);
    }
}

static void pay_answer(struct app *app, void *state, struct answer *answer)
{
    struct pay *pay = state;

    if (!answer->verb)
        booking_answer(app, pay, answer);
    else if (answer->rc == RC_OK && answer->verb == &verb_sell_basket)
        sold_shows(app, pay, answer->reply);
    else if (answer->rc == RC_OK)
        sold(app, pay, answer->reply);
    else
        refused(app, pay, answer);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void type_amount(struct app *app, struct pay_tender *tender, char c)
{
    size_t n = tender->refused ? 0 : strlen(tender->given);

    tender->refused = false;
    if (tender->kind == TENDER_NONE) {
        app_say(app, TONE_PLAIN, _("p chooses how it is paid first"));
    } else if (n + 1 < sizeof tender->given) {
        tender->given[n] = c;
        tender->given[n + 1] = '\0';
    }
}

/* Cash that is not enough is a part, and the next tender pays what is left. */
static void next_tender(struct app *app, struct pay *pay)
{
    struct pay_tender *tender = &pay->tender;
    struct fault why;
    money given = 0;

    if (tender->kind == TENDER_CASH && tender->given[0] &&
        pay_tender_given(app, tender, pay->bill.total, &given, &why) == RC_OK &&
        pay_tender_partly(app, tender, pay->bill.total, given)) {
        const char *refused = pay_tender_refused(app, tender);

        if (refused)
            app_say(app, TONE_WARN, "%s", refused);
        else if (take_part(app, pay, given))
            pay_tender_next(tender);
        return;
    }
    pay_tender_next(tender);
}

static void back(struct app *app, struct pay *pay)
{
    struct tender part;
    char amount[MONEY_TEXT];

    if (pay->tender.given[0])
        pay->tender.given[0] = '\0';
    else if (pay->unknown)
        app_say(app, TONE_WARN, _("it is not known whether this was sold: Enter asks again"));
    else if (pay_tender_back(&pay->tender, &part))
        app_say(app, TONE_WARN, _("%s %s is no longer counted: give it back"),
                _(tender_word((enum tender_kind)part.kind)),
                money_format(part.amount, amount, sizeof amount));
    else
        app_back(app);
}

/* The reference of a card's slip or a voucher, or why it is given away. */
static void refer(struct app *app, struct pay *pay, const struct key *key, enum action action)
{
    struct pay_tender *tender = &pay->tender;
    struct fault why;

    if (action == ACTION_BACK) {
        editor_init(&tender->reference, REFERENCE_SIZE - 1);
        tender->referring = false;
    } else if (action == ACTION_PAY) {
        pay_tender_next(tender);
    } else if (action != ACTION_ENTER) {
        editor_key(&tender->reference, key);
    } else if (text_check(_("reference"), tender->reference.text, REFERENCE_SIZE - 1, &why) !=
               RC_OK) {
        app_say_fault(app, &why);
    } else if (!pay_tender_wants_reference(tender)) {
        tender->referring = false;
        if (tender->kind != TENDER_CARD) /* whose approval is an Enter of its own */
            enter(app, pay);
    }
}

/* Digits and what else makes an amount. */
static bool amount_key(struct app *app, struct pay *pay, const struct key *key, enum action action)
{
    struct pay_tender *tender = &pay->tender;
    size_t n = strlen(tender->given);

    if (action == ACTION_DIGIT || action == ACTION_EMPTY ||
        (key->press == PRESS_TEXT && (key->text[0] == '.' || key->text[0] == ','))) {
        type_amount(app, tender, key->text[0]);
        return true;
    }
    if (key->press == PRESS_BACKSPACE) {
        tender->given[n > 0 ? n - 1 : 0] = '\0';
        tender->refused = false;
        return true;
    }
    return false;
}

static bool pay_key(struct app *app, void *state, const struct key *key, enum action action)
{
    struct pay *pay = state;

    if (pay->tender.referring) {
        refer(app, pay, key, action);
        return true;
    }
    if (amount_key(app, pay, key, action))
        return true;
    switch (action) {
    case ACTION_ENTER:
        enter(app, pay);
        return true;
    case ACTION_PAY:
        next_tender(app, pay);
        return true;
    case ACTION_NEXT:
        pay->tender.referring = pay->tender.kind > TENDER_CASH;
        return true;
    case ACTION_DECLINE:
        if (pay->tender.kind == TENDER_CARD) {
            pay_tender_decline(&pay->tender);
            app_drop_keys(app);
        } else {
            app_no_key(app, key);
        }
        return true;
    case ACTION_BACK:
        back(app, pay);
        return true;
    default:
        /* Nothing else may lead away from an open payment but help and the menu. */
        if (action == ACTION_HELP || action == ACTION_MENU || action == ACTION_LOCK)
            return false;
        app_no_key(app, key);
        return true;
    }
}

static bool pay_typing(struct app *app, const void *state)
{
    const struct pay *pay = state;

    (void)app;
    return pay->tender.referring;
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
        app_say(app, TONE_PLAIN, _("scanned: a ticket of %s.  Esc first, then scan it again"),
                scan.code);
    else
        app_say(app, TONE_PLAIN, _("scanned: %s.  Esc first, then scan it again"), text);
    return true;
}

const struct screen scr_pay = {
    .id = SCREEN_PAY,
    .state_size = sizeof(struct pay),
    .open = pay_open,
    .close = pay_close,
    .draw = pay_draw,
    .key = pay_key,
    .typing = pay_typing,
    .scan = pay_scan,
    .answer = pay_answer,
};
