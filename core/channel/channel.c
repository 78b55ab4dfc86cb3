#include "core/channel/channel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/channel/curve.h"
#include "core/channel/doorman.h"
#include "core/channel/publishers.h"
#include "core/channel/sockets.h"

/* Connections that wait to be taken: with libzmq's hundred a flood keeps our own waiting as well.
 */
enum { BACKLOG = 1024 };

struct channel {
    void *own;               /* context, when it was not lent one */
    void *sub;               /* bound; NULL when only publishing */
    void *xpub;              /* connected to every peer */
    void *monitor;           /* of xpub: who refused, whose connection ended */
    struct doorman *doorman; /* of a SUB over tcp; NULL: it is over ipc */
    char endpoint[ENDPOINT_SIZE];
    bool has_keys;
    struct curve_keys keys;
    struct peers peers;
    size_t subscribed; /* since the last channel_peers */
    uint64_t publisher, counter;
    struct publishers known;
    struct channel_counts counts;
};

static int64_t steady_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* Reads the own keys. Who listens over tcp must have them, others may. */
static enum rc read_keys(struct channel *channel, const struct channel_options *options,
                         struct fault *why)
{
    bool must = options->listens && given(options->address);
    enum rc rc = RC_OK;

    if (given(options->key_file))
        rc = curve_keys_read(options->key_file, &channel->keys, must ? why : NULL);
    else if (must)
        rc = fault_set(why, RC_BAD_INPUT, _("without a key the channel is not opened over tcp"));
    channel->has_keys = rc == RC_OK && given(options->key_file);
    return must ? rc : RC_OK;
}

/* Makes the endpoint to bind to, and for tcp sees that only who is admitted gets in. */
static enum rc prepare_sub(struct channel *channel, const struct channel_options *options,
                           struct fault *why)
{
    enum rc rc;

    if (!given(options->address))
        return endpoint_make(options->runtime_dir, options->name, channel->endpoint,
                             sizeof channel->endpoint, why);
    rc = endpoint_tcp(options->address, options->port, channel->endpoint, sizeof channel->endpoint,
                      why);
    if (rc != RC_OK)
        return rc;
    socket_set(channel->sub, ZMQ_BACKLOG, BACKLOG);
    socket_set(channel->sub, ZMQ_IPV6, strchr(channel->endpoint, '[') != NULL);
    return doorman_new(&channel->doorman, options->context, channel->sub, &channel->keys, why);
}

static enum rc open_sub(struct channel *channel, const struct channel_options *options,
                        struct fault *why)
{
    size_t size = sizeof channel->endpoint;
    enum rc rc;

    channel->sub = zmq_socket(options->context, ZMQ_SUB);
    if (channel->sub == NULL)
        return fault_set(why, RC_ENVIRONMENT, _("no socket to hear with: %s"), zmq_strerror(errno));
    socket_limits(channel->sub);
    (void)zmq_setsockopt(channel->sub, ZMQ_SUBSCRIBE, "", 0);
    rc = prepare_sub(channel, options, why);
    if (rc == RC_OK && zmq_bind(channel->sub, channel->endpoint) != 0)
        rc = fault_set(why, RC_ENVIRONMENT, _("cannot listen at %s: %s"), channel->endpoint,
                       zmq_strerror(errno));
    /* A port that was left open, an interface's address: what others can connect to. */
    if (rc == RC_OK && channel->doorman != NULL &&
        zmq_getsockopt(channel->sub, ZMQ_LAST_ENDPOINT, channel->endpoint, &size) != 0)
        rc = fault_set(why, RC_ENVIRONMENT, _("the channel has no endpoint: %s"),
                       zmq_strerror(errno));
    if (rc != RC_OK)
        channel->endpoint[0] = '\0';
    return rc;
}

static enum rc open_xpub(struct channel *channel, void *context, struct fault *why)
{
    enum {
        EVENTS = ZMQ_EVENT_CONNECT_RETRIED | ZMQ_EVENT_DISCONNECTED |
                 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
    };
    char monitor[64];

    channel->xpub = zmq_socket(context, ZMQ_XPUB);
    if (channel->xpub == NULL)
        return fault_set(why, RC_ENVIRONMENT, _("no socket to publish with: %s"),
                         zmq_strerror(errno));
    channel->peers.xpub = channel->xpub;
    socket_limits(channel->xpub);
    /* Without it only the first of equal subscriptions is seen, and channel_await counts short. */
    socket_set(channel->xpub, ZMQ_XPUB_VERBOSE, 1);
    (void)snprintf(monitor, sizeof monitor, "inproc://monitor-%016llx",
                   (unsigned long long)channel->publisher);
    channel->monitor = socket_watch(context, channel->xpub, monitor, EVENTS);
    if (channel->monitor == NULL)
        return fault_set(why, RC_ENVIRONMENT, _("cannot watch the channel: %s"),
                         zmq_strerror(errno));
    return RC_OK;
}

enum rc channel_new(struct channel **channel, const struct channel_options *options,
                    struct fault *why)
{
    struct channel *made = calloc(1, sizeof *made);

    *channel = NULL;
    if (made == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory for the channel"));
    digest_random(&made->publisher, sizeof made->publisher);
    struct channel_options with = *options;
    if (with.context == NULL)
        with.context = made->own = zmq_ctx_new();
    enum rc rc = read_keys(made, &with, why);
    if (rc == RC_OK && with.listens)
        rc = open_sub(made, &with, why);
    if (rc == RC_OK)
        rc = open_xpub(made, with.context, why);
    if (rc != RC_OK) {
        channel_free(&made);
        return rc;
    }
    *channel = made;
    return RC_OK;
}

void channel_free(struct channel **channel)
{
    struct channel *gone = *channel;

    if (gone == NULL)
        return;
    doorman_free(&gone->doorman);
    socket_close(&gone->xpub, &gone->monitor);
    if (gone->sub != NULL)
        zmq_close(gone->sub);
    if (gone->own != NULL)
        (void)zmq_ctx_term(gone->own);
    curve_keys_forget(&gone->keys);
    free(gone);
    *channel = NULL;
}

const char *channel_endpoint(const struct channel *channel)
{
    return channel->endpoint;
}

const char *channel_key(const struct channel *channel)
{
    return channel->keys.public_key;
}

void channel_say(struct channel *channel, const struct hint *hint)
{
    uint8_t wire[HINT_WIRE];
    struct heard heard = {
        .hint = *hint, .publisher = channel->publisher, .counter = ++channel->counter};
    size_t size = hint_pack(&heard, wire);

    if (zmq_send(channel->xpub, wire, size, ZMQ_DONTWAIT) == (int)size)
        channel->counts.sent++;
}

/* Takes subscriptions that arrived; a peer that has just subscribed is greeted, so that it
 * connects back. */
static void take_subscriptions(struct channel *channel)
{
    uint8_t frame[8];
    bool news = false;

    while (zmq_recv(channel->xpub, frame, sizeof frame, ZMQ_DONTWAIT) > 0) {
        if (frame[0] != 1)
            continue;
        channel->subscribed++;
        news = true;
    }
    if (news && channel->sub != NULL)
        channel_say(channel, &(struct hint){.kind = HINT_GREETING});
}

/* Takes what happened to connections. */
static void take_events(struct channel *channel)
{
    struct socket_event event;

    while (socket_event(channel->monitor, &event)) {
        if (event.event == ZMQ_EVENT_DISCONNECTED)
            channel->counts.lost++;
        peers_note(&channel->peers, &event);
    }
}

/* Does what is due on the side: newcomers, ends, and who asks to be let in. */
static void serve(struct channel *channel)
{
    take_subscriptions(channel);
    take_events(channel);
    if (channel->doorman != NULL)
        doorman_serve(channel->doorman, steady_ms());
}

void channel_peers(struct channel *channel, const struct channel_peer *peers, size_t n)
{
    serve(channel);
    channel->subscribed = 0;
    peers_meet(&channel->peers, channel->has_keys ? &channel->keys : NULL, channel->endpoint, peers,
               n);
}

void channel_admit(struct channel *channel, const char *const *keys, size_t n)
{
    if (channel->doorman != NULL)
        doorman_admit(channel->doorman, keys, n);
}

size_t channel_await(struct channel *channel, int limit_ms)
{
    int64_t end = steady_ms() + limit_ms;
    void *sockets[CHANNEL_SOCKETS];
    size_t n;

    for (;;) {
        zmq_pollitem_t items[CHANNEL_SOCKETS] = {0};

        serve(channel);
        int64_t left = end - steady_ms();
        if (channel->subscribed + channel->peers.refused >= channel->peers.awaited || left <= 0)
            return channel->subscribed;
        /* Messages wait: all but the SUB, which comes last. */
        n = channel_sockets(channel, sockets, CHANNEL_SOCKETS) - (channel->sub != NULL);
        for (size_t i = 0; i < n; i++)
            items[i] = (zmq_pollitem_t){.socket = sockets[i], .events = ZMQ_POLLIN};
        if (zmq_poll(items, (int)n, (long)left) < 0)
            return channel->subscribed; /* a signal: the caller is leaving */
    }
}

/* Over tcp: is who sent it admitted still? */
static bool welcome(const struct channel *channel, zmq_msg_t *message)
{
    const char *user;

    if (channel->doorman == NULL)
        return true;
    user = zmq_msg_gets(message, "User-Id");
    return user != NULL && doorman_knows(channel->doorman, user);
}

/* Takes one message off the SUB; false when there is none. `*good`: it is a hint from one of us. */
static bool take_message(struct channel *channel, struct heard *heard, bool *good)
{
    zmq_msg_t message;

    zmq_msg_init(&message);
    if (zmq_msg_recv(&message, channel->sub, ZMQ_DONTWAIT) < 0)
        return false;
    *good = welcome(channel, &message) &&
            hint_unpack(zmq_msg_data(&message), zmq_msg_size(&message), heard);
    zmq_msg_close(&message);
    return true;
}

bool channel_hear(struct channel *channel, struct heard *heard)
{
    bool good = false;

    serve(channel);
    if (channel->sub == NULL)
        return false;
    while (take_message(channel, heard, &good)) {
        if (!good) {
            channel->counts.dropped++;
            continue;
        }
        channel->counts.heard++;
        enum publisher_news news = publishers_note(&channel->known, heard);
        if (news == PUBLISHER_GAP)
            channel->counts.gaps++;
        if (heard->hint.kind != HINT_GREETING || news == PUBLISHER_NEW)
            return true;
    }
    return false;
}

size_t channel_sockets(struct channel *channel, void **sockets, size_t most)
{
    void *all[CHANNEL_SOCKETS] = {channel->xpub, channel->monitor};
    size_t n = 2;

    if (channel->doorman != NULL) {
        doorman_sockets(channel->doorman, all + n);
        n += 2;
    }
    if (channel->sub != NULL)
        all[n++] = channel->sub;
    for (size_t i = 0; i < n && i < most; i++)
        sockets[i] = all[i];
    return n < most ? n : most;
}

bool channel_wait(struct channel *channel, int fd, int limit_ms)
{
    zmq_pollitem_t items[CHANNEL_SOCKETS + 1] = {{.fd = fd, .events = ZMQ_POLLIN}};
    void *sockets[CHANNEL_SOCKETS];
    size_t n = channel_sockets(channel, sockets, CHANNEL_SOCKETS);

    for (size_t i = 0; i < n; i++)
        items[i + 1] = (zmq_pollitem_t){.socket = sockets[i], .events = ZMQ_POLLIN};
    return zmq_poll(items, (int)n + 1, limit_ms) > 0 && items[0].revents != 0;
}

bool channel_strangers(struct channel *channel, char *line, size_t size)
{
    return channel->doorman != NULL && doorman_says(channel->doorman, steady_ms(), line, size);
}

struct channel_counts channel_counts(const struct channel *channel)
{
    struct channel_counts counts = channel->counts;

    if (channel->doorman != NULL) {
        struct doorman_counts door = doorman_counts(channel->doorman);

        counts.unknown = door.unknown;
        counts.broken = door.broken;
    }
    return counts;
}
