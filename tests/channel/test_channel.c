/* The channel over ipc: who hears whom, what is dropped, and how long things may take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

#include "core/channel/channel.h"
#include "core/channel/endpoint.h"
#include "tests/kit/kit.h"

enum { LIMIT_MS = 3000 };

struct scene {
    char dir[KIT_PATH];
    void *context;
    struct channel *a, *b;
};

static int64_t steady_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static struct channel *join(struct scene *scene, const char *name, bool listens)
{
    struct channel *channel = NULL;
    struct fault why;
    struct channel_options options = {
        .context = scene->context, .runtime_dir = scene->dir, .name = name, .listens = listens};

    assert_int_equal(channel_new(&channel, &options, &why), RC_OK);
    return channel;
}

static int open_scene(void **state)
{
    static struct scene scene;

    memset(&scene, 0, sizeof scene);
    kit_tempdir(scene.dir);
    scene.context = zmq_ctx_new();
    scene.a = join(&scene, "counter-1", true);
    scene.b = join(&scene, "counter-2", true);
    *state = &scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;

    channel_free(&scene->a);
    channel_free(&scene->b);
    zmq_ctx_term(scene->context);
    kit_remove_tree(scene->dir);
    return 0;
}

/* Lets a channel's thread do its share: libzmq subscribes only when its owner polls. */
static void poll_once(struct channel *channel, long wait_ms)
{
    void *sockets[CHANNEL_SOCKETS];
    zmq_pollitem_t items[CHANNEL_SOCKETS] = {0};
    size_t n = channel_sockets(channel, sockets, CHANNEL_SOCKETS);

    for (size_t i = 0; i < n; i++)
        items[i] = (zmq_pollitem_t){.socket = sockets[i], .events = ZMQ_POLLIN};
    zmq_poll(items, (int)n, wait_ms);
}

static void meet(struct channel *from, struct channel *to)
{
    struct channel_peer peer = {channel_endpoint(to), ""};
    int64_t end = steady_ms() + LIMIT_MS;

    channel_peers(from, &peer, 1);
    while (channel_await(from, 1) < 1 && steady_ms() < end)
        poll_once(to, 0);
    assert_true(channel_await(from, 0) >= 1);
}

/* Waits until a bare socket of a stranger is subscribed to. */
static void await_subscription(void *stranger, struct channel *channel)
{
    char subscription[4];
    int64_t end = steady_ms() + LIMIT_MS;

    while (zmq_recv(stranger, subscription, sizeof subscription, ZMQ_DONTWAIT) <= 0 &&
           steady_ms() < end)
        poll_once(channel, 1);
}

/* Waits, polling, for the next hint of this kind; others are passed over. */
static bool hears(struct channel *channel, enum hint_kind kind, struct heard *heard)
{
    int64_t end = steady_ms() + LIMIT_MS;

    do {
        while (channel_hear(channel, heard))
            if (heard->hint.kind == (int)kind)
                return true;
        poll_once(channel, 50);
    } while (steady_ms() < end);
    return false;
}

static void hint__packed_and_unpacked__is_the_same(void **state)
{
    uint8_t wire[HINT_WIRE];
    struct heard in = {.hint = {.kind = HINT_RETURNED, .show = INT64_MAX, .rev = 7},
                       .publisher = UINT64_MAX,
                       .counter = 12};
    struct heard out;

    (void)state;
    assert_int_equal(hint_pack(&in, wire), HINT_WIRE);
    assert_true(hint_unpack(wire, HINT_WIRE, &out));
    assert_memory_equal(&in, &out, sizeof in);
}

static void fault_063__garbage_on_the_wire__does_not_parse(void **state)
{
    uint8_t wire[HINT_WIRE];
    struct heard heard = {.hint = {.kind = HINT_SEATS, .show = 1, .rev = 1}};

    (void)state;
    hint_pack(&heard, wire);
    assert_false(hint_unpack(wire, HINT_WIRE - 1, &heard));
    assert_false(hint_unpack(wire, 0, &heard));
    wire[4] = 200; /* an unknown kind */
    assert_false(hint_unpack(wire, HINT_WIRE, &heard));
    wire[4] = HINT_SEATS;
    wire[0] = 'X';
    assert_false(hint_unpack(wire, HINT_WIRE, &heard));
}

static void fault_116__unknown_version__is_ignored(void **state)
{
    uint8_t wire[HINT_WIRE];
    struct heard heard = {.hint = {.kind = HINT_SEATS, .show = 1, .rev = 1}};

    (void)state;
    hint_pack(&heard, wire);
    wire[3] = HINT_VERSION + 1;
    assert_false(hint_unpack(wire, HINT_WIRE, &heard));
}

static void say__after_subscription__is_heard_once(void **state)
{
    struct scene *scene = *state;
    struct heard heard;

    meet(scene->a, scene->b);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 12, .rev = 34});
    assert_true(hears(scene->b, HINT_SEATS, &heard));
    assert_int_equal(heard.hint.show, 12);
    assert_int_equal(heard.hint.rev, 34);
    assert_false(channel_hear(scene->b, &heard));
}

static void meeting__a_newcomer__greets_so_that_the_other_connects_back(void **state)
{
    struct scene *scene = *state;
    struct heard heard;

    meet(scene->a, scene->b);
    assert_true(hears(scene->b, HINT_GREETING, &heard));
    meet(scene->b, scene->a);
    channel_say(scene->b, &(struct hint){.kind = HINT_LIST, .show = 5});
    assert_true(hears(scene->a, HINT_LIST, &heard));
}

static void command__publishes_without_listening__is_heard(void **state)
{
    struct scene *scene = *state;
    struct heard heard;
    struct channel *command = join(scene, "host-42", false);

    assert_string_equal(channel_endpoint(command), "");
    meet(command, scene->a);
    channel_say(command, &(struct hint){.kind = HINT_RETURNED, .show = 3});
    channel_free(&command);
    assert_true(hears(scene->a, HINT_RETURNED, &heard));
}

static void fault_056__slow_joiner__await_makes_the_first_message_arrive(void **state)
{
    struct scene *scene = *state;
    struct heard heard;

    for (int i = 0; i < 20; i++) {
        struct channel *command = join(scene, "host-42", false);
        meet(command, scene->a);
        channel_say(command, &(struct hint){.kind = HINT_SEATS, .show = i + 1});
        channel_free(&command);
        assert_true(hears(scene->a, HINT_SEATS, &heard));
        assert_int_equal(heard.hint.show, i + 1);
    }
}

static void await__an_endpoint_that_refuses__is_not_awaited(void **state)
{
    struct scene *scene = *state;
    char dead[KIT_PATH + 32];
    const struct channel_peer peers[2] = {{dead, ""}, {channel_endpoint(scene->b), ""}};

    (void)snprintf(dead, sizeof dead, "ipc://%s/nobody-1.sock", scene->dir);
    int64_t began = steady_ms();
    channel_peers(scene->a, peers, 2);
    assert_int_equal(channel_await(scene->a, 300), 0); /* the other has not polled yet */
    assert_true(steady_ms() - began >= 300);
    while (channel_await(scene->a, 1) < 1 && steady_ms() - began < LIMIT_MS)
        poll_once(scene->b, 0);
    assert_int_equal(channel_await(scene->a, LIMIT_MS), 1);
    assert_true(steady_ms() - began < LIMIT_MS / 2);
}

static void fault_053__peer_is_gone__saying_does_not_block(void **state)
{
    struct scene *scene = *state;

    meet(scene->a, scene->b);
    channel_free(&scene->b);
    int64_t began = steady_ms();
    for (int i = 0; i < 5000; i++)
        channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 1, .rev = i});
    assert_true(steady_ms() - began < LIMIT_MS);
}

static void fault_055__messages_missing__shows_as_a_gap(void **state)
{
    struct scene *scene = *state;
    struct heard heard;

    meet(scene->a, scene->b);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 1});
    assert_true(hears(scene->b, HINT_SEATS, &heard));
    channel_peers(scene->a, NULL, 0);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 2});
    meet(scene->a, scene->b);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 3});
    assert_true(hears(scene->b, HINT_SEATS, &heard));
    assert_true(channel_counts(scene->b).gaps >= 1);
}

static void fault_054__duplicate__is_given_out_and_carries_nothing_new(void **state)
{
    struct scene *scene = *state;
    struct heard first, second;

    meet(scene->a, scene->b);
    for (int i = 0; i < 2; i++)
        channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 1, .rev = 9});
    assert_true(hears(scene->b, HINT_SEATS, &first));
    assert_true(hears(scene->b, HINT_SEATS, &second));
    assert_int_equal(first.hint.rev, second.hint.rev);
    assert_int_equal(channel_counts(scene->b).gaps, 0);
}

static void fault_063__garbage_and_oversize__are_dropped_and_the_rest_is_heard(void **state)
{
    struct scene *scene = *state;
    struct heard heard;
    static char big[4096];
    int linger = 0;
    void *stranger = zmq_socket(scene->context, ZMQ_XPUB);

    zmq_setsockopt(stranger, ZMQ_LINGER, &linger, sizeof linger);
    assert_int_equal(zmq_connect(stranger, channel_endpoint(scene->b)), 0);
    await_subscription(stranger, scene->b);
    zmq_send(stranger, "GET / HTTP/1.1", 14, 0);
    zmq_send(stranger, big, 900, 0);
    zmq_send(stranger, big, sizeof big, 0); /* over MAXMSGSIZE: libzmq closes the connection */
    meet(scene->a, scene->b);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 77});
    assert_true(hears(scene->b, HINT_SEATS, &heard));
    assert_int_equal(heard.hint.show, 77);
    assert_true(channel_counts(scene->b).dropped >= 1);
    zmq_close(stranger);
}

static void fault_062__forged_hint__is_only_a_hint(void **state)
{
    struct scene *scene = *state;
    struct heard heard, forged = {.hint = {.kind = HINT_RETURNED, .show = 999999, .rev = 1}};
    uint8_t wire[HINT_WIRE];
    int linger = 0;
    void *stranger = zmq_socket(scene->context, ZMQ_XPUB);

    zmq_setsockopt(stranger, ZMQ_LINGER, &linger, sizeof linger);
    hint_pack(&forged, wire);
    assert_int_equal(zmq_connect(stranger, channel_endpoint(scene->b)), 0);
    await_subscription(stranger, scene->b);
    zmq_send(stranger, wire, sizeof wire, 0);
    assert_true(hears(scene->b, HINT_RETURNED, &heard));
    assert_int_equal(heard.hint.show, 999999); /* no more than a show's id to look at again */
    zmq_close(stranger);
}

static void fault_068__exit__takes_at_most_200_ms(void **state)
{
    struct scene *scene = *state;
    const struct channel_peer dead = {"ipc:///nonexistent/x-1.sock", ""};

    channel_peers(scene->a, &dead, 1);
    for (int i = 0; i < 100; i++)
        channel_say(scene->a, &(struct hint){.kind = HINT_SEATS});
    int64_t began = steady_ms();
    channel_free(&scene->a);
    channel_free(&scene->b);
    zmq_ctx_term(scene->context);
    assert_true(steady_ms() - began <= 200);
    scene->context = zmq_ctx_new();
}

static void endpoint__directory_too_deep__falls_back_to_a_short_one(void **state)
{
    struct scene *scene = *state;
    char deep[KIT_PATH + 128];
    char endpoint[ENDPOINT_SIZE];
    struct fault why;

    (void)snprintf(deep, sizeof deep, "%s/%0100d", scene->dir, 0);
    assert_int_equal(endpoint_make(deep, "counter-1", endpoint, sizeof endpoint, &why), RC_OK);
    assert_non_null(strstr(endpoint, "ipc:///tmp/boxoffice-"));
    assert_true(strlen(endpoint) - strlen("ipc://") <= 107);
}

static void endpoint__socket_of_a_dead_process__is_swept(void **state)
{
    struct scene *scene = *state;
    char path[KIT_PATH];
    char endpoint[ENDPOINT_SIZE];
    char name[64];
    struct fault why;
    struct stat st;
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    waitpid(pid, NULL, 0);
    (void)snprintf(name, sizeof name, "counter-9-%ld.sock", (long)pid);
    kit_path(path, scene->dir, name);
    kit_write_file(path, "", 0);
    assert_int_equal(endpoint_make(scene->dir, "counter-3", endpoint, sizeof endpoint, &why),
                     RC_OK);
    assert_int_not_equal(stat(path, &st), 0);
}

static void endpoint__odd_name__makes_a_tame_file_name(void **state)
{
    struct scene *scene = *state;
    char endpoint[ENDPOINT_SIZE];
    struct fault why;

    assert_int_equal(endpoint_make(scene->dir, "../a b/ø", endpoint, sizeof endpoint, &why), RC_OK);
    assert_non_null(strstr(endpoint, "/.._a_b___"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hint__packed_and_unpacked__is_the_same),
        cmocka_unit_test(fault_063__garbage_on_the_wire__does_not_parse),
        cmocka_unit_test(fault_116__unknown_version__is_ignored),
#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)
        IN_SCENE(say__after_subscription__is_heard_once),
        IN_SCENE(meeting__a_newcomer__greets_so_that_the_other_connects_back),
        IN_SCENE(command__publishes_without_listening__is_heard),
        IN_SCENE(fault_056__slow_joiner__await_makes_the_first_message_arrive),
        IN_SCENE(await__an_endpoint_that_refuses__is_not_awaited),
        IN_SCENE(fault_053__peer_is_gone__saying_does_not_block),
        IN_SCENE(fault_055__messages_missing__shows_as_a_gap),
        IN_SCENE(fault_054__duplicate__is_given_out_and_carries_nothing_new),
        IN_SCENE(fault_063__garbage_and_oversize__are_dropped_and_the_rest_is_heard),
        IN_SCENE(fault_062__forged_hint__is_only_a_hint),
        IN_SCENE(fault_068__exit__takes_at_most_200_ms),
        IN_SCENE(endpoint__directory_too_deep__falls_back_to_a_short_one),
        IN_SCENE(endpoint__socket_of_a_dead_process__is_swept),
        IN_SCENE(endpoint__odd_name__makes_a_tame_file_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
