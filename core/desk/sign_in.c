/* Signing in (staff.h): the try is counted, and the fifth wrong one locks. */
#include <stdio.h>
#include <string.h>

#include "core/desk/journal.h"
#include "core/desk/staff.h"

/* The person as the transaction finds it, locked in it. */
struct caller {
    bool there, same; /* works here; has the PIN that was tried */
    struct tries tries;
};

static void lock_caller(struct sql *db, const struct sign_in_request *ask, struct caller *caller,
                        struct sign_in_reply *reply)
{
    enum role role = ROLE_CLERK;
    struct sql_statement *row =
        sql_ask(db,
                "UPDATE staff SET changed_at = changed_at WHERE number = $1 AND active = 1"
                " RETURNING name, role, pin_hash, failures, locked_until",
                SQL_VALUES(sql_n(ask->number)));

    *caller = (struct caller){.there = sql_row(row)};
    if (caller->there) {
        (void)snprintf(reply->name, sizeof reply->name, "%s", sql_text(row, 0));
        (void)role_parse(sql_text(row, 1), &role);
        caller->same = strcmp(sql_text(row, 2), ask->hash) == 0;
        caller->tries = (struct tries){(int32_t)sql_number(row, 3), sql_number(row, 4)};
    }
    sql_done(row);
    reply->role = (int32_t)role;
}

static void write_tries(struct sql *db, const struct sign_in_request *ask,
                        const struct tries *tries)
{
    sql_run(db, "UPDATE staff SET failures = $2, locked_until = $3 WHERE number = $1",
            SQL_VALUES(sql_n(ask->number), sql_n(tries->failures), sql_n(tries->locked_until)));
}

/* By numbers alone: no PIN, no name. */
static void record(struct sql *db, const struct sign_in_request *ask, const char *what,
                   const struct tries *before, const struct tries *after)
{
    json_t *is =
        json_pack("{s:i, s:i}", "staff", (int)ask->number, "failures", (int)after->failures);

    if (is && after->locked_until != 0)
        json_object_set_new(is, "locked_until", json_integer(after->locked_until));
    journal_add(db, JOURNAL_HOUSE, &ask->ask, what,
                json_pack("{s:i}", "failures", (int)before->failures), is);
}

static enum signed_outcome count(struct sql *db, const struct sign_in_request *ask,
                                 struct caller *caller)
{
    struct tries before = caller->tries;
    enum tried tried = tries_count(&caller->tries, ask->right == 1, ask->ask.now);

    if (tried == TRIED_LOCKED)
        return SIGNED_LOCKED;
    write_tries(db, ask, &caller->tries);
    if (tried == TRIED_RIGHT)
        record(db, ask, ask->approves ? "approver" : "sign_in", &before, &caller->tries);
    else
        record(db, ask, tried == TRIED_LOCKS ? "pin_locked" : "pin_wrong", &before, &caller->tries);
    if (tried == TRIED_RIGHT)
        return SIGNED_IN;
    return tried == TRIED_LOCKS ? SIGNED_LOCKED : SIGNED_WRONG;
}

static enum rc sign_in_run(struct sql *db, const void *request, void *reply, struct fault *why)
{
    const struct sign_in_request *ask = request;
    struct sign_in_reply *answer = reply;
    struct caller caller;

    (void)why;
    lock_caller(db, ask, &caller, answer);
    answer->number = ask->number;
    answer->left = -1;
    if (!caller.there) {
        answer->outcome = SIGNED_WRONG;
        return RC_OK;
    }
    answer->outcome = (int32_t)(caller.same ? count(db, ask, &caller) : SIGNED_CHANGED);
    answer->left = tries_left(&caller.tries, ask->ask.now);
    answer->locked_until = caller.tries.locked_until;
    if (answer->outcome != SIGNED_IN) /* a guesser learns no name */
        memset(answer->name, 0, sizeof answer->name);
    return RC_OK;
}

const struct verb verb_sign_in = {.name = "sign_in",
                                  .request_size = sizeof(struct sign_in_request),
                                  .reply_size = sizeof(struct sign_in_reply),
                                  .keyed = true,
                                  .run = sign_in_run};
