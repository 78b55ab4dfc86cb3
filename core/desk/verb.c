#include "core/desk/verb.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/words.h"

void verb_ask(struct ask *ask, struct sql *db, const char *key, const char *terminal,
              int32_t operator_number)
{
    memset(ask, 0, sizeof *ask);
    ask->now = sql_now(db);
    ask->operator_number = operator_number;
    digest_random(ask->random, sizeof ask->random);
    snprintf(ask->terminal, sizeof ask->terminal, "%s", terminal);
    /* A key that is too long is never cut: the blank makes verb_do refuse it. */
    if (key == NULL)
        digest_key_in_time(ask->key, sizeof ask->key);
    else
        snprintf(ask->key, sizeof ask->key, "%s", strlen(key) < KEY_SIZE ? key : " ");
}

/* Seats that came back are a change of seats, said more sharply: one hint a show is enough. */
static bool seats_changed(int32_t kind)
{
    return kind == HINT_SEATS || kind == HINT_RETURNED;
}

void told_add(struct told *told, enum hint_kind kind, show_id show, int64_t rev)
{
    struct hint *hint = told->hints;
    struct hint *end = hint + told->n;

    while (hint < end &&
           (hint->show != show.n || (hint->kind != (int32_t)kind &&
                                     !(seats_changed(hint->kind) && seats_changed((int32_t)kind)))))
        hint++;
    if (hint == told->hints + HINTS_MAX)
        return; /* a hint too many is a lost hint: the others' timers notice */
    if (hint == end) {
        told->n++;
        *hint = (struct hint){.kind = (int32_t)kind, .show = show.n, .rev = rev};
        return;
    }
    if (kind == HINT_RETURNED)
        hint->kind = HINT_RETURNED;
    if (hint->rev < rev)
        hint->rev = rev;
}

enum rc verb_storage_fault(const struct sql *db, enum sql_rc rc, struct fault *why)
{
    const char *detail = sql_error(db);

    if (detail[0] == '\0')
        detail = sql_rc_text(rc);
    switch (rc) {
    case SQL_OK:
        return RC_OK;
    case SQL_BUSY:
    case SQL_STOPPED_HOLDER:
        return fault_set(why, RC_BUSY, _("the box office is busy, try again: %s"), detail);
    case SQL_UNKNOWN:
        return fault_set(why, RC_UNKNOWN, _("the outcome is unknown: %s"), detail);
    case SQL_AWAY:
        return fault_set(why, RC_AWAY, _("the server is away, nothing was changed: %s"), detail);
    case SQL_NO_MEMORY:
        return fault_set(why, RC_NO_MEMORY, _("out of memory"));
    case SQL_READ_ONLY:
    case SQL_MISSING:
    case SQL_EXISTS:
    case SQL_FOREIGN:
    case SQL_NETWORK_FILE:
    case SQL_MOVED:
    case SQL_NEWER:
    case SQL_ENVIRONMENT:
        return fault_set(why, RC_ENVIRONMENT, "%s", detail);
    case SQL_ROLLED_BACK:
    case SQL_CONFLICT:
    case SQL_FULL:
    case SQL_IO:
    case SQL_CORRUPT:
    case SQL_NOT_DATABASE:
    case SQL_MISUSE:
        break;
    }
    return fault_set(why, RC_STORAGE, _("the storage failed: %s"), detail);
}
