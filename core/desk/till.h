/*
 * Tills: a session of a drawer, from its float to its Z report (design, 3). A session belongs to a
 * drawer, a sale to a clerk. Open, it takes sales; counted, it waits to be closed; closed, it stays
 * as it was printed. Its lock is its row, taken behind the show's.
 */
#ifndef BOXOFFICE_CORE_DESK_TILL_H
#define BOXOFFICE_CORE_DESK_TILL_H

#include "core/base/words.h"
#include "core/desk/journal.h"
#include "core/desk/verb.h"
#include "core/rules/cash.h"

enum { DRAWERS_MAX = 99 };

/* X(name, word) */
#define TILL_STATES(X)        \
    X(OPEN, N_("open"))       \
    X(COUNTED, N_("counted")) \
    X(CLOSED, N_("closed"))

enum till_state {
#define TILL_ENUM(name, word) TILL_##name,
    TILL_STATES(TILL_ENUM)
#undef TILL_ENUM
};

/* The word of a state, a static string; and back: false when the word is none. */
const char *till_word(enum till_state state);
bool till_parse(const char *word, enum till_state *state);

/* Opens the till of a drawer with its float. */
struct till_open_request {
    struct ask ask;
    int32_t drawer;
    money opening;
};

/* Puts cash in, or takes some out, for a reason. */
struct till_move_request {
    struct ask ask;
    till_id till;
    int32_t out; /* 1: taken out */
    money amount;
    char reason[NOTE_SIZE];
};

/* What lies in the drawer, counted blind. The second count is the last. */
struct till_count_request {
    struct ask ask;
    till_id till;
    int32_t n;
    struct cash_pieces pieces[DENOMINATIONS_MAX];
};

/* Closes a counted till: its Z report. Who approves it signs it besides the operator. */
struct till_close_request {
    struct ask ask;
    till_id till;
    int32_t two; /* setting: it takes a second signature */
};

struct till_reply {
    struct told told;
    till_id till;
    int32_t drawer;
    int32_t state;    /* enum till_state */
    int32_t counts;   /* how often it was counted */
    int64_t z_number; /* of a closed one */
    money opening;
    money expected, counted; /* once it was counted */
};

/*
 * till_open: RC_EXISTS when the drawer's till is open already (who, since when).
 * till_move: RC_WRONG_STATE when it is not open; a reason is wanted.
 * till_count: the first count of an open till, or one recount, which takes RIGHT_RECOUNT;
 * RC_REFUSED: it was counted twice.
 * till_close: RC_WRONG_STATE when it is not counted; RC_NEEDS_APPROVAL: a second signature is
 * wanted, where there is staff; RC_REFUSED: it is the operator's own.
 */
extern const struct verb verb_till_open, verb_till_move, verb_till_count, verb_till_close;

/* A session as its row has it. */
struct till {
    till_id id; /* 0: none */
    int32_t drawer;
    enum till_state state;
    int32_t counts;
    money opening, expected, counted; /* expected and counted: once it was counted */
    when_ms opened_at, closed_at;
    int32_t opened_by, closed_by, signed_by;
    int64_t z_number;
    char terminal[TERMINAL_SIZE];
};

/*
 * Locks a session inside the open transaction and asks for it and the end of its book, to be heard
 * by till_hear or till_enter: what else is asked meanwhile travels with it. NULL of the id 0.
 */
struct sql_statement *till_ask(struct sql *db, till_id id);

/* RC_NOT_FOUND: there is no such session. */
enum rc till_hear(struct sql_statement *asked, till_id id, struct till *till,
                  struct journal_end *end, struct fault *why);

/* The same for money: RC_WRONG_STATE says that it was counted or closed meanwhile. */
enum rc till_enter(struct sql_statement *asked, till_id id, struct till *till,
                   struct journal_end *end, struct fault *why);

/* Fills a verb's reply, and tells the others. */
void till_tell(const struct till *till, struct till_reply *reply);

/* The cash that the session should hold: one question. */
money till_cash(struct sql *db, till_id id);

/* The session of a drawer that is not closed, with the id 0 when there is none; and one by its id.
 * RC_NOT_FOUND of that; RC_STORAGE. */
enum rc till_of_drawer(struct sql *db, int32_t drawer, struct till *till, struct fault *why);
enum rc till_read(struct sql *db, till_id id, struct till *till, struct fault *why);

/* The session of a drawer that was closed last, or last before another of its; id 0: there is none.
 * RC_STORAGE. */
enum rc till_closed_before(struct sql *db, int32_t drawer, till_id before, struct till *till,
                           struct fault *why);

/* Opens one without a key, for who makes a demo: the verb's body. */
enum rc till_begin(struct sql *db, const struct till_open_request *request,
                   struct till_reply *reply, struct fault *why);

#endif
