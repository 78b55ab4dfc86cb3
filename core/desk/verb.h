/*
 * Verbs: everything that changes the database (design, 3).
 *
 * A verb is a flat request (fixed size, no pointers, zero-initialised), a flat reply and a
 * function. The same request on the same database gives the same reply: the time, the terminal, the
 * operator, random bits and the key come in with the request. So verbs can be rerun and replayed.
 * Bulk verbs (halls, schedules) are functions of their own with borrowed arrays.
 */
#ifndef BOXOFFICE_CORE_DESK_VERB_H
#define BOXOFFICE_CORE_DESK_VERB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/rc.h"
#include "core/base/when.h"
#include "core/channel/hint.h"
#include "db/sql.h"

enum { HINTS_MAX = 8, ASK_RANDOM = 16 };

/*
 * Replies are kept with their keys as they lie in memory, without their zeros (kept.h). Raise this
 * whenever one of them, or struct told, is laid out otherwise: a key of before is then refused
 * instead of misread.
 */
enum { VERB_LAYOUT = 9 };

/* Who asks, when and with which key. The first member of every request; not part of its digest. */
struct ask {
    when_ms now;        /* the engine's clock, sql_now() */
    char key[KEY_SIZE]; /* of the request; of hold, release, touch, retype: the basket's */
    char terminal[TERMINAL_SIZE];
    int32_t operator_number;
    int32_t approver;   /* who gave a PIN on the spot for it (staff_may, staff.h); 0: nobody */
    bool prints;        /* setting: the terminal has a printer, and owes paper for what it sells */
    bool trusted;       /* a command: who has the database's rights may do all that a manager may */
    till_id till;       /* the open till of its drawer: what is paid goes into it; id 0: none */
    int32_t tax;        /* setting: of ticket types without a rate of their own */
    int32_t cash_round; /* setting: the smallest coin, up to 1: nothing is rounded */
    uint8_t random[ASK_RANDOM];
};

/* What to publish after COMMIT. The first member of every reply. */
struct told {
    int32_t n;
    int32_t replayed; /* 1: the key was used before; this is the first result again */
    struct hint hints[HINTS_MAX];
};

/* A show, by its own id or by that of what belongs to it. */
struct show_ref {
    enum show_by { SHOW_ITSELF, SHOW_OF_RESERVATION, SHOW_OF_ENTRY } by;
    int64_t id;
};

struct verb {
    const char *name;
    size_t request_size, reply_size;
    bool keyed; /* its key is kept in `requests` and a rerun gives the first result */
    /* The show whose claims it may take or give, to be tidied first; NULL: none. Pure. */
    struct show_ref (*show)(const void *request);
    /* The body, inside the transaction. Anything but RC_OK rolls back. */
    enum rc (*run)(struct sql *db, const void *request, void *reply, struct fault *why);
};

/* Every verb, ended by NULL; and one by its name, NULL when unknown. */
extern const struct verb *const verbs[];
const struct verb *verb_find(const char *name);

/* Fills an ask, approved by nobody and not trusted: `key` NULL makes a new one; `terminal` is
 * borrowed during the call. */
void verb_ask(struct ask *ask, struct sql *db, const char *key, const char *terminal,
              int32_t operator_number);

/*
 * Does a verb: tidies its show in a transaction of its own when that is due, then runs it in one
 * write transaction with its journal rows and its key. `reply` has reply_size bytes; it is filled
 * also for refusals that say more in it (RC_APART). Its `told` has the hints to publish, those of
 * tidying included, also when the verb was refused.
 * RC_KEY_REUSED when the key stands for another request; RC_UNKNOWN when COMMIT's answer was lost:
 * run the same request again. Storage errors are RC_BUSY, RC_STORAGE, RC_NO_MEMORY.
 */
enum rc verb_do(struct sql *db, const struct verb *verb, const void *request, void *reply,
                struct fault *why);

/*
 * The frame of bulk verbs: runs `work` with `context` in one write transaction, the key kept under
 * `name` with `digest` (hex); reply bytes as above. Unkeyed when ask->key is empty.
 */
typedef enum rc verb_bulk_work(struct sql *db, void *context, struct fault *why);
enum rc verb_do_bulk(struct sql *db, const struct ask *ask, const char *name, const char *digest,
                     verb_bulk_work *work, void *context, struct told *told, struct fault *why);

/* Notes a hint in a reply: one of the same kind and show is overtaken, not added. */
void told_add(struct told *told, enum hint_kind kind, show_id show, int64_t rev);

/* Turns the connection's failure into a fault, naming what was being done. Returns its code. */
enum rc verb_storage_fault(const struct sql *db, enum sql_rc rc, struct fault *why);

#endif
