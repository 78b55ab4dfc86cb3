#include "tui/screen/pay_tell.h"

#include <stdio.h>
#include <string.h>

#include "tui/screen/money_back.h"

#include "core/base/words.h"

/* "cash 20.00", "cash 12.50 + card 7.50" */
static char *words(const struct pay *pay, money total, char *buffer, size_t size)
{
    struct tender tenders[TENDERS_MAX];
    int32_t n = pay_tender_all(&pay->tender, total, 0, tenders);
    char amount[MONEY_TEXT];
    size_t used = 0;

    buffer[0] = '\0';
    for (int32_t i = 0; i < n && used < size; i++)
        used += (size_t)snprintf(buffer + used, size - used, "%s%s %s", i > 0 ? " + " : "",
                                 _(tender_word((enum tender_kind)tenders[i].kind)),
                                 money_format(tenders[i].amount, amount, sizeof amount));
    return buffer;
}

void pay_tell_sale(struct app *app, const struct pay *pay, const struct booking_reply *reply)
{
    char paid[128], change[MONEY_TEXT], back[MONEY_TEXT + 48] = "", clock[WHEN_TEXT];
    const char *stamp = tickets_stamp(app->demo, app->training);
    char labels[256] = "";

    for (int i = 0; i < pay->bill.n; i++) {
        size_t used = strlen(labels);
        (void)snprintf(labels + used, sizeof labels - used, "%s%s", used ? ", " : "",
                       pay->bill.lines[i].labels);
    }
    if (reply->change > 0)
        (void)snprintf(back, sizeof back, _("  CHANGE %s"),
                       money_format(reply->change, change, sizeof change));
    /* translators: code, seats, what was paid, change, title, start, and that it is not valid */
    app_say(app, TONE_GOOD, _("SOLD %s  %s  %s%s  %s %s%s%s"), reply->code, labels,
            words(pay, reply->total, paid, sizeof paid), back, pay->bill.title,
            when_clock(pay->bill.starts_at, clock, sizeof clock), *stamp ? "  " : "",
            *stamp ? _(stamp) : "");
}

void pay_tell_exchange(struct app *app, const struct pay *pay, const struct booking_reply *reply)
{
    char money_text[192] = "", paid[128], amount[MONEY_TEXT], clock[WHEN_TEXT];
    const char *labels = pay->bill.n > 0 ? pay->bill.lines[0].labels : "";

    if (reply->refunded > 0) /* translators: what goes back, by tender */
        (void)snprintf(money_text, sizeof money_text, _("  GIVE BACK %s"),
                       money_back_text(pay->booking, reply->refunded, paid, sizeof paid));
    else if (reply->change > 0)
        (void)snprintf(money_text, sizeof money_text, _("  %s  CHANGE %s"),
                       words(pay, pay->bill.total, paid, sizeof paid),
                       money_format(reply->change, amount, sizeof amount));
    else if (pay->bill.total > 0)
        (void)snprintf(money_text, sizeof money_text, "  %s",
                       words(pay, pay->bill.total, paid, sizeof paid));
    when_clock(pay->bill.starts_at, clock, sizeof clock);
    if (reply->reservation.n == pay->sent_exchange.reservation.n)
        /* translators: seats and code that were given, the new seats, money, title, start */
        app_say(app, TONE_GOOD, _("EXCHANGED %s for %s%s  %s %s"), pay->bill.given, labels,
                money_text, pay->bill.title, clock);
    else
        /* translators: the same, with the new code before the new seats */
        app_say(app, TONE_GOOD, _("EXCHANGED %s for %s  %s%s  %s %s"), pay->bill.given, reply->code,
                labels, money_text, pay->bill.title, clock);
}

void pay_tell_shows(struct app *app, const struct pay *pay, const struct basket_reply *reply)
{
    char paid[128], change[MONEY_TEXT], back[MONEY_TEXT + 48] = "";
    char codes[BASKET_SHOWS * (CODE_SIZE + 1)] = "";

    for (int32_t i = 0; i < reply->n; i++) {
        size_t used = strlen(codes);
        (void)snprintf(codes + used, sizeof codes - used, "%s%s", i > 0 ? " " : "",
                       reply->parts[i].code);
    }
    if (reply->change > 0)
        (void)snprintf(back, sizeof back, _("  CHANGE %s"),
                       money_format(reply->change, change, sizeof change));
    app_say(app, TONE_GOOD, _("SOLD %s  %d seats of %d shows  %s%s%s"), codes, pay->bill.seats,
            pay->bill.shows, words(pay, reply->total, paid, sizeof paid), back,
            app->demo ? _("  NOT VALID, a demo") : "");
}
