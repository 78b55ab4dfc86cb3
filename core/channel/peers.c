#include "core/channel/peers.h"

#include <string.h>
#include <zmq.h>

static size_t find(const struct peers *peers, const char *endpoint)
{
    for (size_t i = 0; i < peers->n; i++)
        if (strcmp(peers->rows[i].endpoint, endpoint) == 0)
            return i;
    return PEERS_MAX;
}

static bool listed(const struct peers *peers, size_t at, const struct channel_peer *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].endpoint, peers->rows[at].endpoint) == 0 &&
            strcmp(list[i].key, peers->rows[at].key) == 0)
            return true;
    return false;
}

static void drop_gone(struct peers *peers, const struct channel_peer *list, size_t n)
{
    for (size_t i = peers->n; i-- > 0;) {
        if (!peers->rows[i].turned_away && listed(peers, i, list, n))
            continue;
        (void)zmq_disconnect(peers->xpub, peers->rows[i].endpoint);
        peers->rows[i] = peers->rows[--peers->n];
    }
}

/* Sets the keys of the next connection; it has none over ipc, where the directory guards. */
static bool set_keys(void *xpub, const struct curve_keys *keys, const struct channel_peer *peer)
{
    if (endpoint_kind(peer->endpoint) == ENDPOINT_IPC) {
        socket_set(xpub, ZMQ_CURVE_SERVER, 0);
        return true;
    }
    socket_set(xpub, ZMQ_IPV6, strchr(peer->endpoint, '[') != NULL);
    return zmq_setsockopt(xpub, ZMQ_CURVE_PUBLICKEY, keys->public_key, CURVE_KEY_SIZE) == 0 &&
           zmq_setsockopt(xpub, ZMQ_CURVE_SECRETKEY, keys->secret_key, CURVE_KEY_SIZE) == 0 &&
           zmq_setsockopt(xpub, ZMQ_CURVE_SERVERKEY, peer->key, CURVE_KEY_SIZE) == 0;
}

/* May this endpoint be connected to? Over tcp only with keys on both sides: never plain. */
static bool allowed(const struct curve_keys *keys, const struct channel_peer *peer)
{
    switch (endpoint_kind(peer->endpoint)) {
    case ENDPOINT_IPC:
        return true;
    case ENDPOINT_TCP:
        return keys != NULL && curve_key_valid(peer->key);
    default:
        return false;
    }
}

static void connect_new(struct peers *peers, const struct curve_keys *keys, const char *own,
                        const struct channel_peer *peer)
{
    size_t at = peers->n;

    if (peer->endpoint[0] == '\0' || strlen(peer->endpoint) >= ENDPOINT_SIZE ||
        strcmp(peer->endpoint, own) == 0)
        return;
    if (at == PEERS_MAX || find(peers, peer->endpoint) != PEERS_MAX)
        return;
    if (!allowed(keys, peer)) {
        peers->plain++;
        return;
    }
    if (!set_keys(peers->xpub, keys, peer) || zmq_connect(peers->xpub, peer->endpoint) != 0)
        return; /* malformed: another program's row; it hears by its timer */
    memset(&peers->rows[at], 0, sizeof peers->rows[at]);
    memcpy(peers->rows[at].endpoint, peer->endpoint, strlen(peer->endpoint) + 1);
    if (strlen(peer->key) < CURVE_KEY_SIZE)
        memcpy(peers->rows[at].key, peer->key, strlen(peer->key) + 1);
    peers->n++;
    peers->awaited++;
}

void peers_meet(struct peers *peers, const struct curve_keys *keys, const char *own,
                const struct channel_peer *list, size_t n)
{
    peers->awaited = peers->refused = peers->plain = 0;
    drop_gone(peers, list, n);
    for (size_t i = 0; i < n; i++)
        connect_new(peers, keys, own, &list[i]);
}

void peers_note(struct peers *peers, const struct socket_event *event)
{
    size_t at = find(peers, event->endpoint);

    if (at == PEERS_MAX || event->event == ZMQ_EVENT_DISCONNECTED)
        return;
    if (event->event != ZMQ_EVENT_CONNECT_RETRIED)
        peers->rows[at].turned_away = true;
    if (peers->rows[at].refused)
        return; /* a connection is tried again and again: it refused but once */
    peers->rows[at].refused = true;
    peers->refused++;
}
