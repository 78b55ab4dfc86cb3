/* The channel over tcp: who is let in with CURVE and who is not, over real sockets on loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>
#include <zmq.h>

#include "core/channel/channel.h"
#include "core/channel/doorman.h"
#include "tests/channel/stranger.h"
#include "tests/kit/kit.h"

/* Longer than what libzmq is silent about takes to be counted. */
enum { LIMIT_MS = 10000 };

/* Two terminals with a key each, each in a context of its own as two processes have. */
struct scene {
    char dir[KIT_PATH], key_a[KIT_PATH], key_b[KIT_PATH];
    struct channel *a, *b;
};

static void make_key(const char *path, char public_key[static CURVE_KEY_SIZE])
{
    struct curve_keys keys;
    struct fault why;

    if (curve_keys_make(path, &keys, &why) != RC_OK)
        fail_msg("%s", why.text);
    memcpy(public_key, keys.public_key, CURVE_KEY_SIZE);
    curve_keys_forget(&keys);
}

static enum rc open_on(const char *address, int port, const char *key_file, bool listens,
                       struct channel **channel, struct fault *why)
{
    struct channel_options options = {.runtime_dir = "",
                                      .name = "counter",
                                      .listens = listens,
                                      .address = address,
                                      .port = port,
                                      .key_file = key_file};

    return channel_new(channel, &options, why);
}

static struct channel *join(const char *key_file, bool listens)
{
    struct channel *channel = NULL;
    struct fault why;

    if (open_on("127.0.0.1", 0, key_file, listens, &channel, &why) != RC_OK)
        fail_msg("%s", why.text);
    return channel;
}

static int open_scene(void **state)
{
    static struct scene scene;
    char key_a[CURVE_KEY_SIZE], key_b[CURVE_KEY_SIZE];
    const char *both[] = {key_a, key_b};

    memset(&scene, 0, sizeof scene);
    kit_tempdir(scene.dir);
    make_key(kit_path(scene.key_a, scene.dir, "a.key"), key_a);
    make_key(kit_path(scene.key_b, scene.dir, "b.key"), key_b);
    scene.a = join(scene.key_a, true);
    scene.b = join(scene.key_b, true);
    assert_string_equal(channel_key(scene.a), key_a);
    channel_admit(scene.a, both, 2);
    channel_admit(scene.b, both, 2);
    *state = &scene;
    return 0;
}

static int close_scene(void **state)
{
    struct scene *scene = *state;

    channel_free(&scene->a);
    channel_free(&scene->b);
    kit_remove_tree(scene->dir);
    return 0;
}

/* Lets a channel's owner do its share, as the loop does. False: nothing was heard. */
static bool turn(struct channel *channel, struct heard *heard)
{
    (void)channel_wait(channel, -1, 5);
    return channel_hear(channel, heard);
}

static struct channel_peer peer_of(const struct channel *channel)
{
    return (struct channel_peer){channel_endpoint(channel), channel_key(channel)};
}

/* Connects; true once the other has subscribed. */
static bool meets(struct channel *from, struct channel *to, int limit_ms)
{
    struct channel_peer peer = peer_of(to);
    struct heard heard;
    int64_t end = stranger_ms() + limit_ms;

    channel_peers(from, &peer, 1);
    while (channel_await(from, 1) < 1 && stranger_ms() < end)
        (void)turn(to, &heard);
    return channel_await(from, 0) >= 1;
}

static bool hears(struct channel *channel, enum hint_kind kind, int64_t show, int limit_ms)
{
    int64_t end = stranger_ms() + limit_ms;
    struct heard heard;

    do {
        while (turn(channel, &heard))
            if (heard.hint.kind == (int32_t)kind && heard.hint.show == show)
                return true;
    } while (stranger_ms() < end);
    return false;
}

/* Can one of us still tell the terminal something? */
static void want_well(struct scene *scene)
{
    struct channel *command = join(scene->key_a, false);

    assert_true(meets(command, scene->b, LIMIT_MS));
    channel_say(command, &(struct hint){.kind = HINT_LIST, .show = 4711});
    assert_true(hears(scene->b, HINT_LIST, 4711, LIMIT_MS));
    channel_free(&command);
}

/* Lets the terminal serve until it has counted so many turned away. */
static void want_turned_away(struct channel *channel, uint64_t unknown, uint64_t broken)
{
    int64_t end = stranger_ms() + LIMIT_MS;
    struct channel_counts counts;
    struct heard heard;

    do {
        (void)turn(channel, &heard);
        counts = channel_counts(channel);
    } while ((counts.unknown < unknown || counts.broken < broken) && stranger_ms() < end);
    assert_true(counts.unknown >= unknown);
    assert_true(counts.broken >= broken);
}

static void admitted__over_tcp__hears_and_is_heard(void **state)
{
    struct scene *scene = *state;

    assert_non_null(strstr(channel_endpoint(scene->a), "tcp://127.0.0.1:"));
    assert_null(strstr(channel_endpoint(scene->a), "*"));
    assert_true(meets(scene->a, scene->b, LIMIT_MS));
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 12, .rev = 34});
    assert_true(hears(scene->b, HINT_SEATS, 12, LIMIT_MS));
    assert_true(meets(scene->b, scene->a, LIMIT_MS));
    channel_say(scene->b, &(struct hint){.kind = HINT_LIST, .show = 5});
    assert_true(hears(scene->a, HINT_LIST, 5, LIMIT_MS));
    assert_int_equal(channel_counts(scene->b).unknown, 0);
}

static void ipc_and_tcp__in_one_channel__are_both_told(void **state)
{
    struct scene *scene = *state;
    struct channel *near = NULL;
    struct fault why;
    struct channel_options options = {.runtime_dir = scene->dir, .name = "near", .listens = true};
    struct channel_peer peers[2];
    struct heard heard;
    int64_t end = stranger_ms() + LIMIT_MS;

    assert_int_equal(channel_new(&near, &options, &why), RC_OK);
    peers[0] = peer_of(scene->b); /* the keys must not stay set for the one over ipc */
    peers[1] = (struct channel_peer){channel_endpoint(near), ""};
    channel_peers(scene->a, peers, 2);
    while (channel_await(scene->a, 1) < 2 && stranger_ms() < end) {
        (void)turn(near, &heard);
        (void)turn(scene->b, &heard);
    }
    assert_int_equal(channel_await(scene->a, 0), 2);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 1});
    assert_true(hears(near, HINT_SEATS, 1, LIMIT_MS));
    assert_true(hears(scene->b, HINT_SEATS, 1, LIMIT_MS));
    channel_free(&near);
}

static void fault_060__unknown_key__is_turned_away_counted_and_told_once(void **state)
{
    struct scene *scene = *state;
    char path[KIT_PATH], key[CURVE_KEY_SIZE], line[256], again[256];
    struct channel *stranger;

    make_key(kit_path(path, scene->dir, "stranger.key"), key);
    stranger = join(path, false);
    assert_false(meets(stranger, scene->b, 300));
    channel_say(stranger, &(struct hint){.kind = HINT_SEATS, .show = 666});
    assert_false(hears(scene->b, HINT_SEATS, 666, 100));
    assert_int_equal(channel_await(stranger, 0), 0); /* and hears no subscription either */
    want_turned_away(scene->b, 1, 0);
    assert_true(channel_strangers(scene->b, line, sizeof line));
    assert_non_null(strstr(line, key));
    assert_non_null(strstr(line, "127.0.0.1"));
    assert_false(channel_strangers(scene->b, again, sizeof again));
    assert_false(meets(stranger, scene->b, 300)); /* it is tried anew, and told in a minute */
    want_turned_away(scene->b, 2, 0);
    assert_false(channel_strangers(scene->b, again, sizeof again));
    channel_free(&stranger);
    want_well(scene);
}

static void fault_060__turned_away__is_not_awaited(void **state)
{
    struct scene *scene = *state;
    char path[KIT_PATH], key[CURVE_KEY_SIZE];
    struct channel *stranger;
    struct channel_peer peer = peer_of(scene->b);
    struct heard heard;
    int64_t end = stranger_ms() + LIMIT_MS;

    make_key(kit_path(path, scene->dir, "stranger.key"), key);
    stranger = join(path, false);
    channel_peers(stranger, &peer, 1);
    while (channel_counts(scene->b).unknown == 0 && stranger_ms() < end)
        (void)turn(scene->b, &heard);
    assert_int_equal(channel_await(stranger, LIMIT_MS), 0);
    assert_true(stranger_ms() < end);
    channel_free(&stranger);
}

static void turned_away__admitted_later__gets_in_at_the_next_beat(void **state)
{
    struct scene *scene = *state;
    char path[KIT_PATH], key[CURVE_KEY_SIZE];
    const char *three[] = {channel_key(scene->a), channel_key(scene->b), key};
    struct channel *late;

    make_key(kit_path(path, scene->dir, "late.key"), key);
    late = join(path, false);
    assert_false(meets(late, scene->b, 300));
    want_turned_away(scene->b, 1, 0);
    channel_admit(scene->b, three, 3);
    assert_true(meets(late, scene->b, LIMIT_MS));
    channel_say(late, &(struct hint){.kind = HINT_SEATS, .show = 3});
    assert_true(hears(scene->b, HINT_SEATS, 3, LIMIT_MS));
    channel_free(&late);
}

static void removed__while_connected__is_no_longer_heard(void **state)
{
    struct scene *scene = *state;
    const char *one[] = {channel_key(scene->b)};
    uint64_t dropped;

    assert_true(meets(scene->a, scene->b, LIMIT_MS));
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 1});
    assert_true(hears(scene->b, HINT_SEATS, 1, LIMIT_MS));
    dropped = channel_counts(scene->b).dropped;
    channel_admit(scene->b, one, 1);
    channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 2});
    assert_false(hears(scene->b, HINT_SEATS, 2, 200));
    assert_int_equal(channel_counts(scene->b).dropped, dropped + 1);
}

static void fault_061__nobody_is_admitted__nobody_gets_in(void **state)
{
    struct scene *scene = *state;

    channel_admit(scene->b, NULL, 0);
    assert_false(meets(scene->a, scene->b, 300));
    want_turned_away(scene->b, 1, 0);
}

/* A SUB with a doorman of its own, as a channel has it. */
struct door {
    void *context, *sub;
    struct doorman *doorman;
    struct curve_keys keys;
    char endpoint[ENDPOINT_SIZE];
};

static void open_door(struct scene *scene, struct door *door)
{
    const char *both[] = {channel_key(scene->a), channel_key(scene->b)};
    size_t size = sizeof door->endpoint;
    struct fault why;
    int linger = 0;

    assert_int_equal(curve_keys_read(scene->key_b, &door->keys, &why), RC_OK);
    door->context = zmq_ctx_new();
    door->sub = zmq_socket(door->context, ZMQ_SUB);
    zmq_setsockopt(door->sub, ZMQ_LINGER, &linger, sizeof linger);
    zmq_setsockopt(door->sub, ZMQ_SUBSCRIBE, "", 0);
    assert_int_equal(doorman_new(&door->doorman, door->context, door->sub, &door->keys, &why),
                     RC_OK);
    doorman_admit(door->doorman, both, 2);
    assert_int_equal(zmq_bind(door->sub, "tcp://127.0.0.1:*"), 0);
    assert_int_equal(zmq_getsockopt(door->sub, ZMQ_LAST_ENDPOINT, door->endpoint, &size), 0);
}

static void close_door(struct door *door)
{
    doorman_free(&door->doorman);
    zmq_close(door->sub);
    zmq_ctx_term(door->context);
}

/* Does a message of a command of ours about `show` come through the door within the time? */
static bool comes_through(struct scene *scene, struct door *door, int64_t show, int limit_ms)
{
    struct channel *command = join(scene->key_a, false);
    struct channel_peer peer = {door->endpoint, door->keys.public_key};
    int64_t end = stranger_ms() + limit_ms;
    uint8_t wire[64];
    struct heard heard;
    bool came = false;

    channel_peers(command, &peer, 1);
    while (!came && stranger_ms() < end) {
        if (channel_await(command, 5) > 0)
            channel_say(command, &(struct hint){.kind = HINT_SEATS, .show = show});
        if (door->doorman != NULL)
            doorman_serve(door->doorman, stranger_ms());
        while (!came && zmq_recv(door->sub, wire, sizeof wire, ZMQ_DONTWAIT) == HINT_WIRE)
            came = hint_unpack(wire, HINT_WIRE, &heard) && heard.hint.show == show;
    }
    channel_free(&command);
    return came;
}

/* The doorman is gone and the socket is still open: libzmq must not let anybody in by itself. */
static void fault_061__doorman_is_gone__nobody_gets_in(void **state)
{
    struct scene *scene = *state;
    struct door door = {0};

    open_door(scene, &door);
    assert_true(comes_through(scene, &door, 1, LIMIT_MS));
    doorman_free(&door.doorman);
    assert_false(comes_through(scene, &door, 2, 500));
    close_door(&door);
}

/* It is there, and busy. */
static void fault_061__doorman_does_not_answer__nobody_gets_in(void **state)
{
    struct scene *scene = *state;
    struct door door = {0};
    struct doorman *busy;

    open_door(scene, &door);
    busy = door.doorman;
    door.doorman = NULL;
    assert_false(comes_through(scene, &door, 2, 500));
    door.doorman = busy;
    assert_true(comes_through(scene, &door, 1, LIMIT_MS));
    close_door(&door);
}

static void fault_061__two_doormen_in_a_context__the_second_is_refused(void **state)
{
    struct scene *scene = *state;
    struct channel *first = NULL, *second = NULL;
    struct fault why;
    void *context = zmq_ctx_new();
    struct channel_options options = {.context = context,
                                      .runtime_dir = "",
                                      .name = "x",
                                      .listens = true,
                                      .address = "127.0.0.1",
                                      .key_file = scene->key_a};

    assert_int_equal(channel_new(&first, &options, &why), RC_OK);
    assert_int_equal(channel_new(&second, &options, &why), RC_ENVIRONMENT);
    channel_free(&first);
    zmq_ctx_term(context);
}

static void plain_tcp__is_refused__configured_or_found(void **state)
{
    struct scene *scene = *state;
    struct channel *channel = NULL;
    struct fault why;
    char missing[KIT_PATH];
    const char *odd[] = {"tcp://127.0.0.1", "*", "0.0.0.0", "::", "[::]", "127.0.0.1/8"};

    assert_int_equal(open_on("127.0.0.1", 0, "", true, &channel, &why), RC_BAD_INPUT);
    kit_path(missing, scene->dir, "missing.key");
    assert_int_equal(open_on("127.0.0.1", 0, missing, true, &channel, &why), RC_NOT_FOUND);
    assert_non_null(strstr(why.text, "keygen"));
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        assert_int_equal(open_on(odd[i], 0, scene->key_a, true, &channel, &why), RC_BAD_INPUT);
    assert_null(channel);
    stranger_refuses_plain(scene->a, channel_key(scene->b));
    /* Who has no key of its own tells nobody over tcp. */
    assert_int_equal(open_on("", 0, "", false, &channel, &why), RC_OK);
    assert_false(meets(channel, scene->b, 200));
    assert_int_equal(channel_counts(scene->b).unknown + channel_counts(scene->b).broken, 0);
    channel_free(&channel);
}

static void fault_063__plain_zeromq__gets_and_brings_nothing(void **state)
{
    struct scene *scene = *state;
    struct heard forged = {.hint = {.kind = HINT_RETURNED, .show = 999, .rev = 1}};
    uint8_t wire[HINT_WIRE];
    void *context = zmq_ctx_new(), *plain = zmq_socket(context, ZMQ_XPUB);
    int linger = 0;
    char frame[8];

    hint_pack(&forged, wire);
    zmq_setsockopt(plain, ZMQ_LINGER, &linger, sizeof linger);
    assert_int_equal(zmq_connect(plain, channel_endpoint(scene->b)), 0);
    want_turned_away(scene->b, 0, 1);
    assert_true(zmq_recv(plain, frame, sizeof frame, ZMQ_DONTWAIT) < 0);
    zmq_send(plain, wire, sizeof wire, ZMQ_DONTWAIT);
    assert_false(hears(scene->b, HINT_RETURNED, 999, 200));
    zmq_close(plain);
    zmq_ctx_term(context);
    want_well(scene);
}

static void fault_063__garbage__is_turned_away_and_the_rest_is_heard(void **state)
{
    static const char *const openings[] = {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02", "\xff",
                                           "\xff\0\0\0\0\0\0\0\1\x7f\3\1CURVE"};
    struct scene *scene = *state;
    struct channel_counts before = channel_counts(scene->b);
    char big[8192];
    struct heard heard;
    int fd;

    memset(big, 'x', sizeof big);
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        fd = stranger_connect(channel_endpoint(scene->b));
        stranger_write(fd, openings[i], strlen(openings[i]));
        stranger_write(fd, big, sizeof big);
        (void)turn(scene->b, &heard);
        close(fd);
    }
    want_turned_away(scene->b, 0, before.broken + sizeof openings / sizeof openings[0]);
    want_well(scene);
}

/* What one of us sent is sent again, byte by byte: its keys were of that connection only. */
static void fault_062__replayed__is_not_let_in(void **state)
{
    struct scene *scene = *state;
    struct recorder *recorder = stranger_record(channel_endpoint(scene->b));
    struct channel *command = join(scene->key_a, false);
    struct channel_peer peer = {stranger_record_endpoint(recorder), channel_key(scene->b)};
    struct heard heard;
    int64_t end = stranger_ms() + LIMIT_MS;
    uint64_t heard_before;

    channel_peers(command, &peer, 1);
    while (channel_await(command, 1) < 1 && stranger_ms() < end)
        (void)turn(scene->b, &heard);
    channel_say(command, &(struct hint){.kind = HINT_SEATS, .show = 31});
    assert_true(hears(scene->b, HINT_SEATS, 31, LIMIT_MS));
    channel_free(&command);
    heard_before = channel_counts(scene->b).heard;
    for (int i = 0; i < 3; i++) {
        int fd = stranger_replay(recorder);

        want_turned_away(scene->b, 0, channel_counts(scene->b).broken + 1);
        close(fd);
    }
    assert_false(hears(scene->b, HINT_SEATS, 31, 100));
    assert_int_equal(channel_counts(scene->b).heard, heard_before);
    stranger_record_end(&recorder);
    want_well(scene);
}

static void fault_063__oversize_from_one_of_us__closes_only_that_connection(void **state)
{
    struct scene *scene = *state;
    static char big[4096];
    struct curve_keys keys;
    struct fault why;
    void *context = zmq_ctx_new(), *pub = zmq_socket(context, ZMQ_XPUB);
    int64_t end = stranger_ms() + LIMIT_MS;
    struct heard heard;
    char frame[8];
    int linger = 0;

    assert_int_equal(curve_keys_read(scene->key_a, &keys, &why), RC_OK);
    zmq_setsockopt(pub, ZMQ_LINGER, &linger, sizeof linger);
    zmq_setsockopt(pub, ZMQ_CURVE_PUBLICKEY, keys.public_key, CURVE_KEY_SIZE);
    zmq_setsockopt(pub, ZMQ_CURVE_SECRETKEY, keys.secret_key, CURVE_KEY_SIZE);
    zmq_setsockopt(pub, ZMQ_CURVE_SERVERKEY, channel_key(scene->b), CURVE_KEY_SIZE);
    assert_int_equal(zmq_connect(pub, channel_endpoint(scene->b)), 0);
    while (zmq_recv(pub, frame, sizeof frame, ZMQ_DONTWAIT) <= 0 && stranger_ms() < end)
        (void)turn(scene->b, &heard);
    assert_true(stranger_ms() < end);
    zmq_send(pub, "no hint", 7, ZMQ_DONTWAIT);
    while (channel_counts(scene->b).dropped < 1 && stranger_ms() < end)
        (void)turn(scene->b, &heard);
    assert_int_equal(channel_counts(scene->b).dropped, 1);
    zmq_send(pub, big, sizeof big, ZMQ_DONTWAIT);
    want_well(scene);
    assert_int_equal(channel_counts(scene->b).dropped, 1);
    zmq_close(pub);
    zmq_ctx_term(context);
}

static void fault_064__many_hints_of_ours__all_come_or_are_counted(void **state)
{
    struct scene *scene = *state;
    int64_t end = stranger_ms() + LIMIT_MS;
    struct heard heard;
    int n = 0;

    assert_true(meets(scene->a, scene->b, LIMIT_MS));
    for (int i = 0; i < 500; i++)
        channel_say(scene->a, &(struct hint){.kind = HINT_SEATS, .show = 7, .rev = i});
    while (n < 500 && stranger_ms() < end)
        n += turn(scene->b, &heard) && heard.hint.kind == HINT_SEATS;
    assert_int_equal(n, 500);
    assert_int_equal(channel_counts(scene->b).gaps, 0);
}

static void fault_067__port_taken__is_refused_with_the_endpoint(void **state)
{
    struct scene *scene = *state;
    struct channel *channel = NULL;
    struct fault why;
    int port = (int)strtol(strrchr(channel_endpoint(scene->a), ':') + 1, NULL, 10);

    assert_int_equal(open_on("127.0.0.1", port, scene->key_b, true, &channel, &why),
                     RC_ENVIRONMENT);
    assert_non_null(strstr(why.text, channel_endpoint(scene->a)));
    assert_null(channel);
}

/* Peers that are there, that hang with half a handshake, and that nobody can reach. */
static void fault_068__exit__takes_at_most_200_ms(void **state)
{
    struct scene *scene = *state;
    struct recorder *silent = stranger_silent();
    struct channel_peer peers[] = {peer_of(scene->b),
                                   {stranger_record_endpoint(silent), channel_key(scene->b)},
                                   {"tcp://192.0.2.1:5555", channel_key(scene->b)}};
    struct heard heard;
    int64_t began;

    channel_peers(scene->a, peers, 3);
    for (int i = 0; i < 20; i++) {
        (void)channel_await(scene->a, 1);
        (void)turn(scene->b, &heard);
    }
    for (int i = 0; i < 100; i++)
        channel_say(scene->a, &(struct hint){.kind = HINT_SEATS});
    began = stranger_ms();
    channel_free(&scene->a);
    assert_true(stranger_ms() - began <= 200);
    began = stranger_ms();
    channel_free(&scene->b);
    assert_true(stranger_ms() - began <= 200);
    stranger_record_end(&silent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)
        IN_SCENE(admitted__over_tcp__hears_and_is_heard),
        IN_SCENE(ipc_and_tcp__in_one_channel__are_both_told),
        IN_SCENE(fault_060__unknown_key__is_turned_away_counted_and_told_once),
        IN_SCENE(fault_060__turned_away__is_not_awaited),
        IN_SCENE(turned_away__admitted_later__gets_in_at_the_next_beat),
        IN_SCENE(removed__while_connected__is_no_longer_heard),
        IN_SCENE(fault_061__nobody_is_admitted__nobody_gets_in),
        IN_SCENE(fault_061__doorman_is_gone__nobody_gets_in),
        IN_SCENE(fault_061__doorman_does_not_answer__nobody_gets_in),
        IN_SCENE(fault_061__two_doormen_in_a_context__the_second_is_refused),
        IN_SCENE(plain_tcp__is_refused__configured_or_found),
        IN_SCENE(fault_063__plain_zeromq__gets_and_brings_nothing),
        IN_SCENE(fault_063__garbage__is_turned_away_and_the_rest_is_heard),
        IN_SCENE(fault_062__replayed__is_not_let_in),
        IN_SCENE(fault_063__oversize_from_one_of_us__closes_only_that_connection),
        IN_SCENE(fault_064__many_hints_of_ours__all_come_or_are_counted),
        IN_SCENE(fault_067__port_taken__is_refused_with_the_endpoint),
        IN_SCENE(fault_068__exit__takes_at_most_200_ms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
