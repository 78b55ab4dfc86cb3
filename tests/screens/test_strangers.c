/* Strangers at a terminal's port: it sells on, answers keys, and hears its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/desk/terminals.h"
#include "tests/kit/live.h"
#include "tui/mono.h"

enum { FLOOD = 10000, HELD_OPEN = 400, ECHO_MS = 1000 };

static struct lan {
    char key_file[KIT_PATH];
    char key[CURVE_KEY_SIZE];
} lan; /* of the group's stage */

static void admit(const char *name, const char *key)
{
    struct admit_request request = {0};
    struct admit_reply reply;
    struct fault why = {0};

    verb_ask(&request.ask, live.stage.db, NULL, "office", 1);
    request.ask.trusted = true;
    (void)snprintf(request.name, sizeof request.name, "%s", name);
    (void)snprintf(request.public_key, sizeof request.public_key, "%s", key);
    if (verb_do(live.stage.db, &verb_admit, &request, &reply, &why) != RC_OK)
        fail_msg("%s", why.text);
}

static int open_lan(void **state)
{
    struct curve_keys keys;
    struct fault why;

    if (live_setup(state) != 0 || chmod(live.stage.dir, 0700) != 0)
        return -1;
    kit_path(lan.key_file, live.stage.dir, "channel.key");
    if (curve_keys_make(lan.key_file, &keys, &why) != RC_OK)
        fail_msg("%s", why.text);
    memcpy(lan.key, keys.public_key, sizeof lan.key);
    curve_keys_forget(&keys);
    admit("house", lan.key);
    return 0;
}

static void configure(const char *more)
{
    char text[KIT_PATH + 128];

    (void)snprintf(text, sizeof text, "channel_address = \"127.0.0.1\";\nchannel_key = \"%s\";\n%s",
                   lan.key_file, more);
    live_configure(text);
}

struct joining {
    const char *terminal;
    struct terminal_row row;
};

/* Has the terminal joined? Its row is taken. */
static bool joined(void *context)
{
    struct joining *joining = context;
    struct terminal_list *list = NULL;
    struct fault why;
    bool found = false;

    pty_read(&live.one, 0);
    assert_int_equal(terminals_read(live.stage.db, sql_now(live.stage.db), &list, &why), RC_OK);
    for (size_t i = 0; i < list->n && !found; i++)
        if (strcmp(list->rows[i].name, joining->terminal) == 0) {
            joining->row = list->rows[i];
            found = true;
        }
    free(list);
    return found;
}

static int connect_to(const struct sockaddr_in *address)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* In a process of its own: so many connections with garbage, some of them kept open for long. */
static pid_t flood(int port)
{
    static const char *const openings[] = {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\x01",
                                           "\xff\1\1\1\1\1\1\1\1\x7f\3\1NULL", ""};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                  .sin_port = htons((uint16_t)port)};
    int open_ones[HELD_OPEN], failed = 0;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    memset(open_ones, -1, sizeof open_ones);
    for (int i = 0; i < FLOOD; i++) {
        const char *opening = openings[i % 4];
        int fd = connect_to(&address);

        failed += fd < 0;
        if (fd >= 0)
            (void)send(fd, opening, strlen(opening), MSG_NOSIGNAL);
        if (open_ones[i % HELD_OPEN] >= 0)
            close(open_ones[i % HELD_OPEN]);
        open_ones[i % HELD_OPEN] = fd;
    }
    _exit(failed > 0);
}

static bool over(pid_t pid, int *status)
{
    return waitpid(pid, status, WNOHANG) == pid;
}

/* How long a key takes to be seen. */
static int64_t echo_ms(void)
{
    int64_t began = mono_ms(), took;

    pty_type(&live.one, "2");
    pty_wait_text(&live.one, "2_");
    took = mono_ms() - began;
    pty_type(&live.one, "\033");
    pty_wait_gone(&live.one, "2_");
    return took;
}

static void sell_one(void)
{
    pty_type(&live.one, "1\r");
    pty_wait_text(&live.one, "PAY");
    pty_type(&live.one, "\r\r");
    pty_wait_text(&live.one, "SOLD");
    pty_type(&live.one, "\033\033");
    pty_wait_text(&live.one, "BASKET empty");
}

static int64_t sold(void)
{
    return sql_one_number(live.stage.db, -1,
                          "SELECT count(*) FROM claims WHERE state = 'sold' AND terminal = $1",
                          SQL_VALUES(sql_t("till-9")));
}

/* A hint from one of us reaches the terminal: it has subscribed to a new publisher. */
static void want_heard(const struct terminal_row *row)
{
    struct channel_options options = {.runtime_dir = "", .name = "", .key_file = lan.key_file};
    struct channel_peer peer = {row->endpoint, row->public_key};
    struct channel *channel = NULL;
    struct fault why;

    assert_int_equal(channel_new(&channel, &options, &why), RC_OK);
    channel_peers(channel, &peer, 1);
    assert_int_equal(channel_await(channel, 5000), 1);
    channel_free(&channel);
}

static void fault_063__ten_thousand_connections_of_garbage__it_sells_on(void **state)
{
    struct joining joining = {.terminal = "till-9"};
    int64_t worst = 0, before, began;
    int status = 0, sales = 0;
    pid_t pid;

    (void)state;
    configure("");
    live_open(&live.one, "till-9");
    assert_true(kit_wait_until(joined, &joining, 5000));
    assert_non_null(strstr(joining.row.endpoint, "tcp://127.0.0.1:"));
    assert_string_equal(joining.row.admitted_as, "house");
    pty_type(&live.one, "\033[B"); /* a show with seats enough */
    pty_wait_text(&live.one, "> 14:30");
    before = sold();
    began = mono_ms();
    pid = flood((int)strtol(strrchr(joining.row.endpoint, ':') + 1, NULL, 10));
    do {
        int64_t took = echo_ms();

        worst = took > worst ? took : worst;
        sell_one();
        sales++;
    } while (!over(pid, &status));
    print_message("%d connections in %d ms, sales meanwhile: %d; the slowest key: %d ms\n",
                  (int)FLOOD, (int)(mono_ms() - began), sales, (int)worst);
    assert_int_equal(status, 0); /* every connection was taken: no descriptor ran short */
    assert_int_equal(sold(), before + sales);
    assert_true(worst < ECHO_MS);
    want_heard(&joining.row);
}

static void fault_067__port_taken__says_so_and_sells(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    struct joining joining = {.terminal = "till-10"};
    int taken = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char port[64];

    (void)state;
    assert_int_equal(bind(taken, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(taken, 1), 0);
    assert_int_equal(getsockname(taken, (struct sockaddr *)&address, &size), 0);
    (void)snprintf(port, sizeof port, "channel_port = %d;\n", ntohs(address.sin_port));
    configure(port);
    stage_open(&live.stage, &live.one, "till-10", NULL, NULL);
    pty_wait_text(&live.one, "cannot listen at tcp://127.0.0.1:");
    pty_wait_text(&live.one, "no channel");
    assert_true(kit_wait_until(joined, &joining, 5000));
    assert_string_equal(joining.row.endpoint, "");
    pty_type(&live.one, "\033[B");
    pty_wait_text(&live.one, "BASKET");
    sell_one();
    close(taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LIVE_TEST(fault_063__ten_thousand_connections_of_garbage__it_sells_on),
        LIVE_TEST(fault_067__port_taken__says_so_and_sells),
    };

    return cmocka_run_group_tests(tests, open_lan, live_teardown) != 0;
}
