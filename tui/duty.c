#include "tui/duty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/assign.h"
#include "core/desk/park.h"
#include "tui/drawer.h"
#include "tui/framework.h"
#include "tui/mesh.h"
#include "tui/mono.h"

enum {
    LEASE_MS = 1000, /* how often the lease is looked at */
    DUE_MS = 2000,   /* how often the designated terminal looks for work unasked */
    CALLS_MS = 5000, /* how often calls and parked baskets are read unasked */
    ASSIGNING_MOST = 4
};

static struct duty *duty_of(struct app *app)
{
    return &app->framework->duty;
}

static enum lease_wish wish_of(const struct settings *settings)
{
    if (strcmp(settings->assigner, "never") == 0)
        return LEASE_NEVER;
    return strcmp(settings->assigner, "prefer") == 0 ? LEASE_PREFER : LEASE_STANDBY;
}

/* A verb of the terminal's own, off the user's way. */
static void post_verb(struct app *app, const struct verb *verb, const void *request)
{
    struct job *job = job_verb(verb, request);

    if (job)
        job->lane = LANE_DUTIES;
    framework_post(app, job, 0);
}

static void post_self(struct app *app, const struct verb *verb)
{
    mesh_describe(app->framework->channel, &duty_of(app)->self);
    post_verb(app, verb, &duty_of(app)->self);
}

static void post_read(struct app *app, enum read_id read)
{
    union read_args args = {0};

    framework_post(app, job_read(read, &args), 0);
}

void duty_start(struct app *app)
{
    struct duty *duty = duty_of(app);
    struct terminal_request *self = &duty->self;
    duty->watch.wish = wish_of(app->settings);
    digest_key(self->session, sizeof self->session);
    snprintf(duty->watch.session, sizeof duty->watch.session, "%s", self->session);
    if (gethostname(self->host, sizeof self->host) != 0)
        self->host[0] = '\0';
    self->host[sizeof self->host - 1] = '\0';
    self->pid = getpid();
    snprintf(self->assigns, sizeof self->assigns, "%s", app->settings->assigner);
    duty->calls_stale = duty->parked_stale = duty->staff_stale = true;
    duty->till_stale = true;
    post_self(app, &verb_terminal_join);
    duty->beat_ms = mono_ms();
}

static void lease_verb(struct app *app, const struct verb *verb)
{
    struct duty *duty = duty_of(app);
    struct lease_request request = {.seen_term = duty->watch.last.term,
                                    .seen_beat = duty->watch.last.beat};

    snprintf(request.session, sizeof request.session, "%s", duty->watch.session);
    post_verb(app, verb, &request);
    duty->asked_lease = true;
}

/* Says it in the head line when the waiting list is served by nobody. */
static void note_trouble(struct app *app, const struct lease_row *row)
{
    struct duty *duty = duty_of(app);
    int64_t limit = row->holder[0] ? LEASE_DEAD + LEASE_BEAT : LEASE_BEAT;
    bool nobody = lease_boottime() - duty->watch.last_change_ms > limit;

    snprintf(app->trouble, sizeof app->trouble, "%s", nobody ? _("nobody assigns") : "");
}

static void lease_seen(struct app *app, const struct lease_row *row)
{
    struct duty *duty = duty_of(app);
    bool held = duty->holds;
    enum lease_step step = lease_watch_step(&duty->watch, row, lease_boottime());

    duty->holds = step == LEASE_ASSIGN || step == LEASE_BEAT_NOW;
    if (duty->holds && !held)
        duty->assign_now = true;
    note_trouble(app, row);
    if (step == LEASE_TAKE)
        lease_verb(app, &verb_lease_take);
    else if (step == LEASE_BEAT_NOW)
        lease_verb(app, &verb_lease_beat);
}

static void assign(struct app *app, show_id show)
{
    struct duty *duty = duty_of(app);
    struct assign_request request = {.show = show,
                                     .term = duty->watch.last.term,
                                     .strict = strcmp(app->settings->fit, "strict") == 0};

    duty->assigning++;
    post_verb(app, &verb_assign, &request);
}

/* Every verb tidies its show first, so shows that are only to be tidied go the same way. */
static void due_seen(struct app *app, const struct due_shows *due)
{
    if (!duty_of(app)->holds)
        return;
    for (int32_t i = 0; i < due->assign; i++)
        assign(app, due->assign_shows[i]);
    for (int32_t i = 0; i < due->tidy; i++)
        assign(app, due->tidy_shows[i]);
}

static void calls_seen(struct app *app, struct job *job)
{
    free(app->calls);
    app->calls = job->result;
    job->result = NULL;
}

static void read_seen(struct app *app, struct job *job)
{
    struct duty *duty = duty_of(app);

    if (job->read == READ_LEASE)
        duty->asked_lease = false;
    else if (job->read == READ_DUE)
        duty->asked_due = false;
    else if (job->read == READ_CALLS)
        duty->asked_calls = false;
    else if (job->read == READ_PARKED)
        duty->asked_parked = false;
    else if (job->read == READ_TERMINALS)
        duty->asked_peers = false;
    else if (job->read == READ_STAFF)
        duty->asked_staff = false;
    else if (job->read == READ_TILL)
        duty->asked_till = false;
    else if (job->read == READ_REVS)
        app->framework->asked_revs = false;
    else if (job->read == READ_VENUE)
        away_venue(app, job);
    if (job->rc != RC_OK)
        return;
    if (job->read == READ_TERMINALS && app->framework->channel)
        mesh_know(app->framework->channel, job->result);
    else if (job->read == READ_LEASE)
        lease_seen(app, job->result);
    else if (job->read == READ_DUE)
        due_seen(app, job->result);
    else if (job->read == READ_CALLS)
        calls_seen(app, job);
    else if (job->read == READ_PARKED)
        framework_parked_read(app, job);
    else if (job->read == READ_STAFF)
        framework_staff(app, job);
    else if (job->read == READ_TILL)
        drawer_seen(app, job->result);
    else if (job->read == READ_REVS)
        framework_revs(app, &job->args.revs, job->result);
}

static void joined(struct app *app, const struct job *job)
{
    struct duty *duty = duty_of(app);

    if (job->rc == RC_EXISTS || job->rc == RC_BAD_INPUT) {
        app->framework->end = job->fault;
        app_quit(app);
        return;
    }
    duty->joined = job->rc == RC_OK;
    duty->lease_ms = 0;
    duty->peers_stale = true;
}

void duty_answer(struct app *app, struct job *job)
{
    struct duty *duty = duty_of(app);

    if (!job->verb) {
        read_seen(app, job);
    } else if (job->verb == &verb_terminal_join) {
        joined(app, job);
    } else if (job->verb == &verb_lease_take || job->verb == &verb_lease_beat) {
        duty->asked_lease = false;
        if (job->verb == &verb_lease_take)
            duty->lease_ms = 0;
        if (job->rc == RC_LEASED)
            duty->holds = false;
    } else if (job->verb == &verb_assign) {
        duty->assigning--;
        if (job->rc == RC_LEASED)
            duty->holds = false;
    } else if (job->verb == &verb_touch && job->rc == RC_OK) {
        framework_touched(app, job);
    }
}

void duty_hear(struct app *app, const struct hint *hint)
{
    struct duty *duty = duty_of(app);

    switch (hint->kind) {
    case HINT_GREETING:
        duty->peers_stale = true;
        break;
    case HINT_LEASE:
        duty->lease_ms = 0;
        break;
    case HINT_RETURNED:
        /* Straight to the show, without asking first what is due. */
        if (duty->holds && hint->show && duty->assigning < ASSIGNING_MOST)
            assign(app, (show_id){hint->show});
        else
            duty->assign_now = true;
        duty->calls_stale = true;
        break;
    case HINT_LIST:
        duty->assign_now = true;
        duty->calls_stale = true;
        break;
    case HINT_PROGRAMME:
        duty->staff_stale = duty->staff_stale || hint->show == 0;
        duty->calls_stale = duty->parked_stale = true;
        duty->till_stale = true;
        break;
    case HINT_PARKED:
        duty->parked_stale = true;
        break;
    case HINT_TILL:
        duty->till_stale = true;
        break;
    default:
        break;
    }
}

/* Hears of others who joined: reads them, one read at a time however many greet. */
static void meet_peers(struct app *app)
{
    struct duty *duty = duty_of(app);

    if (!duty->peers_stale || duty->asked_peers)
        return;
    duty->peers_stale = false;
    duty->asked_peers = true;
    post_read(app, READ_TERMINALS);
}

/* Somebody may have left, or be the first of the house. */
static void meet_staff(struct app *app)
{
    struct duty *duty = duty_of(app);

    if (!duty->staff_stale || duty->asked_staff)
        return;
    duty->staff_stale = false;
    duty->asked_staff = true;
    post_read(app, READ_STAFF);
}

/* Is something that is shown everywhere to be read: unasked now and then, stale at once? */
static bool read_due(bool asked, bool stale, int64_t read_ms, int64_t now)
{
    return !asked && now - read_ms >= (stale ? (int64_t)FRAME_MS : CALLS_MS);
}

/* The calls to make and the parked baskets. */
static void read_shared(struct app *app, int64_t now)
{
    struct duty *duty = duty_of(app);

    if (read_due(duty->asked_calls, duty->calls_stale, duty->calls_ms, now)) {
        duty->calls_ms = now;
        duty->calls_stale = false;
        duty->asked_calls = true;
        post_read(app, READ_CALLS);
    }
    if (read_due(duty->asked_parked, duty->parked_stale, duty->parked_ms, now)) {
        duty->parked_ms = now;
        duty->parked_stale = false;
        duty->asked_parked = true;
        post_read(app, READ_PARKED);
    }
}

void duty_time(struct app *app)
{
    struct duty *duty = duty_of(app);
    int64_t now = mono_ms();

    if (now - duty->beat_ms >= TERMINAL_BEAT) {
        duty->beat_ms = now;
        post_self(app, duty->joined ? &verb_terminal_beat : &verb_terminal_join);
        duty->peers_stale = duty->staff_stale = true;
    }
    meet_peers(app);
    meet_staff(app);
    drawer_time(app, now);
    if (!duty->asked_lease && duty->joined && now - duty->lease_ms >= LEASE_MS) {
        duty->lease_ms = now;
        duty->asked_lease = true;
        post_read(app, READ_LEASE);
    }
    if (duty->holds && !duty->asked_due && duty->assigning == 0 &&
        (duty->assign_now || now - duty->due_ms >= DUE_MS)) {
        duty->due_ms = now;
        duty->assign_now = false;
        duty->asked_due = true;
        post_read(app, READ_DUE);
    }
    read_shared(app, now);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t duty_deadline(const struct app *app)
{
    const struct duty *duty = &app->framework->duty;
    int64_t next = duty->beat_ms + TERMINAL_BEAT;

    if (!duty->asked_lease && duty->joined)
        next = sooner(next, duty->lease_ms + LEASE_MS);
    if (duty->holds && !duty->asked_due && duty->assigning == 0)
        next = sooner(next, duty->assign_now ? 0 : duty->due_ms + DUE_MS);
    if (!duty->asked_calls)
        next = sooner(next, duty->calls_ms + (duty->calls_stale ? (int64_t)FRAME_MS : CALLS_MS));
    if (!duty->asked_parked)
        next = sooner(next, duty->parked_ms + (duty->parked_stale ? (int64_t)FRAME_MS : CALLS_MS));
    return sooner(next, drawer_deadline(app));
}

/* Does with a basket's seats, and those that a verb at work may still put into it, what `verb`
 * does: gives them back, or parks them. Its request is an ask, with zeros behind it. */
static void let_go(struct app *app, const struct verb *verb)
{
    union {
        struct ask ask;
        struct release_request release;
        struct park_request park;
    } request = {0};

    if (basket_empty(&app->basket) && !app_working(app))
        return;
    memcpy(request.ask.key, app->basket.key, sizeof request.ask.key);
    framework_post(app, job_verb(verb, &request), 0);
}

void duty_leave(struct app *app, bool line_lost)
{
    struct duty *duty = duty_of(app);

    /* What is parked stays, for the others; so does what nobody here can go on with. */
    let_go(app, line_lost ? &verb_park : &verb_release);
    if (duty->holds)
        lease_verb(app, &verb_lease_yield);
    /* Behind the joining in its lane, which may not be answered yet; it takes its own row alone. */
    post_self(app, &verb_terminal_leave);
}
