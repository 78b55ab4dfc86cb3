#include "core/channel/channel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#include "core/base/digest.h"
#include "core/channel/endpoint.h"
#include "core/channel/publishers.h"

enum {
    HIGH_WATER = 1000,
    MESSAGE_MOST = 1024,
    LINGER_MS = 100,
    HEARTBEAT_MS = 2000,      /* with the time-out a half-open peer is gone within 6 s */
    HEARTBEAT_DEAD_MS = 4000, /* (fault 58) */
    RECONNECT_MS = 100,
    RECONNECT_MOST_MS = 2000,
    EVENT_SIZE = 6, /* of a monitor's first frame: event (16 bits), value (32 bits) */
};

struct peer {
    char endpoint[ENDPOINT_SIZE];
    bool refused; /* since it was connected to: not to be awaited */
};

struct channel {
    void *own;     /* context, when it was not lent one */
    void *sub;     /* bound; NULL when only publishing */
    void *xpub;    /* connected to every peer */
    void *monitor; /* of xpub: who refused, whose connection ended */
    char endpoint[ENDPOINT_SIZE];
    struct peer peers[PEERS_MAX];
    size_t n_peers;
    size_t awaited;             /* endpoints that the last channel_peers connected to anew */
    size_t subscribed, refused; /* answers since then */
    uint64_t publisher, counter;
    struct publishers known;
    struct channel_counts counts;
};

static void set_int(void *socket, int option, int value)
{
    /* Options are constants that libzmq knows; a refusal would show in the tests of each. */
    (void)zmq_setsockopt(socket, option, &value, sizeof value);
}

static void set_common(void *socket)
{
    set_int(socket, ZMQ_LINGER, LINGER_MS);
    set_int(socket, ZMQ_RCVHWM, HIGH_WATER);
    set_int(socket, ZMQ_SNDHWM, HIGH_WATER);
    set_int(socket, ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS);
    set_int(socket, ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_DEAD_MS);
    set_int(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS);
    set_int(socket, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MOST_MS);
    int64_t most = MESSAGE_MOST;
    (void)zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &most, sizeof most);
}

static enum rc open_sub(struct channel *channel, const struct channel_options *options,
                        struct fault *why)
{
    enum rc rc = endpoint_make(options->runtime_dir, options->name, channel->endpoint,
                               sizeof channel->endpoint, why);
    if (rc != RC_OK)
        return rc;
    channel->sub = zmq_socket(options->context, ZMQ_SUB);
    if (channel->sub == NULL)
        return fault_set(why, RC_ENVIRONMENT, "no socket to hear with: %s", zmq_strerror(errno));
    set_common(channel->sub);
    (void)zmq_setsockopt(channel->sub, ZMQ_SUBSCRIBE, "", 0);
    if (zmq_bind(channel->sub, channel->endpoint) == 0)
        return RC_OK;
    rc = fault_set(why, RC_ENVIRONMENT, "cannot listen at %s: %s", channel->endpoint,
                   zmq_strerror(errno));
    channel->endpoint[0] = '\0';
    return rc;
}

static enum rc open_xpub(struct channel *channel, void *context, struct fault *why)
{
    char monitor[64];

    channel->xpub = zmq_socket(context, ZMQ_XPUB);
    channel->monitor = zmq_socket(context, ZMQ_PAIR);
    if (channel->xpub == NULL || channel->monitor == NULL)
        return fault_set(why, RC_ENVIRONMENT, "no socket to publish with: %s", zmq_strerror(errno));
    set_common(channel->xpub);
    set_int(channel->monitor, ZMQ_LINGER, 0);
    /* Without it only the first of equal subscriptions is seen, and channel_await counts short. */
    set_int(channel->xpub, ZMQ_XPUB_VERBOSE, 1);
    (void)snprintf(monitor, sizeof monitor, "inproc://monitor-%016llx",
                   (unsigned long long)channel->publisher);
    if (zmq_socket_monitor(channel->xpub, monitor,
                           ZMQ_EVENT_CONNECT_RETRIED | ZMQ_EVENT_DISCONNECTED) != 0 ||
        zmq_connect(channel->monitor, monitor) != 0)
        return fault_set(why, RC_ENVIRONMENT, "cannot watch the channel: %s", zmq_strerror(errno));
    return RC_OK;
}

enum rc channel_new(struct channel **channel, const struct channel_options *options,
                    struct fault *why)
{
    struct channel *made = calloc(1, sizeof *made);

    *channel = NULL;
    if (made == NULL)
        return fault_set(why, RC_NO_MEMORY, "out of memory for the channel");
    digest_random(&made->publisher, sizeof made->publisher);
    struct channel_options with = *options;
    if (with.context == NULL)
        with.context = made->own = zmq_ctx_new();
    enum rc rc = with.listens ? open_sub(made, &with, why) : RC_OK;
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
    if (gone->xpub != NULL) {
        (void)zmq_socket_monitor(gone->xpub, NULL, 0);
        zmq_close(gone->xpub);
    }
    if (gone->monitor != NULL)
        zmq_close(gone->monitor);
    if (gone->sub != NULL)
        zmq_close(gone->sub);
    if (gone->own != NULL)
        (void)zmq_ctx_term(gone->own);
    free(gone);
    *channel = NULL;
}

const char *channel_endpoint(const struct channel *channel)
{
    return channel->endpoint;
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

static size_t find_peer(const struct channel *channel, const char *endpoint)
{
    for (size_t i = 0; i < channel->n_peers; i++)
        if (strcmp(channel->peers[i].endpoint, endpoint) == 0)
            return i;
    return PEERS_MAX;
}

static void note_refusal(struct channel *channel, const char *endpoint)
{
    size_t at = find_peer(channel, endpoint);

    if (at == PEERS_MAX || channel->peers[at].refused)
        return; /* a connection is tried again and again: it refused but once */
    channel->peers[at].refused = true;
    channel->refused++;
}

/* Takes what the monitor says: two frames, what happened and at which endpoint. */
static void take_events(struct channel *channel)
{
    uint8_t frame[EVENT_SIZE];
    char endpoint[ENDPOINT_SIZE];
    uint16_t event;

    while (zmq_recv(channel->monitor, frame, sizeof frame, ZMQ_DONTWAIT) == EVENT_SIZE) {
        int size = zmq_recv(channel->monitor, endpoint, sizeof endpoint - 1, ZMQ_DONTWAIT);

        memcpy(&event, frame, sizeof event);
        if (event == ZMQ_EVENT_DISCONNECTED)
            channel->counts.lost++;
        if (event != ZMQ_EVENT_CONNECT_RETRIED || size < 0 || (size_t)size >= sizeof endpoint)
            continue;
        endpoint[size] = '\0';
        note_refusal(channel, endpoint);
    }
}

static bool listed(const char *endpoint, const char *const *endpoints, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(endpoints[i], endpoint) == 0)
            return true;
    return false;
}

static void drop_gone(struct channel *channel, const char *const *endpoints, size_t n)
{
    for (size_t i = channel->n_peers; i-- > 0;) {
        if (listed(channel->peers[i].endpoint, endpoints, n))
            continue;
        (void)zmq_disconnect(channel->xpub, channel->peers[i].endpoint);
        channel->peers[i] = channel->peers[--channel->n_peers];
    }
}

static void connect_new(struct channel *channel, const char *endpoint)
{
    if (endpoint[0] == '\0' || strlen(endpoint) >= ENDPOINT_SIZE ||
        strcmp(endpoint, channel->endpoint) == 0)
        return;
    if (channel->n_peers == PEERS_MAX || find_peer(channel, endpoint) != PEERS_MAX)
        return;
    if (zmq_connect(channel->xpub, endpoint) != 0)
        return; /* malformed: another program's row; it hears by its timer */
    struct peer *peer = &channel->peers[channel->n_peers++];
    memcpy(peer->endpoint, endpoint, strlen(endpoint) + 1);
    peer->refused = false;
    channel->awaited++;
}

void channel_peers(struct channel *channel, const char *const *endpoints, size_t n)
{
    take_subscriptions(channel);
    take_events(channel);
    channel->awaited = channel->subscribed = channel->refused = 0;
    drop_gone(channel, endpoints, n);
    for (size_t i = 0; i < n; i++)
        connect_new(channel, endpoints[i]);
}

static int64_t steady_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

size_t channel_await(struct channel *channel, int limit_ms)
{
    int64_t end = steady_ms() + limit_ms;

    for (;;) {
        take_subscriptions(channel);
        take_events(channel);
        int64_t left = end - steady_ms();
        if (channel->subscribed + channel->refused >= channel->awaited || left <= 0)
            return channel->subscribed;
        zmq_pollitem_t items[] = {{.socket = channel->xpub, .events = ZMQ_POLLIN},
                                  {.socket = channel->monitor, .events = ZMQ_POLLIN}};
        if (zmq_poll(items, 2, (long)left) < 0)
            return channel->subscribed; /* a signal: the caller is leaving */
    }
}

bool channel_hear(struct channel *channel, struct heard *heard)
{
    uint8_t wire[MESSAGE_MOST];

    take_subscriptions(channel);
    take_events(channel);
    if (channel->sub == NULL)
        return false;
    for (int size; (size = zmq_recv(channel->sub, wire, sizeof wire, ZMQ_DONTWAIT)) >= 0;) {
        if (!hint_unpack(wire, (size_t)size, heard)) {
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
    void *all[] = {channel->xpub, channel->monitor, channel->sub};
    size_t n = channel->sub != NULL ? 3 : 2;

    for (size_t i = 0; i < n && i < most; i++)
        sockets[i] = all[i];
    return n < most ? n : most;
}

bool channel_wait(struct channel *channel, int fd, int limit_ms)
{
    zmq_pollitem_t items[4] = {{.fd = fd, .events = ZMQ_POLLIN}};
    void *sockets[3];
    size_t n = channel_sockets(channel, sockets, 3);

    for (size_t i = 0; i < n; i++)
        items[i + 1] = (zmq_pollitem_t){.socket = sockets[i], .events = ZMQ_POLLIN};
    return zmq_poll(items, (int)n + 1, limit_ms) > 0 && items[0].revents != 0;
}

struct channel_counts channel_counts(const struct channel *channel)
{
    return channel->counts;
}
