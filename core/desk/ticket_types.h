/* Ticket types: what kinds of ticket there are, each with its digit on the hall screen. */
#ifndef BOXOFFICE_CORE_DESK_TICKET_TYPES_H
#define BOXOFFICE_CORE_DESK_TICKET_TYPES_H

#include "core/desk/map.h"
#include "core/desk/verb.h"

/* Of tax: the setting's rate holds. Of numbers in a change: it stays as it is. */
enum { TYPE_TAX_SETTING = -1, TYPE_KEPT = -2, TYPE_TAX_MOST = 9999 };

struct ticket_type {
    type_id id;
    int32_t digit;
    int32_t percent; /* of the first type's price, preset when a show is added */
    int32_t tax;     /* hundredths of a per cent, or TYPE_TAX_SETTING */
    int32_t retired; /* 1: it is sold no more */
    char name[TYPE_NAME_SIZE];
};
struct ticket_types {
    int32_t n;
    struct ticket_type rows[TYPES_MAX];
};

/* All of them by digit; heap, free(). */
enum rc ticket_types_read(struct sql *db, struct ticket_types **types, struct fault *why);

/* One by its name, whatever its case, or its digit. RC_NOT_FOUND says which there are. */
enum rc ticket_types_find(const struct ticket_types *types, const char *word,
                          const struct ticket_type **type, struct fault *why);

/* A tax rate in per cent as it is typed ("7", "5.5"; "" or "default": that of the setting), in
 * hundredths. RC_BAD_INPUT says what is wanted. */
enum rc ticket_types_tax(const char *text, int32_t *rate, struct fault *why);

struct type_request {
    struct ask ask;
    int32_t of;                /* change: the digit it has now */
    int32_t digit;             /* 1 to 9; change: or TYPE_KEPT */
    int32_t percent;           /* 0 to 100; change: or TYPE_KEPT */
    int32_t tax;               /* change: or TYPE_KEPT */
    int32_t retired;           /* change: or TYPE_KEPT */
    char name[TYPE_NAME_SIZE]; /* change: "" stays */
};
struct type_reply {
    struct told told;
    struct ticket_type type;
    int32_t shows; /* add: so many shows still to come got prices for it */
};

/*
 * Both need RIGHT_MANAGE and are journaled in the house's book. add: shows still to come get prices
 * for it by its per cent. change: prices that are there stay; the tax holds for what is sold from
 * now on; one that is retired is offered no more. The first type can't be: prices of the others are
 * told by it. RC_EXISTS: the digit or the name is another one's. RC_NOT_FOUND: no type has that
 * digit.
 */
extern const struct verb verb_type_add, verb_type_change;

#endif
