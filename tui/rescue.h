/* Gives the terminal back when the program crashes: the least that a signal handler may do. */
#ifndef BOXOFFICE_TUI_RESCUE_H
#define BOXOFFICE_TUI_RESCUE_H

#include <stddef.h>
#include <termios.h>

/* Remembers how the terminal was and what undoes the screen's modes (at most 255 bytes are kept),
 * and catches SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT. */
void rescue_arm(int in, int out, const struct termios *modes, const char *undo, size_t size);

/* Forgets it: the terminal has been given back. */
void rescue_disarm(void);

/* What a crash does, at any other time: writes the undoing bytes and sets the modes back. */
void rescue_now(void);

#endif
