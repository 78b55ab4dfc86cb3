/* A peer whose machine or cable is gone says nothing and closes nothing: heartbeats find out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "core/channel/channel.h"
#include "tests/kit/kit.h"

/* Heartbeats every 2 s, given up after 4: 6 s, and a little for a busy machine. */
enum { CLOSES_MS = 7000 };

static int64_t steady_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Listens at a path as a terminal would. */
static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    assert_true((size_t)snprintf(address.sun_path, sizeof address.sun_path, "%s", path) <
                sizeof address.sun_path);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 1), 0);
    return fd;
}

/* Says what a SUB socket says to begin with (ZMTP 3.1): greeting, then READY. */
static void shake_hands(int fd)
{
    static const char ready[] = "\x05READY\x0bSocket-Type\0\0\0\3SUB";
    unsigned char greeting[64] = {0xff, [9] = 0x7f, [10] = 3, [11] = 1, 'N', 'U', 'L', 'L'};
    unsigned char head[2] = {4, sizeof ready - 1};

    assert_int_equal(write(fd, greeting, sizeof greeting), sizeof greeting);
    assert_int_equal(write(fd, head, sizeof head), sizeof head);
    assert_int_equal(write(fd, ready, sizeof ready - 1), sizeof ready - 1);
}

/* Hears what comes and answers nothing, until the other closes. Returns how much came; -1: the
 * time ran out. */
static ssize_t stay_silent(int fd, int limit_ms)
{
    int64_t end = steady_ms() + limit_ms;
    ssize_t all = 0;
    char bytes[512];

    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int64_t left = end - steady_ms();
        ssize_t n;

        if (left <= 0 || poll(&ready, 1, (int)left) == 0)
            return -1;
        n = read(fd, bytes, sizeof bytes);
        if (n <= 0)
            return all;
        all += n;
    }
}

static void fault_058__half_open_peer__is_closed_within_six_seconds(void **state)
{
    char dir[KIT_PATH], path[KIT_PATH], endpoint[KIT_PATH + 8];
    const struct channel_peer peers[1] = {{endpoint, ""}};
    struct channel_options options = {.name = "counter-1", .listens = false};
    struct channel *channel = NULL;
    struct fault why;
    int listening, peer;
    ssize_t heard;

    (void)state;
    kit_tempdir(dir);
    options.runtime_dir = dir;
    listening = listen_at(kit_path(path, dir, "gone"));
    snprintf(endpoint, sizeof endpoint, "ipc://%s", path);
    assert_int_equal(channel_new(&channel, &options, &why), RC_OK);
    channel_peers(channel, peers, 1);
    peer = accept(listening, NULL, NULL);
    assert_true(peer >= 0);
    close(listening); /* it does not come back */
    shake_hands(peer);
    heard = stay_silent(peer, CLOSES_MS);
    if (heard < 0)
        fail_msg("still open after %d ms", CLOSES_MS);
    assert_true(heard > 64); /* more than a greeting: it was taken for a peer */
    close(peer);
    channel_free(&channel);
    kit_remove_tree(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fault_058__half_open_peer__is_closed_within_six_seconds)};

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
