#include "tui/rescue.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The one global of this room: a signal handler is given nothing else. */
static struct {
    volatile sig_atomic_t armed;
    int in, out;
    struct termios modes;
    char undo[256];
    size_t size;
} rescue;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

void rescue_now(void)
{
    if (!rescue.armed)
        return;
    if (write(rescue.out, rescue.undo, rescue.size) < 0) {
        /* The line is gone; the modes may still be set back. */
    }
    tcsetattr(rescue.in, TCSANOW, &rescue.modes);
}

static void crashed(int signal_number)
{
    rescue_now();
    raise(signal_number); /* by now with its default action */
}

void rescue_arm(int in, int out, const struct termios *modes, const char *undo, size_t size)
{
    struct sigaction action = {.sa_handler = crashed, .sa_flags = (int)SA_RESETHAND | SA_NODEFER};

    rescue.in = in;
    rescue.out = out;
    rescue.modes = *modes;
    rescue.size = size < sizeof rescue.undo ? size : sizeof rescue.undo;
    memcpy(rescue.undo, undo, rescue.size);
    rescue.armed = 1;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        sigaction(crashes[i], &action, NULL);
}

void rescue_disarm(void)
{
    rescue.armed = 0;
}
