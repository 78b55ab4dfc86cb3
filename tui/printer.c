#include "tui/printer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/base/words.h"
#include "tui/mono.h"

enum { SAID_MOST = 120, LOOK_MS = 10 };

extern char **environ;

/* How each kind is written by sh; $1 is what stands behind the colon. */
static const struct kind {
    const char *word, *script;
} kinds[] = {{"device:", "exec cat >\"$1\""},
             {"file:", "exec cat >>\"$1\""},
             {"command:", "eval \"$1\""},
             {NULL, NULL}};

static const struct kind *kind_of(const char *where)
{
    const struct kind *kind = kinds;

    while (kind->word && (strncmp(where, kind->word, strlen(kind->word)) != 0 ||
                          where[strlen(kind->word)] == '\0'))
        kind++;
    return kind;
}

enum rc printer_check(const char *where, struct fault *why)
{
    if (strcmp(where, "none") == 0 || kind_of(where)->word)
        return RC_OK;
    return fault_set(why, RC_BAD_INPUT,
                     _("setting printer: none, device:PATH, file:PATH or command:WORDS are known"));
}

/* What is printed, as a file that the child reads: no pipe that could be full. -1. */
static int paper_of(const char *bytes, size_t size)
{
    int fd = memfd_create("paper", MFD_CLOEXEC);

    while (fd >= 0 && size > 0) {
        ssize_t n = write(fd, bytes, size);

        if (n <= 0) {
            close(fd);
            return -1;
        }
        bytes += n;
        size -= (size_t)n;
    }
    if (fd >= 0)
        (void)lseek(fd, 0, SEEK_SET);
    return fd;
}

static int spawn(pid_t *pid, const struct kind *kind, const char *where, int paper, int said)
{
    char *argv[] = {"sh", "-c", (char *)kind->script, "sh", (char *)where + strlen(kind->word),
                    NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    int error;

    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&files) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&how) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ENOMEM;
    }
    posix_spawn_file_actions_adddup2(&files, paper, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, said, STDERR_FILENO);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                       POSIX_SPAWN_SETPGROUP);
    error = posix_spawn(pid, "/bin/sh", &files, &how, argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

enum rc printer_start(struct printer *printer, const char *where, const char *bytes, size_t size,
                      int64_t limit_s, struct fault *why)
{
    const struct kind *kind = kind_of(where);
    int paper, said, error;

    if (!kind->word)
        return fault_set(why, RC_REFUSED, _("there is no printer: setting printer"));
    if (printer->pid)
        return fault_set(why, RC_REFUSED, _("the printer is at work"));
    paper = paper_of(bytes, size);
    said = memfd_create("said", MFD_CLOEXEC);
    error = paper < 0 || said < 0 ? errno : spawn(&printer->pid, kind, where, paper, said);
    if (paper >= 0)
        close(paper);
    if (error) {
        printer->pid = 0;
        if (said >= 0)
            close(said);
        return fault_set(why, RC_ENVIRONMENT, _("the printer could not be started: %s"),
                         strerror(error));
    }
    printer->said = said;
    printer->limit_s = limit_s;
    printer->until_ms = mono_ms() + limit_s * 1000;
    return RC_OK;
}

/* Reaps those that were killed earlier. */
static void reap_lost(struct printer *printer)
{
    for (int i = 0; i < PRINTER_LOST; i++)
        if (printer->lost[i] && waitpid(printer->lost[i], NULL, WNOHANG) != 0)
            printer->lost[i] = 0;
}

/* The first line that it complained with, fit for a screen. */
static void read_said(const struct printer *printer, char *out, size_t size)
{
    char line[SAID_MOST + 1];
    ssize_t n = pread(printer->said, line, SAID_MOST, 0);

    line[n > 0 ? n : 0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    text_escape(line, out, size);
}

static enum rc outcome(const struct printer *printer, int status, struct fault *why)
{
    char said[4 * SAID_MOST];

    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return RC_OK;
    read_said(printer, said, sizeof said);
    if (*said)
        return fault_set(why, RC_ENVIRONMENT, "%.200s", said);
    if (WIFEXITED(status))
        return fault_set(why, RC_ENVIRONMENT, _("the printer's command ended with %d"),
                         WEXITSTATUS(status));
    return fault_set(why, RC_ENVIRONMENT, _("the printer's command was ended by signal %d"),
                     WTERMSIG(status));
}

/* It had its time: it is killed with all that it started. */
static enum rc give_up(struct printer *printer, struct fault *why)
{
    int at = 0;

    kill(-printer->pid, SIGKILL);
    while (at < PRINTER_LOST - 1 && printer->lost[at])
        at++;
    printer->lost[at] = printer->pid;
    return fault_set(why, RC_ENVIRONMENT, _("the printer did not take it within %d s"),
                     (int)printer->limit_s);
}

bool printer_ended(struct printer *printer, enum rc *rc, struct fault *why)
{
    int status = 0;

    reap_lost(printer);
    if (!printer->pid)
        return false;
    pid_t ended = waitpid(printer->pid, &status, WNOHANG);
    if (ended == 0 && mono_ms() < printer->until_ms)
        return false;
    if (ended == 0)
        *rc = give_up(printer, why);
    else if (ended < 0)
        *rc = fault_set(why, RC_ENVIRONMENT, _("the printer's end was not seen: %s"),
                        strerror(errno));
    else
        *rc = outcome(printer, status, why);
    close(printer->said);
    printer->pid = 0;
    return true;
}

enum rc printer_wait(struct printer *printer, struct fault *why)
{
    enum rc rc = RC_OK;

    while (!printer_ended(printer, &rc, why) && printer->pid)
        (void)poll(NULL, 0, LOOK_MS);
    return rc;
}
