/* assign under a service manager: what it says, and the unit that has it run. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/commands/scene.h"

enum { MISSING = 127 };

/* The manager's end of the socket; a name with @ is of no file system. */
static int manager_open(const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    const struct timeval limit = {.tv_sec = 20};
    const size_t length = strlen(name);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0 && length < sizeof at.sun_path);
    memcpy(at.sun_path, name, length);
    if (name[0] == '@')
        at.sun_path[0] = '\0';
    assert_int_equal(bind(fd, (struct sockaddr *)&at,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
                     0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
    setenv("NOTIFY_SOCKET", name, 1);
    return fd;
}

static void manager_close(int fd)
{
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    close(fd);
}

/* Reads datagrams until one has `part` in it, which it must within the socket's patience. */
static void manager_hears(int fd, const char *part)
{
    char text[512];
    ssize_t n;

    do {
        n = recv(fd, text, sizeof text - 1, 0);
        if (n < 0)
            fail_msg("never heard %s", part);
        text[n] = '\0';
    } while (strstr(text, part) == NULL);
}

static void end(pid_t pid)
{
    kill(pid, SIGTERM);
    assert_int_equal(kit_reap(pid, 10000), 0);
}

static void assign__under_a_manager__says_ready_holder_alive_and_stopping(void **state)
{
    struct scene *scene = *state;
    char name[KIT_PATH];
    int fd = manager_open(kit_path(name, scene->dir, "notify"));
    pid_t pid;

    setenv("WATCHDOG_USEC", "400000", 1);
    pid = scene_start(scene, "assign -t office", "office.txt");
    manager_hears(fd, "READY=1");
    manager_hears(fd, "WATCHDOG=1");
    manager_hears(fd, "WATCHDOG=1");
    kill(pid, SIGTERM);
    manager_hears(fd, "STOPPING=1");
    assert_int_equal(kit_reap(pid, 10000), 0);
    manager_close(fd);
}

static void assign__holder_changes__status_says_who(void **state)
{
    struct scene *scene = *state;
    char name[64];
    int fd;
    pid_t first, second;

    (void)snprintf(name, sizeof name, "@boxoffice-test-%ld", (long)getpid());
    fd = manager_open(name);
    setenv("WATCHDOG_USEC", "400000", 1);
    setenv("WATCHDOG_PID", "1", 1); /* of another process: no sign of life is wanted */
    first = scene_start(scene, "assign -t office", "office.txt");
    manager_hears(fd, "STATUS=gives seats to the waiting list, term 1");
    unsetenv("NOTIFY_SOCKET");
    second = scene_start(scene, "assign -t spare", "spare.txt"); /* it prefers to assign, too */
    manager_hears(fd, "STATUS=stands by: spare does it, term 2");
    end(second);
    manager_hears(fd, "STATUS=gives seats to the waiting list, term 3");
    end(first);
    manager_close(fd);
}

static void assign__without_a_manager_or_a_dead_one__runs_all_the_same(void **state)
{
    struct scene *scene = *state;
    static const char *const names[] = {"/nowhere/at/all", "relative", "@", ""};

    for (size_t i = 0; i < 4; i++) {
        setenv("NOTIFY_SOCKET", names[i], 1);
        scene_want(scene, 0, "assign --once");
    }
    unsetenv("NOTIFY_SOCKET");
}

/* Runs a shell's line with the scene's directory as $1; its exit status. */
static int shell(const struct scene *scene, const char *line)
{
    const char *argv[] = {"sh", "-c", line, "sh", scene->dir, NULL};
    struct kit_run run = kit_run(scene->dir, argv, 30000);
    const int status = run.status;

    if (status != 0 && status != MISSING)
        (void)fprintf(stderr, "%s%s", run.out, run.err);
    kit_run_fini(&run);
    return status;
}

/* The unit as it is installed, but for the program, which is the built one. */
static void unit__verified__says_nothing(void **state)
{
    const struct scene *scene = *state;
    int status =
        shell(scene, "command -v systemd-analyze >/dev/null || exit 127;"
                     "sed 's|@bindir@|" TOP_BUILDDIR "|' " TOP_SRCDIR
                     "/tui/command/units/boxoffice-assign.service.in >$1/boxoffice-assign.service;"
                     "said=$(systemd-analyze verify --man=no $1/boxoffice-assign.service 2>&1) &&"
                     "[ -z \"$said\" ] || { echo \"$said\"; exit 1; }");

    if (status == MISSING) {
        print_message("systemd-analyze is not installed\n");
        skip();
    }
    assert_int_equal(status, 0);
}

static void unit__sandbox__leaves_little_open(void **state)
{
    const struct scene *scene = *state;
    int status =
        shell(scene, "systemd-analyze security --help 2>/dev/null | grep -q -e --threshold ||"
                     "exit 127; cp " TOP_BUILDDIR "/tui/command/units/boxoffice-assign.service $1;"
                     "systemd-analyze security --offline=true --threshold=20 --no-pager"
                     " $1/boxoffice-assign.service");

    if (status == MISSING) {
        print_message("there is no systemd-analyze that judges units\n");
        skip();
    }
    assert_int_equal(status, 0);
}

static void unit__user_and_directory__are_what_systemd_reads(void **state)
{
    const struct scene *scene = *state;
    int status = shell(scene, "command -v systemd-sysusers >/dev/null || exit 127;"
                              "systemd-sysusers --dry-run " TOP_SRCDIR
                              "/tui/command/units/boxoffice.sysusers");

    if (status == MISSING) {
        print_message("systemd-sysusers is not installed\n");
        skip();
    }
    assert_int_equal(status, 0);
}

int main(void)
{
#define SCENE_TEST(f) cmocka_unit_test_setup_teardown(f, scene_setup, scene_teardown)
    const struct CMUnitTest tests[] = {
        SCENE_TEST(assign__under_a_manager__says_ready_holder_alive_and_stopping),
        SCENE_TEST(assign__holder_changes__status_says_who),
        SCENE_TEST(assign__without_a_manager_or_a_dead_one__runs_all_the_same),
        SCENE_TEST(unit__verified__says_nothing),
        SCENE_TEST(unit__sandbox__leaves_little_open),
        SCENE_TEST(unit__user_and_directory__are_what_systemd_reads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
