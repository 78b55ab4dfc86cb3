#include "tests/kit/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/kit/kit.h"
#include "tests/kit/longer.h"

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* In the child: the environment, then the program. */
static void start(const struct pty_options *options)
{
    const char *term = options->term ? options->term : "xterm-256color";

    unsetenv("TERM");
    if (*term)
        setenv("TERM", term, 1);
    for (size_t i = 0; options->env && options->env[i]; i++)
        putenv((char *)options->env[i]);
    execv(options->argv[0], (char *const *)options->argv);
    fprintf(stderr, "%s: %s\n", options->argv[0], strerror(errno));
    _exit(127);
}

static int ring(void *user)
{
    ((struct pty *)user)->bells++;
    return 1;
}

static int property(VTermProp prop, VTermValue *value, void *user)
{
    if (prop == VTERM_PROP_CURSORVISIBLE)
        ((struct pty *)user)->cursor = value->boolean != 0;
    return 1;
}

void pty_init(struct pty *pty, const struct pty_options *options)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = property, .bell = ring};

    *pty = (struct pty){.rows = options->rows ? options->rows : 24,
                        .columns = options->columns ? options->columns : 80,
                        .longer = options->longer};
    struct winsize size = {(unsigned short)pty->rows, (unsigned short)pty->columns, 0, 0};
    pty->vterm = vterm_new(pty->rows, pty->columns);
    vterm_set_utf8(pty->vterm, 1);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid < 0)
        fail_msg("forkpty: %s", strerror(errno));
    if (pty->pid == 0)
        start(options);
    fcntl(pty->fd, F_SETFD, FD_CLOEXEC);
}

void pty_fini(struct pty *pty)
{
    if (pty->pid > 0) {
        kill(pty->pid, SIGKILL);
        kill(pty->pid, SIGCONT);
        pty_reap(pty, PTY_LIMIT_MS);
    }
    pty_hang_up(pty);
    vterm_free(pty->vterm);
    memset(pty, 0, sizeof *pty);
    pty->fd = -1;
}

void pty_type_bytes(struct pty *pty, const char *bytes, size_t size)
{
    while (size > 0) {
        struct pollfd writable = {.fd = pty->fd, .events = POLLOUT | POLLIN};
        if (poll(&writable, 1, PTY_LIMIT_MS) <= 0)
            fail_msg("the program takes no keys");
        if (writable.revents & POLLIN)
            pty_read(pty, 0);
        if (!(writable.revents & POLLOUT))
            continue;
        ssize_t n = write(pty->fd, bytes, size > 256 ? 256 : size);
        if (n < 0)
            return;
        bytes += n;
        size -= (size_t)n;
    }
}

void pty_type(struct pty *pty, const char *keys)
{
    pty_type_bytes(pty, keys, strlen(keys));
}

bool pty_read(struct pty *pty, int limit_ms)
{
    struct pollfd readable = {.fd = pty->fd, .events = POLLIN};
    char bytes[4096];

    if (pty->fd < 0 || poll(&readable, 1, limit_ms) <= 0)
        return false;
    ssize_t n = read(pty->fd, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    pty->bytes += (size_t)n;
    vterm_input_write(pty->vterm, bytes, (size_t)n);
    return true;
}

VTermScreenCell pty_cell(struct pty *pty, int row, int column)
{
    VTermScreenCell cell = {.width = 0};

    vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column}, &cell);
    return cell;
}

VTermPos pty_cursor(struct pty *pty)
{
    VTermPos at;

    vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
    return at;
}

/* One character in UTF-8; returns its bytes. */
static size_t put_char(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[more] | (c >> (6 * more)));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | ((c >> (6 * (more - i))) & 0x3F));
    return more + 1;
}

/* Writes a row into `out`, which has room for PTY_LINE bytes; blanks at its end are left out. */
static size_t row_text(struct pty *pty, int row, char *out)
{
    size_t used = 0, end = 0;

    for (int column = 0; column < pty->columns && used + 32 < PTY_LINE; column++) {
        VTermScreenCell cell = pty_cell(pty, row, column);
        if (cell.chars[0] == (uint32_t)-1 || /* right half of a wide one */
            (pty->longer && LONGER_MARK(cell.chars[0])))
            continue;
        used += cell.chars[0] == 0 ? put_char(' ', out + used) : 0;
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            used += put_char(cell.chars[i], out + used);
        if (out[used - 1] != ' ')
            end = used;
    }
    out[end] = '\0';
    return end;
}

const char *pty_row(struct pty *pty, int row)
{
    row_text(pty, row, pty->text);
    return pty->text;
}

const char *pty_text(struct pty *pty)
{
    size_t used = 0;

    for (int row = 0; row < pty->rows && used + PTY_LINE < sizeof pty->text; row++) {
        used += row_text(pty, row, pty->text + used);
        pty->text[used++] = '\n';
    }
    pty->text[used] = '\0';
    return pty->text;
}

int pty_find(struct pty *pty, const char *text)
{
    for (int row = 0; row < pty->rows; row++)
        if (strstr(pty_row(pty, row), text))
            return row;
    return -1;
}

/* Fails the test with the whole screen, which is longer than cmocka's messages. */
static void give_up(struct pty *pty, const char *what)
{
    for (int row = 0; row < pty->rows; row++)
        fprintf(stderr, "|%s\n", pty_row(pty, row));
    fail_msg("never came: %s", what);
}

/* Does its first thread, which draws, wait for something? So does a program that has ended. */
static bool waits(const struct pty *pty)
{
    char path[64], stat[256] = "";

    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pty->pid);
    FILE *file = pty->pid > 0 ? fopen(path, "r") : NULL;
    if (!file)
        return true;
    size_t n = fread(stat, 1, sizeof stat - 1, file);
    fclose(file);
    stat[n] = '\0';
    const char *name_ends = strrchr(stat, ')');
    return !name_ends || name_ends[1] == '\0' || strchr("RD", name_ends[2]) == NULL;
}

/*
 * Takes the rest of a screen that is being written. A terminal hands a long one over in pieces, so
 * that what a test looks at could be half of the old one and half of the new.
 */
static void take_whole(struct pty *pty, int64_t until)
{
    bool still;

    do {
        while (pty_read(pty, 0))
            ;
        still = waits(pty);
    } while ((pty_read(pty, still ? 0 : 1) || !still) && now_ms() < until);
}

void pty_wait(struct pty *pty, bool (*reached)(struct pty *pty, void *context), void *context,
              const char *what)
{
    int64_t until = now_ms() + PTY_LIMIT_MS;

    for (;;) {
        if (reached(pty, context)) {
            take_whole(pty, until);
            if (reached(pty, context))
                return;
        }
        int64_t left = until - now_ms();
        /* In slices: what is waited for may be in the database, not on the screen. */
        bool more = pty_read(pty, left > 20 ? 20 : (int)left);
        if (left <= 0 || (!more && pty_reap(pty, 0) >= 0 && !reached(pty, context)))
            give_up(pty, what);
    }
}

static bool shows(struct pty *pty, void *context)
{
    return pty_find(pty, context) >= 0;
}

static bool shows_not(struct pty *pty, void *context)
{
    return pty_find(pty, context) < 0;
}

void pty_wait_text(struct pty *pty, const char *text)
{
    pty_wait(pty, shows, (void *)text, text);
}

void pty_wait_gone(struct pty *pty, const char *text)
{
    pty_wait(pty, shows_not, (void *)text, text);
}

void pty_quiet(struct pty *pty, int quiet_ms)
{
    while (pty_read(pty, quiet_ms))
        ;
}

void pty_resize(struct pty *pty, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    pty->rows = rows;
    pty->columns = columns;
    vterm_set_size(pty->vterm, rows, columns);
    ioctl(pty->fd, TIOCSWINSZ, &size);
}

void pty_hang_up(struct pty *pty)
{
    if (pty->fd >= 0)
        close(pty->fd);
    pty->fd = -1;
}

static bool ended(void *context)
{
    struct pty *pty = context;
    int status = 0;

    while (pty_read(pty, 0))
        ;
    if (waitpid(pty->pid, &status, WNOHANG) != pty->pid)
        return false;
    pty->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    pty->pid = 0;
    return true;
}

int pty_reap(struct pty *pty, int limit_ms)
{
    if (pty->pid > 0 && !kit_wait_until(ended, pty, limit_ms))
        return -1;
    return pty->status;
}
