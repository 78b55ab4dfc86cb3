/* What a sale is paid with, as the pay screen has it: parts taken so far, and the tender at hand.
 */
#ifndef BOXOFFICE_TUI_SCREEN_PAY_TENDER_H
#define BOXOFFICE_TUI_SCREEN_PAY_TENDER_H

#include "tui/screen/pay_bill.h"
#include "tui/widget/editor.h"

enum { GIVEN_SIZE = 12, TENDER_NONE = -1 };

struct pay_tender {
    int kind;               /* enum tender_kind, TENDER_NONE: to be chosen with p */
    int last;               /* with none at hand, where p goes on from */
    bool declined;          /* the card was */
    bool referring;         /* its reference, or reason, is being typed */
    char given[GIVEN_SIZE]; /* an amount, as typed */
    bool refused;           /* it was: the next digit begins another */
    struct editor reference;
    int n;
    struct tender parts[TENDERS_MAX]; /* taken before, in part payment */
};

/* No part taken, and a tender, or TENDER_NONE, at hand. */
void pay_tender_init(struct pay_tender *tender, int kind);

/* What the parts leave to be paid of a total. */
money pay_tender_left(const struct pay_tender *tender, money total);

/* What the tender at hand is asked for: what is left, in cash as it is rounded. */
money pay_tender_due(const struct app *app, const struct pay_tender *tender, money total);

/* The amount that was typed, or what is due when none was. RC_BAD_INPUT. */
enum rc pay_tender_given(const struct app *app, const struct pay_tender *tender, money total,
                         money *given, struct fault *why);

/* Is more than that amount left, so that it is a part payment? */
bool pay_tender_partly(const struct app *app, const struct pay_tender *tender, money total,
                       money given);

/* May so much be handed over for what is due? False: says why not, and the next digit begins
 * another amount. */
bool pay_tender_fits(struct app *app, struct pay_tender *tender, money due, money given);

/* Must a reference, or a reason, be typed before it pays? */
bool pay_tender_wants_reference(const struct pay_tender *tender);

/* Why this tender cannot be taken at this terminal now, a static string; NULL: it can. */
const char *pay_tender_refused(const struct app *app, const struct pay_tender *tender);

/* Takes so much of the tender at hand as a part; none is at hand then. RC_REFUSED: too many. */
enum rc pay_tender_take(struct pay_tender *tender, money amount, struct fault *why);

/* The parts, and the tender at hand for what is left; returns how many. */
int32_t pay_tender_all(const struct pay_tender *tender, money total, money given,
                       struct tender tenders[static TENDERS_MAX]);

/* Puts the next tender at hand; what was typed goes. */
void pay_tender_next(struct pay_tender *tender);

/* The card was declined: no tender is at hand, the parts stay. */
void pay_tender_decline(struct pay_tender *tender);

/* Takes the last part back. False: there is none. */
bool pay_tender_back(struct pay_tender *tender, struct tender *part);

#endif
