#include "tests/channel/stranger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TAPE = 65536, BACKLOG = 16 };

struct recorder {
    char endpoint[ENDPOINT_SIZE], target[ENDPOINT_SIZE]; /* target "": nobody behind */
    int listening;
    pthread_t thread;
    atomic_bool ending;
    pthread_mutex_t lock; /* guards the tape */
    size_t n;
    char tape[TAPE];
};

int64_t stranger_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static struct sockaddr_in address_of(const char *endpoint)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    char number[64];
    const char *colon = strrchr(endpoint, ':');
    size_t size = (size_t)(colon - endpoint) - strlen("tcp://");

    assert_true(size < sizeof number);
    memcpy(number, endpoint + strlen("tcp://"), size);
    number[size] = '\0';
    assert_int_equal(inet_pton(AF_INET, number, &address.sin_addr), 1);
    address.sin_port = htons((uint16_t)strtol(colon + 1, NULL, 10));
    return address;
}

int stranger_connect(const char *endpoint)
{
    struct sockaddr_in address = address_of(endpoint);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

void stranger_write(int fd, const void *bytes, size_t size)
{
    (void)send(fd, bytes, size, MSG_NOSIGNAL);
}

/* Listens on loopback and writes where. */
static int listen_anywhere(char endpoint[static ENDPOINT_SIZE])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, BACKLOG), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    (void)snprintf(endpoint, ENDPOINT_SIZE, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
    return fd;
}

void stranger_refuses_plain(struct channel *channel, const char *key)
{
    char endpoint[ENDPOINT_SIZE], by_name[ENDPOINT_SIZE], other[ENDPOINT_SIZE];
    int listening = listen_anywhere(endpoint);
    struct pollfd ready = {.fd = listening, .events = POLLIN};
    struct channel_peer peers[] = {
        {endpoint, ""}, {endpoint, "no key"}, {by_name, key}, {other, key}};

    (void)snprintf(by_name, sizeof by_name, "tcp://localhost%s", strrchr(endpoint, ':'));
    (void)snprintf(other, sizeof other, "ws://127.0.0.1%s", strrchr(endpoint, ':'));
    channel_peers(channel, peers, sizeof peers / sizeof peers[0]);
    assert_int_equal(channel_await(channel, 100), 0);
    assert_int_equal(poll(&ready, 1, 200), 0); /* nobody even tried */
    channel_peers(channel, &(struct channel_peer){endpoint, key}, 1);
    assert_int_equal(poll(&ready, 1, 5000), 1); /* with a key it does */
    channel_peers(channel, NULL, 0);
    close(listening);
}

static void keep(struct recorder *recorder, const char *bytes, size_t size)
{
    pthread_mutex_lock(&recorder->lock);
    if (recorder->n + size <= sizeof recorder->tape) {
        memcpy(recorder->tape + recorder->n, bytes, size);
        recorder->n += size;
    }
    pthread_mutex_unlock(&recorder->lock);
}

/* Passes on what comes on one side, and what is said by the client is kept. False: it has ended. */
static bool pass(struct recorder *recorder, int from, int to, bool client)
{
    char bytes[4096];
    ssize_t n = recv(from, bytes, sizeof bytes, 0);

    if (n <= 0)
        return false;
    if (client)
        keep(recorder, bytes, (size_t)n);
    return send(to, bytes, (size_t)n, MSG_NOSIGNAL) == n;
}

static void *record(void *context)
{
    struct recorder *recorder = context;
    int client = -1, server = -1;

    while (!recorder->ending) {
        struct pollfd items[] = {
            {.fd = client < 0 ? recorder->listening : client, .events = POLLIN},
            {.fd = server, .events = POLLIN}};

        if (poll(items, 2, 20) <= 0)
            continue;
        if (client < 0) {
            client = accept(recorder->listening, NULL, NULL);
            if (recorder->target[0] != '\0')
                server = stranger_connect(recorder->target);
            continue;
        }
        if (server < 0)
            break; /* silent: it keeps the connection and says nothing */
        if ((items[0].revents != 0 && !pass(recorder, client, server, true)) ||
            (items[1].revents != 0 && !pass(recorder, server, client, false)))
            break;
    }
    while (server < 0 && !recorder->ending)
        (void)poll(NULL, 0, 10);
    if (client >= 0)
        close(client);
    if (server >= 0)
        close(server);
    return NULL;
}

struct recorder *stranger_record(const char *endpoint)
{
    struct recorder *recorder = calloc(1, sizeof *recorder);

    assert_non_null(recorder);
    (void)snprintf(recorder->target, sizeof recorder->target, "%s", endpoint);
    recorder->listening = listen_anywhere(recorder->endpoint);
    pthread_mutex_init(&recorder->lock, NULL);
    assert_int_equal(pthread_create(&recorder->thread, NULL, record, recorder), 0);
    return recorder;
}

struct recorder *stranger_silent(void)
{
    return stranger_record("");
}

void stranger_record_end(struct recorder **recorder)
{
    struct recorder *gone = *recorder;

    gone->ending = true;
    pthread_join(gone->thread, NULL);
    close(gone->listening);
    pthread_mutex_destroy(&gone->lock);
    free(gone);
    *recorder = NULL;
}

const char *stranger_record_endpoint(const struct recorder *recorder)
{
    return recorder->endpoint;
}

int stranger_replay(struct recorder *recorder)
{
    int fd = stranger_connect(recorder->target);

    pthread_mutex_lock(&recorder->lock);
    assert_true(recorder->n > 64); /* more than a greeting was said */
    stranger_write(fd, recorder->tape, recorder->n);
    pthread_mutex_unlock(&recorder->lock);
    return fd;
}
