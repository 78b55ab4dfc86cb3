#include "tests/kit/proxy.h"

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

enum { REAP_MS = 5000, CHUNK = 65536 };

static const char socket_name[] = ".s.PGSQL.5432";

struct proxy_shared {
    _Atomic int cut;
    _Atomic int swallow;
    char word[16]; /* what PROXY_GONE waits for */
};

static struct sockaddr_un address(const char *dir)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};

    (void)snprintf(at.sun_path, sizeof at.sun_path, "%s/%s", dir, socket_name);
    return at;
}

static bool pass(int to, const char *bytes, ssize_t n)
{
    while (n > 0) {
        const ssize_t done = write(to, bytes, (size_t)n);

        if (done <= 0)
            return false;
        bytes += done;
        n -= done;
    }
    return true;
}

/* While nothing passes the bytes stay where they are, as on a line that loses them. */
static void wait_out(struct proxy_shared *shared)
{
    while (shared->swallow != 0)
        (void)poll(NULL, 0, 5);
}

/* Is this COMMIT's way to be cut? `said`: its connection has said the word. */
static int cut_now(struct proxy_shared *shared, bool said)
{
    if (shared->cut == PROXY_GONE && !said)
        return PROXY_OPEN;
    return atomic_exchange(&shared->cut, PROXY_OPEN);
}

/* Hands on what one client and the server say, until one of them goes or the way is cut. */
static void carry(struct proxy_shared *shared, const char *server, int client)
{
    struct sockaddr_un at = address(server);
    struct pollfd ends[2] = {{.fd = client, .events = POLLIN},
                             {.fd = socket(AF_UNIX, SOCK_STREAM, 0), .events = POLLIN}};
    static char bytes[CHUNK];
    bool deaf = false, gone = false, said = false;

    if (connect(ends[1].fd, (struct sockaddr *)&at, sizeof at) != 0)
        return;
    while (poll(ends, 2, -1) > 0) {
        ssize_t n;

        wait_out(shared);
        if (ends[1].revents != 0) {
            n = read(ends[1].fd, bytes, sizeof bytes);
            if (gone)
                shared->swallow = 1;
            if (n <= 0 || deaf || !pass(client, bytes, n))
                return;
        }
        if (ends[0].revents == 0)
            continue;
        n = read(client, bytes, sizeof bytes);
        if (n <= 0)
            return;
        said |= shared->cut == PROXY_GONE &&
                memmem(bytes, (size_t)n, shared->word, strlen(shared->word)) != NULL;
        if (memmem(bytes, (size_t)n, "COMMIT", 6) != NULL) {
            const int cut = cut_now(shared, said);

            if (cut == PROXY_BEFORE)
                return;
            gone = cut == PROXY_GONE;
            deaf = gone || cut == PROXY_AFTER; /* ends when the server has answered */
        }
        if (!pass(ends[1].fd, bytes, n))
            return;
    }
}

_Noreturn static void serve(const struct proxy *proxy, int listener)
{
    (void)signal(SIGCHLD, SIG_IGN);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        const int client = accept(listener, NULL, NULL);

        if (client >= 0 && fork() == 0) {
            (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
            carry(proxy->shared, proxy->server, client);
            _exit(0);
        }
        (void)close(client);
    }
}

void proxy_init(struct proxy *proxy, const char *conninfo)
{
    const char *rest = strchr(conninfo, ' '); /* behind its host */
    struct sockaddr_un at;
    int listener;

    *proxy = (struct proxy){0};
    kit_tempdir(proxy->dir);
    assert_non_null(rest);
    assert_int_equal(strncmp(conninfo, "host=", 5), 0);
    (void)snprintf(proxy->server, KIT_PATH, "%.*s", (int)(rest - conninfo - 5), conninfo + 5);
    assert_in_range(snprintf(proxy->conninfo, KIT_PATH, "host=%s%s", proxy->dir, rest), 1,
                    KIT_PATH - 1);
    proxy->shared = mmap(NULL, sizeof *proxy->shared, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(proxy->shared, MAP_FAILED);
    at = address(proxy->dir);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 8), 0);
    proxy->pid = fork();
    assert_true(proxy->pid >= 0);
    if (proxy->pid == 0)
        serve(proxy, listener);
    (void)close(listener);
}

void proxy_fini(struct proxy *proxy)
{
    (void)kill(proxy->pid, SIGKILL);
    (void)kit_reap(proxy->pid, REAP_MS);
    (void)munmap(proxy->shared, sizeof *proxy->shared);
    kit_remove_tree(proxy->dir);
}

void proxy_cut(struct proxy *proxy, enum proxy_cut cut)
{
    if (cut == PROXY_GONE)
        proxy_cut_behind(proxy, "sell");
    else
        atomic_store(&proxy->shared->cut, cut);
}

void proxy_cut_behind(struct proxy *proxy, const char *word)
{
    (void)snprintf(proxy->shared->word, sizeof proxy->shared->word, "%s", word);
    atomic_store(&proxy->shared->cut, PROXY_GONE);
}

void proxy_swallow(struct proxy *proxy, bool swallow)
{
    proxy->shared->swallow = swallow;
}
