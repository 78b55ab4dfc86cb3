/*
 * What one transaction changes at one show, gathered for its journal row.
 *
 * Every row of a show's book that changes seats, reservations or waiting entries says so in one
 * form, in `before` and `after` alike:
 *     {"bookings":{"7KQ3MX":"sold"},"entries":{"12":"waiting"},"seats":{"F12":"sold"}, ...}
 * words as in life.h, seats by label, reservations by code, entries by id. So the book, read from
 * its beginning, gives the state of everything: the last word on a seat is its claim now ("free":
 * none). What else belongs to the row (total, tenders) stands beside these in `after`.
 */
#ifndef BOXOFFICE_CORE_DESK_CHANGE_H
#define BOXOFFICE_CORE_DESK_CHANGE_H

#include <jansson.h>

#include "core/desk/tidy.h"
#include "core/rules/life.h"

/* Zero-initialised by its owner; ended by change_journal or change_fini. */
struct change {
    json_t *before, *after;
    bool broken;            /* memory ran out: change_journal spoils the transaction */
    till_id till;           /* whose book gets a row as well; id 0: none */
    struct journal_end end; /* of that book */
    json_t *money;          /* what that row says, besides the show's new head */
};

/* A state that was not there before: for `from` of a new reservation or entry. */
enum { CHANGE_NONE = -1 };

/* Notes a move of a seat, a reservation, an entry. `from` is a state of life.h or CHANGE_NONE. */
void change_seat(struct change *change, const char *label, enum claim_state from,
                 enum claim_state to);
void change_booking(struct change *change, const char *code, int from, enum booking_state to);
void change_entry(struct change *change, entry_id entry, int from, enum entry_state to);

/* Notes a number or a text in `after`. A text is never a customer's name or phone. */
void change_number(struct change *change, const char *name, int64_t number);
void change_text(struct change *change, const char *name, const char *text);

/* Notes money that was paid or given back (tender.h), for the book of the till as well. */
void change_money(struct change *change, const char *name, int64_t number);

/* Has a till session, which is locked in this transaction, get a row in its book too: what was
 * noted by change_money, of whom (a reservation's code), and the head of the show's book. */
void change_till(struct change *change, till_id till, const struct journal_end *end);

/* Notes in `before` what stood there; steals the reference. */
void change_was(struct change *change, const char *name, json_t *value);

/* Has anything been noted? */
bool change_any(const struct change *change);

/*
 * Writes the row into the locked show's book as `what`, then that of the till, and ends `change`;
 * without anything noted it writes nothing. Failures spoil the transaction (sql.h).
 */
void change_journal(struct change *change, struct sql *db, struct show_lock *lock,
                    const struct ask *ask, const char *what);

/* Ends it without a row. May be called again. */
void change_fini(struct change *change);

#endif
