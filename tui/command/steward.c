#include "tui/command/steward.h"

#include <string.h>

#include "core/base/digest.h"
#include "core/desk/assign.h"
#include "core/desk/tidy.h"
#include "tui/mesh.h"
#include "tui/mono.h"

enum {
    LOOK_MS = 2000,
    SOON_MS = 100, /* sales come in hundreds a second and rarely make work for the list */
    LEASE_MS = 1000,
    SHOWS_MOST = 512
};

void steward_init(struct steward *steward, struct session *session, struct presence *presence,
                  enum lease_wish wish)
{
    memset(steward, 0, sizeof *steward);
    steward->session = session;
    steward->presence = presence;
    steward->watch.wish = wish;
    steward->lease_due = true;
    if (presence != NULL)
        memcpy(steward->watch.session, presence->self.session, sizeof steward->watch.session);
    else
        digest_key(steward->watch.session, sizeof steward->watch.session);
}

/* Refusals and want of time pass; the rest is for a person to see to. */
static bool passes(enum rc rc)
{
    return rc_exit_status(rc) == 1 || rc == RC_BUSY || rc == RC_UNKNOWN;
}

/* Who stays waits for a server that is away. */
static bool goes_on(const struct steward *steward, enum rc rc)
{
    return passes(rc) || (rc == RC_AWAY && steward->presence != NULL);
}

static enum rc do_verb(struct steward *steward, const struct verb *verb, void *request, void *reply,
                       struct fault *why)
{
    const struct command_context *context = steward->session->context;
    enum rc rc;

    verb_ask(request, steward->session->db, NULL, context->terminal,
             (int32_t)context->settings->operator_number);
    rc = verb_do(steward->session->db, verb, request, reply, why);
    if (steward->presence != NULL)
        presence_say(steward->presence, reply);
    else
        mesh_say(context->settings, steward->session->db, reply);
    return rc;
}

static enum rc lease_do(struct steward *steward, const struct verb *verb, struct fault *why)
{
    struct lease_request request = {.seen_term = steward->watch.last.term,
                                    .seen_beat = steward->watch.last.beat};
    struct lease_reply reply;

    memcpy(request.session, steward->watch.session, sizeof request.session);
    return do_verb(steward, verb, &request, &reply, why);
}

/* What the lease asks for now; takes it and looks again when it may be had. */
static enum rc see_lease(struct steward *steward, struct fault *why)
{
    bool held = steward->holds;
    enum lease_step step = LEASE_WAIT;
    enum rc rc = RC_OK;

    steward->holds = false;
    steward->lease_due = false;
    steward->lease_ms = mono_ms();
    for (int look = 0; look < 2 && rc == RC_OK; look++) {
        struct lease_row row;

        rc = lease_read(steward->session->db, &row, why);
        if (rc != RC_OK)
            break;
        step = lease_watch_step(&steward->watch, &row, lease_boottime());
        if (step != LEASE_TAKE)
            break;
        rc = lease_do(steward, &verb_lease_take, why);
    }
    if (rc == RC_OK && step == LEASE_BEAT_NOW)
        rc = lease_do(steward, &verb_lease_beat, why);
    steward->holds = rc == RC_OK && (step == LEASE_ASSIGN || step == LEASE_BEAT_NOW);
    steward->due |= steward->holds && !held;
    return rc;
}

static enum rc assign(struct steward *steward, show_id show, struct fault *why)
{
    struct assign_request request = {
        .show = show,
        .term = steward->watch.last.term,
        .strict = strcmp(steward->session->context->settings->fit, "strict") == 0};
    struct assign_reply reply;
    enum rc rc = do_verb(steward, &verb_assign, &request, &reply, why);

    if (rc == RC_OK) {
        steward->offered += reply.offered;
        steward->freed += reply.freed;
        steward->shows++;
    }
    if (rc == RC_LEASED)
        steward->holds = false;
    return rc;
}

/* Every verb tidies its show first, so shows that are only to be tidied go the same way. */
static enum rc assign_each(struct steward *steward, const show_id *shows, size_t n,
                           struct fault *why)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; i < n && (rc == RC_OK || (passes(rc) && rc != RC_LEASED)); i++)
        rc = assign(steward, shows[i], why);
    return rc;
}

enum rc steward_sweep(struct steward *steward, struct fault *why)
{
    struct sql *db = steward->session->db;
    show_id shows[SHOWS_MOST];
    enum rc rc = assign_each(steward, shows, tidy_list(db, sql_now(db), shows, SHOWS_MOST), why);

    if (rc == RC_OK || (passes(rc) && rc != RC_LEASED))
        rc = assign_each(steward, shows, assign_list(db, sql_now(db), shows, SHOWS_MOST), why);
    steward->due = steward->soon = false;
    steward->look_ms = mono_ms();
    return rc;
}

/* When the next look for work is due, and the next at the lease; monotonic. */
static int64_t work_at(const struct steward *steward)
{
    if (!steward->holds)
        return INT64_MAX;
    return steward->due ? 0 : steward->look_ms + (steward->soon ? SOON_MS : LOOK_MS);
}

static int64_t lease_at(const struct steward *steward)
{
    return steward->lease_due ? 0 : steward->lease_ms + LEASE_MS;
}

enum rc steward_round(struct steward *steward, struct fault *why)
{
    enum rc rc = lease_at(steward) <= mono_ms() ? see_lease(steward, why) : RC_OK;

    if (rc == RC_OK && work_at(steward) <= mono_ms())
        rc = steward_sweep(steward, why);
    return goes_on(steward, rc) ? RC_OK : rc;
}

enum rc steward_hear(struct steward *steward, const struct hint *hint, struct fault *why)
{
    enum rc rc = RC_OK;

    steward->soon |= hint->kind == HINT_SEATS;
    steward->lease_due |= hint->kind == HINT_LEASE;
    if ((hint->kind == HINT_RETURNED || hint->kind == HINT_LIST) && steward->holds)
        rc = assign(steward, (show_id){hint->show}, why);
    return goes_on(steward, rc) ? RC_OK : rc;
}

int64_t steward_next(const struct steward *steward)
{
    int64_t work = work_at(steward), lease = lease_at(steward);

    return work < lease ? work : lease;
}

void steward_yield(struct steward *steward)
{
    if (steward->watch.seen)
        (void)lease_do(steward, &verb_lease_yield, NULL);
    steward->holds = false;
}
