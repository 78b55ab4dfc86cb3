/* Sums of takings and payments, X and Z from one query. Shared by the reports and the check. */
#ifndef BOXOFFICE_CORE_DESK_SUMS_H
#define BOXOFFICE_CORE_DESK_SUMS_H

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/when.h"
#include "db/sql.h"

/*
 * X(name, part of a report) Types, tenders, tax and staff each make the same total, less what is
 * owed: they are what was taken less what was given back, of which the refunds, the voids and what
 * exchanges moved are told by themselves.
 */
#define SUMS_PARTS(X)                                                                 \
    X(TYPE, "types")          /* label: the ticket type; n: seats */                  \
    X(TENDER, "tenders")      /* the tender; n: payments */                           \
    X(TAX, "tax")             /* the rate in digits; n: seats */                      \
    X(STAFF, "staff")         /* "3 Mira"; n: seats */                                \
    X(BACK, "back")           /* "refund", "void"; n: seats */                        \
    X(EXCHANGED, "exchanged") /* "given", "taken"; n: seats. "difference": what came  \
                               * in for them, less than 0: went back; n: exchanges */ \
    X(ROUNDING, "rounding")   /* of cash; n: payments */                              \
    X(OWED, "owed")           /* refunds not handed out, by tender */

enum sums_part {
    SUMS_NONE,
#define SUMS_ENUM(name, part) SUMS_##name,
    SUMS_PARTS(SUMS_ENUM)
#undef SUMS_ENUM
        SUMS_COUNT
};

struct sums_row {
    int32_t part;      /* enum sums_part */
    const char *label; /* borrowed until the next one */
    int64_t n;
    money amount, tax;
};

/* What is summed up. */
enum sums_of { SUMS_OF_TILL, SUMS_OF_TIME, SUMS_OF_SHOW };

/* Gives each row to `take`, in order of part. `a` and `b`: the session's id; from and to; the
 * show's id. */
void sums_read(struct sql *db, enum sums_of of, int64_t a, int64_t b,
               void (*take)(void *context, const struct sums_row *row), void *context);

#endif
