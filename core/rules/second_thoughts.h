/*
 * Second thoughts about a sale: what a clerk may take back alone. For a quarter of an hour, in the
 * till session that sold it, a sale may be voided (three a session), paid otherwise, or have its
 * seats exchanged; money goes back up to a limit. Beyond that somebody who may is asked (rights.h).
 * Pure.
 */
#ifndef BOXOFFICE_CORE_RULES_SECOND_THOUGHTS_H
#define BOXOFFICE_CORE_RULES_SECOND_THOUGHTS_H

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/when.h"
#include "core/rules/rights.h"

enum { SECOND_VOIDS_MOST = 3 };
#define SECOND_WINDOW (15 * WHEN_MINUTE)

/* A sale, and the till session that it would be changed in. */
struct second_sale {
    till_id sold_in; /* id 0: in none */
    when_ms sold_at;
    till_id till;  /* that is open now; id 0: none */
    int64_t voids; /* sales voided in that one so far */
};

/* Is the sale so fresh that its clerk may change it alone? Its last moment is inside. */
bool second_fresh(const struct second_sale *sale, when_ms now);

/* What right it takes to void it; and to change what it was paid with: RIGHT_SELL while it is
 * fresh. */
enum right second_void(const struct second_sale *sale, when_ms now);
enum right second_swap(const struct second_sale *sale, when_ms now);

/* What right it takes to exchange seats of it when `back` goes back: RIGHT_SELL while it is fresh,
 * then as for a refund. */
enum right second_exchange(const struct second_sale *sale, when_ms now, money back, money limit);

/* What right it takes to give `amount` back, when a clerk may give back `limit` alone. */
enum right second_refund(money amount, money limit);

#endif
