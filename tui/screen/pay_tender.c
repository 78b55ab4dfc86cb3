#include "tui/screen/pay_tender.h"

#include <stdio.h>
#include <string.h>

#include "core/base/words.h"
#include "core/rules/cash.h"

enum { KINDS = TENDER_COMP + 1, TENDER_LAST = KINDS - 1 };

static void put(struct pay_tender *tender, int kind)
{
    tender->kind = kind;
    tender->referring = tender->declined = false;
    tender->given[0] = '\0';
    tender->refused = false;
    editor_init(&tender->reference, REFERENCE_SIZE - 1);
}

void pay_tender_init(struct pay_tender *tender, int kind)
{
    *tender = (struct pay_tender){.last = TENDER_LAST};
    put(tender, kind);
}

money pay_tender_left(const struct pay_tender *tender, money total)
{
    for (int i = 0; i < tender->n; i++)
        total -= tender->parts[i].amount;
    return total > 0 ? total : 0;
}

money pay_tender_due(const struct app *app, const struct pay_tender *tender, money total)
{
    money left = pay_tender_left(tender, total);

    if (tender->kind == TENDER_CASH)
        left += cash_rounding(left, app->settings->cash_round);
    return left;
}

enum rc pay_tender_given(const struct app *app, const struct pay_tender *tender, money total,
                         money *given, struct fault *why)
{
    if (tender->given[0])
        return money_parse(tender->given, given, why);
    *given = pay_tender_due(app, tender, total);
    return RC_OK;
}

bool pay_tender_partly(const struct app *app, const struct pay_tender *tender, money total,
                       money given)
{
    return given > 0 && given < pay_tender_due(app, tender, total) &&
           given < pay_tender_left(tender, total);
}

bool pay_tender_fits(struct app *app, struct pay_tender *tender, money due, money given)
{
    bool cash = tender->kind == TENDER_CASH;
    char amount[MONEY_TEXT];

    money_format(given < due ? due - given : given - due, amount, sizeof amount);
    tender->refused = true;
    if (cash && given < due)
        app_say(app, TONE_WARN, _("%s missing: p pays it otherwise"), amount);
    else if (cash && cash_change_odd(app->currency, given - due))
        app_say(app, TONE_WARN, /* translators: an amount */
                _("%s change is more than any note: type again what was given"), amount);
    else if (!cash && given > due)
        app_say(app, TONE_WARN, _("%s too much: only cash gives change"), amount);
    else
        tender->refused = false;
    return !tender->refused;
}

bool pay_tender_wants_reference(const struct pay_tender *tender)
{
    return (tender->kind == TENDER_VOUCHER || tender->kind == TENDER_COMP) &&
           tender->reference.text[0] == '\0';
}

const char *pay_tender_refused(const struct app *app, const struct pay_tender *tender)
{
    if (tender->kind != TENDER_CASH || !app->staffed || app_till(app).n != 0)
        return NULL;
    if (app->settings->drawer == 0)
        return _("this terminal has no drawer: no cash is taken here");
    return app->till.id.n == 0 ? _("cash needs an open till: m, then Till opens it")
                               : _("cash needs an open till: this one is counted; m, then Till");
}

enum rc pay_tender_take(struct pay_tender *tender, money amount, struct fault *why)
{
    struct tender *part = &tender->parts[tender->n];

    if (tender->n >= TENDERS_MAX - 1)
        return fault_set(why, RC_REFUSED, _("at most %d tenders pay a sale"), TENDERS_MAX);
    *part = (struct tender){.kind = tender->kind, .amount = amount};
    (void)snprintf(part->reference, sizeof part->reference, "%.*s", REFERENCE_SIZE - 1,
                   tender->reference.text);
    tender->n++;
    tender->last = tender->kind == TENDER_CASH ? TENDER_CASH : TENDER_LAST;
    put(tender, TENDER_NONE);
    return RC_OK;
}

int32_t pay_tender_all(const struct pay_tender *tender, money total, money given,
                       struct tender tenders[static TENDERS_MAX])
{
    struct tender *last = &tenders[tender->n];

    memcpy(tenders, tender->parts, (size_t)tender->n * sizeof *tenders);
    *last = (struct tender){.kind = tender->kind,
                            .amount = pay_tender_left(tender, total),
                            .given = tender->kind == TENDER_CASH ? given : 0};
    (void)snprintf(last->reference, sizeof last->reference, "%.*s", REFERENCE_SIZE - 1,
                   tender->reference.text);
    return tender->n + 1;
}

void pay_tender_next(struct pay_tender *tender)
{
    put(tender, ((tender->kind != TENDER_NONE ? tender->kind : tender->last) + 1) % KINDS);
}

void pay_tender_decline(struct pay_tender *tender)
{
    put(tender, TENDER_NONE);
    tender->last = TENDER_LAST;
    tender->declined = true;
}

bool pay_tender_back(struct pay_tender *tender, struct tender *part)
{
    if (tender->n == 0)
        return false;
    *part = tender->parts[--tender->n];
    return true;
}
