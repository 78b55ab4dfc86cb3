#include "core/channel/doorman.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "core/base/digest.h"
#include "core/base/words.h"
#include "core/channel/sockets.h"

/* ZAP, RFC 27: what stands in which frame of a request. */
enum { ZAP_VERSION, ZAP_ID, ZAP_DOMAIN, ZAP_ADDRESS, ZAP_IDENTITY, ZAP_MECHANISM, ZAP_KEY, FRAMES };
enum {
    FRAME_SIZE = 256,
    KEY_BYTES = 32,
    A_ROUND = 256,
    SAY_MS = 60000,
    SETTLE_MS = SOCKET_HANDSHAKE_MS + 500,
};

/* libzmq has it since 4.3 and counts it among its drafts, so its header may not show it. */
enum { ENFORCE_DOMAIN = 93 };
#define ZAP_ENDPOINT "inproc://zeromq.zap.01"
static const char zap_domain[] = "boxoffice";

struct frames {
    size_t n;
    size_t size[FRAMES];
    char bytes[FRAMES][FRAME_SIZE];
};

/*
 * Connections that came, and those that shook hands. libzmq closes some that do not without saying
 * so (what looks like its oldest protocol): they are the rest of those that came so long ago that
 * their time to shake hands is over.
 */
struct arrivals {
    uint64_t came, shook, failed;
    uint64_t settled, settling; /* of those that came: whose time is over; and will be next */
    int64_t settle_ms;
};

struct doorman {
    void *zap;   /* REP, where libzmq asks */
    void *watch; /* of the SUB: who failed before it came to asking */
    size_t n;
    char admitted[ADMITTED_MAX][CURVE_KEY_SIZE];
    struct doorman_counts counts, said; /* said: as of the last line */
    struct arrivals arrivals;
    int64_t said_ms;
    char last_key[CURVE_KEY_SIZE], last_address[64];
};

static enum rc take_place(struct doorman *doorman, void *context, void *sub, struct fault *why)
{
    char name[64];
    uint64_t unique;

    digest_random(&unique, sizeof unique);
    (void)snprintf(name, sizeof name, "inproc://doorman-%016" PRIx64, unique);
    doorman->zap = zmq_socket(context, ZMQ_REP);
    if (doorman->zap != NULL)
        socket_set(doorman->zap, ZMQ_LINGER, 0);
    if (doorman->zap == NULL || zmq_bind(doorman->zap, ZAP_ENDPOINT) != 0)
        return fault_set(why, RC_ENVIRONMENT, _("nobody can look at the channel's keys: %s"),
                         zmq_strerror(errno));
    doorman->watch = socket_watch(context, sub, name,
                                  ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED |
                                      ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                                      ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL);
    if (doorman->watch == NULL)
        return fault_set(why, RC_ENVIRONMENT, _("cannot watch the channel: %s"),
                         zmq_strerror(errno));
    return RC_OK;
}

/* Makes the SUB a CURVE server that lets nobody in when there is no doorman to ask. */
static bool guard(void *sub, const struct curve_keys *keys)
{
    int on = 1;

    return zmq_setsockopt(sub, ZMQ_CURVE_SERVER, &on, sizeof on) == 0 &&
           zmq_setsockopt(sub, ZMQ_CURVE_SECRETKEY, keys->secret_key, CURVE_KEY_SIZE) == 0 &&
           zmq_setsockopt(sub, ZMQ_ZAP_DOMAIN, zap_domain, strlen(zap_domain)) == 0 &&
           zmq_setsockopt(sub, ENFORCE_DOMAIN, &on, sizeof on) == 0;
}

enum rc doorman_new(struct doorman **doorman, void *context, void *sub,
                    const struct curve_keys *keys, struct fault *why)
{
    struct doorman *made = calloc(1, sizeof *made);
    enum rc rc;

    *doorman = NULL;
    if (made == NULL)
        return fault_set(why, RC_NO_MEMORY, _("out of memory for the channel"));
    rc = take_place(made, context, sub, why);
    if (rc == RC_OK && !guard(sub, keys))
        rc = fault_set(why, RC_ENVIRONMENT, _("this libzmq cannot guard the channel: %s"),
                       zmq_strerror(errno));
    if (rc != RC_OK)
        doorman_free(&made);
    *doorman = made;
    return rc;
}

void doorman_free(struct doorman **doorman)
{
    struct doorman *gone = *doorman;

    if (gone == NULL)
        return;
    if (gone->zap != NULL)
        zmq_close(gone->zap);
    if (gone->watch != NULL)
        zmq_close(gone->watch);
    free(gone);
    *doorman = NULL;
}

void doorman_admit(struct doorman *doorman, const char *const *keys, size_t n)
{
    doorman->n = 0;
    for (size_t i = 0; i < n && doorman->n < ADMITTED_MAX; i++)
        if (strlen(keys[i]) < CURVE_KEY_SIZE && keys[i][0] != '\0')
            memcpy(doorman->admitted[doorman->n++], keys[i], strlen(keys[i]) + 1);
}

bool doorman_knows(const struct doorman *doorman, const char *key)
{
    for (size_t i = 0; i < doorman->n; i++)
        if (strcmp(doorman->admitted[i], key) == 0)
            return true;
    return false;
}

/* Takes one request, all its frames, cut where they are longer than any that is right. */
static bool take_request(void *zap, struct frames *frames)
{
    char rest[FRAME_SIZE] = {0};
    int more = 1;
    size_t size = sizeof more;

    memset(frames, 0, sizeof *frames);
    for (size_t i = 0; more; i++) {
        char *into = i < FRAMES ? frames->bytes[i] : rest;
        int got = zmq_recv(zap, into, FRAME_SIZE, ZMQ_DONTWAIT);

        if (got < 0)
            return false;
        if (i < FRAMES)
            frames->size[i] = (size_t)got;
        frames->n = i + 1;
        if (zmq_getsockopt(zap, ZMQ_RCVMORE, &more, &size) != 0)
            return false;
    }
    return true;
}

static bool frame_is(const struct frames *frames, int at, const char *text)
{
    return frames->size[at] == strlen(text) && memcmp(frames->bytes[at], text, strlen(text)) == 0;
}

/* Is it a request for a CURVE connection of ours? Its key is then written as text. */
static bool request_key(const struct frames *frames, char key[static CURVE_KEY_SIZE])
{
    key[0] = '\0';
    return frames->n == FRAMES && frame_is(frames, ZAP_VERSION, "1.0") &&
           frame_is(frames, ZAP_DOMAIN, zap_domain) && frame_is(frames, ZAP_MECHANISM, "CURVE") &&
           frames->size[ZAP_KEY] == KEY_BYTES &&
           zmq_z85_encode(key, (const uint8_t *)frames->bytes[ZAP_KEY], KEY_BYTES) != NULL;
}

static void answer(void *zap, const struct frames *frames, const char *user)
{
    static const char version[] = "1.0";
    bool in = user != NULL;
    size_t id = frames->size[ZAP_ID] <= FRAME_SIZE ? frames->size[ZAP_ID] : FRAME_SIZE;
    const char *status = in ? "200" : "400", *text = in ? "OK" : "not admitted";

    /* It goes to libzmq in this process; one that cannot be sent is one more that is not let in. */
    (void)zmq_send(zap, version, strlen(version), ZMQ_SNDMORE | ZMQ_DONTWAIT);
    (void)zmq_send(zap, frames->bytes[ZAP_ID], id, ZMQ_SNDMORE | ZMQ_DONTWAIT);
    (void)zmq_send(zap, status, strlen(status), ZMQ_SNDMORE | ZMQ_DONTWAIT);
    (void)zmq_send(zap, text, strlen(text), ZMQ_SNDMORE | ZMQ_DONTWAIT);
    (void)zmq_send(zap, user, in ? strlen(user) : 0, ZMQ_SNDMORE | ZMQ_DONTWAIT);
    (void)zmq_send(zap, "", 0, ZMQ_DONTWAIT); /* metadata: none */
}

static void note_unknown(struct doorman *doorman, const struct frames *frames, const char *key)
{
    size_t size = frames->size[ZAP_ADDRESS], most = sizeof doorman->last_address - 1;

    size = size < most ? size : most;
    doorman->counts.unknown++;
    memcpy(doorman->last_key, key, strlen(key) + 1);
    memcpy(doorman->last_address, frames->bytes[ZAP_ADDRESS], size);
    doorman->last_address[size] = '\0';
}

/* Counts what libzmq said, and in time what it did not say. */
static void note_arrival(struct arrivals *arrivals, uint16_t event)
{
    if (event == ZMQ_EVENT_ACCEPTED)
        arrivals->came++;
    else if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
        arrivals->shook++;
    else
        arrivals->failed++;
}

static void settle(struct doorman *doorman, int64_t now_ms)
{
    struct arrivals *arrivals = &doorman->arrivals;
    uint64_t known = arrivals->shook + doorman->counts.unknown;

    if (now_ms - arrivals->settle_ms >= SETTLE_MS) {
        arrivals->settled = arrivals->settling;
        arrivals->settling = arrivals->came;
        arrivals->settle_ms = now_ms;
    }
    if (arrivals->failed > doorman->counts.broken)
        doorman->counts.broken = arrivals->failed;
    if (arrivals->settled > known + doorman->counts.broken)
        doorman->counts.broken = arrivals->settled - known;
}

void doorman_serve(struct doorman *doorman, int64_t now_ms)
{
    struct frames frames;
    struct socket_event event;
    char key[CURVE_KEY_SIZE];

    for (int i = 0; i < A_ROUND && take_request(doorman->zap, &frames); i++) {
        bool in = request_key(&frames, key) && doorman_knows(doorman, key);

        if (!in)
            note_unknown(doorman, &frames, key);
        answer(doorman->zap, &frames, in ? key : NULL);
    }
    for (int i = 0; i < A_ROUND && socket_event(doorman->watch, &event); i++)
        note_arrival(&doorman->arrivals, event.event);
    settle(doorman, now_ms);
}

void doorman_sockets(const struct doorman *doorman, void *sockets[static 2])
{
    sockets[0] = doorman->zap;
    sockets[1] = doorman->watch;
}

struct doorman_counts doorman_counts(const struct doorman *doorman)
{
    return doorman->counts;
}

bool doorman_says(struct doorman *doorman, int64_t now_ms, char *line, size_t size)
{
    uint64_t unknown = doorman->counts.unknown - doorman->said.unknown;
    uint64_t broken = doorman->counts.broken - doorman->said.broken;
    bool first = doorman->said.unknown + doorman->said.broken == 0;

    if (unknown + broken == 0 || (!first && now_ms - doorman->said_ms < SAY_MS))
        return false;
    if (unknown > 0)
        (void)snprintf(line, size,
                       _("the channel turned away %" PRIu64 " with a key that is not admitted (the "
                         "last: %s, from %s), %" PRIu64 " without a proper CURVE handshake"),
                       unknown, doorman->last_key, doorman->last_address, broken);
    else
        (void)snprintf(line, size,
                       _("the channel turned away 0 with a key that is not admitted, %" PRIu64
                         " without a proper CURVE handshake"),
                       broken);
    doorman->said = doorman->counts;
    doorman->said_ms = now_ms;
    return true;
}
