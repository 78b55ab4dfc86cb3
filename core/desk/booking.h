/* Selling, reserving, paying and cancelling (design, 3). */
#ifndef BOXOFFICE_CORE_DESK_BOOKING_H
#define BOXOFFICE_CORE_DESK_BOOKING_H

#include "core/base/words.h"
#include "core/desk/origin.h"
#include "core/desk/verb.h"
#include "core/desk/were.h"
#include "core/rules/life.h"

/* X(name, word) */
#define TENDERS(X)            \
    X(CASH, N_("cash"))       \
    X(CARD, N_("card"))       \
    X(VOUCHER, N_("voucher")) \
    X(COMP, N_("comp"))

enum tender_kind {
#define TENDER_ENUM(name, word) TENDER_##name,
    TENDERS(TENDER_ENUM)
#undef TENDER_ENUM
};

/* The word of a tender, a static string. */
const char *tender_word(enum tender_kind kind);
/* Reads such a word; false when it is none. */
bool tender_parse(const char *word, enum tender_kind *kind);

struct tender {
    int32_t kind;                   /* enum tender_kind */
    money amount;                   /* what it pays; -1 in a single tender: all that is due */
    money given;                    /* cash handed over, 0: exact */
    char reference[REFERENCE_SIZE]; /* of a card's slip or a voucher; of a comp the reason */
};

/* For sell and reserve. A seat that the key's own basket holds is taken over from it; others are
 * claimed. All or none. */
struct book_request {
    struct ask ask;
    show_id show;
    int32_t best; /* take the best so many (pieces if it must be); 0: the seats listed */
    int32_t n;
    seat_id seats[SEATS_MAX];
    type_id types[SEATS_MAX]; /* id 0: the first type; with `best` types[0] is for all */
    char name[NAME_SIZE];     /* required to reserve */
    char phone[PHONE_SIZE];
    char note[NOTE_SIZE];
    money expected; /* the total that the clerk was shown, -1: whatever it is; RC_REFUSED differs */
    int64_t collect_min; /* setting */
    int32_t n_tenders;   /* of a sale; 0: cash, exact */
    struct tender tenders[TENDERS_MAX];
};

struct pay_request {
    struct ask ask;
    reservation_id reservation;
    money expected;
    int32_t n_tenders;
    struct tender tenders[TENDERS_MAX];
};

/* Whole (n 0) or by seat; what was paid for them is refunded to what it was paid with. */
struct cancel_request {
    struct ask ask;
    reservation_id reservation;
    int32_t n;
    seat_id seats[SEATS_MAX];
    money limit;                 /* setting: what a clerk may refund alone */
    char reason[REFERENCE_SIZE]; /* of a refund: needed where staff sign in */
};

/* Why staff give money back: X(name, word as it is stored) */
#define REASONS(X)                              \
    X(MISTAKE, N_("mistake"))                   \
    X(CUSTOMER, N_("the customer cannot come")) \
    X(CHANGED, N_("the show changed"))

enum reason_kind {
#define REASON_ENUM(name, word) REASON_##name,
    REASONS(REASON_ENUM)
#undef REASON_ENUM
        REASON_COUNT
};
/* The words of a reason, a static string; "" for one that is none. */
const char *reason_word(enum reason_kind kind);

/* Takes a whole sale back as a mistake. */
struct void_request {
    struct ask ask;
    reservation_id reservation;
};

/* Has a sale paid with something else: what is left of other tenders goes back, and comes in again
 * with this one. Nothing else changes. */
struct swap_request {
    struct ask ask;
    reservation_id reservation;
    int32_t kind;                   /* enum tender_kind */
    char reference[REFERENCE_SIZE]; /* of a card's slip or a voucher */
};

struct booking_reply {
    struct told told;
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    int32_t state; /* enum booking_state */
    int32_t n;     /* seats it has now */
    seat_id seats[SEATS_MAX];
    money total;      /* of those seats */
    money refunded;   /* by this request */
    money change;     /* cash to give back */
    money rounding;   /* of cash: what changed hands is so much more (or less) than the amount */
    when_ms deadline; /* 0: none */
    int64_t rev;
    int32_t given_back;   /* seats given back by this request */
    int32_t for_the_list; /* of them, kept for the waiting list */
};

/*
 * sell, reserve: refusals as verb_hold. A hold of the own basket that ended meanwhile is decided
 * here, in one transaction: still free, it is sold; taken, RC_TAKEN names the taker.
 * pay: RC_WRONG_STATE when paid or lapsed. An accepted offer and a plain reservation alike.
 * cancel: RC_WRONG_STATE when it was cancelled before; RC_NOT_FOUND for a seat that is not its own.
 * A refund may need RIGHT_REFUND_MORE and a reason (RC_REFUSED).
 * void, swap: RC_WRONG_STATE when it is not sold. A clerk does it alone for a quarter of an hour in
 * the till session that sold it (second_thoughts.h); else RIGHT_VOID, RIGHT_SWAP. A void stands as
 * one on the Z. swap: RC_REFUSED when all of it is paid so already; to comp RIGHT_COMP as well.
 */
extern const struct verb verb_sell, verb_reserve, verb_pay, verb_cancel, verb_void, verb_swap;

/* A reservation as it is read. */
struct booking_seat {
    seat_id seat;
    char label[LABEL_SIZE];
    char zone[LABEL_SIZE];
    char type[32];
    type_id type_id;
    money amount;
    int32_t tax; /* rate of its type; -1: the setting's */
};
/* What one tender paid and is still there. */
struct booking_left {
    int32_t kind; /* enum tender_kind */
    money sum;
};

struct booking {
    reservation_id id;
    char code[CODE_SIZE];
    show_id show;
    enum booking_state state; /* as seen at the time of reading: an overdue one is lapsed */
    char title[TITLE_SIZE], hall[NAME_SIZE];
    when_ms starts_at;
    char name[NAME_SIZE], phone[PHONE_SIZE], note[NOTE_SIZE];
    char seats_were[WERE_SIZE]; /* labels given back */
    char from[CODE_SIZE];       /* whose seats, of another show, it was exchanged for; "" */
    char to[CODE_SIZE];         /* what seats of it were exchanged for last, likewise */
    entry_id entry;             /* of the waiting party it was offered to; id 0: none */
    int32_t party;              /* of that entry */
    struct origin origin;       /* of an open offer's seats: where the first came from */
    money total, paid, refunded;
    when_ms deadline, made_at;
    char terminal[TERMINAL_SIZE];
    int32_t operator_number;
    char tenders[160]; /* "cash 22.00, card 5.00", with room for all tenders in any language */
    int32_t n_left;
    struct booking_left left[TENDERS_MAX]; /* what did not go back, in the order of paying */
    int32_t n;
    struct booking_seat seats[SEATS_MAX];
};

/* Adds "cash 22.00", in the reader's words, to a list of tenders, of which `tender` is the stored
 * word; one that does not fit whole is left out. */
void booking_tender_add(char *list, size_t size, const char *tender, money sum);

/* Reads one by id or by code (case and blanks ignored). The heap snapshot is the caller's, to be
 * freed with free(). RC_NOT_FOUND names the code. */
enum rc booking_read(struct sql *db, reservation_id id, when_ms now, struct booking **booking,
                     struct fault *why);
enum rc booking_by_code(struct sql *db, const char *code, reservation_id *id, struct fault *why);

#endif
