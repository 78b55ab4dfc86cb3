#include "tui/command/presence.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/desk/terminal_name.h"
#include "tui/mesh.h"
#include "tui/mono.h"

enum { WAIT_MOST_MS = 1000, AWAIT_MS = 100 };

static enum rc open_signals(struct presence *presence, struct fault *why)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    presence->signals_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (presence->signals_fd < 0)
        return fault_set(why, RC_ENVIRONMENT, _("cannot wait for signals: %s"), strerror(errno));
    return RC_OK;
}

/* Opens the channel. Who can't listen may go on, if it wants to: it tells others, but hears of them
 * at timer speed. */
static enum rc open_channel(struct presence *presence, struct fault *why)
{
    const struct command_context *context = presence->session->context;
    struct mesh_place place;
    enum rc rc;

    if (!context->settings->channel)
        return RC_OK;
    rc = channel_new(
        &presence->channel,
        mesh_options(&place, context->settings, context->database, context->terminal, NULL), why);
    if (rc == RC_OK || presence->must_hear)
        return rc;
    fprintf(stderr, _("boxoffice: no channel, others are seen every 2 s: %s\n"), why->text);
    return channel_new(&presence->channel,
                       mesh_options(&place, context->settings, context->database, NULL, NULL), why);
}

static enum rc do_self(struct presence *presence, const struct verb *verb, struct fault *why)
{
    const struct command_context *context = presence->session->context;
    struct terminal_reply reply;
    enum rc rc;

    mesh_describe(presence->channel, &presence->self);
    verb_ask(&presence->self.ask, presence->session->db, NULL, context->terminal,
             (int32_t)context->settings->operator_number);
    rc = verb_do(presence->session->db, verb, &presence->self, &reply, why);
    presence_say(presence, &reply.told);
    return rc;
}

static void fill_self(struct presence *presence, const char *assigns)
{
    struct terminal_request *self = &presence->self;

    digest_key(self->session, sizeof self->session);
    if (gethostname(self->host, sizeof self->host) != 0)
        self->host[0] = '\0';
    self->host[sizeof self->host - 1] = '\0';
    self->pid = getpid();
    (void)snprintf(self->assigns, sizeof self->assigns, "%s", assigns);
}

enum rc presence_init(struct presence *presence, struct session *session, const char *assigns,
                      struct fault *why)
{
    const struct command_context *context = session->context;
    bool must_hear = presence->must_hear;
    enum rc rc;

    memset(presence, 0, sizeof *presence);
    presence->session = session;
    presence->must_hear = must_hear;
    presence->name_fd = presence->signals_fd = -1;
    rc = terminal_name_claim(context->database, context->terminal, &presence->name_fd, why);
    if (rc == RC_OK)
        rc = open_signals(presence, why);
    if (rc == RC_OK)
        rc = open_channel(presence, why);
    if (rc != RC_OK)
        return rc;
    fill_self(presence, assigns);
    rc = do_self(presence, &verb_terminal_join, why);
    presence->joined = rc == RC_OK;
    presence->beat_ms = mono_ms();
    if (presence->channel != NULL) {
        mesh_meet(presence->channel, session->db);
        (void)channel_await(presence->channel, AWAIT_MS); /* else the first hint reaches nobody */
    }
    return rc;
}

void presence_fini(struct presence *presence)
{
    const struct command_context *context =
        presence->session != NULL ? presence->session->context : NULL;

    if (context == NULL)
        return;
    if (presence->joined)
        (void)do_self(presence, &verb_terminal_leave, NULL);
    channel_free(&presence->channel);
    if (presence->signals_fd >= 0)
        close(presence->signals_fd);
    terminal_name_release(context->database, context->terminal, &presence->name_fd);
}

static void beat(struct presence *presence)
{
    presence->beat_ms = mono_ms();
    /* A beat that fails is followed by the next one; the row is dead only after three. */
    (void)do_self(presence, &verb_terminal_beat, NULL);
    if (presence->channel != NULL)
        mesh_meet(presence->channel, presence->session->db);
}

/* Who was turned away, for the log: stderr, where a service unit keeps it. */
static void log_strangers(struct presence *presence)
{
    char line[FAULT_TEXT];

    if (channel_strangers(presence->channel, line, sizeof line))
        fprintf(stderr, "boxoffice: %s\n", line);
}

bool presence_wait(struct presence *presence, int64_t until_ms)
{
    int64_t now = mono_ms(), left;

    if (now - presence->beat_ms >= TERMINAL_BEAT)
        beat(presence);
    left = until_ms - mono_ms();
    left = left < 0 ? 0 : left > WAIT_MOST_MS ? WAIT_MOST_MS : left;
    if (presence->channel != NULL) {
        presence->ended |= channel_wait(presence->channel, presence->signals_fd, (int)left);
        log_strangers(presence);
    } else {
        struct pollfd item = {.fd = presence->signals_fd, .events = POLLIN};

        presence->ended |= poll(&item, 1, (int)left) > 0;
    }
    return !presence->ended;
}

bool presence_hear(struct presence *presence, struct heard *heard)
{
    if (presence->channel == NULL || !channel_hear(presence->channel, heard))
        return false;
    if (heard->hint.kind == HINT_GREETING)
        mesh_meet(presence->channel, presence->session->db);
    return true;
}

void presence_say(struct presence *presence, const struct told *told)
{
    for (int32_t i = 0; presence->channel != NULL && i < told->n; i++)
        channel_say(presence->channel, &told->hints[i]);
}
