#include "tui/command/notify.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/words.h"
#include "tui/mono.h"

/* One datagram. A name that begins with @ is one that no file system knows. */
static void say(const char *state)
{
    const char *name = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    const size_t length = name ? strlen(name) : 0;
    int fd;

    if (length < 2 || length >= sizeof to.sun_path || (name[0] != '/' && name[0] != '@'))
        return;
    memcpy(to.sun_path, name, length);
    if (name[0] == '@')
        to.sun_path[0] = '\0';
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    (void)sendto(fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *)&to,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    close(fd);
}

/* How often the manager wants a sign of life from this process, twice as often as it needs one; 0:
 * it wants none. */
static int64_t alive_every_ms(void)
{
    const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

    if (usec == NULL || (pid != NULL && strtoll(pid, NULL, 10) != getpid()))
        return 0;
    return strtoll(usec, NULL, 10) / 2000;
}

/* Who holds the lease, in a line for who asks the manager. */
static void say_holder(const struct notify *notify)
{
    char status[160], state[sizeof status + 20];

    if (notify->held)
        (void)snprintf(status, sizeof status, _("gives seats to the waiting list, term %" PRId64),
                       notify->term);
    else if (notify->holder[0] != '\0')
        (void)snprintf(status, sizeof status, _("stands by: %s does it, term %" PRId64),
                       notify->holder, notify->term);
    else
        (void)snprintf(status, sizeof status, "%s", _("stands by: nobody does it yet"));
    (void)snprintf(state, sizeof state, "READY=1\nSTATUS=%s", status);
    say(state);
}

void notify_round(struct notify *notify, const struct steward *steward)
{
    const struct lease_row *row = &steward->watch.last;
    const int64_t every_ms = alive_every_ms();

    if (!notify->ready || notify->held != steward->holds || notify->term != row->term ||
        strcmp(notify->holder, row->holder) != 0) {
        notify->ready = true;
        notify->held = steward->holds;
        notify->term = row->term;
        memcpy(notify->holder, row->holder, sizeof notify->holder);
        say_holder(notify);
    }
    if (every_ms > 0 && mono_ms() - notify->alive_ms >= every_ms) {
        notify->alive_ms = mono_ms();
        say("WATCHDOG=1");
    }
}

void notify_stopping(void)
{
    say("STOPPING=1");
}
