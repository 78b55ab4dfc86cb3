/*
 * Tickets: given to a sale when it is to be printed (never in the sale itself, which stays quick),
 * printed anew, torn, checked in at the door. A ticket is known by its serial, without gaps a
 * venue; a seat has at most one that lets somebody in.
 */
#ifndef BOXOFFICE_CORE_DESK_TICKETS_H
#define BOXOFFICE_CORE_DESK_TICKETS_H

#include "core/base/words.h"
#include "core/desk/booking.h"
#include "core/desk/verb.h"

/* X(name, word) What a ticket is good for. */
#define TICKET_STATES(X) \
    X(LIVE, N_("live"))  \
    X(USED, N_("used"))  \
    X(DEAD, N_("dead"))

/* X(name, word) What became of its printing. DUE: it was given out to be printed, and nobody said
 * what came of it. */
#define TICKET_PRINTS(X)      \
    X(DUE, N_("due"))         \
    X(PRINTED, N_("printed")) \
    X(FAILED, N_("failed"))   \
    X(TORN, N_("torn"))

enum ticket_state {
#define TICKET_ENUM(name, word) TICKET_##name,
    TICKET_STATES(TICKET_ENUM)
#undef TICKET_ENUM
};
enum ticket_print {
#define PRINT_ENUM(name, word) PRINT_##name,
    TICKET_PRINTS(PRINT_ENUM)
#undef PRINT_ENUM
};

/* Words, static strings. */
const char *ticket_state_word(enum ticket_state state);
const char *ticket_print_word(enum ticket_print print);

/* So long after it was printed a ticket may be called torn, at the terminal that printed it. */
#define TICKET_TORN_MS (5 * WHEN_MINUTE)

/* issue: all its seats (n 0). reprint, torn: the seats named, or all that have a ticket. */
struct ticket_request {
    struct ask ask;
    reservation_id reservation;
    int32_t n;
    seat_id seats[SEATS_MAX];
    char reason[NOTE_SIZE]; /* of reprint: needed */
};
struct ticket_reply {
    struct told told;
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    int32_t made; /* serials given by this request */
    int32_t n;    /* its tickets to be printed now: new ones, and those that failed or were torn */
    int64_t serials[SEATS_MAX];
    int64_t rev;
};

/*
 * issue: gives every sold seat that has no ticket its serial, in seat order; with none missing it
 * changes nothing. RC_WRONG_STATE: it is not sold.
 * reprint: new serials for old ones, which are dead from then on; a used one's successor is used.
 * RC_REFUSED: without a reason, or a seat that has no ticket; RC_NOT_FOUND: not its seat.
 * torn: what was printed here a moment ago is to be printed again under its serial.
 * RC_TOO_LATE: longer ago; RC_REFUSED: printed elsewhere, or not printed.
 */
extern const struct verb verb_issue, verb_reprint, verb_torn;

/* What came of printing: of tickets that are dead by now nothing is noted. */
struct printed_request {
    struct ask ask;
    int32_t n;
    int64_t serials[SEATS_MAX]; /* of one sale */
    int32_t print;              /* PRINT_PRINTED or PRINT_FAILED */
};
struct printed_reply {
    struct told told;
    int32_t n; /* noted */
};
extern const struct verb verb_printed;

struct check_in_request {
    struct ask ask;
    char code[CODE_SIZE];
    int64_t serial; /* 0: all that the sale has */
};
/* Filled as far as it is known also when it is refused. */
struct check_in_reply {
    struct told told;
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    char title[TITLE_SIZE], hall[NAME_SIZE];
    when_ms starts_at;
    int32_t n; /* let in now */
    char labels[SEATS_MAX][LABEL_SIZE];
    when_ms used_at; /* when it was used before; 0: it was not */
    char used_on[TERMINAL_SIZE];
};
/*
 * Lets in, once. RC_NOT_FOUND: no such code or ticket. RC_WRONG_STATE: used before (when and
 * where), or not paid. RC_REFUSED: the ticket is dead (why), or for another day. RC_TOO_LATE: the
 * show is over.
 */
extern const struct verb verb_check_in;

/* Reads what was scanned or typed at the door, a ticket's text (scan.h) or a code, into serial and
 * code of a request. RC_BAD_INPUT. */
enum rc check_in_text(const char *text, struct check_in_request *request, struct fault *why);

/* Tickets of seats that the reservation no longer has are dead from now on. To be called inside the
 * transaction that gave the seats back, behind that. */
void tickets_die(struct sql *db, reservation_id reservation, when_ms now);
/* The same for a show that nobody has a seat at any more. */
void tickets_die_all(struct sql *db, show_id show, when_ms now);

/* A sold seat with its ticket; serial 0: it has none yet. */
struct ticket {
    int64_t serial;
    enum ticket_state state;
    enum ticket_print print;
    int32_t copies; /* times it was printed anew */
    int64_t of_serial;
    char reason[NOTE_SIZE];
    seat_id seat;
    char label[LABEL_SIZE], row[LABEL_SIZE], block[LABEL_SIZE], zone[LABEL_SIZE], type[LABEL_SIZE];
    int32_t number;
    money amount;
    int32_t tax; /* rate of its type, hundredths of a per cent; -1: the setting's */
    when_ms printed_at, checked_in_at;
    char terminal[TERMINAL_SIZE], checked_in_on[TERMINAL_SIZE];
};
struct ticket_tender {
    char word[16];
    bool refund;
    bool carried; /* from or to another reservation, by exchange */
    money amount, given, rounding;
};
enum { SHEET_TENDERS = 16 };

/* A sale with all that stands on its tickets and its receipt. */
struct ticket_sheet {
    reservation_id reservation;
    show_id show;
    char code[CODE_SIZE];
    enum booking_state state;
    char title[TITLE_SIZE], hall[NAME_SIZE], currency[4];
    const char *stamp;     /* "NOT VALID, a demo"; "" */
    bool training;         /* of a copy: what is printed lets nobody in, so it can't be scanned */
    char venue[NAME_SIZE]; /* the name of the house; "" */
    when_ms starts_at, sold_at;
    char terminal[TERMINAL_SIZE]; /* that sold it */
    int32_t operator_number;
    till_id till; /* that it was paid into; id 0: none */
    money total;
    int32_t n_tenders;
    struct ticket_tender tenders[SHEET_TENDERS];
    int32_t n;
    struct ticket tickets[SEATS_MAX];
};

/* Reads one by id. The heap snapshot is the caller's, to be freed with free(). RC_NOT_FOUND. */
enum rc tickets_read(struct sql *db, reservation_id id, struct ticket_sheet **sheet,
                     struct fault *why);

/* What stands across the tickets of a box office that sells nothing: the one place where that is
 * decided. A static string, "" for one that sells. */
const char *tickets_stamp(bool demo, bool training);

#endif
