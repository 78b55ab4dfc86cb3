/* The waiting list: joining, leaving, offers, calls (design, 5). */
#ifndef BOXOFFICE_CORE_DESK_WAITING_H
#define BOXOFFICE_CORE_DESK_WAITING_H

#include "core/desk/booking.h"
#include "core/rules/pick.h"

struct wait_request {
    struct ask ask;
    show_id show;
    int32_t party; /* 1 to 20 */
    int32_t fit;   /* enum fit */
    int32_t wheelchairs;
    int32_t present; /* 1: stands at the counter */
    char name[NAME_SIZE];
    char phone[PHONE_SIZE];
    char zone[LABEL_SIZE]; /* "": any */
    char note[NOTE_SIZE];
};

struct entry_reply {
    struct told told;
    entry_id entry;
    show_id show;
    int32_t state;    /* enum entry_state */
    int32_t position; /* on the list, from 1; 0: no longer on it */
    int64_t rev;
};

/* leave, decline, no answer, claim the call, present: one entry. */
struct entry_request {
    struct ask ask;
    entry_id entry;
    int32_t present; /* of verb_present: 1 stands at the counter, 0 does not */
};

/* Changes a live entry: everything as it is to be from now on. */
struct amend_request {
    struct ask ask;
    entry_id entry;
    int32_t party, fit, wheelchairs, present; /* as in wait_request */
    char name[NAME_SIZE];
    char phone[PHONE_SIZE];
    char zone[LABEL_SIZE];
    char note[NOTE_SIZE];
};

struct undo_request {
    struct ask ask;
    entry_id entry; /* id 0: the last that this terminal did at the show */
    show_id show;   /* id 0: the entry's */
};

/* Accept an offer; with tenders (n_tenders > 0) it is paid in the same transaction. */
struct accept_request {
    struct ask ask;
    entry_id entry;
    int64_t collect_min;
    money expected; /* -1: whatever it is */
    int32_t n_tenders;
    struct tender tenders[TENDERS_MAX];
};

/*
 * wait: RC_EXISTS for a second live entry of a phone at a show; RC_TOO_LATE past the sale stop;
 * RC_WRONG_STATE for a cancelled show. leave gives an open offer's seats back. accept, decline:
 * RC_WRONG_STATE without an open offer. noanswer: the entry stays at its place, its seats go on to
 * the next. call: claims the call for two minutes, RC_TAKEN names who calls.
 * amend: what wait refuses, and RC_WRONG_STATE for another size while seats are offered. The entry
 * keeps its place.
 * undo: takes back the last leave, decline or no answer made at the asking terminal. The entry
 * returns to its own place; the seats of the offer that ended so, when they are still there, are
 * offered to it again with a fresh deadline. RC_NOT_FOUND: there is nothing to undo;
 * RC_WRONG_STATE: something else became of the entry, or another terminal did it; RC_TOO_LATE: a
 * party behind it was offered seats since; RC_EXISTS: its phone has joined again. wait, leave,
 * noanswer, call, present, amend, undo reply with entry_reply; accept and decline with
 * booking_reply.
 */
extern const struct verb verb_wait, verb_leave, verb_accept, verb_decline, verb_noanswer, verb_call,
    verb_present, verb_amend, verb_undo;

struct waiting_row {
    entry_id id;
    show_id show;
    int32_t position; /* from 1 among the live ones, by priority and sequence */
    char name[NAME_SIZE], phone[PHONE_SIZE], zone[LABEL_SIZE], note[NOTE_SIZE];
    int32_t party, wheelchairs, passes;
    enum fit fit;
    enum entry_state state; /* as seen at `now`: a lapsed offer is waiting again */
    bool present;
    when_ms joined_at;
    char reason[240]; /* in the reader's language */
    /* of an open offer */
    reservation_id reservation;
    char code[CODE_SIZE];
    when_ms deadline;
    money total;
    int32_t n; /* its seats */
    char seats[PARTY_MAX][LABEL_SIZE];
    char zones[LABEL_SIZE];     /* zone of the seats */
    char caller[TERMINAL_SIZE]; /* who calls now; "" nobody */
    int32_t caller_operator;
    when_ms claimed_until;
    int32_t tried; /* earlier calls without an answer */
    int32_t kept;  /* seats kept for it */
    char title[TITLE_SIZE], hall[NAME_SIZE];
    when_ms starts_at;
};
struct waiting_list {
    size_t n;
    struct waiting_row rows[];
};

/* Live entries of one show in order (show 0: of all shows not yet over). Heap, free(). */
enum rc waiting_read(struct sql *db, show_id show, when_ms now, struct waiting_list **list,
                     struct fault *why);

/* One entry in whatever state; a list of one. RC_NOT_FOUND. */
enum rc waiting_entry(struct sql *db, entry_id entry, when_ms now, struct waiting_list **list,
                      struct fault *why);

/* Calls to make: open offers of all shows, soonest deadline first. Heap, free(). */
enum rc waiting_calls(struct sql *db, when_ms now, struct waiting_list **list, struct fault *why);

#endif
