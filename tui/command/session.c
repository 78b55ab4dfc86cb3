#include "tui/command/session.h"

#include <signal.h>
#include <string.h>

#include "core/base/words.h"
#include "tui/mesh.h"
#include "tui/office.h"

enum { UNKNOWN_RUNS = 3 };

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof ending / sizeof ending[0] };

void session_hold_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    for (int i = 0; i < ENDINGS; i++)
        sigaddset(&set, ending[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool session_interrupted(void)
{
    sigset_t set;

    sigpending(&set);
    for (int i = 0; i < ENDINGS; i++)
        if (sigismember(&set, ending[i]))
            return true;
    return false;
}

enum rc session_open(struct session *session, struct command_context *context, bool writes,
                     struct fault *why)
{
    memset(session, 0, sizeof *session);
    session->context = context;
    if (context->database[0] == '\0')
        return fault_set(why, RC_ENVIRONMENT,
                         _("no place for the database is known: name one with -d"));
    if (writes)
        session_hold_signals();
    return office_open(&session->db, context->settings, context->database, &session->venue, why);
}

enum rc session_end(struct session *session, enum rc rc, struct fault *why)
{
    bool written = true;

    if (session->context != NULL)
        written = fflush(session->context->out) == 0 && !ferror(session->context->out);
    sql_close(&session->db);
    if (session->done && (!written || rc != RC_OK))
        return fault_set(why, RC_ENVIRONMENT,
                         _("it is done, but the answer could not be given: to see it, run the same "
                           "command again with --key %s"),
                         session->key);
    if (!written && rc == RC_OK)
        return fault_set(why, RC_ENVIRONMENT, _("the output could not be written"));
    return rc;
}

enum rc session_ask(struct session *session, const char *key, struct ask *ask, struct fault *why)
{
    const struct command_context *context = session->context;

    if (key != NULL && (key[0] == '\0' || strlen(key) >= KEY_SIZE))
        return fault_set(why, RC_BAD_INPUT, _("a key has 1 to %d characters"), KEY_SIZE - 1);
    if (session_interrupted())
        return fault_set(why, RC_INTERRUPTED, _("interrupted: nothing was changed"));
    verb_ask(ask, session->db, key, context->terminal, (int32_t)context->settings->operator_number);
    ask->trusted = true; /* who may read and write the database need not be asked for a PIN */
    ask->tax = (int32_t)context->settings->tax;
    ask->cash_round = (int32_t)context->settings->cash_round;
    memcpy(session->key, ask->key, sizeof session->key);
    return RC_OK;
}

enum rc session_done(struct session *session, enum rc rc, const struct told *told,
                     struct fault *why)
{
    mesh_say(session->context->settings, session->db, told);
    session->done = rc == RC_OK;
    if (rc == RC_UNKNOWN)
        return fault_set(why, rc,
                         _("the outcome is unknown: to learn it, run the same command again with "
                           "--key %s"),
                         session->key);
    if (rc == RC_BUSY && session_interrupted())
        return fault_set(why, RC_INTERRUPTED, _("interrupted: nothing was changed"));
    return rc;
}

/* A key that was given may be that of an earlier run: while nobody can ask, what became of that one
 * is not known, and this is no answer about it. */
static enum rc session_busy(const struct session *session, struct fault *why)
{
    const struct fault busy = *why;

    return fault_set(why, RC_UNKNOWN, _("%s; whether the key %s was used before is not known yet"),
                     busy.text, session->key);
}

enum rc session_do(struct session *session, const char *key, const struct verb *verb, void *request,
                   void *reply, struct fault *why)
{
    enum rc rc = session_ask(session, key, request, why);
    bool unknown = false;

    if (rc != RC_OK)
        return rc;
    for (int run = 0; run < UNKNOWN_RUNS; run++) {
        rc = verb_do(session->db, verb, request, reply, why);
        unknown = rc == RC_UNKNOWN || (unknown && rc_exit_status(rc) == 3);
        if (!unknown)
            break;
    }
    /* Once COMMIT's answer was lost, a later failure to ask does not mean no. */
    rc = session_done(session, unknown ? RC_UNKNOWN : rc, reply, why);
    return rc == RC_BUSY && key != NULL ? session_busy(session, why) : rc;
}
